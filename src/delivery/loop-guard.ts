import type { Database } from '../database/client.ts'
import { later, minute } from '../time.ts'

/** The same text goes to one contact so often in so many ms: who repeats it is another machine. */
const loopGuard = { most: 5, within: 5 * minute }
/** More than a contact is sent in that time. */
const lookedAt = 500

/** What is written down of a message that was not sent because of it. */
export const loopReason = `the same text went to this contact ${loopGuard.most} times in 5 minutes`

/** Whether the contact of this claimed row was sent its text too often just now, by whichever process. */
export async function isLoop(db: Database, claimedId: number, text: string, now: Date): Promise<boolean> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT text, sent_at FROM outgoing_message
      WHERE contact_id = (SELECT contact_id FROM outgoing_message WHERE id = ${claimedId}) AND id <> ${claimedId}
      ORDER BY id DESC LIMIT ${lookedAt}) o
    WHERE sent_at > ${later(now, -loopGuard.within)} AND text = ${text}`
  return (row?.count ?? 0) >= loopGuard.most
}
