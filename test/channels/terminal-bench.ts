import { randomUUID } from 'node:crypto'
import type { ChannelEvents, IncomingContent, OutgoingMessage } from '../../src/channels/channel.ts'
import { toPlain } from '../../src/channels/rich-text.ts'
import { type TerminalChannel, terminalChannel } from '../../src/channels/terminal.ts'
import { type Bench, Cannot, type Delivery, type Person, type Wrap } from './bench.ts'
import type { Subject } from './conformance.ts'

/** The channel as `bimtek chat` uses it. */
export const terminal: Subject = {
  name: 'terminal',
  cannot: ['deliver again', 'hold two chats', 'fail to send'],
  knownFaults: {},
  open,
}

async function open(wrap: Wrap): Promise<Bench> {
  const base = terminalChannel()
  const channel = wrap(base)
  const siti = new Terminal(base, '+62000000001')
  const budi = new Terminal(base, '+62000000002')
  return {
    channel,
    siti: siti.person(),
    budi: budi.person(siti),
    nobody: '+62000000009',
    async begin(events) {
      await channel.start(events)
      siti.open()
    },
    async retries() {
      throw new Cannot('deliver again', 'a line is typed once; nobody keeps it')
    },
    async settles() {
      for (let n = 0; n < 20; n++) await new Promise((resolve) => setImmediate(resolve))
    },
    // what is sent is shown at once, or not open
    troubles: [],
    close: () => base.stop(),
  }
}

class Terminal {
  readonly chat: string
  readonly #channel: TerminalChannel
  readonly #shown: OutgoingMessage[] = []
  #events: Pick<ChannelEvents, 'message'> | undefined
  /** One line after the other. */
  #lines: Promise<void> = Promise.resolve()

  constructor(channel: TerminalChannel, chat: string) {
    this.#channel = channel
    this.chat = chat
  }

  open(): void {
    this.#events = this.#channel.open(this.chat, (message) => this.#shown.push(message))
  }

  /** Whoever sits there; `other` has the terminal already. */
  person(other?: Terminal): Person {
    const types = async (content: IncomingContent, quotes?: number): Promise<Delivery> => {
      if (other && !this.#events) await this.#openBeside(other)
      return this.#type(content, quotes)
    }
    return {
      chat: this.chat,
      phone: this.chat,
      writes: (text) => types({ kind: 'text', text }),
      presses: async (n) => {
        const { data, of } = this.#choice(n)
        return types({ kind: 'button', data }, of)
      },
      sharesOwnNumber: () => types({ kind: 'contact', phone: this.chat, own: true }),
      sharesNumber: (phone) => types({ kind: 'contact', phone, own: false }),
      sendsVoice: () => types({ kind: 'voice' }),
      sees: async () =>
        this.#shown.map(({ text, choices, location, document }) => ({
          ...{ text: toPlain(text), choices: choices.map(({ label }) => label) },
          ...(location && { location }),
          ...(document && { document: { name: document.name, content: document.content } }),
        })),
    }
  }

  async #openBeside(other: Terminal): Promise<void> {
    this.open()
    const probe = { id: 1, kind: 'reply', text: 'masih di sana?', choices: [], asksPhone: false } as const
    const sent = await this.#channel.send({ ...probe, choices: [], chat: other.chat })
    if ('notSent' in sent) throw new Cannot('hold two chats', `a process has one terminal: ${sent.notSent}`)
  }

  #type(content: IncomingContent, quotes: number | undefined): Delivery {
    let acknowledged = false
    const message = {
      ...{ channel: 'terminal' as const, chat: this.chat, externalId: randomUUID(), content },
      ...(quotes !== undefined && { quotes: String(quotes) }),
    }
    this.#lines = this.#lines
      .then(() => this.#events?.message(message))
      .then(
        () => {
          acknowledged = true
        },
        () => {},
      )
    return {
      acknowledged: () => acknowledged,
      async again() {
        throw new Cannot('deliver again', 'a line is typed once; nobody keeps it')
      },
    }
  }

  #choice(n: number): { data: string; of: number } {
    const message = this.#shown.findLast(({ choices }) => choices.length > 0)
    const choice = message?.choices[n - 1]
    if (!message || !choice) throw new Error(`there is no choice ${n}`)
    return { data: choice.data, of: message.id }
  }
}
