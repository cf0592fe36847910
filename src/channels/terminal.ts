import type { Channel, ChannelEvents, OutgoingMessage } from './channel.ts'

/** The channel of `bimtek chat`. */
export type TerminalChannel = Channel & {
  /** Opens this process's chat: from now on messages to it are shown, in order. */
  open(chat: string, show: (message: OutgoingMessage) => void): Pick<ChannelEvents, 'message'>
}

export function terminalChannel(): TerminalChannel {
  let events: ChannelEvents | undefined
  let opened: { chat: string; show: (message: OutgoingMessage) => void } | undefined
  const underWay = new Set<Promise<void>>()
  return {
    name: 'terminal',
    open: (chat, show) => {
      opened = { chat, show }
      return {
        message: async (message) => {
          if (!events) throw new Error('the terminal channel is not running')
          const storing = events.message(message)
          underWay.add(storing)
          await storing.finally(() => underWay.delete(storing))
        },
      }
    },
    start: async (given) => {
      events = given
    },
    // Messages to another terminal wait until somebody opens it again.
    serves: (chat) => chat === opened?.chat,
    send: async (message) => {
      if (message.chat !== opened?.chat) return { notSent: 'that terminal is not open' }
      opened.show(message)
      return { id: String(message.id) }
    },
    state: () => ({ ready: events !== undefined, detail: events ? 'open' : 'not running' }),
    stop: async () => {
      events = undefined
      await Promise.allSettled(underWay)
      opened = undefined
    },
  }
}
