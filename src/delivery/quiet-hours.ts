import type { QuietHours } from '../config.ts'
import { inWib, later, minute } from '../time.ts'

/** What an outage has held up for longer than this, until the night, waits for the morning. */
export const heldUp = 15 * minute

const minuteOfDay = (instant: Date): number => {
  const local = inWib(instant)
  return local.hour * 60 + local.minute
}

/** Whether an instant lies in the quiet hours; their last instant itself (06:00) is allowed. */
export function isQuiet(instant: Date, quiet: QuietHours): boolean {
  if (!quiet) return false
  const at = minuteOfDay(instant)
  return quiet.from < quiet.until
    ? at >= quiet.from && at < quiet.until
    : at >= quiet.from || at < quiet.until
}

/** The instant itself, or the last allowed minute before the quiet hours in which it lies. */
export function lastAllowed(instant: Date, quiet: QuietHours): Date {
  if (!quiet || !isQuiet(instant, quiet)) return instant
  const begun = (minuteOfDay(instant) - quiet.from + 1440) % 1440
  return inWib(later(instant, -(begun + 1) * minute))
    .startOf('minute')
    .toJSDate()
}

/** The instant itself, or the end of the quiet hours in which it lies. */
export function nextAllowed(instant: Date, quiet: QuietHours): Date {
  if (!quiet || !isQuiet(instant, quiet)) return instant
  const left = (quiet.until - minuteOfDay(instant) + 1440) % 1440
  return inWib(later(instant, left * minute))
    .startOf('minute')
    .toJSDate()
}
