import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { templateSheets } from '../../src/commands/template.ts'
import { loadSample } from '../../src/sample.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { importCommand } from '../planning/command.ts'
import { makeProgramme } from '../programme.ts'
import { exported, now, records } from './export.ts'

let test: TestDatabase
let folder: string
beforeAll(async () => {
  test = await freshDatabase()
  folder = mkdtempSync(join(tmpdir(), 'bimtek-programme-'))
})
beforeEach(() => test.empty())
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await test.drop()
})

async function stored(): Promise<string> {
  const { db } = test
  return JSON.stringify([
    await db.venue.findMany({ orderBy: { id: 'asc' }, omit: { sample: true } }),
    await db.wave.findMany({ orderBy: { number: 'asc' }, omit: { sample: true } }),
    await db.training.findMany({ orderBy: { code: 'asc' }, omit: { sample: true, taken: true } }),
    await db.session.findMany({ orderBy: [{ trainingCode: 'asc' }, { key: 'asc' }], omit: { id: true } }),
  ])
}

const importAgain = async (path: string) => {
  const { status, json } = await importCommand(test.db, 'programme', path, { json: true, yes: true })
  return { status, ...json }
}

/** Values on which a spreadsheet likes to stumble. */
async function makeAwkward(): Promise<void> {
  const { code } = await makeProgramme(test.db, { now, wave: 3, code: '2026-12' })
  const { venueId } = await test.db.training.update({
    where: { code },
    data: {
      ...{
        title: '=1+1',
        requirements: 'Surat tugas\r\nFotokopi KTP; <laptop> & "batik"',
        allowance: '150000',
      },
      ...{ areas: ['21.02', '21.71.05', '21.71.09.1003'], perCooperative: 3, travelLeadMinutes: 90 },
      roles: ['pengurus', 'manajer'],
    },
  })
  await test.db.venue.update({
    where: { id: venueId },
    data: { lat: -0.1234567890123, lon: 104, directions: '', name: '-5 Aula' },
  })
  await test.db.wave.update({
    where: { number: 3 },
    data: { opens: new Date('2026-11-19T17:00:00Z'), closes: new Date('2026-12-01T16:59:59.999Z') },
  })
  await test.db.session.updateMany({ data: { key: '007', speaker: '' } })
}

describe('the programme exported', () => {
  it('has the sheets and headings of the template', async () => {
    await makeProgramme(test.db, { now })
    const { sheets } = await exported(test.db, 'programme', folder)
    const lists = templateSheets('programme').filter(({ name }) => name !== 'nilai')
    expect(sheets.map(({ name, rows }) => ({ name, headings: rows[0] }))).toEqual(
      lists.map(({ name, headings }) => ({ name, headings })),
    )
  })

  it('and brought in again changes nothing, whatever it holds', async () => {
    await makeProgramme(test.db, { now, wave: 4, code: 'G4-A' })
    await makeAwkward()
    const before = await stored()
    const { path } = await exported(test.db, 'programme', folder)
    expect(await importAgain(path)).toMatchObject({
      status: 0,
      rows: 8,
      new: 0,
      changed: 0,
      same: 8,
      bad: [],
    })
    expect(await stored()).toBe(before)
  })

  it('makes the same programme elsewhere', async () => {
    await makeAwkward()
    const before = await stored()
    const { path } = await exported(test.db, 'programme', folder)
    await test.empty()
    expect(await importAgain(path)).toMatchObject({ status: 0, new: 4, bad: [] })
    expect(await stored()).toBe(before)
  })

  it('leaves a cancelled session out: it stays cancelled here, and is not held elsewhere', async () => {
    const { code } = await makeProgramme(test.db, { now })
    const kept = await test.db.session.findFirstOrThrow()
    await test.db.session.create({
      data: {
        ...{ trainingCode: code, key: '2', title: 'Batal', starts: kept.starts, ends: kept.ends },
        cancelledAt: now,
      },
    })
    const before = await stored()
    const { path, sheets } = await exported(test.db, 'programme', folder)
    expect(records(sheets[3]).map(({ id }) => id)).toEqual(['1'])
    expect(await importAgain(path)).toMatchObject({ status: 0, changed: 0, new: 0, bad: [] })
    expect(await stored()).toBe(before)
    await test.empty()
    await importAgain(path)
    expect(await test.db.session.count()).toBe(1)
  })

  it('of one wave holds its classes, their sessions and places only', async () => {
    await makeProgramme(test.db, { now, wave: 3, code: 'G3-A' })
    await makeProgramme(test.db, { now, wave: 4, code: 'G4-A' })
    const { sheets } = await exported(test.db, 'programme', folder, { wave: '4' })
    const first = sheets.map((sheet) => records(sheet).map((row) => Object.values(row)[0]))
    expect(first).toEqual([['v-g4-a'], [4], ['G4-A'], ['G4-A']])
  })

  it('of the sample becomes a real one when it is brought in', async () => {
    await loadSample(test.db, now)
    const before = await stored()
    const { path } = await exported(test.db, 'programme', folder)
    const again = await importAgain(path)
    expect(again).toMatchObject({ status: 0, changed: 0, same: 0, bad: [] })
    expect(await stored()).toBe(before)
  })
})
