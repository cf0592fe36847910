import { randomInt } from 'node:crypto'
import type { Tx } from '../database/client.ts'
import type { Registration } from '../database/generated/client.ts'
import { lockPersons, lockTrainings } from '../database/locks.ts'
import { type FullTraining, trainingByCode } from '../programme/trainings.ts'
import { type PlannedReminder, planReminders, type ReminderRules } from '../reminders/plan.ts'
import { type Officer, type Refusal, refusalFor } from './eligibility.ts'
import { changeSeats } from './seats.ts'

/** Without 0, O, 1, I and L, which are confused when read aloud or copied by hand. */
const numberAlphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
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
): Promise<RegisterResult> {
  await locks.lockPersons(tx, [officer.personId])
  await locks.lockTrainings(tx, [trainingCode])
  const training = await trainingByCode(tx, trainingCode)
  if (!training) throw new Error(`no training ${trainingCode}`)
  const refused = await refusalFor(tx, officer, training, now)
  if (refused) return { refused, training }
  const { position } = officer
  const registered = await tx.registration.create({
    data: {
      number: await freeNumber(tx),
      personId: officer.personId,
      positionId: position.id,
      cooperativeId: position.cooperativeId,
      role: position.role,
      title: position.title,
      trainingCode,
      track: training.track,
      state: 'confirmed',
      createdAt: now,
    },
  })
  await changeSeats(tx, trainingCode, { taken: 1 })
  const reminders = await planReminders(tx, { registrationId: registered.id }, rules, now)
  return { registered, training, reminders }
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
