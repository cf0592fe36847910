import pg from 'pg'
import type { Logger } from '../log.ts'
import { second } from '../time.ts'
import { createClient, type Database } from './client.ts'
import { type EmbeddedServer, embeddedServer } from './embedded.ts'
import { migrate } from './migrate.ts'

/** The database cannot be used; the message says how to mend it. */
export class DatabaseError extends Error {}

/** Connections of one process for its own queries. */
const poolSize = 12

export type OpenDatabase = {
  url: string
  db: Database
  pool: pg.Pool
  /** Set when the data lies under DATA_DIR. */
  embedded: EmbeddedServer | undefined
  /** Closes the connections; the embedded server goes on. */
  close(): Promise<void>
}

/** Opens DATABASE_URL, or the embedded server on `dataDir`, with all migrations applied unless `as` it is. */
export async function openDatabase(
  settings: { databaseUrl: string | undefined; dataDir: string },
  log: Logger,
  as: 'migrated' | 'it is' = 'migrated',
): Promise<OpenDatabase> {
  const embedded = settings.databaseUrl ? undefined : await embeddedServer(settings.dataDir)
  const url = settings.databaseUrl ?? embedded?.url ?? ''
  if (!embedded) await checkReachable(url)
  const applied = as === 'migrated' ? await migrate(url) : []
  if (applied.length > 0) log.info({ applied }, 'migrations applied')
  const pool = new pg.Pool({ connectionString: url, max: poolSize, application_name: 'bimtek' })
  pool.on('error', (error) => log.warn({ error: error.message }, 'database connection'))
  const db = createClient(pool)
  return {
    url,
    db,
    pool,
    embedded,
    close: async () => {
      await db.$disconnect()
      await pool.end()
    },
  }
}

async function checkReachable(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5 * second })
  client.on('error', () => {})
  const { host, pathname } = new URL(url)
  try {
    await client.connect()
  } catch (error) {
    throw new DatabaseError(
      `DATABASE_URL: cannot use the database ${pathname.slice(1)} on ${host} (${plainReason(error)}). Start the server, or correct the address, user or password.`,
    )
  } finally {
    await client.end().catch(() => {})
  }
}

function plainReason(error: unknown): string {
  const { code, message, errors } = error as { code?: string; message: string; errors?: Error[] }
  if (code === 'ECONNREFUSED') return 'connection refused'
  if (code === 'ENOTFOUND') return 'no such host'
  return message || (errors?.[0]?.message ?? code ?? 'unknown error')
}
