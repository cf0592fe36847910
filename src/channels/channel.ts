/**
 * The one port between the service and a messenger. A channel knows nothing of the dialogue: it turns what
 * arrives into an {@link IncomingMessage}, and puts on the wire what delivery hands to it.
 */

export const channelNames = ['telegram', 'simulator', 'terminal'] as const
export type ChannelName = (typeof channelNames)[number]

/** What a message consists of, besides text, when it is more than text. */
export type IncomingContent =
  | { kind: 'text'; text: string }
  /** A pressed button: what {@link OutgoingMessage} gave as the data of a choice, as it came back. */
  | { kind: 'button'; data: string }
  /** A shared contact card. `own` is true only where the channel itself vouches that it is the sender's. */
  | { kind: 'contact'; phone: string; own: boolean }
  | { kind: 'location'; lat: number; lon: number }
  /** Something that the bot does not read; staff may fetch it by `reference`. */
  | {
      kind: 'voice' | 'picture' | 'sticker' | 'document' | 'other'
      caption?: string
      reference?: string
      /** What the sender's phone calls the file. */
      name?: string
    }

export type IncomingMessage = {
  channel: ChannelName
  /** The channel's own id of the chat; one chat is one contact. At most 128 characters. */
  chat: string
  /** Unique within the chat, and the same when the channel delivers the message again. At most 128 characters. */
  externalId: string
  content: IncomingContent
  /** The external id of the message of ours that this one quotes or whose button was pressed. */
  quotes?: string
  /** How the messenger names the sender; shown to staff, never taken for a person's name. */
  displayName?: string
  /** When the sender sent it, by the channel's clock. */
  sentAt?: Date
  /** Written to the bot in a group, where only what concerns nobody in person is said. */
  group?: true
  /** The external id of an earlier message of the chat, of which this is the new wording. */
  edits?: string
}

/** One choice under a message, in the order in which they are numbered, from 1. */
export type OutgoingChoice = { label: string; data: string }

export type OutgoingMessage = {
  /** Id of the outgoing row; a channel that takes our own message ids derives one from it. */
  id: number
  kind: 'reply' | 'notice' | 'reminder' | 'broadcast'
  chat: string
  /** Rich text: see rich-text.ts. Does not repeat the choices where `choices` is set. */
  text: string
  choices: OutgoingChoice[]
  /** Ask for the sender's own phone number by the messenger's button, where it has one. */
  asksPhone: boolean
  location?: { name: string; address: string; lat: number; lon: number }
  /** A picture (image/png, image/jpeg) is shown as one where the messenger can. */
  document?: { name: string; type: string; content: Uint8Array }
  /** The number that was asked for is known: the messenger's button for it goes. */
  hidesPhoneButton?: boolean
  /** A button that opens an address, where the messenger has such; elsewhere the address stands in the text. */
  link?: { label: string; url: string }
  /** The phone need not ring for it. */
  silent?: true
  /** In a group, the external id of the message that it answers. */
  answers?: string
}

export type Sent =
  /** Accepted by the messenger, under this id. */
  | { id: string }
  /** Surely not out: try again, after so many milliseconds if the messenger said how long. */
  | { notSent: string; retryAfter?: number }
  /** May be out: time-out, cut off after writing, 5xx. */
  | { unknown: string }
  /** Final. */
  | { failed: 'blocked' | 'no-such-chat' | 'rejected'; reason: string }

/** A file cannot be had: it is too large, the messenger does not keep it any more, or it cannot be reached now. */
export class MediaFault extends Error {
  readonly why: 'too-large' | 'gone' | 'unreachable'
  constructor(why: MediaFault['why'], message: string = why) {
    super(message)
    this.why = why
  }
}

export type ChannelState = { ready: boolean; detail: string }

export type ChannelEvents = {
  /**
   * Resolves once the message is stored; only then may the channel acknowledge it. Rejects when it could not
   * be stored: the channel must try again, and must not acknowledge.
   */
  message(message: IncomingMessage): Promise<void>
  /** A chat blocked the bot, or is back again. */
  reachable(chat: string, reachable: boolean): Promise<void>
  /** The messenger has told under which name people find the bot. */
  named?(username: string): Promise<void>
  /** A chat has got another id. */
  moved?(from: string, to: string): Promise<void>
}

export type Channel = {
  name: ChannelName
  /** Resolves when the channel takes messages, or has begun to try. */
  start(events: ChannelEvents): Promise<void>
  /**
   * Never throws for what the messenger answered.
   * @param furtherSlot awaited before each request after the first that the message takes; told for how many ms the
   * messenger wants to be left alone, where it has said so to one of them
   */
  send(message: OutgoingMessage, furtherSlot?: (retryAfter?: number) => Promise<unknown>): Promise<Sent>
  state(): ChannelState
  /** Takes no more messages; resolves when those under way are stored. */
  stop(): Promise<void>
  /** Whether this process's channel reaches a chat; all of them if it does not say. */
  serves?(chat: string): boolean
  typing?(chat: string): Promise<void>
  /**
   * Shows under a message, in place of all its choices, which one was taken; `externalId` is what `send` gave. Never
   * throws: it is a courtesy.
   */
  showChosen?(chat: string, externalId: string, choice: OutgoingChoice): Promise<void>
  /**
   * The file of an incoming message, by its reference.
   * @param most bytes that it may have
   * @throws MediaFault
   */
  fetchMedia?(reference: string, most: number): Promise<Uint8Array>
}
