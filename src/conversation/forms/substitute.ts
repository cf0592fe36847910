import type { KnownPerson } from '../../contacts/contacts.ts'
import { firstStart } from '../../programme/trainings.ts'
import { whenLine } from '../../programme/when.ts'
import { type Colleague, colleaguesOf } from '../../registration/colleagues.ts'
import { type OwnRegistration, registrationsOf } from '../../registration/own.ts'
import { requestsBy } from '../../registration/request.ts'
import { askSubstitute, givenUpFor, type SubstituteResult } from '../../registration/substitute.ts'
import { type Part, say } from '../../texts.ts'
import { yesOrNo } from '../choices.ts'
import { trainingChoice } from '../describe.ts'
import { menu, type Reply, type Turn } from '../reply.ts'
import { withdrawChoice } from '../requests.ts'
import type { Slots } from '../state.ts'
import { type Form, type Step, yesNo } from './form.ts'
import {
  type Fitting,
  fillColleague,
  newPerson,
  type PickTexts,
  pickColleague,
  toldOfNewPerson,
} from './pick-colleague.ts'

/**
 * Somebody else of the same cooperative comes instead. Slots: registration (id) or training (code) of the seat;
 * colleague (id) or who (words that name one); sure.
 */
export const substitute: Form = {
  personal: true,
  left: 'substitute-left',
  fill: async (turn, slots, asked) => {
    const { speaker } = turn
    if (!speaker) return undefined
    const seats = await ownSeats(turn, speaker)
    const named = seats.find(({ trainingCode }) => trainingCode === turn.named.code)
    const { sure: _, ...rest } = slots
    const withSeat = named ? { ...rest, registration: named.id } : slots
    const colleagues = await colleaguesOf(
      turn.tx,
      speaker.id,
      seats.map(({ cooperativeId }) => cooperativeId),
    )
    const withColleague = fillColleague(turn, colleagues, withSeat, asked)
    const answer = asked === 'sure' ? yesOrNo(turn.text, turn.understanding) : undefined
    const same = !withColleague || withColleague['colleague'] === slots['colleague']
    if (answer && same && !named) return { ...slots, sure: answer }
    return withColleague ?? (named ? withSeat : undefined)
  },
  step: async (turn, slots) => {
    const { speaker } = turn
    if (!speaker) throw new Error('substitute needs a speaker')
    if (slots['colleague'] === newPerson) return toldOfNewPerson()
    const seats = await ownSeats(turn, speaker)
    const [first] = seats
    if (!first) return { done: [await noSeat(turn, speaker)] }
    const held =
      seats.find(({ id }) => id === slots['registration']) ??
      seats.find(({ trainingCode }) => trainingCode === slots['training']) ??
      (seats.length === 1 ? first : undefined)
    if (!held)
      return {
        ask: 'registration',
        slots,
        reply: {
          parts: [say('substitute-which')],
          choices: seats.map(({ id, training }) =>
            trainingChoice(training, { fills: 'registration', value: id }),
          ),
        },
      }
    return await stepWithSeat(turn, speaker, held, { ...slots, registration: held.id })
  },
}

/** Seats whose class has not begun; a place on a waiting list cannot be handed on. */
async function ownSeats(turn: Turn, speaker: KnownPerson): Promise<OwnRegistration[]> {
  const own = await registrationsOf(turn.tx, speaker.id, ['confirmed'])
  return own.filter(({ training }) => firstStart(training) > turn.now.getTime())
}

/** Why there is nothing to hand on; who comes instead of somebody is told how that goes. */
async function noSeat(turn: Turn, { id, name }: KnownPerson): Promise<Reply> {
  const [other] = await registrationsOf(turn.tx, id)
  if (!other)
    return {
      parts: [say('substitute-nothing', { name }), say('substitute-rule'), say('substitute-other-way')],
      choices: menu,
    }
  const { title, code } = other.training
  const facts = { name, title, code, state: other.state }
  const begun = other.state === 'confirmed'
  return {
    parts: [begun ? say('substitute-begun', facts) : say('substitute-no-seat', facts)],
    choices: menu,
  }
}

async function stepWithSeat(
  turn: Turn,
  speaker: KnownPerson,
  held: OwnRegistration,
  slots: Slots,
): Promise<Step> {
  const colleagues = await colleaguesOf(turn.tx, speaker.id, [held.cooperativeId])
  const place = { training: held.training, given: await givenUpFor(turn.tx, held.id) }
  const picked = await pickColleague(turn, slots, colleagues, place, await pickTexts(turn, speaker, held))
  if ('step' in picked) return picked.step
  return await confirm(turn, speaker, held, colleagues, picked, slots)
}

async function pickTexts(turn: Turn, speaker: KnownPerson, held: OwnRegistration): Promise<PickTexts> {
  const { title, code } = held.training
  const [open] = (await requestsBy(turn.tx, speaker.id, turn.now)).filter(
    ({ replacesId }) => replacesId === held.id,
  )
  const facts = { name: speaker.name, title, code }
  return {
    ask: open
      ? say('substitute-who-else', { ...facts, colleague: open.person.name })
      : say('substitute-who', facts),
    nobody: say('substitute-nobody', { code }),
    ...(open ? { before: [withdrawChoice(open)] } : {}),
  }
}

async function confirm(
  turn: Turn,
  speaker: KnownPerson,
  held: OwnRegistration,
  colleagues: Colleague[],
  { colleague, judged }: Fitting,
  slots: Slots,
): Promise<Step> {
  const { title, code } = held.training
  const facts = { name: speaker.name, colleague: colleague.name, title, code }
  if (slots['sure'] === 'no') return { done: [{ parts: [say('substitute-left')] }] }
  if (slots['sure'] !== 'yes') {
    const about = `substitute/${held.id}/${colleague.id}`
    return {
      ask: 'sure',
      slots: { ...slots, colleague: colleague.id },
      reply: {
        parts: [
          say('substitute-confirm', { ...facts, office: judged.position.title }),
          whenLine(held.training),
          say('substitute-stays'),
        ],
        choices: yesNo(about),
        topic: { training: code, wave: held.training.waveNumber },
      },
      again: [say('substitute-confirm', { ...facts, office: judged.position.title })],
      about,
    }
  }
  const result = await askSubstitute(
    turn.tx,
    { askerId: speaker.id, registrationId: held.id, colleagueId: colleague.id },
    turn.rules,
    turn.now,
  )
  const isHere = turn.persons.some(({ id }) => id === colleague.id)
  return {
    done: [toldResult(result, facts, { isHere, hasOthers: colleagues.length > 1 })],
    ...('asked' in result ? { did: result.asked.id } : {}),
  }
}

function toldResult(
  result: SubstituteResult,
  facts: Record<string, string>,
  { isHere, hasOthers }: { isHere: boolean; hasOthers: boolean },
): Reply {
  if ('gone' in result || 'noColleague' in result) return { parts: [say('substitute-gone')], choices: menu }
  if ('refused' in result)
    return {
      parts: [
        say('colleague-cannot', { ...facts, name: facts['colleague'] ?? '', why: result.refused, cap: 0 }),
        ...(hasOthers ? [say('substitute-try-again')] : []),
      ],
    }
  const request = 'asked' in result ? result.asked : result.already
  const head: Part =
    'already' in result
      ? say('substitute-already', facts)
      : result.answerer === 'colleague'
        ? say(isHere ? 'substitute-asked-here' : 'substitute-asked', facts)
        : say('substitute-for-staff', facts)
  return { parts: [head, say('substitute-until-then', facts)], choices: [withdrawChoice(request)] }
}
