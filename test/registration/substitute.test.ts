import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { transaction } from '../../src/database/client.ts'
import type { PositionTitle, Role } from '../../src/database/generated/enums.ts'
import type { OutgoingContent } from '../../src/delivery/content.ts'
import { cancelRegistration } from '../../src/registration/cancel.ts'
import { changeTraining } from '../../src/registration/change.ts'
import { registerColleague } from '../../src/registration/colleague.ts'
import { confirmPending, overduePending, refusePending } from '../../src/registration/pending.ts'
import { joinWaitingList, register } from '../../src/registration/register.ts'
import {
  answerRequest,
  requestsBy,
  requestsTo,
  tellLeftToStaff,
  unreachedRequests,
  withdrawRequest,
} from '../../src/registration/request.ts'
import { wrongCounters } from '../../src/registration/seats.ts'
import { askSubstitute } from '../../src/registration/substitute.ts'
import { hour, later } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { type MadeProgramme, makeProgramme } from '../programme.ts'

const now = new Date('2026-11-25T09:00+07:00')
const rules = { reminderOffsets: ['P1D'], quietHours: null }
const area = '21.71.09.1003'

let database: TestDatabase
let training: MadeProgramme
let cooperativeId: number

beforeAll(async () => {
  database = await freshDatabase()
})

afterAll(() => database.drop())

beforeEach(async () => {
  await database.empty()
  training = await makeProgramme(database.db, { now, wave: 3, capacity: 2 })
  const cooperative = await database.db.cooperative.create({ data: { areaCode: area, name: 'Melati' } })
  cooperativeId = cooperative.id
})

afterEach(async () => {
  expect(await wrongCounters(database.db)).toEqual([])
})

type Made = { id: number; name: string; contactId: number | undefined }
let phones = 0

async function officer(
  name: string,
  given: { title?: PositionTitle; role?: Role; cooperative?: number; contact?: boolean } = {},
): Promise<Made> {
  const phone = `+62813000${String(++phones).padStart(5, '0')}`
  const { title = 'bendahara', role = 'pengurus', cooperative = cooperativeId, contact = true } = given
  const { id } = await database.db.person.create({
    data: {
      ...{ name, consentedAt: now, phones: { create: { phone } } },
      positions: { create: { cooperativeId: cooperative, role, title, from: later(now, -hour) } },
    },
  })
  if (!contact) return { id, name, contactId: undefined }
  const chat = { channel: 'telegram', chat: name, phone }
  return { id, name, contactId: (await database.db.contact.create({ data: chat })).id }
}

async function positionOf(personId: number) {
  return await database.db.position.findFirstOrThrow({
    where: { personId },
    include: { cooperative: true },
  })
}

async function seatFor({ id }: Made, code = training.code): Promise<number> {
  const position = await positionOf(id)
  const result = await transaction(database.db, (tx) =>
    register(tx, { personId: id, position }, code, rules, now),
  )
  if (!('registered' in result)) throw new Error(result.refused)
  return result.registered.id
}

const ask = (asker: Made, registrationId: number, colleague: Made, at = now) =>
  transaction(database.db, (tx) =>
    askSubstitute(tx, { askerId: asker.id, registrationId, colleagueId: colleague.id }, rules, at),
  )

async function asked(asker: Made, registrationId: number, colleague: Made): Promise<number> {
  const result = await ask(asker, registrationId, colleague)
  if (!('asked' in result)) throw new Error(JSON.stringify(result))
  return result.asked.id
}

const answer = (who: Made, registrationId: number, agrees: boolean, at = now) =>
  transaction(database.db, (tx) =>
    answerRequest(tx, { personId: who.id, registrationId, agrees, contactId: who.contactId ?? 0 }, rules, at),
  )

const withdraw = (asker: Made, registrationId: number) =>
  transaction(database.db, (tx) => withdrawRequest(tx, asker.id, registrationId, null, now))

const cancel = (who: Made, registrationId: number) =>
  transaction(database.db, (tx) => cancelRegistration(tx, who.id, registrationId, null, now))

const stateOf = async (id: number) =>
  (await database.db.registration.findUniqueOrThrow({ where: { id } })).state

async function taken(code = training.code): Promise<number> {
  return (await database.db.training.findUniqueOrThrow({ where: { code } })).taken
}

async function goesOut(): Promise<void> {
  await database.db.outgoingMessage.updateMany({
    where: { state: 'queued' },
    data: { state: 'sent', sentAt: now, externalId: 'x' },
  })
}

