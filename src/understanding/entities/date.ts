/**
 * Dates as officers write them, resolved against a day in Asia/Jakarta (WIB, UTC+7, without daylight saving).
 * Days are counted from 1 January 1970, so that Monday is `(day + 3) % 7 === 0`.
 */
import { spellingDistance } from '../../areas.ts'
import { isOrdinaryWord, type Token } from '../normalise.ts'
import { type MentionOf, mentionOf } from './mention.ts'
import { numberAt, ordinalAt } from './numbers.ts'

const dayLength = 86_400_000
const wibOffset = 7 * 3_600_000
const daysAWeek = 7

/** Days from `from` to `to`, both included; `next` is the index of the token after them. */
type Span = { from: number; to: number; next: number; kind: 'day' | 'weekday' | 'period' }
type Month = { year: number; month: number }
type Reader = (tokens: readonly Token[], at: number, today: number) => Span | undefined

/** Dates named in the tokens, in their order; two that make one stretch ('12-14 Des') are one. */
export function findDates(tokens: readonly Token[], text: string, now: Date): MentionOf<'date'>[] {
  const today = Math.floor((now.getTime() + wibOffset) / dayLength)
  if (!Number.isFinite(today)) return []
  const found: MentionOf<'date'>[] = []
  for (let at = 0; at < tokens.length; at++) {
    const first = dateAt(tokens, at, today)
    if (!first) continue
    const span = stretched(tokens, first, today)
    const from = tokens[at]
    const to = tokens[span.next - 1]
    if (from && to) {
      found.push(mentionOf('date', { from: isoDay(span.from), to: isoDay(span.to) }, text, from, to))
    }
    at = span.next - 1
  }
  return found
}

function isoDay(day: number): string {
  return new Date(day * dayLength).toISOString().slice(0, 10)
}

function dateAt(tokens: readonly Token[], at: number, today: number): Span | undefined {
  for (const read of readers) {
    const span = read(tokens, at, today)
    if (span) return span
  }
  return undefined
}

function wordAt(tokens: readonly Token[], at: number): string {
  return tokens[at]?.word ?? ''
}

function single(day: number, next: number, kind: Span['kind'] = 'day'): Span {
  return { from: day, to: day, next, kind }
}

// Words for one day

const relativeDays = new Map([
  ['besok', 1],
  ['lusa', 2],
  ['tulat', 3],
  ['kemarin', -1],
])

/** 'hari ini', 'besok', 'lusa', 'kemarin', 'besok lusa', 'malam ini'; not 'besok-besok'. */
function readRelativeDay(tokens: readonly Token[], at: number, today: number): Span | undefined {
  const word = wordAt(tokens, at)
  const following = wordAt(tokens, at + 1)
  if (word === 'hari ini') return single(today, at + 1)
  if (isRepeated(tokens, at)) return undefined
  if (following === 'ini' && /^(hari|pagi|siang|sore|malam)$/.test(word)) return single(today, at + 2)
  const offset = relativeDays.get(word)
  if (offset === undefined) return undefined
  if (word === 'besok' && following === 'lusa') return single(today + 2, at + 2)
  if (word === 'kemarin' && (following === 'lusa' || following === 'dulu')) return single(today - 2, at + 2)
  if (word === 'besok') {
    const weekday = readWeekday(tokens, at + 1, today)
    if (weekday) return weekday
  }
  return single(today + offset, at + 1)
}

function isRepeated(tokens: readonly Token[], at: number): boolean {
  const neighbour = (other: Token | undefined, gap: string | undefined) =>
    other !== undefined && /^\s*-\s*$/.test(gap ?? '') && other.word === tokens[at]?.word
  return (
    /2$/.test(tokens[at]?.written ?? '') ||
    neighbour(tokens[at + 1], tokens[at + 1]?.gap) ||
    neighbour(tokens[at - 1], tokens[at]?.gap)
  )
}

