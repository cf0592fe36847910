import type { IncomingContent, MediaFault } from '../channels/channel.ts'
import type { Coverage } from '../config/coverage.ts'
import type { OfficeHours } from '../config/office-hours.ts'
import type { Contact, KnownPerson } from '../contacts/contacts.ts'
import type { Tx } from '../database/client.ts'
import type { OutgoingMessage } from '../database/generated/client.ts'
import type { OutgoingContent } from '../delivery/content.ts'
import type { PlannedReminder, ReminderRules } from '../reminders/plan.ts'
import type { Part, Texts } from '../texts.ts'
import type { Understanding } from '../understanding/understand.ts'
import type { StandingHandOver } from './hand-over.ts'
import type { Named } from './named.ts'
import type { Finished, Refused, State, Topic } from './state.ts'

/**
 * One message of an answer, what the conversation is about after it, what it refuses, and of which hand-over it tells
 * staff; and the stored calendar of a class, which follows as a message of its own.
 */
export type Reply = OutgoingContent & {
  topic?: Topic
  refused?: Refused
  handOver?: number
  calendar?: { file: number; code: string }
}

/** A message of ours to this contact, as stored. */
export type Quoted = OutgoingMessage

/** What became of fetching a message's file. */
export type FetchedMedia = { incomingId: number } & ({ fileId: number } | { fault: MediaFault['why'] })

/** What an answer or a form step may look at. */
export type Turn = {
  tx: Tx
  now: Date
  rules: ReminderRules
  contact: Contact
  /** The stored message that this turn answers. */
  incomingId: number
  texts: Texts
  /** When somebody is in the office. */
  officeHours: OfficeHours
  /** The hand-over of this conversation that is not closed. */
  handOver: StandingHandOver | undefined
  /** Whether the message is left to staff, so that saying nothing is an answer. */
  leftToStaff: boolean
  /** The hand-over in which it is a staff member's word to the officer. */
  wordsIn: number | undefined
  /** After how many days conversations are deleted. */
  retentionDays: number
  /** What makes a cooperative fully covered. */
  coverage: Coverage
  /** The channels that are hosted at all. */
  channels: readonly string[]
  /** The file of the message, once it is fetched: see media.ts. */
  media: FetchedMedia | undefined
  /** All for whom the contact may speak; none as long as it must confirm its name. */
  persons: KnownPerson[]
  /** The one who speaks, when that is known. */
  speaker: KnownPerson | undefined
  content: IncomingContent
  /** The message as text; '' for what is none. */
  text: string
  understanding: Understanding
  state: State
  /** The message of ours that this one quotes, or whose button was pressed; undefined when that is not known. */
  quoted: Quoted | undefined
  /** What of the programme the message itself names. */
  named: Named
  /** What was spoken of before it; after an answer, what that was about. */
  topic: Topic
  /** What the turn before brought to its end; undefined when something else was spoken of since. */
  finished: Finished | undefined
  /** What the turn before refused. */
  refused: Refused | undefined
  /** How many forms this turn has begun, one handing over to the next. */
  begun: number
  /** Reminders planned in this turn, for their jobs. */
  planned: PlannedReminder[]
  /** Whether what is stored of the contact was erased in this turn: nothing of it may be written any more. */
  erased: boolean
}

export type Answer = (turn: Turn) => Promise<Reply>

/** What can be asked next, as choices under an answer that leads nowhere else. */
export const menu: NonNullable<OutgoingContent['choices']> = [
  { label: { key: 'choice-schedule' }, value: { asks: 'schedule_list' } },
  { label: { key: 'choice-register' }, value: { asks: 'register' } },
  { label: { key: 'choice-my-schedule' }, value: { asks: 'my_schedule' } },
  { label: { key: 'choice-location' }, value: { asks: 'session_location' } },
]

/** An answer that is the same for everybody: true, and with a way on. */
export function sentence(key: string): Answer {
  return async () => ({ parts: [{ key }], choices: menu })
}

/** The same without choices, where nothing more is to be said. */
export function word(key: string): Answer {
  return async () => ({ parts: [{ key }] })
}

/** Answers put into one message; choices, place and topic of the last that has any. */
export function together(replies: Reply[]): Reply {
  const parts: Part[] = replies.flatMap((reply) =>
    reply.parts.map((part, index) => (index === 0 ? { ...part, tight: false } : part)),
  )
  return Object.assign({}, ...replies, { parts })
}
