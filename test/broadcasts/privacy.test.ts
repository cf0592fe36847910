import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { changeBroadcast } from '../../src/broadcasts/change.ts'
import { planBroadcast } from '../../src/broadcasts/plan.ts'
import { reportOf } from '../../src/broadcasts/report.ts'
import { feed, startBroadcast } from '../../src/broadcasts/run.ts'
import { transaction } from '../../src/database/client.ts'
import { retain } from '../../src/privacy/retention.ts'
import { hour, later } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { writes } from '../privacy/chat.ts'
import { traces } from '../privacy/traces.ts'
import type { MadeOfficer } from '../programme.ts'
import { makeRoster, rules } from './roster.ts'

const day = 24 * hour
const now = new Date()
const actor = 'command:test'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
beforeEach(() => database.empty())
afterAll(() => database.drop())

async function start(text: string, window = 100): Promise<number> {
  const file = { name: 'undangan.pdf', type: 'application/pdf', content: Buffer.from('%PDF-1.7') }
  return await transaction(database.db, async (tx) => {
    const plan = await planBroadcast(tx, { text, audience: 'all' }, rules, now, null)
    const { id } = await startBroadcast(tx, plan, { actor, now, rules, file })
    await feed(tx, id, { now, quiet: null, window })
    return id
  })
}

/** As delivery does it. */
async function sendAll(): Promise<void> {
  const rows = await database.db.outgoingMessage.findMany({ where: { state: 'queued' } })
  for (const { id, content } of rows) {
    const text = JSON.stringify((content as { parts: unknown }).parts)
    await database.db.outgoingMessage.update({ where: { id }, data: { state: 'sent', sentAt: now, text } })
  }
}

async function erases(chat: string): Promise<void> {
  await writes(database.db, chat, 'hapus data saya')
  await writes(database.db, chat, 'ya, hapus')
}

describe('who has their data erased', () => {
  it('stands in no broadcast any more: as a recipient, in its text, or in what others were sent', async () => {
    const { officers } = await makeRoster(database.db, 4, 4)
    const sari = officers[0] as MadeOfficer
    await start(`Yth. {nama}: selamat kepada ${sari.name}, nomornya ${sari.phone}`)
    await sendAll()
    const who = [sari.name, sari.phone]
    expect(await traces(database.pool, who)).toContain(`broadcast.text: ${sari.name}`)
    await erases('9001')
    expect(await traces(database.pool, who)).toEqual([])
    expect(await database.db.broadcastRecipient.count()).toBe(3)
    const texts = await database.db.outgoingMessage.findMany({
      where: { broadcastId: 1 },
      orderBy: { id: 'asc' },
    })
    expect(texts.map(({ content }) => (content as { parts: unknown }).parts)).toEqual(
      officers.slice(1).map(({ name }) => [{ free: `Yth. ${name}: selamat kepada •••, nomornya •••` }]),
    )
    // The letter is the office's, and is for the others too.
    expect(await database.db.storedFile.count()).toBe(1)
  })

  it('while it goes out gets nothing more, and the others do', async () => {
    const { officers } = await makeRoster(database.db, 3, 3)
    const id = await start('Yth. {nama}', 2)
    await erases('9002')
    await sendAll()
    for (let round = 0; round < 3; round++) {
      await transaction(database.db, (tx) => feed(tx, id, { now, quiet: null, window: 2 }))
      await sendAll()
    }
    const rows = await database.db.outgoingMessage.findMany({ where: { broadcastId: id } })
    expect(rows.flatMap(({ personIds }) => personIds)).toEqual([officers[0]?.personId, officers[2]?.personId])
    expect(await reportOf(database.db, id)).toMatchObject({ persons: 2, outcomes: { sent: 2 } })
  })

  it('on a shared number leaves the message to the other, without the name', async () => {
    const { officers } = await makeRoster(database.db, 2, 1)
    const [sari, budi] = officers as [MadeOfficer, MadeOfficer]
    await database.db.personPhone.create({ data: { personId: budi.personId, phone: sari.phone } })
    const id = await start('Yth. {nama}')
    await sendAll()
    await writes(database.db, '9001', 'hapus data saya')
    await writes(database.db, '9001', sari.name)
    await writes(database.db, '9001', 'ya, hapus')
    expect(await traces(database.pool, [sari.name])).toEqual([])
    const [row] = await database.db.outgoingMessage.findMany({ where: { broadcastId: id } })
    expect(row).toMatchObject({
      personIds: [budi.personId],
      text: expect.stringContaining(`••• dan ${budi.name}`),
    })
  })
})

describe('what time takes away', () => {
  const days = 30
  const retainAt = async (at: Date) => {
    while ((await transaction(database.db, (tx) => retain(tx, days, at))) > 0);
  }

  it('is not the file of a broadcast that runs, however long, nor of one that may be sent again', async () => {
    await makeRoster(database.db, 2, 2)
    const id = await start('Halo', 1)
    await sendAll()
    await retainAt(later(now, 20 * day))
    expect(await database.db.storedFile.count()).toBe(1)
    await transaction(database.db, (tx) =>
      changeBroadcast(tx, id, 'cancel', { actor, now: later(now, 20 * day) }),
    )
    await retainAt(later(now, 49 * day))
    expect([await database.db.storedFile.count(), await database.db.broadcastRecipient.count()]).toEqual([
      1, 2,
    ])
    await retainAt(later(now, 51 * day))
    expect([await database.db.storedFile.count(), await database.db.broadcastRecipient.count()]).toEqual([
      0, 0,
    ])
    expect(await database.db.broadcast.count()).toBe(1)
  })
})
