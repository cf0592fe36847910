import type { Api } from 'grammy'
import type { Logger } from '../../log.ts'
import type { OutgoingChoice, OutgoingMessage, Sent } from '../channel.ts'
import { toHtml, toPlain } from '../rich-text.ts'
import { type Fault, faultOf, isUnreadable, sentOf } from './faults.ts'
import { isPicture, StillUploading, sendFile, type Uploads } from './files.ts'
import { keyboard, type Markup, shortened } from './keyboard.ts'
import { pieces } from './pieces.ts'

/** Said when that number has come. */
export const phoneTaken = '✅ Nomor diterima.'

/** What goes on the wire needs this much of the channel. The token is there to be taken out of every text. */
export type Wire = {
  api: Api
  /** The same with time enough for a file. */
  files: Api
  uploads: Uploads
  token: string
  log: Logger
  /** Who the bot is, as soon as Telegram has said it. */
  me?: { id: number; username: string }
  /** To be told of a chat that has another id by now. */
  moved?: (from: string, to: string) => Promise<void>
}

/** Longest caption of a picture or document: https://core.telegram.org/bots/api#senddocument */
const longestCaption = 1024

/** Further requests of one message: see `Channel.send`. */
type Slots = (retryAfter?: number) => Promise<unknown>

/** So often a further part of a message is tried again when Telegram asks to come later. */
const mostTries = 3

/**
 * Sends a message: its text, in several pieces if it is too long for one, then its place and its document; a short text
 * goes with its document. The id is that of the last piece of text, which carries the choices. Once text is out, a place or document that fails
 * is a warning only: sending all again would show the text twice. A group that has another id by now gets it there.
 */
export async function send(
  wire: Wire,
  message: OutgoingMessage,
  furtherSlot: Slots = async () => {},
): Promise<Sent> {
  const first = await sendParts(wire, message, furtherSlot)
  if (!('movedTo' in first)) return first
  await wire.moved?.(message.chat, first.movedTo)
  await furtherSlot()
  const again = await sendParts(wire, { ...message, chat: first.movedTo }, furtherSlot)
  return 'movedTo' in again ? { notSent: 'the chat moves on and on' } : again
}

type Attempt = Sent | { movedTo: string }

async function sendParts(wire: Wire, message: OutgoingMessage, furtherSlot: Slots): Promise<Attempt> {
  const shown = await sendTogether(wire, message, furtherSlot)
  if (shown) {
    if (!('id' in shown)) return shown
    await sendPlace(wire, message, furtherSlot)
    return shown
  }
  const texts = pieces(message.text)
  let id = ''
  for (const [index, text] of texts.entries()) {
    const last = index === texts.length - 1
    if (index > 0) await furtherSlot()
    if (last) await takeBackPhoneButton(wire, message, furtherSlot)
    const part = { text, markup: last ? keyboard(message) : undefined, isFurther: index > 0 }
    const sent = await sendText(wire, message, part, furtherSlot)
    if (!('id' in sent)) return index === 0 ? sent : cutShort(sent, index, texts.length)
    id = sent.id
  }
  await sendPlace(wire, message, furtherSlot)
  await sendDocument(wire, message, furtherSlot)
  return { id }
}

/** Formatting that Telegram cannot read is left out, rather than the message. */
async function sendText(
  wire: Wire,
  message: OutgoingMessage,
  { text, markup, isFurther }: { text: string; markup: Markup | undefined; isFurther: boolean },
  furtherSlot: Slots,
): Promise<Attempt> {
  const more = { ...(markup && { reply_markup: markup }), ...around(message) }
  const first = () => wire.api.sendMessage(message.chat, toHtml(text), { parse_mode: 'HTML', ...more })
  try {
    const out = await (isFurther ? patiently(wire, furtherSlot, first) : first())
    return { id: String(out.message_id) }
  } catch (error) {
    const fault = faultOf(error, wire.token)
    if (!isUnreadable(fault)) return attemptOf(fault)
    wire.log.error({ outgoing: message.id, reason: fault.reason }, 'formatting not read; sent without')
  }
  await furtherSlot()
  try {
    const out = await wire.api.sendMessage(message.chat, toPlain(text), more)
    return { id: String(out.message_id) }
  } catch (error) {
    return attemptOf(faultOf(error, wire.token))
  }
}

/**
 * Where a part is out already, the whole is not put off: the channel is left alone for as long as Telegram asks, and this
 * part is tried again.
 */
async function patiently<T>(wire: Wire, furtherSlot: Slots, request: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await request()
    } catch (error) {
      const { code, retryAfter } = faultOf(error, wire.token)
      if (code !== 429 || retryAfter === undefined || tries === mostTries) throw error
      await furtherSlot(retryAfter)
    }
  }
}

