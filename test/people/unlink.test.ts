import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { areaPath } from '../../src/areas.ts'
import { unlinkCommand } from '../../src/commands/contact.ts'
import { transaction } from '../../src/database/client.ts'
import { trainingByCode } from '../../src/programme/trainings.ts'
import { registerColleague } from '../../src/registration/colleague.ts'
import { createRegistration } from '../../src/registration/register.ts'
import { tellLeftToStaff, unreachedRequests } from '../../src/registration/request.ts'
import { offerFreeSeats, sweepOffers, trainingsToSweep } from '../../src/registration/waiting-list.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { importCommand } from '../planning/command.ts'
import { type MadeOfficer, makeOfficers, makeProgramme } from '../programme.ts'
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
    ...{ state: 'failed', error: 'unlinked' },
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

it('waits for no chat that has said nothing yet', async () => {
  await test.db.contact.create({ data: { channel: 'telegram', chat: 'silent', phone: officer.phone } })
  await unlink(officer.phone, { yes: true })
  expect(await test.db.contact.findFirst()).toMatchObject({ phone: null, threadFrom: now })
  expect(await test.db.conversation.count()).toBe(0)
})

describe('a notice that the lost phone does not get any more', () => {
  const rules = { reminderOffsets: [], quietHours: null }

  it('of a seat that was offered lets the seat go to the next', async () => {
    const { db } = test
    const { code } = await makeProgramme(db, { now })
    await chats.say('lost', 'halo')
    const position = await db.position.findUniqueOrThrow({
      where: { id: officer.positionId },
      include: { cooperative: true },
    })
    await transaction(db, async (tx) => {
      const training = await trainingByCode(tx, code)
      if (!training) throw new Error('no training')
      const waits = { personId: officer.personId, position }
      const { id } = await createRegistration(tx, waits, training, 'pending', now)
      await tx.registration.update({ where: { id }, data: { state: 'waitlisted', waitingNumber: 1 } })
      await offerFreeSeats(tx, code, null, now)
    })
    expect(await db.registration.findFirst()).toMatchObject({ state: 'offered' })
    const { stdout } = await unlink(officer.phone, { yes: true })
    expect(stdout).toContain('2 waiting messages cancelled')
    expect(await db.outgoingMessage.findMany({ orderBy: { id: 'asc' } })).toMatchObject([
      { kind: 'reply', state: 'cancelled' },
      { kind: 'notice', state: 'failed', error: 'unlinked' },
    ])
    for (const each of await trainingsToSweep(db, rules.quietHours, now))
      await transaction(db, (tx) => sweepOffers(tx, each, rules, now))
    expect(await db.registration.findFirst()).toMatchObject({ state: 'waitlisted' })
    expect(await db.training.findFirst()).toMatchObject({ offered: 0 })
  })

  it('of what a colleague asked lets the colleague know that staff see to it', async () => {
    const { db } = test
    const { code } = await makeProgramme(db, { now })
    await chats.say('lost', 'halo')
    const [asker] = await makeOfficers(db, 1, { consented: true })
    const given = { askerId: asker?.personId ?? 0, colleagueId: officer.personId, trainingCode: code }
    await transaction(db, (tx) => registerColleague(tx, given, rules, now))
    await db.contact.create({ data: { channel: 'telegram', chat: 'asker', phone: asker?.phone ?? '' } })
    await unlink(officer.phone, { yes: true })
    const unreached = await unreachedRequests(db)
    expect(unreached).toHaveLength(1)
    for (const id of unreached) await transaction(db, (tx) => tellLeftToStaff(tx, id, null, now))
    expect(await db.outgoingMessage.count({ where: { contact: { chat: 'asker' } } })).toBe(1)
  })
})

const rosterOf = (phone: string, ...rows: string[]): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'bimtek-unlink-')), 'roster.csv')
  const { name } = officer
  const [kelurahan, kecamatan] = areaPath(areaCode)
  const own = `${name},${phone},Sekretaris,${kelurahan},${kecamatan}`
  writeFileSync(path, ['nama,no_hp,jabatan,kelurahan,kecamatan', own, ...rows].join('\n'))
  return path
}
let areaCode = ''

describe('a roster that still has a number which was taken from its person', () => {
  beforeEach(async () => {
    areaCode = (await test.db.cooperative.findFirstOrThrow()).areaCode
    await unlink(officer.phone, { yes: true })
  })
  const bring = (path: string) => importCommand(test.db, 'officers', path, { json: true })

  it('does not give it back: the row is bad, the others go in', async () => {
    const [kelurahan, kecamatan] = areaPath(areaCode)
    const other = `Rotua Sitorus,0813-9999-1111,Bendahara,${kelurahan},${kecamatan}`
    const { status, json } = await bring(rosterOf(officer.phone, other))
    expect(status).toBe(1)
    expect(json).toMatchObject({ rows: 2, new: 1, changed: 0, same: 0 })
    expect(json.bad).toMatchObject([{ row: 2, column: 'no_hp', value: officer.phone }])
    expect(json.bad[0]?.problem).toBe(
      `Nomor ${officer.phone} dilepas dari ${officer.name} pada 24 November 2026. Kosongkan atau ganti; kalau memang nomornya lagi, ia menulis dari nomor itu dan memperkenalkan diri.`,
    )
    expect((await test.db.personPhone.findMany()).map(({ phone }) => phone)).toEqual(['+6281399991111'])
    // Nor does whoever writes from it and says that name.
    const stranger = { name: officer.name, phones: { create: { phone: officer.phone } } }
    const { cooperativeId } = await test.db.position.findFirstOrThrow()
    await test.db.person.create({
      data: {
        ...stranger,
        positions: { create: { cooperativeId, role: 'pengurus', title: 'ketua', pending: true } },
      },
    })
    expect((await bring(rosterOf(officer.phone))).json.bad).toHaveLength(1)
    expect(await test.db.position.count({ where: { pending: true } })).toBe(1)
  })

  it('goes in with another number, and with that one once it is theirs again', async () => {
    expect((await bring(rosterOf('0813-9999-1111'))).json).toMatchObject({ changed: 1, bad: [] })
    await test.db.personPhone.create({ data: { personId: officer.personId, phone: officer.phone } })
    expect((await bring(rosterOf(officer.phone))).json).toMatchObject({ same: 1, bad: [] })
  })

  it('may give it to somebody else', async () => {
    const path = rosterOf('')
    const [kelurahan, kecamatan] = areaPath(areaCode)
    writeFileSync(
      path,
      `nama,no_hp,jabatan,kelurahan,kecamatan\nRotua Sitorus,${officer.phone},Bendahara,${kelurahan},${kecamatan}`,
    )
    expect((await bring(path)).json).toMatchObject({ new: 1, bad: [] })
  })
})
