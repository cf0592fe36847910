import pLimit from 'p-limit'
import {
  type Channel,
  type ChannelName,
  channelNames,
  type IncomingContent,
  type IncomingMessage,
} from '../channels/channel.ts'
import { type Coverage, defaultCoverage, parseCoverage } from '../config/coverage.ts'
import { defaultRetentionDays } from '../config.ts'
import { contactOfChat } from '../contacts/contacts.ts'
import { notWatched, type Reached } from '../crash-points.ts'
import { type Database, Prisma, type Tx, transaction } from '../database/client.ts'
import type { Contact, IncomingMessage as Stored } from '../database/generated/client.ts'
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
  /** Sends what a turn wrote. */
  sendTo(contactId: number): Promise<void>
  /** Adds the jobs of reminders that a turn planned. */
  addReminderJobs(planned: PlannedReminder[]): Promise<void>
  /** Whether the number of a chat is proven by the channel itself, such as a sample officer's. */
  phoneOfChat?(channel: ChannelName, chat: string): Promise<string | undefined>
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
  let stopping = false

  const answerAll = async (contactId: number): Promise<void> => {
    while (!stopping) {
      const done = await slots(() => answerOldest(options, contactId))
      if (!done) return
      // Nothing waits for the queue: without their jobs the sweep fires the reminders.
      options
        .addReminderJobs(done.planned)
        .catch((error: unknown) => log.warn(loggable(error), 'reminder jobs not added; the sweep fires them'))
      await options.sendTo(contactId)
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
      if (stored.isNew) void answer(stored.contactId)
      return stored
    },
    sweep: async () => {
      const waiting = await db.$queryRaw<{ contactId: number }[]>`
        SELECT DISTINCT contact_id AS "contactId" FROM incoming_message
        WHERE state = 'stored' AND (next_try_at IS NULL OR next_try_at <= ${clock.now()}) LIMIT ${contactsASweep}`
      const idle = waiting.filter(({ contactId }) => !busy.has(contactId))
      for (const { contactId } of idle) void answer(contactId)
      return idle.length
    },
    stop: async () => {
      stopping = true
      await Promise.all(busy.values())
    },
  }
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
  const contact = await contactOfChat(
    tx,
    {
      channel,
      chat,
      ...(message.displayName ? { displayName: storable(message.displayName) } : {}),
      ...(phone ? { phone } : {}),
    },
    now,
  )
  const key = { channel, chat, externalId: externalId.slice(0, longestId) }
  const { count } = await tx.incomingMessage.createMany({
    data: [
      {
        ...key,
        contactId: contact.id,
        content: storableContent(message.content),
        receivedAt: now,
        ...(message.quotes ? { quotes: message.quotes.slice(0, longestId) } : {}),
        ...(message.sentAt ? { sentAt: message.sentAt } : {}),
      },
    ],
    skipDuplicates: true,
  })
  const { id } = await tx.incomingMessage.findUniqueOrThrow({
    where: { channel_chat_externalId: key },
    select: { id: true },
  })
  if (count === 1 && channel === 'simulator') await notify(tx, 'thread', chat)
  return { id, contactId: contact.id, isNew: count === 1 }
}

/**
 * The turn of a contact's oldest unanswered message, in one transaction under the lock of its conversation.
 * Undefined when there is none (any more).
 */
async function answerOldest(
  options: InboxOptions,
  contactId: number,
  media?: FetchedMedia,
): Promise<{ planned: PlannedReminder[] } | undefined> {
  const began = performance.now()
  let taken: Stored | undefined
  try {
    const done = await transaction(options.db, async (tx) => {
      taken = undefined
      const state = await lockConversation(tx, contactId)
      const message = await tx.incomingMessage.findFirst({
        where: { contactId, state: 'stored' },
        orderBy: { id: 'asc' },
        include: { contact: true },
      })
      const now = options.clock.now()
      if (!message || (message.nextTryAt && message.nextTryAt > now)) return undefined
      taken = message
      return await answerOne(options, tx, message, state, now, media)
    })
    if (done) (options.reached ?? notWatched)('turn-committed')
    options.onTurn?.({ seconds: (performance.now() - began) / second })
    return done
  } catch (error) {
    if (!taken) throw error
    if (error instanceof MediaNeeded) {
      const fetched = await fetchNeeded(options, taken, error.reference)
      return fetched && (await answerOldest(options, contactId, fetched))
    }
    await postpone(options, taken, error as Error)
    return { planned: [] }
  }
}

async function answerOne(
  options: InboxOptions,
  tx: Tx,
  message: Stored & { contact: Contact },
  state: unknown,
  now: Date,
  media: FetchedMedia | undefined,
): Promise<{ planned: PlannedReminder[] }> {
  const reached = options.reached ?? notWatched
  reached('turn-begun')
  const content = message.content as IncomingContent
  const choice = content.kind === 'button' ? choiceNamed(content.data) : undefined
  await noticesRead(tx, message.contactId, message.receivedAt, choice?.row)
  const understanding = understand(content.kind === 'text' ? content.text : '', {
    now,
    classifier: options.classifier,
  })
  const turn = await takeTurn({
    ...{ tx, now, rules: options.rules, texts: options.texts, incomingId: message.id },
    retentionDays: options.retentionDays ?? defaultRetentionDays,
    coverage: options.coverage ?? parseCoverage(defaultCoverage),
    channels: options.channels ?? channelNames,
    contact: message.contact,
    content,
    pressed: choice ? await pressedChoice(tx, message.contactId, choice) : undefined,
    quoted: await quotedMessage(tx, message),
    media: media?.incomingId === message.id ? media : undefined,
    understanding,
    state,
  })
  for (const reply of turn.replies) {
    // A text that lacks a fact fails here, where the turn can be tried again, rather than when it is sent.
    options.texts.join(message.contact.locale, reply.parts)
    await enqueue(tx, {
      contact: message.contact,
      kind: 'reply',
      content: contentOf(reply),
      dueAt: now,
      replyToId: message.id,
    })
  }
  await tx.conversation.update({ where: { contactId: message.contactId }, data: { state: turn.state } })
  await tx.incomingMessage.update({
    where: { id: message.id },
    data: {
      ...{ state: 'answered', answeredAt: now },
      ...(turn.erased
        ? { content: emptied.text, understood: Prisma.DbNull, intent: 'privacy', quotes: null }
        : { intent: turn.intent, understood: stored(understanding) }),
    },
  })
  reached('turn-done')
  return { planned: turn.planned }
}

function contentOf({ topic: _, ...content }: Reply): OutgoingContent {
  return content
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
