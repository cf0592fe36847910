import type { Tx } from '../database/client.ts'
import type { Contact, HandOver, StaffMember } from '../database/generated/client.ts'
import type { HandOverReason } from '../database/generated/enums.ts'
import { lockHandOver } from '../database/locks.ts'
import { enqueue } from '../delivery/outbox.ts'
import { audit } from '../staff/audit.ts'
import { type Part, say } from '../texts.ts'
import { hour, later } from '../time.ts'
import { menu } from './reply.ts'

export type { HandOver } from '../database/generated/client.ts'

/** So long after staff's last word the bot answers again. */
const lapseAfter = 12 * hour
/** One lapses outside of any turn in batches of so many. */
const lapsesASweep = 100
/** The longest answer of staff, in characters: it goes out in one message on every channel. */
export const longestStaffWords = 3_500

/** Who of the office acts: `staffId` is null at the command line, whose user only the audit names. */
export type Office = { staffId: number | null; actor: string }

export type StandingHandOver = HandOver & { takenBy: StaffMember | null; contact: Contact }

const withNames = { takenBy: true, contact: true } as const

/**
 * The hand-over of a contact that is not closed, if there is one; its row is locked until the transaction ends, so that
 * nobody takes or closes it in the middle of the officer's turn. The caller holds the lock of the conversation.
 */
export async function standingHandOver(tx: Tx, contactId: number): Promise<StandingHandOver | undefined> {
  const id = await lockHandOver(tx, contactId)
  return id === undefined ? undefined : await handOverById(tx, id)
}

/** The same outside of the officer's turn, without the lock: it may be taken or closed meanwhile. */
export async function standingOf(tx: Tx, contactId: number): Promise<StandingHandOver | undefined> {
  const where = { contactId, state: { not: 'closed' as const } }
  return (await tx.handOver.findFirst({ where, include: withNames })) ?? undefined
}

/** A hand-over by id, as it is now; undefined when there is none. */
export async function handOverById(tx: Tx, id: number): Promise<StandingHandOver | undefined> {
  return (await tx.handOver.findUnique({ where: { id }, include: withNames })) ?? undefined
}

/** Opens one for a contact that has none, which the caller knows from `standingHandOver`. */
export async function openHandOver(
  tx: Tx,
  given: { contactId: number; reason: HandOverReason; incomingId: number },
  now: Date,
): Promise<StandingHandOver> {
  return await tx.handOver.create({ data: { ...given, openedAt: now }, include: withNames })
}

/** Why staff cannot do something with a hand-over. */
export type NotTheirs = { none: true } | { closed: true } | { by: string | null }

/**
 * Takes an open one, or one that was answered at the command line, for a staff member; of several who take it at once
 * one has it, and the others hear by whom. Taking one's own again is taking it. The officer is told who reads now.
 */
export async function takeHandOver(
  tx: Tx,
  id: number,
  office: Office,
  now: Date,
): Promise<{ taken: StandingHandOver } | NotTheirs> {
  const { count } = await tx.handOver.updateMany({
    where: { id, OR: [{ state: 'open' }, { state: 'taken', takenById: null }] },
    data: { state: 'taken', takenAt: now, takenById: office.staffId, lastWordAt: now },
  })
  const handOver = await handOverById(tx, id)
  if (!handOver || count === 0) return whyNot(handOver, office)
  await auditHandOver(tx, office, 'take', handOver, now)
  const { takenBy } = handOver
  const here = takenBy ? say('staff-here', { name: givenName(takenBy.name) }) : say('staff-here-office')
  await tellOfficer(tx, handOver, [here], now)
  return { taken: handOver }
}

function whyNot(
  handOver: StandingHandOver | undefined,
  { staffId }: Office,
): { taken: StandingHandOver } | NotTheirs {
  if (!handOver) return { none: true }
  if (handOver.state === 'closed') return { closed: true }
  return handOver.takenById === staffId ? { taken: handOver } : { by: handOver.takenBy?.name ?? null }
}

/**
 * Sends words of staff to the officer; one that is open is taken by that. Nothing is sent while the officer cannot be
 * reached.
 * @param dedupeKey the same words are sent once
 */
