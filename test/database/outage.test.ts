import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type EmbeddedServer, embeddedServer } from '../../src/database/embedded.ts'
import { listen } from '../../src/database/notify.ts'
import { eventually } from '../eventually.ts'

let dataDir: string
let server: EmbeddedServer
let warnings: number
const log = pino({ level: 'warn' }, { write: () => void warnings++ })

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'bimtek-outage-'))
  chmodSync(dataDir, 0o755)
  server = await embeddedServer(dataDir)
  warnings = 0
})

afterEach(async () => {
  await server.stop()
  rmSync(realpathSync(dataDir), { recursive: true, force: true })
})

async function once(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  await client.query(sql)
  await client.end()
}

describe('the listening connection', () => {
  it('comes back after an outage of the database, by one attempt at a time', async () => {
    const listener = await listen(server.url, log)
    const heard: string[] = []
    listener.on('outgoing', (payload) => heard.push(payload))
    await once(`SELECT pg_notify('bimtek_outgoing', 'before')`)
    await eventually(() => heard.includes('before'), 'heard before the outage')
    await server.stop()
    await sleep(6_000)
    // 0.2, 0.5, 1, 2 s: four attempts fit into six seconds; loops that beget loops make hundreds.
    expect(warnings).toBeLessThan(12)
    await server.bringBack(log)
    await eventually(async () => {
      await once(`SELECT pg_notify('bimtek_outgoing', 'after')`)
      return heard.includes('after')
    }, 'heard after the outage')
    await listener.close()
  })
})

describe('an embedded server that was killed', () => {
  it('is brought back on its port, so that its users find it again', async () => {
    const { port } = new URL(server.url)
    await server.stop()
    await server.bringBack(log)
    await once('SELECT 1')
    await server.stop()
    server = await embeddedServer(dataDir)
    expect(new URL(server.url).port).toBe(port)
  })
})
