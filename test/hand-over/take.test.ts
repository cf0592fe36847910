import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { run } from '../process.ts'
import { makeStaff, now, staffChats } from '../staff/chat.ts'

const waiting = 12
const staff: Record<string, string> = { ani: '+6281277000001', budi: '+6281277000002' }

let database: TestDatabase

beforeEach(async () => {
  database = await freshDatabase()
  const { db } = database
  for (const [chat, phone] of Object.entries(staff)) {
    await makeStaff(db, 'petugas', phone)
    await db.contact.create({ data: { channel: 'telegram', chat, phone, lastHeardAt: now } })
  }
  const officers = Array.from({ length: waiting }, (_, index) => `officer-${index}`)
  const chats = staffChats(db, {})
  for (const chat of officers) await chats.say(chat, 'mau bicara sama petugas')
})

afterEach(() => database.drop())

/** Both members of staff take all, each in a process of their own; how many each has. */
async function bothTake(mode: string): Promise<number[]> {
  const children = Object.keys(staff).map((chat) => run('test/hand-over/take.ts', [mode, database.url, chat]))
  await Promise.all(children.map((child) => child.prints('ready', 60_000)))
  for (const child of children) child.write('go\n')
  const codes = await Promise.all(children.map(({ ended }) => ended))
  expect(codes, children.map(({ errors }) => errors()).join('')).toEqual(children.map(() => 0))
  return children.map(({ output }) => JSON.parse(output().replace('ready', '')) as number)
}

const sum = (counts: number[]): number => counts.reduce((all, each) => all + each, 0)

/** To how many officers it was said, and how often, that somebody reads now. */
async function told(): Promise<{ officers: number; messages: number }> {
  const rows = await database.db.outgoingMessage.findMany({
    where: { contact: { chat: { startsWith: 'officer-' } } },
  })
  const here = rows.filter(({ content }) => JSON.stringify(content).includes('"staff-here"'))
  return { officers: new Set(here.map(({ contactId }) => contactId)).size, messages: here.length }
}

describe(`${waiting} hand-overs, which two members of staff take at once in two processes`, () => {
  it.each(['rows', 'dialogue'])('each has one taker (%s)', async (mode) => {
    const counts = await bothTake(mode)
    expect(sum(counts)).toBe(waiting)
    const rows = await database.db.handOver.findMany({ include: { takenBy: true } })
    expect(rows.every(({ state, takenBy }) => state === 'taken' && takenBy !== null)).toBe(true)
    expect(await told()).toEqual({ officers: waiting, messages: waiting })
    const audited = await database.db.auditEntry.count({ where: { action: 'hand-over.take' } })
    expect(audited).toBe(waiting)
    if (mode === 'dialogue') await whoeverComesSecondHearsByWhom()
  })

  async function whoeverComesSecondHearsByWhom(): Promise<void> {
    const refused = await database.db.outgoingMessage.findMany({
      where: { contact: { chat: { in: Object.keys(staff) } }, kind: 'reply' },
    })
    const byWhom = refused.filter(({ content }) => JSON.stringify(content).includes('"queue-taken-by"'))
    expect(byWhom).toHaveLength(waiting)
    expect(byWhom.every(({ content }) => JSON.stringify(content).includes('Ani Wijaya'))).toBe(true)
  }

  it('would have two where nobody compares', async () => {
    expect(sum(await bothTake('look-then-write'))).toBeGreaterThan(waiting)
  })
})
