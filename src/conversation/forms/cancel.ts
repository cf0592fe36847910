import { takeBackIntroduction, type WaitingOffice } from '../../people/waiting-office.ts'
import { firstStart } from '../../programme/trainings.ts'
import { whenLine } from '../../programme/when.ts'
import { cancelRegistration } from '../../registration/cancel.ts'
import { type OwnRegistration, registrationsOf } from '../../registration/own.ts'
import { type Part, say } from '../../texts.ts'
import { ownDataChoices } from '../answers/privacy.ts'
import { officeThatWaits } from '../applicant.ts'
import { carefulYesOrNo, keepsSeat } from '../choices.ts'
import { trainingChoice } from '../describe.ts'
import type { Reply, Turn } from '../reply.ts'
import type { Slots } from '../state.ts'
import { type Form, type Step, yesNo } from './form.ts'

/** Slots: training (a code that was named), registration (id), sure (yes, no). */
export const cancel: Form = {
  personal: true,
  left: 'cancel-left',
  fill: async (turn, slots, asked) => {
    const { entities, intent } = turn.understanding
    if (intent === 'register') return undefined
    if (keepsSeat(turn.text)) return { ...slots, sure: 'no' }
    const named = turn.named.code ?? entities.code
    if (named && turn.speaker) {
      const own = await cancellable(turn, turn.speaker.id)
      const held = own.find(({ number, trainingCode }) => number === named || trainingCode === named)
      if (held) return { ...slots, registration: held.id }
    }
    const answer = asked === 'sure' ? carefulYesOrNo(turn.text) : undefined
    return answer ? { ...slots, sure: answer } : undefined
  },
  step: async (turn, slots) => {
    if (!turn.speaker) throw new Error('cancel needs a speaker')
    const { id: personId, name } = turn.speaker
    const office = await officeThatWaits(turn)
    if (office) return await withdraw(turn, office, slots)
    const own = await cancellable(turn, personId)
    const [first] = own
    if (!first) return { done: [await nothingToCancel(turn, personId, name)] }
    const named = own.find(({ trainingCode }) => trainingCode === slots['training'])
    const held =
      own.find(({ id }) => id === slots['registration']) ?? named ?? (own.length === 1 ? first : undefined)
    const notThere =
      slots['training'] && !named && !slots['registration']
        ? [say('cancel-not-there', { name, code: String(slots['training']) })]
        : []
    if (!held) return askWhich(own, notThere, slots)
    if (slots['sure'] === 'no') return { done: [{ parts: [say('cancel-left')] }] }
    if (slots['sure'] !== 'yes') return askSure(held, name, notThere, slots)
    const cancelled = await cancelRegistration(turn.tx, personId, held.id, turn.rules.quietHours, turn.now)
    if (!cancelled) return { done: [{ parts: [say('cancel-nothing', { name })] }] }
    return {
      done: [
        {
          parts: [say('cancelled', { name, number: held.number, title: held.training.title })],
          choices: [{ label: say('choice-register'), value: { asks: 'register' } }],
        },
      ],
      did: held.id,
    }
  },
}

async function nothingToCancel({ tx }: Turn, personId: number, name: string): Promise<Reply> {
  const [begun] = await registrationsOf(tx, personId)
  const why = begun
    ? say('cancel-begun', { name, title: begun.training.title, code: begun.trainingCode })
    : say('cancel-nothing', { name })
  return { parts: [why] }
}

function askWhich(own: OwnRegistration[], before: Part[], slots: Slots): Step {
  return {
    ask: 'registration',
    slots,
    reply: {
      parts: [...before, say('cancel-choose', { count: own.length })],
      choices: own.map(({ id, training }) => trainingChoice(training, { fills: 'registration', value: id })),
    },
  }
}

function askSure(held: OwnRegistration, name: string, before: Part[], slots: Slots): Step {
  const about = `cancel/${held.id}`
  const facts = { name, title: held.training.title, code: held.trainingCode }
  return {
    ask: 'sure',
    slots: { ...slots, registration: held.id },
    reply: {
      parts: [
        ...before,
        say('cancel-confirm', { ...facts, number: held.number }),
        whenLine(held.training),
        say('cancel-sure'),
      ],
      choices: yesNo(about),
    },
    again: [say('cancel-sure-again', facts)],
    about,
  }
}

/** Active registrations whose class has not begun, by its start. */
async function cancellable(turn: Turn, personId: number): Promise<OwnRegistration[]> {
  const own = await registrationsOf(turn.tx, personId)
  return own.filter(({ training }) => firstStart(training) > turn.now.getTime())
}

/** Who waits for staff takes back what they asked for, and what they said of themself with it. */
async function withdraw(turn: Turn, office: WaitingOffice, slots: Slots): Promise<Step> {
  const { tx, speaker, now } = turn
  const about = `withdraw/${office.id}`
  if (slots['sure'] === 'no') return { done: [{ parts: [say('withdraw-left')] }] }
  if (slots['sure'] !== 'yes')
    return {
      ask: 'sure',
      slots,
      reply: {
        parts: [say('withdraw-sure', { name: speaker?.name ?? '' })],
        choices: yesNo(about),
      },
      about,
    }
  for (const { id } of await registrationsOf(tx, office.personId, ['pending']))
    await cancelRegistration(tx, office.personId, id, turn.rules.quietHours, now)
  const { personStays } = await takeBackIntroduction(tx, office, now)
  if (!personStays) return { done: [{ parts: [say('introduction-withdrawn')] }] }
  const parts = [say('introduction-withdrawn'), say('introduction-withdrawn-kept')]
  return { done: [{ parts, choices: ownDataChoices }] }
}
