import { type Area, allAreas, areaCovers, parentOf } from '../areas.ts'
import {
  type Coverage,
  type CoverageTarget,
  type CoverageTrack,
  coverageOffices,
} from '../config/coverage.ts'
import { Prisma, type Tx } from '../database/client.ts'
import type { PositionTitle, RegistrationState } from '../database/generated/enums.ts'

/** `part`: somebody whom the track's targets ask for has completed; `full`: every target is reached. */
export type CoverageStatus = 'none' | 'part' | 'full'

export const coverageTracks: readonly CoverageTrack[] = ['organisation', 'business']

/** How many cooperatives stand how in a track. */
export type StatusCounts = Record<CoverageStatus, number>

export type CoverageFigures = {
  /** Official code of a kecamatan. */
  area: string
  /** Its kelurahan and desa: those with a cooperative in the data, and all others of the official list. */
  places: number
  /** Of these, those without a cooperative in the data; they are covered in no track, and counted in no status. */
  withoutCooperative: number
  tracks: Record<CoverageTrack, StatusCounts>
}

/** Somebody who has completed a track, by the office that counts for the cooperative. */
export type Trained = {
  name: string
  title: PositionTitle
  /** Has left that office since: "sudah berganti". */
  left: boolean
}

/** Somebody whose office asks for the track and who has not completed it. */
export type LeftToTrain = {
  personId: number
  name: string
  title: PositionTitle
  /** E.164 */
  phones: string[]
  /** The active registration in that track. */
  registered: { training: string; state: RegistrationState } | undefined
}

/** A target that is not reached. */
export type OpenTarget = {
  target: CoverageTarget
  /** So many more must complete. */
  missing: number
  /** All who could; the roster names too few of them when there are less than `missing`. */
  persons: LeftToTrain[]
}

export type TrackCoverage = { status: CoverageStatus; trained: Trained[]; open: OpenTarget[] }

export type CooperativeCoverage = {
  id: number
  areaCode: string
  name: string
  tracks: Record<CoverageTrack, TrackCoverage>
}

/** A row for each target, as SQL reads it. */
type TargetRow = {
  id: number
  track: CoverageTrack
  needed: number
  titles: string[]
  role: string | null
}

function targetRows(coverage: Coverage): (TargetRow & { target: CoverageTarget })[] {
  const all = coverageTracks.flatMap((track) => coverage[track].map((target) => ({ track, target })))
  return all.map(({ track, target }, id) => ({
    ...{ id, track, target },
    ...('role' in target
      ? { needed: target.count, titles: [], role: target.role }
      : { needed: 1, titles: target.offices.flatMap((office) => coverageOffices[office]), role: null }),
  }))
}

/**
 * For each cooperative of `scope` (a query of id, area_code and name) and each target: how many persons count for it.
 * A completed registration counts for the office and cooperative that it copied, also when that person has left it;
 * a person who has completed the track counts for every office held now too, since nobody can complete it twice.
 */
function countsSql(coverage: Coverage, scope: Prisma.Sql): Prisma.Sql {
  const rows = JSON.stringify(targetRows(coverage).map(({ target: _, ...row }) => row))
  return Prisma.sql`
    WITH scope AS MATERIALIZED (${scope}),
    target AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${rows}::jsonb)
        AS t(id int, track text, needed int, titles text[], role text)),
    completed AS MATERIALIZED (
      SELECT person_id, cooperative_id, track::text AS track, title::text AS title, role::text AS role
      FROM registration WHERE state = 'completed'),
    held AS MATERIALIZED (
      SELECT cooperative_id, person_id, track, title, role FROM completed
      WHERE cooperative_id IN (SELECT id FROM scope)
      UNION
      SELECT p.cooperative_id, p.person_id, c.track, p.title::text, p.role::text
      FROM position p JOIN completed c ON c.person_id = p.person_id
      WHERE p.until IS NULL AND NOT p.pending AND p.cooperative_id IN (SELECT id FROM scope)),
    counted AS (
      SELECT h.cooperative_id, t.id AS target, count(DISTINCT h.person_id)::int AS persons
      FROM held h JOIN target t ON t.track = h.track AND (h.title = ANY(t.titles) OR h.role = t.role)
      GROUP BY h.cooperative_id, t.id),
    standing AS (
      SELECT s.id, s.area_code, t.id AS target, t.track, t.needed, coalesce(c.persons, 0) AS persons
      FROM scope s CROSS JOIN target t LEFT JOIN counted c ON c.cooperative_id = s.id AND c.target = t.id)`
}

/** The status of a cooperative in a track, over the rows of its targets. */
const statusSql = Prisma.sql`
  CASE WHEN bool_and(persons >= needed) THEN 'full' WHEN bool_or(persons > 0) THEN 'part' ELSE 'none' END`

