import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { type ExportKind, exportCommand } from '../../src/commands/export.ts'
import { defaultCoverage, parseCoverage } from '../../src/config/coverage.ts'
import type { Database } from '../../src/database/client.ts'
import { type Cell, cellText } from '../../src/spreadsheets/read.ts'
import { readXlsx, type Sheet } from '../../src/spreadsheets/xlsx.ts'

export const now = new Date('2026-11-24T03:00:00Z')

/** Runs an export as the command line does; what it printed, and the file it wrote. */
export async function exported(
  db: Database,
  what: ExportKind,
  folder: string,
  given: { wave?: string; name?: string } = {},
): Promise<{ sheets: Sheet[]; stdout: string; path: string }> {
  const path = join(folder, given.name ?? `${what}.xlsx`)
  const output = new PassThrough()
  const options = { out: path, ...(given.wave === undefined ? {} : { wave: given.wave }) }
  const coverage = parseCoverage(defaultCoverage)
  const status = await exportCommand(what, options, { db, now, actor: 'command:test', coverage, output })
  if (status !== 0) throw new Error(`exit status ${status}`)
  return { sheets: await readXlsx(path), stdout: String(output.read() ?? ''), path }
}

/** The rows of a sheet as records by their headings; without the lines above them. */
export function records(sheet: Sheet | undefined, headingRow = 1): Record<string, Cell>[] {
  const [headings = [], ...rows] = sheet?.rows.slice(headingRow - 1) ?? []
  return rows.map((cells) =>
    Object.fromEntries(headings.map((heading, index) => [cellText(heading), cells[index] ?? null])),
  )
}
