import { spellingDistance } from '../areas.ts'
import type { KnownPerson } from '../contacts/contacts.ts'
import type { PositionTitle } from '../database/generated/enums.ts'
import type { Colleague } from '../registration/colleagues.ts'
import type { Mention, Position } from '../understanding/entities/mention.ts'
import { isOrdinaryWord, type Token, tokenise } from '../understanding/normalise.ts'
import type { Understanding } from '../understanding/understand.ts'

/** Whom of the colleagues a text means. */
export type ColleagueMeant =
  | { one: Colleague }
  /** Names or an office that several have. */
  | { several: Colleague[] }
  /** A name that none of them has, as written. */
  | { unknownName: string }
  /** An office that none of them holds. */
  | { unknownOffice: Position }
  | undefined

type Read = { tokens: Token[]; mentions: Mention[]; entities: Understanding['entities'] }

/**
 * Whom a text means: by name with typing errors forgiven, else by office. The speaker's own name and office ("saya
 * ketua") and who is set aside ("bukan Budi") do not count.
 * @param isAnswer the text answers who it is, so that any word may be a name
 */
export function colleagueMeant(
  text: string,
  understanding: Pick<Understanding, 'mentions' | 'entities'>,
  colleagues: Colleague[],
  speaker: KnownPerson | undefined,
  isAnswer = false,
): ColleagueMeant {
  const read: Read = { tokens: tokenise(text), ...understanding }
  const named = byName(read, text, colleagues)
  const office = officeMeant(read, colleagues, speaker)
  if (named.length > 1 && office) {
    const both = named.filter((colleague) => holds(colleague, office))
    return both.length > 0 ? oneOf(both) : oneOf(named)
  }
  if (named.length > 0) return oneOf(named)
  const unknownName = nameIn(read, text, speaker, isAnswer)
  if (unknownName) return { unknownName }
  if (!office) return undefined
  const holders = colleagues.filter((colleague) => holds(colleague, office))
  if (holders.length > 0) return oneOf(holders)
  return 'position' in office ? { unknownOffice: office.position } : undefined
}

function oneOf(found: Colleague[]): ColleagueMeant {
  const [one] = found
  return one && found.length === 1 ? { one } : { several: found }
}

// By name

const address = new Set(
  'pak bu bapak ibu bang abang kak kakak mas mbak cik encik haji sdr sdri saudara saudari nama namanya bernama'.split(
    ' ',
  ),
)
/** After these stands who it is, also without an address. */
const beforeName = new Set([
  ...address,
  ...'pengganti penggantinya digantikan diganti diwakili diwakilkan oleh daftarkan daftarin didaftarkan mendaftarkan yaitu biar'.split(
    ' ',
  ),
])
/** Relatives, offices outside the cooperative and the like, which no list of ordinary words holds. */
const noNames = new Set(
  'atas kesini temen tmn adek adik istri isteri suami anak keponakan bojo bojoku seklur sekcam camat dia die ora rencang saudara'.split(
    ' ',
  ),
)
const setAside = new Set(['bukan', 'selain', 'jangan'])
const turnsTo = new Set(['tapi', 'tetapi', 'melainkan', 'jadi', 'ganti', 'maksud'])
const longestSetAside = 4
const shortestName = 3
const shortestMisspelt = 4
const longName = 8
const shortText = 3