/** The keys of the first texts of what this person was sent and was not taken back. */
async function heard({ contactId = 0 }: Made): Promise<string[]> {
  const rows = await database.db.outgoingMessage.findMany({
    where: { contactId, state: { not: 'cancelled' } },
    orderBy: { id: 'asc' },
  })
  return rows.map(({ content }) => {
    const [part] = (content as OutgoingContent).parts
    return part && 'key' in part ? part.key : ''
  })
}

describe('a colleague who is asked to take over a seat', () => {
  it('is told, holds no seat, and has it at once when they agree; the asker hears of it', async () => {
    const [sari, budi] = [await officer('Sari'), await officer('Budi')]
    const seat = await seatFor(sari)
    const request = await asked(sari, seat, budi)
    expect(await heard(budi)).toEqual(['request-substitute'])
    expect([await stateOf(seat), await stateOf(request), await taken()]).toEqual(['confirmed', 'pending', 1])
    const result = await answer(budi, request, true)
    expect(result).toMatchObject({ confirmed: { id: request, personId: budi.id } })
    expect([await stateOf(seat), await stateOf(request), await taken()]).toEqual([
      'cancelled',
      'confirmed',
      1,
    ])
    expect(await heard(sari)).toEqual(['substitute-confirmed'])
    const reminders = await database.db.reminder.findMany({ where: { state: 'planned' } })
    expect(reminders.map(({ registrationId }) => registrationId)).toEqual([request])
  })

  it('takes over the last seat of a full class that others wait for, without a gap', async () => {
    const [sari, budi, tuti, eka] = [
      await officer('Sari'),
      await officer('Budi'),
      await officer('Tuti'),
      await officer('Eka'),
    ]
    const seat = await seatFor(sari)
    await seatFor(tuti)
    await transaction(database.db, async (tx) =>
      joinWaitingList(tx, { personId: eka.id, position: await positionOf(eka.id) }, training.code, now),
    )
    const request = await asked(sari, seat, budi)
    expect(await answer(budi, request, true)).toHaveProperty('confirmed')
    expect(await taken()).toBe(2)
    expect(await heard(eka)).toEqual([])
  })

  it('may do so after the wave has closed, but not after the class has begun', async () => {
    const [sari, budi] = [await officer('Sari'), await officer('Budi')]
    const seat = await seatFor(sari)
    await database.db.wave.update({ where: { number: 3 }, data: { closes: later(now, hour) } })
    const afterwards = later(now, 2 * hour)
    const result = await ask(sari, seat, budi, afterwards)
    const request = 'asked' in result ? result.asked.id : 0
    const begun = later(training.starts, 1)
    expect(await ask(sari, seat, await officer('Tuti'), begun)).toMatchObject({ refused: 'begun' })
    expect(await answer(budi, request, true, begun)).toMatchObject({ refused: 'begun' })
    expect(await stateOf(seat)).toBe('confirmed')
  })

  it('says no: the seat stays, the asker hears of it', async () => {
    const [sari, budi] = [await officer('Sari'), await officer('Budi')]
    const seat = await seatFor(sari)
    const request = await asked(sari, seat, budi)
    expect(await answer(budi, request, false)).toHaveProperty('declined')
    expect([await stateOf(seat), await stateOf(request)]).toEqual(['confirmed', 'refused'])
    expect(await heard(sari)).toEqual(['substitute-refused'])
    expect(await answer(budi, request, true)).toEqual({ gone: true })
  })

  it('who has no contact waits for staff, by whom both are told', async () => {
    const [sari, budi] = [await officer('Sari'), await officer('Budi', { contact: false })]
    const seat = await seatFor(sari)
    const result = await ask(sari, seat, budi)
    expect(result).toMatchObject({ answerer: 'staff' })
    const request = 'asked' in result ? result.asked.id : 0
    await transaction(database.db, (tx) =>
      confirmPending(tx, request, { person: true, asker: true }, rules, now),
    )
    expect(await stateOf(request)).toBe('confirmed')
    expect(await heard(sari)).toEqual(['substitute-confirmed'])
  })

  it('whom no message reached after all is left to staff, and the asker told once', async () => {
    const [sari, budi] = [await officer('Sari'), await officer('Budi')]
    await asked(sari, await seatFor(sari), budi)
    const sweep = async () => {
      const ids = await unreachedRequests(database.db)
      for (const id of ids) await transaction(database.db, (tx) => tellLeftToStaff(tx, id, null, now))
      return ids.length
    }
    expect(await sweep()).toBe(0)
    await database.db.outgoingMessage.updateMany({
      where: { contactId: budi.contactId ?? 0 },
      data: { state: 'failed' },
    })
    const reach = (reachable: boolean) =>
      database.db.contact.update({
        where: { id: sari.contactId ?? 0 },
        data: { unreachableSince: reachable ? null : now, unreachableWhy: reachable ? null : 'blocked' },
      })
    await reach(false)
    expect(await sweep()).toBe(0)
    await reach(true)
    expect([await sweep(), await sweep()]).toEqual([1, 0])
    expect(await heard(sari)).toEqual(['request-unreached'])
  })
})

