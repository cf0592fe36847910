import { type Api, InputFile } from 'grammy'
import type { Logger } from '../../log.ts'
import type { OutgoingChoice, OutgoingMessage, Sent } from '../channel.ts'
import { toHtml, toPlain } from '../rich-text.ts'
import { type Fault, faultOf, isUnreadable, sentOf } from './faults.ts'
import { keyboard, type Markup, shortened } from './keyboard.ts'
import { pieces } from './pieces.ts'

/** Said when that number has come. */
export const phoneTaken = '✅ Nomor diterima.'

/** What goes on the wire needs this much of the channel. The token is there to be taken out of every text. */
export type Wire = {
  api: Api
  token: string
  log: Logger
  /** Who the bot is, as soon as Telegram has said it. */
  me?: { id: number; username: string }
  /** To be told of a chat that has another id by now. */
  moved?: (from: string, to: string) => Promise<void>
}

/** Longest caption of a picture: https://core.telegram.org/bots/api#sendphoto */
const longestCaption = 1024

type Slots = () => Promise<unknown>

/**
 * Sends a message: its text, in several pieces if it is too long for one, then its place and its document. The id
 * is that of the last piece of text, which carries the choices. Once text is out, a place or document that fails
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
  const shown = await sendPicture(wire, message)
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
    const sent = await sendText(wire, message, text, last ? keyboard(message) : undefined, furtherSlot)
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
  text: string,
  markup: Markup | undefined,
  furtherSlot: Slots,
): Promise<Attempt> {
  const more = { ...(markup && { reply_markup: markup }), ...answering(message) }
  try {
    const out = await wire.api.sendMessage(message.chat, toHtml(text), { parse_mode: 'HTML', ...more })
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

function attemptOf(fault: Fault): Attempt {
  return fault.movedTo === undefined ? sentOf(fault) : { movedTo: fault.movedTo }
}

/** In a group an answer hangs on its question, and stands in its topic. */
function answering({ answers }: OutgoingMessage) {
  if (answers === undefined || !/^\d+$/.test(answers)) return {}
  return { reply_parameters: { message_id: Number(answers), allow_sending_without_reply: true } }
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
    await wire.api.sendVenue(chat, lat, lon, name, address || name)
  } catch (error) {
    wire.log.warn(
      { outgoing: id, reason: faultOf(error, wire.token).reason },
      'place not sent with its message',
    )
  }
}

const picture = /^image\/(png|jpeg)$/

/**
 * A picture carries its text if that is short enough, and is then the message itself. Undefined when there is none, the
 * text is too long for it, or Telegram does not take it as a picture: then it goes as a file behind the text.
 */
async function sendPicture(wire: Wire, message: OutgoingMessage): Promise<Attempt | undefined> {
  const { document, text, chat } = message
  if (!document || !picture.test(document.type) || toPlain(text).length > longestCaption) return undefined
  const markup = keyboard(message)
  try {
    const out = await wire.api.sendPhoto(chat, new InputFile(document.content, fileName(document.name)), {
      ...{ caption: toHtml(text), parse_mode: 'HTML' },
      ...(markup && { reply_markup: markup }),
      ...answering(message),
    })
    return { id: String(out.message_id) }
  } catch (error) {
    const attempt = attemptOf(faultOf(error, wire.token))
    return 'failed' in attempt && attempt.failed === 'rejected' ? undefined : attempt
  }
}

async function sendDocument(wire: Wire, message: OutgoingMessage, furtherSlot: Slots): Promise<void> {
  const { id, chat, document } = message
  if (!document) return
  const file = () => new InputFile(document.content, fileName(document.name))
  const warn = (error: unknown) =>
    wire.log.warn(
      { outgoing: id, reason: faultOf(error, wire.token).reason },
      'document not sent with its message',
    )
  await furtherSlot()
  try {
    if (picture.test(document.type)) return void (await wire.api.sendPhoto(chat, file()))
    return void (await wire.api.sendDocument(chat, file()))
  } catch (error) {
    if (!picture.test(document.type)) return warn(error)
  }
  // too large, or of a shape that Telegram shows as a file only
  await furtherSlot()
  await wire.api.sendDocument(chat, file()).catch(warn)
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

/** grammY writes the name into a header as it is: nothing that ends or splits one may stay in it. */
function fileName(name: string): string {
  return name.replace(/[\p{Cc};"\\/]/gu, '_')
}
