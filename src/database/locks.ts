/**
 * The locking rule, on one page.
 *
 * 1. Locks are taken in one order: a broadcast's, an import's, conversation, its hand-over, persons by id, trainings
 *    by code. Whoever needs a later
 *    one first gets the earlier ones.
 * 2. They are taken by the functions below only, which refuse to run outside a transaction.
 * 3. A turn holds its own conversation and no other. Only two take several, by contact: erasing a person, after its own
 *    those in which that person stands, and unlinking a number, those that use it. Of two that wait for each other
 *    PostgreSQL ends one, which is run again.
 * 4. A counter of a training (taken, offered) is changed only by registration/seats.ts, under that training's lock.
 * 5. What must be held for longer than a transaction is an advisory lock on a connection of its own.
 */
import { isTransaction, type Tx } from './client.ts'
import type { BroadcastState } from './generated/enums.ts'

/** Keys of pg_advisory_lock; numbers that other programs on the same server are unlikely to use. */
export const advisoryLocks = {
  migrate: 4_190_640_001,
  embeddedService: 4_190_640_003,
  sample: 4_190_640_004,
  telegramPolling: 4_190_640_005,
} as const

function demandTransaction(tx: Tx): void {
  if (!isTransaction(tx)) throw new Error('a row lock needs a transaction')
}

/** Locks a contact's conversation and returns its state; makes the row when it is not there yet. */
export async function lockConversation(tx: Tx, contactId: number): Promise<unknown> {
  demandTransaction(tx)
  await tx.$executeRaw`
    INSERT INTO conversation (contact_id, state, updated_at) VALUES (${contactId}, '{}', now())
    ON CONFLICT DO NOTHING`
  const rows = await tx.$queryRaw<{ state: unknown }[]>`
    SELECT state FROM conversation WHERE contact_id = ${contactId} FOR UPDATE`
  return rows[0]?.state ?? {}
}

/** Locks the conversations of these contacts, as far as there are any, in order of the contacts' ids. */
export async function lockConversations(tx: Tx, contactIds: number[]): Promise<void> {
  demandTransaction(tx)
  await tx.$queryRaw`
    SELECT contact_id FROM conversation WHERE contact_id = ANY(${contactIds}) ORDER BY contact_id FOR UPDATE`
}

/** Locks the one hand-over of a contact that is not closed, after its conversation; returns its id. */
export async function lockHandOver(tx: Tx, contactId: number): Promise<number | undefined> {
  demandTransaction(tx)
  const [row] = await tx.$queryRaw<{ id: number }[]>`
    SELECT id FROM hand_over WHERE contact_id = ${contactId} AND state <> 'closed' FOR UPDATE`
  return row?.id
}

/**
 * Locks conversations that nobody holds and that still hold something, or of whose persons no name is asked yet: of contacts last heard before `before`, or
 * of those in `refused` last heard before `refusedBefore`; at most `count`. Returns the contacts' ids.
 */
export async function lockSilentConversations(
  tx: Tx,
  silent: { before: Date; refused: number[]; refusedBefore: Date },
  count: number,
): Promise<number[]> {
  demandTransaction(tx)
  const rows = await tx.$queryRaw<{ id: number }[]>`
    SELECT v.contact_id AS id FROM conversation v JOIN contact c ON c.id = v.contact_id
    WHERE (c.last_heard_at < ${silent.before} AND (v.state <> '{}' OR (NOT c.must_confirm_name
        AND EXISTS (SELECT FROM person_phone p WHERE p.phone = c.phone))))
      OR (c.id = ANY(${silent.refused}) AND c.last_heard_at < ${silent.refusedBefore} AND v.state <> '{}')
    ORDER BY v.contact_id LIMIT ${count} FOR UPDATE OF v SKIP LOCKED`
  return rows.map(({ id }) => id)
}

/** Locks persons, in order of their ids. */
export async function lockPersons(tx: Tx, ids: number[]): Promise<void> {
  demandTransaction(tx)
  await tx.$queryRaw`SELECT id FROM person WHERE id = ANY(${ids}) ORDER BY id FOR UPDATE`
}

/** Locks trainings, in order of their codes. */
export async function lockTrainings(tx: Tx, codes: string[]): Promise<void> {
  demandTransaction(tx)
  await tx.$queryRaw`SELECT code FROM training WHERE code = ANY(${codes}) ORDER BY code FOR UPDATE`
}

/** Whether an import is under way, which may last long: what needs its lock is better tried again later. */
export async function importRuns(tx: Tx, of: 'officers' | 'programme'): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ runs: boolean }[]>`
    SELECT EXISTS (SELECT FROM pg_locks WHERE relation = ${of === 'officers' ? 'cooperative' : 'wave'}::regclass
      AND mode = 'ShareRowExclusiveLock' AND granted AND pid <> pg_backend_pid()) AS runs`
  return row?.runs ?? false
}

/**
 * Locks a broadcast, so that one at a time writes its recipients or messages or changes its state. Returns its state;
 * undefined when there is none of that id, or, to who does not `wait`, when somebody else has it.
 */
export async function lockBroadcast(
  tx: Tx,
  id: number,
  wait: 'wait' | 'pass over',
): Promise<BroadcastState | undefined> {
  demandTransaction(tx)
  const rows =
    wait === 'wait'
      ? await tx.$queryRaw<{ state: BroadcastState }[]>`
          SELECT state::text FROM broadcast WHERE id = ${id} FOR NO KEY UPDATE`
      : await tx.$queryRaw<{ state: BroadcastState }[]>`
          SELECT state::text FROM broadcast WHERE id = ${id} FOR NO KEY UPDATE SKIP LOCKED`
  return rows[0]?.state
}

/**
 * Lets one import at a time look for what is stored and write what is not: two at once would both make it.
 * Reading goes on meanwhile.
 */
export async function lockImport(tx: Tx, of: 'officers' | 'programme'): Promise<void> {
  demandTransaction(tx)
  if (of === 'officers') await tx.$executeRaw`LOCK TABLE cooperative IN SHARE ROW EXCLUSIVE MODE`
  else await tx.$executeRaw`LOCK TABLE wave IN SHARE ROW EXCLUSIVE MODE`
}
