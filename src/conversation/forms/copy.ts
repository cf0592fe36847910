import { lastCopy, writeDataCopy } from '../../privacy/data-copy.ts'
import { say } from '../../texts.ts'
import type { Form } from './form.ts'

/** A copy of all that is stored of who speaks, or of the chat of somebody on no roster. Asks nothing. */
export const copy: Form = {
  personal: true,
  left: 'identify-left',
  fill: async () => undefined,
  step: async (turn) => {
    const { tx, texts, contact, now } = turn
    const subject = { personId: turn.speaker?.id, contact }
    const made = await lastCopy(tx, subject, now)
    if (made) return { done: [{ parts: [say('copy-today', { at: made.toISOString() })] }] }
    const file = await writeDataCopy(tx, subject, texts, contact.locale, now)
    return { done: [{ parts: [say('copy-sent')], file }] }
  },
}
