import { setTimeout as sleep } from 'node:timers/promises'
import type { Channel, Sent } from '../channels/channel.ts'
import { markReachable } from '../contacts/contacts.ts'
import { type Database, transaction } from '../database/client.ts'
import { notify } from '../database/notify.ts'
import { type Logger, loggable } from '../log.ts'
import type { Queues } from '../queues.ts'
import { hour, later, minute, second } from '../time.ts'
import type { Claimed } from './claim.ts'
import type { Limiter } from './limits.ts'
import { tryOtherContacts } from './other-contact.ts'

/** What was sent, as text without formatting; none where it was never put into words. */
export type Worded = Claimed & { text?: string }

/** The state that the message has now, and whether more may be due to its contact. */
export type Result = { state: string; more: boolean }

/** What storing a result needs of delivery. */
export type Storing = {
  db: Database
  owner: number
  log: Logger
  queues?: Queues
}

type Host = { channel: Pick<Channel, 'name'>; limiter: Pick<Limiter, 'pause'> }

/** Pause before a message that surely did not go out is tried again, in ms: doubled each time, up to a limit. */
const firstPause = second
const longestPause = 5 * minute
/** What is so old and was tried so often, which takes an hour, is given up. */
const giveUp = { after: 24 * hour, attempts: 20 }
/** So often what the messenger answered is tried to be written down while the database is away: for some 10 minutes. */
const storeAttempts = 600
const storePause = second

/**
 * Stores what the messenger answered, which is known here only: forgotten, the message would go out twice.
 * @throws what the last attempt met, after some 10 minutes or when this process ends
 */
export async function storePersistently(
  storing: Storing,
  host: Host,
  claimed: Worded,
  sent: Sent,
  now: Date,
  stopping: AbortSignal,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await storeResult(storing, host, claimed, sent, now)
    } catch (error) {
      if (attempt === storeAttempts || stopping.aborted) throw error
      storing.log.warn(loggable(error), 'a result is not stored yet')
      await sleep(storePause, undefined, { signal: stopping }).catch(() => undefined)
    }
  }
}

async function storeResult(
  storing: Storing,
  host: Host,
  claimed: Worded,
  sent: Sent,
  now: Date,
): Promise<Result> {
  if (!('id' in sent)) return { state: await storeFault(storing, host, claimed, sent, now), more: true }
  const more = await storeSent(storing, claimed, sent.id, now)
  if (host.channel.name === 'simulator') await notify(storing.db, 'thread', claimed.chat)
  return { state: 'sent', more }
}

/**
 * Also where another process took this one for dead meanwhile, and none has tried it again. Returns whether more is due
 * to the same contact.
 */
async function storeSent({ db }: Storing, claimed: Worded, externalId: string, now: Date): Promise<boolean> {
  const [row] = await db.$queryRaw<{ more: boolean }[]>`
    UPDATE outgoing_message o SET state = 'sent', owner = NULL, lease_until = NULL, error = NULL,
      external_id = ${externalId}, sent_at = ${now}, text = ${claimed.text ?? null}
    WHERE o.id = ${claimed.id} AND o.attempts = ${claimed.attempts} AND o.state IN ('sending', 'queued', 'uncertain')
    RETURNING EXISTS (
      SELECT FROM outgoing_message q
      WHERE q.contact_id = o.contact_id AND q.state = 'queued' AND q.due_at <= ${now}) AS more`
  return row?.more ?? true
}

async function storeFault(
  storing: Storing,
  host: Host,
  claimed: Worded,
  sent: Exclude<Sent, { id: string }>,
  now: Date,
): Promise<string> {
  const { db } = storing
  const done = {
    owner: null,
    leaseUntil: null,
    ...(claimed.text === undefined ? {} : { text: claimed.text }),
  }
  if ('failed' in sent) {
    const { failed, reason } = sent
    await transaction(db, async (tx) => {
      const { count } = await tx.outgoingMessage.updateMany({
        where: ownClaim(storing, claimed),
        data: { ...done, state: 'failed', error: reason },
      })
      if (failed === 'rejected') return
      await markReachable(tx, { channel: host.channel.name, chat: claimed.chat }, failed, now)
      if (count > 0) await tryOtherContacts(tx, claimed.id, now)
    })
    return 'failed'
  }
  if ('unknown' in sent) return await storeUnclear(db, claimed, sent.unknown, now, claimed.text)
  if (sent.retryAfter) await host.limiter.pause(sent.retryAfter)
  return await storeNotSent(storing, host.channel.name, claimed, sent, now)
}

/** The claim itself, not a later one of the same message, whoever has taken it. */
function ownClaim({ owner }: Storing, { id, attempts }: Claimed) {
  return { id, attempts, state: 'sending' as const, owner: String(owner) }
}

async function storeNotSent(
  storing: Storing,
  channel: string,
  claimed: Claimed,
  sent: { notSent: string; retryAfter?: number },
  now: Date,
): Promise<string> {
  // Who says when to come back has not refused; and what waited a day for us was not tried yet.
  const isOld = now.getTime() - claimed.createdAt.getTime() > giveUp.after
  const givenUp = isOld && claimed.attempts >= giveUp.attempts && sent.retryAfter === undefined
  const backoff = Math.min(longestPause, firstPause * 2 ** Math.min(claimed.attempts - 1, 20))
  const dueAt = later(now, sent.retryAfter ?? backoff)
  const state = givenUp ? ('failed' as const) : ('queued' as const)
  const { count } = await storing.db.outgoingMessage.updateMany({
    where: ownClaim(storing, claimed),
    data: { owner: null, leaseUntil: null, error: sent.notSent, state, ...(givenUp ? {} : { dueAt }) },
  })
  if (count === 0) return 'unchanged'
  // The job brings it back on time; without one the sweep does.
  if (!givenUp)
    storing.queues
      ?.add(`send-${channel}`, `${claimed.id}-${claimed.attempts}`, { outgoingId: claimed.id }, dueAt)
      .catch((error: unknown) => storing.log.warn(loggable(error), 'no job; the sweep sends it'))
  return state
}

/**
 * Nobody knows whether it went out: a broadcast is never tried again; a reply, notice or reminder is, once. Returns the
 * state that it has now; `unchanged` where this claim of it has ended already.
 */
export async function storeUnclear(
  db: Database,
  { id, attempts }: Pick<Claimed, 'id' | 'attempts'>,
  error: string,
  now: Date,
  text?: string,
): Promise<string> {
  const rows = await db.$queryRaw<{ state: string }[]>`
    UPDATE outgoing_message
    SET owner = NULL, lease_until = NULL, error = ${error}, unclear = unclear + 1, text = coalesce(${text ?? null}, text),
      due_at = greatest(due_at, ${later(now, firstPause)}),
      state = (CASE WHEN kind = 'broadcast' OR unclear > 0 THEN 'uncertain' ELSE 'queued' END)::"OutgoingState"
    WHERE id = ${id} AND attempts = ${attempts} AND state = 'sending'
    RETURNING state::text`
  return rows[0]?.state ?? 'unchanged'
}
