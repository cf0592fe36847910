import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OutgoingContent } from '../../src/delivery/content.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { run } from '../process.ts'
import { type MadeOfficer, type MadeProgramme, makeOfficers, makeProgramme } from '../programme.ts'

const officersCount = 50
const seats = 5
const processes = 2

let database: TestDatabase
let programme: MadeProgramme
let other: MadeProgramme
let officers: MadeOfficer[]

beforeEach(async () => {
  database = await freshDatabase()
  programme = await makeProgramme(database.db, { capacity: seats })
  other = await makeProgramme(database.db, {
    capacity: 100,
    wave: programme.wave,
    startsIn: 40 * 24 * 3_600_000,
  })
  officers = await makeOfficers(database.db, officersCount, { consented: true })
})

afterEach(async () => {
  await database.drop()
})

/** All officers at once, shared out over the processes; what each process says. */
async function reach(mode: string): Promise<string[]> {
  const shares = Array.from({ length: processes }, (_, index) =>
    officers.filter((__, place) => place % processes === index).map(({ personId }) => String(personId)),
  )
  const children = shares.map((ids) =>
    run('test/seats/reach.ts', [mode, database.url, programme.code, ...ids]),
  )
  const codes = await Promise.all(children.map(({ ended }) => ended))
  expect(codes, children.map(({ errors }) => errors()).join('')).toEqual(shares.map(() => 0))
  return children.flatMap(({ output }) => JSON.parse(output()) as string[])
}

async function state(): Promise<{ taken: number; confirmed: number }> {
  const { taken } = await database.db.training.findUniqueOrThrow({ where: { code: programme.code } })
  const confirmed = await database.db.registration.count({
    where: { trainingCode: programme.code, state: 'confirmed' },
  })
  return { taken, confirmed }
}

describe('50 officers reach for the last 5 seats over 2 processes', () => {
  it('5 have one; 45 are told that it is full and what else there is', async () => {
    await reach('dialogue')
    expect(await state()).toEqual({ taken: seats, confirmed: seats })
    const rows = await database.db.outgoingMessage.findMany({ where: { kind: 'reply' } })
    const keysOf = (content: unknown) =>
      (content as OutgoingContent).parts.map((part) => ('key' in part ? part.key : ''))
    const holding = (key: string) => rows.filter(({ content }) => keysOf(content).includes(key))
    expect(holding('registered')).toHaveLength(seats)
    const full = holding('refused-full')
    expect(full).toHaveLength(officersCount - seats)
    expect(new Set(full.map(({ contactId }) => contactId)).size).toBe(officersCount - seats)
    for (const { content } of full) {
      expect(keysOf(content)).toContain('instead-open')
      expect(JSON.stringify(content)).toContain(other.code)
    }
  })

  it('without the dialogue too', async () => {
    const results = await reach('register')
    expect(await state()).toEqual({ taken: seats, confirmed: seats })
    expect(results.filter((result) => result === 'registered')).toHaveLength(seats)
    expect(results.filter((result) => result === 'full')).toHaveLength(officersCount - seats)
  })

  it('meet the database’s CHECK when nobody takes the row lock', async () => {
    const results = await reach('register-without-lock')
    expect(results.filter((result) => result === 'check').length).toBeGreaterThan(0)
    expect(await state()).toEqual({ taken: seats, confirmed: seats })
  })
})
