import type { Part } from '../texts.ts'

/**
 * What a choice stands for. It is stored with the outgoing row that showed it, so that a button works as long
 * as its message stands in the chat.
 */
export type ChoiceValue =
  /** Fills a slot of the form that asked. */
  | { fills: string; value: string | number }
  /** Answers one certain question: see `about` of a form's step. */
  | { answers: 'yes' | 'no'; about: string }
  /** As if the officer had asked for it, of this training or wave. */
  | { asks: string; training?: string; wave?: number }
  /** Takes or declines the seat offered to this registration. */
  | { offer: number; take: boolean }
  /** Begins a form of the dialogue, with these slots. */
  | { begins: string; slots?: Record<string, string | number> }
  /** Wants answers in this language. */
  | { speaks: string }
  /** Wants to be told when this wave opens. */
  | { tells: number }
  /** Answers a colleague who asked that this registration be taken. */
  | { request: number; agrees: boolean }
  /** Takes back what was asked of a colleague: the registration that it wrote. */
  | { withdraws: number }
  /** Goes on with the form of this name that was left lying. */
  | { resumes: string }
  /** Says of a session of this registration whether its holder comes. */
  | { coming: number; session: number; comes: boolean }
  /** Frees the seat of this registration, or keeps it, after its holder has said that they do not come. */
  | { seat: number; frees: boolean }
  /** Wants a person of the office, for this reason, or does not after all. */
  | { staff: 'wish' | 'not_understood' | 'no' }
  /** Says that the notice which showed it was read. */
  | { read: true }
  /** Makes a command of staff do something; see conversation/staff-commands. */
  | { command: string; does: string; given?: Record<string, string | number> }

export type Choice = { label: Part; value: ChoiceValue }

/** An outgoing message before it is put into words: rendered in the contact's language when it is sent. */
export type OutgoingContent = {
  parts: Part[]
  choices?: Choice[]
  /** Asks for the sender's own number by the messenger's button. */
  asksPhone?: boolean
  location?: { name: string; address: string; lat: number; lon: number }
  /** The number is known: the button for it goes. */
  hidesPhoneButton?: boolean
  /** A button that opens an address. */
  link?: { label: Part; url: string }
  /** The start of the meeting that a notice is about (ISO 8601), null for none: near, it goes out in quiet hours too. */
  meeting?: string | null
  /** Id of the stored file that goes out with it; without it if that was deleted meanwhile. */
  file?: number
  /** It follows another message, and the phone does not ring again. */
  silent?: true
  /**
   * Of which change of sessions it tells, and whom: ids, when the change was made, and when each session was to begin
   * by what those persons knew, null if it was cancelled (ISO 8601).
   */
  change?: { sessions: number[]; persons: number[]; at: string; from?: Record<string, string | null> }
}

/** The question that a message leaves open until its deadline (ISO 8601). */
export type OpenQuestion = {
  kind: 'reminder' | 'offer' | 'request' | 'wave'
  subject: string
  deadline: string
}
