import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { transaction } from '../../src/database/client.ts'
import { disableStaff } from '../../src/staff/members.ts'
import { isoInWib } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { makeClass, wib } from '../planning/session.ts'
import { makeStaff, rowsIn, staffChats, staffPhone } from './chat.ts'

let test: TestDatabase
let time = wib('2026-12-01T10:00')
let chats: ReturnType<typeof staffChats>
beforeAll(async () => {
  test = await freshDatabase()
})
beforeEach(async () => {
  await test.empty()
  time = wib('2026-12-01T10:00')
  chats = staffChats(test.db, { ani: staffPhone, '+6281234567800': '+6281234567800' }, { now: () => time })
  await makeStaff(test.db)
})
afterAll(() => test.drop())

const people = [
  { name: 'Sari Dewi' },
  { name: 'Budi Hartono', contact: 'none' as const },
  { name: 'Rina Marlina', contact: 'blocked' as const },
  { name: 'Joko Susilo', state: 'waitlisted' as const },
]
const say = (text: string) => chats.say('ani', text)
const session = (key = '1') =>
  test.db.session.findUniqueOrThrow({ where: { trainingCode_key: { trainingCode: 'G3-A', key } } })
const starts = async (key?: string) => isoInWib((await session(key)).starts).slice(0, 16)
const notices = () =>
  test.db.outgoingMessage.findMany({
    where: { dedupeKey: { startsWith: 'session-changed/' } },
    orderBy: { id: 'asc' },
  })
const audited = () =>
  test.db.auditEntry.findMany({ where: { action: { startsWith: 'session.' } }, orderBy: { id: 'asc' } })

describe('/batal at 05:30 of the day', () => {
  beforeEach(async () => {
    await makeClass(test.db, ['2026-12-05'], people)
    time = wib('2026-12-05T05:30')
  })

  it('shows whom it concerns, then cancels, tells at once and lists whom to call', async () => {
    const shown = await say('/batal g3a/1 ombak tinggi')
    for (const part of [
      'dibatalkan',
      'ombak tinggi',
      '4 orang: 3 terdaftar, 1 daftar tunggu',
      'Telegram 2',
      'sekarang juga',
    ])
      expect(shown).toContain(part)
    expect(shown).toContain('Tidak terjangkau bot: 2')
    expect({ cancelled: (await session()).cancelledAt, notices: await notices() }).toEqual({
      cancelled: null,
      notices: [],
    })
    const done = await say('ya')
    expect((await session()).cancelledAt).toEqual(time)
    const told = await notices()
    expect(told).toHaveLength(2)
    for (const { dueAt, content } of told) {
      expect(dueAt).toEqual(time)
      expect(JSON.stringify(content)).toContain('ombak tinggi')
    }
    for (const part of [
      'Sudah dibatalkan',
      '2 orang',
      'Perlu ditelepon (2)',
      'Budi Hartono, KKMP Sadai: 0812-3456-7801',
      'Rina Marlina',
    ])
      expect(done).toContain(part)
    expect(done).toContain('[Siapa sudah baca?]')
    expect(await audited()).toMatchObject([
      { actor: 'staff:1', action: 'session.cancel', subject: 'G3-A/1', details: { told: 2, notReached: 2 } },
    ])
  })

  it('tells who has read it, and whom to call', async () => {
    await say('/batal G3-A')
    await chats.press('ani', 'Ya, batalkan')
    await test.db.outgoingMessage.updateMany({
      where: { kind: 'notice' },
      data: { state: 'sent', sentAt: time },
    })
    await chats.say('+6281234567800', 'sudah baca')
    const status = await chats.press('ani', 'Siapa sudah baca?')
    expect(status).toContain('Sudah baca: 1 dari 4')
    expect(status).toContain('Sari Dewi')
    expect(status).toContain('Terkirim, belum dibaca (1):\n• Joko Susilo')
    expect(status).toContain('Perlu ditelepon (2)')
    expect(await say('/pindah status G3-A/1')).toBe(status)
  })

  it('changes nothing without a yes, after "tidak", by an old button, or by who is no longer staff', async () => {
    await say('/batal G3-A/1')
    expect(await say('batalkan')).toContain('Tulis ya untuk')
    expect(await say('tidak')).toContain('tidak jadi')
    expect(await chats.press('ani', 'Ya, batalkan')).toContain('sudah lewat')
    await say('/batal G3-A/1')
    expect(await say('batal')).toContain('Tidak ada yang berubah')
    await say('/batal G3-A/1')
    await transaction(test.db, (tx) => disableStaff(tx, staffPhone, 'command:test', time))
    expect(await say('ya')).not.toContain('dibatalkan')
    expect(await chats.press('ani', 'Ya, batalkan')).not.toContain('dibatalkan')
    expect({
      cancelled: (await session()).cancelledAt,
      notices: await notices(),
      audited: await audited(),
    }).toEqual({
      ...{ cancelled: null, notices: [], audited: [] },
    })
  })

  it('shows anew what would happen when it has changed meanwhile', async () => {
    await say('/batal G3-A/1')
    await test.db.session.updateMany({ data: { title: 'Materi lain' } })
    expect(await say('ya')).toContain('datanya berubah')
    expect((await session()).cancelledAt).toBeNull()
    expect(await say('ya')).toContain('Sudah dibatalkan')
  })
})

