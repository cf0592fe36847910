import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { telegramChannel } from '../../src/channels/telegram/telegram.ts'
import { transaction } from '../../src/database/client.ts'
import type { OutgoingKind } from '../../src/database/generated/enums.ts'
import { type Listener, listen } from '../../src/database/notify.ts'
import { limiter, ownPace, sharedPace } from '../../src/delivery/limits.ts'
import { nextFor } from '../../src/delivery/next.ts'
import { enqueue } from '../../src/delivery/outbox.ts'
import { createDelivery, type Delivery } from '../../src/delivery/send.ts'
import { loadTexts } from '../../src/texts.ts'
import { later, systemClock } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { eventually } from '../eventually.ts'
import { type BotApi, startBotApi } from '../telegram/bot-api-server.ts'

const log = pino({ level: 'silent' })
const perSecond = 20
const limits = { perSecond: 30, chatBurst: 4 }

let database: TestDatabase
let api: BotApi
let listeners: Listener[]
let deliveries: Delivery[]

beforeEach(async () => {
  database = await freshDatabase()
  api = await startBotApi({ limits })
  listeners = []
  deliveries = []
})

afterEach(async () => {
  await Promise.all(deliveries.map((each) => each.stop()))
  await Promise.all(listeners.map((each) => each.close()))
  await api.close()
  await database.drop()
})

/** What a process that hosts Telegram has for sending. */
async function host(shared: boolean, burst: number): Promise<Delivery> {
  const listener = await listen(database.url, log)
  const pace = shared ? sharedPace(database.db, 'telegram', perSecond) : ownPace(perSecond)
  const delivery = createDelivery({
    ...{ db: database.db, texts: loadTexts(), clock: systemClock, log, owner: listener.owner },
    channels: [
      {
        channel: telegramChannel({ token: api.token, apiRoot: api.root, log }),
        limiter: limiter(pace),
        chatPace: { burst, groupAMinute: 10 },
      },
    ],
  })
  listeners.push(listener)
  deliveries.push(delivery)
  return delivery
}

async function contact(chat: number): Promise<{ id: number; channel: string }> {
  const group = chat < 0
  if (group) api.group(chat)
  else api.user(chat)
  return await database.db.contact.create({ data: { channel: 'telegram', chat: String(chat), group } })
}

/** Each its own: the same one is not sent too often. */
let texts = 0

async function queue(to: { id: number; channel: string }, kind: OutgoingKind, more: object = {}) {
  await transaction(database.db, (tx) =>
    enqueue(tx, {
      contact: to,
      kind,
      content: { parts: [{ free: `Selamat pagi ${++texts}` }], ...more },
      dueAt: later(new Date(), -1),
    }),
  )
}

const refused = () => api.calls.filter(({ status }) => status === 429).length
const waiting = () => database.db.outgoingMessage.count({ where: { state: { not: 'sent' } } })

const place = { location: { name: 'Kampus', address: 'Jalan Melati', lat: 1, lon: 104 } }

describe('a channel of two processes', () => {
  const chats = 60
  const sendAll = async (shared: boolean) => {
    const both = [await host(shared, 3), await host(shared, 3)]
    const contacts = await Promise.all(Array.from({ length: chats }, (_, chat) => contact(chat + 1)))
    // Each takes two requests, and each request its own slot.
    for (const to of contacts) await queue(to, 'notice', place)
    await Promise.all(
      both.map((delivery, index) =>
        Promise.all(contacts.filter((_, n) => n % 2 === index).map(({ id }) => delivery.sendTo(id))),
      ),
    )
  }

  it('keeps one limit, so that the messenger refuses nothing', async () => {
    await sendAll(true)
    expect(refused()).toBe(0)
    expect(await waiting()).toBe(0)
    expect(api.rate().highest).toBeLessThanOrEqual(limits.perSecond)
  })

  it('with a limit in each would be refused', async () => {
    await sendAll(false)
    expect(refused()).toBeGreaterThan(0)
  })
})

describe('a chat', () => {
  const sendEight = async (burst: number) => {
    const delivery = await host(true, burst)
    const to = await contact(1)
    for (let count = 0; count < 8; count++) await queue(to, 'reply')
    await delivery.sendTo(to.id)
  }

  it('gets one a second, with short bursts, so that the messenger refuses nothing', async () => {
    await sendEight(3)
    expect(refused()).toBe(0)
    expect(await waiting()).toBe(0)
  })

  it('without that pace would be refused', async () => {
    await sendEight(100)
    expect(refused()).toBeGreaterThan(0)
  })
})

describe('a group', () => {
  const pace = { burst: 3, groupAMinute: 10 }

  it('gets ten a minute at most, though its members ask more', async () => {
    const delivery = await host(true, 3)
    const [to, other] = [await contact(-7), await contact(8)]
    for (let count = 0; count < 11; count++) await queue(to, 'reply')
    const sending = delivery.sendTo(to.id)
    await eventually(async () => (await waiting()) === 1, 'ten are out', 30_000)
    const now = new Date()
    const { wait = 0 } = (await nextFor(database.db, to.id, pace, now)) ?? {}
    expect(wait).toBeGreaterThan(30_000)
    expect((await nextFor(database.db, to.id, pace, later(now, wait)))?.wait).toBe(0)
    await queue(other, 'reply')
    await delivery.sendTo(other.id)
    expect(await waiting()).toBe(1)
    await delivery.stop()
    await sending
    expect(refused()).toBe(0)
  }, 60_000)
})

describe('a pause', () => {
  it('that one process was asked for holds for the other as well', async () => {
    const [one, other] = [sharedPace(database.db, 'telegram', 20), sharedPace(database.db, 'telegram', 20)]
    await one.pause(60_000)
    const { after } = await other.reserve(1)
    expect(after).toBeGreaterThan(55_000)
  })
})
