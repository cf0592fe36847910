import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addReminderJobs } from '../../src/app.ts'
import { createClient, type Database, transaction } from '../../src/database/client.ts'
import { type EmbeddedServer, embeddedServer } from '../../src/database/embedded.ts'
import { migrate } from '../../src/database/migrate.ts'
import { enqueue } from '../../src/delivery/outbox.ts'
import { openQueues, type QueueHost } from '../../src/queues.ts'
import { register } from '../../src/registration/register.ts'
import type { PlannedReminder } from '../../src/reminders/plan.ts'
import { later, second } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { eventually } from '../eventually.ts'
import { longTest } from '../long.ts'
import { type Child, run } from '../process.ts'
import { makeOfficers, makeProgramme } from '../programme.ts'
import { redisFound, startRedis, type TestRedis } from '../redis.ts'
import { type BotApi, startBotApi } from '../telegram/bot-api-server.ts'

const token = '4242:test-AAbbCCddEEffGGhhIIjj'
const log = pino({ level: 'silent' })
/** Officers, each with a reminder and notices to come while something is away. */
const officers = longTest ? 300 : 8
const outages = longTest ? 6 : 1
const kills = longTest ? 50 : 2
const away = (longTest ? 10 : 2) * second
/** When the first of them is due, and over what time the others are. */
const dueFirst = 4 * second
const span = longTest ? outages * (away + 8 * second) : 5 * second
/** Requests under way at one moment, at 25 a second. */
const inFlight = 10
const offset = 'PT1H'

let api: BotApi
let child: Child | undefined

beforeEach(async () => {
  api = await startBotApi({ token })
})

afterEach(async () => {
  child?.kill('SIGTERM')
  await child?.ended
  await api.close()
})

async function start(url: string, environment: Record<string, string> = {}): Promise<void> {
  child = run('src/main.ts', ['start'], {
    ...{ DATABASE_URL: url, TELEGRAM_TOKEN: token, TELEGRAM_API_ROOT: api.root, TELEGRAM_PER_SECOND: '25' },
    ...{ REMINDER_OFFSETS: offset, QUIET_HOURS: 'off', PORT: '0', LOG_LEVEL: 'error' },
    ...environment,
  })
  await child.prints('Channels')
}

/** Registers officers beside the running service, as chats 1 …: reminders and notices become due from now on. */
async function prepare(db: Database, host: QueueHost): Promise<void> {
  const made = await makeOfficers(db, officers, { consented: true })
  // What is done for the first time takes its time.
  await makeProgramme(db, { wave: 50 })
  const planned: PlannedReminder[] = []
  for (const [index, { personId, phone }] of made.entries()) {
    const lastHeardAt = new Date()
    const contact = await db.contact.create({
      data: { channel: 'telegram', chat: String(index + 1), phone, lastHeardAt },
    })
    api.user(index + 1)
    const position = await db.position.findFirstOrThrow({
      where: { personId },
      include: { cooperative: true },
    })
    const dueIn = dueFirst + (index / officers) * span
    const { code } = await makeProgramme(db, { startsIn: 3_600 * second + dueIn, wave: 50 })
    await transaction(db, async (tx) => {
      const rules = { reminderOffsets: [offset], quietHours: null }
      const done = await register(tx, { personId, position }, code, rules, new Date())
      if ('refused' in done) throw new Error(done.refused)
      if (done.reminders.length === 0) throw new Error('too slow: the reminder was past when it was planned')
      planned.push(...done.reminders)
      for (const part of [1, 2])
        await enqueue(tx, {
          ...{ contact, kind: 'notice', content: { parts: [{ free: `kabar ${part} untuk ${index + 1}` }] } },
          dueAt: later(new Date(), (dueIn * part) / 2),
        })
    })
  }
  const queues = await openQueues(host, log)
  await addReminderJobs(queues, planned)
  await queues.close()
}

/** Who was sent what: how often each reminder and notice arrived. */
function arrived(): { reminders: number[]; notices: number[] } {
  const of = (chat: number, words: string) =>
    api.user(chat).messages.filter(({ text }) => text.includes(words)).length
  const chats = Array.from({ length: officers }, (_, index) => index + 1)
  return {
    reminders: chats.map((chat) => of(chat, 'Pengingat untuk')),
    notices: chats.flatMap((chat) => [1, 2].map((part) => of(chat, `kabar ${part} untuk ${chat}`))),
  }
}

