export { type Cell, cellText, type FileSource, readable, type SheetRow, UnreadableFile } from './file.ts'

import { type CsvOptions, csvRows } from './csv.ts'
import { type FileSource, firstBytes, type SheetRow, UnreadableFile } from './file.ts'
import { xlsxRows } from './xlsx.ts'

/**
 * The rows of a table in a CSV or Excel file, told apart by their first bytes. CSV is read as a stream, with memory
 * that does not grow with the file.
 * @throws UnreadableFile when it is neither, or too large for an Excel file
 */
export async function* readRows(source: FileSource, options: CsvOptions): AsyncGenerator<SheetRow> {
  yield* (await isXlsx(source)) ? xlsxRows(source) : csvRows(source, options)
}

/** Whether a file is an Excel workbook (or any other archive). */
export async function isXlsx(source: FileSource): Promise<boolean> {
  const head = Buffer.from(await firstBytes(source, 8))
  if (head.toString('hex') === 'd0cf11e0a1b11ae1')
    throw new UnreadableFile(
      'this is an old Excel file (.xls) or one with a password; save it as .xlsx without a password',
    )
  return head[0] === 0x50 && head[1] === 0x4b && (head[2] ?? 0) < 9
}
