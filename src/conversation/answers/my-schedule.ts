import { isOver } from '../../programme/trainings.ts'
import { attendedBy } from '../../registration/completion.ts'
import { registrationsOf } from '../../registration/own.ts'
import { line, say } from '../../texts.ts'
import { officeThatWaits } from '../applicant.ts'
import { sessionLines } from '../describe.ts'
import { attendedLine, outcomeParts } from '../outcome.ts'
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
  const ended = await outcomeParts(turn, speaker.id, speaker.name)
  const [first] = own
  if (!first)
    return {
      parts: [say('my-schedule-none', { name: speaker.name }), ...ended],
      choices: [
        { label: say('choice-register'), value: { asks: 'register' } },
        { label: say('choice-schedule'), value: { asks: 'schedule_list' } },
      ],
    }
  const attended = await attendedBy(
    turn.tx,
    own.map(({ id }) => id),
  )
  return {
    parts: [
      say('my-schedule-head', { name: speaker.name }),
      ...own.flatMap((registration) => {
        const { number, state, training } = registration
        return [
          say('my-schedule-training', { title: training.title, wave: training.waveNumber, number, state }),
          ...sessionLines(training),
          line('training-place-address', { venue: training.venue.name, address: training.venue.address }),
          ...attendedLine(registration, attended, turn.now),
        ]
      }),
      ...ended,
    ],
    topic: { training: first.trainingCode, wave: first.training.waveNumber },
  }
}
