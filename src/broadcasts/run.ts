import type { QuietHours } from '../config.ts'
import type { Tx } from '../database/client.ts'
import type { Broadcast } from '../database/generated/client.ts'
import type { BroadcastState } from '../database/generated/enums.ts'
import { lockBroadcast } from '../database/locks.ts'
import { enqueueAll } from '../delivery/outbox.ts'
import { isQuiet } from '../delivery/quiet-hours.ts'
import { audit } from '../staff/audit.ts'
import { announcementChoices } from './announce-wave.ts'
import type { Attachment } from './attachment.ts'
import type { BroadcastPlan } from './plan.ts'
import { type BroadcastRules, waveOf } from './reach.ts'
import { type Next, nextRecipients, noteMessages, writeRecipients } from './recipients.ts'
import { tellDone } from './tell-done.ts'
import { fillIn } from './text.ts'

/** Who starts it, when, and by which rules. */
export type Starting = { actor: string; now: Date; rules: BroadcastRules; file?: Attachment }

export type Started = { id: number; state: BroadcastState }

/**
 * Stores a broadcast as it was planned. One that is due has its recipients written down in the same transaction; a later
 * one when it begins. Its messages are written by {@link feed}.
 */
export async function startBroadcast(tx: Tx, plan: BroadcastPlan, starting: Starting): Promise<Started> {
  const { actor, now, file, rules } = starting
  const stored = file
    ? await tx.storedFile.create({
        data: { name: file.name, type: file.type, content: Buffer.from(file.content), createdAt: now },
        select: { id: true },
      })
    : undefined
  const { id } = await tx.broadcast.create({
    data: {
      ...{ text: plan.text, audience: plan.wanted.audience, dueAt: plan.dueAt },
      ...{ createdBy: actor, createdAt: now },
      ...(plan.wanted.announces === undefined ? {} : { waveNumber: plan.wanted.announces }),
      ...(stored ? { fileId: stored.id } : {}),
    },
    select: { id: true },
  })
  const details = {
    audience: plan.wanted.audience,
    persons: plan.reach.persons,
    reachable: plan.reach.reachable,
  }
  await audit(tx, actor, { action: 'broadcast.start', subject: String(id), details }, now)
  const begun = plan.dueAt <= now && (await beginBroadcast(tx, id, rules, now))
  return { id, state: begun ? 'running' : 'scheduled' }
}

/** Broadcasts whose time has come, and those that run; the oldest first. */
export async function broadcastsToFeed(tx: Tx, now: Date): Promise<Pick<Broadcast, 'id' | 'state'>[]> {
  return await tx.broadcast.findMany({
    where: { OR: [{ state: 'running' }, { state: 'scheduled', dueAt: { lte: now } }] },
    select: { id: true, state: true },
    orderBy: { id: 'asc' },
  })
}

/** Begins a scheduled broadcast: its recipients are written down. False when it is none any more. */
export async function beginBroadcast(tx: Tx, id: number, rules: BroadcastRules, now: Date): Promise<boolean> {
  if ((await lockBroadcast(tx, id, 'pass over')) !== 'scheduled') return false
  const { audience } = await tx.broadcast.update({
    where: { id, state: 'scheduled' },
    data: { state: 'running', startedAt: now },
    select: { audience: true },
  })
  await writeRecipients(tx, { id, audience }, rules, now)
  return true
}

export type Feeding = {
  now: Date
  quiet: QuietHours
  /** So many of its messages wait in the outbox at most. */
  window: number
}

/**
 * Writes the next messages of a running broadcast, as many as there is room for, and ends it when every message has its
 * result. In quiet hours it takes back what waits. One at a time: who finds it locked passes it over.
 */
export async function feed(tx: Tx, id: number, { now, quiet, window }: Feeding): Promise<void> {
  if ((await lockBroadcast(tx, id, 'pass over')) !== 'running') return
  if (isQuiet(now, quiet)) return void (await takeBack(tx, id))
  const waiting = await tx.outgoingMessage.count({
    where: { broadcastId: id, state: { in: ['queued', 'sending'] } },
  })
  const next = await nextRecipients(tx, id, Math.max(0, window - waiting))
  if (next.length > 0) return await writeMessages(tx, id, next, now)
  if (waiting > 0 || (await unwritten(tx, id)) > 0) return
  await tx.broadcast.update({ where: { id }, data: { state: 'done', endedAt: now } })
  await tellDone(tx, id, now, quiet)
}

async function unwritten(tx: Tx, id: number): Promise<number> {
  return await tx.broadcastRecipient.count({
    where: { broadcastId: id, outgoingId: null, contactId: { not: null } },
  })
}

async function writeMessages(tx: Tx, id: number, next: Next[], now: Date): Promise<void> {
  const broadcast = await tx.broadcast.findUniqueOrThrow({ where: { id } })
  const announces = broadcast.waveNumber ?? undefined
  const wave = announces ?? (await waveOf(tx, broadcast.audience))
  const announced = announces === undefined ? undefined : await announcementChoices(tx, announces, now)
  const written = await enqueueAll(
    tx,
    next.map(({ contactId, channel, number, persons }) => ({
      contact: { id: contactId, channel },
      kind: 'broadcast',
      content: {
        parts: fillIn(broadcast.text, persons, wave),
        ...(announced && announced.choices.length > 0 ? { choices: announced.choices } : {}),
        ...(broadcast.fileId === null ? {} : { file: broadcast.fileId }),
      },
      ...{ dueAt: now, createdAt: now, broadcastId: id },
      ...(announced ? { asks: announced.asks } : {}),
      personIds: persons.map(({ personId }) => personId),
      dedupeKey: `broadcast/${id}/${contactId}/${number}`,
    })),
  )
  const ids = new Map(written.map((row) => [row.contactId, row.id]))
  await noteMessages(
    tx,
    id,
    next.flatMap(({ contactId, persons }) => {
      const row = ids.get(contactId)
      if (row === undefined) throw new Error(`broadcast ${id}: contact ${contactId} has its message already`)
      return persons.map(({ personId }) => ({ id: row, personId }))
    }),
  )
}

/** Takes back what waits and was not claimed; it is written again when the broadcast goes on. Returns how many messages. */
export async function takeBack(tx: Tx, id: number): Promise<number> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    SELECT id FROM outgoing_message WHERE broadcast_id = ${id} AND state = 'queued' FOR UPDATE SKIP LOCKED`
  const ids = rows.map((row) => row.id)
  if (ids.length === 0) return 0
  // A second try to another contact goes there again.
  await tx.$executeRaw`
    UPDATE broadcast_recipient r SET outgoing_id = NULL, contact_id = o.contact_id FROM outgoing_message o
    WHERE o.id = ANY(${ids}) AND r.broadcast_id = ${id} AND r.person_id = ANY(o.person_ids)`
  await tx.outgoingMessage.deleteMany({ where: { id: { in: ids } } })
  return ids.length
}
