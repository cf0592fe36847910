import { areaByCode } from '../areas.ts'
import type { Tx } from '../database/client.ts'
import type { PositionTitle, Role } from '../database/generated/enums.ts'
import { lockImport, lockPersons } from '../database/locks.ts'
import type { BadRow } from './bad-rows.ts'
import { type Match, matchOfficers, type StoredPerson } from './match-officers.ts'
import type { Roster, RosterRow } from './roster-file.ts'

/** A row that changes something known, for who looks at it before it is done. */
export type OfficerChange = {
  row: number
  name: string
  what: 'name' | 'number' | 'position' | 'cooperative'
  from: string
  to: string
}

type Office = { role: Role; title: PositionTitle }
type PlannedPerson = {
  /** Undefined for a new person. */
  id: number | undefined
  /** Undefined when it stays. */
  name: string | undefined
  /** All numbers the person has from now on; undefined when they stay. */
  phones: string[] | undefined
  newOffices: Office[]
}
type PlannedCooperative = {
  areaCode: string
  /** Undefined for a new one. */
  id: number | undefined
  /** Undefined when it stays. */
  name: string | undefined
  persons: PlannedPerson[]
}

/** What an import would do. Counts are rows of the file. */
export type OfficersPlan = {
  rows: number
  new: number
  changed: number
  same: number
  /** Who is absent from the file stays. */
  ended: 0
  bad: BadRow[]
  changes: OfficerChange[]
  cooperatives: PlannedCooperative[]
}

/** Compares a roster with the persons and positions stored. Nobody else imports one until the transaction ends. */
export async function planOfficersImport(tx: Tx, roster: Roster): Promise<OfficersPlan> {
  await lockImport(tx, 'officers')
  const byArea = new Map<string, RosterRow[]>()
  for (const row of roster.rows) {
    const rows = byArea.get(row.areaCode)
    if (rows) rows.push(row)
    else byArea.set(row.areaCode, [row])
  }
  const stored = await readCooperatives(tx, [...byArea.keys()])
  const plan: OfficersPlan = {
    ...{ rows: roster.count, new: 0, changed: 0, same: 0, ended: 0, bad: roster.bad },
    ...{ changes: [], cooperatives: [] },
  }
  for (const [areaCode, rows] of byArea) planCooperative(plan, areaCode, rows, stored.get(areaCode))
  plan.changes.sort((a, b) => a.row - b.row)
  return plan
}

type StoredCooperative = { id: number; name: string; persons: StoredPerson[] }

/** The cooperatives of these areas, with everybody who holds or held an office there. */
async function readCooperatives(tx: Tx, areaCodes: string[]): Promise<Map<string, StoredCooperative>> {
  const cooperatives = await tx.$queryRaw<{ id: number; areaCode: string; name: string }[]>`
    SELECT id, area_code AS "areaCode", name FROM cooperative WHERE area_code = ANY(${areaCodes})`
  const ids = cooperatives.map(({ id }) => id)
  const persons = await tx.$queryRaw<(StoredPerson & { cooperativeId: number })[]>`
    SELECT o.cooperative_id AS "cooperativeId", p.id, p.name,
      ARRAY(SELECT phone FROM person_phone n WHERE n.person_id = p.id ORDER BY phone) AS phones,
      coalesce(json_agg(json_build_object('role', o.role, 'title', o.title)) FILTER (WHERE o.until IS NULL), '[]')
        AS positions
    FROM position o JOIN person p ON p.id = o.person_id
    WHERE o.cooperative_id = ANY(${ids})
    GROUP BY o.cooperative_id, p.id ORDER BY p.id`
  const found = new Map(
    cooperatives.map(({ id, areaCode, name }) => [id, { areaCode, id, name, persons: [] as StoredPerson[] }]),
  )
  for (const { cooperativeId, ...person } of persons) found.get(cooperativeId)?.persons.push(person)
  return new Map([...found.values()].map(({ areaCode, ...cooperative }) => [areaCode, cooperative]))
}

function planCooperative(
  plan: OfficersPlan,
  areaCode: string,
  rows: RosterRow[],
  stored: StoredCooperative | undefined,
): void {
  const named = rows.find(({ cooperative }) => cooperative)
  const name = named?.cooperative ?? stored?.name ?? defaultName(areaCode)
  const newRows = new Set<number>()
  const changedRows = new Set<number>()
  if (stored && named && stored.name !== name) {
    plan.changes.push({ row: named.row, name: named.name, what: 'cooperative', from: stored.name, to: name })
    changedRows.add(named.row)
  }
  const persons = matchOfficers(rows, stored?.persons ?? []).map((match) =>
    planPerson(plan, match, match.stored ? changedRows : newRows),
  )
  plan.cooperatives.push({
    ...{ areaCode, id: stored?.id, persons: persons.filter(isChanged) },
    name: stored?.name === name ? undefined : name,
  })
  for (const { row } of rows) {
    if (newRows.has(row)) plan.new += 1
    else if (changedRows.has(row)) plan.changed += 1
    else plan.same += 1
  }
}

/** A desa's code ends in 2…, a kelurahan's in 1…. */
function defaultName(areaCode: string): string {
  const kind = areaCode.split('.')[3]?.startsWith('2') ? 'Desa' : 'Kelurahan'
  return `Koperasi ${kind} Merah Putih ${areaByCode(areaCode)?.name ?? areaCode}`
}

