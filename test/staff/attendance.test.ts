import qrcode from 'qrcode'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { transaction } from '../../src/database/client.ts'
import { sessionCode } from '../../src/registration/attendance.ts'
import { noteComing } from '../../src/registration/coming.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { makeClass, wib } from '../planning/session.ts'
import { makeStaff, rowsIn, staffChats, staffPhone } from './chat.ts'

let test: TestDatabase
let time = wib('2026-12-05T08:10')
let chats: ReturnType<typeof staffChats>
beforeAll(async () => {
  test = await freshDatabase()
})
beforeEach(async () => {
  await test.empty()
  time = wib('2026-12-05T08:10')
  chats = staffChats(test.db, { ani: staffPhone }, { now: () => time })
  await makeStaff(test.db)
  await makeClass(
    test.db,
    ['2026-12-05', '2026-12-06'],
    [
      ...[{ name: 'Sari Dewi' }, { name: 'Sari Lestari' }, { name: 'Rahmawati Nasution' }],
      ...[{ name: 'Budi Hartono' }, { name: 'Joko Susilo', state: 'waitlisted' as const }],
    ],
  )
})
afterAll(() => test.drop())

const say = (text: string) => chats.say('ani', text)
/** Who is noted at the first session. */
const present = async () =>
  (
    await test.db.attendance.findMany({
      where: { session: { key: '1' }, source: 'staff' },
      include: { registration: { include: { person: true } } },
      orderBy: { registration: { person: { name: 'asc' } } },
    })
  ).map(({ registration }) => registration.person.name)

