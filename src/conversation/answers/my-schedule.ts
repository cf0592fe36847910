import { isOver } from '../../programme/trainings.ts'
import { registrationsOf } from '../../registration/own.ts'
import { line, say } from '../../texts.ts'
import { officeThatWaits } from '../applicant.ts'
import { sessionLines } from '../describe.ts'
import { waitingReply } from '../pending.ts'
import type { Answer } from '../reply.ts'

/** When and where one's own training is. The speaker is known and has consented. */
export const mySchedule: Answer = async (turn) => {
  const { speaker } = turn
  if (!speaker) throw new Error('my_schedule needs a speaker')
  if (await officeThatWaits(turn)) return await waitingReply(turn)
  const own = (await registrationsOf(turn.tx, speaker.id)).filter(
    ({ training }) => !isOver(training, turn.now),
  )
  const [first] = own
  if (!first)
    return {
      parts: [say('my-schedule-none', { name: speaker.name })],
      choices: [
        { label: say('choice-register'), value: { asks: 'register' } },
        { label: say('choice-schedule'), value: { asks: 'schedule_list' } },
      ],
    }
  return {
    parts: [
      say('my-schedule-head', { name: speaker.name }),
      ...own.flatMap(({ number, state, training }) => [
        say('my-schedule-training', { title: training.title, wave: training.waveNumber, number, state }),
        ...sessionLines(training),
        line('training-place-address', { venue: training.venue.name, address: training.venue.address }),
      ]),
    ],
    topic: { training: first.trainingCode, wave: first.training.waveNumber },
  }
}
