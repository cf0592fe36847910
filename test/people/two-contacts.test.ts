import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { markReachable } from '../../src/contacts/contacts.ts'
import { transaction } from '../../src/database/client.ts'
import { enqueueNotice } from '../../src/delivery/outbox.ts'
import { fireReminder } from '../../src/reminders/fire.ts'
import { say } from '../../src/texts.ts'
import { hour, later, minute } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { type MadeOfficer, type MadeProgramme, makeOfficers, makeProgramme } from '../programme.ts'
import { conversations, told } from './conversation.ts'

const second = '+6281155557777'

let test: TestDatabase
let officer: MadeOfficer
let programme: MadeProgramme
let now: Date
let chats: ReturnType<typeof conversations>
const clock = { now: () => now }
beforeAll(async () => {
  test = await freshDatabase()
})
beforeEach(async () => {
  await test.empty()
  now = new Date('2026-11-24T10:00+07:00')
  const [made] = await makeOfficers(test.db, 1, { consented: true })
  if (!made) throw new Error('no officer')
  officer = made
  await test.db.personPhone.create({ data: { personId: officer.personId, phone: second } })
  programme = await makeProgramme(test.db, { now })
  chats = conversations(test.db, { first: officer.phone, second }, clock)
})
afterAll(() => test.drop())

const contactOf = async (chat: string) => await test.db.contact.findFirstOrThrow({ where: { chat } })

/** Tells the officer something; the chat to which it goes. */
async function tell(what: string): Promise<string | undefined> {
  const notice = { personId: officer.personId, content: { parts: [say('help')] }, dedupeKey: what }
  const id = await transaction(test.db, (tx) => enqueueNotice(tx, notice, now, null))
  if (id === undefined) return undefined
  return (await test.db.outgoingMessage.findUniqueOrThrow({ where: { id }, include: { contact: true } }))
    .contact.chat
}

it('one person with two numbers is the same in both chats', async () => {
  await chats.say('first', `daftar ${programme.code}`)
  expect(await chats.say('first', 'ya')).toContain(`${officer.name} sudah terdaftar`)
  expect(await chats.say('second', 'status pendaftaran saya')).toContain(`terdaftar di ${programme.title}`)
  expect(await chats.say('second', `daftar ${programme.code}`)).toContain('sudah terdaftar untuk bidang ini')
})

it('one message goes to the chat they wrote from last, and to the other when that is blocked', async () => {
  await chats.say('first', 'halo')
  now = later(now, minute)
  await chats.say('second', 'halo')
  expect(await tell('one')).toBe('second')
  now = later(now, minute)
  await chats.say('first', 'halo')
  expect(await tell('two')).toBe('first')
  await markReachable(test.db, { channel: 'telegram', chat: 'first' }, 'blocked', now)
  expect(await tell('three')).toBe('second')
  await markReachable(test.db, { channel: 'telegram', chat: 'second' }, 'blocked', now)
  expect(await tell('four')).toBe(undefined)
})

it('a reminder comes once, in the chat they wrote from last', async () => {
  await chats.say('first', `daftar ${programme.code}`)
  await chats.say('first', 'ya')
  now = later(now, hour)
  await chats.say('second', 'halo')
  const { id, dueAt } = await test.db.reminder.findFirstOrThrow()
  now = dueAt
  await transaction(test.db, (tx) =>
    fireReminder(tx, id, { reminderOffsets: ['P1D'], quietHours: null }, now),
  )
  const { id: contactId } = await contactOf('second')
  expect(await told(test.db, { contactId })).toContain(`Pengingat untuk ${officer.name}`)
  expect(await test.db.outgoingMessage.count({ where: { kind: 'reminder' } })).toBe(1)
})

it('one person with two offices is asked as which, and registers as that', async () => {
  const cooperative = await test.db.cooperative.create({
    data: { areaCode: '21.71.12.1001', name: 'Koperasi Kedua' },
  })
  await test.db.position.create({
    data: {
      ...{ personId: officer.personId, cooperativeId: cooperative.id },
      ...{ role: 'pengawas', title: 'ketua_pengawas' },
    },
  })
  const asked = await chats.say('first', `daftar ${programme.code}`)
  expect(asked).toContain(`[Ketua, ${officer.cooperative}]`)
  expect(asked).toContain('[Ketua Pengawas, Koperasi Kedua]')
  expect(await chats.say('first', '2')).toContain(`${officer.name}, Ketua Pengawas Koperasi Kedua`)
  expect(await chats.say('first', 'ya')).toContain('sudah terdaftar')
  expect(await test.db.registration.findFirstOrThrow()).toMatchObject({
    ...{ cooperativeId: cooperative.id, role: 'pengawas', title: 'ketua_pengawas' },
  })
})
