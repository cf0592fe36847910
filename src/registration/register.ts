import { randomInt } from 'node:crypto'
import type { Tx } from '../database/client.ts'
import type { Registration } from '../database/generated/client.ts'
import { lockPersons, lockTrainings } from '../database/locks.ts'
import { type FullTraining, trainingByCode } from '../programme/trainings.ts'
import { type PlannedReminder, planReminders, type ReminderRules } from '../reminders/plan.ts'
import { type Given, type Officer, type Refusal, refusalFor } from './eligibility.ts'
import { countSeats } from './seats.ts'
import { nextWaitingNumber } from './waiting-list.ts'

/** Without 0, O, 1, I and L, which are confused when read aloud or copied by hand. */
export const numberAlphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const numberLength = 5

/** The locks under which a seat is taken; a test shows what happens without them. */
export type SeatLocks = { lockPersons: typeof lockPersons; lockTrainings: typeof lockTrainings }

export type RegisterResult =
  | { registered: Registration; training: FullTraining; reminders: PlannedReminder[] }
  | { refused: Refusal; training: FullTraining }

/**
 * Gives an officer a seat in a training, with its reminders, or says which rule refuses. The caller adds the
 * reminders' jobs after committing.
 * @throws Error when there is no such training
 */
export async function register(
  tx: Tx,
  officer: Officer,
  trainingCode: string,
  rules: ReminderRules,
  now: Date,
  locks: SeatLocks = { lockPersons, lockTrainings },
  given: Given = {},
): Promise<RegisterResult> {
  await locks.lockPersons(tx, [officer.personId])
  await locks.lockTrainings(tx, [trainingCode])
  const training = await trainingByCode(tx, trainingCode)
  if (!training) throw new Error(`no training ${trainingCode}`)
  const refused = await refusalFor(tx, officer, training, now, given)
  if (refused) return { refused, training }
  const registered = await createRegistration(tx, officer, training, 'confirmed', now)
  const reminders = await planReminders(tx, { registrationId: registered.id }, rules, now)
  return { registered, training, reminders }
}

export type WaitingResult =
  | { waiting: Registration; training: FullTraining }
  | { refused: Exclude<Refusal, 'full'>; training: FullTraining }

/**
 * Puts an officer at the end of a full training's waiting list; refused for every reason but a full class. Also
 * when a seat has become free meanwhile: those before them have it first, and the sweep offers it in turn.
 * @throws Error when there is no such training
 */
export async function joinWaitingList(
  tx: Tx,
  officer: Officer,
  trainingCode: string,
  now: Date,
  given: Given = {},
): Promise<WaitingResult> {
  await lockPersons(tx, [officer.personId])
  await lockTrainings(tx, [trainingCode])
  const training = await trainingByCode(tx, trainingCode)
  if (!training) throw new Error(`no training ${trainingCode}`)
  const refused = await refusalFor(tx, officer, training, now, given)
  if (refused && refused !== 'full') return { refused, training }
  const waiting = await createRegistration(tx, officer, training, 'waitlisted', now, {
    waitingNumber: await nextWaitingNumber(tx, trainingCode),
  })
  return { waiting, training }
}

/** Writes a registration and counts its seat; the caller has checked the rules and holds the training's lock. */
export async function createRegistration(
  tx: Tx,
  { personId, position }: Officer,
  training: FullTraining,
  state: 'confirmed' | 'waitlisted' | 'pending',
  now: Date,
  more: { waitingNumber?: number; requestedById?: number; replacesId?: number } = {},
): Promise<Registration> {
  const registration = await tx.registration.create({
    data: {
      number: await freeNumber(tx),
      ...{ personId, positionId: position.id, cooperativeId: position.cooperativeId, role: position.role },
      ...{ title: position.title, trainingCode: training.code, track: training.track, state, createdAt: now },
      ...more,
    },
  })
  await countSeats(tx, training.code, undefined, state)
  return registration
}

async function freeNumber(tx: Tx): Promise<string> {
  for (;;) {
    const letters = Array.from(
      { length: numberLength },
      () => numberAlphabet[randomInt(numberAlphabet.length)],
    )
    const number = `REG-${letters.join('')}`
    if ((await tx.registration.count({ where: { number } })) === 0) return number
  }
}
