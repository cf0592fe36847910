import { setTimeout as sleep } from 'node:timers/promises'
import type { Channel, OutgoingMessage, Sent } from '../channels/channel.ts'
import { toPlain } from '../channels/rich-text.ts'
import type { QuietHours } from '../config.ts'
import { markReachable } from '../contacts/contacts.ts'
import { notWatched, type Reached } from '../crash-points.ts'
import { type Database, transaction } from '../database/client.ts'
import type { OutgoingKind } from '../database/generated/enums.ts'
import { notify } from '../database/notify.ts'
import { type Logger, loggable } from '../log.ts'
import type { Queues } from '../queues.ts'
import type { Texts } from '../texts.ts'
import { type Clock, hour, later, minute, second } from '../time.ts'
import { abandoned, type Claim, type Claimed, claimNext, keepClaims, nextKind } from './claim.ts'
import type { OutgoingContent } from './content.ts'
import { type ChatPace, type Limiter, precedes } from './limits.ts'
import { isLoop, loopGuard, loopReason } from './loop-guard.ts'
import { nextFor } from './next.ts'
import { tryOtherContacts } from './other-contact.ts'
import { expireStale, expireStaleOf } from './reconcile.ts'
import { withhold } from './withhold.ts'

/** Pause before a message that surely did not go out is tried again, in ms: doubled each time, up to a limit. */
const firstPause = second
const longestPause = 5 * minute
/** To how many contacts a sweep begins to send. */
const contactsASweep = 500
/** So many contacts wait for slots at once in a process; beyond it a sweep begins with a few, replies first. */
const mostAtOnce = 1_000
const leastASweep = 50
/** How many of its claims a process remembers. */
const rememberedClaims = 1_000
/** What is so old and was tried so often, which takes an hour, is given up. */
const giveUp = { after: 24 * hour, attempts: 20 }

/** A channel that this process hosts, with what it may send when. */
export type Host = { channel: Channel; limiter: Limiter; chatPace?: ChatPace }

export type DeliveryOptions = {
  db: Database
  channels: Host[]
  texts: Texts
  clock: Clock
  log: Logger
  /** Names this process in claims; see `Listener.owner`. */
  owner: number
  /** Where messages to be tried again later get their job; a sweep stands behind it. */
  queues?: Queues
  /** When nothing that can wait goes out; never if not given. */
  quietHours?: QuietHours
  claim?: Claim
  reached?: Reached
  onSent?: (sent: { channel: string; kind: string; state: string; seconds: number }) => void
}

export type Delivery = {
  /** Sends all that is due to a contact, in order; resolves when nothing is due to it any more. */
  sendTo(contactId: number): Promise<void>
  /** Begins to send a row of which NOTIFY tells, if this process hosts its channel and has not sent it already. */
  wake(row: { channel: string; outgoingId: number; contactId: number }): void
  /** The same, for the contact of a row, if this process hosts its channel. */
  sendRow(outgoingId: number): Promise<void>
  /** Sends what is due and was not woken for, takes up what dead processes left. Returns to how many contacts it has begun to send. */
  sweep(): Promise<number>
  /**
   * Shows under a message that was sent, in place of its choices, the n-th, from 1, which was taken. It waits for a slot
   * behind replies and notices, and is left out when something goes wrong.
   */
  showChosen(row: number, number: number): Promise<void>
  /** Shows that an answer is on its way, where the channel can. */
  typing(channel: string, chat: string): void
  /** Resolves when nothing is being sent any more. */
  idle(): Promise<void>
  /** Resolves when what is under way has its result. */
  stop(): Promise<void>
}

