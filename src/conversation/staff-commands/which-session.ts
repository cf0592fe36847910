import type { Session } from '../../database/generated/client.ts'
import { type SessionRefusal, sessionName } from '../../planning/find-session.ts'
import { readCode } from '../../planning/nearest.ts'
import { namesOfTrainings } from '../../programme/trainings.ts'
import { type Part, say } from '../../texts.ts'
import type { Reply } from '../reply.ts'
import type { OpenCommand, Slots } from '../state.ts'
import { does, leaveChoice, type StaffTurn, waitFor } from './command.ts'

/** How many sessions are offered to choose from. */
const mostOffered = 8

/**
 * The session that the words of a command begin with, such as `G3-A/1` or `g3 a/1`, or the class alone, as it is
 * written; `rest` is what stands behind it. Undefined when they begin with none.
 */
export async function sessionNamed(
  { tx }: StaffTurn,
  words: string,
): Promise<{ name: string; rest: string } | undefined> {
  const codes = (await namesOfTrainings(tx)).map(({ code }) => code)
  const key = String.raw`(?:\s*\/\s*([A-Za-z0-9-]{1,12}))?(?![\p{L}\d])`
  for (const pattern of [
    String.raw`^\s*([A-Za-z0-9-]{2,12})`,
    String.raw`^\s*([A-Za-z0-9-]{1,6}\s+[A-Za-z0-9-]{1,6})`,
  ]) {
    const found = new RegExp(pattern + key, 'u').exec(words)
    const [whole = '', written = '', session] = found ?? []
    const code = readCode(written, codes)
    if (found && codes.includes(code))
      return {
        name: session ? `${code}/${session.toUpperCase()}` : code,
        rest: words.slice(whole.length).trim(),
      }
  }
  const [whole, like] =
    /^\s*((?=\S*\d)(?=\S*[a-z])[a-z0-9-]{2,12}(?:\/[a-z0-9-]{1,12})?)(?:\s|$)/i.exec(words) ?? []
  return like ? { name: like, rest: words.slice(whole?.length).trim() } : undefined
}

/** What a command does with the session that it asks for; what it knows already is kept until then. */
export type ForSession = { command: string; what: string; kept?: Slots }

/** What a command knows that waits for a session, named by a choice or in words; nothing when it waits for none. */
export function keptFor({ state: { command: open } }: StaffTurn, command: string): Slots {
  if (open?.name !== command || open.asked !== 'session') return {}
  const { what: _, ...kept } = open.slots
  return kept
}

/** Words that name a session for which a command waits, as its own words; undefined when they name none. */
export async function wordsOfSession(
  turn: StaffTurn,
  { asked, slots }: OpenCommand,
): Promise<string | undefined> {
  if (asked !== 'session' || !(await sessionNamed(turn, turn.text))) return undefined
  return slots['what'] === 'status' ? `status ${turn.text}` : turn.text
}

function waitForSession(turn: StaffTurn, { command, what, kept = {} }: ForSession): void {
  waitFor(turn, command, 'session', { ...kept, what })
}

/** Asks which session is meant, of those that are not over. */
export async function askSession(turn: StaffTurn, given: ForSession, asks: Part): Promise<Reply[]> {
  const alsoCancelled = given.command === 'pindah'
  const sessions = await turn.tx.session.findMany({
    where: { ends: { gt: turn.now }, ...(alsoCancelled ? {} : { cancelledAt: null }) },
    orderBy: [{ starts: 'asc' }, { id: 'asc' }],
    take: mostOffered,
  })
  if (sessions.length === 0) return [{ parts: [say('staff-no-sessions')] }]
  waitForSession(turn, given)
  return [{ parts: [asks], choices: [...sessions.map((each) => sessionChoice(each, given)), leaveChoice] }]
}

function sessionChoice(session: Session, { command, what }: ForSession) {
  const facts = { session: sessionName(session), starts: session.starts.toISOString() }
  const label = say(session.cancelledAt ? 'staff-session-choice-cancelled' : 'staff-session-choice', facts)
  return does(label, command, what, { session: sessionName(session) })
}

/** Says why a session cannot be found or changed; where others may be meant, they are offered. */
export function sessionRefused(
  turn: StaffTurn,
  refusal: SessionRefusal,
  name: string,
  given: ForSession,
): Reply[] {
  switch (refusal.refused) {
    case 'unknown-training':
      waitForSession(turn, given)
      return [
        {
          parts: [
            say('staff-unknown-training', { name: name.slice(0, 20) }),
            ...(refusal.likely.length > 0
              ? [say('staff-perhaps', { codes: refusal.likely.join(', ') })]
              : []),
          ],
          choices: [
            ...refusal.likely.map((code) =>
              does(say('staff-class-choice', { code }), given.command, given.what, { session: code }),
            ),
            leaveChoice,
          ],
        },
      ]
    case 'unknown-session':
    case 'which-session': {
      const sessions = refusal.sessions.slice(0, mostOffered)
      if (sessions.length === 0) return [{ parts: [say('staff-no-sessions')] }]
      waitForSession(turn, given)
      const choices = [...sessions.map((each) => sessionChoice(each, given)), leaveChoice]
      return [{ parts: [say('staff-which-session', { name })], choices }]
    }
    case 'already-cancelled':
      return [{ parts: [say('staff-already-cancelled', { session: sessionName(refusal.session) })] }]
    case 'over':
      return [
        {
          parts: [
            say('staff-session-over', {
              session: sessionName(refusal.session),
              ends: refusal.session.ends.toISOString(),
            }),
          ],
        },
      ]
    case 'in-the-past':
      return [{ parts: [say('staff-in-the-past')] }]
    case 'too-far':
      return [{ parts: [say('staff-too-far')] }]
    case 'same-time':
      return [{ parts: [say('staff-same-time', { session: sessionName(refusal.session) })] }]
    case 'overlap': {
      const { starts } = refusal.with
      const facts = { session: sessionName(refusal.with), starts: starts.toISOString() }
      return [{ parts: [say('staff-overlap', facts)] }]
    }
  }
}
