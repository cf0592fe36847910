import { chmodSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { embeddedServer } from '../src/database/embedded.ts'
import { migrate } from '../src/database/migrate.ts'
import { databaseUrl } from './database.ts'

type Server = { adminUrl: string; stop(): Promise<void> }

/** One PostgreSQL for the whole run, with a migrated database from which each test's own is copied. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { BIMTEK_TEST_DATABASE_URL: given } = process.env
  const server = given ? { adminUrl: given, stop: async () => {} } : await ownServer()
  const template = `bimtek_template_${process.pid}`
  await asAdmin(server.adminUrl, [`CREATE DATABASE ${template}`])
  await migrate(databaseUrl(server.adminUrl, template))
  project.provide('adminUrl', server.adminUrl)
  project.provide('template', template)
  return async () => {
    if (given) await asAdmin(given, [`DROP DATABASE IF EXISTS ${template} WITH (FORCE)`])
    await server.stop()
  }
}

async function ownServer(): Promise<Server> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bimtek-test-'))
  // Root's server runs as another user, who must be able to reach it.
  chmodSync(dataDir, 0o755)
  const embedded = await embeddedServer(dataDir)
  const data = realpathSync(join(dataDir, 'postgres-18'))
  const url = new URL(databaseUrl(embedded.url, 'postgres'))
  url.username = 'postgres'
  url.password = readFileSync(join(data, 'bimtek-password'), 'utf8')
  // What a test writes need not survive a power cut.
  await asAdmin(url.href, [
    'ALTER SYSTEM SET fsync = off',
    'ALTER SYSTEM SET synchronous_commit = off',
    'ALTER SYSTEM SET full_page_writes = off',
    'SELECT pg_reload_conf()',
  ])
  return {
    adminUrl: url.href,
    stop: async () => {
      await embedded.stop()
      rmSync(data, { recursive: true, force: true })
      if (dirname(data) !== dataDir) rmSync(dirname(data), { recursive: true, force: true })
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function asAdmin(connectionString: string, statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}
