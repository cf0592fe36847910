import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
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
import { contactOfChat } from '../contacts/contacts.ts'
import { notWatched, type Reached } from '../crash-points.ts'
import { type Database, Prisma, type Tx, transaction } from '../database/client.ts'
import type { IncomingMessage as Stored } from '../database/generated/client.ts'
import { lockConversation } from '../database/locks.ts'
import { notify } from '../database/notify.ts'
import type { ChoiceValue, OutgoingContent } from '../delivery/content.ts'
import { enqueue } from '../delivery/outbox.ts'
import { noticesRead } from '../delivery/receipts.ts'
import { type Logger, loggable } from '../log.ts'
import { emptied } from '../privacy/retention.ts'
import type { PlannedReminder, ReminderRules } from '../reminders/plan.ts'
import { say, type Texts } from '../texts.ts'
import { type Clock, later, second } from '../time.ts'
import type { Classifier } from '../understanding/classify.ts'
import { type Understanding, understand } from '../understanding/understand.ts'
import { answeredWithNext, isGreeting, messageAfter, textOf, timeLeft, type WithContact } from './greeting.ts'
import { fetchNeeded, MediaNeeded } from './media.ts'
import type { FetchedMedia, Quoted, Reply } from './reply.ts'
import { takeTurn } from './turn.ts'

/** Turns that run at once in one process; each holds a database connection. */
const turnsAtOnce = 6
/** Of how many contacts a sweep begins to answer. */
const contactsASweep = 500
/** A turn that fails so often is given up: its officer gets a word, staff see the message. */
const mostAttempts = 5
const longestText = 10_000
const longestId = 128

