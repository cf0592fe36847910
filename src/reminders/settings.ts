import type { Tx } from '../database/client.ts'
import { durationMs, hour, minute } from '../time.ts'

/** Between these a person may be reminded before a session, in ms, and so often at most. */
export const reminderLimits = { shortest: 15 * minute, longest: 14 * 24 * hour, most: 5 } as const

const day = 24 * hour

const lengthOf = (offset: string): number => durationMs(offset) ?? 0

/** Offsets in order, the longest first. */
export function longestFirst(offsets: string[]): string[] {
  return offsets.toSorted((a, b) => lengthOf(b) - lengthOf(a))
}

/** The offset whose reminder asks whether one comes: a day, or what is nearest to it; undefined for none. */
export function askingOffset(offsets: string[]): string | undefined {
  const off = (offset: string) => Math.abs(lengthOf(offset) - day)
  return longestFirst(offsets).sort((a, b) => off(a) - off(b))[0]
}

/** The offsets that persons chose for themselves, none of whom is on the usual ones; by person. */
export async function chosenOffsets(tx: Tx, personIds: number[]): Promise<Map<number, string[]>> {
  const rows = await tx.reminderSetting.findMany({ where: { personId: { in: personIds } } })
  return new Map(rows.map(({ personId, offsets }) => [personId, offsets]))
}

/**
 * Keeps the offsets that a person chose, none for no reminders; null for the usual ones again. Their reminders follow
 * by `planReminders`, in the same transaction.
 * @throws Error when an offset is outside of `reminderLimits`, or there are too many
 */
export async function chooseOffsets(
  tx: Tx,
  personId: number,
  offsets: string[] | null,
  now: Date,
): Promise<void> {
  if (offsets === null) {
    await tx.reminderSetting.deleteMany({ where: { personId } })
    return
  }
  const { shortest, longest, most } = reminderLimits
  const fits = (offset: string) => lengthOf(offset) >= shortest && lengthOf(offset) <= longest
  if (offsets.length > most || !offsets.every(fits)) throw new Error('reminders outside of the limits')
  const chosen = { offsets: longestFirst(offsets), updatedAt: now }
  await tx.reminderSetting.upsert({
    where: { personId },
    create: { personId, ...chosen },
    update: chosen,
  })
}

/** An offset as it is told: so many of a unit. */
export function inUnits(offset: string): { count: number; unit: 'days' | 'hours' | 'minutes' } {
  const ms = durationMs(offset) ?? 0
  if (ms % day === 0) return { count: ms / day, unit: 'days' }
  return ms % hour === 0
    ? { count: ms / hour, unit: 'hours' }
    : { count: Math.round(ms / minute), unit: 'minutes' }
}
