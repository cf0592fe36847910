import { readFile } from 'node:fs/promises'
import { addReminderJobs, queueHost } from '../app.ts'
import { type Database, type Tx, transaction } from '../database/client.ts'
import { type Logger, loggable } from '../log.ts'
import { type BadRow, countRows, ImportRefused } from '../planning/bad-rows.ts'
import { importOfficers, type OfficersPlan, planOfficersImport } from '../planning/import-officers.ts'
import { importProgramme, type ProgrammePlan, planProgrammeImport } from '../planning/import-programme.ts'
import { readRoster } from '../planning/roster-file.ts'
import { openQueues } from '../queues.ts'
import type { PlannedReminder, ReminderRules } from '../reminders/plan.ts'
import { removeSample } from '../sample.ts'
import { ask } from './ask.ts'
import { withDatabase } from './context.ts'

/** What a command works with; tests give their own. */
export type ImportContext = {
  db: Database
  /** Without it the worker finds due reminders in its sweep. */
  addReminderJobs?: (planned: PlannedReminder[]) => Promise<void>
  now: Date
  rules: ReminderRules
  input: NodeJS.ReadableStream
  output: NodeJS.WritableStream
  /** For what went wrong, and for questions beside JSON; standard error if not said. */
  errors?: NodeJS.WritableStream
  log: Logger
}

export type OfficersOptions = { dryRun?: boolean; yes?: boolean; json?: boolean }
export type ProgrammeOptions = OfficersOptions & { notify?: boolean }

/** `import officers` and `import programme` as they are called from the command line; the exit status. */
export async function runImport(
  what: 'officers' | 'programme',
  file: string,
  options: ProgrammeOptions,
): Promise<number> {
  return await withDatabase(async ({ database, config, log }) => {
    const context: ImportContext = {
      ...{ db: database.db, now: new Date(), rules: config, log },
      ...{ input: process.stdin, output: process.stdout },
      addReminderJobs: async (planned) => {
        if (planned.length === 0) return
        try {
          const queues = await openQueues(queueHost(config, database), log)
          await addReminderJobs(queues, planned)
          await queues.close()
        } catch (error) {
          // The import is in; without their jobs the service's sweep fires the reminders.
          log.warn(loggable(error), 'no reminder jobs')
        }
      },
    }
    return what === 'officers'
      ? await importOfficersCommand(file, options, context)
      : await importProgrammeCommand(file, options, context)
  })
}

/** Imports a roster. Returns the exit status: 0, or 1 when a row or the whole file was not imported. */
export async function importOfficersCommand(
  file: string,
  options: OfficersOptions,
  context: ImportContext,
): Promise<number> {
  return await refusable(context, async () => {
    const roster = readRoster(await readBytes(file))
    return await runPlan(options, context, {
      plan: (tx) => planOfficersImport(tx, roster),
      apply: async (tx, plan) => {
        await importOfficers(tx, plan, context.now)
        return []
      },
      describe: (plan) => describeOfficers(file, plan),
      json: (plan) => counts(plan),
      tells: () => 0,
    })
  })
}

/** Imports a programme. Returns the exit status: 0, or 1 when a row or the whole file was not imported. */
export async function importProgrammeCommand(
  file: string,
  options: ProgrammeOptions,
  context: ImportContext,
): Promise<number> {
  const { now, rules } = context
  const notify = options.notify ?? false
  return await refusable(context, async () => {
    const programme = parseJson(await readBytes(file))
    return await runPlan<ProgrammePlan>(options, context, {
      plan: (tx) => planProgrammeImport(tx, programme, now),
      apply: async (tx, plan) => {
        const { reminders } = await importProgramme(tx, plan, { notify, now, rules })
        return reminders
      },
      describe: (plan) => describeProgramme(file, plan, notify),
      json: (plan) => {
        // A dry run says how many there are to tell; an import, how many it told.
        const told = notify || options.dryRun ? plan.told : 0
        return { ...counts(plan), moved: plan.moved, cancelled: plan.cancelled, told }
      },
      tells: (plan) => (notify ? plan.told : 0),
    })
  })
}

type AnyPlan = { rows: number; new: number; changed: number; same: number; bad: BadRow[]; refused?: boolean }

type Import<Plan> = {
  plan(tx: Tx): Promise<Plan>
  apply(tx: Tx, plan: Plan): Promise<PlannedReminder[]>
  describe(plan: Plan): string
  json(plan: Plan): object
  /** How many persons would be told. */
  tells(plan: Plan): number
}

/** Looks first, then asks where it must, then plans again and writes in one transaction. */
async function runPlan<Plan extends AnyPlan>(
  options: OfficersOptions,
  context: ImportContext,
  { plan, apply, describe, json, tells }: Import<Plan>,
): Promise<number> {
  const { db, output } = context
  const errors = context.errors ?? process.stderr
  const preview = await undoable<{ sample: boolean; plan: Plan }>(db, async (tx, undo) =>
    undo({ sample: await removeSample(tx), plan: await plan(tx) }),
  )
  const report = (shown: Plan, outcome: string): number => {
    output.write(options.json ? `${JSON.stringify(json(shown))}\n` : outcome)
    return reportBad(shown, errors)
  }
  const { plan: planned } = preview
  const empty = planned.new + planned.changed + planned.same === 0
  if (options.dryRun || planned.refused || empty)
    return report(planned, `${describe(planned)}\nNothing changed.\n`)
  const question = questionFor(preview.sample, tells(planned))
  if (question && !options.yes) {
    if (!options.json) output.write(`${describe(planned)}\n`)
    if (!(await ask(question, context.input, options.json ? errors : output))) {
      errors.write('bimtek: not agreed; nothing changed\n')
      return 1
    }
  }
  const done = await write(context, plan, apply)
  const asked = question !== undefined && !options.yes
  const outcome = done.refused ? 'Nothing changed.' : 'Imported.'
  return report(done, asked ? `${outcome}\n` : `${describe(done)}\n${outcome}\n`)
}

