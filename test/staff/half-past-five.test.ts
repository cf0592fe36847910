import { pino } from 'pino'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Service, startService } from '../../src/app.ts'
import { readConfig, roles } from '../../src/config.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { eventually } from '../eventually.ts'
import { makeClass, wib } from '../planning/session.ts'
import { type BotApi, type Person, startBotApi } from '../telegram/bot-api-server.ts'
import { token } from '../telegram/service.ts'
import { makeStaff, staffPhone } from './chat.ts'

let database: TestDatabase
let api: BotApi
let service: Service | undefined

const names = ['Sari', 'Budi', 'Rina', 'Joko', 'Wati', 'Agus', 'Nia', 'Tono', 'Lia', 'Mat']
const onTelegram = 7

/** The whole service, at 05:30 of the day of the class, and in quiet hours. */
beforeEach(async () => {
  database = await freshDatabase()
  api = await startBotApi({ token })
  const persons = names.map((name, n) => ({
    ...{ name: `${name} Dewi`, phone: `+6281277700${100 + n}` },
    contact: 'none' as const,
  }))
  await makeClass(database.db, ['2026-12-05'], persons)
  await makeStaff(database.db)
  const [began, atStart] = [Date.now(), wib('2026-12-05T05:30').getTime()]
  const config = readConfig({
    ...{ DATABASE_URL: database.url, TELEGRAM_TOKEN: api.token, TELEGRAM_API_ROOT: api.root },
    ...{ PORT: '0', TELEGRAM_PER_SECOND: '30' },
  })
  const clock = { now: () => new Date(atStart + Date.now() - began) }
  service = await startService({ config, log: pino({ level: 'silent' }), roles, clock })
})

afterEach(async () => {
  await service?.stop()
  await api.close()
  await database.drop()
})

async function known(id: number, phone: string): Promise<Person> {
  const person = api.user(id)
  person.shares(phone, { own: true })
  await person.hears(/kenali/)
  return person
}

const notices = (person: Person) =>
  person.messages.filter(({ text }) => text.includes('Pertemuan dibatalkan'))

it('a hurried member of staff cancels a class before dawn: each is told at once and once, and staff see who has read it and whom to call', async () => {
  const staff = api.user(70)
  staff.shares(staffPhone, { own: true })
  await staff.hears(() => true)
  const officers: Person[] = []
  for (let n = 0; n < onTelegram; n++) officers.push(await known(71 + n, `+6281277700${100 + n}`))

  staff.says('/btal g3a ombak tnggi, pompong tidak jalan')
  const preview = await staff.hears(/Batalkan pertemuan ini/)
  expect(preview.text).toContain('10 orang: 10 terdaftar')
  expect(preview.text).toContain('Bisa dikabari bot: 7 (Telegram 7)')
  expect(preview.text).toContain('Kabar dikirim sekarang juga')
  staff.says('karena ombak tinggi, pompong tidak jalan')
  await staff.hears(/Keterangan: ombak tinggi, pompong tidak jalan/)
  staff.presses('Ya, batalkan')
  staff.presses('Ya, batalkan')
  const calls = await staff.hears(/Perlu ditelepon \(3\)/)
  for (const name of names.slice(onTelegram)) expect(calls.text).toContain(`${name} Dewi`)
  for (const name of names.slice(0, onTelegram)) expect(calls.text).not.toContain(`${name} Dewi`)
  await eventually(() => officers.every((person) => notices(person).length === 1), 'each is told')

  const [reads, writes, gives] = officers
  if (!reads || !writes || !gives) throw new Error('no officers')
  reads.presses('Sudah baca')
  await reads.hears(/kabar ini terbaca/)
  writes.says('baik bu')
  await writes.hears(/./)
  gives.says('/batal G3-A/1')
  await gives.hears((message) => message.text.includes('REG-') && !message.text.includes('Pertemuan'))
  staff.says('/pindah status g3a')
  const status = await staff.hears(/Sudah baca: 3 dari 10/)
  expect(status.text).toContain('Terkirim, belum dibaca (4)')
  await staff.hears(/Perlu ditelepon \(3\)/)

  expect(officers.map((person) => notices(person).length)).toEqual(officers.map(() => 1))
  const changes = await database.db.auditEntry.findMany({ where: { action: { startsWith: 'session.' } } })
  expect(changes).toMatchObject([{ action: 'session.cancel', actor: 'staff:1' }])
}, 60_000)

it('an officer who has heard of the commands changes nothing with them', async () => {
  const officer = await known(71, '+6281277700100')
  for (const [text, answer] of [
    ['/siaran kelas libur', /belum menangkap/],
    ['/pindah G3-A/1 ke besok jam 8', /./],
    ['/antrian', /./],
    ['/setuju', /./],
    ['/hadir G3-A/1 budi, joko', /./],
  ] as const) {
    officer.says(text)
    await officer.hears(answer)
  }
  await eventually(
    async () => (await database.db.incomingMessage.count({ where: { state: 'stored' } })) === 0,
    'all answered',
  )
  expect(officer.messages.map(({ text }) => text).join('\n')).not.toMatch(
    /Untuk siapa|Menjadi:|Antrian:|persetujuan|Dicatat hadir|perintah petugas/,
  )
  expect(await database.db.broadcast.count()).toBe(0)
  expect(await database.db.attendance.count()).toBe(0)
  expect(await database.db.session.findMany()).toMatchObject([
    { starts: wib('2026-12-05T08:00'), cancelledAt: null },
  ])
})
