import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { areaByCode, areasUnder } from '../../src/areas.ts'
import { defaultCoverage, parseCoverage } from '../../src/config/coverage.ts'
import {
  type CooperativeCoverage,
  coverageByCooperative,
  coverageFigures,
} from '../../src/registration/coverage.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { makeCooperative, makeHolder, makeRegistration, makeTracks } from './cooperatives.ts'

const now = new Date('2026-11-24T03:00:00Z')
const sadai = '21.71.09.1003'
const asked = parseCoverage(defaultCoverage)

let test: TestDatabase
beforeAll(async () => {
  test = await freshDatabase()
})
beforeEach(() => test.empty())
afterAll(() => test.drop())

async function all(coverage = asked, areas: string[] = []): Promise<CooperativeCoverage[]> {
  const found: CooperativeCoverage[] = []
  for await (const page of coverageByCooperative(test.db, coverage, areas)) found.push(...page)
  return found
}

/** A cooperative's statuses: organisation, business. */
async function statuses(coverage = asked): Promise<string[]> {
  const [one] = await all(coverage)
  const figures = await coverageFigures(test.db, coverage, [])
  // What SQL sums up and what it lists is the same.
  for (const track of ['organisation', 'business'] as const) {
    const status = one?.tracks[track].status ?? 'none'
    expect(figures.reduce((sum, { tracks }) => sum + tracks[track][status], 0)).toBe(1)
  }
  return [one?.tracks.organisation.status ?? '', one?.tracks.business.status ?? '']
}

const left = async (track: 'organisation' | 'business', coverage = asked) =>
  (await all(coverage))[0]?.tracks[track].open.flatMap(({ persons }) => persons.map(({ name }) => name))

