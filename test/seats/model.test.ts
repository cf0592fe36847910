import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { transaction } from '../../src/database/client.ts'
import { cancelRegistration } from '../../src/registration/cancel.ts'
import { changeTraining } from '../../src/registration/change.ts'
import { activeStates } from '../../src/registration/eligibility.ts'
import { joinWaitingList, register } from '../../src/registration/register.ts'
import { answerOffer, sweepOffers } from '../../src/registration/waiting-list.ts'
import { hour, later } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { longTest } from '../long.ts'
import { type MadeOfficer, makeOfficers, makeProgramme } from '../programme.ts'
import { snapshot } from './invariants.ts'
import { Model } from './model.ts'

const rules = { reminderOffsets: ['P1D'], quietHours: null }
const people = 8
const begins = new Date('2026-11-25T09:00+07:00')
const capacities = [2, 1]
/** The second class begins within the longest stories. */
const startsIn = [30 * 24 * hour, 6 * 24 * hour]

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

/** The database and the model, to which the same things happen. */
class World {
  now = begins
  readonly model = new Model(
    capacities.map((capacity, index) => ({ capacity, starts: begins.getTime() + (startsIn[index] ?? 0) })),
  )
  readonly officers: MadeOfficer[]
  readonly classes: string[]

  constructor(officers: MadeOfficer[], classes: string[]) {
    this.officers = officers
    this.classes = classes
  }

  static async make(): Promise<World> {
    await database.empty()
    const classes: string[] = []
    for (const [index, capacity] of capacities.entries())
      classes.push(
        (
          await makeProgramme(database.db, {
            ...{ now: begins, wave: 3, capacity, startsIn: startsIn[index] ?? 0 },
          })
        ).code,
      )
    // The window outlasts both starts, so that only the rules of seats are at work.
    await database.db.wave.updateMany({ data: { closes: later(begins, 90 * 24 * hour) } })
    const officers = await makeOfficers(database.db, people, { consented: true })
    for (const { phone } of officers)
      await database.db.contact.create({ data: { channel: 'telegram', chat: phone, phone } })
    return new World(officers, classes)
  }

  async happens(event: Happening): Promise<void> {
    const { model } = this
    if (event.kind === 'wait') {
      this.now = later(this.now, event.hours * hour)
      for (const where of this.classes.keys()) await this.sweep(where)
      return
    }
    if (event.kind === 'capacity') {
      const code = this.classes[event.where] ?? ''
      await database.db.training.update({ where: { code }, data: { capacity: { increment: event.more } } })
      model.class(event.where).capacity += event.more
      return await this.sweep(event.where)
    }
    const now = this.now.getTime()
    if (event.kind === 'register') model.register(event.who, event.where, now)
    else if (event.kind === 'cancel') model.cancel(event.who, now)
    else if (event.kind === 'change') model.change(event.who, event.where, now)
    else model.answer(event.who, event.take, now)
    await this.acts(event)
  }

  private async sweep(where: number): Promise<void> {
    await transaction(database.db, (tx) => sweepOffers(tx, this.classes[where] ?? '', rules, this.now))
    this.model.sweep(where, this.now.getTime())
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

  /** Who has what, in the order of the waiting list; the same of both. */
  async compare(): Promise<void> {
    expect((await snapshot(database.db)).violations).toEqual([])
    const rows = await database.db.registration.findMany({ where: { state: { in: activeStates } } })
    for (const [where, code] of this.classes.entries()) {
      const stored = rows
        .filter(({ trainingCode }) => trainingCode === code)
        .map(({ personId, state, waitingNumber, offeredUntil }) => ({
          person: this.officers.findIndex((officer) => officer.personId === personId),
          state,
          turn: state === 'confirmed' ? 0 : waitingNumber,
          until: offeredUntil?.getTime() ?? 0,
        }))
      const expected = this.model.class(where).held.map(({ person, state, turn, until }) => ({
        ...{ person, state, turn: state === 'confirmed' ? 0 : turn },
        until: state === 'offered' ? until : 0,
      }))
      const byPerson = (a: { person: number }, b: { person: number }) => a.person - b.person
      expect(stored.sort(byPerson)).toEqual(expected.sort(byPerson))
    }
  }
}

describe('whatever happens to the seats', () => {
  it('everybody has what a simple model of the rules says', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 15, maxLength: 40 }), async (events) => {
        const world = await World.make()
        for (const event of events) {
          await world.happens(event)
          await world.compare()
        }
      }),
      { numRuns: longTest ? 100 : 12 },
    )
  }, 900_000)
})
