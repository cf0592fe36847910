import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { transaction } from '../../src/database/client.ts'
import type { OutgoingContent } from '../../src/delivery/content.ts'
import { cancelRegistration } from '../../src/registration/cancel.ts'
import { fireReminder, overdueReminders, remindersBefore } from '../../src/reminders/fire.ts'
import { dueTimes, planReminders } from '../../src/reminders/plan.ts'
import { askingOffset, chooseOffsets } from '../../src/reminders/settings.ts'
import { hour, isoInWib, later, minute } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { makeClass, move, now, rules, wib } from '../planning/session.ts'

let test: TestDatabase

beforeAll(async () => {
  test = await freshDatabase()
})
beforeEach(() => test.empty())
afterAll(() => test.drop())

const due = (starts: string, reminderOffsets: string[], travelLeadMinutes = 0) =>
  dueTimes({ starts: wib(starts), travelLeadMinutes }, { ...rules, reminderOffsets }).map(
    ({ offset, dueAt }) => `${offset} ${isoInWib(dueAt).slice(0, 16)}`,
  )

describe('when a reminder is due', () => {
  it('before a class at 08:00: three days, a day, two hours', () => {
    expect(due('2026-12-05T08:00', rules.reminderOffsets)).toEqual([
      ...['P3D 2026-12-02T08:00', 'P1D 2026-12-04T08:00', 'PT2H 2026-12-05T06:00'],
    ])
  })

  it('with 180 minutes of travel the last one goes at 20:59 the evening before', () => {
    expect(due('2026-12-05T08:00', ['P1D', 'PT2H'], 180)).toEqual([
      ...['P1D 2026-12-04T08:00', 'PT2H 2026-12-04T20:59'],
    ])
    expect(due('2026-12-05T13:00', ['P1D', 'PT2H'], 180).at(-1)).toBe('PT2H 2026-12-05T08:00')
  })

  it('the travel time is added to the only one, too', () => {
    expect(due('2026-12-05T08:00', ['P1D'], 60)).toEqual(['P1D 2026-12-04T07:00'])
  })

  it('of two that would both go before the night the one that asks is left', () => {
    expect(due('2026-12-05T05:00', ['P1D', 'PT3H', 'PT2H'])).toEqual([
      ...['P1D 2026-12-03T20:59', 'PT3H 2026-12-04T20:59'],
    ])
    expect(due('2026-12-05T22:00', ['PT25H', 'P1D'])).toEqual(['P1D 2026-12-04T20:59'])
  })
})

describe('the reminder that asks', () => {
  it.each([
    [['P3D', 'P1D', 'PT2H'], 'P1D'],
    [['P7D', 'PT30H', 'PT2H'], 'PT30H'],
    [['P2D', 'PT20H'], 'PT20H'],
    [['PT15M'], 'PT15M'],
    [[], undefined],
  ])('of %s is %s', (offsets, asking) => {
    expect(askingOffset(offsets)).toBe(asking)
  })
})

const states = async () =>
  Object.fromEntries(
    (await test.db.reminder.findMany({ orderBy: { dueAt: 'asc' } })).map(({ offset, state }) => [
      offset,
      state,
    ]),
  )

const messages = () =>
  test.db.outgoingMessage.findMany({ where: { kind: 'reminder' }, orderBy: { id: 'asc' } })

/** Fires all that is due at an instant, as the sweep does. */
async function fireAll(at: Date): Promise<void> {
  for (const id of await overdueReminders(test.db, at))
    await transaction(test.db, (tx) => fireReminder(tx, id, rules, at))
}

