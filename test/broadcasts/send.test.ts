import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Service, startService } from '../../src/app.ts'
import { announceCommand } from '../../src/commands/announce.ts'
import { broadcastCommand, reportCommand } from '../../src/commands/broadcast.ts'
import { readConfig } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { makeProgramme } from '../programme.ts'
import { type BotApi, startBotApi } from '../telegram/bot-api-server.ts'
import { makeRoster, runCommand } from './roster.ts'

const token = '4242:test-AAbbCCddEEffGGhhIIjj'

let database: TestDatabase
let api: BotApi
let service: Service | undefined
let folder: string

beforeEach(async () => {
  database = await freshDatabase()
  api = await startBotApi({ token })
  folder = mkdtempSync(join(tmpdir(), 'bimtek-broadcast-'))
})
afterEach(async () => {
  await service?.stop()
  service = undefined
  await api.close()
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

async function start(): Promise<void> {
  service = await startService({
    config: readConfig({
      ...{ DATABASE_URL: database.url, TELEGRAM_API_ROOT: api.root, TELEGRAM_TOKEN: token },
      ...{ TELEGRAM_PER_SECOND: '1000', PORT: '0', QUIET_HOURS: 'off' },
    }),
    log: createLog('silent'),
    roles: ['telegram', 'worker'],
  })
}

function textFile(text: string): string {
  const path = join(folder, 'text.txt')
  writeFileSync(path, text)
  return path
}

describe('a broadcast', () => {
  it('reaches everybody with a chat once, by name, and its report says so', async () => {
    const { officers } = await makeRoster(database.db, 30, 12)
    const people = officers.slice(0, 12).map((_, index) => api.user(9001 + index))
    await start()
    const sent = await runCommand(database.db, (context) =>
      broadcastCommand(
        { textFile: textFile('Yth. {nama} dari {koperasi}, besok libur.'), audience: 'all', wait: true },
        context,
      ),
    )
    expect(sent.stderr).toBe('')
    expect(sent.status).toBe(0)
    for (const [index, person] of people.entries())
      expect(person.messages.map(({ text }) => text)).toEqual([
        `Yth. ${officers[index]?.name} dari ${officers[index]?.cooperative}, besok libur.`,
      ])
    const report = await runCommand(database.db, (context) => reportCommand('1', { json: true }, context))
    expect(JSON.parse(report.stdout)).toMatchObject({
      ...{ id: 1, state: 'done', persons: 30, reachable: 12, sent: 12, failed: 0, uncertain: 0, waiting: 0 },
      leftOut: { 'no-contact': 18 },
    })
  })

  it('is not begun by --wait when no process sends, and says so', async () => {
    await makeRoster(database.db, 2, 2)
    const { status, stderr } = await runCommand(database.db, (context) =>
      broadcastCommand({ textFile: textFile('Halo'), audience: 'all', wait: true }, context),
    )
    expect(status).toBe(1)
    expect(stderr).toContain('no process hosts telegram and is a worker')
    expect(await database.db.broadcast.count()).toBe(0)
  })
})

describe('the announcement of a wave', () => {
  it('goes to who may register, and its button begins the registration', async () => {
    const made = await makeProgramme(database.db)
    await makeRoster(database.db, 3, 1)
    const sari = api.user(9001)
    await start()
    const dry = await runCommand(database.db, (context) =>
      announceCommand(String(made.wave), { dryRun: true, json: true }, context),
    )
    expect(JSON.parse(dry.stdout)).toMatchObject({ persons: 3, reachable: 1, id: null })
    const sent = await runCommand(database.db, (context) =>
      announceCommand(String(made.wave), { wait: true }, context),
    )
    expect(sent.status).toBe(0)
    const [message] = sari.messages
    expect(message?.text).toContain(made.title)
    expect(message?.buttons.map(({ label }) => label)).toEqual([`DAFTAR ${made.code}`])
    sari.presses(`DAFTAR ${made.code}`)
    await sari.hears(/daftar/i)
  })
})
