import { askedSessions } from '../../registration/coming.ts'
import { say } from '../../texts.ts'
import { absenceParts, freeOrKeep, seatIsGone } from '../absence.ts'
import { carefulYesOrNo, keepsSeat } from '../choices.ts'
import type { Form } from './form.ts'

const frees = /^\W*(ya\W+)?(di)?lepas(kan)?( saja| aja| pak| bu)*\W*$/i
const keeps = /\b(simpan|tetap|jangan dilepas|jgn dilepas)\b/i

/**
 * Who does not come is asked once whether their seat is to go to who waits. Slots: registration, session (ids), sure
 * (yes, no).
 */
export const freeSeat: Form = {
  personal: true,
  left: 'free-seat-left',
  fill: async ({ text }, slots, asked) => {
    if (asked !== 'sure') return undefined
    if (keepsSeat(text) || keeps.test(text)) return { ...slots, sure: 'no' }
    const answer = frees.test(text) ? 'yes' : carefulYesOrNo(text)
    return answer ? { ...slots, sure: answer } : undefined
  },
  step: async (turn, slots) => {
    const registrationId = Number(slots['registration'])
    if (slots['sure']) return { done: [await freeOrKeep(turn, registrationId, slots['sure'] === 'yes')] }
    const [asked] = await askedSessions(
      turn.tx,
      { registrationId, sessionId: Number(slots['session']) },
      turn.now,
    )
    if (!asked) return { done: [seatIsGone()] }
    const facts = { name: asked.personName, title: asked.title, code: asked.code, number: asked.number }
    return {
      ask: 'sure',
      slots,
      reply: {
        parts: [...absenceParts(asked), say('free-seat-ask', facts)],
        choices: [
          { label: say('choice-free-seat'), value: { seat: registrationId, frees: true } },
          { label: say('choice-keep-seat'), value: { seat: registrationId, frees: false } },
        ],
      },
      again: [say('free-seat-again', facts)],
    }
  },
}
