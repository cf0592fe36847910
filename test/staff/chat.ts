import { pino } from 'pino'
import type { IncomingContent } from '../../src/channels/channel.ts'
import { toPlain } from '../../src/channels/rich-text.ts'
import { createInbox } from '../../src/conversation/inbox.ts'
import { type Database, transaction } from '../../src/database/client.ts'
import type { StaffRole } from '../../src/database/generated/enums.ts'
import type { OutgoingContent } from '../../src/delivery/content.ts'
import { render } from '../../src/delivery/send.ts'
import { cellText, readRows } from '../../src/spreadsheets/read.ts'
import { addStaff, type StaffMember } from '../../src/staff/members.ts'
import { loadTexts } from '../../src/texts.ts'
import { parseInstant } from '../../src/time.ts'
import { loadClassifier } from '../../src/understanding/train.ts'

const texts = loadTexts()
const classifier = loadClassifier()

export const now = parseInstant('2026-11-24T10:00') as Date
export const rules = { reminderOffsets: ['P1D'], quietHours: { from: 21 * 60, until: 6 * 60 } }

/** Ani's number; she is staff once `makeStaff` has made her. */
export const staffPhone = '+6281277000001'

export async function makeStaff(
  db: Database,
  role: StaffRole = 'petugas',
  phone = staffPhone,
): Promise<StaffMember> {
  const staff = { name: 'Ani Wijaya', phone, role }
  return await transaction(db, async (tx) => (await addStaff(tx, staff, 'command:test', now)).member)
}

/** Chats whose number the channel proves, through the real inbox; what is said is heard in words. */
export function staffChats(db: Database, phones: Record<string, string>, clock = { now: () => now }) {
  let messages = 0
  const inbox = createInbox({
    ...{ db, clock, log: pino({ level: 'silent' }), texts, classifier, rules, greetingWaits: 0 },
    sendTo: async () => {},
    addReminderJobs: async () => {},
    phoneOfChat: async (_, chat) => phones[chat],
  })
  const answered = async (
    chat: string,
    content: IncomingContent,
    quotes?: string,
    group = false,
  ): Promise<string> => {
    const { id, contactId } = await inbox.receive({
      ...{ channel: 'telegram', chat, externalId: String(++messages), content },
      ...(quotes ? { quotes } : {}),
      ...(group ? { group } : {}),
    })
    await inbox.answer(contactId)
    return await told(db, { replyToId: id })
  }
  return {
    /** Sends what is no text. */
    send: answered,
    /** Writes a message, perhaps in reply to another, and returns what it is answered with. */
    say: (chat: string, text: string, quotes?: string) => answered(chat, { kind: 'text', text }, quotes),
    /** Writes in a group, to the bot. */
    sayInGroup: (chat: string, text: string) => answered(chat, { kind: 'text', text }, undefined, true),
    /** Presses the newest button that begins with this label. */
    press: async (chat: string, label: string) => {
      const rows = await db.outgoingMessage.findMany({
        where: { contact: { chat } },
        orderBy: { id: 'desc' },
      })
      for (const row of rows) {
        const { choices } = rendered(row)
        const found = choices.find((choice) => choice.label.startsWith(label))
        if (found) return await answered(chat, { kind: 'button', data: found.data })
      }
      throw new Error(`no button ${label}`)
    },
    inbox,
  }
}

type Row = { content: unknown; id: number; kind: 'reply' | 'notice' | 'reminder' | 'broadcast' }

function rendered(row: Row) {
  return render(texts, { ...row, content: row.content as OutgoingContent, chat: '', locale: 'id' })
}

/** Outgoing messages in words, the oldest first. */
export async function told(
  db: Database,
  where: { replyToId?: number; contactId?: number; contact?: { chat: string }; kind?: 'notice' },
): Promise<string> {
  const rows = await db.outgoingMessage.findMany({ where, orderBy: { id: 'asc' } })
  return rows
    .map((row) => rendered(row))
    .map(({ text, choices }) => [toPlain(text), ...choices.map(({ label }) => `[${label}]`)].join('\n'))
    .join('\n')
}

/** The rows of a workbook, its heading too. */
export async function rowsIn(content: Uint8Array): Promise<string[][]> {
  const rows: string[][] = []
  for await (const { cells } of readRows(Buffer.from(content), { name: '', knownHeadings: () => 1 }))
    rows.push(cells.map(cellText))
  return rows
}
