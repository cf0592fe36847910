import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createClient, type Database, transaction } from '../../src/database/client.ts'
import { type EmbeddedServer, embeddedServer } from '../../src/database/embedded.ts'
import { migrate } from '../../src/database/migrate.ts'
import { enqueue } from '../../src/delivery/outbox.ts'
import { register } from '../../src/registration/register.ts'
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
/** Officers, each with a reminder and notices to come while the server is away. */
const officers = longTest ? 300 : 10
const outages = longTest ? 6 : 1
const away = (longTest ? 10 : 2) * second
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

/** Registered officers whose reminders and notices become due over the next seconds, as chats 1 … */
async function prepare(db: Database, over: number): Promise<void> {
  const made = await makeOfficers(db, officers, { consented: true })
  const rules = { reminderOffsets: [offset], quietHours: null }
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
    const dueIn = 5 * second + (index / officers) * over
    const { code } = await makeProgramme(db, { startsIn: 3_600 * second + dueIn, wave: 50 })
    await transaction(db, async (tx) => {
      const done = await register(tx, { personId, position }, code, rules, new Date())
      if ('refused' in done) throw new Error(done.refused)
      for (const part of [1, 2])
        await enqueue(tx, {
          ...{ contact, kind: 'notice', content: { parts: [{ free: `kabar ${part} untuk ${index + 1}` }] } },
          dueAt: later(new Date(), (dueIn * part) / 2),
        })
    })
  }
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
const allThere = () => {
  const { reminders, notices } = arrived()
  return [...reminders, ...notices].every((count) => count > 0)
}
const span = () => (outages * (away + 8 * second)) / (longTest ? 1 : 2)

/** What officers write meanwhile is answered as well, each once. */
async function asksMeanwhile(): Promise<void> {
  for (let nth = 0; nth < 5; nth++) {
    api.user(500 + nth).says('apa itu bimtek?')
    await sleep(100)
  }
}
const answers = () => [0, 1, 2, 3, 4].map((nth) => api.user(500 + nth).messages.length)

async function allArrives(outage: () => Promise<void>): Promise<void> {
  await sleep(4 * second)
  for (let nth = 0; nth < outages; nth++) {
    await asksMeanwhile()
    await outage()
    await sleep(longTest ? 5 * second : 0)
  }
  await eventually(allThere, 'all reminders and notices', 120_000)
  await eventually(() => answers().every((count) => count > 0), 'all answers')
  await sleep(6 * second)
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
    await prepare(database.db, span())
    await start(database.url, { REDIS_URL: redis.url })
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
    const pool = new pg.Pool({ connectionString: server.url })
    pool.on('error', () => {})
    const db = createClient(pool)
    await prepare(db, span())
    await db.$disconnect()
    await pool.end()
    await start(server.url)
    await allArrives(async () => {
      await server.stop()
      await sleep(away)
      await server.bringBack(log)
    })
  }, 300_000)
})

describe('queues in PostgreSQL', () => {
  let database: TestDatabase

  beforeEach(async () => {
    database = await freshDatabase()
  })

  afterEach(async () => {
    child?.kill('SIGTERM')
    await child?.ended
    await database.drop()
  })

  it('emptied in the middle: all arrives, each once', async () => {
    await prepare(database.db, span())
    await start(database.url)
    await allArrives(async () => {
      const { rows } = await database.pool.query(
        `SELECT string_agg(format('%I.%I', schemaname, tablename), ', ') AS tables FROM pg_tables
         WHERE schemaname = 'bullmq' AND tablename NOT LIKE '%migration%'`,
      )
      await database.pool.query(`TRUNCATE ${rows[0].tables} CASCADE`)
    })
  }, 300_000)
})
