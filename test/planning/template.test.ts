import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Template, templateCommand } from '../../src/commands/template.ts'
import { type Cell, cellText } from '../../src/spreadsheets/read.ts'
import { type WrittenSheet, writeXlsx } from '../../src/spreadsheets/write.ts'
import { readXlsx } from '../../src/spreadsheets/xlsx.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { importCommand } from './command.ts'

let test: TestDatabase
let folder: string
beforeAll(async () => {
  test = await freshDatabase()
  folder = mkdtempSync(join(tmpdir(), 'bimtek-template-'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await test.drop()
})

async function template(what: Template): Promise<string> {
  const path = join(folder, `${what}.xlsx`)
  await templateCommand(what, path)
  return path
}

/** The template with its examples filled in as real rows below them. */
async function filledIn(
  what: Template,
  change: (cells: Cell[]) => Cell[] = (cells) => cells,
): Promise<string> {
  const sheets = await readXlsx(await template(what))
  const filled = sheets.map(({ name, rows }): WrittenSheet => {
    const [headings = [], ...rest] = rows
    const examples = rest.filter((cells) => cellText(cells[0]).startsWith('(contoh)'))
    const real = examples.map((cells) => change(cells.with(0, cellText(cells[0]).replace('(contoh) ', ''))))
    const values = [...rest, ...real].map((cells) =>
      cells.map((cell) => (typeof cell === 'boolean' ? null : cell)),
    )
    return { name, headings: headings.map(cellText), rows: values }
  })
  const path = join(folder, `${what}-filled.xlsx`)
  writeFileSync(path, await writeXlsx(filled))
  return path
}

describe('a template', () => {
  it.each(['officers', 'programme', 'registrations', 'attendance'] as const)(
    'of %s has two examples marked as such, and allowed values',
    async (what) => {
      const sheets = await readXlsx(await template(what))
      expect(sheets.length).toBeGreaterThan(1)
      for (const { name, rows } of sheets) {
        const examples = rows.filter((cells) => cellText(cells[0]).startsWith('(contoh)'))
        expect(examples).toHaveLength(name === 'nilai' ? 0 : 2)
      }
    },
  )

  it.each(['officers', 'programme', 'registrations'] as const)(
    'of %s brings in nothing as it is',
    async (what) => {
      const { json, status } = await importCommand(test.db, what, await template(what), { json: true })
      expect({ json, status }).toMatchObject({ status: 0, json: { rows: 0, bad: [] } })
    },
  )

  it('filled in goes in without an error, one after the other', async () => {
    const officers = await importCommand(test.db, 'officers', await filledIn('officers'), { json: true })
    expect(officers).toMatchObject({ status: 0, json: { rows: 2, new: 2, bad: [] } })
    // The examples' window opens in December; these are to be registered now.
    const open = (cells: Cell[]) =>
      cells.map((cell) =>
        cell instanceof Date && cell.getUTCDate() === 1 ? new Date('2026-11-01T08:00Z') : cell,
      )
    const programme = await importCommand(test.db, 'programme', await filledIn('programme', open), {
      json: true,
    })
    expect(programme).toMatchObject({ status: 0, json: { rows: 8, new: 8, bad: [] } })
    const registrations = await importCommand(test.db, 'registrations', await filledIn('registrations'), {
      json: true,
    })
    expect(registrations).toMatchObject({ status: 0, json: { rows: 2, new: 2, bad: [] } })
  })

  it('of attendance has the columns agreed', async () => {
    const [sheet] = await readXlsx(await template('attendance'))
    expect(sheet?.rows[0]).toEqual(['nomor_pendaftaran', 'nama', 'kelas', 'sesi', 'hadir'])
  })

  it('that cannot be written says so', async () => {
    await expect(templateCommand('officers', join(folder, 'nowhere', 'x.xlsx'))).rejects.toThrow(
      /^cannot write .*ENOENT/,
    )
  })
})
