import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type EmbeddedServer, embeddedServer } from '../../src/database/embedded.ts'
import { run } from '../process.ts'

let home: string
let dataDir: string
const servers: EmbeddedServer[] = []

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'bimtek-embedded-'))
  chmodSync(home, 0o755)
  dataDir = join(home, 'data')
})

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop()
  const cluster = join(dataDir, 'postgres-18')
  if (existsSync(cluster)) {
    const real = realpathSync(cluster)
    rmSync(real.startsWith('/var/lib/bimtek/') ? dirname(real) : real, { recursive: true, force: true })
  }
  rmSync(home, { recursive: true, force: true })
})

async function open(): Promise<EmbeddedServer> {
  const server = await embeddedServer(dataDir)
  servers.push(server)
  return server
}

async function query<T>(url: string, sql: string): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(sql)).rows[0]
  } finally {
    await client.end()
  }
}

const postmaster = (): number =>
  Number(readFileSync(join(dataDir, 'postgres-18', 'postmaster.pid'), 'utf8').split('\n')[0])

describe('the embedded server', () => {
  it('starts on a new folder, as a role that is no superuser, with its password kept private', async () => {
    const server = await open()
    expect(server.started).toBe(true)
    expect(await query(server.url, 'SELECT current_setting($$is_superuser$$) AS super')).toEqual({
      super: 'off',
    })
    expect(await query(server.url, 'SHOW listen_addresses')).toEqual({ listen_addresses: '127.0.0.1' })
    const { mode } = statSync(join(dataDir, 'postgres-18', 'bimtek-password'))
    expect(mode & 0o777).toBe(0o600)
  })

  it('keeps its data over a stop', async () => {
    const first = await open()
    await query(first.url, 'CREATE TABLE kept AS SELECT 7 AS n')
    await first.stop()
    const second = await open()
    expect(second.started).toBe(true)
    expect(await query(second.url, 'SELECT n FROM kept')).toEqual({ n: 7 })
  })

  it('is found by a second process, which does not stop it while somebody is connected', async () => {
    const first = await open()
    const client = new pg.Client({ connectionString: first.url })
    await client.connect()
    const second = await open()
    expect(second.started).toBe(false)
    await second.stopIfUnused()
    expect(await query(second.url, 'SELECT 1 AS n')).toEqual({ n: 1 })
    await client.end()
    await second.stopIfUnused()
    await expect(query(second.url, 'SELECT 1')).rejects.toThrow()
  })

  it('outlives a killed process and is adopted', async () => {
    const child = run('test/database/open-and-wait.ts', [dataDir])
    await child.prints('open')
    child.kill('SIGKILL')
    await child.ended
    const pid = postmaster()
    const server = await open()
    expect(server.started).toBe(false)
    expect(postmaster()).toBe(pid)
  })

  it('starts again after the server itself was killed', async () => {
    const first = await open()
    await query(first.url, 'CREATE TABLE kept AS SELECT 7 AS n')
    process.kill(postmaster(), 'SIGKILL')
    const second = await open()
    expect(await query(second.url, 'SELECT n FROM kept')).toEqual({ n: 7 })
  })

  it('is not fooled by a lock file whose number another process has', async () => {
    const first = await open()
    await first.stop()
    writeFileSync(
      join(dataDir, 'postgres-18', 'postmaster.pid'),
      [process.pid, join(dataDir, 'postgres-18'), 0, 5432, '', '127.0.0.1', '', 'ready'].join('\n'),
    )
    const second = await open()
    expect(second.started).toBe(true)
  })

  it('is made once when several processes begin at the same moment', async () => {
    const opened = await Promise.all([open(), open(), open()])
    const ports = new Set(opened.map(({ url }) => new URL(url).port))
    expect(ports.size).toBe(1)
  })

  it.skipIf(process.getuid?.() !== 0)('works as root from a folder that nobody else can read', async () => {
    chmodSync(home, 0o700)
    mkdirSync(dataDir)
    const server = await open()
    expect(await query(server.url, 'SELECT 1 AS n')).toEqual({ n: 1 })
    expect(realpathSync(join(dataDir, 'postgres-18'))).toMatch(/^\/var\/lib\/bimtek\//)
  })

  it('says what is wrong with a folder that cannot be written', async () => {
    mkdirSync(home, { recursive: true })
    writeFileSync(dataDir, 'a file in the way')
    await expect(embeddedServer(dataDir)).rejects.toThrow(/DATA_DIR: cannot write to .*data.*set DATA_DIR/)
  })
})
