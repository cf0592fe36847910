import { afterEach, beforeEach, expect, it } from 'vitest'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { eventually } from '../eventually.ts'
import { type Child, run } from '../process.ts'
import { type MadeOfficer, type MadeProgramme, makeOfficers, makeProgramme } from '../programme.ts'
import { type BotApi, type Person, startBotApi } from './bot-api-server.ts'
import { token } from './service.ts'

let database: TestDatabase
let api: BotApi
let programme: MadeProgramme
let officer: MadeOfficer
let running: Child[]

beforeEach(async () => {
  database = await freshDatabase()
  api = await startBotApi({ token })
  programme = await makeProgramme(database.db)
  const [made] = await makeOfficers(database.db, 1, { consented: true })
  if (!made) throw new Error('no officer')
  officer = made
  running = []
  await start()
})

afterEach(async () => {
  for (const child of running) child.kill('SIGKILL')
  await Promise.all(running.map(({ ended }) => ended))
  await api.close()
  await database.drop()
})

async function start(): Promise<Child> {
  const service = run('src/main.ts', ['start'], {
    ...{ DATABASE_URL: database.url, TELEGRAM_TOKEN: token, TELEGRAM_API_ROOT: api.root },
    ...{ PORT: '0', LOG_LEVEL: 'warn', QUIET_HOURS: 'off' },
  })
  running.push(service)
  await service.prints('Channels')
  return service
}

async function registers(): Promise<Person> {
  const person = api.user(91)
  person.shares(officer.phone, { own: true })
  await eventually(() => person.messages.length === 1, 'known')
  person.says(`daftar ${programme.code}`)
  await person.hears(/Sudah benar\?/)
  person.says('ya')
  return person
}

const kinds = (person: Person) =>
  person.messages.flatMap(({ text, venue, document }) =>
    document ? [`file ${document.name}`] : venue ? ['place'] : text.includes('REG-') ? ['words'] : [],
  )
const all = ['words', 'place', `file bimtek-`]

it('the calendar of the class follows the words of the confirmation', async () => {
  const person = await registers()
  await eventually(() => kinds(person).length === 3, 'all')
  expect(kinds(person)).toEqual(all.map((kind) => expect.stringContaining(kind)))
  const file = person.messages.at(-1)
  expect(file?.text).toContain(programme.code)
  const silent = api.calls.filter(({ params }) => params.disable_notification).map(({ method }) => method)
  expect(silent).toEqual(['sendDocument'])
  const says = file?.document?.content.toString() ?? ''
  expect(says).toMatch(/^BEGIN:VCALENDAR\r\n/)
  const starts = programme.starts.toISOString().replace(/[-:]|\.\d+/g, '')
  expect(says).toContain(`DTSTART:${starts}\r\n`)
})

it('a calendar that fails comes later, and the words before it once', async () => {
  api.faults.next('sendDocument', { status: 429, retryAfter: 1 })
  api.faults.next('sendDocument', { status: 500 })
  const person = await registers()
  await eventually(() => kinds(person).length === 3, 'all', 20_000)
  expect(kinds(person)).toEqual(all.map((kind) => expect.stringContaining(kind)))
})

it('killed between the words and the calendar: the calendar comes, and the words once', async () => {
  api.faults.next('sendDocument', 'hang')
  const person = await registers()
  const asked = () => api.calls.filter(({ method }) => method === 'sendDocument').length
  await eventually(() => asked() === 1, 'being sent')
  running[0]?.kill('SIGKILL')
  await running[0]?.ended
  expect(kinds(person)).toEqual(['words', 'place'])
  await start()
  await eventually(() => kinds(person).length === 3, 'all', 30_000)
  expect(kinds(person)).toEqual(all.map((kind) => expect.stringContaining(kind)))
  expect(await database.db.outgoingMessage.count({ where: { state: 'queued' } })).toBe(0)
}, 90_000)
