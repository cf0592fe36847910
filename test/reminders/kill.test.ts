import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hour, later, second } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { eventually } from '../eventually.ts'
import { type Child, run } from '../process.ts'
import { type MadeOfficer, type MadeProgramme, makeOfficers, makeProgramme } from '../programme.ts'
import { redisFound, startRedis, type TestRedis } from '../redis.ts'
import { type BotApi, type Person, startBotApi } from '../telegram/bot-api-server.ts'

const token = '4242:test-AAbbCCddEEffGGhhIIjj'
const startsIn = 35 * second
/** Before the start, so that there is time to register, die and start again. */
const offset = 'PT12S'
const before = 12 * second

let database: TestDatabase
let api: BotApi
let programme: MadeProgramme
let officer: MadeOfficer
let redis: TestRedis | undefined
const running: Child[] = []

beforeEach(async () => {
  database = await freshDatabase()
  api = await startBotApi({ token })
  programme = await makeProgramme(database.db, { startsIn })
  const [made] = await makeOfficers(database.db, 1, { consented: true })
  if (!made) throw new Error('no officer')
  officer = made
})

afterEach(async () => {
  for (const child of running.splice(0)) {
    child.kill('SIGKILL')
    await child.ended
  }
  await api.close()
  await redis?.stop()
  redis = undefined
  await database.drop()
})

async function start(environment: Record<string, string> = {}): Promise<Child> {
  const child = run('src/main.ts', ['start'], {
    DATABASE_URL: database.url,
    TELEGRAM_TOKEN: token,
    TELEGRAM_API_ROOT: api.root,
    REMINDER_OFFSETS: offset,
    QUIET_HOURS: 'off',
    PORT: '0',
    LOG_LEVEL: 'warn',
    ...environment,
  })
  running.push(child)
  await child.prints('Channels')
  return child
}

const reminders = (person: Person): string[] =>
  person.messages.map(({ text }) => text).filter((text) => text.includes('Pengingat'))

async function registered(): Promise<Person> {
  const person = api.user(91)
  person.shares(officer.phone, { own: true })
  await eventually(() => person.messages.length === 1, 'known')
  person.says(`daftar gelombang ${programme.wave}`)
  await eventually(() => person.messages.some(({ text }) => text.includes('Sudah benar?')), 'asked')
  person.says('ya')
  await eventually(() => person.messages.some(({ text }) => text.includes('REG-')), 'registered')
  return person
}

async function arrivesOnceAfterAKill(environment: Record<string, string> = {}): Promise<void> {
  const first = await start(environment)
  const person = await registered()
  first.kill('SIGKILL')
  await first.ended
  expect(reminders(person)).toEqual([])
  await start(environment)
  await eventually(() => reminders(person).length > 0, 'the reminder', 60_000)
  await eventually(() => Date.now() > programme.starts.getTime(), 'the session has begun', 60_000)
  expect(reminders(person)).toHaveLength(1)
  const row = await database.db.outgoingMessage.findFirstOrThrow({ where: { kind: 'reminder' } })
  expect(row.state).toBe('sent')
  expect(row.createdAt.getTime()).toBeGreaterThanOrEqual(programme.starts.getTime() - before - second)
  expect(reminders(person)[0]).toContain(programme.venue)
}

describe('a reminder', () => {
  it('arrives once, though the process was killed and started again before it', async () => {
    await arrivesOnceAfterAKill()
  }, 120_000)

  it.skipIf(!redisFound)(
    'the same with its queues in Redis',
    async () => {
      redis = await startRedis()
      await arrivesOnceAfterAKill({ REDIS_URL: redis.url })
    },
    120_000,
  )

  it('does not arrive after its registration was cancelled', async () => {
    await start()
    const person = await registered()
    person.says('batalkan pendaftaran saya')
    await eventually(() => person.messages.some(({ text }) => text.includes('Yakin')), 'asked')
    person.says('ya')
    await eventually(() => person.messages.some(({ text }) => text.includes('sudah dibatalkan')), 'cancelled')
    await eventually(
      () => Date.now() > programme.starts.getTime() - before + 3 * second,
      'past its time',
      60_000,
    )
    expect(reminders(person)).toEqual([])
  }, 120_000)

  it('is never sent after its session has begun', async () => {
    const person = api.user(91)
    const contact = await database.db.contact.create({
      data: { channel: 'telegram', chat: '91', phone: officer.phone, lastHeardAt: new Date() },
    })
    const registration = await database.db.registration.create({
      data: {
        ...{
          number: 'REG-TTTTT',
          personId: officer.personId,
          positionId: officer.positionId,
          role: 'pengurus',
        },
        ...{ title: 'ketua', trainingCode: programme.code, track: 'organisation', state: 'confirmed' },
        cooperativeId: (await database.db.cooperative.findFirstOrThrow()).id,
      },
    })
    const session = await database.db.session.findFirstOrThrow()
    await database.db.session.update({
      where: { id: session.id },
      data: { starts: later(new Date(), -second), ends: later(new Date(), hour) },
    })
    await database.db.reminder.create({
      data: {
        ...{
          registrationId: registration.id,
          sessionId: session.id,
          offset,
          dueAt: later(new Date(), -hour),
        },
      },
    })
    await start()
    await eventually(
      async () => (await database.db.reminder.findFirstOrThrow()).state === 'expired',
      'the reminder has expired',
    )
    expect(contact.stoppedAt).toBeNull()
    expect(reminders(person)).toEqual([])
  })
})
