import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { transaction } from '../../src/database/client.ts'
import { planProgrammeImport } from '../../src/planning/import-programme.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await freshDatabase()
})

afterAll(() => database.drop())

it('the README’s programme is one that can be imported', async () => {
  const [, block = ''] = /```json\n([\s\S]*?)```/.exec(readFileSync('README.md', 'utf8')) ?? []
  const plan = await transaction(database.db, (tx) => planProgrammeImport(tx, JSON.parse(block), new Date()))
  expect(plan).toMatchObject({ bad: [], rows: 4, new: 4 })
})
