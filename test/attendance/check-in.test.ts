import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { transaction } from '../../src/database/client.ts'
import { lockTrainings } from '../../src/database/locks.ts'
import { checkIn, isSessionCode, sessionCode } from '../../src/registration/attendance.ts'
import { cancelRegistration } from '../../src/registration/cancel.ts'
import { numberAlphabet } from '../../src/registration/register.ts'
import { hour, later, minute } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { eventually } from '../eventually.ts'
import { makeOfficers } from '../programme.ts'
import { at, day, giveSeat, makeClass, starts } from './classes.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await freshDatabase()
})
beforeEach(() => test.empty())
afterAll(() => test.drop())

const codeOf = (sessionId: number) => transaction(test.db, (tx) => sessionCode(tx, sessionId))
const come = (personId: number, code: string, now: Date) =>
  transaction(test.db, (tx) => checkIn(tx, personId, code, now))

describe('the code of a session', () => {
  it('is drawn once, whoever asks, and is no other session’s', async () => {
    const { sessions } = await makeClass(test.db, { sessions: 4, officers: 0 })
    const asked = await Promise.all([0, 0, 0, 1, 2, 3].map((index) => codeOf(at(sessions, index).id)))
    expect(new Set(asked.slice(0, 3)).size).toBe(1)
    expect(new Set(asked).size).toBe(4)
    expect(await codeOf(at(sessions, 0).id)).toBe(asked[0])
    for (const code of asked) {
      expect(code).toHaveLength(4)
      expect([...code].every((letter) => numberAlphabet.includes(letter))).toBe(true)
      expect(isSessionCode(code)).toBe(true)
    }
  })

  it.each(['SAYA', 'HADI', '2026', 'JAM8', '25RB', '2JAM', 'GEL3', '7KQ', '7KQ22', '7KO2', '1A2B'])(
    'never looks like %s',
    (word) => expect(isSessionCode(word)).toBe(false),
  )
  it.each(['7KQ2', 'H4MD', 'AB2C', '22A3'])('may look like %s', (code) =>
    expect(isSessionCode(code)).toBe(true),
  )
})

describe('checking in', () => {
  it('is possible from an hour before the start to the end, by the minute', async () => {
    const { sessions, officers } = await makeClass(test.db, { sessions: 1, officers: 4 })
    const code = await codeOf(at(sessions, 0).id)
    const ends = later(starts, 4 * hour)
    const results = []
    for (const [index, now] of [
      later(starts, -hour - minute),
      later(starts, -hour),
      ends,
      later(ends, minute),
    ].entries())
      results.push((await come(at(officers, index).personId, code, now)).result)
    expect(results).toEqual(['early', 'noted', 'noted', 'over'])
    expect(await test.db.attendance.count()).toBe(2)
  })

  it('notes once a session, and says when that was', async () => {
    const { sessions, officers, registrations } = await makeClass(test.db, { sessions: 2, officers: 1 })
    const [first, second] = [await codeOf(at(sessions, 0).id), await codeOf(at(sessions, 1).id)]
    const { personId } = at(officers, 0)
    expect(await come(personId, first.toLowerCase(), starts)).toMatchObject({
      result: 'noted',
      session: { key: '1' },
      next: { key: '2' },
    })
    expect(await come(personId, first, later(starts, hour))).toMatchObject({ result: 'already', at: starts })
    // Also when it is over.
    expect(await come(personId, first, later(starts, day))).toMatchObject({ result: 'already', at: starts })
    expect(await come(personId, second, later(starts, day))).toMatchObject({
      result: 'noted',
      next: undefined,
    })
    expect(await test.db.attendance.findMany({ orderBy: { at: 'asc' } })).toMatchObject([
      { registrationId: at(registrations, 0).id, sessionId: at(sessions, 0).id, at: starts, source: 'code' },
      { sessionId: at(sessions, 1).id, at: later(starts, day) },
    ])
  })

  it('notes one of two at once', async () => {
    const { sessions, officers } = await makeClass(test.db, { sessions: 1, officers: 6 })
    const code = await codeOf(at(sessions, 0).id)
    const all = await Promise.all(
      officers.flatMap(({ personId }) => [come(personId, code, starts), come(personId, code, starts)]),
    )
    const results = all.map(({ result }) => result)
    expect(results.filter((result) => result === 'noted')).toHaveLength(6)
    expect(results.filter((result) => result === 'already')).toHaveLength(6)
    expect(await test.db.attendance.count()).toBe(6)
  })

  it('is for those who have a seat in that class', async () => {
    const { code: trainingCode, sessions } = await makeClass(test.db, { sessions: 1, officers: 1 })
    const code = await codeOf(at(sessions, 0).id)
    const others = await makeOfficers(test.db, 4)
    await giveSeat(test.db, at(others, 0), trainingCode, 'waitlisted')
    await giveSeat(test.db, at(others, 1), trainingCode, 'pending')
    const cancelled = await giveSeat(test.db, at(others, 2), trainingCode)
    await transaction(test.db, (tx) =>
      cancelRegistration(tx, at(others, 2).personId, cancelled.id, null, later(starts, -day)),
    )
    const results = []
    for (const { personId } of others) results.push(await come(personId, code, starts))
    expect(results).toMatchObject([
      { result: 'no-seat', state: 'waitlisted' },
      { result: 'no-seat', state: 'pending' },
      { result: 'not-registered' },
      { result: 'not-registered' },
    ])
    expect(await test.db.attendance.count()).toBe(0)
  })

  it('knows no other codes, and notes nobody at a cancelled session', async () => {
    const { sessions, officers } = await makeClass(test.db, { sessions: 1, officers: 1 })
    const { personId } = at(officers, 0)
    const code = await codeOf(at(sessions, 0).id)
    expect(await come(personId, '2A2A', starts)).toEqual({ result: 'unknown' })
    expect(await come(personId, '', starts)).toEqual({ result: 'unknown' })
    await test.db.session.update({ where: { id: at(sessions, 0).id }, data: { cancelledAt: starts } })
    expect(await come(personId, code, starts)).toMatchObject({ result: 'cancelled' })
    expect(await test.db.attendance.count()).toBe(0)
  })

  it('notes nobody at a session that is cancelled just then', async () => {
    const { code: training, sessions, officers } = await makeClass(test.db, { sessions: 1, officers: 1 })
    const { id } = at(sessions, 0)
    const code = await codeOf(id)
    let coming: ReturnType<typeof come> | undefined
    await transaction(test.db, async (tx) => {
      await lockTrainings(tx, [training])
      coming = come(at(officers, 0).personId, code, starts)
      await eventually(async () => {
        const { rows } = await test.pool.query(
          `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        )
        return rows.length > 0
      }, 'waiting for the training’s lock')
      await tx.session.update({ where: { id }, data: { cancelledAt: starts } })
    })
    expect(await coming).toMatchObject({ result: 'cancelled' })
    expect(await test.db.attendance.count()).toBe(0)
  })
})
