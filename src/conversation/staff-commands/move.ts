import { findSession, sessionName } from '../../planning/find-session.ts'
import { applyMove, planMove } from '../../planning/move-session.ts'
import { line, say } from '../../texts.ts'
import { hour, later, minute, parseInstant } from '../../time.ts'
import type { Reply } from '../reply.ts'
import type { Slots } from '../state.ts'
import { answerSure, type Change, makeChange, showChange, withReason } from './change-session.ts'
import { instantIn } from './clock-time.ts'
import { leaveChoice, type StaffCommand, type StaffTurn, waitFor } from './command.ts'
import { askSession, keptFor, sessionNamed, sessionRefused } from './which-session.ts'
import { whoHasRead } from './who-has-read.ts'

const moving: Change = {
  command: 'pindah',
  plan: async (tx, slots, { now, rules }) =>
    await planMove(
      tx,
      String(slots['session']),
      parseInstant(String(slots['to'])) ?? now,
      now,
      rules.quietHours,
    ),
  apply: applyMove,
  ...{ sure: say('choice-staff-move'), done: say('staff-moved'), again: 'staff-move-sure' },
}

/** `/pindah G3-A/1 ke Sabtu 12 Des jam 8 karena ombak`, and `/pindah status G3-A/1`. */
export const move: StaffCommand = {
  ...{ name: 'pindah', who: 'petugas', help: 'staff-help-move', label: say('choice-staff-move-session') },
  run: async (turn, words) => {
    const [status, named] = /^status\b\s*([\s\S]*)$/i.exec(words) ?? []
    if (status !== undefined) return await statusOf(turn, named ?? '')
    const found = await sessionNamed(turn, words)
    if (found) return await goOn(turn, { ...keptFor(turn, 'pindah'), session: found.name }, true)
    return await askWhich(turn, saidAlone(turn))
  },
  answer: async (turn, open) => {
    if (turn.content.kind !== 'text' || open.asked === 'session') return undefined
    const answered = open.asked === 'sure' ? await answerSure(turn, moving, open) : undefined
    if (answered) return answered
    const { about: _, ...slots } = open.slots
    const { to, reason } = said(turn, new Date(String(slots['to'] ?? slots['at'])))
    return to === undefined && reason === undefined ? undefined : await goOn(turn, slots, true)
  },
  again: async (turn, open) =>
    open.asked === 'session'
      ? await askWhich(turn, keptFor(turn, 'pindah'))
      : await goOn(turn, open.slots, false),
  press: async (turn, does, given) => {
    if (does === 'sure') return await makeChange(turn, moving, given['about'])
    if (does === 'status') return await whoHasRead(turn, String(given['session']))
    return await goOn(turn, { ...keptFor(turn, 'pindah'), session: String(given['session']) }, false)
  },
}

async function askWhich(turn: StaffTurn, kept: Slots): Promise<Reply[]> {
  return await askSession(turn, { command: 'pindah', what: 'session', kept }, say('staff-move-which'))
}

async function statusOf(turn: StaffTurn, words: string): Promise<Reply[]> {
  const found = await sessionNamed(turn, words)
  if (found) return await whoHasRead(turn, found.name)
  return await askSession(turn, { command: 'pindah', what: 'status' }, say('staff-status-which'))
}

/** What the message says of the new time and the reason. */
function said(turn: StaffTurn, at: Date): { to: Date | 'no-day' | undefined; reason: string | undefined } {
  const { before, reason } = withReason(turn.text)
  return { to: instantIn(before, turn.understanding, at), reason }
}

/** What of it stands by itself, whichever session is meant: a reason, and a day with its time. */
function saidAlone(turn: StaffTurn): Slots {
  const { to, reason } = said(turn, turn.now)
  const other = said(turn, later(turn.now, 49 * hour + minute)).to
  const isWhole = to instanceof Date && other instanceof Date && to.getTime() === other.getTime()
  return { ...(isWhole ? { to: to.toISOString() } : {}), ...(reason ? { reason } : {}) }
}

/** Asks for the new time, or shows what the move to it would do; what the message says of them is in `given`. */
async function goOn(turn: StaffTurn, given: Slots, reads: boolean): Promise<Reply[]> {
  const session = await findSession(turn.tx, String(given['session']))
  if ('refused' in session) {
    const { session: name, ...kept } = { ...given, ...(reads ? saidAlone(turn) : {}) }
    return sessionRefused(turn, session, String(name), { command: 'pindah', what: 'session', kept })
  }
  const { to, reason } = reads ? said(turn, parseInstant(String(given['to'])) ?? session.starts) : {}
  const slots: Slots = {
    ...given,
    session: sessionName(session),
    at: session.starts.toISOString(),
    ...(to instanceof Date ? { to: to.toISOString() } : {}),
    ...(reason ? { reason } : {}),
  }
  if (slots['to'] !== undefined && to !== 'no-day') return await showChange(turn, moving, slots)
  waitFor(turn, 'pindah', 'to', slots)
  const facts = { session: sessionName(session), title: session.title, starts: session.starts.toISOString() }
  return [
    {
      parts: [
        say(session.cancelledAt ? 'staff-move-session-cancelled' : 'staff-move-session', facts),
        line(to === 'no-day' ? 'staff-move-which-day' : 'staff-move-when'),
      ],
      choices: [leaveChoice],
    },
  ]
}