const countedLengths = new Map([
  ['hari', 1],
  ['minggu', daysAWeek],
  ['pekan', daysAWeek],
])
const oneLength = new Map([
  ['sehari', 1],
  ['seminggu', daysAWeek],
  ['sepekan', daysAWeek],
])

/** 'tiga hari lagi', 'seminggu lagi', 'dua bulan lagi', '3 hari yang lalu'. */
function readCountedDays(tokens: readonly Token[], at: number, today: number): Span | undefined {
  const count = numberAt(tokens, at)
  const one = oneLength.get(wordAt(tokens, at))
  const unitAt = count ? count.next : at
  const next = unitAt + 1
  const direction = directionAt(tokens, next)
  if (!direction) return undefined
  if (one !== undefined) return single(today + direction.sign * one, direction.next)
  if (wordAt(tokens, at) === 'sebulan') return single(monthsLater(today, direction.sign), direction.next)
  if (!count || count.value > 400) return undefined
  const length = countedLengths.get(wordAt(tokens, unitAt))
  if (length !== undefined) return single(today + direction.sign * count.value * length, direction.next)
  return wordAt(tokens, unitAt) === 'bulan'
    ? single(monthsLater(today, direction.sign * count.value), direction.next)
    : undefined
}

function directionAt(tokens: readonly Token[], at: number): { sign: 1 | -1; next: number } | undefined {
  const word = wordAt(tokens, at)
  if (word === 'lagi') return { sign: 1, next: at + 1 }
  if (word === 'lalu') return { sign: -1, next: at + 1 }
  return word === 'yang' && wordAt(tokens, at + 1) === 'lalu' ? { sign: -1, next: at + 2 } : undefined
}

function monthsLater(day: number, months: number): number {
  const { year, month } = monthOf(day)
  const there = shifted({ year, month }, months)
  return Math.min(dayNumber(there, dayOfMonth(day)), lastDay(there))
}

// Weekdays and weeks

const weekdays = new Map(
  ['senin', 'selasa', 'rabu', 'kamis', 'jumat', 'sabtu', 'ahad'].map((name, i): [string, number] => [
    name,
    i,
  ]),
)

function mondayOf(day: number): number {
  return day - ((day + 3) % daysAWeek)
}

function weekdayAt(tokens: readonly Token[], at: number): number | undefined {
  const word = wordAt(tokens, at)
  return word === 'minggu' ? 6 : weekdays.get(word)
}

type Turn = { weeks: number; next: number }

/** 'ini', 'depan', 'yang akan datang', 'lalu', 'kemarin' after a week, month or weekday. */
function turnAt(tokens: readonly Token[], at: number): Turn | undefined {
  const word = wordAt(tokens, at)
  const next = at + 1
  if (word === 'ini') return { weeks: 0, next }
  if (word === 'depan') return { weeks: 1, next }
  if (word === 'lalu' || word === 'kemarin' || tokens[at]?.written === 'lepas') return { weeks: -1, next }
  if (word === 'yang' && /^(lalu|depan)$/.test(wordAt(tokens, next))) return turnAt(tokens, next)
  const coming = word === 'yang' ? next : at
  return wordAt(tokens, coming) === 'akan' && /^(datang|depan)$/.test(wordAt(tokens, coming + 1))
    ? { weeks: 1, next: coming + 2 }
    : undefined
}

/** 'Sabtu', 'hari Sabtu', 'Sabtu depan', 'Sabtu minggu depan', 'minggu' as a day. */
function readWeekday(tokens: readonly Token[], at: number, today: number): Span | undefined {
  const named = wordAt(tokens, at) === 'hari'
  const dayAt = named ? at + 1 : at
  const weekday = weekdayAt(tokens, dayAt)
  if (weekday === undefined || isRepeated(tokens, dayAt)) return undefined
  const isBareSunday = wordAt(tokens, dayAt) === 'minggu' && !named
  if (isBareSunday && (isCounted(tokens, dayAt) || weekTurnAt(tokens, dayAt))) return undefined
  const week = weekTurnAt(tokens, dayAt + 1)
  if (week) return single(mondayOf(today) + week.weeks * daysAWeek + weekday, week.next, 'weekday')
  const turn = turnAt(tokens, dayAt + 1)
  const coming = today + ((weekday - ((today + 3) % daysAWeek) + daysAWeek) % daysAWeek)
  if (!turn || turn.weeks === 0) return single(coming, turn?.next ?? dayAt + 1, 'weekday')
  if (turn.weeks < 0) return single((coming === today ? today : coming) - daysAWeek, turn.next, 'weekday')
  return single(mondayOf(today) + daysAWeek + weekday, turn.next, 'weekday')
}

