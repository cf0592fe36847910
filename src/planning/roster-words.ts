import { spellingDistance } from '../areas.ts'
import type { PositionTitle, Role } from '../database/generated/enums.ts'
import { typosIn } from '../people/names.ts'

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

/** The name of each office as the templates offer it. */
export function officeNames(): string[] {
  return offices.map(([, list]) => list.split('|')[0] ?? '')
}
