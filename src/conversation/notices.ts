import { say } from '../texts.ts'
import type { Reply, Turn } from './reply.ts'

/** The answer to "Sudah baca" under a notice; it leaves an open form as it is. */
export const noticeWasRead: Reply = { parts: [say('notice-read')] }

const words =
  /^\W*(sudah|sdh|udah|udh|dah)\s+(di)?baca((,|\s)+(pak|bu|bapak|ibu|min|admin|kak|bang|ya))*\W*$/i

/** "Sudah baca" as text, from who was sent such a notice. Undefined when the message is none. */
export async function respondToNotice(turn: Turn): Promise<Reply[] | undefined> {
  if (!words.test(turn.text)) return undefined
  const [told] = await turn.tx.$queryRaw<object[]>`
    SELECT FROM outgoing_message
    WHERE contact_id = ${turn.contact.id} AND kind = 'notice' AND content ? 'change'
      AND state IN ('sent', 'delivered', 'read', 'uncertain') LIMIT 1`
  return told ? [noticeWasRead] : undefined
}
