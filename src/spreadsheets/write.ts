import writeWorkbook from 'write-excel-file/node'

/** What may stand in a cell that is written. Text stays text, also if it begins with =, +, - or @. */
export type WrittenCell = string | number | Date | null

export type WrittenSheet = {
  /** Excel takes 31 letters; of two alike the second gets a number. */
  name: string
  /** An empty one belongs to the heading before it. */
  headings: string[]
  rows: WrittenCell[][]
  /** Widths of columns in letters; by what stands in them if not said. */
  widths?: number[]
  /** Lines above the heading, the first one large. */
  title?: string[]
  /** Excel's format of dates; 2026-12-05 08:00 if not said. */
  dates?: string
  /** Each heading offers to filter by its column. */
  filter?: boolean
  /** To be printed on A4 in the width of a page, with lines around its cells and the heading on every page. */
  paper?: { rowHeight: number }
}

/** Excel, or this program, cannot cope with so much in one file. */
export class TooLarge extends Error {}

const heading = { fontWeight: 'bold', backgroundColor: '#DDEBF7', wrap: true, alignVertical: 'top' } as const
const lines = { borderStyle: 'thin', borderColor: '#808080' } as const
const narrowest = 8
const widest = 60
const isoDates = 'yyyy-mm-dd hh:mm'
/** Excel's own limit. */
const mostRows = 1_048_576
/** The package takes some 700 bytes of memory for each cell. */
const mostCells = 3_000_000
/** With more lines above the table than this, a phone would show nothing else. */
const mostSticky = 3

/** A workbook; each sheet has a heading that stays in sight. */
export async function writeXlsx(sheets: WrittenSheet[]): Promise<Buffer> {
  const names = sheetNames(sheets.map(({ name }) => name))
  const cells = sheets.reduce((sum, { headings, rows }) => sum + headings.length * rows.length, 0)
  if (cells > mostCells) throw new TooLarge(`the file would have more than ${mostCells / 1e6} million cells`)
  for (const [index, sheet] of sheets.entries())
    if (headingRow(sheet) + sheet.rows.length > mostRows)
      throw new TooLarge(
        `the sheet "${names[index]}" would have more than the ${mostRows} rows that Excel takes`,
      )
  return await writeWorkbook(
    sheets.map((sheet, index) => ({
      sheet: names[index] ?? '',
      ...(headingRow(sheet) <= mostSticky ? { stickyRowsCount: headingRow(sheet) } : {}),
      columns: sheet.headings.map((text, column) => ({
        width: sheet.widths?.[column] ?? widthOf(text, sheet.rows, column),
      })),
      data: [...titleRows(sheet), headingCells(sheet), ...sheet.rows.map((row) => writtenRow(row, sheet))],
    })),
    { features: [layoutOf(sheets, names)] },
  ).toBuffer()
}

/** The heading's row, counted from 1. */
const headingRow = ({ title = [] }: WrittenSheet): number => title.length + 1

function titleRows({ title = [] }: WrittenSheet) {
  return title.map((text, index) =>
    text === ''
      ? [null]
      : [{ value: storable(text), type: String, format: '@', ...(index === 0 ? titleStyle : {}) }],
  )
}

const titleStyle = { fontWeight: 'bold', fontSize: 14 } as const

function headingCells({ headings, paper }: WrittenSheet) {
  return headings.map((value, column) => {
    if (value === '' && column > 0) return null
    const next = headings.findIndex((text, index) => index > column && text !== '')
    const columnSpan = (next < 0 ? headings.length : next) - column
    return {
      value,
      type: String,
      ...heading,
      ...(paper ? lines : {}),
      ...(columnSpan > 1 ? { columnSpan } : {}),
    }
  })
}

function writtenRow(row: WrittenCell[], { dates = isoDates, paper }: WrittenSheet) {
  if (!paper) return row.map((cell) => written(cell, dates))
  const style = { ...lines, wrap: true, alignVertical: 'center', height: paper.rowHeight } as const
  return row.map((cell) => ({ ...written(cell, dates), ...style }))
}

