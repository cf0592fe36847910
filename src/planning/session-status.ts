import type { Tx } from '../database/client.ts'
import type { OutgoingState } from '../database/generated/enums.ts'
import type { OutgoingContent } from '../delivery/content.ts'
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
  /** When it was moved or cancelled last; undefined when it never was, or when nobody wrote down when. */
  changedAt: Date | undefined
  /** Whether nobody was told of that change: a programme file moved it, without notices. */
  untold: boolean
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
  const { changedAt, untold } = await lastChange(tx, session)
  if (!changedAt && !untold) return { session, changedAt, untold, told: [] }
  const notices = changedAt && !untold ? await noticesOf(tx, session, changedAt) : new Map<number, Notice>()
  const later = changedAt ? await registeredAfter(tx, session.trainingCode, changedAt) : new Set<number>()
  const told = concerned.filter(({ personId }) => notices.has(personId) || !later.has(personId))
  return {
    ...{ session, changedAt, untold },
    told: told.map((each) => ({
      ...each,
      message: notices.get(each.personId)?.state,
      readAt: notices.get(each.personId)?.readAt ?? null,
    })),
  }
}

/** A change of which the office told, and the start that it gave; null for none, undefined when that is not known. */
type Change = { at: Date; starts: Date | null | undefined }

/**
 * The last change, and whether it is another than the office has told of last: what was told is compared with the
 * session as it is.
 */
async function lastChange(
  tx: Tx,
  session: FoundSession,
): Promise<Pick<SessionStatus, 'changedAt' | 'untold'>> {
  const [noticed, decided] = [await lastNotice(tx, session), await lastDecision(tx, session)]
  const told = decided && (!noticed || decided.at >= noticed.at) ? decided : noticed
  const imported = await lastImport(tx, session)
  if (!told) return { changedAt: imported, untold: imported !== undefined }
  const stands =
    session.cancelledAt !== null ||
    told.starts === undefined ||
    told.starts?.getTime() === session.starts.getTime()
  if (stands) return { changedAt: told.at, untold: false }
  return { changedAt: imported && imported > told.at ? imported : undefined, untold: true }
}

async function lastNotice(tx: Tx, { id, trainingCode }: FoundSession): Promise<Change | undefined> {
  const [row] = await tx.$queryRaw<{ at: Date; content: OutgoingContent }[]>`
    SELECT (o.content->'change'->>'at')::timestamptz AS at, o.content FROM outgoing_message o
    WHERE o.contact_id = ANY(${await contactsOf(tx, trainingCode)})
      AND o.kind = 'notice' AND o.content->'change'->'sessions' @> to_jsonb(${id}::int)
    ORDER BY at DESC, o.id DESC LIMIT 1`
  return row ? { at: row.at, starts: startIn(row.content, id) } : undefined
}

/** The start that a notice gives for a session: it has a line for each that it tells of, in their order. */
function startIn({ parts, change }: OutgoingContent, sessionId: number): Date | null | undefined {
  const lines = parts.flatMap((part) =>
    'key' in part && /^notice-session-(moved|held|cancelled)-line$/.test(part.key) ? [part] : [],
  )
  const line = lines[change?.sessions.indexOf(sessionId) ?? -1]
  if (!line?.facts) return undefined
  const { starts } = line.facts
  return starts === undefined ? null : new Date(String(starts))
}

/** What `session move` and `session cancel` did, also when nobody could be told. */
async function lastDecision(tx: Tx, session: FoundSession): Promise<Change | undefined> {
  const [row] = await tx.$queryRaw<Change[]>`
    SELECT at, (details->>'to')::timestamptz AS starts FROM audit_entry
    WHERE action IN ('session.move', 'session.cancel') AND subject = ${sessionName(session)}
    ORDER BY at DESC, id DESC LIMIT 1`
  return row
}

/** When a programme file moved it last. */
async function lastImport(tx: Tx, session: FoundSession): Promise<Date | undefined> {
  const [row] = await tx.$queryRaw<{ at: Date | null }[]>`
    SELECT max(at) AS at FROM audit_entry WHERE action = 'import.programme' AND EXISTS (
      SELECT FROM jsonb_array_elements_text(details->'moved') moved
      WHERE starts_with(moved, ${`${sessionName(session)}: `}))`
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
