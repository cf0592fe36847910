import { reachSql } from '../contacts/reach.ts'
import { Prisma, type Tx } from '../database/client.ts'
import type { BroadcastState } from '../database/generated/enums.ts'
import { lockBroadcast } from '../database/locks.ts'
import { audit } from '../staff/audit.ts'
import type { BroadcastRules } from './reach.ts'
import { lastMessages } from './report.ts'
import { takeBack } from './run.ts'

export type Change = 'pause' | 'resume' | 'cancel'

export type Changed =
  | { changed: BroadcastState /** Messages that waited and do not go out now. */; takenBack: number }
  | { refused: 'unknown' }
  /** Nothing to be done in this state. */
  | { refused: 'state'; state: BroadcastState }

const possibleIn: Record<Change, BroadcastState[]> = {
  pause: ['scheduled', 'running'],
  resume: ['paused'],
  cancel: ['scheduled', 'running', 'paused'],
}

/**
 * Pauses a broadcast, lets it go on, or ends it. What was claimed already goes out; what waits is taken back in the same
 * transaction.
 */
export async function changeBroadcast(
  tx: Tx,
  id: number,
  change: Change,
  { actor, now }: { actor: string; now: Date },
): Promise<Changed> {
  const state = await lockBroadcast(tx, id, 'wait')
  if (!state) return { refused: 'unknown' }
  if (!possibleIn[change].includes(state)) return { refused: 'state', state }
  const { startedAt } = await tx.broadcast.findUniqueOrThrow({ where: { id }, select: { startedAt: true } })
  const next: Record<Change, BroadcastState> = {
    pause: 'paused',
    resume: startedAt ? 'running' : 'scheduled',
    cancel: 'cancelled',
  }
  await tx.broadcast.update({
    where: { id, state },
    data: { state: next[change], ...(change === 'cancel' ? { endedAt: now } : {}) },
  })
  const takenBack = change === 'resume' ? 0 : await takeBack(tx, id)
  const details = { from: state, takenBack }
  await audit(tx, actor, { action: `broadcast.${change}`, subject: String(id), details }, now)
  return { changed: next[change], takenBack }
}

/** Of which messages a broadcast is sent once more. */
export type Again = { uncertain: boolean; failed: boolean }

export type Resent =
  | { persons: number /** Chosen, but nothing reaches them now. */; unreachable: number }
  | { refused: 'unknown' }
  | { refused: 'state'; state: BroadcastState }

/**
 * Lets a broadcast that is done go out once more to those whose last message is uncertain, or failed; to the contact that
 * reaches them now. Those of them who have one later are not chosen again, so that nobody gets it twice by accident.
 */
export async function resendBroadcast(
  tx: Tx,
  id: number,
  again: Again,
  { actor, now, rules }: { actor: string; now: Date; rules: BroadcastRules },
): Promise<Resent> {
  const state = await lockBroadcast(tx, id, 'wait')
  if (!state) return { refused: 'unknown' }
  if (state !== 'done') return { refused: 'state', state }
  const states = [...(again.uncertain ? ['uncertain'] : []), ...(again.failed ? ['failed'] : [])]
  const chosen = await tx.$queryRaw<{ personId: number }[]>`
    ${lastMessages(id)} SELECT person_id AS "personId" FROM last WHERE state = ANY(${states})`
  // A message that is not kept any more is no message that is still to be written.
  await tx.$executeRaw`
    UPDATE broadcast_recipient SET contact_id = NULL, left_out = 'forgotten'
    WHERE broadcast_id = ${id} AND outgoing_id IS NULL AND contact_id IS NOT NULL`
  const ids = chosen.map(({ personId }) => personId)
  const reached = reachSql(Prisma.sql`SELECT id FROM unnest(${ids}::int[]) AS p(id)`, rules.channels)
  const persons = await tx.$executeRaw`
    UPDATE broadcast_recipient r SET outgoing_id = NULL, contact_id = m.contact_id, left_out = NULL
    FROM (${reached}) m
    WHERE r.broadcast_id = ${id} AND r.person_id = m.person_id AND m.contact_id IS NOT NULL`
  if (persons > 0)
    await tx.broadcast.update({ where: { id, state }, data: { state: 'running', endedAt: null } })
  const unreachable = ids.length - persons
  const details = { ...again, persons, unreachable }
  await audit(tx, actor, { action: 'broadcast.resend', subject: String(id), details }, now)
  return { persons, unreachable }
}