/** 'dua minggu', 'tiap minggu', 'minggu ke-2' count weeks: no Sunday is meant. */
function isCounted(tokens: readonly Token[], at: number): boolean {
  const before = wordAt(tokens, at - 1)
  return (
    /^\d+$|^(tiap|setiap|per|berapa|beberapa|satu|dua|tiga|empat|lima|enam|dalam|selama|sekali|akhir|awal|pertengahan|tengah|x)$/.test(
      before,
    ) ||
    ordinalAt(tokens, at + 1, true) !== undefined ||
    /^(terakhir|sekali)$/.test(wordAt(tokens, at + 1))
  )
}

function isWeekWord(word: string): boolean {
  return word === 'minggu' || word === 'pekan'
}

/** 'minggu ini', 'pekan depan', 'minggu yang lalu'. */
function weekTurnAt(tokens: readonly Token[], at: number): Turn | undefined {
  if (wordAt(tokens, at) === 'depan' && wordAt(tokens, at + 1) === 'pekan') return { weeks: 1, next: at + 2 }
  return isWeekWord(wordAt(tokens, at)) ? turnAt(tokens, at + 1) : undefined
}

/** A week, Monday to Sunday; with a weekday after it ('minggu depan hari Senin'), that day. */
function readWeek(tokens: readonly Token[], at: number, today: number): Span | undefined {
  const skipped = /^(awal|pertengahan|tengah)$/.test(wordAt(tokens, at)) ? at + 1 : at
  const turn = weekTurnAt(tokens, skipped)
  if (!turn) return undefined
  const monday = mondayOf(today) + turn.weeks * daysAWeek
  let dayAt = /^(di|pada)$/.test(wordAt(tokens, turn.next)) ? turn.next + 1 : turn.next
  if (wordAt(tokens, dayAt) === 'hari') dayAt++
  const weekday = weekdays.get(wordAt(tokens, dayAt))
  if (weekday !== undefined && /^\s+$/.test(tokens[turn.next]?.gap ?? '')) {
    return single(monday + weekday, dayAt + 1, 'weekday')
  }
  return { from: monday, to: monday + 6, next: turn.next, kind: 'period' }
}

/** 'akhir pekan', 'weekend depan': Saturday and Sunday; 'malam minggu': Saturday. */
function readWeekend(tokens: readonly Token[], at: number, today: number): Span | undefined {
  const word = wordAt(tokens, at)
  if (word === 'malam' && wordAt(tokens, at + 1) === 'minggu' && !turnAt(tokens, at + 2)) {
    return single(today + ((5 - ((today + 3) % daysAWeek) + daysAWeek) % daysAWeek), at + 2)
  }
  const inWords = word === 'akhir' && isWeekWord(wordAt(tokens, at + 1))
  if (!inWords && word !== 'weekend') return undefined
  const next = inWords ? at + 2 : at + 1
  const turn = turnAt(tokens, next)
  const saturday = mondayOf(today) + 5 + (turn?.weeks ?? 0) * daysAWeek
  return { from: saturday, to: saturday + 1, next: turn?.next ?? next, kind: 'period' }
}

// Months

const monthNames = [
  'januari',
  'februari',
  'maret',
  'april',
  'mei',
  'juni',
  'juli',
  'agustus',
  'september',
  'oktober',
  'november',
  'desember',
]
const shortestFullName = 5
const shortForm = 3