describe('/pindah', () => {
  beforeEach(() => makeClass(test.db, ['2026-12-05', '2026-12-06'], people))

  it('reads session, day, time and reason from one message', async () => {
    const shown = await say('/pindah G3-A/1 ke Sabtu 12 Des jam 9 karena kapal tidak berangkat')
    expect(shown).toContain('Menjadi: Sabtu, 12 Desember 2026, pukul 09.00–13.00 WIB')
    expect(shown).toContain('Keterangan: kapal tidak berangkat')
    expect(await chats.press('ani', 'Ya, pindahkan')).toContain('Sudah dipindahkan')
    expect(await starts()).toBe('2026-12-12T09:00')
    const told = await notices()
    expect(told).toHaveLength(2)
    expect(await test.db.reminder.count({ where: { state: 'planned', session: { key: '1' } } })).toBe(3)
    expect(await audited()).toMatchObject([{ actor: 'staff:1', action: 'session.move' }])
    // Pressed twice, it is done once.
    expect(await chats.press('ani', 'Ya, pindahkan')).toContain('sudah lewat')
    expect(await audited()).toHaveLength(1)
  })

  it('asks for what is missing, is corrected, and takes a reason afterwards', async () => {
    expect(await say('/pindah')).toContain('[G3-A/1, Sab, 5 Des 08.00]')
    expect(await say('2')).toContain('Dipindah ke kapan?')
    expect(await say('minggu depan')).toContain('Hari apa tepatnya')
    expect(await say('minggu 13 des')).toContain('Menjadi: Minggu, 13 Desember 2026, pukul 08.00–12.00 WIB')
    expect(await say('eh jam 10')).toContain('13 Desember 2026, pukul 10.00–14.00')
    expect(await say('karena aula dipakai')).toContain('Keterangan: aula dipakai')
    expect(await say('ya pindahkan')).toContain('Sudah dipindahkan')
    expect(await starts('2')).toBe('2026-12-13T10:00')
  })

  it('answers a question in between and goes on', async () => {
    await say('/pindah G3-A/1 ke 12 des')
    const answered = await say('jadwal gelombang 3 kapan ya?')
    expect(answered).toContain('Kampus Anggrek')
    expect(answered).toContain('Menjadi: Sabtu, 12 Desember 2026')
    expect(await say('ya')).toContain('Sudah dipindahkan')
    expect(await starts()).toBe('2026-12-12T08:00')
  })

  it('keeps what was said while it asks which session, named by its choice or in words', async () => {
    expect(await say('/pindah g3a ke minggu 13 des jam 9 karena ombak')).toContain('yang mana?')
    const shown = await chats.press('ani', 'G3-A/2')
    expect(shown).toContain('G3-A/2')
    expect(shown).toContain('Menjadi: Minggu, 13 Desember 2026, pukul 09.00')
    expect(shown).toContain('Keterangan: ombak')
    expect(await say('/pindah ke minggu 13 des jam 9')).toContain('Pertemuan mana')
    expect(await say('g3a/1')).toContain('Menjadi: Minggu, 13 Desember 2026, pukul 09.00')
    expect(await say('/batal g3-x kapal rusak')).toContain('Mungkin maksudnya G3-A?')
    await chats.press('ani', 'Kelas G3-A')
    const cancels = await chats.press('ani', 'G3-A/2')
    expect(cancels).toContain('Menjadi: dibatalkan')
    expect(cancels).toContain('Keterangan: kapal rusak')
    expect(await say('tidak')).toContain('tidak jadi')
    expect(await audited()).toHaveLength(0)
  })

  it.each([
    '/btal g3a/1 ombak',
    '/batl G3-A/1 ombak',
    '/BATAL g3 a/1 ombak',
    'btal g3a/1 ombak',
    'batalkan g3-a/1 ombak',
  ])('understands what was misspelt in a hurry: %s', async (hurried) => {
    expect(await say(hurried)).toContain('Menjadi: dibatalkan')
    expect(await say('oke')).toContain('Sudah dibatalkan')
    expect((await session()).cancelledAt).toEqual(time)
  })

  it('takes no words without a slash of a member of staff who holds an office, or that name no session', async () => {
    for (const text of ['batalkan pendaftaran saya', 'pindah kelas', 'batal ikut'])
      expect(await say(text)).not.toContain('Pertemuan mana')
    await test.db.personPhone.create({
      data: { phone: staffPhone, person: { create: { name: 'Ani Wijaya' } } },
    })
    expect(await say('batal g3a/1')).not.toContain('Menjadi')
    expect(await say('/batal g3a/1')).toContain('Menjadi: dibatalkan')
  })

  it('says why a session cannot be moved so', async () => {
    expect(await say('/pindah G3-B/1 ke 12 des')).toContain('Kelas G3-B/1 tidak ada')
    expect(await say('/pindah G3-A/7 ke 12 des')).toContain('pertemuan yang mana?')
    expect(await say('/pindah G3-A/1 ke 2026-11-01T08:00')).toContain('sudah lewat')
    expect(await say('/pindah G3-A/1 ke 6 des jam 9')).toContain('kelas yang sama punya G3-A/2')
    expect(await say('/pindah G3-A/1 jam 8')).toContain('memang sudah pada waktu itu')
    expect(await say('ya')).not.toContain('dipindahkan')
    expect(await audited()).toEqual([])
  })

  it('sends those to be called as a file when they are many', async () => {
    await test.empty()
    await makeStaff(test.db)
    const many = Array.from({ length: 30 }, (_, index) => ({
      ...{ name: `Peserta ${String(index).padStart(2, '0')}`, contact: 'none' as const },
      phone: `+62812000011${String(index).padStart(2, '0')}`,
    }))
    await makeClass(test.db, ['2026-12-05'], many.slice(0, 10))
    await test.db.training.updateMany({ data: { capacity: 30, taken: 30 } })
    await more(many.slice(10))
    await say('/pindah G3-A ke 12 des')
    const done = await say('ya')
    expect(done).toContain('Perlu ditelepon (30)')
    expect(done).toContain('… dan 18 lagi; semuanya ada di berkas ini.')
    const { content, name } = await test.db.storedFile.findFirstOrThrow()
    expect(name).toBe('telepon-G3-A-1.xlsx')
    const rows = await rowsIn(content)
    expect(rows).toHaveLength(31)
    expect(JSON.stringify(rows)).toContain('Peserta 29')
  })
})

async function more(people: { name: string; phone: string }[]): Promise<void> {
  const { id: cooperativeId } = await test.db.cooperative.findFirstOrThrow()
  for (const { name, phone } of people) {
    const office = { cooperativeId, role: 'pengurus', title: 'ketua' } as const
    const person = await test.db.person.create({
      data: { name, phones: { create: { phone } }, positions: { create: office } },
      include: { positions: true },
    })
    await test.db.registration.create({
      data: {
        ...office,
        ...{ number: `REG-X${String(person.id).padStart(4, '2')}`, personId: person.id },
        ...{
          positionId: person.positions[0]?.id ?? 0,
          trainingCode: 'G3-A',
          track: 'organisation',
          state: 'confirmed',
        },
      },
    })
  }
}
