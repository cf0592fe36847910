import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { transaction } from '../../src/database/client.ts'
import { retain } from '../../src/privacy/retention.ts'
import { hour, later, parseInstant } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { makeOfficers, word } from '../programme.ts'
import { makeStaff, staffChats, staffPhone } from '../staff/chat.ts'
import { traces } from './traces.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
beforeEach(() => database.empty())
afterAll(() => database.drop())

const day = 24 * hour
const began = parseInstant('2026-11-24T10:00') as Date
let now = began
/** Each look at it is a moment later. */
const clock = {
  now: () => {
    now = later(now, 1)
    return now
  },
}

/** An officer, or a stranger, whose wish for a person staff take, read, answer and close. */
async function handedOver(secret: string, of: 'officer' | 'stranger', consented = true) {
  now = began
  const { db } = database
  const [sari] = of === 'officer' ? await makeOfficers(db, 1, { consented }) : []
  const phone = sari?.phone ?? '+6281355500001'
  const name = sari?.name ?? `Pengunjung ${word()}`
  await makeStaff(db)
  const chats = staffChats(db, { staff: staffPhone, sari: phone }, clock)
  await chats.say('staff', 'halo')
  await chats.say('sari', 'halo')
  await db.contact.updateMany({ where: { chat: 'sari' }, data: { displayName: name } })
  await chats.say('sari', `mau bicara sama petugas, soal ${secret}`)
  await chats.say('staff', '/antrian')
  await chats.press('staff', 'Ambil')
  await chats.say('sari', `jadi begini, ${secret}`)
  await chats.say('staff', `Baik ${name}, soal ${secret} kami periksa`)
  await chats.say('staff', 'selesai')
  return { chats, name, phone, personId: sari?.personId }
}

const erases = async (chats: ReturnType<typeof staffChats>): Promise<string> => {
  expect(await chats.say('sari', 'hapus data saya')).toContain('Yakin dihapus?')
  return await chats.say('sari', 'ya, hapus')
}

describe('erasing', () => {
  it.each(['officer', 'stranger'] as const)(
    'of an %s takes along what staff were told and wrote, also while staff have the conversation',
    async (of) => {
      const secret = word()
      const { chats, name, phone } = await handedOver(secret, of)
      const identity = [secret, name, phone]
      const where = (await traces(database.pool, identity)).map((each) => each.split('.')[0])
      expect(new Set(where)).toContain('incoming_message')
      expect(await erases(chats)).toContain('sudah dihapus')
      expect(await traces(database.pool, identity)).toEqual([])
      expect(await database.db.handOver.count()).toBe(0)
      // Staff's own chat goes on.
      expect(await chats.say('staff', '/antrian')).toContain('Tidak ada yang menunggu')
      expect(await chats.press('staff', 'Tutup')).toContain('sudah tidak ada')
    },
  )

  it('leaves what concerns others', async () => {
    const secret = word()
    const { chats } = await handedOver(word(), 'officer')
    const [budi] = await makeOfficers(database.db, 1, { consented: true })
    const others = staffChats(database.db, { budi: budi?.phone ?? '' }, clock)
    await others.inbox.receive({
      ...{ channel: 'telegram', chat: 'budi', externalId: 'b1' },
      content: { kind: 'text', text: `mau bicara sama petugas, ${secret}` },
    })
    const { id } = await database.db.contact.findFirstOrThrow({ where: { chat: 'budi' } })
    await others.inbox.answer(id)
    await erases(chats)
    expect(await database.db.handOver.count()).toBe(1)
    expect(await traces(database.pool, [secret])).toEqual(
      expect.arrayContaining([`incoming_message.content: ${secret}`, `outgoing_message.content: ${secret}`]),
    )
  })
})

describe('a copy of one’s data', () => {
  it('says when the chat was handed over, and holds what staff wrote', async () => {
    const secret = word()
    const { chats } = await handedOver(secret, 'officer')
    await chats.press('staff', 'Tutup')
    await chats.say('sari', 'minta salinan data saya')
    const { content } = await database.db.storedFile.findFirstOrThrow()
    const copy = Buffer.from(content).toString('utf8')
    expect(copy).toContain(
      'DITERUSKAN KE PETUGAS\n• 24 November 2026 pukul 10.00 WIB (minta petugas): sudah selesai',
    )
    expect(copy).toContain(`soal ${secret} kami periksa`)
  })
})

describe('what is too old', () => {
  async function retainAll(days: number): Promise<void> {
    await database.db.outgoingMessage.updateMany({
      where: { state: 'queued' },
      data: { state: 'sent', sentAt: began },
    })
    while ((await transaction(database.db, (tx) => retain(tx, days, now))) > 0);
  }

  it('goes with the conversation when it is closed, and stays while it waits', async () => {
    const secret = word()
    const { chats } = await handedOver(secret, 'officer')
    now = later(began, 11 * day)
    await retainAll(10)
    expect(await database.db.handOver.findMany()).toMatchObject([{ state: 'taken' }])
    expect(await traces(database.pool, [secret])).toEqual([])
    // With the thread it is forgotten when the number was last heard: it must tell its name.
    expect(await chats.say('staff', '/antrian')).toContain('nama lengkap')
    await chats.say('staff', 'Ani Wijaya')
    await chats.say('staff', '/antrian')
    await chats.press('staff', 'Lihat')
    await chats.press('staff', 'Tutup')
    now = later(began, 22 * day)
    await retainAll(10)
    expect(await database.db.handOver.count()).toBe(0)
  })

  it('of who refused consent is emptied after 24 hours, in staff’s chats too', async () => {
    const secret = word()
    const { personId } = await handedOver(secret, 'officer', false)
    await database.db.person.update({
      where: { id: personId ?? 0 },
      data: { consentRefusedAt: began },
    })
    now = later(began, 23 * hour)
    await retainAll(365)
    expect(await traces(database.pool, [secret])).not.toEqual([])
    now = later(began, 25 * hour)
    await retainAll(365)
    expect(await traces(database.pool, [secret])).toEqual([])
  })
})
