import { firstStart, isCalledOff, isOver } from '../../programme/trainings.ts'
import { whenLine } from '../../programme/when.ts'
import { codeStage, comingSessions } from '../../registration/attendance.ts'
import { noteComing } from '../../registration/coming.ts'
import { sessionsNeeded } from '../../registration/completion.ts'
import { type OwnRegistration, registrationsOf } from '../../registration/own.ts'
import { newestRequestTo, requestQuestion } from '../../registration/request.ts'
import { placeOnList } from '../../registration/waiting-list.ts'
import { line, type Part, say } from '../../texts.ts'
import { officeThatWaits } from '../applicant.ts'
import { recordedReply, saysWasThere } from '../outcome.ts'
import { waitingReply } from '../pending.ts'
import { type Answer, menu, type Reply, type Turn } from '../reply.ts'
import { isKnown } from '../speaker.ts'
import { handOverReply } from '../to-staff.ts'

/** The officer's registration that is meant: of the class or the days that are named, else the next; undefined for none. */
async function ownMeant({ tx, now, named, speaker }: Turn): Promise<OwnRegistration | undefined> {
  if (!speaker) return undefined
  const own = (await registrationsOf(tx, speaker.id)).filter(({ training }) => !isOver(training, now))
  const { code, during } = named
  const then = during
    ? own.find(({ training }) =>
        training.sessions.some(({ starts, ends }) => starts <= during.to && ends >= during.from),
      )
    : undefined
  return own.find(({ trainingCode }) => trainingCode === code) ?? then ?? own[0]
}

function noSeat({ speaker }: Turn): Reply {
  return { parts: [say('attendance-no-seat', { name: speaker?.name ?? '' })] }
}

/** What is said of coming or not to a class that is called off for the time being. */
function calledOff(own: OwnRegistration): Reply {
  const { title, code } = own.training
  return {
    parts: [say('attendance-called-off', { title, code, number: own.number })],
    choices: [cancelChoice(code)],
    topic: topicOf(own),
  }
}

/** What is recorded of the last class, for who says that they were there. */
async function recordedOf(turn: Turn): Promise<Reply | undefined> {
  return saysWasThere(turn.text) ? await recordedReply(turn) : undefined
}

/** A complaint goes to the office; that one is not noted where one was is answered by what is recorded. */
export const complaint: Answer = async (turn) => {
  const recorded = isKnown(turn) ? await recordedOf(turn) : undefined
  return recorded ?? (await handOverReply(turn, 'complaint'))
}

/** Says whether there is a seat for who says they will come; who is there already hears how to be noted. */
export const confirmAttendance: Answer = async (turn) => {
  if (!isKnown(turn)) return { parts: [say('confirm-attendance-unknown')], choices: menu }
  if (await officeThatWaits(turn)) return await waitingReply(turn)
  const recorded = await recordedOf(turn)
  if (recorded) return recorded
  const own = await ownMeant(turn)
  const hasSeat = own?.state === 'confirmed'
  const asked =
    hasSeat || !turn.speaker ? undefined : await newestRequestTo(turn.tx, turn.speaker.id, turn.now)
  if (asked) return requestQuestion(asked, turn.persons.length > 1)
  if (!own) {
    const register = { label: say('choice-register'), value: { asks: 'register' } }
    return (await recordedReply(turn)) ?? { ...noSeat(turn), choices: [register] }
  }
  if (isCalledOff(own.training)) return calledOff(own)
  if (own.state !== 'confirmed') return await withoutSeat(turn, own)
  const { title, code } = own.training
  await noteOwn(turn, own, true)
  const sessions = await comingSessions(turn.tx, own.personId, turn.now)
  const open = sessions.find((each) => codeStage(each, turn.now) === 'open')
  if (open?.notedAt)
    return {
      parts: [say('check-in-already', { name: turn.speaker?.name ?? '', at: open.notedAt.toISOString() })],
      topic: topicOf(own),
    }
  return {
    parts: [
      say('confirm-attendance', { title, code, number: own.number }),
      whenLine(own.training),
      ...(open ? [say('confirm-attendance-here', { session: open.title })] : []),
    ],
    topic: topicOf(own),
  }
}

