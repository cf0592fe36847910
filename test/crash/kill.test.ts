import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CrashPoint, crashPoints } from '../../src/crash-points.ts'
import { transaction } from '../../src/database/client.ts'
import { enqueue } from '../../src/delivery/outbox.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { eventually } from '../eventually.ts'
import { type Child, run } from '../process.ts'
import { type MadeProgramme, makeProgramme } from '../programme.ts'
import { type BotApi, type Person, startBotApi } from '../telegram/bot-api-server.ts'

const token = '4242:test-AAbbCCddEEffGGhhIIjj'

let database: TestDatabase
let programme: MadeProgramme
let api: BotApi
let officer: Person
const running: Child[] = []

beforeEach(async () => {
  database = await freshDatabase()
  programme = await makeProgramme(database.db)
  api = await startBotApi({ token })
  officer = api.user(7001)
})

afterEach(async () => {
  for (const child of running.splice(0)) {
    child.kill('SIGKILL')
    await child.ended
  }
  await api.close()
  await database.drop()
})

async function service(...flags: string[]): Promise<Child> {
  const child = run('test/crash/service.ts', [api.root, token, ...flags], { DATABASE_URL: database.url })
  running.push(child)
  await child.prints('up')
  return child
}

const answers = (): string[] =>
  officer.messages.map(({ text }) => text).filter((text) => text.includes(programme.title))

const settled = async (): Promise<boolean> => {
  const waitingIn = await database.db.incomingMessage.count({ where: { state: 'stored' } })
  const waitingOut = await database.db.outgoingMessage.count({
    where: { state: { in: ['queued', 'sending'] } },
  })
  return waitingIn === 0 && waitingOut === 0
}

/** The one point at which nobody can know whether the messenger has the message: it is sent once more. */
const mayRepeat: CrashPoint = 'request-left'

describe('a process killed between "stored" and "sent"', () => {
  it.each(crashPoints)('at %s: nothing is lost, nothing is answered twice', async (point) => {
    const first = await service(`kill-at=${point}`)
    officer.says(`kapan gelombang ${programme.wave}?`)
    expect(await first.ended).toBe('SIGKILL')
    await service()
    await eventually(() => answers().length > 0, `an answer after a kill at ${point}`)
    await eventually(settled, 'nothing left to do')
    expect(await database.db.incomingMessage.count({ where: { state: 'answered' } })).toBe(1)
    expect(await database.db.outgoingMessage.count()).toBe(1)
    expect(answers().length).toBeLessThanOrEqual(point === mayRepeat ? 2 : 1)
  })
})

describe('two processes that send on the same channel', () => {
  const messages = 8

  const sendAndCount = async (...flags: string[]): Promise<number> => {
    const { id } = await database.db.contact.create({ data: { channel: 'telegram', chat: '7001' } })
    for (let n = 0; n < messages; n++)
      await transaction(database.db, (tx) =>
        enqueue(tx, {
          ...{ contact: { id, channel: 'telegram' }, kind: 'notice', dueAt: new Date() },
          content: { parts: [{ free: `${programme.title} ${n}` }] },
        }),
      )
    const args = [database.url, api.root, token, ...flags]
    const both = [run('test/crash/sender.ts', args), run('test/crash/sender.ts', args)]
    running.push(...both)
    await Promise.all(both.map((each) => each.prints('up')))
    for (const each of both) each.write('go\n')
    await Promise.all(both.map((each) => each.prints('done')))
    return answers().length
  }

  it('send each message once', async () => {
    expect(await sendAndCount()).toBe(messages)
  })

  it('would send some twice without the claim', async () => {
    expect(await sendAndCount('without-claim')).toBeGreaterThan(messages)
  })
})

describe('the same message delivered 200 times', () => {
  it('is answered once', async () => {
    await service()
    const { update_id } = officer.says(`kapan gelombang ${programme.wave}?`)
    api.redeliver(update_id, 200)
    await eventually(() => answers().length > 0, 'an answer')
    officer.says('terima kasih')
    await eventually(
      async () => (await database.db.incomingMessage.count({ where: { state: 'answered' } })) === 2,
    )
    await eventually(settled, 'nothing left to do')
    expect(answers()).toHaveLength(1)
    expect(await database.db.incomingMessage.count()).toBe(2)
  })
})
