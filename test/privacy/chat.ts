import { pino } from 'pino'
import { createInbox } from '../../src/conversation/inbox.ts'
import type { Database } from '../../src/database/client.ts'
import type { OutgoingContent } from '../../src/delivery/content.ts'
import { loadTexts, type Texts } from '../../src/texts.ts'
import { loadClassifier } from '../../src/understanding/train.ts'

export const rules = { reminderOffsets: ['P3D', 'P1D'], quietHours: null }
export const texts: Texts = loadTexts()
const classifier = loadClassifier()

let messages = 0

/** Writes to the bot from a chat of Telegram; the last is the number that it has proven. Returns what it answers. */
export async function writes(
  db: Database,
  chat: string,
  text: string,
  given: { phone?: string; now?: Date; displayName?: string } = {},
): Promise<string> {
  const now = given.now ?? new Date()
  const inbox = createInbox({
    greetingWaits: 0,
    ...{ db, clock: { now: () => now }, log: pino({ level: 'silent' }), texts, classifier, rules },
    sendTo: async () => {},
    addReminderJobs: async () => {},
    phoneOfChat: async () => given.phone,
  })
  const { id, contactId } = await inbox.receive({
    ...{ channel: 'telegram', chat, externalId: `m${++messages}`, content: { kind: 'text', text } },
    ...(given.displayName ? { displayName: given.displayName } : {}),
  })
  await inbox.answer(contactId)
  const { locale } = await db.contact.findUniqueOrThrow({ where: { id: contactId } })
  const replies = await db.outgoingMessage.findMany({ where: { replyToId: id }, orderBy: { id: 'asc' } })
  return replies.map(({ content }) => texts.join(locale, (content as OutgoingContent).parts)).join('\n')
}