/** Excel does not open a workbook with two sheets of one name, or with these signs in one. */
function sheetNames(wanted: string[]): string[] {
  const taken = new Set<string>()
  return wanted.map((name) => {
    const plain = name.replace(/[[\]:*?/\\]/g, ' ').slice(0, longestName) || 'Sheet'
    let free = plain
    for (let number = 2; taken.has(free.toLowerCase()); number++) {
      const end = ` (${number})`
      free = plain.slice(0, longestName - end.length) + end
    }
    taken.add(free.toLowerCase())
    return free
  })
}

const longestName = 31

/** Filters and the page, which the package cannot write by itself. */
function layoutOf(sheets: WrittenSheet[], names: string[]) {
  const transformSheet = (xml: string, _: unknown, { sheetIndex }: { sheetIndex: number }): string => {
    const sheet = sheets[sheetIndex]
    return sheet ? withPaper(withFilter(xml, sheet), sheet) : xml
  }
  const transformWorkbook = (xml: string): string => withNames(xml, sheets, names)
  return {
    files: {
      transform: {
        'xl/worksheets/sheet{id}.xml': { transform: transformSheet },
        'xl/workbook.xml': { transform: transformWorkbook },
      },
    },
  }
}

/** From the heading's first cell to the last of the table. */
function tableRange(sheet: WrittenSheet, fixed = ''): string {
  const end = headingRow(sheet) + sheet.rows.length
  const last = columnLetters(sheet.headings.length)
  return `${fixed}A${fixed}${headingRow(sheet)}:${fixed}${last}${fixed}${end}`
}

function columnLetters(count: number): string {
  const letter = String.fromCharCode(65 + ((count - 1) % 26))
  return count > 26 ? columnLetters(Math.floor((count - 1) / 26)) + letter : letter
}

function withFilter(xml: string, sheet: WrittenSheet): string {
  if (!sheet.filter) return xml
  return xml.replace('</sheetData>', () => `</sheetData><autoFilter ref="${tableRange(sheet)}"/>`)
}

const margins = '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
/** 9 is A4; as many pages high as it needs. */
const page = '<pageSetup paperSize="9" orientation="portrait" fitToWidth="1" fitToHeight="0"/>'
const pageNumbers = '<headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter>'

function withPaper(xml: string, { paper }: WrittenSheet): string {
  if (!paper) return xml
  const fitted = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
  return xml
    .replace(/<worksheet[^>]*>/, (tag) => tag + fitted)
    .replace('</worksheet>', () => `${margins}${page}${pageNumbers}</worksheet>`)
}

function withNames(xml: string, sheets: WrittenSheet[], names: string[]): string {
  const defined = sheets.flatMap((sheet, index) => {
    const of = `'${escaped((names[index] ?? '').replaceAll("'", "''"))}'!`
    const row = headingRow(sheet)
    return [
      ...(sheet.filter
        ? [definedName('_FilterDatabase', index, of + tableRange(sheet, '$'), ' hidden="1"')]
        : []),
      ...(sheet.paper ? [definedName('Print_Titles', index, `${of}$${row}:$${row}`)] : []),
    ]
  })
  if (defined.length === 0) return xml
  return xml.replace(
    /<definedNames\s*\/>|<definedNames><\/definedNames>/,
    () => `<definedNames>${defined.join('')}</definedNames>`,
  )
}

function definedName(name: string, sheet: number, value: string, more = ''): string {
  return `<definedName name="_xlnm.${name}" localSheetId="${sheet}"${more}>${value}</definedName>`
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

function written(cell: WrittenCell, dates: string) {
  if (cell === null || cell === '') return null
  if (cell instanceof Date) return { value: cell, type: Date, format: dates }
  if (typeof cell === 'number') return { value: cell, type: Number }
  // Given as text, it is stored as text: no formula, and a number keeps its leading 0. '@' keeps it so when edited.
  return { value: storable(cell), type: String, format: '@' }
}

/** Excel stores no longer text in a cell. */
const longestText = 32_767

/** XML has no place for control characters. */
function storable(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\ufffe\uffff]/gu, (sign) => ('\t\n\r'.includes(sign) ? sign : ''))
    .slice(0, longestText)
}

function widthOf(text: string, rows: WrittenCell[][], column: number): number {
  const lengthOf = (cell: WrittenCell | undefined) => (cell instanceof Date ? 16 : String(cell ?? '').length)
  const longest = rows.reduce((most, row) => Math.max(most, lengthOf(row[column])), text.length)
  return Math.min(Math.max(longest + 2, narrowest), widest)
}
