import { bulkLimits, type Tx, transaction } from '../database/client.ts'
import { type BadRow, countRows, ImportRefused } from '../planning/bad-rows.ts'
import type { PlannedReminder } from '../reminders/plan.ts'
import { removeSample } from '../sample.ts'
import { UnreadableFile } from '../spreadsheets/read.ts'
import { type AuditedChange, audit } from '../staff/audit.ts'
import { ask } from './ask.ts'
import type { CommandContext } from './context.ts'

export type ImportOptions = { dryRun?: boolean; yes?: boolean; json?: boolean }

export type AnyPlan = {
  rows: number
  new: number
  changed: number
  same: number
  ended?: number
  bad: BadRow[]
  /** The whole file is refused, and why. */
  refused?: string | undefined
}

/** One kind of file and how it is brought in. */
export type Import<Plan> = {
  /** What is brought in, as the audit names it: officers, programme. */
  name: string
  /** The file's name without its folder. */
  file: string
  plan(tx: Tx): Promise<Plan>
  /** Writes what the plan says, in the transaction that made it. */
  apply(tx: Tx, plan: Plan): Promise<PlannedReminder[]>
  describe(plan: Plan): string
  /** What `--json` prints beside the counts. */
  json?(plan: Plan): object
  /** What the audit holds beside the counts. */
  details?(plan: Plan): NonNullable<AuditedChange['details']>
  /** How many persons would be told. */
  tells?(plan: Plan): number
  /** What is done last, written or not, such as a file of the bad rows. */
  afterwards?(plan: Plan): Promise<void>
}

type Outcome<Plan> = {
  plan: Plan
  reminders: PlannedReminder[]
  written: boolean
  question: string | undefined
}

/**
 * Plans and writes in one transaction. Where it must ask first, it takes the plan back, asks, and plans anew, since
 * the answer may come late.
 */
export async function runImport<Plan extends AnyPlan>(
  options: ImportOptions,
  context: CommandContext,
  what: Import<Plan>,
): Promise<number> {
  return await refusable(context, async () => {
    const { output } = context
    const errors = context.errors ?? process.stderr
    let outcome = await attempt(context, what, { write: !options.dryRun, agreed: options.yes ?? false })
    const { question } = outcome
    if (question && !options.dryRun && !options.yes && !outcome.written) {
      if (!options.json) output.write(`${what.describe(outcome.plan)}\n`)
      if (!(await ask(question, context.input, options.json ? errors : output))) {
        errors.write('bimtek: not agreed; nothing changed\n')
        return 1
      }
      outcome = await attempt(context, what, { write: true, agreed: true })
    }
    const { plan, written, reminders } = outcome
    await context.addReminderJobs?.(reminders)
    await what.afterwards?.(plan)
    const asked = question !== undefined && !options.dryRun && !options.yes
    const said = written ? 'Imported.' : 'Nothing changed.'
    if (options.json) output.write(`${JSON.stringify({ ...counts(plan), ...what.json?.(plan) })}\n`)
    else output.write(asked ? `${said}\n` : `${what.describe(plan)}\n${said}\n`)
    return reportBad(plan, errors)
  })
}

class TakenBack<T> extends Error {
  readonly result: T
  constructor(result: T) {
    super('taken back')
    this.result = result
  }
}

/** Writes unless there is nothing to write, it is not wanted, or somebody must agree first. */
async function attempt<Plan extends AnyPlan>(
  { db, actor, now }: CommandContext,
  what: Import<Plan>,
  { write, agreed }: { write: boolean; agreed: boolean },
): Promise<Outcome<Plan>> {
  try {
    return await transaction(
      db,
      async (tx) => {
        const sample = await removeSample(tx)
        const plan = await what.plan(tx)
        const empty = plan.new + plan.changed + plan.same + (plan.ended ?? 0) === 0
        const nothing = plan.refused !== undefined || empty
        const question = nothing ? undefined : questionFor(sample, what.tells?.(plan) ?? 0)
        if (!write || nothing || (question && !agreed))
          throw new TakenBack<Outcome<Plan>>({ plan, reminders: [], written: false, question })
        if (sample) await audit(tx, actor, { action: 'demo.remove' }, now)
        const reminders = await what.apply(tx, plan)
        if (plan.new + plan.changed + (plan.ended ?? 0) > 0)
          await audit(
            tx,
            actor,
            {
              ...{ action: `import.${what.name}`, subject: what.file },
              details: { ...summary(plan), ...what.details?.(plan) },
            },
            now,
          )
        return { plan, reminders, written: true, question }
      },
      bulkLimits,
    )
  } catch (error) {
    if (error instanceof TakenBack) return error.result as Outcome<Plan>
    throw error
  }
}

function summary({ rows, new: added, changed, same, ended = 0, bad }: AnyPlan) {
  return { rows, new: added, changed, same, ended, bad: countRows(bad) }
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

export const persons = (count: number): string => (count === 1 ? '1 person' : `${count} persons`)

/** A file that cannot be imported at all is one line on standard error. */
async function refusable(context: CommandContext, work: () => Promise<number>): Promise<number> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ImportRefused || error instanceof UnreadableFile)) throw error
    const errors = context.errors ?? process.stderr
    errors.write(`bimtek: nothing imported: ${error.message}\n`)
    return 1
  }
}

function counts({ rows, new: added, changed, same, ended, bad }: AnyPlan) {
  return { rows, new: added, changed, same, ended: ended ?? 0, bad }
}

function reportBad(plan: AnyPlan, errors: NodeJS.WritableStream): number {
  if (plan.refused !== undefined) {
    errors.write(`bimtek: nothing imported: ${plan.refused}\n`)
    return 1
  }
  const count = countRows(plan.bad)
  if (count === 0) return 0
  errors.write(`bimtek: ${count} of ${plan.rows} rows not imported\n`)
  return 1
}

/** The line with which a description begins. */
export function head(file: string, { rows, new: added, changed, same, ended }: AnyPlan): string {
  const left = ended ? `, ${ended} ended` : ''
  return `${file}: ${rows} rows: ${added} new, ${changed} changed, ${same} same${left}`
}

/** So many lines of one kind are shown; the JSON holds all. */
const mostShown = 500

/** A heading and lines below it; nothing when there are none. */
export function listed(heading: string, lines: string[], more = 0): string[] {
  if (lines.length === 0) return []
  const left = lines.length - mostShown + more
  const rest = lines.length > mostShown || more > 0 ? [`  … and ${Math.max(left, more)} more`] : []
  return [`${heading}:`, ...lines.slice(0, mostShown), ...rest]
}

export function badLines(bad: BadRow[]): string[] {
  return bad.map(({ sheet, row, column, value, problem, suggestions }) => {
    const maybe = suggestions.length > 0 ? ` Mungkin: ${suggestions.join(' / ')}.` : ''
    return `  ${sheet} row ${row}, ${column || 'row'} "${value}": ${problem}${maybe}`
  })
}