describe('planned reminders', () => {
  it('are one for each registration, session and offset, however often they are planned', async () => {
    await makeClass(test.db, ['2026-12-10', '2026-12-11'], [{ name: 'Sari' }, { name: 'Tono' }])
    const before = await test.db.reminder.findMany()
    expect(before).toHaveLength(2 * 2 * 3)
    await transaction(test.db, (tx) => planReminders(tx, { trainingCode: 'G3-A' }, rules, now))
    expect(await test.db.reminder.findMany()).toEqual(before)
  })

  it('are dropped where their time has passed, when they are planned and when the session moves', async () => {
    await makeClass(test.db, ['2026-12-02'], [{ name: 'Sari' }])
    expect(await states()).toEqual({ PT2H: 'planned' })
    await move(test.db, 'G3-A', { to: '2026-12-06T08:00+07:00', yes: true })
    expect(await states()).toEqual({ P3D: 'planned', P1D: 'planned', PT2H: 'planned' })
    await move(test.db, 'G3-A', { to: '2026-12-02T09:00+07:00', yes: true })
    expect(await states()).toEqual({ P3D: 'cancelled', P1D: 'cancelled', PT2H: 'planned' })
  })

  it('follow what their person has chosen, and only theirs', async () => {
    await makeClass(test.db, ['2026-12-10'], [{ name: 'Sari' }, { name: 'Tono' }])
    const sari = await test.db.person.findFirstOrThrow({ where: { name: 'Sari' } })
    const choose = (offsets: string[] | null) =>
      transaction(test.db, async (tx) => {
        await chooseOffsets(tx, sari.id, offsets, now)
        await planReminders(tx, { personId: sari.id }, rules, now)
      })
    const planned = async (name: string) =>
      (
        await test.db.reminder.findMany({
          where: { state: 'planned', registration: { person: { name } } },
          orderBy: { dueAt: 'asc' },
        })
      ).map(({ offset }) => offset)
    await choose(['PT30M', 'P7D'])
    expect(await planned('Sari')).toEqual(['P7D', 'PT30M'])
    await choose([])
    expect(await planned('Sari')).toEqual([])
    await choose(null)
    expect(await planned('Sari')).toEqual(['P3D', 'P1D', 'PT2H'])
    expect(await planned('Tono')).toEqual(['P3D', 'P1D', 'PT2H'])
    await expect(choose(['PT5M'])).rejects.toThrow('limits')
    await expect(choose(['P15D'])).rejects.toThrow('limits')
    await expect(choose(['P1D', 'P2D', 'P3D', 'P4D', 'P5D', 'P6D'])).rejects.toThrow('limits')
  })
})

