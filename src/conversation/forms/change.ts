import type { KnownPerson } from '../../contacts/contacts.ts'
import {
  type FullTraining,
  findTrainings,
  firstStart,
  stageOf,
  trainingByCode,
} from '../../programme/trainings.ts'
import { whenLine } from '../../programme/when.ts'
import { changeTraining } from '../../registration/change.ts'
import { type Officer, type Refusal, refusalFor } from '../../registration/eligibility.ts'
import { type OwnRegistration, registrationsOf } from '../../registration/own.ts'
import { line, say } from '../../texts.ts'
import { officeThatWaits } from '../applicant.ts'
import { calendarOf } from '../calendar.ts'
import { carefulYesOrNo } from '../choices.ts'
import { placeOf, sessionLines, trainingChoice, trainingFacts } from '../describe.ts'
import { waitingReply } from '../pending.ts'
import { refusedParts, telling } from '../refusal.ts'
import { menu, type Reply, type Turn } from '../reply.ts'
import type { Slots } from '../state.ts'
import { type Form, type Step, yesNo } from './form.ts'
import { stepGiveUp, withGiveUp } from './give-up.ts'
import { decidingSlots, fits } from './register.ts'

/**
 * Slots: registration (id) that is left; training, wave, track, area, from, to of the one wanted; sure; mistaken (yes:
 * the one that is left was taken by mistake just now) and then giveUp (yes, no).
 */
export const change: Form = {
  personal: true,
  left: 'change-left',
  fill: async (turn, slots, asked) => {
    const named = decidingSlots(turn.named)
    if (Object.keys(named).length > 0) {
      const { sure: _, training: __, giveUp: ___, ...rest } = slots
      return { ...rest, ...named }
    }
    if (asked === 'giveUp') return withGiveUp(turn, slots)
    const answer = asked === 'sure' ? carefulYesOrNo(turn.text) : undefined
    return answer ? { ...slots, sure: answer } : undefined
  },
  step: async (turn, slots) => {
    const { speaker } = turn
    if (!speaker) throw new Error('change needs a speaker')
    if (await officeThatWaits(turn)) {
      const waiting = await waitingReply(turn)
      return { done: [{ ...waiting, parts: [...waiting.parts, say('change-when-agreed')] }] }
    }
    const own = (await registrationsOf(turn.tx, speaker.id)).filter(
      ({ training }) => firstStart(training) > turn.now.getTime(),
    )
    const [first] = own
    if (!first)
      return {
        done: [
          {
            parts: [say('change-nothing', { name: speaker.name })],
            choices: [{ label: say('choice-register'), value: { asks: 'register' } }],
          },
        ],
      }
    const held = own.find(({ id }) => id === slots['registration']) ?? (own.length === 1 ? first : undefined)
    if (!held)
      return {
        ask: 'registration',
        slots,
        reply: {
          parts: [say('change-which')],
          choices: own.map(({ id, training }) =>
            trainingChoice(training, { fills: 'registration', value: id }),
          ),
        },
      }
    return await chooseTarget(turn, speaker, held, { ...slots, registration: held.id })
  },
}

async function chooseTarget(
  turn: Turn,
  speaker: KnownPerson,
  held: OwnRegistration,
  slots: Slots,
): Promise<Step> {
  const position = speaker.positions.find(({ id }) => id === held.positionId) ?? speaker.positions[0]
  if (!position) return { done: [{ parts: [say('change-none')], choices: menu }] }
  const officer = { personId: speaker.id, position }
  const named = slots['training'] ? await trainingByCode(turn.tx, String(slots['training'])) : undefined
  const wanted = named ? [named] : (await findTrainings(turn.tx, {})).filter((each) => fits(each, slots))
  const all: FullTraining[] = []
  for (const training of wanted.filter(({ code }) => code !== held.trainingCode))
    if (!(await refusalFor(turn.tx, officer, training, turn.now, { without: [held.id] }))) all.push(training)
  const possible = sameTrackFirst(all, held, slots)
  const [only] = possible
  if (!only)
    return (
      (await insteadOfMistake(turn, officer, held, wanted, slots)) ?? {
        done: [await refused(turn, officer, held, wanted, slots)],
      }
    )
  if (possible.length > 1)
    return {
      ask: 'training',
      slots,
      reply: {
        parts: [
          say('change-choose', { title: held.training.title, code: held.trainingCode }),
          ...possible.flatMap((training) => [
            say('training-head', { title: training.title, code: training.code }),
            whenLine(training),
            line('register-place-seats', trainingFacts(training)),
          ]),
        ],
        choices: possible.map((training) =>
          trainingChoice(training, { fills: 'training', value: training.code }),
        ),
      },
      again: [say('change-choose-again')],
    }
  return await confirm(turn, officer, held, only, { ...slots, training: only.code })
}

