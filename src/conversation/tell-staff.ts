import type { IncomingContent } from '../channels/channel.ts'
import type { QuietHours } from '../config.ts'
import type { Tx } from '../database/client.ts'
import type { IncomingMessage } from '../database/generated/client.ts'
import type { Choice } from '../delivery/content.ts'
import { enqueue } from '../delivery/outbox.ts'
import { nextAllowed } from '../delivery/quiet-hours.ts'
import { line, type Part, say } from '../texts.ts'
import { later, minute } from '../time.ts'
import type { StandingHandOver } from './hand-over.ts'
import { nameOfOfficer, officerParts, wordsForStaff } from './officer.ts'

/** Of how many staff members a hand-over is told. */
const mostStaff = 50
/** As long as staff wrote so recently, what the officer answers goes to them at night too. */
const inConversation = 30 * minute

type StaffContact = { id: number; channel: string; staffId: number }

/** Where each enabled staff member is told of things: the chat they wrote from last, unless it said STOP. */
async function contactsOfStaff(tx: Tx, only?: number): Promise<StaffContact[]> {
  return await tx.$queryRaw<StaffContact[]>`
    SELECT DISTINCT ON (s.id) s.id AS "staffId", c.id, c.channel
    FROM staff_member s JOIN contact c ON c.phone = s.phone
    WHERE s.disabled_at IS NULL AND (${only ?? null}::int IS NULL OR s.id = ${only ?? null}::int)
      AND c.unreachable_since IS NULL AND c.stopped_at IS NULL AND NOT c.must_confirm_name AND NOT c."group"
    ORDER BY s.id, c.channel IN ('simulator', 'terminal'), c.last_heard_at DESC NULLS LAST, c.id
    LIMIT ${mostStaff}`
}

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
  const told = (await contactsOfStaff(tx)).filter((each) => each.id !== contact.id && each.staffId !== but)
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
  const [taker] = takenById === null ? [] : await contactsOfStaff(tx, takenById)
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