type Written<Plan> = { planned: Plan; reminders: PlannedReminder[] }

/** Plans anew, since the look before the question may be old by now, and writes, in one transaction. */
async function write<Plan extends AnyPlan>(
  { db, addReminderJobs }: ImportContext,
  plan: (tx: Tx) => Promise<Plan>,
  apply: (tx: Tx, plan: Plan) => Promise<PlannedReminder[]>,
): Promise<Plan> {
  const { planned, reminders } = await undoable<Written<Plan>>(db, async (tx, undo) => {
    await removeSample(tx)
    const planned = await plan(tx)
    if (planned.refused) return undo({ planned, reminders: [] })
    return { planned, reminders: await apply(tx, planned) }
  })
  await addReminderJobs?.(reminders)
  return planned
}

function questionFor(sample: boolean, told: number): string | undefined {
  const reasons = [
    ...(sample ? ['the sample data will be removed'] : []),
    ...(told > 0 ? [`${persons(told)} will be told of moved sessions`] : []),
  ]
  const [first, ...rest] = reasons
  if (!first) return undefined
  return `${[first.charAt(0).toUpperCase() + first.slice(1), ...rest].join(', and ')}. Go on?`
}

const persons = (count: number): string => (count === 1 ? '1 person' : `${count} persons`)

class Undone<T> extends Error {
  readonly result: T
  constructor(result: T) {
    super('undone')
    this.result = result
  }
}

/** Runs `work` in a transaction; `undo` takes it back and still hands out a result. */
async function undoable<T>(
  db: Database,
  work: (tx: Tx, undo: (result: T) => never) => Promise<T>,
): Promise<T> {
  const undo = (result: T): never => {
    throw new Undone(result)
  }
  try {
    return await transaction(db, (tx) => work(tx, undo))
  } catch (error) {
    if (error instanceof Undone) return error.result as T
    throw error
  }
}

/** A file that cannot be imported at all is one line on standard error. */
async function refusable(context: ImportContext, work: () => Promise<number>): Promise<number> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ImportRefused)) throw error
    const errors = context.errors ?? process.stderr
    errors.write(`bimtek: nothing imported: ${error.message}\n`)
    return 1
  }
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new ImportRefused(code === 'ENOENT' ? `there is no file ${file}` : `cannot read ${file} (${code})`)
  }
}

function parseJson(bytes: Uint8Array): unknown {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b)
    throw new ImportRefused('this is a spreadsheet; this version reads programmes as JSON')
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw new ImportRefused(`the file is not valid JSON (${(error as Error).message})`)
  }
}

function counts({ rows, new: added, changed, same, bad }: AnyPlan) {
  return { rows, new: added, changed, same, ended: 0, bad }
}

function reportBad(plan: AnyPlan, errors: NodeJS.WritableStream): number {
  if (plan.refused) {
    errors.write(
      'bimtek: nothing imported: a capacity would fall below the seats that are taken or offered\n',
    )
    return 1
  }
  const count = countRows(plan.bad)
  if (count === 0) return 0
  errors.write(`bimtek: ${count} of ${plan.rows} rows not imported\n`)
  return 1
}

function describeOfficers(file: string, plan: OfficersPlan): string {
  const changes = plan.changes.map(({ row, name, what, from, to }) =>
    from ? `  row ${row}: ${name}, ${what} ${from} -> ${to}` : `  row ${row}: ${name}, ${what} ${to}`,
  )
  return [...head(file, plan), ...listed('Changes', changes), ...listed('Bad rows', badLines(plan.bad))].join(
    '\n',
  )
}

function describeProgramme(file: string, plan: ProgrammePlan, notify: boolean): string {
  const moves = plan.moved.map(
    ({ session, from, to, registered }) => `  ${session}: ${from} -> ${to} (${registered} registered)`,
  )
  const told = notify ? `${persons(plan.told)} to be told` : `${persons(plan.told)} could be told (--notify)`
  return [
    ...head(file, plan),
    ...listed('Moved sessions', moves),
    ...(moves.length > 0 ? [told] : []),
    ...listed('Bad rows', badLines(plan.bad)),
  ].join('\n')
}

function head(file: string, { rows, new: added, changed, same }: AnyPlan): string[] {
  return [`${file}: ${rows} rows: ${added} new, ${changed} changed, ${same} same`]
}

function listed(heading: string, lines: string[]): string[] {
  return lines.length > 0 ? [`${heading}:`, ...lines] : []
}

function badLines(bad: BadRow[]): string[] {
  return bad.map(({ sheet, row, column, value, problem, suggestions }) => {
    const maybe = suggestions.length > 0 ? ` Mungkin: ${suggestions.join(' / ')}.` : ''
    return `  ${sheet} row ${row}, ${column || 'row'} "${value}": ${problem}${maybe}`
  })
}
