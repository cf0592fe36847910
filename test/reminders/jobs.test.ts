import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addReminderJobs } from '../../src/app.ts'
import { openQueues, type QueueHost, type Queues } from '../../src/queues.ts'
import { createReminderJobs } from '../../src/sweeps.ts'
import { hour, later, minute, settableClock } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { makeClass } from '../planning/session.ts'
import { redisFound, startRedis, type TestRedis } from '../redis.ts'

/** Officers of the class; each has one reminder within the hour, and two later ones. */
const officers = 4

let database: TestDatabase
let queues: Queues
const clock = settableClock()

beforeEach(async () => {
  database = await freshDatabase()
  clock.set(new Date())
  const names = Array.from({ length: officers }, (_, index) => ({ name: `Nama ${index}` }))
  await makeClass(database.db, ['2026-12-10'], names)
  for (const [offset, ahead] of [
    ['P3D', hour / 2],
    ['P1D', 2 * hour],
    ['PT2H', 30 * hour],
  ] as const)
    await database.db.reminder.updateMany({ where: { offset }, data: { dueAt: later(clock.now(), ahead) } })
})

afterEach(async () => {
  await queues.close()
  await database.drop()
})

const delayed = async () => (await queues.counts('reminders')).delayed

/** What every sweep of a worker does with the jobs, at first and so long after. */
function lostJobs(host: () => QueueHost, lose: () => Promise<void>): void {
  it('are added again, those of the next hour, and those that are there stay as they are', async () => {
    queues = await openQueues(host(), pino({ level: 'silent' }))
    const sweeps = [1, 2].map(() =>
      createReminderJobs(database.db, (planned) => addReminderJobs(queues, planned), clock),
    )
    // Of two processes each adds them; none is there twice.
    for (const sweep of sweeps) await sweep()
    expect(await delayed()).toBe(officers)
    await lose()
    expect(await delayed()).toBe(0)
    for (const sweep of sweeps) await sweep()
    expect(await delayed()).toBe(0)
    clock.set(later(clock.now(), 6 * minute))
    for (let times = 0; times < 3; times++) {
      for (const sweep of sweeps) await sweep()
      clock.set(later(clock.now(), 6 * minute))
    }
    expect(await delayed()).toBe(officers)
    clock.set(later(clock.now(), hour))
    for (const sweep of sweeps) await sweep()
    expect(await delayed()).toBe(2 * officers)
  })
}

describe('jobs that PostgreSQL has lost', () => {
  lostJobs(
    () => ({ kind: 'postgres', connectionString: database.url }),
    async () => {
      const { rows } = await database.pool.query(
        `SELECT string_agg(format('%I.%I', schemaname, tablename), ', ') AS tables FROM pg_tables
         WHERE schemaname = 'bullmq' AND tablename NOT LIKE '%migration%'`,
      )
      await database.pool.query(`TRUNCATE ${rows[0].tables} CASCADE`)
    },
  )
})

describe.skipIf(!redisFound)('jobs that Redis has lost', () => {
  let redis: TestRedis
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis.stop())
  lostJobs(
    () => ({ kind: 'redis', url: redis.url }),
    async () => redis.flush(),
  )
})
