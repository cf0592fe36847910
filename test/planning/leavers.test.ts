import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { transaction } from '../../src/database/client.ts'
import { register } from '../../src/registration/register.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { makeProgramme } from '../programme.ts'
import { importCommand, now, rules } from './command.ts'

const heading = 'nama,no_hp,jabatan,kelurahan,kecamatan'
const sadai = (...rows: string[]) => [heading, ...rows.map((row) => `${row},Sadai,Bengkong`)].join('\n')
const everybody = ['Siti Aminah,0812-3456-7890,Ketua', 'Budi Santoso,,Bendahara', 'Rotua Sitorus,,Manajer']

let test: TestDatabase
let folder: string
beforeAll(async () => {
  test = await freshDatabase()
  folder = mkdtempSync(join(tmpdir(), 'bimtek-leavers-'))
})
beforeEach(async () => {
  await test.empty()
  await run(sadai(...everybody))
  await run(`${heading}\nAzman Ismail,,Ketua,Tanjung Buntung,Bengkong`)
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await test.drop()
})

async function run(csv: string, options = {}) {
  const path = join(folder, 'roster.csv')
  writeFileSync(path, csv)
  return await importCommand(test.db, 'officers', path, { json: true, ...options })
}

async function registered(name: string): Promise<string> {
  const { code } = await makeProgramme(test.db, { now })
  const position = await test.db.position.findFirstOrThrow({
    where: { person: { name } },
    include: { cooperative: true },
  })
  const officer = { personId: position.personId, position }
  const result = await transaction(test.db, (tx) => register(tx, officer, code, rules, now))
  expect(result).toHaveProperty('registered')
  return code
}

const ended = async () =>
  (await test.db.position.findMany({ where: { until: { not: null } }, include: { person: true } })).map(
    ({ person, title }) => `${person.name} ${title}`,
  )

describe('who is absent', () => {
  it('stays without --leavers', async () => {
    expect((await run(sadai(everybody[0] ?? ''))).json).toMatchObject({ same: 1, ended: 0 })
    expect(await ended()).toEqual([])
  })

  it('is shown in the dry run, with what is cancelled', async () => {
    const code = await registered('Budi Santoso')
    const options = { leavers: true, dryRun: true, json: false }
    const { stdout } = await run(sadai(everybody[0] ?? ''), options)
    expect(stdout).toContain('0 new, 0 changed, 1 same, 2 ended')
    expect(stdout).toContain(
      `Budi Santoso, bendahara, Koperasi Kelurahan Merah Putih Sadai; registration cancelled: ${code}`,
    )
    expect(await ended()).toEqual([])
  })

  it('leaves the office, and their seat falls free; other cooperatives are not touched', async () => {
    const code = await registered('Budi Santoso')
    expect((await run(sadai(everybody[0] ?? ''), { leavers: true })).json).toMatchObject({ ended: 2 })
    expect((await ended()).toSorted()).toEqual(['Budi Santoso bendahara', 'Rotua Sitorus manajer'])
    expect(await test.db.registration.findFirst()).toMatchObject({ state: 'cancelled' })
    expect(await test.db.training.findUnique({ where: { code } })).toMatchObject({ taken: 0 })
    expect(await test.db.reminder.count({ where: { state: 'planned' } })).toBe(0)
    expect((await run(sadai(everybody[0] ?? ''), { leavers: true })).json).toMatchObject({
      same: 1,
      ended: 0,
    })
  })

  it('keeps the seat when another office of the same role takes its place', async () => {
    const code = await registered('Budi Santoso')
    const { json } = await run(sadai('Budi Santoso,,Sekretaris'), { leavers: true })
    expect(json).toMatchObject({ changed: 1, ended: 3 })
    expect(await test.db.registration.findFirst()).toMatchObject({ state: 'confirmed', title: 'sekretaris' })
    expect(await test.db.training.findUnique({ where: { code } })).toMatchObject({ taken: 1 })
  })

  it('is not who stands in a bad row', async () => {
    const csv = sadai(everybody[0] ?? '', 'Budi Santosa,,Bos', ',,Manajer')
    expect((await run(csv, { leavers: true })).json).toMatchObject({ ended: 1 })
    expect(await ended()).toEqual(['Rotua Sitorus manajer'])
  })
})
