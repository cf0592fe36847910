import { rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { BadRow } from '../planning/bad-rows.ts'
import { type WrittenSheet, writeXlsx } from '../spreadsheets/write.ts'

/** A bad row with all its cells. */
export type BadCells = { cells: string[]; sheet: string; row: number; faults: BadRow[] }

/** Bad rows in the columns of their template, with what is wrong beside; those columns are ignored on the way back. */
export function badSheet(name: string, columns: readonly string[], rows: BadCells[]): WrittenSheet {
  return {
    name,
    headings: [...columns, 'masalah', 'saran', 'asal'],
    rows: rows.map(({ cells, sheet, row, faults }) => [
      ...cells,
      faults.map(({ column, problem }) => `${column}: ${problem}`).join(' '),
      faults.flatMap(({ suggestions }) => suggestions).join(' / '),
      `${sheet}, baris ${row}`,
    ]),
  }
}

/**
 * Writes a workbook where the caller wants it, whole or not at all: what stood there before stays until then. A place
 * that cannot be written is one clear sentence.
 */
export async function writeSheets(path: string, sheets: WrittenSheet[]): Promise<void> {
  const bytes = await writeXlsx(sheets)
  const unfinished = join(dirname(path), `.${basename(path)}.${process.pid}`)
  try {
    await writeFile(unfinished, bytes)
    await rename(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {})
    throw new Error(`cannot write ${path} (${(error as NodeJS.ErrnoException).code})`)
  }
}
