import type { Tx } from '../database/client.ts'
import type { Registration } from '../database/generated/client.ts'
import { lockPersons, lockTrainings } from '../database/locks.ts'
import { cancelReminders } from '../reminders/plan.ts'
import { activeStates } from './eligibility.ts'
import { changeSeats } from './seats.ts'

/**
 * Withdraws a person's registration: its seat falls free and its reminders are dropped. Undefined when it is
 * not theirs or not active any more.
 */
export async function cancelRegistration(
  tx: Tx,
  personId: number,
  registrationId: number,
  now: Date,
): Promise<Registration | undefined> {
  const found = await tx.registration.findFirst({ where: { id: registrationId, personId } })
  if (!found) return undefined
  await lockPersons(tx, [personId])
  await lockTrainings(tx, [found.trainingCode])
  const held = await tx.registration.findUniqueOrThrow({ where: { id: registrationId } })
  if (!activeStates.includes(held.state)) return undefined
  const cancelled = await tx.registration.update({
    where: { id: registrationId },
    data: { state: 'cancelled', cancelledAt: now },
  })
  if (held.state === 'confirmed') await changeSeats(tx, held.trainingCode, { taken: -1 })
  if (held.state === 'offered') await changeSeats(tx, held.trainingCode, { offered: -1 })
  await cancelReminders(tx, registrationId)
  return cancelled
}
