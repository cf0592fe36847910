import { spellingDistance } from '../areas.ts'

/** Typing errors forgiven in a word or phrase: one from five letters, two from nine. */
export function typosIn(word: string): number {
  return word.length >= 9 ? 2 : word.length >= 5 ? 1 : 0
}

/** Titles before and after a name, which one roster writes and the next one does not. */
const honorifics = new Set(
  `h hj haji hajjah drs dra ir dr prof kh ust ustad ustadz bapak bpk pak ibu bu sdr sdri se sh st sp spd ssos skom mm msi
   mpd mh amd spdi sag sip sap sst skm spt mt me mpdi ap`.split(/\s+/),
)
const spellings = new Map(
  [
    'muhammad m muh mhd muhd moh mohd mohammad mohamad muhamad mochamad',
    'abdul abd',
    'siti sitti',
    'nur noor',
  ].flatMap((line) => {
    const [word = '', ...ways] = line.split(' ')
    return ways.map((way): [string, string] => [way, word])
  }),
)

/** A word of {@link nameWords} in all the ways in which names write it. */
export function spellingsOf(word: string): string[] {
  return [word, ...[...spellings].flatMap(([way, its]) => (its === word ? [way] : []))]
}

/** The words of a name by which two spellings of it are compared. */
export function nameWords(name: string): string[] {
  const plain = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\b(\p{L})\.(?=\p{L}\b)/gu, '$1')
    .replace(/['’`.]/g, (mark) => (mark === '.' ? ' ' : ''))
  const words = plain.match(/\p{L}+/gu) ?? []
  const bare = words.filter((word) => !honorifics.has(word))
  return (bare.length > 0 ? bare : words).map((word) => spellings.get(word) ?? word)
}

/**
 * Whether two names are one, with typing errors forgiven: one in a word of at least five letters, two in one of
 * at least nine, two in all. `Sri` and `Tri` are different people.
 */
export function sameName(a: string[], b: string[]): boolean {
  const [lettersOfA, lettersOfB] = [letterCount(a), letterCount(b)]
  if (Math.abs(lettersOfA - lettersOfB) > 2) return false
  if (a.length === b.length && sameWords(a, b)) return true
  return lettersOfA === lettersOfB && a[0]?.[0] === b[0]?.[0] && a.join('') === b.join('')
}

function letterCount(words: string[]): number {
  let count = 0
  for (const word of words) count += word.length
  return count
}

function sameWords(a: string[], b: string[]): boolean {
  let errors = 0
  for (let index = 0; index < a.length; index++) {
    const [word = '', other = ''] = [a[index], b[index]]
    if (word === other) continue
    const allowed = Math.min(typosIn(word.length < other.length ? word : other), 2 - errors)
    const distance = allowed > 0 ? spellingDistance(word, other, allowed) : 1
    if (distance > allowed) return false
    errors += distance
  }
  return true
}

/** Which letters a name holds, as bits: a quick look before names are compared. */
export function letterMask(words: string[]): number {
  let mask = 0
  for (const word of words)
    for (let index = 0; index < word.length; index++) mask |= 1 << (word.charCodeAt(index) & 31)
  return mask
}

/** Whether names with these letters may be the same: each of two typing errors takes a letter and brings one. */
export function mayBeSame(a: number, b: number): boolean {
  let bits = a ^ b
  for (let count = 0; bits !== 0; count++) {
    if (count === 4) return false
    bits &= bits - 1
  }
  return true
}

/**
 * Keys of which two names share one at least if {@link sameName} holds of them, so that few need be compared: two
 * errors leave one of three words as it is; of two words, one, or each is spelt right but for one letter.
 */
export function likelyKeys(words: string[]): string[] {
  const [first = '', second] = words
  const exact = words.map((word, place) => `${place}${word}`)
  const misspelt =
    second === undefined ? twoLettersLeftOut(first) : words.length === 2 ? letterLeftOut(first) : []
  return [...new Set([words.join(''), ...exact, ...misspelt])]
}

/** A word and what is left of it without one letter: shared by any two that differ in one, or in two neighbours. */
function letterLeftOut(word: string): string[] {
  return [word, ...[...word].map((_, at) => `-${word.slice(0, at)}${word.slice(at + 1)}`), `-${word}`]
}

function twoLettersLeftOut(word: string): string[] {
  const most = 20
  const once = letterLeftOut(word.slice(0, most)).map((each) => each.replace('-', ''))
  return [...new Set(once)].flatMap(letterLeftOut)
}

/** Given names that so many have that one alone tells nobody apart. */
const everybodys = new Set('muhammad siti nur abdul ahmad sri dewi'.split(' '))

/**
 * Whether what somebody gives as their name fits a stored one: one or several words of it in its order, typing errors
 * and titles left aside; `Siti` or `Muhammad` alone is too little. A stored name of one word may be followed by more.
 */
export function fitsName(given: string[], stored: string[]): boolean {
  const [short, long] = given.length <= stored.length ? [given, stored] : [stored, given]
  if (short.length === 0 || long.length > short.length + 4) return false
  if (given.length > stored.length + 1) return false
  const tells = (word: string) => word.length >= 3 && !everybodys.has(word)
  if (given.length < stored.length && !given.some(tells)) return false
  let next = 0
  for (const word of short) {
    const found = long.findIndex((other, index) => index >= next && sameWords([word], [other]))
    if (found < 0) return false
    next = found + 1
  }
  return true
}
