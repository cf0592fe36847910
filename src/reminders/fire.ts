import { contactToTell } from '../contacts/contacts.ts'
import type { Tx } from '../database/client.ts'
import type { Choice, OpenQuestion } from '../delivery/content.ts'
import { enqueue } from '../delivery/outbox.ts'
import { heldUp, nextAllowed } from '../delivery/quiet-hours.ts'
import { line, type Part, say } from '../texts.ts'
import { later } from '../time.ts'
import type { PlannedReminder, ReminderRules } from './plan.ts'
import { askingOffset, chosenOffsets } from './settings.ts'

/** A job may come a moment early; a reminder is not sent earlier than so many ms before it is due. */
const early = 500

type Due = {
  dueAt: Date
  offset: string
  registrationId: number
  sessionId: number
  personId: number
  personName: string
  number: string
  trainingTitle: string
  sessionTitle: string
  starts: Date
  ends: Date
  venueName: string
  address: string
  /** Whether they have said already that they come. */
  comes: boolean
}

/**
 * Writes the message of a reminder that has become due. One conditional UPDATE claims it and checks again that
 * registration and session still hold, so that it goes out once, whoever fires it. Returns the contact to which
 * something is to be sent now; undefined when it no longer holds, is not due yet, or nobody can be reached.
 */
export async function fireReminder(
  tx: Tx,
  reminderId: number,
  rules: ReminderRules,
  now: Date,
): Promise<{ contactId: number; dueAt: Date } | undefined> {
  await expireLate(tx, reminderId, now)
  const [due] = await tx.$queryRaw<Due[]>`
    UPDATE reminder m SET state = 'fired'
    FROM registration r, session s, training t, venue v, person p
    WHERE m.id = ${reminderId} AND m.state = 'planned' AND m.due_at <= ${later(now, early)}
      AND r.id = m.registration_id AND r.state = 'confirmed' AND p.id = r.person_id
      AND s.id = m.session_id AND s.starts > ${now} AND s.cancelled_at IS NULL
      AND t.code = s.training_code AND t.code = r.training_code AND v.id = t.venue_id
    RETURNING m.due_at AS "dueAt", m."offset", r.id AS "registrationId", s.id AS "sessionId", p.id AS "personId",
      p.name AS "personName", r.number, t.title AS "trainingTitle", s.title AS "sessionTitle", s.starts, s.ends,
      v.name AS "venueName", v.address,
      EXISTS (SELECT FROM coming_answer a WHERE a.registration_id = r.id AND a.session_id = s.id
        AND a.starts = s.starts AND a.comes) AS comes`
  if (!due) {
    await cancelPointless(tx, reminderId, now)
    return undefined
  }
  const contact = await contactToTell(tx, due.personId, false)
  if (!contact) return undefined
  const isLate = now.getTime() - due.dueAt.getTime() > heldUp
  const dueAt = isLate ? nextAllowed(now, rules.quietHours) : now
  const question = (await asks(tx, due, rules)) ? await comingQuestion(tx, due, contact.phone) : undefined
  await enqueue(tx, {
    contact,
    kind: 'reminder',
    personIds: [due.personId],
    content: {
      parts: [...reminderParts(due), ...(question?.parts ?? [say('reminder-cannot-come', factsOf(due))])],
      ...(question ? { choices: question.choices } : {}),
    },
    ...{ dueAt, createdAt: now, expiresAt: due.starts },
    dedupeKey: `reminder/${reminderId}/${due.starts.toISOString()}/${contact.id}`,
    reminderId,
    ...(question ? { asks: question.asks } : {}),
  })
  return { contactId: contact.id, dueAt: due.dueAt }
}

function factsOf(due: Due) {
  return {
    name: due.personName,
    training: due.trainingTitle,
    session: due.sessionTitle,
    starts: due.starts.toISOString(),
    ends: due.ends.toISOString(),
    venue: due.venueName,
    address: due.address,
    number: due.number,
  }
}

function reminderParts(due: Due): Part[] {
  const facts = factsOf(due)
  return [say('reminder', facts), line('reminder-place', facts)]
}

/** The reminder of a day before asks whether they come, unless they have said that they do. */
async function asks(tx: Tx, { personId, offset, comes }: Due, rules: ReminderRules): Promise<boolean> {
  const own = (await chosenOffsets(tx, [personId])).get(personId)
  return !comes && offset === askingOffset(own ?? rules.reminderOffsets)
}

/** "Bapak/Ibu hadir?", with choices that name the person where several share the phone. */
async function comingQuestion(
  tx: Tx,
  due: Due,
  phone: string | null,
): Promise<{ parts: Part[]; choices: Choice[]; asks: OpenQuestion }> {
  const isShared = phone !== null && (await tx.personPhone.count({ where: { phone } })) > 1
  const facts = { name: due.personName, shared: isShared ? 'yes' : 'no' }
  const { registrationId, sessionId } = due
  return {
    parts: [say('reminder-comes', facts)],
    choices: [true, false].map((comes) => ({
      label: say(comes ? 'choice-comes' : 'choice-comes-not', facts),
      value: { coming: registrationId, session: sessionId, comes },
    })),
    asks: { kind: 'reminder', subject: due.number, deadline: due.starts.toISOString() },
  }
}

/**
 * A reminder whose session has begun is never sent late, nor one that is late after a later one of the same session has
 * become due as well: that one says all.
 */
async function expireLate(tx: Tx, reminderId: number, now: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE reminder m SET state = 'expired' FROM session s
    WHERE m.id = ${reminderId} AND m.state = 'planned' AND s.id = m.session_id AND (s.starts <= ${now}
      OR EXISTS (SELECT FROM reminder n WHERE n.registration_id = m.registration_id AND n.session_id = m.session_id
        AND n.due_at > m.due_at AND n.due_at <= ${now} AND n.state IN ('planned', 'fired')))`
}

/** One that is due and holds no longer is not looked at again and again, before those that do. */
async function cancelPointless(tx: Tx, reminderId: number, now: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE reminder m SET state = 'cancelled'
    WHERE m.id = ${reminderId} AND m.state = 'planned' AND m.due_at <= ${now} AND NOT EXISTS (
      SELECT FROM registration r JOIN session s ON s.id = m.session_id AND s.training_code = r.training_code
      WHERE r.id = m.registration_id AND r.state = 'confirmed' AND s.cancelled_at IS NULL)`
}

/** Ids of reminders that are due and were not fired by their job, the oldest first. */
export async function overdueReminders(tx: Tx, now: Date): Promise<number[]> {
  const rows = await tx.reminder.findMany({
    where: { state: 'planned', dueAt: { lte: now } },
    select: { id: true },
    orderBy: { dueAt: 'asc' },
    take: 500,
  })
  return rows.map(({ id }) => id)
}

const jobsAtOnce = 500

/**
 * Planned reminders that become due before `until`, the next ones first, a batch at a time: for their jobs, which may
 * have been lost. `after` is the last one of the batch before.
 */
export async function remindersBefore(
  tx: Tx,
  until: Date,
  after?: PlannedReminder,
): Promise<PlannedReminder[]> {
  const last = after ?? { id: 0, dueAt: new Date(0) }
  return await tx.$queryRaw<PlannedReminder[]>`
    SELECT id, due_at AS "dueAt" FROM reminder
    WHERE state = 'planned' AND due_at < ${until} AND (due_at, id) > (${last.dueAt}, ${last.id})
    ORDER BY due_at, id LIMIT ${jobsAtOnce}`
}