describe('who may be asked', () => {
  it('is of the cooperative that the registration names, on its roster now, and not the asker', async () => {
    const sari = await officer('Sari')
    const seat = await seatFor(sari)
    const { id: other } = await database.db.cooperative.create({
      data: { areaCode: '21.71.03.1004', name: 'Kenanga' },
    })
    const stranger = await officer('Rina', { cooperative: other })
    const left = await officer('Tuti')
    await database.db.position.updateMany({ where: { personId: left.id }, data: { until: now } })
    const unchecked = await officer('Eka')
    await database.db.position.updateMany({ where: { personId: unchecked.id }, data: { pending: true } })
    for (const nobody of [stranger, left, unchecked, sari])
      expect(await ask(sari, seat, nobody)).toEqual({ noColleague: true })
    expect(await database.db.registration.count()).toBe(1)
  })

  it('has an office that the class is for', async () => {
    const [sari, agus] = [await officer('Sari'), await officer('Agus', { role: 'manajer', title: 'manajer' })]
    const seat = await seatFor(sari)
    await database.db.training.update({
      where: { code: training.code },
      data: { roles: ['pengurus', 'pengawas'] },
    })
    expect(await ask(sari, seat, agus)).toMatchObject({ refused: 'wrong-role' })
  })

  it('has no registration in that track, no class at the same time', async () => {
    const [sari, budi, tuti] = [await officer('Sari'), await officer('Budi'), await officer('Tuti')]
    const seat = await seatFor(sari)
    await seatFor(budi)
    expect(await ask(sari, seat, budi)).toMatchObject({ refused: 'already-registered' })
    const business = await makeProgramme(database.db, { now, wave: 3 })
    await database.db.training.update({ where: { code: business.code }, data: { track: 'business' } })
    await seatFor(tuti, business.code)
    expect(await ask(sari, seat, tuti)).toMatchObject({ refused: 'overlap' })
  })

  it('does not count twice against the cooperative’s cap, nor keep another from its last place', async () => {
    const [sari, budi, tuti] = [await officer('Sari'), await officer('Budi'), await officer('Tuti')]
    await database.db.training.update({ where: { code: training.code }, data: { perCooperative: 2 } })
    const seat = await seatFor(sari)
    const request = await asked(sari, seat, budi)
    await seatFor(tuti)
    expect(await answer(budi, request, true)).toHaveProperty('confirmed')
    expect(await taken()).toBe(2)
  })

  it('is asked for a seat only: not for a place on the waiting list', async () => {
    const [sari, budi] = [await officer('Sari'), await officer('Budi')]
    await database.db.training.update({ where: { code: training.code }, data: { capacity: 0 } })
    const waiting = await transaction(database.db, async (tx) =>
      joinWaitingList(tx, { personId: sari.id, position: await positionOf(sari.id) }, training.code, now),
    )
    const id = 'waiting' in waiting ? waiting.waiting.id : 0
    expect(await ask(sari, id, budi)).toEqual({ gone: true })
    expect(await ask(budi, id, sari)).toEqual({ gone: true })
  })
})

