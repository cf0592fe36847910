import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { skipAllowed } from './skip.ts'

/** Whether a Redis server can be started here; says so when it cannot. */
export const redisFound = spawnSync('redis-server', ['--version']).status === 0
if (!redisFound) skipAllowed('redis-server is not installed: tests on Redis are skipped')

export type TestRedis = {
  url: string
  /** Loses all that it holds. */
  flush(): void
  /** Ends, is away for so many ms, and comes back empty at the same address. */
  restart(awayFor: number): Promise<void>
  stop(): Promise<void>
}

/** A Redis server of the test's own. */
export async function startRedis(): Promise<TestRedis> {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'bimtek-redis-'))
  const args = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--save',
    '',
    '--appendonly',
    'no',
  ]
  const cli = (...command: string[]) =>
    spawnSync('redis-cli', ['-p', String(port), ...command], { encoding: 'utf8' }).stdout?.trim()
  const begin = async (): Promise<ChildProcess> => {
    const child = spawn('redis-server', args, { stdio: 'ignore' })
    for (let attempt = 0; attempt < 100; attempt++) {
      if (cli('ping') === 'PONG') return child
      await sleep(50)
    }
    child.kill('SIGTERM')
    throw new Error('redis-server did not answer')
  }
  const end = async (child: ChildProcess): Promise<void> => {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await ended
  }
  let child = await begin()
  return {
    url: `redis://127.0.0.1:${port}`,
    flush: () => void cli('flushall'),
    restart: async (awayFor) => {
      await end(child)
      await sleep(awayFor)
      child = await begin()
    },
    stop: async () => {
      await end(child)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}
