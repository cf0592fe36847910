import type { Tx } from '../database/client.ts'
import type { RegistrationState } from '../database/generated/enums.ts'
import { lockTrainings } from '../database/locks.ts'
import { changeTaken, takenStates } from './seats.ts'

/** Of a hundred sessions, how many make a training completed. */
const completedAt = 80
const trainingsASweep = 100

export type Outcome = 'completed' | 'partial' | 'absent'

/** What attendance at so many of a training's sessions comes to. */
export function outcomeOf({ attended, sessions }: Attended): Outcome {
  if (attended === 0) return 'absent'
  return attended * 100 >= sessions * completedAt ? 'completed' : 'partial'
}

/** At how many of so many sessions somebody must be to complete a training. */
export function sessionsNeeded(sessions: number): number {
  return Math.ceil((sessions * completedAt) / 100)
}

/** At how many of a training's sessions somebody was; cancelled ones count neither way. */
export type Attended = { attended: number; sessions: number }

type Counted = Attended & { id: number; state: RegistrationState }

/** How many sessions these registrations attended, by their ids. */
export async function attendedBy(tx: Tx, registrationIds: number[]): Promise<Map<number, Attended>> {
  const counted = await count(tx, { registrationIds })
  return new Map(counted.map(({ id, attended, sessions }) => [id, { attended, sessions }]))
}

type Of = { registrationIds: number[] } | { trainingCode: string }

async function count(tx: Tx, of: Of): Promise<Counted[]> {
  const ids = 'registrationIds' in of ? of.registrationIds : null
  const code = 'trainingCode' in of ? of.trainingCode : null
  return await tx.$queryRaw<Counted[]>`
    SELECT r.id, r.state, count(s.id)::int AS sessions, count(a.session_id)::int AS attended
    FROM registration r
    LEFT JOIN session s ON s.training_code = r.training_code AND s.cancelled_at IS NULL
    LEFT JOIN attendance a ON a.session_id = s.id AND a.registration_id = r.id
    WHERE r.id = ANY(${ids}::int[]) OR r.training_code = ${code}
    GROUP BY r.id, r.state`
}

/**
 * Sets outcomes that were set already by the attendance of now: after a late tick, or when a session that is over is
 * called off after all. The caller holds the training's lock. Returns how many have changed.
 */
export async function settleOutcomes(tx: Tx, of: Of): Promise<number> {
  const settled = (await count(tx, of)).filter(
    ({ state, sessions }) => state !== 'confirmed' && takenStates.includes(state) && sessions > 0,
  )
  return await changeTaken(
    tx,
    settled.map((each) => ({ id: each.id, state: outcomeOf(each) })),
  )
}

/** Trainings whose last session is over and of which somebody has no outcome yet, or still waits; at most 100. */
export async function trainingsToComplete(tx: Tx, now: Date): Promise<string[]> {
  const rows = await tx.$queryRaw<{ code: string }[]>`
    SELECT t.code FROM training t
    WHERE EXISTS (SELECT FROM registration r WHERE r.training_code = t.code AND r.state IN ('confirmed', 'waitlisted'))
      AND (SELECT max(s.ends) FROM session s WHERE s.training_code = t.code AND s.cancelled_at IS NULL) < ${now}
    ORDER BY t.code LIMIT ${trainingsASweep}`
  return rows.map(({ code }) => code)
}

/**
 * Gives everybody in a training their outcome once its last session is over; who still waits for a seat waits no more
 * (lapsed), and may register elsewhere. Without a session that took place nothing. Takes the training's lock; returns
 * how many have an outcome now that had none.
 */
export async function completeTraining(tx: Tx, trainingCode: string, now: Date): Promise<number> {
  await lockTrainings(tx, [trainingCode])
  const { _max } = await tx.session.aggregate({
    where: { trainingCode, cancelledAt: null },
    _max: { ends: true },
  })
  if (!_max.ends || _max.ends >= now) return 0
  const confirmed = (await count(tx, { trainingCode })).filter(({ state }) => state === 'confirmed')
  await tx.registration.updateMany({
    where: { trainingCode, state: 'waitlisted' },
    data: { state: 'lapsed' },
  })
  return await changeTaken(
    tx,
    confirmed.map((each) => ({ id: each.id, state: outcomeOf(each) })),
  )
}
