import { type Database, transaction } from '../../src/database/client.ts'
import type { Registration, Session } from '../../src/database/generated/client.ts'
import { trainingByCode } from '../../src/programme/trainings.ts'
import { completeTraining } from '../../src/registration/completion.ts'
import { createRegistration } from '../../src/registration/register.ts'
import { hour, later, parseInstant } from '../../src/time.ts'
import { type MadeOfficer, makeOfficers, makeProgramme } from '../programme.ts'

export const rules = { reminderOffsets: ['P1D'], quietHours: null }
/** When the first session of each class begins; the others follow day by day, at the same hours. */
export const starts = parseInstant('2026-12-07T08:00') as Date
export const day = 24 * hour

/** A class with so many sessions of four hours, one a day, and officers who have a seat in it. */
export async function makeClass(
  db: Database,
  given: { sessions: number; officers: number; code?: string },
): Promise<{ code: string; sessions: Session[]; registrations: Registration[]; officers: MadeOfficer[] }> {
  const { code } = await makeProgramme(db, {
    ...{ now: later(starts, -20 * day), startsIn: 20 * day, capacity: given.officers + 5 },
    ...(given.code ? { code: given.code } : {}),
  })
  for (let index = 1; index < given.sessions; index++) {
    const from = later(starts, index * day)
    await db.session.create({
      data: {
        trainingCode: code,
        key: String(index + 1),
        title: `Materi ${index + 1}`,
        starts: from,
        ends: later(from, 4 * hour),
      },
    })
  }
  const officers = await makeOfficers(db, given.officers, { consented: true })
  const registrations: Registration[] = []
  for (const officer of officers) registrations.push(await giveSeat(db, officer, code))
  const sessions = await db.session.findMany({ where: { trainingCode: code }, orderBy: { starts: 'asc' } })
  return { code, sessions, registrations, officers }
}

/** A registration as staff or the officer would have got it, or another one that has no seat. */
export async function giveSeat(
  db: Database,
  { personId, positionId }: MadeOfficer,
  code: string,
  state: 'confirmed' | 'waitlisted' | 'pending' = 'confirmed',
): Promise<Registration> {
  return await transaction(db, async (tx) => {
    const position = await tx.position.findUniqueOrThrow({
      where: { id: positionId },
      include: { cooperative: true },
    })
    const training = await trainingByCode(tx, code)
    if (!training) throw new Error(`no class ${code}`)
    const more = state === 'waitlisted' ? { waitingNumber: 1 } : {}
    return await createRegistration(
      tx,
      { personId, position },
      training,
      state,
      later(starts, -10 * day),
      more,
    )
  })
}

export async function complete(db: Database, code: string, now: Date): Promise<number> {
  return await transaction(db, (tx) => completeTraining(tx, code, now))
}

/** The n-th item, which must be there. */
export function at<Item>(items: Item[], index: number): Item {
  const item = items[index]
  if (item === undefined) throw new Error(`there are only ${items.length}`)
  return item
}
