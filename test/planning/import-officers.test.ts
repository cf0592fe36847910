import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { transaction } from '../../src/database/client.ts'
import { ImportRefused } from '../../src/planning/bad-rows.ts'
import { importOfficers, planOfficersImport } from '../../src/planning/import-officers.ts'
import { readRoster } from '../../src/planning/roster-file.ts'
import { findOffice } from '../../src/planning/roster-words.ts'
import { sampleCooperatives } from '../../src/sample/officers.ts'
import { UnreadableFile } from '../../src/spreadsheets/read.ts'
import { parseInstant } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

const now = parseInstant('2026-11-24T10:00') as Date
const heading = 'nama,no_hp,jabatan,koperasi,kelurahan,kecamatan,kabupaten'
const bytes = (text: string) => new TextEncoder().encode(text)
/** Rows of name, number and office in Sadai. */
const sadai = (...rows: string[]) =>
  [heading, ...rows.map((row) => `${row},KKMP Sadai,Sadai,Bengkong,Kota Batam`)].join('\n')

let test: TestDatabase
beforeAll(async () => {
  test = await freshDatabase()
})
beforeEach(() => test.empty())
afterAll(() => test.drop())

const run = (csv: string | Uint8Array) =>
  transaction(test.db, async (tx) => {
    const plan = await planOfficersImport(tx, readRoster(typeof csv === 'string' ? bytes(csv) : csv))
    await importOfficers(tx, plan, { reminderOffsets: [], quietHours: null }, now)
    return plan
  })

/** Everybody as "name: numbers: offices", by name. */
async function everybody(): Promise<string[]> {
  const persons = await test.db.person.findMany({
    include: { phones: { orderBy: { phone: 'asc' } }, positions: { orderBy: { id: 'asc' } } },
    orderBy: { name: 'asc' },
  })
  return persons.map(({ name, phones, positions }) => {
    const numbers = phones.map(({ phone }) => phone.replace('+62', '0')).join('+')
    return `${name}: ${numbers}: ${positions.map(({ title }) => title).join('+')}`
  })
}

describe('a roster', () => {
  it('goes in, and changes nothing the second time', async () => {
    const csv = sadai(
      'Siti Aminah,0812-3456-7890,Ketua',
      'Budi Santoso,+62 813 1111 2222,Wakil Ketua Bidang Usaha',
      'Rotua Sitorus,,Bendahara',
      'Azman Ismail,81344445555,Anggota Pengawas',
    )
    expect(await run(csv)).toMatchObject({ rows: 4, new: 4, changed: 0, same: 0, ended: 0, bad: [] })
    expect(await everybody()).toEqual([
      'Azman Ismail: 081344445555: anggota_pengawas',
      'Budi Santoso: 081311112222: wakil_ketua_usaha',
      'Rotua Sitorus: : bendahara',
      'Siti Aminah: 081234567890: ketua',
    ])
    expect(await test.db.cooperative.findMany()).toMatchObject([
      { areaCode: '21.71.09.1003', name: 'KKMP Sadai', sample: false },
    ])
    expect(await test.db.position.findFirst()).toMatchObject({ role: 'pengurus', from: now, until: null })
    expect(await run(csv)).toMatchObject({ rows: 4, new: 0, changed: 0, same: 4, changes: [] })
  })

  it.each([
    ['semicolons', (csv: string) => bytes(csv.replaceAll(',', ';'))],
    ['tabs', (csv: string) => bytes(csv.replaceAll(',', '\t'))],
    ['a byte order mark', (csv: string) => bytes(`\uFEFF${csv}`)],
    [
      'line ends of Windows and blank lines',
      (csv: string) => bytes(`${csv.replaceAll('\n', '\r\n')}\r\n\r\n`),
    ],
    ['UTF-16', (csv: string) => new Uint8Array(Buffer.from(`\uFEFF${csv}`, 'utf16le'))],
    ['Windows-1252', (csv: string) => new Uint8Array(Buffer.from(csv, 'latin1'))],
    ['a letterhead', (csv: string) => bytes(`DINAS KOPERASI\n\n${csv}`)],
    ['headings in capitals', (csv: string) => bytes(csv.replace(heading, heading.toUpperCase()))],
    [
      'other words for headings',
      (csv: string) => bytes(csv.replace('no_hp', '"No. HP"').replace('kabupaten', 'Kab/Kota')),
    ],
  ])('may have %s', async (_, encode) => {
    const plan = await run(encode(sadai('José Tukan,0812-3456-7890,Ketua')))
    expect(plan).toMatchObject({ rows: 1, new: 1, bad: [] })
    expect(await everybody()).toEqual(['José Tukan: 081234567890: ketua'])
  })

  it('may have its columns in any order, and only those that are needed', async () => {
    await run('jabatan,kelurahan,nama\nKetua,Sadai,Siti Aminah')
    expect(await everybody()).toEqual(['Siti Aminah: : ketua'])
    expect(await test.db.cooperative.findMany()).toMatchObject([
      { name: 'Koperasi Kelurahan Merah Putih Sadai' },
    ])
  })

  it('may hold quoted cells with separators', async () => {
    await run(sadai('"Siti Aminah, S.E.",0812-3456-7890,Ketua'))
    expect(await everybody()).toEqual(['Siti Aminah, S.E.: 081234567890: ketua'])
  })

  it.each([
    ['nothing', '', ImportRefused],
    ['another table', 'a,b,c\n1,2,3', ImportRefused],
    ['no workbook', 'PK\u0003\u0004', UnreadableFile],
  ])('is refused when it is %s', async (_, text, kind) => {
    await expect(run(text)).rejects.toThrow(kind)
  })

  it('says which column it lacks', async () => {
    await expect(run('nama,kelurahan\nSiti,Sadai')).rejects.toThrow(/there is no jabatan$/)
  })

  it('of a whole province goes in quickly', async () => {
    const officers = sampleCooperatives().flatMap(({ areaCode, officers: list }) =>
      list.map(({ name, title, phones }) => `${name},${phones[0] ?? ''},${title},,${areaCode},,`),
    )
    const csv = [heading, ...officers].join('\n')
    const started = Date.now()
    expect(await run(csv)).toMatchObject({ rows: officers.length, new: officers.length, bad: [] })
    expect(Date.now() - started).toBeLessThan(5_000)
    expect(await run(csv)).toMatchObject({ new: 0, changed: 0, same: officers.length })
  })
})

