import type { InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove } from 'grammy/types'
import type { OutgoingMessage } from '../channel.ts'
import { toPlain } from '../rich-text.ts'

/** A phone shows about so much of a button's label; Telegram itself names no limit. */
const longestLabel = 60
/** The label of the button by which Telegram shares the sender's own number. */
export const phoneButton = '📱 Kirim nomor saya'

export type Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove

/**
 * Choices are buttons under the message, one a row. A message has one keyboard only, so where the phone number is
 * asked for, choices stand as text below that button, and their label comes back as if it were typed.
 *
 * @see https://core.telegram.org/bots/api#inlinekeyboardbutton callback_data is 1 to 64 bytes
 */
export function keyboard(message: OutgoingMessage): Markup | undefined {
  const { choices, link } = message
  if (message.asksPhone) {
    const labels = choices.map(({ label }) => [{ text: toPlain(label) }])
    return {
      keyboard: [[{ text: phoneButton, request_contact: true }], ...labels],
      one_time_keyboard: true,
      resize_keyboard: true,
    }
  }
  if (message.hidesPhoneButton && choices.length === 0) return { remove_keyboard: true }
  if (choices.length === 0 && !link) return undefined
  const rows: InlineKeyboardMarkup['inline_keyboard'] = choices.map(({ label, data }) => [
    { text: shortened(toPlain(label)), callback_data: data },
  ])
  if (link) rows.push([{ text: shortened(link.label), url: link.url }])
  return { inline_keyboard: rows }
}

/** A label as long as a phone shows it. */
export function shortened(label: string): string {
  const letters = [...label]
  if (letters.length <= longestLabel) return label
  return `${letters
    .slice(0, longestLabel - 1)
    .join('')
    .trimEnd()}…`
}