/** Cooperatives in one of these areas; all when none is named. */
function inAreas(areas: readonly string[]): Prisma.Sql {
  if (areas.length === 0) return Prisma.sql`TRUE`
  return Prisma.sql`EXISTS (
    SELECT FROM unnest(${[...areas]}::text[]) AS a(code)
    WHERE cooperative.area_code = a.code OR starts_with(cooperative.area_code, a.code || '.'))`
}

/**
 * How the cooperatives of these areas (all when none is named) stand, by kecamatan, in the order of the codes. With
 * the places of the official list that have none yet, in every kabupaten where there is at least one.
 */
export async function coverageFigures(
  tx: Tx,
  coverage: Coverage,
  areas: readonly string[],
): Promise<CoverageFigures[]> {
  const scope = Prisma.sql`SELECT id, area_code, name FROM cooperative WHERE ${inAreas(areas)}`
  const rows = await tx.$queryRaw<
    { area: string; track: CoverageTrack; status: CoverageStatus; count: number }[]
  >`
    ${countsSql(coverage, scope)},
    by_cooperative AS (
      SELECT id, regexp_replace(area_code, '\\.[^.]*$', '') AS area, track, ${statusSql} AS status
      FROM standing GROUP BY id, area_code, track)
    SELECT area, track, status, count(*)::int AS count FROM by_cooperative GROUP BY area, track, status`
  const figures = new Map<string, CoverageFigures>()
  const of = (area: string): CoverageFigures => {
    const found = figures.get(area) ?? noFigures(area)
    figures.set(area, found)
    return found
  }
  for (const { area, track, status, count } of rows) {
    of(area).tracks[track][status] += count
    if (track === 'organisation') of(area).places += count
  }
  for (const { code } of await placesWithoutCooperative(tx, areas)) {
    const its = of(parentOf(code)?.code ?? code)
    its.places += 1
    its.withoutCooperative += 1
  }
  return [...figures.values()].sort((a, b) => (a.area < b.area ? -1 : 1))
}

function noFigures(area: string): CoverageFigures {
  const counts = (): StatusCounts => ({ none: 0, part: 0, full: 0 })
  return { area, places: 0, withoutCooperative: 0, tracks: { organisation: counts(), business: counts() } }
}

const kabupatenOf = (code: string): string => code.split('.').slice(0, 2).join('.')

/**
 * Kelurahan and desa of the official list without a cooperative in the data, in the kabupaten where the office works:
 * those with at least one cooperative. Only of these areas, if any is named.
 */
export async function placesWithoutCooperative(tx: Tx, areas: readonly string[]): Promise<Area[]> {
  const stored = await tx.cooperative.findMany({ select: { areaCode: true } })
  const taken = new Set(stored.map(({ areaCode }) => areaCode))
  const worked = new Set(stored.map(({ areaCode }) => kabupatenOf(areaCode)))
  return allAreas().filter(
    ({ code, level }) =>
      level === 'kelurahan' &&
      !taken.has(code) &&
      worked.has(kabupatenOf(code)) &&
      (areas.length === 0 || areas.some((area) => areaCovers(area, code))),
  )
}

/** So many cooperatives are read at once. */
const pageSize = 2_000

/**
 * Each cooperative of these areas (all when none is named) with who has completed and who is left, by area code, a
 * page at a time. Nobody is left for a target that is reached.
 */
export async function* coverageByCooperative(
  tx: Tx,
  coverage: Coverage,
  areas: readonly string[],
): AsyncGenerator<CooperativeCoverage[]> {
  for (let after = ''; ; ) {
    const cooperatives = await tx.$queryRaw<{ id: number; areaCode: string; name: string }[]>`
      SELECT id, area_code AS "areaCode", name FROM cooperative
      WHERE area_code > ${after} AND ${inAreas(areas)} ORDER BY area_code LIMIT ${pageSize}`
    const last = cooperatives.at(-1)
    if (!last) return
    yield await detailsOf(tx, coverage, cooperatives)
    after = last.areaCode
  }
}

