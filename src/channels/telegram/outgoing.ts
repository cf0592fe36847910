import { type Api, GrammyError, HttpError, InputFile } from 'grammy'
import type { InlineKeyboardMarkup, ReplyKeyboardMarkup } from 'grammy/types'
import type { Logger } from '../../log.ts'
import { boldMark } from '../../texts.ts'
import type { OutgoingMessage, Sent } from '../channel.ts'
import { toHtml, toPlain } from '../rich-text.ts'

/** Longest text, "after entities parsing": https://core.telegram.org/bots/api#sendmessage. Counted in UTF-16. */
const longestText = 4096
/** A phone shows about so much of a button's label; Telegram itself names no limit. */
const longestLabel = 60
/** The label of the button by which Telegram shares the sender's own number. */
export const phoneButton = '📱 Kirim nomor saya'

/** What goes on the wire needs this much of the channel. The token is there to be taken out of every text. */
export type Wire = { api: Api; token: string; log: Logger }

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

/** What went wrong with a call. `code` is what Telegram answered; without it there was no answer. */
export type Fault = { reason: string; code?: number; retryAfter?: number; surelyNotOut?: boolean }

/**
 * Reads what grammY threw. A GrammyError is an answer of Telegram; an HttpError holds what node-fetch said, whose
 * text names the whole address, token and all: only its code is kept.
 *
 * @see https://grammy.dev/guide/errors
 */
export function faultOf(error: unknown, token: string): Fault {
  if (error instanceof GrammyError) {
    const { retry_after: seconds } = error.parameters
    return {
      reason: scrubbed(error.description, token),
      code: error.error_code,
      ...(seconds !== undefined && { retryAfter: seconds * 1000 }),
    }
  }
  const inner: unknown = error instanceof HttpError ? error.error : error
  const text = scrubbed(inner instanceof Error ? inner.message : String(inner), token)
  const code = inner instanceof Error && 'code' in inner ? String(inner.code) : undefined
  if (neverConnected(code, text)) return { reason: `no connection (${code})`, surelyNotOut: true }
  return { reason: code === undefined ? text : `connection broke off (${code})` }
}

/** No connection came about, or none that a request could have gone through. */
const noConnection = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN']
/** A certificate that was not accepted: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const badCertificate = /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/

/**
 * ETIMEDOUT can also come from a connection that already carried the request: node-fetch keeps of the cause only
 * its code, and its text at the end (empty, if several addresses were tried in vain).
 */
function neverConnected(code: string | undefined, text: string): boolean {
  if (code === undefined) return false
  if (code === 'ETIMEDOUT') return /reason: (connect ETIMEDOUT.*)?$/.test(text)
  if (code === 'ECONNRESET') return text.endsWith('before secure TLS connection was established')
  return noConnection.includes(code) || badCertificate.test(code)
}

/**
 * What a fault means for the message. A wrong token (401; 404 for one of no valid form; 421 at a server that
 * serves other bots) is no fault of the message: it waits until the operator has mended it.
 *
 * @see https://core.telegram.org/bots/api#making-requests
 */
export function sentOf({ reason, code, retryAfter, surelyNotOut }: Fault): Sent {
  if (surelyNotOut || code === 401 || code === 404 || code === 421) return { notSent: reason }
  if (code === 429) return retryAfter === undefined ? { notSent: reason } : { notSent: reason, retryAfter }
  if (code === undefined || code < 400 || code >= 500) return { unknown: reason }
  if (/user is deactivated|chat not found/i.test(reason)) return { failed: 'no-such-chat', reason }
  return { failed: code === 403 ? 'blocked' : 'rejected', reason }
}

/** The text without the bot's token, as it is or as it stands in an address, whole or its secret half alone. */
export function scrubbed(text: string, token: string): string {
  const secret = token.slice(token.indexOf(':') + 1)
  return [token, encodeURIComponent(token), secret]
    .filter((form) => form !== '')
    .reduce((clean, form) => clean.replaceAll(form, '<token>'), text)
}
