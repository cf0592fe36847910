import type { IncomingContent } from '../channels/channel.ts'
import { toPlain } from '../channels/rich-text.ts'
import type { Tx } from '../database/client.ts'
import type { Contact, OutgoingMessage } from '../database/generated/client.ts'
import type { IncomingState, OutgoingKind, OutgoingState } from '../database/generated/enums.ts'
import type { OutgoingContent } from '../delivery/content.ts'
import type { Texts } from '../texts.ts'
import { asFirst, wordsForStaff } from './officer.ts'

type Said = { at: Date; words: string }

/** One message of a conversation, as the office reads it. */
export type Line = Said &
  (
    | { from: 'officer'; id: number; intent: string | null; state: IncomingState }
    | { from: 'bot'; id: number; kind: OutgoingKind; state: OutgoingState; error: string | null }
    | {
        from: 'staff'
        id: number
        kind: OutgoingKind
        state: OutgoingState
        error: string | null
        name: string | null
      }
  )

/**
 * The newest `count` messages of a conversation in either direction, oldest first; replies stand after what they answer.
 * What was said to who had the number before is not in it.
 */
export async function transcript(tx: Tx, texts: Texts, contact: Contact, count: number): Promise<Line[]> {
  const from = contact.threadFrom ? { gte: contact.threadFrom } : undefined
  const newest = { orderBy: { id: 'desc' }, take: count } as const
  const incoming = await tx.incomingMessage.findMany({
    where: { contactId: contact.id, ...(from ? { receivedAt: from } : {}) },
    ...newest,
  })
  const outgoing = await tx.outgoingMessage.findMany({
    where: { contactId: contact.id, ...(from ? { createdAt: from } : {}) },
    include: { staff: { select: { name: true } } },
    ...newest,
  })
  const inWords = (content: IncomingContent) =>
    toPlain(texts.join(contact.locale, [asFirst(wordsForStaff(content))])).trim()
  const lines: { line: Line; order: number }[] = [
    ...incoming.map(({ id, content, receivedAt, intent, state }) => ({
      line: {
        ...{ id, intent, state, from: 'officer' as const, at: receivedAt },
        words: inWords(content as IncomingContent),
      },
      order: id,
    })),
    ...outgoing.map((row) => ({
      line: outgoingLine(texts, contact.locale, row),
      order: row.replyToId === null ? Number.POSITIVE_INFINITY : row.replyToId + 0.5,
    })),
  ]
  return lines
    .sort(
      (a, b) =>
        a.line.at.getTime() - b.line.at.getTime() || compare(a.order, b.order) || a.line.id - b.line.id,
    )
    .slice(-count)
    .map(({ line }) => line)
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a - b
}

type Outgoing = OutgoingMessage & { staff: { name: string } | null }

function outgoingLine(texts: Texts, locale: string, row: Outgoing): Line {
  const { id, kind, state, error, content, text, staff, staffId, sentAt, dueAt } = row
  const facts = { id, kind, state, error, at: sentAt ?? dueAt }
  const isOffices = staffId !== null || isOffice(content as OutgoingContent)
  return isOffices
    ? { ...facts, from: 'staff', name: staff?.name ?? null, words: freeWords(content as OutgoingContent) }
    : { ...facts, from: 'bot', words: text ?? inFull(texts, locale, content) }
}

function inFull(texts: Texts, locale: string, content: unknown): string {
  return toPlain(texts.join(locale, (content as OutgoingContent).parts))
}

/** What staff wrote at the command line names no staff member. */
function isOffice({ parts }: OutgoingContent): boolean {
  const [head] = parts
  return head !== undefined && 'key' in head && head.key === 'staff-says-office'
}

function freeWords({ parts }: OutgoingContent): string {
  return parts.flatMap((part) => ('free' in part ? [part.free] : [])).join('\n')
}