describe('bad rows', () => {
  it('are all listed as a spreadsheet counts them, and the rest goes in', async () => {
    const plan = await run(
      `${sadai(',0812-3456-7890,Ketua', 'Siti Aminah,08123,Bos', 'Budi Santoso,0813-1111-2222,Bendahara')}
Rotua Sitorus,,Sekretaris,,Sadai,Sekupang,Batam
Maria Tukan,,Sekretaris,,,Sekupang,
Azman Ismail,,Sekretaris,,Sadai,Bengkong,Bintan
Yulinar Koto,,Sekretaris,,Sadaai Lamma,,`,
    )
    expect(plan).toMatchObject({ rows: 7, new: 1, changed: 0, same: 0 })
    expect(
      plan.bad.map(({ row, column, value, problem }) => `${row} ${column} "${value}" ${problem}`),
    ).toEqual([
      '2 nama "" Nama harus diisi.',
      '3 no_hp "08123" Nomor HP tidak benar; misalnya 0812-3456-7890. Kosongkan kalau tidak punya.',
      '3 jabatan "Bos" Jabatan tidak dikenal.',
      '5 kelurahan "Sadai" Tidak ada kelurahan atau desa Sadai di kecamatan Sekupang.',
      '6 kelurahan "" Kelurahan atau desa harus diisi.',
      '7 kabupaten "Bintan" Sadai tidak terletak di Bintan.',
      '8 kelurahan "Sadaai Lamma" Tidak ada kelurahan atau desa Sadaai Lamma, atau ada lebih dari satu; isi kecamatannya.',
    ])
    expect(await everybody()).toEqual(['Budi Santoso: 081311112222: bendahara'])
  })

  it('of a kelurahan that is not in its kecamatan name the two likeliest', async () => {
    const { bad } = await run(`${heading}\nSiti Aminah,,Ketua,,Sadai,Sekupang,Batam`)
    expect(bad[0]?.suggestions).toHaveLength(2)
    expect(bad[0]?.suggestions).toContain('Sadai, kecamatan Bengkong')
  })

  it('forgive a typing error in the kelurahan', async () => {
    expect(await run(`${heading}\nSiti Aminah,,Ketua,,Tjg Uncang,Batu Adji,Batam`)).toMatchObject({
      new: 1,
      bad: [],
    })
    expect(await test.db.cooperative.findMany()).toMatchObject([{ areaCode: '21.71.12.1001' }])
  })

  it.each(['', '-', 'tidak ada', '0'])('are none for the number %j', async (number) => {
    expect(await run(sadai(`Siti Aminah,${number},Ketua`))).toMatchObject({ new: 1, bad: [] })
    expect(await test.db.personPhone.count()).toBe(0)
  })
})

