import {
  type Contact,
  type KnownPerson,
  lastHeardElsewhere,
  personsOfNumber,
  setMustConfirmName,
} from '../contacts/contacts.ts'
import type { Tx } from '../database/client.ts'
import { fitsName, nameWords } from '../people/names.ts'
import { staffOfNumber } from '../staff/members.ts'
import { hour, inWib } from '../time.ts'
import { isOrdinaryWord } from '../understanding/normalise.ts'
import { isAnswerAlone } from './choices.ts'
import type { Turn } from './reply.ts'
import { setSpeaker } from './speaker.ts'
import type { State } from './state.ts'

/** A number that was silent for so long may have changed hands. */
const longSilence = 90 * 24 * hour
/** After so many names that fit nobody, the next is heard on the next day. */
const mostWrongNames = 3

/**
 * The contact as it is after its silence: after 90 days without a word it must tell its name first, and what was open
 * in the conversation ends. A contact that writes for the first time is judged by its number.
 */
export async function afterSilence(tx: Tx, contact: Contact, state: State, now: Date): Promise<Contact> {
  if (!state.heard) return await afterSilenceElsewhere(tx, contact, now)
  if (!isLong(new Date(state.heard), now)) return contact
  const silent = await askNameOf(tx, contact)
  if (!silent.mustConfirmName) return contact
  for (const open of ['form', 'asleep', 'speaker'] as const) delete state[open]
  state.choices = []
  state.topic = {}
  return silent
}

/** The same for a number that is new to this contact: another chat may have had it, and fallen silent. */
export async function afterSilenceElsewhere(tx: Tx, contact: Contact, now: Date): Promise<Contact> {
  const heard = await lastHeardElsewhere(tx, contact)
  return heard && isLong(heard, now) ? await askNameOf(tx, contact) : contact
}

function isLong(heard: Date, now: Date): boolean {
  return now.getTime() - heard.getTime() > longSilence
}

async function askNameOf(tx: Tx, contact: Contact): Promise<Contact> {
  if (contact.mustConfirmName || !(await isSomebodys(tx, contact.phone))) return contact
  await setMustConfirmName(tx, contact.id, true)
  return { ...contact, mustConfirmName: true }
}

/** Whether a number is on the roster, or a staff member's: only then is there a name to be told. */
export async function isSomebodys(tx: Tx, phone: string | null): Promise<boolean> {
  return (await personsOfNumber(tx, phone)).length > 0 || (await staffOfNumber(tx, phone)) !== undefined
}

/** What a name given by an unconfirmed contact comes to. */
export type NameHeard =
  | { confirmed: KnownPerson }
  /** A staff member's, who holds no office. */
  | 'staff'
  /** It fits several who share the number. */
  | 'several'
  | 'wrong'

/** Compares a given name with those of the number; the right one makes its person the speaker. */
export async function hearName(turn: Turn, given: string): Promise<NameHeard> {
  const words = nameWords(given)
  const persons = await personsOfNumber(turn.tx, turn.contact.phone)
  const fitting = persons.filter(({ name }) => fitsName(words, nameWords(name)))
  const [person] = fitting
  const staff = person ? undefined : await staffOfNumber(turn.tx, turn.contact.phone)
  if (staff && fitsName(words, nameWords(staff.name))) {
    await confirmed(turn)
    turn.persons = persons
    return 'staff'
  }
  if (!person) {
    const day = dayOf(turn.now)
    turn.state.wrongNames = { day, count: wrongToday(turn) + 1 }
    return 'wrong'
  }
  if (fitting.length > 1) return 'several'
  await confirmed(turn)
  turn.persons = persons
  setSpeaker(turn, person)
  return { confirmed: person }
}

async function confirmed(turn: Turn): Promise<void> {
  await setMustConfirmName(turn.tx, turn.contact.id, false)
  delete turn.state.wrongNames
  turn.contact = { ...turn.contact, mustConfirmName: false }
}

/** Whether no more names are heard today. */
export function triedTooOften(turn: Turn): boolean {
  return wrongToday(turn) >= mostWrongNames
}

function wrongToday({ state, now }: Turn): number {
  return state.wrongNames?.day === dayOf(now) ? state.wrongNames.count : 0
}

function dayOf(now: Date): string {
  return inWib(now).toFormat('yyyy-MM-dd')
}

const kin =
  'anak|istri|isteri|suami|cucu|adik|kakak|abang|keponakan|menantu|saudara|keluarga|orang lain|orang rumah'
const anothers = [
  /\b(saya|sy|saye|aku|ini) (bukan|bkn)\b/i,
  new RegExp(String.raw`\b(saya|sy|saye|aku|ini) (${kin})(nya)?\b`, 'i'),
  /\b(nomor|nomer|no|hp|wa|kartu)( (hp|wa))?(nya| ini)?\b.*\b(dulu(nya)?|bekas|milik|punya|beli|pindah tangan|ganti pemilik)\b/i,
  /\b(i am|i'm|i’m|this is) not\b|\bused to (be|belong)\b|\bbelonged to\b|\bi am (his|her)\b/i,
]

/** Whether somebody says that the number was another's, or that they are somebody else: no try at a name. */
export function saysAnotherHadNumber(text: string): boolean {
  return anothers.some((each) => each.test(text))
}

const introducer =
  /^\W*(?:(?:maaf|iya|ya|oh|halo|selamat \w+|assalamu\S*),?\s+)*(?:(?:perkenalkan\s*,?\s*)?(?:nama(?: lengkap)?(?: saya| sy| saye| aku)?(?: adalah)?|(?:ini )?dengan|ini|saya|sy|saye|aku)\s*:?\s+)/i
const afterName =
  /\s+(?:dari|selaku|sebagai|pengurus|pengawas|ketua|sekretaris|bendahara|manajer|koperasi|kkmp|kdmp|kopdes|kopkel)\b.*$|[,;(\n].*$/is
const politeness = /\b(?:pak|bu|bapak|ibu|bang|kak|min|admin|ya|sendiri|masih|betul|benar)\b/gi
const longestName = 5
/** So surely a message must say something else, to be no name. */
const surelyNoName = 0.35

/**
 * The name that a message gives when it was asked for one; undefined when it rather says or asks something else, and
 * is no try that counts.
 */
export function nameGiven({ text, understanding }: Turn): string | undefined {
  const introduced = introducer.test(text)
  const said = text
    .replace(introducer, '')
    .replace(afterName, '')
    .replace(politeness, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const words = said.split(/[^\p{L}'’.]+/u).filter((word) => /\p{L}{2}/u.test(word))
  if (words.length === 0 || isAnswerAlone(said) || words.length > longestName || /[?\d]/.test(said))
    return undefined
  const strange = words.filter((word) => !isOrdinaryWord(word.toLowerCase())).length
  if (strange === words.length) return said
  const { intent, confidence } = understanding
  const says = confidence >= surelyNoName && !['out_of_scope', 'inform', 'profile_update'].includes(intent)
  return says && !(introduced && strange > 0) ? undefined : said
}
