import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { transaction } from '../src/database/client.ts'
import { isSamplePhone } from '../src/phone.ts'
import { findTrainings, stageOf } from '../src/programme/trainings.ts'
import { outcomeOf } from '../src/registration/completion.ts'
import { refusalFor } from '../src/registration/eligibility.ts'
import { nameCounts } from '../src/sample/names.ts'
import { sampleCooperatives } from '../src/sample/officers.ts'
import { sampleWaves } from '../src/sample/programme.ts'
import {
  firstSampleOfficer,
  hasSample,
  loadSample,
  loadSampleOnce,
  removeSample,
  SampleRefused,
  sampleOfficer,
  sampleOfficers,
} from '../src/sample.ts'
import { loadTexts } from '../src/texts.ts'
import { hour, inWib, later, parseInstant } from '../src/time.ts'
import { freshDatabase, type TestDatabase } from './database.ts'

const now = parseInstant('2026-11-24T10:00') as Date
const seatStates = ['confirmed', 'completed', 'partial', 'absent'] as const

describe('the people of the sample', () => {
  const cooperatives = sampleCooperatives()
  const officers = cooperatives.flatMap((each) => each.officers)

  it('are 8 or 9 in each of 64 cooperatives, each time the same', () => {
    expect(cooperatives).toHaveLength(64)
    expect(new Set(cooperatives.map(({ areaCode }) => areaCode)).size).toBe(64)
    expect(cooperatives[0]?.name).toMatch(/^Koperasi Kelurahan Merah Putih /)
    for (const { officers: list } of cooperatives) {
      const count = (title: string) => list.filter((officer) => officer.title === title).length
      for (const title of ['ketua', 'wakil_ketua_usaha', 'wakil_ketua_anggota', 'sekretaris', 'bendahara'])
        expect(count(title)).toBe(1)
      expect([count('ketua_pengawas'), count('anggota_pengawas')]).toEqual([1, 2])
      expect(list.length).toBe(8 + count('manajer'))
    }
    expect(officers.filter(({ title }) => title === 'manajer')).toHaveLength(43)
    expect(sampleCooperatives()).toEqual(cooperatives)
  })

  it('have names that nobody else has, drawn from long lists', () => {
    expect(new Set(officers.map(({ name }) => name)).size).toBe(officers.length)
    const { male, female, second } = nameCounts()
    expect(Math.min(male, female, second)).toBeGreaterThanOrEqual(90)
  })

  it('have sample numbers: nearly all one of their own, some two, none, or a shared one', () => {
    const holders = new Map<string, number>()
    for (const phone of officers.flatMap(({ phones }) => phones)) {
      expect(phone).toMatch(/^\+62000\d{8}$/)
      holders.set(phone, (holders.get(phone) ?? 0) + 1)
    }
    const shared = [...holders.values()].filter((count) => count > 1)
    expect(shared.every((count) => count === 2)).toBe(true)
    expect(shared.length).toBeGreaterThanOrEqual(4)
    const withSo = (count: number) => officers.filter(({ phones }) => phones.length === count).length
    expect(withSo(0)).toBeGreaterThanOrEqual(4)
    expect(withSo(2)).toBeGreaterThanOrEqual(4)
    expect(withSo(1)).toBeGreaterThan(500)
  })
})

describe('the waves of the sample', () => {
  /** Sixty days, at sixty hours of the day, around the turn of a year. */
  const nows = Array.from({ length: 60 }, (_, n) => later(now, n * 25 * hour + n * 997_000))

  it.each(nows.map((each) => [each.toISOString(), each] as const))('lie around %s', (_, each) => {
    const waves = sampleWaves(each)
    expect(waves.map((wave) => stageOf(wave, each))).toEqual(['closed', 'closed', 'open', 'to-come'])
    const ms = each.getTime()
    const days = (instant: Date) => (instant.getTime() - ms) / (24 * hour)
    const sessions = waves.map((wave) => wave.trainings.flatMap((training) => training.sessions))
    const [past = [], running = [], open = [], coming = []] = sessions
    for (const session of past) expect(days(session.ends)).toBeLessThan(-30)
    expect(running.some(({ starts }) => starts.getTime() < ms && days(starts) > -2.5)).toBe(true)
    expect(running.some(({ starts }) => days(starts) > 1 && days(starts) < 5)).toBe(true)
    for (const { starts } of open) expect(days(starts)).toBeGreaterThan(14)
    for (const { starts } of open) expect(days(starts)).toBeLessThan(28)
    for (const { starts } of coming) expect(days(starts)).toBeGreaterThan(38)
    expect(days(waves[3]?.opens as Date)).toBeGreaterThan(14)
    expect(days(waves[3]?.opens as Date)).toBeLessThan(21)
  })

  it.each(nows.map((each) => [each.toISOString(), each] as const))('keep the calendar at %s', (_, each) => {
    for (const wave of sampleWaves(each)) {
      expect(wave.opens < wave.closes).toBe(true)
      for (const training of wave.trainings) {
        expect(training.sessions.length).toBeGreaterThanOrEqual(2)
        expect(training.sessions.length).toBeLessThanOrEqual(4)
        for (const [index, { starts, ends }] of training.sessions.entries()) {
          const before = training.sessions[index - 1]
          expect(starts < ends && (!before || before.ends <= starts)).toBe(true)
          expect(starts > wave.closes).toBe(true)
          for (const instant of [starts, ends]) {
            expect(inWib(instant).weekday).not.toBe(7)
            expect(inWib(instant).minute + inWib(instant).second + inWib(instant).millisecond).toBe(0)
          }
          if (inWib(starts).weekday === 5)
            expect(inWib(ends).hour <= 11 || inWib(starts).hour >= 14).toBe(true)
        }
      }
    }
  })

  it('has two sessions of no wave at once for an officer of both tracks', () => {
    for (const each of nows)
      for (const { trainings } of sampleWaves(each))
        for (const business of trainings.filter(({ track }) => track === 'business'))
          for (const other of trainings.filter(
            ({ track, areas }) => track !== 'business' && areas.some((area) => business.areas.includes(area)),
          ))
            for (const one of business.sessions)
              expect(other.sessions.some(({ starts, ends }) => one.starts < ends && starts < one.ends)).toBe(
                false,
              )
  })
})

