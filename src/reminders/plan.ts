import type { QuietHours } from '../config.ts'
import type { Tx } from '../database/client.ts'
import type { Reminder } from '../database/generated/client.ts'
import { lastAllowed } from '../delivery/quiet-hours.ts'
import { durationMs, later, minute } from '../time.ts'

/** The settings by which reminders are planned. */
export type ReminderRules = { reminderOffsets: string[]; quietHours: QuietHours }

export type PlannedReminder = { id: number; dueAt: Date }

/**
 * When each offset's reminder of a session is due. The travel lead is added to the last one (the smallest
 * offset); one that falls into quiet hours goes before them.
 */
export function dueTimes(
  session: { starts: Date; travelLeadMinutes: number },
  rules: ReminderRules,
): { offset: string; dueAt: Date }[] {
  const byLength = rules.reminderOffsets
    .map((offset) => ({ offset, before: durationMs(offset) ?? 0 }))
    .sort((a, b) => b.before - a.before)
  return byLength.map(({ offset, before }, index) => {
    const lead = index === byLength.length - 1 ? session.travelLeadMinutes * minute : 0
    return { offset, dueAt: lastAllowed(later(session.starts, -before - lead), rules.quietHours) }
  })
}

/**
 * Brings the reminders of confirmed registrations into line with their sessions: plans what is missing, moves what
 * has moved, cancels what no longer holds. One whose time has passed is not planned any more, and one that is due
 * and not yet fired stays. Returns the planned ones, for which the caller adds jobs after committing.
 */
export async function planReminders(
  tx: Tx,
  of: { registrationId: number } | { trainingCode: string },
  rules: ReminderRules,
  now: Date,
): Promise<PlannedReminder[]> {
  const registrations = await tx.registration.findMany({
    where: {
      state: 'confirmed',
      ...('registrationId' in of ? { id: of.registrationId } : { trainingCode: of.trainingCode }),
    },
    include: { reminders: true, training: { include: { sessions: { where: { cancelledAt: null } } } } },
  })
  const planned: PlannedReminder[] = []
  for (const { id, reminders, training } of registrations) {
    const wanted = training.sessions.flatMap((session) =>
      dueTimes({ starts: session.starts, travelLeadMinutes: training.travelLeadMinutes }, rules).map(
        ({ offset, dueAt }) => ({ registrationId: id, sessionId: session.id, offset, dueAt }),
      ),
    )
    planned.push(...(await bringIntoLine(tx, reminders, wanted, now)))
  }
  return planned
}

type Wanted = { registrationId: number; sessionId: number; offset: string; dueAt: Date }

async function bringIntoLine(
  tx: Tx,
  stored: Reminder[],
  wanted: Wanted[],
  now: Date,
): Promise<PlannedReminder[]> {
  const key = ({ sessionId, offset }: { sessionId: number; offset: string }) => `${sessionId}/${offset}`
  const storedBy = new Map(stored.map((reminder) => [key(reminder), reminder]))
  const wantedBy = new Map(wanted.map((reminder) => [key(reminder), reminder]))
  const stale = stored.filter(
    (reminder) => wantedBy.get(key(reminder))?.dueAt.getTime() !== reminder.dueAt.getTime(),
  )
  await drop(
    tx,
    stale.map(({ id }) => id),
  )
  const planned: PlannedReminder[] = []
  for (const reminder of wanted.filter(({ dueAt }) => dueAt > now)) {
    const before = storedBy.get(key(reminder))
    const holds = before?.dueAt.getTime() === reminder.dueAt.getTime() && before.state !== 'cancelled'
    if (!holds) planned.push(await plan(tx, reminder))
  }
  return planned
}

/** Plans one, or one that was cancelled or has moved anew. */
async function plan(tx: Tx, { registrationId, sessionId, offset, dueAt }: Wanted): Promise<PlannedReminder> {
  return await tx.reminder.upsert({
    where: { registrationId_sessionId_offset: { registrationId, sessionId, offset } },
    create: { registrationId, sessionId, offset, dueAt },
    update: { dueAt, state: 'planned' },
    select: { id: true, dueAt: true },
  })
}

/** Cancels planned reminders, and those already in words that still wait to be sent. */
async function drop(tx: Tx, ids: number[]): Promise<void> {
  if (ids.length === 0) return
  await tx.reminder.updateMany({ where: { id: { in: ids }, state: 'planned' }, data: { state: 'cancelled' } })
  await tx.outgoingMessage.updateMany({
    where: { reminderId: { in: ids }, state: 'queued' },
    data: { state: 'cancelled' },
  })
}

/** Drops the reminders of a registration that were not sent yet. */
export async function cancelReminders(tx: Tx, registrationId: number): Promise<void> {
  const reminders = await tx.reminder.findMany({ where: { registrationId }, select: { id: true } })
  await drop(
    tx,
    reminders.map(({ id }) => id),
  )
}
