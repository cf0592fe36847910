import { areaCovers } from '../areas.ts'
import type { Tx } from '../database/client.ts'
import type { Cooperative, Position } from '../database/generated/client.ts'
import type { RegistrationState } from '../database/generated/enums.ts'
import {
  type FullTraining,
  firstStart,
  freeSeats,
  isCalledOff,
  isOver,
  stageOf,
} from '../programme/trainings.ts'

/** Which rule refuses a registration (design: "Registration rules"). */
export const refusals = [
  'wrong-role',
  'wrong-area',
  'called-off',
  'not-open-yet',
  'closed',
  'begun',
  'already-registered',
  'track-completed',
  'overlap',
  'cooperative-cap',
  'full',
] as const

export type Refusal = (typeof refusals)[number]

export type Officer = { personId: number; position: Position & { cooperative: Cooperative } }

export const activeStates: RegistrationState[] = ['pending', 'waitlisted', 'offered', 'confirmed']
/** States that count against a cooperative's cap: active ones, and seats already used. */
export const capStates: RegistrationState[] = [...activeStates, 'completed', 'partial', 'absent']

/** What a registration is judged by beside the rules. */
export type Given = {
  /** Ids of registrations that are given up for this one, or are this one: they do not stand against it. */
  without?: number[]
  /** It takes over a colleague's seat: the wave's window and the free seats do not matter. */
  takesOver?: boolean
  /** When it was asked for, if not now: the wave's window is that of then. */
  asked?: Date
  /** Staff note who came without being registered: also after the wave has closed, until the last session is over. */
  late?: boolean
}

/**
 * Why this officer may not have a place in the training; undefined when they may. Rules that nothing can be
 * done about come first, a full class last.
 */
export async function refusalFor(
  tx: Tx,
  officer: Officer,
  training: FullTraining,
  now: Date,
  given: Given = {},
): Promise<Refusal | undefined> {
  const { position } = officer
  if (!training.roles.includes(position.role)) return 'wrong-role'
  if (!coversArea(position, training)) return 'wrong-area'
  const closed = refusalOfTraining(training, now, given)
  if (closed) return closed
  const without = given.without ?? []
  const own = await ownConflict(tx, officer.personId, training, without)
  if (own) return own
  if (await capReached(tx, position.cooperativeId, training, without)) return 'cooperative-cap'
  if (given.takesOver) return undefined
  // A seat that is free belongs to those who wait.
  const waiting = await tx.registration.count({ where: { trainingCode: training.code, state: 'waitlisted' } })
  return freeSeats(training) > waiting ? undefined : 'full'
}

/** Why nobody may have a place in the training, whoever they are; undefined when its window is open. */
export function refusalOfTraining(training: FullTraining, now: Date, given: Given = {}): Refusal | undefined {
  // A seat that was had or asked for before it was called off waits for the new date.
  if (isCalledOff(training) && !given.takesOver && !given.asked) return 'called-off'
  const stage = given.takesOver ? 'open' : stageOf(training.wave, given.asked ?? now)
  if (stage === 'to-come') return 'not-open-yet'
  if (stage === 'closed' && !given.late) return 'closed'
  const begun = given.late ? isOver(training, now) : firstStart(training) <= now.getTime()
  return begun ? 'begun' : undefined
}

type Held = Pick<Position, 'role'> & { cooperative: Pick<Cooperative, 'areaCode'> }

function coversArea({ cooperative }: Held, training: Pick<FullTraining, 'areas'>): boolean {
  return training.areas.some((area) => areaCovers(area, cooperative.areaCode))
}

/** Whether a training is meant for one of these positions, by role and area, whatever else may stand against it. */
export function isMeantFor(positions: Held[], training: Pick<FullTraining, 'areas' | 'roles'>): boolean {
  return positions.some(
    (position) => training.roles.includes(position.role) && coversArea(position, training),
  )
}

/** One registration a track, and no two sessions at once: counted by person, not by position. */
async function ownConflict(
  tx: Tx,
  personId: number,
  training: FullTraining,
  without: number[],
): Promise<Refusal | undefined> {
  const others = await tx.registration.findMany({
    where: {
      personId,
      NOT: { id: { in: without } },
      state: { in: [...activeStates, 'completed'] },
    },
    include: { training: { include: { sessions: { where: { cancelledAt: null } } } } },
  })
  const sameTrack = others.filter((other) => other.track === training.track)
  if (sameTrack.some((other) => other.state === 'completed')) return 'track-completed'
  if (sameTrack.length > 0) return 'already-registered'
  const overlaps = others
    .filter((other) => activeStates.includes(other.state))
    .flatMap((other) => other.training.sessions)
    .some((theirs) =>
      training.sessions.some((ours) => ours.starts < theirs.ends && theirs.starts < ours.ends),
    )
  return overlaps ? 'overlap' : undefined
}

async function capReached(
  tx: Tx,
  cooperativeId: number,
  training: FullTraining,
  without: number[],
): Promise<boolean> {
  if (training.perCooperative === null) return false
  const count = await tx.registration.count({
    where: {
      cooperativeId,
      trainingCode: training.code,
      state: { in: capStates },
      // A substitute who has not answered yet adds nobody: the seat in question counts already. Nor does who only says
      // that they hold an office: anybody could use the cap up; it is judged when staff agree.
      NOT: [
        { id: { in: without } },
        { state: 'pending', position: { pending: true } },
        { state: 'pending', replaces: { state: 'confirmed', trainingCode: training.code } },
      ],
    },
  })
  return count >= training.perCooperative
}
