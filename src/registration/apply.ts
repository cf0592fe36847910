import type { Tx } from '../database/client.ts'
import type { Registration } from '../database/generated/client.ts'
import { lockPersons, lockTrainings } from '../database/locks.ts'
import { type FullTraining, trainingByCode } from '../programme/trainings.ts'
import { type Officer, type Refusal, refusalFor } from './eligibility.ts'
import { createRegistration } from './register.ts'

export type ApplicationResult =
  /** `full`: as it stands now they would come onto the waiting list. */
  | { applied: Registration; full: boolean; training: FullTraining }
  | { refused: Refusal; training: FullTraining }

/**
 * Writes the registration of somebody whose office waits for staff: it holds no seat until they agree. Refused for
 * every reason but a full class.
 * @throws Error when there is no such training
 */
export async function applyForSeat(
  tx: Tx,
  officer: Officer,
  trainingCode: string,
  now: Date,
): Promise<ApplicationResult> {
  await lockPersons(tx, [officer.personId])
  await lockTrainings(tx, [trainingCode])
  const training = await trainingByCode(tx, trainingCode)
  if (!training) throw new Error(`no training ${trainingCode}`)
  const refused = await refusalFor(tx, officer, training, now)
  if (refused && refused !== 'full') return { refused, training }
  const applied = await createRegistration(tx, officer, training, 'pending', now)
  return { applied, full: refused === 'full', training }
}
