import { isDeepStrictEqual } from 'node:util'
import type { ChannelName, IncomingContent, IncomingMessage } from '../channels/channel.ts'
import { type Database, type Tx, transaction } from '../database/client.ts'
import { lockConversation } from '../database/locks.ts'
import { channelOf } from '../database/notify.ts'
import { retrying } from '../database/retry.ts'
import { type Logger, loggable } from '../log.ts'
import type { Clock } from '../time.ts'

const longestText = 10_000
const longestId = 128
const longestName = 128

/** The 16 digits of an identity card, in one piece or in groups of any length. */
const nik = /(?<!\d|\d[ .-])\d(?:[ .-]?\d){15}(?![ .-]?\d)/g

/** Text as it may be stored: whole characters, no NUL (PostgreSQL holds none), no identity number, not endless. */
function storable(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('\0', '')
    .slice(0, longestText)
    .toWellFormed()
    .replace(nik, (found) => found.replace(/\d/g, '•'))
}

function storableContent(content: IncomingContent): IncomingContent {
  switch (content.kind) {
    case 'text':
      return { kind: 'text', text: storable(content.text) }
    case 'button':
      return { kind: 'button', data: storable(content.data).slice(0, longestId) }
    case 'contact':
      return { ...content, phone: storable(content.phone).slice(0, longestId) }
    case 'location':
      return content
    default:
      return {
        ...content,
        ...(content.caption === undefined ? {} : { caption: storable(content.caption) }),
        ...(content.name === undefined ? {} : { name: storable(content.name).slice(0, longestId) }),
      }
  }
}

export type StoreOptions = {
  db: Database
  clock: Clock
  log: Logger
  /** Whether the number of a chat is proven by the channel itself, such as a sample officer's. */
  phoneOfChat?(channel: ChannelName, chat: string): Promise<string | undefined>
}

export type StoredOnce = { id: number; contactId: number; isNew: boolean }

/** PostgreSQL's classes of errors that lie in the data, so that the same data fails again: 22, 23. */
const dataError = /^(22|23)/

/**
 * Stores a message; one that cannot be stored as it is, however often it is tried, is stored as something that the
 * bot cannot read, so that its sender gets an answer and what comes after it is not held up.
 */
export async function storeOnce(options: StoreOptions, message: IncomingMessage): Promise<StoredOnce> {
  const { db, clock, log } = options
  const phone = await options.phoneOfChat?.(message.channel, message.chat)
  const { edits } = message
  const attempt = (content: IncomingContent) =>
    edits === undefined
      ? retrying(() => insert(db, { ...message, content }, phone, clock.now()))
      : transaction(db, (tx) => storeEdited(tx, { ...message, content, edits }, phone, clock.now()))
  try {
    return await attempt(message.content)
  } catch (error) {
    const fault = loggable(error)
    if (!dataError.test(fault.code?.split('/')[1] ?? '')) throw error
    log.error({ ...fault, channel: message.channel }, 'a message cannot be stored as it is')
    return await attempt({ kind: 'other' })
  }
}

/**
 * Stores a message with its contact and conversation, which are made when a chat writes for the first time. Who writes
 * can be reached again; what the channel proves now outranks what was proven, or unlinked, before.
 * One statement: every message that arrives goes through here.
 */
async function insert(
  tx: Tx,
  message: IncomingMessage,
  phone: string | undefined,
  now: Date,
): Promise<StoredOnce> {
  const { channel, chat, quotes, group = false, displayName, sentAt } = message
  const externalId = message.externalId.slice(0, longestId)
  const name = displayName === undefined ? null : storable(displayName).slice(0, longestName)
  const [row] = await tx.$queryRaw<{ contactId: number; id: number | null }[]>`
    WITH c AS (
      INSERT INTO contact AS c (channel, chat, display_name, phone, last_heard_at, "group")
      VALUES (${channel}, ${chat}, nullif(${name}, ''), ${phone || null}, ${now}, ${group})
      ON CONFLICT (channel, chat) DO UPDATE SET last_heard_at = excluded.last_heard_at, "group" = excluded."group",
        display_name = coalesce(excluded.display_name, c.display_name), phone = coalesce(excluded.phone, c.phone),
        unreachable_since = NULL, unreachable_why = NULL
      RETURNING id), v AS (
      INSERT INTO conversation (contact_id, state, updated_at) SELECT id, '{}', ${now} FROM c ON CONFLICT DO NOTHING), m AS (
      INSERT INTO incoming_message (contact_id, channel, chat, external_id, content, quotes, sent_at, received_at)
      SELECT id, ${channel}, ${chat}, ${externalId}, ${JSON.stringify(storableContent(message.content))}::jsonb,
        ${quotes?.slice(0, longestId) ?? null}, ${sentAt ?? null}, ${now} FROM c
      ON CONFLICT DO NOTHING RETURNING id)
    SELECT c.id AS "contactId", m.id,
      CASE WHEN m.id IS NOT NULL AND ${channel} = 'simulator' THEN pg_notify(${channelOf('thread')}, ${chat})::text END AS told
    FROM c LEFT JOIN m ON true`
  if (!row) throw new Error('no contact was stored')
  const { contactId, id } = row
  if (id !== null) return { id, contactId, isNew: true }
  return { id: await idOf(tx, { channel, chat, externalId }), contactId, isNew: false }
}

/** A message with other words for one before it, unless it is to be read as a new one. */
async function storeEdited(
  tx: Tx,
  message: IncomingMessage & { edits: string },
  phone: string | undefined,
  now: Date,
): Promise<StoredOnce> {
  const { channel, chat, edits } = message
  const contact = await tx.contact.findUnique({ where: { channel_chat: { channel, chat } } })
  if (!contact) return { id: 0, contactId: 0, isNew: false }
  const reworded = await reword(tx, contact.id, edits, message)
  return reworded
    ? { ...reworded, contactId: contact.id, isNew: false }
    : await insert(tx, message, phone, now)
}

/**
 * A message has been given other words. One that was not answered yet is read in these; one that was, and is the newest
 * of its chat, is read again as a new one. Undefined in that case; else the id of the message that it was about.
 */
async function reword(
  tx: Tx,
  contactId: number,
  edits: string,
  { content }: IncomingMessage,
): Promise<{ id: number } | undefined> {
  // A turn that is reading it ends first.
  await lockConversation(tx, contactId)
  const before = await tx.incomingMessage.findFirst({
    where: { contactId, OR: [{ externalId: edits }, { externalId: { startsWith: `${edits}-` } }] },
    orderBy: { id: 'desc' },
  })
  if (!before) return { id: 0 }
  const now = storableContent(content)
  if (isDeepStrictEqual(before.content, now)) return { id: before.id }
  if (before.state === 'stored') {
    await tx.incomingMessage.update({ where: { id: before.id }, data: { content: now } })
    return { id: before.id }
  }
  const newest = await tx.incomingMessage.findFirst({ where: { contactId }, orderBy: { id: 'desc' } })
  return newest?.id === before.id ? undefined : { id: before.id }
}

async function idOf(tx: Tx, key: { channel: string; chat: string; externalId: string }): Promise<number> {
  const where = { channel_chat_externalId: key }
  return (await tx.incomingMessage.findUniqueOrThrow({ where, select: { id: true } })).id
}
