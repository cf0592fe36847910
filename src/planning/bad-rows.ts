/** A row of a file that cannot be imported, and why; who reads it mends the file. */
export type BadRow = {
  sheet: string
  /** As the reader of the file counts: of a list from 1, of a spreadsheet its row there. */
  row: number
  column: string
  /** What stands there; '' for nothing. */
  value: string
  /** An Indonesian sentence, for the office's staff. */
  problem: string
  /** What may be meant, the likeliest first. */
  suggestions: string[]
}

/** The file cannot be imported at all; the message says why. */
export class ImportRefused extends Error {}

/** How many rows these are: one may have several faults. */
export function countRows(bad: BadRow[]): number {
  return new Set(bad.map(({ sheet, row }) => `${sheet}/${row}`)).size
}