export async function answerHandOver(
  tx: Tx,
  id: number,
  { words, office, dedupeKey }: { words: string; office: Office; dedupeKey?: string },
  now: Date,
): Promise<{ answered: StandingHandOver } | { unreachable: string } | NotTheirs> {
  const before = await handOverById(tx, id)
  if (before?.contact.unreachableSince) return { unreachable: before.contact.unreachableWhy ?? '' }
  if (before?.state === 'open') await takeHandOver(tx, id, office, now)
  const { count } = await tx.handOver.updateMany({
    where: { id, state: 'taken', takenById: office.staffId },
    data: { lastWordAt: now },
  })
  const handOver = await handOverById(tx, id)
  if (!handOver || count === 0) {
    const why = whyNot(handOver, office)
    return 'taken' in why ? { none: true } : why
  }
  await sayToOfficer(
    tx,
    handOver.contact,
    { words, by: handOver.takenBy, ...(dedupeKey ? { dedupeKey } : {}) },
    now,
  )
  await auditHandOver(tx, office, 'answer', handOver, now)
  return { answered: handOver }
}

/** Writes words of staff to an officer, under the given name of who writes. */
export async function sayToOfficer(
  tx: Tx,
  contact: Pick<Contact, 'id' | 'channel'>,
  { words, by, dedupeKey }: { words: string; by: StaffMember | null; dedupeKey?: string },
  now: Date,
): Promise<void> {
  const head = by ? say('staff-says', { name: givenName(by.name) }) : say('staff-says-office')
  await enqueue(tx, {
    ...{ contact, kind: 'reply', content: { parts: [head, { free: words, tight: true }] }, dueAt: now },
    ...(by ? { staffId: by.id } : {}),
    ...(dedupeKey ? { dedupeKey } : {}),
  })
}

/** Closes one that is open or the staff member's own; the officer is told that the bot answers again. */
export async function closeHandOver(
  tx: Tx,
  id: number,
  office: Office,
  now: Date,
): Promise<{ closed: StandingHandOver } | { none: true } | { already: true } | { by: string | null }> {
  const { count } = await tx.handOver.updateMany({
    where: { id, OR: [{ state: 'open' }, { state: 'taken', takenById: { in: own(office) } }, byNobody] },
    data: { state: 'closed', closedAt: now },
  })
  const handOver = await handOverById(tx, id)
  if (!handOver) return { none: true }
  if (count === 0)
    return handOver.state === 'closed' ? { already: true } : { by: handOver.takenBy?.name ?? null }
  await auditHandOver(tx, office, 'close', handOver, now)
  await tellOfficer(tx, handOver, [say('hand-over-closed')], now, true)
  return { closed: handOver }
}

const byNobody = { state: 'taken', takenById: null } as const

function own({ staffId }: Office): number[] {
  return staffId === null ? [] : [staffId]
}

/** Gives one's own back to the queue, where it waits again since it was opened. Returns whether it was theirs. */
export async function handBack(
  tx: Tx,
  id: number,
  office: Office,
  now: Date,
): Promise<StandingHandOver | undefined> {
  const { count } = await tx.handOver.updateMany({
    where: { id, state: 'taken', takenById: office.staffId },
    data: opened,
  })
  const handOver = count === 1 ? await handOverById(tx, id) : undefined
  if (handOver) await auditHandOver(tx, office, 'back', handOver, now)
  return handOver
}

const opened = { state: 'open', takenAt: null, takenById: null, lastWordAt: null } as const

/** Closes the officer's own one, which nobody has taken yet. */
export async function withdrawHandOver(tx: Tx, id: number, now: Date): Promise<boolean> {
  const { count } = await tx.handOver.updateMany({
    where: { id, state: 'open' },
    data: { state: 'closed', closedAt: now },
  })
  return count === 1
}

/** How many messages of the officer, courtesies aside, nobody has answered since staff's last word. */
async function unheardIn(tx: Tx, handOver: HandOver, before?: number): Promise<number> {
  const { contactId, lastWordAt, openedAt } = handOver
  return await tx.incomingMessage.count({
    where: {
      contactId,
      receivedAt: { gt: lastWordAt ?? openedAt },
      replies: { none: {} },
      OR: [{ intent: null }, { intent: { notIn: courtesies } }],
      ...(before ? { id: { lt: before } } : {}),
    },
  })
}

/** What needs no answer when it is said last. */
const courtesies = ['thank', 'goodbye', 'affirm', 'greet']

/** Ids of those that have lapsed, or whose staff member is one no longer. */
export async function lapsedHandOvers(tx: Tx, now: Date): Promise<number[]> {
  const found = await tx.handOver.findMany({
    where: {
      state: 'taken',
      OR: [{ lastWordAt: { lte: later(now, -lapseAfter) } }, { takenBy: { disabledAt: { not: null } } }],
    },
    select: { id: true },
    orderBy: { id: 'asc' },
    take: lapsesASweep,
  })
  return found.map(({ id }) => id)
}

