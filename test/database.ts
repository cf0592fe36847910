import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { createClient, type Database } from '../src/database/client.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the run's one server, as superuser; see global-setup.ts. */
    adminUrl: string
    /** A migrated, empty database. */
    template: string
  }
}

export type TestDatabase = {
  url: string
  db: Database
  pool: pg.Pool
  /** Deletes all rows: quicker than another database. */
  empty(): Promise<void>
  /** Closes the connections and drops the database. */
  drop(): Promise<void>
}

/** The same server's connection string for another database. */
export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

/** A migrated, empty database of the caller's own on the run's server. */
export async function freshDatabase(): Promise<TestDatabase> {
  const name = `bimtek_test_${randomBytes(6).toString('hex')}`
  await asAdmin(`CREATE DATABASE ${name} TEMPLATE ${inject('template')}`)
  const url = databaseUrl(inject('adminUrl'), name)
  const pool = new pg.Pool({ connectionString: url, max: 8 })
  pool.on('error', () => {})
  const db = createClient(pool)
  return {
    url,
    db,
    pool,
    empty: async () => {
      const { rows } = await pool.query(
        `SELECT string_agg(format('%I', tablename), ', ') AS tables FROM pg_tables
         WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`,
      )
      await pool.query(`TRUNCATE ${rows[0].tables} RESTART IDENTITY CASCADE`)
    },
    drop: async () => {
      await db.$disconnect()
      await pool.end()
      await asAdmin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    },
  }
}

async function asAdmin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('adminUrl') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
