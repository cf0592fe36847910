import type { Database } from '../database/client.ts'
import type { OutgoingKind } from '../database/generated/enums.ts'
import { later, minute, second } from '../time.ts'
import { isHeldBack } from './claim.ts'
import type { ChatPace } from './limits.ts'
import { isStale } from './reconcile.ts'

/** Among so many of the newest rows of a contact are those that were sent last. */
const lookedAt = 50

/** What is next for a contact. */
export type Next = {
  channel: string
  chat: string
  /** The kind of the next message that may be claimed; null when there is none. */
  kind: OutgoingKind | null
  /** Whether something waits whose time is over. */
  stale: boolean
  /** For how many ms nothing may go to the chat, whichever process sent the last. */
  wait: number
}

/**
 * Looks up what is next for a contact without taking it, in one query, since every message goes through here. Undefined
 * when there is no such contact.
 * @param now by the clock that wrote `sent_at`
 */
export async function nextFor(
  db: Database,
  contactId: number,
  pace: ChatPace | undefined,
  now: Date,
): Promise<Next | undefined> {
  const { burst, groupAMinute } = pace ?? { burst: 0, groupAMinute: 0 }
  const [row] = await db.$queryRaw<(Omit<Next, 'wait'> & { group: boolean; sent: number[] })[]>`
    SELECT c.channel, c.chat, c."group", n.kind::text, EXISTS (
      SELECT FROM outgoing_message o WHERE o.contact_id = c.id AND o.state = 'queued' AND ${isStale(now)}) AS stale,
      ARRAY(
        SELECT extract(epoch FROM s.sent_at)::float8 FROM (
          SELECT sent_at FROM outgoing_message WHERE contact_id = c.id ORDER BY id DESC LIMIT ${lookedAt}) s
        WHERE s.sent_at > CASE WHEN c."group" THEN ${later(now, -minute)}::timestamptz ELSE ${later(now, -burst * second)}::timestamptz END
        ORDER BY s.sent_at DESC LIMIT ${Math.max(burst, groupAMinute)}) AS sent
    FROM contact c
    LEFT JOIN LATERAL (
      SELECT o.kind FROM outgoing_message o
      WHERE o.contact_id = c.id AND o.state = 'queued' AND o.due_at <= ${now}
        AND NOT ${isStale(now)} AND NOT ${isHeldBack(now)}
      ORDER BY o.kind, o.id LIMIT 1) n ON true
    WHERE c.id = ${contactId}`
  if (!row) return undefined
  const { group, sent, ...next } = row
  /** Until the last so many were sent longer ago than `span`. */
  const until = (most: number, span: number): number => {
    const last = sent[most - 1]
    return last === undefined ? 0 : Math.max(0, last * second + span - now.getTime())
  }
  return { ...next, wait: Math.max(until(burst, burst * second), group ? until(groupAMinute, minute) : 0) }
}
