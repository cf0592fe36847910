import type { Tx } from '../database/client.ts'
import type { OutgoingState } from '../database/generated/enums.ts'
import { type Concerned, whomItConcerns } from './concerned.ts'
import { type FoundSession, findSession, type SessionRefusal, sessionName } from './find-session.ts'

/** How far the newest notice about a session has come to one person. */
export type Told = Concerned & {
  /** The state of its message; undefined when there is none. */
  message: OutgoingState | undefined
  readAt: Date | null
}

export type SessionStatus = {
  session: FoundSession
  /** When it was moved or cancelled last; undefined when it never was. */
  changedAt: Date | undefined
  /** Everybody with an active registration from before that. */
  told: Told[]
}

/**
 * Who has read the newest notice about a session, who not, and whom none reached.
 * @param name training and session (`G3-A/1`), or the training alone if it has one session
 */
export async function sessionStatus(tx: Tx, name: string): Promise<SessionStatus | SessionRefusal> {
  const session = await findSession(tx, name)
  if ('refused' in session) return session
  const concerned = (await whomItConcerns(tx, [session.trainingCode])).get(session.trainingCode) ?? []
  const changedAt = await lastChange(tx, session)
  if (!changedAt) return { session, changedAt, told: [] }
  const notices = await noticesOf(tx, session, changedAt)
  const later = await registeredAfter(tx, session.trainingCode, changedAt)
  const told = concerned.filter(({ personId }) => notices.has(personId) || !later.has(personId))
  return {
    ...{ session, changedAt },
    told: told.map((each) => ({
      ...each,
      message: notices.get(each.personId)?.state,
      readAt: notices.get(each.personId)?.readAt ?? null,
    })),
  }
}

/** By a notice or, when nobody could be told, by the audit. */
async function lastChange(tx: Tx, session: FoundSession): Promise<Date | undefined> {
  const [row] = await tx.$queryRaw<{ at: Date | null }[]>`
    SELECT greatest(
      (SELECT max((o.content->'change'->>'at')::timestamptz) FROM outgoing_message o
        WHERE o.contact_id = ANY(${await contactsOf(tx, session.trainingCode)})
          AND o.kind = 'notice' AND o.content->'change'->'sessions' @> to_jsonb(${session.id}::int)),
      (SELECT max(at) FROM audit_entry
        WHERE action IN ('session.move', 'session.cancel') AND subject = ${sessionName(session)})) AS at`
  return row?.at ?? undefined
}

/** Contacts that speak for anybody of a training, whether they can be reached or not. */
async function contactsOf(tx: Tx, trainingCode: string): Promise<number[]> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    SELECT DISTINCT k.id FROM registration r
      JOIN person_phone n ON n.person_id = r.person_id JOIN contact k ON k.phone = n.phone
    WHERE r.training_code = ${trainingCode}`
  return rows.map(({ id }) => id)
}

type Notice = { state: OutgoingState; readAt: Date | null }

/** The best of each person's messages about a change, by person. */
async function noticesOf(tx: Tx, session: FoundSession, at: Date): Promise<Map<number, Notice>> {
  const rows = await tx.$queryRaw<(Notice & { personId: number })[]>`
    SELECT person::int AS "personId", o.state::text AS state, o.read_at AS "readAt"
    FROM outgoing_message o, jsonb_array_elements_text(o.content->'change'->'persons') person
    WHERE o.contact_id = ANY(${await contactsOf(tx, session.trainingCode)})
      AND o.kind = 'notice' AND o.content->'change'->'sessions' @> to_jsonb(${session.id}::int)
      AND (o.content->'change'->>'at')::timestamptz = ${at}
    ORDER BY array_position(ARRAY['read', 'delivered', 'sent', 'sending', 'queued', 'uncertain'], o.state::text)
      NULLS LAST`
  return new Map(rows.reverse().map(({ personId, ...notice }) => [personId, notice]))
}

/** Those who took a place when the session was changed already: they were told of it as it is. */
async function registeredAfter(tx: Tx, trainingCode: string, at: Date): Promise<Set<number>> {
  const rows = await tx.registration.findMany({
    where: { trainingCode, createdAt: { gt: at } },
    select: { personId: true },
  })
  return new Set(rows.map(({ personId }) => personId))
}
