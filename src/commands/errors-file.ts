import { rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { BadRow } from '../planning/bad-rows.ts'
import { type WrittenSheet, writeXlsx } from '../spreadsheets/write.ts'
import { UsageError } from './usage.ts'

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
  const unfinished = unfinishedOf(path)
  try {
    await writeFile(unfinished, bytes)
    await rename(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {})
    throw cannotWrite(path, error)
  }
}

/**
 * Finds out before the work whether a workbook can be written where the caller wants it.
 * @throws UsageError for another ending than .xlsx; Error when it cannot be written there
 */
export async function checkWritable(option: string, path: string): Promise<void> {
  checkEnding(option, path)
  const unfinished = unfinishedOf(path)
  try {
    await writeFile(unfinished, '')
    await rm(unfinished)
  } catch (error) {
    throw new Error(`${cannotWrite(path, error).message}; nothing was done`)
  }
  const there = await stat(path).catch(() => undefined)
  if (there?.isDirectory()) throw new Error(`cannot write ${path}, it is a folder; nothing was done`)
}

/** @throws UsageError for another ending than .xlsx */
export function checkEnding(option: string, path: string): void {
  if (path.toLowerCase().endsWith('.xlsx')) return
  throw new UsageError(`${option}: ${path} must end in .xlsx; only Excel files are written`)
}

const unfinishedOf = (path: string): string => join(dirname(path), `.${basename(path)}.${process.pid}`)

const cannotWrite = (path: string, error: unknown): Error =>
  new Error(`cannot write ${path} (${(error as NodeJS.ErrnoException).code})`)
