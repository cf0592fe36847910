import type { QuietHours } from '../config.ts'
import type { Tx } from '../database/client.ts'
import type { Registration } from '../database/generated/client.ts'
import { lockPersons, lockTrainings } from '../database/locks.ts'
import { cancelReminders } from '../reminders/plan.ts'
import { activeStates } from './eligibility.ts'
import { endWhatHangsOn } from './request.ts'
import { changeState } from './seats.ts'
import { offerFreeSeats } from './waiting-list.ts'

/**
 * Withdraws a person's registration: its seat falls free and goes to who waits, its reminders are dropped. Undefined when it is
 * not theirs or not active any more.
 */
export async function cancelRegistration(
  tx: Tx,
  personId: number,
  registrationId: number,
  quiet: QuietHours,
  now: Date,
): Promise<Registration | undefined> {
  const found = await tx.registration.findFirst({ where: { id: registrationId, personId } })
  if (!found) return undefined
  await lockPersons(tx, [personId])
  await lockTrainings(tx, [found.trainingCode])
  const held = await tx.registration.findUniqueOrThrow({ where: { id: registrationId } })
  if (!activeStates.includes(held.state)) return undefined
  const cancelled = await changeState(tx, held, 'cancelled', { cancelledAt: now })
  await cancelReminders(tx, registrationId)
  await endWhatHangsOn(tx, held, quiet, now)
  await offerFreeSeats(tx, held.trainingCode, quiet, now)
  return cancelled
}
