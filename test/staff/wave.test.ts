import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { makeClass, wib } from '../planning/session.ts'
import { makeStaff, staffChats, staffPhone } from './chat.ts'

let test: TestDatabase
let chats: ReturnType<typeof staffChats>
beforeAll(async () => {
  test = await freshDatabase()
})
beforeEach(async () => {
  await test.empty()
  chats = staffChats(test.db, { ani: staffPhone }, { now: () => wib('2026-12-01T10:00') })
  await makeStaff(test.db)
})
afterAll(() => test.drop())

const say = (text: string) => chats.say('ani', text)

it('tells how full each class is, who waits, and the coverage of the track in its area', async () => {
  await makeClass(
    test.db,
    ['2026-12-05', '2026-12-06'],
    [
      ...[{ name: 'Sari Dewi' }, { name: 'Budi Hartono' }],
      ...[
        { name: 'Joko Susilo', state: 'waitlisted' as const },
        { name: 'Rina', state: 'offered' as const },
      ],
      { name: 'Agus', state: 'pending' as const },
    ],
  )
  const shown = await say('/gelombang')
  expect(shown).toContain('Gelombang 3 Tiga')
  expect(shown).toContain('G3-A 2/10 terisi, 7 kosong, 1 ditawarkan, 1 menunggu, 1 perlu disetujui')
  expect(shown).toContain(
    'Cakupan kelembagaan di wilayahnya: 0 dari 64 lengkap, 0 sebagian, 1 belum, 63 belum ada',
  )
  await test.db.registration.updateMany({
    where: { person: { name: 'Sari Dewi' } },
    data: { state: 'completed' },
  })
  expect(await say('/gelombang 3')).toContain('0 dari 64 lengkap, 1 sebagian, 0 belum')
  const of = await chats.press('ani', 'Kelas G3-A')
  expect(of).toContain('• G3-A/2 Materi 2: Min, 6 Des 08.00')
  expect(await chats.press('ani', 'Pindahkan G3-A/2')).toContain('Dipindah ke kapan?')
})

it('asks which wave is meant, and says when there is none', async () => {
  expect(await say('/gelombang')).toContain('Belum ada gelombang')
  await makeClass(test.db, ['2026-12-05'], [])
  await test.db.wave.create({
    data: { number: 4, title: 'Empat', opens: wib('2026-11-01T08:00'), closes: wib('2027-01-01T08:00') },
  })
  expect(await say('/gelombang')).toContain('Gelombang yang mana?')
  expect(await say('2')).toContain('Gelombang 4 Empat')
  expect(await say('/gelombang 9')).toContain('Gelombang 9 tidak ada')
})
