import { randomUUID } from 'node:crypto'
import type { Channel, ChannelEvents, IncomingMessage, OutgoingMessage } from '../../src/channels/channel.ts'
import { escapeHtml } from '../../src/channels/rich-text.ts'
import type { Wrap } from './bench.ts'
import type { CheckName } from './conformance.ts'

type File = NonNullable<OutgoingMessage['document']>

/** A way to break a channel, and what the check says of it. */
export type Sabotage = { how: string; wrap: Wrap; complaint: RegExp }

function broken(how: string, wrap: Wrap, complaint: RegExp): Sabotage {
  return { how, wrap, complaint }
}

/** The channel but for some of its parts. */
function but(channel: Channel, parts: Partial<Channel>): Channel {
  return {
    name: channel.name,
    start: (events) => channel.start(events),
    send: (message) => channel.send(message),
    state: () => channel.state(),
    stop: () => channel.stop(),
    ...parts,
  }
}

/** Hands messages on in another way. */
function handing(message: (message: IncomingMessage, on: ChannelEvents['message']) => Promise<void>): Wrap {
  return (channel) =>
    but(channel, {
      start: (events) =>
        channel.start({ ...events, message: (one) => message(one, (other) => events.message(other)) }),
    })
}

function receiving(change: (message: IncomingMessage) => Partial<IncomingMessage>): Wrap {
  return handing((message, on) => on({ ...message, ...change(message) }))
}

function hearing(change: (text: string) => string): Wrap {
  return receiving(({ content }) =>
    content.kind === 'text' ? { content: { kind: 'text', text: change(content.text) } } : {},
  )
}

function sending(change: (message: OutgoingMessage) => OutgoingMessage): Wrap {
  return (channel) => but(channel, { send: (message) => channel.send(change(message)) })
}

const never = () => new Promise<never>(() => {})
const forgetful = handing((message, on) => on(message).catch(() => {}))
const hasty = handing(async (message, on) => {
  void on(message).catch(() => {})
})
const alwaysReady: Wrap = (channel) => but(channel, { state: () => ({ ready: true, detail: 'open' }) })
const deafToStop: Wrap = (channel) => but(channel, { stop: async () => {} })
const impatient: Wrap = (channel) =>
  but(channel, {
    stop: async () => {
      void channel.stop()
    },
  })
const unstoppable: Wrap = (channel) => but(channel, { stop: never })

/** Sends all to the chat that it sent to first. */
const leaking: Wrap = (channel) => {
  let first: string | undefined
  return sending((message) => {
    first ??= message.chat
    return { ...message, chat: first }
  })(channel)
}

const elsewhereTheSecondTime: Wrap = (channel) => {
  let times = 0
  return receiving(({ chat }) => ({ chat: ++times === 2 ? `${chat}0` : chat }))(channel)
}

const oneChat: Wrap = (channel) => {
  let first: string | undefined
  return receiving(({ chat }) => {
    first ??= chat
    return { chat: first }
  })(channel)
}