describe('the stored sample', () => {
  let test: TestDatabase

  beforeAll(async () => {
    test = await freshDatabase()
    await loadSample(test.db, now)
  })
  afterAll(() => test.drop())

  it('is there, and says so', async () => {
    expect(await hasSample(test.db)).toBe(true)
    expect(await test.db.fact.findUnique({ where: { name: 'sample' } })).toEqual({
      name: 'sample',
      value: { loadedAt: now.toISOString() },
    })
    expect(await test.db.cooperative.count()).toBe(64)
    expect(await test.db.person.count({ where: { sample: true, consentedAt: null } })).toBe(64 * 8 + 43)
    expect(await test.db.wave.count()).toBe(4)
  })

  it('has as many registrations as its counters say, with one class full and one nearly', async () => {
    const trainings = await test.db.training.findMany({
      include: { registrations: true },
      orderBy: { code: 'asc' },
    })
    for (const { code, taken, offered, capacity, registrations } of trainings) {
      const seats = registrations.filter(({ state }) => (seatStates as readonly string[]).includes(state))
      expect([code, taken, offered]).toEqual([code, seats.length, 0])
      expect(registrations).toHaveLength(seats.length)
      expect(taken).toBeLessThanOrEqual(capacity)
    }
    const open = trainings.filter(({ waveNumber }) => waveNumber === 3)
    const free = open.map(({ capacity, taken }) => capacity - taken)
    expect(free.filter((seats) => seats === 0)).toHaveLength(1)
    expect(free.filter((seats) => seats > 0 && seats <= 5)).toHaveLength(1)
    const states = (wave: number) =>
      new Set(
        trainings
          .filter((each) => each.waveNumber === wave)
          .flatMap((each) => each.registrations.map(({ state }) => state)),
      )
    expect([...states(1)].sort()).toEqual(['absent', 'completed', 'partial'])
    expect([...states(2)]).toEqual(['confirmed'])
    expect([...states(3)]).toEqual(['confirmed'])
    expect(states(4).size).toBe(0)
  })

  it('says who was there, as it fits what became of them, and of nothing to come', async () => {
    const registrations = await test.db.registration.findMany({
      include: { attendance: { include: { session: true } }, training: { include: { sessions: true } } },
    })
    const ended = registrations.filter(({ state }) => state !== 'confirmed')
    expect(ended.length).toBeGreaterThan(80)
    for (const { state, attendance, training } of ended)
      expect(state).toBe(outcomeOf({ attended: attendance.length, sessions: training.sessions.length }))
    for (const { trainingCode, attendance } of registrations)
      for (const { session, at } of attendance) {
        expect(session.trainingCode).toBe(trainingCode)
        expect(at < session.ends && session.ends <= now).toBe(true)
      }
    const running = registrations.filter(({ state, attendance }) => state === 'confirmed' && attendance[0])
    expect(running.length).toBeGreaterThan(10)
  })

  it('registers only whom the rules allow', async () => {
    const registrations = await test.db.registration.findMany({
      include: { training: { include: { wave: true } }, cooperative: true, position: true },
    })
    const seen = new Set<string>()
    for (const {
      number,
      personId,
      track,
      training,
      cooperative,
      role,
      title,
      position,
      createdAt,
    } of registrations) {
      expect(number).toMatch(/^REG-[2-9A-HJKMNP-Z]{5}$/)
      expect(seen.has(`${personId}/${track}`)).toBe(false)
      seen.add(`${personId}/${track}`)
      expect(training.roles).toContain(role)
      expect([role, title]).toEqual([position.role, position.title])
      expect(training.areas.some((area) => cooperative.areaCode.startsWith(`${area}.`))).toBe(true)
      expect(createdAt >= training.wave.opens && createdAt <= training.wave.closes && createdAt <= now).toBe(
        true,
      )
    }
  })

  it('leaves most officers unregistered and eligible in the open wave', async () => {
    const trainings = await findTrainings(test.db, { waves: [3] })
    const positions = await test.db.position.findMany({ include: { cooperative: true } })
    let eligible = 0
    for (const position of positions) {
      const officer = { personId: position.personId, position }
      for (const training of trainings)
        if ((await refusalFor(test.db, officer, training, now)) === undefined) {
          eligible += 1
          break
        }
    }
    expect(eligible).toBeGreaterThan(positions.length / 2)
  })

  it('is loaded once', async () => {
    await expect(loadSample(test.db, now)).rejects.toThrow(SampleRefused)
    await loadSampleOnce(test.db, now)
    expect(await test.db.wave.count()).toBe(4)
  })

  it('offers its officers to the simulator', async () => {
    const texts = loadTexts()
    const first = await sampleOfficers(test.db, texts, '')
    expect(first.length).toBeGreaterThanOrEqual(25)
    expect(first.length).toBeLessThanOrEqual(30)
    expect(new Set(first.map(({ title }) => title)).size).toBeGreaterThan(5)
    const found = await sampleOfficers(test.db, texts, 'sadai bendahara')
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ title: 'Bendahara', area: 'Sadai, Bengkong' })
    expect(isSamplePhone(found[0]?.chat ?? '')).toBe(true)
    expect(await sampleOfficer(test.db, texts, found[0]?.chat ?? '')).toEqual(found[0])
    expect(await sampleOfficer(test.db, texts, '+6281234567890')).toBeUndefined()
    const officer = await firstSampleOfficer(test.db)
    expect(isSamplePhone(officer?.phone ?? '')).toBe(true)
  })
})

