import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { areaPath } from '../../src/areas.ts'
import { unlinkCommand } from '../../src/commands/contact.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { importCommand } from '../planning/command.ts'
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
