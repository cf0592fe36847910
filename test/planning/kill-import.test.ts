import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { allAreas } from '../../src/areas.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { eventually } from '../eventually.ts'
import { run } from '../process.ts'

const rows = 20_000

let test: TestDatabase
let folder: string
beforeAll(async () => {
  test = await freshDatabase()
  folder = mkdtempSync(join(tmpdir(), 'bimtek-kill-'))
  const codes = allAreas().filter(({ level }) => level === 'kelurahan')
  const lines = Array.from({ length: rows }, (_, row) => {
    const name = [...String(row)].map((digit) => 'abcdefghij'[Number(digit)]).join('')
    return `Siti ${name} Aminah ${name},0812${10_000_000 + row},Ketua,${codes[row % codes.length]?.code}`
  })
  writeFileSync(join(folder, 'roster.csv'), ['nama,no_hp,jabatan,kelurahan', ...lines].join('\n'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await test.drop()
})

const importing = () =>
  run('src/main.ts', ['import', 'officers', join(folder, 'roster.csv'), '--json'], { DATABASE_URL: test.url })

/** Whether a transaction has written to this table, whatever of it is committed. */
async function writing(table: string): Promise<boolean> {
  const { rows: locks } = await test.pool.query(
    `SELECT 1 FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
     WHERE c.relname = $1 AND l.mode = 'RowExclusiveLock' AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [table],
  )
  return locks.length > 0
}

async function waitUntil(what: () => Promise<boolean>): Promise<void> {
  for (const started = Date.now(); !(await what()); await sleep(5))
    if (Date.now() - started > 50_000) throw new Error('it did not come to that')
}

it('leaves nothing of an import that was killed midway, and all of the next one', async () => {
  for (const table of ['cooperative', 'position']) {
    const child = importing()
    await waitUntil(() => writing(table))
    child.kill('SIGKILL')
    expect(await child.ended).toBe('SIGKILL')
    await eventually(async () => !(await writing(table)), 'the killed one’s rollback')
    expect(await test.db.person.count()).toBe(0)
    expect(await test.db.cooperative.count()).toBe(0)
  }
  const child = importing()
  expect(await child.ended).toBe(0)
  expect(JSON.parse(child.output())).toMatchObject({ rows, new: rows, bad: [] })
  expect(await test.db.person.count()).toBe(rows)
}, 120_000)
