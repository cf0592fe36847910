import {
  type Area,
  type AreaLevel,
  allAreas,
  areaCovers,
  areaWord,
  areaWords,
  isCommonAreaWord,
  islands,
  spellingDistance,
} from '../../areas.ts'
import { isOrdinaryWord, type Token } from '../normalise.ts'
import { type MentionOf, mentionOf } from './mention.ts'

/**
 * An area, or an island that stands for its kecamatan, by the words of its name. `partial` names are found only
 * where a place is expected: islands and 'Abang' for 'Pulau Abang'.
 */
type Named = { area: Area; words: readonly string[]; island: boolean; partial: boolean }
type Marker = { levels: readonly AreaLevel[]; island: boolean; next: number }
type AreaRead = { candidates: readonly Named[]; from: number; next: number; level: AreaLevel | undefined }

/** Short names of areas that everybody uses. */
const shortNames: readonly [string, string][] = [
  ['kepri', '21'],
  ['anambas', '21.05'],
  ['btm', '21.71'],
  ['tpi', '21.72'],
  ['tpg', '21.72'],
  ['tgpinang', '21.72'],
  ['blakangpadang', '21.71.01'],
  ['belpad', '21.71.01'],
]

const named: readonly Named[] = [
  ...allAreas().flatMap((area) =>
    namesOf(area).map((words, i) => ({ area, words, island: false, partial: i > 0 })),
  ),
  ...islands.map(({ name, kecamatan }) => ({
    area: kecamatan,
    words: areaWords(name),
    island: true,
    partial: true,
  })),
]
const mostWords = Math.max(...named.map(({ words }) => words.length))

/** By the name without spaces, so that 'Batuaji' and 'Batu Aji' are one. */
const byKey = new Map<string, Named[]>()
const byFirstWord = new Map<string, Named[]>()
for (const entry of named) {
  addTo(byKey, entry.words.join(''), entry)
  addTo(byFirstWord, entry.words[0] ?? '', entry)
}
for (const [name, code] of shortNames) {
  const area = allAreas().find((each) => each.code === code)
  if (area) addTo(byKey, name, { area, words: [name], island: false, partial: false })
}
const firstWords = wordsByFirstLetter([...byFirstWord.keys()])

/** 'Pulau Abang' is also found as 'Pulau' + 'Abang' by the marker; other names stand as they are. */
function namesOf(area: Area): string[][] {
  const words = areaWords(area.name)
  return words[0] === 'pulau' && words.length > 1 ? [words, words.slice(1)] : [words]
}

function addTo(map: Map<string, Named[]>, key: string, entry: Named): void {
  const entries = map.get(key)
  if (entries) entries.push(entry)
  else map.set(key, [entry])
}

function wordsByFirstLetter(words: readonly string[]): Map<string, string[]> {
  const map = new Map<string, string[]>()
  for (const word of words) {
    const letter = word[0] ?? ''
    map.set(letter, [...(map.get(letter) ?? []), word])
  }
  return map
}

const markers = new Map<string, AreaLevel[]>([
  ...['kelurahan', 'kel', 'klrhn', 'klurahan', 'kelurhan', 'keluarahan', 'desa', 'ds', 'dsa', 'lurah'].map(
    (word): [string, AreaLevel[]] => [word, ['kelurahan']],
  ),
  ...['kecamatan', 'kec', 'kcmtn', 'kecamtan', 'kcamatan', 'camat'].map((word): [string, AreaLevel[]] => [
    word,
    ['kecamatan'],
  ]),
  ...['kabupaten', 'kab', 'kbptn', 'kota', 'kotamadya', 'pemko'].map((word): [string, AreaLevel[]] => [
    word,
    ['kabupaten'],
  ]),
  ...['provinsi', 'prov', 'propinsi'].map((word): [string, AreaLevel[]] => [word, ['provinsi']]),
])
const islandMarkers = new Set(['pulau', 'pulo', 'plau', 'pulaw', 'pl', 'p'])
/** A place may follow these: needed before a misspelt short name, and before an island without 'Pulau'. */
const beforePlaces = new Set(
  'di dari ke daerah wilayah warga orang asal koperasi giliran untuk sekitar area kampung domisili tinggal bimtek pelatihan kelas kat dr'.split(
    ' ',
  ),
)
const shortestMisspelt = 5
const shortestWithoutMarker = 7
const shortestIsland = 5

