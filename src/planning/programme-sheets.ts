import { readFile } from 'node:fs/promises'
import { areaByCode } from '../areas.ts'
import {
  type Cell,
  cellText,
  type FileSource,
  isXlsx,
  readable,
  readRows,
  type SheetRow,
} from '../spreadsheets/read.ts'
import { ImportRefused } from './bad-rows.ts'
import { type FileNames, type ProgrammeList, programmeLists } from './programme-file.ts'
import { exampleMark, headingWithin, headingWords, monthNumber, type Notes, valuesSheet } from './table.ts'

/** What sheets are called beside the names of the lists. */
const sheetNames: Record<ProgrammeList, string> = {
  venues: 'venues|venue|tempat|lokasi',
  waves: 'waves|wave|gelombang|tahap',
  trainings: 'trainings|training|kelas|bimtek|pelatihan',
  sessions: 'sessions|session|sesi|pertemuan|jadwal',
}

/** The columns of each list, with Indonesian headings for them. */
export const programmeColumns: Record<ProgrammeList, Record<string, string>> = {
  venues: {
    id: 'kode|kode tempat|tempat',
    name: 'nama|nama tempat',
    address: 'alamat',
    lat: 'lintang|garis lintang|latitude',
    lon: 'bujur|garis bujur|longitude|lng',
    directions: 'petunjuk|petunjuk jalan|petunjuk arah|arah|rute|cara ke sana',
  },
  waves: {
    number: 'nomor|no|gelombang|nomor gelombang|tahap',
    title: 'judul|nama|nama gelombang',
    opens: 'buka|dibuka|pendaftaran dibuka|mulai pendaftaran|pembukaan',
    closes: 'tutup|ditutup|pendaftaran ditutup|akhir pendaftaran|penutupan',
  },
  trainings: {
    code: 'kode|kode kelas|kelas',
    wave: 'gelombang|nomor gelombang|tahap',
    title: 'judul|nama|nama kelas',
    track: 'bidang',
    zone: 'wilayah|zona',
    areas: 'kode wilayah|daerah|area|cakupan|wilayah peserta',
    roles: 'peserta|peran|untuk|unsur|role',
    capacity: 'kapasitas|kuota|kursi|jumlah kursi',
    perCooperative: 'per koperasi|batas per koperasi|maks per koperasi|percooperative',
    venue: 'tempat|kode tempat|lokasi',
    requirements: 'syarat|persyaratan|bawaan',
    allowance: 'uang transport|uang saku|fasilitas|tunjangan',
    travelLeadMinutes: 'waktu perjalanan|waktu perjalanan menit|menit perjalanan|travelleadminutes',
  },
  sessions: {
    training: 'kode kelas|kelas|kode',
    id: 'sesi|nomor sesi|nomor|no|id sesi',
    title: 'judul|materi|topik|nama',
    starts: 'mulai|waktu mulai|jam mulai|awal',
    ends: 'selesai|berakhir|waktu selesai|jam selesai|sampai|akhir',
    speaker: 'narasumber|pembicara|pemateri|pengajar',
  },
}

/** Words of Indonesian that stand for the values of a choice. */
const choices: Record<string, Record<string, string>> = {
  track: {
    kelembagaan: 'organisation',
    organisasi: 'organisation',
    usaha: 'business',
    'usaha dan manajerial': 'business',
    manajerial: 'business',
  },
  zone: { daratan: 'mainland', kepulauan: 'hinterland', pulau: 'hinterland' },
}
const instants = ['opens', 'closes', 'starts', 'ends']
const numbers = ['lat', 'lon', 'number', 'wave', 'capacity', 'perCooperative', 'travelLeadMinutes']

/**
 * A programme file as `planProgrammeImport` takes it: JSON, or a workbook of one sheet a list.
 * @throws ImportRefused or UnreadableFile when it is neither
 */
export async function readProgramme(
  source: FileSource,
  notes: ProgrammeNotes = { skippedSheets: [] },
): Promise<unknown> {
  if (await isXlsx(source)) return await readSheets(source, notes)
  const bytes = typeof source === 'string' ? await readable(source, () => readFile(source)) : source
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw new ImportRefused(`the file is not valid JSON (${(error as Error).message})`)
  }
}

/** Beside the sheets that were not read, what those that were are called; nothing for JSON. */
export type ProgrammeNotes = Notes & { names?: FileNames }

type Lists = Record<string, unknown[]>

