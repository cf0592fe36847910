import { type Api, InputFile } from 'grammy'
import type { InlineKeyboardMarkup, ReplyKeyboardMarkup } from 'grammy/types'
import type { Logger } from '../../log.ts'
import { boldMark } from '../../texts.ts'
import type { OutgoingMessage, Sent } from '../channel.ts'
import { toHtml, toPlain } from '../rich-text.ts'
import { faultOf, sentOf } from './faults.ts'

/** Longest text, "after entities parsing": https://core.telegram.org/bots/api#sendmessage. Counted in UTF-16. */
const longestText = 4096
/** A phone shows about so much of a button's label; Telegram itself names no limit. */
const longestLabel = 60
/** The label of the button by which Telegram shares the sender's own number. */
export const phoneButton = '📱 Kirim nomor saya'

/** What goes on the wire needs this much of the channel. The token is there to be taken out of every text. */
export type Wire = {
  api: Api
  token: string
  log: Logger
  /** Who the bot is, as soon as Telegram has said it. */
  me?: { id: number; username: string }
}

/**
 * Sends a message: its text, in several pieces if it is too long for one, then its place and its document. The id
 * is that of the last piece of text, which carries the choices. Once text is out, a place or document that fails
 * is a warning only: sending all again would show the text twice.
 */
export async function send(
  wire: Wire,
  message: OutgoingMessage,
  furtherSlot: () => Promise<unknown> = async () => {},
): Promise<Sent> {
  const texts = pieces(message.text)
  let id = ''
  for (const [index, text] of texts.entries()) {
    const last = index === texts.length - 1
    if (index > 0) await furtherSlot()
    const sent = await sendText(wire, message, text, last)
    if (!('id' in sent)) return index === 0 ? sent : cutShort(sent, index, texts.length)
    id = sent.id
  }
  if (message.location) await furtherSlot()
  await sendPlace(wire, message)
  if (message.document) await furtherSlot()
  await sendDocument(wire, message)
  return { id }
}

async function sendText(wire: Wire, message: OutgoingMessage, text: string, last: boolean): Promise<Sent> {
  const markup = last ? keyboard(message) : undefined
  try {
    const out = await wire.api.sendMessage(message.chat, toHtml(text), {
      parse_mode: 'HTML',
      ...(markup && { reply_markup: markup }),
    })
    return { id: String(out.message_id) }
  } catch (error) {
    return sentOf(faultOf(error, wire.token))
  }
}

/** A part of the text is out: whatever became of the rest, the whole cannot simply be sent again. */
function cutShort(sent: Exclude<Sent, { id: string }>, out: number, of: number): Sent {
  const why = 'notSent' in sent ? sent.notSent : 'unknown' in sent ? sent.unknown : sent.reason
  return { unknown: `${out} of ${of} pieces went out, then: ${why}` }
}

async function sendPlace({ api, token, log }: Wire, { id, chat, location }: OutgoingMessage): Promise<void> {
  if (!location) return
  const { lat, lon, name, address } = location
  try {
    await api.sendVenue(chat, lat, lon, name, address || name)
  } catch (error) {
    log.warn({ outgoing: id, reason: faultOf(error, token).reason }, 'place not sent with its message')
  }
}

async function sendDocument(
  { api, token, log }: Wire,
  { id, chat, document }: OutgoingMessage,
): Promise<void> {
  if (!document) return
  try {
    await api.sendDocument(chat, new InputFile(document.content, fileName(document.name)))
  } catch (error) {
    log.warn({ outgoing: id, reason: faultOf(error, token).reason }, 'document not sent with its message')
  }
}

/** grammY writes the name into a header as it is: nothing that ends or splits one may stay in it. */
function fileName(name: string): string {
  return name.replace(/[\p{Cc};"\\/]/gu, '_')
}

/**
 * Choices are buttons under the message, one a row. A message has one keyboard only, so where the phone number is
 * asked for, choices stand as text below that button, and their label comes back as if it were typed.
 *
 * @see https://core.telegram.org/bots/api#inlinekeyboardbutton callback_data is 1 to 64 bytes
 */
export function keyboard(message: OutgoingMessage): InlineKeyboardMarkup | ReplyKeyboardMarkup | undefined {
  if (message.asksPhone) {
    const labels = message.choices.map(({ label }) => [{ text: toPlain(label) }])
    return {
      keyboard: [[{ text: phoneButton, request_contact: true }], ...labels],
      one_time_keyboard: true,
      resize_keyboard: true,
    }
  }
  if (message.choices.length === 0) return undefined
  const rows = message.choices.map(({ label, data }) => [
    { text: shortened(toPlain(label)), callback_data: data },
  ])
  return { inline_keyboard: rows }
}

function shortened(label: string): string {
  const letters = [...label]
  if (letters.length <= longestLabel) return label
  return `${letters
    .slice(0, longestLabel - 1)
    .join('')
    .trimEnd()}…`
}

/**
 * Rich text in pieces of which each is short enough for one message: cut between paragraphs if one ends in time,
 * else between lines, else between words, else anywhere but within a character. What is bold stays bold on both
 * sides of a cut.
 */
export function pieces(rich: string, limit: number = longestText): string[] {
  const done: string[] = []
  let rest = rich
  while (toPlain(rest).length > limit) {
    const [head, tail] = cut(rest, limit)
    if (toPlain(head).trim() !== '') done.push(head)
    rest = tail
  }
  if (done.length === 0 || toPlain(rest).trim() !== '') done.push(rest)
  return done
}

function cut(rich: string, limit: number): [string, string] {
  const end = positionOf(rich, limit)
  const at = borderBefore(rich, end) ?? end
  const head = rich.slice(0, at)
  const tail = rich.slice(at).trimStart()
  const open = head.split(boldMark).length % 2 === 0
  return open ? [head + boldMark, boldMark + tail] : [head, tail]
}

/** Where in the rich text the given number of shown characters ends, never between the halves of one. */
function positionOf(rich: string, shown: number): number {
  let position = 0
  for (let left = shown; position < rich.length; position++) {
    if (rich[position] === boldMark) continue
    if (left === 0) break
    left--
  }
  return isHighSurrogate(rich, position - 1) ? position - 1 : position
}

function isHighSurrogate(text: string, index: number): boolean {
  const unit = text.charCodeAt(index)
  return unit >= 0xd800 && unit <= 0xdbff
}

function borderBefore(rich: string, end: number): number | undefined {
  for (const border of ['\n\n', '\n', ' ']) {
    const at = rich.lastIndexOf(border, end)
    if (at > 0 && toPlain(rich.slice(0, at)).trim() !== '') return at
  }
  return undefined
}