describe('removing the sample', () => {
  const tables = [
    'attendance',
    'contact',
    'conversation',
    'cooperative',
    'incoming_message',
    'outgoing_message',
    'person',
    'person_phone',
    'position',
    'registration',
    'reminder',
    'session',
    'training',
    'venue',
    'wave',
  ]
  const filled = async (test: TestDatabase) => {
    const found: string[] = []
    for (const table of tables)
      if ((await test.pool.query(`SELECT 1 FROM "${table}" LIMIT 1`)).rowCount) found.push(table)
    return found
  }

  it('leaves nothing, once', async () => {
    const test = await freshDatabase()
    try {
      await loadSample(test.db, now)
      await useIt(test)
      expect(await filled(test)).toEqual(tables)
      expect(await transaction(test.db, removeSample)).toBe(true)
      expect(await filled(test)).toEqual([])
      expect(await hasSample(test.db)).toBe(false)
      expect(await transaction(test.db, removeSample)).toBe(false)
      await loadSampleOnce(test.db, now)
      expect(await test.db.wave.count()).toBe(0)
      await loadSample(test.db, now)
      expect(await test.db.wave.count()).toBe(4)
    } finally {
      await test.drop()
    }
  })

  it('keeps what somebody real hangs on', async () => {
    const test = await freshDatabase()
    try {
      await loadSample(test.db, now)
      const { id: cooperativeId } = await test.db.cooperative.findFirstOrThrow()
      await test.db.person.create({
        data: {
          name: 'Orang Nyata',
          phones: { create: { phone: '+6281234567890' } },
          positions: { create: { cooperativeId, role: 'pengurus', title: 'ketua' } },
        },
      })
      await test.db.contact.create({ data: { channel: 'telegram', chat: '1', phone: '+6281234567890' } })
      await transaction(test.db, removeSample)
      expect(await filled(test)).toEqual(['contact', 'cooperative', 'person', 'person_phone', 'position'])
      expect(await test.db.cooperative.findMany()).toMatchObject([{ id: cooperativeId, sample: false }])
      expect(await hasSample(test.db)).toBe(false)
    } finally {
      await test.drop()
    }
  })

  /** A conversation as a sample officer, and a planned reminder. */
  async function useIt({ db }: TestDatabase): Promise<void> {
    const registration = await db.registration.findFirstOrThrow({
      where: { state: 'confirmed' },
      include: { person: { include: { phones: true } }, training: { include: { sessions: true } } },
    })
    const phone = registration.person.phones[0]?.phone ?? ''
    const contact = await db.contact.create({ data: { channel: 'simulator', chat: phone, phone } })
    await db.conversation.create({ data: { contactId: contact.id } })
    const { channel, chat } = contact
    const incoming = { contactId: contact.id, channel, chat, externalId: '1', content: {} }
    const { id: replyToId } = await db.incomingMessage.create({ data: incoming })
    const outgoing = {
      contactId: contact.id,
      channel,
      kind: 'reply',
      content: {},
      dueAt: now,
      replyToId,
    } as const
    await db.outgoingMessage.create({ data: outgoing })
    const sessionId = registration.training.sessions[0]?.id ?? 0
    const reminder = { registrationId: registration.id, sessionId, offset: 'P1D', dueAt: now }
    await db.reminder.create({ data: reminder })
  }
})