const lateWords =
  /\b(te?lat|tlat|terla?mba?t|trlmbt|lambat|lmbt|lewat sikit|agak siang|menyusul|nyusul|late)\b/i

/** Says what happens to the seat of who cannot come or is late, and who reads of it. */
export const reportAbsence: Answer = async (turn) => {
  if (!isKnown(turn)) return { parts: [say('report-absence-unknown')], choices: menu }
  if (await officeThatWaits(turn)) return await waitingReply(turn)
  const recorded = await recordedOf(turn)
  if (recorded) return recorded
  const own = await ownMeant(turn)
  if (!own) return (await recordedReply(turn)) ?? { ...noSeat(turn), choices: menu }
  if (isCalledOff(own.training)) return calledOff(own)
  if (own.state !== 'confirmed') return await withoutSeat(turn, own)
  const isLate = lateWords.test(turn.text)
  await noteOwn(turn, own, isLate)
  return isLate ? late(turn, own) : absent(turn, own)
}

/** Keeps for the office what somebody says of coming: to the session of the day named, else to the next. */
async function noteOwn({ tx, now, named: { during } }: Turn, own: OwnRegistration, comes: boolean) {
  const ahead = own.training.sessions.filter(({ starts }) => starts > now)
  const meant = ahead.find(({ starts, ends }) => during && starts <= during.to && ends >= during.from)
  const session = meant ?? ahead[0]
  if (session)
    await noteComing(
      tx,
      { registrationId: own.id, sessionId: session.id, starts: session.starts },
      comes,
      now,
    )
}

function late(turn: Turn, own: OwnRegistration): Reply {
  const { title, code, sessions } = own.training
  const { during } = turn.named
  const ahead = sessions.filter(({ ends }) => ends > turn.now)
  const meant = ahead.find(({ starts, ends }) => during && starts <= during.to && ends >= during.from)
  const session = meant ?? ahead[0]
  return {
    parts: [
      say('report-late', { title, code }),
      ...(session
        ? [line('report-late-until', { session: session.title, ends: session.ends.toISOString() })]
        : []),
      say('report-kept'),
    ],
    topic: topicOf(own),
  }
}

function absent(turn: Turn, own: OwnRegistration): Reply {
  const { title, code, sessions } = own.training
  const hasBegun = firstStart(own.training) <= turn.now.getTime()
  const needed = sessionsNeeded(sessions.length)
  return {
    parts: [
      say(hasBegun ? 'report-absence-begun' : 'report-absence', { title, code }),
      whenLine(own.training),
      ...(sessions.length > 1 ? [say('report-absence-part', { needed, sessions: sessions.length })] : []),
      say('report-kept'),
    ],
    ...(hasBegun ? {} : { choices: [cancelChoice(code)] }),
    topic: topicOf(own),
  }
}

/** Of a registration that has no seat yet it is said so, whether they come or not. */
async function withoutSeat(turn: Turn, own: OwnRegistration): Promise<Reply> {
  const { title, code } = own.training
  const place = await placeOnList(turn.tx, own)
  const more: Part[] = [
    ...(place === undefined ? [] : [line('status-place', { place })]),
    ...(own.offeredUntil ? [line('status-offer', { until: own.offeredUntil.toISOString(), code })] : []),
  ]
  return {
    parts: [
      say('attendance-waiting', { state: own.state, title, code, name: turn.speaker?.name ?? '' }),
      ...more,
    ],
    choices: [cancelChoice(code)],
    topic: topicOf(own),
  }
}

function cancelChoice(training: string) {
  return { label: say('choice-cancel'), value: { asks: 'cancel_registration', training } }
}

function topicOf({ trainingCode, training }: OwnRegistration) {
  return { training: trainingCode, wave: training.waveNumber }
}
