import type { QuietHours } from '../config.ts'
import type { Tx } from '../database/client.ts'
import type { Reminder } from '../database/generated/client.ts'
import { lastAllowed } from '../delivery/quiet-hours.ts'
import { durationMs, later, minute } from '../time.ts'
import { askingOffset, chosenOffsets, longestFirst } from './settings.ts'

/** The settings by which reminders are planned; the offsets are those of who has chosen none of their own. */
export type ReminderRules = { reminderOffsets: string[]; quietHours: QuietHours }

export type PlannedReminder = { id: number; dueAt: Date }

/**
 * When each offset's reminder of a session is due. The travel lead is added to the last one (the smallest
 * offset); one that falls into quiet hours goes before them. Of several that would go out at the same moment one is
 * left: the one that asks whether the person comes, else the longest.
 */
export function dueTimes(
  session: { starts: Date; travelLeadMinutes: number },
  rules: ReminderRules,
): { offset: string; dueAt: Date }[] {
  const byLength = longestFirst(rules.reminderOffsets)
  const asking = askingOffset(byLength)
  const all = byLength.map((offset, index) => {
    const lead = index === byLength.length - 1 ? session.travelLeadMinutes * minute : 0
    const before = durationMs(offset) ?? 0
    return { offset, dueAt: lastAllowed(later(session.starts, -before - lead), rules.quietHours) }
  })
  return all.filter(({ offset, dueAt }) => {
    const same = all.filter((each) => each.dueAt.getTime() === dueAt.getTime())
    return offset === (same.find((each) => each.offset === asking) ?? same[0])?.offset
  })
}

/**
 * Brings the reminders of confirmed registrations into line with their sessions: plans what is missing, moves what
 * has moved, cancels what no longer holds. One whose time has passed is not planned any more, and one that is due
 * and not yet fired stays. Returns the planned ones, for which the caller adds jobs after committing.
 */
export async function planReminders(
  tx: Tx,
  of: { registrationId: number } | { trainingCode: string } | { personId: number },
  rules: ReminderRules,
  now: Date,
): Promise<PlannedReminder[]> {
  const registrations = await tx.registration.findMany({
    where: { state: 'confirmed', ...('registrationId' in of ? { id: of.registrationId } : of) },
    include: { reminders: true },
    orderBy: { id: 'asc' },
  })
  const chosen = await chosenOffsets(
    tx,
    registrations.map(({ personId }) => personId),
  )
  const wanted: Wanted[] = []
  for (const code of new Set(registrations.map(({ trainingCode }) => trainingCode))) {
    const usual = await dueOfTraining(tx, code, rules)
    for (const { id, personId, trainingCode } of registrations) {
      if (trainingCode !== code) continue
      const own = chosen.get(personId)
      const due = own ? await dueOfTraining(tx, code, { ...rules, reminderOffsets: own }) : usual
      wanted.push(...due.map((each) => ({ registrationId: id, ...each })))
    }
  }
  const stored = registrations.flatMap(({ reminders }) => reminders)
  return await bringIntoLine(tx, stored, wanted, now)
}

/** Of each session of a training that is not cancelled. */
async function dueOfTraining(tx: Tx, code: string, rules: ReminderRules) {
  const { travelLeadMinutes, sessions } = await tx.training.findUniqueOrThrow({
    where: { code },
    include: { sessions: { where: { cancelledAt: null }, orderBy: { starts: 'asc' } } },
  })
  return sessions.flatMap(({ id, starts }) =>
    dueTimes({ starts, travelLeadMinutes }, rules).map((due) => ({ sessionId: id, ...due })),
  )
}

type Wanted = { registrationId: number; sessionId: number; offset: string; dueAt: Date }

async function bringIntoLine(
  tx: Tx,
  stored: Reminder[],
  wanted: Wanted[],
  now: Date,
): Promise<PlannedReminder[]> {
  const key = ({ registrationId, sessionId, offset }: Omit<Wanted, 'dueAt'>) =>
    `${registrationId}/${sessionId}/${offset}`
  const storedBy = new Map(stored.map((reminder) => [key(reminder), reminder]))
  const wantedBy = new Map(wanted.map((reminder) => [key(reminder), reminder]))
  const stale = stored.filter(
    (reminder) => wantedBy.get(key(reminder))?.dueAt.getTime() !== reminder.dueAt.getTime(),
  )
  await drop(
    tx,
    stale.map(({ id }) => id),
  )
  const missing = wanted.filter((reminder) => {
    const before = storedBy.get(key(reminder))
    const holds = before?.dueAt.getTime() === reminder.dueAt.getTime() && before.state !== 'cancelled'
    return reminder.dueAt > now && !holds
  })
  return await plan(tx, missing)
}

/** Plans them, those anew that were cancelled or have moved. JSON is one parameter, however many they are. */
async function plan(tx: Tx, wanted: Wanted[]): Promise<PlannedReminder[]> {
  if (wanted.length === 0) return []
  return await tx.$queryRaw<PlannedReminder[]>`
    INSERT INTO reminder (registration_id, session_id, "offset", due_at)
    SELECT "registrationId", "sessionId", "offset", "dueAt" FROM jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb)
      AS wanted("registrationId" int, "sessionId" int, "offset" text, "dueAt" timestamptz)
    ON CONFLICT (registration_id, session_id, "offset") DO UPDATE SET due_at = EXCLUDED.due_at, state = 'planned'
    RETURNING id, due_at AS "dueAt"`
}

/** Cancels planned reminders, and those already in words that still wait to be sent. */
async function drop(tx: Tx, ids: number[]): Promise<void> {
  if (ids.length === 0) return
  await tx.$executeRaw`
    UPDATE reminder SET state = 'cancelled' WHERE id = ANY(${ids}) AND state = 'planned'`
  await tx.$executeRaw`
    UPDATE outgoing_message SET state = 'cancelled' WHERE reminder_id = ANY(${ids}) AND state = 'queued'`
}

/** A person's planned reminders, the next one first. */
export async function comingReminders(tx: Tx, personId: number, now: Date) {
  return await tx.reminder.findMany({
    where: { registration: { personId, state: 'confirmed' }, state: 'planned', dueAt: { gt: now } },
    include: { session: { include: { training: true } } },
    orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
    take: 20,
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
