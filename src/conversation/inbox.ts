import { setTimeout as sleep } from 'node:timers/promises'
import pLimit from 'p-limit'
import {
  type Channel,
  type ChannelName,
  channelNames,
  type IncomingContent,
  type IncomingMessage,
} from '../channels/channel.ts'
import { type Coverage, defaultCoverage, parseCoverage } from '../config/coverage.ts'
import { defaultOfficeHours, type OfficeHours, parseOfficeHours } from '../config/office-hours.ts'
import { defaultRetentionDays } from '../config.ts'
import { notWatched, type Reached } from '../crash-points.ts'
import { type Prisma, type Tx, transaction } from '../database/client.ts'
import type { IncomingMessage as Stored } from '../database/generated/client.ts'
import { lockConversation } from '../database/locks.ts'
import type { ChoiceValue, OutgoingContent } from '../delivery/content.ts'
import { enqueue, enqueueAll } from '../delivery/outbox.ts'
import { noticesRead } from '../delivery/receipts.ts'
import { loggable } from '../log.ts'
import { emptied } from '../privacy/retention.ts'
import type { PlannedReminder, ReminderRules } from '../reminders/plan.ts'
import { say, type Texts } from '../texts.ts'
import { later, second } from '../time.ts'
import type { Classifier } from '../understanding/classify.ts'
import { type Understanding, understand } from '../understanding/understand.ts'
import { answeredWithNext, isGreeting, messageAfter, textOf, timeLeft, type WithContact } from './greeting.ts'
import { fetchNeeded, MediaNeeded } from './media.ts'
import type { FetchedMedia, Quoted, Reply } from './reply.ts'
import { type StoredOnce, type StoreOptions, storeOnce } from './store-message.ts'
import { type TurnResult, takeTurn } from './turn.ts'

/** Turns that run at once in one process; each holds a database connection. */
const turnsAtOnce = 6
/** Of how many contacts a sweep begins to answer. */
const contactsASweep = 500
/** A turn that fails so often is given up: its officer gets a word, staff see the message. */
const mostAttempts = 5

export type InboxOptions = StoreOptions & {
  texts: Texts
  classifier: Classifier
  rules: ReminderRules
  /** After how many days conversations are deleted, for who asks; a year if not given. */
  retentionDays?: number
  /** What makes a cooperative fully covered, for staff who ask; the usual if not given. */
  coverage?: Coverage
  /** When somebody is in the office, for who asks for a person; as `OFFICE_HOURS` is if not given. */
  officeHours?: OfficeHours
  /** Sends what a turn wrote. */
  sendTo(contactId: number): Promise<void>
  /** Shows which choice of a row was taken; not waited for. */
  showChosen?(row: number, number: number): void
  /** Shows that an answer is on its way; not waited for. */
  typing?(channel: ChannelName, chat: string): void
  /** Adds the jobs of reminders that a turn planned. */
  addReminderJobs(planned: PlannedReminder[]): Promise<void>
  /** So long a bare greeting waits for the question that follows it, in ms; two seconds if not given. */
  greetingWaits?: number
  /** A channel's way to fetch files; undefined for one that another process hosts, or that has none. */
  fetchMedia?(channel: string): Channel['fetchMedia']
  /** The channels that are hosted at all; all if not given. */
  channels?: readonly string[]
  reached?: Reached
  onTurn?: (turn: { seconds: number }) => void
}

export type Inbox = {
  /** Stores a message, once, and begins its turn. Resolves when it is stored, with its id. */
  receive(message: IncomingMessage): Promise<StoredOnce>
  /** Answers all that is stored of a contact, oldest first; resolves when it and its sending are done. */
  answer(contactId: number): Promise<void>
  /** Begins to answer what was stored and not answered; returns of how many contacts. */
  sweep(): Promise<number>
  /** Resolves when the turns under way are done. */
  stop(): Promise<void>
}

