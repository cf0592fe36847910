import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Prisma, type Tx, transaction } from '../../src/database/client.ts'
import type { RegistrationState } from '../../src/database/generated/enums.ts'
import { confirmPending } from '../../src/registration/pending.ts'
import { register } from '../../src/registration/register.ts'
import { unreachedRequests } from '../../src/registration/request.ts'
import { wrongCounters } from '../../src/registration/seats.ts'
import { endOffersByStart, sweepOffers, trainingsToSweep } from '../../src/registration/waiting-list.ts'
import { registrationSweeps } from '../../src/sweeps.ts'
import { hour, later } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { type MadeProgramme, makeProgramme } from '../programme.ts'

const now = new Date('2026-12-01T03:00:00Z')
const rules = { reminderOffsets: ['P1D'], quietHours: null }

let test: TestDatabase
let cooperativeId: number
let programme: MadeProgramme
beforeAll(async () => {
  test = await freshDatabase()
})
beforeEach(async () => {
  await test.empty()
  ;({ id: cooperativeId } = await test.db.cooperative.create({
    data: { areaCode: '21.71.09.1003', name: 'Sadai' },
  }))
  programme = await makeProgramme(test.db, { now, capacity: 1, code: 'AA-1' })
})
afterAll(() => test.drop())

let made = 0
/** An officer with a phone that writes to the bot, and a registration in a class. */
async function officer(given: {
  code?: string
  state?: RegistrationState
  reachable?: boolean
  pendingOffice?: boolean
}) {
  const { db } = test
  made += 1
  const phone = `+62811${String(10_000_000 + made)}`
  const office = { cooperativeId, role: 'pengurus', title: 'ketua' } as const
  const person = await db.person.create({
    data: {
      ...{ name: `Pengurus ${made}`, phones: { create: { phone } } },
      positions: { create: { ...office, pending: given.pendingOffice ?? false } },
    },
    include: { positions: { include: { cooperative: true } } },
  })
  const contact = await db.contact.create({
    data: {
      ...{ channel: 'telegram', chat: phone, phone },
      ...(given.reachable === false ? { unreachableSince: now, unreachableWhy: 'blocked' } : {}),
    },
  })
  const position = person.positions[0]
  if (!position) throw new Error('no office')
  const officer = { personId: person.id, position, contactId: contact.id, registrationId: 0 }
  if (!given.state) return officer
  const waits = given.state === 'waitlisted'
  const { id } = await db.registration.create({
    data: {
      ...{ ...office, personId: person.id, positionId: position.id, number: `REG-${20_000 + made}` },
      ...{ trainingCode: given.code ?? programme.code, track: 'organisation', state: given.state },
      ...{ createdAt: now, ...(waits ? { waitingNumber: made } : {}) },
    },
  })
  return { ...officer, registrationId: id }
}

const stateOf = async (id: number) => (await test.db.registration.findUniqueOrThrow({ where: { id } })).state
const due = (at = now) => trainingsToSweep(test.db, null, at)
const sweep = (code: string, at = now) => transaction(test.db, (tx) => sweepOffers(tx, code, rules, at))

describe('the cap of a cooperative', () => {
  beforeEach(() => test.db.training.updateMany({ data: { perCooperative: 1, capacity: 5 } }))

  it('is not used up by who only says that they hold an office; it is judged when staff agree', async () => {
    const stranger = await officer({ state: 'pending', pendingOffice: true })
    const ours = await officer({})
    const result = await transaction(test.db, (tx) => register(tx, ours, programme.code, rules, now))
    expect(result).toMatchObject({ registered: { state: 'confirmed' } })
    await test.db.position.updateMany({ data: { pending: false } })
    const told = { person: true, asker: true }
    expect(
      await transaction(test.db, (tx) => confirmPending(tx, stranger.registrationId, told, rules, now)),
    ).toMatchObject({ refused: 'cooperative-cap' })
  })

  it('is used up by who waits with an office that staff agreed to', async () => {
    await officer({ state: 'pending' })
    const ours = await officer({})
    expect(await transaction(test.db, (tx) => register(tx, ours, programme.code, rules, now))).toMatchObject({
      refused: 'cooperative-cap',
    })
  })
})

describe('which classes the sweep takes', () => {
  it('are those in which a seat can be offered, however many others have one free', async () => {
    for (let index = 0; index < 101; index++) {
      const { code } = await makeProgramme(test.db, { now, capacity: 1, code: `AB-${index}`, wave: 5 })
      await officer({ code, state: 'waitlisted', reachable: false })
    }
    const soon = await makeProgramme(test.db, {
      now,
      capacity: 1,
      code: 'AC-1',
      wave: 6,
      startsIn: 11 * hour,
    })
    await officer({ code: soon.code, state: 'waitlisted' })
    const last = await makeProgramme(test.db, { now, capacity: 1, code: 'ZZ-1', wave: 7 })
    const { registrationId } = await officer({ code: last.code, state: 'waitlisted' })
    expect(await due()).toEqual(['ZZ-1'])
    expect(await trainingsToSweep(test.db, { from: 0, until: 24 * 60 - 1 }, now)).toEqual([])
    await sweep('ZZ-1')
    expect(await stateOf(registrationId)).toBe('offered')
    expect(await due()).toEqual([])
  })

  it('are not always the same hundred', async () => {
    for (let index = 0; index < 103; index++) {
      const { code } = await makeProgramme(test.db, { now, capacity: 1, code: `AB-${index}`, wave: 5 })
      await officer({ code, state: 'waitlisted' })
    }
    const seen = new Set<string>()
    for (let turn = 0; turn < 20; turn++) for (const code of await due()) seen.add(code)
    expect(seen.size).toBe(103)
  })
})

