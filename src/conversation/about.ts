import { hasConsented } from '../people/consent.ts'
import type { FullTraining } from '../programme/trainings.ts'
import { allWaves, findTrainings, isOver, stageOf, type TrainingQuery } from '../programme/trainings.ts'
import { registrationsOf } from '../registration/own.ts'
import { daysToInstants } from '../time.ts'
import type { Turn } from './reply.ts'
import type { Topic } from './state.ts'

/** What a question names, from this message and those before it. */
export function queryOf(turn: Turn): TrainingQuery {
  const { entities } = turn.understanding
  const { topic } = turn
  const role = entities.role === 'anggota' ? undefined : entities.role
  return {
    ...(topic.training ? { code: topic.training } : {}),
    ...(topic.wave === undefined || topic.training ? {} : { wave: topic.wave }),
    ...(topic.area && !topic.training ? { area: topic.area } : {}),
    ...(entities.date ? { during: daysToInstants(entities.date.from, entities.date.to) } : {}),
    ...(role && !topic.training ? { role } : {}),
    ...trackOf(turn),
  }
}

const trackWords: [RegExp, NonNullable<TrainingQuery['track']>][] = [
  [/\b(bisnis|usaha|manajerial)\b/i, 'business'],
  [/\b(kelembagaan|organisasi)\b/i, 'organisation'],
]

function trackOf(turn: Turn): Pick<TrainingQuery, 'track'> {
  const found = trackWords.find(([words]) => words.test(turn.text))
  return found && !turn.topic.training && !turn.understanding.entities.position ? { track: found[1] } : {}
}

export type About = {
  trainings: FullTraining[]
  /** What was named, if anything was; else the trainings are those that come next. */
  named: boolean
  topic: Topic
}

/**
 * The trainings that a question is about: those named now or before; else the officer's own, if they agreed to
 * their data being used; else all that are not over in waves that are open or to come, or all not over.
 */
export async function trainingsAskedAbout(turn: Turn): Promise<About> {
  const query = queryOf(turn)
  if (Object.keys(query).length > 0) {
    const trainings = await findTrainings(turn.tx, query)
    const only = trainings.length === 1 ? trainings[0]?.code : undefined
    return { trainings, named: true, topic: { ...turn.topic, ...(only ? { training: only } : {}) } }
  }
  const own = await ownTrainings(turn)
  if (own.length > 0) {
    const only = own.length === 1 ? own[0]?.code : undefined
    return { trainings: own, named: true, topic: { ...turn.topic, ...(only ? { training: only } : {}) } }
  }
  return { trainings: await nextTrainings(turn), named: false, topic: turn.topic }
}

async function ownTrainings(turn: Turn): Promise<FullTraining[]> {
  if (!turn.speaker || !hasConsented(turn.speaker)) return []
  const own = await registrationsOf(turn.tx, turn.speaker.id)
  return own.map(({ training }) => training).filter((training) => !isOver(training, turn.now))
}

async function nextTrainings(turn: Turn): Promise<FullTraining[]> {
  const coming = (await findTrainings(turn.tx, {})).filter((training) => !isOver(training, turn.now))
  const open = coming.filter((training) => stageOf(training.wave, turn.now) === 'open')
  return open.length > 0 ? open : coming
}

/** The waves that are not over: open, to come, or with trainings still ahead. */
export async function currentWaves(turn: Turn) {
  const trainings = await findTrainings(turn.tx, {})
  const running = new Set(
    trainings.filter((training) => !isOver(training, turn.now)).map(({ waveNumber }) => waveNumber),
  )
  return (await allWaves(turn.tx)).filter(
    (wave) => stageOf(wave, turn.now) !== 'closed' || running.has(wave.number),
  )
}
