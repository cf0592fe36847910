import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cell, cellText } from '../../src/spreadsheets/read.ts'
import { writeXlsx } from '../../src/spreadsheets/write.ts'
import { readXlsx } from '../../src/spreadsheets/xlsx.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { importCommand } from './command.ts'
import { type MessyRoster, messyRoster } from './messy-roster.ts'

let test: TestDatabase
let folder: string
let roster: MessyRoster
beforeAll(async () => {
  test = await freshDatabase()
  folder = mkdtempSync(join(tmpdir(), 'bimtek-roster-'))
  roster = await messyRoster()
  writeFileSync(join(folder, 'roster.xlsx'), roster.xlsx)
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await test.drop()
})

const importRoster = (name: string, options = {}) =>
  importCommand(test.db, 'officers', join(folder, name), options)

describe('a roster of 640 as messy as they come', () => {
  it('goes in, and every fault is named where it stands', async () => {
    const errors = join(folder, 'errors.xlsx')
    const { status, json, stderr } = await importRoster('roster.xlsx', { json: true, errors })
    const faults = roster.planted.length
    expect(roster.rows).toBe(640)
    expect(json.bad.map(({ sheet, row, column }) => `${sheet} ${row} ${column}`)).toEqual(
      roster.planted.map(({ sheet, row, column }) => `${sheet} ${row} ${column}`),
    )
    expect(json).toMatchObject({ rows: 640, new: 640 - faults, changed: 0, same: 0, ended: 0 })
    expect({ status, stderr }).toEqual({ status: 1, stderr: `bimtek: ${faults} of 640 rows not imported\n` })
    const kelurahan = json.bad.filter(({ column }) => column === 'kelurahan')
    for (const { suggestions } of kelurahan) expect(suggestions).toHaveLength(2)
  })

  it('gives everybody their number, office and cooperative', async () => {
    const bad = roster.planted.length
    expect(await test.db.person.count()).toBe(640 - bad)
    expect(await test.db.cooperative.count()).toBe(64)
    expect(await test.db.cooperative.count({ where: { name: { startsWith: 'KKMP ' } } })).toBeGreaterThan(60)
    const without = await test.db.person.count({ where: { phones: { none: {} } } })
    expect(roster.withoutNumber - without).toBeLessThanOrEqual(bad)
    const phones = await test.db.personPhone.findMany()
    expect(phones.every(({ phone }) => /^\+62812\d{8}$|^\+62813\d{8}$/.test(phone))).toBe(true)
    expect(await test.db.person.count({ where: { name: { contains: 'JOSÉ' } } })).toBeGreaterThan(0)
    expect(await test.db.position.count({ where: { title: 'wakil_ketua_usaha' } })).toBeGreaterThan(55)
  })

  it('is the same the second time', async () => {
    const { json } = await importRoster('roster.xlsx', { json: true })
    expect(json).toMatchObject({ new: 0, changed: 0, same: 640 - roster.planted.length })
  })

  it('is corrected in the errors file, which then goes in, and again without a change', async () => {
    const [sheet] = await readXlsx(join(folder, 'errors.xlsx'))
    const [headings = [], ...rows] = sheet?.rows ?? []
    expect(headings).toEqual([
      ...['nama', 'no_hp', 'jabatan', 'koperasi', 'kelurahan', 'kecamatan', 'kabupaten'],
      ...['masalah', 'saran', 'asal'],
    ])
    expect(rows).toHaveLength(roster.planted.length)
    const mended = rows.map((cells, index) => {
      const { column, right } = roster.planted[index] ?? { column: 'nama', right: '' }
      return cells.with(headings.indexOf(column), right).map((cell) => String(cell ?? ''))
    })
    writeFileSync(
      join(folder, 'mended.xlsx'),
      await writeXlsx([{ name: 'officers', headings: headings.map(String), rows: mended }]),
    )
    const first = await importRoster('mended.xlsx', { json: true })
    expect(first.json).toMatchObject({ new: roster.planted.length, bad: [] })
    expect(first.status).toBe(0)
    const again = await importRoster('mended.xlsx', { json: true })
    expect(again.json).toMatchObject({ new: 0, changed: 0, same: roster.planted.length })
    expect(await test.db.person.count()).toBe(640)
  })

  it('names the same faults as CSV with semicolons in Windows-1252', async () => {
    await test.empty()
    const [sheet] = await readXlsx(roster.xlsx)
    const quoted = (cell: Cell) => `"${cellText(cell).replaceAll('"', '""')}"`
    const lines = (sheet?.rows ?? []).map((cells) => cells.map(quoted).join(';'))
    writeFileSync(join(folder, 'roster.csv'), Buffer.from(lines.join('\r\n'), 'latin1'))
    const { json } = await importRoster('roster.csv', { json: true })
    const planted = roster.planted.filter((each) => each.sheet === sheet?.name)
    expect(planted.length).toBeGreaterThan(0)
    expect(json.bad.map(({ row, column }) => `${row} ${column}`)).toEqual(
      planted.map(({ row, column }) => `${row} ${column}`),
    )
    expect(await test.db.person.count({ where: { name: { contains: 'José' } } })).toBeGreaterThan(0)
  })

  it('says on a terminal how far it is', async () => {
    const rows = Array.from(
      { length: 5_001 },
      (_, row) => `Siti ${'abcdefghij'[row % 10]}${row},,Ketua,Sadai`,
    )
    writeFileSync(join(folder, 'long.csv'), ['nama,no_hp,jabatan,kelurahan', ...rows].join('\n'))
    const { stderr } = await importRoster('long.csv', { dryRun: true, terminal: true })
    const clear = '\r\u001b[K'
    expect(stderr).toBe(`${clear}5,000 rows read …${clear}5,001 rows compared …${clear}`)
    const { stderr: written } = await importRoster('long.csv', { terminal: true })
    expect(written).toContain(`${clear}5,001 rows written …${clear}`)
  })
})
