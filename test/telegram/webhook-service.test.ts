import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { eventually } from '../eventually.ts'
import type { Child } from '../process.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
let database: Stage['database']
let api: Stage['api']
let programme: Stage['programme']
let officer: Stage['officer']
let folder: string

beforeEach(async () => {
  stage = await openStage()
  ;({ database, api, programme, officer } = stage)
  folder = mkdtempSync(join(tmpdir(), 'bimtek-webhook-'))
})

afterEach(async () => {
  await stage.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A process of the service; the port of its web. */
async function start(
  more: Record<string, string>,
  ...args: string[]
): Promise<{ child: Child; port: string }> {
  const child = await stage.start({ DATA_DIR: folder, ...more }, args, '/readyz')
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
