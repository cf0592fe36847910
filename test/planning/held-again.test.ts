import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { transaction } from '../../src/database/client.ts'
import { importProgramme, planProgrammeImport } from '../../src/planning/import-programme.ts'
import { completeTraining, trainingsToComplete } from '../../src/registration/completion.ts'
import { wrongCounters } from '../../src/registration/seats.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { cancel, makeClass, move, notices, plannedFor, rules, wib } from './session.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await freshDatabase()
})
beforeEach(async () => {
  await test.empty()
  await makeClass(
    test.db,
    ['2026-12-10', '2026-12-12'],
    [{ name: 'Siti Aminah' }, { name: 'Budi Santoso' }, { name: 'Rotua Sitorus' }],
  )
  const was = async (name: string, key: string) => {
    const registration = await test.db.registration.findFirstOrThrow({ where: { person: { name } } })
    const session = await test.db.session.findFirstOrThrow({ where: { key } })
    await test.db.attendance.create({
      data: { registrationId: registration.id, sessionId: session.id, at: session.starts, source: 'staff' },
    })
  }
  await was('Siti Aminah', '1')
})
afterAll(() => test.drop())

/** The morning after the first session the second is cancelled. */
const cancelSecond = () => cancel(test.db, 'G3-A/2', { yes: true }, { at: wib('2026-12-11T07:00') })
const sweep = async (at: Date) => {
  for (const code of await trainingsToComplete(test.db, at))
    await transaction(test.db, (tx) => completeTraining(tx, code, at))
}
const states = async () =>
  Object.fromEntries(
    (await test.db.registration.findMany({ where: { trainingCode: 'G3-A' }, include: { person: true } })).map(
      ({ person, state }) => [person.name, state],
    ),
  )
const everybody = (state: string) => ({
  'Siti Aminah': state,
  'Budi Santoso': state,
  'Rotua Sitorus': state,
})
const outcomes = { 'Siti Aminah': 'completed', 'Budi Santoso': 'absent', 'Rotua Sitorus': 'absent' }

describe('the outcome of a class whose last session is cancelled', () => {
  it('waits until that session would have been over', async () => {
    await cancelSecond()
    await sweep(wib('2026-12-12T11:59'))
    expect(await states()).toEqual(everybody('confirmed'))
    await sweep(wib('2026-12-12T12:01'))
    expect(await states()).toEqual(outcomes)
  })
})

describe('a class that has its outcome and gets a session to come', () => {
  const at = wib('2026-12-13T09:00')
  beforeEach(async () => {
    await cancelSecond()
    await sweep(at)
    expect(await states()).toEqual(outcomes)
    await test.db.outgoingMessage.deleteMany()
  })

  it('by a move: everybody is told, reminded, and gets the outcome anew', async () => {
    const { output, jobs } = await move(test.db, 'G3-A/2', { to: '2026-12-20T08:00' }, { at, answer: 'ya\n' })
    expect(output).toContain('3 registered')
    expect(await states()).toEqual(everybody('confirmed'))
    expect(await notices(test.db)).toHaveLength(3)
    expect(await plannedFor(test.db, '2')).toHaveLength(3)
    expect(jobs).toHaveLength(9)
    expect(await wrongCounters(test.db)).toEqual([])
    await sweep(wib('2026-12-20T12:01'))
    expect(await states()).toEqual({ ...outcomes, 'Siti Aminah': 'partial' })
  })

  it('by a move that is only looked at: nothing changes', async () => {
    const { output } = await move(test.db, 'G3-A/2', { to: '2026-12-20T08:00', dryRun: true }, { at })
    expect(output).toContain('3 registered')
    expect(await states()).toEqual(outcomes)
  })

  it.each([
    ['confirmed', 'absent'],
    ['completed', 'absent'],
    ['cancelled', 'confirmed'],
  ] as const)('leaves who is %s elsewhere in the track: %s', async (elsewhere, state) => {
    await makeClass(test.db, ['2027-01-10'], [{ name: 'Budi Santoso', state: elsewhere }], 'G3-B')
    await test.db.training.update({
      where: { code: 'G3-B' },
      data: { track: 'organisation', taken: elsewhere === 'cancelled' ? 0 : 1 },
    })
    const { output } = await move(test.db, 'G3-A/2', { to: '2026-12-20T08:00', yes: true }, { at })
    expect(await states()).toEqual({ ...everybody('confirmed'), 'Budi Santoso': state })
    expect(output.includes('Budi Santoso, KKMP Sadai: absent in G3-A')).toBe(state === 'absent')
    expect(await notices(test.db)).toHaveLength(state === 'absent' ? 2 : 3)
    expect(await wrongCounters(test.db)).toEqual([])
  })

  it('by an import of one that is new', async () => {
    const file = {
      sessions: [
        {
          training: 'G3-A',
          id: '3',
          title: 'Materi 3',
          starts: '2026-12-20T08:00',
          ends: '2026-12-20T12:00',
        },
      ],
    }
    await transaction(test.db, async (tx) => {
      const plan = await planProgrammeImport(tx, file, at)
      expect(await importProgramme(tx, plan, { notify: true, now: at, rules })).toMatchObject({
        reminders: expect.objectContaining({ length: 9 }),
      })
    })
    expect(await states()).toEqual(everybody('confirmed'))
    expect(await plannedFor(test.db, '3')).toHaveLength(3)
    expect(await wrongCounters(test.db)).toEqual([])
  })

  it('by an import that moves the session that was held: who it concerns is told', async () => {
    const file = {
      sessions: [
        {
          training: 'G3-A',
          id: '1',
          title: 'Materi 1',
          starts: '2026-12-20T08:00',
          ends: '2026-12-20T12:00',
        },
      ],
    }
    await transaction(test.db, async (tx) => {
      const plan = await planProgrammeImport(tx, file, at)
      expect(plan).toMatchObject({ told: 3, moved: [{ registered: 3 }] })
      expect(await importProgramme(tx, plan, { notify: true, now: at, rules })).toMatchObject({ told: 3 })
    })
    expect(await notices(test.db)).toHaveLength(3)
  })
})
