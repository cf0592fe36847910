/**
 * Writes the next migration: what leads from the last commit's schema.prisma to the one at hand.
 *
 *     npm run migration -- short-name
 *
 * CHECKs and partial unique keys are added to the file by hand.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { embeddedServer } from '../src/database/embedded.ts'
import { schemaDifference } from '../src/database/migrate.ts'

const [name, first] = process.argv.slice(2)
if (!name || !/^[a-z0-9-]+$/.test(name)) throw new Error('usage: npm run migration -- short-name [--first]')

const before =
  first === '--first'
    ? null
    : execFileSync('git', ['show', 'HEAD:prisma/schema.prisma'], { encoding: 'utf8' })
const server = await embeddedServer(join(tmpdir(), 'bimtek-migration'))
try {
  const sql = await schemaDifference(server.url, before, readFileSync('prisma/schema.prisma', 'utf8'))
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  const folder = join('prisma', 'migrations', `${stamp}_${name.replaceAll('-', '_')}`)
  mkdirSync(folder)
  writeFileSync(join(folder, 'migration.sql'), sql)
  process.stdout.write(`${folder}/migration.sql\n`)
} finally {
  await server.stop()
}
