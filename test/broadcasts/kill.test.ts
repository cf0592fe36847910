import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { reportOf } from '../../src/broadcasts/report.ts'
import { eventually } from '../eventually.ts'
import { longTest } from '../long.ts'
import { type Child, run } from '../process.ts'
import { type Office, openOffice } from './office.ts'
import { makeRoster } from './roster.ts'

const recipients = longTest ? 1_000 : 80
const kills = longTest ? 20 : 2
/** Requests under way at one moment, at 25 a second. */
const inFlight = 10

let office: Office
const running: Child[] = []
beforeEach(async () => {
  office = await openOffice()
})
afterEach(async () => {
  for (const child of running.splice(0)) {
    child.kill('SIGKILL')
    await child.ended
  }
  await office.close()
})

async function service(): Promise<Child> {
  const child = run('test/crash/service.ts', [office.api.root, office.token], {
    DATABASE_URL: office.database.url,
  })
  running.push(child)
  await child.prints('up')
  return child
}

it('a broadcast whose processes are killed again and again reaches everybody once', async () => {
  await makeRoster(office.db, recipients, recipients)
  const chats = Array.from({ length: recipients }, (_, index) => office.api.user(9001 + index))
  const received = () => chats.filter(({ messages }) => messages.length > 0).length
  await office.broadcast('Halo {nama}', { yes: true, at: '2020-01-01' })
  // Two at a time, so that both feed and one takes over from the other.
  let first = await service()
  for (let kill = 1; kill <= kills; kill++) {
    const second = await service()
    const goal = Math.min(recipients - 5, received() + 10)
    await eventually(() => received() >= goal, `${goal} messages before kill ${kill}`)
    await sleep(Math.random() * 100)
    first.kill('SIGKILL')
    await first.ended
    first = second
  }
  await eventually(async () => (await reportOf(office.db, 1))?.broadcast.state === 'done', 'an end', 120_000)
  const { outcomes } = (await reportOf(office.db, 1)) ?? {}
  expect(Math.max(...chats.map(({ messages }) => messages.length))).toBe(1)
  expect(received()).toBeGreaterThanOrEqual(outcomes?.sent ?? 0)
  expect((outcomes?.sent ?? 0) + (outcomes?.uncertain ?? 0)).toBe(recipients)
  expect(outcomes?.uncertain).toBeLessThanOrEqual(kills * inFlight)
}, 600_000)
