import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areaCovers, hinterlandAreas } from '../../src/areas.ts'
import { type Audience, AudienceFault, parseAudience, type Term } from '../../src/broadcasts/audience.ts'
import { audienceSql } from '../../src/broadcasts/audience-sql.ts'
import { coverageOffices } from '../../src/config/coverage.ts'
import type { PositionTitle, RegistrationState } from '../../src/database/generated/enums.ts'
import { everything } from '../../src/programme/trainings.ts'
import { coverageByCooperative } from '../../src/registration/coverage.ts'
import { refusalFor } from '../../src/registration/eligibility.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { makeProgramme } from '../programme.ts'
import { makeCooperative, makeHolder, type Officer } from '../reports/cooperatives.ts'
import { coverage } from './roster.ts'

const now = new Date()
const allTracks = ['organisation', 'business']

let database: TestDatabase
let world: ModelPerson[]

type ModelPerson = {
  id: number
  offices: { role: string; title: string; area: string }[]
  registrations: { wave: number; training: string; state: string; track: string }[]
  /** Tracks for which a target that asks for them is open. */
  untrained: Set<string>
  /** Trainings in which they may register. */
  may: { wave: number; track: string }[]
}

const places = [
  '21.71.01.1001',
  '21.71.05.1001',
  '21.71.05.1002',
  '21.71.09.1001',
  '21.71.02.1001',
  '21.01.04.1001',
]
const titles: PositionTitle[] = [
  'ketua',
  'wakil_ketua_usaha',
  'sekretaris',
  'bendahara',
  'anggota_pengawas',
  'manajer',
]
const states: RegistrationState[] = [
  ...(['pending', 'confirmed', 'waitlisted', 'lapsed', 'refused', 'completed', 'partial', 'absent'] as const),
  'cancelled',
]
/** Always the same numbers, so that a world that fails can be looked at again. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}

beforeAll(async () => {
  database = await freshDatabase()
  await fill()
  world = await readWorld()
})
afterAll(() => database.drop())

/** Six cooperatives with ten officers each, four classes in three waves, registrations in all states. */
async function fill(): Promise<void> {
  const { db } = database
  const pick = numbers(7)
  for (const [wave, code] of [
    [3, 'G3-A'],
    [3, 'G3-B'],
    [4, 'G4-A'],
    [5, 'G5-A'],
  ] as const)
    await makeProgramme(db, { wave, code, startsIn: (wave + code.charCodeAt(3)) * 86_400_000 })
  await db.training.update({
    where: { code: 'G3-B' },
    data: {
      track: 'business',
      zone: 'hinterland',
      areas: ['21.71.05', '21.01.04'],
      roles: ['manajer', 'pengurus'],
    },
  })
  await db.training.update({
    where: { code: 'G4-A' },
    data: { perCooperative: 2, roles: ['pengurus'], capacity: 2 },
  })
  // One class at the same time as another of the other track.
  const { starts, ends } = await db.session.findFirstOrThrow({ where: { trainingCode: 'G3-B' } })
  await db.session.updateMany({ where: { trainingCode: 'G4-A' }, data: { starts, ends } })
  await db.wave.update({ where: { number: 5 }, data: { closes: new Date(now.getTime() - 1000) } })
  const officers: Officer[] = []
  for (const area of places) {
    const cooperative = await makeCooperative(db, area)
    for (let index = 0; index < 10; index++)
      officers.push(await makeHolder(db, cooperative, titles[pick(titles.length)] ?? 'ketua'))
  }
  // Some have left, some only say that they hold an office, some hold two.
  await db.position.updateMany({
    where: { personId: { in: [3, 17].map((at) => officers[at]?.personId ?? 0) } },
    data: { until: now },
  })
  await db.position.updateMany({ where: { personId: officers[25]?.personId ?? 0 }, data: { pending: true } })
  for (const at of [4, 30]) {
    const elsewhere = await makeCooperative(db, places[pick(places.length)] ?? '')
    await makeHolder(db, elsewhere, 'ketua_pengawas', { personId: officers[at]?.personId ?? 0 })
  }
  for (const officer of officers) await register(officer, pick)
}

