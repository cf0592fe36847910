import { hinterlandAreas } from '../areas.ts'
import { type Coverage, type CoverageTrack, coverageOffices } from '../config/coverage.ts'
import { Prisma, type Tx } from '../database/client.ts'
import { coverageTracks, leftToTrainSql } from '../registration/coverage.ts'
import { activeStates } from '../registration/eligibility.ts'
import { mayRegisterSql } from '../registration/may-register.ts'
import {
  type Audience,
  AudienceFault,
  type Term,
  type TermKey,
  termsOf,
  type Way,
  waysOf,
} from './audience.ts'

/** By what an audience is judged beside the data: at which instant, and by which rules of coverage. */
export type AudienceRules = { now: Date; coverage: Coverage }

/** States in which a registration is none any more, unless a `status=` asks for just these. */
const ended = ['cancelled', 'refused', 'lapsed']

/**
 * SQL: the ids of the persons of an audience, one query with bound parameters. Only persons with an office that they
 * hold now and that staff have agreed to.
 * @throws AudienceFault when it names a wave or training that there is not
 */
export async function audienceSql(tx: Tx, audience: Audience, rules: AudienceRules): Promise<Prisma.Sql> {
  await checkNames(tx, audience)
  const eligible = new Map<number, (tracks: readonly CoverageTrack[]) => Prisma.Sql>()
  for (const { key, values } of termsOf(audience))
    if (key === 'eligible')
      for (const wave of values.map(Number)) eligible.set(wave, await mayRegisterSql(tx, wave, rules.now))
  const condition = holds({ eligible, coverage: rules.coverage }, audience, coverageTracks)
  return Prisma.sql`
    SELECT p.id FROM person p
    WHERE EXISTS (SELECT FROM position o WHERE o.person_id = p.id AND o.until IS NULL AND NOT o.pending)
      AND ${condition}`
}

/** What is not there cannot be meant: a typing error would otherwise reach nobody, or with `not` everybody. */
async function checkNames(tx: Tx, audience: Audience): Promise<void> {
  const terms = termsOf(audience)
  const named = terms.filter(({ key }) => key === 'wave' || key === 'eligible' || key === 'training')
  if (named.length === 0) return
  const waves = (await tx.wave.findMany({ select: { number: true }, orderBy: { number: 'asc' } })).map(
    ({ number }) => String(number),
  )
  const codes = (await tx.training.findMany({ select: { code: true }, orderBy: { code: 'asc' } })).map(
    ({ code }) => code,
  )
  for (const { key, values, at } of named) {
    const known = key === 'training' ? codes : waves
    const unknown = values.find((value) => !known.includes(value))
    if (unknown === undefined) continue
    const kind = key === 'training' ? 'unknown-training' : 'unknown-wave'
    throw new AudienceFault(kind, at, `${key}=${unknown}`, known.slice(0, mostNamed))
  }
}

/** A fault names so many waves or trainings at most. */
const mostNamed = 20

type Given = {
  eligible: Map<number, (tracks: readonly CoverageTrack[]) => Prisma.Sql>
  coverage: Coverage
}

type Tracks = readonly CoverageTrack[]

/** SQL: whether an expression holds for the person `p`, within these tracks. */
function holds(given: Given, audience: Audience, tracks: Tracks): Prisma.Sql {
  return any(waysOf(audience).map((way) => wayHolds(given, way, tracks)))
}

const any = (parts: Prisma.Sql[]): Prisma.Sql =>
  parts.length === 0 ? Prisma.sql`FALSE` : Prisma.sql`(${Prisma.join(parts, ' OR ')})`
const all = (parts: Prisma.Sql[]): Prisma.Sql =>
  parts.length === 0 ? Prisma.sql`TRUE` : Prisma.sql`(${Prisma.join(parts, ' AND ')})`

const ofRegistrations: readonly TermKey[] = ['wave', 'training', 'status']
/** What `track=` beside them limits. */
const limited: readonly TermKey[] = [...ofRegistrations, 'untrained', 'not-registered', 'eligible']

