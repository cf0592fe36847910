import { firstStart, isCalledOff, isOver } from '../../programme/trainings.ts'
import { type OwnRegistration, registrationsOf } from '../../registration/own.ts'
import { say } from '../../texts.ts'
import { whenLine } from '../describe.ts'
import { type Answer, menu, type Reply, type Turn } from '../reply.ts'
import { isKnown } from '../speaker.ts'

/** The officer's next registration; undefined when there is none, or it is not known who speaks. */
async function nextOwn(turn: Turn): Promise<OwnRegistration | undefined> {
  if (!turn.speaker || !isKnown(turn)) return undefined
  const own = await registrationsOf(turn.tx, turn.speaker.id)
  return own.find(({ training }) => !isOver(training, turn.now))
}

/** What is said of coming or not to a class that is called off for the time being. */
function calledOff({ training: { title, code, waveNumber }, number }: OwnRegistration): Reply {
  return {
    parts: [say('attendance-called-off', { title, code, number })],
    choices: [{ label: say('choice-cancel'), value: { asks: 'cancel_registration', training: code } }],
    topic: { training: code, wave: waveNumber },
  }
}

/** Says whether there is a seat for who says they will come. */
export const confirmAttendance: Answer = async (turn) => {
  if (!isKnown(turn)) return { parts: [say('confirm-attendance-unknown')], choices: menu }
  const own = await nextOwn(turn)
  if (!own)
    return {
      parts: [say('attendance-no-seat', { name: turn.speaker?.name ?? '' })],
      choices: [{ label: say('choice-register'), value: { asks: 'register' } }],
    }
  if (isCalledOff(own.training)) return calledOff(own)
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
  if (isCalledOff(own.training)) return calledOff(own)
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
