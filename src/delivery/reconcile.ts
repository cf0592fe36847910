import type { Tx } from '../database/client.ts'
import { hour, later } from '../time.ts'

/** An answer so old answers nothing any more: who asked has asked again, or elsewhere. */
const answerHolds = 24 * hour
/** How many rows one sweep expires at most. */
const batch = 1_000

/**
 * Ends what an outage has made pointless, a bounded number at a time: what is past its own time, questions past their
 * deadline, answers older than a day. Everything else that is due goes out late. Returns how many have expired.
 */
export async function expireStale(tx: Tx, channels: string[], now: Date): Promise<number> {
  return await tx.$executeRaw`
    UPDATE outgoing_message SET state = 'expired' WHERE state = 'queued' AND id IN (
      SELECT id FROM outgoing_message
      WHERE state = 'queued' AND channel = ANY(${channels}) AND due_at <= ${now} AND (
        expires_at <= ${now} OR (asks->>'deadline')::timestamptz <= ${now}
        OR (kind = 'reply' AND created_at < ${later(now, -answerHolds)}))
      ORDER BY due_at LIMIT ${batch})`
}
