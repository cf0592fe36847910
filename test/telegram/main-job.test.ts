import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { phoneTaken } from '../../src/channels/telegram/outgoing.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { eventually } from '../eventually.ts'
import { type Imported, importMade } from '../imported.ts'
import { type Child, run } from '../process.ts'
import type { MadeProgramme } from '../programme.ts'
import { redisFound, startRedis, type TestRedis } from '../redis.ts'
import { type BotApi, type Person, startBotApi } from './bot-api-server.ts'

const token = '4242:test-AAbbCCddEEffGGhhIIjj'

let database: TestDatabase
let api: BotApi
let programme: MadeProgramme
let officer: Imported['officer']
let service: Child | undefined
let redis: TestRedis | undefined

beforeEach(async () => {
  database = await freshDatabase()
  api = await startBotApi({ token })
  const made = await importMade(database.url)
  programme = made.programme
  officer = made.officer
})

afterEach(async () => {
  service?.kill('SIGTERM')
  await service?.ended
  await api.close()
  await redis?.stop()
  redis = undefined
  await database.drop()
})

async function start(environment: Record<string, string> = {}): Promise<void> {
  service = run('src/main.ts', ['start'], {
    DATABASE_URL: database.url,
    TELEGRAM_TOKEN: token,
    TELEGRAM_API_ROOT: api.root,
    PORT: '0',
    LOG_LEVEL: 'warn',
    ...environment,
  })
  await service.prints('Channels')
}

/** Says something and gives what the bot says to it: all new messages up to the one that holds `until`. */
async function ask(person: Person, text: string, until: string | RegExp): Promise<string> {
  const before = person.messages.length
  person.says(text)
  return await answer(person, before, until)
}

async function answer(person: Person, before: number, until: string | RegExp): Promise<string> {
  const heard = () =>
    person.messages
      .slice(before)
      .map(({ text }) => text)
      .join('\n\n')
  const holds = () => (typeof until === 'string' ? heard().includes(until) : until.test(heard()))
  await eventually(holds, `${until} in: ${heard()}`).catch(() => {
    throw new Error(`wanted ${until}, heard: ${heard()}`)
  })
  return heard()
}

async function press(person: Person, label: string, until: string | RegExp): Promise<string> {
  const before = person.messages.length
  person.presses(label)
  return await answer(person, before, until)
}

async function wholeDialogue(): Promise<void> {
  const person = api.user(71, 'Akun Telegram')
  const when = await ask(person, `kpn bimtek gel ${programme.wave} pak?`, programme.title)
  expect(when).toContain(programme.venue)
  expect(await ask(person, 'tempatnya dmn', programme.address)).toContain(programme.venue)
  await ask(person, 'sy mau dftar', /nomor HP/)

  const before = person.messages.length
  person.shares('+628111222333', { own: false })
  expect(await answer(person, before, 'nomor orang lain')).not.toContain(officer.name)
  const known = person.messages.length
  person.shares(officer.phone, { own: true })
  expect(await answer(person, known, /setuju\?/)).toContain(officer.name)
  const confirm = await press(person, 'Ya', /[Ss]udah benar\?/)
  expect(confirm).toContain(officer.cooperative)
  expect(confirm).toContain(programme.title)

  const meanwhile = await ask(person, 'jam brp mulainya?', /[Ss]udah benar\?/)
  expect(meanwhile).toMatch(/pukul \d\d\.\d\d.*WIB/)
  expect(await ask(person, 'siapa pematerinya?', /[Ss]udah benar\?/)).toContain(programme.speaker)

  const registered = await press(person, 'Ya', /REG-[2-9A-Z]{5}/)
  const [number = ''] = /REG-[2-9A-Z]{5}/.exec(registered) ?? []
  expect(registered).toContain(programme.venue)
  expect(await ask(person, 'jadwal saya', number)).toContain(programme.title)

  const row = await database.db.registration.findUniqueOrThrow({
    where: { number },
    include: { reminders: true, person: true },
  })
  expect(row).toMatchObject({
    person: { name: officer.name },
    trainingCode: programme.code,
    state: 'confirmed',
  })
  expect(row.reminders.map(({ state }) => state)).toEqual(['planned', 'planned', 'planned'])

  await ask(person, 'batalkan pendaftaran saya', /Yakin dibatalkan/)
  await press(person, 'Ya', 'sudah dibatalkan')
  const cancelled = await database.db.registration.findUniqueOrThrow({
    where: { number },
    include: { reminders: true },
  })
  expect(cancelled.state).toBe('cancelled')
  expect(new Set(cancelled.reminders.map(({ state }) => state))).toEqual(new Set(['cancelled']))
  const { taken } = await database.db.training.findUniqueOrThrow({ where: { code: programme.code } })
  expect(taken).toBe(0)

  const incoming = await database.db.incomingMessage.findMany({ orderBy: { id: 'asc' } })
  expect(incoming.map(({ state }) => state)).toEqual(incoming.map(() => 'answered'))
  expect(incoming).toHaveLength(12)
  await eventually(
    async () => (await database.db.outgoingMessage.count({ where: { state: { not: 'sent' } } })) === 0,
    'every message sent',
  )
  const outgoing = await database.db.outgoingMessage.findMany({ orderBy: { id: 'asc' } })
  // A place goes out as a message of its own, without text, and the word that takes the number's button away with its answer.
  const seen = person.messages.map(({ text }) => text).filter((text) => text !== '' && text !== phoneTaken)
  expect(outgoing.map(({ text }) => text)).toEqual(seen)
}

