import type { KnownPerson } from '../contacts/contacts.ts'
import type { Colleague } from '../registration/colleagues.ts'
import { readEntities } from '../understanding/entities/entities.ts'
import { colleagueMeant, nameWords } from './colleague-named.ts'

/**
 * Somebody whom a request to register names: who writes, a colleague (id), or the words that name somebody who is not
 * found among them, or may be one of several.
 */
export type Party = { self: true } | { id: number } | { words: string }

/** Whole cooperatives are not registered in one message. */
export const mostParties = 10

/** Among whom names are looked for. */
export type People = {
  colleagues: Colleague[]
  speaker: KnownPerson | undefined
  /** All who use the number. */
  persons: KnownPerson[]
  now: Date
}

const besides =
  'sekalian|skalian|tp|tapi|trus|terus|dan|dn|and|sama|same|sm|serta|beserta|bersama|juga|jg|dengan|dgn|karo|kalih|lan|plus|ditambah'
const border = new RegExp(String.raw`[,;:?&+\n]|\s(?:${besides})(?=\s)`, 'gi')
const self = '(?:saya|sy|saye|sya|aku|awak|kulo|myself)'
const verb = '(?:di|men)?(?:daftarkan|dftarkan|daftrkan|dftrkan|daftarin|daptarkan)'
/** "daftarkan saya" */
const asObject = new RegExp(
  String.raw`\b(?:${verb}|untuk|utk|buat|atas nama)(?:\s+(?:dulu|aja|saja|juga|pak|bu))*\s+${self}\b`,
  'i',
)
const filler =
  '(?:mau|mo|ingin|pengen|nak|arep|ikut|ikutan|daftar|mendaftar|sendiri|juga|jg|dulu|aja|saja|ya|dong|pak|bu|min|kak|bang|tolong|tlg|mohon|halo|izin|ijin|berdua|bertiga|orang|boleh|bisa|bs|tak|gak|ga|dua|tiga|yaitu|untuk|utk|buat|bimtek|pelatihan|[0-9]+)'
/** "saya", "mau daftar 2 orang", "saya juga ikut": nobody else stands in it. */
const alone = new RegExp(
  String.raw`^\W*(?:${filler}\W+)*(?:${self}|(?:men)?daftar)(?:\W+(?:${filler}|${self}))*\W*$`,
  'i',
)
const beforeOwn = new RegExp(String.raw`\b${self}\s+(?:sebagai\s+|selaku\s+)?$`, 'i')

const shortestList = 2

type Segment = { text: string; afterComma: boolean }

function segmentsOf(text: string): Segment[] {
  const segments: Segment[] = []
  let [from, afterComma] = [0, false]
  for (const { 0: mark, index } of text.matchAll(border)) {
    segments.push({ text: text.slice(from, index), afterComma })
    from = index + mark.length
    afterComma = mark === ','
  }
  return [...segments, { text: text.slice(from), afterComma }].filter((each) => /\p{L}{2}/u.test(each.text))
}

/** Whom a request to register names, in its order, each once and ten at most: "saya dan bendahara", "bu meri, pak anto". */
export function partiesNamed(text: string, people: People): Party[] {
  const all = everybody(text, people) ?? household(text, people)
  if (all) return all.slice(0, mostParties)
  const found: Party[] = []
  const segments = segmentsOf(text)
  for (const segment of segments) {
    const before = found.at(-1)
    // "pak anto, bendahara kami" is one person, whose name may not be on the list.
    const mayExplain = before && ('words' in before || ('id' in before && segments.length === shortestList))
    if (segment.afterComma && mayExplain && isOfficeAlone(segment.text, people)) continue
    for (const party of partiesIn(segment.text, people, found.length > 0))
      if (!found.some((each) => isSame(each, party))) found.push(party)
  }
  return found.slice(0, mostParties)
}

const wordForAll = /\b(semua(nya)?|smua(nya)?|seluruh(nya)?|kabeh)\b/i

/** Whether a request to register is for all of the cooperative, or all of an office there. */
export function saysAll(text: string): boolean {
  return wordForAll.test(text) && registers.test(text)
}

/** "daftarkan semua pengurus kami" */
function everybody(text: string, { colleagues, speaker, now }: People): Party[] | undefined {
  if (!saysAll(text) || !speaker) return undefined
  const said = readEntities(text, now).mentions.find(({ entity }) => entity === 'role')?.value
  const holds = ({ positions }: Pick<Colleague, 'positions'>) =>
    said === undefined || said === 'anggota' || positions.some(({ role }) => role === said)
  const others = colleagues.filter(holds).map(({ id }) => ({ id }))
  return [...(holds(speaker) ? [{ self: true } as const] : []), ...others]
}

/** "daftarkan kami berdua", of those who use one number. */
function household(text: string, { persons, speaker }: People): Party[] | undefined {
  const [, count] = /\b(?:kami|kita)\s+(ber(?:dua|tiga))\b/i.exec(text) ?? []
  if (!count || !speaker || persons.length !== (/dua/i.test(count) ? 2 : 3)) return undefined
  return [{ self: true }, ...persons.filter(({ id }) => id !== speaker.id).map(({ id }) => ({ id }))]
}

