import type { Tx } from '../database/client.ts'

/**
 * Who writes has read what was sent to them before: their notices become `read`. A pressed choice proves that its
 * own message arrived, also where that was uncertain, or where it waits to be tried again because it may not have.
 * @param heardAt when the message arrived
 * @param pressed the outgoing row whose choice it is
 */
export async function noticesRead(
  tx: Tx,
  contactId: number,
  heardAt: Date,
  pressed: number | undefined,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE outgoing_message SET state = 'read', read_at = ${heardAt}, sent_at = coalesce(sent_at, ${heardAt})
    WHERE contact_id = ${contactId} AND (
      (kind = 'notice' AND state IN ('sent', 'delivered') AND sent_at <= ${heardAt})
      OR (id = ${pressed ?? null} AND (state = 'uncertain' OR (state = 'queued' AND unclear > 0))))`
}
