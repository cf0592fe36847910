import { Prisma, type Tx } from '../database/client.ts'
import { enqueueAll, keyBegins, type NewOutgoing } from '../delivery/outbox.ts'
import type { FullTraining } from '../programme/trainings.ts'
import { storeChangedCalendar } from '../registration/calendar-file.ts'
import { say } from '../texts.ts'
import type { Reached } from './concerned.ts'

/** Those of one contact who are told of a change, of which meeting, and when. */
type Told = { persons: [Reached, ...Reached[]]; meeting: string | null; dueAt: Date }

/**
 * Sends the calendar of a class that has changed after the notices of it, each as a message of its own so that no word
 * waits for a file. Only who has a seat gets it: others have none of its sessions in their calendar.
 * @param changed ids of the sessions that were moved or cancelled
 */
export async function sendChangedCalendar(
  tx: Tx,
  training: FullTraining,
  changed: number[],
  told: Told[],
  now: Date,
): Promise<void> {
  const withSeat = told.flatMap(({ persons, ...when }) => {
    const those = persons.filter(({ state }) => state === 'confirmed')
    return those.length > 0 ? [{ persons: those, contact: persons[0].contact, ...when }] : []
  })
  if (withSeat.length === 0) return
  const stored = await storeChangedCalendar(tx, training, changed, now)
  if (!stored) return
  const { file, cancels } = stored
  const key = cancels ? 'calendar-file-cancelled' : 'calendar-file-changed'
  await enqueueAll(
    tx,
    withSeat.map(
      ({ persons, contact, meeting, dueAt }): NewOutgoing => ({
        ...{ contact, kind: 'notice', dueAt, createdAt: now },
        personIds: persons.map(({ personId }) => personId),
        content: { meeting, parts: [say(key, { code: training.code })], file, silent: true },
        dedupeKey: `calendar/${training.code}/${changed.join('+')}/${now.toISOString()}/${contact.id}`,
      }),
    ),
  )
}

/** Takes back calendars of a class that nobody has tried to send yet: they are out of date. */
export async function takeBackCalendars(tx: Tx, code: string, contacts: number[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE outgoing_message o SET state = 'cancelled'
    WHERE ${keyBegins('calendar', Prisma.sql`${code}`)}
      AND o.contact_id = ANY(${contacts}) AND o.state = 'queued' AND o.attempts = 0`
}
