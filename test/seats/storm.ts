/**
 * A process in which officers register, wait, withdraw, move and answer offers at random, classes change their capacity,
 * and offers lapse, for so many seconds; half a day passes in each of them.
 *
 *     storm.ts <database url> <seed> <seconds> <began, ms> <person id>…
 *
 * The persons are this process's own: whatever others do, what one of them has is only what it got last, or what the
 * waiting list made of it. Prints how often what happened, and what was lost, as one JSON line.
 */
import fc from 'fast-check'
import pg from 'pg'
import { createClient, transaction } from '../../src/database/client.ts'
import type { RegistrationState } from '../../src/database/generated/enums.ts'
import { lockTrainings } from '../../src/database/locks.ts'
import { cancelRegistration } from '../../src/registration/cancel.ts'
import { changeTraining } from '../../src/registration/change.ts'
import { activeStates } from '../../src/registration/eligibility.ts'
import { joinWaitingList, register } from '../../src/registration/register.ts'
import { answerOffer, sweepOffers } from '../../src/registration/waiting-list.ts'
import { hour, second } from '../../src/time.ts'

const [url = '', seed = '', seconds = '', began = '', ...ids] = process.argv.slice(2)
const persons = ids.map(Number)
const pool = new pg.Pool({ connectionString: url, max: 5 })
const db = createClient(pool)
const rules = { reminderOffsets: ['P1D'], quietHours: null }
const mostSeats = 6
const atOnce = 4

/** Half a day a second, from the same instant in every process. */
const now = (): Date => new Date(Number(began) + (Date.now() - Number(began)) * ((12 * hour) / second))

const codes = (await db.training.findMany({ select: { code: true }, orderBy: { code: 'asc' } })).map(
  ({ code }) => code,
)

const happening = fc.record({
  kind: fc.constantFrom('register', 'register', 'cancel', 'change', 'answer', 'answer', 'lapse', 'capacity'),
  who: fc.nat(persons.length - 1),
  where: fc.nat(codes.length - 1),
  take: fc.boolean(),
  capacity: fc.integer({ min: 1, max: mostSeats }),
})
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never

/** What may become of a registration while its officer does nothing. */
const mayBecome: Record<string, RegistrationState[]> = {
  confirmed: ['confirmed'],
  waitlisted: ['waitlisted', 'offered', 'lapsed'],
  offered: ['offered', 'lapsed'],
}

const done: Record<string, number> = {}
const lost: string[] = []
const had = new Map<number, { id: number; state: RegistrationState }>()
const busy = new Set<number>()

const count = (what: string): void => {
  done[what] = (done[what] ?? 0) + 1
}

async function happens(event: Happening): Promise<void> {
  const code = codes[event.where] ?? ''
  if (event.kind === 'lapse') return await transaction(db, (tx) => sweepOffers(tx, code, rules, now()))
  if (event.kind === 'capacity') return await changeCapacity(code, event.capacity)
  const personId = persons[event.who] ?? 0
  if (busy.has(personId)) return
  busy.add(personId)
  try {
    await compareWithLast(personId)
    const outcome = await act(event, personId, code)
    count(outcome)
    await note(personId)
  } finally {
    busy.delete(personId)
  }
}

async function changeCapacity(code: string, capacity: number): Promise<void> {
  await transaction(db, async (tx) => {
    await lockTrainings(tx, [code])
    const { taken, offered } = await tx.training.findUniqueOrThrow({ where: { code } })
    if (taken + offered > capacity) return
    await tx.training.update({ where: { code }, data: { capacity } })
    await sweepOffers(tx, code, rules, now())
    count('capacity')
  })
}

async function compareWithLast(personId: number): Promise<void> {
  const before = had.get(personId)
  if (!before) return
  const row = await db.registration.findUnique({ where: { id: before.id } })
  if (!row || !mayBecome[before.state]?.includes(row.state))
    lost.push(`person ${personId}: ${before.state} became ${row?.state ?? 'nothing'}`)
  if (row?.state === 'lapsed') count('lapsed')
}

async function note(personId: number): Promise<void> {
  const held = await db.registration.findFirst({ where: { personId, state: { in: activeStates } } })
  if (held) had.set(personId, { id: held.id, state: held.state })
  else had.delete(personId)
}

async function act(event: Happening, personId: number, code: string): Promise<string> {
  return await transaction(db, async (tx) => {
    const position = await tx.position.findFirstOrThrow({
      where: { personId },
      include: { cooperative: true },
    })
    const officer = { personId, position }
    const held = await tx.registration.findFirst({ where: { personId, state: { in: activeStates } } })
    if (event.kind === 'register') {
      const result = await register(tx, officer, code, rules, now())
      if ('registered' in result) return 'registered'
      if (result.refused !== 'full') return `refused: ${result.refused}`
      const waiting = await joinWaitingList(tx, officer, code, now())
      return 'waiting' in waiting ? 'waiting' : `refused: ${waiting.refused}`
    }
    if (!held) return 'nothing to do'
    if (event.kind === 'cancel')
      return (await cancelRegistration(tx, personId, held.id, null, now())) ? 'cancelled' : 'gone'
    if (event.kind === 'change') {
      const result = await changeTraining(tx, officer, held.id, code, rules, now())
      if ('changed' in result) return 'moved'
      return 'refused' in result ? `refused: ${result.refused}` : 'gone'
    }
    const answer = await answerOffer(tx, personId, held.id, event.take, rules, now())
    if ('taken' in answer) return 'taken'
    return 'declined' in answer ? 'declined' : 'no offer'
  })
}

const events = fc.sample(happening, { seed: Number(seed), numRuns: 20_000 })
const end = Date.now() + Number(seconds) * second
let next = 0
await Promise.all(
  Array.from({ length: atOnce }, async () => {
    while (Date.now() < end) await happens(events[next++ % events.length] as Happening)
  }),
)
for (const personId of persons) await compareWithLast(personId)
process.stdout.write(`${JSON.stringify({ done, lost })}\n`)
await db.$disconnect()
await pool.end()
