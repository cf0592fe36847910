import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createInbox } from '../../src/conversation/inbox.ts'
import { loadTexts } from '../../src/texts.ts'
import { minute, settableClock } from '../../src/time.ts'
import { loadClassifier } from '../../src/understanding/train.ts'
import { type Hosting, startHosting, textsSent } from './hosting.ts'

let host: Hosting
const clock = settableClock()

beforeEach(async () => {
  clock.set(new Date())
  host = await startHosting({ clock })
})

afterEach(() => host.stop())

const states = async () =>
  (await host.db.outgoingMessage.findMany({ orderBy: { id: 'asc' } })).map(({ state }) => state)

describe('the same text to one contact', () => {
  it('goes out five times in five minutes, whichever process sends, and again after that', async () => {
    const second = await host.another()
    const to = await host.contact(1)
    const other = await host.contact(2)
    for (let nth = 0; nth < 8; nth++) {
      await host.queue({ contact: to, kind: 'reply', text: 'Saya bot.' })
      await (nth % 2 ? host : second).delivery.sendTo(to.id)
    }
    await host.queue({ contact: to, kind: 'reply', text: 'Saya bot lain.' })
    await host.queue({ contact: other, kind: 'reply', text: 'Saya bot.' })
    await host.sendAll()
    expect(textsSent(host.api)).toEqual([...Array(5).fill('Saya bot.'), 'Saya bot lain.', 'Saya bot.'])
    expect(await states()).toEqual([...Array(5).fill('sent'), ...Array(3).fill('failed'), 'sent', 'sent'])
    const row = await host.db.outgoingMessage.findFirstOrThrow({ where: { state: 'failed' } })
    expect(row.error).toContain('5 times in 5 minutes')
    expect((await host.db.contact.findUniqueOrThrow({ where: { id: to.id } })).unreachableSince).toBeNull()
    clock.set(new Date(clock.now().getTime() + 6 * minute))
    await host.queue({ contact: to, kind: 'reply', text: 'Saya bot.' })
    await host.sendAll()
    expect((await states()).at(-1)).toBe('sent')
  })
})

describe('another bot that answers every message with the same words', () => {
  it('is left alone after a while, and both fall silent', async () => {
    const inbox = createInbox({
      ...{ db: host.db, clock, log: pino({ level: 'silent' }), texts: loadTexts() },
      ...{ classifier: loadClassifier(), rules: { reminderOffsets: [], quietHours: null } },
      sendTo: (contactId) => host.delivery.sendTo(contactId),
      addReminderJobs: async () => {},
    })
    host.api.user(7)
    let heard = -1
    let turns = 0
    for (; heard < textsSent(host.api).length && turns < 40; turns++) {
      heard = textsSent(host.api).length
      const { contactId } = await inbox.receive({
        ...{ channel: 'telegram', chat: '7', externalId: String(turns) },
        content: { kind: 'text', text: 'Toko sedang tutup. Balas 1 untuk katalog.' },
      })
      await inbox.answer(contactId)
    }
    await inbox.stop()
    expect(turns).toBeLessThan(40)
    const sent = textsSent(host.api)
    for (const text of new Set(sent))
      expect(sent.filter((each) => each === text).length).toBeLessThanOrEqual(5)
  })
})
