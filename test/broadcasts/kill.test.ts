import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { reportOf } from '../../src/broadcasts/report.ts'
import { type Prisma, transaction } from '../../src/database/client.ts'
import { advisoryLocks } from '../../src/database/locks.ts'
import { ownerLockSpace } from '../../src/database/notify.ts'
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
const small: Size = { crowd: 100, kills: 2, perSecond: 40 }
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

/** What a killed process was sending, as soon as PostgreSQL has done the last that it was told by it. */
async function leftBy(name: string): Promise<number[]> {
  const { pool } = office.database
  await eventually(async () => {
    const { rows } = await pool.query('SELECT FROM pg_stat_activity WHERE application_name = $1', [name])
    return rows.length === 0
  }, `the end of the connections of ${name}`)
  const { rows } = await pool.query<{ id: number }>(
    `SELECT id FROM outgoing_message o WHERE state = 'sending' AND NOT EXISTS (
       SELECT FROM pg_locks l WHERE l.locktype = 'advisory' AND l.classid::bigint = $1 AND l.objid::bigint = o.owner::bigint)`,
    [ownerLockSpace],
  )
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
 * Kills the process that sends, while requests of its are refused or cut off, done or not, and two have no answer. Returns
 * the ids of what it was sending.
 */
async function killHost(nth: number): Promise<number[]> {
  const { api } = office
  api.faults.next('sendMessage', unclear[nth % unclear.length] ?? 'reset')
  for (const fault of ['hang', 'deliver-then-hang'] satisfies Fault[]) api.faults.next('sendMessage', fault)
  const hanging = () => api.calls.filter((call) => isSend(call) && call.status === undefined).length
  const goal = hanging() + 2
  await eventually(() => hanging() >= goal, 'requests without an answer')
  await sleep(Math.random() * 100)
  const [name, child] = await host()
  child.kill('SIGKILL')
  await child.ended
  services.delete(name)
  return await leftBy(name)
}

/** A broadcast while the process that sends is killed at random moments, and the next takes over. */
async function broadcastUnderKills({ crowd, kills, perSecond }: Size, flags: string[] = []): Promise<Seen> {
  const people = (first: number, count: number) =>
    Array.from({ length: count }, (_, index) => office.api.user(first + index))
  await makeCrowd(office.db, crowd)
  const chats = people(firstOfCrowd, crowd)
  const received = () => chats.filter(({ messages }) => messages.length > 0).length
  await fillUp(1 + Math.min(kills, reserve), perSecond, flags)
  await makeReminded()
  await office.broadcast('Halo {nama}', { yes: true })
  const inFlight = new Set<number>()
  for (let kill = 0; kill < kills; kill++) {
    const goal = Math.floor((crowd * (kill + 0.1 + 0.7 * Math.random())) / kills)
    await eventually(() => received() >= goal, `${goal} messages before kill ${kill}`, 120_000)
    // Without the claim only the broadcast counts: nothing else is to take the faults from it.
    if (flags.length === 0) office.api.user(firstAsking + kill).says('apa itu bimtek?')
    for (const id of await killHost(kill)) inFlight.add(id)
    const left = kills - kill - 1
    if (left > 0) void fillUp(1 + Math.min(left, reserve), perSecond, flags).catch(() => {})
  }
  await settled()
  const times = (of: Person[], words: RegExp) =>
    of.map(({ messages }) => messages.filter(({ text }) => words.test(text)).length)
  const remindedChats = people(firstReminded, reminded)
  return {
    broadcast: times([...chats, ...remindedChats], /^Halo /),
    reminders: times(remindedChats, /Pengingat/),
    answers: times(people(firstAsking, kills), /./),
    outcomes: (await reportOf(office.db, 1))?.outcomes,
    inFlight,
  }
}

/** The broadcast has ended, and nothing else is to be sent. */
async function settled(): Promise<void> {
  await eventually(async () => (await reportOf(office.db, 1))?.broadcast.state === 'done', 'an end', 120_000)
  const waiting = { state: { in: ['queued', 'sending'] } } satisfies Prisma.OutgoingMessageWhereInput
  await eventually(
    async () => (await office.db.outgoingMessage.count({ where: waiting })) === 0,
    'nothing left to send',
  )
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
