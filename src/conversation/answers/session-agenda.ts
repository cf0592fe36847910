import { say } from '../../texts.ts'
import { trainingsAskedAbout } from '../about.ts'
import { listLength, sessionLines, trainingChoice } from '../describe.ts'
import type { Answer } from '../reply.ts'
import { waves } from './schedule-list.ts'

/** What is taught, by whom, on which days and at which hours. */
export const sessionAgenda: Answer = async (turn) => {
  const { trainings, topic } = await trainingsAskedAbout(turn)
  const [first] = trainings
  if (!first) return { ...(await waves(turn, say('schedule-none-there'))), topic }
  const head = (training: typeof first) =>
    say('training-head', { title: training.title, code: training.code })
  // So many fit on a screen; more are chosen from.
  if (trainings.length <= 3)
    return {
      parts: trainings.flatMap((training) => [head(training), ...sessionLines(training, { speakers: true })]),
      topic,
    }
  const shown = trainings.slice(0, listLength)
  return {
    parts: [say('agenda-choose', { count: trainings.length })],
    choices: shown.map((training) =>
      trainingChoice(training, { asks: 'session_agenda', training: training.code }),
    ),
    topic,
  }
}
