import type { Choice } from '../../delivery/content.ts'
import { findTrainings } from '../../programme/trainings.ts'
import { type Colleague, judgeColleague } from '../../registration/colleagues.ts'
import { type Part, say } from '../../texts.ts'
import { colleagueMeant, nameWords } from '../colleague-named.ts'
import { bestRefusal } from '../refusal.ts'
import type { Turn } from '../reply.ts'
import {
  asSlot,
  fromSlot,
  isForSeveral,
  mostParties,
  type Party,
  partiesNamed,
  saysAll,
} from '../several-named.ts'
import type { FormState, Slots } from '../state.ts'
import type { Step } from './form.ts'
import { namingSlots } from './pick-colleague.ts'
import { fits } from './register.ts'

/** Stands in the place of the colleague's id when nobody is registered for that name. */
export const skipped = 'skipped'
export const skips = /\b(lewati|lewatkan|lewat|skip|(tidak|tdk|tak|gak|ga|nggak) ada)\b/i
export const skipChoice: Choice = {
  label: say('choice-skip'),
  value: { fills: 'colleague', value: skipped },
}

/** Whether somebody else of the same message came before. */
export function isQueued(slots: Slots): boolean {
  return slots['queued'] !== undefined
}

/** The slots after an answer that names several; undefined when it does not. */
export function fillSeveral(
  turn: Turn,
  colleagues: Colleague[],
  slots: Slots,
  asked: string | undefined,
): Slots | undefined {
  const parties = partiesNamed(turn.text, { ...turn, colleagues })
  const isAnswer = asked === 'colleague' && !turn.text.includes('?')
  if (parties.length < 2 || !(isAnswer || isForSeveral(turn.text, parties))) return undefined
  const { colleague: _, sure: __, ...rest } = slots
  return { ...rest, ...namingSlots(turn.text), answer: 'yes' }
}

/**
 * Of several whom the words in the slots name, the step for the first; the others are kept until it is their turn.
 * Undefined where it is one.
 */
export async function firstOfSeveral(
  turn: Turn,
  slots: Slots,
  colleagues: Colleague[],
): Promise<Step | undefined> {
  const { who, answer, colleague: _, ...kept } = slots
  if (who === undefined || slots['colleague'] !== undefined) return undefined
  const words = String(who)
  const named = partiesNamed(words, { ...turn, colleagues })
  if (named.length < 2 || !(answer === 'yes' || isForSeveral(words, named))) return undefined
  const parties = saysAll(words) ? await whoMay(turn, kept, named, colleagues) : named
  const [first, ...rest] = parties
  if (!first) return { done: [{ parts: [say('parties-none')] }] }
  const all = [...rest, ...fromSlot(slots['rest'])]
  const names = namesOf(turn, parties, colleagues)
  const before = parties.length > 1 ? [say('parties-begun', { names, count: parties.length })] : []
  return { ...stepFor(first, { ...kept, rest: asSlot(all) }), before }
}

/** Of all of a cooperative those for whom there is a class. */
async function whoMay(turn: Turn, slots: Slots, parties: Party[], colleagues: Colleague[]): Promise<Party[]> {
  const trainings = (await findTrainings(turn.tx, {})).filter((each) =>
    slots['training'] ? each.code === slots['training'] : fits(each, slots),
  )
  const may = async (party: Party): Promise<boolean> => {
    const one = 'id' in party ? colleagues.find(({ id }) => id === party.id) : undefined
    for (const training of trainings) {
      const refused = one
        ? (await judgeColleague(turn.tx, one, training, turn.now))?.refused
        : turn.speaker && (await bestRefusal(turn, turn.speaker, training))
      if (refused === undefined || refused === 'full') return true
    }
    return false
  }
  const found: Party[] = []
  for (const party of parties) if (await may(party)) found.push(party)
  return found
}

function namesOf(turn: Turn, parties: Party[], colleagues: Colleague[]): string {
  return parties
    .map((party) => {
      if ('self' in party) return turn.speaker?.name ?? ''
      if ('words' in party) return party.words
      return colleagues.find(({ id }) => id === party.id)?.name ?? ''
    })
    .join(', ')
}

function stepFor(party: Party, slots: Slots): { next: 'register' | 'colleague'; slots: Slots } {
  if ('self' in party) return { next: 'register', slots }
  if ('id' in party) return { next: 'colleague', slots: { ...slots, colleague: party.id } }
  return { next: 'colleague', slots: { ...slots, who: party.words, answer: 'yes' } }
}

const only = /\b(aja|saja|ajalah|sajalah|ae|wae|doang|cukup|only)\b/i
const setsAside = /\b(bukan|bkn|jangan|jgn|selain|ga usah|gak usah|tidak usah|not)\b/i

