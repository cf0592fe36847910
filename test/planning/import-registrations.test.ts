import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hour, later } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { makeProgramme } from '../programme.ts'
import { importCommand, now } from './command.ts'

const roster = `nama,no_hp,jabatan,kelurahan,kecamatan
"Siti Aminah, S.E.",0812-3456-7890,Ketua,Sadai,Bengkong
Budi Santoso,,Bendahara,Sadai,Bengkong
Rotua Sitorus,,Manajer,Sadai,Bengkong
Azman Ismail,0813-1111-2222,Ketua,Tanjung Buntung,Bengkong`
const heading = 'nama,no_hp,jabatan,koperasi,kelurahan,kelas'

let test: TestDatabase
let folder: string
beforeAll(async () => {
  test = await freshDatabase()
  folder = mkdtempSync(join(tmpdir(), 'bimtek-registrations-'))
})
beforeEach(async () => {
  await test.empty()
  await run(roster, {}, 'officers')
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await test.drop()
})

async function run(csv: string, options = {}, what: 'officers' | 'registrations' = 'registrations') {
  const path = join(folder, 'list.csv')
  writeFileSync(path, csv)
  return await importCommand(test.db, what, path, { json: true, ...options })
}

const list = (...rows: string[]) => [heading, ...rows].join('\n')

