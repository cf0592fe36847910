import type { Tx } from '../database/client.ts'
import type { Registration } from '../database/generated/client.ts'
import type { RegistrationState } from '../database/generated/enums.ts'
import { everything, type FullTraining, firstStart } from '../programme/trainings.ts'
import { activeStates } from './eligibility.ts'

export type OwnRegistration = Registration & { training: FullTraining }

/** A person's registrations in these states (the active ones if not said), by the training's first session; those without a date last. */
export async function registrationsOf(
  tx: Tx,
  personId: number,
  states: RegistrationState[] = activeStates,
): Promise<OwnRegistration[]> {
  const found = await tx.registration.findMany({
    where: { personId, state: { in: states } },
    include: { training: { include: everything } },
  })
  return found.sort((a, b) => firstStart(a.training) - firstStart(b.training) || a.id - b.id)
}
