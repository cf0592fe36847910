import { answerRequest } from '../../registration/request.ts'
import { toldAnswer } from '../requests.ts'
import type { Form } from './form.ts'

/**
 * The yes of somebody whom a colleague has asked; it asks for nothing itself, but comes after consent. Slot:
 * request (id of the registration).
 */
export const accept: Form = {
  personal: true,
  left: 'identify-left',
  fill: async () => undefined,
  step: async (turn, slots) => {
    const { speaker } = turn
    if (!speaker) throw new Error('accept needs a speaker')
    const result = await answerRequest(
      turn.tx,
      {
        personId: speaker.id,
        registrationId: Number(slots['request']),
        agrees: true,
        contactId: turn.contact.id,
      },
      turn.rules,
      turn.now,
    )
    return { done: [await toldAnswer(turn, speaker.name, result)] }
  },
}
