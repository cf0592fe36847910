import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { limiter as limiterOf, sharedPace } from '../../src/delivery/limits.ts'
import { type Hosting, startHosting, textsSent } from './hosting.ts'

let host: Hosting

beforeEach(async () => {
  host = await startHosting({ perSecond: 50 })
})

afterEach(() => host.stop())

describe('what waits for its turn', () => {
  it('goes by kind, whatever came first, and in order within a kind', async () => {
    const kinds = ['broadcast', 'reminder', 'notice', 'reply'] as const
    const order: string[] = []
    await host.limiter.pause(200)
    await Promise.all(
      [1, 2, 3].flatMap((nth) =>
        kinds.map(async (kind) => {
          await host.limiter.slot(kind)
          order.push(`${kind} ${nth}`)
        }),
      ),
    )
    expect(order).toEqual([...kinds].reverse().flatMap((kind) => [1, 2, 3].map((nth) => `${kind} ${nth}`)))
  })

  it('a reply overtakes a broadcast that waits in the same chat', async () => {
    const contacts = []
    for (let chat = 1; chat <= 40; chat++) contacts.push(await host.contact(chat))
    for (const contact of contacts)
      await host.queue({ contact, kind: 'broadcast', text: `siaran ${contact.chat}` })
    await host.limiter.pause(3_000)
    await host.delivery.sweep()
    await sleep(500)
    const last = contacts.at(-1)
    if (!last) throw new Error('no contact')
    await host.queue({ contact: last, kind: 'reply', text: 'jawaban satu' })
    void host.delivery.sendTo(last.id)
    await host.queue({ contact: last, kind: 'reply', text: 'jawaban dua' })
    await host.delivery.sendTo(last.id)
    const sent = textsSent(host.api)
    expect(sent.indexOf('jawaban satu')).toBeLessThan(5)
    expect(sent.indexOf('jawaban dua')).toBeGreaterThan(sent.indexOf('jawaban satu'))
    await host.delivery.idle()
    expect(textsSent(host.api).filter((text) => text.startsWith('siaran'))).toHaveLength(40)
    expect(textsSent(host.api)).toHaveLength(42)
  })

  it('the same where two processes send: none goes twice, and the reply is among the first', async () => {
    const second = await host.another()
    const contacts = []
    for (let chat = 1; chat <= 60; chat++) contacts.push(await host.contact(chat))
    for (const contact of contacts)
      await host.queue({ contact, kind: 'broadcast', text: `siaran ${contact.chat}` })
    for (const { limiter } of [host, second]) await limiter.pause(3_000)
    await Promise.all([host.delivery.sweep(), second.delivery.sweep()])
    const officer = await host.contact(99)
    await host.queue({ contact: officer, kind: 'reply', text: 'jawaban' })
    await Promise.all([host.delivery.sendTo(officer.id), second.delivery.sendTo(officer.id)])
    expect(textsSent(host.api).indexOf('jawaban')).toBeLessThan(10)
    await Promise.all([host.delivery.idle(), second.delivery.idle()])
    expect(textsSent(host.api).toSorted()).toEqual(
      ['jawaban', ...contacts.map(({ chat }) => `siaran ${chat}`)].toSorted(),
    )
  })

  it('that gives up its turn costs nobody a slot', async () => {
    const limiter = limiterOf(sharedPace(host.db, 'telegram', 1_000))
    const away = new AbortController()
    const first = limiter.slot('broadcast', away.signal)
    away.abort()
    expect(await first).toBe(false)
    expect(await Promise.all([limiter.slot('reply'), limiter.slot('broadcast')])).toEqual([true, true])
    limiter.close()
  })
})
