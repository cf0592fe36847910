import type { Tx } from '../database/client.ts'
import { takenStates } from './seats.ts'

/** A session of a seat, whose holder can say whether they come. */
export type AskedSession = {
  registrationId: number
  sessionId: number
  personId: number
  personName: string
  number: string
  code: string
  title: string
  session: string
  starts: Date
  ends: Date
  /** How many sessions the class has, and whether its first one has begun. */
  sessions: number
  begun: boolean
}

type Which = { reminderIds: number[] } | { registrationId: number; sessionId: number }

/**
 * The sessions that reminders are about, or one of a registration, as far as they are to come and the seat holds.
 */
export async function askedSessions(tx: Tx, which: Which, now: Date): Promise<AskedSession[]> {
  const reminders = 'reminderIds' in which ? which.reminderIds : null
  const { registrationId, sessionId } = 'reminderIds' in which ? { registrationId: 0, sessionId: 0 } : which
  return await tx.$queryRaw<AskedSession[]>`
    SELECT r.id AS "registrationId", s.id AS "sessionId", p.id AS "personId", p.name AS "personName", r.number,
      t.code, t.title, s.title AS session, s.starts, s.ends, held.sessions, held.begun
    FROM registration r JOIN session s ON s.training_code = r.training_code
      JOIN person p ON p.id = r.person_id JOIN training t ON t.code = r.training_code,
      LATERAL (SELECT count(*)::int AS sessions, min(h.starts) <= ${now} AS begun FROM session h
        WHERE h.training_code = t.code AND h.cancelled_at IS NULL) held
    WHERE r.state = 'confirmed' AND s.cancelled_at IS NULL AND s.starts > ${now} AND (
      (r.id = ${registrationId}::int AND s.id = ${sessionId}::int)
      OR (r.id, s.id) IN (SELECT m.registration_id, m.session_id FROM reminder m WHERE m.id = ANY(${reminders}::int[])))
    ORDER BY s.starts, p.name, r.id`
}

/** Keeps what somebody says of coming to a session; their last word holds, until the session is moved. */
export async function noteComing(
  tx: Tx,
  { registrationId, sessionId, starts }: Pick<AskedSession, 'registrationId' | 'sessionId' | 'starts'>,
  comes: boolean,
  now: Date,
): Promise<void> {
  const said = { starts, comes, at: now }
  await tx.comingAnswer.upsert({
    where: { registrationId_sessionId: { registrationId, sessionId } },
    create: { registrationId, sessionId, ...said },
    update: said,
  })
}

/** What the seats of a class have said of its sessions as they stand now. */
export async function comingOf(
  tx: Tx,
  trainingCode: string,
): Promise<{ registrationId: number; sessionId: number; comes: boolean; at: Date }[]> {
  return await tx.$queryRaw`
    SELECT a.registration_id AS "registrationId", a.session_id AS "sessionId", a.comes, a.at
    FROM coming_answer a JOIN session s ON s.id = a.session_id AND s.starts = a.starts
      JOIN registration r ON r.id = a.registration_id AND r.state::text = ANY(${takenStates}::text[])
    WHERE s.training_code = ${trainingCode} AND s.cancelled_at IS NULL
    ORDER BY a.session_id, a.registration_id`
}

/** How many of the seats of a session have said that they come, or that they do not; the others have not said. */
export async function comingCounts(
  tx: Tx,
  session: { id: number; trainingCode: string },
): Promise<{ comes: number; stays: number }> {
  const said = (await comingOf(tx, session.trainingCode)).filter(({ sessionId }) => sessionId === session.id)
  const comes = said.filter((each) => each.comes).length
  return { comes, stays: said.length - comes }
}
