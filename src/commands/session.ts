import { bulkLimits, type Tx, transaction } from '../database/client.ts'
import { applyCancellation, planCancellation } from '../planning/cancel-session.ts'
import { isReached } from '../planning/concerned.ts'
import type { SessionRefusal } from '../planning/find-session.ts'
import { applyMove, type Changed, type ChangePlan, planMove } from '../planning/move-session.ts'
import { later, parseInstant } from '../time.ts'
import { ask } from './ask.ts'
import { type CommandContext, withContext } from './context.ts'
import { persons } from './run-import.ts'
import { changeJson, preview, refuse, resultLines } from './session-words.ts'
import { UsageError } from './usage.ts'

export type ChangeOptions = { reason?: string; dryRun?: boolean; yes?: boolean; json?: boolean }
export type MoveOptions = ChangeOptions & { to: string }

/** `session WHAT NAME` as it is called from the command line; the exit status. */
export async function runSession(
  what: 'move' | 'cancel',
  name: string,
  options: MoveOptions,
): Promise<number> {
  return await withContext((context) => commands[what](name, options, context))
}

/** Moves a session to another start. Returns the exit status: 0, or 1 when it was refused or not agreed to. */
export async function moveCommand(
  name: string,
  options: MoveOptions,
  context: CommandContext,
): Promise<number> {
  const starts = readTime(options.to)
  const quiet = context.rules.quietHours
  return await changeSession(name, options, context, {
    plan: (tx, now) => planMove(tx, name, starts, now, quiet),
    apply: applyMove,
    ...{ does: 'Move it', done: 'Moved.' },
  })
}

/** Cancels a session. Returns the exit status: 0, or 1 when it was refused or not agreed to. */
export async function cancelCommand(
  name: string,
  options: ChangeOptions,
  context: CommandContext,
): Promise<number> {
  const quiet = context.rules.quietHours
  return await changeSession(name, options, context, {
    plan: (tx, now) => planCancellation(tx, name, now, quiet),
    apply: applyCancellation,
    ...{ does: 'Cancel it', done: 'Cancelled.' },
  })
}

const commands = { move: moveCommand, cancel: cancelCommand }

function readTime(given: string): Date {
  const instant = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(given) ? parseInstant(given) : undefined
  if (instant) return instant
  throw new UsageError(`--to: "${given}" is no date and time; write it like 2026-12-12T08:00 (WIB).`)
}

/** What is written into a notice stays a few lines on a phone. */
const longestReason = 300

function readReason(given: string | undefined): string | undefined {
  const reason = given
    ?.toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
  if (!reason) return undefined
  if (reason.length > longestReason)
    throw new UsageError(`--reason: at most ${longestReason} characters; it has ${reason.length}.`)
  return reason
}

type Action = {
  plan(tx: Tx, now: Date): Promise<ChangePlan | SessionRefusal>
  apply: typeof applyMove
  /** For the question, and for the result. */
  does: string
  done: string
}

/**
 * Shows what would happen, asks, and does it. The answer may come late, so it is planned anew then; what is not as
 * it was shown is not done.
 */
async function changeSession(
  name: string,
  options: ChangeOptions,
  context: CommandContext,
  action: Action,
): Promise<number> {
  const reason = readReason(options.reason)
  const began = performance.now()
  const shown =
    options.yes && !options.dryRun
      ? undefined
      : await transaction(context.db, (tx) => action.plan(tx, context.now))
  if (shown && 'refused' in shown) return refuse(context, name, shown)
  if (shown && options.dryRun) {
    const lines = [preview(shown, true), 'Nothing changed.']
    context.output.write(options.json ? jsonLine(changeJson(shown)) : `${lines.join('\n')}\n`)
    return 0
  }
  if (shown && !(await agreed(context, options, shown, action))) return 1
  // Whoever thinks it over for an hour changes it an hour later.
  const now = shown ? later(context.now, performance.now() - began) : context.now
  const done = await carryOut({ ...context, now }, action, reason, shown)
  if ('refused' in done) return refuse(context, name, done)
  if ('overtaken' in done) {
    const stderr = context.errors ?? process.stderr
    stderr.write(`bimtek: ${done.overtaken} has changed meanwhile; nothing done. Look at it again.\n`)
    return 1
  }
  const { plan, changed } = done
  const lines = [...(shown ? [] : [preview(plan, false)]), action.done, ...resultLines(plan, changed, now)]
  context.output.write(options.json ? jsonLine(changeJson(plan, changed)) : `${lines.join('\n')}\n`)
  await context.addReminderJobs?.(changed.reminders)
  return 0
}

const jsonLine = (object: object): string => `${JSON.stringify(object)}\n`

async function agreed(
  { input, output, errors = process.stderr }: CommandContext,
  { json }: ChangeOptions,
  plan: ChangePlan,
  { does }: Action,
): Promise<boolean> {
  if (!json) output.write(`${preview(plan, false)}\n`)
  const told = plan.concerned.filter(isReached).length
  const question = told > 0 ? `${does} and tell ${persons(told)}?` : `${does}?`
  if (await ask(question, input, json ? errors : output)) return true
  errors.write('bimtek: not agreed; nothing changed\n')
  return false
}

type Done = { plan: ChangePlan; changed: Changed } | SessionRefusal | { overtaken: string }

async function carryOut(
  { db, actor, now, rules }: CommandContext,
  action: Action,
  reason: string | undefined,
  shown: ChangePlan | undefined,
): Promise<Done> {
  const work = async (tx: Tx): Promise<Done> => {
    const plan = await action.plan(tx, now)
    if ('refused' in plan) return plan
    if (shown && JSON.stringify(shown.change) !== JSON.stringify(plan.change))
      return { overtaken: plan.change.id }
    return { plan, changed: await action.apply(tx, plan, { reason, actor, now, rules }) }
  }
  return await transaction(db, work, bulkLimits)
}
