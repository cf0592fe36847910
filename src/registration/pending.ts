import type { QuietHours } from '../config.ts'
import type { Tx } from '../database/client.ts'
import type { Registration } from '../database/generated/client.ts'
import { lockPersons, lockTrainings } from '../database/locks.ts'
import { enqueueNotice } from '../delivery/outbox.ts'
import { type FullTraining, trainingByCode } from '../programme/trainings.ts'
import {
  cancelReminders,
  type PlannedReminder,
  planReminders,
  type ReminderRules,
} from '../reminders/plan.ts'
import { line, type Part, say } from '../texts.ts'
import { type Refusal, refusalFor } from './eligibility.ts'
import { changeState } from './seats.ts'
import { nextWaitingNumber, placeOnList } from './waiting-list.ts'

/** Who hears of the outcome by a notice; whoever decided in the chat has it in the answer. */
export type Told = { person: boolean; asker: boolean }

export type Confirmed =
  | { confirmed: Registration; training: FullTraining; reminders: PlannedReminder[] }
  | { waiting: Registration; training: FullTraining; place: number }
  /** A rule stands against it by now; the registration is refused. */
  | { refused: Refusal; training: FullTraining }
  /** There is none, or it is not pending any more. */
  | { gone: true }

/**
 * Gives a pending registration its seat, or a place on the waiting list of a full class. One that takes over a
 * colleague's seat gets that one, whatever the wave's window. The position must have been agreed to.
 */
export async function confirmPending(
  tx: Tx,
  registrationId: number,
  told: Told,
  rules: ReminderRules,
  now: Date,
): Promise<Confirmed> {
  const found = await lockPending(tx, registrationId)
  if (!found) return { gone: true }
  const { pending, replaced, training } = found
  const position = await tx.position.findUniqueOrThrow({
    where: { id: pending.positionId },
    include: { cooperative: true },
  })
  const refused = await refusalFor(tx, { personId: pending.personId, position }, training, now, {
    without: [pending.id, ...(replaced ? [replaced.id] : [])],
    takesOver: replaced !== undefined,
    asked: pending.createdAt,
  })
  if (refused === 'full') {
    await tx.registration.update({
      where: { id: pending.id },
      data: { waitingNumber: await nextWaitingNumber(tx, training.code) },
    })
    const waiting = await changeState(tx, pending, 'waitlisted')
    const place = (await placeOnList(tx, waiting)) ?? 1
    await tellOutcome(tx, pending, told, 'pending-waiting', training, { place }, rules.quietHours, now)
    return { waiting, training, place }
  }
  if (refused) {
    await changeState(tx, pending, 'refused')
    await tellOutcome(tx, pending, told, 'pending-refused-rule', training, {}, rules.quietHours, now)
    return { refused, training }
  }
  if (replaced) {
    await changeState(tx, replaced, 'cancelled', { cancelledAt: now })
    await cancelReminders(tx, replaced.id)
  }
  const confirmed = await changeState(tx, pending, 'confirmed')
  const reminders = await planReminders(tx, { registrationId: pending.id }, rules, now)
  await tellOutcome(tx, confirmed, told, 'pending-confirmed', training, {}, rules.quietHours, now)
  return { confirmed, training, reminders }
}

/**
 * Says no to a pending registration; undefined when it is not pending any more.
 * @param why what those who are told read after that: a reason, or what they can do
 */
export async function refusePending(
  tx: Tx,
  registrationId: number,
  told: Told,
  quiet: QuietHours,
  now: Date,
  why: Part[] = [],
): Promise<Registration | undefined> {
  const found = await lockPending(tx, registrationId)
  if (!found) return undefined
  const refused = await changeState(tx, found.pending, 'refused')
  await tellOutcome(tx, refused, told, 'pending-refused', found.training, {}, quiet, now, why)
  return refused
}

type Held = { pending: Registration; replaced: Registration | undefined; training: FullTraining }

/** The pending registration, and the one whose seat it is to take over if that still has one, under their locks. */
async function lockPending(tx: Tx, registrationId: number): Promise<Held | undefined> {
  const found = await tx.registration.findUnique({
    where: { id: registrationId },
    include: { replaces: { select: { personId: true } } },
  })
  if (!found) return undefined
  await lockPersons(tx, [found.personId, ...(found.replaces ? [found.replaces.personId] : [])])
  await lockTrainings(tx, [found.trainingCode])
  const held = await tx.registration.findUniqueOrThrow({
    where: { id: registrationId },
    include: { replaces: true },
  })
  const training = await trainingByCode(tx, held.trainingCode)
  const { replaces, ...pending } = held
  if (!training || pending.state !== 'pending') return undefined
  const hasSeat = replaces?.state === 'confirmed' && replaces.trainingCode === pending.trainingCode
  return { pending, training, replaced: hasSeat && replaces ? replaces : undefined }
}

async function tellOutcome(
  tx: Tx,
  registration: Registration,
  told: Told,
  key: string,
  training: FullTraining,
  more: Record<string, string | number>,
  quiet: QuietHours,
  now: Date,
  why: Part[] = [],
): Promise<void> {
  const { name } = await tx.person.findUniqueOrThrow({ where: { id: registration.personId } })
  const facts = { name, title: training.title, code: training.code, number: registration.number, ...more }
  const first = training.sessions[0]
  const parts: Part[] = [
    say(key, facts),
    ...(key === 'pending-confirmed' && first
      ? [
          line('training-one-day', { starts: first.starts.toISOString(), ends: first.ends.toISOString() }),
          line('training-place', { venue: training.venue.name }),
        ]
      : []),
    ...why,
  ]
  const persons = [
    ...(told.person ? [registration.personId] : []),
    ...(told.asker && registration.requestedById ? [registration.requestedById] : []),
  ]
  for (const personId of persons)
    await enqueueNotice(
      tx,
      { personId, content: { parts }, dedupeKey: `${key}/${registration.id}/${personId}` },
      now,
      quiet,
    )
}

/** A seat of the class that nobody may take over any more: pending registrations of what has begun end. */
export async function endOverduePending(tx: Tx, quiet: QuietHours, now: Date): Promise<number> {
  const overdue = await tx.$queryRaw<{ id: number }[]>`
    SELECT r.id FROM registration r
    WHERE r.state = 'pending' AND EXISTS (
      SELECT FROM session s WHERE s.training_code = r.training_code AND s.cancelled_at IS NULL AND s.starts <= ${now})
    ORDER BY r.id LIMIT 100`
  for (const { id } of overdue) await refusePending(tx, id, { person: true, asker: true }, quiet, now)
  return overdue.length
}
