import type { QuietHours } from '../config.ts'
import type { Tx } from '../database/client.ts'
import type { Registration } from '../database/generated/client.ts'
import { lockPersons, lockTrainings } from '../database/locks.ts'
import { enqueueNotice } from '../delivery/outbox.ts'
import { type FullTraining, trainingByCode } from '../programme/trainings.ts'
import { whenLine } from '../programme/when.ts'
import {
  cancelReminders,
  type PlannedReminder,
  planReminders,
  type ReminderRules,
} from '../reminders/plan.ts'
import { line, type Part, say } from '../texts.ts'
import { enqueueCalendar } from './calendar-file.ts'
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
  if (pending.replacesId !== null && !replaced) {
    // There is no seat any more that could be taken over.
    await changeState(tx, pending, 'refused')
    await tellOutcome(tx, pending, told, 'refused', training, {}, rules.quietHours, now)
    return { gone: true }
  }
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
    await tellOutcome(tx, pending, told, 'waiting', training, { place }, rules.quietHours, now)
    return { waiting, training, place }
  }
  if (refused) {
    await changeState(tx, pending, 'refused')
    await tellOutcome(tx, pending, told, 'refused-rule', training, {}, rules.quietHours, now)
    return { refused, training }
  }
  if (replaced) {
    await changeState(tx, replaced, 'cancelled', { cancelledAt: now })
    await cancelReminders(tx, replaced.id)
  }
  const confirmed = await changeState(tx, pending, 'confirmed')
  const reminders = await planReminders(tx, { registrationId: pending.id }, rules, now)
  await tellOutcome(tx, confirmed, told, 'confirmed', training, {}, rules.quietHours, now)
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
  await tellOutcome(tx, refused, told, 'refused', found.training, {}, quiet, now, why)
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

type Outcome = 'confirmed' | 'waiting' | 'refused' | 'refused-rule'

/** What the person hears, and the colleague who asked for it: of a substitute, or of a registration. */
const outcomes: Record<Outcome, { person: string; asker: string; askerReplaced: string }> = {
  confirmed: {
    person: 'pending-confirmed',
    asker: 'colleague-confirmed',
    askerReplaced: 'substitute-confirmed',
  },
  waiting: { person: 'pending-waiting', asker: 'colleague-waiting', askerReplaced: 'colleague-waiting' },
  refused: { person: 'pending-refused', asker: 'colleague-refused', askerReplaced: 'substitute-refused' },
  'refused-rule': {
    person: 'pending-refused-rule',
    asker: 'colleague-refused-rule',
    askerReplaced: 'substitute-refused-rule',
  },
}

/** Tells of what became of a pending registration by notices. */
export async function tellOutcome(
  tx: Tx,
  registration: Registration,
  told: Told,
  outcome: Outcome,
  training: FullTraining,
  more: Record<string, string | number>,
  quiet: QuietHours,
  now: Date,
  why: Part[] = [],
): Promise<void> {
  const { name } = await tx.person.findUniqueOrThrow({ where: { id: registration.personId } })
  const facts = { name, title: training.title, code: training.code, number: registration.number, ...more }
  const keys = outcomes[outcome]
  const details =
    outcome === 'confirmed'
      ? [whenLine(training), line('training-place', { venue: training.venue.name })]
      : []
  const asker = registration.replacesId === null ? keys.asker : keys.askerReplaced
  const first = training.sessions[0]
  const tell = async (personId: number, key: string) => {
    const parts: Part[] = [say(key, facts), ...details, ...why]
    return await enqueueNotice(
      tx,
      {
        ...{ personId, content: { parts }, dedupeKey: `${key}/${registration.id}/${personId}` },
        ...(first ? { meeting: first.starts } : {}),
      },
      now,
      quiet,
    )
  }
  // Who was asked by a colleague has applied for nothing that could be turned down.
  const isAsked = outcome === 'refused' && registration.requestedById !== null
  if (told.person) {
    const id = await tell(registration.personId, isAsked ? 'request-over' : keys.person)
    if (id !== undefined && outcome === 'confirmed')
      await enqueueCalendar(tx, registration, training, quiet, now)
  }
  if (told.asker && registration.requestedById) await tell(registration.requestedById, asker)
}

/** Pending registrations of classes that have begun, which end: for `refusePending`. Any hundred of them. */
export async function overduePending(tx: Tx, now: Date): Promise<number[]> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    SELECT r.id FROM registration r
    WHERE r.state = 'pending' AND EXISTS (
      SELECT FROM session s WHERE s.training_code = r.training_code AND s.cancelled_at IS NULL AND s.starts <= ${now})
    ORDER BY random() LIMIT 100`
  return rows.map(({ id }) => id)
}
