import { spellingDistance } from '../areas.ts'
import type { PositionTitle, Role } from '../database/generated/enums.ts'

export type Office = { role: Role; title: PositionTitle }

const pengurus = (title: PositionTitle): Office => ({ role: 'pengurus', title })
const pengawas = (title: PositionTitle): Office => ({ role: 'pengawas', title })

/** What stands in rosters for an office, plain lower-case words; the first of each line is shown as suggestion. */
const offices: [Office, string][] = [
  [pengurus('ketua'), 'ketua|ketua pengurus|ketua umum'],
  [pengurus('wakil_ketua'), 'wakil ketua|waka|wakil|wakil ketua pengurus'],
  [
    pengurus('wakil_ketua_usaha'),
    'wakil ketua bidang usaha|wakil ketua usaha|waka usaha|waka bidang usaha|wakil bidang usaha|wakil ketua bid usaha',
  ],
  [
    pengurus('wakil_ketua_anggota'),
    'wakil ketua bidang anggota|wakil ketua anggota|wakil ketua bidang keanggotaan|wakil ketua keanggotaan|waka anggota|waka bidang anggota|wakil bidang anggota|wakil ketua bid anggota',
  ],
  [pengurus('sekretaris'), 'sekretaris|sekertaris|sekretaris pengurus|sekr|sek'],
  [pengurus('bendahara'), 'bendahara|bendahara pengurus|bend|bdh'],
  [
    pengawas('ketua_pengawas'),
    'ketua pengawas|ketua badan pengawas|koordinator pengawas|pengawas ketua|ketua pengawas ex officio|lurah|kepala desa|kades',
  ],
  [
    pengawas('anggota_pengawas'),
    'anggota pengawas|pengawas|anggota badan pengawas|badan pengawas|pengawas anggota',
  ],
  [
    { role: 'manajer', title: 'manajer' },
    'manajer|manager|menejer|manajer usaha|manajer umum|general manager',
  ],
]

const phrases = offices.flatMap(([office, list]) => list.split('|').map((phrase) => ({ phrase, office })))
const exact = new Map(phrases.map(({ phrase, office }) => [phrase, office]))

/** Short forms in an office; nothing for words that do not tell offices of one cooperative apart. */
const wordForms = new Map(
  [
    'wakil wk wkl wkil w',
    'wakil,ketua waka wakaket',
    'ketua ket',
    'sekretaris sekertaris sekr sek sekretariat',
    'bendahara bend bdh bendaharawan',
    'anggota keanggotaan agt',
    'pengawas pengawasan',
    'manajer manager menejer mgr',
    `, bidang bid badan dewan ex officio exofficio plt pj pjs plh umum general dan lurah kades permodalan pengembangan
     kelurahan desa merah putih i ii iii iv 1 2 3 4 5`,
  ].flatMap((line) => {
    const [form = '', ...ways] = line.split(/\s+/)
    return ways.map((way): [string, string[]] => [way, form.split(',').filter(Boolean)])
  }),
)

/** Offices by their words in the order of the alphabet. */
const byWords = new Map<string, Office>([
  ['ketua', pengurus('ketua')],
  ['ketua wakil', pengurus('wakil_ketua')],
  ['ketua usaha wakil', pengurus('wakil_ketua_usaha')],
  ['anggota ketua wakil', pengurus('wakil_ketua_anggota')],
  ['sekretaris', pengurus('sekretaris')],
  ['bendahara', pengurus('bendahara')],
  ['ketua pengawas', pengawas('ketua_pengawas')],
  ['koordinator pengawas', pengawas('ketua_pengawas')],
  ['anggota pengawas', pengawas('anggota_pengawas')],
  ['pengawas', pengawas('anggota_pengawas')],
  ['manajer', { role: 'manajer', title: 'manajer' }],
  ['manajer usaha', { role: 'manajer', title: 'manajer' }],
  ['manajer operasional', { role: 'manajer', title: 'manajer' }],
])

/** The office that a roster names, or the two likeliest names of one. */
export function findOffice(jabatan: string): Office | { suggestions: string[] } {
  const plain = jabatan
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
  // The head of the village is it by office.
  if (/^((pj|plt|plh) )?(lurah|kepala desa|kades)\b/.test(plain)) return pengawas('ketua_pengawas')
  const words = plain.replace(/(?<=.) (koperasi|kkmp|kdmp|kdkmp|kmp|kopkel|kopdes)\b.*$/, '')
  const found = exact.get(words) ?? byWords.get(wordKey(words))
  if (found) return found
  const ranked = phrases
    .map(({ phrase, office }) => ({
      office,
      distance: spellingDistance(words, phrase, 40),
      length: phrase.length,
    }))
    .sort((a, b) => a.distance - b.distance)
  const [best] = ranked
  if (best && best.distance <= typosIn(words)) return best.office
  const titles = [...new Set(ranked.map(({ office }) => office.title))].slice(0, 2)
  return { suggestions: titles.map((title) => nameOfTitle(title)) }
}

function wordKey(text: string): string {
  const words = text.split(' ').flatMap((word) => wordForms.get(word) ?? [word])
  const telling = words.filter((word) => word !== 'pengurus')
  return [...new Set(telling)].sort().join(' ')
}

/** How staff write an office: 'wakil ketua bidang usaha'. */
export function nameOfTitle(title: PositionTitle): string {
  return offices.find(([office]) => office.title === title)?.[1].split('|')[0] ?? title
}

/** The office of that title, if it is one. */
export function officeOfTitle(title: string): Office | undefined {
  return offices.find(([office]) => office.title === title)?.[0]
}

/** Typing errors forgiven in a word or phrase: one from five letters, two from nine. */
function typosIn(word: string): number {
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

/** The name of each office as the templates offer it. */
export function officeNames(): string[] {
  return offices.map(([, list]) => list.split('|')[0] ?? '')
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
