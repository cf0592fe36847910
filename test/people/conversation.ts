import { pino } from 'pino'
import type { IncomingContent } from '../../src/channels/channel.ts'
import { toPlain } from '../../src/channels/rich-text.ts'
import { createInbox } from '../../src/conversation/inbox.ts'
import type { Database } from '../../src/database/client.ts'
import type { OutgoingContent } from '../../src/delivery/content.ts'
import { render } from '../../src/delivery/send.ts'
import { loadTexts } from '../../src/texts.ts'
import { loadClassifier } from '../../src/understanding/train.ts'

const texts = loadTexts()
const classifier = loadClassifier()

/** Chats whose number the channel proves, and what the bot says in them. */
export function conversations(db: Database, phones: Record<string, string>, clock: { now(): Date }) {
  let messages = 0
  const inbox = createInbox({
    greetingWaits: 0,
    ...{ db, clock, log: pino({ level: 'silent' }), texts, classifier },
    rules: { reminderOffsets: ['P1D'], quietHours: null },
    sendTo: async () => {},
    addReminderJobs: async () => {},
    phoneOfChat: async (_, chat) => phones[chat],
  })
  const answered = async (chat: string, content: IncomingContent): Promise<string> => {
    const { id, contactId } = await inbox.receive({
      ...{ channel: 'telegram', chat, externalId: String(++messages), content },
    })
    await inbox.answer(contactId)
    return await told(db, { replyToId: id })
  }
  return {
    /** Writes a message and returns what it is answered with. */
    say: (chat: string, text: string) => answered(chat, { kind: 'text', text }),
    /** Presses the button of this data, and returns the same. */
    press: (chat: string, data: string) => answered(chat, { kind: 'button', data }),
  }
}

/** Outgoing messages in words, the oldest first. */
export async function told(db: Database, where: { replyToId?: number; contactId?: number }): Promise<string> {
  const rows = await db.outgoingMessage.findMany({ where, orderBy: { id: 'asc' } })
  return rows
    .map((row) => render(texts, { ...row, content: row.content as OutgoingContent, chat: '', locale: 'id' }))
    .map(({ text, choices }) => [toPlain(text), ...choices.map(({ label }) => `[${label}]`)].join('\n'))
    .join('\n')
}