describe('what fires', () => {
  const dayBefore = wib('2026-12-09T08:00')

  beforeEach(async () => {
    await makeClass(test.db, ['2026-12-10'], [{ name: 'Sari' }])
  })

  it('goes out once, whoever fires it, and asks with the session as its deadline', async () => {
    await fireAll(wib('2026-12-07T08:00'))
    await fireAll(dayBefore)
    const [{ id } = { id: 0 }] = await test.db.reminder.findMany({ where: { offset: 'P1D' } })
    await Promise.all(
      [1, 2, 3].map(() => transaction(test.db, (tx) => fireReminder(tx, id, rules, dayBefore))),
    )
    const sent = await messages()
    expect(sent.map(({ asks }) => asks !== null)).toEqual([false, true])
    expect(sent[1]).toMatchObject({
      asks: { kind: 'reminder', deadline: wib('2026-12-10T08:00').toISOString() },
      expiresAt: wib('2026-12-10T08:00'),
    })
    expect((sent[1]?.content as OutgoingContent | undefined)?.choices).toHaveLength(2)
  })

  it('is not what became due too early, was cancelled, or whose class is cancelled', async () => {
    const [{ id } = { id: 0 }] = await test.db.reminder.findMany({ where: { offset: 'P1D' } })
    const fire = (at: Date) => transaction(test.db, (tx) => fireReminder(tx, id, rules, at))
    const planAgain = () => test.db.reminder.update({ where: { id }, data: { state: 'planned' } })
    await fire(later(dayBefore, -minute))
    expect(await states()).toMatchObject({ P1D: 'planned' })
    const { id: registration, personId } = await test.db.registration.findFirstOrThrow()
    // As if the cancelling had not reached the reminder: it is not looked at again.
    await test.db.registration.update({ where: { id: registration }, data: { state: 'cancelled' } })
    await fire(dayBefore)
    expect(await states()).toMatchObject({ P1D: 'cancelled' })
    await test.db.registration.update({ where: { id: registration }, data: { state: 'confirmed' } })
    await planAgain()
    await test.db.session.updateMany({ data: { cancelledAt: now } })
    await fire(dayBefore)
    expect(await states()).toMatchObject({ P1D: 'cancelled' })
    await test.db.session.updateMany({ data: { cancelledAt: null } })
    await planAgain()
    await transaction(test.db, (tx) =>
      cancelRegistration(tx, personId, registration, rules.quietHours, dayBefore),
    )
    await fireAll(dayBefore)
    expect(await messages()).toEqual([])
  })

  it('tells nobody who has said STOP, and is not sent later on', async () => {
    await test.db.contact.updateMany({ data: { stoppedAt: now } })
    await fireAll(dayBefore)
    await test.db.contact.updateMany({ data: { stoppedAt: null } })
    await fireAll(later(dayBefore, hour))
    expect(await messages()).toEqual([])
  })

  it('after hours of silence is the newest only, and nothing once the session has begun', async () => {
    await fireAll(wib('2026-12-10T06:30'))
    expect(await states()).toEqual({ P3D: 'expired', P1D: 'expired', PT2H: 'fired' })
    expect(await messages()).toHaveLength(1)
    await test.empty()
    await makeClass(test.db, ['2026-12-10'], [{ name: 'Sari' }])
    await fireAll(wib('2026-12-10T08:01'))
    expect(await states()).toEqual({ P3D: 'expired', P1D: 'expired', PT2H: 'expired' })
    expect(await messages()).toEqual([])
  })

  it('held up until the night waits for the morning; a moment late it does not', async () => {
    await fireAll(wib('2026-12-09T23:30'))
    expect((await messages()).map(({ dueAt }) => dueAt)).toEqual([wib('2026-12-10T06:00')])
    await test.empty()
    await makeClass(test.db, ['2026-12-10'], [{ name: 'Sari' }])
    await test.db.reminder.updateMany({ where: { offset: 'P1D' }, data: { dueAt: wib('2026-12-09T20:59') } })
    await fireAll(wib('2026-12-09T21:01'))
    expect((await messages()).map(({ dueAt }) => dueAt)).toEqual([wib('2026-12-09T21:01')])
  })

  it('an id of nothing harms nobody', async () => {
    expect(await transaction(test.db, (tx) => fireReminder(tx, 4_711, rules, dayBefore))).toBeUndefined()
  })
})

describe('jobs that were lost', () => {
  it('come back in batches, each once, the next ones first', async () => {
    const names = Array.from({ length: 4 }, (_, index) => ({ name: `Nama ${index}` }))
    await makeClass(test.db, ['2026-12-10'], names)
    const { sessionId, registrationId } = await test.db.reminder.findFirstOrThrow()
    await test.db.reminder.createMany({
      data: Array.from({ length: 1_100 }, (_, index) => ({
        ...{ sessionId, registrationId, offset: `PT${index}M` },
        dueAt: later(now, (index % 7) * minute),
      })),
    })
    const until = later(now, 5 * minute)
    const found: number[] = []
    const sizes: number[] = []
    for (let last: { id: number; dueAt: Date } | undefined; ; ) {
      const some = await remindersBefore(test.db, until, last)
      if (some.length === 0) break
      sizes.push(some.length)
      found.push(...some.map(({ id }) => id))
      last = some.at(-1)
    }
    const expected = await test.db.reminder.findMany({
      where: { dueAt: { lt: until } },
      orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
    })
    expect(found).toEqual(expected.map(({ id }) => id))
    expect(Math.max(...sizes)).toBe(500)
  })
})