/** The way of a message from the channel to its answer. */
export function createInbox(options: InboxOptions): Inbox {
  const { db, clock, log } = options
  const slots = pLimit(turnsAtOnce)
  /** The contacts being answered by this process, so that bursts do not wait for one another on connections. */
  const busy = new Map<number, Promise<void>>()
  /** Where a bare greeting waits for what follows it: how to wait no longer. */
  const waiting = new Map<number, AbortController>()
  let stopping = false

  /** Waits without a lock, a transaction or a slot; what follows the greeting here ends it, and so does the end. */
  const waitForQuestion = async (contactId: number, ms: number): Promise<void> => {
    const enough = new AbortController()
    waiting.set(contactId, enough)
    await sleep(ms, undefined, { signal: enough.signal }).catch(() => undefined)
    waiting.delete(contactId)
  }

  const answerAll = async (contactId: number): Promise<void> => {
    let waited: number | undefined
    let media: FetchedMedia | undefined
    while (!stopping) {
      const done = await slots(() => answerOldest(options, contactId, waited, media))
      if (!done) return
      if ('fetches' in done) {
        // A slow line holds up nobody else's turn.
        media = await fetchNeeded(options, done.message, done.fetches)
        if (!media) return
        continue
      }
      if ('waits' in done) {
        waited = done.greeting
        await waitForQuestion(contactId, done.waits)
        continue
      }
      // Nothing waits for the queue: without their jobs the sweep fires the reminders.
      options
        .addReminderJobs(done.planned)
        .catch((error: unknown) => log.warn(loggable(error), 'reminder jobs not added; the sweep fires them'))
      await options.sendTo(contactId)
      if (done.chosen) options.showChosen?.(done.chosen.row, done.chosen.number)
      // What came after this turn has looked is a call of `answer` of its own.
      if (!done.more) return
    }
  }

  const answer = (contactId: number): Promise<void> => {
    const run = (busy.get(contactId) ?? Promise.resolve())
      .then(() => answerAll(contactId))
      .catch((error: unknown) => log.error(loggable(error), 'turn failed; it is tried again'))
      .finally(() => {
        if (busy.get(contactId) === run) busy.delete(contactId)
      })
    busy.set(contactId, run)
    return run
  }

  return {
    answer,
    receive: async (message) => {
      const stored = await storeOnce(options, message)
      options.reached?.('message-stored')
      if (stored.isNew) {
        waiting.get(stored.contactId)?.abort()
        void answer(stored.contactId).finally(showTyping(options, message))
      }
      return stored
    },
    sweep: async () => {
      const idle = await db.$queryRaw<{ contactId: number }[]>`
        SELECT contact_id AS "contactId" FROM incoming_message
        WHERE state = 'stored' AND (next_try_at IS NULL OR next_try_at <= ${clock.now()})
          AND contact_id <> ALL(${[...busy.keys()]}::int[])
        GROUP BY contact_id ORDER BY min(id) LIMIT ${contactsASweep}`
      for (const { contactId } of idle) void answer(contactId)
      return idle.length
    },
    stop: async () => {
      stopping = true
      for (const each of waiting.values()) each.abort()
      await Promise.all(busy.values())
    },
  }
}

/** Who waits this long sees that an answer is on its way, and again after what Telegram shows it for. */
const typingAfter = second
const typingEvery = 5 * second
const typingTimes = 6

/** Shows that an answer is on its way as long as it takes; returns how to end it. */
function showTyping({ typing }: InboxOptions, { channel, chat }: IncomingMessage): () => void {
  let timer: NodeJS.Timeout | undefined
  const show = (times: number): void => {
    if (times > typingTimes) return
    timer = setTimeout(
      () => {
        typing?.(channel, chat)
        show(times + 1)
      },
      times === 1 ? typingAfter : typingEvery,
    )
  }
  if (typing) show(1)
  return () => clearTimeout(timer)
}

/** A bare greeting, of this id, waits so many ms for the question that follows it. */
type Waits = { waits: number; greeting: number }

/** A turn needs the file of this message first. */
type Fetches = { fetches: string; message: Stored }

/** Of how many unanswered messages the oldest is looked for. */
const lookedAt = 20

/** What of a contact's is looked at in the same query, since most have none of it. */
const standing = {
  outgoing: {
    where: { kind: 'notice', state: { in: ['sent', 'delivered', 'uncertain'] } },
    ...{ take: 1, select: { id: true } },
  },
  handOvers: { where: { state: { not: 'closed' } }, take: 1, select: { id: true } },
} satisfies Prisma.ContactInclude

/**
 * The oldest message without an answer, and all that wait: by when it was stored, but one that its
 * messenger numbered before another goes before that, for several processes may have stored them out of order.
 */
