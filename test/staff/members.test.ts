import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { staffAddCommand, staffDisableCommand, staffListCommand } from '../../src/commands/staff.ts'
import { transaction } from '../../src/database/client.ts'
import { staffOf } from '../../src/staff/members.ts'
import { hour, later } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { runCommand } from '../people/command.ts'
import { makeStaff, now, staffChats, staffPhone } from './chat.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await freshDatabase()
})
beforeEach(() => test.empty())
afterAll(() => test.drop())

const add = (options: object = {}) =>
  runCommand(test.db, (context) =>
    staffAddCommand({ name: 'Ani Wijaya', phone: '0812-7700-0001', role: 'petugas', ...options }, context),
  )
const list = () => runCommand(test.db, (context) => staffListCommand({ json: true }, context))
const disable = (phone = '0812 7700 0001') =>
  runCommand(test.db, (context) => staffDisableCommand(phone, context))

describe('staff on the command line', () => {
  it('are added, listed with their chats, and disabled; every change is audited once', async () => {
    expect(await add()).toMatchObject({ status: 0, stderr: '' })
    expect((await add()).stdout).toContain('nothing changed')
    expect((await add({ role: 'admin' })).stdout).toContain('these now')
    expect(JSON.parse((await list()).stdout)).toMatchObject([
      { name: 'Ani Wijaya', phone: staffPhone, role: 'admin', disabled: null, channels: [] },
    ])
    await staffChats(test.db, { ani: staffPhone }).say('ani', '/petugas')
    expect(JSON.parse((await list()).stdout)).toMatchObject([{ channels: ['telegram'] }])
    expect((await disable()).stdout).toContain('no commands any more')
    expect((await disable()).stdout).toContain('already')
    expect(await disable('0812 9999 9999')).toMatchObject({ status: 1 })
    expect((await add()).stdout).toContain('again')
    const actions = await test.db.auditEntry.findMany({ orderBy: { id: 'asc' } })
    expect(actions.map(({ action, subject, actor }) => [action, subject, actor])).toEqual([
      ['staff.add', 'staff:1', 'command:test'],
      ['staff.add', 'staff:1', 'command:test'],
      ['staff.disable', 'staff:1', 'command:test'],
      ['staff.add', 'staff:1', 'command:test'],
    ])
  })

  it('refuse what is no number and no name', async () => {
    await expect(add({ phone: 'abc' })).rejects.toThrow('no phone number')
    await expect(add({ name: ' \u0000 ' })).rejects.toThrow('--name')
    await expect(add({ name: 'a'.repeat(81) })).rejects.toThrow('--name')
    expect(await test.db.staffMember.count()).toBe(0)
  })
})

describe('who is staff', () => {
  const contact = { phone: staffPhone, mustConfirmName: false, group: false }
  const is = (of: object) => transaction(test.db, (tx) => staffOf(tx, { ...contact, ...of }))

  it('is the enabled holder of the number, alone in a chat that need not tell its name', async () => {
    const { id } = await makeStaff(test.db)
    expect(await is({})).toMatchObject({ id })
    for (const other of [
      { phone: null },
      { phone: '+6281277000009' },
      { mustConfirmName: true },
      { group: true },
    ])
      expect(await is(other)).toBeUndefined()
    await disable()
    expect(await is({})).toBeUndefined()
  })
})

describe('commands of staff', () => {
  it('are listed for staff, until they are disabled', async () => {
    await makeStaff(test.db)
    const chats = staffChats(test.db, { ani: staffPhone })
    expect(await chats.say('ani', '/petugas')).toContain('Ani Wijaya, perintah petugas')
    expect(await chats.say('ani', '/Bantuan@bimtek_bot')).toContain('perintah petugas')
    await disable()
    expect(await chats.say('ani', '/petugas')).not.toContain('perintah petugas')
  })
})

describe('a staff member whose number was silent for 90 days', () => {
  const silent = later(now, 91 * 24 * hour)
  let time = now
  beforeEach(() => {
    time = now
  })
  const known = async () => {
    await makeStaff(test.db)
    const chats = staffChats(test.db, { ani: staffPhone }, { now: () => time })
    expect(await chats.say('ani', '/petugas')).toContain('perintah petugas')
    time = silent
    return (text: string) => chats.say('ani', text)
  }

  it('is nobody until the name is told, and then staff again', async () => {
    const say = await known()
    const asked = await say('/siaran Halo semua.')
    expect(asked).toContain('tulis nama lengkap')
    expect(asked).not.toContain('Ani')
    expect(await say('Rudi Hartono')).toContain('tidak cocok')
    expect(await say('/antrian')).not.toContain('Antrian')
    expect(await say('Ani Wijaya')).toContain('saya kenali')
    expect(await say('/petugas')).toContain('perintah petugas')
  })

  it('is nobody however often the next holder of the number writes, until the office names them again', async () => {
    const say = await known()
    for (const text of ['halo', '/hadir', '/batal', 'absen', '/petugas', 'jadwal saya', '/setuju'])
      expect(await say(text)).not.toMatch(/petugas:|Ani|persetujuan|Pertemuan mana/)
    expect(await test.db.contact.findFirst()).toMatchObject({ mustConfirmName: true })
  })
})
