import { inWib } from '../time.ts'

/** When somebody is in the office on one day of the week: 1 is Monday; minutes of the day in Asia/Jakarta. */
export type OfficeDay = { day: number; from: number; until: number }

/** In order of the week; never empty. */
export type OfficeHours = OfficeDay[]

export const defaultOfficeHours = 'Mon-Fri 07:30-16:00'

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const dayName = days.join('|')
const clockTime = '([01]?\\d|2[0-3]):([0-5]\\d)'
const range = new RegExp(`^(${dayName})(?:-(${dayName}))? ${clockTime}-(?:${clockTime}|(24:00))$`, 'i')
const week = 7

/**
 * Reads ranges joined by commas, each a day or days from–until, and the hours from–until.
 * @throws Error that says what is wrong and what is right
 * @example parseOfficeHours('Mon-Thu 07:30-16:00, Fri 07:30-11:30, Fri 13:00-16:30')
 */
export function parseOfficeHours(text: string): OfficeHours {
  const all = text.split(',').flatMap((each) => parseRange(each.trim().replace(/\s+/g, ' ')))
  const inOrder = all.toSorted((a, b) => a.day - b.day || a.from - b.from)
  for (const [index, { day, until }] of inOrder.entries()) {
    const next = inOrder[index + 1]
    if (next?.day === day && next.from < until)
      throw new Error(`has two ranges that overlap on ${nameOf(day)}; join them into one`)
  }
  return inOrder
}

function parseRange(text: string): OfficeDay[] {
  const found = range.exec(text)
  if (!found)
    throw new Error(
      `must be like ${defaultOfficeHours}, several joined by commas (days Mon to Sun, Asia/Jakarta); not "${text}"`,
    )
  const [, first = '', last = first, fromHour, fromMinute, untilHour, untilMinute, midnight] = found
  const from = Number(fromHour) * 60 + Number(fromMinute)
  const until = midnight ? 24 * 60 : Number(untilHour) * 60 + Number(untilMinute)
  if (until <= from) throw new Error(`"${text}": must end later on the same day than it begins`)
  const begin = days.indexOf(first.toLowerCase())
  const count = ((days.indexOf(last.toLowerCase()) - begin + week) % week) + 1
  return Array.from({ length: count }, (_, more) => ({ day: ((begin + more) % week) + 1, from, until }))
}

const nameOf = (day: number): string => {
  const name = days[day - 1] ?? ''
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`
}

/** Until when somebody is in the office now; undefined when nobody is. The end of a range itself is not in it. */
export function openUntil(hours: OfficeHours, instant: Date): Date | undefined {
  const local = inWib(instant)
  const minute = local.hour * 60 + local.minute
  const open = hours.find(({ day, from, until }) => day === local.weekday && minute >= from && minute < until)
  return open && local.startOf('day').plus({ minutes: open.until }).toJSDate()
}

/** When the office opens next after an instant. */
export function nextOpening(hours: OfficeHours, instant: Date): Date {
  const midnight = inWib(instant).startOf('day')
  const openings = Array.from({ length: week + 1 }, (_, ahead) => midnight.plus({ days: ahead })).flatMap(
    (date) =>
      hours
        .filter(({ day }) => day === date.weekday)
        .map(({ from }) => date.plus({ minutes: from }).toJSDate()),
  )
  const next = openings.find((opening) => opening > instant)
  if (!next) throw new Error('office hours without a day')
  return next
}
