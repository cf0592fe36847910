import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { createFeeding } from '../../src/sweeps.ts'
import { later, parseInstant, second } from '../../src/time.ts'
import { makeContacts } from '../broadcasts/roster.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { type MadeOfficer, makeOfficers, makeProgramme } from '../programme.ts'
import { makeStaff, now, rowsIn, staffChats, staffPhone, told } from './chat.ts'

let test: TestDatabase
let time = now
let chats: ReturnType<typeof staffChats>
let officers: MadeOfficer[]
beforeAll(async () => {
  test = await freshDatabase()
})
beforeEach(async () => {
  await test.empty()
  time = now
  chats = staffChats(test.db, { ani: staffPhone }, { now: () => time })
  await makeStaff(test.db)
  officers = await makeOfficers(test.db, 8)
  await makeContacts(test.db, officers.slice(0, 5))
})
afterAll(() => test.drop())

const say = (text: string) => chats.say('ani', text)
const press = (label: string) => chats.press('ani', label)
const all = () => test.db.broadcast.findMany({ orderBy: { id: 'asc' } })

/** What the worker does every second. */
async function feed(): Promise<void> {
  const failed = (error: unknown) => {
    throw error
  }
  const config = readConfig({ DATABASE_URL: test.url })
  await createFeeding(test.db, config, ['telegram'], { now: () => time }, failed)()
}

const messages = () =>
  test.db.outgoingMessage.findMany({ where: { kind: 'broadcast' }, orderBy: { id: 'asc' } })

