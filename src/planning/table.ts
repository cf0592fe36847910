import { cellText, type FileSource, readRows, type SheetRow } from '../spreadsheets/read.ts'
import { ImportRefused } from './bad-rows.ts'

/** The heading stands below a letterhead of at most so many rows. */
export const headingWithin = 20

/** What a table of an import looks like. */
export type Layout<Column extends string> = {
  /** What a CSV file is called in reports. */
  name: string
  columns: readonly Column[]
  /** The column that a heading means; undefined for another one. */
  columnOf: (heading: string) => Column | undefined
  /** Without these columns a table says too little; they also tell a row from a signature below the table. */
  needed: readonly Column[]
}

/** A row under the heading, "sda" and the like already replaced by what stands above. */
export type TableRow<Column extends string> = { sheet: string; row: number; cells: Record<Column, string> }

/** Sheets of a file without a heading: they were not read. */
export type Notes = { skippedSheets: string[] }

/** The sheet of a template that lists what may stand in it. */
export const valuesSheet = 'nilai'

/** How an example row of a template begins; such rows are passed over. */
export const exampleMark = '(contoh)'

/**
 * The rows of all tables in a file: one a sheet, under its heading; without blank rows, examples, sums, and the
 * signatures below.
 * @throws ImportRefused when no sheet has a heading with the needed columns
 */
export async function* tableRows<Column extends string>(
  source: FileSource,
  layout: Layout<Column>,
  notes: Notes = { skippedSheets: [] },
): AsyncGenerator<TableRow<Column>> {
  let lacking: readonly Column[] = layout.needed
  let reader: SheetReader<Column> | undefined
  let found = false
  const noteSkipped = () => {
    if (!reader || reader.hasHeading || !reader.hasText || reader.sheet === valuesSheet) return
    notes.skippedSheets.push(reader.sheet)
  }
  for await (const row of readRows(source, csvOptions(layout))) {
    if (reader?.sheet !== row.sheet) {
      noteSkipped()
      reader = new SheetReader(row.sheet, layout)
    }
    const cells = reader.read(row)
    found ||= reader.hasHeading
    if (reader.lacking.length < lacking.length) lacking = reader.lacking
    if (cells) yield { sheet: row.sheet, row: row.row, cells }
  }
  noteSkipped()
  if (!found)
    throw new ImportRefused(
      `no heading with the columns ${layout.columns.join(', ')} in the first ${headingWithin} rows; there is no ${lacking.join(', no ')}`,
    )
}

function csvOptions<Column extends string>({ name, columnOf }: Layout<Column>) {
  const knownHeadings = (cells: string[]) => new Set(cells.map(columnOf).filter(Boolean)).size
  return { name, knownHeadings }
}

/** Reads the rows of one sheet in their order. */
class SheetReader<Column extends string> {
  readonly sheet: string
  hasHeading = false
  hasText = false
  /** What the row lacks that comes nearest to a heading. */
  lacking: readonly Column[]
  readonly #layout: Layout<Column>
  #places = new Map<Column, number>()
  #above: Partial<Record<Column, string>> = {}
  #below = false

  constructor(sheet: string, layout: Layout<Column>) {
    this.sheet = sheet
    this.#layout = layout
    this.lacking = layout.needed
  }

  /** The cells of a row of the table; undefined for any other row. */
  read({ row, cells }: SheetRow): Record<Column, string> | undefined {
    const texts = cells.map(cellText)
    if (texts.every((text) => text === '')) return undefined
    this.hasText = true
    if (!this.hasHeading) {
      if (row <= headingWithin) this.#lookForHeading(texts)
      return undefined
    }
    if (isExample(texts) || isNumbering(texts) || this.#isHeadingAgain(texts)) return undefined
    const named = this.#named(texts)
    if (this.#isBelow(named, texts)) return undefined
    const filled = this.#withAbove(named)
    return Object.values(filled).some(Boolean) ? filled : undefined
  }

  #lookForHeading(texts: string[]): void {
    const places = new Map<Column, number>()
    for (const [index, text] of texts.entries()) {
      const column = this.#layout.columnOf(text)
      if (column && !places.has(column)) places.set(column, index)
    }
    const lacking = this.#layout.needed.filter((column) => !places.has(column))
    if (lacking.length < this.lacking.length) this.lacking = lacking
    if (lacking.length > 0) return
    this.hasHeading = true
    this.#places = places
  }

  /** A heading comes again on every printed page. */
  #isHeadingAgain(texts: string[]): boolean {
    return this.#layout.needed.every(
      (column) => this.#layout.columnOf(texts[this.#places.get(column) ?? -1] ?? '') === column,
    )
  }

  #named(texts: string[]): Record<Column, string> {
    const cell = (column: Column) => texts[this.#places.get(column) ?? -1] ?? ''
    return Object.fromEntries(this.#layout.columns.map((column) => [column, cell(column)])) as Record<
      Column,
      string
    >
  }

  /** Sums, and what stands below the table from the first line of a signature or note on. */
  #isBelow(cells: Record<Column, string>, texts: string[]): boolean {
    const filled = this.#layout.needed.filter((column) => cells[column]).length
    if (filled === this.#layout.needed.length && !isSum(texts)) {
      this.#below = false
      return false
    }
    if (isSum(texts)) return true
    if (texts.some(beginsSignature)) this.#below = true
    return this.#below
  }

  #withAbove(cells: Record<Column, string>): Record<Column, string> {
    const filled = { ...cells }
    for (const column of this.#layout.columns) {
      const text = cells[column]
      if (isDitto(text)) filled[column] = this.#above[column] ?? text
    }
    this.#above = filled
    return filled
  }
}

/** "As above", as typists write it. */
export function isDitto(text: string): boolean {
  return /^(s\.?\s?d\.?\s?a\.?|idem|ditto|sama dengan (di )?atas|sama|-?\s*["”“″〃]+\s*-?|''|,,)$/i.test(text)
}

const isExample = (texts: string[]): boolean =>
  texts.some((text) => text.toLowerCase().startsWith(exampleMark))

/** 1, 2, 3 … under the heading, by which forms number their columns. */
function isNumbering(texts: string[]): boolean {
  const filled = texts.filter(Boolean)
  return filled.length > 2 && filled.every((text, index) => text.replace(/[().]/g, '') === String(index + 1))
}

function isSum(texts: string[]): boolean {
  return /^(jumlah|total|sub ?total|grand total|rekap(itulasi)?)\b/i.test(texts.find(Boolean) ?? '')
}

const months = 'januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember'
const signatures = new RegExp(
  `^(mengetahui|menyetujui|disetujui|diketahui|dibuat oleh|kepala dinas|kepala bidang|camat\\b|a\\.?n\\.|nip\\b|ttd\\b|tanda tangan|catatan|keterangan|ket\\b|sumber|dicetak)|,\\s*(tanggal|tgl|\\d{1,2})?[\\s.…]*(${months}|\\d{1,2}[-/]\\d{1,2}[-/])\\S*\\s*(20\\d\\d)?$`,
  'i',
)

const beginsSignature = (text: string): boolean => signatures.test(text)

/** The number of an Indonesian month, also by its first three letters; undefined for another word. */
export function monthNumber(word: string): string | undefined {
  const index =
    word.length < 3 ? -1 : months.split('|').findIndex((month) => month.startsWith(word.toLowerCase()))
  return index < 0 ? undefined : String(index + 1)
}

/** The words of a heading: lower case, letters only, one space between. */
export function headingWords(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^a-z]+/g, ' ')
    .trim()
}
