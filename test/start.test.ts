import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from './eventually.ts'
import { type Child, run } from './process.ts'

let home: string
const running: Child[] = []

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'bimtek-start-'))
  chmodSync(home, 0o755)
})

afterEach(async () => {
  for (const child of running.splice(0)) {
    child.kill('SIGTERM')
    await child.ended
  }
})

afterAll(() => rmSync(home, { recursive: true, force: true }))

function start(environment: Record<string, string>, args = ['start']): Child {
  const child = run('src/main.ts', args, {
    DATA_DIR: join(home, 'data'),
    PORT: '0',
    LOG_LEVEL: 'error',
    ...environment,
  })
  running.push(child)
  return child
}

/** What a start that must fail says on standard error. */
async function fault(
  environment: Record<string, string>,
  args?: string[],
): Promise<{ code: unknown; line: string }> {
  const child = start(environment, args)
  const code = await child.ended
  const lines = child.errors().trim().split('\n')
  expect(lines, child.errors()).toHaveLength(1)
  return { code, line: lines[0] ?? '' }
}

describe('a start that cannot succeed says in one line how to mend it, and ends with 1', () => {
  it.each([
    ['PORT', '99999', 'PORT: must be a port number from 0 to 65535'],
    ['QUIET_HOURS', '25-6', 'QUIET_HOURS: must be like 21:00-06:00'],
    ['REMINDER_OFFSETS', 'P1D,soon', 'REMINDER_OFFSETS: must be ISO 8601 durations'],
    ['TELEGRAM_TOKEN', 'secret', 'TELEGRAM_TOKEN: must be a bot token'],
    ['TELEGRAM_PER_SECOND', '0', 'TELEGRAM_PER_SECOND: must be a number from 1 to 10000'],
    ['DATABASE_URL', 'mysql://x', 'DATABASE_URL: must be an address like postgresql://'],
    ['REDIS_URL', 'localhost', 'REDIS_URL: must be an address like redis://'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL: must be one of'],
  ])('%s=%s', async (name, value, wanted) => {
    const { code, line } = await fault({ [name]: value })
    expect(code).toBe(1)
    expect(line).toContain(wanted)
  })

  it('a database that does not answer, without its password', async () => {
    const { code, line } = await fault({ DATABASE_URL: 'postgresql://u:geheim@127.0.0.1:1/x' })
    expect(code).toBe(1)
    expect(line).toMatch(/DATABASE_URL: cannot use the database x on 127\.0\.0\.1:1 \(connection refused\)/)
    expect(line).not.toContain('geheim')
  })

  it('a Redis that does not answer', async () => {
    const { code, line } = await fault({ REDIS_URL: 'redis://:geheim@127.0.0.1:1' })
    expect(code).toBe(1)
    expect(line).toMatch(/REDIS_URL: cannot use Redis at 127\.0\.0\.1:1 \(connection refused\)/)
    expect(line).not.toContain('geheim')
  })

  it('a port in use', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const { port } = other.address() as AddressInfo
    const { code, line } = await fault({ PORT: String(port) })
    other.close()
    expect(code).toBe(1)
    expect(line).toContain(`PORT: ${port} on 127.0.0.1 is in use`)
  })

  it('a data folder that cannot be made', async () => {
    writeFileSync(join(home, 'file'), '')
    const { code, line } = await fault({ DATA_DIR: join(home, 'file', 'data') })
    expect(code).toBe(1)
    expect(line).toMatch(
      /DATA_DIR: cannot write to .*file\/data \(not a folder\).*set DATA_DIR to another folder/,
    )
  })

  it('a read-only file system', async () => {
    // /proc is one on every Linux, and Node's mkdir -p hides the reason on such.
    if (process.platform !== 'linux') return
    const { code, line } = await fault({ DATA_DIR: '/proc/bimtek/data' })
    expect(code).toBe(1)
    expect(line).toMatch(/DATA_DIR: cannot write to \/proc\/bimtek\/data/)
  })

  it('roles without a server, and roles that there are not, are wrong usage', async () => {
    expect(await fault({}, ['start', '--roles', 'web'])).toMatchObject({ code: 2 })
    expect(await fault({}, ['start', '--roles', 'cook'])).toMatchObject({ code: 2 })
  })
})

describe('a start on a fresh data folder', () => {
  it('prints what runs where and the address to click, is ready, and leaves nothing running after SIGTERM', async () => {
    const child = start({})
    await child.prints(/Talk to it: {2}http:\/\/127\.0\.0\.1:\d+\/simulator/)
    expect(child.output()).toContain('PostgreSQL, embedded')
    const [address = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(child.output()) ?? []
    const ready = await fetch(`${address}/readyz`)
    expect(ready.status).toBe(200)
    expect(await ready.json()).toMatchObject({
      ready: true,
      parts: { database: { ok: true }, queue: { ok: true } },
    })
    const lockFile = join(home, 'data', 'postgres-18', 'postmaster.pid')
    expect(existsSync(lockFile)).toBe(true)

    const second = await fault({})
    expect(second).toMatchObject({ code: 1 })
    expect(second.line).toContain('another service already runs on')
    expect(await fetch(`${address}/readyz`).then(({ status }) => status)).toBe(200)

    child.kill('SIGTERM')
    expect(await child.ended).toBe(0)
    expect(existsSync(lockFile)).toBe(false)
  })

  it('SIGINT stops it as well, and a killed one is taken over', async () => {
    const first = start({})
    await first.prints('Talk to it')
    first.kill('SIGKILL')
    await first.ended
    const second = start({})
    await second.prints('Talk to it')
    second.kill('SIGINT')
    expect(await second.ended).toBe(0)
  })

  it('brings its database back when that is killed', async () => {
    const child = start({})
    await child.prints('Talk to it')
    const [address = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(child.output()) ?? []
    const lockFile = join(home, 'data', 'postgres-18', 'postmaster.pid')
    process.kill(Number(readFileSync(lockFile, 'utf8').split('\n')[0]), 'SIGKILL')
    const ready = async () => (await fetch(`${address}/readyz`)).status
    await eventually(async () => (await ready()) === 503, 'not ready while it is gone')
    await eventually(async () => (await ready()) === 200, 'ready again')
    const officers = await fetch(`${address}/simulator/officers?q=ketua`)
    expect(((await officers.json()) as unknown[]).length).toBeGreaterThan(5)
  })
})
