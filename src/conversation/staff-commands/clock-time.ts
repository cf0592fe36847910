import { hour, inWib, later, minute, parseInstant } from '../../time.ts'
import type { Understanding } from '../../understanding/understand.ts'

const numbers = 'nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas'.split(' ')
const number = String.raw`(\d{1,2}|dua belas|${numbers.slice(1).join('|')})`
const part = String.raw`(?:\s*(pagi|siang|sore|petang|malam)\b)?`
const half = new RegExp(String.raw`\b(?:setengah|stgh)\s+${number}\b${part}`, 'i')
const named = new RegExp(
  String.raw`\b(?:jam|jm|pukul|pkl|pk)\b\s*\.?\s*${number}(?:\s*[.:]\s*(\d{2}))?\b${part}`,
  'i',
)
const bare = new RegExp(String.raw`(?<![\d./-])\b(\d{1,2})[.:](\d{2})\b(?![./-]?\d)${part}`, 'i')
const byPart = /\b(\d{1,2})()\s*(pagi|siang|sore|petang|malam)\b/i

/**
 * The time of day that a text names, in minutes after midnight; undefined for none. An hour from 1 to 5 without a word
 * for the part of the day is the afternoon's, unless it is written with two digits.
 * @example clockIn('jam setengah 9') === 8 * 60 + 30
 */
export function clockIn(text: string): number | undefined {
  const [, before, halfPart] = half.exec(text) ?? []
  if (before) {
    const at = inDay(hourOf(before), 0, halfPart, before)
    return at === undefined ? undefined : at - 30
  }
  const [, hours, minutes, dayPart] = named.exec(text) ?? bare.exec(text) ?? byPart.exec(text) ?? []
  return hours ? inDay(hourOf(hours), Number(minutes || 0), dayPart, hours) : undefined
}

function hourOf(word: string): number {
  if (/^\d/.test(word)) return Number(word)
  return word.toLowerCase() === 'dua belas' ? 12 : numbers.indexOf(word.toLowerCase())
}

function inDay(hours: number, minutes: number, dayPart: string | undefined, written: string) {
  if (hours > 23 || minutes > 59) return undefined
  return (hours + (isAfternoon(hours, dayPart?.toLowerCase(), written) ? 12 : 0)) * 60 + minutes
}

function isAfternoon(hours: number, dayPart: string | undefined, written: string): boolean {
  if (hours === 0 || hours >= 12) return false
  if (dayPart === 'siang') return hours < 6
  if (dayPart === 'sore' || dayPart === 'petang' || dayPart === 'malam') return true
  return dayPart === undefined && hours < 6 && written.length === 1
}

const shift = new RegExp(
  String.raw`\b(di)?(mundur|undur|maju|majukan|geser)\w*\s+${number}\s*(menit|jam|hari|minggu)\b`,
  'i',
)
const units: Record<string, number> = { menit: minute, jam: hour, hari: 24 * hour, minggu: 7 * 24 * hour }

const towards = /\b(?:ke|jadi|menjadi)\b/gi

/**
 * The instant that a text names for something that is at `at` now, the one after "ke" if it names several; what it does
 * not name, day or time of day, stays. Undefined when it names neither; 'no-day' when it names a stretch of days.
 * @param text the message from its beginning; `mentions` beyond its end are left out
 */
export function instantIn(
  text: string,
  { mentions }: Pick<Understanding, 'mentions'>,
  at: Date,
): Date | 'no-day' | undefined {
  const aim = [...text.matchAll(towards)].at(-1)?.index ?? 0
  return instantFrom(aim, text, mentions, at) ?? instantFrom(0, text, mentions, at)
}

function instantFrom(begin: number, whole: string, mentions: Understanding['mentions'], at: Date) {
  const text = whole.slice(begin)
  const iso = /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:[+-]\d\d:?\d\d|Z)?/.exec(text)?.[0]
  if (iso) return parseInstant(iso)
  const [, , way, count, unit] = shift.exec(text) ?? []
  if (way && count && unit)
    return later(at, (way.startsWith('maju') ? -1 : 1) * hourOf(count) * (units[unit.toLowerCase()] ?? 0))
  const dates = mentions.filter(
    ({ entity, start, end }) => entity === 'date' && start >= begin && end <= whole.length,
  )
  const withoutDates = dates.reduce(
    (rest, { start, end }) => rest.slice(0, start) + '_'.repeat(end - start) + rest.slice(end),
    whole,
  )
  const clock = clockIn(withoutDates.slice(begin))
  const day = dates.at(-1)?.value as { from: string; to: string } | undefined
  if (!day && clock === undefined) return undefined
  if (day && day.from !== day.to) return 'no-day'
  const before = inWib(at)
  const minutes = clock ?? before.hour * 60 + before.minute
  return later(parseInstant(`${day?.from ?? before.toFormat('yyyy-MM-dd')}T00:00`) ?? at, minutes * minute)
}