function wayHolds(given: Given, { terms, nots }: Way, outer: Tracks): Prisma.Sql {
  const own = terms.filter(({ key }) => key === 'track')
  const tracks = outer.filter((track) => own.every(({ values }) => values.includes(track)))
  const registrations = terms.filter(({ key }) => ofRegistrations.includes(key))
  // "wave=3 and not status=confirmed": of that same registration.
  const sameOne = registrations.length > 0 && !registrations.some(({ key }) => key === 'status')
  const isOfSame = (not: Audience) => sameOne && 'key' in not && not.key === 'status'
  const limits = [...terms, ...nots.flatMap(termsOf)].some(({ key }) => limited.includes(key))
  return all([
    ...(registrations.length > 0 || (own.length > 0 && !limits)
      ? [registrationHolds(registrations, nots.filter(isOfSame), tracks)]
      : []),
    ...terms.flatMap((term) => termHolds(given, term, tracks)),
    ...nots.filter((not) => !isOfSame(not)).map((not) => Prisma.sql`NOT ${holds(given, not, tracks)}`),
  ])
}

/** SQL: whether `p` has one registration of which all of this is true. */
function registrationHolds(terms: Term[], otherStatus: Audience[], tracks: Tracks): Prisma.Sql {
  const conditions = terms.map(({ key, values }) => {
    if (key === 'wave') return Prisma.sql`t.wave_number = ANY(${values.map(Number)})`
    if (key === 'training') return Prisma.sql`r.training_code = ANY(${values})`
    return Prisma.sql`r.state::text = ANY(${values})`
  })
  const without = otherStatus.flatMap(termsOf).flatMap(({ values }) => values)
  return Prisma.sql`EXISTS (
    SELECT FROM registration r JOIN training t ON t.code = r.training_code
    WHERE r.person_id = p.id AND r.track::text = ANY(${[...tracks]})
      AND ${all([...conditions, Prisma.sql`r.state::text <> ALL(${without})`])}
      AND ${terms.some(({ key }) => key === 'status') ? Prisma.sql`TRUE` : Prisma.sql`r.state::text <> ALL(${ended})`})`
}

/** SQL of a term of its own; none for those that are put together or limit others. */
function termHolds({ eligible, coverage }: Given, { key, values }: Term, tracks: Tracks): Prisma.Sql[] {
  switch (key) {
    case 'wave':
    case 'training':
    case 'status':
    case 'track':
    case 'all':
      return []
    case 'role':
      return [holdsOffice(Prisma.sql`o.role::text = ANY(${values})`)]
    case 'position':
      return [holdsOffice(Prisma.sql`o.title::text = ANY(${values.flatMap(titlesOf)})`)]
    case 'area':
      return [holdsOffice(liesIn(values))]
    case 'zone':
      return [any(values.map((zone) => holdsOffice(liesInZone(zone))))]
    case 'eligible':
      return [any(values.map((wave) => eligible.get(Number(wave))?.(tracks) ?? Prisma.sql`FALSE`))]
    case 'untrained':
      return [Prisma.sql`p.id IN (${leftToTrainSql(coverage, tracks)})`]
    case 'not-registered':
      return [
        Prisma.sql`NOT EXISTS (
          SELECT FROM registration r WHERE r.person_id = p.id AND r.track::text = ANY(${[...tracks]})
            AND r.state::text = ANY(${activeStates}))`,
      ]
  }
}

function titlesOf(office: string): readonly string[] {
  return coverageOffices[office as keyof typeof coverageOffices] ?? []
}

function holdsOffice(condition: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`EXISTS (
    SELECT FROM position o JOIN cooperative k ON k.id = o.cooperative_id
    WHERE o.person_id = p.id AND o.until IS NULL AND NOT o.pending AND ${condition})`
}

const liesIn = (codes: readonly string[]): Prisma.Sql => Prisma.sql`EXISTS (
  SELECT FROM unnest(${[...codes]}::text[]) AS a(code)
  WHERE k.area_code = a.code OR starts_with(k.area_code, a.code || '.'))`

/**
 * A cooperative lies in the hinterland where everybody knows that it does, and where the programme says so: the training
 * whose area describes it most closely is one for the hinterland.
 */
function liesInZone(zone: string): Prisma.Sql {
  const hinterland = Prisma.sql`(${liesIn(hinterlandAreas)} OR coalesce((
    SELECT h.zone = 'hinterland' FROM training h, unnest(h.areas) AS a(code)
    WHERE k.area_code = a.code OR starts_with(k.area_code, a.code || '.')
    ORDER BY length(a.code) DESC, h.zone DESC LIMIT 1), FALSE))`
  return zone === 'hinterland' ? hinterland : Prisma.sql`NOT ${hinterland}`
}
