import { areaByCode, parentOf } from '../areas.ts'
import type { Tx } from '../database/client.ts'
import type { PositionTitle, ProfileField, Role } from '../database/generated/enums.ts'
import { type Claim, holderOf, namesakeOf, type RosterOffice, rosterOf, twinOf } from './roster-twins.ts'

/** What else staff should know of somebody who waits. */
export type Hint = {
  /** Stands on the roster already; under that name in another role; the office is somebody else's. */
  kind: 'on-the-roster' | 'namesake' | 'office-taken'
  name: string
  title: PositionTitle
  phones: string[]
}

/** Something that waits for staff to agree. */
export type WaitingEntry = {
  /**
   * REG-8F3K2 for a registration, JAB-12 for an office of somebody who has chosen no class, UBAH-3 for a wish to have
   * one's own data changed.
   */
  id: string
  since: Date
  name: string
  /** Of a wish the first office held; null for none. */
  title: PositionTitle | null
  cooperative: string
  kelurahan: string
  kecamatan: string
  phones: string[]
  /** Code of the class. */
  training?: string
  /** The colleague who asked for it. */
  requestedBy?: string
  /** Whose seat it takes over. */
  replaces?: string
  hints: Hint[]
  /** What is to be changed, in words. */
  wish?: { field: ProfileField; from: string; to: string }
}

type Row = {
  id: string
  since: Date
  personId: number
  name: string
  role: Role
  title: PositionTitle
  /** Whether the office itself waits for staff. */
  pending: boolean
  cooperativeId: number
  cooperative: string
  areaCode: string
  phones: string[]
  training: string | null
  requestedBy: string | null
  replaces: string | null
}

/** All registrations that wait for staff, and offices that do without one; the longest waiting first. */
export async function waitingEntries(tx: Tx): Promise<WaitingEntry[]> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT w.*, p.name, c.name AS cooperative, c.area_code AS "areaCode",
      ARRAY(SELECT phone FROM person_phone n WHERE n.person_id = p.id ORDER BY phone) AS phones
    FROM (
      SELECT r.number AS id, r.created_at AS since, r.person_id AS "personId", o.role, o.title, o.pending,
        r.cooperative_id AS "cooperativeId", r.training_code AS training, asker.name AS "requestedBy",
        before.name AS replaces
      FROM registration r JOIN position o ON o.id = r.position_id
        LEFT JOIN person asker ON asker.id = r.requested_by_id
        LEFT JOIN registration held ON held.id = r.replaces_id
        LEFT JOIN person before ON before.id = held.person_id
      WHERE r.state = 'pending'
      UNION ALL
      SELECT 'JAB-' || o.id, o."from", o.person_id, o.role, o.title, true, o.cooperative_id, NULL, NULL, NULL
      FROM position o
      WHERE o.pending AND o.until IS NULL
        AND NOT EXISTS (SELECT FROM registration r WHERE r.position_id = o.id AND r.state = 'pending')
    ) w JOIN person p ON p.id = w."personId" JOIN cooperative c ON c.id = w."cooperativeId"
    ORDER BY w.since, w.id`
  const claiming = rows.filter(({ pending }) => pending)
  const roster = new Map<number, RosterOffice[]>(claiming.map(({ cooperativeId }) => [cooperativeId, []]))
  for (const office of await rosterOf(tx, [...roster.keys()])) roster.get(office.cooperativeId)?.push(office)
  return rows.map((row) => ({
    ...{ id: row.id, since: row.since, name: row.name, title: row.title, cooperative: row.cooperative },
    ...{ ...placeOf(row.areaCode), phones: row.phones },
    ...(row.training === null ? {} : { training: row.training }),
    ...(row.requestedBy === null ? {} : { requestedBy: row.requestedBy }),
    ...(row.replaces === null ? {} : { replaces: row.replaces }),
    hints: row.pending ? hintsFor(row, roster.get(row.cooperativeId) ?? []) : [],
  }))
}

function placeOf(areaCode: string): { kelurahan: string; kecamatan: string } {
  return { kelurahan: areaByCode(areaCode)?.name ?? areaCode, kecamatan: parentOf(areaCode)?.name ?? '' }
}

function hintsFor(claim: Claim, roster: RosterOffice[]): Hint[] {
  const twin = twinOf(claim, roster)
  const namesake = twin ? undefined : namesakeOf(claim, roster)
  const holder = holderOf(claim, roster)
  return [
    ...(twin ? [{ kind: 'on-the-roster' as const, ...twin }] : []),
    ...(namesake ? [{ kind: 'namesake' as const, ...namesake }] : []),
    ...(holder && holder.personId !== twin?.personId ? [{ kind: 'office-taken' as const, ...holder }] : []),
  ].map(({ kind, name, title, phones }) => ({ kind, name, title, phones }))
}
