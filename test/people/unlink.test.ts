import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { unlinkCommand } from '../../src/commands/contact.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { type MadeOfficer, makeOfficers } from '../programme.ts'
import { now, runCommand } from './command.ts'
import { conversations } from './conversation.ts'

let test: TestDatabase
let officer: MadeOfficer
let chats: ReturnType<typeof conversations>
beforeAll(async () => {
  test = await freshDatabase()
})
beforeEach(async () => {
  await test.empty()
  const [made] = await makeOfficers(test.db, 1, { consented: true })
  if (!made) throw new Error('no officer')
  officer = made
  chats = conversations(test.db, { lost: officer.phone }, { now: () => now })
})
afterAll(() => test.drop())

const unlink = (phone: string, options = {}, answer?: string) =>
  runCommand(test.db, (context) => unlinkCommand(phone, options, context), answer)

it('makes a stranger of whoever holds the lost phone, after showing whose it was', async () => {
  await chats.say('lost', 'data saya')
  await chats.say('lost', 'nama saya salah')
  const contact = await test.db.contact.findFirstOrThrow()
  const queued = await test.db.outgoingMessage.create({
    data: { contactId: contact.id, channel: 'telegram', kind: 'notice', content: { parts: [] }, dueAt: now },
  })
  const usual = officer.phone.replace('+62', '0').replace(/(\d{4})(\d{4})/, '$1-$2 ')
  const { status, stdout, stderr } = await unlink(usual, {}, 'ya')
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  for (const shown of [
    officer.name,
    officer.cooperative,
    'telegram, last wrote 24 Nov 2026, 10.00 WIB',
    'roster',
  ])
    expect(stdout).toContain(shown)
  expect(await test.db.personPhone.count()).toBe(0)
  expect(await test.db.contact.findFirstOrThrow()).toMatchObject({ phone: null })
  expect(await test.db.conversation.findFirstOrThrow()).toMatchObject({ state: {} })
  expect(await test.db.outgoingMessage.findUnique({ where: { id: queued.id } })).toMatchObject({
    state: 'cancelled',
  })
  // The channel proves the number again: it is nobody's.
  expect(await chats.say('lost', 'data saya')).toContain('tidak ada di daftar')
  expect(await test.db.person.count()).toBe(1)
  expect(await test.db.auditEntry.findFirstOrThrow()).toMatchObject({
    ...{ action: 'contact.unlink', actor: 'command:test', subject: '', personId: officer.personId },
    details: { phone: officer.phone, chats: 1 },
  })
})

it('takes a shared number from all', async () => {
  const other = await test.db.person.create({
    data: { name: 'Orang Kedua', phones: { create: [{ phone: officer.phone }, { phone: '+628117654321' }] } },
  })
  const { stdout } = await unlink(officer.phone, { yes: true })
  expect(stdout).toContain('Orang Kedua')
  expect(await test.db.personPhone.findMany()).toEqual([{ personId: other.id, phone: '+628117654321' }])
  expect(await test.db.auditEntry.count()).toBe(2)
})

it.each([undefined, 'tidak'])('changes nothing on the answer %s', async (answer) => {
  const { status, stderr } = await unlink(officer.phone, {}, answer)
  expect({ status, stderr }).toEqual({ status: 1, stderr: 'bimtek: not agreed; nothing changed\n' })
  expect(await test.db.personPhone.count()).toBe(1)
  expect(await test.db.auditEntry.count()).toBe(0)
})

it('says of an unknown number that it is nobody’s', async () => {
  expect(await unlink('0811 2233 4455')).toEqual({
    ...{ status: 1, stdout: '', stderr: 'bimtek: +6281122334455 belongs to nobody here\n' },
  })
  await expect(unlink('abc')).rejects.toThrow('"abc" is no phone number.')
})