/** Areas named in the tokens, typing errors forgiven; an island that is no kelurahan gives its kecamatan. */
export function findAreas(tokens: readonly Token[], text: string): MentionOf<'area'>[] {
  const reads: AreaRead[] = []
  for (let at = 0; at < tokens.length; at++) {
    const read = areaAt(tokens, at)
    if (!read) continue
    reads.push(read)
    at = read.next - 1
  }
  const chosen: Area[] = []
  return reads.flatMap((read) => {
    const area = chosenOf(read, [...chosen, ...surroundings(reads, read)])
    const from = tokens[read.from]
    const to = tokens[read.next - 1]
    if (!area || !from || !to) return []
    chosen.push(area)
    return [mentionOf('area', { code: area.code, name: area.name, level: area.level }, text, from, to)]
  })
}

/** Areas without doubt that stand in the same text. */
function surroundings(reads: readonly AreaRead[], read: AreaRead): Area[] {
  return reads.flatMap((other) => {
    const [only] = other.candidates
    return other !== read && only && other.candidates.length === 1 ? [only.area] : []
  })
}

const homeOfTheProgramme = '21.71'
const order: readonly AreaLevel[] = ['provinsi', 'kabupaten', 'kecamatan', 'kelurahan']

/**
 * Of areas with one name: that of the level named, then one that belongs to another place of the text, then a
 * kelurahan before an island, then the greater one, then one in Batam.
 */
function chosenOf(read: AreaRead, others: readonly Area[]): Area | undefined {
  const related = (area: Area) =>
    others.some(
      (other) =>
        other.code !== '21' && (areaCovers(other.code, area.code) || areaCovers(area.code, other.code)),
    )
  const cost = ({ area, island }: Named) =>
    (read.level && area.level !== read.level ? 1000 : 0) +
    (related(area) ? 0 : 100) +
    (island ? 50 : 0) +
    order.indexOf(area.level) * 10 +
    (areaCovers(homeOfTheProgramme, area.code) ? 0 : 1)
  return [...read.candidates].sort((a, b) => cost(a) - cost(b))[0]?.area
}

function areaAt(tokens: readonly Token[], at: number): AreaRead | undefined {
  const whole = nameAt(tokens, at, undefined)
  const marker = markerAt(tokens, at)
  if (!marker) return whole && { ...whole, from: at, level: undefined }
  const after = nameAt(tokens, marker.next, marker)
  if (!after || (whole && whole.next > after.next)) return whole && { ...whole, from: at, level: undefined }
  if (whole && whole.next === after.next && marker.island) {
    return { candidates: whole.candidates, from: at, next: whole.next, level: undefined }
  }
  const [level] = marker.levels
  return { ...after, from: at, level }
}

function markerAt(tokens: readonly Token[], at: number): Marker | undefined {
  const written = tokens[at]?.written ?? ''
  const levels = markers.get(written)
  if (levels) {
    const skip =
      tokens[at + 1] && islandMarkers.has(tokens[at + 1]?.written ?? '') && !nameAt(tokens, at + 1, undefined)
    return { levels, island: false, next: skip ? at + 2 : at + 1 }
  }
  return islandMarkers.has(written) ? { levels: [], island: true, next: at + 1 } : undefined
}

type NameRead = { candidates: Named[]; next: number }

function nameAt(tokens: readonly Token[], at: number, marker: Marker | undefined): NameRead | undefined {
  for (let words = longestStretch(tokens, at); words >= 1; words--) {
    const exact = exactName(tokens, at, words, marker)
    const candidates = exact.length > 0 ? exact : misspeltName(tokens, at, words, marker)
    if (candidates.length > 0) return { candidates, next: at + words }
  }
  return undefined
}

