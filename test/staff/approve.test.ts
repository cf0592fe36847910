import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { transaction } from '../../src/database/client.ts'
import { lockImport } from '../../src/database/locks.ts'
import { requestChange } from '../../src/people/profile-requests.ts'
import { introduce, waitingOffice } from '../../src/people/waiting-office.ts'
import { applyForSeat } from '../../src/registration/apply.ts'
import { later, minute } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { makeProgramme } from '../programme.ts'
import { makeStaff, now, staffChats, staffPhone, told } from './chat.ts'

let test: TestDatabase
let chats: ReturnType<typeof staffChats>
beforeAll(async () => {
  test = await freshDatabase()
})
beforeEach(async () => {
  await test.empty()
  chats = staffChats(test.db, { ani: staffPhone })
  await makeStaff(test.db)
})
afterAll(() => test.drop())

const say = (text: string) => chats.say('ani', text)

/** Somebody who introduced themself, and chose this class if one is given; with what their entry is called. */
async function stranger(name: string, phone: string, training?: string): Promise<string> {
  const at = later(now, (Number(phone.slice(-1)) - 10) * minute)
  return await transaction(test.db, async (tx) => {
    await tx.contact.create({ data: { channel: 'telegram', chat: phone, phone, lastHeardAt: now } })
    const office = { areaCode: '21.71.09.1003', role: 'pengurus', title: 'bendahara' } as const
    const personId = await introduce(tx, phone, { name, ...office }, at)
    const position = await waitingOffice(tx, personId)
    if (!position) throw new Error('does not wait')
    const result = training && (await applyForSeat(tx, { personId, position }, training, at))
    if (result && !('applied' in result)) throw new Error(result.refused)
    return result ? result.applied.number : `JAB-${position.id}`
  })
}

const states = async () =>
  (await test.db.registration.findMany({ orderBy: { id: 'asc' } })).map(({ state }) => state)

describe('/setuju', () => {
  it('shows registrations, introductions and wishes one by one; a yes or no leads to the next', async () => {
    const { code } = await makeProgramme(test.db, { now })
    const tono = await stranger('Tono Hartono', '+6281200000001', code)
    const wati = await stranger('Wati Lestari', '+6281200000002', code)
    await stranger('Zul Kifli', '+6281200000003')
    const first = await say('/setuju')
    for (const part of [tono, '1 dari 3', 'Tono Hartono, Bendahara', 'Sadai', '0812-0000-0001', code])
      expect(first).toContain(part)
    const second = await chats.press('ani', 'Setuju')
    expect(second).toContain(`Tono Hartono: disetujui, terdaftar di ${code}`)
    expect(second).toContain(wati)
    expect(await chats.press('ani', 'Tolak')).toContain('Apa alasannya? Wati Lestari akan membacanya')
    expect(await states()).toEqual(['confirmed', 'pending'])
    expect(await say('Tidak ada dalam SK.')).toContain('Wati Lestari: ditolak')
    expect(await states()).toEqual(['confirmed', 'refused'])
    expect(await told(test.db, { contact: { chat: '+6281200000002' } })).toContain('Tidak ada dalam SK.')
    expect(await chats.press('ani', 'Setuju')).toContain('Tidak ada yang menunggu persetujuan')
    expect(
      (await test.db.auditEntry.findMany({ where: { actor: 'staff:1' }, orderBy: { id: 'asc' } })).map(
        ({ action }) => action,
      ),
    ).toEqual(['approve.yes', 'approve.no', 'approve.yes'])
    expect(await test.db.reminder.count({ where: { state: 'planned' } })).toBe(1)
  })

  it('decides wishes to have data changed', async () => {
    await stranger('Tono Hartono', '+6281200000001')
    await say('/setuju')
    await chats.press('ani', 'Setuju')
    const person = await test.db.person.findFirstOrThrow()
    await transaction(test.db, (tx) =>
      requestChange(tx, person.id, { field: 'name', value: { name: 'Tono Hartanto' } }, now),
    )
    expect(await say('/setuju')).toContain('Minta nama diubah dari Tono Hartono menjadi Tono Hartanto')
    expect(await chats.press('ani', 'Setuju')).toContain('datanya diubah')
    expect(await test.db.person.findFirstOrThrow()).toMatchObject({ name: 'Tono Hartanto' })
  })

  it('passes over, leaves a refusal undone, and decides nothing twice', async () => {
    const { code } = await makeProgramme(test.db, { now })
    await stranger('Tono Hartono', '+6281200000001', code)
    await stranger('Wati Lestari', '+6281200000002', code)
    await say('/setuju')
    expect(await chats.press('ani', 'Lewati')).toContain('Wati Lestari')
    expect(await chats.press('ani', 'Lewati')).toContain('Itu yang terakhir. Masih ada 2 yang menunggu')
    await say('/setuju')
    await chats.press('ani', 'Tolak')
    expect(await say('tidak jadi')).toContain('Tidak ada yang berubah')
    expect(await states()).toEqual(['pending', 'pending'])
    await say('/setuju')
    await chats.press('ani', 'Setuju')
    const row = await test.db.outgoingMessage.findFirstOrThrow({
      where: { content: { path: ['choices', '0', 'value', 'given', 'name'], equals: 'Tono Hartono' } },
      orderBy: { id: 'desc' },
    })
    const again = await chats.send('ani', { kind: 'button', data: `c:${row.id}:1` })
    expect(again).toContain('sudah diputuskan sebelumnya')
    expect(await states()).toEqual(['confirmed', 'pending'])
  })

  it('finds an entry by its id, and says that there is none', async () => {
    const { code } = await makeProgramme(test.db, { now })
    await stranger('Tono Hartono', '+6281200000001', code)
    const wati = await stranger('Wati Lestari', '+6281200000002', code)
    expect(await say(`/setuju ${wati.toLowerCase()}`)).toContain('Wati Lestari')
    expect(await say('/setuju REG-ZZZZZ')).toContain('REG-ZZZZZ tidak ada')
  })

  it('waits for no import', async () => {
    const { code } = await makeProgramme(test.db, { now })
    await stranger('Tono Hartono', '+6281200000001', code)
    await say('/setuju')
    await transaction(test.db, async (tx) => {
      await lockImport(tx, 'officers')
      expect(await chats.press('ani', 'Setuju')).toContain('sedang diimpor')
    })
    expect(await states()).toEqual(['pending'])
  })
})
