import { parse } from 'csv-parse/sync'
import { type Area, areaByCode, areaPath, areaWords, findKelurahan } from '../areas.ts'
import { parsePhone } from '../phone.ts'
import { type BadRow, ImportRefused } from './bad-rows.ts'
import { findOffice, nameWords, type Office } from './roster-words.ts'

/** The columns of a roster, with what else stands in headings for them. */
const headings = {
  nama: 'nama|nama lengkap|nama pengurus|nama anggota',
  no_hp:
    'no hp|nohp|nomor hp|hp|no telp|no telepon|telepon|telp|no wa|nomor wa|whatsapp|no hp wa|nomor telepon|handphone',
  jabatan: 'jabatan|posisi|kedudukan',
  koperasi: 'koperasi|nama koperasi|kkmp|kdmp',
  kelurahan: 'kelurahan|desa|kelurahan desa|desa kelurahan|kel|kel desa|desa kel',
  kecamatan: 'kecamatan|kec',
  kabupaten: 'kabupaten|kota|kabupaten kota|kab kota|kab|kota kabupaten',
} as const
type Column = keyof typeof headings

/** A roster without these says too little. */
const needed: Column[] = ['nama', 'jabatan', 'kelurahan']

const columnOf = new Map<string, Column>(
  Object.entries(headings).flatMap(([column, list]) =>
    list.split('|').map((heading): [string, Column] => [heading, column as Column]),
  ),
)

/** The heading stands below a letterhead of at most so many rows. */
const headingWithin = 20
/** What CSV rows are called in reports, for want of a sheet's name. */
const sheet = 'officers'

/** A good row of a roster. */
export type RosterRow = Office & {
  row: number
  name: string
  /** How the name is compared. */
  words: string[]
  phone: string | undefined
  areaCode: string
  /** '' when the roster does not name it. */
  cooperative: string
}

export type Roster = { count: number; rows: RosterRow[]; bad: BadRow[] }

/**
 * Reads and checks a roster as CSV: comma, semicolon or tab; UTF-8, or Windows-1252. Rows are counted as a
 * spreadsheet shows them.
 * @throws ImportRefused when it is no roster at all
 */
export function readRoster(bytes: Uint8Array): Roster {
  const roster: Roster = { count: 0, rows: [], bad: [] }
  for (const { row, cells } of rosterCells(decode(bytes))) {
    roster.count += 1
    const checked = checkRow(row, cells)
    if (Array.isArray(checked)) roster.bad.push(...checked)
    else roster.rows.push(checked)
  }
  return roster
}

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b)
    throw new ImportRefused('this is a spreadsheet; save it as CSV, which this version reads')
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

type Cells = Record<Column, string>

/** The rows under the heading, without blank ones. */
function* rosterCells(text: string): Generator<{ row: number; cells: Cells }> {
  const { records, heading, columns } = findHeading(text)
  for (const [index, record] of records.slice(heading + 1).entries()) {
    const cell = (column: Column) => clean(record[columns.get(column) ?? -1] ?? '')
    const cells = Object.fromEntries(
      Object.keys(headings).map((column) => [column, cell(column as Column)]),
    ) as Cells
    if (Object.values(cells).some(Boolean)) yield { row: heading + index + 2, cells }
  }
}

const clean = (cell: string): string => cell.replaceAll('\0', '').replace(/\s+/g, ' ').trim()

type Heading = { records: string[][]; heading: number; columns: Map<Column, number> }

/** The separator is the one by which a heading with the needed columns appears. */
function findHeading(text: string): Heading {
  let lacking: Column[] = needed
  for (const delimiter of [',', ';', '\t']) {
    const records = parseRecords(text, delimiter)
    for (const [index, record] of records.slice(0, headingWithin).entries()) {
      const columns = columnsOf(record)
      const without = needed.filter((column) => !columns.has(column))
      if (without.length === 0) return { records, heading: index, columns }
      if (without.length < lacking.length) lacking = without
    }
  }
  throw new ImportRefused(
    `no heading with the columns ${Object.keys(headings).join(', ')} in the first ${headingWithin} rows; there is no ${lacking.join(', no ')}`,
  )
}

