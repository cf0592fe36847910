import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { wrongCounters } from '../../src/registration/seats.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { run } from '../process.ts'
import { type MadeProgramme, makeOfficers, makeProgramme } from '../programme.ts'

const officersCount = 300
const seats = 10
const processes = 4

let database: TestDatabase
let programme: MadeProgramme

beforeEach(async () => {
  database = await freshDatabase()
  programme = await makeProgramme(database.db, { capacity: seats })
})

afterEach(() => database.drop())

describe('300 officers reach for the last 10 seats over 4 processes', () => {
  it('exactly 10 have one; the rest wait at places 1 to 290, no gap, none twice, in the order of their turns', async () => {
    const officers = await makeOfficers(database.db, officersCount, { consented: true })
    const shares = Array.from({ length: processes }, (_, share) =>
      officers.filter((__, place) => place % processes === share).map(({ personId }) => String(personId)),
    )
    const children = shares.map((ids) =>
      run('test/seats/reach.ts', ['register-or-wait', database.url, programme.code, ...ids]),
    )
    const codes = await Promise.all(children.map(({ ended }) => ended))
    expect(codes, children.map(({ errors }) => errors()).join('')).toEqual(shares.map(() => 0))
    const results = children.flatMap(({ output }) => JSON.parse(output()) as string[])
    expect(results.filter((result) => result === 'registered')).toHaveLength(seats)
    expect(results.filter((result) => result === 'waiting')).toHaveLength(officersCount - seats)

    const waiting = await database.db.registration.findMany({
      where: { trainingCode: programme.code, state: 'waitlisted' },
      orderBy: { waitingNumber: 'asc' },
    })
    expect(waiting.map(({ waitingNumber }) => waitingNumber)).toEqual(
      Array.from({ length: officersCount - seats }, (_, index) => index + 1),
    )
    expect(new Set(waiting.map(({ personId }) => personId)).size).toBe(officersCount - seats)
    // Rows are written under the training's lock, so their ids rise in the order in which they had it.
    expect(waiting.map(({ id }) => id)).toEqual(waiting.map(({ id }) => id).toSorted((a, b) => a - b))
    expect(await wrongCounters(database.db)).toEqual([])
  })
})
