import type { Tx } from '../database/client.ts'
import type { Registration } from '../database/generated/client.ts'
import type { RegistrationState } from '../database/generated/enums.ts'
import type { FullTraining } from '../programme/trainings.ts'
import { activeStates } from './eligibility.ts'

export type OwnRegistration = Registration & { training: FullTraining }

/** A person's registrations in these states (the active ones if not said), by the training's first session. */
export async function registrationsOf(
  tx: Tx,
  personId: number,
  states: RegistrationState[] = activeStates,
): Promise<OwnRegistration[]> {
  const found = await tx.registration.findMany({
    where: { personId, state: { in: states } },
    include: {
      training: {
        include: {
          wave: true,
          venue: true,
          sessions: { where: { cancelledAt: null }, orderBy: { starts: 'asc' } },
        },
      },
    },
  })
  const start = (each: OwnRegistration) => each.training.sessions[0]?.starts.getTime() ?? 0
  return found.sort((a, b) => start(a) - start(b))
}
