import { type Database, Prisma, uniqueViolation } from '../database/client.ts'
import type { OutgoingKind } from '../database/generated/enums.ts'
import { ownerLockSpace } from '../database/notify.ts'
import { later, minute, second } from '../time.ts'
import type { OutgoingContent } from './content.ts'
import { loopGuard } from './loop-guard.ts'
import { isStale } from './reconcile.ts'

/** How long a claim holds if its owner is neither heard of nor known to be dead: longer than any send takes. */
export const lease = minute
/** An owner whose connection is gone is dead, unless it claimed just now and is about to reconnect. */
const deadAfter = 5 * second

export type Claimed = {
  id: number
  kind: OutgoingKind
  content: OutgoingContent
  attempts: number
  unclear: number
  dueAt: Date
  createdAt: Date
  /** How many messages went to the contact in the time of the loop guard, where the claim has counted them. */
  lately?: number
  chat: string
  locale: string
  /** In a group, the external id of the message that it answers; null elsewhere. */
  answers: string | null
}

/** Takes a message of this kind, for which a slot was had, or of a more urgent one; of any if not given. */
export type Claim = (
  db: Database,
  contactId: number,
  owner: number,
  now: Date,
  upTo?: OutgoingKind,
) => Promise<Claimed | undefined>

/** SQL: whether the row `o` waits behind one of its kind and contact that is to be tried again. */
export const isHeldBack = (now: Date): Prisma.Sql => Prisma.sql`EXISTS (
  SELECT FROM outgoing_message b
  WHERE b.contact_id = o.contact_id AND b.kind = o.kind AND b.id < o.id
    AND b.state = 'queued' AND b.attempts > 0 AND b.due_at > ${now})`

/**
 * Takes the next due message of a contact by compare-and-set: by kind, in order within it. A message that waits
 * to be tried again holds back later ones of its kind. Undefined when nothing is due, or when another process is
 * sending to this contact (a unique key lets only one row a contact be `sending`).
 * @param upTo no kind after this one; all kinds if not given
 */
export const claimNext: Claim = async (db, contactId, owner, now, upTo = 'broadcast') => {
  try {
    const rows = await db.$queryRaw<Claimed[]>`
      UPDATE outgoing_message o
      SET state = 'sending', owner = ${String(owner)}, lease_until = ${later(now, lease)}, attempts = attempts + 1
      FROM contact c
      WHERE c.id = o.contact_id AND o.state = 'queued' AND o.id = (
        SELECT o.id FROM outgoing_message o
        WHERE o.contact_id = ${contactId} AND o.state = 'queued' AND o.due_at <= ${now}
          AND o.kind <= ${upTo}::"OutgoingKind" AND NOT ${isStale(now)} AND NOT ${isHeldBack(now)}
        ORDER BY o.kind, o.id LIMIT 1)
      RETURNING o.id, o.kind, o.content, o.attempts, o.unclear, o.due_at AS "dueAt", o.created_at AS "createdAt",
        c.chat, c.locale,
        CASE WHEN c."group" THEN (SELECT external_id FROM incoming_message WHERE id = o.reply_to_id) END AS answers, (
          SELECT count(*)::int FROM (
            SELECT sent_at FROM outgoing_message WHERE contact_id = ${contactId} ORDER BY id DESC LIMIT ${loopGuard.lookedAt}) s
          WHERE s.sent_at > ${later(now, -loopGuard.within)}) AS lately`
    return rows[0]
  } catch (error) {
    if (uniqueViolation(error) !== undefined) return undefined
    throw error
  }
}

/** The kind of the next due message of a contact, without taking it. */
export async function nextKind(
  db: Database,
  contactId: number,
  now: Date,
): Promise<OutgoingKind | undefined> {
  const next = await db.outgoingMessage.findFirst({
    where: { contactId, state: 'queued', dueAt: { lte: now } },
    orderBy: [{ kind: 'asc' }, { id: 'asc' }],
    select: { kind: true },
  })
  return next?.kind
}

/** Claims of this process that go on longer than most hold on: a slot or a file may take its time. */
export async function keepClaims(db: Database, ids: number[], owner: number, now: Date): Promise<void> {
  if (ids.length === 0) return
  await db.$executeRaw`
    UPDATE outgoing_message SET lease_until = ${later(now, lease)}
    WHERE id = ANY(${ids}::int[]) AND state = 'sending' AND owner = ${String(owner)}
      AND lease_until < ${later(now, lease / 2)}`
}

/**
 * Messages of these channels whose claim has ended without a result: their owner died, or its lease is over. Those
 * that this process is sending right now (`underWay`) are none.
 */
export async function abandoned(
  db: Database,
  channels: string[],
  underWay: number[],
  now: Date,
): Promise<{ id: number; contactId: number }[]> {
  return await db.$queryRaw<{ id: number; contactId: number }[]>`
    SELECT o.id, o.contact_id AS "contactId" FROM outgoing_message o
    WHERE o.state = 'sending' AND o.channel = ANY(${channels}) AND o.id <> ALL(${underWay}::int[]) AND (
      o.lease_until < ${now} OR (
        o.lease_until < ${later(now, lease - deadAfter)} AND NOT EXISTS (
          SELECT 1 FROM pg_locks l
          WHERE l.locktype = 'advisory' AND l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND l.classid::bigint = ${ownerLockSpace} AND l.objid::bigint = o.owner::bigint)))`
}
