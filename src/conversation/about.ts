import { hasConsented } from '../people/consent.ts'
import {
  allWaves,
  type FullTraining,
  findTrainings,
  isAhead,
  isCalledOff,
  isOver,
  stageOf,
  type TrainingQuery,
  takesRegistrations,
} from '../programme/trainings.ts'
import { isMeantFor } from '../registration/eligibility.ts'
import { registrationsOf } from '../registration/own.ts'
import { isEmpty, type Named } from './named.ts'
import type { Turn } from './reply.ts'
import type { Topic } from './state.ts'

export type About = {
  trainings: FullTraining[]
  /** What the conversation is about after this question. One that found nothing is forgotten. */
  topic: Topic
}

/**
 * The trainings that a question is about: what the message names, within what was spoken of before as long as
 * that finds any; else what was spoken of; else the officer's own, if they agreed to their data being used; else
 * those ahead, for them first.
 */
export async function trainingsAskedAbout(turn: Turn): Promise<About> {
  const { named, topic } = turn
  if (!isEmpty(named)) return about(turn, await findNamed(turn), named)
  const before = queryOfTopic(topic)
  if (Object.keys(before).length > 0) {
    const all = await findTrainings(turn.tx, before)
    const left = all.filter((training) => isAhead(training, turn.now))
    const found = left.length > 0 ? left : all
    if (found.length > 0) return { trainings: found, topic: withOnly(topic, found) }
  }
  const own = await ownTrainings(turn)
  if (own.length > 0) return { trainings: own, topic: withOnly({}, own) }
  return { trainings: await trainingsAhead(turn), topic: {} }
}

function about(turn: Turn, trainings: FullTraining[], named: Named): About {
  if (trainings.length === 0) return { trainings, topic: {} }
  const [wave] = named.waves ?? (turn.topic.wave === undefined ? [] : [turn.topic.wave])
  const all = wave !== undefined && trainings.every(({ waveNumber }) => waveNumber === wave)
  const topic = { ...(all ? { wave } : {}), ...(named.area ? { area: named.area } : {}) }
  return { trainings, topic: withOnly(topic, trainings) }
}

/** When only one training is left, it is what the conversation is about. */
function withOnly(topic: Topic, trainings: FullTraining[]): Topic {
  const [only] = trainings
  return trainings.length === 1 && only ? { training: only.code, wave: only.waveNumber } : topic
}

function queryOfTopic(topic: Topic): TrainingQuery {
  if (topic.training) return { code: topic.training }
  return {
    ...(topic.wave === undefined ? {} : { waves: [topic.wave] }),
    ...(topic.area ? { area: topic.area } : {}),
  }
}

async function findNamed(turn: Turn): Promise<FullTraining[]> {
  const { named } = turn
  if (named.code) return await findTrainings(turn.tx, { code: named.code })
  if (named.during && Object.keys(named).length === 1) {
    // "besok jam berapa" asks about one's own class, when one has it then.
    const { from, to } = named.during
    const own = (await ownTrainings(turn)).filter(({ sessions }) =>
      sessions.some(({ starts, ends }) => starts <= to && ends >= from),
    )
    if (own.length > 0) return own
  }
  const exact = named.during !== undefined || named.waves !== undefined
  const within = exact || turn.topic.wave === undefined ? [] : [{ ...named, waves: [turn.topic.wave] }]
  for (const query of [...within, named]) {
    const found = await findTrainings(turn.tx, query)
    // What is over counts only where its wave or date is named; what is called off, where nothing else is left.
    const held = found.filter((training) => !isCalledOff(training))
    const dated = held.length > 0 ? held : found
    const shown = exact ? dated : found.filter((training) => isAhead(training, turn.now))
    if (shown.length > 0) return openFirst(turn, shown)
  }
  return []
}

/** Those that can be registered for come first, closed ones last. */
function openFirst(turn: Turn, trainings: FullTraining[]): FullTraining[] {
  const order = { open: 0, 'to-come': 1, closed: 2 }
  const rank = (training: FullTraining) => order[stageOf(training.wave, turn.now)]
  return trainings.toSorted((a, b) => rank(a) - rank(b))
}

async function ownTrainings(turn: Turn): Promise<FullTraining[]> {
  if (!turn.speaker || !hasConsented(turn.speaker)) return []
  const own = await registrationsOf(turn.tx, turn.speaker.id)
  return own.map(({ training }) => training).filter((training) => !isOver(training, turn.now))
}

/** Not over, of open waves if any is; for the officer's office and area if that is known and there are such. */
async function trainingsAhead(turn: Turn): Promise<FullTraining[]> {
  const coming = (await findTrainings(turn.tx, {})).filter((training) => isAhead(training, turn.now))
  const open = coming.filter((training) => takesRegistrations(training, turn.now))
  const shown = open.length > 0 ? open : coming
  const { speaker } = turn
  if (!speaker || !hasConsented(speaker)) return shown
  const meant = shown.filter((training) => isMeantFor(speaker.positions, training))
  return meant.length > 0 ? meant : shown
}

/** The waves that are not over, open ones first: each with the trainings still ahead or running. */
export async function currentWaves(turn: Turn) {
  const trainings = (await findTrainings(turn.tx, {})).filter((training) => isAhead(training, turn.now))
  const waves = (await allWaves(turn.tx)).map((wave) => ({
    wave,
    trainings: trainings.filter(({ waveNumber }) => waveNumber === wave.number),
  }))
  const order = { open: 0, 'to-come': 1, closed: 2 }
  return waves
    .filter(({ wave, trainings: ahead }) => stageOf(wave, turn.now) !== 'closed' || ahead.length > 0)
    .sort((a, b) => order[stageOf(a.wave, turn.now)] - order[stageOf(b.wave, turn.now)])
}
