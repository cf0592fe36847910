import type { QuietHours } from '../config.ts'
import { contactToTell } from '../contacts/contacts.ts'
import type { Tx } from '../database/client.ts'
import type { Registration } from '../database/generated/client.ts'
import { lockPersons, lockTrainings } from '../database/locks.ts'
import type { OutgoingContent } from '../delivery/content.ts'
import { enqueueNotice } from '../delivery/outbox.ts'
import { isQuiet } from '../delivery/quiet-hours.ts'
import {
  type FullTraining,
  firstStart,
  freeSeats,
  isCalledOff,
  trainingByCode,
} from '../programme/trainings.ts'
import { type PlannedReminder, planReminders, type ReminderRules } from '../reminders/plan.ts'
import { line, say } from '../texts.ts'
import { hour } from '../time.ts'
import { changeState } from './seats.ts'

/** How long an offered seat is held at most. */
const heldFor = 24 * hour
/** So long before the start offers end, and none are made: staff decide. */
const offersEnd = 12 * hour

/** The next number of a training's waiting list; the caller holds the training's lock. */
export async function nextWaitingNumber(tx: Tx, trainingCode: string): Promise<number> {
  const { _max } = await tx.registration.aggregate({ where: { trainingCode }, _max: { waitingNumber: true } })
  return (_max.waitingNumber ?? 0) + 1
}

/** A waiting registration's place, from 1; undefined when it does not wait. */
export async function placeOnList(
  tx: Tx,
  registration: Pick<Registration, 'state' | 'trainingCode' | 'waitingNumber'>,
): Promise<number | undefined> {
  if (registration.state !== 'waitlisted' || registration.waitingNumber === null) return undefined
  const before = await tx.registration.count({
    where: {
      trainingCode: registration.trainingCode,
      state: 'waitlisted',
      waitingNumber: { lt: registration.waitingNumber },
    },
  })
  return before + 1
}

/** How many wait for a training. */
export async function waitingCount(tx: Tx, trainingCode: string): Promise<number> {
  return await tx.registration.count({ where: { trainingCode, state: 'waitlisted' } })
}

/** Until when a seat offered now is held; undefined for a class called off, or too near its start to offer any. */
function offerEnd(training: FullTraining, now: Date): Date | undefined {
  if (isCalledOff(training)) return undefined
  const last = firstStart(training) - offersEnd
  if (last <= now.getTime()) return undefined
  return new Date(Math.min(now.getTime() + heldFor, last))
}

/**
 * Offers a training's free seats to those who wait, in their order; who cannot be reached is passed over and
 * keeps the place (staff's call list). Nothing in quiet hours, and nothing in the last 12 hours before the start.
 * The caller holds the training's lock. Returns how many were offered.
 */
export async function offerFreeSeats(
  tx: Tx,
  trainingCode: string,
  quiet: QuietHours,
  now: Date,
): Promise<number> {
  const training = await trainingByCode(tx, trainingCode)
  const until = training && !isQuiet(now, quiet) ? offerEnd(training, now) : undefined
  if (!training || !until || freeSeats(training) <= 0) return 0
  const waiting = await tx.registration.findMany({
    where: { trainingCode, state: 'waitlisted' },
    orderBy: { waitingNumber: 'asc' },
  })
  let offered = 0
  for (const registration of waiting) {
    if (offered === freeSeats(training)) break
    if (!(await contactToTell(tx, registration.personId, true))) continue
    const changed = await changeState(tx, registration, 'offered', { offeredUntil: until })
    await tellOffer(tx, changed, training, until, now, quiet)
    offered++
  }
  return offered
}

/** The offer as its person is asked; held as long as the registration says. */
export function offerQuestion(
  { id, offeredUntil }: Registration,
  name: string,
  { title, code }: FullTraining,
): OutgoingContent {
  return {
    parts: [
      say('notice-offer', { name, title, code }),
      ...(offeredUntil ? [line('notice-offer-until', { until: offeredUntil.toISOString(), code })] : []),
    ],
    choices: [
      { label: say('choice-take', { code }), value: { offer: id, take: true } },
      { label: say('choice-decline', { code }), value: { offer: id, take: false } },
    ],
  }
}

async function tellOffer(
  tx: Tx,
  registration: Registration,
  training: FullTraining,
  until: Date,
  now: Date,
  quiet: QuietHours,
): Promise<void> {
  const { name } = await tx.person.findUniqueOrThrow({ where: { id: registration.personId } })
  await enqueueNotice(
    tx,
    {
      personId: registration.personId,
      content: offerQuestion(registration, name, training),
      asks: { kind: 'offer', subject: registration.number, deadline: until.toISOString() },
      dedupeKey: `offer/${registration.id}/${until.toISOString()}`,
    },
    now,
    quiet,
  )
}

export type OfferAnswer =
  | { taken: Registration; training: FullTraining; reminders: PlannedReminder[] }
  | { declined: Registration; training: FullTraining }
  /** The offer has lapsed, was answered already, or is not this person's. */
  | { gone: true }

