import { afterEach, describe, expect, it } from 'vitest'
import { transaction } from '../../src/database/client.ts'
import { claimNext } from '../../src/delivery/claim.ts'
import { nextFor } from '../../src/delivery/next.ts'
import { noticesRead } from '../../src/delivery/receipts.ts'
import { second as aSecond, hour, later, minute, settableClock } from '../../src/time.ts'
import { eventually } from '../eventually.ts'
import { wib } from '../planning/session.ts'
import { type Hosting, startHosting, textsSent } from './hosting.ts'

let host: Hosting

afterEach(() => host.stop())

const row = (id: number) => host.db.outgoingMessage.findUniqueOrThrow({ where: { id } })
const change = (id: number, data: object) => host.db.outgoingMessage.update({ where: { id }, data })

describe('what waited for a day', () => {
  it('is not given up at its first refusal, nor because the messenger asks to come later', async () => {
    host = await startHosting()
    const [fresh, old, late] = await Promise.all([1, 2, 3].map((chat) => host.contact(chat)))
    if (!fresh || !old || !late) throw new Error('no contacts')
    const createdAt = later(new Date(), -30 * hour)
    const first = await host.queue({ contact: old, kind: 'notice', text: 'pertama', createdAt })
    const last = await host.queue({ contact: late, kind: 'notice', text: 'terakhir', createdAt })
    await change(last, { attempts: 30 })
    host.api.faults.next('sendMessage', { status: 429, retryAfter: 1 }, 2)
    await host.sendAll()
    expect([(await row(first)).state, (await row(last)).state]).toEqual(['queued', 'queued'])
    await eventually(async () => {
      await host.sendAll()
      return (await row(first)).state === 'sent'
    }, 'sent in the end')
  })

  it('and was tried for an hour since is given up', async () => {
    host = await startHosting()
    const createdAt = later(new Date(), -30 * hour)
    const id = await host.queue({ contact: await host.contact(1), kind: 'notice', text: 'satu', createdAt })
    const young = await host.queue({ contact: await host.contact(2), kind: 'notice', text: 'dua' })
    for (const each of [id, young]) await change(each, { attempts: 30 })
    await host.api.close()
    await host.sendAll()
    expect([(await row(id)).state, (await row(young)).state]).toEqual(['failed', 'queued'])
  })
})

describe('a claim', () => {
  it('is kept by who is still sending, however long it takes, and taken from who has died', async () => {
    const clock = settableClock()
    clock.set(new Date())
    host = await startHosting({ clock, sendSeconds: 4 })
    const second = await host.another()
    const id = await host.queue({ contact: await host.contact(1), kind: 'broadcast', text: 'siaran' })
    host.api.faults.next('sendMessage', 'hang')
    await host.delivery.sweep()
    await eventually(() => host.api.calls.length === 1, 'the request')
    for (let times = 0; times < 3; times++) {
      clock.set(later(clock.now(), 40 * aSecond))
      await host.delivery.sweep()
      await second.delivery.sweep()
      expect((await row(id)).state).toBe('sending')
    }
    // Nobody renews it any more.
    clock.set(later(clock.now(), 2 * minute))
    await second.delivery.sweep()
    expect((await row(id)).state).toBe('uncertain')
    await host.delivery.idle()
    expect(textsSent(host.api)).toEqual(['siaran'])
  })

  it('takes nothing less urgent than what the slot was for, nor what waits behind a message to be tried again', async () => {
    host = await startHosting()
    const now = later(new Date(), minute)
    const to = await host.contact(1)
    const first = await host.queue({ contact: to, kind: 'notice', text: 'satu' })
    await change(first, { attempts: 1, dueAt: later(now, minute) })
    await host.queue({ contact: to, kind: 'notice', text: 'dua' })
    expect((await nextFor(host.db, to.id, undefined, now))?.kind).toBeNull()
    const broadcast = await host.queue({ contact: to, kind: 'broadcast', text: 'siaran' })
    expect((await nextFor(host.db, to.id, undefined, now))?.kind).toBe('broadcast')
    expect(await claimNext(host.db, to.id, 1, now, 'notice')).toBeUndefined()
    expect(await claimNext(host.db, to.id, 1, now, 'broadcast')).toMatchObject({ id: broadcast })
  })

  it('of what could not be prepared is given back: it has surely not gone out', async () => {
    host = await startHosting()
    const { id: file } = await host.db.storedFile.create({
      data: { name: 'a.pdf', type: 'application/pdf', content: Buffer.from('%PDF'), createdAt: new Date() },
    })
    const content = { file }
    const to = await host.contact(1)
    const id = await host.queue({ contact: to, kind: 'broadcast', text: 'siaran', content })
    await host.database.pool.query('ALTER TABLE stored_file RENAME TO away')
    await host.sendAll()
    expect(await row(id)).toMatchObject({ state: 'queued', attempts: 1, unclear: 0 })
    await host.database.pool.query('ALTER TABLE away RENAME TO stored_file')
    await eventually(async () => {
      await host.sendAll()
      return (await row(id)).state === 'sent'
    }, 'sent')
    expect(textsSent(host.api)).toEqual(['siaran'])
  })
})

