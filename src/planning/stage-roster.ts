import type { Tx } from '../database/client.ts'
import type { PositionTitle, Role } from '../database/generated/enums.ts'
import { nameWords } from '../people/names.ts'
import { ImportRefused } from './bad-rows.ts'
import type { BadRosterRow, RosterRow } from './roster-file.ts'

/** Rows a statement: large enough that the statement costs little, small enough that memory stays flat. */
const batch = 5_000
/** So many bad rows lie in memory, and in one sheet of what `--errors` writes. */
const mostBadRows = 100_000

/** Told now and then how many rows of the file are read, compared with what is stored, or written. */
export type Progress = (step: 'read' | 'compared' | 'written', rows: number) => void

export type Staged = { count: number; bad: BadRosterRow[] }

/**
 * Writes the good rows of a roster into a temporary table of the transaction, as they stream in, so that they can be
 * read by cooperative whatever their order in the file.
 */
export async function stageRoster(
  tx: Tx,
  lines: AsyncIterable<RosterRow | BadRosterRow>,
  progress: Progress,
): Promise<Staged> {
  await tx.$executeRaw`
    CREATE TEMP TABLE roster_row (place int, sheet text, line int, name text, phones text, role text, title text,
      area_code text, cooperative text) ON COMMIT DROP`
  const staged: Staged = { count: 0, bad: [] }
  let rows: RosterRow[] = []
  for await (const line of lines) {
    staged.count += 1
    if ('faults' in line) staged.bad.push(line)
    else rows.push(line)
    if (staged.bad.length > mostBadRows)
      throw new ImportRefused(
        `more than ${mostBadRows} rows are bad, the first of them row ${staged.bad[0]?.row}: ${staged.bad[0]?.faults[0]?.problem}`,
      )
    if (rows.length < batch) continue
    await insert(tx, rows, staged.count)
    rows = []
    progress('read', staged.count)
  }
  await insert(tx, rows, staged.count)
  await tx.$executeRaw`CREATE INDEX ON roster_row (area_code)`
  await tx.$executeRaw`ANALYZE roster_row`
  return staged
}

/** JSON is one parameter however many rows: nine arrays would be turned into text one by one. */
async function insert(tx: Tx, rows: RosterRow[], upTo: number): Promise<void> {
  if (rows.length === 0) return
  const first = upTo - rows.length
  const data = rows.map(({ words: _, phones, ...row }, index) => ({
    ...{ place: first + index, sheet: row.sheet, line: row.row, name: row.name, phones: phones.join(' ') },
    ...{ role: row.role, title: row.title, area_code: row.areaCode, cooperative: row.cooperative },
  }))
  await tx.$executeRaw`
    INSERT INTO roster_row SELECT * FROM jsonb_to_recordset(${JSON.stringify(data)}::jsonb)
      AS r(place int, sheet text, line int, name text, phones text, role text, title text, area_code text,
        cooperative text)`
}

type StagedRow = {
  sheet: string
  line: number
  name: string
  phones: string
  role: Role
  title: PositionTitle
  areaCode: string
  cooperative: string
}

/** The staged rows, some cooperatives at a time, each whole. */
export async function* stagedByArea(tx: Tx): AsyncGenerator<Map<string, RosterRow[]>> {
  const areas = await tx.$queryRaw<{ code: string; rows: number }[]>`
    SELECT area_code AS code, count(*)::int AS rows FROM roster_row GROUP BY area_code ORDER BY area_code`
  let codes: string[] = []
  let size = 0
  for (const [index, { code, rows }] of areas.entries()) {
    codes.push(code)
    size += rows
    if (size < batch && index < areas.length - 1) continue
    yield await rowsOf(tx, codes)
    codes = []
    size = 0
  }
}

async function rowsOf(tx: Tx, codes: string[]): Promise<Map<string, RosterRow[]>> {
  const staged = await tx.$queryRaw<StagedRow[]>`
    SELECT sheet, line, name, phones, role, title, area_code AS "areaCode", cooperative
    FROM roster_row WHERE area_code = ANY(${codes}) ORDER BY place`
  const byArea = new Map<string, RosterRow[]>(codes.map((code) => [code, []]))
  for (const { line, phones, name, ...row } of staged) {
    const numbers = phones === '' ? [] : phones.split(' ')
    byArea.get(row.areaCode)?.push({ ...row, row: line, name, words: nameWords(name), phones: numbers })
  }
  return byArea
}