async function register(
  { personId, positionId, cooperativeId }: Officer,
  pick: (below: number) => number,
): Promise<void> {
  const { db } = database
  const active: RegistrationState[] = ['pending', 'confirmed', 'waitlisted']
  const taken = new Set<string>()
  for (const code of ['G3-A', 'G3-B', 'G4-A', 'G5-A']) {
    if (pick(2) === 0) continue
    const { track } = await db.training.findUniqueOrThrow({ where: { code } })
    const state = states[pick(states.length)] ?? 'confirmed'
    if (active.includes(state) && taken.has(track)) continue
    if (active.includes(state)) taken.add(track)
    const { role, title } = await db.position.findUniqueOrThrow({ where: { id: positionId } })
    await db.registration.create({
      data: {
        ...{ number: `REG-${personId}-${code}`, personId, positionId, cooperativeId, role, title },
        ...{ trainingCode: code, track, state },
        ...(state === 'waitlisted' ? { waitingNumber: personId } : {}),
      },
    })
  }
}

async function readWorld(): Promise<ModelPerson[]> {
  const { db } = database
  const untrained = new Map<number, Set<string>>()
  for await (const page of coverageByCooperative(db, coverage, []))
    for (const { tracks } of page)
      for (const track of ['organisation', 'business'] as const)
        for (const { personId } of tracks[track].open.flatMap(({ persons }) => persons))
          untrained.set(personId, (untrained.get(personId) ?? new Set()).add(track))
  const trainings = await db.training.findMany({ include: everything })
  const persons = await db.person.findMany({
    include: {
      positions: { where: { until: null, pending: false }, include: { cooperative: true } },
      registrations: { include: { training: true } },
    },
  })
  const all: ModelPerson[] = []
  for (const { id, positions, registrations } of persons.filter((each) => each.positions.length > 0)) {
    const may: ModelPerson['may'] = []
    for (const training of trainings)
      for (const position of positions) {
        const refusal = await refusalFor(db, { personId: id, position }, training, now)
        if (refusal === undefined || refusal === 'full')
          may.push({ wave: training.waveNumber, track: training.track })
      }
    all.push({
      ...{ id, may, untrained: untrained.get(id) ?? new Set() },
      offices: positions.map(({ role, title, cooperative }) => ({ role, title, area: cooperative.areaCode })),
      registrations: registrations.map(({ training, trainingCode, state, track }) => ({
        ...{ wave: training.waveNumber, training: trainingCode, state, track },
      })),
    })
  }
  return all
}

const over = ['cancelled', 'refused', 'lapsed']
const standing = ['pending', 'confirmed', 'waitlisted', 'offered', 'completed']

/** All ways in which an expression may hold, one by one. */
function* ways(audience: Audience): Generator<{ terms: Term[]; nots: Audience[] }> {
  if ('or' in audience) for (const each of audience.or) yield* ways(each)
  else if ('and' in audience) {
    const [first, ...rest] = audience.and
    if (!first) yield { terms: [], nots: [] }
    else
      for (const one of ways(first))
        for (const others of ways({ and: rest }))
          yield { terms: [...one.terms, ...others.terms], nots: [...one.nots, ...others.nots] }
  } else if (!('not' in audience)) yield { terms: [audience], nots: [] }
  else if ('not' in audience.not) yield* ways(audience.not.not)
  else yield { terms: [], nots: 'or' in audience.not ? audience.not.or : [audience.not] }
}

/** What design and README say of an expression, of one person in memory. */
function isMeant(audience: Audience, person: ModelPerson, outer = allTracks): boolean {
  return [...ways(audience)].some(({ terms, nots }) => {
    const of = (key: string) => terms.filter((term) => term.key === key).map(({ values }) => values)
    const tracks = outer.filter((track) => of('track').every((values) => values.includes(track)))
    const hasStatus = of('status').length > 0
    const hasRegistration = hasStatus || of('wave').length > 0 || of('training').length > 0
    const sameOne = (not: Audience) => hasRegistration && !hasStatus && 'key' in not && not.key === 'status'
    const registered = person.registrations.some(
      ({ wave, training, state, track }) =>
        tracks.includes(track) &&
        of('wave').every((values) => values.includes(String(wave))) &&
        of('training').every((values) => values.includes(training)) &&
        of('status').every((values) => values.includes(state)) &&
        (hasStatus || !over.includes(state)) &&
        nots.filter(sameOne).every((not) => !('key' in not && not.values.includes(state))),
    )
    const isLimit = JSON.stringify([terms, nots]).match(
      /"(wave|training|status|untrained|not-registered|eligible)"/,
    )
    if ((hasRegistration || (of('track').length > 0 && !isLimit)) && !registered) return false
    return (
      terms.every((term) => termIsTrue(term, person, tracks)) &&
      nots.filter((not) => !sameOne(not)).every((not) => !isMeant(not, person, tracks))
    )
  })
}

