import { firstStart, isOver } from '../../programme/trainings.ts'
import { type OwnRegistration, registrationsOf } from '../../registration/own.ts'
import { requestQuestion, requestsTo } from '../../registration/request.ts'
import { say } from '../../texts.ts'
import { whenLine } from '../describe.ts'
import { type Answer, menu, type Turn } from '../reply.ts'
import { isKnown } from '../speaker.ts'

/** The officer's next seat; undefined when there is none, or it is not known who speaks. */
async function nextOwn(turn: Turn): Promise<OwnRegistration | undefined> {
  if (!turn.speaker || !isKnown(turn)) return undefined
  const own = await registrationsOf(turn.tx, turn.speaker.id, ['confirmed'])
  return own.find(({ training }) => !isOver(training, turn.now))
}

/** Says whether there is a seat for who says they will come. */
export const confirmAttendance: Answer = async (turn) => {
  if (!isKnown(turn)) return { parts: [say('confirm-attendance-unknown')], choices: menu }
  const own = await nextOwn(turn)
  const [asked] = own || !turn.speaker ? [] : await requestsTo(turn.tx, [turn.speaker.id], turn.now)
  if (asked) return requestQuestion(asked, turn.persons.length > 1)
  if (!own)
    return {
      parts: [say('attendance-no-seat', { name: turn.speaker?.name ?? '' })],
      choices: [{ label: say('choice-register'), value: { asks: 'register' } }],
    }
  const { title, code } = own.training
  return {
    parts: [say('confirm-attendance', { title, code, number: own.number }), whenLine(own.training)],
    topic: { training: code, wave: own.training.waveNumber },
  }
}

/** Says what happens to the seat of who cannot come, and how to give it up before the class has begun. */
export const reportAbsence: Answer = async (turn) => {
  if (!isKnown(turn)) return { parts: [say('report-absence-unknown')], choices: menu }
  const own = await nextOwn(turn)
  if (!own) return { parts: [say('attendance-no-seat', { name: turn.speaker?.name ?? '' })], choices: menu }
  const { title, code } = own.training
  const begun = firstStart(own.training) <= turn.now.getTime()
  return {
    parts: [say(begun ? 'report-absence-begun' : 'report-absence', { title, code }), whenLine(own.training)],
    ...(begun
      ? {}
      : {
          choices: [{ label: say('choice-cancel'), value: { asks: 'cancel_registration', training: code } }],
        }),
    topic: { training: code, wave: own.training.waveNumber },
  }
}
