import type { Tx } from '../database/client.ts'
import type { Registration } from '../database/generated/client.ts'
import { lockPersons, lockTrainings } from '../database/locks.ts'
import { type FullTraining, trainingByCode } from '../programme/trainings.ts'
import type { ReminderRules } from '../reminders/plan.ts'
import { colleaguesOf, judgeColleague } from './colleagues.ts'
import type { Refusal } from './eligibility.ts'
import { createRegistration } from './register.ts'
import { type Answerer, askColleague } from './request.ts'

export type ColleagueResult =
  /** `full`: who agrees now comes on the waiting list. */
  | { asked: Registration; training: FullTraining; answerer: Answerer; full: boolean }
  | { refused: Refusal; training: FullTraining }
  /** Not of a cooperative of the asker's, or the asker themself. */
  | { noColleague: true }

/**
 * Registers a colleague of the same cooperative who is not there: under the rules for everybody, and pending until
 * they agree from their own contact, or staff do for one without.
 * @throws Error when there is no such training
 */
export async function registerColleague(
  tx: Tx,
  given: { askerId: number; colleagueId: number; trainingCode: string },
  rules: Pick<ReminderRules, 'quietHours'>,
  now: Date,
): Promise<ColleagueResult> {
  const { askerId, colleagueId, trainingCode } = given
  await lockPersons(tx, [askerId, colleagueId])
  await lockTrainings(tx, [trainingCode])
  const training = await trainingByCode(tx, trainingCode)
  if (!training) throw new Error(`no training ${trainingCode}`)
  const own = await tx.position.findMany({
    where: { personId: askerId, until: null, pending: false },
    select: { cooperativeId: true },
  })
  const colleagues = await colleaguesOf(
    tx,
    askerId,
    own.map(({ cooperativeId }) => cooperativeId),
  )
  const colleague = colleagues.find(({ id }) => id === colleagueId)
  const judged = colleague && (await judgeColleague(tx, colleague, training, now))
  if (!judged) return { noColleague: true }
  const full = judged.refused === 'full'
  if (judged.refused && !full) return { refused: judged.refused, training }
  const officer = { personId: colleagueId, position: judged.position }
  const asked = await createRegistration(tx, officer, training, 'pending', now, { requestedById: askerId })
  const answerer = await askColleague(tx, asked, training, rules.quietHours, now)
  return { asked, training, answerer, full }
}