/** How many tokens from there on nothing but spaces, dots and hyphens part. */
function longestStretch(tokens: readonly Token[], at: number): number {
  const most = Math.min(mostWords, tokens.length - at)
  let words = 1
  while (words < most && /^[ .\-\u00a0]{0,3}$/.test(tokens[at + words]?.gap ?? '')) words++
  return words
}

function exactName(tokens: readonly Token[], at: number, words: number, marker: Marker | undefined): Named[] {
  const written = tokens.slice(at, at + words).map((token) => token.written)
  if (!keyBeginnings.has(areaWord(written[0] ?? '').slice(0, shortestBeginning))) return []
  const found = byKey.get(written.map(areaWord).join('')) ?? byKey.get(written.map(collapsed).join(''))
  return found?.filter((entry) => mayStandHere(tokens, at, words, entry, marker)) ?? []
}

/** 'sekupanggg' and 'baatam' are letters held too long. */
function collapsed(word: string): string {
  return heldLetters.test(word) ? areaWord(word.replace(/(\p{L})\1+/gu, '$1')) : areaWord(word)
}
const heldLetters = /(\p{L})\1/u

const shortestBeginning = 2
const keyBeginnings = new Set([...byKey.keys()].map((key) => key.slice(0, shortestBeginning)))

function mayStandHere(
  tokens: readonly Token[],
  at: number,
  words: number,
  entry: Named,
  marker: Marker | undefined,
): boolean {
  if (marker) return !(entry.island && !marker.island) && fitsLevel(entry, marker)
  const written = tokens[at]?.written ?? ''
  const introduced = beforePlaces.has(tokens[at - 1]?.word ?? '')
  const ordinary = words === 1 && (isOrdinaryWord(written) || isCommonAreaWord(written))
  if (ordinary || isCommonNoun(entry, words)) return false
  return !entry.partial || (introduced && written.length >= shortestIsland)
}

/** Names of two words that are a phrase as well: 'air putih', 'batu besar', 'pulau tiga'. */
function isCommonNoun(entry: Named, words: number): boolean {
  return words === 2 && phrases.has(entry.words.join(' '))
}
const phrases = new Set(['air putih', 'batu hitam', 'mekar jaya', 'harapan jaya', 'kota baru'])

/** A kecamatan is meant where 'kelurahan Bulang' is written and there is none; never the other way round. */
function fitsLevel(entry: Named, marker: Marker): boolean {
  const [level] = marker.levels
  return level === undefined || entry.area.level === level || !isOrdinaryWord(entry.words.join(''))
}

/** Names that differ from what is written by typing errors, each word compared with each. */
function misspeltName(
  tokens: readonly Token[],
  at: number,
  words: number,
  marker: Marker | undefined,
): Named[] {
  const written = tokens.slice(at, at + words).map((token) => areaWord(token.written))
  if (words === 1) return misspeltSingle(tokens, at, written[0] ?? '', marker)
  const first = tokens[at]
  let best: Named[] = []
  let fewest = mostErrors + 1
  for (const near of first ? firstWordsNear(first) : []) {
    for (const entry of byFirstWord.get(near) ?? []) {
      if (entry.island || entry.words.length !== words) continue
      const errors = errorsBetween(written, entry.words)
      if (errors > mostErrors || errors > fewest || !tellsEnough(tokens, at, entry)) continue
      best = errors < fewest ? [entry] : [...best, entry]
      fewest = errors
    }
  }
  return best
}

const mostErrors = 2

/** Sum of the errors of all words; above `mostErrors` if one is no likely misspelling. */
function errorsBetween(written: readonly string[], words: readonly string[]): number {
  let errors = 0
  for (const [i, word] of words.entries()) {
    const limit = errorsAllowed(word)
    const there = written[i] ?? ''
    const distance = spellingDistance(there, word, limit)
    if (distance > limit || (distance > 0 && there[0] !== word[0])) return mostErrors + 1
    errors += distance
  }
  return errors
}