function isSame(a: Party, b: Party): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function partiesIn(text: string, people: People, afterOthers: boolean): Party[] {
  const isSelf = asObject.test(text) || alone.test(text) || isOwnOffice(text, people.now)
  if (isSelf || saysOwnName(text, people)) return [{ self: true }]
  const found: Colleague[] = []
  let left = text
  while (found.length < mostParties) {
    const meant = meantBy(left, people, afterOthers)
    if (!meant) break
    const ones = 'one' in meant ? [meant.one] : 'several' in meant ? toldApart(left, meant.several) : []
    const fresh = ones.filter(({ id }) => !found.some((each) => each.id === id))
    if (fresh.length === 0) {
      if (found.length === 0) return [{ words: 'unknownName' in meant ? meant.unknownName : left.trim() }]
      break
    }
    found.push(...fresh)
    left = fresh.reduce((rest, each) => without(rest, each, people.now), left)
  }
  if (found.length === 0 && namesSelf(text, people)) return [{ self: true }]
  return found.map(({ id }) => ({ id }))
}

/** A bare name that is nobody's counts as one only behind others: "daftarkan budi dan anto". */
function meantBy(text: string, { colleagues, speaker, now }: People, afterOthers: boolean) {
  const read = readEntities(text, now)
  const meant = colleagueMeant(text, read, colleagues, speaker)
  if (meant || !afterOthers) return meant
  const bare = colleagueMeant(text, read, colleagues, speaker, true)
  const said = text.replace(/[^\p{L}' ]/gu, ' ').trim()
  return bare && 'unknownName' in bare && bare.unknownName === said ? bare : undefined
}

/** "saya ketua": the office is of who writes. */
function isOwnOffice(text: string, now: Date): boolean {
  const [office] = readEntities(text, now).mentions.filter(({ entity }) => entity === 'position')
  return office !== undefined && beforeOwn.test(text.slice(0, office.start))
}

const introduces = new RegExp(
  String.raw`^\W*(?:${self}|ini|dengan)\s+(?:pak |bu |ibu |bapak )?([\p{L}']+)`,
  'iu',
)

/** "saya Joko", of those who share the number. */
function saysOwnName(text: string, { persons }: People): boolean {
  const [, said = ''] = introduces.exec(text) ?? []
  return persons.some(({ name }) => nameWords(name).includes(said.toLowerCase()))
}

function namesSelf(text: string, { speaker }: People): boolean {
  const words = new Set(nameWords(text))
  return nameWords(speaker?.name ?? '').some((word) => words.has(word))
}

/** Of those who fit equally well all, in their order, if each is named by a word that none of the others has. */
function toldApart(text: string, several: Colleague[]): Colleague[] {
  const words = nameWords(text)
  const placed = several.map((one) => ({
    one,
    at: words.findIndex((word) => has(one, word) && !several.some((each) => each !== one && has(each, word))),
  }))
  if (placed.some(({ at }) => at < 0)) return []
  return placed.sort((a, b) => a.at - b.at).map(({ one }) => one)
}

function has({ name }: Colleague, word: string): boolean {
  return nameWords(name).includes(word)
}

/** The text without the name, or else the office, by which somebody was found; with a name goes every office. */
function without(text: string, one: Colleague, now: Date): string {
  const named = nameWords(text).some((word) => has(one, word))
  const offices = readEntities(text, now).mentions.filter(
    ({ entity, value }) =>
      entity === 'position' && (named || one.positions.some(({ title }) => title.startsWith(String(value)))),
  )
  const left = offices.reduceRight(
    (rest, { start, end }) => rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end),
    text,
  )
  return left.replace(/[\p{L}']+/gu, (word) => (has(one, word.toLowerCase()) ? ' ' : word))
}

function isOfficeAlone(text: string, { colleagues, speaker, now }: People): boolean {
  const offices = readEntities(text, now).mentions.filter(({ entity }) => entity === 'position')
  if (offices.length === 0) return false
  const left = offices.reduce((rest, each) => rest.replace(each.text, ' '), text)
  return colleagueMeant(left, readEntities(left, now), colleagues, speaker) === undefined
}

const registers = new RegExp(
  String.raw`\b${verb}\b|\b(?:men)?(?:daftar|dftar)\s+(?:untuk|utk|buat|atas nama)\b`,
  'i',
)
const beside = new RegExp(String.raw`\b(?:${besides}|berdua|bertiga)\b|[&+]`, 'i')
const greets = /^\W*(halo|hallo|hai|hi|assalam\w*|ass|selamat|slmt|met|permisi|pagi|siang|sore|malam|yth)\b/i

const pair = 2

/** Whether a request to register is for several persons. */
export function isForSeveral(text: string, parties: Party[]): boolean {
  if (parties.length < 2) return false
  const [first] = parties
  const isOpening = greets.test(text) && first !== undefined && !('self' in first)
  return registers.test(text) || parties.length > pair || (beside.test(text) && !isOpening)
}

// Kept in a form's slot until it is their turn

/** Parties as one slot. */
export function asSlot(parties: Party[]): string {
  return parties
    .slice(0, mostParties)
    .map((party) =>
      'self' in party ? '@' : 'id' in party ? `#${party.id}` : party.words.replaceAll('\n', ' '),
    )
    .join('\n')
}

/** Those that a slot holds. */
export function fromSlot(slot: string | number | undefined): Party[] {
  return String(slot ?? '')
    .split('\n')
    .filter(Boolean)
    .map((each) =>
      each === '@' ? { self: true } : each.startsWith('#') ? { id: Number(each.slice(1)) } : { words: each },
    )
}
