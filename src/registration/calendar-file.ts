import type { QuietHours } from '../config.ts'
import type { Tx } from '../database/client.ts'
import type { Registration, Session } from '../database/generated/client.ts'
import { enqueueNotice } from '../delivery/outbox.ts'
import type { FullTraining } from '../programme/trainings.ts'
import { say } from '../texts.ts'
import { second } from '../time.ts'

type Event = Pick<Session, 'key' | 'title' | 'starts' | 'ends' | 'speaker' | 'cancelledAt'>
type Class = Pick<FullTraining, 'code' | 'title' | 'venue' | 'requirements'>

/**
 * Stores a file by which a phone's calendar has the sessions of a training that are not over.
 * @returns the stored file's id; undefined when there is no such session
 */
export async function storeCalendar(tx: Tx, training: FullTraining, now: Date): Promise<number | undefined> {
  return await store(
    tx,
    training,
    training.sessions.filter(({ ends }) => ends > now),
    now,
  )
}

/**
 * The same after some of them were moved or cancelled, with these: a calendar that has them changes or drops them.
 * @returns the stored file's id, and whether all that it holds is cancelled
 */
export async function storeChangedCalendar(
  tx: Tx,
  training: FullTraining,
  changedIds: number[],
  now: Date,
): Promise<{ file: number; cancels: boolean } | undefined> {
  const sessions = await tx.session.findMany({
    where: {
      trainingCode: training.code,
      OR: [{ id: { in: changedIds } }, { cancelledAt: null, ends: { gt: now } }],
    },
    orderBy: [{ starts: 'asc' }, { id: 'asc' }],
  })
  const file = await store(tx, training, sessions, now)
  return file === undefined ? undefined : { file, cancels: areCancelled(sessions) }
}

/** Sends the calendar after the notice by which somebody hears that a seat is theirs. */
export async function enqueueCalendar(
  tx: Tx,
  { id, personId }: Registration,
  training: FullTraining,
  quiet: QuietHours,
  now: Date,
): Promise<void> {
  const file = await storeCalendar(tx, training, now)
  if (file === undefined) return
  const content = { parts: [say('calendar-file', { code: training.code })], file, silent: true as const }
  const first = training.sessions[0]
  const notice = { personId, content, dedupeKey: `calendar/${training.code}/${id}` }
  await enqueueNotice(tx, { ...notice, ...(first ? { meeting: first.starts } : {}) }, now, quiet)
}

async function store(tx: Tx, training: Class, events: Event[], now: Date): Promise<number | undefined> {
  if (events.length === 0) return undefined
  const { id } = await tx.storedFile.create({
    data: {
      name: `bimtek-${training.code}.ics`,
      type: 'text/calendar; charset=utf-8',
      content: Buffer.from(calendarText(training, events, now), 'utf8'),
      createdAt: now,
    },
    select: { id: true },
  })
  return id
}

function areCancelled(events: Event[]): boolean {
  return events.every(({ cancelledAt }) => cancelledAt !== null)
}

/** Changes are numbered by the seconds since then. */
const beginning = Date.UTC(2025, 0, 1)

/**
 * Sessions as iCalendar, of facts of the database only. A session keeps its UID for good, and what is written later has
 * a higher SEQUENCE; times are in UTC. There is no alarm in it: reminders are ours.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5545
 */
export function calendarText(training: Class, events: Event[], now: Date): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Bimtek Koperasi Kepri//Bimtek//ID',
    'CALSCALE:GREGORIAN',
    `METHOD:${areCancelled(events) ? 'CANCEL' : 'PUBLISH'}`,
    ...events.flatMap((event) => eventLines(training, event, now)),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

function eventLines({ code, title, venue, requirements }: Class, event: Event, now: Date): string[] {
  const description = [code, event.speaker, venue.directions, requirements].filter((part) => part !== '')
  return [
    'BEGIN:VEVENT',
    `UID:${code}/${escaped(event.key)}@bimtek-koperasi-kepri`,
    `DTSTAMP:${utc(now)}`,
    `SEQUENCE:${Math.max(0, Math.floor((now.getTime() - beginning) / second))}`,
    `DTSTART:${utc(event.starts)}`,
    `DTEND:${utc(event.ends)}`,
    `SUMMARY:${escaped(event.title === '' ? title : `${title}: ${event.title}`)}`,
    `LOCATION:${escaped([venue.name, venue.address].filter((part) => part !== '').join(', '))}`,
    `GEO:${venue.lat};${venue.lon}`,
    `DESCRIPTION:${escaped(description.join('\n'))}`,
    `STATUS:${event.cancelledAt === null ? 'CONFIRMED' : 'CANCELLED'}`,
    'END:VEVENT',
  ]
}

/** 20261212T010000Z */
function utc(instant: Date): string {
  return instant.toISOString().replace(/[-:]|\.\d{3}/g, '')
}

/** A value of type TEXT: https://www.rfc-editor.org/rfc/rfc5545#section-3.3.11 */
function escaped(text: string): string {
  return text
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n|\r|\n/g, '\\n')
    .replace(/\p{Cc}/gu, ' ')
}

const longestLine = 75

/** In lines of at most 75 octets, cut between characters: https://www.rfc-editor.org/rfc/rfc5545#section-3.1 */
function folded(line: string): string {
  const done: string[] = []
  let rest = ''
  for (const character of line) {
    // what follows the first begins with a blank
    const room = done.length === 0 ? longestLine : longestLine - 1
    if (Buffer.byteLength(rest + character) > room) {
      done.push(rest)
      rest = ''
    }
    rest += character
  }
  return [...done, rest].join('\r\n ')
}
