import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadSample } from '../../src/sample.ts'
import { cellText } from '../../src/spreadsheets/read.ts'
import { unzip } from '../../src/spreadsheets/zip.ts'
import { hour, later } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { run } from '../process.ts'
import { makeProgramme } from '../programme.ts'
import { makeCooperative, makeHolder, makeRegistration, makeTracks } from './cooperatives.ts'
import { exported, now, records } from './export.ts'

const sadai = '21.71.09.1003'

let test: TestDatabase
let folder: string
beforeAll(async () => {
  test = await freshDatabase()
  folder = mkdtempSync(join(tmpdir(), 'bimtek-export-'))
})
beforeEach(() => test.empty())
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await test.drop()
})

const xml = (path: string, part: string): string =>
  unzip(readFileSync(path), () => true, 2 ** 30)
    .get(part)
    ?.toString() ?? ''

describe('registrations', () => {
  it('stand with all that staff filter by, in words and dates that they read', async () => {
    const { organisation } = await makeTracks(test.db, now)
    const id = await makeCooperative(test.db, sadai)
    const officer = await makeHolder(test.db, id, 'wakil_ketua_usaha', {
      ...{ name: '=HYPERLINK("http://x")', phone: '+6281300000001' },
    })
    await test.db.personPhone.create({ data: { personId: officer.personId, phone: '+6281300000002' } })
    const registration = await makeRegistration(test.db, officer, organisation, 'confirmed')
    const createdAt = new Date('2026-11-21T01:30:00Z')
    const { number } = await test.db.registration.update({
      where: { id: registration },
      data: { createdAt },
    })
    const { title } = await test.db.training.findUniqueOrThrow({ where: { code: organisation } })
    const { sheets, stdout, path } = await exported(test.db, 'registrations', folder)
    expect(sheets.map(({ name }) => name)).toEqual(['Pendaftaran', 'Rekap kelas'])
    expect(records(sheets[0])).toEqual([
      {
        Nomor: number,
        Status: 'terdaftar',
        Nama: '=HYPERLINK("http://x")',
        Jabatan: 'Wakil Ketua Bidang Usaha',
        Koperasi: 'Koperasi Sadai',
        'Kelurahan/Desa': 'Sadai',
        Kecamatan: 'Bengkong',
        'Kabupaten/Kota': 'Batam',
        'No. HP': '+6281300000001, +6281300000002',
        'Kode kelas': organisation,
        Kelas: title,
        Gelombang: 3,
        Bidang: 'kelembagaan',
        // 01.30 UTC is 08.30 WIB, as the cell shows it.
        'Terdaftar pada': new Date('2026-11-21T08:30:00Z'),
        'Urutan tunggu': null,
      },
    ])
    expect(stdout).toBe(`Written to ${path}: 2 sheets, 4 rows.\n`)
    expect(xml(path, 'xl/worksheets/sheet1.xml')).not.toMatch(/<f\b/)
    expect(xml(path, 'xl/worksheets/sheet1.xml')).toContain('<autoFilter ref="A1:O2"/>')
    expect(xml(path, 'xl/styles.xml')).toContain('[$-421]d mmm yyyy, hh.mm')
  })

  it('come by class, those with a seat first, those who wait in their order with their place', async () => {
    const { organisation, business } = await makeTracks(test.db, now)
    const id = await makeCooperative(test.db, sadai)
    const states = ['waitlisted', 'cancelled', 'waitlisted', 'confirmed', 'pending'] as const
    for (const [index, state] of states.entries()) {
      const officer = await makeHolder(test.db, id, 'anggota_pengawas', { name: `Orang ${9 - index}` })
      await makeRegistration(test.db, officer, organisation, state)
    }
    const manager = await makeHolder(test.db, id, 'manajer', { name: 'Manajer' })
    await makeRegistration(test.db, manager, business, 'confirmed')
    const { sheets } = await exported(test.db, 'registrations', folder)
    const seen = records(sheets[0]).map((row) => [row['Nama'], row['Status'], row['Urutan tunggu']])
    expect(seen).toEqual([
      ['Orang 6', 'terdaftar', null],
      ['Orang 9', 'daftar tunggu', 1],
      ['Orang 7', 'daftar tunggu', 2],
      ['Orang 5', 'menunggu persetujuan', null],
      ['Orang 8', 'dibatalkan', null],
      ['Manajer', 'terdaftar', null],
    ])
    const [first, , total] = records(sheets[1])
    expect(first).toMatchObject({
      ...{ 'Kode kelas': organisation, Kapasitas: 30, Terdaftar: 1, Ditawarkan: 0, 'Daftar tunggu': 2 },
      ...{ 'Menunggu persetujuan': 1, 'Kursi kosong': 29 },
    })
    expect(total).toMatchObject({ Gelombang: 'Jumlah', Kapasitas: 60, Terdaftar: 2, 'Kursi kosong': 58 })
  })

  it('are all there, each once, when they fill several pages', async () => {
    const { organisation } = await makeTracks(test.db, now)
    await makeCooperative(test.db, sadai)
    await test.db.$executeRaw`UPDATE training SET capacity = 10000`
    await test.db
      .$executeRaw`INSERT INTO person (name) SELECT 'Orang ' || n FROM generate_series(1, 4500) AS n`
    await test.db.$executeRaw`
      INSERT INTO position (person_id, cooperative_id, role, title)
      SELECT p.id, c.id, 'pengawas', 'anggota_pengawas' FROM person p CROSS JOIN cooperative c`
    await test.db.$executeRaw`
      INSERT INTO registration (number, person_id, position_id, cooperative_id, role, title, training_code, track, state, updated_at)
      SELECT 'N' || id, person_id, id, cooperative_id, role, title, ${organisation}, 'organisation', 'confirmed', now()
      FROM position`
    const { sheets } = await exported(test.db, 'registrations', folder)
    const numbers = records(sheets[0]).map((row) => cellText(row['Nomor']))
    expect(numbers).toHaveLength(4500)
    expect(new Set(numbers).size).toBe(4500)
  })
})

