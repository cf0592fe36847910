import { cancelRegistration } from '../../registration/cancel.ts'
import { registrationsOf } from '../../registration/own.ts'
import { say } from '../../texts.ts'
import type { Understanding } from '../../understanding/understand.ts'
import { yesOrNo } from '../choices.ts'
import { trainingChoice, whenLine } from '../describe.ts'
import { type Form, yesNo } from './form.ts'

/** Slots: registration (id), sure (yes, no). */
export const cancel: Form = {
  personal: true,
  left: 'cancel-left',
  fill: async (turn, slots, asked) => {
    const { code } = turn.understanding.entities
    if (code && turn.speaker) {
      const named = (await registrationsOf(turn.tx, turn.speaker.id)).find(
        ({ number, trainingCode }) => number === code || trainingCode === code,
      )
      if (named) return { ...slots, registration: named.id }
    }
    const answer = asked === 'sure' ? sureOrNot(turn.text, turn.understanding) : undefined
    return answer ? { ...slots, sure: answer } : undefined
  },
  step: async (turn, slots) => {
    if (!turn.speaker) throw new Error('cancel needs a speaker')
    const own = await registrationsOf(turn.tx, turn.speaker.id)
    const [first] = own
    if (!first) return { done: [{ parts: [say('cancel-nothing', { name: turn.speaker.name })] }] }
    const held = own.find(({ id }) => id === slots['registration']) ?? (own.length === 1 ? first : undefined)
    if (!held)
      return {
        ask: 'registration',
        slots,
        reply: {
          parts: [say('cancel-choose', { count: own.length })],
          choices: own.map(({ id, training }) =>
            trainingChoice(training, { fills: 'registration', value: id }),
          ),
        },
      }
    const found = { ...slots, registration: held.id }
    if (slots['sure'] === 'no') return { done: [{ parts: [say('cancel-left')] }] }
    if (slots['sure'] !== 'yes')
      return {
        ask: 'sure',
        slots: found,
        reply: {
          parts: [
            say('cancel-confirm', {
              number: held.number,
              title: held.training.title,
              code: held.trainingCode,
            }),
            whenLine(held.training),
            say('cancel-sure'),
          ],
          choices: yesNo,
        },
      }
    const cancelled = await cancelRegistration(turn.tx, turn.speaker.id, held.id, turn.now)
    return {
      done: [
        cancelled
          ? {
              parts: [say('cancelled', { number: held.number, title: held.training.title })],
              choices: [{ label: say('choice-register'), value: { asks: 'register' } }],
            }
          : { parts: [say('cancel-nothing', { name: turn.speaker.name })] },
      ],
    }
  },
}

/** "batalkan" is a yes here; a bare "batal" leaves this form like every other. */
function sureOrNot(text: string, understanding: Understanding): 'yes' | 'no' | undefined {
  if (/\b(jangan|(tidak|tdk|gak|ga|nggak) jadi)\b/i.test(text)) return 'no'
  if (/\bbatalkan\b|\b(ya|iya|jadi)\b.*\bbatal\b/i.test(text)) return 'yes'
  return yesOrNo(text, understanding)
}