function attemptOf(fault: Fault): Attempt {
  return fault.movedTo === undefined ? sentOf(fault) : { movedTo: fault.movedTo }
}

/** In a group an answer hangs on its question, and stands in its topic. */
function around({ answers, silent }: OutgoingMessage) {
  return {
    ...(silent && { disable_notification: true }),
    ...(answers !== undefined &&
      /^\d+$/.test(answers) && {
        reply_parameters: { message_id: Number(answers), allow_sending_without_reply: true },
      }),
  }
}

/** A part of the text is out: whatever became of the rest, the whole cannot simply be sent again. */
function cutShort(sent: Exclude<Attempt, { id: string }>, out: number, of: number): Sent {
  const why =
    'movedTo' in sent
      ? 'the chat has moved'
      : 'notSent' in sent
        ? sent.notSent
        : 'unknown' in sent
          ? sent.unknown
          : sent.reason
  return { unknown: `${out} of ${of} pieces went out, then: ${why}` }
}

/**
 * A message has one keyboard only: where choices are to stand under it, the button for the number is taken back by a
 * word before it. If that fails the button stays, which harms nobody.
 */
async function takeBackPhoneButton(
  { api, token, log }: Wire,
  message: OutgoingMessage,
  furtherSlot: Slots,
): Promise<void> {
  if (!message.hidesPhoneButton || message.choices.length === 0) return
  try {
    await api.sendMessage(message.chat, phoneTaken, { reply_markup: { remove_keyboard: true } })
  } catch (error) {
    log.warn(
      { outgoing: message.id, reason: faultOf(error, token).reason },
      'button for the number not hidden',
    )
  }
  await furtherSlot()
}

async function sendPlace(wire: Wire, message: OutgoingMessage, furtherSlot: Slots): Promise<void> {
  const { id, chat, location } = message
  if (!location) return
  const { lat, lon, name, address } = location
  await furtherSlot()
  try {
    await patiently(wire, furtherSlot, () => wire.api.sendVenue(chat, lat, lon, name, address || name))
  } catch (error) {
    wire.log.warn(
      { outgoing: id, reason: faultOf(error, wire.token).reason },
      'place not sent with its message',
    )
  }
}

/**
 * A file carries its text if that is short enough, and is then the message itself: one request, all or nothing. Undefined
 * when there is none, the text is too long for it, or Telegram does not take them so: then the file goes behind the text.
 */
async function sendTogether(
  wire: Wire,
  message: OutgoingMessage,
  furtherSlot: Slots,
): Promise<Attempt | undefined> {
  const { document, text, chat } = message
  if (!document || toPlain(text).length > longestCaption) return undefined
  await takeBackPhoneButton(wire, message, furtherSlot)
  const markup = keyboard(message)
  try {
    const id = await sendFile(wire, chat, document, isPicture(document) ? 'photo' : 'document', {
      ...{ caption: toHtml(text), parse_mode: 'HTML' },
      ...(markup && { reply_markup: markup }),
      ...around(message),
    })
    return { id: String(id) }
  } catch (error) {
    if (error instanceof StillUploading) return { notSent: error.message }
    const attempt = attemptOf(faultOf(error, wire.token))
    if (!('failed' in attempt) || attempt.failed !== 'rejected') return attempt
    wire.log.warn({ outgoing: message.id, reason: attempt.reason }, 'not taken with its file; sent before it')
  }
  await furtherSlot()
  return undefined
}

async function sendDocument(wire: Wire, message: OutgoingMessage, furtherSlot: Slots): Promise<void> {
  const { id, chat, document } = message
  if (!document) return
  const warn = (error: unknown) =>
    wire.log.warn(
      { outgoing: id, reason: faultOf(error, wire.token).reason },
      'document not sent with its message',
    )
  const send = (as: 'photo' | 'document') =>
    patiently(wire, furtherSlot, () => sendFile(wire, chat, document, as))
  await furtherSlot()
  try {
    return void (await send(isPicture(document) ? 'photo' : 'document'))
  } catch (error) {
    if (!isPicture(document)) return warn(error)
  }
  // too large, or of a shape that Telegram shows as a file only
  await furtherSlot()
  await send('document').catch(warn)
}

/** Puts under a message, in place of its choices, the one that was taken. Never throws. */
export async function showChosen(
  { api, token, log }: Wire,
  chat: string,
  externalId: string,
  { label, data }: OutgoingChoice,
): Promise<void> {
  const button = { text: shortened(`✓ ${toPlain(label)}`), callback_data: data }
  try {
    await api.editMessageReplyMarkup(chat, Number(externalId), {
      reply_markup: { inline_keyboard: [[button]] },
    })
  } catch (error) {
    log.debug({ reason: faultOf(error, token).reason }, 'the choice taken not shown')
  }
}
