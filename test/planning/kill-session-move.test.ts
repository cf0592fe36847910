import { afterAll, beforeAll, expect, it } from 'vitest'
import { hour, inWib, later } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { eventually } from '../eventually.ts'
import { run } from '../process.ts'
import { makeClass } from './session.ts'

const persons = 10
const day = (days: number) => inWib(later(new Date(), days * 24 * hour)).toFormat('yyyy-MM-dd')

let test: TestDatabase
beforeAll(async () => {
  test = await freshDatabase()
  const names = Array.from({ length: persons }, (_, index) => ({
    name: `Pengurus ${index}`,
    phone: `+62812000000${String(index).padStart(2, '0')}`,
  }))
  await makeClass(test.db, [day(20)], names)
})
afterAll(() => test.drop())

const moving = () =>
  run('src/main.ts', ['session', 'move', 'G3-A/1', '--to', `${day(22)}T08:00`, '--yes'], {
    DATABASE_URL: test.url,
  })
const state = async () => ({
  session: (await test.db.session.findFirstOrThrow()).starts,
  reminders: await test.db.reminder.findMany({ orderBy: { id: 'asc' } }),
  notices: await test.db.outgoingMessage.count({ where: { dedupeKey: { startsWith: 'session-changed/' } } }),
  calendars: await test.db.outgoingMessage.count({ where: { dedupeKey: { startsWith: 'calendar/' } } }),
  audits: await test.db.auditEntry.count(),
})
/** Whether it waits for our lock on the outbox. */
const isHeld = async () => {
  const { rows } = await test.pool.query(
    `SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'outgoing_message'::regclass`,
  )
  return rows.length > 0
}

it('killed between session and notices leaves nothing; the next one does all of it, once', async () => {
  const before = await state()
  const held = await test.pool.connect()
  await held.query('BEGIN')
  await held.query('LOCK TABLE outgoing_message IN SHARE MODE')
  const child = moving()
  await eventually(isHeld, 'session and reminders are written')
  child.kill('SIGKILL')
  expect(await child.ended).toBe('SIGKILL')
  await held.query('ROLLBACK')
  held.release()
  await eventually(async () => !(await isHeld()), 'the killed one’s rollback')
  expect(await state()).toEqual(before)
  const next = moving()
  expect(await next.ended).toBe(0)
  const after = await state()
  expect(after).toMatchObject({ notices: persons, calendars: persons, audits: 1 })
  expect(after.session.getTime() - before.session.getTime()).toBe(2 * 24 * hour)
  const again = moving()
  expect(await again.ended).toBe(1)
  expect(again.errors()).toBe('bimtek: G3-A/1 is at that time already\n')
  expect(await state()).toEqual(after)
}, 120_000)
