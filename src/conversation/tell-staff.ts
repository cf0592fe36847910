import type { IncomingContent } from '../channels/channel.ts'
import type { QuietHours } from '../config.ts'
import type { Tx } from '../database/client.ts'
import type { IncomingMessage } from '../database/generated/client.ts'
import type { Choice, OutgoingContent } from '../delivery/content.ts'
import { enqueue } from '../delivery/outbox.ts'
import { nextAllowed } from '../delivery/quiet-hours.ts'
import { chatsOfStaff } from '../staff/chats.ts'
import { line, type Part, say } from '../texts.ts'
import { hour, later, minute } from '../time.ts'
import type { StandingHandOver } from './hand-over.ts'
import { nameOfOfficer, officerParts, wordsForStaff } from './officer.ts'

/** As long as staff wrote so recently, what the officer answers goes to them at night too. */
const inConversation = 30 * minute

/** A choice of the command `antrian` for one hand-over; also as a button of a message that is long past. */
export function handOverChoice(
  does: 'take' | 'show' | 'write' | 'back' | 'close' | 'reopen',
  id: number,
): Choice {
  return { label: say('choice-hand-over', { does, id }), value: { command: 'antrian', does, given: { id } } }
}

/**
 * Tells all of staff, after quiet hours, of a hand-over that waits: what the officer wrote, and what can be done.
 * Returns how many are told.
 * @param why which of several reasons to tell of the same one; each is told once
 * @param but the staff member who need not be told
 */
export async function tellStaff(
  tx: Tx,
  handOver: StandingHandOver,
  why: 'opened' | `again-${string}`,
  quiet: QuietHours,
  now: Date,
  but?: number,
): Promise<number> {
  const { id, contact, reason, openedAt } = handOver
  const told = (await chatsOfStaff(tx)).filter((each) => each.id !== contact.id && each.staffId !== but)
  const parts: Part[] = [
    say(why === 'opened' ? 'staff-hand-over' : 'staff-hand-over-again', { id, reason }),
    ...(await officerParts(tx, contact)),
    ...(await wordsIn(tx, handOver, why !== 'opened')),
    line('staff-hand-over-since', { at: openedAt.toISOString() }),
  ]
  for (const staff of told)
    await enqueue(tx, {
      ...{ contact: staff, kind: 'notice', dueAt: nextAllowed(now, quiet), handOverId: id },
      content: { parts, choices: [handOverChoice('take', id), handOverChoice('show', id)] },
      dedupeKey: `hand-over/${id}/${why}/${staff.id}`,
    })
  return told.length
}

/** The message with which it began, or the newest one. */
async function wordsIn(
  tx: Tx,
  { contactId, incomingId }: StandingHandOver,
  newest: boolean,
): Promise<Part[]> {
  const message = await tx.incomingMessage.findFirst({
    where: { contactId, ...(newest || incomingId === null ? {} : { id: incomingId }) },
    orderBy: { id: 'desc' },
  })
  return message ? [say('staff-hand-over-words'), wordsForStaff(message.content as IncomingContent)] : []
}

/**
 * Passes a message of the officer on to whoever has taken the hand-over, to be answered by replying to it. When they
 * cannot be reached, or answered at the command line, all of staff are told that something waits.
 */
export async function passToTaker(
  tx: Tx,
  handOver: StandingHandOver,
  message: Pick<IncomingMessage, 'id'> & { content: IncomingContent },
  quiet: QuietHours,
  now: Date,
): Promise<void> {
  const { id, contact, takenById, lastWordAt } = handOver
  const [taker] = takenById === null ? [] : await chatsOfStaff(tx, takenById)
  if (!taker) {
    await tellStaff(tx, handOver, `again-${lastWordAt?.getTime() ?? 0}`, quiet, now)
    return
  }
  const isTalking = lastWordAt !== null && lastWordAt > later(now, -inConversation)
  await enqueue(tx, {
    ...{ contact: taker, kind: 'notice', handOverId: id },
    dueAt: isTalking ? now : nextAllowed(now, quiet),
    content: {
      parts: [
        say('staff-officer-says', { name: await nameOfOfficer(tx, contact), id }),
        wordsForStaff(message.content),
        say('staff-reply-here'),
      ],
    },
    dedupeKey: `hand-over/${id}/m${message.id}/${taker.id}`,
  })
}

/** For so long after a word of staff's it is looked whether it went out. */
const watched = 48 * hour
const watchedASweep = 100

/** Ids of what staff wrote that surely did not arrive, or perhaps not, and of which they were not told. */
export async function lostStaffWords(tx: Tx, now: Date): Promise<number[]> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    SELECT o.id FROM outgoing_message o
    WHERE o.staff_id IS NOT NULL AND o.state IN ('failed', 'uncertain') AND o.kind = 'reply'
      AND o.created_at > ${later(now, -watched)}
      AND NOT EXISTS (SELECT FROM outgoing_message t WHERE t.dedupe_key = 'lost-words/' || o.id)
    ORDER BY o.id LIMIT ${watchedASweep}`
  return rows.map(({ id }) => id)
}

/** Tells a staff member that what they wrote to an officer did not arrive, with the number to call. */
export async function tellLostWords(tx: Tx, outgoingId: number, quiet: QuietHours, now: Date): Promise<void> {
  const lost = await tx.outgoingMessage.findUnique({
    where: { id: outgoingId },
    include: { contact: { include: { handOvers: { orderBy: { id: 'desc' }, take: 1 } } } },
  })
  const [staff] = lost?.staffId ? await chatsOfStaff(tx, lost.staffId) : []
  const [handOver] = lost?.contact.handOvers ?? []
  if (!lost || !staff || !handOver) return
  const words = (lost.content as OutgoingContent).parts.flatMap((part) => ('free' in part ? [part.free] : []))
  await enqueue(tx, {
    ...{ contact: staff, kind: 'notice', handOverId: handOver.id, dueAt: nextAllowed(now, quiet) },
    content: {
      parts: [
        say(lost.state === 'failed' ? 'staff-words-lost' : 'staff-words-uncertain', {
          name: await nameOfOfficer(tx, lost.contact),
          id: handOver.id,
        }),
        { free: words.join('\n'), tight: true },
        ...(lost.contact.phone ? [say('staff-words-call', { phone: lost.contact.phone })] : []),
      ],
    },
    dedupeKey: `lost-words/${outgoingId}`,
  })
}