describe('one request a seat', () => {
  it('a second colleague takes the place of the first, who is told and can agree no more', async () => {
    const [sari, budi, tuti] = [await officer('Sari'), await officer('Budi'), await officer('Tuti')]
    const seat = await seatFor(sari)
    const first = await asked(sari, seat, budi)
    await goesOut()
    const second = await asked(sari, seat, tuti)
    expect(await heard(budi)).toEqual(['request-substitute', 'request-ended'])
    expect(await answer(budi, first, true)).toEqual({ gone: true })
    expect(await answer(tuti, second, true)).toHaveProperty('confirmed')
    expect(await taken()).toBe(1)
  })

  it('the same colleague is not asked twice', async () => {
    const [sari, budi] = [await officer('Sari'), await officer('Budi')]
    const seat = await seatFor(sari)
    const request = await asked(sari, seat, budi)
    expect(await ask(sari, seat, budi)).toMatchObject({ already: { id: request }, answerer: 'colleague' })
    expect(await heard(budi)).toEqual(['request-substitute'])
  })

  it('taken back: a question that has not gone out is not sent, one that has is followed by a word', async () => {
    const [sari, budi] = [await officer('Sari'), await officer('Budi')]
    const seat = await seatFor(sari)
    await withdraw(sari, await asked(sari, seat, budi))
    expect(await heard(budi)).toEqual([])
    const again = await asked(sari, seat, budi)
    await goesOut()
    expect(await withdraw(budi, again)).toBeUndefined()
    expect(await withdraw(sari, again)).toMatchObject({ state: 'cancelled' })
    expect(await withdraw(sari, again)).toBeUndefined()
    expect(await heard(budi)).toEqual(['request-substitute', 'request-ended'])
    expect([await stateOf(seat), await answer(budi, again, true)]).toEqual(['confirmed', { gone: true }])
  })
})

describe('what happens meanwhile', () => {
  it('the asker cancels: the request ends, and the colleague takes no seat', async () => {
    const [sari, budi] = [await officer('Sari'), await officer('Budi')]
    const seat = await seatFor(sari)
    const request = await asked(sari, seat, budi)
    await cancel(sari, seat)
    expect(await answer(budi, request, true)).toEqual({ gone: true })
    expect([await stateOf(request), await taken()]).toEqual(['cancelled', 0])
  })

  it('the asker moves to another class: the request ends with the old seat', async () => {
    const [sari, budi] = [await officer('Sari'), await officer('Budi')]
    const other = await makeProgramme(database.db, { now, wave: 3, startsIn: 30 * 24 * hour })
    const seat = await seatFor(sari)
    const request = await asked(sari, seat, budi)
    const position = await positionOf(sari.id)
    await transaction(database.db, (tx) =>
      changeTraining(tx, { personId: sari.id, position }, seat, other.code, rules, now),
    )
    expect(await answer(budi, request, true)).toEqual({ gone: true })
    expect([await taken(), await taken(other.code)]).toEqual([0, 1])
  })

  it('the seat is lost by any other way: a yes gives no seat of its own, and the asker is not told of one', async () => {
    const [sari, budi] = [await officer('Sari'), await officer('Budi')]
    const seat = await seatFor(sari)
    const request = await asked(sari, seat, budi)
    await transaction(database.db, async (tx) => {
      await tx.registration.update({ where: { id: seat }, data: { state: 'cancelled' } })
      await tx.training.update({ where: { code: training.code }, data: { taken: 0 } })
    })
    expect(await answer(budi, request, true)).toEqual({ gone: true })
    expect([await stateOf(request), await taken()]).toEqual(['refused', 0])
    expect(await heard(sari)).toEqual(['substitute-refused'])
  })

  it('the colleague’s own plans change: the rules are judged anew, and the seat stays', async () => {
    const [sari, budi] = [await officer('Sari'), await officer('Budi')]
    const seat = await seatFor(sari)
    const request = await asked(sari, seat, budi)
    const business = await makeProgramme(database.db, { now, wave: 3 })
    await database.db.training.update({ where: { code: business.code }, data: { track: 'business' } })
    await seatFor(budi, business.code).catch((error: Error) => expect(error.message).toBe('overlap'))
    await database.db.session.updateMany({
      where: { trainingCode: business.code },
      data: { starts: later(training.starts, -9 * hour), ends: later(training.starts, -8 * hour) },
    })
    await seatFor(budi, business.code)
    // The sea moves the other class onto this one.
    await database.db.session.updateMany({
      where: { trainingCode: business.code },
      data: { starts: training.starts, ends: training.ends },
    })
    expect(await answer(budi, request, true)).toMatchObject({ refused: 'overlap' })
    expect([await stateOf(seat), await stateOf(request)]).toEqual(['confirmed', 'refused'])
    expect(await heard(sari)).toEqual(['substitute-refused-rule'])
  })

  it('all sessions are cancelled: the seat still passes on, with no date to be told', async () => {
    const [sari, budi] = [await officer('Sari'), await officer('Budi')]
    const seat = await seatFor(sari)
    const request = await asked(sari, seat, budi)
    await database.db.session.updateMany({ data: { cancelledAt: now } })
    expect(await answer(budi, request, true)).toMatchObject({ confirmed: { id: request }, reminders: [] })
    expect(await taken()).toBe(1)
  })

  it('the colleague gives it up as a registration, or moves on with it: the asker hears that', async () => {
    const [sari, budi] = [await officer('Sari'), await officer('Budi')]
    const seat = await seatFor(sari)
    await cancel(budi, await asked(sari, seat, budi))
    expect([await stateOf(seat), await heard(sari)]).toEqual(['confirmed', ['substitute-refused']])
    const other = await makeProgramme(database.db, { now, wave: 3, startsIn: 30 * 24 * hour })
    const again = await asked(sari, seat, budi)
    const position = await positionOf(budi.id)
    await transaction(database.db, (tx) =>
      changeTraining(tx, { personId: budi.id, position }, again, other.code, rules, now),
    )
    expect(await heard(sari)).toEqual(['substitute-refused', 'substitute-refused'])
    expect([await taken(), await taken(other.code)]).toEqual([1, 1])
  })

  it('nobody answers until the class begins: it ends, and both are told', async () => {
    const [sari, budi] = [await officer('Sari'), await officer('Budi')]
    const seat = await seatFor(sari)
    const request = await asked(sari, seat, budi)
    const sweep = async (at: Date) => {
      const ids = await overduePending(database.db, at)
      for (const id of ids)
        await transaction(database.db, (tx) => refusePending(tx, id, { person: true, asker: true }, null, at))
      return ids.length
    }
    expect(await sweep(later(training.starts, -1))).toBe(0)
    expect(await sweep(training.starts)).toBe(1)
    expect([await stateOf(seat), await stateOf(request)]).toEqual(['confirmed', 'refused'])
    expect(await heard(sari)).toEqual(['substitute-refused'])
    expect(await requestsTo(database.db, [budi.id], training.starts)).toEqual([])
  })
})

