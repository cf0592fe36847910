import type { Tx } from '../database/client.ts'
import type { OpenQuestion } from './content.ts'

/** A question that went out to a contact and is not past its deadline. */
export type AskedQuestion = {
  /** The outgoing row that asks it. */
  id: number
  subject: string
  deadline: Date
  reminderId: number | null
}

/** More than anybody has open at once. */
const mostOpen = 50

/**
 * Questions of a kind that this contact was asked, as far as one knows, and may still answer, the newest first, however
 * long ago.
 */
export async function openQuestions(
  tx: Tx,
  contactId: number,
  kind: OpenQuestion['kind'],
  now: Date,
): Promise<AskedQuestion[]> {
  return await tx.$queryRaw<AskedQuestion[]>`
    SELECT id, asks->>'subject' AS subject, (asks->>'deadline')::timestamptz AS deadline, reminder_id AS "reminderId"
    FROM outgoing_message
    WHERE contact_id = ${contactId} AND asks->>'kind' = ${kind}
      AND (asks->>'deadline')::timestamptz > ${now}
      AND (state IN ('sending', 'sent', 'delivered', 'read', 'uncertain') OR (state = 'queued' AND unclear > 0))
    ORDER BY id DESC LIMIT ${mostOpen}`
}
