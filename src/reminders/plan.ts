import type { QuietHours } from '../config.ts'
import type { Tx } from '../database/client.ts'
import { lastAllowed } from '../delivery/quiet-hours.ts'
import { durationMs, later, minute } from '../time.ts'

/** The settings by which reminders are planned. */
export type ReminderRules = { reminderOffsets: string[]; quietHours: QuietHours }

export type PlannedReminder = { id: number; dueAt: Date }

/**
 * When each offset's reminder of a session is due. The travel lead is added to the last one (the smallest
 * offset); one that falls into quiet hours goes before them; one whose time has passed is left out.
 */
export function dueTimes(
  session: { starts: Date; travelLeadMinutes: number },
  rules: ReminderRules,
  now: Date,
): { offset: string; dueAt: Date }[] {
  const byLength = rules.reminderOffsets
    .map((offset) => ({ offset, before: durationMs(offset) ?? 0 }))
    .sort((a, b) => b.before - a.before)
  return byLength
    .map(({ offset, before }, index) => {
      const lead = index === byLength.length - 1 ? session.travelLeadMinutes * minute : 0
      return { offset, dueAt: lastAllowed(later(session.starts, -before - lead), rules.quietHours) }
    })
    .filter(({ dueAt }) => dueAt > now)
}

/**
 * Brings the reminders of confirmed registrations into line with their sessions: plans what is missing, moves
 * what has moved, cancels what no longer holds. Those already fired stay. Returns the planned ones, for which
 * the caller adds jobs after committing.
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
    include: { training: { include: { sessions: true } } },
  })
  const planned: PlannedReminder[] = []
  for (const { id: registrationId, training } of registrations) {
    await cancelReminders(tx, registrationId)
    for (const session of training.sessions.filter((each) => each.cancelledAt === null))
      for (const { offset, dueAt } of dueTimes(
        { starts: session.starts, travelLeadMinutes: training.travelLeadMinutes },
        rules,
        now,
      )) {
        const reminder = await planOne(tx, { registrationId, sessionId: session.id, offset, dueAt })
        if (reminder) planned.push(reminder)
      }
  }
  return planned
}

/** Plans one, or plans a cancelled or moved one anew; a fired one is planned again only for a later time. */
async function planOne(
  tx: Tx,
  reminder: { registrationId: number; sessionId: number; offset: string; dueAt: Date },
): Promise<PlannedReminder | undefined> {
  const { registrationId, sessionId, offset, dueAt } = reminder
  const rows = await tx.$queryRaw<{ id: number; dueAt: Date }[]>`
    INSERT INTO reminder (registration_id, session_id, "offset", due_at, state)
    VALUES (${registrationId}, ${sessionId}, ${offset}, ${dueAt}, 'planned')
    ON CONFLICT (registration_id, session_id, "offset") DO UPDATE SET due_at = excluded.due_at, state = 'planned'
    WHERE reminder.state <> 'fired' OR reminder.due_at < excluded.due_at
    RETURNING id, due_at AS "dueAt"`
  return rows[0]
}

/** Drops the reminders of a registration that have not fired. */
export async function cancelReminders(tx: Tx, registrationId: number): Promise<void> {
  await tx.reminder.updateMany({ where: { registrationId, state: 'planned' }, data: { state: 'cancelled' } })
}
