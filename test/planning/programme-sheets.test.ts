import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { transaction } from '../../src/database/client.ts'
import { importProgramme, planProgrammeImport } from '../../src/planning/import-programme.ts'
import { type ProgrammeNotes, readProgramme } from '../../src/planning/programme-sheets.ts'
import { type WrittenCell, writeXlsx } from '../../src/spreadsheets/write.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { now, rules } from './command.ts'

const json = {
  venues: [
    { id: 'indobaru', name: 'Kampus Indobaru', address: 'Batam Center', lat: 1.13, lon: 104.05 },
    { id: '7', name: 'Aula', address: 'Jalan 1', lat: 0.9, lon: 104.1, directions: 'Naik pompong' },
  ],
  waves: [{ number: 3, title: 'Tiga', opens: '2026-11-20T08:00+07:00', closes: '2026-12-01T17:00+07:00' }],
  trainings: [
    {
      ...{ code: 'G3-A', wave: 3, title: 'Kelembagaan', track: 'organisation', zone: 'mainland' },
      ...{ areas: ['21.71'], roles: ['pengurus', 'pengawas'], capacity: 60, perCooperative: 2 },
      ...{ venue: 'indobaru', requirements: 'Surat tugas', allowance: '150000', travelLeadMinutes: 0 },
    },
    {
      ...{ code: 'G3-B', wave: 3, title: 'Usaha', track: 'business', zone: 'hinterland' },
      ...{ areas: ['21.71.05', '21.71.08'], roles: ['manajer'], capacity: 20, venue: '7' },
    },
  ],
  sessions: [
    {
      training: 'G3-A',
      id: '1',
      title: 'A',
      starts: '2026-12-05T08:00+07:00',
      ends: '2026-12-05T12:00+07:00',
    },
    {
      training: 'G3-A',
      id: '2',
      title: 'B',
      starts: '2026-12-05T13:00+07:00',
      ends: '2026-12-05T16:00+07:00',
    },
    {
      training: 'G3-B',
      id: '1',
      title: 'C',
      starts: '2026-12-12T09:30+07:00',
      ends: '2026-12-12T12:00+07:00',
    },
  ],
}
const at = (day: number, hour: number, minute = 0, month = 12) =>
  new Date(Date.UTC(2026, month - 1, day, hour, minute))

type Sheet = [name: string, headings: string[], ...rows: WrittenCell[][]]
/** The same programme as people keep it: letterheads, Indonesian headings in another order, dates of all kinds. */
const sheets: Sheet[] = [
  [
    'Tempat',
    ['Kode', 'Nama Tempat', 'Alamat', 'Lintang', 'Bujur', 'Petunjuk Jalan'],
    ['indobaru', 'Kampus Indobaru', 'Batam Center', 1.13, '104,05', ''],
    [7, 'Aula', 'Jalan 1', 0.9, 104.1, 'Naik pompong'],
  ],
  [
    'GELOMBANG',
    ['Nomor', 'Judul', 'Dibuka', 'Ditutup', 'Catatan'],
    ['3', 'Tiga', '20/11/2026 08.00', at(1, 17), 'sudah disetujui'],
  ],
  [
    'Kelas',
    [
      ...['Kode Kelas', 'Gelombang', 'Judul', 'Bidang', 'Wilayah', 'Kode Wilayah', 'Peserta', 'Kuota'],
      ...['Per Koperasi', 'Tempat', 'Syarat', 'Uang Transport', 'Waktu Perjalanan'],
    ],
    ['(contoh) G1-X', 3, 'x', 'x', 'x', 1, 'x', 1, 1, 'x', '', '', ''],
    [
      'g3-a',
      3,
      'Kelembagaan',
      'Kelembagaan',
      'Daratan',
      21.71,
      'Pengurus, Pengawas',
      '60',
      2,
      'indobaru',
      'Surat tugas',
      150000,
      0,
    ],
    ['', '', ''],
    ['G3-B', 3, 'Usaha', 'business', 'hinterland', '21.71.05; 21.71.08', 'manajer', 20, '', 7, '', '', ''],
  ],
  [
    'sesi',
    ['Kelas', 'Sesi', 'Materi', 'Mulai', 'Selesai', 'Narasumber'],
    ['G3-A', 1, 'A', at(5, 8), '2026-12-05 12:00', ''],
    ['G3-A', 2, 'B', 'Sabtu, 5 Desember 2026 pukul 13.00 WIB', '2026-12-05T16:00+07:00', ''],
    ['G3-B', '1', 'C', at(12, 9, 30), '12-12-2026 12:00', ''],
  ],
]

