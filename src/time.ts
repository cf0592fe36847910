import { DateTime, Duration } from 'luxon'

/** The programme's time zone: WIB, UTC+7 without daylight saving. */
export const zone = 'Asia/Jakarta'

export const second = 1_000
export const minute = 60 * second
export const hour = 60 * minute

/** Where "now" comes from: the system, or a clock that a test or the terminal chat sets. */
export type Clock = { now(): Date }

export const systemClock: Clock = { now: () => new Date() }

/** A clock that can be set; from then on it runs at the system's speed. */
export function settableClock(): Clock & { set(to: Date): void } {
  let ahead = 0
  return {
    now: () => new Date(Date.now() + ahead),
    set: (to) => {
      ahead = to.getTime() - Date.now()
    },
  }
}

export function later(instant: Date, milliseconds: number): Date {
  return new Date(instant.getTime() + milliseconds)
}

/** The instant as date and time of day in WIB. */
export function inWib(instant: Date): DateTime {
  return DateTime.fromJSDate(instant, { zone })
}

/** `2026-12-12T08:00+07:00`: the instant as programme files write it. */
export function isoInWib(instant: Date): string {
  return inWib(instant).toISO({ suppressMilliseconds: true, suppressSeconds: true }) ?? instant.toISOString()
}

/** `Sabtu, 12 Desember 2026, pukul 08.00 WIB`; with an end, `…, pukul 08.00–16.00 WIB`. */
export function inWords(instant: Date, until?: Date): string {
  const starts = inWib(instant).setLocale('id')
  const ends = until ? `–${inWib(until).toFormat('HH.mm')}` : ''
  return `${starts.toFormat("cccc, d MMMM yyyy, 'pukul' HH.mm")}${ends} WIB`
}

/**
 * Milliseconds of an ISO 8601 duration such as `P3D` or `PT2H`; undefined if it is none, zero or negative.
 * Days are 24 hours: WIB has no daylight saving.
 */
export function durationMs(iso: string): number | undefined {
  const duration = Duration.fromISO(iso)
  const ms = duration.isValid ? duration.toMillis() : Number.NaN
  return ms > 0 ? ms : undefined
}

/** An instant from ISO 8601 text with a zone, or without one in WIB; undefined if it is none. */
export function parseInstant(iso: string): Date | undefined {
  if (!/^\d{4}-\d\d-\d\d([T ]|$)/.test(iso)) return undefined
  const parsed = DateTime.fromISO(iso.replace(' ', 'T'), { zone })
  return parsed.isValid ? parsed.toJSDate() : undefined
}

/** The first and last instant of the ISO dates `from` and `to` in WIB. */
export function daysToInstants(from: string, to: string): { from: Date; to: Date } {
  return {
    from: DateTime.fromISO(from, { zone }).startOf('day').toJSDate(),
    to: DateTime.fromISO(to, { zone }).endOf('day').toJSDate(),
  }
}