describe('names from letters', () => {
  it('are registered, with typing errors, and not twice', async () => {
    await makeProgramme(test.db, { code: 'G3-A', wave: 3, now })
    const csv = list(
      'Siti Aminnah,0812 3456 7890,,,,G3-A',
      'Budi Santoso,,bendahara,,Sadai,g3a',
      'Azman Ismail,,,Koperasi Kelurahan Merah Putih Tanjung Buntung,,G3-A',
    )
    expect((await run(csv, { dryRun: true })).json).toMatchObject({ rows: 3, new: 3 })
    expect(await test.db.registration.count()).toBe(0)
    const first = await run(csv)
    expect(first.json).toEqual({ rows: 3, new: 3, changed: 0, same: 0, ended: 0, bad: [] })
    expect(first.status).toBe(0)
    expect(await test.db.training.findFirst()).toMatchObject({ taken: 3 })
    expect(await test.db.reminder.count()).toBe(9)
    expect((await run(csv)).json).toMatchObject({ new: 0, same: 3 })
    expect(await test.db.registration.count()).toBe(3)
  })

  it('are refused by the rules of a registration, each with its reason', async () => {
    await makeProgramme(test.db, { code: 'G3-A', wave: 3, now, capacity: 1 })
    await makeProgramme(test.db, { code: 'G3-M', wave: 3, now })
    await test.db.training.update({ where: { code: 'G3-M' }, data: { roles: ['manajer'] } })
    const { json, status, stderr } = await run(
      list(
        'Siti Aminah,,,,Sadai,G3-A',
        'Budi Santoso,,,,Sadai,G3-A',
        'Budi Santoso,,,,Sadai,G3-M',
        'Siti Aminah,0812-3456-7890,,,,G3-M',
      ),
    )
    // One has the seat, the other waits for it.
    expect(json.new).toBe(2)
    expect(json.bad.map(({ row, column, problem }) => `${row} ${column} ${problem}`)).toEqual([
      '4 kelas Budi Santoso tidak bisa didaftarkan di G3-M: kelas ini bukan untuk jabatannya.',
      '5 kelas Siti Aminah, S.E. tidak bisa didaftarkan di G3-M: kelas ini bukan untuk jabatannya.',
    ])
    expect({ status, stderr }).toEqual({ status: 1, stderr: 'bimtek: 2 of 4 rows not imported\n' })
  })

  it('wait for a seat in a full class, once', async () => {
    await makeProgramme(test.db, { code: 'G3-A', wave: 3, now, capacity: 1 })
    const csv = list('Siti Aminah,,,,Sadai,G3-A', 'Budi Santoso,,,,Sadai,G3-A')
    const { stdout, status } = await run(csv, { json: false })
    expect(stdout).toContain(
      'On the waiting list, the class is full:\n  registrations row 3: Budi Santoso, G3-A\n',
    )
    expect(status).toBe(0)
    const states = await test.db.registration.findMany({ orderBy: { id: 'asc' } })
    expect(states).toMatchObject([{ state: 'confirmed' }, { state: 'waitlisted', waitingNumber: 1 }])
    expect(await test.db.training.findFirst()).toMatchObject({ taken: 1, offered: 0 })
    expect((await run(csv)).json).toMatchObject({ new: 0, same: 2 })
  })

  it('must be clear', async () => {
    await makeProgramme(test.db, { code: 'G3-A', wave: 3, now })
    const { json } = await run(
      list(
        'Siti Aminah,,,,,G3-A',
        'Siti Rahma,,,,Sadai,G3-A',
        'Siti Aminah,,,,Sadai,G3-B',
        'Siti Aminah,,,,Sadai,',
        ',,,,Sadai,G3-A',
        'Siti Aminah,123,,,Sadai,G3-A',
        'Siti Aminah,,Manajer,,Sadai,G3-A',
        'Siti Aminah,,,,Sadaay,G3-A',
        'Siti Aminah,,,Koperasi X,,G3-A',
      ),
    )
    expect(json).toMatchObject({ rows: 9, new: 0 })
    expect(json.bad.map(({ row, column }) => `${row} ${column}`)).toEqual([
      ...['2 kelurahan', '3 nama', '4 kelas', '5 kelas', '6 nama', '7 no_hp', '8 jabatan', '9 kelurahan'],
      '10 koperasi',
    ])
    expect(json.bad[1]?.suggestions).toContain('Siti Aminah, S.E.')
    expect(json.bad[2]?.suggestions).toEqual(['G3-A'])
  })

  it('go into a class that has begun only as late ones, until it is over, under all other rules', async () => {
    const { starts, ends } = await makeProgramme(test.db, { code: 'G3-A', wave: 3, now, capacity: 1 })
    const csv = list('Siti Aminah,,,,Sadai,G3-A', 'Budi Santoso,,,,Sadai,G3-A')
    const during = later(starts, hour)
    const why = async (options: object) => (await run(csv, options)).json.bad.map(({ problem }) => problem)
    expect(await why({ now: during })).toEqual([
      'Siti Aminah, S.E. tidak bisa didaftarkan di G3-A: pendaftaran gelombangnya sudah ditutup.',
      'Budi Santoso tidak bisa didaftarkan di G3-A: pendaftaran gelombangnya sudah ditutup.',
    ])
    expect(await why({ now: later(ends, 1), late: true })).toContain(
      'Siti Aminah, S.E. tidak bisa didaftarkan di G3-A: kelasnya sudah selesai.',
    )
    const early = later(now, -2 * hour)
    expect((await why({ now: early, late: true }))[0]).toContain('belum dibuka')
    const { json } = await run(csv, { now: during, late: true })
    expect(json.new).toBe(1)
    expect(json.bad.map(({ problem }) => problem)).toEqual([
      'Budi Santoso tidak bisa didaftarkan di G3-A: kelasnya sudah penuh.',
    ])
    expect(await test.db.registration.findMany()).toMatchObject([{ state: 'confirmed' }])
    expect(await test.db.reminder.count({ where: { state: 'planned' } })).toBe(0)
  })

  it('wait for a seat also after the wave has closed, if late and before it begins', async () => {
    const { starts } = await makeProgramme(test.db, { code: 'G3-A', wave: 3, now, capacity: 1 })
    await test.db.wave.updateMany({ data: { closes: later(now, hour) } })
    const csv = list('Siti Aminah,,,,Sadai,G3-A', 'Budi Santoso,,,,Sadai,G3-A')
    const { json } = await run(csv, { now: later(starts, -24 * hour), late: true })
    expect(json).toMatchObject({ new: 2, bad: [] })
    expect(await test.db.registration.count({ where: { state: 'waitlisted' } })).toBe(1)
  })

  it('are offered the same classes however the rows lie', async () => {
    for (const code of ['G3-A', 'G3-B', 'G3-D']) await makeProgramme(test.db, { code, wave: 3, now })
    const suggested = async () => (await run(list('Siti Aminah,,,,Sadai,G3-X'))).json.bad[0]?.suggestions
    expect(await suggested()).toEqual(['G3-A', 'G3-B'])
    await test.db.training.update({ where: { code: 'G3-A' }, data: { title: 'Lain' } })
    expect(await suggested()).toEqual(['G3-A', 'G3-B'])
  })

  it('are refused whole without the column of the class', async () => {
    const { stderr, status } = await run('nama,no_hp\nSiti,0812')
    expect(status).toBe(1)
    expect(stderr).toMatch(/there is no kelas\n$/)
  })
})
