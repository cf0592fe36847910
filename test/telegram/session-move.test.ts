import { afterEach, beforeEach, expect, it } from 'vitest'
import { hour, inWib, inWords, later } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { eventually } from '../eventually.ts'
import { type Child, run } from '../process.ts'
import { type MadeOfficer, type MadeProgramme, makeOfficers, makeProgramme } from '../programme.ts'
import { type BotApi, startBotApi } from './bot-api-server.ts'

const token = '4242:test-AAbbCCddEEffGGhhIIjj'

let database: TestDatabase
let api: BotApi
let programme: MadeProgramme
let officer: MadeOfficer
let service: Child

beforeEach(async () => {
  database = await freshDatabase()
  api = await startBotApi({ token })
  programme = await makeProgramme(database.db)
  const [made] = await makeOfficers(database.db, 1, { consented: true })
  if (!made) throw new Error('no officer')
  officer = made
  service = run('src/main.ts', ['start'], {
    ...{ DATABASE_URL: database.url, TELEGRAM_TOKEN: token, TELEGRAM_API_ROOT: api.root },
    ...{ PORT: '0', LOG_LEVEL: 'warn', QUIET_HOURS: 'off' },
  })
  await service.prints('Channels')
})

afterEach(async () => {
  service.kill('SIGKILL')
  await service.ended
  await api.close()
  await database.drop()
})

async function command(...args: string[]): Promise<string> {
  const child = run('src/main.ts', ['session', ...args], { DATABASE_URL: database.url, QUIET_HOURS: 'off' })
  expect(await child.ended, child.errors()).toBe(0)
  return child.output()
}

it('a session moved beside the running service reaches Telegram, and its button says who has read it', async () => {
  const person = api.user(91)
  person.shares(officer.phone, { own: true })
  await eventually(() => person.messages.length === 1, 'known')
  person.says(`daftar gelombang ${programme.wave}`)
  await eventually(() => person.messages.some(({ text }) => text.includes('Sudah benar?')), 'asked')
  person.says('ya')
  await eventually(() => person.messages.some(({ text }) => text.includes('REG-')), 'registered')

  const starts = inWib(later(programme.starts, 24 * hour)).startOf('minute')
  const moved = await command('move', programme.code, '--to', starts.toFormat("yyyy-MM-dd'T'HH:mm"), '--yes')
  expect(moved).toContain(`  ${officer.name}, ${officer.cooperative} (Telegram)`)
  const notice = () => person.messages.filter(({ text }) => text.includes('Jadwal berubah'))
  await eventually(() => notice().length > 0, 'the notice')
  expect(notice()[0]?.text).toContain(inWords(starts.toJSDate()).replace(' WIB', ''))
  await eventually(
    async () => (await command('status', programme.code)).includes('Sent and not read yet (1):'),
    'sent',
  )
  person.presses('Sudah baca')
  await eventually(() => person.messages.some(({ text }) => text.includes('kabar ini terbaca')), 'answered')
  expect(await command('status', programme.code)).toContain('1 of 1 person has read it.')
  expect(notice()).toHaveLength(1)
}, 90_000)