function monthOf(day: number): Month {
  const date = new Date(day * dayLength)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() }
}

function dayOfMonth(day: number): number {
  return new Date(day * dayLength).getUTCDate()
}

function shifted({ year, month }: Month, months: number): Month {
  const total = year * 12 + month + months
  return { year: Math.floor(total / 12), month: ((total % 12) + 12) % 12 }
}

function dayNumber({ year, month }: Month, day: number): number {
  return Math.round(Date.UTC(year, month, day) / dayLength)
}

function lastDay(month: Month): number {
  return dayNumber(shifted(month, 1), 1) - 1
}

/** The month (0 to 11) a token names, in full, shortened, or misspelt by a letter. */
function monthNamed(token: Token | undefined): number | undefined {
  if (!token) return undefined
  const exact = monthNames.indexOf(token.word)
  if (exact >= 0) return exact
  if (token.written.length < shortestFullName || isOrdinaryWord(token.written)) return undefined
  const near = monthNames.findIndex(
    (name) =>
      name.length > shortestFullName &&
      name[0] === token.word[0] &&
      spellingDistance(name, token.word, 1) <= 1,
  )
  return near >= 0 ? near : undefined
}

/** Whether the month stands there in full, or after 'di' or 'ke', so that it needs no day or 'bulan' beside it. */
function standsAlone(tokens: readonly Token[], at: number): boolean {
  return (tokens[at]?.written.length ?? 0) > shortForm || /^(di|ke)$/.test(wordAt(tokens, at - 1))
}

type MonthRead = { month: Month; stated: boolean; next: number }

/** A month with its year; without one, `stated` is false and the year is that of the coming one. */
function monthAt(tokens: readonly Token[], at: number, today: number): MonthRead | undefined {
  const withWord = wordAt(tokens, at) === 'bulan'
  const nameAt = withWord ? at + 1 : at
  const named = monthNamed(tokens[nameAt]) ?? (withWord ? numberedMonth(tokens, nameAt) : undefined)
  if (named !== undefined) return monthWithYear(tokens, nameAt + 1, named, today)
  const turn = withWord ? turnAt(tokens, at + 1) : undefined
  return turn ? { month: shifted(monthOf(today), turn.weeks), stated: true, next: turn.next } : undefined
}

function numberedMonth(tokens: readonly Token[], at: number): number | undefined {
  const read = numberAt(tokens, at)
  const following = wordAt(tokens, read?.next ?? at)
  return read && read.value >= 1 && read.value <= 12 && following !== 'lagi' && following !== 'lalu'
    ? read.value - 1
    : undefined
}

function monthWithYear(tokens: readonly Token[], at: number, month: number, today: number): MonthRead {
  const thisMonth = monthOf(today)
  const year = yearAt(tokens, at, thisMonth.year)
  if (year) return { month: { year: year.value, month }, stated: true, next: year.next }
  const coming = month < thisMonth.month ? thisMonth.year + 1 : thisMonth.year
  return { month: { year: coming, month }, stated: false, next: at }
}