export type InboxOptions = {
  db: Database
  clock: Clock
  log: Logger
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
  /** Whether the number of a chat is proven by the channel itself, such as a sample officer's. */
  phoneOfChat?(channel: ChannelName, chat: string): Promise<string | undefined>
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
  receive(message: IncomingMessage): Promise<{ id: number; contactId: number; isNew: boolean }>
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
    while (!stopping) {
      const done = await slots(() => answerOldest(options, contactId, waited))
      if (!done) return
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

/** The 16 digits of an identity card, in one piece or in groups of any length. */
const nik = /(?<!\d|\d[ .-])\d(?:[ .-]?\d){15}(?![ .-]?\d)/g

/** Text as it may be stored: whole characters, no NUL (PostgreSQL holds none), no identity number, not endless. */
export function storable(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('\0', '')
    .slice(0, longestText)
    .toWellFormed()
    .replace(nik, (found) => found.replace(/\d/g, '•'))
}

function storableContent(content: IncomingContent): IncomingContent {
  switch (content.kind) {
    case 'text':
      return { kind: 'text', text: storable(content.text) }
    case 'button':
      return { kind: 'button', data: storable(content.data).slice(0, longestId) }
    case 'contact':
      return { ...content, phone: storable(content.phone).slice(0, longestId) }
    case 'location':
      return content
    default:
      return {
        ...content,
        ...(content.caption === undefined ? {} : { caption: storable(content.caption) }),
        ...(content.name === undefined ? {} : { name: storable(content.name).slice(0, longestId) }),
      }
  }
}

type StoredOnce = { id: number; contactId: number; isNew: boolean }

/** PostgreSQL's classes of errors that lie in the data, so that the same data fails again: 22, 23. */
const dataError = /^(22|23)/

/**
 * Stores a message; one that cannot be stored as it is, however often it is tried, is stored as something that the
 * bot cannot read, so that its sender gets an answer and what comes after it is not held up.
 */
async function storeOnce(options: InboxOptions, message: IncomingMessage): Promise<StoredOnce> {
  const { db, clock, log } = options
  const phone = await options.phoneOfChat?.(message.channel, message.chat)
  const attempt = (content: IncomingContent) =>
    transaction(db, (tx) => store(tx, { ...message, content }, phone, clock.now()))
  try {
    return await attempt(message.content)
  } catch (error) {
    const fault = loggable(error)
    if (!dataError.test(fault.code?.split('/')[1] ?? '')) throw error
    log.error({ ...fault, channel: message.channel }, 'a message cannot be stored as it is')
    return await attempt({ kind: 'other' })
  }
}

async function store(
  tx: Tx,
  message: IncomingMessage,
  phone: string | undefined,
  now: Date,
): Promise<{ id: number; contactId: number; isNew: boolean }> {
  const { channel, chat, externalId } = message
  const contactId = await contactOfChat(
    tx,
    {
      channel,
      chat,
      ...(message.displayName ? { displayName: storable(message.displayName) } : {}),
      ...(phone ? { phone } : {}),
      ...(message.group ? { group: true } : {}),
    },
    now,
  )
  const reworded =
    message.edits !== undefined ? await reword(tx, contactId, message.edits, message) : undefined
  if (reworded) return { ...reworded, contactId, isNew: false }
  const key = { channel, chat, externalId: externalId.slice(0, longestId) }
  const [stored] = await tx.incomingMessage.createManyAndReturn({
    data: [
      {
        ...key,
        contactId,
        content: storableContent(message.content),
        receivedAt: now,
        ...(message.quotes ? { quotes: message.quotes.slice(0, longestId) } : {}),
        ...(message.sentAt ? { sentAt: message.sentAt } : {}),
      },
    ],
    skipDuplicates: true,
    select: { id: true },
  })
  if (!stored) return { id: await idOf(tx, key), contactId, isNew: false }
  if (channel === 'simulator') await notify(tx, 'thread', chat)
  return { id: stored.id, contactId, isNew: true }
}

/** A bare greeting, of this id, waits so many ms for the question that follows it. */
type Waits = { waits: number; greeting: number }

/**
 * A message has been given other words. One that was not answered yet is read in these; one that was, and is the newest
 * of its chat, is read again as a new one. Undefined in that case; else the id of the message that it was about.
 */
async function reword(
  tx: Tx,
  contactId: number,
  edits: string,
  { content }: IncomingMessage,
): Promise<{ id: number } | undefined> {
  // A turn that is reading it ends first.
  await lockConversation(tx, contactId)
  const before = await tx.incomingMessage.findFirst({
    where: { contactId, OR: [{ externalId: edits }, { externalId: { startsWith: `${edits}-` } }] },
    orderBy: { id: 'desc' },
  })
  if (!before) return { id: 0 }
  const now = storableContent(content)
  if (isDeepStrictEqual(before.content, now)) return { id: before.id }
  if (before.state === 'stored') {
    await tx.incomingMessage.update({ where: { id: before.id }, data: { content: now } })
    return { id: before.id }
  }
  const newest = await tx.incomingMessage.findFirst({ where: { contactId }, orderBy: { id: 'desc' } })
  return newest?.id === before.id ? undefined : { id: before.id }
}

async function idOf(tx: Tx, key: { channel: string; chat: string; externalId: string }): Promise<number> {
  const where = { channel_chat_externalId: key }
  return (await tx.incomingMessage.findUniqueOrThrow({ where, select: { id: true } })).id
}

/** Of how many unanswered messages the oldest is looked for. */
const lookedAt = 20

/**
 * The oldest message without an answer, and whether others wait behind it: by when it was stored, but one that its
 * messenger numbered before another goes before that, for several processes may have stored them out of order.
 */
async function oldestUnanswered(tx: Tx, contactId: number) {
  const waiting = await tx.incomingMessage.findMany({
    where: { contactId, state: 'stored' },
    orderBy: { id: 'asc' },
    take: lookedAt,
    include: { contact: true },
  })
  const [first] = waiting
  const more = waiting.length > 1
  if (!first || !isNumber(first.externalId)) return { message: first, more }
  const numbered = waiting.filter(({ externalId }) => isNumber(externalId))
  return { message: numbered.sort((a, b) => Number(a.externalId) - Number(b.externalId))[0], more }
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
  media?: FetchedMedia,
): Promise<Done | Waits | undefined> {
  const began = performance.now()
  let taken: Stored | undefined
  try {
    const done = await transaction(options.db, async (tx) => {
      taken = undefined
      const state = await lockConversation(tx, contactId)
      const { message, more } = await oldestUnanswered(tx, contactId)
      const now = options.clock.now()
      if (!message || (message.nextTryAt && message.nextTryAt > now)) return undefined
      const heard = understoodAs(options, message, now)
      const greets = isGreeting(message, heard)
      const next = greets ? await messageAfter(tx, message) : undefined
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
    if (error instanceof MediaNeeded) {
      const fetched = await fetchNeeded(options, taken, error.reference)
      return fetched && (await answerOldest(options, contactId, waited, fetched))
    }
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
  await noticesRead(tx, message.contactId, message.receivedAt, choice?.row)
  const turn = await takeTurn({
    ...{ tx, now, rules: options.rules, texts: options.texts, incomingId: message.id },
    ...(greeting === undefined ? {} : { greeting }),
    retentionDays: options.retentionDays ?? defaultRetentionDays,
    coverage: options.coverage ?? parseCoverage(defaultCoverage),
    officeHours: options.officeHours ?? parseOfficeHours(defaultOfficeHours),
    channels: options.channels ?? channelNames,
    contact: message.contact,
    content,
    pressed: choice ? await pressedChoice(tx, message.contactId, choice) : undefined,
    quoted: await quotedMessage(tx, message),
    media: media?.incomingId === message.id ? media : undefined,
    understanding,
    state,
  })
  for (const reply of turn.replies.flatMap(withCalendar)) {
    // A text that lacks a fact fails here, where the turn can be tried again, rather than when it is sent.
    options.texts.join(message.contact.locale, reply.parts)
    await enqueue(tx, {
      contact: message.contact,
      kind: 'reply',
      content: contentOf(reply),
      dueAt: now,
      replyToId: message.id,
      ...(reply.handOver ? { handOverId: reply.handOver } : {}),
    })
  }
  await tx.conversation.updateMany({ where: { contactId: message.contactId }, data: { state: turn.state } })
  await tx.incomingMessage.updateMany({
    where: { id: message.id },
    data: {
      ...{ state: 'answered', answeredAt: now, handOverId: turn.wordsIn ?? null },
      ...(turn.erased
        ? { content: emptied.text, understood: Prisma.DbNull, intent: 'privacy', quotes: null }
        : { intent: turn.intent, understood: stored(understanding) }),
    },
  })
  reached('turn-done')
  return { planned: turn.planned, ...(choice && turn.settled ? { chosen: choice } : {}) }
}

function contentOf({ topic: _, handOver: __, refused: ___, ...content }: Reply): OutgoingContent {
  return content
}

/** A calendar is a message of its own: whatever becomes of the file, the words before it are out, and out once. */
function withCalendar({ calendar, ...reply }: Reply): Reply[] {
  if (!calendar) return [reply]
  const { file, code } = calendar
  return [reply, { parts: [say('calendar-file', { code })], file }]
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
