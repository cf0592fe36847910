import { type Database, type Tx, transaction } from './database/client.ts'
import type { Session } from './database/generated/client.ts'
import { advisoryLocks } from './database/locks.ts'
import { samplePrefix } from './phone.ts'
import { sampleAttendance } from './sample/attendance.ts'
import { sampleCooperatives } from './sample/officers.ts'
import { type SampleWave, sampleVenues, sampleWaves } from './sample/programme.ts'
import { type StoredOfficer, sampleRegistrations } from './sample/registrations.ts'
import { inWib } from './time.ts'

export { firstSampleOfficer, sampleOfficer, sampleOfficers } from './sample/choose.ts'

/** The row of `fact` that says that the sample was loaded once; it stays when the sample goes. */
export const sampleFact = 'sample'

/** There is a programme or a roster already: the sample would mix with it. */
export class SampleRefused extends Error {}

/**
 * Writes the sample programme: Batam's 64 cooperatives with made-up officers, and four waves around `now`, so
 * that a fresh installation has something to talk about.
 * @param also is done in the same transaction
 * @throws SampleRefused when there is any wave or cooperative
 */
export async function loadSample(
  db: Database,
  now: Date,
  also: (tx: Tx) => Promise<void> = async () => {},
): Promise<void> {
  await transaction(db, async (tx) => {
    await oneAtATime(tx)
    if (await hasData(tx)) throw new SampleRefused('there is a programme or a roster already')
    await storeSample(tx, now)
    await also(tx)
  })
}

/** The same for a new database: nothing when the sample was there once, or there are any data. */
export async function loadSampleOnce(db: Database, now: Date): Promise<void> {
  await transaction(db, async (tx) => {
    await oneAtATime(tx)
    const once = await tx.fact.count({ where: { name: sampleFact } })
    if (once === 0 && !(await hasData(tx))) await storeSample(tx, now)
  })
}

/** Several processes may start on a new database at once. */
async function oneAtATime(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${advisoryLocks.sample})`
}

async function hasData(tx: Tx): Promise<boolean> {
  return (await tx.wave.count()) > 0 || (await tx.cooperative.count()) > 0
}

async function storeSample(tx: Tx, now: Date): Promise<void> {
  const officers = await storeOfficers(tx, now)
  const waves = sampleWaves(now)
  const registrations = sampleRegistrations(waves, officers, now)
  const seatsOf = (code: string) => registrations.filter(({ trainingCode }) => trainingCode === code).length
  const sessions = await storeProgramme(tx, waves, seatsOf)
  const stored = await tx.registration.createManyAndReturn({ data: registrations })
  await tx.attendance.createMany({ data: sampleAttendance(stored, sessions, now) })
  const value = { loadedAt: now.toISOString() }
  await tx.fact.upsert({
    where: { name: sampleFact },
    create: { name: sampleFact, value },
    update: { value },
  })
}

async function storeOfficers(tx: Tx, now: Date): Promise<StoredOfficer[]> {
  const plan = sampleCooperatives()
  const cooperatives = await tx.cooperative.createManyAndReturn({
    data: plan.map(({ areaCode, name }) => ({ areaCode, name, sample: true })),
  })
  const cooperativeIds = new Map(cooperatives.map(({ areaCode, id }) => [areaCode, id]))
  const officers = plan.flatMap(({ areaCode, officers }) => officers.map((each) => ({ ...each, areaCode })))
  const persons = await tx.person.createManyAndReturn({
    data: officers.map(({ name }) => ({ name, sample: true })),
  })
  // No name comes twice in the sample, so it leads back to its row.
  const personIds = new Map(persons.map(({ name, id }) => [name, id]))
  const stored = officers.map(({ name, role, title, areaCode, phones }) => ({
    personId: known(personIds, name),
    cooperativeId: known(cooperativeIds, areaCode),
    ...{ role, title, areaCode, phones },
  }))
  await tx.personPhone.createMany({
    data: stored.flatMap(({ personId, phones }) => phones.map((phone) => ({ personId, phone }))),
  })
  const from = inWib(now).minus({ months: 8 }).startOf('day').toJSDate()
  const positions = await tx.position.createManyAndReturn({
    data: stored.map(({ personId, cooperativeId, role, title }) => ({
      personId,
      cooperativeId,
      role,
      title,
      from,
    })),
  })
  const positionIds = new Map(positions.map(({ personId, id }) => [personId, id]))
  return stored.map(({ phones: _, ...officer }) => ({
    ...officer,
    positionId: known(positionIds, officer.personId),
  }))
}

function known<Key>(ids: Map<Key, number>, key: Key): number {
  const id = ids.get(key)
  if (id === undefined) throw new Error(`no row for ${String(key)}`)
  return id
}

async function storeProgramme(
  tx: Tx,
  waves: SampleWave[],
  taken: (code: string) => number,
): Promise<Session[]> {
  const trainings = waves.flatMap((wave) => wave.trainings)
  await tx.venue.createMany({ data: sampleVenues.map((venue) => ({ ...venue, sample: true })) })
  await tx.wave.createMany({ data: waves.map(({ trainings: _, ...wave }) => ({ ...wave, sample: true })) })
  await tx.training.createMany({
    data: trainings.map(({ sessions: _, seated: __, ...training }) => ({
      ...training,
      taken: taken(training.code),
      sample: true,
    })),
  })
  return await tx.session.createManyAndReturn({
    data: trainings.flatMap(({ code, sessions }) =>
      sessions.map((session) => ({ ...session, trainingCode: code })),
    ),
  })
}

/** Whether anything of the sample is there. */
export async function hasSample(tx: Tx): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ found: boolean }[]>`
    SELECT EXISTS (SELECT FROM wave WHERE sample) OR EXISTS (SELECT FROM training WHERE sample)
      OR EXISTS (SELECT FROM venue WHERE sample) OR EXISTS (SELECT FROM cooperative WHERE sample)
      OR EXISTS (SELECT FROM person WHERE sample) AS found`
  return row?.found ?? false
}

/**
 * Deletes the sample, with the conversations held in its persons' names. What somebody real hangs on (a
 * cooperative with a real officer, a wave or place of a real training) stays and stops being sample. Returns
 * whether there was any.
 */
export async function removeSample(tx: Tx): Promise<boolean> {
  if (!(await hasSample(tx))) return false
  const numbers = `${samplePrefix}%`
  await tx.$executeRaw`
    DELETE FROM contact
    WHERE phone LIKE ${numbers} OR (channel IN ('simulator', 'terminal') AND chat LIKE ${numbers})`
  await tx.$executeRaw`
    DELETE FROM registration r USING training t, person p
    WHERE t.code = r.training_code AND p.id = r.person_id AND (t.sample OR p.sample)`
  await tx.training.deleteMany({ where: { sample: true } })
  await tx.personPhone.deleteMany({ where: { person: { sample: true } } })
  await tx.person.deleteMany({ where: { sample: true } })
  for (const table of [tx.wave, tx.venue] as const) {
    const rows = table as typeof tx.wave
    await rows.deleteMany({ where: { sample: true, trainings: { none: {} } } })
    await rows.updateMany({ where: { sample: true }, data: { sample: false } })
  }
  await tx.cooperative.deleteMany({
    where: { sample: true, positions: { none: {} }, registrations: { none: {} } },
  })
  await tx.cooperative.updateMany({ where: { sample: true }, data: { sample: false } })
  return true
}
