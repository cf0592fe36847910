import { afterAll, beforeAll, expect, it } from 'vitest'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { eventually } from '../eventually.ts'
import { run } from '../process.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await freshDatabase()
})
afterAll(() => test.drop())

it('leaves nothing half of a merge that was killed midway, and the next one does it', async () => {
  const { db, pool } = test
  for (const [name, phone] of [
    ['Siti', '+6281100000011'],
    ['Sitti', '+6281100000012'],
  ] as const)
    await db.person.create({ data: { name, phones: { create: { phone } }, waveInterests: {} } })
  const merging = () => run('src/main.ts', ['person', 'merge', '1', '2', '--yes'], { DATABASE_URL: test.url })

  // Another transaction holds what the merge needs near its end, so that it is killed with half of it done.
  const holder = await pool.connect()
  await holder.query('BEGIN; LOCK TABLE stored_file IN ACCESS EXCLUSIVE MODE')
  const child = merging()
  const waits = async () => {
    const { rows } = await pool.query(`SELECT 1 FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%stored_file%'`)
    return rows.length > 0
  }
  await eventually(waits, 'the merge has come to the files')
  child.kill('SIGKILL')
  expect(await child.ended).toBe('SIGKILL')
  await holder.query('ROLLBACK')
  holder.release()
  expect(await db.person.count()).toBe(2)
  expect(await db.personPhone.count({ where: { personId: 1 } })).toBe(1)

  const next = merging()
  expect(await next.ended, next.errors()).toBe(0)
  expect(await db.person.findMany({ include: { phones: true } })).toMatchObject([
    { id: 1, phones: [{ phone: '+6281100000011' }, { phone: '+6281100000012' }] },
  ])
}, 120_000)