export function nameWords(name: string): string[] {
  return name
    .toLowerCase()
    .split(/[^\p{L}']+/u)
    .filter((word) => word.length >= shortestName)
}

/** Those who have most of the words of their name in the text. */
function byName(read: Read, text: string, colleagues: Colleague[]): Colleague[] {
  const tokens = read.tokens.filter((token, at) => mayBeName(read, text, token, at))
  const scored = colleagues.map((colleague) => ({
    colleague,
    score: nameWords(colleague.name)
      .map((word) => Math.max(0, ...tokens.map((token) => likeness(token, word))))
      .reduce((sum, each) => sum + each, 0),
  }))
  const best = Math.max(0, ...scored.map(({ score }) => score))
  return best === 0 ? [] : scored.filter(({ score }) => score === best).map(({ colleague }) => colleague)
}

function mayBeName(read: Read, text: string, token: Token, at: number): boolean {
  const before = read.tokens.slice(0, at)
  if (isSetAside(before, token) || isIn(read.mentions, token, ['role'])) return false
  if (!isOrdinaryWord(token.written)) return true
  // A name that is a word as well, such as Indah.
  const capital = at > 0 && /^\p{Lu}/u.test(text.slice(token.start, token.end))
  return capital || address.has(before.at(-1)?.written ?? '') || read.tokens.length <= shortText
}

/** "bukan Budi Hartono, Rina saja": those before the pause. */
function isSetAside(before: Token[], token: Token): boolean {
  let { gap } = token
  for (const { word, gap: next } of before.slice(-longestSetAside).reverse()) {
    if (/[,;.]/.test(gap) || turnsTo.has(word)) return false
    if (setAside.has(word)) return true
    gap = next
  }
  return false
}

function likeness({ written }: Token, word: string): number {
  if (written === word) return 1
  if (Math.min(written.length, word.length) < shortestMisspelt || isOrdinaryWord(written)) return 0
  const limit = word.length >= longName ? 2 : 1
  return spellingDistance(written, word, limit) <= limit ? 0.8 : 0
}

function isIn(mentions: Mention[], { start, end }: Token, kinds?: Mention['entity'][]): boolean {
  return mentions.some(
    (mention) => start >= mention.start && end <= mention.end && (!kinds || kinds.includes(mention.entity)),
  )
}

/** A name in the text that is nobody's of those known, as written. */
function nameIn(
  read: Read,
  text: string,
  speaker: KnownPerson | undefined,
  isAnswer: boolean,
): string | undefined {
  const own = new Set(speaker ? nameWords(speaker.name) : [])
  const isName = (token: Token | undefined): boolean =>
    token !== undefined &&
    token.written.length >= shortestName &&
    /^\p{L}+$/u.test(token.written) &&
    !isOrdinaryWord(token.written) &&
    !isOrdinaryWord(token.word) &&
    !noNames.has(token.written) &&
    !own.has(token.written) &&
    !isIn(read.mentions, token)
  const at = read.tokens.findIndex(
    (token, index) => isName(token) && (isAnswer || beforeName.has(read.tokens[index - 1]?.written ?? '')),
  )
  if (at < 0) return undefined
  let last = at
  while (last < at + 2 && isName(read.tokens[last + 1])) last++
  return text.slice(read.tokens[at]?.start, read.tokens[last]?.end)
}

// By office

type Office = { position: Position; titles: PositionTitle[] } | { role: 'pengurus' | 'pengawas' | 'manajer' }

function holds({ positions }: Colleague, office: Office): boolean {
  return positions.some(({ title, role }) =>
    'titles' in office ? office.titles.includes(title) : role === office.role,
  )
}

/** The office that is wanted; of several the first that a colleague holds. */
function officeMeant(
  read: Read,
  colleagues: Colleague[],
  speaker: KnownPerson | undefined,
): Office | undefined {
  const offices = officesNamed(read).filter((office) => {
    const held = colleagues.some((colleague) => holds(colleague, office))
    return held || !speaker || !holds({ ...speaker, id: speaker.id }, office)
  })
  return offices.find((office) => colleagues.some((colleague) => holds(colleague, office))) ?? offices[0]
}

/** Offices in the text but the speaker's own ("saya ketua"), the wanted one first, titles before mere roles. */
function officesNamed(read: Read): Office[] {
  const others = read.mentions.filter((mention) => !isSpeakers(read.tokens, mention))
  const titles = others.flatMap((mention) =>
    mention.entity === 'position'
      ? [{ position: mention.value, titles: titlesOf(mention.value, mention.text) }]
      : [],
  )
  const wanted = titles.filter(({ position }) => position === read.entities.position)
  const bare = others.filter(
    ({ start }) => !read.mentions.some((each) => each.entity === 'position' && each.start === start),
  )
  const roles = bare.flatMap((mention) =>
    mention.entity === 'role' && mention.value !== 'anggota' && isOfPerson(read.tokens, mention)
      ? [{ role: mention.value }]
      : [],
  )
  return [...wanted, ...titles.filter((title) => !wanted.includes(title)), ...roles]
}

function titlesOf(position: Position, text: string): PositionTitle[] {
  if (position !== 'wakil_ketua') return [position]
  if (/usaha/i.test(text)) return ['wakil_ketua_usaha', 'wakil_ketua']
  if (/anggota/i.test(text)) return ['wakil_ketua_anggota', 'wakil_ketua']
  return ['wakil_ketua', 'wakil_ketua_usaha', 'wakil_ketua_anggota']
}

/** "saya bendahara", "saya sebagai bendahara" */
function isSpeakers(tokens: Token[], mention: Mention): boolean {
  const before = tokens.filter(({ end }) => end <= mention.start).map(({ word }) => word)
  const last = before.at(-1)
  return last === 'saya' || (last === 'sebagai' && before.at(-2) === 'saya')
}

/** "kelas pengurus", "untuk pengawas" say for whom a class is. */
function isOfPerson(tokens: Token[], mention: Mention): boolean {
  const before = tokens.filter(({ end }) => end <= mention.start).at(-1)?.word ?? ''
  return !['kelas', 'bimtek', 'untuk', 'bagi', 'pelatihan', 'sebagai'].includes(before)
}

// Whether somebody else is to be registered

const registers = /\b(di|men)?(daftarkan|dftarkan|daftrkan|dftrkan|daftarin|daptarkan)\b/i
const registersFor = /\b(men)?(daftar|dftar|dftr)\s+(untuk|utk|buat|bwt|atas nama)\b/i
const oneself =
  /\b(di|men)?(daftarkan|dftarkan|daftrkan|dftrkan|daftarin|daptarkan)\s+((dulu|aja|saja|juga|pak|bu)\s+)*(saya|sy|saye|aku|diri|kami|kita)\b/i
const others =
  /\b(teman|kawan|rekan|kolega|orang lain|(\d+|dua|tiga|empat|lima) orang|ber ?\d|bertiga|berdua)\b/i

/** "pak norman juga mau ikut": before the wish stands whose it is. */
const othersWish =
  /^([^?,;.]*?)\s+(?:juga\s+|jg\s+)?(?:mau|ingin|pengen|pgn|nak|arep|hendak|minta)\s+(?:ikut|daftar|di ?daftarkan|ndaftar|gabung|join)\b/i
const oneselfBefore = /^\W*(?:saya|sy|saye|aku|kami|kita|kulo)\b|\b(?:dan|sama|bersama)\s+(?:saya|sy|aku)\b/i

/** What was understood of a part of a text. */
function within(
  text: string,
  part: string,
  { entities, mentions }: Pick<Understanding, 'mentions' | 'entities'>,
) {
  const at = text.indexOf(part)
  const inside = mentions.filter(({ start, end }) => start >= at && end <= at + part.length)
  return {
    entities,
    mentions: inside.map((each) => ({ ...each, start: each.start - at, end: each.end - at })),
  }
}

/** Whom of the colleagues a message says to want in, rather than who writes. */
function wishOf(
  text: string,
  understanding: Pick<Understanding, 'mentions' | 'entities'>,
  colleagues: Colleague[],
  speaker: KnownPerson | undefined,
): ColleagueMeant {
  const last = text.split(/[?;.\n]/).findLast((each) => othersWish.test(each)) ?? ''
  const [, subject = ''] = othersWish.exec(last) ?? []
  if (subject === '' || oneselfBefore.test(subject.trim())) return undefined
  const meant = colleagueMeant(subject, within(text, subject, understanding), colleagues, speaker)
  return meant && ('one' in meant || 'several' in meant) ? meant : undefined
}

const noWish =
  /\?|\b(siapa|sapa|kenapa|knp|mengapa|jangan|jgn|tidak|tdk|tak|gak|ga|nggak|ndak|belum|blm|sudah|sdh|udah|udh|batal\w*|yang|yg|kalau|kalo|klo|kapan|apa)\b/i

function lastSentence(text: string): string {
  return text.split(/[.!\n]/).findLast((each) => /\p{L}/u.test(each)) ?? ''
}

/** "oh harus pengurus. ya udah daftarkan saya": its last sentence wants nothing else. */
export function asksForOneself(text: string): boolean {
  const bare = lastSentence(text).replace(/\b(ya|iya) (sudah|sdh|udah|udh)\b/gi, ' ')
  return oneself.test(bare) && !noWish.test(bare)
}

/** Whether a request to register says that it is for who speaks: "daftarkan saya". */
export function isForOneself(text: string): boolean {
  return oneself.test(text)
}

/**
 * Whether a request to register is for somebody else, too: "daftarkan" with a colleague's name, an office that is not the
 * speaker's own, or several persons. False for oneself, and where nobody is named.
 */
export function isForColleague(
  text: string,
  understanding: Pick<Understanding, 'mentions' | 'entities'>,
  colleagues: Colleague[],
  speaker: KnownPerson | undefined,
): boolean {
  if (!registers.test(text) && !registersFor.test(text))
    return wishOf(text, understanding, colleagues, speaker) !== undefined
  // Who is named before the wish is not part of it.
  const wish = asksForOneself(text) ? lastSentence(text) : text
  const meant = colleagueMeant(wish, within(text, wish, understanding), colleagues, speaker)
  if (oneself.test(text)) return (meant && ('one' in meant || 'several' in meant)) || others.test(text)
  return meant !== undefined || others.test(text)
}
