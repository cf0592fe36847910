import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { eventually } from '../eventually.ts'
import { type Child, run } from '../process.ts'
import { type MadeOfficer, type MadeProgramme, makeOfficers, makeProgramme } from '../programme.ts'
import { type BotApi, startBotApi } from './bot-api-server.ts'

const token = '4242:test-AAbbCCddEEffGGhhIIjj'

let database: TestDatabase
let api: BotApi
let programme: MadeProgramme
let officer: MadeOfficer
let folder: string
let running: Child[]

beforeEach(async () => {
  database = await freshDatabase()
  api = await startBotApi({ token })
  programme = await makeProgramme(database.db)
  const [made] = await makeOfficers(database.db, 1, { consented: true })
  if (!made) throw new Error('no officer')
  officer = made
  folder = mkdtempSync(join(tmpdir(), 'bimtek-webhook-'))
  running = []
})

afterEach(async () => {
  for (const child of running) child.kill('SIGKILL')
  await Promise.all(running.map(({ ended }) => ended))
  await api.close()
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

/** A process of the service; the port of its web. */
async function start(
  more: Record<string, string>,
  ...args: string[]
): Promise<{ child: Child; port: string }> {
  const child = run('src/main.ts', ['start', ...args], {
    ...{ DATABASE_URL: database.url, TELEGRAM_TOKEN: token, TELEGRAM_API_ROOT: api.root },
    ...{ PORT: '0', LOG_LEVEL: 'warn', QUIET_HOURS: 'off', DATA_DIR: folder, ...more },
  })
  running.push(child)
  await child.prints('/readyz')
  return { child, port: /Web +http:\/\/127\.0\.0\.1:(\d+)/.exec(child.output())?.[1] ?? '' }
}

const byWebhook = { PUBLIC_URL: 'https://bot.example' }

it('two copies take turns at the webhook, without the lock, and each officer has one answer a message', async () => {
  const copies = [
    await start(byWebhook, '--roles', 'web'),
    await start(byWebhook, '--roles', 'web'),
    await start(byWebhook, '--roles', 'worker'),
  ]
  api.leads('bot.example', ...copies.slice(0, 2).map(({ port }) => `http://127.0.0.1:${port}`))
  expect(await database.db.fact.findUnique({ where: { name: 'telegram.username' } })).toMatchObject({
    value: 'bimtek_test_bot',
  })

  const people = Array.from({ length: 8 }, (_, n) => api.user(100 + n))
  for (const person of people) person.says(`gelombang ${programme.wave} kapan?`)
  await eventually(() => people.every(({ messages }) => messages.length > 0), 'each was answered')
  for (const person of people) person.says('tempatnya di mana?')
  await eventually(
    () => people.every(({ messages }) => messages.some(({ venue }) => venue?.title === programme.venue)),
    'each was told the place',
  )
  expect(await database.db.incomingMessage.count({ where: { state: 'answered' } })).toBe(16)
  expect(await database.db.outgoingMessage.count()).toBe(16)
  expect(people.map(({ messages }) => messages.filter(({ text }) => text !== '').length)).toEqual(
    people.map(() => 2),
  )
  const { parts } = (await (await fetch(`http://127.0.0.1:${copies[0]?.port}/readyz`)).json()) as {
    parts: Record<string, unknown>
  }
  expect(parts['telegram']).toMatchObject({ ok: true })
  expect(copies[2]?.child.errors()).toBe('')
})

it('a link leads a newcomer through the number to that registration, over a service that changes from webhook to polling', async () => {
  const first = await start(byWebhook)
  api.leads('bot.example', `http://127.0.0.1:${first.port}`)
  const person = api.user(71)
  person.says(`/start t-${programme.code}`)
  await person.hears(/nomor HP/)
  first.child.kill('SIGTERM')
  expect(await first.child.ended).toBe(0)
  expect(api.webhook).not.toBe('')

  person.shares(officer.phone, { own: true })
  await start({})
  expect((await person.hears(/Sudah benar\?/)).text).toContain(programme.title)
  expect(api.webhook).toBe('')
  person.presses('Ya')
  await person.hears(/REG-[2-9A-Z]{5}/)
  expect(await database.db.registration.count({ where: { state: 'confirmed' } })).toBe(1)
})
