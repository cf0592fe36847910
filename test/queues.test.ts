import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openQueues, type QueueHost, type Queues } from '../src/queues.ts'
import { freshDatabase, type TestDatabase } from './database.ts'
import { eventually } from './eventually.ts'
import { redisFound, startRedis, type TestRedis } from './redis.ts'

const log = pino({ level: 'silent' })

/** The operations of BullMQ that the service uses, on one of its two hosts. */
function conformance(open: () => Promise<QueueHost>): void {
  let host: QueueHost
  let queues: Queues
  const opened: Queues[] = []
  const another = async (): Promise<Queues> => {
    const made = await openQueues(host, log)
    opened.push(made)
    return made
  }

  beforeEach(async () => {
    host = await open()
    queues = await another()
  })

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((each) => each.close()))
  })

  it('works each job once, with several workers', async () => {
    const seen: number[] = []
    const second = await another()
    for (const each of [queues, second])
      await each.work('reminders', async ({ reminderId }) => void seen.push(reminderId), { concurrency: 4 })
    for (let id = 1; id <= 100; id++) await queues.add('reminders', `r${id}`, { reminderId: id }, new Date())
    await eventually(() => seen.length >= 100)
    await sleep(200)
    expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1))
  })

  it('takes a job of the same id once', async () => {
    const soon = new Date(Date.now() + 300)
    for (let time = 0; time < 3; time++) await queues.add('reminders', 'same', { reminderId: 7 }, soon)
    expect((await queues.counts('reminders')).delayed).toBe(1)
    const seen: number[] = []
    await queues.work('reminders', async ({ reminderId }) => void seen.push(reminderId))
    await eventually(() => seen.length > 0)
    await sleep(300)
    expect(seen).toEqual([7])
  })

  it('takes many at once as it takes one, and none twice', async () => {
    const now = new Date()
    const later = new Date(now.getTime() + 60_000)
    const jobs = Array.from({ length: 450 }, (_, index) => ({
      ...{ id: `many-${index}`, payload: { reminderId: index }, runAt: index < 50 ? now : later },
    }))
    await queues.addAll('reminders', jobs)
    await queues.addAll('reminders', jobs.slice(100))
    expect(await queues.counts('reminders')).toMatchObject({ waiting: 50, delayed: 400 })
    const seen: number[] = []
    await queues.work('reminders', async ({ reminderId }) => void seen.push(reminderId), { concurrency: 4 })
    await eventually(() => seen.length >= 50)
    await sleep(200)
    expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index))
  })

  it('holds a job back until it is due, and never works it before', async () => {
    const due = new Date(Date.now() + 700)
    let workedAt = 0
    await queues.work('reminders', async () => {
      workedAt = Date.now()
    })
    await queues.add('reminders', 'later', { reminderId: 1 }, due)
    await eventually(() => workedAt > 0)
    expect(workedAt).toBeGreaterThanOrEqual(due.getTime() - 5)
  })

  it('forgets a removed job', async () => {
    await queues.add('reminders', 'gone', { reminderId: 1 }, new Date(Date.now() + 60_000))
    await queues.remove('reminders', 'gone')
    expect(await queues.counts('reminders')).toEqual({ waiting: 0, delayed: 0, active: 0, failed: 0 })
  })

  it('tries a failing job again', async () => {
    let tries = 0
    await queues.work('reminders', async () => {
      tries++
      if (tries < 2) throw new Error('not yet')
    })
    await queues.add('reminders', 'failing', { reminderId: 1 }, new Date())
    await eventually(() => tries === 2)
    await eventually(async () => (await queues.counts('reminders')).failed === 0)
  })

  it('keeps jobs while nobody works', async () => {
    await queues.add('send-telegram', 'kept', { outgoingId: 5 }, new Date())
    await queues.close()
    opened.splice(0)
    const seen: number[] = []
    const next = await another()
    await next.work('send-telegram', async ({ outgoingId }) => void seen.push(outgoingId))
    await eventually(() => seen.length === 1)
    expect(seen).toEqual([5])
  })

  it('answers a check', async () => {
    await expect(queues.check()).resolves.toBeUndefined()
  })
}

describe('queues on PostgreSQL', () => {
  let database: TestDatabase
  beforeEach(async () => {
    database = await freshDatabase()
  })
  afterEach(async () => {
    await database.drop()
  })
  conformance(async () => ({ kind: 'postgres', connectionString: database.url }))
})

describe.skipIf(!redisFound)('queues on Redis', () => {
  let redis: TestRedis
  let number = 0
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(async () => {
    await redis?.stop()
  })
  conformance(async () => ({ kind: 'redis', url: `${redis.url}/${number++ % 16}` }))
})
