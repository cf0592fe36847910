import type { KnownPerson } from '../../contacts/contacts.ts'
import { isOver } from '../../programme/trainings.ts'
import {
  type CheckIn,
  type ComingSession,
  codeOpens,
  codeStage,
  comingSessions,
  type HeldSession,
  checkIn as note,
  seatedAt,
} from '../../registration/attendance.ts'
import { registrationsOf } from '../../registration/own.ts'
import { line, type Part, say } from '../../texts.ts'
import { hour, later } from '../../time.ts'
import { recordedReply, saysWasThere } from '../outcome.ts'
import { menu, type Reply, type Turn } from '../reply.ts'
import { isKnown, setSpeaker } from '../speaker.ts'
import type { Slots } from '../state.ts'
import type { Form, Step } from './form.ts'

/** So many codes that there are not may one contact try in an hour: codes are not to be guessed. */
const wrongAnHour = 10

/** Slots: code (of a session; several, with spaces between, in the order in which they were given), speaker (id of the one on a shared number whom it is for). */
export const checkIn: Form = {
  personal: true,
  left: 'check-in-left',
  fill: async (turn, slots, asked) => {
    const code = asked === 'code' ? looseCode(turn) : undefined
    return code ? { ...slots, code } : undefined
  },
  step: async (turn, slots) => {
    const chosen = turn.persons.find(({ id }) => id === slots['speaker'])
    if (chosen) setSpeaker(turn, chosen)
    const { speaker } = turn
    const { speaker: _, ...rest } = slots
    if (!speaker || !isKnown(turn)) return { identify: true, slots: rest }
    if (!rest['code']) return await askForCode(turn, speaker, rest)
    return await answerCodes(turn, speaker, codesIn(rest['code']))
  },
}

/** Once a code is asked for, whatever looks like one: mistyped, or letter by letter. */
function looseCode({ text, named, understanding }: Turn): string | undefined {
  const words = text
    .replace(/\b(kode(nya)?|hadir|absen|itu|ini|adalah)\b/gi, ' ')
    .split(/[\s.,:;-]+/)
    .filter(Boolean)
  const code = words.join('')
  const isOneWord = words.length === 1 || words.every((word) => word.length === 1)
  if (!isOneWord || named.code || understanding.entities.wave !== undefined) return undefined
  return /^(?=.*\d)[a-z0-9]{3,6}$/i.test(code) ? code.toUpperCase() : undefined
}

async function askForCode(turn: Turn, speaker: KnownPerson, slots: Slots): Promise<Step> {
  const { name } = speaker
  const sessions = await comingSessions(turn.tx, speaker.id, turn.now)
  const open = sessions.filter((session) => codeStage(session, turn.now) === 'open')
  const wanted = open.find(({ notedAt }) => !notedAt)
  if (wanted)
    return {
      ask: 'code',
      slots,
      reply: { parts: [say('check-in-ask', { name, ...factsOf(wanted) })], ...topicOf(wanted) },
      again: [say('check-in-ask-again')],
    }
  const recorded = saysWasThere(turn.text) ? await recordedReply(turn) : undefined
  const [noted] = open
  if (noted?.notedAt) return { done: [alreadyNoted(name, noted, noted.notedAt)] }
  if (recorded) return { done: [recorded] }
  const [next] = sessions
  return { done: [next ? tooEarly(name, next) : await withoutSeat(turn, speaker)] }
}

/** Why there is no session to be noted at. */
async function withoutSeat(turn: Turn, { id, name }: KnownPerson): Promise<Reply> {
  const own = await registrationsOf(turn.tx, id)
  const waiting = own.find(({ state, training }) => state !== 'confirmed' && !isOver(training, turn.now))
  if (!waiting)
    return (await recordedReply(turn)) ?? { parts: [say('check-in-none', { name })], choices: menu }
  const { state, trainingCode, training } = waiting
  return { parts: [say('check-in-no-seat', { name, state, code: trainingCode, title: training.title })] }
}

/** The codes that a slot holds. */
export function codesIn(slot: string | number | undefined): string[] {
  return slot === undefined ? [] : String(slot).split(' ').filter(Boolean)
}

/** All codes are tried, one after the other; only the last may leave a question. */
async function answerCodes(turn: Turn, speaker: KnownPerson, codes: string[]): Promise<Step> {
  const before: Reply[] = []
  for (const [index, code] of codes.entries()) {
    const step = await answerCode(turn, speaker, code)
    if (index === codes.length - 1) return withBefore(step, before)
    if ('done' in step) before.push(...step.done)
    else if ('ask' in step) before.push(step.reply)
  }
  return { done: before }
}

function withBefore(step: Step, before: Reply[]): Step {
  if (before.length === 0) return step
  const parts = before.flatMap((reply) => reply.parts)
  if ('ask' in step) return { ...step, reply: { ...step.reply, parts: [...parts, ...step.reply.parts] } }
  return 'done' in step ? { done: [...before, ...step.done] } : step
}

