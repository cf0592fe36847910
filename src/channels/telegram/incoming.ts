import type { CallbackQuery, Chat, Contact, Message, Update, User } from 'grammy/types'
import type { IncomingContent, IncomingMessage } from '../channel.ts'

/** The kinds of update that are read here; Telegram need not send any other, such as reactions. */
export const wantedUpdates = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const

/** Who the bot is: in groups one must know whom a message addresses. */
export type Me = { id: number; username: string }

/**
 * What an update says, or undefined if it says nothing to the bot. In a group that is all but text that names the bot
 * (`@username`, `/command@username`) or replies to it, and buttons under its messages. An edited text counts in private
 * chats only; service messages (a pinned message, a changed background) never do. Commands (`/start w-3`, `/stop`) are
 * text like any other.
 *
 * @see https://core.telegram.org/bots/api#update
 */
export function incoming(update: Update, me?: Me): IncomingMessage | undefined {
  if (update.message) return ofMessage(update.message, me)
  if (update.edited_message) return ofEdited(update.edited_message)
  if (update.callback_query) return ofButton(update.callback_query)
  return undefined
}

/**
 * Whether the update says that a person blocked the bot, or let it in again.
 *
 * @see https://core.telegram.org/bots/api#chatmemberupdated
 */
export function reachability(update: Update): { chat: string; reachable: boolean } | undefined {
  const changed = update.my_chat_member
  if (changed?.chat.type !== 'private') return undefined
  return { chat: String(changed.chat.id), reachable: changed.new_chat_member.status === 'member' }
}

/** The new id of a group that has become a supergroup, and the one that it had. */
export function moved(update: Update): { from: string; to: string } | undefined {
  const to = update.message?.migrate_to_chat_id
  return to === undefined ? undefined : { from: String(update.message?.chat.id), to: String(to) }
}

function ofMessage(message: Message, me: Me | undefined): IncomingMessage | undefined {
  if (isGroup(message.chat)) return ofGroup(message, me)
  const content = contentOf(message)
  if (message.chat.type !== 'private' || !content) return undefined
  return {
    channel: 'telegram',
    chat: String(message.chat.id),
    externalId: String(message.message_id),
    content,
    ...(message.reply_to_message && { quotes: String(message.reply_to_message.message_id) }),
    ...named(message.from),
    sentAt: new Date(message.date * 1000),
  }
}

function isGroup({ type }: Chat): boolean {
  return type === 'group' || type === 'supergroup'
}

/** What a group's members say to one another is none of the bot's business, and goes no further than here. */
function ofGroup(message: Message, me: Me | undefined): IncomingMessage | undefined {
  const { text, reply_to_message: quoted } = message
  if (text === undefined || !me || message.from?.is_bot) return undefined
  const address = new RegExp(`@${me.username}(?!\\w)`, 'gi')
  if (!address.test(text) && quoted?.from?.id !== me.id) return undefined
  return {
    channel: 'telegram',
    chat: String(message.chat.id),
    externalId: String(message.message_id),
    content: { kind: 'text', text: text.replace(address, '').trim() },
    ...(quoted && { quotes: String(quoted.message_id) }),
    ...(message.chat.title ? { displayName: message.chat.title } : {}),
    sentAt: new Date(message.date * 1000),
    group: true,
  }
}

/** Known by the message and when it was edited, so that each wording counts once. */
function ofEdited(message: Message): IncomingMessage | undefined {
  if (message.chat.type !== 'private' || message.text === undefined) return undefined
  const { edit_date: at = message.date } = message
  return {
    channel: 'telegram',
    chat: String(message.chat.id),
    externalId: `${message.message_id}-${at}`,
    edits: String(message.message_id),
    content: { kind: 'text', text: message.text },
    ...(message.reply_to_message && { quotes: String(message.reply_to_message.message_id) }),
    ...named(message.from),
    sentAt: new Date(at * 1000),
  }
}

/** A press is known by the id of its callback query: the same button may be pressed again. It has no date. */
function ofButton(query: CallbackQuery): IncomingMessage | undefined {
  const chat = query.message?.chat
  if (!query.message || !chat || query.data === undefined) return undefined
  const group = isGroup(chat)
  if (chat.type !== 'private' && !group) return undefined
  return {
    channel: 'telegram',
    chat: String(chat.id),
    externalId: `cb-${query.id}`,
    content: { kind: 'button', data: query.data },
    quotes: String(query.message.message_id),
    ...(group ? { group: true } : named(query.from)),
  }
}

function contentOf(message: Message): IncomingContent | undefined {
  if (message.text !== undefined) return { kind: 'text', text: message.text }
  if (message.contact) return contactOf(message.contact, message)
  if (message.location) {
    return { kind: 'location', lat: message.location.latitude, lon: message.location.longitude }
  }
  const attached = attachmentOf(message)
  if (!attached) return undefined
  return {
    kind: attached.kind,
    ...(message.caption !== undefined && { caption: message.caption }),
    ...(attached.file && { reference: attached.file.file_id }),
    ...(attached.file?.file_name !== undefined && { name: attached.file.file_name }),
  }
}

/**
 * Telegram fills in `user_id` from the number; it is the sender's own card only if that is the sender. A forwarded
 * card may be years old, and its number somebody else's by now.
 *
 * @see https://core.telegram.org/bots/api#contact
 */
function contactOf(contact: Contact, message: Message): IncomingContent {
  const own = contact.user_id !== undefined && contact.user_id === message.from?.id && !message.forward_origin
  return { kind: 'contact', phone: international(contact.phone_number), own }
}

/** Telegram gives its own numbers with the country code, with or without `+`; an address book may hold `0812…`. */
function international(phone: string): string {
  return /^[+0]/.test(phone) ? phone : `+${phone}`
}

type Attachment = {
  kind: 'voice' | 'picture' | 'sticker' | 'document' | 'other'
  file?: { file_id: string; file_name?: string }
}

/** An animation also carries `document`, for old clients: it is asked for first. Photos come smallest first. */
function attachmentOf(message: Message): Attachment | undefined {
  const voice = message.voice ?? message.audio
  if (voice) return { kind: 'voice', file: voice }
  const photo = message.photo?.at(-1)
  if (photo) return { kind: 'picture', file: photo }
  if (message.sticker) return { kind: 'sticker', file: message.sticker }
  const film = message.animation ?? message.video ?? message.video_note
  if (film) return { kind: 'other', file: film }
  if (message.document) return { kind: 'document', file: message.document }
  const unread = message.poll ?? message.dice ?? message.story ?? message.paid_media ?? message.live_photo
  if (unread ?? message.checklist ?? message.rich_message ?? message.game) return { kind: 'other' }
  return undefined
}

function named(from: User | undefined): { displayName?: string } {
  const name = [from?.first_name, from?.last_name].filter(Boolean).join(' ').trim()
  return name === '' ? {} : { displayName: name }
}
