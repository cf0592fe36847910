import { contactToTell } from '../contacts/contacts.ts'
import type { Tx } from '../database/client.ts'
import { enqueue } from '../delivery/outbox.ts'
import { line, say } from '../texts.ts'
import { later } from '../time.ts'

/** A job may come a moment early; a reminder is not sent earlier than so many ms before it is due. */
const early = 500

type Due = {
  dueAt: Date
  personId: number
  personName: string
  number: string
  trainingTitle: string
  sessionTitle: string
  starts: Date
  ends: Date
  venueName: string
  address: string
}

/**
 * Writes the message of a reminder that has become due. One conditional UPDATE claims it and checks again that
 * registration and session still hold, so that it goes out once, whoever fires it. Returns the contact to which
 * something is to be sent now; undefined when it no longer holds, is not due yet, or nobody can be reached.
 */
export async function fireReminder(
  tx: Tx,
  reminderId: number,
  now: Date,
): Promise<{ contactId: number; dueAt: Date } | undefined> {
  const [due] = await tx.$queryRaw<Due[]>`
    UPDATE reminder m SET state = 'fired'
    FROM registration r, session s, training t, venue v, person p
    WHERE m.id = ${reminderId} AND m.state = 'planned' AND m.due_at <= ${later(now, early)}
      AND r.id = m.registration_id AND r.state = 'confirmed' AND p.id = r.person_id
      AND s.id = m.session_id AND s.starts > ${now} AND s.cancelled_at IS NULL
      AND t.code = s.training_code AND t.code = r.training_code AND v.id = t.venue_id
    RETURNING m.due_at AS "dueAt", p.id AS "personId", p.name AS "personName", r.number, t.title AS "trainingTitle",
      s.title AS "sessionTitle", s.starts, s.ends, v.name AS "venueName", v.address`
  if (!due) {
    await expireBegun(tx, reminderId, now)
    return undefined
  }
  const contact = await contactToTell(tx, due.personId, false)
  if (!contact) return undefined
  const facts = {
    name: due.personName,
    training: due.trainingTitle,
    session: due.sessionTitle,
    starts: due.starts.toISOString(),
    ends: due.ends.toISOString(),
    venue: due.venueName,
    address: due.address,
    number: due.number,
  }
  await enqueue(tx, {
    contact,
    kind: 'reminder',
    personIds: [due.personId],
    content: {
      parts: [say('reminder', facts), line('reminder-place', facts), say('reminder-cannot-come', facts)],
    },
    dueAt: now,
    expiresAt: due.starts,
    dedupeKey: `reminder/${reminderId}/${due.starts.toISOString()}`,
    reminderId,
  })
  return { contactId: contact.id, dueAt: due.dueAt }
}

/** A reminder whose session has begun is never sent late. */
async function expireBegun(tx: Tx, reminderId: number, now: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE reminder m SET state = 'expired' FROM session s
    WHERE m.id = ${reminderId} AND m.state = 'planned' AND s.id = m.session_id AND s.starts <= ${now}`
}

/** Ids of reminders that are due and were not fired by their job. */
export async function overdueReminders(tx: Tx, now: Date): Promise<number[]> {
  const rows = await tx.reminder.findMany({
    where: { state: 'planned', dueAt: { lte: now } },
    select: { id: true },
    orderBy: { dueAt: 'asc' },
    take: 500,
  })
  return rows.map(({ id }) => id)
}
