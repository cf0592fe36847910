import { randomUUID } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { IncomingContent } from '../../src/channels/channel.ts'
import { createInbox } from '../../src/conversation/inbox.ts'
import { createLog } from '../../src/log.ts'
import { loadTexts } from '../../src/texts.ts'
import { later, minute } from '../../src/time.ts'
import type { Classifier } from '../../src/understanding/classify.ts'
import { loadClassifier } from '../../src/understanding/train.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { importCommand } from './command.ts'
import { cancel, makeClass, move, notices, now, rules, status } from './session.ts'

let test: TestDatabase
let classifier: Classifier
beforeAll(async () => {
  test = await freshDatabase()
  classifier = loadClassifier()
})
beforeEach(async () => {
  await test.empty()
  await makeClass(
    test.db,
    ['2026-12-10', '2026-12-14'],
    [
      { name: 'Siti Aminah', phone: '+6281200000001' },
      { name: 'Budi Santoso', phone: '+6281200000002' },
      { name: 'Rotua Sitorus', phone: '+6281200000003' },
      { name: 'Tanpa Kontak', phone: '+6281234567890', contact: 'none' },
    ],
  )
})
afterAll(() => test.drop())

const sentAt = later(now, minute)

/** As delivery leaves them. */
async function deliver(...states: ('sent' | 'delivered' | 'uncertain' | 'failed')[]): Promise<void> {
  for (const [index, { id }] of (await notices(test.db)).entries()) {
    const state = states[index] ?? 'sent'
    const sent = state === 'sent' || state === 'delivered' ? { sentAt } : {}
    await test.db.outgoingMessage.update({ where: { id }, data: { state, ...sent } })
  }
}

/** A message of whoever has this number, at so many ms after the change. */
async function writes(phone: string, content: IncomingContent, after = 2 * minute): Promise<void> {
  const inbox = createInbox({
    greetingWaits: 0,
    ...{ db: test.db, clock: { now: () => later(now, after) }, log: createLog('silent'), texts: loadTexts() },
    ...{ classifier, rules, sendTo: async () => {}, addReminderJobs: async () => {} },
  })
  const { contactId } = await inbox.receive({
    channel: 'telegram',
    chat: phone,
    externalId: randomUUID(),
    content,
  })
  await inbox.answer(contactId)
  await inbox.stop()
}

const states = async () => (await notices(test.db)).map(({ state }) => state)
const noticeOf = async (name: string) => (await notices(test.db)).find(({ text }) => text.includes(name))

it('shows who has read the notice, who not yet, and who must be called', async () => {
  await move(test.db, 'G3-A/1', { to: '2026-12-12T08:00', yes: true })
  const before = await status(test.db, 'G3-A/1')
  expect(before.output).toContain('Not sent yet (3):')
  await deliver('sent', 'delivered', 'failed')
  await writes('+6281200000002', { kind: 'text', text: 'baik pak terima kasih' })
  const { output, status: exit } = await status(test.db, 'g3-a/1')
  expect(exit).toBe(0)
  expect(output).toBe(`G3-A/1 Materi 1 (Bimtek G3-A): Sabtu, 12 Desember 2026, pukul 08.00–12.00 WIB
Changed on Selasa, 1 Desember 2026, pukul 10.00 WIB. 1 of 4 persons has read it.
Read (1):
  Budi Santoso, KKMP Sadai: Selasa, 1 Desember 2026, pukul 10.02 WIB
Sent and not read yet (1):
  Rotua Sitorus, KKMP Sadai: 0812-0000-0003
Not reached (2), please call:
  Siti Aminah, KKMP Sadai: 0812-0000-0001
  Tanpa Kontak, KKMP Sadai: 0812-3456-7890 (no chat with the bot)
`)
  const { read, notReached } = JSON.parse((await status(test.db, 'G3-A/1', { json: true })).output)
  expect(read).toMatchObject([{ name: 'Budi Santoso', state: 'read' }])
  expect(notReached).toMatchObject([
    { name: 'Siti Aminah', state: 'failed' },
    { name: 'Tanpa Kontak', state: null },
  ])
})

it('"Sudah baca" makes it read, by its button, and is answered in a word', async () => {
  await cancel(test.db, 'G3-A/1', { yes: true })
  await deliver()
  const notice = await noticeOf('Siti Aminah')
  await writes('+6281200000001', { kind: 'button', data: `c:${notice?.id}:1` })
  expect(await states()).toEqual(['sent', 'sent', 'read'])
  const row = await test.db.outgoingMessage.findUniqueOrThrow({ where: { id: notice?.id ?? 0 } })
  expect(row).toMatchObject({ readAt: later(now, 2 * minute), sentAt })
  const reply = await test.db.outgoingMessage.findFirstOrThrow({ where: { kind: 'reply' } })
  expect(reply.content).toEqual({ parts: [{ key: 'notice-read' }] })
})

it('its button proves that an uncertain one arrived; another message does not', async () => {
  await cancel(test.db, 'G3-A/1', { yes: true })
  await deliver('uncertain', 'uncertain', 'uncertain')
  const notice = await noticeOf('Siti Aminah')
  await writes('+6281200000001', { kind: 'text', text: 'jadwal saya' })
  expect(await states()).toEqual(['uncertain', 'uncertain', 'uncertain'])
  expect((await status(test.db, 'G3-A/1')).output).toContain('Not known whether it arrived (3), please call:')
  await writes('+6281200000001', { kind: 'button', data: `c:${notice?.id}:1` })
  expect(await states()).toEqual(['uncertain', 'uncertain', 'read'])
})

