import { setStopped } from '../../contacts/contacts.ts'
import { say } from '../../texts.ts'
import { yesOrNo } from '../choices.ts'
import { menu } from '../reply.ts'
import { type Form, yesNo } from './form.ts'

/** The wish for no more messages in other words than STOP: asked once, then as STOP. Slot: sure (yes, no). */
export const unsubscribe: Form = {
  personal: false,
  left: 'unsubscribe-left',
  fill: async (turn, slots, asked) => {
    const answer = asked === 'sure' ? yesOrNo(turn.text, turn.understanding) : undefined
    return answer ? { ...slots, sure: answer } : undefined
  },
  step: async ({ tx, contact, now }, slots) => {
    if (contact.stoppedAt) return { done: [{ parts: [say('unsubscribe-already')] }] }
    if (slots['sure'] === 'no') return { done: [{ parts: [say('unsubscribe-left')], choices: menu }] }
    if (slots['sure'] !== 'yes')
      return {
        ask: 'sure',
        slots,
        reply: { parts: [say('unsubscribe-ask')], choices: yesNo('unsubscribe') },
        again: [say('unsubscribe-again')],
        about: 'unsubscribe',
      }
    await setStopped(tx, contact.id, now)
    return { done: [{ parts: [say('stopped')] }] }
  },
}
