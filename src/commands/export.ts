import type { Coverage } from '../config/coverage.ts'
import { type Database, snapshot, type Tx, transaction } from '../database/client.ts'
import { programmeLists } from '../planning/programme-file.ts'
import { programmeColumns } from '../planning/programme-sheets.ts'
import { allWaves } from '../programme/trainings.ts'
import { sessionCode } from '../registration/attendance.ts'
import { attendanceSheets } from '../reports/attendance.ts'
import { coverageSheets } from '../reports/coverage.ts'
import { programmeRows } from '../reports/programme.ts'
import { registrationSheets } from '../reports/registrations.ts'
import { sessionsToSign, signInSheets } from '../reports/sign-in-sheet.ts'
import { type ReportOptions, reportWords } from '../reports/words.ts'
import { hasSample } from '../sample.ts'
import { TooLarge, type WrittenSheet } from '../spreadsheets/write.ts'
import { audit } from '../staff/audit.ts'
import { withContext } from './context.ts'
import { checkEnding, writeSheets } from './errors-file.ts'
import { UsageError } from './usage.ts'

export type ExportKind = 'registrations' | 'attendance' | 'coverage' | 'sign-in-sheet' | 'programme'
export type ExportOptions = { wave?: string; out: string }

/** What the command works with; tests give their own. */
export type ExportContext = {
  db: Database
  now: Date
  actor: string
  coverage: Coverage
  output: NodeJS.WritableStream
}

/** `export WHAT` as it is called from the command line; the exit status. */
export async function runExport(what: ExportKind, options: ExportOptions): Promise<number> {
  checkOptions(options)
  return await withContext((context, { coverage }) => exportCommand(what, options, { ...context, coverage }))
}

/**
 * Writes an Excel file, whole or not at all; one that stood there is replaced. Returns the exit status.
 * @throws Error when there is nothing to export, no such wave, or no writing there; UsageError for wrong options
 */
export async function exportCommand(
  what: ExportKind,
  options: ExportOptions,
  context: ExportContext,
): Promise<number> {
  const wave = checkOptions(options)
  const { sheets, sample } = await gather(what, wave, context)
  await writeSheets(options.out, sheets).catch((error: Error) => {
    if (!(error instanceof TooLarge)) throw error
    throw new Error(`${error.message}; export one wave at a time with --wave N`)
  })
  const rows = sheets.reduce((sum, sheet) => sum + sheet.rows.length, 0)
  const counts = `${counted(sheets.length, 'sheet')}, ${counted(rows, 'row')}`
  context.output.write(`Written to ${options.out}: ${counts}.${sample ? ' This is sample data.' : ''}\n`)
  return 0
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

/** The wave's number, if one is named. */
function checkOptions({ wave, out }: ExportOptions): number | undefined {
  checkEnding('--out', out)
  if (wave === undefined) return undefined
  if (!/^[1-9]\d{0,8}$/.test(wave)) throw new UsageError(`--wave: "${wave}" is not the number of a wave`)
  return Number(wave)
}

type Gathered = { sheets: WrittenSheet[]; sample: boolean }

async function gather(what: ExportKind, wave: number | undefined, context: ExportContext): Promise<Gathered> {
  if (what === 'sign-in-sheet') await drawCodes(wave, context)
  return await snapshot(context.db, async (tx) => {
    await checkWave(tx, wave)
    const sample = await hasSample(tx)
    return { sheets: await sheetsOf(tx, what, { wave, sample }, context), sample }
  })
}

/** Lists to sign show the codes of their sessions; each is drawn by itself, so that nobody waits long for a class. */
async function drawCodes(wave: number | undefined, { db, actor, now }: ExportContext): Promise<void> {
  const sessions = await sessionsToSign(db, wave, now)
  for (const { id, trainingCode, key, code } of sessions) {
    if (code !== null) continue
    await transaction(db, async (tx) => {
      await sessionCode(tx, id)
      await audit(tx, actor, { action: 'session.code', subject: `${trainingCode}/${key}` }, now)
    })
  }
}

async function checkWave(tx: Tx, wave: number | undefined): Promise<void> {
  if (wave === undefined) return
  const waves = (await allWaves(tx)).map(({ number }) => number)
  if (waves.includes(wave)) return
  throw new Error(
    `there is no wave ${wave}; ${waves.length === 0 ? 'there is none yet' : `there are ${waves.join(', ')}`}`,
  )
}

async function sheetsOf(
  tx: Tx,
  what: ExportKind,
  options: ReportOptions,
  context: ExportContext,
): Promise<WrittenSheet[]> {
  switch (what) {
    case 'registrations':
      return await registrationSheets(tx, options)
    case 'attendance':
      return someOf(await attendanceSheets(tx, options), 'there is no class to export')
    case 'coverage':
      return await coverageSheets(tx, context.coverage, options)
    case 'sign-in-sheet':
      return someOf(await signInSheets(tx, options, context.now), noSession(options.wave))
    case 'programme':
      return await programmeSheets(tx, options)
  }
}

function someOf(sheets: WrittenSheet[], otherwise: string): WrittenSheet[] {
  if (sheets.length === 0) throw new Error(otherwise)
  return sheets
}

function noSession(wave: number | undefined): string {
  return wave === undefined
    ? 'there is no session from today on; --wave N takes those of a wave'
    : `wave ${wave} has no session that is not cancelled`
}

/** The lists in the columns of the template, so that the file can be brought in again. */
async function programmeSheets(tx: Tx, { wave, sample }: ReportOptions): Promise<WrittenSheet[]> {
  const rows = await programmeRows(tx, wave)
  return programmeLists.map((list, index) => {
    const columns = Object.keys(programmeColumns[list])
    return {
      name: list,
      ...(sample && index === 0 ? { title: [reportWords()('report-sample-line')] } : {}),
      headings: columns,
      rows: rows[list].map((row) => columns.map((column) => row[column] ?? null)),
    }
  })
}
