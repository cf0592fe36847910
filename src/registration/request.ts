import type { QuietHours } from '../config.ts'
import { contactToTell, isReachable } from '../contacts/contacts.ts'
import { Prisma, type Tx } from '../database/client.ts'
import type { Registration } from '../database/generated/client.ts'
import { lockPersons, lockTrainings } from '../database/locks.ts'
import type { OutgoingContent } from '../delivery/content.ts'
import { enqueueNotice, keyBegins } from '../delivery/outbox.ts'
import { type FullTraining, firstStart, trainingByCode } from '../programme/trainings.ts'
import { whenLine } from '../programme/when.ts'
import type { ReminderRules } from '../reminders/plan.ts'
import { line, say } from '../texts.ts'
import { type Confirmed, confirmPending, refusePending, tellOutcome } from './pending.ts'
import { changeState } from './seats.ts'

/**
 * What an officer asked of a colleague: a pending registration of the colleague's, which holds no seat. With
 * `replaces` it takes over the asker's own seat.
 */
export type ColleagueRequest = Registration & {
  person: { id: number; name: string }
  requestedBy: { id: number; name: string }
  training: FullTraining
}

/** Who answers a request: the colleague in a chat, or staff for one whom no contact reaches. */
export type Answerer = 'colleague' | 'staff'

/** Requests that wait for an answer by one of these persons; those for a class that has begun are over. */
export async function requestsTo(tx: Tx, personIds: number[], now: Date): Promise<ColleagueRequest[]> {
  return await openRequests(tx, { personId: { in: personIds } }, now)
}

/** The one of them that came last; undefined when nothing is asked. */
export async function newestRequestTo(
  tx: Tx,
  personId: number,
  now: Date,
): Promise<ColleagueRequest | undefined> {
  return (await requestsTo(tx, [personId], now)).at(-1)
}

/** Requests by this person that wait for an answer. */
export async function requestsBy(tx: Tx, personId: number, now: Date): Promise<ColleagueRequest[]> {
  return await openRequests(tx, { requestedById: personId }, now)
}

async function openRequests(
  tx: Tx,
  where: { personId: { in: number[] } } | { requestedById: number },
  now: Date,
): Promise<ColleagueRequest[]> {
  const rows = await tx.registration.findMany({
    where: { AND: [where, { state: 'pending', requestedById: { not: null } }] },
    include: { person: true, requestedBy: true },
    orderBy: { id: 'asc' },
  })
  const open: ColleagueRequest[] = []
  for (const row of rows) {
    const training = await trainingByCode(tx, row.trainingCode)
    const { requestedBy } = row
    if (training && requestedBy && firstStart(training) > now.getTime())
      open.push({ ...row, requestedBy, training })
  }
  return open
}

/** By whom a request to this person is answered. */
export async function answererOf(tx: Tx, personId: number): Promise<Answerer> {
  return (await contactToTell(tx, personId, true)) ? 'colleague' : 'staff'
}

const questionKey = (registrationId: number): string => `request/${registrationId}/`

/** Asks the colleague on the one contact that reaches them; returns who is to answer. */
export async function askColleague(
  tx: Tx,
  registration: Registration,
  training: FullTraining,
  quiet: QuietHours,
  now: Date,
): Promise<Answerer> {
  const { personId, requestedById } = registration
  const person = await tx.person.findUniqueOrThrow({ where: { id: personId } })
  const requestedBy = await tx.person.findUniqueOrThrow({ where: { id: requestedById ?? 0 } })
  const first = training.sessions[0]
  const told = await enqueueNotice(
    tx,
    {
      personId,
      content: requestQuestion(
        { ...registration, person, requestedBy, training },
        await sharesPhone(tx, personId),
      ),
      asks: {
        kind: 'request',
        subject: registration.number,
        deadline: (first?.starts ?? training.wave.closes).toISOString(),
      },
      dedupeKey: `${questionKey(registration.id)}${personId}`,
      ...(first ? { meeting: first.starts } : {}),
    },
    now,
    quiet,
  )
  return told === undefined ? 'staff' : 'colleague'
}

async function sharesPhone(tx: Tx, personId: number): Promise<boolean> {
  const phone = (await contactToTell(tx, personId, true))?.phone
  return phone ? (await tx.personPhone.count({ where: { phone } })) > 1 : false
}

/** What the colleague is asked: by whom, for what, when, where; on a phone that several share the choices name them. */
export function requestQuestion(request: ColleagueRequest, shared: boolean): OutgoingContent {
  const { person, requestedBy, training } = request
  const facts = { name: person.name, asker: requestedBy.name }
  const label = { name: person.name, shared: shared ? 'yes' : 'no' }
  return {
    parts: [
      request.replacesId === null ? say('request-register', facts) : say('request-substitute', facts),
      say('training-head', { title: training.title, code: training.code }),
      whenLine(training),
      line('training-place', { venue: training.venue.name }),
      say('request-how', { code: training.code }),
      ...(shared ? [line('request-by-whom', { name: person.name })] : []),
    ],
    choices: [
      { label: say('choice-request-yes', label), value: { request: request.id, agrees: true } },
      { label: say('choice-request-no', label), value: { request: request.id, agrees: false } },
    ],
  }
}

export type RequestAnswer = Confirmed | { declined: Registration; training: FullTraining }

/**
 * The colleague's own answer; `gone` when it is not theirs or was taken back. The asker hears of it by a notice,
 * unless both speak on the contact of this id.
 */
