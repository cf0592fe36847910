import type { KnownPerson } from '../../contacts/contacts.ts'
import type { Choice } from '../../delivery/content.ts'
import { type FullTraining, findTrainings, trainingByCode } from '../../programme/trainings.ts'
import { whenLine } from '../../programme/when.ts'
import { registerColleague } from '../../registration/colleague.ts'
import { type Colleague, colleaguesOf, type Judged, judgeColleague } from '../../registration/colleagues.ts'
import type { Refusal } from '../../registration/eligibility.ts'
import { line, type Part, say } from '../../texts.ts'
import { yesOrNo } from '../choices.ts'
import { trainingChoice, trainingFacts } from '../describe.ts'
import { telling } from '../refusal.ts'
import { menu, type Reply, type Turn } from '../reply.ts'
import { withdrawChoice } from '../requests.ts'
import type { Slots } from '../state.ts'
import { type Form, type Step, yesNo } from './form.ts'
import { fillSeveral, firstOfSeveral, isQueued, restAfter, skipChoice, skipped, skips } from './parties.ts'
import { type Fitting, fillColleague, newPerson, pickColleague, toldOfNewPerson } from './pick-colleague.ts'
import { decidingSlots, fits } from './register.ts'

/**
 * A colleague of the same cooperative is registered who is not there. Slots: colleague (id) or who (words that name
 * one); training (code), wave, track, area, from, to as in `register`, about and aboutWave what was spoken of; sure;
 * rest (those whose turn is after this one), queued (others came before).
 */
export const colleague: Form = {
  personal: true,
  left: 'colleague-left',
  fill: async (turn, slots, asked) => {
    if (!turn.speaker) return undefined
    if (asked === 'colleague' && skips.test(turn.text) && isQueued(slots))
      return { ...slots, colleague: skipped }
    const named = decidingSlots(turn.named)
    const { training: _, wave: __, from: ___, to: ____, sure: _____, ...rest } = slots
    const withTraining = Object.keys(named).length > 0 ? { ...rest, ...named } : undefined
    const others = await colleagues(turn, turn.speaker)
    const several = fillSeveral(turn, others, withTraining ?? slots, asked)
    if (several) return several
    const filled = fillColleague(turn, others, withTraining ?? slots, asked)
    const withColleague = filled && { ...filled, ...restAfter(turn, filled, others, asked) }
    const answer = asked === 'sure' ? yesOrNo(turn.text, turn.understanding) : undefined
    const same = !withColleague || withColleague['colleague'] === slots['colleague']
    if (answer && same && !withTraining) return { ...slots, sure: answer }
    return withColleague ?? withTraining
  },
  step: async (turn, slots) => {
    const { speaker } = turn
    if (!speaker) throw new Error('colleague needs a speaker')
    if (slots['colleague'] === newPerson) return toldOfNewPerson()
    if (slots['colleague'] === skipped) return { done: [{ parts: [say('party-skipped')] }] }
    const others = await colleagues(turn, speaker)
    const several = await firstOfSeveral(turn, slots, others)
    if (several) return several
    const named = slots['training'] ? await trainingByCode(turn.tx, String(slots['training'])) : undefined
    const place = named && { training: named, given: {} }
    const picked = await pickColleague(turn, slots, others, place, {
      ask: say('colleague-who'),
      nobody: say('colleague-nobody'),
      before: [isQueued(slots) ? skipChoice : myselfChoice(named)],
    })
    if ('step' in picked) return picked.step
    const found = { ...slots, colleague: picked.colleague.id }
    return named
      ? await confirm(turn, speaker, picked, named, found)
      : await chooseTraining(turn, speaker, picked.colleague, found)
  },
}

function myselfChoice(named: FullTraining | undefined): Choice {
  return {
    label: say('choice-myself'),
    value: { asks: 'register', ...(named ? { training: named.code } : {}) },
  }
}

async function colleagues(turn: Turn, speaker: KnownPerson): Promise<Colleague[]> {
  return await colleaguesOf(
    turn.tx,
    speaker.id,
    speaker.positions.map(({ cooperativeId }) => cooperativeId),
  )
}

type Possible = { training: FullTraining; judged: Judged }

async function chooseTraining(
  turn: Turn,
  speaker: KnownPerson,
  chosen: Colleague,
  slots: Slots,
): Promise<Step> {
  const judged: Possible[] = []
  for (const training of (await findTrainings(turn.tx, {})).filter((each) => fits(each, slots))) {
    const found = await judgeColleague(turn.tx, chosen, training, turn.now)
    if (found) judged.push({ training, judged: found })
  }
  const possible = preferred(
    judged.filter(({ judged: { refused } }) => refused === undefined || refused === 'full'),
    slots,
  )
  const [only] = possible
  if (!only) return { done: [nothingPossible(chosen, judged)] }
  if (possible.length === 1)
    return withBefore(
      await confirm(turn, speaker, { colleague: chosen, judged: only.judged }, only.training, {
        ...slots,
        training: only.training.code,
      }),
      isQueued(slots) ? notLikeTheOneBefore(chosen, judged, slots) : [],
    )
  return {
    ask: 'training',
    slots,
    reply: {
      parts: [
        say('colleague-choose', { name: chosen.name, count: possible.length }),
        ...possible.flatMap(({ training }) => [
          say('training-head', { title: training.title, code: training.code }),
          whenLine(training),
          line('register-place-seats', trainingFacts(training)),
        ]),
      ],
      choices: possible.map(({ training }) =>
        trainingChoice(training, { fills: 'training', value: training.code }),
      ),
    },
    again: [say('colleague-choose-again', { name: chosen.name })],
  }
}