/** Who is left to be registered after a message that names whom this is about: not that one again, nor who is set aside. */
export function restAfter(
  { text }: Turn,
  { colleague, rest }: Slots,
  colleagues: Colleague[],
  asked: string | undefined,
): Slots {
  if (rest === undefined || colleague === undefined) return {}
  if (asked !== 'colleague' && only.test(text)) return { rest: '' }
  const words = new Set(nameWords(text))
  const isOut = (party: Party): boolean => {
    const one = 'id' in party ? colleagues.find(({ id }) => id === party.id) : undefined
    const isNamed = one !== undefined && nameWords(one.name).some((word) => words.has(word))
    return one?.id === colleague || (isNamed && setsAside.test(text))
  }
  return { rest: asSlot(fromSlot(rest).filter((party) => !isOut(party))) }
}

/** What a form that has ended leaves to be done for the next of those whom the message named; undefined for none. */
export async function nextParty(
  turn: Turn,
  { name, slots }: FormState,
): Promise<{ next: 'register' | 'colleague'; slots: Slots; before: Part[] } | undefined> {
  const [next, ...rest] = name === 'register' || name === 'colleague' ? fromSlot(slots['rest']) : []
  if (!next) return undefined
  const before = [say('party-next', { name: await nameOf(turn, next) })]
  return { ...stepFor(next, { ...ofClass(slots), queued: 'yes', rest: asSlot(rest) }), before }
}

async function nameOf({ tx, speaker }: Turn, party: Party): Promise<string> {
  if ('self' in party) return speaker?.name ?? ''
  if ('words' in party) return party.words
  return (await tx.person.findUnique({ where: { id: party.id } }))?.name ?? ''
}

/** The class of the one before is the one for the next where that is possible. */
function ofClass({ training, about, aboutWave, wave, track, area, from, to }: Slots): Slots {
  const spoken = training ?? about
  const all = { about: spoken, aboutWave, wave, track, area, from, to }
  return Object.fromEntries(
    Object.entries(all).flatMap(([slot, value]) => (value === undefined ? [] : [[slot, value]])),
  )
}

/** The names of those whose turn has not come, for who leaves the form. */
export async function namesLeft(turn: Turn, { slots }: FormState): Promise<string> {
  const names: string[] = []
  for (const party of fromSlot(slots['rest']).slice(0, mostParties)) names.push(await nameOf(turn, party))
  return names.join(', ')
}

const drops =
  /\b((ga|gak|gk|nggak|tidak|tdk|tak|ndak|ora) ?(usah|jadi|jd|ikut|bisa|mau|dapat)|jangan|jgn|coret|hapus|keluarkan|skip|lewati|batal(kan|in)?)\b/i

/**
 * Without whom the message takes out of those whose turn is to come, and their names; `skip` when it is the one at
 * hand. Undefined when it names none of them, or somebody else.
 */
export function withFewer(
  turn: Turn,
  { name, slots }: FormState,
  colleagues: Colleague[],
): { slots: Slots; names: string } | { skip: true } | undefined {
  const waiting = fromSlot(slots['rest'])
  const isAtHand = (id: number) => name === 'colleague' && id === slots['colleague']
  if (!drops.test(turn.text) || turn.text.includes('?')) return undefined
  const words = new Set(nameWords(turn.text))
  const byName = colleagues.filter((each) => nameWords(each.name).some((word) => words.has(word)))
  const byOffice =
    byName.length > 0 ? undefined : colleagueMeant(turn.text, turn.understanding, colleagues, turn.speaker)
  const named = byOffice && 'one' in byOffice ? [byOffice.one] : byName
  const [one] = named
  if (one && named.length === 1 && isAtHand(one.id) && waiting.length > 0) return { skip: true }
  const isOut = (party: Party) => 'id' in party && named.some(({ id }) => id === party.id)
  const out = waiting.filter(isOut)
  if (out.length === 0 || out.length < named.length) return undefined
  const left = waiting.filter((party) => !isOut(party))
  return { slots: { ...slots, rest: asSlot(left) }, names: namesOf(turn, out, colleagues) }
}

const adds = /\b(juga|jg|sekalian|skalian|sama|beserta|plus|tambah\w*|dan)\b|[&+]/i
const isOther = /\?|\b(salah|bukan|ganti\w*|diganti\w*|maksud\w*|ralat|harusnya|batal\w*)\b/i

/** The open form's slots with those whom the message adds to whom it is for, and their names; undefined for none. */
export function withMore(
  turn: Turn,
  { name, slots, asked }: FormState,
  colleagues: Colleague[],
): { slots: Slots; names: string } | undefined {
  if (asked === 'colleague' || !adds.test(turn.text) || isOther.test(turn.text)) return undefined
  const waiting = fromSlot(slots['rest'])
  const isIn = (party: Party): boolean =>
    ('self' in party && (name === 'register' || waiting.some((each) => 'self' in each))) ||
    ('id' in party &&
      (party.id === slots['colleague'] || waiting.some((each) => 'id' in each && each.id === party.id)))
  const more = partiesNamed(turn.text, { ...turn, colleagues }).filter(
    (party) => !('words' in party) && !isIn(party),
  )
  if (more.length === 0) return undefined
  const names = namesOf(turn, more, colleagues)
  return { slots: { ...slots, rest: asSlot([...waiting, ...more]) }, names }
}
