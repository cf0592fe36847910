import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { transaction } from '../../src/database/client.ts'
import { cancelRegistration } from '../../src/registration/cancel.ts'
import { changeTraining } from '../../src/registration/change.ts'
import { activeStates } from '../../src/registration/eligibility.ts'
import { joinWaitingList, register } from '../../src/registration/register.ts'
import { wrongCounters } from '../../src/registration/seats.ts'
import { answerOffer, sweepOffers } from '../../src/registration/waiting-list.ts'
import { hour, later } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { type MadeOfficer, makeOfficers, makeProgramme } from '../programme.ts'

const rules = { reminderOffsets: ['P1D'], quietHours: null }
const people = 8

/** What can happen to seats; `who` and `where` are places in the lists of officers and classes. */
const happening = fc.oneof(
  fc.record({ kind: fc.constant('register' as const), who: fc.nat(people - 1), where: fc.nat(1) }),
  fc.record({ kind: fc.constant('cancel' as const), who: fc.nat(people - 1) }),
  fc.record({ kind: fc.constant('change' as const), who: fc.nat(people - 1), where: fc.nat(1) }),
  fc.record({ kind: fc.constant('answer' as const), who: fc.nat(people - 1), take: fc.boolean() }),
  fc.record({ kind: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 30 }) }),
  fc.record({
    kind: fc.constant('capacity' as const),
    where: fc.nat(1),
    more: fc.integer({ min: 1, max: 2 }),
  }),
)
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never

let database: TestDatabase

beforeAll(async () => {
  database = await freshDatabase()
})

afterAll(() => database.drop())

class World {
  now = new Date('2026-11-25T09:00+07:00')
  readonly officers: MadeOfficer[]
  readonly classes: string[]

  constructor(officers: MadeOfficer[], classes: string[]) {
    this.officers = officers
    this.classes = classes
  }

  static async make(): Promise<World> {
    await database.empty()
    const now = new Date('2026-11-25T09:00+07:00')
    const classes: string[] = []
    for (const capacity of [2, 1]) {
      const days = 30 + classes.length * 5
      classes.push(
        (await makeProgramme(database.db, { now, wave: 3, capacity, startsIn: days * 24 * hour })).code,
      )
    }
    const officers = await makeOfficers(database.db, people, { consented: true })
    for (const { phone } of officers)
      await database.db.contact.create({ data: { channel: 'telegram', chat: phone, phone } })
    return new World(officers, classes)
  }

  async happens(event: Happening): Promise<void> {
    if (event.kind === 'wait') {
      this.now = later(this.now, event.hours * hour)
      for (const code of this.classes)
        await transaction(database.db, (tx) => sweepOffers(tx, code, rules, this.now))
    } else if (event.kind === 'capacity') {
      const code = this.classes[event.where] ?? ''
      await database.db.training.update({ where: { code }, data: { capacity: { increment: event.more } } })
      await transaction(database.db, (tx) => sweepOffers(tx, code, rules, this.now))
    } else await this.acts(event)
  }

  private async acts(event: Exclude<Happening, { kind: 'wait' | 'capacity' }>): Promise<void> {
    const { personId = 0 } = this.officers[event.who] ?? {}
    const { now } = this
    const code = 'where' in event ? (this.classes[event.where] ?? '') : ''
    await transaction(database.db, async (tx) => {
      const position = await tx.position.findFirstOrThrow({
        where: { personId },
        include: { cooperative: true },
      })
      const held = await tx.registration.findFirst({ where: { personId, state: { in: activeStates } } })
      if (event.kind === 'register') {
        const result = await register(tx, { personId, position }, code, rules, now)
        if ('refused' in result && result.refused === 'full')
          await joinWaitingList(tx, { personId, position }, code, now)
      } else if (!held) return
      else if (event.kind === 'cancel') await cancelRegistration(tx, personId, held.id, null, now)
      else if (event.kind === 'change')
        await changeTraining(tx, { personId, position }, held.id, code, rules, now)
      else await answerOffer(tx, personId, held.id, event.take, rules, now)
    })
  }

  /** What must hold after whatever has happened. */
  async check(): Promise<void> {
    expect(await wrongCounters(database.db)).toEqual([])
    const rows = await database.db.registration.findMany({ where: { state: { in: activeStates } } })
    const persons = rows.map(({ personId }) => personId)
    expect(new Set(persons).size).toBe(persons.length)
    for (const code of this.classes) {
      const { capacity, taken, offered } = await database.db.training.findUniqueOrThrow({ where: { code } })
      expect(taken + offered).toBeLessThanOrEqual(capacity)
      const waiting = rows.filter(
        ({ trainingCode, state }) => trainingCode === code && state === 'waitlisted',
      )
      const ahead = rows.filter(({ trainingCode, state }) => trainingCode === code && state === 'offered')
      // A free seat is offered before anybody goes on waiting, and to those who have waited longest.
      if (waiting.length > 0) expect(taken + offered).toBe(capacity)
      const first = Math.min(...waiting.map(({ waitingNumber }) => waitingNumber ?? 0))
      for (const { waitingNumber } of ahead) expect(waitingNumber ?? 0).toBeLessThan(first)
    }
  }
}

describe('whatever happens to the seats', () => {
  it('never more than there are, nobody twice, nobody passed over, and the counters are the rows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 15, maxLength: 40 }), async (events) => {
        const world = await World.make()
        for (const event of events) {
          await world.happens(event)
          await world.check()
        }
      }),
      { numRuns: 12 },
    )
  }, 300_000)
})