export async function answerRequest(
  tx: Tx,
  given: { personId: number; registrationId: number; agrees: boolean; contactId: number },
  rules: ReminderRules,
  now: Date,
): Promise<RequestAnswer> {
  const { personId, registrationId } = given
  const found = await tx.registration.findFirst({
    where: { id: registrationId, personId, requestedById: { not: null } },
  })
  const training = found && (await trainingByCode(tx, found.trainingCode))
  if (!found?.requestedById || !training) return { gone: true }
  const asker = await contactToTell(tx, found.requestedById, true)
  const told = { person: false, asker: asker?.id !== given.contactId }
  if (given.agrees) return await confirmPending(tx, registrationId, told, rules, now)
  const declined = await refusePending(tx, registrationId, told, rules.quietHours, now)
  return declined ? { declined, training } : { gone: true }
}

/** Takes back what a person asked of a colleague, who is told if they had heard of it. Undefined: it was not open. */
export async function withdrawRequest(
  tx: Tx,
  askerId: number,
  registrationId: number,
  quiet: QuietHours,
  now: Date,
): Promise<Registration | undefined> {
  const found = await tx.registration.findFirst({ where: { id: registrationId, requestedById: askerId } })
  if (!found) return undefined
  await lockPersons(tx, [askerId, found.personId])
  await lockTrainings(tx, [found.trainingCode])
  const held = await tx.registration.findUniqueOrThrow({ where: { id: registrationId } })
  return held.state === 'pending' ? await endRequest(tx, held, quiet, now) : undefined
}

/** Ends the open requests for the seat of this registration; the caller holds the training's lock. */
export async function endRequestsFor(
  tx: Tx,
  registrationId: number,
  quiet: QuietHours,
  now: Date,
): Promise<void> {
  const open = await tx.registration.findMany({ where: { replacesId: registrationId, state: 'pending' } })
  for (const request of open) await endRequest(tx, request, quiet, now)
}

async function endRequest(
  tx: Tx,
  request: Registration,
  quiet: QuietHours,
  now: Date,
): Promise<Registration> {
  const ended = await changeState(tx, request, 'cancelled', { cancelledAt: now })
  const training = await trainingByCode(tx, request.trainingCode)
  if ((await takeBackQuestion(tx, request.id)) && training) {
    const { name } = await tx.person.findUniqueOrThrow({ where: { id: request.personId } })
    const first = training.sessions[0]
    await enqueueNotice(
      tx,
      {
        personId: request.personId,
        content: { parts: [say('request-ended', { name, title: training.title, code: training.code })] },
        dedupeKey: `request-ended/${request.id}`,
        ...(first ? { meeting: first.starts } : {}),
      },
      now,
      quiet,
    )
  }
  return ended
}

/** Whether the question has been put to the colleague. */
export async function wasAsked(tx: Tx, registrationId: number): Promise<boolean> {
  return (
    (await tx.outgoingMessage.count({ where: { dedupeKey: { startsWith: questionKey(registrationId) } } })) >
    0
  )
}

/** The question is not sent any more if it still waits; returns whether the colleague may have read it. */
async function takeBackQuestion(tx: Tx, registrationId: number): Promise<boolean> {
  const question = { dedupeKey: { startsWith: questionKey(registrationId) } }
  await tx.outgoingMessage.updateMany({
    where: { ...question, state: 'queued', attempts: 0 },
    data: { state: 'cancelled' },
  })
  const heard = await tx.outgoingMessage.count({
    where: { ...question, state: { notIn: ['cancelled', 'failed', 'expired'] } },
  })
  return heard > 0
}

/**
 * What else ends with a registration that was given up: requests for its seat, or the request that it was, of
 * which the asker hears. `held` is as it was before; the caller holds the training's lock.
 */
export async function endWhatHangsOn(
  tx: Tx,
  held: Registration,
  quiet: QuietHours,
  now: Date,
): Promise<void> {
  await endRequestsFor(tx, held.id, quiet, now)
  if (held.state !== 'pending' || held.requestedById === null) return
  await takeBackQuestion(tx, held.id)
  const training = await trainingByCode(tx, held.trainingCode)
  if (training)
    await tellOutcome(tx, held, { person: false, asker: true }, 'refused', training, {}, quiet, now)
}

/**
 * Requests whose colleague could not be reached after all, and of which the asker, who can be reached, was not told
 * yet: for `tellLeftToStaff`. Any hundred of them. (Whoever writes EXISTS has PostgreSQL expect one soon, and read all.)
 */
export async function unreachedRequests(tx: Tx): Promise<number[]> {
  const id = Prisma.sql`r.id`
  const rows = await tx.$queryRaw<{ id: number }[]>`
    SELECT r.id FROM registration r
    WHERE r.state = 'pending' AND ${isReachable(Prisma.sql`r.requested_by_id`)}
      AND (SELECT bool_and(o.state = 'failed') FROM outgoing_message o WHERE ${keyBegins('request', id)})
      AND (SELECT count(*) FROM outgoing_message o WHERE ${keyBegins('request-unreached', id)}) = 0
    ORDER BY random() LIMIT 100`
  return rows.map(({ id }) => id)
}

/** Tells who asked that the colleague does not answer in the chat and staff see to it; once a request. */
export async function tellLeftToStaff(
  tx: Tx,
  registrationId: number,
  quiet: QuietHours,
  now: Date,
): Promise<void> {
  const request = await tx.registration.findUnique({
    where: { id: registrationId },
    include: { person: true, training: true },
  })
  if (!request?.requestedById || request.state !== 'pending') return
  const facts = { name: request.person.name, title: request.training.title }
  await enqueueNotice(
    tx,
    {
      personId: request.requestedById,
      content: { parts: [say('request-unreached', facts)] },
      dedupeKey: `request-unreached/${registrationId}`,
    },
    now,
    quiet,
  )
}
