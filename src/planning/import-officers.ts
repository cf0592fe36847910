import { beginThreadsAnew, type Holders, holdersOf } from '../contacts/changed-hands.ts'
import { Prisma, type Tx } from '../database/client.ts'
import { lockImport, lockPersons, lockTrainings } from '../database/locks.ts'
import type { PlannedReminder, ReminderRules } from '../reminders/plan.ts'
import type { BadRow } from './bad-rows.ts'
import { endPositions, type Leaver, leaversAmong } from './leavers.ts'
import {
  type AbsentPosition,
  type OfficerChange,
  type PlannedCooperative,
  type PlannedPerson,
  planCooperative,
  readCooperatives,
} from './plan-officers.ts'
import { takeOutReleased } from './released-numbers.ts'
import type { BadRosterRow, RosterRow } from './roster-file.ts'
import { type Progress, stagedByArea, stageRoster } from './stage-roster.ts'
import { confirmAgreed, pendingOf, waitingPersons, withWaiting } from './waiting-on-roster.ts'

/** So many changes are listed; how many more there are is told. */
const mostChanges = 5_000

/** What an import would do. Counts are rows of the file, but `ended`, which counts offices. */
export type OfficersPlan = {
  rows: number
  new: number
  changed: number
  same: number
  ended: number
  bad: BadRow[]
  /** The rows of `bad` with all their cells, to be written out and mended. */
  badRows: BadRosterRow[]
  /** In the order of the file, the first 5,000. */
  changes: OfficerChange[]
  moreChanges: number
  /** Only with `leavers`. */
  leavers: Leaver[]
  /** Persons stored before whom it changes, to be locked. */
  touched: number[]
}

export type OfficersPlanning = {
  /** Offices that the file does not name any more end, in the cooperatives that it names. */
  leavers: boolean
  progress: Progress
}

/**
 * Compares a roster with the persons and positions stored. It lies in a temporary table of the transaction from then
 * on, and nobody else imports one until that ends.
 */
export async function planOfficersImport(
  tx: Tx,
  roster: AsyncIterable<RosterRow | BadRosterRow>,
  { leavers = false, progress = () => {} }: Partial<OfficersPlanning> = {},
): Promise<OfficersPlan> {
  const { count, bad } = await stageRoster(tx, roster, progress)
  await lockImport(tx, 'officers')
  bad.push(...(await takeOutReleased(tx)))
  const plan: OfficersPlan = {
    ...{
      rows: count,
      new: 0,
      changed: 0,
      same: 0,
      ended: 0,
      badRows: bad,
      bad: bad.flatMap((row) => row.faults),
    },
    ...{ changes: [], moreChanges: 0, leavers: [], touched: [] },
  }
  const absent: AbsentPosition[] = []
  for await (const cooperatives of plannedCooperatives(tx, 'compared', progress))
    for (const cooperative of cooperatives) {
      addTo(plan, cooperative)
      if (leavers) absent.push(...cooperative.absent)
    }
  plan.leavers = await leaversAmong(tx, absent, bad)
  plan.ended = plan.leavers.length
  return plan
}

async function* plannedCooperatives(
  tx: Tx,
  step: 'compared' | 'written',
  progress: Progress,
): AsyncGenerator<PlannedCooperative[]> {
  const waiting = await waitingPersons(tx)
  let rows = 0
  for await (const rowsByArea of stagedByArea(tx)) {
    const stored = await readCooperatives(tx, [...rowsByArea.keys()])
    yield [...rowsByArea].map(([areaCode, own]) =>
      planCooperative(areaCode, own, withWaiting(areaCode, own, stored.get(areaCode), waiting)),
    )
    for (const own of rowsByArea.values()) rows += own.length
    progress(step, rows)
  }
}

function addTo(plan: OfficersPlan, { counts, changes, persons }: PlannedCooperative): void {
  plan.new += counts.new
  plan.changed += counts.changed
  plan.same += counts.same
  for (const change of changes)
    if (plan.changes.length < mostChanges) plan.changes.push(change)
    else plan.moreChanges += 1
  for (const { id } of persons) if (id !== undefined) plan.touched.push(id)
}

/**
 * Writes what the plan says, some cooperatives at a time, in the transaction that made it. Whom the file names and who
 * waited for staff waits no longer. Returns the planned reminders for their jobs.
 */
