import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { IncomingContent } from '../../src/channels/channel.ts'
import { createInbox } from '../../src/conversation/inbox.ts'
import { createLog } from '../../src/log.ts'
import { loadTexts } from '../../src/texts.ts'
import { later, minute, settableClock } from '../../src/time.ts'
import { loadClassifier } from '../../src/understanding/train.ts'
import { cancel, makeClass, rules, status, wib } from '../planning/session.ts'
import { type Hosting, startHosting } from './hosting.ts'

const morning = wib('2026-12-10T05:30')
const clock = settableClock()
let host: Hosting

beforeEach(async () => {
  clock.set(morning)
  host = await startHosting({ clock, quietHours: rules.quietHours })
  await makeClass(
    host.db,
    ['2026-12-10', '2026-12-17'],
    [
      { name: 'Siti Aminah' },
      { name: 'Budi Santoso' },
      { name: 'Rotua Sitorus' },
      { name: 'Maria Tukan' },
      { name: 'Tanpa Chat', contact: 'none' },
    ],
  )
  for (const { id } of await host.db.contact.findMany()) {
    host.api.user(700 + id)
    await host.db.contact.update({ where: { id }, data: { chat: String(700 + id) } })
  }
})

afterEach(() => host.stop())

async function chatOf(name: string) {
  const { phone } = await host.db.personPhone.findFirstOrThrow({ where: { person: { name } } })
  const { chat } = await host.db.contact.findFirstOrThrow({ where: { phone } })
  return host.api.user(Number(chat))
}

async function writes(name: string, content: IncomingContent): Promise<void> {
  const inbox = createInbox({
    ...{ db: host.db, clock, log: createLog('silent'), texts: loadTexts(), classifier: loadClassifier() },
    ...{ rules, greetingWaits: 0, addReminderJobs: async () => {} },
    sendTo: (contactId) => host.delivery.sendTo(contactId),
  })
  const chat = String((await chatOf(name)).id)
  const message = { channel: 'telegram' as const, chat, externalId: randomUUID(), content }
  await inbox.answer((await inbox.receive(message)).contactId)
  await inbox.stop()
}

const received = async (name: string, words: string) =>
  (await chatOf(name)).messages.filter(({ text }) => text.includes(words)).length

describe('a class cancelled at 05:30', () => {
  it('is told at once, and lists who has read or written since, and whom to call', async () => {
    ;(await chatOf('Maria Tukan')).blocks()
    await cancel(host.db, 'G3-A/1', { reason: 'Ombak tinggi.', yes: true }, { at: morning })
    await host.sendAll()
    for (const name of ['Siti Aminah', 'Budi Santoso', 'Rotua Sitorus'])
      expect(await received(name, 'Ombak tinggi.')).toBe(1)
    clock.set(later(morning, 2 * minute))
    const shown = (await chatOf('Siti Aminah')).messages[0]?.buttons.find(
      ({ label }) => label === 'Sudah baca',
    )
    await writes('Siti Aminah', { kind: 'button', data: shown?.data ?? '' })
    await writes('Budi Santoso', { kind: 'text', text: 'baik pak, terima kasih' })
    const { output } = await status(host.db, 'G3-A/1')
    expect(output).toContain('2 of 5 persons have read it.')
    expect(output).toMatch(/Read \(2\):\n {2}Budi Santoso.*\n {2}Siti Aminah.*\n/)
    expect(output).toMatch(/Sent and not read yet \(1\):\n {2}Rotua Sitorus.*\n/)
    expect(output).toMatch(
      /Not reached \(2\), please call:\n {2}Maria Tukan.*0812.*\n {2}Tanpa Chat.*0812.*\n/,
    )
  })

  it('a meeting of next week is told of after the quiet hours, once', async () => {
    await cancel(host.db, 'G3-A/2', { yes: true }, { at: morning })
    await host.sendAll()
    expect(await received('Siti Aminah', 'dibatalkan')).toBe(0)
    clock.set(wib('2026-12-10T06:00'))
    await host.sendAll()
    expect(await received('Siti Aminah', 'dibatalkan')).toBe(1)
  })
})
