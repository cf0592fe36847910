import type { Coverage } from '../config/coverage.ts'
import { type LeftOut, reachSql } from '../contacts/reach.ts'
import { Prisma, type Tx } from '../database/client.ts'
import type { PositionTitle } from '../database/generated/enums.ts'
import { parseAudience, termsOf } from './audience.ts'
import { audienceSql } from './audience-sql.ts'
import type { Addressed } from './text.ts'

/** By which rules it is judged who is meant and who is reached. */
export type BroadcastRules = {
  coverage: Coverage
  /** The channels that are hosted at all. */
  channels: readonly string[]
}

/** How many are meant, and how many of them a message reaches. */
export type Reach = {
  persons: number
  reachable: number
  /** Persons who share a contact have one message. */
  messages: number
  channels: { channel: string; persons: number; messages: number }[]
  leftOut: { why: LeftOut; persons: number }[]
}

/** SQL: person_id, contact_id, channel, left_out of everybody whom an expression means at an instant. */
export async function meantSql(
  tx: Tx,
  audience: string,
  { coverage, channels }: BroadcastRules,
  now: Date,
): Promise<Prisma.Sql> {
  const persons = await audienceSql(tx, parseAudience(audience), { now, coverage })
  return reachSql(persons, channels)
}

/** Who is meant and reached, of a query of {@link meantSql}. */
export async function reachOf(tx: Tx, meant: Prisma.Sql): Promise<Reach> {
  const rows = await tx.$queryRaw<
    { channel: string | null; why: LeftOut | null; persons: number; messages: number }[]
  >`
    SELECT CASE WHEN m.left_out IS NULL THEN m.channel END AS channel, m.left_out AS why, count(*)::int AS persons,
      count(DISTINCT m.contact_id)::int AS messages
    FROM (${meant}) m GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2`
  const sum = (some: { persons: number }[]) => some.reduce((all, { persons }) => all + persons, 0)
  const channels = rows.flatMap(({ channel, persons, messages }) =>
    channel === null ? [] : [{ channel, persons, messages }],
  )
  return {
    persons: sum(rows),
    reachable: sum(channels),
    messages: channels.reduce((all, { messages }) => all + messages, 0),
    channels,
    leftOut: rows.flatMap(({ why, persons }) => (why === null ? [] : [{ why, persons }])),
  }
}

/** Those whom the first messages are for, as they are addressed. */
export async function firstAddressed(tx: Tx, meant: Prisma.Sql, count: number): Promise<Addressed[]> {
  const rows = await tx.$queryRaw<{ contactId: number; name: string; cooperatives: string[] }[]>`
    SELECT m.contact_id AS "contactId", p.name, ${cooperativesOf} AS cooperatives
    FROM (${meant}) m JOIN person p ON p.id = m.person_id
    WHERE m.contact_id IN (
      SELECT f.contact_id FROM (${meant}) f WHERE f.contact_id IS NOT NULL
      GROUP BY f.contact_id ORDER BY f.contact_id LIMIT ${count})
    ORDER BY m.contact_id, p.id`
  return byContact(rows).map(({ persons }) => persons)
}

/** SQL: names of the cooperatives in which the person `p` has an office now. */
export const cooperativesOf = Prisma.sql`ARRAY(
  SELECT k.name FROM position o JOIN cooperative k ON k.id = o.cooperative_id
  WHERE o.person_id = p.id AND o.until IS NULL AND NOT o.pending ORDER BY o.id)`

/** Rows that stand sorted by contact, put together by it. */
export function byContact<Row extends { contactId: number }>(
  rows: Row[],
): { contactId: number; persons: Row[] }[] {
  const groups = new Map<number, Row[]>()
  for (const row of rows) groups.set(row.contactId, [...(groups.get(row.contactId) ?? []), row])
  return [...groups].map(([contactId, persons]) => ({ contactId, persons }))
}

/** Somebody to be called instead. */
export type ToCall = {
  personId: number
  name: string
  title: PositionTitle
  cooperative: string
  areaCode: string
  /** E.164 */
  phones: string[]
  /** Why no message reached them. */
  why: string
}

/** Everybody of these (a query of person_id and why) with office and numbers, by place and name; each once. */
export async function toCall(tx: Tx, left: Prisma.Sql): Promise<ToCall[]> {
  return await tx.$queryRaw<ToCall[]>`
    SELECT p.id AS "personId", p.name, l.why, held.title::text AS title, held.name AS cooperative,
      held.area_code AS "areaCode",
      ARRAY(SELECT phone FROM person_phone n WHERE n.person_id = p.id ORDER BY phone) AS phones
    FROM (${left}) l JOIN person p ON p.id = l.person_id
    JOIN LATERAL (
      SELECT o.title, k.name, k.area_code FROM position o JOIN cooperative k ON k.id = o.cooperative_id
      WHERE o.person_id = p.id ORDER BY o.until IS NOT NULL, o.pending, o.id LIMIT 1) held ON TRUE
    ORDER BY held.area_code, held.title, lower(p.name), p.id`
}

/** Those of a query of {@link meantSql} whom no message reaches. */
export async function leftOutToCall(tx: Tx, meant: Prisma.Sql): Promise<ToCall[]> {
  return await toCall(
    tx,
    Prisma.sql`SELECT m.person_id, m.left_out AS why FROM (${meant}) m WHERE m.left_out IS NOT NULL`,
  )
}

/** The wave of which an expression speaks, if it is one: what {gelombang} stands for. */
export async function waveOf(tx: Tx, audience: string): Promise<number | undefined> {
  const terms = termsOf(parseAudience(audience))
  const codes = terms.filter(({ key }) => key === 'training').flatMap(({ values }) => values)
  const trainings = await tx.training.findMany({
    where: { code: { in: codes } },
    select: { waveNumber: true },
  })
  const numbers = new Set([
    ...terms
      .filter(({ key }) => key === 'wave' || key === 'eligible')
      .flatMap(({ values }) => values.map(Number)),
    ...trainings.map(({ waveNumber }) => waveNumber),
  ])
  return numbers.size === 1 ? [...numbers][0] : undefined
}
