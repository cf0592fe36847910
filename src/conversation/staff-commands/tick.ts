import type { Session } from '../../database/generated/client.ts'
import { lockPersons, lockTrainings } from '../../database/locks.ts'
import { fitsName, nameWords, sameName } from '../../people/names.ts'
import { type Seated, seatList, tickAll, untick } from '../../registration/attendance.ts'
import { audit } from '../../staff/audit.ts'
import { staffActor } from '../../staff/members.ts'
import type { StaffTurn } from './command.ts'

/** More names in one message are rather a list on paper. */
const mostNames = 60

/** Words of a message that name one person each: "sari, 12, REG-8F3K2". */
export function namesIn(words: string): string[] {
  return words
    .split(/[,;\n]+|\s+dan\s+/i)
    .map((each) => each.trim())
    .filter(Boolean)
    .slice(0, mostNames)
}

/** Whom a name means: one, several, or nobody of the class. */
export type Meant = { name: string; found: Seated[] }

/** Whom a word means among those of a class: a number of its list, of a registration, or a name with typing errors. */
export function meantBy(name: string, seated: Seated[]): Meant {
  const [, place] = /^(?:no\.?\s*)?(\d{1,4})$/i.exec(name) ?? []
  const byPlace = place ? seated[Number(place) - 1] : undefined
  if (byPlace) return { name, found: [byPlace] }
  const letters = name.toUpperCase().replace(/[^A-Z0-9]/g, '')
  const byNumber = seated.filter(({ number }) => [number.replace('-', ''), number.slice(4)].includes(letters))
  if (byNumber.length > 0) return { name, found: byNumber }
  const words = nameWords(name)
  const same = seated.filter((each) => sameName(words, nameWords(each.name)))
  if (same.length > 0) return { name, found: same }
  return { name, found: seated.filter((each) => fitsName(words, nameWords(each.name))) }
}

export type Ticked = {
  /** Those whose presence is noted now, or taken back. */
  changed: Seated[]
  /** Those who stood so before. */
  before: Seated[]
}

/** Notes that these were at a session, or takes it back, with its audit; takes the locks of persons and training. */
export async function setPresent(
  { tx, now, staff }: StaffTurn,
  session: Pick<Session, 'id' | 'trainingCode' | 'key'>,
  registrationIds: number[],
  present: boolean,
): Promise<Ticked> {
  const persons = (await seatList(tx, session)).filter((each) =>
    registrationIds.includes(each.registrationId),
  )
  await lockPersons(
    tx,
    persons.map(({ personId }) => personId),
  )
  await lockTrainings(tx, [session.trainingCode])
  // A seat may have gone, or been noted, until the locks were had.
  const seated = (await seatList(tx, session)).filter((each) => registrationIds.includes(each.registrationId))
  const changed = seated.filter(({ at }) => (at !== null) !== present)
  const presences = changed.map(({ registrationId }) => ({ registrationId, sessionId: session.id }))
  if (present) await tickAll(tx, presences, 'staff', now)
  else for (const presence of presences) await untick(tx, presence)
  for (const { personId } of changed)
    await audit(
      tx,
      staffActor(staff),
      {
        ...{ action: present ? 'attendance.tick' : 'attendance.untick', personId },
        subject: `${session.trainingCode}/${session.key}`,
      },
      now,
    )
  return { changed, before: seated.filter((each) => !changed.includes(each)) }
}