/** Delivery of the outbox through the channels of this process. */
export function createDelivery(options: DeliveryOptions): Delivery {
  const { db, clock, log } = options
  const hosted = new Map(options.channels.map((each) => [each.channel.name as string, each]))
  const channelNames = [...hosted.keys()]
  /** One thread of sending a contact in this process; others see to it through the claim. */
  const busy = new Map<number, Promise<void>>()
  /** Rows that this process has claimed and not yet given back. */
  const underWay = new Set<number>()
  /** Rows that this process has claimed last: being woken for them means nothing any more. */
  const claimedLately = new Set<number>()
  const noteClaimed = (id: number): void => {
    claimedLately.add(id)
    if (claimedLately.size > rememberedClaims) claimedLately.delete(claimedLately.values().next().value ?? 0)
  }
  /** The longest of the channels' paces: one query serves all. */
  const longestChatPace = options.channels.find(({ chatPace }) => chatPace)?.chatPace
  /** Contacts for whose next message a slot is waited for, and how to look anew which that is. */
  const waiting = new Map<number, { kind: OutgoingKind; again: AbortController }>()
  const stopping = new AbortController()

  /** Contacts for which something has come since it was looked up what is next for them. */
  const woken = new Set<number>()

  /** Waits for a slot for this kind: `again` where something more urgent has come for the contact meanwhile. */
  const slotFor = async (
    contactId: number,
    host: Host,
    kind: OutgoingKind,
  ): Promise<'given' | 'again' | 'closed'> => {
    const again = new AbortController()
    waiting.set(contactId, { kind, again })
    if (woken.has(contactId)) void hurry(contactId)
    const given = await host.limiter.slot(kind, again.signal).finally(() => waiting.delete(contactId))
    if (given) return 'given'
    return again.signal.aborted ? 'again' : 'closed'
  }

  /** What has come for a contact does not wait behind what is less urgent and waits for a slot. */
  const hurry = async (contactId: number): Promise<void> => {
    const before = waiting.get(contactId)
    if (!before || before.kind === 'reply') return
    const kind = await nextKind(db, contactId, clock.now()).catch(() => undefined)
    if (kind && precedes(kind, before.kind)) before.again.abort()
  }

  const sendAllTo = async (contactId: number): Promise<void> => {
    for (let more = true; more && !stopping.signal.aborted; ) {
      woken.delete(contactId)
      const next = await nextFor(db, contactId, longestChatPace, clock.now())
      const host = hosted.get(next?.channel ?? '')
      if (!host || !next || host.channel.serves?.(next.chat) === false) return
      if (next.stale) await expireStaleOf(db, contactId, clock.now())
      const { kind } = next
      if (!kind) return
      if (host.chatPace && next.wait > 0) {
        await sleep(next.wait, undefined, { signal: stopping.signal }).catch(() => undefined)
        continue
      }
      // The slot comes before the claim: a lease must not run while a message waits for its turn.
      const turn = await slotFor(contactId, host, kind)
      if (turn === 'again') continue
      if (turn === 'closed') return
      await withhold(db, contactId, kind, options.quietHours ?? null, clock.now())
      const claimed = await (options.claim ?? claimNext)(db, contactId, options.owner, clock.now(), kind)
      if (!claimed) return
      underWay.add(claimed.id)
      noteClaimed(claimed.id)
      options.reached?.('outgoing-claimed')
      more = await sendOne(options, host, claimed, stopping.signal).finally(() => underWay.delete(claimed.id))
    }
  }

  const sendTo = (contactId: number, wokenBy?: number): Promise<void> => {
    if (wokenBy !== undefined && claimedLately.has(wokenBy)) return Promise.resolve()
    woken.add(contactId)
    void hurry(contactId)
    const run = (busy.get(contactId) ?? Promise.resolve())
      .then(() => (wokenBy !== undefined && claimedLately.has(wokenBy) ? undefined : sendAllTo(contactId)))
      .catch((error: unknown) => log.error(loggable(error), 'sending failed; the sweep tries again'))
      .finally(() => {
        if (busy.get(contactId) !== run) return
        busy.delete(contactId)
        woken.delete(contactId)
      })
    busy.set(contactId, run)
    return run
  }

  return {
    sendTo: (contactId) => sendTo(contactId),
    wake: ({ channel, outgoingId, contactId }) => {
      if (hosted.has(channel)) void sendTo(contactId, outgoingId)
    },
    sendRow: async (outgoingId) => {
      const row = await db.outgoingMessage.findUnique({
        where: { id: outgoingId },
        select: { contactId: true, channel: true, state: true },
      })
      if (row?.state === 'queued' && hosted.has(row.channel)) await sendTo(row.contactId)
    },
    sweep: async () => {
      const now = clock.now()
      await keepClaims(db, [...underWay], options.owner, now)
      await expireStale(db, channelNames, now)
      for (const { id } of await abandoned(db, channelNames, [...underWay], now))
        await storeUnclear(db, id, 'the process that was sending it ended', now)
      const room = Math.max(leastASweep, mostAtOnce - busy.size)
      const due = await db.$queryRaw<{ contactId: number }[]>`
        SELECT contact_id AS "contactId" FROM outgoing_message
        WHERE state = 'queued' AND channel = ANY(${channelNames}) AND due_at <= ${now}
          AND contact_id <> ALL(${[...busy.keys()]}::int[])
        GROUP BY contact_id ORDER BY min(kind), min(due_at) LIMIT ${Math.min(room, contactsASweep)}`
      for (const { contactId } of due) void sendTo(contactId)
      return due.length
    },
    showChosen: async (row, number) => {
      await showChosen(options, hosted, row, number).catch((error: unknown) =>
        log.warn(loggable(error), 'the choice taken not shown'),
      )
    },
    typing: (channel, chat) => {
      const host = hosted.get(channel)
      if (host?.channel.serves?.(chat) === false) return
      host?.channel.typing?.(chat).catch((error: unknown) => log.debug(loggable(error), 'typing not shown'))
    },
    idle: async () => {
      while (busy.size > 0) await Promise.all(busy.values())
    },
    stop: async () => {
      stopping.abort()
      for (const { limiter } of options.channels) limiter.close()
      await Promise.all(busy.values())
    },
  }
}