describe('attendance', () => {
  it('has a sheet a class, a column a session held, and the outcome', async () => {
    const { organisation } = await makeTracks(test.db, now)
    const id = await makeCooperative(test.db, sadai)
    const session = await test.db.session.findFirstOrThrow({ where: { trainingCode: organisation } })
    const second = await test.db.session.create({
      data: {
        ...{ trainingCode: organisation, key: '2', title: 'Dua' },
        ...{ starts: later(session.starts, 24 * hour), ends: later(session.starts, 28 * hour) },
      },
    })
    await test.db.session.create({
      data: {
        ...{ trainingCode: organisation, key: '3', title: 'Batal', cancelledAt: now },
        ...{ starts: later(session.starts, 48 * hour), ends: later(session.starts, 52 * hour) },
      },
    })
    const came = await makeHolder(test.db, id, 'ketua', { name: 'Ani' })
    const registrationId = await makeRegistration(test.db, came, organisation, 'partial')
    const at = new Date('2026-12-14T01:07:00Z')
    await test.db.attendance.create({ data: { registrationId, sessionId: session.id, at, source: 'code' } })
    const ticked = await makeHolder(test.db, id, 'sekretaris', { name: 'Budi' })
    const other = await makeRegistration(test.db, ticked, organisation, 'completed')
    for (const [sessionId, source] of [
      [session.id, 'staff'],
      [second.id, 'paper'],
    ] as const)
      await test.db.attendance.create({ data: { registrationId: other, sessionId, at, source } })
    const gone = await makeHolder(test.db, id, 'bendahara', { name: 'Cici' })
    await makeRegistration(test.db, gone, organisation, 'cancelled')
    const { sheets } = await exported(test.db, 'attendance', folder)
    expect(sheets.map(({ name }) => name)).toEqual(['G3-A', 'G3-B'])
    const rows = sheets[0]?.rows.map((cells) => [cells[2], ...cells.slice(7)])
    expect(rows?.[0]?.[1]).toMatch(/^Sesi 1: \w{3}, \d+ \w{3} \d\d\.\d\d$/)
    expect(rows?.[0]?.slice(3)).toEqual(['Hadir', 'Kehadiran (%)', 'Hasil'])
    expect(rows?.slice(1)).toEqual([
      ['Ani', '✓ 08.07', null, '1 dari 2', 50, 'hadir sebagian'],
      ['Budi', '✓ petugas', '✓ daftar kertas', '2 dari 2', 100, 'selesai'],
    ])
  })
})