async function oldestUnanswered(tx: Tx, contactId: number) {
  const waiting = await tx.incomingMessage.findMany({
    where: { contactId, state: 'stored' },
    orderBy: { id: 'asc' },
    take: lookedAt,
    include: { contact: { include: standing } },
  })
  const [first] = waiting
  if (!first || !isNumber(first.externalId)) return { message: first, waiting }
  const numbered = waiting.filter(({ externalId }) => isNumber(externalId))
  return { message: numbered.sort((a, b) => Number(a.externalId) - Number(b.externalId))[0], waiting }
}

const isNumber = (id: string): boolean => /^\d{1,15}$/.test(id)

/** What a turn leaves to be done once it is committed. */
type Turned = { planned: PlannedReminder[]; chosen?: { row: number; number: number } }

/** The same, and whether more of its contact waits to be answered. */
type Done = Turned & { more: boolean }

/**
 * The turn of a contact's oldest unanswered message, in one transaction under the lock of its conversation.
 * Undefined when there is none (any more).
 * @param waited the id of a greeting that has waited long enough
 */
async function answerOldest(
  options: InboxOptions,
  contactId: number,
  waited: number | undefined,
  media: FetchedMedia | undefined,
): Promise<Done | Waits | Fetches | undefined> {
  const began = performance.now()
  let taken: Stored | undefined
  try {
    const done = await transaction(options.db, async (tx) => {
      taken = undefined
      const state = await lockConversation(tx, contactId)
      const { message, waiting } = await oldestUnanswered(tx, contactId)
      const more = waiting.length > 1
      const now = options.clock.now()
      if (!message || (message.nextTryAt && message.nextTryAt > now)) return undefined
      const heard = understoodAs(options, message, now)
      const greets = isGreeting(message, heard)
      const next = greets ? messageAfter(waiting, message) : undefined
      const left = message.id === waited ? 0 : timeLeft(message, options.greetingWaits, now)
      if (greets && !next && left > 0) return { waits: left, greeting: message.id }
      taken = next ?? message
      if (!next) return { ...(await answerOne(options, tx, message, { state, now, heard, media })), more }
      await answeredWithNext(tx, message, now)
      const question = { heard: understoodAs(options, next, now), greeting: textOf(message) }
      return { ...(await answerOne(options, tx, next, { state, now, media, ...question })), more }
    })
    if (done && 'waits' in done) return done
    if (done) (options.reached ?? notWatched)('turn-committed')
    options.onTurn?.({ seconds: (performance.now() - began) / second })
    return done
  } catch (error) {
    if (!taken) throw error
    if (error instanceof MediaNeeded) return { fetches: error.reference, message: taken }
    await postpone(options, taken, error as Error)
    return { planned: [], more: true }
  }
}

function understoodAs({ classifier }: InboxOptions, message: Stored, now: Date): Understanding {
  return understand(textOf(message), { now, classifier })
}

type Given = {
  /** The conversation's, as stored. */
  state: unknown
  now: Date
  /** What the message was understood as. */
  heard: Understanding
  /** The greeting that came right before it, and is answered with it. */
  greeting?: string
  /** The file of the message, once it is fetched. */
  media?: FetchedMedia | undefined
}

async function answerOne(
  options: InboxOptions,
  tx: Tx,
  message: WithContact,
  { state, now, heard: understanding, greeting, media }: Given,
): Promise<Turned> {
  const reached = options.reached ?? notWatched
  reached('turn-begun')
  const content = message.content as IncomingContent
  const choice = content.kind === 'button' ? choiceNamed(content.data) : undefined
  if (message.contact.outgoing.length > 0)
    await noticesRead(tx, message.contactId, message.receivedAt, choice?.row)
  const turn = await takeTurn({
    ...{ tx, now, rules: options.rules, texts: options.texts, incomingId: message.id },
    ...(greeting === undefined ? {} : { greeting }),
    retentionDays: options.retentionDays ?? defaultRetentionDays,
    coverage: options.coverage ?? parseCoverage(defaultCoverage),
    officeHours: options.officeHours ?? parseOfficeHours(defaultOfficeHours),
    channels: options.channels ?? channelNames,
    contact: message.contact,
    mayBeWithStaff: message.contact.handOvers.length > 0,
    content,
    pressed: choice ? await pressedChoice(tx, message.contactId, choice) : undefined,
    quoted: await quotedMessage(tx, message),
    media: media?.incomingId === message.id ? media : undefined,
    understanding,
    state,
  })
  const replies = turn.replies.flatMap(withCalendar)
  // A text that lacks a fact fails here, where the turn can be tried again, rather than when it is sent.
  for (const { parts } of replies) options.texts.join(message.contact.locale, parts)
  await enqueueAll(
    tx,
    replies.map((reply) => ({
      contact: message.contact,
      kind: 'reply',
      content: contentOf(reply),
      dueAt: now,
      replyToId: message.id,
      ...(reply.handOver ? { handOverId: reply.handOver } : {}),
    })),
  )
  await storeAnswered(tx, message, turn, understanding, now)
  reached('turn-done')
  return { planned: turn.planned, ...(choice && turn.settled ? { chosen: choice } : {}) }
}

