import { defineConfig } from 'vitest/config'

/** What `npm run check` runs of the tests: it needs no database. */
export default defineConfig({ test: { include: ['test/architecture.test.ts'] } })
