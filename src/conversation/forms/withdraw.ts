import { hasConsented, storeConsent } from '../../people/consent.ts'
import { registrationsOf } from '../../registration/own.ts'
import { line, say } from '../../texts.ts'
import { ownDataChoices } from '../answers/privacy.ts'
import type { Form } from './form.ts'

/** Takes a consent back, at once: "setuju" gives it again. What was registered with it stays until it is cancelled. */
export const withdraw: Form = {
  personal: true,
  left: 'identify-left',
  fill: async () => undefined,
  step: async (turn) => {
    const { speaker, tx, now } = turn
    if (!speaker) throw new Error('withdraw needs a speaker')
    if (!hasConsented(speaker))
      return { done: [{ parts: [say('withdraw-nothing')], choices: ownDataChoices }] }
    await storeConsent(tx, speaker.id, false, now)
    Object.assign(speaker, { consentedAt: null, consentRefusedAt: now })
    const isShared = turn.persons.some((each) => each.id !== speaker.id && hasConsented(each))
    const own = await registrationsOf(tx, speaker.id)
    return {
      done: [
        {
          parts: [
            say(isShared ? 'withdrawn-shared' : 'withdrawn', { name: speaker.name }),
            ...(own.length > 0 ? [say('withdrawn-registrations')] : []),
            ...own.map(({ number, state, training }) =>
              line('profile-registration', { number, state, title: training.title, code: training.code }),
            ),
          ],
          choices: [
            ...(own.length > 0
              ? [{ label: say('choice-cancel'), value: { asks: 'cancel_registration' } }]
              : []),
            ...ownDataChoices,
          ],
        },
      ],
    }
  },
}