describe('coverage', () => {
  it('sums up by kabupaten and kecamatan, names by kelurahan, and lists whom to call', async () => {
    const { organisation } = await makeTracks(test.db, now)
    const id = await makeCooperative(test.db, sadai)
    const former = await makeHolder(test.db, id, 'ketua', { name: 'Ani', until: now })
    await makeRegistration(test.db, former, organisation, 'completed')
    const sekretaris = await makeHolder(test.db, id, 'sekretaris', { name: 'Budi', phone: '+6281300000001' })
    await makeRegistration(test.db, sekretaris, organisation, 'confirmed')
    await makeHolder(test.db, id, 'ketua_pengawas', { name: 'Cici' })
    const { sheets } = await exported(test.db, 'coverage', folder)
    expect(sheets.map(({ name }) => name)).toEqual(['Kabupaten', 'Kecamatan', 'Kelurahan', 'Belum'])
    expect(records(sheets[0])[0]).toEqual({
      'Kabupaten/Kota': 'Batam',
      'Jumlah kelurahan/desa': 64,
      'Belum ada koperasi dalam daftar': 63,
      'Kelembagaan: belum': 0,
      'Kelembagaan: sebagian': 1,
      'Kelembagaan: lengkap': 0,
      'Kelembagaan: lengkap (%)': 0,
      'Usaha dan manajerial: belum': 1,
      'Usaha dan manajerial: sebagian': 0,
      'Usaha dan manajerial: lengkap': 0,
      'Usaha dan manajerial: lengkap (%)': 0,
    })
    expect(records(sheets[1]).find((row) => row['Kecamatan'] === 'Bengkong')).toMatchObject({
      'Kelembagaan: sebagian': 1,
    })
    const kelurahan = records(sheets[2])
    expect(kelurahan).toHaveLength(64)
    expect(kelurahan.find((row) => row['Kelurahan/Desa'] === 'Sadai')).toEqual({
      'Kabupaten/Kota': 'Batam',
      Kecamatan: 'Bengkong',
      'Kelurahan/Desa': 'Sadai',
      Koperasi: 'Koperasi Sadai',
      'Kelembagaan: status': 'sebagian',
      'Kelembagaan: sudah selesai': 'Ani (Ketua, sudah berganti)',
      'Kelembagaan: belum selesai':
        'Budi (Sekretaris, +6281300000001); Bendahara: belum ada dalam daftar; Cici (Ketua Pengawas)',
      'Usaha dan manajerial: status': 'belum',
      'Usaha dan manajerial: sudah selesai': null,
      'Usaha dan manajerial: belum selesai': 'Manajer atau Wakil Ketua Bidang Usaha: belum ada dalam daftar',
    })
    expect(kelurahan.filter((row) => row['Koperasi'] === 'Belum ada koperasi dalam daftar')).toHaveLength(63)
    const calls = records(sheets[3]).map((row) => [
      ...[row['Bidang'], row['Belum selesai untuk'], row['Nama'], row['No. HP'], row['Pendaftaran']],
    ])
    expect(calls).toEqual([
      ['kelembagaan', 'Sekretaris', 'Budi', '+6281300000001', 'terdaftar (G3-A)'],
      ['kelembagaan', 'Bendahara', 'belum ada dalam daftar', null, null],
      ['kelembagaan', 'salah satu pengawas', 'Cici', null, null],
      [
        ...['usaha dan manajerial', 'Manajer atau Wakil Ketua Bidang Usaha', 'belum ada dalam daftar'],
        ...[null, null],
      ],
    ])
  })
})

