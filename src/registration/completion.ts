import type { Tx } from '../database/client.ts'
import type { RegistrationState } from '../database/generated/enums.ts'
import { lockPersons, lockTrainings } from '../database/locks.ts'
import { activeStates } from './eligibility.ts'
import { changeTaken, reopenTaken, takenStates } from './seats.ts'

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
 * Sets outcomes that were set already by the attendance of now, such as that of a list that came late. The caller holds
 * the training's lock. Returns how many have changed.
 */
export async function settleOutcomes(tx: Tx, registrationIds: number[]): Promise<number> {
  const settled = (await count(tx, { registrationIds })).filter(
    ({ state, sessions }) => state !== 'confirmed' && takenStates.includes(state) && sessions > 0,
  )
  return await changeTaken(
    tx,
    settled.map((each) => ({ id: each.id, state: outcomeOf(each) })),
  )
}

/**
 * Trainings whose last session is over and of which somebody has no outcome yet, or still waits; any hundred. A
 * cancelled session counts until its planned end: it may be held after all.
 */
export async function trainingsToComplete(tx: Tx, now: Date): Promise<string[]> {
  const rows = await tx.$queryRaw<{ code: string }[]>`
    SELECT t.code FROM training t
    WHERE EXISTS (SELECT FROM registration r WHERE r.training_code = t.code AND r.state IN ('confirmed', 'waitlisted'))
      AND EXISTS (SELECT FROM session s WHERE s.training_code = t.code AND s.cancelled_at IS NULL)
      AND (SELECT max(s.ends) FROM session s WHERE s.training_code = t.code) < ${now}
    ORDER BY random() LIMIT ${trainingsASweep}`
  return rows.map(({ code }) => code).sort()
}

/**
 * Gives everybody in a training their outcome once its last session is over, and the time of the cancelled ones; who still waits for a seat waits no more
 * (lapsed), and may register elsewhere. Without a session that took place nothing. Takes the training's lock; returns
 * how many have an outcome now that had none.
 */
export async function completeTraining(tx: Tx, trainingCode: string, now: Date): Promise<number> {
  await lockTrainings(tx, [trainingCode])
  const sessions = await tx.session.findMany({ where: { trainingCode } })
  if (sessions.every(({ cancelledAt }) => cancelledAt) || sessions.some(({ ends }) => ends >= now)) return 0
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

/** Somebody with an outcome in a training that is held again, and whether it is taken back. */
type Finished = { id: number; personId: number; trainingCode: string; reopens: boolean }

/**
 * Everybody with an outcome in these trainings. It `reopens` when the training gets a session to come, unless the
 * person has another place in that track since, or has completed it elsewhere.
 */
export async function finishedIn(tx: Tx, trainingCodes: string[]): Promise<Finished[]> {
  return await tx.$queryRaw<Finished[]>`
    SELECT r.id, r.person_id AS "personId", r.training_code AS "trainingCode", NOT EXISTS (
      SELECT FROM registration o WHERE o.person_id = r.person_id AND o.track = r.track AND o.id <> r.id
        AND (o.state::text = ANY(${[...activeStates, 'completed']})
          OR o.training_code = r.training_code AND o.state::text = ANY(${outcomes}) AND o.id > r.id)) AS reopens
    FROM registration r
    WHERE r.training_code = ANY(${trainingCodes}) AND r.state::text = ANY(${outcomes})
    ORDER BY r.id`
}

const outcomes: Outcome[] = ['completed', 'partial', 'absent']

/** Locks trainings that may be held again, and before them those whose outcomes that would take back. */
export async function lockToReopen(tx: Tx, trainingCodes: string[]): Promise<void> {
  const finished = await finishedIn(tx, trainingCodes)
  await lockPersons(tx, [...new Set(finished.map(({ personId }) => personId))])
  await lockTrainings(tx, trainingCodes)
}

/**
 * Takes outcomes back as `finishedIn` says, since there is a session to come: who had one is confirmed again, with
 * what attendance is noted. The caller holds the locks of `lockToReopen`.
 */
export async function reopenTrainings(tx: Tx, trainingCodes: string[]): Promise<void> {
  const finished = await finishedIn(tx, trainingCodes)
  await reopenTaken(
    tx,
    finished.filter(({ reopens }) => reopens).map(({ id }) => id),
  )
}