export async function importOfficers(
  tx: Tx,
  plan: OfficersPlan,
  rules: ReminderRules,
  now: Date,
  progress: Progress = () => {},
): Promise<PlannedReminder[]> {
  const pending = await pendingOf(tx, plan.touched)
  const { byId } = await waitingPersons(tx)
  const waiting = plan.touched.filter((id) => byId.has(id))
  // All at once, in the order of their ids, lest two that lock several wait for each other.
  await lockPersons(tx, [
    ...[...plan.touched, ...plan.leavers.map(({ personId }) => personId)],
    ...pending.flatMap(({ replaces }) => replaces?.personId ?? []),
  ])
  const holders = await holdersOfTheirNumbers(tx, plan.touched)
  for await (const cooperatives of plannedCooperatives(tx, 'written', progress))
    await write(tx, cooperatives, now)
  await beginThreadsAnew(tx, holders, now)
  await lockTrainings(tx, [
    ...pending.map(({ trainingCode }) => trainingCode),
    ...plan.leavers.flatMap(({ cancels }) => cancels),
  ])
  await endPositions(tx, plan.leavers, rules.quietHours, now)
  return await confirmAgreed(tx, waiting, pending, rules, now)
}

async function holdersOfTheirNumbers(tx: Tx, personIds: number[]): Promise<Holders> {
  const phones = await tx.$queryRaw<{ phone: string }[]>`
    SELECT DISTINCT phone FROM person_phone WHERE person_id = ANY(${personIds})`
  return await holdersOf(
    tx,
    phones.map(({ phone }) => phone),
  )
}

async function write(tx: Tx, cooperatives: PlannedCooperative[], now: Date): Promise<void> {
  const persons = cooperatives.flatMap((cooperative) => cooperative.persons)
  const cooperativeIds = await writeNamed(tx, 'cooperative', cooperatives)
  const personIds = await writeNamed(tx, 'person', persons)
  const renumbered = persons.filter(({ phones }) => phones !== undefined)
  await tx.$executeRaw`
    DELETE FROM person_phone WHERE person_id = ANY(${renumbered.flatMap(({ id }) => id ?? [])})`
  const phones = renumbered.flatMap((person) =>
    (person.phones ?? []).map((phone) => ({ person_id: known(personIds, person), phone })),
  )
  await tx.$executeRaw`
    INSERT INTO person_phone (person_id, phone)
    SELECT person_id, phone FROM jsonb_to_recordset(${JSON.stringify(phones)}::jsonb) AS r(person_id int, phone text)
    ON CONFLICT DO NOTHING`
  const positions = cooperatives.flatMap((cooperative) =>
    cooperative.persons.flatMap((person) =>
      person.newOffices.map((office) => ({
        ...{ ...office, person_id: known(personIds, person) },
        cooperative_id: known(cooperativeIds, cooperative),
      })),
    ),
  )
  await tx.$executeRaw`
    INSERT INTO position (person_id, cooperative_id, role, title, "from")
    SELECT person_id, cooperative_id, role::"Role", title::"PositionTitle", ${now}
    FROM jsonb_to_recordset(${JSON.stringify(positions)}::jsonb)
      AS r(person_id int, cooperative_id int, role text, title text)
    ON CONFLICT (person_id, cooperative_id, title) WHERE until IS NULL
      DO UPDATE SET pending = false, role = excluded.role`
}

function known<Key>(ids: Map<Key, number>, key: Key): number {
  const id = ids.get(key)
  if (id === undefined) throw new Error('a planned row has no id')
  return id
}

type Named = PlannedCooperative | PlannedPerson

/** Writes names, new and changed; the id of each. */
async function writeNamed<Planned extends Named>(
  tx: Tx,
  table: 'cooperative' | 'person',
  planned: Planned[],
): Promise<Map<Planned, number>> {
  const added = planned.filter(({ id }) => id === undefined)
  const ids = await newIds(tx, table, added.length)
  const byPlan = new Map(planned.map((each) => [each, each.id ?? ids.shift() ?? 0]))
  const rows = planned
    .filter(({ id, name }) => id === undefined || name !== undefined)
    .map((each) => ({
      ...{ id: known(byPlan, each), name: each.name ?? '', isNew: each.id === undefined },
      ...('areaCode' in each ? { area_code: each.areaCode } : {}),
    }))
  const given = Prisma.sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
    AS r(id int, name text, "isNew" boolean, area_code text)`
  if (table === 'cooperative') {
    await tx.$executeRaw`
      INSERT INTO cooperative (id, name, area_code) SELECT id, name, area_code FROM ${given} WHERE "isNew"`
    await tx.$executeRaw`
      UPDATE cooperative c SET name = r.name FROM ${given} WHERE c.id = r.id AND NOT "isNew"`
  } else {
    await tx.$executeRaw`INSERT INTO person (id, name) SELECT id, name FROM ${given} WHERE "isNew"`
    await tx.$executeRaw`UPDATE person p SET name = r.name FROM ${given} WHERE p.id = r.id AND NOT "isNew"`
  }
  return byPlan
}

/** Ids for rows to come, so that rows which refer to them can be written in bulk too. */
async function newIds(tx: Tx, table: 'cooperative' | 'person', count: number): Promise<number[]> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    SELECT nextval(pg_get_serial_sequence(${table}, 'id'))::int AS id FROM generate_series(1, ${count}::int)`
  return rows.map(({ id }) => id)
}
