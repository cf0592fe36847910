import { hasConsented, storeConsent } from '../../people/consent.ts'
import { tellLeftToStaff } from '../../registration/request.ts'
import { say } from '../../texts.ts'
import { yesOrNo } from '../choices.ts'
import { menu } from '../reply.ts'
import { personNamed, setSpeaker } from '../speaker.ts'
import { type Form, yesNo } from './form.ts'

/**
 * Who is speaking: the messenger's proof of the number, the person among those who share it, and consent, asked
 * in this order and only once. Ends without a message when all is known; what waited for it goes on.
 */
export const identify: Form = {
  personal: false,
  left: 'identify-left',
  fill: async (turn, slots, asked) => {
    if (asked === 'speaker') {
      const named = personNamed(turn)
      return named ? { ...slots, speaker: named.id } : undefined
    }
    if (asked !== 'consent') return undefined
    const answer = yesOrNo(turn.text, turn.understanding)
    return answer ? { ...slots, consent: answer } : undefined
  },
  step: async (turn, slots) => {
    if (!turn.contact.phone)
      return { ask: 'phone', slots, reply: { parts: [say('ask-phone')], asksPhone: true } }
    if (turn.persons.length === 0) return { done: [{ parts: [say('stranger')], choices: menu }] }
    const speaker = turn.speaker ?? turn.persons.find(({ id }) => id === slots['speaker'])
    if (!speaker)
      return {
        ask: 'speaker',
        slots,
        reply: {
          parts: [say('ask-speaker')],
          choices: turn.persons.map(({ id, name }) => ({
            label: say('choice-person', { name }),
            value: { fills: 'speaker', value: id },
          })),
        },
      }
    setSpeaker(turn, speaker)
    if (hasConsented(speaker)) return { done: [] }
    if (slots['consent'] === undefined)
      return {
        ask: 'consent',
        slots,
        reply: {
          parts: [say('ask-consent', { name: speaker.name })],
          choices: yesNo(`consent/${speaker.id}`),
        },
        again: [say('ask-consent-again')],
        about: `consent/${speaker.id}`,
      }
    const agreed = slots['consent'] === 'yes'
    await storeConsent(turn.tx, speaker.id, agreed, turn.now)
    if (!agreed && slots['request'] !== undefined)
      await tellLeftToStaff(turn.tx, Number(slots['request']), turn.rules.quietHours, turn.now)
    if (!agreed) return { done: [{ parts: [say('consent-refused')], choices: menu }] }
    speaker.consentedAt = turn.now
    return { done: [] }
  },
}
