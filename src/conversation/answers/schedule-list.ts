import { wave as findWave } from '../../programme/trainings.ts'
import { line, type Part, say } from '../../texts.ts'
import { currentWaves, queryOf, trainingsAskedAbout } from '../about.ts'
import { listLength, placeOf, sessionLines, trainingChoice, trainingLines, windowPart } from '../describe.ts'
import { type Answer, menu, type Reply, type Turn } from '../reply.ts'

/** When a wave, a training, or what is held at a place or on a date, takes place. */
export const scheduleList: Answer = async (turn) => {
  const query = queryOf(turn)
  if (query.wave !== undefined && !(await findWave(turn.tx, query.wave)))
    return await noSuchWave(turn, query.wave)
  if (Object.keys(query).length === 0) return await waves(turn)
  const { trainings, topic } = await trainingsAskedAbout(turn)
  const [first] = trainings
  if (!first) return { ...(await waves(turn, say('schedule-none-there'))), topic }
  if (trainings.length === 1)
    return {
      parts: [
        ...trainingLines(first).slice(0, 1),
        ...sessionLines(first),
        line('training-place', { venue: first.venue.name }),
        windowPart(first.wave, turn.now),
      ],
      location: placeOf(first),
      topic,
    }
  const sameWave = trainings.every(({ waveNumber }) => waveNumber === first.waveNumber)
  const head: Part[] = sameWave
    ? [
        say('wave-head', { wave: first.waveNumber, title: first.wave.title }),
        windowPart(first.wave, turn.now),
      ]
    : [say('schedule-head', { count: trainings.length })]
  const shown = trainings.slice(0, listLength)
  const more = trainings.length - shown.length
  return {
    parts: [
      ...head,
      ...shown.flatMap(trainingLines),
      ...(more > 0 ? [say('schedule-more', { count: more })] : []),
    ],
    choices: shown.map((training) =>
      trainingChoice(training, { asks: 'schedule_list', training: training.code }),
    ),
    topic,
  }
}

async function noSuchWave(turn: Turn, wave: number): Promise<Reply> {
  const { wave: _, ...rest } = turn.topic
  return { ...(await waves(turn, say('wave-unknown', { wave }))), topic: rest }
}

/** The waves at a glance, after a first word if there is one. */
export async function waves(turn: Turn, first?: Part): Promise<Reply> {
  const current = await currentWaves(turn)
  const intro = first ? [first] : []
  if (current.length === 0) return { parts: [...intro, say('schedule-empty')], choices: menu }
  return {
    parts: [
      ...intro,
      say('waves-head'),
      ...current.flatMap((wave) => [
        say('wave-head', { wave: wave.number, title: wave.title }),
        windowPart(wave, turn.now),
      ]),
      say('waves-ask'),
    ],
    choices: current.map((wave) => ({
      label: say('choice-wave', { wave: wave.number }),
      value: { asks: 'schedule_list', wave: wave.number },
    })),
  }
}