function yearAt(
  tokens: readonly Token[],
  at: number,
  thisYear: number,
): { value: number; next: number } | undefined {
  const withWord = wordAt(tokens, at) === 'tahun'
  const token = tokens[withWord ? at + 1 : at]
  const next = withWord ? at + 2 : at + 1
  if (token && /^20\d\d$/.test(token.written) && /^[\s,./-]*$/.test(token.gap)) {
    return { value: Number(token.written), next }
  }
  if (token && /^\d\d$/.test(token.written) && /^\s*['’/.-]$/.test(token.gap)) {
    return { value: 2000 + Number(token.written), next }
  }
  if (!withWord) return undefined
  const turn = turnAt(tokens, at + 1)
  return turn ? { value: thisYear + turn.weeks, next: turn.next } : undefined
}

type Stretch = (month: Month) => { from: number; to: number }
const partsOfMonth = new Map<string, Stretch>([
  ['awal', (month) => ({ from: dayNumber(month, 1), to: dayNumber(month, 7) })],
  ['pertengahan', (month) => ({ from: dayNumber(month, 11), to: dayNumber(month, 20) })],
  ['akhir', (month) => ({ from: lastDay(month) - 6, to: lastDay(month) })],
])

/** 'akhir bulan', 'awal Desember', 'pertengahan bulan depan'. */
function readPartOfMonth(tokens: readonly Token[], at: number, today: number): Span | undefined {
  const word = wordAt(tokens, at) === 'tengah' ? 'pertengahan' : wordAt(tokens, at)
  const stretch = partsOfMonth.get(word)
  if (!stretch) return undefined
  const read = monthAt(tokens, at + 1, today)
  if (read) return { ...comingStretch(stretch, read, today, 12), next: read.next, kind: 'period' }
  if (wordAt(tokens, at + 1) !== 'bulan') return undefined
  const thisMonth: MonthRead = { month: monthOf(today), stated: false, next: at + 2 }
  return { ...comingStretch(stretch, thisMonth, today, 1), next: at + 2, kind: 'period' }
}

/** That stretch, of the next time round if this one is over and no year or 'bulan ini' says otherwise. */
function comingStretch(stretch: Stretch, read: MonthRead, today: number, months: number) {
  const first = stretch(read.month)
  return read.stated || first.to >= today ? first : stretch(shifted(read.month, months))
}

/** 'pekan ke-2 Desember': the 8th to the 14th; 'minggu terakhir bulan ini': the last seven days. */
function readWeekOfMonth(tokens: readonly Token[], at: number, today: number): Span | undefined {
  if (!isWeekWord(wordAt(tokens, at))) return undefined
  const last = wordAt(tokens, at + 1) === 'terakhir'
  const ordinal = last ? undefined : (ordinalAt(tokens, at + 1, true) ?? numberAt(tokens, at + 1, true))
  if (!last && (!ordinal || ordinal.value < 1 || ordinal.value > 5)) return undefined
  const after = ordinal?.next ?? at + 2
  const read = monthAt(tokens, wordAt(tokens, after) === 'di' ? after + 1 : after, today)
  if (!read) return undefined
  const stretch: Stretch = (month) => {
    if (!ordinal) return { from: lastDay(month) - 6, to: lastDay(month) }
    const from = dayNumber(month, 1) + (ordinal.value - 1) * daysAWeek
    return { from, to: Math.min(from + 6, lastDay(month)) }
  }
  const { from, to } = comingStretch(stretch, read, today, 12)
  return from <= to ? { from, to, next: read.next, kind: 'period' } : undefined
}

/** 'Desember', 'bulan 12', 'bulan depan', 'Desember tgl 12', 'Desember 2026': the whole month or that day. */
function readMonth(tokens: readonly Token[], at: number, today: number): Span | undefined {
  const read = monthAt(tokens, at, today)
  if (!read || (wordAt(tokens, at) !== 'bulan' && !standsAlone(tokens, at))) return undefined
  if (followsImpossibleDay(tokens, at)) return undefined
  if (wordAt(tokens, read.next) === 'tanggal') {
    const days = dayListAt(tokens, read.next + 1)
    const span = days && daysInMonth(days, read, today, days.next)
    if (span) return span
  }
  return { from: dayNumber(read.month, 1), to: lastDay(read.month), next: read.next, kind: 'period' }
}

/** '31 Februari' is no date, not even a month. */
function followsImpossibleDay(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]?.written ?? ''
  return /^\d{1,2}$/.test(before) && /^\s*$/.test(tokens[at]?.gap ?? '') && !isNumberOfWave(tokens, at - 1)
}