/** Takes or declines the seat offered to a person; a declined one goes to the next who waits. */
export async function answerOffer(
  tx: Tx,
  personId: number,
  registrationId: number,
  take: boolean,
  rules: ReminderRules,
  now: Date,
): Promise<OfferAnswer> {
  const found = await tx.registration.findFirst({ where: { id: registrationId, personId } })
  if (!found) return { gone: true }
  await lockPersons(tx, [personId])
  await lockTrainings(tx, [found.trainingCode])
  const held = await tx.registration.findUniqueOrThrow({ where: { id: registrationId } })
  const training = await trainingByCode(tx, held.trainingCode)
  if (!training || held.state !== 'offered' || !held.offeredUntil || held.offeredUntil <= now)
    return { gone: true }
  if (!take) {
    const declined = await changeState(tx, held, 'cancelled', { cancelledAt: now })
    await offerFreeSeats(tx, held.trainingCode, rules.quietHours, now)
    return { declined, training }
  }
  const taken = await changeState(tx, held, 'confirmed')
  const reminders = await planReminders(tx, { registrationId }, rules, now)
  return { taken, training, reminders }
}

/**
 * Ends the offers of one training whose time is over or whose notice could not be delivered: the former lapse
 * and are told, the latter go back to their place for staff to call. Free seats go to the next who wait.
 */
export async function sweepOffers(
  tx: Tx,
  trainingCode: string,
  rules: ReminderRules,
  now: Date,
): Promise<void> {
  await lockTrainings(tx, [trainingCode])
  const offers = await tx.registration.findMany({ where: { trainingCode, state: 'offered' } })
  for (const offer of offers) {
    if (offer.offeredUntil && offer.offeredUntil <= now) await lapse(tx, offer, rules.quietHours, now)
    else if (await noticeFailed(tx, offer)) await changeState(tx, offer, 'waitlisted')
  }
  await offerFreeSeats(tx, trainingCode, rules.quietHours, now)
}

/**
 * Takes back the offers of a class that was called off: who had one keeps the place on the list. An offer not sent
 * yet is not sent any more. The caller holds the training's lock.
 */
export async function withdrawOffers(tx: Tx, trainingCode: string): Promise<void> {
  const offers = await tx.registration.findMany({ where: { trainingCode, state: 'offered' } })
  for (const offer of offers) {
    await changeState(tx, offer, 'waitlisted')
    await tx.$executeRaw`
      UPDATE outgoing_message SET state = 'cancelled'
      WHERE state = 'queued' AND kind = 'notice' AND starts_with(dedupe_key, ${`offer/${offer.id}/`})`
  }
}

/** No offer is held beyond the start of its class, which may have moved. The caller holds the training's lock. */
export async function endOffersByStart(tx: Tx, trainingCode: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE registration SET offered_until = least(offered_until, (
      SELECT min(starts) FROM session WHERE training_code = ${trainingCode} AND cancelled_at IS NULL))
    WHERE training_code = ${trainingCode} AND state = 'offered'`
}

async function lapse(tx: Tx, offer: Registration, quiet: QuietHours, now: Date): Promise<void> {
  await changeState(tx, offer, 'lapsed')
  const training = await trainingByCode(tx, offer.trainingCode)
  if (!training) return
  await enqueueNotice(
    tx,
    {
      personId: offer.personId,
      content: {
        parts: [say('notice-offer-lapsed', { title: training.title, code: training.code })],
        choices: [{ label: say('choice-register'), value: { asks: 'register', training: training.code } }],
      },
      dedupeKey: `offer-lapsed/${offer.id}/${offer.offeredUntil?.toISOString()}`,
    },
    now,
    quiet,
  )
}

/** Whether every message about this offer has finally failed. */
async function noticeFailed(tx: Tx, offer: Registration): Promise<boolean> {
  const rows = await tx.outgoingMessage.findMany({
    where: { dedupeKey: { startsWith: `offer/${offer.id}/${offer.offeredUntil?.toISOString()}` } },
    select: { state: true },
  })
  return rows.length > 0 && rows.every(({ state }) => state === 'failed')
}

/** Trainings with offers that are over or undeliverable, or with a date, free seats and somebody waiting. */
export async function trainingsToSweep(tx: Tx, now: Date): Promise<string[]> {
  const rows = await tx.$queryRaw<{ code: string }[]>`
    SELECT DISTINCT t.code FROM training t JOIN registration r ON r.training_code = t.code
    WHERE (r.state = 'offered' AND (r.offered_until <= ${now} OR EXISTS (
        SELECT 1 FROM outgoing_message o
        WHERE o.dedupe_key LIKE 'offer/' || r.id || '/%' AND o.state = 'failed')))
      OR (r.state = 'waitlisted' AND t.taken + t.offered < t.capacity
        AND (EXISTS (SELECT FROM session s WHERE s.training_code = t.code AND s.cancelled_at IS NULL)
          OR NOT EXISTS (SELECT FROM session s WHERE s.training_code = t.code)))
    ORDER BY t.code LIMIT 100`
  return rows.map(({ code }) => code)
}
