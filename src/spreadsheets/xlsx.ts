import { readFile, stat } from 'node:fs/promises'
import readWorkbook from 'read-excel-file/universal'
import { type Cell, type FileSource, readable, type SheetRow, UnreadableFile } from './file.ts'
import { unzip, zipStored } from './zip.ts'

/**
 * Limits of a workbook, which lies in memory whole. A roster of all 65,000 officers of ten provinces takes some 4 MB,
 * 25 MB unpacked; what is larger goes in as CSV, which is read as a stream.
 */
export const xlsxLimits = {
  fileBytes: 20 * 2 ** 20,
  unpackedBytes: 128 * 2 ** 20,
  /** The number of a sheet's last row that is not empty. */
  rows: 100_000,
  /** The number of a sheet's last column that is not empty. */
  columns: 500,
  /** Rows times columns of a sheet: the reader fills the gaps. */
  cells: 3_000_000,
  sheets: 200,
}

/** The rows of all sheets, in the order of the workbook; what is merged stands in every row of its first column. */
export async function* xlsxRows(source: FileSource): AsyncGenerator<SheetRow> {
  for (const { name, rows } of await readXlsx(source))
    for (const [index, cells] of rows.entries()) yield { sheet: name, row: index + 1, cells }
}

export type Sheet = { name: string; rows: Cell[][] }

/** All sheets of a workbook. */
export async function readXlsx(source: FileSource): Promise<Sheet[]> {
  const parts = unzip(await bytesOf(source), isPart, xlsxLimits.unpackedBytes)
  const workbook = parts.get('xl/workbook.xml')
  if (!workbook) throw new UnreadableFile('this is no Excel workbook; save it as .xlsx or CSV')
  const merges = new Map<string, Merge[]>()
  const sheets = [...parts].filter(([name]) => name.startsWith('xl/worksheets/') && name.endsWith('.xml'))
  if (sheets.length > xlsxLimits.sheets)
    throw new UnreadableFile(`the spreadsheet has more than ${xlsxLimits.sheets} sheets`)
  for (const [name, content] of sheets) {
    const xml = withoutEmpty(content.toString('utf8'))
    checkSize(xml)
    merges.set(name, mergesOf(xml))
    parts.set(name, Buffer.from(xml))
  }
  const read = await parse(zipStored(parts))
  const paths = sheetPaths(
    workbook.toString('utf8'),
    parts.get('xl/_rels/workbook.xml.rels')?.toString('utf8'),
  )
  return read.map(({ sheet, data }) => {
    const rows = (data as Cell[][]).map((cells) => cells.map(toTheSecond))
    for (const merge of merges.get(paths.get(sheet) ?? '') ?? []) fillDown(rows, merge)
    return { name: sheet, rows }
  })
}

/** Excel counts days in fractions: 8 o'clock comes out as 07:59:59.999. */
function toTheSecond(cell: Cell): Cell {
  return cell instanceof Date ? new Date(Math.round(cell.getTime() / 1000) * 1000) : cell
}

const isPart = (name: string): boolean =>
  /\.xml(\.rels)?$/.test(name) && !/^(docProps|customXml)\//.test(name)

async function bytesOf(source: FileSource): Promise<Uint8Array> {
  const size = typeof source === 'string' ? (await readable(source, () => stat(source))).size : source.length
  if (size > xlsxLimits.fileBytes)
    throw new UnreadableFile(
      `the spreadsheet is larger than ${xlsxLimits.fileBytes / 2 ** 20} MB; save it as CSV, which may have any size`,
    )
  return typeof source === 'string' ? await readable(source, () => readFile(source)) : source
}

async function parse(zip: Buffer) {
  try {
    return await readWorkbook(new Uint8Array(zip).buffer)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new UnreadableFile(
      `the spreadsheet cannot be read (${why.slice(0, 200)}); open it in Excel and save it anew as .xlsx`,
    )
  }
}

/** Cells and rows that hold nothing but a format are dropped: some files have a million of them. */
function withoutEmpty(xml: string): string {
  return xml
    .replace(/<(?:\w+:)?c\b[^<>]*\/>/g, '')
    .replace(/<((?:\w+:)?c)\b[^<>]*>\s*<\/\1>/g, '')
    .replace(/<(?:\w+:)?row\b[^<>]*\/>/g, '')
    .replace(/<((?:\w+:)?row)\b[^<>]*>\s*<\/\1>/g, '')
}

/** The reader fills gaps between rows and columns, so that one number could ask for all memory. */
function checkSize(xml: string): void {
  let [rows, columns] = [0, 0]
  for (const [tag, kind] of xml.matchAll(/<(?:\w+:)?(row|c)\b[^<>]*/g)) {
    if (kind === 'row') rows += 1
    const place = /\br\s*=\s*["']([^"']*)["']/.exec(tag)?.[1]
    if (place === undefined) continue
    const [, letters, digits] = /^([A-Z]{0,3})(\d{1,7})$/.exec(place) ?? []
    if (digits === undefined) throw new UnreadableFile('the spreadsheet is damaged; save it anew as .xlsx')
    rows = Math.max(rows, Number(digits))
    columns = Math.max(columns, columnOf(letters ?? ''))
  }
  const { rows: mostRows, columns: mostColumns, cells } = xlsxLimits
  if (rows > mostRows) throw new UnreadableFile(`a sheet has more than ${mostRows} rows; save it as CSV`)
  if (columns > mostColumns) throw new UnreadableFile(`a sheet has more than ${mostColumns} columns`)
  if (rows * columns > cells) throw new UnreadableFile(`a sheet has more than ${cells} cells; save it as CSV`)
}

const columnOf = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)

type Merge = { column: number; from: number; to: number }

function mergesOf(xml: string): Merge[] {
  const found = xml.matchAll(
    /<(?:\w+:)?mergeCell\b[^<>]*?\bref\s*=\s*["']([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})["']/g,
  )
  return [...found].map(([, letters = '', from, to]) => ({
    ...{ column: columnOf(letters) - 1, from: Number(from) - 1, to: Number(to) - 1 },
  }))
}

function fillDown(rows: Cell[][], { column, from, to }: Merge): void {
  const value = rows[from]?.[column] ?? null
  if (value === null) return
  for (let row = from + 1; row <= Math.min(to, rows.length - 1); row++) {
    const cells = rows[row]
    if (!cells) continue
    while (cells.length < column) cells.push(null)
    cells[column] = value
  }
}

/** Where in the archive each sheet lies, by its name. */
function sheetPaths(workbook: string, relations = ''): Map<string, string> {
  const attribute = (tag: string, name: string) =>
    decode(new RegExp(`\\b${name}\\s*=\\s*["']([^"']*)["']`).exec(tag)?.[1] ?? '')
  const targets = new Map(
    [...relations.matchAll(/<(?:\w+:)?Relationship\b[^<>]*/g)].map(([tag]) => {
      const target = attribute(tag, 'Target')
      return [attribute(tag, 'Id'), target.startsWith('/') ? target.slice(1) : `xl/${target}`]
    }),
  )
  return new Map(
    [...workbook.matchAll(/<(?:\w+:)?sheet\b[^<>]*/g)].map(([tag]) => [
      attribute(tag, 'name'),
      targets.get(attribute(tag, '\\w+:id')) ?? '',
    ]),
  )
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decode(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => entities[name] ?? '')
}