describe('a list to sign', () => {
  it('is headed with class, date, place and code, and prints on A4 with the signatures in turn', async () => {
    const made = await makeProgramme(test.db, { now, wave: 3, code: 'G3-A', startsIn: 18 * 24 * hour })
    const id = await makeCooperative(test.db, sadai)
    for (const name of ['Budi', 'Ani', 'Cici']) {
      const officer = await makeHolder(test.db, id, 'anggota_pengawas', { name })
      await makeRegistration(test.db, officer, 'G3-A', name === 'Cici' ? 'waitlisted' : 'confirmed')
    }
    const { sheets, path } = await exported(test.db, 'sign-in-sheet', folder)
    const { code } = await test.db.session.findFirstOrThrow()
    expect(code).toMatch(/^[2-9A-HJKMNP-Z]{4}$/)
    expect(sheets.map(({ name }) => name)).toEqual(['G3-A 1'])
    const [title, training, session, when, place, hadir] = sheets[0]?.rows.map(([cell]) => cell) ?? []
    expect(title).toBe('DAFTAR HADIR')
    expect(training).toBe(`${made.title} (G3-A), Gelombang 3`)
    expect(session).toContain(`narasumber ${made.speaker}`)
    expect(when).toBe('Sabtu, 12 Desember 2026, pukul 10.00–14.00 WIB')
    expect(place).toBe(`${made.venue}, ${made.address}`)
    expect(hadir).toBe(`Yang hadir menulis ke bot: HADIR ${code}`)
    const [heading, ...rows] = sheets[0]?.rows.slice(7) ?? []
    expect(heading?.slice(0, 7)).toEqual([
      ...['No', 'Nomor', 'Nama', 'Jabatan', 'Koperasi', 'Kelurahan/Desa', 'Tanda tangan'],
    ])
    const numbers = await test.db.registration.findMany({
      where: { state: 'confirmed' },
      orderBy: { person: { name: 'asc' } },
    })
    expect(rows.slice(0, 3).map((cells) => cells[1] ?? null)).toEqual([
      ...numbers.map(({ number }) => number),
      null,
    ])
    const signatures = rows.map((cells) => [cells[2] ?? null, cells[6] ?? null, cells[7] ?? null])
    expect(signatures).toEqual([
      ['Ani', '1.', null],
      ['Budi', null, '2.'],
      [null, '3.', null],
      [null, null, '4.'],
      [null, '5.', null],
      [null, null, '6.'],
      [null, '7.', null],
    ])
    const sheet = xml(path, 'xl/worksheets/sheet1.xml')
    expect(sheet).toMatch(/<pageSetup paperSize="9" orientation="portrait" fitToWidth="1" fitToHeight="0"\/>/)
    expect(xml(path, 'xl/workbook.xml')).toContain(
      `<definedName name="_xlnm.Print_Titles" localSheetId="0">'G3-A 1'!$8:$8</definedName>`,
    )
  })

  it('keeps the code it has, and the drawing of a new one is audited', async () => {
    await makeTracks(test.db, now)
    await exported(test.db, 'sign-in-sheet', folder)
    const codes = async () =>
      (await test.db.session.findMany({ orderBy: { id: 'asc' } })).map(({ code }) => code)
    const first = await codes()
    await exported(test.db, 'sign-in-sheet', folder)
    expect(await codes()).toEqual(first)
    const audited = await test.db.auditEntry.findMany({ orderBy: { id: 'asc' } })
    expect(audited.map(({ actor, action, subject }) => `${actor} ${action} ${subject}`)).toEqual([
      'command:test session.code G3-A/1',
      'command:test session.code G3-B/1',
    ])
  })

  it('is made for sessions from today on, or for all of a wave, never for a cancelled one', async () => {
    const at = async (trainingCode: string, starts: number) =>
      await test.db.session.updateMany({
        where: { trainingCode },
        data: { starts: later(now, starts), ends: later(now, starts + hour) },
      })
    const ended = await makeProgramme(test.db, { now, wave: 2, code: 'G2-A' })
    await at('G2-A', -24 * hour)
    await makeProgramme(test.db, { now, wave: 3, code: 'G3-A' })
    await at('G3-A', -2 * hour)
    await makeProgramme(test.db, { now, wave: 3, code: 'G3-B' })
    await makeProgramme(test.db, { now, wave: 3, code: 'G3-C' })
    await test.db.session.updateMany({ where: { trainingCode: 'G3-C' }, data: { cancelledAt: now } })
    const names = async (wave?: string) =>
      (await exported(test.db, 'sign-in-sheet', folder, wave ? { wave } : {})).sheets.map(({ name }) => name)
    expect(await names()).toEqual(['G3-A 1', 'G3-B 1'])
    expect(await names('2')).toEqual([`${ended.code} 1`])
    await test.db.session.updateMany({ data: { cancelledAt: now } })
    await expect(names()).rejects.toThrow('there is no session from today on; --wave N takes those of a wave')
    await expect(names('2')).rejects.toThrow('wave 2 has no session that is not cancelled')
  })
})