describe('an offer that reaches nobody', () => {
  const move = async (starts: Date) => {
    await test.db.session.updateMany({ data: { starts, ends: later(starts, hour) } })
    await transaction(test.db, (tx) => endOffersByStart(tx, programme.code))
  }
  it.each(['failed', 'cancelled', 'expired'] as const)(
    'is taken back when it is %s, after a move too',
    async (state) => {
      const first = await officer({ state: 'waitlisted' })
      const second = await officer({ state: 'waitlisted' })
      await sweep(programme.code)
      expect(await stateOf(first.registrationId)).toBe('offered')
      await move(later(now, 30 * hour))
      expect(await due()).toEqual([])
      await test.db.outgoingMessage.updateMany({ data: { state } })
      expect(await due()).toEqual([programme.code])
      await sweep(programme.code)
      expect([await stateOf(first.registrationId), await stateOf(second.registrationId)]).toEqual([
        'waitlisted',
        'offered',
      ])
      expect(await wrongCounters(test.db)).toEqual([])
    },
  )

  it('is judged by its newest notice', async () => {
    const { registrationId, contactId } = await officer({ state: 'waitlisted' })
    await sweep(programme.code)
    await test.db.outgoingMessage.updateMany({ data: { state: 'failed' } })
    await test.db.outgoingMessage.create({
      data: {
        ...{ contactId, channel: 'telegram', kind: 'notice', content: { parts: [] }, dueAt: now },
        dedupeKey: `offer/${registrationId}/anew/${contactId}`,
      },
    })
    expect(await due()).toEqual([])
  })

  it('ends 12 hours before a class that has moved', async () => {
    const { registrationId } = await officer({ state: 'waitlisted' })
    await sweep(programme.code)
    const starts = later(now, 30 * hour)
    await move(starts)
    expect(await test.db.registration.findUnique({ where: { id: registrationId } })).toMatchObject({
      offeredUntil: later(starts, -12 * hour),
    })
  })
})

describe('what fails', () => {
  /** What the database does not let be written. */
  const breakUpdates = (table: string, where: string) =>
    test.pool.query(`
      CREATE OR REPLACE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'broken'; END $$;
      CREATE TRIGGER broken BEFORE UPDATE ON ${table} FOR EACH ROW WHEN (OLD.${where}) EXECUTE FUNCTION broken()`)
  const run = async (at: Date) => {
    const failed: (string | number)[] = []
    for (const each of registrationSweeps)
      await each({ db: test.db, rules, now: at, failed: (_, of) => failed.push(of) })
    return failed
  }

  it('is one class: the others are done', async () => {
    const other = await makeProgramme(test.db, { now, capacity: 1, code: 'BB-1', wave: 6 })
    const [first, second] = [
      await officer({ state: 'waitlisted' }),
      await officer({ code: other.code, state: 'waitlisted' }),
    ]
    await breakUpdates('training', `code = 'AA-1'`)
    try {
      expect(await run(now)).toEqual(['AA-1'])
    } finally {
      await test.pool.query('DROP TRIGGER broken ON training')
    }
    expect([await stateOf(first.registrationId), await stateOf(second.registrationId)]).toEqual([
      'waitlisted',
      'offered',
    ])
  })

  it('is one registration that is overdue: the others end', async () => {
    const [first, second] = [await officer({ state: 'pending' }), await officer({ state: 'pending' })]
    await breakUpdates('registration', `id = ${first.registrationId}`)
    try {
      expect(await run(programme.starts)).toEqual([first.registrationId])
    } finally {
      await test.pool.query('DROP TRIGGER broken ON registration')
    }
    expect([await stateOf(first.registrationId), await stateOf(second.registrationId)]).toEqual([
      'pending',
      'refused',
    ])
  })
})

/** How PostgreSQL would answer what is asked of it. */
async function planOf(ask: (tx: Tx) => Promise<unknown>): Promise<string> {
  let asked = Prisma.empty
  const listening = {
    $queryRaw: async (parts: TemplateStringsArray, ...values: unknown[]) => {
      asked = Prisma.sql(parts, ...values)
      return []
    },
  }
  await ask(listening as unknown as Tx)
  const rows = await test.db.$queryRaw<{ 'QUERY PLAN': string }[]>`EXPLAIN ANALYZE ${asked}`
  return rows.map((row) => row['QUERY PLAN']).join('\n')
}

it('the sweeps find their messages by an index', async () => {
  const { contactId } = await officer({ state: 'waitlisted' })
  await sweep(programme.code)
  const other = await makeProgramme(test.db, { now, code: 'BB-1', wave: 6 })
  const asker = await officer({})
  const asked = await officer({ code: other.code, state: 'pending' })
  await test.db.registration.update({
    where: { id: asked.registrationId },
    data: { requestedById: asker.personId },
  })
  await test.pool.query(
    `INSERT INTO outgoing_message (contact_id, channel, kind, state, content, dedupe_key, due_at)
     SELECT $1, 'telegram', 'notice', 'failed', '{}', 'reminder/' || i, now() FROM generate_series(1, $2::int) i`,
    [contactId, 20_000],
  )
  await test.pool.query('ANALYZE')
  for (const ask of [(tx: Tx) => trainingsToSweep(tx, null, now), unreachedRequests]) {
    const plan = await planOf(ask)
    expect(plan).not.toContain('Seq Scan on outgoing_message')
    expect(plan).toMatch(/Scan (using|on) outgoing_message_dedupe_key_key/)
  }
})
