import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { reportOf } from '../../src/broadcasts/report.ts'
import { transaction } from '../../src/database/client.ts'
import { advisoryLocks } from '../../src/database/locks.ts'
import { register } from '../../src/registration/register.ts'
import { second } from '../../src/time.ts'
import { eventually } from '../eventually.ts'
import { longTest } from '../long.ts'
import { type Child, run } from '../process.ts'
import { makeOfficers, makeProgramme } from '../programme.ts'
import type { Call, Fault, Person } from '../telegram/bot-api-server.ts'
import { firstOfCrowd, makeCrowd } from './crowd.ts'
import { type Office, openOffice } from './office.ts'
import { makeContacts } from './roster.ts'

type Size = { crowd: number; kills: number; perSecond: number }
const whole: Size = longTest
  ? { crowd: 5_000, kills: 50, perSecond: 15 }
  : { crowd: 150, kills: 3, perSecond: 40 }
const small: Size = { crowd: 60, kills: 1, perSecond: 40 }
/** Processes that wait in reserve. */
const reserve = 2
/** Officers who are reminded, and others who ask something, meanwhile. */
const reminded = 5
const firstReminded = 9_001
const firstAsking = 500

/** A request that the server answers with these may have been done, or not. */
const unclear: Fault[] = [{ status: 500 }, 'deliver-then-500', 'reset', 'deliver-then-reset']

let office: Office
let services: Map<string, Child>
beforeEach(async () => {
  office = await openOffice()
  services = new Map()
})
afterEach(async () => {
  for (const child of services.values()) {
    child.kill('SIGKILL')
    await child.ended
  }
  await office.close()
})

let started = 0
/** Starts processes until so many run; each is known to PostgreSQL by a name of its own. */
async function fillUp(count: number, perSecond: number, flags: string[]): Promise<void> {
  const more: Child[] = []
  while (services.size < count) {
    const name = `service-${++started}`
    const child = run('test/crash/service.ts', [office.api.root, office.token, ...flags], {
      DATABASE_URL: `${office.database.url}?application_name=${name}`,
      TELEGRAM_PER_SECOND: String(perSecond),
    })
    services.set(name, child)
    more.push(child)
  }
  await Promise.all(more.map((child) => child.prints('up')))
}

/** The process that hosts Telegram now. */
async function host(): Promise<[name: string, child: Child]> {
  for (;;) {
    const { rows } = await office.database.pool.query(
      `SELECT a.application_name AS name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
       WHERE l.locktype = 'advisory' AND l.granted AND l.classid = 0 AND l.objid = $1::bigint::oid
         AND a.datname = current_database()`,
      [advisoryLocks.telegramPolling],
    )
    const child = services.get(rows[0]?.name)
    if (child) return [rows[0].name, child]
    await sleep(25)
  }
}

/** Their reminders become due while processes are killed. */
async function makeReminded(): Promise<void> {
  const made = await makeOfficers(office.db, reminded)
  await makeContacts(office.db, made, firstReminded)
  for (const [index, { personId }] of made.entries()) {
    office.api.user(firstReminded + index)
    const position = await office.db.position.findFirstOrThrow({
      where: { personId },
      include: { cooperative: true },
    })
    const { code } = await makeProgramme(office.db, { startsIn: (3_600 + 2 + index) * second, wave: 50 })
    const rules = { reminderOffsets: ['PT1H'], quietHours: null }
    await transaction(office.db, (tx) => register(tx, { personId, position }, code, rules, new Date()))
  }
}

const isSend = ({ method }: Call): boolean => method === 'sendMessage'
const isUnclear = ({ status }: Call): boolean => status === undefined || status >= 500

async function idsOfSending(): Promise<number[]> {
  const rows = await office.db.outgoingMessage.findMany({ where: { state: 'sending' }, select: { id: true } })
  return rows.map(({ id }) => id)
}

type Seen = {
  /** How often the broadcast came to each chat. */
  broadcast: number[]
  reminders: number[]
  answers: number[]
  outcomes: NonNullable<Awaited<ReturnType<typeof reportOf>>>['outcomes'] | undefined
  /** Messages that were being sent when their process was killed. */
  inFlight: Set<number>
}

/**
 * A broadcast while the process that sends is killed at random moments and the next takes over, and while requests are
 * refused, cut off, or left without an answer, done or not.
 */
