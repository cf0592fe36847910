import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '../database/client.ts'
import type { OutgoingKind } from '../database/generated/enums.ts'
import { second } from '../time.ts'

/** In this order messages get their slots (design: "Delivery"). */
const precedence: readonly OutgoingKind[] = ['reply', 'notice', 'reminder', 'broadcast']

/** Whether one kind goes before another. */
export function precedes(one: OutgoingKind, other: OutgoingKind): boolean {
  return precedence.indexOf(one) < precedence.indexOf(other)
}

/** Gives each send of a channel its slot. */
export type Limiter = {
  /**
   * Resolves with true when it is this message's turn; with false when the limiter was closed before that, or the
   * signal aborted.
   * @throws when the pace could not be asked for
   */
  slot(kind: OutgoingKind, signal?: AbortSignal): Promise<boolean>
  /** No slot before so many ms from now. */
  pause(ms: number): Promise<void>
  /** Sends away all who wait. */
  close(): void
}

/** Slots of a channel, evenly spaced. */
export type Pace = {
  /** How many slots are worth asking for at once. */
  batch: number
  /** Reserves so many slots: the first is `after` ms from now, each next one `gap` ms later. */
  reserve(count: number): Promise<{ after: number; gap: number }>
  /** No slot that is reserved from now on lies before so many ms from now. */
  pause(ms: number): Promise<void>
}

/** So much of the future is reserved at once, in ms: what a more urgent message may have to wait for. */
const reservedAhead = 50

/** A pace within this process; Infinity for a channel without a limit. */
export function ownPace(perSecond: number): Pace {
  const gap = second / perSecond
  let next = 0
  return {
    batch: batchOf(perSecond),
    reserve: async (count) => {
      const now = performance.now()
      const first = Math.max(next, now)
      next = first + count * gap
      return { after: first - now, gap }
    },
    pause: async (ms) => {
      next = Math.max(next, performance.now() + ms)
    },
  }
}

/** One pace for all processes that send on a channel, kept in PostgreSQL and by its clock. */
export function sharedPace(db: Database, channel: string, perSecond: number): Pace {
  const gap = second / perSecond
  const seconds = (ms: number) => ms / second
  return {
    batch: batchOf(perSecond),
    reserve: async (count) => {
      const all = seconds(count * gap)
      const [row] = await db.$queryRaw<{ after: number }[]>`
        INSERT INTO channel_pace AS p (channel, next_at) VALUES (${channel}, clock_timestamp() + make_interval(secs => ${all}))
        ON CONFLICT (channel) DO UPDATE
          SET next_at = greatest(p.next_at, clock_timestamp()) + make_interval(secs => ${all})
        RETURNING extract(epoch FROM next_at - make_interval(secs => ${all}) - clock_timestamp())::float8 AS after`
      return { after: Math.max(0, (row?.after ?? 0) * second), gap }
    },
    pause: async (ms) => {
      await db.$executeRaw`
        INSERT INTO channel_pace AS p (channel, next_at) VALUES (${channel}, clock_timestamp() + make_interval(secs => ${seconds(ms)}))
        ON CONFLICT (channel) DO UPDATE SET next_at = greatest(p.next_at, excluded.next_at)`
    },
  }
}

function batchOf(perSecond: number): number {
  return Math.max(1, Math.min(100, Math.floor((perSecond * reservedAhead) / second)))
}

type Waiting = { resolve: (mine: boolean) => void; reject: (error: unknown) => void }

/** Hands the slots of a pace to those who wait: by precedence of their kinds, in the order asked for within one. */
export function limiter(pace: Pace): Limiter {
  const queues = new Map<OutgoingKind, Waiting[]>(precedence.map((kind) => [kind, []]))
  const closing = new AbortController()
  let pausedUntil = 0
  let giving = false

  const first = () => precedence.map((kind) => queues.get(kind)).find((queue) => queue && queue.length > 0)
  const count = () => [...queues.values()].reduce((sum, queue) => sum + queue.length, 0)
  const sendAway = (settle: (waiting: Waiting) => void) => {
    for (const queue of queues.values()) for (const waiting of queue.splice(0)) settle(waiting)
  }
  const until = async (instant: number): Promise<void> => {
    for (;;) {
      const wait = Math.max(instant, pausedUntil) - performance.now()
      if (wait <= 0 || closing.signal.aborted) return
      await sleep(wait, undefined, { signal: closing.signal }).catch(() => undefined)
    }
  }

  const give = async (): Promise<void> => {
    while (count() > 0 && !closing.signal.aborted) {
      const slots = Math.min(count(), pace.batch)
      const asked = performance.now()
      const { after, gap } = await pace.reserve(slots)
      for (let slot = 0; slot < slots && !closing.signal.aborted; slot++) {
        await until(asked + after + slot * gap)
        first()?.shift()?.resolve(!closing.signal.aborted)
      }
    }
  }

  const begin = (): void => {
    if (giving) return
    giving = true
    give()
      .catch((error: unknown) => sendAway(({ reject }) => reject(error)))
      .finally(() => {
        giving = false
        // Somebody may have come between the last look and now.
        if (count() > 0 && !closing.signal.aborted) begin()
      })
  }

  return {
    slot: (kind, signal) =>
      new Promise((resolve, reject) => {
        if (closing.signal.aborted || signal?.aborted) {
          resolve(false)
          return
        }
        const queue = queues.get(kind) ?? []
        const waiting = { resolve, reject }
        queue.push(waiting)
        signal?.addEventListener('abort', () => {
          const at = queue.indexOf(waiting)
          if (at < 0) return
          queue.splice(at, 1)
          resolve(false)
        })
        begin()
      }),
    pause: async (ms) => {
      pausedUntil = Math.max(pausedUntil, performance.now() + ms)
      await pace.pause(ms)
    },
    close: () => {
      closing.abort()
      sendAway(({ resolve }) => resolve(false))
    },
  }
}

/** Waits in a chat so that at most `burst` messages go to it in any `burst` seconds; in a group, so many in a minute. */
export type ChatPace = { burst: number; groupAMinute: number }
