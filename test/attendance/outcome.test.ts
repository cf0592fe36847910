import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { transaction } from '../../src/database/client.ts'
import type { Registration, Session } from '../../src/database/generated/client.ts'
import { trainingByCode } from '../../src/programme/trainings.ts'
import { checkIn, sessionCode, tickAll } from '../../src/registration/attendance.ts'
import {
  attendedBy,
  outcomeOf,
  settleOutcomes,
  trainingsToComplete,
} from '../../src/registration/completion.ts'
import { refusalFor } from '../../src/registration/eligibility.ts'
import { wrongCounters } from '../../src/registration/seats.ts'
import { hour, later, minute } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { makeOfficers, makeProgramme } from '../programme.ts'
import { at, complete, day, giveSeat, makeClass, starts } from './classes.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await freshDatabase()
})
beforeEach(() => test.empty())
afterAll(() => test.drop())

describe('what attendance comes to', () => {
  it.each([
    [5, 5, 'completed'],
    [4, 5, 'completed'],
    [3, 5, 'partial'],
    [3, 4, 'partial'],
    [1, 1, 'completed'],
    [1, 2, 'partial'],
    [8, 10, 'completed'],
    [7, 9, 'partial'],
    [0, 4, 'absent'],
  ] as const)('%i of %i sessions: %s', (attended, sessions, outcome) =>
    expect(outcomeOf({ attended, sessions })).toBe(outcome),
  )
})

/** Ticks the first so many sessions of each registration. */
async function attend(registrations: Registration[], sessions: Session[], counts: number[]): Promise<void> {
  for (const [index, count] of counts.entries())
    await test.db.attendance.createMany({
      data: sessions.slice(0, count).map(({ id, starts: began }) => ({
        ...{
          registrationId: at(registrations, index).id,
          sessionId: id,
          at: began,
          source: 'staff' as const,
        },
      })),
    })
}

const states = async (code: string) =>
  (await test.db.registration.findMany({ where: { trainingCode: code }, orderBy: { id: 'asc' } })).map(
    ({ state }) => state,
  )

