import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'
import { advisoryLocks } from './locks.ts'

// The part of the WebAssembly interface used here; TypeScript has it only among the browser's types.
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object
  Instance: new (module: object, imports: Record<string, unknown>) => { exports: unknown }
}

const root = fileURLToPath(new URL('../../', import.meta.url))
const migrationsFolder = join(root, 'prisma', 'migrations')
const schemaFile = join(root, 'prisma', 'schema.prisma')

/**
 * Prisma's schema engine as WebAssembly: the same that `prisma migrate` uses, without the native program that
 * its command line downloads. The generated glue expects a bundler, so the module is wired by hand.
 */
async function schemaEngine(pool: pg.Pool): Promise<SchemaEngine> {
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const wasm = createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    .replace(/\.js$/, '.wasm')
  const module = new WebAssembly.Module(readFileSync(wasm))
  const instance = new WebAssembly.Instance(module, { './schema_engine_bg.js': glue as never })
  glue.__wbg_set_wasm(instance.exports)
  ;(instance.exports as { __wbindgen_start?: () => void }).__wbindgen_start?.()
  return await glue.SchemaEngine.new(
    { datamodels: [[schemaFile, readFileSync(schemaFile, 'utf8')]] },
    () => {},
    bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool)),
  )
}

function migrationsList() {
  const names = readdirSync(migrationsFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
  return {
    baseDir: migrationsFolder,
    lockfile: {
      path: 'migration_lock.toml',
      content: readFileSync(join(migrationsFolder, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: names.map((path) => ({
      path,
      migrationFile: {
        path: 'migration.sql',
        content: {
          tag: 'ok' as const,
          value: readFileSync(join(migrationsFolder, path, 'migration.sql'), 'utf8'),
        },
      },
    })),
  }
}

export type MigrationState = {
  /** Of this version, not applied yet. */
  missing: string[]
  /** Begun and not finished, nor rolled back. */
  failed: string[]
  /** Applied by a newer version. */
  unknown: string[]
}

/** Which migrations are applied; changes nothing. */
export async function migrationState(client: Pick<pg.Client, 'query'>): Promise<MigrationState> {
  const ours = migrationsList().migrationDirectories.map(({ path }) => path)
  const table = await client.query(`SELECT to_regclass('_prisma_migrations') AS name`)
  if (table.rows[0].name === null) return { missing: ours, failed: [], unknown: [] }
  const { rows } = await client.query<{ name: string; finished: boolean }>(
    `SELECT migration_name AS name, finished_at IS NOT NULL AS finished FROM _prisma_migrations
     WHERE rolled_back_at IS NULL ORDER BY migration_name`,
  )
  const applied = new Set(rows.filter(({ finished }) => finished).map(({ name }) => name))
  return {
    missing: ours.filter((name) => !applied.has(name)),
    failed: rows.filter(({ finished }) => !finished).map(({ name }) => name),
    unknown: [...applied].filter((name) => !ours.includes(name)),
  }
}

/**
 * Applies what is missing of prisma/migrations, one process at a time; `prisma migrate deploy` finds the same
 * state. Returns the names of those applied now.
 */
export async function migrate(connectionString: string): Promise<string[]> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [advisoryLocks.migrate])
    // Nothing missing saves starting the engine.
    if ((await migrationState(client)).missing.length === 0) return []
    const pool = new pg.Pool({ connectionString, max: 2 })
    const engine = await schemaEngine(pool)
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: migrationsList(),
      filters: { externalTables: [], externalEnums: [] },
    })
    engine.free()
    await pool.end()
    return appliedMigrationNames
  } finally {
    await client.end()
  }
}

/** The SQL that leads from one Prisma schema to another (null: an empty database); it knows nothing of a CHECK. */
export async function schemaDifference(
  connectionString: string,
  from: string | null,
  to: string,
): Promise<string> {
  const pool = new pg.Pool({ connectionString, max: 2 })
  const engine = await schemaEngine(pool)
  const datamodel = (content: string) => ({
    tag: 'schemaDatamodel' as const,
    files: [{ path: schemaFile, content }],
  })
  const { stdout } = await engine.diff({
    from: from === null ? { tag: 'empty' } : datamodel(from),
    to: datamodel(to),
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  })
  await pool.end()
  return stdout ?? ''
}
