import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { templateCommand } from '../../src/commands/template.ts'
import { later } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { importCommand } from '../planning/command.ts'
import { makeOfficers } from '../programme.ts'
import { at, complete, day, giveSeat, makeClass, starts } from './classes.ts'

const heading = 'nomor_pendaftaran,nama,kelas,sesi,hadir'
/** On the evening of the second day. */
const evening = later(starts, 1.5 * day)

let test: TestDatabase
let folder: string
beforeAll(async () => {
  test = await freshDatabase()
  folder = mkdtempSync(join(tmpdir(), 'bimtek-attendance-'))
})
beforeEach(() => test.empty())
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await test.drop()
})

async function run(rows: string[], options = {}, now = evening, head = heading) {
  const path = join(folder, 'list.csv')
  writeFileSync(path, [head, ...rows].join('\n'))
  return await importCommand(test.db, 'attendance', path, { json: true, now, ...options })
}

const ticks = () => test.db.attendance.count()

describe('attendance from paper', () => {
  it('is noted by number, or by name and class, once, and never taken back', async () => {
    const { registrations, officers, sessions } = await makeClass(test.db, {
      sessions: 2,
      officers: 4,
      code: 'G3-A',
    })
    const rows = [
      `${at(registrations, 0).number},${at(officers, 0).name},G3-A,1,ya`,
      `${at(registrations, 1).number.toLowerCase().replace('-', ' ')},,,Sesi 1,✓`,
      `,Bapak ${at(officers, 2).name},g3a,g3a/1,Hadir`,
      `${at(registrations, 3).number},,G3-A,1,tidak`,
      `${at(registrations, 0).number},,G3-A,2,`,
    ]
    expect((await run(rows, { dryRun: true })).json).toMatchObject({ rows: 5, new: 3, same: 2 })
    expect(await ticks()).toBe(0)
    const first = await run(rows)
    expect(first).toMatchObject({ status: 0, json: { rows: 5, new: 3, changed: 0, same: 2, bad: [] } })
    expect(await test.db.attendance.findMany({ orderBy: { registrationId: 'asc' } })).toMatchObject(
      [0, 1, 2].map((index) => ({
        registrationId: at(registrations, index).id,
        ...{ sessionId: at(sessions, 0).id, source: 'paper', at: evening },
      })),
    )
    expect(await test.db.auditEntry.findMany()).toMatchObject([
      { action: 'import.attendance', subject: 'list.csv', actor: 'command:test', details: { new: 3 } },
    ])
    const again = await run([...rows, `${at(registrations, 0).number},,,1,tidak`], {}, later(evening, day))
    expect(again.json).toMatchObject({ new: 0, same: 6, bad: [] })
    expect(await ticks()).toBe(3)
    expect(await test.db.auditEntry.count()).toBe(1)
  })

  it('changes an outcome that was set', async () => {
    const { code, registrations } = await makeClass(test.db, { sessions: 2, officers: 2 })
    const late = later(starts, 5 * day)
    await complete(test.db, code, late)
    const { number } = at(registrations, 0)
    await run([`${number},,,1,ya`], {}, late)
    const state = async () =>
      (await test.db.registration.findMany({ orderBy: { id: 'asc' } })).map((each) => each.state)
    expect(await state()).toEqual(['partial', 'absent'])
    await run([`${number},,,2,ya`], {}, late)
    expect(await state()).toEqual(['completed', 'absent'])
  })

  it('says of each row that cannot be right why, and what may be meant', async () => {
    const made = await makeClass(test.db, { sessions: 3, officers: 3, code: 'G3-A' })
    const other = await makeClass(test.db, { sessions: 1, officers: 1, code: 'G3-B' })
    await test.db.session.update({ where: { id: at(made.sessions, 1).id }, data: { cancelledAt: starts } })
    const [waiting] = await makeOfficers(test.db, 1)
    if (!waiting) throw new Error('nobody')
    await giveSeat(test.db, waiting, 'G3-A', 'waitlisted')
    const [one, two] = made.registrations
    const [first, second] = made.officers
    if (!one || !two || !first || !second) throw new Error('nobody')
    const { json, status, stderr } = await run([
      `REG-00000,,G3-A,1,ya`,
      `${one.number},${second.name},G3-A,1,ya`,
      `${one.number},,G3-B,1,ya`,
      `,${at(other.officers, 0).name},G3-A,1,ya`,
      `,${first.name},G3-C,1,ya`,
      `,${first.name},,1,ya`,
      `${one.number},,,9,ya`,
      `${one.number},,,,ya`,
      `${one.number},,,2,ya`,
      `${one.number},,,3,ya`,
      `${one.number},,,1,mungkin`,
      `,${waiting.name},G3-A,1,ya`,
      `${two.number},,,1,ya`,
      `${two.number},,,G3-B/1,ya`,
    ])
    expect(json.bad.map(({ row, column, problem }) => `${row} ${column}: ${problem}`)).toEqual([
      '2 nomor_pendaftaran: Tidak ada pendaftaran REG-00000.',
      `3 nama: ${one.number} atas nama ${first.name}.`,
      `4 kelas: ${one.number} terdaftar di G3-A, bukan di G3-B.`,
      '5 nama: Nama ini tidak terdaftar di G3-A. Daftarkan dulu (import registrations --late), atau periksa kelasnya.',
      '6 kelas: Tidak ada kelas G3-C.',
      '7 nomor_pendaftaran: Isi nomor_pendaftaran, atau nama dan kelas.',
      '8 sesi: Tidak ada sesi ini di G3-A.',
      '9 sesi: Sesi harus diisi.',
      '10 sesi: Sesi G3-A/2 dibatalkan.',
      '11 sesi: Sesi G3-A/3 belum dimulai: Rabu, 9 Desember 2026, pukul 08.00 WIB.',
      '12 hadir: Isi ya atau tidak.',
      `13 nama: ${waiting.name} tidak punya kursi di G3-A: masih di daftar tunggu.`,
      '15 sesi: Tidak ada sesi ini di G3-A.',
    ])
    expect(json.bad[1]?.suggestions).toEqual([two.number])
    expect(json.bad[4]?.suggestions).toEqual(['G3-A', 'G3-B'])
    expect(json.bad[6]?.suggestions).toEqual(['G3-A/1', 'G3-A/2', 'G3-A/3'])
    expect({ status, stderr }).toEqual({ status: 1, stderr: 'bimtek: 13 of 14 rows not imported\n' })
    expect(await ticks()).toBe(1)
  })

  it('asks for the number where a name is not one person’s', async () => {
    const { officers, registrations } = await makeClass(test.db, { sessions: 1, officers: 2, code: 'G3-A' })
    const name = 'Siti Aminah'
    for (const { personId } of officers)
      await test.db.person.update({ where: { id: personId }, data: { name } })
    const { json } = await run([`,${name},G3-A,1,ya`, `${at(registrations, 0).number},${name},G3-A,,ya`])
    expect(json).toMatchObject({ new: 1 })
    expect(json.bad).toMatchObject([
      { column: 'nama', suggestions: registrations.map(({ number }) => number) },
    ])
  })

  it('reads what people make of a list: a letterhead, "sda", signatures, other headings', async () => {
    const { registrations } = await makeClass(test.db, { sessions: 1, officers: 2, code: 'G3-A' })
    const [one, two] = registrations
    const { json } = await run(
      [
        'No Registrasi;Nama Peserta;Kode Kelas;Pertemuan ke;Kehadiran',
        `${one?.number};;G3-A;1;v`,
        `${two?.number};;sda;sda;v`,
        ';;;;',
        'Batam, 8 Desember 2026;;;;',
        'Kepala Bidang;;;;',
      ],
      {},
      evening,
      'DAFTAR HADIR BIMTEK;;;;',
    )
    expect(json).toMatchObject({ rows: 2, new: 2, bad: [] })
  })

  it('is refused whole without its columns, and from the template nothing is read', async () => {
    const { stderr, status } = await run(['x,y'], {}, evening, 'nama,kelas')
    expect({ status, stderr }).toMatchObject({ status: 1 })
    expect(stderr).toContain('there is no sesi, no hadir')
    const path = join(folder, 'template.xlsx')
    await templateCommand('attendance', path)
    const { json } = await importCommand(test.db, 'attendance', path, { json: true })
    expect(json).toMatchObject({ rows: 0, new: 0, bad: [] })
  })

  it('takes a wave of 640 in a few seconds', async () => {
    const { registrations, code } = await makeClass(test.db, { sessions: 1, officers: 40 })
    await test.db.$executeRaw`UPDATE training SET capacity = 700, taken = 640 WHERE code = ${code}`
    await test.db.$executeRaw`
      WITH p AS (
        INSERT INTO person (name) SELECT 'Peserta ' || n FROM generate_series(1, 600) n RETURNING id
      ), o AS (
        INSERT INTO position (person_id, cooperative_id, role, title)
        SELECT p.id, (SELECT min(id) FROM cooperative), 'pengurus', 'ketua' FROM p RETURNING id, person_id, cooperative_id
      )
      INSERT INTO registration (number, person_id, position_id, cooperative_id, role, title, training_code, track, state, updated_at)
      SELECT 'REG-X' || o.id, o.person_id, o.id, o.cooperative_id, 'pengurus', 'ketua', ${code}, 'organisation', 'confirmed', now() FROM o`
    const all = await test.db.registration.findMany({ select: { number: true } })
    expect([all.length, registrations.length]).toEqual([640, 40])
    const began = performance.now()
    const { json } = await run(all.map(({ number }) => `${number},,${code},1,ya`))
    expect(json).toMatchObject({ rows: 640, new: 640, bad: [] })
    expect(performance.now() - began).toBeLessThan(8_000)
    expect(await ticks()).toBe(640)
  })
})
