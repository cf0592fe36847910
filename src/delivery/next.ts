import type { Database } from '../database/client.ts'
import type { OutgoingKind } from '../database/generated/enums.ts'
import { second } from '../time.ts'
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
  const burst = pace?.burst ?? 0
  const [row] = await db.$queryRaw<(Omit<Next, 'wait'> & { sentAt: Date | null })[]>`
    SELECT c.channel, c.chat, n.kind::text, p.sent_at AS "sentAt", EXISTS (
      SELECT FROM outgoing_message o WHERE o.contact_id = c.id AND o.state = 'queued' AND ${isStale(now)}) AS stale
    FROM contact c
    LEFT JOIN LATERAL (
      SELECT o.kind FROM outgoing_message o
      WHERE o.contact_id = c.id AND o.state = 'queued' AND o.due_at <= ${now}
        AND NOT ${isStale(now)} AND NOT ${isHeldBack(now)}
      ORDER BY o.kind, o.id LIMIT 1) n ON true
    LEFT JOIN LATERAL (
      SELECT s.sent_at FROM (
        SELECT sent_at FROM outgoing_message WHERE contact_id = c.id ORDER BY id DESC LIMIT ${lookedAt}) s
      WHERE s.sent_at > ${new Date(now.getTime() - burst * second)}
      ORDER BY s.sent_at DESC OFFSET ${Math.max(0, burst - 1)} LIMIT 1) p ON ${burst > 0}
    WHERE c.id = ${contactId}`
  if (!row) return undefined
  const { sentAt, ...next } = row
  return { ...next, wait: sentAt ? Math.max(0, sentAt.getTime() + burst * second - now.getTime()) : 0 }
}