/** What was spoken of wins where it is possible; classes with a seat come before full ones. */
function preferred(possible: Possible[], slots: Slots): Possible[] {
  const spoken = possible.filter(({ training }) => training.code === slots['about'])
  if (spoken.length > 0) return spoken
  const ofWave = possible.filter(({ training }) => training.waveNumber === slots['aboutWave'])
  const left = ofWave.length > 0 ? ofWave : possible
  const free = left.filter(({ judged }) => judged.refused === undefined)
  return free.length > 0 ? free : left
}

/** Why the class of the one before is none for this colleague. */
function notLikeTheOneBefore({ name }: Colleague, judged: Possible[], slots: Slots): Part[] {
  const wanted = judged.find(({ training }) => training.code === slots['about'])
  const why = wanted?.judged.refused
  if (!wanted || !why || why === 'full') return []
  const { title, code, perCooperative } = wanted.training
  return [say('colleague-cannot', { name, why, title, code, cap: perCooperative ?? 0 })]
}

function withBefore(step: Step, before: Part[]): Step {
  return 'ask' in step && before.length > 0
    ? { ...step, reply: { ...step.reply, parts: [...before, ...step.reply.parts] } }
    : step
}

function nothingPossible({ name }: Colleague, judged: Possible[]): Reply {
  const refused = judged.flatMap(({ training, judged: { refused: why } }) =>
    why ? [{ training, why: why as Refusal }] : [],
  )
  const [best] = refused.sort((a, b) => telling.indexOf(a.why) - telling.indexOf(b.why))
  const { title, code } = best?.training ?? { title: '', code: '' }
  const cap = best?.training.perCooperative ?? 0
  return {
    parts: [say('colleague-cannot', { name, why: best?.why ?? 'none', title, code, cap })],
    ...(best ? { refused: { training: code, why: best.why, name } } : {}),
    choices: menu,
  }
}

async function confirm(
  turn: Turn,
  speaker: KnownPerson,
  { colleague: chosen, judged }: Fitting,
  training: FullTraining,
  slots: Slots,
): Promise<Step> {
  const { title, code } = training
  const facts = { name: chosen.name, title, code }
  if (slots['sure'] === 'no') return { done: [{ parts: [say('colleague-left')] }] }
  if (slots['sure'] !== 'yes') return askSure({ colleague: chosen, judged }, training, slots)
  const result = await registerColleague(
    turn.tx,
    { askerId: speaker.id, colleagueId: chosen.id, trainingCode: code },
    turn.rules,
    turn.now,
  )
  if ('noColleague' in result) return { done: [{ parts: [say('substitute-gone')], choices: menu }] }
  if ('refused' in result) {
    const cap = training.perCooperative ?? 0
    return {
      done: [
        {
          parts: [say('colleague-cannot', { ...facts, why: result.refused, cap })],
          refused: { training: code, why: result.refused, name: chosen.name },
          choices: menu,
        },
      ],
    }
  }
  const isHere = turn.persons.some(({ id }) => id === chosen.id)
  return {
    done: [
      {
        parts: [
          result.answerer === 'staff'
            ? say('colleague-for-staff', facts)
            : say(isHere ? 'colleague-asked-here' : 'colleague-asked', facts),
          ...(result.full ? [say('colleague-full', { name: chosen.name })] : []),
        ],
        choices: [withdrawChoice(result.asked)],
      },
    ],
    did: result.asked.id,
  }
}

function askSure({ colleague: chosen, judged }: Fitting, training: FullTraining, slots: Slots): Step {
  const { title, code } = training
  const { name } = chosen
  const about = `colleague/${chosen.id}/${code}`
  return {
    ask: 'sure',
    slots: { ...slots, training: code },
    reply: {
      parts: [
        say('colleague-confirm', {
          ...{ name, title: judged.position.title, cooperative: judged.position.cooperative.name },
        }),
        say('training-head', { title, code }),
        whenLine(training),
        line('training-place', { venue: training.venue.name }),
        ...(judged.refused === 'full' ? [say('colleague-full', { name })] : []),
        say('colleague-sure', { name }),
      ],
      choices: yesNo(about),
      topic: { training: code, wave: training.waveNumber },
    },
    again: [say('colleague-sure-again', { name, title, code })],
    about,
  }
}