const xlsx = (given: Sheet[]) =>
  writeXlsx(
    given.map(([name, headings, ...rows]) => ({
      name,
      headings: ['PROGRAM BIMTEK'],
      rows: [[''], headings, ...rows],
    })),
  )

let test: TestDatabase
beforeAll(async () => {
  test = await freshDatabase()
})
beforeEach(() => test.empty())
afterAll(() => test.drop())

const run = async (bytes: Uint8Array) => {
  const notes: ProgrammeNotes = { skippedSheets: [] }
  const file = await readProgramme(bytes, notes)
  return await transaction(test.db, async (tx) => {
    const plan = await planProgrammeImport(tx, file, now, notes.names)
    await importProgramme(tx, plan, { notify: false, now, rules })
    return plan
  })
}

async function stored() {
  const { db } = test
  const sessions = await db.session.findMany({ orderBy: { id: 'asc' }, omit: { id: true } })
  return JSON.stringify([
    await db.venue.findMany(),
    await db.wave.findMany(),
    await db.training.findMany(),
    sessions,
  ])
}

describe('a programme as a workbook', () => {
  it('gives exactly what its JSON gives', async () => {
    const fromJson = await run(Buffer.from(JSON.stringify(json)))
    expect(fromJson).toMatchObject({ rows: 8, new: 8, bad: [] })
    const before = await stored()
    const again = await run(await xlsx(sheets))
    expect(again).toMatchObject({ rows: 8, new: 0, changed: 0, same: 8, bad: [] })
    await test.empty()
    expect(await run(await xlsx(sheets))).toMatchObject({ rows: 8, new: 8, bad: [] })
    expect(await stored()).toBe(before)
  })

  it('names bad rows as the sheet counts them', async () => {
    const [places, waves, trainings, sessions] = sheets as [Sheet, Sheet, Sheet, Sheet]
    const wrong = trainings.map((row, index) =>
      index === 5 ? (row as WrittenCell[]).with(3, 'masak') : row,
    ) as Sheet
    const plan = await run(await xlsx([places, waves, wrong, sessions]))
    expect(plan.bad.map(({ sheet, row, column }) => `${sheet} ${row} ${column}`)).toEqual([
      'Kelas 7 Bidang',
      'sesi 6 Kelas',
    ])
    expect(plan.bad[1]?.problem).toBe('Bergantung pada Kelas baris 7, yang salah.')
    expect(plan).toMatchObject({ rows: 8, new: 6 })
  })

  it('may hold some of the lists only', async () => {
    await run(Buffer.from(JSON.stringify(json)))
    const [places] = sheets as [Sheet]
    expect(await run(await xlsx([places]))).toMatchObject({ rows: 2, same: 2, bad: [] })
  })

  it('is refused when no sheet is one of its lists', async () => {
    await expect(readProgramme(await xlsx([['Sheet1', ['a', 'b'], ['1', '2']]]))).rejects.toThrow(
      'no sheet is named venues, waves, trainings, sessions',
    )
  })

  it('is not read in part without a word', async () => {
    const [places] = sheets as [Sheet]
    const headless: Sheet = ['sesi', ['Hari', 'Jam'], ['Senin', '8']]
    await expect(readProgramme(await xlsx([places, headless]))).rejects.toThrow(
      'the sheet sesi has no heading',
    )
    const notes = { skippedSheets: [] }
    await readProgramme(
      await xlsx([places, ['Sesi 1', ['Kelas', 'Sesi', 'Mulai'], ['G3-A', '1', 'x']]]),
      notes,
    )
    expect(notes.skippedSheets).toEqual(['Sesi 1'])
  })
})