export function hasLapsed({ state, lastWordAt, takenBy }: StandingHandOver, now: Date): boolean {
  if (state !== 'taken') return false
  return Boolean(takenBy?.disabledAt) || (lastWordAt ?? now) <= later(now, -lapseAfter)
}

/**
 * Ends one in which staff have been silent for too long: closed if they had the last word; else it waits again, so that
 * no question of an officer is lost. Undefined when it has been answered, taken or closed meanwhile.
 * @param before messages of the officer that came in later are not looked at
 */
export async function lapseHandOver(
  tx: Tx,
  id: number,
  now: Date,
  before?: number,
): Promise<{ closed: StandingHandOver } | { waits: StandingHandOver } | undefined> {
  const handOver = await handOverById(tx, id)
  if (!handOver || !hasLapsed(handOver, now)) return undefined
  const { lastWordAt } = handOver
  const waits = (await unheardIn(tx, handOver, before)) > 0 || Boolean(handOver.takenBy?.disabledAt)
  const { count } = await tx.handOver.updateMany({
    where: { id, state: 'taken', lastWordAt },
    data: waits ? opened : { state: 'closed', closedAt: now },
  })
  if (count === 0) return undefined
  return waits ? { waits: handOver } : { closed: handOver }
}

/** What the bot says to the officer about their hand-over, outside of a turn of theirs. */
export async function tellOfficer(
  tx: Tx,
  { contact }: Pick<StandingHandOver, 'contact'>,
  parts: Part[],
  now: Date,
  withMenu = false,
): Promise<void> {
  const content = { parts, ...(withMenu ? { choices: menu } : {}) }
  await enqueue(tx, { contact, kind: 'reply', content, dueAt: now })
}

async function auditHandOver(
  tx: Tx,
  { actor }: Office,
  what: 'take' | 'answer' | 'close' | 'back',
  { id }: HandOver,
  now: Date,
): Promise<void> {
  await audit(tx, actor, { action: `hand-over.${what}`, subject: `#${id}` }, now)
}

const titles = /^(bapak|ibu|pak|bu|bpk|sdr|sdri|drs|dra|dr|ir|hj|h|kh|st|prof)\.?$/i

/** How an officer sees who writes: by the first name, without titles; never more, so that staff stay who they are at work. */
export function givenName(name: string): string {
  const words = name.split(/[\s,]+/).filter((word) => word !== '' && !titles.test(word))
  return words.find((word) => word.replace(/\W/g, '').length > 2) ?? words[0] ?? name
}

export type QueueLine = StandingHandOver & {
  /** messages of the officer since staff's last word */ unheard: number
}

/** What waits for a staff member: open ones, their own, and those answered at the command line; the oldest first. */
export async function queueOf(
  tx: Tx,
  staffId: number,
  most: number,
): Promise<{ lines: QueueLine[]; more: number; waiting: number; others: number }> {
  const where = {
    OR: [{ state: 'open' as const }, { state: 'taken' as const, takenById: staffId }, byNobody],
  }
  const found = await tx.handOver.findMany({
    where,
    include: withNames,
    orderBy: [{ openedAt: 'asc' }, { id: 'asc' }],
    take: most,
  })
  const count = await tx.handOver.count({ where })
  const lines: QueueLine[] = []
  for (const each of found) lines.push({ ...each, unheard: await unheardIn(tx, each) })
  return {
    lines,
    more: count - found.length,
    waiting: await tx.handOver.count({ where: { state: 'open' } }),
    others: await tx.handOver.count({
      where: { state: 'taken', takenById: { not: null }, NOT: { takenById: staffId } },
    }),
  }
}

/**
 * The hand-over with which a closed one goes on: the contact's own that stands, else a new one. Undefined when there is
 * no such one.
 */
export async function reopenHandOver(tx: Tx, id: number, now: Date): Promise<number | undefined> {
  const before = await tx.handOver.findUnique({ where: { id } })
  if (!before) return undefined
  const { contactId, reason } = before
  await tx.handOver.createMany({ data: [{ contactId, reason, openedAt: now }], skipDuplicates: true })
  const standing = await tx.handOver.findFirst({ where: { contactId, state: { not: 'closed' } } })
  return standing?.id
}
