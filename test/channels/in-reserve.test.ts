import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Channel } from '../../src/channels/channel.ts'
import { inReserve } from '../../src/channels/in-reserve.ts'
import { telegramChannel } from '../../src/channels/telegram/telegram.ts'
import { advisoryLocks } from '../../src/database/locks.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { type BotApi, startBotApi } from '../telegram/bot-api-server.ts'

const log = pino({ level: 'silent' })

let database: TestDatabase
let api: BotApi
let received: string[]
let started: Channel[]

beforeEach(async () => {
  database = await freshDatabase()
  api = await startBotApi()
  received = []
  started = []
})

afterEach(async () => {
  await Promise.all(started.map((channel) => channel.stop()))
  await api.close()
  await database.drop()
})

async function copy(name: string, lock: number = advisoryLocks.telegramPolling): Promise<Channel> {
  const telegram = telegramChannel({ token: api.token, apiRoot: api.root, log, pollSeconds: 20 })
  const channel = inReserve(telegram, lock, database.url, log)
  started.push(channel)
  await channel.start({
    message: async ({ content }) => void received.push(`${name}: ${'text' in content ? content.text : ''}`),
    reachable: async () => {},
  })
  return channel
}

const hosts = (channel: Channel): boolean => channel.serves?.('11') ?? true
const within = (check: () => void) => vi.waitFor(check, 8000)

describe('two copies that poll Telegram', () => {
  it('only the first does; the second is ready in reserve and sends nothing', async () => {
    const first = await copy('first')
    const second = await copy('second')
    api.user(11).says('kapan bimtek?')
    await within(() => expect(received).toEqual(['first: kapan bimtek?']))
    expect([hosts(first), hosts(second)]).toEqual([true, false])
    expect(second.state()).toEqual({ ready: true, detail: 'in reserve: another process hosts it' })
    expect(first.state()).toEqual({ ready: true, detail: 'polling' })
  })

  it('the second takes over when the first stops', async () => {
    const first = await copy('first')
    const second = await copy('second')
    await first.stop()
    await within(() => expect(hosts(second)).toBe(true))
    api.user(11).says('masih ada?')
    await within(() => expect(received).toEqual(['second: masih ada?']))
    expect(hosts(first)).toBe(false)
  })

  it('who loses the lock with its connection stops, one of both goes on, and nothing comes twice', async () => {
    const first = await copy('first')
    const second = await copy('second')
    await database.pool.query(
      `SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
       WHERE l.locktype = 'advisory' AND l.granted AND d.datname = current_database()`,
    )
    await within(() => expect(first.state().detail === 'polling' && hosts(first)).toBe(false))
    await within(() => expect([hosts(first), hosts(second)].filter(Boolean)).toHaveLength(1))
    api.user(11).says('sudah kembali?')
    await within(() => expect(received).toHaveLength(1))
    await within(() => expect(api.unconfirmed).toEqual([]))
    expect(received).toHaveLength(1)
  })

  it('without one lock for both would disturb each other', async () => {
    const first = await copy('first')
    const second = await copy('second', advisoryLocks.telegramPolling + 1000)
    await within(() =>
      expect(`${first.state().detail} ${second.state().detail}`).toContain('another program receives'),
    )
  })
})