/** Who names nothing stays in the track, as long as there is another class in it. */
function sameTrackFirst(possible: FullTraining[], held: OwnRegistration, slots: Slots): FullTraining[] {
  if (slots['training'] !== undefined || slots['track'] !== undefined) return possible
  const same = possible.filter(({ track }) => track === held.track)
  return same.length > 0 ? same : possible
}

async function confirm(
  turn: Turn,
  officer: Officer,
  held: OwnRegistration,
  training: FullTraining,
  slots: Slots,
): Promise<Step> {
  const from = {
    from: held.training.title,
    fromCode: held.trainingCode,
    title: training.title,
    code: training.code,
  }
  if (slots['sure'] === 'no') return { done: [{ parts: [say('change-left')] }] }
  if (slots['sure'] !== 'yes') {
    const about = `change/${held.id}/${training.code}`
    return {
      ask: 'sure',
      slots,
      reply: {
        parts: [
          say('change-confirm', from),
          whenLine(training),
          ...(isForGood(held, turn.now) ? [say('change-for-good', { fromCode: held.trainingCode })] : []),
        ],
        choices: yesNo(about),
      },
      again: [say('change-confirm', from)],
      about,
    }
  }
  const result = await changeTraining(turn.tx, officer, held.id, training.code, turn.rules, turn.now)
  if (!('changed' in result)) return { done: [await refused(turn, officer, held, [training], slots)] }
  turn.planned.push(...result.reminders)
  return {
    done: [
      {
        parts: [
          say('changed', { ...from, number: result.changed.number }),
          ...sessionLines(training),
          line('training-place', { venue: training.venue.name }),
        ],
        location: placeOf(training),
        ...(await calendarOf(turn, training)),
        topic: { training: training.code, wave: training.waveNumber },
      },
    ],
    did: result.changed.id,
  }
}

/** Who took a seat by mistake and meant a full class may give it up for the waiting list of that one. */
async function insteadOfMistake(
  turn: Turn,
  officer: Officer,
  held: OwnRegistration,
  wanted: FullTraining[],
  slots: Slots,
): Promise<Step | undefined> {
  if (slots['mistaken'] !== 'yes' || !isNamed(slots)) return undefined
  const best = await mostTelling(turn, officer, held, wanted)
  return best?.why === 'full' ? await stepGiveUp(turn, officer, held, best.training, slots) : undefined
}

/** Why what is wanted is not to be had; the old seat stays. */
async function refused(
  turn: Turn,
  officer: Officer,
  held: OwnRegistration,
  wanted: FullTraining[],
  slots: Slots,
): Promise<Reply> {
  const stays = say('change-stays', {
    ...{ title: held.training.title, code: held.trainingCode, number: held.number },
  })
  const best = isNamed(slots) ? await mostTelling(turn, officer, held, wanted) : undefined
  if (!best) return { parts: [say('change-none'), stays], choices: menu }
  const { training, why } = best
  const wave = training.waveNumber
  const tell = { label: say('choice-tell', { wave }), value: { tells: wave } }
  const giveBack = { label: say('choice-cancel'), value: { asks: 'cancel_registration' } }
  return {
    parts: [...refusedParts(training, why), stays],
    refused: { training: training.code, why },
    choices: [
      ...(why === 'not-open-yet' ? [tell] : []),
      ...(slots['mistaken'] === 'yes' ? [giveBack] : []),
      ...menu,
    ],
  }
}

function isNamed({ training, wave, track, area, from }: Slots): boolean {
  return [training, wave, track, area, from].some((slot) => slot !== undefined)
}

/** The class among those wanted whose refusal says most; those of the same track first. */
async function mostTelling(
  turn: Turn,
  officer: Officer,
  held: OwnRegistration,
  wanted: FullTraining[],
): Promise<{ training: FullTraining; why: Refusal } | undefined> {
  const others = wanted.filter(({ code }) => code !== held.trainingCode)
  const judged: { training: FullTraining; why: Refusal }[] = []
  for (const training of others) {
    const why = await refusalFor(turn.tx, officer, training, turn.now, { without: [held.id] })
    if (why) judged.push({ training, why })
  }
  const rank = ({ training, why }: (typeof judged)[number]) =>
    (training.track === held.track ? 0 : telling.length) + telling.indexOf(why)
  return judged.sort((a, b) => rank(a) - rank(b))[0]
}

/** Whether a seat given up now could not be had again, because its wave is closed. */
function isForGood({ training }: OwnRegistration, now: Date): boolean {
  return stageOf(training.wave, now) === 'closed'
}