describe('an export', () => {
  it('is of one wave if it is named, and says which there are if that is none', async () => {
    await makeProgramme(test.db, { now, wave: 2, code: 'G2-A' })
    await makeProgramme(test.db, { now, wave: 3, code: 'G3-A' })
    const sheets = async (what: 'attendance' | 'registrations', wave: string) =>
      (await exported(test.db, what, folder, { wave })).sheets
    expect((await sheets('attendance', '2')).map(({ name }) => name)).toEqual(['G2-A'])
    expect(records((await sheets('registrations', '3'))[1]).map((row) => row['Kode kelas'])).toEqual([
      ...['G3-A', null],
    ])
    await expect(sheets('attendance', '9')).rejects.toThrow('there is no wave 9; there are 2, 3')
    await expect(sheets('attendance', '0')).rejects.toThrow('--wave: "0" is not the number of a wave')
    await expect(sheets('attendance', 'tiga')).rejects.toThrow('--wave: "tiga" is not the number of a wave')
  })

  it('of an empty database says what is missing', async () => {
    await expect(exported(test.db, 'attendance', folder)).rejects.toThrow('there is no class to export')
    await expect(exported(test.db, 'attendance', folder, { wave: '3' })).rejects.toThrow(
      'there is no wave 3; there is none yet',
    )
    expect((await exported(test.db, 'registrations', folder)).sheets[0]?.rows).toHaveLength(1)
  })

  it('replaces a file that is there, whole or not at all', async () => {
    await makeTracks(test.db, now)
    const path = join(folder, 'again.xlsx')
    writeFileSync(path, 'old')
    await expect(exported(test.db, 'attendance', folder, { name: 'again.xlsx', wave: '9' })).rejects.toThrow()
    expect(readFileSync(path, 'utf8')).toBe('old')
    await exported(test.db, 'attendance', folder, { name: 'again.xlsx' })
    expect(readFileSync(path).subarray(0, 2).toString()).toBe('PK')
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([])
  })

  it.each(['daftar.csv', 'daftar', 'daftar.xls'])('to %s is refused', async (name) => {
    await expect(exported(test.db, 'attendance', folder, { name })).rejects.toThrow(
      'must end in .xlsx; only Excel files are written',
    )
  })

  it('where nothing can be written is one clear sentence', async () => {
    await makeTracks(test.db, now)
    await expect(exported(test.db, 'attendance', join(folder, 'nowhere'))).rejects.toThrow(
      /^cannot write .*attendance\.xlsx \(ENOENT\)$/,
    )
  })

  it('of sample data says so in its first sheet and to the operator', async () => {
    await loadSample(test.db, now)
    const first = async (what: Parameters<typeof exported>[1]) => {
      const { sheets, stdout } = await exported(test.db, what, folder)
      expect(stdout).toContain('This is sample data.')
      return `${sheets[0]?.name}: ${sheets[0]?.rows[0]?.[0]} ${sheets[0]?.rows[1]?.[0]}`
    }
    for (const what of ['registrations', 'attendance', 'coverage', 'sign-in-sheet', 'programme'] as const)
      expect(await first(what)).toContain('DATA CONTOH')
  })

  it('is wrong usage with 2, and a wave that is not there 1, each with one line', async () => {
    const csv = run('src/main.ts', ['export', 'coverage', '--out', 'x.csv'])
    expect(await csv.ended).toBe(2)
    expect(csv.errors()).toBe('bimtek: --out: x.csv must end in .xlsx; only Excel files are written\n')
    const environment = { DATABASE_URL: test.url }
    const wave = run('src/main.ts', ['export', 'coverage', '--wave', '7', '--out', 'x.xlsx'], environment)
    expect(await wave.ended).toBe(1)
    expect(wave.errors()).toBe('bimtek: there is no wave 7; there is none yet\n')
  })
})
