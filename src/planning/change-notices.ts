import type { QuietHours } from '../config.ts'
import type { Tx } from '../database/client.ts'
import type { Choice } from '../delivery/content.ts'
import { enqueueAll, type NewOutgoing, noticeDue } from '../delivery/outbox.ts'
import { type FullTraining, isCalledOff, trainingByCode } from '../programme/trainings.ts'
import { line, type Part, say } from '../texts.ts'
import { sendChangedCalendar, takeBackCalendars } from './change-calendar.ts'
import { type Concerned, isReached, type Reached } from './concerned.ts'

/** A session that is moved, cancelled, or held after all. */
export type SessionChange = {
  /** Training and session, such as `G3-A/1`. */
  id: string
  sessionId: number
  code: string
  title: string
  /** When it was to begin; undefined if it was cancelled before. */
  from: Date | undefined
  /** When it is held now; undefined if it is cancelled now. */
  to: { starts: Date; ends: Date } | undefined
}

/** A change of what is over both before and after concerns nobody. */
export function concernsAnybody({ from, to }: SessionChange, now: Date): boolean {
  return (from !== undefined && from > now) || (to !== undefined && to.starts > now)
}

/** The nearest meeting that somebody might miss: the one they know of, or the new one. */
function nearestMeeting(changes: SessionChange[], now: Date): Date | undefined {
  const known = changes.flatMap(({ from, to }) => [...(from ? [from] : []), ...(to ? [to.starts] : [])])
  const coming = known.filter((instant) => instant > now)
  // One that has begun and is called off is the nearest there is.
  return (coming.length > 0 ? coming : known).sort((a, b) => a.getTime() - b.getTime())[0]
}

/** When notices of these changes go out. */
export function changeNoticeDue(changes: SessionChange[], now: Date, quiet: QuietHours): Date {
  return noticeDue(nearestMeeting(changes, now), now, quiet)
}

/**
 * Tells everybody concerned of changes that are written already: one notice a training and contact, which names
 * all persons of that contact. What still waits to tell the same persons of the same sessions is taken back, and the
 * new notice says what changes for who has read none of it: nothing, if it is as it was.
 * @param concerned of each training that changes, from before the change
 * @param reason staff's own words, shown as they are
 * @returns how many messages were written
 */
export async function tellChanges(
  tx: Tx,
  changes: SessionChange[],
  concerned: Map<string, Concerned[]>,
  { reason, now, quiet }: { reason?: string | undefined; now: Date; quiet: QuietHours },
): Promise<number> {
  let written = 0
  for (const code of [...new Set(changes.map((change) => change.code))].sort()) {
    const training = await trainingByCode(tx, code)
    if (!training) throw new Error(`no training ${code}`)
    const ofTraining = changes.filter((change) => change.code === code)
    written += await tellTraining(tx, training, ofTraining, concerned.get(code) ?? [], { reason, now, quiet })
  }
  return written
}

type Telling = { reason: string | undefined; now: Date; quiet: QuietHours }

async function tellTraining(
  tx: Tx,
  training: FullTraining,
  changes: SessionChange[],
  concerned: Concerned[],
  { reason, now, quiet }: Telling,
): Promise<number> {
  const groups = byContact(concerned)
  const known = await takeBackWaiting(tx, changes, groups)
  await takeBackCalendars(
    tx,
    training.code,
    groups.map(([{ contact }]) => contact.id),
  )
  const told = groups.flatMap((persons): Told[] => {
    const own = sinceKnown(changes, known.get(persons[0].contact.id))
    if (own.length === 0) return []
    const meeting = nearestMeeting(own, now)?.toISOString() ?? null
    return [{ persons, changes: own, meeting, dueAt: changeNoticeDue(own, now, quiet) }]
  })
  // Two changes in the same millisecond are two events.
  const what = `${changes[0]?.sessionId}@${changes[0]?.to?.starts.toISOString() ?? 'cancelled'}`
  const written = await enqueueAll(
    tx,
    told.map((each) => ({
      ...noticeOf(training, each, { reason, now }),
      dedupeKey: `session-changed/${training.code}/${what}/${now.toISOString()}/${each.persons[0].contact.id}`,
    })),
  )
  const ids = changes.map(({ sessionId }) => sessionId)
  await sendChangedCalendar(tx, training, ids, told, now)
  return written.length
}

/** Those of one contact, what changes for them, the nearest meeting of it, and when they are told. */
type Told = {
  persons: [Reached, ...Reached[]]
  changes: SessionChange[]
  meeting: string | null
  dueAt: Date
}

function noticeOf(
  training: FullTraining,
  { persons, changes, meeting, dueAt }: Told,
  { reason, now }: { reason: string | undefined; now: Date },
): NewOutgoing {
  const ids = persons.map(({ personId }) => personId)
  const from = Object.fromEntries(
    changes.map((change) => [change.sessionId, change.from?.toISOString() ?? null]),
  )
  return {
    ...{ contact: persons[0].contact, kind: 'notice', dueAt, personIds: ids, createdAt: now },
    content: {
      meeting,
      parts: noticeParts(training, changes, persons, { reason, now }),
      choices: noticeChoices(training),
      change: {
        sessions: changes.map(({ sessionId }) => sessionId),
        ...{ persons: ids, at: now.toISOString(), from },
      },
    },
  }
}

/** When each session was to begin by what somebody knows, by its id; null if it was cancelled. */
type Known = Record<string, string | null>

/**
 * Takes back notices that nobody has tried to send yet and that tell nothing but what the new ones do, to the same
 * persons. Returns what those knew before, by contact.
 */
