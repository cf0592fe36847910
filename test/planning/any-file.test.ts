import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeXlsx } from '../../src/spreadsheets/write.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { importCommand } from './command.ts'

let test: TestDatabase
let folder: string
beforeAll(async () => {
  test = await freshDatabase()
  folder = mkdtempSync(join(tmpdir(), 'bimtek-any-'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await test.drop()
})

const kinds = ['officers', 'programme', 'registrations'] as const
const heading = 'nama,no_hp,jabatan,koperasi,kelurahan,kecamatan,kabupaten,kelas\n'
const text = fc.string({
  unit: fc.constantFrom('a', '1', '"', ',', ';', '\t', '\n', '\0', '\ud800', '=', 'é', ' '),
})

/** Bytes of all kinds: any, those of a roster with anything below, of a workbook, and JSON. */
const files = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  text.map((rows) => Buffer.from(heading + rows)),
  text.map((rows) => Buffer.from(heading + rows, 'utf16le')),
  fc.json().map((json) => Buffer.from(json)),
  fc
    .dictionary(
      fc.constantFrom('venues', 'waves', 'trainings', 'sessions'),
      fc.array(fc.anything({ maxDepth: 2 })),
    )
    .map((lists) =>
      Buffer.from(JSON.stringify(lists, (_, value) => (typeof value === 'bigint' ? null : value))),
    ),
)

it.each(kinds)('any file for %s is imported or refused in a line, and never crashes', async (what) => {
  const path = join(folder, what)
  await fc.assert(
    fc.asyncProperty(files, async (bytes) => {
      writeFileSync(path, bytes)
      const { status, stderr } = await importCommand(test.db, what, path)
      expect(stderr).toMatch(status === 0 ? /^$/ : /^bimtek: .+\n$/)
    }),
    { numRuns: 120 },
  )
})

it.each(kinds)('any cells in a workbook for %s are imported or refused in a line', async (what) => {
  const path = join(folder, `${what}.xlsx`)
  const cell = fc.oneof(
    text,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.date({ noInvalidDate: true }),
    fc.constant(null),
  )
  const named = { officers: heading, registrations: heading, programme: 'id,name,address,lat,lon' }[what]
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(cell, { maxLength: 8 }), { maxLength: 5 }), async (rows) => {
      const headings = named.trim().split(',')
      writeFileSync(path, await writeXlsx([{ name: 'venues', headings, rows }]))
      const { status, stderr } = await importCommand(test.db, what, path)
      expect(stderr).toMatch(status === 0 ? /^$/ : /^bimtek: .+\n$/)
    }),
    { numRuns: 60 },
  )
})