describe('coverage of a cooperative', () => {
  it('is none, part, full as one office after the other completes', async () => {
    const { organisation, business } = await makeTracks(test.db, now)
    const id = await makeCooperative(test.db, sadai)
    expect(await statuses()).toEqual(['none', 'none'])
    const titles = ['ketua', 'sekretaris', 'bendahara', 'anggota_pengawas'] as const
    for (const title of titles) {
      expect(await statuses()).toEqual([title === 'ketua' ? 'none' : 'part', 'none'])
      const officer = await makeHolder(test.db, id, title)
      await makeRegistration(test.db, officer, organisation, 'completed')
    }
    expect(await statuses()).toEqual(['full', 'none'])
    const manager = await makeHolder(test.db, id, 'manajer')
    await makeRegistration(test.db, manager, business, 'completed')
    expect(await statuses()).toEqual(['full', 'full'])
    expect(await left('organisation')).toEqual([])
  })

  it.each(['confirmed', 'partial', 'absent', 'cancelled', 'waitlisted'] as const)(
    'does not count who is %s',
    async (state) => {
      const { organisation } = await makeTracks(test.db, now)
      const id = await makeCooperative(test.db, sadai)
      const ketua = await makeHolder(test.db, id, 'ketua')
      await makeRegistration(test.db, ketua, organisation, state)
      expect(await statuses()).toEqual(['none', 'none'])
      expect(await left('organisation')).toEqual([ketua.name])
    },
  )

  it('with one of two pengawas completed leaves neither to call when one is asked for, the other when two are', async () => {
    const { organisation } = await makeTracks(test.db, now)
    const id = await makeCooperative(test.db, sadai)
    const first = await makeHolder(test.db, id, 'anggota_pengawas')
    const second = await makeHolder(test.db, id, 'ketua_pengawas')
    await makeRegistration(test.db, first, organisation, 'completed')
    const one = parseCoverage('organisation:1*pengawas;business:manajer')
    expect(await statuses(one)).toEqual(['full', 'none'])
    expect(await left('organisation', one)).toEqual([])
    const two = parseCoverage('organisation:2*pengawas;business:manajer')
    expect(await statuses(two)).toEqual(['part', 'none'])
    expect(await left('organisation', two)).toEqual([second.name])
    const three = parseCoverage('organisation:3*pengawas;business:manajer')
    expect((await all(three))[0]?.tracks.organisation.open).toMatchObject([
      { missing: 2, persons: [{ name: second.name }] },
    ])
  })

  it('takes any wakil ketua for wakil_ketua, and only the one named for a kind', async () => {
    const { organisation } = await makeTracks(test.db, now)
    const id = await makeCooperative(test.db, sadai)
    const deputy = await makeHolder(test.db, id, 'wakil_ketua_anggota')
    await makeRegistration(test.db, deputy, organisation, 'completed')
    expect(await statuses(parseCoverage('organisation:wakil_ketua;business:manajer'))).toEqual([
      'full',
      'none',
    ])
    expect(await statuses(parseCoverage('organisation:wakil_ketua_usaha;business:manajer'))).toEqual([
      'none',
      'none',
    ])
  })

  it('is satisfied by either of two offices', async () => {
    const { business } = await makeTracks(test.db, now)
    const id = await makeCooperative(test.db, sadai)
    const manager = await makeHolder(test.db, id, 'manajer')
    const deputy = await makeHolder(test.db, id, 'wakil_ketua_usaha')
    expect((await left('business'))?.toSorted()).toEqual([deputy.name, manager.name].toSorted())
    await makeRegistration(test.db, deputy, business, 'completed')
    expect(await statuses()).toEqual(['none', 'full'])
    expect(await left('business')).toEqual([])
  })

  it('keeps what was completed by one who has left since, and says so', async () => {
    const { organisation } = await makeTracks(test.db, now)
    const id = await makeCooperative(test.db, sadai)
    const former = await makeHolder(test.db, id, 'ketua', { until: now })
    await makeRegistration(test.db, former, organisation, 'completed')
    const successor = await makeHolder(test.db, id, 'ketua')
    expect(await statuses()).toEqual(['part', 'none'])
    expect((await all())[0]?.tracks.organisation.trained).toEqual([
      { name: former.name, title: 'ketua', left: true },
    ])
    expect(await left('organisation')).not.toContain(successor.name)
  })

  it('counts a trained person in the office and cooperative they have now, since nobody can complete a track twice', async () => {
    const { organisation } = await makeTracks(test.db, now)
    const id = await makeCooperative(test.db, sadai)
    const officer = await makeHolder(test.db, id, 'sekretaris', { until: now })
    await makeRegistration(test.db, officer, organisation, 'completed')
    await makeHolder(test.db, id, 'ketua', { personId: officer.personId, name: officer.name })
    expect((await all())[0]?.tracks.organisation.trained).toEqual([
      { name: officer.name, title: 'ketua', left: false },
      { name: officer.name, title: 'sekretaris', left: true },
    ])
    const open = (await all())[0]?.tracks.organisation.open.map(({ target }) => target)
    expect(open).toEqual([{ offices: ['bendahara'] }, { role: 'pengawas', count: 1 }])
  })

  it('counts one person with two offices of a role once', async () => {
    const { organisation } = await makeTracks(test.db, now)
    const id = await makeCooperative(test.db, sadai)
    const member = await makeHolder(test.db, id, 'anggota_pengawas', { until: now })
    await makeRegistration(test.db, member, organisation, 'completed')
    await makeHolder(test.db, id, 'ketua_pengawas', { personId: member.personId })
    expect(await statuses(parseCoverage('organisation:2*pengawas;business:manajer'))).toEqual([
      'part',
      'none',
    ])
  })

  it('does not take the word of somebody whom staff have not agreed to', async () => {
    const { organisation } = await makeTracks(test.db, now)
    const id = await makeCooperative(test.db, sadai)
    const other = await makeCooperative(test.db, '21.71.09.1001')
    const officer = await makeHolder(test.db, other, 'ketua')
    await makeRegistration(test.db, officer, organisation, 'completed')
    const claimed = await makeHolder(test.db, id, 'ketua', { personId: officer.personId })
    await test.db.position.update({ where: { id: claimed.positionId }, data: { pending: true } })
    const found = await all()
    expect(found.find((each) => each.id === id)?.tracks.organisation.status).toBe('none')
    expect(found.find((each) => each.id === other)?.tracks.organisation.status).toBe('part')
  })

  it('shows who is left with numbers, and with the class they are registered in', async () => {
    const { organisation } = await makeTracks(test.db, now)
    const id = await makeCooperative(test.db, sadai)
    const ketua = await makeHolder(test.db, id, 'ketua', { phone: '+6281300000001' })
    await makeRegistration(test.db, ketua, organisation, 'waitlisted')
    expect((await all())[0]?.tracks.organisation.open[0]).toEqual({
      target: { offices: ['ketua'] },
      missing: 1,
      persons: [
        {
          ...{ personId: ketua.personId, name: ketua.name, title: 'ketua', phones: ['+6281300000001'] },
          registered: { training: organisation, state: 'waitlisted' },
        },
      ],
    })
  })
})

