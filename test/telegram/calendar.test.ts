import { afterEach, beforeEach, expect, it } from 'vitest'
import { eventually } from '../eventually.ts'
import type { Child } from '../process.ts'
import type { Person } from './bot-api-server.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
let database: Stage['database']
let api: Stage['api']
let programme: Stage['programme']
let officer: Stage['officer']
let service: Child

beforeEach(async () => {
  stage = await openStage()
  ;({ database, api, programme, officer } = stage)
  service = await stage.start()
})

afterEach(async () => await stage.close())

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
  service.kill('SIGKILL')
  await service.ended
  expect(kinds(person)).toEqual(['words', 'place'])
  await stage.start()
  await eventually(() => kinds(person).length === 3, 'all', 30_000)
  expect(kinds(person)).toEqual(all.map((kind) => expect.stringContaining(kind)))
  expect(await database.db.outgoingMessage.count({ where: { state: 'queued' } })).toBe(0)
}, 90_000)
