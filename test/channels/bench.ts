import type { Channel, ChannelEvents } from '../../src/channels/channel.ts'

/** What not every messenger can do. A bench attempts it all the same, and throws {@link Cannot} if it is refused. */
export type Ability =
  | 'deliver again'
  | 'hold two chats'
  | 'press a button'
  | 'share their own number'
  | 'share the number of somebody else'
  | 'send voice'
  | 'fail to send'

/** Thrown by a bench, and only there, where the channel has no way to do a thing. */
export class Cannot extends Error {
  readonly ability: Ability
  constructor(ability: Ability, why: string) {
    super(`cannot ${ability}: ${why}`)
    this.ability = ability
  }
}

/** One thing that a person did, on its way to the channel. */
export type Delivery = {
  /** Whether the channel told the messenger that it has the message. */
  acknowledged(): boolean
  /** The messenger delivers it once more although it was acknowledged. @throws Cannot `deliver again` */
  again(): Promise<void>
}

/** A message of the bot as a person sees it. Where a place or file comes as a message of its own, that has no text. */
export type Seen = {
  text: string
  choices: string[]
  location?: { name: string; address: string; lat: number; lon: number }
  document?: { name: string; content: Uint8Array }
}

/** Somebody on the other side. What they do resolves when it is on its way, whether it arrives or not. */
export type Person = {
  chat: string
  /** Their own number, as the channel gives it. */
  phone: string
  writes(text: string): Promise<Delivery>
  /** The n-th choice, from 1, of the newest message that has any. @throws Cannot `press a button` */
  presses(n: number): Promise<Delivery>
  /** In answer to a message that asked for it. @throws Cannot `share their own number` */
  sharesOwnNumber(): Promise<Delivery>
  /** @throws Cannot `share the number of somebody else` */
  sharesNumber(phone: string): Promise<Delivery>
  /** @throws Cannot `send voice` */
  sendsVoice(): Promise<Delivery>
  /** All that the messenger accepted for them, the oldest first. */
  sees(): Promise<Seen[]>
}

/** A channel with its messenger and two people. Made anew for each check. */
export type Bench = {
  /** As it was wrapped. */
  channel: Channel
  siti: Person
  budi: Person
  /** A chat that the messenger does not know. */
  nobody: string
  /** Starts the channel, also again after a stop, and lets people in. */
  begin(events: ChannelEvents): Promise<void>
  /** Lets the messenger do what it does about messages that were not acknowledged. @throws Cannot `deliver again` */
  retries(): Promise<void>
  /** Resolves when a channel that wants to do something by itself, right or wrong, has had ample chance to. */
  settles(): Promise<void>
  /** Ways in which the next send goes wrong; empty if there is nothing on the way that can. The last may be for good. */
  troubles: { name: string; cause(): void | Promise<void> }[]
  /** Ends all, however badly the wrapped channel behaves. */
  close(): Promise<void>
}

export type Wrap = (channel: Channel) => Channel
