import type { QuietHours } from '../config.ts'
import type { Tx } from '../database/client.ts'
import { withdrawOffers } from '../registration/waiting-list.ts'
import { changeNoticeDue, type SessionChange } from './change-notices.ts'
import { whomItConcerns } from './concerned.ts'
import { findSession, type SessionRefusal, sessionName } from './find-session.ts'
import { type Changed, type ChangeOptions, type ChangePlan, followChange } from './move-session.ts'

/**
 * What cancelling a session would do. Locks its training, so that the plan holds until the transaction ends.
 * @param name training and session (`G3-A/1`), or the training alone if it has one session
 */
export async function planCancellation(
  tx: Tx,
  name: string,
  now: Date,
  quiet: QuietHours,
): Promise<ChangePlan | SessionRefusal> {
  const session = await findSession(tx, name)
  if ('refused' in session) return session
  const { training, trainingCode: code } = session
  if (session.cancelledAt) return { refused: 'already-cancelled', session, since: session.cancelledAt }
  if (session.ends <= now) return { refused: 'over', session }
  const change: SessionChange = {
    ...{ id: sessionName(session), sessionId: session.id, code, title: session.title },
    ...{ from: session.starts, to: undefined },
  }
  return {
    ...{ change, training: training.title, clashes: [], settled: [] },
    callsOff: training.sessions.every(({ id, cancelledAt }) => id === session.id || cancelledAt !== null),
    concerned: (await whomItConcerns(tx, [code])).get(code) ?? [],
    noticeDue: changeNoticeDue([change], now, quiet),
  }
}

/**
 * Cancels the session as planned in the same transaction: its reminders are dropped and everybody concerned is
 * told once. Registrations stay; offers of a class that is called off are taken back.
 */
export async function applyCancellation(tx: Tx, plan: ChangePlan, options: ChangeOptions): Promise<Changed> {
  await tx.session.update({ where: { id: plan.change.sessionId }, data: { cancelledAt: options.now } })
  if (plan.callsOff) await withdrawOffers(tx, plan.change.code)
  return await followChange(tx, plan, 'session.cancel', options)
}
