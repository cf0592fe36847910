import type { Tx } from '../database/client.ts'
import type { Registration } from '../database/generated/client.ts'
import type { RegistrationState } from '../database/generated/enums.ts'

/** States whose registration has a seat: used ones keep theirs. */
export const takenStates: readonly RegistrationState[] = ['confirmed', 'completed', 'partial', 'absent']

type Seats = { taken: number; offered: number }

function seatsOf(state: RegistrationState | undefined): Seats {
  return {
    taken: state && takenStates.includes(state) ? 1 : 0,
    offered: state === 'offered' ? 1 : 0,
  }
}

/**
 * Counts a registration's change of state in its training; the only place where the counters change. `from` is
 * undefined for a new one. The caller holds the training's lock (database/locks.ts).
 * @throws the database's CHECK (23514) when more seats would be taken and offered than there are
 */
export async function countSeats(
  tx: Tx,
  trainingCode: string,
  from: RegistrationState | undefined,
  to: RegistrationState,
): Promise<void> {
  const before = seatsOf(from)
  const after = seatsOf(to)
  const taken = after.taken - before.taken
  const offered = after.offered - before.offered
  if (taken === 0 && offered === 0) return
  await tx.$executeRaw`
    UPDATE training SET taken = taken + ${taken}, offered = offered + ${offered} WHERE code = ${trainingCode}`
}

/** Brings a registration into another state, with its seat. The caller holds the training's lock. */
export async function changeState(
  tx: Tx,
  registration: Pick<Registration, 'id' | 'state' | 'trainingCode'>,
  to: RegistrationState,
  more: { offeredUntil?: Date; cancelledAt?: Date } = {},
): Promise<Registration> {
  const changed = await tx.registration.update({
    where: { id: registration.id, state: registration.state },
    data: {
      state: to,
      offeredUntil: more.offeredUntil ?? null,
      ...(more.cancelledAt ? { cancelledAt: more.cancelledAt } : {}),
    },
  })
  await countSeats(tx, registration.trainingCode, registration.state, to)
  return changed
}

/**
 * Brings registrations that have a seat into states that keep it, many at once; others are passed over. The counters
 * stay, since a seat used is a seat taken. The caller holds the training's lock. Returns how many have changed.
 */
export async function changeTaken(
  tx: Tx,
  changes: readonly { id: number; state: 'completed' | 'partial' | 'absent' }[],
): Promise<number> {
  const ids = changes.map(({ id }) => id)
  const states = changes.map(({ state }) => state)
  return await tx.$executeRaw`
    UPDATE registration r SET state = c.state::"RegistrationState", updated_at = now()
    FROM unnest(${ids}::int[], ${states}::text[]) AS c (id, state)
    WHERE r.id = c.id AND r.state::text = ANY(${takenStates}::text[]) AND r.state::text <> c.state`
}

/**
 * Makes registrations that have an outcome confirmed again, many at once; the seat was theirs all the time, so the
 * counters stay. The caller holds the training's lock.
 */
export async function reopenTaken(tx: Tx, ids: readonly number[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE registration SET state = 'confirmed', updated_at = now()
    WHERE id = ANY(${ids}::int[]) AND state::text = ANY(${takenStates}::text[])`
}

/** Trainings whose counters differ from their rows; none, as long as all is well. */
export async function wrongCounters(
  tx: Tx,
): Promise<{ code: string; taken: number; takenRows: number; offered: number; offeredRows: number }[]> {
  return await tx.$queryRaw`
    SELECT t.code, t.taken, t.offered,
      count(r.id) FILTER (WHERE r.state IN ('confirmed', 'completed', 'partial', 'absent'))::int AS "takenRows",
      count(r.id) FILTER (WHERE r.state = 'offered')::int AS "offeredRows"
    FROM training t LEFT JOIN registration r ON r.training_code = t.code
    GROUP BY t.code
    HAVING t.taken <> count(r.id) FILTER (WHERE r.state IN ('confirmed', 'completed', 'partial', 'absent'))
      OR t.offered <> count(r.id) FILTER (WHERE r.state = 'offered')
    ORDER BY t.code`
}
