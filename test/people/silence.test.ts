import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { transaction } from '../../src/database/client.ts'
import { fireReminder } from '../../src/reminders/fire.ts'
import { hour, later } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { type MadeOfficer, makeOfficers, makeProgramme } from '../programme.ts'
import { conversations, told } from './conversation.ts'

const day = 24 * hour

let test: TestDatabase
let officer: MadeOfficer
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
  chats = conversations(test.db, { old: officer.phone, other: officer.phone }, clock)
})
afterAll(() => test.drop())

const rules = { reminderOffsets: ['P1D'], quietHours: null }

describe('after 90 days of silence', () => {
  it('the flag lasts until the name is told, however often somebody writes', async () => {
    await chats.say('old', 'halo')
    now = later(now, 90 * day + hour)
    expect(await chats.say('old', 'halo')).not.toContain(officer.name)
    expect(await chats.say('old', 'data saya')).toContain('nama lengkap')
    now = later(now, 5 * day)
    expect(await chats.say('old', 'data saya')).not.toContain(officer.phone)
    expect(await test.db.contact.findFirstOrThrow()).toMatchObject({ mustConfirmName: true })
    expect(await chats.say('old', officer.name)).toContain(officer.phone)
    expect(await test.db.contact.findFirstOrThrow()).toMatchObject({ mustConfirmName: false })
  })

  it('a new chat of the silent number is asked too, and one of a number that is in use is not', async () => {
    await chats.say('old', 'halo')
    now = later(now, 50 * day)
    expect(await chats.say('other', 'data saya')).toContain(officer.phone)
    await test.db.contact.deleteMany({ where: { chat: 'other' } })
    now = later(now, 50 * day)
    expect(await chats.say('other', 'data saya')).toContain('nama lengkap')
  })

  it('an offered seat is taken, by word or button, only after the name', async () => {
    const programme = await makeProgramme(test.db, { now, startsIn: 200 * day })
    await chats.say('old', 'halo')
    now = later(now, 100 * day)
    await test.db.registration.create({
      data: {
        ...{ number: 'REG-AAAAA', personId: officer.personId, positionId: officer.positionId },
        ...{ role: 'pengurus', title: 'ketua', trainingCode: programme.code, track: 'organisation' },
        cooperativeId: (await test.db.cooperative.findFirstOrThrow()).id,
        ...{ state: 'offered', waitingNumber: 1, offeredUntil: later(now, day) },
      },
    })
    await test.db.training.updateMany({ data: { offered: 1 } })
    expect(await chats.say('old', `AMBIL ${programme.code}`)).toContain('nama lengkap')
    const { id: registration } = await test.db.registration.findFirstOrThrow()
    const contact = await test.db.contact.findFirstOrThrow()
    const offer = await test.db.outgoingMessage.create({
      data: {
        ...{ contactId: contact.id, channel: 'telegram', kind: 'notice', dueAt: now },
        content: {
          parts: [],
          choices: [{ label: { free: 'Ambil' }, value: { offer: registration, take: true } }],
        },
      },
    })
    expect(await chats.press('old', `c:${offer.id}:1`)).toContain('nama lengkap')
    expect(await test.db.registration.findFirstOrThrow()).toMatchObject({ state: 'offered' })
    expect(await chats.say('old', officer.name)).toContain(`AMBIL ${programme.code}`)
    expect(await chats.say('old', `AMBIL ${programme.code}`)).toContain('sudah terdaftar')
  })

  it('reminders go on', async () => {
    const programme = await makeProgramme(test.db, { now, startsIn: 120 * day })
    await chats.say('old', `daftar ${programme.code}`)
    await chats.say('old', 'ya')
    now = later(now, 119 * day + hour)
    const reminder = await test.db.reminder.findFirstOrThrow()
    const fired = await transaction(test.db, (tx) => fireReminder(tx, reminder.id, rules, now))
    expect(await told(test.db, { contactId: fired?.contactId ?? 0 })).toContain(
      `Pengingat untuk ${officer.name}`,
    )
  })
})

describe('names that were tried', () => {
  it('three wrong ones close the door for that day, for other ways of asking too', async () => {
    await chats.say('old', 'halo')
    now = later(now, 91 * day)
    await chats.say('old', 'data saya')
    for (const wrong of ['Tono Wijaya', 'nama saya Bambang', 'Slamet Riyadi']) await chats.say('old', wrong)
    for (const text of ['data saya', officer.name, `nama saya ${officer.name}`, 'mau daftar', 'AMBIL G3-A'])
      expect(await chats.say('old', text), text).not.toContain(officer.phone)
    expect(await test.db.contact.findFirstOrThrow()).toMatchObject({ mustConfirmName: true })
    now = later(now, day)
    await chats.say('old', 'data saya')
    expect(await chats.say('old', officer.name)).toContain(officer.phone)
  })

  it.each(['jadwal gelombang 3 kapan?', 'ya', 'halo', 'siapa ini?', 'terima kasih'])(
    '“%s” is none',
    async (text) => {
      await chats.say('old', 'halo')
      now = later(now, 91 * day)
      for (let time = 0; time < 3; time++) {
        await chats.say('old', 'data saya')
        await chats.say('old', text)
      }
      await chats.say('old', 'data saya')
      expect(await chats.say('old', officer.name)).toContain(officer.phone)
    },
  )
})
