import type { QuietHours } from '../config.ts'
import { contactToTell, isReachable } from '../contacts/contacts.ts'
import { Prisma, type Tx } from '../database/client.ts'
import type { Registration } from '../database/generated/client.ts'
import { lockPersons, lockTrainings } from '../database/locks.ts'
import type { OutgoingContent } from '../delivery/content.ts'
import { enqueueNotice, keyBegins } from '../delivery/outbox.ts'
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
import { hour, later, second } from '../time.ts'
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
 * @param passOver ids of registrations that are offered nothing this time
 */
export async function offerFreeSeats(
  tx: Tx,
  trainingCode: string,
  quiet: QuietHours,
  now: Date,
  passOver: ReadonlySet<number> = new Set(),
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
    if (passOver.has(registration.id) || !(await contactToTell(tx, registration.personId, true))) continue
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
  const unheard = new Set<number>()
  for (const offer of offers) {
    if (offer.offeredUntil && offer.offeredUntil <= now) await lapse(tx, offer, rules.quietHours, now)
    else if (await noticeFailed(tx, offer)) {
      await changeState(tx, offer, 'waitlisted')
      unheard.add(offer.id)
    }
  }
  await offerFreeSeats(tx, trainingCode, rules.quietHours, now, unheard)
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

/** No offer is held longer than until 12 hours before the start of its class, which may have moved. The caller holds the training's lock. */
export async function endOffersByStart(tx: Tx, trainingCode: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE registration SET offered_until = least(offered_until, (
      SELECT min(starts) - make_interval(secs => ${offersEnd / second}) FROM session WHERE training_code = ${trainingCode} AND cancelled_at IS NULL))
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

/** Whether the message about this offer will never arrive: the newest, since a seat may be offered anew. */
async function noticeFailed(tx: Tx, offer: Registration): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ failed: boolean }[]>`
    SELECT ${unheard(Prisma.sql`${offer.id}::int`)} AS failed`
  return row?.failed ?? false
}

/**
 * SQL: whether the newest notice of the offer to this registration did not arrive and never will. With ORDER BY and
 * LIMIT the outbox would be read backwards by its ids.
 */
const unheard = (registrationId: Prisma.Sql): Prisma.Sql => Prisma.sql`coalesce((
  SELECT (array_agg(o.state::text ORDER BY o.id DESC))[1] IN ('failed', 'cancelled', 'expired')
  FROM outgoing_message o WHERE ${keyBegins('offer', registrationId)}), false)`

const trainingsASweep = 100

/**
 * Trainings in which `sweepOffers` has something to do: offers that are over or whose notice did not arrive, or a
 * free seat and somebody to offer it to. Any hundred of them, so that none is always left behind.
 */
export async function trainingsToSweep(tx: Tx, quiet: QuietHours, now: Date): Promise<string[]> {
  const rows = await tx.$queryRaw<{ code: string }[]>`
    SELECT t.code FROM training t
    WHERE EXISTS (SELECT FROM registration r WHERE r.training_code = t.code AND r.state = 'offered'
        AND (r.offered_until <= ${now} OR ${unheard(Prisma.sql`r.id`)}))
      OR (NOT ${isQuiet(now, quiet)} AND t.taken + t.offered < t.capacity
        AND EXISTS (SELECT FROM registration r
          WHERE r.training_code = t.code AND r.state = 'waitlisted' AND ${isReachable(Prisma.sql`r.person_id`)})
        AND (NOT EXISTS (SELECT FROM session s WHERE s.training_code = t.code)
          OR (SELECT min(s.starts) FROM session s WHERE s.training_code = t.code AND s.cancelled_at IS NULL)
            > ${later(now, offersEnd)}))
    ORDER BY random() LIMIT ${trainingsASweep}`
  return rows.map(({ code }) => code).sort()
}