/** Keeps the conversation's next state, and what the message was understood as. */
async function storeAnswered(
  tx: Tx,
  { id, contactId }: Stored,
  { state, intent, erased, wordsIn }: TurnResult,
  understanding: Understanding,
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    WITH v AS (
      UPDATE conversation SET state = ${JSON.stringify(state)}::jsonb, updated_at = now() WHERE contact_id = ${contactId})
    UPDATE incoming_message SET state = 'answered', answered_at = ${now}, hand_over_id = ${wordsIn ?? null},
      intent = ${erased ? 'privacy' : intent}, understood = ${erased ? null : JSON.stringify(stored(understanding))}::jsonb
    WHERE id = ${id}`
  if (erased)
    await tx.incomingMessage.updateMany({ where: { id }, data: { content: emptied.text, quotes: null } })
}

function contentOf({ topic: _, handOver: __, refused: ___, ...content }: Reply): OutgoingContent {
  return content
}

/** A calendar is a message of its own: whatever becomes of the file, the words before it are out, and out once. */
function withCalendar({ calendar, ...reply }: Reply): Reply[] {
  if (!calendar) return [reply]
  const { file, code } = calendar
  return [reply, { parts: [say('calendar-file', { code })], file, silent: true }]
}

function stored({ intent, also, confidence, entities }: Understanding) {
  return { intent, also, confidence, entities }
}

/** The outgoing row that a button's data names, and the number of the choice there. */
function choiceNamed(data: string): { row: number; number: number } | undefined {
  const [, row, number] = /^c:(\d{1,9}):(\d{1,3})$/.exec(data) ?? []
  return row && number ? { row: Number(row), number: Number(number) } : undefined
}

/** What a button stood for: the choice of the row, if that was sent to this contact. */
async function pressedChoice(
  tx: Tx,
  contactId: number,
  { row, number }: { row: number; number: number },
): Promise<ChoiceValue | undefined> {
  const sent = await tx.outgoingMessage.findFirst({
    where: { id: row, contactId },
    select: { content: true },
  })
  return (sent?.content as OutgoingContent | undefined)?.choices?.[number - 1]?.value
}

/** The message of ours that this one quotes, or whose button it presses, if it went to this contact. */
async function quotedMessage(tx: Tx, { contactId, quotes }: Stored): Promise<Quoted | undefined> {
  if (!quotes) return undefined
  const sent = await tx.outgoingMessage.findFirst({
    where: { contactId, externalId: quotes },
    orderBy: { id: 'desc' },
  })
  return sent ?? undefined
}

/** A turn that failed is tried again after a pause; given up, the officer is told. */
async function postpone(options: InboxOptions, message: Stored, error: Error): Promise<void> {
  const { db, clock, log } = options
  const now = clock.now()
  const attempts = message.attempts + 1
  log.error({ incoming: message.id, attempts, ...loggable(error) }, 'turn failed')
  await transaction(db, async (tx) => {
    const gaveUp = attempts >= mostAttempts
    const { count } = await tx.incomingMessage.updateMany({
      where: { id: message.id, state: 'stored' },
      data: gaveUp
        ? { state: 'failed', attempts }
        : { attempts, nextTryAt: later(now, 2 ** attempts * second) },
    })
    if (!gaveUp || count === 0) return
    const { contactId, channel } = message
    await enqueue(tx, {
      contact: { id: contactId, channel },
      kind: 'reply',
      content: { parts: [say('turn-failed')] },
      dueAt: now,
      replyToId: message.id,
    })
  })
}
