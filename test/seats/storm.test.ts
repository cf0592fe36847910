import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hour } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { longTest } from '../long.ts'
import { run } from '../process.ts'
import { makeOfficers, makeProgramme } from '../programme.ts'
import { snapshot } from './invariants.ts'

const processes = 4
const officersEach = 12
/** The whole minute is `npm run test:long`. */
const seconds = longTest ? 60 : 6
const looksASecond = 20

let database: TestDatabase

beforeEach(async () => {
  database = await freshDatabase()
})

afterEach(() => database.drop())

async function classesAndOfficers() {
  const now = new Date()
  for (const [index, capacity] of [3, 2, 2].entries())
    await makeProgramme(database.db, { now, wave: 3, capacity, startsIn: (60 + index * 5) * 24 * hour })
  const officers = await makeOfficers(database.db, processes * officersEach, { consented: true })
  for (const { phone } of officers)
    await database.db.contact.create({ data: { channel: 'telegram', chat: phone, phone } })
  return officers
}

describe('registrations, cancellations, moves, lapses and capacities at random over 4 processes', () => {
  it('at no instant more seats than there are, nobody lost, nobody twice, nobody passed over', async () => {
    const officers = await classesAndOfficers()
    const began = String(Date.now())
    const seed = randomInt(1, 2 ** 31 - 1)
    const children = Array.from({ length: processes }, (_, share) => {
      const own = officers.filter((__, place) => place % processes === share)
      return run('test/seats/storm.ts', [
        ...[database.url, String(seed + share), String(seconds), began],
        ...own.map(({ personId }) => String(personId)),
      ])
    })
    let ended = false
    void Promise.all(children.map((child) => child.ended)).then(() => {
      ended = true
    })
    let looks = 0
    let registrations = 0
    while (!ended) {
      const [seen] = await Promise.all([snapshot(database.db), sleep(1000 / looksASecond)])
      looks++
      expect(seen.violations, `seed ${seed}`).toEqual([])
      expect(seen.registrations).toBeGreaterThanOrEqual(registrations)
      registrations = seen.registrations
    }
    const codes = await Promise.all(children.map((child) => child.ended))
    expect(codes, children.map(({ errors }) => errors()).join('')).toEqual(children.map(() => 0))
    const results = children.map(({ output }) => JSON.parse(output()))
    expect(
      results.flatMap(({ lost }) => lost),
      `seed ${seed}`,
    ).toEqual([])
    expect((await snapshot(database.db)).violations).toEqual([])
    // It was a storm: all that can happen has happened, and it was looked at all the while.
    const happened = new Set(results.flatMap(({ done }) => Object.keys(done)))
    const always = ['registered', 'waiting', 'cancelled', 'capacity']
    const inAMinute = ['moved', 'taken', 'declined', 'lapsed']
    for (const what of longTest ? [...always, ...inAMinute] : always)
      expect([...happened], what).toContain(what)
    expect(looks).toBeGreaterThan(seconds * 2)
    if (longTest) process.stdout.write(`${looks} looks at ${registrations} registrations\n`)
  }, 180_000)

  const planted: [string, string[]][] = [
    [
      'a counter that is off',
      [`UPDATE training SET taken = taken + 1 WHERE code = (SELECT min(code) FROM training)`],
    ],
    [
      'a seat too many',
      [
        `ALTER TABLE training DROP CONSTRAINT training_seats`,
        `UPDATE training SET capacity = 1, taken = 3 WHERE code = (SELECT min(code) FROM training)`,
        `UPDATE registration SET state = 'confirmed'`,
      ],
    ],
    [
      'a person twice',
      [
        `DROP INDEX registration_active`,
        `UPDATE registration SET person_id = (SELECT min(person_id) FROM registration)`,
      ],
    ],
    [
      'somebody passed over',
      [
        `UPDATE registration SET state = 'waitlisted', waiting_number = 1 WHERE id = (SELECT min(id) FROM registration)`,
        `UPDATE registration SET state = 'offered', waiting_number = 2, offered_until = now() + interval '1 day' WHERE id = (SELECT max(id) FROM registration)`,
        `UPDATE training SET taken = 1, offered = 1`,
      ],
    ],
  ]
  it.each(planted)('would be seen: %s', async (_, statements) => {
    const now = new Date()
    const { code } = await makeProgramme(database.db, { now, capacity: 5 })
    const officers = await makeOfficers(database.db, 3, { consented: true })
    await database.db.registration.createMany({
      data: await Promise.all(
        officers.map(async ({ personId, positionId }, index) => ({
          ...{
            number: `REG-A${index}`,
            personId,
            positionId,
            role: 'pengurus' as const,
            title: 'ketua' as const,
          },
          ...{ trainingCode: code, track: 'organisation' as const, state: 'confirmed' as const },
          cooperativeId: (await database.db.position.findUniqueOrThrow({ where: { id: positionId } }))
            .cooperativeId,
        })),
      ),
    })
    await database.db.training.update({ where: { code }, data: { taken: 3 } })
    expect((await snapshot(database.db)).violations).toEqual([])
    for (const statement of statements) await database.pool.query(statement)
    expect((await snapshot(database.db)).violations).not.toEqual([])
  })
})
