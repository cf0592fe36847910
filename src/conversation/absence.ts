import { cancelRegistration } from '../registration/cancel.ts'
import type { AskedSession } from '../registration/coming.ts'
import { sessionsNeeded } from '../registration/completion.ts'
import { line, type Part, say } from '../texts.ts'
import { menu, type Reply, type Turn } from './reply.ts'

/** That somebody does not come is noted, and what that means in a class of several sessions. */
export function absenceParts({ personName, title, code, session, starts, sessions }: AskedSession): Part[] {
  const needed = sessionsNeeded(sessions)
  return [
    say('coming-not-noted', { name: personName, title, code, session, starts: starts.toISOString() }),
    ...(sessions > 1 ? [line('report-absence-part', { needed, sessions })] : []),
  ]
}

export function seatIsGone(): Reply {
  return { parts: [say('free-seat-gone')], choices: menu }
}

/** Frees the seat of one for whom this contact speaks, or keeps it; also by a button pressed long after. */
export async function freeOrKeep(turn: Turn, registrationId: number, frees: boolean): Promise<Reply> {
  const { tx, persons, now, rules } = turn
  const found = await tx.registration.findUnique({
    where: { id: registrationId },
    include: { training: { include: { sessions: { where: { cancelledAt: null } } } } },
  })
  const person = persons.find(({ id }) => id === found?.personId)
  if (!found || !person || found.state !== 'confirmed') return seatIsGone()
  const { title, code, sessions } = found.training
  const facts = { name: person.name, number: found.number, title, code }
  if (sessions.some(({ starts }) => starts <= now)) return { parts: [say('cancel-begun', facts)] }
  if (!frees) return { parts: [say('free-seat-kept', facts)] }
  await cancelRegistration(tx, person.id, registrationId, rules.quietHours, now)
  return {
    parts: [say('cancelled', facts), say('free-seat-freed')],
    choices: [{ label: say('choice-register'), value: { asks: 'register' } }],
  }
}