describe('at the same moment', () => {
  it.each([1, 2, 3, 4, 5])(
    'an agreement and the asker’s cancelling (%i): one of them, never both',
    async () => {
      const [sari, budi] = [await officer('Sari'), await officer('Budi')]
      const seat = await seatFor(sari)
      const request = await asked(sari, seat, budi)
      const [agreed, cancelled] = await Promise.all([answer(budi, request, true), cancel(sari, seat)])
      expect('confirmed' in agreed).toBe(cancelled === undefined)
      expect(await taken()).toBe('confirmed' in agreed ? 1 : 0)
    },
  )

  it.each([1, 2, 3])('an agreement and a change to another class (%i)', async () => {
    const [sari, budi] = [await officer('Sari'), await officer('Budi')]
    const other = await makeProgramme(database.db, { now, wave: 3, startsIn: 30 * 24 * hour })
    const seat = await seatFor(sari)
    const request = await asked(sari, seat, budi)
    const position = await positionOf(sari.id)
    const change = transaction(database.db, (tx) =>
      changeTraining(tx, { personId: sari.id, position }, seat, other.code, rules, now),
    )
    const [agreed, changed] = await Promise.all([answer(budi, request, true), change])
    expect('confirmed' in agreed).toBe('gone' in changed)
    expect((await taken()) + (await taken(other.code))).toBe(1)
  })

  it.each([1, 2, 3])('an agreement, its withdrawal, and staff’s no (%i): one of them holds', async () => {
    const [sari, budi] = [await officer('Sari'), await officer('Budi')]
    const seat = await seatFor(sari)
    const request = await asked(sari, seat, budi)
    const results = await Promise.all([
      answer(budi, request, true).then((result) => 'confirmed' in result),
      withdraw(sari, request).then((result) => result !== undefined),
      transaction(database.db, (tx) =>
        refusePending(tx, request, { person: true, asker: true }, null, now),
      ).then((result) => result !== undefined),
    ])
    expect(results.filter(Boolean)).toHaveLength(1)
    expect(await stateOf(seat)).toBe(results[0] ? 'cancelled' : 'confirmed')
    expect(await taken()).toBe(1)
  })

  it('one colleague agrees twice: one seat', async () => {
    const [sari, budi] = [await officer('Sari'), await officer('Budi')]
    const request = await asked(sari, await seatFor(sari), budi)
    const results = await Promise.all([answer(budi, request, true), answer(budi, request, true)])
    expect(results.filter((result) => 'confirmed' in result)).toHaveLength(1)
    expect(await taken()).toBe(1)
  })

  it('two ask the same colleague: one of them is asked for', async () => {
    const [sari, tuti, budi] = [await officer('Sari'), await officer('Tuti'), await officer('Budi')]
    const seats = [await seatFor(sari), await seatFor(tuti)]
    const results = await Promise.all([ask(sari, seats[0] ?? 0, budi), ask(tuti, seats[1] ?? 0, budi)])
    expect(results.filter((result) => 'asked' in result)).toHaveLength(1)
    expect(results).toContainEqual(expect.objectContaining({ refused: 'already-registered' }))
  })

  it('two ask each other: each has a seat of their own', async () => {
    const [sari, tuti] = [await officer('Sari'), await officer('Tuti')]
    const seats = [await seatFor(sari), await seatFor(tuti)]
    const results = await Promise.all([ask(sari, seats[0] ?? 0, tuti), ask(tuti, seats[1] ?? 0, sari)])
    for (const result of results) expect(result).toMatchObject({ refused: 'already-registered' })
  })

  it('one asks two colleagues: one request is open', async () => {
    const [sari, tuti, budi] = [await officer('Sari'), await officer('Tuti'), await officer('Budi')]
    const seat = await seatFor(sari)
    await Promise.all([ask(sari, seat, budi), ask(sari, seat, tuti)])
    expect(await requestsBy(database.db, sari.id, now)).toHaveLength(1)
  })
})