describe('an office', () => {
  it.each([
    ['Ketua', 'pengurus', 'ketua'],
    ['KETUA KOPERASI', 'pengurus', 'ketua'],
    ['wakil ketua', 'pengurus', 'wakil_ketua'],
    ['Wakil Ketua Bid. Usaha', 'pengurus', 'wakil_ketua_usaha'],
    ['wakil_ketua_anggota', 'pengurus', 'wakil_ketua_anggota'],
    ['Wakil Ketua Bidang Keanggotaan', 'pengurus', 'wakil_ketua_anggota'],
    ['Sekertaris', 'pengurus', 'sekretaris'],
    ['Bendahra', 'pengurus', 'bendahara'],
    ['Ketua Pengawas', 'pengawas', 'ketua_pengawas'],
    ['Lurah', 'pengawas', 'ketua_pengawas'],
    ['Kepala Desa', 'pengawas', 'ketua_pengawas'],
    ['Pengawas', 'pengawas', 'anggota_pengawas'],
    ['Anggota Pengawas II', 'pengawas', 'anggota_pengawas'],
    ['Manager', 'manajer', 'manajer'],
    ['Manajer', 'manajer', 'manajer'],
  ])('%s is %s, %s', (jabatan, role, title) => {
    expect(findOffice(jabatan)).toEqual({ role, title })
  })

  it.each(['Bos', 'Pengurus', 'Anggota', 'Kasir', 'x'])('is not %s', (jabatan) => {
    expect(findOffice(jabatan)).toMatchObject({ suggestions: [expect.any(String), expect.any(String)] })
  })
})

