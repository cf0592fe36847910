import writeWorkbook from 'write-excel-file/node'

/** What may stand in a cell that is written. Text stays text, also if it begins with =, +, - or @. */
export type WrittenCell = string | number | Date | null

export type WrittenSheet = {
  name: string
  headings: string[]
  rows: WrittenCell[][]
  /** Widths of columns in letters; by what stands in them if not said. */
  widths?: number[]
}

const heading = { fontWeight: 'bold', backgroundColor: '#DDEBF7', wrap: true, alignVertical: 'top' } as const
const narrowest = 8
const widest = 60
/** Excel takes no longer names, nor these signs in them. */
const sheetName = (name: string): string => name.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31) || 'Sheet'

/** A workbook; each sheet has a heading that stays in sight. */
export async function writeXlsx(sheets: WrittenSheet[]): Promise<Buffer> {
  return await writeWorkbook(
    sheets.map(({ name, headings, rows, widths }) => ({
      sheet: sheetName(name),
      stickyRowsCount: 1,
      columns: headings.map((text, column) => ({ width: widths?.[column] ?? widthOf(text, rows, column) })),
      data: [
        headings.map((value) => ({ value, type: String, ...heading })),
        ...rows.map((row) => row.map(written)),
      ],
    })),
  ).toBuffer()
}

function written(cell: WrittenCell) {
  if (cell === null || cell === '') return null
  if (cell instanceof Date) return { value: cell, type: Date, format: 'yyyy-mm-dd hh:mm' }
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
