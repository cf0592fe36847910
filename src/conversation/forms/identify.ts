import { setMustConfirmName } from '../../contacts/contacts.ts'
import { storeConsent } from '../../people/consent.ts'
import { tellLeftToStaff } from '../../registration/request.ts'
import { say } from '../../texts.ts'
import { consentIn } from '../choices.ts'
import { menu, type Turn } from '../reply.ts'
import { hearName, isSomebodys, nameGiven, saysAnotherHadNumber, triedTooOften } from '../silence.ts'
import { isKnownEnough, personNamed, setSpeaker } from '../speaker.ts'
import type { Slots } from '../state.ts'
import { type Form, type Step, yesNo } from './form.ts'

/**
 * Who is speaking: the messenger's proof of the number, the name if the number may have changed hands, the person
 * among those who share it, and consent, asked in this order and only once. Ends without a message when all is known;
 * what waited for it goes on. Slots: called (the name given), taken (yes: the number was another's), speaker, consent.
 */
export const identify: Form = {
  personal: false,
  left: 'identify-left',
  fill: async (turn, slots, asked) => {
    if (asked === 'called') {
      if (saysAnotherHadNumber(turn.text)) return { ...slots, taken: 'yes' }
      const called = nameGiven(turn)
      return called ? { ...slots, called } : undefined
    }
    if (asked === 'speaker') {
      const named = personNamed(turn)
      return named ? { ...slots, speaker: named.id } : undefined
    }
    if (asked !== 'consent') return undefined
    const answer = consentIn(turn.text)
    return answer ? { ...slots, consent: answer } : undefined
  },
  step: async (turn, slots) => {
    const waiting = turn.state.form?.waiting ?? ''
    if (!turn.contact.phone) return askPhone(slots, waiting)
    const unconfirmed = await confirmName(turn, slots)
    if (unconfirmed) return unconfirmed
    if (isKnownEnough(turn, waiting)) return { done: [] }
    if (turn.persons.length === 0)
      return hasNothing.has(waiting)
        ? { done: [{ parts: [say('stranger-nothing')], choices: menu }] }
        : { next: 'introduce', slots }
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
    if (isKnownEnough(turn, waiting)) return { done: [] }
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

/** What somebody on no roster cannot have yet, so that introducing themself would not help. */
const hasNothing: ReadonlySet<string> = new Set(['cancel', 'change', 'withdraw'])

/** Nobody has to give a number to have a chat erased. */
function askPhone(slots: Slots, waiting: string): Step {
  const onlyChat = {
    label: say('choice-erase-chat'),
    value: { begins: 'erase', slots: { only: 'chat' } },
  }
  return {
    ask: 'phone',
    slots,
    reply: {
      parts: [say('ask-phone')],
      asksPhone: true,
      ...(waiting === 'erase' ? { choices: [onlyChat] } : {}),
    },
  }
}

/**
 * Asks the name of who may not be the one who had this number before, with nothing that gives a name away. Undefined
 * when it is known, or nobody has the number.
 */
async function confirmName(turn: Turn, { called, taken, ...slots }: Slots): Promise<Step | undefined> {
  if (!turn.contact.mustConfirmName) return undefined
  if (!(await isSomebodys(turn.tx, turn.contact.phone))) {
    await setMustConfirmName(turn.tx, turn.contact.id, false)
    turn.contact = { ...turn.contact, mustConfirmName: false }
    return undefined
  }
  const tooOften: Step = { done: [{ parts: [say('name-tomorrow')], choices: menu }] }
  if (triedTooOften(turn)) return tooOften
  const ask = (key: string): Step => ({
    ...{ ask: 'called', slots, reply: { parts: [say(key)] } },
    again: [say('ask-name-again')],
  })
  if (taken !== undefined) return ask('name-of-another')
  if (called === undefined) return ask('ask-name')
  const heard = await hearName(turn, String(called))
  if (heard === 'several') return ask('name-in-full')
  if (heard === 'wrong') return triedTooOften(turn) ? tooOften : ask('name-wrong')
  if (heard === 'staff' && turn.persons.length === 0)
    return { done: [{ parts: [say('phone-known')], choices: menu }] }
  return undefined
}