describe('a colleague who is registered', () => {
  const ofColleague = (asker: Made, colleague: Made, code = training.code, at = now) =>
    transaction(database.db, (tx) =>
      registerColleague(tx, { askerId: asker.id, colleagueId: colleague.id, trainingCode: code }, rules, at),
    )

  it('has a seat when they agree, and the asker hears the number', async () => {
    const [sari, budi] = [await officer('Sari'), await officer('Budi')]
    const result = await ofColleague(sari, budi)
    expect(result).toMatchObject({ asked: { state: 'pending' }, answerer: 'colleague', full: false })
    expect([await taken(), await heard(budi)]).toEqual([0, ['request-register']])
    const request = 'asked' in result ? result.asked.id : 0
    expect(await answer(sari, request, true)).toEqual({ gone: true })
    expect(await answer(budi, request, true)).toHaveProperty('confirmed')
    expect([await taken(), await heard(sari)]).toEqual([1, ['colleague-confirmed']])
  })

  it('waits where the class is full, as was said before', async () => {
    const [sari, budi] = [await officer('Sari'), await officer('Budi')]
    await seatFor(await officer('Tuti'))
    await seatFor(await officer('Eka'))
    const result = await ofColleague(sari, budi)
    expect(result).toMatchObject({ full: true })
    const request = 'asked' in result ? result.asked.id : 0
    expect(await answer(budi, request, true)).toMatchObject({ place: 1 })
    expect(await heard(sari)).toEqual(['colleague-waiting'])
  })

  it('is under the rules for everybody, and of the asker’s cooperative', async () => {
    const [sari, budi] = [await officer('Sari'), await officer('Budi')]
    const { id: other } = await database.db.cooperative.create({
      data: { areaCode: '21.71.03.1004', name: 'Kenanga' },
    })
    const rina = await officer('Rina', { cooperative: other })
    expect(await ofColleague(sari, rina)).toEqual({ noColleague: true })
    expect(await ofColleague(sari, sari)).toEqual({ noColleague: true })
    expect(await ofColleague(sari, budi, training.code, later(training.starts, -1))).toMatchObject({
      refused: 'closed',
    })
    await seatFor(budi)
    expect(await ofColleague(sari, budi)).toMatchObject({ refused: 'already-registered' })
  })

  it('who answers after the wave has closed, but was asked before, is in', async () => {
    const [sari, budi] = [await officer('Sari'), await officer('Budi')]
    const result = await ofColleague(sari, budi)
    await database.db.wave.update({ where: { number: 3 }, data: { closes: later(now, hour) } })
    const request = 'asked' in result ? result.asked.id : 0
    expect(await answer(budi, request, true, later(now, 2 * hour))).toHaveProperty('confirmed')
  })
})
