import type { KnownPerson } from '../contacts/contacts.ts'
import { hasConsented } from '../people/consent.ts'
import type { Turn } from './reply.ts'
import { type State, sitting } from './state.ts'

/** The only person of the number, or the one who said so in this sitting. */
export function speakerOf(persons: KnownPerson[], state: State, now: Date): KnownPerson | undefined {
  if (persons.length === 1) return persons[0]
  const { speaker } = state
  if (!speaker || now.getTime() - Date.parse(speaker.at) > sitting) return undefined
  const found = persons.find(({ id }) => id === speaker.id)
  if (found) speaker.at = now.toISOString()
  return found
}

/** Whether it is known who speaks, and they agreed to their data being used. */
export function isKnown(turn: Turn): boolean {
  return turn.speaker !== undefined && hasConsented(turn.speaker)
}

/** Whether the number is proven and on no roster; who must confirm their name is none. */
export function isStranger(turn: Turn): boolean {
  const { phone, mustConfirmName } = turn.contact
  return phone !== null && !mustConfirmName && turn.persons.length === 0
}

/** One's own rights hang on no consent (Law 27/2022, Arts 5 to 13). */
const evenWithoutConsent: ReadonlySet<string> = new Set(['copy', 'erase', 'withdraw', 'profile_view'])
/** Nor does giving back the seat that somebody has who took their consent back. */
const evenRefused: ReadonlySet<string> = new Set(['cancel'])
/** What also somebody on no roster may have: it is about this chat. */
const evenStrangers: ReadonlySet<string> = new Set(['copy', 'erase', 'profile_view'])

/** Whether enough is known of who speaks for a form, or for the answer to an intent. */
export function isKnownEnough(turn: Turn, forWhat: string): boolean {
  if (isStranger(turn)) return evenStrangers.has(forWhat)
  if (!turn.speaker) return false
  if (hasConsented(turn.speaker) || evenWithoutConsent.has(forWhat)) return true
  return turn.speaker.consentRefusedAt !== null && evenRefused.has(forWhat)
}

export function setSpeaker(turn: Turn, person: KnownPerson): void {
  turn.speaker = person
  turn.state.speaker = { id: person.id, at: turn.now.toISOString() }
}

const shortestName = 3

/** "saya sama bu Duma": who is named beside the one who writes. */
const beside = /\b(sama|sm|dan|dn|bersama|serta|berdua)\s+(pak|bu|bapak|ibu|bang|kak|istri|suami)?\s*\p{L}+/iu
const writer = /\b(saya|sy|saye|aku|kami)\b/i

/** Of those who share the number, the one whom a text names as who writes; undefined for none or several. */
export function personNamed(turn: Turn): KnownPerson | undefined {
  if (writer.test(turn.text) && beside.test(turn.text)) return undefined
  const words = new Set(turn.text.toLowerCase().split(/[^\p{L}]+/u))
  const named = turn.persons.filter(({ name }) =>
    name
      .toLowerCase()
      .split(/[^\p{L}]+/u)
      .some((word) => word.length >= shortestName && words.has(word)),
  )
  return named.length === 1 ? named[0] : undefined
}

const another = /\b(ganti orang|orang lain|bukan saya|suami|istri|isteri|bini|laki saya|orang rumah)\b/i
const introduction = /^\W*(ini|saya|sy|aku|dengan|nama saya)\s+\S+(\s+\S+){0,2}\W*$/i

/**
 * On a shared number the other person may take over, or be spoken for: by name, or as husband or wife, when it is
 * asked who is meant. Returns whether the speaker has changed, or has said their name again; an open form was the
 * other's, and is dropped.
 */
export function changeSpeaker(turn: Turn): boolean {
  if (turn.persons.length < 2) return false
  const before = turn.speaker
  const named = personNamed(turn)
  if (named && named.id === before?.id) return introduction.test(turn.text)
  if (named) setSpeaker(turn, named)
  else if (before && another.test(turn.text)) {
    turn.speaker = undefined
    delete turn.state.speaker
  } else return false
  if (before) delete turn.state.form
  return true
}