async function broadcastUnderKills({ crowd, kills, perSecond }: Size, flags: string[] = []): Promise<Seen> {
  const { api } = office
  await makeCrowd(office.db, crowd)
  const chats = Array.from({ length: crowd }, (_, index) => api.user(firstOfCrowd + index))
  const received = () => chats.filter(({ messages }) => messages.length > 0).length
  await fillUp(1 + Math.min(kills, reserve), perSecond, flags)
  await makeReminded()
  await office.broadcast('Halo {nama}', { yes: true })
  const inFlight = new Set<number>()
  for (let kill = 0; kill < kills; kill++) {
    const goal = Math.floor((crowd * (kill + 0.1 + 0.7 * Math.random())) / kills)
    await eventually(() => received() >= goal, `${goal} messages before kill ${kill}`, 120_000)
    api.faults.next('sendMessage', unclear[kill % unclear.length] ?? 'reset')
    api.user(firstAsking + kill).says('apa itu bimtek?')
    for (const fault of ['hang', 'deliver-then-hang'] satisfies Fault[]) api.faults.next('sendMessage', fault)
    const hanging = api.calls.filter((call) => isSend(call) && call.status === undefined).length + 2
    await eventually(
      () => api.calls.filter((call) => isSend(call) && call.status === undefined).length >= hanging,
      'requests without an answer',
    )
    await sleep(Math.random() * 100)
    const [name, child] = await host()
    child.kill('SIGKILL')
    await child.ended
    services.delete(name)
    for (const id of await idsOfSending()) inFlight.add(id)
    const left = Math.min(kills - kill - 1, reserve)
    if (kill < kills - 1) void fillUp(1 + left, perSecond, flags).catch(() => {})
  }
  await eventually(async () => (await reportOf(office.db, 1))?.broadcast.state === 'done', 'an end', 120_000)
  await eventually(
    async () =>
      (await office.db.outgoingMessage.count({ where: { state: { in: ['queued', 'sending'] } } })) === 0,
    'nothing left to send',
  )
  const of = (people: Person[], words: RegExp) =>
    people.map(({ messages }) => messages.filter(({ text }) => words.test(text)).length)
  const remindedChats = Array.from({ length: reminded }, (_, index) => api.user(firstReminded + index))
  return {
    broadcast: of([...chats, ...remindedChats], /^Halo /),
    reminders: of(remindedChats, /Pengingat/),
    answers: of(
      Array.from({ length: kills }, (_, kill) => api.user(firstAsking + kill)),
      /./,
    ),
    outcomes: (await reportOf(office.db, 1))?.outcomes,
    inFlight,
  }
}

describe('a broadcast whose processes are killed again and again', () => {
  it('reaches nobody twice, loses nobody, and is uncertain of no more than what was under way', async () => {
    const { broadcast, reminders, answers, outcomes, inFlight } = await broadcastUnderKills(whole)
    expect(Math.max(...broadcast)).toBe(1)
    const { sent = 0, uncertain = 0 } = outcomes ?? {}
    expect(sent + uncertain).toBe(whole.crowd + reminded)
    expect(broadcast.filter((times) => times > 0).length).toBeGreaterThanOrEqual(sent)
    const unclearCalls = office.api.calls.filter((call) => isSend(call) && isUnclear(call))
    expect(uncertain).toBeLessThanOrEqual(inFlight.size + unclearCalls.length)
    // Each has a reason of its own.
    const chatsUnclear = new Set(unclearCalls.map(({ params }) => String(params.chat_id)))
    const doubted = await office.db.outgoingMessage.findMany({
      where: { state: 'uncertain' },
      include: { contact: true },
    })
    expect(doubted.filter(({ id, contact }) => !inFlight.has(id) && !chatsUnclear.has(contact.chat))).toEqual(
      [],
    )
    // What is no broadcast is sent again: it comes at least once.
    const other = doubted.filter(({ kind }) => kind !== 'broadcast').length
    expect([...reminders, ...answers].filter((times) => times === 0).length).toBeLessThanOrEqual(other)
    expect(Math.max(...reminders, ...answers)).toBeLessThanOrEqual(2)
  }, 1_800_000)

  it('would reach some twice without the claim', async () => {
    const { broadcast } = await broadcastUnderKills(small, ['without-claim'])
    expect(Math.max(...broadcast)).toBeGreaterThan(1)
  })
})
