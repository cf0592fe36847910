import { type Area, areaByCode, areaPath, areaWords, findKelurahan } from '../areas.ts'
import { nameWords } from '../people/names.ts'
import type { FileSource } from '../spreadsheets/read.ts'
import type { BadRow } from './bad-rows.ts'
import { readPhones } from './roster-phones.ts'
import { findOffice, type Office } from './roster-words.ts'
import { headingWords, type Layout, type Notes, type TableRow, tableRows } from './table.ts'

/** The columns of a roster, as `template officers` writes them. */
export const rosterColumns = [
  'nama',
  'no_hp',
  'jabatan',
  'koperasi',
  'kelurahan',
  'kecamatan',
  'kabupaten',
] as const
export type RosterColumn = (typeof rosterColumns)[number]

/** Words by which headings are known, the surest first. */
const headings: [RegExp, RosterColumn | undefined][] = [
  [/\b(nik|ktp|alamat|email|e mail|tanggal|tempat|jenis kelamin|bank|rekening|masalah|saran)\b/, undefined],
  [/\b(jabatan|jab|posisi|kedudukan)\b/, 'jabatan'],
  [/^nama (lengkap )?(pengurus|pengawas|anggota|peserta|orang)\b/, 'nama'],
  [/\b(hp|handphone|telp|tlp|telepon|telpon|phone|wa|whatsapp|ponsel|seluler|kontak|nohp)\b/, 'no_hp'],
  [/\b(koperasi|kkmp|kdmp|kdkmp|kmp|kopdes|kopkel)\b/, 'koperasi'],
  [/\b(kelurahan|kel|desa|ds)\b/, 'kelurahan'],
  [/\b(kecamatan|kec)\b/, 'kecamatan'],
  [/\b(kabupaten|kab|kota)\b/, 'kabupaten'],
  [
    /^(nama( (lengkap|pengurus|pengawas|manajer|anggota|peserta|orang|dan|dengan|gelar))*|name|nama peserta)$/,
    'nama',
  ],
]
/** Headings are short; a sentence with these words is a title. */
const longestHeading = 40

/** The column of a roster that a heading means. */
export function rosterColumnOf(heading: string): RosterColumn | undefined {
  if (heading.length > longestHeading) return undefined
  const words = headingWords(heading.replace(/(?<=\w.*)\(.*?\)/g, ' '))
  return headings.find(([pattern]) => pattern.test(words))?.[1]
}

const layout: Layout<RosterColumn> = {
  ...{ name: 'officers', columns: rosterColumns, columnOf: rosterColumnOf },
  needed: ['nama', 'jabatan', 'kelurahan'],
}

/** A good row of a roster. */
export type RosterRow = Office & {
  sheet: string
  row: number
  name: string
  /** How the name is compared. */
  words: string[]
  phones: string[]
  areaCode: string
  /** '' when the roster does not name it. */
  cooperative: string
}

export type RosterCells = Record<RosterColumn, string>
/** A row that cannot be imported, with what is wrong in it. */
export type BadRosterRow = TableRow<RosterColumn> & { faults: BadRow[] }

/**
 * Reads and checks a roster, CSV or XLSX, row by row in the order of the file.
 * @throws ImportRefused or UnreadableFile when it is no roster at all
 */
export async function* readRoster(
  source: FileSource,
  notes?: Notes,
): AsyncGenerator<RosterRow | BadRosterRow> {
  for await (const row of tableRows(source, layout, notes)) yield checkRow(row)
}

type Add = (column: RosterColumn, problem: string, suggestions?: string[]) => void

function checkRow(given: TableRow<RosterColumn>): RosterRow | BadRosterRow {
  const { sheet, row, cells } = given
  const faults: BadRow[] = []
  const add: Add = (column, problem, suggestions = []) => {
    faults.push({ sheet, row, column, value: cells[column], problem, suggestions })
  }
  const words = nameWords(cells.nama)
  if (words.length === 0) add('nama', cells.nama ? 'Nama tidak berisi huruf.' : 'Nama harus diisi.')
  const phones = readPhones(cells.no_hp)
  if ('problem' in phones) add('no_hp', phones.problem, phones.suggestions)
  const office = cells.jabatan ? officeOf(cells.jabatan) : { suggestions: [] }
  if ('suggestions' in office)
    add('jabatan', cells.jabatan ? 'Jabatan tidak dikenal.' : 'Jabatan harus diisi.', office.suggestions)
  const kelurahan = checkKelurahan(cells, add)
  if ('suggestions' in office || 'problem' in phones || !kelurahan || faults.length > 0)
    return { ...given, faults }
  return {
    ...{ sheet, row, name: cells.nama, words, phones: phones.phones, ...office },
    ...{ areaCode: kelurahan.code, cooperative: cells.koperasi },
  }
}

/** The kelurahan that a row names; undefined, and a fault added, when there is none. */
export function checkKelurahan(
  cells: Pick<RosterCells, 'kelurahan' | 'kecamatan' | 'kabupaten'>,
  add: Add,
): Area | undefined {
  const { kelurahan, kecamatan, kabupaten } = cells
  if (!kelurahan) {
    add('kelurahan', 'Kelurahan atau desa harus diisi.')
    return undefined
  }
  const found = areaOf(kelurahan, kecamatan)
  if ('suggestions' in found) {
    const where = kecamatan ? ` di kecamatan ${kecamatan}` : ', atau ada lebih dari satu; isi kecamatannya'
    const suggestions = found.suggestions.map(describeArea)
    add('kelurahan', `Tidak ada kelurahan atau desa ${kelurahan}${where}.`, suggestions)
    return undefined
  }
  if (kabupaten && !isInKabupaten(found.area, kabupaten)) {
    const suggestions = areaPath(found.area.code).slice(-1)
    add('kabupaten', `${found.area.name} tidak terletak di ${kabupaten}.`, suggestions)
    return undefined
  }
  return found.area
}

/** Remembers what a function answered to so many arguments; a long roster says the same again and again. */
function remembering<Result>(compute: (...args: string[]) => Result): (...args: string[]) => Result {
  const most = 5_000
  const known = new Map<string, Result>()
  return (...args) => {
    const key = args.join('\0')
    const before = known.get(key)
    if (before !== undefined) return before
    if (known.size >= most) known.clear()
    const result = compute(...args)
    known.set(key, result)
    return result
  }
}

const officeOf = remembering((jabatan = '') => findOffice(jabatan))

const areaOf = remembering((kelurahan = '', kecamatan = ''): ReturnType<typeof findKelurahan> => {
  // A suggestion that was copied into the cell, as `describeArea` writes it.
  const copied = /^(.+), kecamatan (.+)$/i.exec(kelurahan)
  if (copied) return findKelurahan(copied[1] ?? '', copied[2])
  const byCode = areaByCode(kelurahan)
  if (byCode?.level === 'kelurahan') return { area: byCode }
  return findKelurahan(kelurahan, kecamatan || undefined)
})

function describeArea(area: Area): string {
  const [name = '', kecamatan = ''] = areaPath(area.code)
  return `${name}, kecamatan ${kecamatan}`
}

const isInKabupaten = (area: Area, kabupaten: string): boolean =>
  kabupatenKeys(areaPath(area.code).at(-1) ?? '').includes(kabupatenKey(kabupaten))

const kabupatenKey = remembering((kabupaten = '') =>
  areaWords(kabupaten)
    .filter((word) => !['kabupaten', 'kab', 'kota'].includes(word))
    .join(''),
)
const kabupatenKeys = remembering((name = '') => [
  areaWords(name).join(''),
  areaWords(name).slice(-1).join(''),
])
