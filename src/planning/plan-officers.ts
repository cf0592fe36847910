import type { Tx } from '../database/client.ts'
import type { PositionTitle, Role } from '../database/generated/enums.ts'
import { usualName } from '../people/cooperatives.ts'
import { type Match, matchOfficers, type StoredPerson } from './match-officers.ts'
import type { RosterRow } from './roster-file.ts'

/** A row that changes something known, for who looks at it before it is done. */
export type OfficerChange = {
  sheet: string
  row: number
  name: string
  what: 'name' | 'number' | 'position' | 'cooperative'
  from: string
  to: string
}

type Office = { role: Role; title: PositionTitle }

export type PlannedPerson = {
  /** Undefined for a new person. */
  id: number | undefined
  /** Undefined when it stays. */
  name: string | undefined
  /** All numbers the person has from now on; undefined when they stay. */
  phones: string[] | undefined
  newOffices: Office[]
}

export type PlannedCooperative = {
  areaCode: string
  /** Undefined for a new one. */
  id: number | undefined
  /** Undefined when it stays. */
  name: string | undefined
  /** Those who are new or change. */
  persons: PlannedPerson[]
  /** Positions held now that no row names. */
  absent: AbsentPosition[]
  counts: { new: number; changed: number; same: number }
  changes: OfficerChange[]
}

export type AbsentPosition = Office & {
  positionId: number
  personId: number
  name: string
  phones: string[]
  cooperative: string
  /** Whether the person goes on in the same role, by another office. */
  staysInRole: boolean
}

export type StoredCooperative = {
  /** Undefined when only persons who wait elsewhere are known of it. */
  id: number | undefined
  name: string | undefined
  persons: StoredPerson[]
}

/** The cooperatives of these areas, with everybody who holds or held an office there. */
export async function readCooperatives(tx: Tx, areaCodes: string[]): Promise<Map<string, StoredCooperative>> {
  const cooperatives = await tx.$queryRaw<{ id: number; areaCode: string; name: string }[]>`
    SELECT id, area_code AS "areaCode", name FROM cooperative WHERE area_code = ANY(${areaCodes})`
  const ids = cooperatives.map(({ id }) => id)
  const persons = await tx.$queryRaw<(StoredPerson & { cooperativeId: number })[]>`
    SELECT o.cooperative_id AS "cooperativeId", p.id, p.name,
      ARRAY(SELECT phone FROM person_phone n WHERE n.person_id = p.id ORDER BY phone) AS phones,
      coalesce(json_agg(json_build_object('id', o.id, 'role', o.role, 'title', o.title) ORDER BY o.id)
        FILTER (WHERE o.until IS NULL AND NOT o.pending), '[]') AS positions
    FROM position o JOIN person p ON p.id = o.person_id
    WHERE o.cooperative_id = ANY(${ids})
    GROUP BY o.cooperative_id, p.id ORDER BY p.id`
  const found = new Map(
    cooperatives.map(({ id, areaCode, name }) => [id, { areaCode, id, name, persons: [] as StoredPerson[] }]),
  )
  for (const { cooperativeId, ...person } of persons) found.get(cooperativeId)?.persons.push(person)
  return new Map([...found.values()].map(({ areaCode, ...cooperative }) => [areaCode, cooperative]))
}

/** What the rows of one cooperative change in it. */
export function planCooperative(
  areaCode: string,
  rows: RosterRow[],
  stored: StoredCooperative | undefined,
): PlannedCooperative {
  const named = rows.find(({ cooperative }) => cooperative)
  const name = named?.cooperative ?? stored?.name ?? usualName(areaCode)
  const changes: OfficerChange[] = []
  const [added, changed] = [new Set<RosterRow>(), new Set<RosterRow>()]
  if (stored?.name !== undefined && named && stored.name !== name) {
    changes.push({ ...placeOf(named), name: named.name, what: 'cooperative', from: stored.name, to: name })
    changed.add(named)
  }
  const matches = matchOfficers(rows, stored?.persons ?? [])
  const persons = matches.map((match) => planPerson(match, match.stored ? changed : added, changes))
  const counts = { new: 0, changed: 0, same: 0 }
  for (const row of rows) counts[added.has(row) ? 'new' : changed.has(row) ? 'changed' : 'same'] += 1
  return {
    ...{ areaCode, id: stored?.id, persons: persons.filter(isChanged), counts, changes },
    name: stored?.name === name ? undefined : name,
    absent: stored ? absentFrom(stored, matches) : [],
  }
}

const placeOf = ({ sheet, row }: RosterRow) => ({ sheet, row })

function isChanged({ id, name, phones, newOffices }: PlannedPerson): boolean {
  return id === undefined || name !== undefined || phones !== undefined || newOffices.length > 0
}

function planPerson(
  { stored, rows }: Match,
  touched: Set<RosterRow>,
  changes: OfficerChange[],
): PlannedPerson {
  const first = rows[0]
  const name = first?.name ?? ''
  const phones = phonesAfter(stored?.phones ?? [], rows)
  const note = (row: RosterRow | undefined, what: OfficerChange['what'], from: string, to: string) => {
    if (!row) return
    touched.add(row)
    if (stored) changes.push({ ...placeOf(row), name: stored.name, what, from, to })
  }
  if (stored && stored.name !== name) note(first, 'name', stored.name, name)
  const added = phones.filter((phone) => !stored?.phones.includes(phone))
  if (stored && added.length > 0) {
    const row = rows.find((each) => each.phones.some((phone) => added.includes(phone)))
    note(row, 'number', stored.phones.join(', '), phones.join(', '))
  }
  const titles = new Set(stored?.positions.map(({ title }) => title))
  const held = stored?.waits ? 'pending' : [...titles].join(', ')
  const newOffices: Office[] = []
  for (const row of rows) {
    if (titles.has(row.title)) continue
    titles.add(row.title)
    newOffices.push({ role: row.role, title: row.title })
    note(row, 'position', held, row.title)
  }
  return {
    ...{ id: stored?.id, newOffices, name: stored?.name === name ? undefined : name },
    phones: added.length > 0 ? phones : undefined,
  }
}

/**
 * Numbers that the file names take the place of those stored, which may have been wrong or may have changed
 * hands; but if one of them is stored already, the others are more of the person's own.
 */
function phonesAfter(stored: string[], rows: RosterRow[]): string[] {
  const named = [...new Set(rows.flatMap(({ phones }) => phones))]
  const keeps = named.length === 0 || named.some((phone) => stored.includes(phone))
  return keeps ? [...new Set([...stored, ...named])] : named
}

function absentFrom(stored: StoredCooperative, matches: Match[]): AbsentPosition[] {
  const rowsOf = new Map(matches.map(({ stored: person, rows }) => [person?.id, rows]))
  return stored.persons.flatMap(({ id, name, phones, positions }) => {
    const rows = rowsOf.get(id) ?? []
    return positions
      .filter(({ title }) => !rows.some((row) => row.title === title))
      .map(({ id: positionId, role, title }) => ({
        ...{ positionId, personId: id, name, phones, role, title, cooperative: stored.name ?? '' },
        staysInRole: rows.some((row) => row.role === role),
      }))
  })
}
