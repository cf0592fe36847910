import { basename } from 'node:path'
import { type AttendancePlan, planAttendanceImport } from '../planning/import-attendance.ts'
import { importOfficers, type OfficersPlan, planOfficersImport } from '../planning/import-officers.ts'
import { importProgramme, type ProgrammePlan, planProgrammeImport } from '../planning/import-programme.ts'
import { planRegistrationsImport, type RegistrationsPlan } from '../planning/import-registrations.ts'
import { type ProgrammeNotes, readProgramme } from '../planning/programme-sheets.ts'
import { type BadRosterRow, readRoster, rosterColumns } from '../planning/roster-file.ts'
import type { Progress } from '../planning/stage-roster.ts'
import type { Notes } from '../planning/table.ts'
import { inWords } from '../time.ts'
import { type CommandContext, withContext } from './context.ts'
import { badSheet, checkWritable, writeSheets } from './errors-file.ts'
import { badLines, head, type ImportOptions, listed, persons, runImport as run } from './run-import.ts'
import { countsLine, notReachedJson, notReachedLines, settledLines } from './session-words.ts'

export type OfficersOptions = ImportOptions & { errors?: string; leavers?: boolean }
export type ProgrammeOptions = ImportOptions & { notify?: boolean }
export type RegistrationsOptions = ImportOptions & { late?: boolean }

/** `import WHAT FILE` as it is called from the command line; the exit status. */
export async function runImport(
  what: keyof typeof commands,
  file: string,
  options: OfficersOptions & ProgrammeOptions & RegistrationsOptions,
): Promise<number> {
  return await withContext((context) => commands[what](file, options, context))
}

/** Imports a roster. Returns the exit status: 0, or 1 when a row or the whole file was not imported. */
export async function importOfficersCommand(
  file: string,
  options: OfficersOptions,
  context: CommandContext,
): Promise<number> {
  const { leavers = false, errors } = options
  if (errors !== undefined) await checkWritable('--errors', errors)
  let notes: Notes = { skippedSheets: [] }
  const { progress, clear } = progressOn(context.errors ?? process.stderr)
  return await run<OfficersPlan>(options, context, {
    ...{ name: 'officers', file: basename(file) },
    plan: (tx) => {
      notes = { skippedSheets: [] }
      return planOfficersImport(tx, readRoster(file, notes), { leavers, progress }).finally(clear)
    },
    apply: (tx, plan) => importOfficers(tx, plan, context.rules, context.now, progress).finally(clear),
    describe: (plan) => describeOfficers(file, plan, notes),
    afterwards: async ({ badRows }) => {
      if (errors && badRows.length > 0) await writeBadOfficers(errors, badRows)
    },
  })
}

/** Imports a programme. Returns the exit status: 0, or 1 when a row or the whole file was not imported. */
export async function importProgrammeCommand(
  file: string,
  options: ProgrammeOptions,
  context: CommandContext,
): Promise<number> {
  const { now, rules } = context
  const notify = options.notify ?? false
  let notes: ProgrammeNotes = { skippedSheets: [] }
  return await run<ProgrammePlan>(options, context, {
    ...{ name: 'programme', file: basename(file) },
    plan: async (tx) => {
      notes = { skippedSheets: [] }
      const read = await readProgramme(file, notes)
      return await planProgrammeImport(tx, read, now, notes.names)
    },
    apply: async (tx, plan) => (await importProgramme(tx, plan, { notify, now, rules })).reminders,
    describe: (plan) => [describeProgramme(file, plan, notify), ...unread(notes)].join('\n'),
    json: (plan) => {
      // A dry run says how many there are to tell; an import, how many it told.
      const told = notify || options.dryRun ? plan.told : 0
      const notReached = notify || options.dryRun ? notReachedJson(plan.notReached) : []
      const { moved, stillCancelled, cancelled, settled } = plan
      return { moved, stillCancelled, cancelled, told, notReached, settled }
    },
    details: auditedChanges,
    tells: (plan) => (notify ? plan.told : 0),
  })
}

/** Registers those whom a list names. Returns the exit status: 0, or 1 when a row or the whole file was not imported. */
export async function importRegistrationsCommand(
  file: string,
  options: RegistrationsOptions,
  context: CommandContext,
): Promise<number> {
  const { now, rules } = context
  return await run<RegistrationsPlan>(options, context, {
    ...{ name: 'registrations', file: basename(file) },
    plan: (tx) => planRegistrationsImport(tx, file, rules, now, options.late),
    apply: async (_, { reminders }) => reminders,
    describe: (plan) => {
      const waiting = plan.waiting.map(
        ({ sheet, row, name, code }) => `  ${sheet} row ${row}: ${name}, ${code}`,
      )
      return [
        head(file, plan),
        ...listed('On the waiting list, the class is full', waiting),
        ...listed('Bad rows', badLines(plan.bad)),
      ].join('\n')
    },
  })
}