async function takeBackWaiting(
  tx: Tx,
  changes: SessionChange[],
  groups: [Reached, ...Reached[]][],
): Promise<Map<number, Known>> {
  const told = groups.map(([first, ...rest]) => ({
    contact: first.contact.id,
    persons: [first, ...rest].map(({ personId }) => personId),
  }))
  const rows = await tx.$queryRaw<{ contactId: number; from: Known }[]>`
    WITH waiting AS (
      SELECT o.id FROM outgoing_message o
        JOIN jsonb_to_recordset(${JSON.stringify(told)}::jsonb) AS told (contact int, persons jsonb)
          ON told.contact = o.contact_id AND told.persons <@ (o.content->'change'->'persons')
      WHERE o.state = 'queued' AND o.kind = 'notice' AND o.attempts = 0 AND o.content->'change' ? 'from'
        AND o.content->'change'->'sessions' <@ ${JSON.stringify(changes.map(({ sessionId }) => sessionId))}::jsonb
      FOR UPDATE OF o)
    UPDATE outgoing_message o SET state = 'cancelled' FROM waiting
    WHERE o.id = waiting.id AND o.state = 'queued'
    RETURNING o.contact_id AS "contactId", o.content->'change'->'from' AS "from"`
  const known = new Map<number, Known>()
  for (const { contactId, from } of rows) known.set(contactId, { ...known.get(contactId), ...from })
  return known
}

/** The changes as they are for who knows only this; without those by which all is as they know it. */
function sinceKnown(changes: SessionChange[], known: Known = {}): SessionChange[] {
  return changes
    .map((change) => {
      const from = known[change.sessionId]
      return from === undefined ? change : { ...change, from: from === null ? undefined : new Date(from) }
    })
    .filter(({ from, to }) => from?.getTime() !== to?.starts.getTime())
}

/** Persons that can be reached, in groups of those who share a contact. */
function byContact(concerned: Concerned[]): [Reached, ...Reached[]][] {
  const groups = new Map<number, [Reached, ...Reached[]]>()
  for (const person of concerned.filter(isReached)) {
    const group = groups.get(person.contact.id)
    if (group) group.push(person)
    else groups.set(person.contact.id, [person])
  }
  return [...groups.values()]
}

function noticeParts(
  training: FullTraining,
  changes: SessionChange[],
  persons: Reached[],
  { reason, now }: { reason: string | undefined; now: Date },
): Part[] {
  const facts = { name: names(persons), training: training.title, code: training.code }
  const why = reason ? [line('notice-reason', { reason })] : []
  const lines = changes.map(changeLine)
  if (isCalledOff(training))
    return [say('notice-session-cancelled', facts), ...lines, ...why, ...calledOffParts(persons)]
  if (changes.every(({ to }) => !to))
    return [say('notice-session-cancelled', facts), ...lines, ...why, ...restParts(training, now)]
  return [
    ...[say('notice-session-moved', facts), ...lines],
    line('notice-session-moved-place', { venue: training.venue.name, address: training.venue.address }),
    ...[...why, ...staysParts(training, persons)],
  ]
}

const names = (persons: Reached[]): string => persons.map(({ name }) => name).join(', ')

function changeLine({ title, from, to }: SessionChange): Part {
  const before = { session: title, from: from?.toISOString() ?? '' }
  if (!to) return line('notice-session-cancelled-line', before)
  const times = { starts: to.starts.toISOString(), ends: to.ends.toISOString() }
  return from
    ? line('notice-session-moved-line', { ...before, ...times })
    : line('notice-session-held-line', { session: title, ...times })
}

function calledOffParts(persons: Reached[]): Part[] {
  const offered = persons.filter(({ state }) => state === 'offered')
  return [
    say('notice-called-off'),
    ...(offered.length > 0 ? [line('notice-offer-withdrawn', { name: names(offered) })] : []),
    line('notice-called-off-instead'),
  ]
}

/** So many of the other sessions are named. */
const mostNamed = 8

/** What is still held of a class of which a session was cancelled. */
function restParts(training: FullTraining, now: Date): Part[] {
  const ahead = training.sessions.filter(({ starts }) => starts > now).slice(0, mostNamed)
  if (ahead.length === 0) return []
  return [
    say('notice-rest'),
    ...ahead.map(({ title, starts, ends }) =>
      line('notice-rest-line', {
        session: title,
        starts: starts.toISOString(),
        ends: ends.toISOString(),
      }),
    ),
  ]
}

/** What a move leaves as it was: each one's seat, place on the list, or offer. */
function staysParts({ code }: FullTraining, persons: Reached[]): Part[] {
  const those = (state: Reached['state']) => persons.filter((each) => each.state === state)
  const [waiting, pending] = [those('waitlisted'), those('pending')]
  const parts = [
    ...(those('confirmed').length > 0 ? [line('notice-session-moved-stays')] : []),
    ...(pending.length > 0 ? [line('notice-pending-stays', { name: names(pending) })] : []),
    ...(waiting.length > 0 ? [line('notice-waiting-stays', { name: names(waiting) })] : []),
    ...those('offered').map(({ name }) => line('notice-offer-stays', { name, code })),
  ]
  return parts.map((part, index) => ({ ...part, tight: index > 0 }))
}

function noticeChoices(training: FullTraining): Choice[] {
  const read: Choice = { label: say('choice-read'), value: { read: true } }
  if (!isCalledOff(training)) return [read]
  return [
    read,
    { label: say('choice-change'), value: { asks: 'change_session' } },
    { label: say('choice-cancel'), value: { asks: 'cancel_registration', training: training.code } },
  ]
}
