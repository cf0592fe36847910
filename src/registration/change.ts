import type { Tx } from '../database/client.ts'
import type { Registration } from '../database/generated/client.ts'
import { lockPersons, lockTrainings } from '../database/locks.ts'
import { type FullTraining, trainingByCode } from '../programme/trainings.ts'
import {
  cancelReminders,
  type PlannedReminder,
  planReminders,
  type ReminderRules,
} from '../reminders/plan.ts'
import { cancelRegistration } from './cancel.ts'
import { activeStates, type Officer, type Refusal, refusalFor } from './eligibility.ts'
import { createRegistration, joinWaitingList, type WaitingResult } from './register.ts'
import { endWhatHangsOn } from './request.ts'
import { changeState } from './seats.ts'
import { offerFreeSeats } from './waiting-list.ts'

export type ChangeResult =
  | { changed: Registration; from: Registration; training: FullTraining; reminders: PlannedReminder[] }
  | { refused: Refusal; training: FullTraining }
  /** The old registration is not theirs, or not active any more. */
  | { gone: true }

/**
 * Moves an officer to another training in one transaction: the old seat goes only when the new one is had. The
 * old registration is kept as cancelled.
 * @throws Error when there is no such training
 */
export async function changeTraining(
  tx: Tx,
  officer: Officer,
  registrationId: number,
  trainingCode: string,
  rules: ReminderRules,
  now: Date,
): Promise<ChangeResult> {
  const { personId } = officer
  const found = await tx.registration.findFirst({ where: { id: registrationId, personId } })
  if (!found) return { gone: true }
  await lockPersons(tx, [personId])
  await lockTrainings(tx, [found.trainingCode, trainingCode])
  const held = await tx.registration.findUniqueOrThrow({ where: { id: registrationId } })
  const training = await trainingByCode(tx, trainingCode)
  if (!training) throw new Error(`no training ${trainingCode}`)
  if (!activeStates.includes(held.state)) return { gone: true }
  const refused = await refusalFor(tx, officer, training, now, { without: [registrationId] })
  if (refused) return { refused, training }
  const from = await changeState(tx, held, 'cancelled', { cancelledAt: now })
  await cancelReminders(tx, registrationId)
  await endWhatHangsOn(tx, held, rules.quietHours, now)
  const changed = await createRegistration(tx, officer, training, 'confirmed', now)
  const reminders = await planReminders(tx, { registrationId: changed.id }, rules, now)
  await offerFreeSeats(tx, held.trainingCode, rules.quietHours, now)
  return { changed, from, training, reminders }
}

/**
 * Gives a registration up for a place on the waiting list of a full training, in one transaction: it stays when there
 * is no such place to be had.
 */
export async function waitInstead(
  tx: Tx,
  officer: Officer,
  registrationId: number,
  trainingCode: string,
  { quietHours }: Pick<ReminderRules, 'quietHours'>,
  now: Date,
): Promise<WaitingResult | { gone: true }> {
  const { personId } = officer
  const found = await tx.registration.findFirst({ where: { id: registrationId, personId } })
  if (!found) return { gone: true }
  await lockPersons(tx, [personId])
  await lockTrainings(tx, [found.trainingCode, trainingCode])
  const training = await trainingByCode(tx, trainingCode)
  if (!training) return { gone: true }
  const refused = await refusalFor(tx, officer, training, now, { without: [registrationId] })
  if (refused && refused !== 'full') return { refused, training }
  if (!(await cancelRegistration(tx, personId, registrationId, quietHours, now))) return { gone: true }
  return await joinWaitingList(tx, officer, trainingCode, now)
}
