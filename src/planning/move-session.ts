import type { QuietHours } from '../config.ts'
import type { Tx } from '../database/client.ts'
import { reopenTrainings } from '../registration/completion.ts'
import { activeStates } from '../registration/eligibility.ts'
import { endOffersByStart } from '../registration/waiting-list.ts'
import { type PlannedReminder, planReminders, type ReminderRules } from '../reminders/plan.ts'
import { audit } from '../staff/audit.ts'
import { hour, later } from '../time.ts'
import { changeNoticeDue, type SessionChange, tellChanges } from './change-notices.ts'
import { type Concerned, isReached, type Settled, whatReopens, whomItConcerns } from './concerned.ts'
import { findSession, type SessionRefusal, sessionName } from './find-session.ts'

/** Beyond this a year was surely mistyped. */
const farthest = 2 * 365 * 24 * hour

/** What a change of a session would do, and whom it concerns. */
export type ChangePlan = {
  change: SessionChange
  /** The title of its training. */
  training: string
  concerned: Concerned[]
  /** When the notices go out. */
  noticeDue: Date
  /** Whether no session of the training is held any more. */
  callsOff: boolean
  /** Who would be at two classes at once. */
  clashes: Clash[]
  /** Who has an outcome that is not taken back, since they have another place in the track. */
  settled: Settled[]
}

export type Clash = { name: string; cooperative: string; otherTraining: string }

/** Who changes it, and when; the reason is staff's own words, for the notices. */
export type ChangeOptions = { reason?: string | undefined; actor: string; now: Date; rules: ReminderRules }

export type Changed = {
  /** For which the caller adds jobs after committing. */
  reminders: PlannedReminder[]
  /** How many notices were written. */
  messages: number
}

/**
 * What moving a session to another start would do; it keeps its length, and a cancelled one would be held after
 * all. Locks its training, so that the plan holds until the transaction ends.
 * @param name training and session (`G3-A/1`), or the training alone if it has one session
 */
export async function planMove(
  tx: Tx,
  name: string,
  starts: Date,
  now: Date,
  quiet: QuietHours,
): Promise<ChangePlan | SessionRefusal> {
  const session = await findSession(tx, name)
  if ('refused' in session) return session
  const { training, trainingCode: code } = session
  if (!session.cancelledAt && session.ends <= now) return { refused: 'over', session }
  if (starts <= now) return { refused: 'in-the-past' }
  if (starts > later(now, farthest)) return { refused: 'too-far' }
  if (!session.cancelledAt && session.starts.getTime() === starts.getTime())
    return { refused: 'same-time', session }
  const ends = later(starts, session.ends.getTime() - session.starts.getTime())
  const other = training.sessions.find(
    (each) => each.id !== session.id && !each.cancelledAt && each.starts < ends && starts < each.ends,
  )
  if (other) return { refused: 'overlap', with: other }
  const change: SessionChange = {
    ...{ id: sessionName(session), sessionId: session.id, code, title: session.title },
    from: session.cancelledAt ? undefined : session.starts,
    to: { starts, ends },
  }
  const { reopened, settled } = await whatReopens(tx, [code])
  return {
    ...{ change, training: training.title, callsOff: false, settled },
    concerned: (await whomItConcerns(tx, [code], reopened)).get(code) ?? [],
    noticeDue: changeNoticeDue([change], now, quiet),
    clashes: await clashesWith(tx, code, reopened, starts, ends),
  }
}

/** Those of a training who have another class at this time. */
async function clashesWith(
  tx: Tx,
  code: string,
  reopened: number[],
  starts: Date,
  ends: Date,
): Promise<Clash[]> {
  return await tx.$queryRaw<Clash[]>`
    SELECT DISTINCT p.name, c.name AS cooperative, o.training_code AS "otherTraining"
    FROM registration r JOIN person p ON p.id = r.person_id JOIN cooperative c ON c.id = r.cooperative_id
      JOIN registration o ON o.person_id = r.person_id AND o.training_code <> r.training_code
      JOIN session s ON s.training_code = o.training_code
    WHERE r.training_code = ${code} AND (r.state::text = ANY(${activeStates}) OR r.id = ANY(${reopened}))
      AND o.state::text = ANY(${activeStates})
      AND s.cancelled_at IS NULL AND s.starts < ${ends} AND s.ends > ${starts}
    ORDER BY cooperative, p.name, "otherTraining"`
}

/**
 * Moves the session as planned in the same transaction: its reminders follow, nobody loses a seat, and everybody
 * concerned is told once. Who had an outcome already is confirmed again.
 */
export async function applyMove(tx: Tx, plan: ChangePlan, options: ChangeOptions): Promise<Changed> {
  const { sessionId, to } = plan.change
  if (!to) throw new Error('a move needs a new time')
  await tx.session.update({ where: { id: sessionId }, data: { ...to, cancelledAt: null } })
  await reopenTrainings(tx, [plan.change.code])
  await endOffersByStart(tx, plan.change.code)
  return await followChange(tx, plan, 'session.move', options)
}

/** What follows every change of a session that is written: reminders, notices, audit. */
export async function followChange(
  tx: Tx,
  { change, concerned }: ChangePlan,
  action: string,
  { reason, actor, now, rules }: ChangeOptions,
): Promise<Changed> {
  const reminders = await planReminders(tx, { trainingCode: change.code }, rules, now)
  const told = new Map([[change.code, concerned]])
  const messages = await tellChanges(tx, [change], told, { reason, now, quiet: rules.quietHours })
  const reached = concerned.filter(isReached).length
  const details = {
    ...{ from: change.from?.toISOString() ?? null, to: change.to?.starts.toISOString() ?? null },
    ...{ told: reached, notReached: concerned.length - reached },
  }
  await audit(tx, actor, { action, subject: change.id, details }, now)
  return { reminders, messages }
}