describe('/siaran', () => {
  it('asks for text and audience, shows whom it reaches, and sends after a yes', async () => {
    expect(await say('/siaran')).toContain('Apa isi siarannya?')
    expect(await say('Yth. {nama}, besok kelas libur.')).toContain('Untuk siapa?')
    const shown = await press('Semua pengurus')
    expect(shown).toContain(`Yth. ${officers[0]?.name}, besok kelas libur.`)
    expect(shown).toContain('Dimaksud: 8 orang')
    expect(shown).toContain('Terjangkau bot: 5 orang dalam 5 pesan (Telegram 5)')
    expect(shown).toContain('Tidak terjangkau: 3')
    expect(shown).toContain('belum pernah menulis ke bot: 3')
    expect(await all()).toEqual([])
    expect(await press('Ya, kirim')).toContain('Siaran 1 dikirim ke 5 orang (5 pesan)')
    expect(await press('Ya, kirim')).toContain('sudah lewat')
    time = later(time, 2 * second)
    await feed()
    await feed()
    expect(await messages()).toHaveLength(5)
    expect(await all()).toMatchObject([{ audience: 'all', createdBy: 'staff:1', state: 'running' }])
    const entries = await test.db.auditEntry.findMany({ where: { actor: 'staff:1' } })
    expect(entries.map(({ action, subject }) => [action, subject])).toEqual([['broadcast.start', '1']])
  })

  it('reads the text behind the command, an audience in words, narrows it, and waits until its time', async () => {
    await say('/siaran Kumpul di aula.')
    expect(await say('pengurus')).toContain('Untuk: pengurus')
    const narrowed = await say('hanya ketua')
    expect(narrowed).toContain('Untuk: pengurus dan Ketua')
    expect(await say('besok jam 8')).toContain('Dikirim: Rabu, 25 November 2026 pukul 08.00 WIB')
    expect(await say('ya kirim')).toContain('dijadwalkan Rabu, 25 November 2026 pukul 08.00 WIB')
    await feed()
    expect(await all()).toMatchObject([{ state: 'scheduled', dueAt: parseInstant('2026-11-25T08:00') }])
    expect(await messages()).toHaveLength(0)
  })

  it('takes another text, audience or time at the preview, and takes no word in a sentence for a no', async () => {
    const { wave } = await makeProgramme(test.db, { now: later(now, -24 * 3600 * second) })
    await say('/siaran Rapat jam 9.')
    await say('semua')
    expect(await say(`pengurus yg blm daftar gelombang ${wave}`)).toContain(
      `Untuk: pengurus dan boleh ikut gelombang ${wave} tapi belum daftar`,
    )
    expect(await say('eh salah, teksnya: Rapat jam 10.')).toMatch(/^Rapat jam 10\./)
    expect(await say('untuk ketua aja, besok jam 7')).toContain('Untuk: Ketua\n')
    expect(await say('kirim sekarang')).toContain('Dikirim: sekarang')
    expect(await all()).toEqual([])
    expect(await say('ya besok jam 8 aja')).toContain('Rabu, 25 November 2026 pukul 08.00 WIB; penerimanya')
    expect(await all()).toEqual([])
    expect(await say('ya kirim')).toContain('dijadwalkan Rabu, 25 November 2026 pukul 08.00 WIB')
    expect(await say('/siaran 1')).toContain('Siaran 1 (dijadwalkan) untuk Ketua')
    expect(await all()).toMatchObject([{ text: 'Rapat jam 10.', audience: 'position=ketua' }])
  })

  it('takes an expression, and says what is wrong with one', async () => {
    await say('/siaran Halo.')
    const fault = await say('wave=99')
    expect(fault).toContain('belum terbaca, pada huruf ke-1: gelombang di “wave=99” tidak ada')
    expect(await say('role=pengurus and')).toContain('masih ada yang kurang di akhir')
    const shown = await say('role=pengurus and not (position=ketua|bendahara or area=21.71.05)')
    expect(shown).toContain('Untuk: pengurus dan bukan ((Ketua atau Bendahara) atau Kecamatan Bulang)')
    expect(shown).toContain('Dimaksud:')
    expect(await say('tidak')).toContain('tidak jadi')
    expect(await say('ya kirim')).not.toContain('dikirim ke')
    expect(await all()).toEqual([])
  })

  it('refuses an unknown placeholder and a text too long before anything starts', async () => {
    await say('/siaran Halo {nomor}.')
    expect(await press('Semua pengurus')).toContain('“{nomor}” tidak dikenal')
    expect(await say('a'.repeat(4000))).toContain('terlalu panjang')
    expect(await say('Halo {nama}.')).toContain('Dimaksud: 8 orang')
    await press('Ubah teks')
    expect(await say('Halo semua.')).toContain('Halo semua.')
  })

  it('sends nothing that is not what was shown', async () => {
    await say('/siaran Satu.')
    await press('Semua pengurus')
    const [row] = await test.db.outgoingMessage.findMany({ orderBy: { id: 'desc' }, take: 1 })
    await say('/siaran Dua.')
    await press('Semua pengurus')
    expect(await chats.send('ani', { kind: 'button', data: `c:${row?.id}:1` })).toContain('sudah lewat')
    expect(await all()).toEqual([])
  })

  it('asks again when it would concern others than were shown, and sends only to these after the next yes', async () => {
    await say('/siaran Halo.')
    expect(await press('Semua pengurus')).toContain('Terjangkau bot: 5 orang dalam 5 pesan')
    await makeContacts(test.db, officers.slice(5, 6), 9101)
    const again = await press('Ya, kirim')
    expect(again).toContain('Sementara itu datanya berubah')
    expect(again).toContain('Terjangkau bot: 6 orang dalam 6 pesan')
    expect(await all()).toEqual([])
    await test.db.contact.update({
      where: { channel_chat: { channel: 'telegram', chat: '9101' } },
      data: { stoppedAt: now },
    })
    const less = await say('ya kirim')
    expect(less).toContain('Terjangkau bot: 5 orang')
    expect(less).toContain('sudah menulis STOP: 1')
    expect(await say('ya kirim')).toContain('Siaran 1 dikirim ke 5 orang')
    time = later(time, 2 * second)
    await feed()
    await feed()
    expect(await messages()).toHaveLength(5)
  })

  it('shows again what begins in quiet hours meanwhile, and keeps what is scheduled as it was said', async () => {
    time = parseInstant('2026-11-24T20:59') as Date
    await say('/siaran Halo.')
    expect(await press('Semua pengurus')).toContain('Dikirim: sekarang')
    time = parseInstant('2026-11-24T21:01') as Date
    expect(await press('Ya, kirim')).toContain('Dikirim: Rabu, 25 November 2026 pukul 06.00 WIB')
    expect(await all()).toEqual([])
    await makeContacts(test.db, officers.slice(5, 6), 9101)
    expect(await press('Ya, kirim')).toContain('dijadwalkan Rabu, 25 November 2026 pukul 06.00 WIB')
    const report = await press('Laporan')
    expect(report).toContain('Dikirim: Rabu, 25 November 2026 pukul 06.00 WIB')
    expect(report).not.toContain('Terkirim')
    expect(report).not.toContain('[Daftar telepon]')
    await feed()
    expect(await all()).toMatchObject([{ state: 'scheduled', dueAt: parseInstant('2026-11-25T06:00') }])
  })

  it('sends nothing where nobody is reached, whoever says yes', async () => {
    await test.db.contact.updateMany({ where: { chat: { startsWith: '9' } }, data: { stoppedAt: now } })
    await say('/siaran Halo.')
    const shown = await press('Semua pengurus')
    expect(shown).toContain('Tidak ada yang terjangkau sekarang')
    expect(shown).not.toContain('[Ya, kirim]')
    expect(await say('ya kirim')).toContain('Tidak ada yang terjangkau sekarang')
    expect(await all()).toEqual([])
  })

  it('is not sent by who is no longer staff, and leaves nothing open', async () => {
    await say('/siaran Halo.')
    await press('Semua pengurus')
    await test.db.staffMember.updateMany({ data: { disabledAt: now } })
    expect(await press('Ya, kirim')).not.toContain('dikirim ke')
    expect(await say('ya kirim')).not.toContain('dikirim ke')
    await test.db.staffMember.updateMany({ data: { disabledAt: null } })
    expect(await press('Ya, kirim')).toContain('sudah lewat')
    expect(await all()).toEqual([])
  })

  it('says why it failed, and resends what failed or is uncertain, each once', async () => {
    await say('/siaran Halo.')
    await press('Semua pengurus')
    await press('Ya, kirim')
    time = later(time, 2 * second)
    await feed()
    await feed()
    const states = ['failed', 'failed', 'uncertain', 'sent', 'sent'] as const
    for (const [n, { id }] of (await messages()).entries())
      await test.db.outgoingMessage.update({
        where: { id },
        data: { state: states[n] ?? 'sent', error: n === 0 ? 'loop' : null, sentAt: time },
      })
    await feed()
    const done = () => told(test.db, { contact: { chat: 'ani' }, kind: 'notice' })
    expect(await done()).toBe(
      '✅ Siaran 1 selesai.\nTerkirim ke 2 dari 8 orang.\nGagal 2, tidak pasti 1, tidak dikirim 0.\n[Laporan 1]',
    )
    await feed()
    expect((await done()).match(/selesai/g)).toHaveLength(1)
    const report = await press('Laporan 1')
    expect(report).toContain('Siaran 1 (selesai)')
    expect(report).toContain('Gagal 2, tidak pasti 1, tidak dikirim 0')
    expect(report).toContain('gagal dikirim: 2')
    expect(await press('Ulangi yang gagal')).toContain('dikirim lagi ke 2 orang; 0 tidak terjangkau')
    expect(await press('Ulangi yang gagal')).toContain('Itu tidak bisa: siaran 1 sedang dikirim')
    await feed()
    expect(await messages()).toHaveLength(7)
  })

  it('gives those out of reach as a file by kelurahan', async () => {
    await say('/siaran Halo.')
    await press('Semua pengurus')
    expect(await press('Daftar telepon')).toContain('3 orang yang tidak terjangkau')
    const { content } = await test.db.storedFile.findFirstOrThrow()
    const rows = await rowsIn(content)
    for (const { name } of officers.slice(5)) expect(JSON.stringify(rows)).toContain(name)
    expect(await say('ya kirim')).toContain('dikirim ke 5 orang')
  })

  it('reports how far it has come; pauses, goes on and cancels', async () => {
    await say('/siaran Halo.')
    await press('Semua pengurus')
    await press('Ya, kirim')
    time = later(time, 2 * second)
    await feed()
    await feed()
    const [first] = await messages()
    await test.db.outgoingMessage.update({
      where: { id: first?.id ?? 0 },
      data: { state: 'sent', sentAt: time },
    })
    expect(await press('Laporan')).toContain('Terkirim 1, di antaranya dibaca 0')
    const paused = await press('Jeda')
    expect(paused).toContain('sekarang dijeda; 4 pesan yang belum terkirim ditarik kembali')
    expect(await press('Jeda')).toContain('Itu tidak bisa')
    expect(await press('Lanjutkan')).toContain('sedang dikirim')
    expect(await say('/siaran batal 1')).toContain('sekarang dibatalkan')
    expect(await say('/siaran laporan')).toContain(
      'Siaran 1 (dibatalkan) untuk semua pengurus, pengawas, dan manajer',
    )
    expect(await say('/siaran daftar')).toContain('Halo.')
    expect(await say('/siaran jeda 77')).toContain('Siaran 77 tidak ada')
    const entries = await test.db.auditEntry.findMany({ where: { actor: 'staff:1' }, orderBy: { id: 'asc' } })
    expect(entries.map(({ action }) => action)).toEqual([
      ...['broadcast.start', 'broadcast.pause', 'broadcast.resume', 'broadcast.cancel'],
    ])
  })

  it('announces a wave from its data, with a text to forward', async () => {
    const { wave, title, code } = await makeProgramme(test.db, { now: later(now, -24 * 3600 * second) })
    await test.db.fact.create({ data: { name: 'telegram.username', value: 'bimtek_bot' } })
    await say('/siaran')
    const shown = await press(`Umumkan gelombang ${wave}`)
    expect(shown).toContain(`https://t.me/bimtek_bot?start=w-${wave}`)
    expect(shown).toContain(title)
    expect(shown).toContain(`Untuk: boleh ikut gelombang ${wave} tapi belum daftar`)
    await press('Ya, kirim')
    expect(await all()).toMatchObject([{ waveNumber: wave, audience: `eligible=${wave}` }])
    time = later(time, 2 * second)
    await feed()
    await feed()
    const [first] = await messages()
    expect(JSON.stringify(first?.content)).toContain(code)
  })
})
