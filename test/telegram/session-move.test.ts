import { afterEach, beforeEach, expect, it } from 'vitest'
import { hour, inWib, inWords, later } from '../../src/time.ts'
import { eventually } from '../eventually.ts'
import { run } from '../process.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
let database: Stage['database']
let api: Stage['api']
let programme: Stage['programme']
let officer: Stage['officer']

beforeEach(async () => {
  stage = await openStage()
  ;({ database, api, programme, officer } = stage)
  await stage.start()
})

afterEach(async () => await stage.close())

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