describe('the end of a class', () => {
  const over = later(starts, 4 * day + 4 * hour + minute)

  it('gives everybody their outcome, once the last session is over, and keeps the counters', async () => {
    const { code, sessions, registrations } = await makeClass(test.db, { sessions: 5, officers: 4 })
    await attend(registrations, sessions, [5, 4, 3, 0])
    const lastEnds = at(sessions, 4).ends
    expect(await trainingsToComplete(test.db, lastEnds)).toEqual([])
    expect(await complete(test.db, code, lastEnds)).toBe(0)
    expect(await trainingsToComplete(test.db, over)).toEqual([code])
    expect(await complete(test.db, code, over)).toBe(4)
    expect(await states(code)).toEqual(['completed', 'completed', 'partial', 'absent'])
    expect(await test.db.training.findUnique({ where: { code } })).toMatchObject({ taken: 4, offered: 0 })
    expect(await wrongCounters(test.db)).toEqual([])
    expect(await trainingsToComplete(test.db, over)).toEqual([])
    expect(await complete(test.db, code, over)).toBe(0)
  })

  it('does not count cancelled sessions, either way', async () => {
    const { code, sessions, registrations } = await makeClass(test.db, { sessions: 5, officers: 3 })
    await attend(registrations, sessions, [4, 1, 3])
    // Of sessions 1 to 4 the first was cancelled afterwards: 3 of 4, 0 of 4, 2 of 4.
    await test.db.session.update({ where: { id: at(sessions, 0).id }, data: { cancelledAt: starts } })
    await complete(test.db, code, over)
    expect(await states(code)).toEqual(['partial', 'absent', 'partial'])
    const ids = registrations.map(({ id }) => id)
    expect((await attendedBy(test.db, ids)).get(at(ids, 0))).toEqual({ attended: 3, sessions: 4 })
  })

  it('comes when the time of a cancelled last session is over too; with all cancelled there is none', async () => {
    const { code, sessions } = await makeClass(test.db, { sessions: 2, officers: 1 })
    const [first, second] = [at(sessions, 0), at(sessions, 1)]
    await test.db.session.update({ where: { id: second.id }, data: { cancelledAt: starts } })
    expect(await trainingsToComplete(test.db, later(first.ends, minute))).toEqual([])
    expect(await trainingsToComplete(test.db, later(second.ends, minute))).toEqual([code])
    await test.db.session.update({ where: { id: first.id }, data: { cancelledAt: starts } })
    expect(await trainingsToComplete(test.db, over)).toEqual([])
    expect(await complete(test.db, code, over)).toBe(0)
    expect(await states(code)).toEqual(['confirmed'])
  })

  it('follows attendance that is noted late, up and down', async () => {
    const { code, sessions, registrations } = await makeClass(test.db, { sessions: 5, officers: 1 })
    await attend(registrations, sessions, [3])
    await complete(test.db, code, over)
    expect(await states(code)).toEqual(['partial'])
    const { id: registrationId } = at(registrations, 0)
    const sessionId = at(sessions, 3).id
    const settle = () => transaction(test.db, (tx) => settleOutcomes(tx, [registrationId]))
    await transaction(test.db, (tx) => tickAll(tx, [{ registrationId, sessionId }], 'paper', over))
    expect(await states(code)).toEqual(['completed'])
    await test.db.attendance.deleteMany({ where: { sessionId } })
    expect([await settle(), await settle()]).toEqual([1, 0])
    expect(await states(code)).toEqual(['partial'])
    await test.db.attendance.deleteMany()
    await settle()
    expect(await states(code)).toEqual(['absent'])
    expect(await test.db.training.findUnique({ where: { code } })).toMatchObject({ taken: 1 })
  })

  it('leaves those alone who have no seat; who waited is free to register elsewhere', async () => {
    const { code } = await makeClass(test.db, { sessions: 1, officers: 1 })
    const [waiting, cancelled] = await makeOfficers(test.db, 2)
    if (!waiting || !cancelled) throw new Error('no officers')
    await giveSeat(test.db, waiting, code, 'waitlisted')
    const { id } = await giveSeat(test.db, cancelled, code, 'pending')
    await test.db.registration.update({ where: { id }, data: { state: 'cancelled' } })
    await complete(test.db, code, over)
    expect(await states(code)).toEqual(['absent', 'lapsed', 'cancelled'])
    expect(await wrongCounters(test.db)).toEqual([])
  })

  it('lets who was absent or there in part register again, and nobody who has completed', async () => {
    const { code, sessions, registrations, officers } = await makeClass(test.db, { sessions: 2, officers: 3 })
    await attend(registrations, sessions, [2, 1, 0])
    await complete(test.db, code, over)
    const next = await makeProgramme(test.db, { now: over })
    const training = await trainingByCode(test.db, next.code)
    const refused = []
    for (const { personId, positionId } of officers) {
      const position = await test.db.position.findUniqueOrThrow({
        where: { id: positionId },
        include: { cooperative: true },
      })
      refused.push(await refusalFor(test.db, { personId, position }, training as never, over))
    }
    expect(refused).toEqual(['track-completed', undefined, undefined])
  })

  it('takes in whoever is noted while it is being set', async () => {
    const { code, sessions, officers } = await makeClass(test.db, { sessions: 1, officers: 8 })
    const session = at(sessions, 0)
    const word = await transaction(test.db, (tx) => sessionCode(tx, session.id))
    // Their clocks stand at the last moment, the worker's a minute later.
    await Promise.all([
      ...officers.map(({ personId }) =>
        transaction(test.db, (tx) => checkIn(tx, personId, word, session.ends)),
      ),
      complete(test.db, code, later(session.ends, minute)),
    ])
    expect(await test.db.attendance.count()).toBe(8)
    expect(new Set(await states(code))).toEqual(new Set(['completed']))
  })
})
