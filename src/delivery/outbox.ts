import type { QuietHours } from '../config.ts'
import { contactToTell } from '../contacts/contacts.ts'
import { Prisma, type Tx } from '../database/client.ts'
import type { OutgoingKind } from '../database/generated/enums.ts'
import { channelOf } from '../database/notify.ts'
import { hour, later } from '../time.ts'
import type { OpenQuestion, OutgoingContent } from './content.ts'
import { nextAllowed } from './quiet-hours.ts'

export type NewOutgoing = {
  contact: { id: number; channel: string }
  kind: OutgoingKind
  content: OutgoingContent
  dueAt: Date
  expiresAt?: Date
  replyToId?: number
  /** The reminder that it puts into words. */
  reminderId?: number
  asks?: OpenQuestion
  /** When it was written, by the clock of who writes it; the database's if not said. */
  createdAt?: Date
  /** The hand-over of which it tells staff: it is deleted with that. */
  handOverId?: number
  /** Whom it concerns; several persons where they share the contact. */
  personIds?: number[]
  /** The broadcast, or the staff member, whose words it holds. */
  broadcastId?: number
  staffId?: number
  /** The message to another contact that failed for good, and of which this is the second try. */
  replacesId?: number
  /** The same event is told to one contact once: a second row with this key is not written. */
  dedupeKey?: string
}

/**
 * Writes a message to be sent, in the transaction of the event that it tells of, and wakes the process that
 * hosts its channel when that commits. Returns its id, or undefined if its dedupe key was there already.
 */
export async function enqueue(tx: Tx, message: NewOutgoing): Promise<number | undefined> {
  const [written] = await enqueueAll(tx, [message])
  return written?.id
}

/** The same for many, in order, in one statement. Returns the rows that were written. */
export async function enqueueAll(
  tx: Tx,
  messages: NewOutgoing[],
): Promise<{ id: number; contactId: number; channel: string }[]> {
  if (messages.length === 0) return []
  return await tx.$queryRaw<{ id: number; contactId: number; channel: string }[]>`
    WITH o AS (
      INSERT INTO outgoing_message (contact_id, channel, kind, content, due_at, expires_at, reply_to_id, reminder_id, asks,
        created_at, hand_over_id, person_ids, broadcast_id, staff_id, replaces_id, dedupe_key)
      SELECT "contactId", channel, kind::"OutgoingKind", content, "dueAt", "expiresAt", "replyToId", "reminderId", asks,
        coalesce("createdAt", now()), "handOverId", coalesce("personIds", '{}'), "broadcastId", "staffId", "replacesId", "dedupeKey"
      FROM ROWS FROM (jsonb_to_recordset(${JSON.stringify(messages.map(rowOf))}::jsonb) AS (
        "contactId" int, channel text, kind text, content jsonb, "dueAt" timestamptz, "expiresAt" timestamptz, "replyToId" int,
        "reminderId" int, asks jsonb, "createdAt" timestamptz, "handOverId" int, "personIds" int[], "broadcastId" int,
        "staffId" int, "replacesId" int, "dedupeKey" text)) WITH ORDINALITY
      ORDER BY ordinality
      ON CONFLICT DO NOTHING RETURNING id, channel, contact_id)
    SELECT id, channel, contact_id AS "contactId",
      pg_notify(${channelOf('outgoing')}, concat_ws(' ', channel, id, contact_id))::text AS told
    FROM o ORDER BY id`
}

function rowOf({ contact, ...message }: NewOutgoing) {
  return { contactId: contact.id, channel: contact.channel, ...message }
}

/**
 * SQL: whether the key of the outgoing row `o` begins with a kind and an id, such as `offer/7/`. It is a range, since
 * LIKE with a text that differs from row to row reads them all; the column's collation, C, puts `0` right after `/`.
 */
export const keyBegins = (kind: string, id: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`o.dedupe_key >= ${`${kind}/`} || ${id} || '/' AND o.dedupe_key < ${`${kind}/`} || ${id} || '0'`

/** A notice about a meeting this near goes at once, in quiet hours too. */
export const urgent = 24 * hour

/** When a notice goes out: after the quiet hours, but at once if it is about a meeting within 24 hours. */
export function noticeDue(meeting: Date | undefined, now: Date, quiet: QuietHours): Date {
  return meeting !== undefined && meeting <= later(now, urgent) ? now : nextAllowed(now, quiet)
}

/**
 * Tells a person of something that concerns a seat of their own, on the one contact that reaches them. Outside
 * of quiet hours, unless it is about a meeting within 24 hours. Returns the outgoing row's id, or undefined if
 * the person cannot be reached or was told already.
 */
export async function enqueueNotice(
  tx: Tx,
  notice: {
    personId: number
    content: OutgoingContent
    dedupeKey: string
    /** The start of the meeting that it is about. */
    meeting?: Date
    asks?: OpenQuestion
  },
  now: Date,
  quiet: QuietHours,
): Promise<number | undefined> {
  const contact = await contactToTell(tx, notice.personId, true)
  if (!contact) return undefined
  return await enqueue(tx, {
    contact,
    kind: 'notice',
    content: { ...notice.content, meeting: notice.meeting?.toISOString() ?? null },
    personIds: [notice.personId],
    ...{ dueAt: noticeDue(notice.meeting, now, quiet), createdAt: now },
    dedupeKey: `${notice.dedupeKey}/${contact.id}`,
    ...(notice.asks ? { asks: notice.asks } : {}),
  })
}
