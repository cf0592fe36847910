import type { QuietHours } from '../config.ts'
import type { Tx } from '../database/client.ts'
import type { OutgoingKind } from '../database/generated/enums.ts'
import { later, minute, second } from '../time.ts'
import { urgent } from './outbox.ts'
import { heldUp, isQuiet, nextAllowed } from './quiet-hours.ts'

/** A form in which the officer wrote so recently, in ms, is one that they are in the middle of. */
const formLasts = 10 * minute
/** And for so long a broadcast waits for it at most. */
const longestWait = 10 * minute
/** When it is looked at again. */
const lookAgain = 30 * second

/** What is written down of a broadcast's message that was not sent because its contact said STOP. */
export const stoppedReason = 'stopped'

/** Keeps from a contact what must not go to it now. Called right before its next message, of this kind, is claimed. */
export async function withhold(
  tx: Tx,
  contactId: number,
  kind: OutgoingKind,
  quiet: QuietHours,
  now: Date,
): Promise<void> {
  if (kind === 'broadcast') await withholdBroadcasts(tx, contactId, now)
  if ((kind === 'notice' || kind === 'reminder') && isQuiet(now, quiet))
    await untilMorning(tx, contactId, nextAllowed(now, quiet), now)
}

/** What has been waiting since before the quiet hours, because of an outage, waits for their end if it can. */
async function untilMorning(tx: Tx, contactId: number, morning: Date, now: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE outgoing_message SET due_at = ${morning}
    WHERE contact_id = ${contactId} AND state = 'queued' AND due_at <= ${now} AND created_at < ${later(now, -heldUp)}
      AND (kind = 'reminder' OR (kind = 'notice' AND content ? 'meeting'
        AND ((content->>'meeting')::timestamptz <= ${later(now, urgent)}) IS NOT TRUE))`
}

/**
 * Keeps due messages of broadcasts from going to a contact now: for good when it said STOP or the broadcast was
 * cancelled since they were written, for a while when the broadcast is paused or the officer is in the middle of a form
 * (`form.touched` of conversation/state.ts).
 */
export async function withholdBroadcasts(tx: Tx, contactId: number, now: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE outgoing_message o SET
      state = (CASE WHEN w.ends IS NULL THEN 'queued' ELSE 'cancelled' END)::"OutgoingState",
      error = coalesce(w.ends, o.error), due_at = CASE WHEN w.ends IS NULL THEN ${later(now, lookAgain)} ELSE o.due_at END
    FROM (
      SELECT n.id, CASE WHEN c.stopped_at IS NOT NULL THEN ${stoppedReason} WHEN b.state = 'cancelled' THEN 'cancelled' END AS ends
      FROM outgoing_message n JOIN contact c ON c.id = n.contact_id
        LEFT JOIN broadcast b ON b.id = n.broadcast_id LEFT JOIN conversation v ON v.contact_id = n.contact_id
      WHERE n.contact_id = ${contactId} AND n.kind = 'broadcast' AND n.state = 'queued' AND n.due_at <= ${now}
        AND (c.stopped_at IS NOT NULL OR b.state IN ('paused', 'cancelled') OR (
          v.state->'form'->>'touched' > ${later(now, -formLasts).toISOString()}
          AND n.created_at > ${later(now, -longestWait)}))) w
    WHERE o.id = w.id AND o.state = 'queued'`
}
