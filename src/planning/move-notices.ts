import type { QuietHours } from '../config.ts'
import { contactToTell } from '../contacts/contacts.ts'
import type { Tx } from '../database/client.ts'
import { enqueueNotice } from '../delivery/outbox.ts'
import { line, type Part, say } from '../texts.ts'

/** A session that starts at another time than before. */
export type Move = {
  /** Training and session, such as `G3-A/1`. */
  id: string
  code: string
  title: string
  from: Date
  starts: Date
  ends: Date
  /** Those with an active registration in its training. */
  persons: { id: number; name: string }[]
}

/** A correction of what is over both before and after concerns nobody. */
const isAhead = ({ from, starts }: Move, now: Date): boolean => from > now || starts > now

/** Who can be told of these moves: ids of persons, each with that of the contact that reaches them. */
export async function canBeTold(tx: Tx, moves: Move[], now: Date): Promise<Map<number, number>> {
  const persons = moves
    .filter((move) => isAhead(move, now))
    .flatMap((move) => move.persons.map(({ id }) => id))
  const contacts = new Map<number, number>()
  for (const personId of new Set(persons)) {
    const contact = await contactToTell(tx, personId, true)
    if (contact) contacts.set(personId, contact.id)
  }
  return contacts
}

/**
 * Tells everybody of the moved sessions: one notice a training and contact, which names all persons of that
 * contact. Returns how many persons were told.
 */
export async function tellMoves(tx: Tx, all: Move[], now: Date, quiet: QuietHours): Promise<number> {
  const moves = all.filter((move) => isAhead(move, now))
  const contacts = await canBeTold(tx, moves, now)
  const told = new Set<number>()
  for (const code of [...new Set(moves.map((move) => move.code))].sort()) {
    const ofTraining = moves.filter((move) => move.code === code)
    const meeting = firstMeeting(ofTraining, now)
    for (const persons of byContact(ofTraining[0]?.persons ?? [], contacts)) {
      const notice = {
        personId: persons[0]?.id ?? 0,
        content: {
          parts: await noticeParts(tx, code, ofTraining, persons.map(({ name }) => name).join(', ')),
        },
        dedupeKey: `session-moved/${code}/${now.toISOString()}`,
        ...(meeting ? { meeting } : {}),
      }
      await enqueueNotice(tx, notice, now, quiet)
      for (const { id } of persons) told.add(id)
    }
  }
  return told.size
}

type Person = Move['persons'][number]

/** Persons that can be reached, in groups of those who share a contact. */
function byContact(persons: Person[], contacts: Map<number, number>): Person[][] {
  const groups = new Map<number, Person[]>()
  for (const person of persons) {
    const contact = contacts.get(person.id)
    if (contact === undefined) continue
    const group = groups.get(contact)
    if (group) group.push(person)
    else groups.set(contact, [person])
  }
  return [...groups.values()]
}

/** The nearest meeting that somebody might miss: the one they know of, or the new one. */
function firstMeeting(moves: Move[], now: Date): Date | undefined {
  const coming = moves.flatMap(({ from, starts }) => [from, starts]).filter((instant) => instant > now)
  return coming.sort((a, b) => a.getTime() - b.getTime())[0]
}

async function noticeParts(tx: Tx, code: string, moves: Move[], name: string): Promise<Part[]> {
  const training = await tx.training.findUniqueOrThrow({ where: { code }, include: { venue: true } })
  return [
    say('notice-session-moved', { name, training: training.title, code }),
    ...moves.map(({ title, from, starts, ends }) =>
      line('notice-session-moved-line', {
        session: title,
        from: from.toISOString(),
        starts: starts.toISOString(),
        ends: ends.toISOString(),
      }),
    ),
    line('notice-session-moved-place', { venue: training.venue.name, address: training.venue.address }),
    say('notice-session-moved-stays'),
  ]
}