/** Notes who was there by a list on paper. Returns the exit status: 0, or 1 when a row or the whole file was not imported. */
export async function importAttendanceCommand(
  file: string,
  options: ImportOptions,
  context: CommandContext,
): Promise<number> {
  let notes: Notes = { skippedSheets: [] }
  return await run<AttendancePlan>(options, context, {
    ...{ name: 'attendance', file: basename(file) },
    plan: (tx) => {
      notes = { skippedSheets: [] }
      return planAttendanceImport(tx, file, context.now, notes)
    },
    apply: async () => [],
    describe: (plan) =>
      [head(file, plan), ...listed('Bad rows', badLines(plan.bad)), ...unread(notes)].join('\n'),
  })
}

const commands = {
  officers: importOfficersCommand,
  programme: importProgrammeCommand,
  registrations: importRegistrationsCommand,
  attendance: importAttendanceCommand,
}

/** Shows on a terminal how far a long file is. */
function progressOn(errors: NodeJS.WritableStream): { progress: Progress; clear: () => void } {
  if (!(errors as Partial<NodeJS.WriteStream>).isTTY) return { progress: () => {}, clear: () => {} }
  return {
    progress: (step, rows) => void errors.write(`\r\u001b[K${rows.toLocaleString('en')} rows ${step} …`),
    clear: () => void errors.write('\r\u001b[K'),
  }
}

/** The bad rows in the columns of the template, to be mended and brought in again. */
async function writeBadOfficers(path: string, rows: BadRosterRow[]): Promise<void> {
  await writeSheets(path, [
    badSheet(
      'officers',
      rosterColumns,
      rows.map(({ sheet, row, cells, faults }) => ({
        ...{ cells: rosterColumns.map((column) => cells[column]), sheet, row, faults },
      })),
    ),
  ])
}

function describeOfficers(file: string, plan: OfficersPlan, notes: Notes): string {
  const changes = plan.changes.map(({ sheet, row, name, what, from, to }) =>
    from
      ? `  ${sheet} row ${row}: ${name}, ${what} ${from} -> ${to}`
      : `  ${sheet} row ${row}: ${name}, ${what} ${to}`,
  )
  const leavers = plan.leavers.map(({ name, title, cooperative, cancels }) => {
    const cancelled = cancels.length > 0 ? `; registration cancelled: ${cancels.join(', ')}` : ''
    return `  ${name}, ${title}, ${cooperative}${cancelled}`
  })
  return [
    head(file, plan),
    ...listed('Changes', changes, plan.moreChanges),
    ...listed('Ended', leavers),
    ...listed('Bad rows', badLines(plan.bad)),
    ...unread(notes),
  ].join('\n')
}

/** What stands in a file and was not read must not go unseen. */
function unread({ skippedSheets }: Notes): string[] {
  const lines = skippedSheets.map((name) => `  ${name}`)
  return listed('Sheets that were not read', lines)
}

/** So many changes of one kind are named in the audit. */
const mostAudited = 100

function auditedChanges({ moved, capacities }: ProgrammePlan) {
  const moves = moved.map(({ session, from, to }) => `${session}: ${from} -> ${to}`)
  const seats = capacities.map(({ code, from, to }) => `${code}: ${from} -> ${to}`)
  const more = moves.slice(mostAudited).length + seats.slice(mostAudited).length
  return {
    ...(moves.length > 0 ? { moved: moves.slice(0, mostAudited) } : {}),
    ...(seats.length > 0 ? { capacities: seats.slice(0, mostAudited) } : {}),
    ...(more > 0 ? { more } : {}),
  }
}

function describeProgramme(file: string, plan: ProgrammePlan, notify: boolean): string {
  const moves = plan.moved.map(
    ({ session, from, to, ...counts }) =>
      `  ${session}: ${inWords(new Date(from))} -> ${inWords(new Date(to))} (${countsLine(counts)})`,
  )
  const cancelled = plan.stillCancelled.map((id) => `  ${id} is cancelled; \`session move\` revives it`)
  const told = notify ? `${persons(plan.told)} to be told` : `${persons(plan.told)} could be told (--notify)`
  return [
    head(file, plan),
    ...listed('Moved sessions', moves),
    ...(moves.length > 0 ? [told] : []),
    ...(notify ? notReachedLines(plan.notReached) : []),
    ...listed('Still cancelled', cancelled),
    ...settledLines(plan.settled),
    ...listed('Bad rows', badLines(plan.bad)),
  ].join('\n')
}