describe('the main job over Telegram, on a programme and roster that stand nowhere in the project', () => {
  it('is asked, registered, cancelled, with its queues in PostgreSQL', async () => {
    await start()
    await wholeDialogue()
  })

  it.skipIf(!redisFound)('the same with its queues in Redis', async () => {
    redis = await startRedis()
    await start({ REDIS_URL: redis.url })
    await wholeDialogue()
  })

  it('a stranger gets general answers, introduces themself, and waits for the office', async () => {
    await start()
    const stranger = api.user(72, 'Orang Lain')
    await ask(stranger, `gelombang ${programme.wave} kapan?`, programme.title)
    await ask(stranger, 'saya mau daftar', /nomor HP/)
    const before = stranger.messages.length
    stranger.shares('+6281299990000', { own: true })
    expect(await answer(stranger, before, 'menunggu persetujuan kantor')).not.toContain(officer.name)
    await ask(stranger, 'tempatnya dimana', programme.address)
    expect(await database.db.registration.count()).toBe(0)
  })

  it('STOP and MULAI are read before anything else', async () => {
    await start()
    const person = api.user(73)
    await ask(person, 'daftar', /nomor HP/)
    await ask(person, 'STOP', 'tidak akan mengirim')
    expect((await database.db.contact.findFirstOrThrow()).stoppedAt).not.toBeNull()
    await ask(person, 'mulai', 'saya kirim lagi')
    expect((await database.db.contact.findFirstOrThrow()).stoppedAt).toBeNull()
  })

  it('"batal" leaves a form', async () => {
    await start()
    const person = api.user(74)
    await ask(person, 'daftar', /nomor HP/)
    await ask(person, 'batal', /tidak jadi/)
    await ask(person, `gel ${programme.wave} kapan`, programme.title)
  })

  it('a Ya pressed twice answers its own question only', async () => {
    await start()
    const person = api.user(75)
    await ask(person, 'daftar', /nomor HP/)
    const before = person.messages.length
    person.shares(officer.phone, { own: true })
    await answer(person, before, /setuju\?/)
    const asked = person.messages.length
    person.presses('Ya')
    person.presses('Ya')
    expect(await answer(person, asked, /pertanyaan sebelumnya/)).toContain('udah benar?')
    expect(await database.db.registration.count()).toBe(0)
  })

  it.skipIf(!redisFound)('goes on answering while Redis is gone, and stops when told to', async () => {
    redis = await startRedis()
    await start({ REDIS_URL: redis.url })
    const person = api.user(76)
    await ask(person, 'daftar', /nomor HP/)
    person.shares(officer.phone, { own: true })
    await answer(person, 1, /setuju\?/)
    await press(person, 'Ya', /Sudah benar\?/)
    await redis.stop()
    redis = undefined
    await press(person, 'Ya', /REG-[2-9A-Z]{5}/)
    await ask(person, 'jadwal saya', programme.title)
    service?.kill('SIGTERM')
    expect(await service?.ended).toBe(0)
  })
})
