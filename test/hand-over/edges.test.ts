import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { unlinkNumber } from '../../src/contacts/unlink.ts'
import { givenName } from '../../src/conversation/hand-over.ts'
import { transaction } from '../../src/database/client.ts'
import { registrationSweeps } from '../../src/sweeps.ts'
import { hour, later } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { makeOfficers } from '../programme.ts'
import { makeStaff, rules, staffChats, staffPhone, now as start, told } from '../staff/chat.ts'

let database: TestDatabase
let now = start
let chats: ReturnType<typeof staffChats>
let sari: { name: string; phone: string }

beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

beforeEach(async () => {
  await database.empty()
  now = start
  const { db } = database
  const [made] = await makeOfficers(db, 1, { consented: true })
  sari = { name: made?.name ?? '', phone: made?.phone ?? '' }
  await makeStaff(db)
  chats = staffChats(db, { staff: staffPhone, sari: sari.phone }, { now: () => now })
  await chats.say('staff', 'halo')
  await chats.say('sari', 'halo')
})

async function sweep(): Promise<void> {
  const failed = (error: unknown) => {
    throw error
  }
  for (const each of registrationSweeps) await each({ db: database.db, rules, now, failed })
}

async function taken(): Promise<void> {
  await chats.say('sari', 'mau bicara sama petugas')
  await chats.press('staff', 'Ambil')
}

const toldStaff = () => told(database.db, { contact: { chat: 'staff' }, kind: 'notice' })
const states = async () =>
  (await database.db.handOver.findMany({ orderBy: { id: 'asc' } })).map(({ state }) => state)

describe('a hand-over', () => {
  it('is one, however often it is wished', async () => {
    for (const text of [
      'mau bicara sama petugas',
      'petugas',
      'sambungkan ke orang kantor',
      'saya kecewa sekali',
    ])
      await chats.say('sari', text)
    expect(await states()).toEqual(['open'])
    expect(await toldStaff()).toMatch(/^🙋 #1 menunggu petugas(?![\s\S]*🙋)/)
  })

  it('that nobody takes never lapses', async () => {
    await chats.say('sari', 'mau bicara sama petugas')
    now = later(start, 60 * 24 * hour)
    await sweep()
    expect(await states()).toEqual(['open'])
    expect(await chats.say('staff', '/antrian')).toContain('menunggu 60 hari 0 jam')
  })

  it('lapses 12 hours after staff’s last word, not a moment before', async () => {
    await taken()
    now = later(start, hour / 4)
    await chats.say('staff', 'Baik, Bu')
    now = later(start, 12.25 * hour - 1)
    await sweep()
    expect(await states()).toEqual(['taken'])
    now = later(start, 12.25 * hour)
    await sweep()
    expect(await states()).toEqual(['closed'])
    await sweep()
    const lapsed = (await told(database.db, { contact: { chat: 'sari' }, kind: 'notice' })).split(
      'lama tidak ada pesan',
    )
    expect(lapsed).toHaveLength(2)
  })

  it('of a staff member who is one no longer waits again', async () => {
    await taken()
    await chats.say('staff', 'Baik, Bu')
    await database.db.staffMember.updateMany({ data: { disabledAt: now } })
    await makeStaff(database.db, 'petugas', '+6281277000002')
    await database.db.contact.create({
      data: { channel: 'telegram', chat: 'two', phone: '+6281277000002', lastHeardAt: now },
    })
    await sweep()
    expect(await states()).toEqual(['open'])
    expect(await told(database.db, { contact: { chat: 'two' } })).toContain('#1 menunggu lagi')
  })

  it('ends with the number of who asked for it', async () => {
    await taken()
    await transaction(database.db, (tx) => unlinkNumber(tx, sari.phone, now))
    expect(await states()).toEqual(['closed'])
    expect(await chats.say('staff', 'Baik, Bu')).toContain('sudah ditutup')
    // The mode has ended with it.
    expect(await chats.say('staff', 'gelombang 3 kapan')).not.toContain('ditutup')
  })

  it('of a conversation that goes on again is another one', async () => {
    await taken()
    await chats.press('staff', 'Tutup')
    expect(await chats.press('staff', 'Ambil')).toContain('[Buka lagi #1]')
    expect(await chats.press('staff', 'Buka lagi')).toContain('#2 sekarang Bapak/Ibu yang pegang')
    expect(await states()).toEqual(['closed', 'taken'])
  })

  it('is told to no staff member who said STOP, is blocked, or must confirm their name', async () => {
    for (const data of [
      { stoppedAt: now },
      { stoppedAt: null, unreachableSince: now, unreachableWhy: 'blocked' },
      { unreachableSince: null, unreachableWhy: null, mustConfirmName: true },
    ]) {
      await database.db.contact.updateMany({ where: { chat: 'staff' }, data })
      await chats.say('sari', 'mau bicara sama petugas')
      expect(await toldStaff()).toBe('')
      await chats.say('sari', 'tidak jadi')
    }
  })
})

describe('what staff write', () => {
  it('is sent once, under their first name alone', async () => {
    await taken()
    await chats.say('staff', 'Baik, Bu')
    const words = await database.db.outgoingMessage.findMany({ where: { staffId: { not: null } } })
    expect(words).toMatchObject([
      {
        kind: 'reply',
        content: { parts: [{ key: 'staff-says', facts: { name: 'Ani' } }, { free: 'Baik, Bu' }] },
      },
    ])
    const heard = await told(database.db, { contact: { chat: 'sari' } })
    expect(heard).not.toContain('Wijaya')
    expect(heard).not.toContain(staffPhone.slice(-8))
  })

  it('is not sent to who cannot be reached', async () => {
    await taken()
    await database.db.contact.updateMany({
      where: { chat: 'sari' },
      data: { unreachableSince: now, unreachableWhy: 'blocked' },
    })
    expect(await chats.say('staff', 'Baik, Bu')).toContain('bot diblokir')
    expect(await database.db.outgoingMessage.count({ where: { staffId: { not: null } } })).toBe(0)
  })

  it('and does not arrive is told to them, once, with the number to call', async () => {
    await taken()
    await chats.say('staff', 'Baik, Bu')
    await database.db.outgoingMessage.updateMany({
      where: { staffId: { not: null } },
      data: { state: 'failed', error: 'blocked' },
    })
    await sweep()
    await sweep()
    const lost = (await toldStaff()).split('tidak sampai')
    expect(lost).toHaveLength(2)
    expect(lost[1]).toContain(`Baik, Bu\n\nSilakan telepon ${sari.phone}`)
  })

  it('is refused when it is too long, or no text', async () => {
    await taken()
    expect(await chats.say('staff', 'x'.repeat(3_501))).toContain('Terlalu panjang')
    expect(await chats.send('staff', { kind: 'picture', caption: 'lihat ini' })).toContain('Hanya tulisan')
    expect(await database.db.outgoingMessage.count({ where: { staffId: { not: null } } })).toBe(0)
  })

  it.each([
    ['Dewi Anggraini', 'Dewi'],
    ['Drs. H. Yusuf Rahman, M.Si', 'Yusuf'],
    ['Ibu M. Sari', 'Sari'],
    ['Al', 'Al'],
  ])('%s is called %s', (name, called) => {
    expect(givenName(name)).toBe(called)
  })
})

describe('in a group', () => {
  it('nothing is handed over', async () => {
    expect(await chats.sayInGroup('-100', 'mau bicara sama petugas')).toContain('Soal pribadi')
    expect(await states()).toEqual([])
  })
})