function termIsTrue({ key, values }: Term, person: ModelPerson, tracks: string[]): boolean {
  const { offices, registrations } = person
  const within = registrations.filter(({ track }) => tracks.includes(track))
  switch (key) {
    case 'role':
      return offices.some(({ role }) => values.includes(role))
    case 'position':
      return offices.some(({ title }) =>
        values.some((value) => (coverageOffices[value as 'ketua'] as readonly string[]).includes(title)),
      )
    case 'area':
      return offices.some(({ area }) => values.some((value) => areaCovers(value, area)))
    case 'zone':
      return offices.some(({ area }) => values.includes(isHinterland(area) ? 'hinterland' : 'mainland'))
    case 'eligible':
      return values.some(
        (wave) =>
          person.may.some((each) => each.wave === Number(wave) && tracks.includes(each.track)) &&
          !within.some((each) => each.wave === Number(wave) && standing.includes(each.state)),
      )
    case 'untrained':
      return tracks.some((track) => person.untrained.has(track))
    case 'not-registered':
      return !within.some(({ state }) => ['pending', 'confirmed', 'waitlisted', 'offered'].includes(state))
    default:
      return true
  }
}

/** Known for Batam; in Bintan (21.01.04) because its only class is one for the hinterland. */
function isHinterland(area: string): boolean {
  return [...hinterlandAreas, '21.01.04'].some((code) => areaCovers(code, area))
}

const values: Record<string, string[]> = {
  wave: ['3', '4', '5', '3|4'],
  training: ['G3-A', 'G3-B', 'G4-A', 'G5-A'],
  status: ['confirmed', 'waitlisted', 'cancelled', 'completed', 'confirmed|waitlisted', 'lapsed'],
  role: ['pengurus', 'pengawas', 'manajer'],
  position: ['ketua', 'wakil_ketua', 'sekretaris', 'ketua_pengawas'],
  area: ['21.71', '21.71.05', '21.71.05.1001', '21.01'],
  zone: ['hinterland', 'mainland'],
  track: ['organisation', 'business'],
  eligible: ['3', '4', '5'],
}

const term: fc.Arbitrary<Audience> = fc.oneof(
  ...Object.entries(values).map(([key, possible]) =>
    fc
      .constantFrom(...possible)
      .map((value) => ({ key: key as Term['key'], values: value.split('|'), at: 1 })),
  ),
  fc
    .constantFrom<Term['key']>('not-registered', 'untrained', 'all')
    .map((key) => ({ key, values: [], at: 1 })),
)

const { any: expression } = fc.letrec<{ any: Audience; not: Audience; and: Audience; or: Audience }>(
  (tie) => ({
    any: fc.oneof({ maxDepth: 3, depthIdentifier: 'a' }, term, tie('and'), tie('and'), tie('or'), tie('not')),
    not: tie('any').map((not) => ({ not })),
    and: fc.array(tie('any'), { minLength: 2, maxLength: 3 }).map((and) => ({ and })),
    or: fc.array(tie('any'), { minLength: 2, maxLength: 3 }).map((or) => ({ or })),
  }),
)

/** As somebody writes it, with no more parentheses than it needs. */
function written(audience: Audience, within: 'or' | 'and' | 'not' = 'or'): string {
  const wrapped = (text: string, needs: boolean) => (needs ? `( ${text} )` : text)
  if ('or' in audience)
    return wrapped(audience.or.map((each) => written(each, 'and')).join(' OR '), within !== 'or')
  if ('and' in audience)
    return wrapped(audience.and.map((each) => written(each, 'not')).join(' and '), within === 'not')
  if ('not' in audience) return `Not ${written(audience.not, 'not')}`
  return audience.values.length === 0 ? audience.key : `${audience.key}=${audience.values.join('|')}`
}

async function meantBy(text: string): Promise<number[]> {
  const rows = await database.db.$queryRaw<{ id: number }[]>`
    SELECT a.id FROM (${await audienceSql(database.db, parseAudience(text), { now, coverage })}) a ORDER BY a.id`
  return rows.map(({ id }) => id)
}