/** The lists have holes where the sheet has no row of theirs, so that a row keeps its number there. */
async function readSheets(source: FileSource, notes: ProgrammeNotes): Promise<Lists> {
  const lists: Lists = {}
  const headings = new Map<string, (string | undefined)[]>()
  const others = new Set<string>()
  for await (const row of readRows(source, { name: '', knownHeadings: () => 0 })) {
    const list = listOf(row.sheet)
    const columns = headings.get(row.sheet)
    if (list && columns && !isEmptyOrExample(row)) {
      const rows = lists[list]
      if (rows) rows[row.row - 1] = toObject(list, columns, row.cells)
    }
    if (columns) continue
    const found = list && row.row <= headingWithin ? findColumns(list, row) : undefined
    if (list && found) {
      if (lists[list]) throw new ImportRefused(`there are two sheets for ${list}`)
      headings.set(row.sheet, found)
      notes.names = { ...notes.names, [list]: { sheet: row.sheet, columns: headingsOf(found, row) } }
      lists[list] = []
    } else if (row.cells.some((cell) => cellText(cell) !== '')) others.add(row.sheet)
  }
  const unread = [...others].filter((sheet) => !headings.has(sheet) && sheet !== valuesSheet)
  const headless = unread.find(listOf)
  if (headless !== undefined)
    throw new ImportRefused(`the sheet ${headless} has no heading as \`template programme\` writes it`)
  if (headings.size === 0) throw new ImportRefused(`no sheet is named ${programmeLists.join(', ')}`)
  notes.skippedSheets.push(...unread)
  return lists
}

function listOf(sheet: string): ProgrammeList | undefined {
  const name = sheet.trim().toLowerCase()
  return programmeLists.find((list) => sheetNames[list].split('|').includes(name))
}

/** The column of each cell of a heading: one that knows two columns at least. Another one keeps its name. */
function findColumns(list: ProgrammeList, { cells }: SheetRow): (string | undefined)[] | undefined {
  const taken = new Set<string>()
  const columns = cells.map((cell) => {
    const text = cellText(cell)
    const column = columnOf(list, text)
    if (!column || taken.has(column)) return ignored.has(headingWords(text)) || text === '' ? undefined : text
    taken.add(column)
    return column
  })
  return taken.size >= 2 ? columns : undefined
}

/** What stands over each column. */
function headingsOf(columns: (string | undefined)[], { cells }: SheetRow): Record<string, string> {
  return Object.fromEntries(
    columns.flatMap((column, index) => (column ? [[column, cellText(cells[index] ?? null)]] : [])),
  )
}

/** What people add beside the lists. */
const ignored = new Set(['no', 'nomor urut', 'catatan', 'keterangan', 'masalah', 'saran', 'asal'])

function columnOf(list: ProgrammeList, heading: string): string | undefined {
  const columns = Object.entries(programmeColumns[list])
  const words = headingWords(heading)
  const exact = columns.find(([name]) => name.toLowerCase() === heading.trim().toLowerCase())
  return (exact ?? columns.find(([, synonyms]) => synonyms.split('|').includes(words)))?.[0]
}

function isEmptyOrExample({ cells }: SheetRow): boolean {
  const texts = cells.map(cellText)
  return (
    texts.every((text) => text === '') || texts.some((text) => text.toLowerCase().startsWith(exampleMark))
  )
}

function toObject(
  list: ProgrammeList,
  columns: (string | undefined)[],
  cells: Cell[],
): Record<string, unknown> {
  const row: Record<string, unknown> = {}
  for (const [index, column] of columns.entries()) {
    const cell = cells[index] ?? null
    if (!column || cell === null || cellText(cell) === '') continue
    row[column] = toValue(list, column, cell)
  }
  return row
}

function toValue(list: ProgrammeList, column: string, cell: Cell): unknown {
  if (instants.includes(column)) return toIso(cell)
  if (numbers.includes(column)) return typeof cell === 'number' ? cell : cellText(cell)
  if (column === 'areas') return typeof cell === 'number' ? toAreaCode(cell) : listText(cell)
  if (column === 'roles') return listText(cell).toLowerCase()
  if (column === 'code' || (list === 'sessions' && column === 'training')) return cellText(cell).toUpperCase()
  const text = cell instanceof Date ? cellText(cell) : typeof cell === 'string' ? cell.trim() : cellText(cell)
  const choice = choices[column]
  return choice ? (choice[text.toLowerCase()] ?? text.toLowerCase()) : text
}

/** Lists may be parted by semicolons or ends of lines too. */
const listText = (cell: Cell): string =>
  String(cell)
    .replace(/[;\n]+/g, ',')
    .trim()

/** A cell takes 21.70 for a number and drops its 0. */
function toAreaCode(cell: number): string {
  const short = String(cell)
  return areaByCode(short) ? short : cell.toFixed(2)
}

/** A date of a cell, or as people write it, in ISO 8601 without a zone, which is WIB; other text as it is. */
function toIso(cell: Cell): string {
  if (cell instanceof Date) return cellText(cell)
  const text = cellText(cell)
  const written =
    /^(?:[a-z']+,?\s+)?(\d{1,2})[\s./-]+(\d{1,2}|[a-z]+)[\s./-]+(\d{4})[,\s]+(?:pukul|jam|pkl\.?)?\s*(\d{1,2})[.:](\d\d)(?:[.:]\d\d)?\s*(?:wib)?$/i.exec(
      text,
    )
  if (!written) return text.replace(/^(\d{4}-\d\d-\d\d)\s+(\d\d)[.:](\d\d)(\s*WIB)?$/i, '$1T$2:$3')
  const [, day = '', month = '', year = '', hours = '', minutes = ''] = written
  const number = /^\d/.test(month) ? month : monthNumber(month)
  if (!number) return text
  return `${year}-${number.padStart(2, '0')}-${day.padStart(2, '0')}T${hours.padStart(2, '0')}:${minutes}`
}
