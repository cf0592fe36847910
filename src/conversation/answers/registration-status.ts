import { waitingRequests } from '../../people/profile-requests.ts'
import { isOver } from '../../programme/trainings.ts'
import { whenLine } from '../../programme/when.ts'
import { attendedBy } from '../../registration/completion.ts'
import { registrationsOf } from '../../registration/own.ts'
import { newestRequestTo, requestQuestion, requestsBy } from '../../registration/request.ts'
import { placeOnList } from '../../registration/waiting-list.ts'
import { line, type Part, say } from '../../texts.ts'
import { officeThatWaits } from '../applicant.ts'
import { attendedLine, outcomeParts } from '../outcome.ts'
import { waitingReply } from '../pending.ts'
import type { Answer } from '../reply.ts'
import { withdrawChoice } from '../requests.ts'

/** Whether one is registered, for what, and in which state. The speaker is known and has consented. */
export const registrationStatus: Answer = async (turn) => {
  const { speaker } = turn
  if (!speaker) throw new Error('registration_status needs a speaker')
  if (await officeThatWaits(turn)) return await waitingReply(turn)
  const all = await registrationsOf(turn.tx, speaker.id)
  const own = all.filter(({ training }) => !isOver(training, turn.now))
  const unsettled = all
    .filter((each) => each.state === 'confirmed' && !own.includes(each))
    .map(({ number, training }) =>
      say('status-past', { name: speaker.name, title: training.title, code: training.code, number }),
    )
  const past = [...unsettled, ...(await outcomeParts(turn, speaker.id, speaker.name))]
  const asked = await requestsBy(turn.tx, speaker.id, turn.now)
  const wishes = (await waitingRequests(turn.tx, speaker.id)).map(({ id, field, from, to, ends }) =>
    line('profile-waiting', { number: `UBAH-${id}`, field: ends ? 'ended' : field, from, to }),
  )
  const colleagues = asked.map(({ person, replacesId, training: { title, code } }) =>
    replacesId === null
      ? say('status-request-colleague', { name: person.name, title, code })
      : say('status-request-substitute', { name: person.name, code }),
  )
  const waiting = [...colleagues, ...wishes]
  const [first] = own
  if (!first)
    return {
      parts: [...(past.length > 0 ? past : [say('status-none', { name: speaker.name })]), ...waiting],
      choices: [{ label: say('choice-register'), value: { asks: 'register' } }],
    }
  const attended = await attendedBy(
    turn.tx,
    own.map(({ id }) => id),
  )
  const parts: Part[] = []
  for (const registration of own) {
    const { number, state, training, offeredUntil } = registration
    const place = await placeOnList(turn.tx, registration)
    parts.push(
      say('status-line', { name: speaker.name, state, title: training.title, code: training.code, number }),
      ...(place === undefined ? [] : [line('status-place', { place })]),
      ...(offeredUntil
        ? [line('status-offer', { until: offeredUntil.toISOString(), code: training.code })]
        : []),
      whenLine(training),
      line('training-place', { venue: training.venue.name }),
      ...attendedLine(registration, attended, turn.now),
    )
  }
  const question = await newestRequestTo(turn.tx, speaker.id, turn.now)
  const toAnswer = question && requestQuestion(question, turn.persons.length > 1)
  return {
    parts: [...parts, ...past, ...waiting, ...(toAnswer?.parts ?? [])],
    choices: [
      ...(toAnswer?.choices ?? []),
      ...asked.map(withdrawChoice),
      { label: say('choice-my-schedule'), value: { asks: 'my_schedule' } },
      { label: say('choice-cancel'), value: { asks: 'cancel_registration' } },
    ],
    topic: { training: first.trainingCode, wave: first.training.waveNumber },
  }
}