describe('coverage of areas', () => {
  it('counts the places without a cooperative in the kabupaten where there is one, and only there', async () => {
    await makeCooperative(test.db, sadai)
    const figures = await coverageFigures(test.db, asked, [])
    const places = figures.reduce((sum, each) => sum + each.places, 0)
    expect(places).toBe(areasUnder('21.71', 'kelurahan').length)
    expect(figures.reduce((sum, each) => sum + each.withoutCooperative, 0)).toBe(places - 1)
    expect(figures.every(({ area }) => area.startsWith('21.71.'))).toBe(true)
    const bengkong = figures.find(({ area }) => area === '21.71.09')
    expect(bengkong?.tracks.organisation).toEqual({ none: 1, part: 0, full: 0 })
    expect(areaByCode('21.71.09')?.name).toBe('Bengkong')
  })

  it('can be limited to areas, and 21.7 is not 21.71', async () => {
    await makeCooperative(test.db, sadai)
    await makeCooperative(test.db, '21.71.05.1001')
    const codes = async (areas: string[]) => (await all(asked, areas)).map(({ areaCode }) => areaCode)
    expect(await codes(['21.71.09'])).toEqual([sadai])
    expect(await codes([sadai])).toEqual([sadai])
    expect(await codes(['21.7'])).toEqual([])
    expect((await coverageFigures(test.db, asked, ['21.71.09'])).map(({ area }) => area)).toEqual([
      '21.71.09',
    ])
  })

  it('takes as many queries a page for 20,000 cooperatives as for one, and adds up', async () => {
    const { organisation } = await makeTracks(test.db, now)
    await test.db.$executeRaw`UPDATE training SET capacity = 100000`
    await test.db.$executeRaw`
      INSERT INTO cooperative (area_code, name)
      SELECT format('5%s.%s.%s.%s', n / 8000, lpad((n / 400 % 20)::text, 2, '0'), lpad((n / 20 % 20)::text, 2, '0'), 1000 + n % 20),
        'Koperasi ' || n FROM generate_series(0, 19999) AS n`
    await test.db.$executeRaw`INSERT INTO person (name) SELECT 'Orang ' || id FROM cooperative`
    await test.db.$executeRaw`
      INSERT INTO position (person_id, cooperative_id, role, title)
      SELECT p.id, c.id, 'pengurus', 'ketua' FROM cooperative c JOIN person p ON p.name = 'Orang ' || c.id`
    await test.db.$executeRaw`
      INSERT INTO registration (number, person_id, position_id, cooperative_id, role, title, training_code, track, state, updated_at)
      SELECT 'N' || id, person_id, id, cooperative_id, role, title, ${organisation}, 'organisation', 'completed', now()
      FROM position WHERE id % 2 = 0`
    const queries = await countQueries(async () => {
      expect(await all()).toHaveLength(20_000)
    })
    expect(queries).toBeLessThanOrEqual(45)
    const figures = await coverageFigures(test.db, asked, [])
    const sum = (status: 'none' | 'part') =>
      figures.reduce((total, each) => total + each.tracks.organisation[status], 0)
    expect([sum('none'), sum('part')]).toEqual([10_000, 10_000])
  })
})

/** How many statements reach the database meanwhile. */
async function countQueries(work: () => Promise<void>): Promise<number> {
  const { pool } = test
  const query = pool.query
  let count = 0
  pool.query = ((...args: Parameters<typeof query>) => {
    count += 1
    return query.apply(pool, args)
  }) as typeof query
  try {
    await work()
  } finally {
    pool.query = query
  }
  expect(count).toBeGreaterThan(0)
  return count
}