async function answerCode(turn: Turn, speaker: KnownPerson, code: string): Promise<Step> {
  const wrong = wrongCodes(turn)
  if (wrong.length >= wrongAnHour) return { done: [tooManyWrong(wrong)] }
  const result = await note(turn.tx, speaker.id, code, turn.now)
  if (result.result === 'unknown') return await unknownCode(turn, code, wrong)
  const reply = { ...describe(speaker.name, result), ...topicOf(result.session) }
  const others = await stillMissing(turn, speaker, result.session)
  const [other] = others
  if (!other) return { done: [reply] }
  if (result.result === 'noted') {
    const more = say('check-in-other', { name: other.name, code })
    return { done: [{ ...reply, parts: [...reply.parts, more] }] }
  }
  if (result.result !== 'already' && result.result !== 'not-registered') return { done: [reply] }
  return askForWhom(reply, others, code)
}

/** The code may be meant for somebody else of the same number. */
function askForWhom(reply: Reply, others: KnownPerson[], code: string): Step {
  const question = say('check-in-for-whom')
  return {
    ask: 'speaker',
    slots: { code },
    reply: {
      ...reply,
      parts: [...reply.parts, question],
      choices: others.map(({ id, name }) => ({
        label: say('choice-person', { name }),
        value: { fills: 'speaker', value: id },
      })),
    },
    again: [question],
  }
}

/** Others of the number who have a seat in the session's class and are not noted there yet, while its code is valid. */
async function stillMissing(turn: Turn, speaker: KnownPerson, session: HeldSession): Promise<KnownPerson[]> {
  const others = turn.persons.filter(({ id }) => id !== speaker.id)
  if (others.length === 0 || codeStage(session, turn.now) !== 'open' || session.cancelledAt) return []
  const seated = await seatedAt(
    turn.tx,
    others.map(({ id }) => id),
    session,
  )
  const missing = new Set(seated.filter(({ notedAt }) => !notedAt).map(({ personId }) => personId))
  return others.filter(({ id }) => missing.has(id))
}

// Wrong codes

function wrongCodes({ state, now }: Turn): string[] {
  return state.wrongCodes.filter((at) => now.getTime() - Date.parse(at) < hour)
}

async function unknownCode(turn: Turn, code: string, before: string[]): Promise<Step> {
  const wrong = [...before, turn.now.toISOString()]
  turn.state.wrongCodes = wrong
  if (wrong.length >= wrongAnHour) return { done: [tooManyWrong(wrong)] }
  const reply = { parts: [say('check-in-unknown', { code })] }
  const sessions = turn.speaker ? await comingSessions(turn.tx, turn.speaker.id, turn.now) : []
  const isOpen = sessions.some((each) => !each.notedAt && codeStage(each, turn.now) === 'open')
  if (!isOpen) return { done: [reply] }
  return { ask: 'code', slots: {}, reply, again: [say('check-in-ask-again')] }
}

function tooManyWrong([first]: string[]): Reply {
  const again = later(new Date(first ?? Number.NaN), hour)
  return { parts: [say('check-in-too-many', { count: wrongAnHour, at: again.toISOString() })] }
}

// In words

function factsOf(session: HeldSession) {
  const { title, training, trainingCode, starts, ends } = session
  return {
    ...{ session: title, title: training.title, code: trainingCode },
    ...{ starts: starts.toISOString(), ends: ends.toISOString(), opens: codeOpens(session).toISOString() },
  }
}

function topicOf(session: HeldSession | ComingSession): Pick<Reply, 'topic'> {
  return { topic: { training: session.trainingCode } }
}

function alreadyNoted(name: string, session: HeldSession, at: Date): Reply {
  return { parts: [say('check-in-already', { name, at: at.toISOString() }), sessionPart(session)] }
}

function tooEarly(name: string, session: HeldSession): Reply {
  return { parts: [say('check-in-early', { name, ...factsOf(session) })], ...topicOf(session) }
}

function sessionPart(session: HeldSession): Part {
  return line('check-in-session', factsOf(session))
}

function describe(name: string, result: Exclude<CheckIn, { result: 'unknown' }>): Reply {
  const { session } = result
  const facts = { name, ...factsOf(session) }
  switch (result.result) {
    case 'noted': {
      const { at, next } = result
      const coming = next ? [say('check-in-next', { starts: next.starts.toISOString() })] : []
      return {
        parts: [say('check-in-noted', { name, at: at.toISOString() }), sessionPart(session), ...coming],
      }
    }
    case 'already':
      return alreadyNoted(name, session, result.at)
    case 'early':
      return tooEarly(name, session)
    case 'over':
      return { parts: [say('check-in-over', facts)] }
    case 'cancelled':
      return { parts: [say('check-in-cancelled', facts)] }
    case 'not-registered':
      return { parts: [say('check-in-not-registered', facts)] }
    case 'no-seat':
      return { parts: [say('check-in-no-seat', { ...facts, state: result.state })] }
  }
}
