import type { SSEStreamingApi } from 'hono/streaming'
import { second } from '../../time.ts'
import type { SimulatorOptions, ThreadMessage } from './options.ts'

/** Proxies cut a connection on which nothing passes for a minute; a browser counts on it within 50 s. */
const heartbeat = 20 * second

type Following = Pick<SimulatorOptions, 'thread' | 'watch'> & {
  chat: string
  /** Id of the newest message that the browser has; all is sent if it is not in the thread. */
  after: string | undefined
  /** Ends the stream. */
  stopping: AbortSignal
}

/**
 * Sends what is new in a chat until the browser goes or the channel stops: events `messages`, each an array of
 * {@link ThreadMessage} with the id of its last, and `alive` at once and whenever nothing was said for 20 s.
 */
export async function follow(stream: SSEStreamingApi, following: Following): Promise<void> {
  const bell = createBell()
  const unwatch = following.watch(following.chat, bell.ring)
  following.stopping.addEventListener('abort', bell.ring)
  stream.onAbort(bell.ring)
  try {
    const fresh = freshMessages(following)
    await stream.writeSSE({ event: 'alive', data: '' })
    while (!stream.aborted && !following.stopping.aborted) {
      const messages = await fresh()
      const id = messages.at(-1)?.id
      if (id) await stream.writeSSE({ event: 'messages', data: JSON.stringify(messages), id })
      while (!(await bell.rung(heartbeat))) await stream.writeSSE({ event: 'alive', data: '' })
    }
  } finally {
    following.stopping.removeEventListener('abort', bell.ring)
    unwatch()
  }
}

/**
 * Which messages of the thread this browser has not got. By set, not by position: of two messages that are
 * stored at the same time, the earlier may appear later.
 */
function freshMessages({ thread, chat, after }: Following): () => Promise<ThreadMessage[]> {
  let known: Set<string> | undefined
  return async () => {
    const messages = await thread(chat)
    const had = known ?? new Set(upTo(messages, after).map(({ id }) => id))
    known = new Set(messages.map(({ id }) => id))
    return messages.filter(({ id }) => !had.has(id))
  }
}

function upTo(messages: ThreadMessage[], last: string | undefined): ThreadMessage[] {
  return messages.slice(0, messages.findIndex(({ id }) => id === last) + 1)
}

type Bell = {
  ring: () => void /** Whether it rang since the last time, or rings in time. */
  rung(ms: number): Promise<boolean>
}

function createBell(): Bell {
  let rang = false
  let wake = () => {}
  return {
    ring: () => {
      rang = true
      wake()
    },
    async rung(ms) {
      if (!rang) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      const answer = rang
      rang = false
      return answer
    },
  }
}