/** A message in words, or why it did not go out. */
type Ready = { message: OutgoingMessage; text: string } | { failed: 'rejected'; reason: string }

/** Sends a claimed message and stores its result. Returns whether more may be due to its contact. */
async function sendOne(
  options: DeliveryOptions,
  host: Host,
  claimed: Claimed,
  stopping: AbortSignal,
): Promise<boolean> {
  const { clock, log } = options
  const reached = options.reached ?? notWatched
  // What fails here has surely not gone out.
  const ready = await prepare(options, claimed).catch((error: Error) => ({ notSent: error.message }))
  // What one message takes more than one request for waits for no other kind: its claim is running.
  const sent =
    'message' in ready
      ? await host.channel.send(ready.message, (retryAfter) => furtherSlot(host.limiter, retryAfter))
      : (ready satisfies Sent)
  reached('request-left')
  const now = clock.now()
  const worded = 'message' in ready ? { ...claimed, text: ready.text } : claimed
  const { state, more } = await persistently(
    () => storeResult(options, host, worded, sent, now),
    stopping,
    log,
  )
  reached('result-stored')
  if (state !== 'sent') log.warn({ outgoing: claimed.id, state, result: withoutId(sent) }, 'message not sent')
  options.onSent?.({
    channel: host.channel.name,
    kind: claimed.kind,
    state,
    seconds: Math.max(0, now.getTime() - claimed.dueAt.getTime()) / second,
  })
  return more
}

async function furtherSlot(limiter: Limiter, retryAfter: number | undefined): Promise<unknown> {
  if (retryAfter !== undefined) await limiter.pause(retryAfter)
  return await limiter.slot('reply')
}

async function prepare({ db, texts, clock, log }: DeliveryOptions, claimed: Claimed): Promise<Ready> {
  const message = renderOrFail(texts, claimed)
  if (message instanceof Error) {
    // A fault of the texts, which trying again does not mend; the row says so, and what follows it goes out.
    log.error({ outgoing: claimed.id, error: message.message }, 'message cannot be put into words')
    return { failed: 'rejected', reason: message.message }
  }
  const text = toPlain(message.text)
  const mayLoop = (claimed.lately ?? loopGuard.most) >= loopGuard.most
  if (mayLoop && (await isLoop(db, claimed.id, text, clock.now())))
    return { failed: 'rejected', reason: loopReason }
  const document = await fileOf(db, claimed.content)
  return { message: document ? { ...message, document } : message, text }
}

