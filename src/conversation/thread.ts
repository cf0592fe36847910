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
  /** The file that went out with it, as long as it is stored. */
  document?: { name: string }
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
  const files = new Map(
    (
      await db.storedFile.findMany({
        where: { id: { in: went.flatMap(({ content }) => (content as OutgoingContent).file ?? []) } },
        select: { id: true, name: true },
      })
    ).map(({ id, name }) => [id, name]),
  )
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
      ...withDocument(files.get(content.file ?? 0)),
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

function withDocument(name: string | undefined): Pick<ThreadEntry, 'document'> {
  return name === undefined ? {} : { document: { name } }
}

/** The file that went out with a message of this chat; undefined if it is another chat's, or deleted. */
export async function fileOfMessage(
  db: Database,
  chat: { channel: string; chat: string },
  outgoingId: number,
): Promise<{ name: string; type: string; content: Uint8Array } | undefined> {
  const row = await db.outgoingMessage.findFirst({
    where: { id: outgoingId, contact: chat, state: { in: ['sent', 'delivered', 'read'] } },
    select: { content: true },
  })
  const { file } = (row?.content ?? {}) as Partial<OutgoingContent>
  if (file === undefined) return undefined
  return (await db.storedFile.findUnique({ where: { id: file } })) ?? undefined
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