describe('an audience', () => {
  it('is the same as that of a plain model in memory, whatever the expression', async () => {
    expect(world.length).toBeGreaterThan(50)
    const sizes = new Set<number>()
    await fc.assert(
      fc.asyncProperty(expression, async (audience) => {
        const text = written(audience)
        fc.pre(text.length < 600 && [...ways(audience)].length <= 60)
        const expected = world.filter((person) => isMeant(audience, person)).map(({ id }) => id)
        sizes.add(expected.length)
        expect(await meantBy(text), text).toEqual(expected)
      }),
      { numRuns: 400 },
    )
    expect(sizes.size).toBeGreaterThan(10)
  })

  it.each([
    ['all', (person: ModelPerson) => person.id > 0],
    [
      'wave=3 and status=confirmed',
      (person: ModelPerson) =>
        person.registrations.some(({ wave, state }) => wave === 3 && state === 'confirmed'),
    ],
    [
      'STATUS=Confirmed AND Wave=3 OR training=g4-a and status=confirmed',
      (person: ModelPerson) =>
        person.registrations.some(
          ({ wave, training, state }) => state === 'confirmed' && (wave === 3 || training === 'G4-A'),
        ),
    ],
    [
      'wave=3 and not status=confirmed',
      (person: ModelPerson) =>
        person.registrations.some(
          ({ wave, state }) => wave === 3 && state !== 'confirmed' && !over.includes(state),
        ),
    ],
    [
      'wave=3 and not wave=4',
      (person: ModelPerson) =>
        [3, 4]
          .map((wave) =>
            person.registrations.some((each) => each.wave === wave && !over.includes(each.state)),
          )
          .join() === 'true,false',
    ],
    [
      'status=cancelled',
      (person: ModelPerson) => person.registrations.some(({ state }) => state === 'cancelled'),
    ],
    ['untrained and track=business', (person: ModelPerson) => person.untrained.has('business')],
  ] as const)('%s means whom it says', async (text, isIn) => {
    const expected = world.filter(isIn).map(({ id }) => id)
    expect(expected.length).toBeGreaterThan(0)
    expect(await meantBy(text)).toEqual(expected)
  })

  it('binds every value that comes from outside', async () => {
    const text =
      'role=pengawas and area=21.71.05 and training=G3-A or wave=4 and status=lapsed or zone=mainland and position=ketua'
    const { sql, values: bound } = await audienceSql(database.db, parseAudience(text), { now, coverage })
    for (const value of ['pengawas', '21.71.05', 'G3-A', 'lapsed'])
      expect([sql.includes(`'${value}'`), JSON.stringify(bound).includes(value)]).toEqual([false, true])
  })

  it.each([
    "training=G3-A';DROP",
    "role=pengawas'--",
    'wave=3;',
    "wave=3')or(1=1",
    'area=21.71%',
    "status=confirmed'/*",
    'position=constructor',
    'zone=__proto__',
    'toString',
    'wave=3 and role=pengawas" or "1"="1',
  ])('refuses %s', async (text) => {
    await expect(async () => meantBy(text)).rejects.toThrow(AudienceFault)
  })

  it.each([
    ['', 'something is missing', 1],
    ['wave=3 and', 'something is missing', 11],
    ['wave=3 wave=4', 'does not belong here', 8],
    ['(wave=3 or all', 'a parenthesis before it is not closed', 15],
    ['all and rolle=ketua', 'not known', 9],
    ['wave', 'needs a value', 1],
    ['all and untrained=ya', 'takes no value', 9],
    ['role=ketua', 'no such value', 1],
    ['area=21.99', 'no area has this code', 1],
    ['all or (=3)', 'no value', 9],
    ['training=G9-Z', 'there is no such training; possible: G3-A', 1],
    ['not eligible=77', 'there is no such wave; possible: 3, 4, 5', 5],
    [`${'not '.repeat(30)}all`, 'nested too deep', 85],
    [Array(300).fill('all').join(' or '), 'too long', 1000],
    [Array(8).fill('(wave=3 or wave=4)').join(' and '), 'too many combinations', 1],
  ])('of "%.30s" says what is wrong and where', async (text, what, at) => {
    const fault: unknown = await meantBy(text).catch((error: unknown) => error)
    expect(fault).toBeInstanceOf(AudienceFault)
    expect((fault as AudienceFault).message).toContain(what)
    expect((fault as AudienceFault).at).toBe(at)
  })
})
