import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { minute, settableClock } from '../../src/time.ts'
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
