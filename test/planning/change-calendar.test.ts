import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { transaction } from '../../src/database/client.ts'
import { retain } from '../../src/privacy/retention.ts'
import { hour, later } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { calendars, cancel, makeClass, move, notices, now, wib } from './session.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await freshDatabase()
})
beforeEach(async () => {
  await test.empty()
  await makeClass(test.db, ['2026-12-10', '2026-12-17'], people)
})
afterAll(() => test.drop())

const people = [
  { name: 'Siti Aminah', phone: '+6281299999999' },
  { name: 'Budi Santoso', phone: '+6281299999999' },
  { name: 'Rotua Sitorus' },
  { name: 'Maria Tukan', state: 'waitlisted' as const },
  { name: 'Ahmad Fauzi', state: 'pending' as const },
]
const night = wib('2026-12-01T23:00')

/** Each event of a calendar: id, start, state, and the number of its change. */
function events(says: string) {
  const lines = says.replaceAll('\r\n ', '').split('\r\n')
  const all = (name: string) =>
    lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1))
  const [starts, states, sequences] = [all('DTSTART'), all('STATUS'), all('SEQUENCE').map(Number)]
  return all('UID').map((uid, index) => ({
    ...{ uid: uid.split('@')[0], starts: starts[index], state: states[index] },
    sequence: sequences[index] ?? 0,
  }))
}

it('a moved session comes as one file a chat, after its notice, to who has a seat', async () => {
  await move(test.db, 'G3-A/1', { to: '2026-12-12T08:00', yes: true })
  const [told, files] = [await notices(test.db), await calendars(test.db)]
  expect(told).toHaveLength(4)
  const withSeat = told.filter(({ text }) => text.includes('Pendaftaran Bapak/Ibu tetap berlaku'))
  expect(files.map(({ contactId }) => contactId).sort()).toEqual(
    withSeat.map(({ contactId }) => contactId).sort(),
  )
  expect(Math.min(...files.map(({ id }) => id))).toBeGreaterThan(Math.max(...told.map(({ id }) => id)))
  expect(files.map(({ dueAt }) => dueAt)).toEqual(withSeat.map(({ dueAt }) => dueAt))
  const [first] = files
  expect(first).toMatchObject({ name: 'bimtek-G3-A.ics', text: expect.stringContaining('yang baru') })
  expect(first?.says).toContain('METHOD:PUBLISH')
  expect(events(first?.says ?? '')).toMatchObject([
    { uid: 'G3-A/1', starts: '20261212T010000Z', state: 'CONFIRMED' },
    { uid: 'G3-A/2', starts: '20261217T010000Z', state: 'CONFIRMED' },
  ])
  expect(await test.db.storedFile.count()).toBe(1)
})

it('a later change outranks the earlier one; of what waits only the newest goes out', async () => {
  await move(test.db, 'G3-A/1', { to: '2026-12-12T08:00', yes: true }, { at: night })
  const minute = 60_000
  await move(test.db, 'G3-A/2', { to: '2026-12-18T08:00', yes: true }, { at: later(night, minute) })
  const files = await calendars(test.db)
  expect(files.map(({ state }) => state)).toEqual(['cancelled', 'cancelled', 'queued', 'queued'])
  const [before, after] = [events(files[0]?.says ?? ''), events(files[2]?.says ?? '')]
  expect(after.map(({ starts }) => starts)).toEqual(['20261212T010000Z', '20261218T010000Z'])
  for (const [index, { sequence }] of after.entries())
    expect(sequence).toBeGreaterThan(before[index]?.sequence ?? Infinity)
  // both notices go out: they tell of different sessions
  expect((await notices(test.db)).filter(({ state }) => state === 'queued')).toHaveLength(8)
})

it('moved back before anybody heard of it sends no file', async () => {
  await move(test.db, 'G3-A/1', { to: '2026-12-12T08:00', yes: true }, { at: night })
  await move(test.db, 'G3-A/1', { to: '2026-12-10T08:00', yes: true }, { at: night })
  expect((await calendars(test.db)).filter(({ state }) => state === 'queued')).toEqual([])
})

it('one of several sessions cancelled is struck out; the last one takes all away', async () => {
  await cancel(test.db, 'G3-A/1', { yes: true })
  const [one] = await calendars(test.db)
  expect(one?.says).toContain('METHOD:PUBLISH')
  expect(events(one?.says ?? '').map(({ uid, state }) => [uid, state])).toEqual([
    ['G3-A/1', 'CANCELLED'],
    ['G3-A/2', 'CONFIRMED'],
  ])
  await cancel(test.db, 'G3-A/2', { yes: true }, { at: later(now, 2000) })
  const last = (await calendars(test.db)).at(-1)
  expect(last?.text).toContain('Untuk menghapus')
  expect(last?.says).toContain('METHOD:CANCEL')
  expect(events(last?.says ?? '').map(({ uid, state }) => [uid, state])).toEqual([['G3-A/2', 'CANCELLED']])
})

it('a file is kept until it is out, a day at least, whoever waits for it', async () => {
  await move(test.db, 'G3-A/1', { to: '2026-12-12T08:00', yes: true }, { at: night })
  const [first, second] = await calendars(test.db)
  const sent = (id?: number) =>
    test.db.outgoingMessage.updateMany({ where: { id: id ?? 0 }, data: { state: 'sent', sentAt: night } })
  const retained = async () => {
    await transaction(test.db, (tx) => retain(tx, 365, later(night, 48 * hour)))
    return await test.db.storedFile.count()
  }
  await sent(first?.id)
  expect(await retained()).toBe(1)
  await sent(second?.id)
  expect(await retained()).toBe(0)
})
