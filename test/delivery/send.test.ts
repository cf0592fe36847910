import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { telegramChannel } from '../../src/channels/telegram/telegram.ts'
import { transaction } from '../../src/database/client.ts'
import type { OutgoingKind } from '../../src/database/generated/enums.ts'
import { type Listener, listen } from '../../src/database/notify.ts'
import { type Limiter, limiter as limiterOf, ownPace } from '../../src/delivery/limits.ts'
import { enqueue } from '../../src/delivery/outbox.ts'
import { createDelivery, type Delivery } from '../../src/delivery/send.ts'
import { loadTexts } from '../../src/texts.ts'
import { later, systemClock } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { eventually } from '../eventually.ts'
import { type BotApi, startBotApi } from '../telegram/bot-api-server.ts'

const log = pino({ level: 'silent' })

let database: TestDatabase
let api: BotApi
let listener: Listener
let limiter: Limiter
let delivery: Delivery

beforeEach(async () => {
  database = await freshDatabase()
  api = await startBotApi()
  listener = await listen(database.url, log)
  limiter = limiterOf(ownPace(20))
  delivery = createDelivery({
    ...{ db: database.db, texts: loadTexts(), clock: systemClock, log, owner: listener.owner },
    channels: [{ channel: telegramChannel({ token: api.token, apiRoot: api.root, log }), limiter }],
  })
})

afterEach(async () => {
  await delivery.stop()
  await listener.close()
  await api.close()
  await database.drop()
})

async function contact(chat: number): Promise<{ id: number; channel: string }> {
  api.user(chat)
  return await database.db.contact.create({ data: { channel: 'telegram', chat: String(chat) } })
}

async function queue(to: { id: number; channel: string }, kind: OutgoingKind, text: string): Promise<number> {
  const id = await transaction(database.db, (tx) =>
    enqueue(tx, { contact: to, kind, content: { parts: [{ free: text }] }, dueAt: later(new Date(), -1) }),
  )
  return id ?? 0
}

const stateOf = async (id: number) =>
  (await database.db.outgoingMessage.findUniqueOrThrow({ where: { id } })).state
const sent = () => api.calls.filter(({ method }) => method.toLowerCase() === 'sendmessage')

describe('the limiter and the claim', () => {
  it('a message that waits for its turn is not claimed, so no lease runs out and nobody gets it twice', async () => {
    const id = await queue(await contact(1), 'notice', 'pindah')
    await limiter.pause(1_500)
    void delivery.sweep()
    await sleep(300)
    await delivery.sweep()
    expect(await stateOf(id)).toBe('queued')
    await eventually(async () => (await stateOf(id)) === 'sent', 'sent after the pause')
    await delivery.sweep()
    await delivery.idle()
    expect(sent()).toHaveLength(1)
  })

  it('a reply overtakes what waits for its turn, and order holds within a kind', async () => {
    const ids: number[] = []
    for (let chat = 1; chat <= 30; chat++)
      ids.push(await queue(await contact(chat), 'broadcast', `siaran ${chat}`))
    await delivery.sweep()
    const officer = await contact(99)
    await queue(officer, 'reply', 'jawaban satu')
    await queue(officer, 'reply', 'jawaban dua')
    await delivery.sendTo(officer.id)
    const texts = sent().map(({ params }) => String(params['text']))
    expect(texts.indexOf('jawaban satu')).toBeLessThan(texts.indexOf('jawaban dua'))
    expect(texts.filter((text) => text.startsWith('siaran')).length).toBeLessThan(30)
    await delivery.idle()
    expect(sent()).toHaveLength(32)
  })

  it('a stop in the middle of a pause leaves what waits as it was', async () => {
    const id = await queue(await contact(1), 'notice', 'pindah')
    await limiter.pause(3_600_000)
    void delivery.sweep()
    await sleep(200)
    await delivery.stop()
    expect(await stateOf(id)).toBe('queued')
    expect(sent()).toEqual([])
  })
})

describe('what the messenger answers', () => {
  it('429 holds the whole channel for as long as it says, and the message goes out after it', async () => {
    api.faults.next('sendMessage', { status: 429, retryAfter: 1 })
    const first = await queue(await contact(1), 'notice', 'satu')
    await delivery.sweep()
    await delivery.idle()
    expect(await stateOf(first)).toBe('queued')
    await eventually(async () => {
      await delivery.sweep()
      return (await stateOf(first)) === 'sent'
    }, 'sent after the pause')
    expect(sent()).toHaveLength(2)
  })

  it('what may have gone out is sent once more if it is a notice, and a broadcast never', async () => {
    api.faults.next('sendMessage', 'deliver-then-reset')
    const broadcast = await queue(await contact(1), 'broadcast', 'siaran')
    await delivery.sweep()
    await delivery.idle()
    expect(await stateOf(broadcast)).toBe('uncertain')
    api.faults.next('sendMessage', 'deliver-then-reset', 2)
    const notice = await queue(await contact(2), 'notice', 'pindah')
    await eventually(async () => {
      await delivery.sweep()
      await delivery.idle()
      return (await stateOf(notice)) === 'uncertain'
    }, 'uncertain in the end')
    expect(sent().filter(({ params }) => params['text'] === 'pindah')).toHaveLength(2)
    expect(sent().filter(({ params }) => params['text'] === 'siaran')).toHaveLength(1)
  })

  it('who has blocked the bot is marked, and the row says why', async () => {
    const blocked = await contact(1)
    api.user(1).blocks()
    const id = await queue(blocked, 'notice', 'pindah')
    await delivery.sweep()
    await delivery.idle()
    expect(await stateOf(id)).toBe('failed')
    expect(await database.db.contact.findUniqueOrThrow({ where: { id: blocked.id } })).toMatchObject({
      unreachableWhy: 'blocked',
    })
  })
})
