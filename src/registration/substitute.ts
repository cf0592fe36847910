import type { Tx } from '../database/client.ts'
import type { Registration } from '../database/generated/client.ts'
import { lockPersons, lockTrainings } from '../database/locks.ts'
import { type FullTraining, trainingByCode } from '../programme/trainings.ts'
import type { ReminderRules } from '../reminders/plan.ts'
import { colleaguesOf, judgeColleague } from './colleagues.ts'
import type { Given, Refusal } from './eligibility.ts'
import { createRegistration } from './register.ts'
import { type Answerer, answererOf, askColleague, endRequestsFor } from './request.ts'

export type SubstituteResult =
  | { asked: Registration; training: FullTraining; answerer: Answerer }
  /** The same colleague has been asked already, and was not asked again. */
  | { already: Registration; training: FullTraining; answerer: Answerer }
  | { refused: Refusal; training: FullTraining }
  /** No longer on the roster of that cooperative, or the asker themself. */
  | { noColleague: true }
  /** The registration is not the asker's, or has no seat (any more). */
  | { gone: true }

/** What does not stand against a substitute for this registration: its own seat, and whom was asked before. */
export async function givenUpFor(tx: Tx, registrationId: number): Promise<Given> {
  const open = await tx.registration.findMany({
    where: { replacesId: registrationId, state: 'pending' },
    select: { id: true },
  })
  return { takesOver: true, without: [registrationId, ...open.map(({ id }) => id)] }
}

/**
 * Asks a colleague of the same cooperative to take over the seat of a registration, which stays as it is until the
 * colleague (or staff, for one without a contact) agrees; registration/pending.ts then changes both at once. One
 * request a registration: another colleague takes the place of who was asked before.
 */
export async function askSubstitute(
  tx: Tx,
  given: { askerId: number; registrationId: number; colleagueId: number },
  rules: Pick<ReminderRules, 'quietHours'>,
  now: Date,
): Promise<SubstituteResult> {
  const { askerId, registrationId, colleagueId } = given
  const found = await tx.registration.findFirst({ where: { id: registrationId, personId: askerId } })
  if (!found) return { gone: true }
  await lockPersons(tx, [askerId, colleagueId])
  await lockTrainings(tx, [found.trainingCode])
  const held = await tx.registration.findUniqueOrThrow({ where: { id: registrationId } })
  const training = await trainingByCode(tx, held.trainingCode)
  if (held.state !== 'confirmed' || !training) return { gone: true }
  const colleagues = await colleaguesOf(tx, askerId, [held.cooperativeId])
  const colleague = colleagues.find(({ id }) => id === colleagueId)
  const judged =
    colleague && (await judgeColleague(tx, colleague, training, now, await givenUpFor(tx, held.id)))
  if (!judged) return { noColleague: true }
  if (judged.refused) return { refused: judged.refused, training }
  const already = await tx.registration.findFirst({
    where: { replacesId: held.id, personId: colleagueId, state: 'pending' },
  })
  if (already) return { already, training, answerer: await answererOf(tx, colleagueId) }
  await endRequestsFor(tx, held.id, rules.quietHours, now)
  const officer = { personId: colleagueId, position: judged.position }
  const asked = await createRegistration(tx, officer, training, 'pending', now, {
    requestedById: askerId,
    replacesId: held.id,
  })
  return { asked, training, answerer: await askColleague(tx, asked, training, rules.quietHours, now) }
}