function readYear(tokens: readonly Token[], at: number, today: number): Span | undefined {
  if (wordAt(tokens, at) !== 'tahun') return undefined
  const year = yearAt(tokens, at, monthOf(today).year)
  if (!year) return undefined
  const from = dayNumber({ year: year.value, month: 0 }, 1)
  return { from, to: dayNumber({ year: year.value, month: 11 }, 31), next: year.next, kind: 'period' }
}

// Days of a month

type DayList = { first: number; last: number; next: number }

function dayAt(tokens: readonly Token[], at: number): { value: number; next: number } | undefined {
  const read = numberAt(tokens, at)
  return read && read.value >= 1 && read.value <= 31 && (tokens[at]?.written.length ?? 0) <= 12
    ? read
    : undefined
}

/** '12', '12-14', '12 s/d 14', '12 dan 13', '12, 13 dan 14'. */
function dayListAt(tokens: readonly Token[], at: number): DayList | undefined {
  const first = dayAt(tokens, at)
  if (!first) return undefined
  let { value: last, next } = first
  for (let join = joinAt(tokens, next); join; join = joinAt(tokens, next)) {
    const following = dayAt(tokens, wordAt(tokens, join.next) === 'tanggal' ? join.next + 1 : join.next)
    if (!following || following.value <= last || (!join.stretch && following.value !== last + 1)) break
    last = following.value
    next = following.next
  }
  return { first: first.value, last, next }
}

type Join = { next: number; stretch: boolean }

/** What joins two days: a stretch ('-', 's/d', 'sampai', 'hingga') or a list (',', 'dan', '&'). */
function joinAt(tokens: readonly Token[], at: number): Join | undefined {
  const token = tokens[at]
  if (!token) return undefined
  if (/^\s*[-–—]\s*$/.test(token.gap)) return { next: at, stretch: true }
  if (/^\s*[,&/+]\s*$/.test(token.gap)) {
    return token.word === 'dan' ? { next: at + 1, stretch: false } : { next: at, stretch: false }
  }
  if (token.written === 's' && tokens[at + 1]?.written === 'd') return { next: at + 2, stretch: true }
  if (/^(sampai|hingga)$/.test(token.word) || /^(sd|to|until)$/.test(token.written)) {
    return { next: wordAt(tokens, at + 1) === 'dengan' ? at + 2 : at + 1, stretch: true }
  }
  return token.word === 'dan' ? { next: at + 1, stretch: false } : undefined
}

/** '12 Des', 'tgl 12-14 Desember 2026', 'tgl 12', 'tanggal 12 bulan depan'. */
function readDayOfMonth(tokens: readonly Token[], at: number, today: number): Span | undefined {
  const marked = wordAt(tokens, at) === 'tanggal'
  const start = marked ? at + 1 : at
  const numeric = readNumericDate(tokens, start, today, marked)
  if (numeric) return numeric
  const days = isNumberOfWave(tokens, start) ? undefined : dayListAt(tokens, start)
  if (!days) return undefined
  const month = monthAt(tokens, days.next, today)
  if (month && !/[.!?\n]/.test(tokens[days.next]?.gap ?? '')) {
    const span = daysInMonth(days, month, today, month.next)
    if (span) return span
  }
  return marked ? comingDays(days, today) : undefined
}

/** The 3 of 'gelombang 3 Desember' is no day. */
function isNumberOfWave(tokens: readonly Token[], at: number): boolean {
  const before = wordAt(tokens, at - 1) === 'ke' ? at - 2 : at - 1
  return /^(gelombang|angkatan|batch|tahap|g)$/.test(wordAt(tokens, before))
}

function daysInMonth(days: DayList, read: MonthRead, today: number, next: number): Span | undefined {
  const years = read.stated ? 0 : 8
  for (let later = 0; later <= years; later++) {
    const month = { year: read.month.year + later, month: read.month.month }
    const span = daysOf(days, month, next)
    if (span && (read.stated || span.to >= today)) return span
  }
  return undefined
}

function daysOf(days: DayList, month: Month, next: number): Span | undefined {
  const from = dayNumber(month, days.first)
  const to = dayNumber(month, days.last)
  return to <= lastDay(month) ? { from, to, next, kind: 'day' } : undefined
}