describe('held up until the night', () => {
  const quietHours = { from: 21 * 60, until: 6 * 60 }
  const evening = wib('2026-12-09T20:50')
  const clock = settableClock()

  it('reminders and what can wait go in the morning; answers and what is near go at once', async () => {
    clock.set(wib('2026-12-09T22:00'))
    host = await startHosting({ clock, quietHours })
    const to = await host.contact(1)
    const add = (kind: 'reply' | 'notice' | 'reminder', text: string, meeting?: string | null) =>
      host.queue({
        ...{ contact: to, kind, text, dueAt: evening, createdAt: evening },
        content: meeting === undefined ? {} : { meeting },
      })
    await add('reminder', 'besok kelas')
    await add('notice', 'kursi untuk Bapak', null)
    await add('notice', 'pindah pekan depan', wib('2026-12-16T08:00').toISOString())
    await add('notice', 'batal besok', wib('2026-12-10T08:00').toISOString())
    await add('reply', 'jawaban')
    await host.sendAll()
    expect(textsSent(host.api)).toEqual(['jawaban', 'batal besok'])
    clock.set(wib('2026-12-10T06:00'))
    await host.sendAll()
    expect(textsSent(host.api).slice(2)).toEqual(['kursi untuk Bapak', 'pindah pekan depan', 'besok kelas'])
  })

  it('a moment late is not late, and a session that begins before the morning is not reminded of', async () => {
    clock.set(wib('2026-12-09T21:01'))
    host = await startHosting({ clock, quietHours })
    const to = await host.contact(1)
    const reminder = { contact: to, kind: 'reminder' as const, dueAt: evening, createdAt: evening }
    await host.queue({ ...reminder, text: 'besok kelas' })
    await host.sendAll()
    expect(textsSent(host.api)).toEqual(['besok kelas'])
    clock.set(wib('2026-12-09T23:00'))
    const id = await host.queue({ ...reminder, text: 'pukul lima', expiresAt: wib('2026-12-10T05:00') })
    await host.sendAll()
    clock.set(wib('2026-12-10T06:00'))
    await host.sendAll()
    expect((await row(id)).state).toBe('expired')
    expect(textsSent(host.api)).toEqual(['besok kelas'])
  })
})

describe('a pressed button', () => {
  it('proves that its message arrived, which is then not sent once more', async () => {
    host = await startHosting()
    const to = await host.contact(1)
    host.api.faults.next('sendMessage', 'deliver-then-500')
    const id = await host.queue({ contact: to, kind: 'reminder', text: 'besok kelas' })
    await host.sendAll()
    expect(await row(id)).toMatchObject({ state: 'queued', unclear: 1 })
    await transaction(host.db, (tx) => noticesRead(tx, to.id, new Date(), id))
    await change(id, { dueAt: later(new Date(), -aSecond) })
    await host.sendAll()
    expect((await row(id)).state).toBe('read')
    expect(textsSent(host.api)).toEqual(['besok kelas'])
  })
})