function errorsAllowed(word: string): number {
  if (word.length >= 8) return 2
  return word.length >= 4 ? 1 : 0
}

/** Not every word may be an ordinary one: 'batu aja' is no 'Batu Aji'. */
function tellsEnough(tokens: readonly Token[], at: number, entry: Named): boolean {
  return entry.words.every((word, i) => {
    const written = tokens[at + i]?.written ?? ''
    return areaWord(written) === word || !isOrdinaryWord(written)
  })
}

function misspeltSingle(
  tokens: readonly Token[],
  at: number,
  written: string,
  marker: Marker | undefined,
): Named[] {
  const plain = tokens[at]?.written ?? ''
  if (written.length < shortestMisspelt || isOrdinaryWord(plain) || isOrdinaryWord(tokens[at]?.word ?? ''))
    return []
  const introduced = marker !== undefined || beforePlaces.has(tokens[at - 1]?.word ?? '')
  if (!introduced && (written.length < shortestWithoutMarker || prefixed.test(written))) return []
  const limit = marker
    ? written.length >= 8
      ? 2
      : 1
    : introduced && written.length >= 9 && !prefixed.test(written)
      ? 2
      : 1
  let best: Named[] = []
  let fewest = limit + 1
  for (const { key, entries, distance } of keysNear(written)) {
    if (distance > limit || distance > fewest) continue
    const whole = entries.filter(
      (entry) =>
        !entry.island && (marker?.island || !isOrdinaryWord(key)) && distance <= errorsInTellingWords(entry),
    )
    if (whole.length === 0) continue
    best = distance < fewest ? whole : [...best, ...whole]
    fewest = distance
  }
  return best
}

/** Errors that leave the words recognisable that tell this name from others: 'Batu' in 'Tanjung Batu'. */
function errorsInTellingWords(entry: Named): number {
  const telling = entry.words.filter((word) => !isCommonAreaWord(word))
  return Math.min(...telling.map(errorsAllowed), mostErrors)
}

/** Words that begin like a verb or its noun are hardly names of places. */
const prefixed = /^(me[mnlrwy]|ber|ter|pe[mnlrw]|se(?=[bdgjk]))/

const keysByLetter = new Map<string, [string, Named[]][]>()
for (const entry of byKey) {
  const letter = entry[0][0] ?? ''
  keysByLetter.set(letter, [...(keysByLetter.get(letter) ?? []), entry])
}

type NearKey = { key: string; entries: readonly Named[]; distance: number }

function keysNear(written: string): readonly NearKey[] {
  return remembered(nearKeys, written, () =>
    (keysByLetter.get(written[0] ?? '') ?? []).flatMap(([key, entries]) => {
      const limit = errorsAllowed(key)
      const distance = spellingDistance(written, key, limit)
      return distance <= limit ? [{ key, entries, distance }] : []
    }),
  )
}

/** First words of names that this one may be a misspelling of; an ordinary word is only itself. */
function firstWordsNear(token: Token): readonly string[] {
  const written = areaWord(token.written)
  if (byFirstWord.has(written) || isOrdinaryWord(token.written)) return [written]
  return remembered(nearFirstWords, written, () =>
    (firstWords.get(written[0] ?? '') ?? []).filter((word) => {
      const limit = errorsAllowed(word)
      return spellingDistance(written, word, limit) <= limit
    }),
  )
}

const nearFirstWords = new Map<string, readonly string[]>()
const nearKeys = new Map<string, readonly NearKey[]>()
const mostRemembered = 20_000

/** Comparing a word with all names takes longest of all: what came out is kept for when it comes again. */
function remembered<T>(memory: Map<string, T>, word: string, find: () => T): T {
  const known = memory.get(word)
  if (known !== undefined) return known
  const found = find()
  if (memory.size >= mostRemembered) memory.clear()
  memory.set(word, found)
  return found
}
