import { hasConsented, storeConsent } from '../../people/consent.ts'
import { registrationsOf } from '../../registration/own.ts'
import { line, say } from '../../texts.ts'
import { ownDataChoices } from '../answers/privacy.ts'
import { officeThatWaits } from '../applicant.ts'
import { carefulYesOrNo } from '../choices.ts'
import { menu } from '../reply.ts'
import { type Form, yesNo } from './form.ts'

const plainlyYes =
  /^\W*((ya|iya|yes|y|ok|oke|yakin|sure)\W+)?(saya )?(mau )?(tarik|ditarik|cabut|dicabut|withdraw)( (saja|aja|pak|bu|it|persetujuan\w*( saya)?|my consent))*\W*$/i

/**
 * Takes a consent back, after asking once: "setuju" gives it again. What was registered with it stays until it is
 * cancelled. Slot: sure (yes, no).
 */
export const withdraw: Form = {
  personal: true,
  left: 'withdraw-consent-left',
  fill: async ({ text }, slots, asked) => {
    const answer = plainlyYes.test(text) ? 'yes' : carefulYesOrNo(text)
    return asked === 'sure' && answer ? { ...slots, sure: answer } : undefined
  },
  step: async (turn, slots) => {
    const { speaker, tx, now } = turn
    if (!speaker) throw new Error('withdraw needs a speaker')
    if (!hasConsented(speaker))
      return { done: [{ parts: [say('withdraw-nothing')], choices: ownDataChoices }] }
    if (slots['sure'] === 'no') return { done: [{ parts: [say('withdraw-consent-left')], choices: menu }] }
    const isShared = turn.persons.some((each) => each.id !== speaker.id && hasConsented(each))
    const waits = (await officeThatWaits(turn)) ? [say('withdraw-consent-waits')] : []
    const about = `consent-back/${speaker.id}`
    if (slots['sure'] !== 'yes')
      return {
        ...{ ask: 'sure', slots, about, again: [say('withdraw-consent-again')] },
        reply: {
          parts: [
            say(isShared ? 'withdraw-consent-ask-shared' : 'withdraw-consent-ask', { name: speaker.name }),
            ...waits,
            say('withdraw-consent-sure'),
          ],
          choices: yesNo(about),
        },
      }
    await storeConsent(tx, speaker.id, false, now)
    Object.assign(speaker, { consentedAt: null, consentRefusedAt: now })
    const own = await registrationsOf(tx, speaker.id)
    return {
      done: [
        {
          parts: [
            say(isShared ? 'withdrawn-shared' : 'withdrawn', { name: speaker.name }),
            ...waits,
            ...(own.length > 0 ? [say('withdrawn-registrations')] : []),
            ...own.map(({ number, state, training }) =>
              line('profile-registration', { number, state, title: training.title, code: training.code }),
            ),
          ],
          choices: [
            ...(own.length + waits.length > 0
              ? [{ label: say('choice-cancel'), value: { asks: 'cancel_registration' } }]
              : []),
            ...ownDataChoices,
          ],
        },
      ],
    }
  },
}
