import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Classifier } from '../../src/understanding/classify.ts'
import { loadClassifier } from '../../src/understanding/train.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { play } from './run.ts'

const folder = 'test/dialogues'
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.txt'))
  .map((entry) => join(entry.parentPath, entry.name))
  .sort()

let database: TestDatabase
let classifier: Classifier

beforeAll(async () => {
  database = await freshDatabase()
  classifier = loadClassifier()
})

beforeEach(() => database.empty())

afterAll(() => database.drop())

describe('transcripts', () => {
  it('are there', () => {
    expect(files.length).toBeGreaterThan(10)
  })

  it.each(files)('%s', async (file) => {
    await play(file, database.db, classifier)
  })
})
