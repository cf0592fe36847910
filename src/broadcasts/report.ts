import type { LeftOut } from '../contacts/reach.ts'
import { Prisma, type Tx } from '../database/client.ts'
import type { Broadcast } from '../database/generated/client.ts'
import { stoppedReason } from '../delivery/withhold.ts'
import { type ToCall, toCall } from './reach.ts'

/** What became of a broadcast for one person, by their last message. */
export type Outcome =
  /** not written yet, or waits to go out */
  | 'waiting'
  | ('sent' | 'delivered' | 'read' | 'failed' | 'uncertain')
  /** was taken back, by cancelling the broadcast or STOP, or came too late */
  | 'not-sent'

export type Report = {
  broadcast: Broadcast
  /** All whom it is meant for; 0 before it has begun. */
  persons: number
  /** Of these, those with a contact. */
  reachable: number
  outcomes: Record<Outcome, number>
  failed: { why: string; persons: number }[]
  leftOut: { why: LeftOut; persons: number }[]
}

/**
 * SQL: the common table `last` of person_id, left_out, contact_id, state and error of each recipient's last message: a
 * second try on another contact replaces the first.
 */
export function lastMessages(broadcastId: number): Prisma.Sql {
  return Prisma.sql`
    WITH RECURSIVE chain AS (
      SELECT r.person_id, r.left_out, r.contact_id AS meant, r.outgoing_id AS id, 0 AS step
      FROM broadcast_recipient r WHERE r.broadcast_id = ${broadcastId}
      UNION ALL
      SELECT c.person_id, c.left_out, c.meant, o.id, c.step + 1
      FROM chain c JOIN outgoing_message o ON o.replaces_id = c.id AND c.person_id = ANY(o.person_ids)),
    last AS (
      SELECT DISTINCT ON (c.person_id) c.person_id, c.meant,
        CASE WHEN o.state = 'cancelled' AND o.error = ${stoppedReason} THEN ${stoppedReason} ELSE c.left_out END AS left_out, o.state::text AS state,
        coalesce(k.unreachable_why, o.error) AS error
      FROM chain c LEFT JOIN outgoing_message o ON o.id = c.id LEFT JOIN contact k ON k.id = o.contact_id
      ORDER BY c.person_id, c.step DESC)`
}

/** SQL: the {@link Outcome} of a row of `last`; null for who was left out. */
const outcomeSql = (ended: boolean): Prisma.Sql => Prisma.sql`
  CASE WHEN left_out IS NOT NULL OR (meant IS NULL AND state IS NULL) THEN NULL
    WHEN state IS NULL THEN ${ended ? 'not-sent' : 'waiting'}
    WHEN state IN ('queued', 'sending') THEN 'waiting'
    WHEN state IN ('expired', 'cancelled') THEN 'not-sent'
    ELSE state END`

const nothing: Record<Outcome, number> = {
  ...{ waiting: 0, sent: 0, delivered: 0, read: 0, failed: 0, uncertain: 0, 'not-sent': 0 },
}

/** How far a broadcast has come; undefined when there is none of that id. */
export async function reportOf(tx: Tx, id: number): Promise<Report | undefined> {
  const broadcast = await tx.broadcast.findUnique({ where: { id } })
  if (!broadcast) return undefined
  const rows = await tx.$queryRaw<
    { outcome: Outcome | null; leftOut: LeftOut | null; error: string | null; persons: number }[]
  >`
    ${lastMessages(id)}
    SELECT ${outcomeSql(hasEnded(broadcast))} AS outcome, left_out AS "leftOut",
      CASE WHEN state = 'failed' THEN error END AS error, count(*)::int AS persons
    FROM last GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2, 3`
  const outcomes = { ...nothing }
  for (const { outcome, persons } of rows) if (outcome) outcomes[outcome] += persons
  const persons = rows.reduce((sum, row) => sum + row.persons, 0)
  const leftOut = rows.flatMap((row) =>
    row.outcome === null ? [{ why: row.leftOut ?? ('no-contact' as const), persons: row.persons }] : [],
  )
  return {
    ...{ broadcast, persons, outcomes, leftOut },
    reachable: persons - leftOut.reduce((sum, each) => sum + each.persons, 0),
    failed: rows.flatMap(({ outcome, error, persons: count }) =>
      outcome === 'failed' ? [{ why: error ?? '', persons: count }] : [],
    ),
  }
}

function hasEnded({ state }: Pick<Broadcast, 'state'>): boolean {
  return state === 'done' || state === 'cancelled'
}

/** Those whom it has not reached for sure, to be called: left out, failed, uncertain, or not sent. */
export async function notReached(tx: Tx, id: number): Promise<ToCall[]> {
  const broadcast = await tx.broadcast.findUnique({ where: { id }, select: { state: true } })
  const outcome = outcomeSql(broadcast !== null && hasEnded(broadcast))
  return await toCall(
    tx,
    Prisma.sql`
      ${lastMessages(id)}
      SELECT person_id, coalesce(left_out, CASE WHEN ${outcome} IS NULL THEN 'no-contact'
        WHEN ${outcome} = 'failed' THEN coalesce(error, 'failed') ELSE ${outcome} END) AS why
      FROM last WHERE ${outcome} IS NULL OR ${outcome} IN ('failed', 'uncertain', 'not-sent')`,
  )
}

export type Listed = Pick<Broadcast, 'id' | 'state' | 'text' | 'audience' | 'dueAt' | 'createdBy'> & {
  persons: number
}

/** The newest broadcasts, the newest first. */
export async function listBroadcasts(tx: Tx, count: number): Promise<Listed[]> {
  const found = await tx.broadcast.findMany({
    orderBy: { id: 'desc' },
    take: count,
    include: { _count: { select: { recipients: true } } },
  })
  return found.map(({ id, state, text, audience, dueAt, createdBy, _count }) => ({
    ...{ id, state, text, audience, dueAt, createdBy, persons: _count.recipients },
  }))
}