async function detailsOf(
  tx: Tx,
  coverage: Coverage,
  cooperatives: { id: number; areaCode: string; name: string }[],
): Promise<CooperativeCoverage[]> {
  const ids = cooperatives.map(({ id }) => id)
  const scope = Prisma.sql`SELECT id, area_code, name FROM cooperative WHERE id = ANY(${ids})`
  const counts = countsSql(coverage, scope)
  const standing = groupedBy(await readStanding(tx, counts), placeOf)
  const trained = groupedBy(await readTrained(tx, counts), placeOf)
  const left = groupedBy(await readLeft(tx, counts), ({ id, target }) => `${id}/${target}`)
  const targets = targetRows(coverage)
  const ofTrack = (id: number, track: CoverageTrack): TrackCoverage => {
    const [its] = standing.get(placeOf({ id, track })) ?? []
    const open = targets.flatMap(({ target, id: number }) => {
      const at = its?.open.indexOf(number) ?? -1
      if (!its || at < 0) return []
      const persons = (left.get(`${id}/${number}`) ?? []).map(toLeft)
      return [{ target, missing: its.missing[at] ?? 0, persons }]
    })
    const those = trained.get(placeOf({ id, track })) ?? []
    return {
      status: its?.status ?? 'none',
      trained: those.map(({ name, title, left }) => ({ name, title, left })),
      open,
    }
  }
  return cooperatives.map((cooperative) => ({
    ...cooperative,
    tracks: {
      organisation: ofTrack(cooperative.id, 'organisation'),
      business: ofTrack(cooperative.id, 'business'),
    },
  }))
}

const placeOf = ({ id, track }: { id: number; track: CoverageTrack }): string => `${id}/${track}`

function groupedBy<Row>(rows: Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group) group.push(row)
    else groups.set(keyOf(row), [row])
  }
  return groups
}

type StandingRow = {
  id: number
  track: CoverageTrack
  status: CoverageStatus
  /** Targets that are not reached, and how many persons each lacks. */
  open: number[]
  missing: number[]
}

async function readStanding(tx: Tx, counts: Prisma.Sql): Promise<StandingRow[]> {
  return await tx.$queryRaw`
    ${counts}
    SELECT id, track, ${statusSql} AS status,
      coalesce(array_agg(target ORDER BY target) FILTER (WHERE persons < needed), '{}') AS open,
      coalesce(array_agg(needed - persons ORDER BY target) FILTER (WHERE persons < needed), '{}') AS missing
    FROM standing GROUP BY id, track`
}

type TrainedRow = Trained & { id: number; track: CoverageTrack }

async function readTrained(tx: Tx, counts: Prisma.Sql): Promise<TrainedRow[]> {
  return await tx.$queryRaw`
    ${counts}
    SELECT h.cooperative_id AS id, h.track, p.name, h.title, NOT EXISTS (
        SELECT FROM position o WHERE o.person_id = h.person_id AND o.cooperative_id = h.cooperative_id
          AND o.title::text = h.title AND o.until IS NULL AND NOT o.pending) AS left
    FROM held h JOIN person p ON p.id = h.person_id
    WHERE EXISTS (
      SELECT FROM target t WHERE t.track = h.track AND (h.title = ANY(t.titles) OR h.role = t.role))
    ORDER BY h.cooperative_id, h.title::"PositionTitle", lower(p.name), p.id`
}

type LeftRow = {
  id: number
  target: number
  personId: number
  name: string
  title: PositionTitle
  phones: string[]
  training: string | null
  state: RegistrationState | null
}

/** SQL: who could still reach the open targets, from `standing` s: their offices o and persons p. */
const leftFrom = Prisma.sql`
  FROM standing s JOIN target t ON t.id = s.target
  JOIN position o ON o.cooperative_id = s.id AND o.until IS NULL AND NOT o.pending
    AND (o.title::text = ANY(t.titles) OR o.role::text = t.role)
  JOIN person p ON p.id = o.person_id`

const isLeft = Prisma.sql`s.persons < s.needed AND NOT EXISTS (
  SELECT FROM completed c WHERE c.person_id = p.id AND c.track = s.track)`

/** SQL: the ids of all whose office asks for one of these tracks, whose target is open, and who have not completed it. */
export function leftToTrainSql(coverage: Coverage, tracks: readonly CoverageTrack[]): Prisma.Sql {
  const counts = countsSql(coverage, Prisma.sql`SELECT id, area_code, name FROM cooperative`)
  return Prisma.sql`
    ${counts} SELECT p.id ${leftFrom} WHERE s.track = ANY(${[...tracks]}) AND ${isLeft}`
}

async function readLeft(tx: Tx, counts: Prisma.Sql): Promise<LeftRow[]> {
  return await tx.$queryRaw`
    ${counts}
    SELECT s.id, s.target, p.id AS "personId", p.name, o.title, a.training_code AS training, a.state,
      ARRAY(SELECT phone FROM person_phone n WHERE n.person_id = p.id ORDER BY phone) AS phones
    ${leftFrom}
    LEFT JOIN registration a ON a.person_id = p.id AND a.track::text = s.track
      AND a.state IN ('pending', 'waitlisted', 'offered', 'confirmed')
    WHERE ${isLeft}
    ORDER BY s.id, s.target, o.title, lower(p.name), p.id`
}

function toLeft({ personId, name, title, phones, training, state }: LeftRow): LeftToTrain {
  const registered = training !== null && state !== null ? { training, state } : undefined
  return { personId, name, title, phones, registered }
}