describe('the same person', () => {
  beforeEach(async () => {
    await run(sadai('Siti Aminah,0812-3456-7890,Ketua', 'Budi Santoso,,Anggota Pengawas'))
  })

  it('is found by number, with typing errors in the name, which the file corrects', async () => {
    const plan = await run(sadai('Siti Amiinah,0812-3456-7890,Ketua'))
    expect(plan).toMatchObject({ new: 0, changed: 1 })
    expect(plan.changes).toEqual([
      {
        sheet: 'officers',
        row: 2,
        name: 'Siti Aminah',
        what: 'name',
        from: 'Siti Aminah',
        to: 'Siti Amiinah',
      },
    ])
    expect(await test.db.person.count()).toBe(2)
  })

  it('is found by number in another office', async () => {
    expect(await run(sadai('Siti Aminah,0812-3456-7890,Manajer'))).toMatchObject({ new: 0, changed: 1 })
    expect(await everybody()).toContain('Siti Aminah: 081234567890: ketua+manajer')
  })

  it('is found by name and role, and gets the number', async () => {
    const plan = await run(sadai('Budi Santoso,0813-1111-2222,Ketua Pengawas'))
    expect(plan).toMatchObject({ new: 0, changed: 1 })
    expect(await everybody()).toContain('Budi Santoso: 081311112222: anggota_pengawas+ketua_pengawas')
  })

  it('is not found by name in another role, or in another cooperative', async () => {
    expect(await run(sadai('Budi Santoso,,Bendahara'))).toMatchObject({ new: 1, changed: 0 })
    expect(
      await run(`${heading}\nSiti Aminah,0812-3456-7890,Ketua,,Tanjung Buntung,Bengkong,`),
    ).toMatchObject({ new: 1 })
    expect(await test.db.person.count()).toBe(4)
  })

  it('has a new number in place of the old one, and keeps a second one', async () => {
    await run(sadai('Siti Aminah,0819-9999-9999,Ketua'))
    expect(await everybody()).toContain('Siti Aminah: 081999999999: ketua')
    await run(sadai('Siti Aminah,0819-9999-9999,Ketua', 'Siti Aminah,0818-8888-8888,Ketua'))
    expect(await everybody()).toContain('Siti Aminah: 081888888888+081999999999: ketua')
    const plan = await run(sadai('Siti Aminah,0818-8888-8888,Ketua'))
    expect(plan).toMatchObject({ same: 1, changed: 0 })
    expect(await everybody()).toContain('Siti Aminah: 081888888888+081999999999: ketua')
  })

  it('leaves the chat of the old number to whoever has that next, and one of a number that others keep as it was', async () => {
    await run(
      sadai(
        'Siti Aminah,0812-3456-7890,Ketua',
        'Budi Santoso,0813-1111-2222,Bendahara',
        'Rotua,0813-1111-2222,Manajer',
      ),
    )
    for (const phone of ['+6281234567890', '+6281311112222'])
      await test.db.contact.create({
        data: { channel: 'telegram', chat: phone, phone, mustConfirmName: true },
      })
    await run(
      sadai(
        'Siti Aminah,0812-9999-8888,Ketua',
        'Azman,0812-3456-7890,Sekretaris',
        'Budi Santoso,0813-5555-6666,Bendahara',
      ),
    )
    expect(await test.db.contact.findMany({ orderBy: { phone: 'asc' } })).toMatchObject([
      { phone: '+6281234567890', threadFrom: now, mustConfirmName: true },
      { phone: '+6281311112222', threadFrom: null, mustConfirmName: true },
    ])
  })

  it('keeps the number that a file does not know', async () => {
    expect(await run(sadai('Siti Aminah,,Ketua'))).toMatchObject({ same: 1 })
    expect(await everybody()).toContain('Siti Aminah: 081234567890: ketua')
  })

  it('has another name when only that one stands in the file', async () => {
    const plan = await run(sadai('Rotua Sitorus,0812-3456-7890,Ketua'))
    expect(plan).toMatchObject({ new: 0, changed: 1 })
    expect(plan.changes).toMatchObject([{ what: 'name', from: 'Siti Aminah', to: 'Rotua Sitorus' }])
    expect(await everybody()).toEqual([
      'Budi Santoso: : anggota_pengawas',
      'Rotua Sitorus: 081234567890: ketua',
    ])
  })

  it('is a second one when both names stand in the file', async () => {
    const csv = sadai('Rotua Sitorus,0812-3456-7890,Bendahara', 'Siti Aminah,0812-3456-7890,Ketua')
    expect(await run(csv)).toMatchObject({ new: 1, same: 1 })
    expect(await everybody()).toEqual([
      'Budi Santoso: : anggota_pengawas',
      'Rotua Sitorus: 081234567890: bendahara',
      'Siti Aminah: 081234567890: ketua',
    ])
    expect(await run(csv)).toMatchObject({ new: 0, changed: 0, same: 2 })
  })

  it('is not mixed up by short names that differ in a letter', async () => {
    const csv = sadai('Sri Lestari,0815-5555-5555,Bendahara', 'Tri Lestari,0815-5555-5555,Sekretaris')
    expect(await run(csv)).toMatchObject({ new: 2 })
  })

  it('is the same with titles and short forms', async () => {
    await run(sadai('H. Muhammad Yusuf,0815-5555-5555,Manajer'))
    const plan = await run(sadai('"M. Yusuf, S.Pd.",0815-5555-5555,Manajer'))
    expect(plan).toMatchObject({ new: 0, changed: 1 })
  })

  it('may stand in the file twice with two offices or twice over', async () => {
    const csv = sadai(
      'Maria Tukan,0815-5555-5555,Bendahara',
      'Maria Tukan,0815-5555-5555,Manajer',
      'Maria Tukan,0815-5555-5555,Manajer',
    )
    expect(await run(csv)).toMatchObject({ rows: 3, new: 2, same: 1 })
    expect(await everybody()).toContain('Maria Tukan: 081555555555: bendahara+manajer')
    expect(await run(csv)).toMatchObject({ new: 0, same: 3 })
  })

  it('stays when the file does not name them, and comes back to an office that had ended', async () => {
    await test.db.position.updateMany({ where: { title: 'ketua' }, data: { until: later } })
    expect(await run(sadai('Siti Aminah,0812-3456-7890,Ketua'))).toMatchObject({
      new: 0,
      changed: 1,
      ended: 0,
    })
    expect(await everybody()).toContain('Siti Aminah: 081234567890: ketua+ketua')
    expect(await test.db.person.count()).toBe(2)
  })

  const later = parseInstant('2026-12-24T10:00') as Date
})

describe('the cooperative', () => {
  it('gets the name that the file gives it', async () => {
    await run(sadai('Siti Aminah,,Ketua'))
    const plan = await run(`${heading}\nSiti Aminah,,Ketua,Koperasi Sadai Jaya,Sadai,Bengkong,`)
    expect(plan.changes).toMatchObject([
      { what: 'cooperative', from: 'KKMP Sadai', to: 'Koperasi Sadai Jaya' },
    ])
    expect(plan).toMatchObject({ changed: 1 })
    expect(await run(`${heading}\nSiti Aminah,,Ketua,,Sadai,Bengkong,`)).toMatchObject({ same: 1 })
    expect(await test.db.cooperative.findMany()).toMatchObject([{ name: 'Koperasi Sadai Jaya' }])
  })
})

describe('two imports at once', () => {
  it('make nobody twice', async () => {
    const csv = sadai('Siti Aminah,0812-3456-7890,Ketua', 'Budi Santoso,,Bendahara')
    const plans = await Promise.all([run(csv), run(csv), run(csv)])
    expect(plans.map((plan) => plan.new).sort()).toEqual([0, 0, 2])
    expect(await test.db.person.count()).toBe(2)
  })
})