describe('/hadir', () => {
  it('shows the running session with its code, as a picture too', async () => {
    const shown = await say('/hadir')
    const { code } = await test.db.session.findFirstOrThrow({ where: { key: '1' } })
    expect(shown).toContain(`Kode: ${code}. Peserta menulis HADIR ${code}; berlaku pukul 07.00–12.00 WIB`)
    expect(shown).toContain('Hadir: 0 dari 4')
    const { name, type, content } = await test.db.storedFile.findFirstOrThrow()
    expect({ name, type }).toEqual({ name: 'hadir-G3-A-1.png', type: 'image/png' })
    const expected = await qrcode.toBuffer(`HADIR ${code}`, {
      ...{ type: 'png', errorCorrectionLevel: 'M', width: 1_000, margin: 4 },
    })
    expect(Buffer.from(content).equals(expected)).toBe(true)
  })

  it('says before it begins who has said that they come', async () => {
    time = wib('2026-12-05T06:30')
    const said = [
      ['Sari Dewi', true],
      ['Sari Lestari', true],
      ['Budi Hartono', false],
    ] as const
    const session = await test.db.session.findFirstOrThrow({ where: { key: '1' } })
    for (const [name, comes] of said) {
      const { id } = await test.db.registration.findFirstOrThrow({ where: { person: { name } } })
      const asked = { registrationId: id, sessionId: session.id, starts: session.starts }
      await transaction(test.db, (tx) => noteComing(tx, asked, comes, time))
    }
    expect(await say('/hadir G3-A/1')).toContain('2 akan hadir, 1 tidak hadir, 1 belum menjawab')
    await test.db.registration.updateMany({
      where: { person: { name: 'Sari Lestari' } },
      data: { state: 'cancelled' },
    })
    expect(await say('/hadir G3-A/1')).toContain('1 akan hadir, 1 tidak hadir, 1 belum menjawab')
    time = wib('2026-12-05T08:10')
    expect(await say('/hadir G3-A/1')).not.toContain('akan hadir')
  })

  it('holds the link into the bot once its name is known', async () => {
    await test.db.fact.create({ data: { name: 'telegram.username', value: 'bimtek_bot' } })
    const shown = await say('/hadir G3-A/1')
    const { code } = await test.db.session.findFirstOrThrow({ where: { key: '1' } })
    expect(shown).toContain(`https://t.me/bimtek_bot?start=h-${code}`)
  })

  it('ticks by name with typing errors, by number on the list and of the registration; who is ambiguous is asked', async () => {
    expect(await say('/hadir G3-A/1 rahmawti nasution, 1, REG-G3-A9, Zulkifli')).toContain(
      '“REG-G3-A9” tidak ada di kelas ini',
    )
    expect(await present()).toEqual(['Budi Hartono', 'Rahmawati Nasution'])
    const asked = await say('/hadir G3-A/1 sari')
    expect(asked).toContain('“sari” bisa 2 orang')
    expect(await present()).toHaveLength(2)
    expect(await chats.press('ani', 'Sari Lestari')).toContain('hadir 3 dari 4')
    expect(await present()).toEqual(['Budi Hartono', 'Rahmawati Nasution', 'Sari Lestari'])
    expect(await say('/hadir G3-A/1 joko')).toContain('“joko” tidak ada di kelas ini')
  })

  it('goes on with names alone, takes a tick back by word and by button, and ticks nobody twice', async () => {
    await say('/hadir G3-A/1')
    expect(await say('budi hartono')).toContain('hadir 1 dari 4')
    expect(await say('budi hartono dan sari dewi')).toContain('Sudah tercatat sebelumnya (1)')
    expect(await present()).toEqual(['Budi Hartono', 'Sari Dewi'])
    expect(await say('batal budi')).toContain('Catatan hadirnya dihapus (1)')
    expect(await chats.press('ani', 'Urungkan')).toContain('hadir 2 dari 4')
    expect(await say('terima kasih ya')).not.toContain('tidak ada di kelas ini')
    expect(await say('selesai')).toContain('Baik')
    expect(await say('rahmawati')).not.toContain('Dicatat hadir')
    const entries = await test.db.auditEntry.findMany({ where: { action: { startsWith: 'attendance' } } })
    expect(entries.map(({ actor, action, subject }) => [actor, action, subject])).toEqual([
      ['staff:1', 'attendance.tick', 'G3-A/1'],
      ['staff:1', 'attendance.tick', 'G3-A/1'],
      ['staff:1', 'attendance.untick', 'G3-A/1'],
      ['staff:1', 'attendance.tick', 'G3-A/1'],
    ])
  })

  it('sets the outcome anew when a tick comes late, or is taken back', async () => {
    await test.db.registration.updateMany({ where: { state: 'confirmed' }, data: { state: 'absent' } })
    time = wib('2026-12-08T09:00')
    const outcome = async () =>
      (await test.db.registration.findFirstOrThrow({ where: { person: { name: 'Budi Hartono' } } })).state
    await say('/hadir G3-A/1 budi')
    expect(await outcome()).toBe('partial')
    await say('/hadir G3-A/1 batal budi')
    expect(await outcome()).toBe('absent')
  })

  it('lists who is not in, and asks which session when none is under way', async () => {
    expect(await say('/hadir g3a/1')).toContain('G3-A/1 Materi 1')
    const missing = await chats.press('ani', 'Siapa belum hadir?')
    expect(missing).toContain('1. Budi Hartono')
    expect(missing).toContain('4. Sari Lestari')
    time = wib('2026-11-30T09:00')
    expect(await say('/hadir')).toContain('Tidak ada pertemuan yang sedang berjalan')
    await test.db.session.updateMany({ where: { key: '1' }, data: { cancelledAt: time } })
    expect(await say('/hadir G3-A/1')).toContain('sudah dibatalkan')
  })

  it('gives all who are missing as a file when they are many', async () => {
    await test.db.training.updateMany({ data: { capacity: 40, taken: 34 } })
    const { id: cooperativeId } = await test.db.cooperative.findFirstOrThrow()
    const office = { cooperativeId, role: 'pengurus', title: 'ketua' } as const
    for (let index = 0; index < 30; index++) {
      const person = await test.db.person.create({
        data: { name: `Zaid ${index}`, positions: { create: office } },
        include: { positions: true },
      })
      await test.db.registration.create({
        data: {
          ...{ ...office, number: `REG-Y${index}`, personId: person.id, state: 'confirmed' },
          ...{ positionId: person.positions[0]?.id ?? 0, trainingCode: 'G3-A', track: 'organisation' },
        },
      })
    }
    await say('/hadir G3-A/1')
    expect(await chats.press('ani', 'Siapa belum hadir?')).toContain(
      '… dan 14 lagi; semuanya ada di berkas ini.',
    )
    const file = await test.db.storedFile.findFirstOrThrow({ where: { name: { endsWith: '.xlsx' } } })
    expect(await rowsIn(file.content)).toHaveLength(35)
  })
})

it('leaves the code as officers know it', async () => {
  const { id } = await test.db.session.findFirstOrThrow({ where: { key: '1' } })
  const code = await transaction(test.db, (tx) => sessionCode(tx, id))
  expect(await say('/hadir')).toContain(`Kode: ${code}.`)
})