/** Days without a month: the next time they come, today included. */
function comingDays(days: DayList, today: number): Span | undefined {
  for (let later = 0; later <= 12; later++) {
    const span = daysOf(days, shifted(monthOf(today), later), days.next)
    if (span && span.to >= today) return span
  }
  return undefined
}

/** '12/12/26', '12-12-2026', '2026-12-12', '12/12'; with 'tgl' before it also '1/2' and '12.12'. */
function readNumericDate(
  tokens: readonly Token[],
  at: number,
  today: number,
  marked: boolean,
): Span | undefined {
  const parts = [tokens[at], tokens[at + 1], tokens[at + 2]]
  const [a, b, c] = parts.map((token) => token?.written ?? '')
  const sign = signBetween(parts[1])
  if (!a || !b || !sign || !/^\d+$/.test(a) || !/^\d{1,2}$/.test(b)) return undefined
  const third = c && signBetween(parts[2]) === sign && /^\d+$/.test(c) ? c : undefined
  if (third && /^\d{4}$/.test(a)) return fullDate(Number(a), Number(b), Number(third), at + 3)
  if (third && /^(20)?\d\d$/.test(third))
    return fullDate(2000 + (Number(third) % 100), Number(b), Number(a), at + 3)
  if (third || (/^[./-]$/.test(parts[2]?.gap ?? '') && /^\d/.test(c ?? ''))) return undefined
  const plain = sign === '/' && (a + b).length > 2
  if (!(plain || (marked && sign !== '-')) || Number(b) > 12 || Number(b) < 1 || a.length > 2)
    return undefined
  const days = { first: Number(a), last: Number(a), next: at + 2 }
  const read = monthWithYear(tokens, at + 2, Number(b) - 1, today)
  return days.first >= 1 ? daysInMonth(days, read, today, read.next) : undefined
}

function signBetween(token: Token | undefined): string | undefined {
  return /^\s?([/.-])\s?$/.exec(token?.gap ?? '')?.[1]
}

function fullDate(year: number, month: number, day: number, next: number): Span | undefined {
  if (month < 1 || month > 12 || day < 1 || year < 2000 || year > 2100) return undefined
  return daysOf({ first: day, last: day, next }, { year, month: month - 1 }, next)
}

const readers: readonly Reader[] = [
  readWeekend,
  readPartOfMonth,
  readWeekOfMonth,
  readWeek,
  readRelativeDay,
  readWeekday,
  readCountedDays,
  readDayOfMonth,
  readMonth,
  readYear,
]

// Stretches over two dates

/** 'Sabtu, 12 Desember' is one day; 'Senin sampai Rabu', '30 Nov - 2 Des', 'Sabtu dan Minggu' are one stretch. */
function stretched(tokens: readonly Token[], first: Span, today: number): Span {
  const same = sameDayAgain(tokens, first, today)
  if (same) return same
  const join = joinAt(tokens, first.next)
  const second = join && dateAt(tokens, join.next, first.kind === 'weekday' ? first.from : today)
  if (!join || !second || second.kind === 'period' || second.from <= first.to) return first
  return join.stretch || second.from === first.to + 1 ? { ...second, from: first.from } : first
}

function sameDayAgain(tokens: readonly Token[], first: Span, today: number): Span | undefined {
  const gap = tokens[first.next]?.gap
  if (gap === undefined || !/^[\s,(/]+$/.test(gap) || first.kind === 'period') return undefined
  const second =
    first.kind === 'weekday'
      ? readDayOfMonth(tokens, first.next, today)
      : readWeekday(tokens, first.next, today)
  if (!second) return undefined
  const day = first.kind === 'weekday' ? second : first
  const join = first.kind === 'day' ? joinAt(tokens, second.next) : undefined
  const untilWeekday = join && readWeekday(tokens, join.next, today)
  return { ...day, next: untilWeekday?.next ?? second.next }
}