const withoutId = (sent: Sent): unknown => ('id' in sent ? {} : sent)

function renderOrFail(texts: Texts, claimed: Claimed): OutgoingMessage | Error {
  try {
    return render(texts, claimed)
  } catch (error) {
    return error as Error
  }
}

/** Puts a stored message into words, in its contact's language. */
export function render(
  texts: Texts,
  row: Pick<Claimed, 'id' | 'kind' | 'content' | 'chat' | 'locale'> & { answers?: string | null },
): OutgoingMessage {
  const { content, locale } = row
  return {
    id: row.id,
    kind: row.kind,
    chat: row.chat,
    text: texts.join(locale, content.parts),
    choices: choicesOf(texts, row),
    asksPhone: content.asksPhone ?? false,
    ...(content.location ? { location: content.location } : {}),
    ...(content.hidesPhoneButton ? { hidesPhoneButton: true } : {}),
    ...(content.silent ? { silent: true } : {}),
    ...(content.link
      ? { link: { label: toPlain(texts.join(locale, [content.link.label])), url: content.link.url } }
      : {}),
    ...(row.answers ? { answers: row.answers } : {}),
  }
}

function choicesOf(texts: Texts, { id, content, locale }: Pick<Claimed, 'id' | 'content' | 'locale'>) {
  return (content.choices ?? []).map((choice, index) => ({
    label: toPlain(texts.join(locale, [choice.label])),
    data: `c:${id}:${index + 1}`,
  }))
}

/** What a press leaves behind: see `Delivery.showChosen`. */
async function showChosen(
  { db, texts }: DeliveryOptions,
  hosted: ReadonlyMap<string, Host>,
  row: number,
  number: number,
): Promise<void> {
  const sent = await db.outgoingMessage.findUnique({ where: { id: row }, include: { contact: true } })
  const host = hosted.get(sent?.channel ?? '')
  if (!sent?.externalId || !host?.channel.showChosen) return
  const { chat, locale } = sent.contact
  const content = sent.content as OutgoingContent
  const choice = choicesOf(texts, { id: row, content, locale })[number - 1]
  // "Sudah baca" says nothing of the questions that stand beside it.
  const { choices = [] } = content
  const pressed = choices[number - 1]
  if (choices.length > 1 && pressed && 'read' in pressed.value) return
  if (!choice || !(await host.limiter.slot('reminder'))) return
  await host.channel.showChosen(chat, sent.externalId, choice)
}

async function fileOf(db: Database, { file }: OutgoingContent): Promise<OutgoingMessage['document']> {
  if (file === undefined) return undefined
  const stored = await db.storedFile.findUnique({ where: { id: file } })
  return stored ? { name: stored.name, type: stored.type, content: stored.content } : undefined
}

/** What was sent, as text without formatting; none where it was never put into words. */
type Worded = Claimed & { text?: string }

type Result = { state: string; more: boolean }
/** So often what the messenger answered is tried to be written down while the database is away: for some 10 minutes. */
const storeAttempts = 600
const storePause = second

/** What the messenger answered is known here only: forgotten, the message would go out twice. */
async function persistently<T>(store: () => Promise<T>, stopping: AbortSignal, log: Logger): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await store()
    } catch (error) {
      if (attempt === storeAttempts || stopping.aborted) throw error
      log.warn(loggable(error), 'a result is not stored yet')
      await sleep(storePause, undefined, { signal: stopping }).catch(() => undefined)
    }
  }
}