/** Each check has at least one: one without does not compile. */
export const sabotage: Record<CheckName, Sabotage[]> = {
  'a text arrives with its channel, chat, id and words': [
    broken(
      'the words change',
      hearing((text) => text.toUpperCase()),
      /^words/,
    ),
    broken(
      'a text comes as something else',
      receiving(() => ({ content: { kind: 'other' } })),
      /^words/,
    ),
    broken(
      'the chat is another',
      receiving(({ chat }) => ({ chat: `${chat}0` })),
      /^chat/,
    ),
    broken(
      'the chat is too long',
      receiving(() => ({ chat: '1'.repeat(129) })),
      /^chat/,
    ),
    broken('the channel is another', receiving(otherChannel), /^channel/),
    broken(
      'there is no id',
      receiving(() => ({ externalId: '' })),
      /^external id/,
    ),
    broken(
      'all have one id',
      receiving(() => ({ externalId: '1' })),
      /^external ids of three/,
    ),
  ],
  'a message delivered again has the same chat and external id': [
    broken(
      'each delivery has an id of its own',
      receiving(() => ({ externalId: randomUUID() })),
      /^chat and/,
    ),
    broken('a second delivery comes from another chat', elsewhereTheSecondTime, /^chat and/),
  ],
  'what could not be stored is not acknowledged': [
    broken('a failed store is passed over', forgetful, /^acknowledged without/),
    broken('nobody waits for the store', hasty, /^acknowledged without/),
  ],
  'what could not be stored comes again, and nothing is lost': [
    broken('a failed store is passed over', forgetful, /did not come about: all are stored/),
  ],
  'a message is not acknowledged before it is stored': [
    broken('nobody waits for the store', hasty, /^acknowledged before/),
  ],
  'messages of a chat are stored in the order in which they were written': [
    broken('all are stored at once', hasty, /^order/),
  ],
  'a pressed button comes back as exactly its data, and names its message': [
    broken(
      'data are cut',
      pressing((data) => data.slice(0, 60)),
      /^content/,
    ),
    broken(
      'data are trimmed of what looks like HTML',
      pressing((data) => data.replace('<b>', '')),
      /^content/,
    ),
    broken('a press comes as text', receiving(pressAsText), /^content/),
    broken(
      'the message is not named',
      handing(({ quotes: _, ...rest }, on) => on(rest)),
      /^quotes/,
    ),
    broken(
      'another message is named',
      receiving(({ quotes }) => ({ quotes: `${Number(quotes) - 1}` })),
      /^quotes/,
    ),
  ],
  "a person's own number arrives as own": [
    broken(
      'nobody vouches for it',
      sharing((phone) => ({ phone, own: false })),
      /^contact/,
    ),
    broken(
      'the number loses its plus',
      sharing((phone) => ({ phone: phone.slice(1), own: true })),
      /^contact/,
    ),
  ],
  "somebody else's number is never own": [
    broken(
      'each number counts as own',
      sharing((phone) => ({ phone, own: true })),
      /^contact/,
    ),
  ],
  'voice arrives as voice': [
    broken(
      'voice comes as a document',
      receiving(() => ({ content: { kind: 'document' } })),
      /^voice/,
    ),
  ],
  'send resolves with an id of its own, and never throws': [
    broken(
      'send throws',
      (channel) => but(channel, { send: () => Promise.reject(new Error('502')) }),
      /^send threw/,
    ),
    broken('there is no id', (channel) => but(channel, { send: async () => ({ id: '' }) }), /^not sent/),
    broken('all have one id', (channel) => but(channel, { send: async () => ({ id: '1' }) }), /^ids of two/),
    broken(
      'to nobody comes to nothing',
      silentOnFailure(() => ({})),
      /^outcome of a message to nobody/,
    ),
  ],
  'whatever the messenger does, send says what became of it': [
    broken('a failed send throws', silentOnFailure(throwing), /^send threw/),
    broken(
      'a failed send counts as sent',
      silentOnFailure(() => ({ id: '1' })),
      /^outcome of/,
    ),
    broken(
      'a failed send says nothing',
      silentOnFailure(() => ({})),
      /^outcome of/,
    ),
  ],
  'hostile text is shown as it is': [
    broken('HTML is escaped twice', saying(escapeHtml), /^shown/),
    broken(
      'stars are taken for marks',
      saying((text) => text.replaceAll('*', '')),
      /^shown/,
    ),
    broken(
      'characters are cut in halves',
      saying((text) => text.replace(/[\ud800-\udbff]/g, '')),
      /^shown/,
    ),
    broken(
      'long text is cut',
      saying((text) => text.slice(0, 3500)),
      /^shown/,
    ),
    broken(
      'direction marks are lost',
      saying((text) => text.replaceAll('\u202e', '')),
      /^shown/,
    ),
  ],
  'hostile text arrives as it is': [
    broken('HTML is escaped', hearing(escapeHtml), /^arrived/),
    broken(
      'white space is tidied',
      hearing((text) => text.replace(/\s+/g, ' ')),
      /^arrived/,
    ),
    broken(
      'long text is cut',
      hearing((text) => text.slice(0, 3500)),
      /^arrived/,
    ),
    broken(
      'a command loses its slash',
      hearing((text) => text.replace(/^\//, '')),
      /^arrived/,
    ),
  ],
  'choices and place are visible': [
    broken(
      'no choices',
      sending((message) => ({ ...message, choices: [] })),
      /^choices/,
    ),
    broken('choices in another order', sending(reversed), /^choices/),
    broken(
      'no place',
      sending(({ location: _, ...rest }) => rest),
      /^place/,
    ),
    broken('the place is turned round', sending(turned), /^place/),
  ],
  'a file arrives whole and under its name': [
    broken(
      'no file',
      sending(({ document: _, ...rest }) => rest),
      /^names/,
    ),
    broken(
      'its name is lost',
      filing((document) => ({ ...document, name: 'file' })),
      /^names/,
    ),
    broken(
      'it is taken for text',
      filing((document) => ({
        ...document,
        content: Buffer.from(Buffer.from(document.content).toString('utf8')),
      })),
      /^content is whole/,
    ),
    broken(
      'its end is missing',
      filing((document) => ({ ...document, content: document.content.slice(0, -1) })),
      /^content is whole/,
    ),
  ],
  'it is not ready before the start, and ready after': [
    broken('it is always ready', alwaysReady, /^ready before/),
    broken(
      'it is never ready',
      (channel) => but(channel, { state: notReady }),
      /did not come about: it is ready/,
    ),
  ],
  'it is not ready after the stop': [broken('it is always ready', staysReady, /^ready after/)],
  'after the stop nothing is handed on or acknowledged': [
    broken('it does not heed the stop', deafToStop, /^handed on/),
  ],
  'stop waits until what is under way is stored': [
    broken('stop waits for nothing', impatient, /^stopped before/),
  ],
  'stop resolves while a message cannot be stored': [
    broken('stop never resolves', unstoppable, /^stop did not resolve/),
    broken('a failed store is passed over at the stop', forgetful, /^acknowledged without/),
  ],
  'what was not stored until the stop comes after the next start': [
    broken('a failed store is passed over', forgetful, /did not come about: both are stored/),
  ],
  'stop resolves while a message goes out, and so does its send': [
    broken('stop never resolves', unstoppable, /^stop did not resolve/),
    broken('send never resolves', (channel) => but(channel, { send: never }), /^send did not resolve/),
  ],
  'two chats do not mix': [
    broken('all comes from one chat', oneChat, /^texts by chat/),
    broken('all goes to one chat', leaking, /^shown by chat/),
  ],
  'nobody sees what was sent to somebody else': [broken('all goes to one chat', leaking, /^shown to Siti/)],
}

function otherChannel({ channel }: IncomingMessage): Partial<IncomingMessage> {
  return { channel: channel === 'terminal' ? 'simulator' : 'terminal' }
}

function pressing(change: (data: string) => string): Wrap {
  return receiving(({ content }) =>
    content.kind === 'button' ? { content: { kind: 'button', data: change(content.data) } } : {},
  )
}

function pressAsText({ content }: IncomingMessage): Partial<IncomingMessage> {
  return content.kind === 'button' ? { content: { kind: 'text', text: content.data } } : {}
}

function sharing(change: (phone: string) => { phone: string; own: boolean }): Wrap {
  return receiving(({ content }) =>
    content.kind === 'contact' ? { content: { kind: 'contact', ...change(content.phone) } } : {},
  )
}

function saying(change: (text: string) => string): Wrap {
  return sending((message) => ({ ...message, text: change(message.text) }))
}

function filing(change: (document: File) => File): Wrap {
  return sending((message) =>
    message.document ? { ...message, document: change(message.document) } : message,
  )
}

function reversed(message: OutgoingMessage): OutgoingMessage {
  return { ...message, choices: message.choices.toReversed() }
}

function turned({ location, ...rest }: OutgoingMessage): OutgoingMessage {
  return location ? { ...rest, location: { ...location, lat: location.lon / 2, lon: location.lat } } : rest
}

/** Answers in place of each send that failed, and of the third and later ones. */
function silentOnFailure(answer: () => object): Wrap {
  return (channel) => {
    let sent = 0
    return but(channel, {
      async send(message) {
        const outcome = await channel.send(message)
        sent += 1
        return 'id' in outcome && sent < 3 ? outcome : (answer() as typeof outcome)
      },
    })
  }
}

function throwing(): never {
  throw new Error('the messenger answered 500')
}

function notReady() {
  return { ready: false, detail: 'connecting' }
}

/** Once ready, always ready. */
function staysReady(channel: Channel): Channel {
  let ready = false
  return but(channel, {
    state() {
      ready ||= channel.state().ready
      return { ready, detail: 'open' }
    },
  })
}
