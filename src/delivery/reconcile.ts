import { Prisma, type Tx } from '../database/client.ts'
import { hour, later } from '../time.ts'

/** An answer that has waited so long answers nothing any more: who asked has asked again, or elsewhere. */
const answerHolds = 24 * hour
/** How many rows one sweep expires at most; what is left is looked at before it would be sent. */
const batch = 1_000

/** SQL: whether the waiting row `o` is past its own time, past the deadline of its question, or an answer a day late. */
export const isStale = (now: Date): Prisma.Sql => Prisma.sql`((
  o.expires_at <= ${now} OR (o.asks->>'deadline')::timestamptz <= ${now}
  OR (o.kind = 'reply' AND o.due_at < ${later(now, -answerHolds)})) IS TRUE)`

/**
 * Ends what an outage has made pointless, a bounded number at a time. Everything else that is due goes out late. Returns
 * how many have expired.
 */
export async function expireStale(tx: Tx, channels: string[], now: Date): Promise<number> {
  return await tx.$executeRaw`
    UPDATE outgoing_message SET state = 'expired' WHERE state = 'queued' AND id IN (
      SELECT o.id FROM outgoing_message o
      WHERE o.state = 'queued' AND o.channel = ANY(${channels}) AND o.due_at <= ${now} AND ${isStale(now)}
      ORDER BY o.due_at LIMIT ${batch})`
}

/** The same for one contact, before anything is sent to it. */
export async function expireStaleOf(tx: Tx, contactId: number, now: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE outgoing_message o SET state = 'expired'
    WHERE o.contact_id = ${contactId} AND o.state = 'queued' AND ${isStale(now)}`
}