async function storeResult(
  options: DeliveryOptions,
  host: Host,
  claimed: Worded,
  sent: Sent,
  now: Date,
): Promise<Result> {
  if (!('id' in sent)) return { state: await storeFault(options, host, claimed, sent, now), more: true }
  const more = await storeSent(options, claimed, sent.id, now)
  if (host.channel.name === 'simulator') await notify(options.db, 'thread', claimed.chat)
  return { state: 'sent', more }
}

/**
 * Also where another process took this one for dead meanwhile, and none has tried it again. Returns whether more is due
 * to the same contact.
 */
async function storeSent(
  { db }: DeliveryOptions,
  claimed: Worded,
  externalId: string,
  now: Date,
): Promise<boolean> {
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
  options: DeliveryOptions,
  host: Host,
  claimed: Worded,
  sent: Exclude<Sent, { id: string }>,
  now: Date,
): Promise<string> {
  const { db } = options
  const done = {
    owner: null,
    leaseUntil: null,
    ...(claimed.text === undefined ? {} : { text: claimed.text }),
  }
  const where = { id: claimed.id, state: 'sending' as const, owner: String(options.owner) }
  if ('failed' in sent) {
    const { failed, reason } = sent
    await transaction(db, async (tx) => {
      const { count } = await tx.outgoingMessage.updateMany({
        where,
        data: { ...done, state: 'failed', error: reason },
      })
      if (failed === 'rejected') return
      await markReachable(tx, { channel: host.channel.name, chat: claimed.chat }, failed, now)
      if (count > 0) await tryOtherContacts(tx, claimed.id, now)
    })
    return 'failed'
  }
  if ('unknown' in sent) return await storeUnclear(db, claimed.id, sent.unknown, now, claimed.text)
  if (sent.retryAfter) await host.limiter.pause(sent.retryAfter)
  return await storeNotSent(options, host.channel.name, claimed, sent, now)
}

async function storeNotSent(
  options: DeliveryOptions,
  channel: string,
  claimed: Claimed,
  sent: { notSent: string; retryAfter?: number },
  now: Date,
): Promise<string> {
  // Who says when to come back has not refused; and what waited a day for us was not tried yet.
  const isOld = now.getTime() - claimed.createdAt.getTime() > giveUp.after
  const givenUp = isOld && claimed.attempts >= giveUp.attempts && sent.retryAfter === undefined
  const pause = Math.min(longestPause, firstPause * 2 ** Math.min(claimed.attempts - 1, 20))
  const dueAt = later(now, Math.max(pause, sent.retryAfter ?? 0))
  const state = givenUp ? ('failed' as const) : ('queued' as const)
  const { count } = await options.db.outgoingMessage.updateMany({
    where: { id: claimed.id, state: 'sending', owner: String(options.owner) },
    data: { owner: null, leaseUntil: null, error: sent.notSent, state, ...(givenUp ? {} : { dueAt }) },
  })
  if (count === 0) return 'unchanged'
  // The job brings it back on time; without one the sweep does.
  if (!givenUp)
    options.queues
      ?.add(`send-${channel}`, `${claimed.id}-${claimed.attempts}`, { outgoingId: claimed.id }, dueAt)
      .catch((error: unknown) => options.log.warn(loggable(error), 'no job; the sweep sends it'))
  return state
}

/**
 * Nobody knows whether it went out: a broadcast is never tried again; a reply, notice or reminder is, once.
 */
async function storeUnclear(
  db: Database,
  id: number,
  error: string,
  now: Date,
  text?: string,
): Promise<string> {
  const rows = await db.$queryRaw<{ state: string }[]>`
    UPDATE outgoing_message
    SET owner = NULL, lease_until = NULL, error = ${error}, unclear = unclear + 1, text = coalesce(${text ?? null}, text),
      due_at = greatest(due_at, ${later(now, firstPause)}),
      state = (CASE WHEN kind = 'broadcast' OR unclear > 0 THEN 'uncertain' ELSE 'queued' END)::"OutgoingState"
    WHERE id = ${id} AND state = 'sending'
    RETURNING state::text`
  return rows[0]?.state ?? 'unchanged'
}