function isChanged({ id, name, phones, newOffices }: PlannedPerson): boolean {
  return id === undefined || name !== undefined || phones !== undefined || newOffices.length > 0
}

function planPerson(plan: OfficersPlan, { stored, rows }: Match, touchedRows: Set<number>): PlannedPerson {
  const first = rows[0]
  const name = first?.name ?? ''
  const phones = phonesAfter(stored?.phones ?? [], rows)
  const note = (row: RosterRow | undefined, what: OfficerChange['what'], from: string, to: string) => {
    if (!row) return
    touchedRows.add(row.row)
    if (stored) plan.changes.push({ row: row.row, name: stored.name, what, from, to })
  }
  if (stored && stored.name !== name) note(first, 'name', stored.name, name)
  const added = phones.filter((phone) => !stored?.phones.includes(phone))
  for (const phone of stored ? added : [])
    note(
      rows.find((row) => row.phone === phone),
      'number',
      stored?.phones.join(', ') ?? '',
      phones.join(', '),
    )
  const titles = new Set(stored?.positions.map(({ title }) => title))
  const held = [...titles].join(', ')
  const newOffices: Office[] = []
  for (const row of rows) {
    if (titles.has(row.title)) continue
    titles.add(row.title)
    newOffices.push({ role: row.role, title: row.title })
    note(row, 'position', held, row.title)
  }
  return {
    id: stored?.id,
    name: stored?.name === name ? undefined : name,
    phones: added.length > 0 ? phones : undefined,
    newOffices,
  }
}

/**
 * Numbers that the file names take the place of those stored, which may have been wrong or may have changed
 * hands; but if one of them is stored already, the others are more of the person's own.
 */
function phonesAfter(stored: string[], rows: RosterRow[]): string[] {
  const named = [...new Set(rows.flatMap(({ phone }) => phone ?? []))]
  const keeps = named.length === 0 || named.some((phone) => stored.includes(phone))
  return keeps ? [...new Set([...stored, ...named])] : named
}

/** Writes what the plan says, in bulk, in the transaction that made it. */
export async function importOfficers(tx: Tx, plan: OfficersPlan, now: Date): Promise<void> {
  const persons = plan.cooperatives.flatMap((cooperative) => cooperative.persons)
  await lockPersons(
    tx,
    persons.flatMap(({ id }) => id ?? []),
  )
  const cooperativeIds = await writeCooperatives(tx, plan.cooperatives)
  const personIds = await writePersons(tx, persons)
  const renumbered = persons.filter(({ phones }) => phones !== undefined)
  await tx.$executeRaw`
    DELETE FROM person_phone WHERE person_id = ANY(${renumbered.flatMap(({ id }) => id ?? [])})`
  await tx.personPhone.createMany({
    data: renumbered.flatMap((person) =>
      (person.phones ?? []).map((phone) => ({ personId: known(personIds, person), phone })),
    ),
  })
  await tx.position.createMany({
    data: plan.cooperatives.flatMap((cooperative) =>
      cooperative.persons.flatMap((person) =>
        person.newOffices.map((office) => ({
          ...office,
          ...{
            personId: known(personIds, person),
            cooperativeId: known(cooperativeIds, cooperative),
            from: now,
          },
        })),
      ),
    ),
  })
}

function known<Key>(ids: Map<Key, number>, key: Key): number {
  const id = ids.get(key)
  if (id === undefined) throw new Error('a planned row has no id')
  return id
}

async function writeCooperatives(
  tx: Tx,
  planned: PlannedCooperative[],
): Promise<Map<PlannedCooperative, number>> {
  const added = planned.filter(({ id }) => id === undefined)
  const renamed = planned.filter(({ id, name }) => id !== undefined && name !== undefined)
  const ids = await newIds(tx, 'cooperative', added.length)
  const byPlan = new Map(planned.map((each) => [each, each.id ?? ids.shift() ?? 0]))
  await tx.cooperative.createMany({
    data: added.map((each) => ({ id: known(byPlan, each), areaCode: each.areaCode, name: each.name ?? '' })),
  })
  await tx.$executeRaw`
    UPDATE cooperative c SET name = v.name
    FROM unnest(${renamed.map(({ id }) => id ?? 0)}::int[], ${renamed.map(({ name }) => name ?? '')}::text[]) v(id, name)
    WHERE c.id = v.id`
  return byPlan
}

async function writePersons(tx: Tx, planned: PlannedPerson[]): Promise<Map<PlannedPerson, number>> {
  const added = planned.filter(({ id }) => id === undefined)
  const renamed = planned.filter(({ id, name }) => id !== undefined && name !== undefined)
  const ids = await newIds(tx, 'person', added.length)
  const byPlan = new Map(planned.map((each) => [each, each.id ?? ids.shift() ?? 0]))
  await tx.person.createMany({
    data: added.map((each) => ({ id: known(byPlan, each), name: each.name ?? '' })),
  })
  await tx.$executeRaw`
    UPDATE person p SET name = v.name
    FROM unnest(${renamed.map(({ id }) => id ?? 0)}::int[], ${renamed.map(({ name }) => name ?? '')}::text[]) v(id, name)
    WHERE p.id = v.id`
  return byPlan
}

/** Ids for rows to come, so that rows which refer to them can be written in bulk too. */
async function newIds(tx: Tx, table: 'cooperative' | 'person', count: number): Promise<number[]> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    SELECT nextval(pg_get_serial_sequence(${table}, 'id'))::int AS id FROM generate_series(1, ${count}::int)`
  return rows.map(({ id }) => id)
}
