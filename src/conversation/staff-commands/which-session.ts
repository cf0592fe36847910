import type { Session } from '../../database/generated/client.ts'
import { type SessionRefusal, sessionName } from '../../planning/find-session.ts'
import { readCode } from '../../planning/nearest.ts'
import { namesOfTrainings } from '../../programme/trainings.ts'
import { type Part, say } from '../../texts.ts'
import type { Reply } from '../reply.ts'
import { does, type StaffTurn } from './command.ts'

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

/** Asks which session is meant, of those that are not over; the choice makes the command do `what`. */
export async function askSession(
  turn: StaffTurn,
  command: string,
  what: string,
  asks: Part,
): Promise<Reply[]> {
  const sessions = await turn.tx.session.findMany({
    where: { ends: { gt: turn.now }, cancelledAt: null },
    orderBy: [{ starts: 'asc' }, { id: 'asc' }],
    take: mostOffered,
  })
  if (sessions.length === 0) return [{ parts: [say('staff-no-sessions')] }]
  return [{ parts: [asks], choices: sessions.map((each) => sessionChoice(each, command, what)) }]
}

function sessionChoice(session: Session, command: string, what: string) {
  const facts = { session: sessionName(session), starts: session.starts.toISOString() }
  const label = say(session.cancelledAt ? 'staff-session-choice-cancelled' : 'staff-session-choice', facts)
  return does(label, command, what, { session: sessionName(session) })
}

/** Says why a session cannot be found or changed; where others of its class may be meant, they are offered. */
export function sessionRefused(
  refusal: SessionRefusal,
  name: string,
  command: string,
  what: string,
): Reply[] {
  switch (refusal.refused) {
    case 'unknown-training':
      return [
        {
          parts: [
            say('staff-unknown-training', { name: name.slice(0, 20) }),
            ...(refusal.likely.length > 0
              ? [say('staff-perhaps', { codes: refusal.likely.join(', ') })]
              : []),
          ],
        },
      ]
    case 'unknown-session':
    case 'which-session':
      return refusal.sessions.length === 0
        ? [{ parts: [say('staff-no-sessions')] }]
        : [
            {
              parts: [say('staff-which-session', { name })],
              choices: refusal.sessions
                .slice(0, mostOffered)
                .map((each) => sessionChoice(each, command, what)),
            },
          ]
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