function parseRecords(text: string, delimiter: string): string[][] {
  const options = { delimiter, bom: true, relax_quotes: true, relax_column_count: true }
  try {
    return parse(text, options)
  } catch {
    // A stray quote mark at the start of a cell: quotes then mean nothing.
    return parse(text, { ...options, quote: false })
  }
}

function columnsOf(record: string[]): Map<Column, number> {
  const columns = new Map<Column, number>()
  for (const [index, heading] of record.entries()) {
    const column = columnOf.get(
      heading
        .toLowerCase()
        .replace(/[^a-z]+/g, ' ')
        .trim(),
    )
    if (column && !columns.has(column)) columns.set(column, index)
  }
  return columns
}

/** A good row, or what is wrong with it. */
function checkRow(row: number, cells: Cells): RosterRow | BadRow[] {
  const bad: BadRow[] = []
  const add = (column: Column, problem: string, suggestions: string[] = []) => {
    bad.push({ sheet, row, column, value: cells[column], problem, suggestions })
  }
  const words = nameWords(cells.nama)
  if (words.length === 0) add('nama', cells.nama ? 'Nama tidak berisi huruf.' : 'Nama harus diisi.')
  const phone = hasNoNumber(cells.no_hp) ? undefined : parsePhone(cells.no_hp)
  if (!phone && !hasNoNumber(cells.no_hp))
    add('no_hp', 'Nomor HP tidak benar; misalnya 0812-3456-7890. Kosongkan kalau tidak punya.')
  const office = cells.jabatan ? findOffice(cells.jabatan) : { suggestions: [] }
  if ('suggestions' in office)
    add('jabatan', cells.jabatan ? 'Jabatan tidak dikenal.' : 'Jabatan harus diisi.', office.suggestions)
  const kelurahan = checkKelurahan(cells, add)
  if ('suggestions' in office || !kelurahan || bad.length > 0) return bad
  return {
    row,
    name: cells.nama,
    words,
    phone,
    ...office,
    areaCode: kelurahan.code,
    cooperative: cells.koperasi,
  }
}

/** An empty cell, a stroke or "tidak ada": imported, not reachable. */
function hasNoNumber(cell: string): boolean {
  return (
    /^[-–—.0]*$/.test(cell) || /^(tidak ada|tdk ada|tidak punya|belum ada|kosong|nihil|n\/a)$/i.test(cell)
  )
}

function checkKelurahan(
  cells: Cells,
  add: (column: Column, problem: string, suggestions?: string[]) => void,
): Area | undefined {
  const { kelurahan, kecamatan, kabupaten } = cells
  if (!kelurahan) {
    add('kelurahan', 'Kelurahan atau desa harus diisi.')
    return undefined
  }
  const found = areaOf(kelurahan, kecamatan)
  if ('suggestions' in found) {
    const where = kecamatan ? ` di kecamatan ${kecamatan}` : ', atau ada lebih dari satu; isi kecamatannya'
    add(
      'kelurahan',
      `Tidak ada kelurahan atau desa ${kelurahan}${where}.`,
      found.suggestions.map(describeArea),
    )
    return undefined
  }
  if (kabupaten && !isInKabupaten(found.area, kabupaten)) {
    add(
      'kabupaten',
      `${found.area.name} tidak terletak di ${kabupaten}.`,
      areaPath(found.area.code).slice(-1),
    )
    return undefined
  }
  return found.area
}

function areaOf(kelurahan: string, kecamatan: string): ReturnType<typeof findKelurahan> {
  const byCode = areaByCode(kelurahan)
  if (byCode?.level === 'kelurahan') return { area: byCode }
  return findKelurahan(kelurahan, kecamatan || undefined)
}

function describeArea(area: Area): string {
  const [name = '', kecamatan = ''] = areaPath(area.code)
  return `${name}, kecamatan ${kecamatan}`
}

function isInKabupaten(area: Area, kabupaten: string): boolean {
  const given = areaWords(kabupaten).filter((word) => !['kabupaten', 'kab', 'kota'].includes(word))
  const own = areaWords(areaPath(area.code).at(-1) ?? '')
  return given.join('') === own.join('') || given.join('') === own.slice(-1).join('')
}
