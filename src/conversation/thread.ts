import type { IncomingContent } from '../channels/channel.ts'
import type { Database } from '../database/client.ts'
import type { OutgoingContent } from '../delivery/content.ts'
import { render } from '../delivery/send.ts'
import type { Texts } from '../texts.ts'

/** One message of a thread, either way. */
export type ThreadEntry = {
  /** Unique in the thread: i12 came in, o34 went out. */
  id: string
  /** The channel's id of an incoming message. */
  externalId: string | undefined
  from: 'officer' | 'bot'
  at: Date
  /** Rich text; '' for what is none. */
  rich: string
  choices: { label: string; data: string }[]
  asksPhone: boolean
  location?: { name: string; address: string; lat: number; lon: number }
  attachment?: Exclude<IncomingContent['kind'], 'text' | 'button'>
}

/** The newest `count` messages of a chat, oldest first; replies stand after what they answer. */
export async function threadOf(
  db: Database,
  texts: Texts,
  chat: { channel: string; chat: string },
  count: number,
): Promise<ThreadEntry[]> {
  const contact = await db.contact.findUnique({ where: { channel_chat: chat } })
  if (!contact) return []
  const newest = { orderBy: { id: 'desc' }, take: count } as const
  const came = await db.incomingMessage.findMany({ where: { contactId: contact.id }, ...newest })
  const went = await db.outgoingMessage.findMany({
    where: { contactId: contact.id, state: { in: ['sent', 'delivered', 'read'] } },
    ...newest,
  })
  const labels = new Map<string, string>()
  const outgoing = went.map((row) => {
    const content = row.content as OutgoingContent
    const { text, choices, asksPhone, location } = render(texts, {
      ...row,
      content,
      chat: chat.chat,
      locale: contact.locale,
    })
    for (const { label, data } of choices) labels.set(data, label)
    return {
      ...{
        id: `o${row.id}`,
        externalId: undefined,
        from: 'bot' as const,
        at: row.sentAt ?? row.createdAt,
        rich: text,
        choices,
        asksPhone,
      },
      ...(location ? { location } : {}),
    }
  })
  const incoming = came.map(({ id, externalId, content, receivedAt }) => ({
    ...{ id: `i${id}`, externalId, from: 'officer' as const, at: receivedAt, choices: [], asksPhone: false },
    ...shown(content as IncomingContent, labels),
  }))
  return [...incoming, ...outgoing]
    .sort((a, b) => a.at.getTime() - b.at.getTime() || a.id.localeCompare(b.id))
    .slice(-count)
}

/** How an incoming message shows: a pressed button as its label. */
function shown(
  content: IncomingContent,
  labels: Map<string, string>,
): Pick<ThreadEntry, 'rich' | 'attachment'> {
  if (content.kind === 'text') return { rich: content.text }
  if (content.kind === 'button') return { rich: labels.get(content.data) ?? '…' }
  const caption = 'caption' in content ? (content.caption ?? '') : ''
  return { rich: caption, attachment: content.kind }
}