const once = { reminders: Array(officers).fill(1), notices: Array(2 * officers).fill(1) }
const counts = () => [...arrived().reminders, ...arrived().notices]
const allThere = () => counts().every((count) => count > 0)

/** What officers write meanwhile is answered as well, each once. */
async function asksMeanwhile(): Promise<void> {
  for (let nth = 0; nth < 5; nth++) {
    api.user(500 + nth).says('apa itu bimtek?')
    await sleep(100)
  }
}
const answers = () => [0, 1, 2, 3, 4].map((nth) => api.user(500 + nth).messages.length)

/** All that has to arrive has, and a sweep has had the time to send it again. */
async function settled(asked: number): Promise<void> {
  await eventually(allThere, 'all reminders and notices', 180_000)
  await eventually(() => answers().every((count) => count >= asked), 'all answers')
  await sleep(6 * second)
}

async function allArrives(outage: () => Promise<void>): Promise<void> {
  await sleep(second)
  for (let nth = 0; nth < outages; nth++) {
    await asksMeanwhile()
    expect(allThere(), 'something is still to come').toBe(false)
    await outage()
    await sleep(longTest ? 5 * second : 0)
  }
  await settled(outages)
  expect(arrived()).toEqual(once)
  expect(answers()).toEqual(Array(5).fill(outages))
}

describe.skipIf(!redisFound)('Redis', () => {
  let database: TestDatabase
  let redis: TestRedis

  beforeEach(async () => {
    database = await freshDatabase()
    redis = await startRedis()
  })

  afterEach(async () => {
    child?.kill('SIGTERM')
    await child?.ended
    await redis.stop()
    await database.drop()
  })

  it('flushed and restarted in the middle: all arrives, each once', async () => {
    await start(database.url, { REDIS_URL: redis.url })
    await prepare(database.db, { kind: 'redis', url: redis.url })
    await allArrives(async () => {
      redis.flush()
      await sleep(500)
      await redis.restart(away)
    })
  }, 300_000)
})

describe('PostgreSQL', () => {
  let dataDir: string
  let server: EmbeddedServer

  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'bimtek-outage-'))
    chmodSync(dataDir, 0o755)
    server = await embeddedServer(dataDir)
    await migrate(server.url)
  })

  afterEach(async () => {
    child?.kill('SIGTERM')
    await child?.ended
    await server.stop()
    rmSync(realpathSync(dataDir), { recursive: true, force: true })
  })

  it('restarted in the middle: all arrives, each once', async () => {
    await start(server.url)
    const pool = new pg.Pool({ connectionString: server.url })
    pool.on('error', () => {})
    const db = createClient(pool)
    await prepare(db, { kind: 'postgres', connectionString: server.url })
    await db.$disconnect()
    await pool.end()
    await allArrives(async () => {
      await server.stop()
      await sleep(away)
      await server.bringBack(log)
    })
  }, 300_000)
})

describe('with queues in PostgreSQL', () => {
  let database: TestDatabase

  beforeEach(async () => {
    database = await freshDatabase()
    await start(database.url)
    await prepare(database.db, { kind: 'postgres', connectionString: database.url })
  })

  afterEach(async () => {
    child?.kill('SIGTERM')
    await child?.ended
    await database.drop()
  })

  it('emptied in the middle: all arrives, each once', async () => {
    await allArrives(async () => {
      const { rows } = await database.pool.query(
        `SELECT string_agg(format('%I.%I', schemaname, tablename), ', ') AS tables FROM pg_tables
         WHERE schemaname = 'bullmq' AND tablename NOT LIKE '%migration%'`,
      )
      await database.pool.query(`TRUNCATE ${rows[0].tables} CASCADE`)
    })
  }, 300_000)

  it('its process killed again and again: all arrives, and what was on its way twice at most', async () => {
    await asksMeanwhile()
    for (let kill = 0; kill < kills; kill++) {
      api.faults.next('sendMessage', 'deliver-then-reset')
      await sleep(Math.random() * second)
      child?.kill('SIGKILL')
      await child?.ended
      await start(database.url)
    }
    await settled(1)
    const repeated = [...counts(), ...answers()].reduce((sum, count) => sum + count - 1, 0)
    expect(repeated).toBeLessThanOrEqual(kills * inFlight + kills)
    expect(Math.max(...counts(), ...answers())).toBeLessThanOrEqual(2)
    const { state } = await database.db.incomingMessage.findFirstOrThrow({ orderBy: { id: 'desc' } })
    expect(state).toBe('answered')
  }, 1_800_000)
})
