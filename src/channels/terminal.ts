import type { Channel, ChannelEvents, OutgoingMessage } from './channel.ts'

/** The channel of `bimtek chat`. */
export type TerminalChannel = Channel & {
  /** Opens this process's chat: from now on messages to it are shown, in order. */
  open(chat: string, show: (message: OutgoingMessage) => void): ChannelEvents
}

export function terminalChannel(): TerminalChannel {
  let events: ChannelEvents | undefined
  let opened: { chat: string; show: (message: OutgoingMessage) => void } | undefined
  return {
    name: 'terminal',
    open: (chat, show) => {
      if (!events) throw new Error('the terminal channel is not started')
      opened = { chat, show }
      return events
    },
    start: async (given) => {
      events = given
    },
    send: async (message) => {
      // Messages to another terminal wait until somebody opens it again.
      if (message.chat !== opened?.chat) return { notSent: 'that terminal is not open' }
      opened.show(message)
      return { id: String(message.id) }
    },
    state: () => ({ ready: events !== undefined, detail: events ? 'open' : 'not started' }),
    stop: async () => {
      opened = undefined
    },
  }
}
