import { whyNotSql } from '../contacts/reach.ts'
import { Prisma, type Tx } from '../database/client.ts'
import { type BroadcastRules, byContact, cooperativesOf, meantSql } from './reach.ts'

/**
 * Writes down whom a broadcast is for, each with the contact to which it goes or why there is none; they do not change
 * after. The caller holds its lock. Returns how many.
 */
export async function writeRecipients(
  tx: Tx,
  broadcast: { id: number; audience: string },
  rules: BroadcastRules,
  now: Date,
): Promise<number> {
  const meant = await meantSql(tx, broadcast.audience, rules, now)
  return await tx.$executeRaw`
    INSERT INTO broadcast_recipient (broadcast_id, person_id, contact_id, left_out)
    SELECT ${broadcast.id}, m.person_id, m.contact_id, m.left_out FROM (${meant}) m`
}

export type Recipient = { personId: number; name: string; cooperatives: string[] }

/** A contact that is next, with those for whom its message is. */
export type Next = {
  contactId: number
  channel: string /** Number of its message in this broadcast, from 0. */
  number: number
  persons: Recipient[]
}

type Row = Recipient & { contactId: number; channel: string; number: number; why: string | null }

/**
 * The next contacts of a broadcast without a message, at most so many. Who said STOP, blocked the bot or lost the number
 * since the recipients were written down is left out now. The caller holds the broadcast's lock.
 */
export async function nextRecipients(tx: Tx, broadcastId: number, count: number): Promise<Next[]> {
  const contacts = await tx.$queryRaw<{ id: number }[]>`
    SELECT contact_id AS id FROM broadcast_recipient
    WHERE broadcast_id = ${broadcastId} AND outgoing_id IS NULL AND contact_id IS NOT NULL
    GROUP BY contact_id ORDER BY contact_id LIMIT ${count}`
  const rows = await tx.$queryRaw<Row[]>`
    SELECT r.contact_id AS "contactId", c.channel, r.person_id AS "personId", p.name,
      ${cooperativesOf} AS cooperatives, ${nextNumber} AS number,
      coalesce(${whyNotSql}, CASE WHEN NOT EXISTS (
        SELECT FROM person_phone n WHERE n.person_id = p.id AND n.phone = c.phone) THEN 'unlinked' END) AS why
    FROM broadcast_recipient r JOIN contact c ON c.id = r.contact_id JOIN person p ON p.id = r.person_id
    WHERE r.broadcast_id = ${broadcastId} AND r.outgoing_id IS NULL
      AND r.contact_id = ANY(${contacts.map(({ id }) => id)})
    ORDER BY r.contact_id, r.person_id FOR UPDATE OF r`
  await leaveOut(tx, broadcastId, rows)
  return byContact(rows.filter(({ why }) => why === null)).map(({ contactId, persons }) => ({
    ...{ contactId, persons },
    ...{ channel: persons[0]?.channel ?? '', number: persons[0]?.number ?? 0 },
  }))
}

/** SQL: the number of a contact's next message in a broadcast; a message that is sent once more has a number of its own. */
const nextNumber = Prisma.sql`(
  SELECT coalesce(max(split_part(o.dedupe_key, '/', 4)::int) + 1, 0) FROM outgoing_message o
  WHERE o.broadcast_id = r.broadcast_id AND o.contact_id = r.contact_id
    AND starts_with(o.dedupe_key, 'broadcast/'))`

async function leaveOut(tx: Tx, broadcastId: number, rows: Row[]): Promise<void> {
  const left = rows.filter(({ why }) => why !== null)
  if (left.length === 0) return
  await tx.$executeRaw`
    UPDATE broadcast_recipient r SET contact_id = NULL, left_out = l.why
    FROM unnest(${left.map(({ personId }) => personId)}::int[], ${left.map(({ why }) => why)}::text[]) AS l(person, why)
    WHERE r.broadcast_id = ${broadcastId} AND r.person_id = l.person`
}

/** Notes which message is whose. */
export async function noteMessages(
  tx: Tx,
  broadcastId: number,
  messages: { id: number; personId: number }[],
): Promise<void> {
  await tx.$executeRaw`
    UPDATE broadcast_recipient r SET outgoing_id = m.id
    FROM unnest(${messages.map(({ id }) => id)}::int[], ${messages.map(({ personId }) => personId)}::int[])
      AS m(id, person)
    WHERE r.broadcast_id = ${broadcastId} AND r.person_id = m.person`
}