it('what was written before it was sent does not make it read, nor what others write', async () => {
  await move(test.db, 'G3-A/1', { to: '2026-12-12T08:00', yes: true })
  await deliver()
  await writes('+6281200000001', { kind: 'text', text: 'jadwal saya' }, minute / 2)
  await writes('+6281200000009', { kind: 'text', text: 'halo' })
  expect(await states()).toEqual(['sent', 'sent', 'sent'])
})

it('is of the newest change, of that session, and of those who knew the old time', async () => {
  expect((await status(test.db, 'G3-A/2')).output).toContain('It was neither moved nor cancelled')
  await move(test.db, 'G3-A/1', { to: '2026-12-12T08:00', yes: true })
  await deliver()
  for (const phone of ['+6281200000001', '+6281200000002', '+6281200000003'])
    await writes(phone, { kind: 'text', text: 'ok' })
  expect((await status(test.db, 'G3-A/1')).output).toContain('3 of 4 persons have read it.')
  expect((await status(test.db, 'G3-A/2')).output).toContain('It was neither moved nor cancelled')
  await move(test.db, 'G3-A/1', { to: '2026-12-13T08:00', yes: true }, { at: later(now, 5 * minute) })
  await test.db.registration.updateMany({
    where: { person: { name: { in: ['Siti Aminah', 'Tanpa Kontak'] } } },
    data: { createdAt: later(now, 6 * minute) },
  })
  const { output } = await status(test.db, 'G3-A/1')
  expect(output).toContain('0 of 3 persons have read it.')
  expect(output).toContain('Not sent yet (3):')
  expect(output).not.toContain('Tanpa Kontak')
})

it('knows of a change of which nobody could be told', async () => {
  await test.db.contact.updateMany({ data: { unreachableSince: now, unreachableWhy: 'blocked' } })
  await cancel(test.db, 'G3-A/1', { yes: true })
  const { output } = await status(test.db, 'G3-A/1')
  expect(output).toContain('Materi 1 (Bimtek G3-A): cancelled')
  expect(output).toContain('Not reached (4), please call:')
  expect(output).toContain('Budi Santoso, KKMP Sadai: 0812-0000-0002 (has blocked the bot)')
})

describe('a move by a programme file', () => {
  const moveByFile = async (day: string, options = {}) => {
    const starts = `${day}T08:00+07:00`
    const row = { training: 'G3-A', id: '1', title: 'Materi 1', starts, ends: `${day}T12:00+07:00` }
    const path = join(mkdtempSync(join(tmpdir(), 'bimtek-status-')), 'programme.json')
    writeFileSync(path, JSON.stringify({ sessions: [row] }))
    const at = later(now, 10 * minute)
    expect(await importCommand(test.db, 'programme', path, { now: at, ...options })).toMatchObject({
      status: 0,
    })
  }
  const untold = `Changed on Selasa, 1 Desember 2026, pukul 10.10 WIB, by import programme. The newest change was not told to anybody.
To be told (4), please call:
  Budi Santoso, KKMP Sadai: 0812-0000-0002
`

  it('without notices is said to be told to nobody, with everybody to call, whoever read of an older one', async () => {
    await move(test.db, 'G3-A/1', { to: '2026-12-12T08:00', yes: true })
    await deliver()
    await writes('+6281200000002', { kind: 'text', text: 'baik' })
    await moveByFile('2026-12-13')
    const { output } = await status(test.db, 'G3-A/1')
    expect(output).toContain(untold)
    expect(output).not.toContain('read')
    const json = JSON.parse((await status(test.db, 'G3-A/1', { json: true })).output)
    expect(json).toMatchObject({ untold: true, read: [], notReached: { length: 4 } })
    // Also when nobody wrote it down.
    await test.db.auditEntry.deleteMany({ where: { action: 'import.programme' } })
    expect((await status(test.db, 'G3-A/1')).output).toContain('\nThe newest change was not told to anybody.')
    await move(test.db, 'G3-A/1', { to: '2026-12-15T08:00', yes: true }, { at: later(now, 20 * minute) })
    expect((await status(test.db, 'G3-A/1')).output).toContain('Not sent yet (3):')
  })

  it('is known when it is the first', async () => {
    await moveByFile('2026-12-13')
    expect((await status(test.db, 'G3-A/1')).output).toContain(untold)
  })

  it('with notices is told like any other', async () => {
    await move(test.db, 'G3-A/1', { to: '2026-12-12T08:00', yes: true })
    await moveByFile('2026-12-13', { notify: true, yes: true })
    const { output } = await status(test.db, 'G3-A/1')
    expect(output).toContain('Changed on Selasa, 1 Desember 2026, pukul 10.10 WIB. 0 of 4')
    expect(output).toContain('Not sent yet (3):')
  })
})

it('says of whom it did not reach, and who has a chat by now, why it did not', async () => {
  await move(test.db, 'G3-A/1', { to: '2026-12-12T08:00', yes: true })
  await test.db.contact.create({ data: { channel: 'telegram', chat: 'new', phone: '+6281234567890' } })
  expect((await status(test.db, 'G3-A/1')).output).toContain(
    'Tanpa Kontak, KKMP Sadai: 0812-3456-7890 (was not told: had no chat then)',
  )
})

it('says in one line that there is no such session', async () => {
  expect(await status(test.db, 'G3-A/9')).toMatchObject({
    ...{
      status: 1,
      output: '',
      errors: expect.stringMatching(/^bimtek: there is no session "G3-A\/9"; there are .+\n$/),
    },
  })
})
