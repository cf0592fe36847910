import { isCalledOff, takesRegistrations } from '../../programme/trainings.ts'
import { whenLine } from '../../programme/when.ts'
import { line, type Part, say } from '../../texts.ts'
import { trainingsAskedAbout } from '../about.ts'
import { listLength, trainingFacts, windowPart } from '../describe.ts'
import type { Answer } from '../reply.ts'
import { waves } from './schedule-list.ts'

/** How many seats are free, by training. */
export const seatAvailability: Answer = async (turn) => {
  const { trainings, topic } = await trainingsAskedAbout(turn)
  if (trainings.length === 0) return { ...(await waves(turn, say('schedule-none-there'))), topic }
  const shown = trainings.slice(0, listLength)
  const parts: Part[] = shown.flatMap((training) => [
    say('training-head', { title: training.title, code: training.code }),
    ...(isCalledOff(training) ? [] : [line('seats', trainingFacts(training))]),
    whenLine(training),
  ])
  const [first] = shown
  if (first && shown.every(({ waveNumber }) => waveNumber === first.waveNumber))
    parts.push({ ...windowPart(first.wave, turn.now), tight: false })
  const canRegister = shown.some((training) => takesRegistrations(training, turn.now))
  return {
    parts,
    ...(canRegister ? { choices: [{ label: say('choice-register'), value: { asks: 'register' } }] } : {}),
    topic,
  }
}
