import { open } from 'node:fs/promises'

/** A file by its path, or its content. */
export type FileSource = string | Uint8Array

/** What a cell of a spreadsheet holds; a CSV's cells are text. A date is its wall clock, written as if in UTC. */
export type Cell = string | number | boolean | Date | null

/** A row as the reader of the file counts it: from 1, letterhead and blank rows too. */
export type SheetRow = { sheet: string; row: number; cells: Cell[] }

/** The file cannot be read as a spreadsheet; the message says why, and what to do. */
export class UnreadableFile extends Error {}

/** The first bytes of a file. */
export async function firstBytes(source: FileSource, count: number): Promise<Uint8Array> {
  if (typeof source !== 'string') return source.subarray(0, count)
  return await readable(source, async () => {
    const handle = await open(source)
    try {
      const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(count), position: 0 })
      return buffer.subarray(0, bytesRead)
    } finally {
      await handle.close()
    }
  })
}

/** Runs what reads the file `path`; a file that is not there or not readable is one clear sentence. */
export async function readable<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new UnreadableFile(`there is no file ${path}`)
    if (code && /^E[A-Z]+$/.test(code)) throw new UnreadableFile(`cannot read ${path} (${code})`)
    throw error
  }
}

/** The text of a cell, on one line; a whole number without exponent, a date as ISO 8601 without zone. */
export function cellText(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 16)
  if (typeof cell === 'number' && Number.isInteger(cell)) return cell.toLocaleString('en', plainDigits)
  // PostgreSQL stores no NUL, and no half of a surrogate pair.
  const text = String(cell).toWellFormed().replaceAll('\0', '')
  return text.replace(/\s+/g, ' ').trim()
}

const plainDigits = { useGrouping: false, maximumFractionDigits: 0 } as const
