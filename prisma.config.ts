import { defineConfig } from 'prisma/config'

// Neither `generate` nor this project's own migrations need Prisma's native schema engine, which the
// command line would otherwise try to download: any existing program stops it from doing so.
process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= process.execPath

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  ...(process.env['DATABASE_URL'] ? { datasource: { url: process.env['DATABASE_URL'] } } : {}),
})
