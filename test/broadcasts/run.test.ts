import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { changeBroadcast, resendBroadcast } from '../../src/broadcasts/change.ts'
import { planBroadcast, type Wanted } from '../../src/broadcasts/plan.ts'
import { reportOf } from '../../src/broadcasts/report.ts'
import { beginBroadcast, broadcastsToFeed, feed, startBroadcast } from '../../src/broadcasts/run.ts'
import type { QuietHours } from '../../src/config.ts'
import { transaction } from '../../src/database/client.ts'
import { claimNext } from '../../src/delivery/claim.ts'
import { withholdBroadcasts } from '../../src/delivery/withhold.ts'
import { hour, later, minute, parseInstant } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import type { MadeOfficer } from '../programme.ts'
import { makeRoster, rules } from './roster.ts'

const noon = parseInstant('2026-11-24T12:00') as Date
const night: QuietHours = { from: 21 * 60, until: 6 * 60 }
const actor = 'command:test'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
beforeEach(() => database.empty())
afterAll(() => database.drop())

async function start(wanted: Partial<Wanted> = {}, now = noon, quiet: QuietHours = null): Promise<number> {
  const started = await transaction(database.db, async (tx) => {
    const plan = await planBroadcast(
      tx,
      { text: 'Halo {nama}', audience: 'all', ...wanted },
      rules,
      now,
      quiet,
    )
    return await startBroadcast(tx, plan, { actor, now, rules })
  })
  return started.id
}

const feedOnce = (id: number, now = noon, window = 4, quiet: QuietHours = null) =>
  transaction(database.db, (tx) => feed(tx, id, { now, quiet, window }))

const queued = () => database.db.outgoingMessage.count({ where: { state: 'queued' } })
const stateOf = async (id: number) => (await database.db.broadcast.findUniqueOrThrow({ where: { id } })).state
const outcomes = async (id: number) => (await reportOf(database.db, id))?.outcomes
const change = (id: number, what: 'pause' | 'resume' | 'cancel') =>
  transaction(database.db, (tx) => changeBroadcast(tx, id, what, { actor, now: noon }))
const resend = (id: number, again: { uncertain: boolean; failed: boolean }) =>
  transaction(database.db, (tx) => resendBroadcast(tx, id, again, { actor, now: noon, rules }))

/** As a channel would, gives so many of the messages that wait this result. */
async function results(state: 'sent' | 'failed' | 'uncertain', count = 1_000): Promise<number> {
  const rows = await database.db.outgoingMessage.findMany({
    where: { state: 'queued' },
    take: count,
    orderBy: { id: 'asc' },
  })
  const ids = rows.map(({ id }) => id)
  await database.db.outgoingMessage.updateMany({
    where: { id: { in: ids } },
    data: { state, ...(state === 'sent' ? { sentAt: noon } : { error: 'Forbidden' }) },
  })
  return ids.length
}

/** Feeds and sends until it is done; returns to which contacts a message went, in order. */
async function runToEnd(id: number, now = noon): Promise<number[]> {
  for (let round = 0; round < 50 && (await stateOf(id)) !== 'done'; round++) {
    await feedOnce(id, now)
    await results('sent')
  }
  const rows = await database.db.outgoingMessage.findMany({
    where: { broadcastId: id },
    orderBy: { id: 'asc' },
  })
  return rows.map(({ contactId }) => contactId)
}

describe('the outbox', () => {
  it('never holds a whole broadcast, and everybody has one message in the end', async () => {
    const { contacts } = await makeRoster(database.db, 14, 11)
    const id = await start()
    await feedOnce(id)
    await feedOnce(id)
    expect(await queued()).toBe(4)
    await results('sent', 3)
    await feedOnce(id)
    expect(await queued()).toBe(4)
    expect(await runToEnd(id)).toEqual(contacts)
    expect(await stateOf(id)).toBe('done')
    expect(await outcomes(id)).toMatchObject({ sent: 11, waiting: 0 })
  })

  it('gets each message once from feeders that run at the same time', async () => {
    const { contacts } = await makeRoster(database.db, 60, 60)
    const id = await start()
    for (let round = 0; round < 30; round++) {
      await Promise.all(Array.from({ length: 4 }, () => feedOnce(id, noon, 7)))
      await results('sent')
    }
    const rows = await database.db.outgoingMessage.findMany({ where: { broadcastId: id } })
    expect(rows.map(({ contactId }) => contactId).toSorted((a, b) => a - b)).toEqual(contacts)
  })

  it('would refuse a second message, if the lock of the broadcast did not hold', async () => {
    await makeRoster(database.db, 1, 1)
    const id = await start()
    await feedOnce(id)
    const [row] = await database.db.outgoingMessage.findMany()
    const { contactId, channel, kind, content, dueAt, dedupeKey } = row as NonNullable<typeof row>
    const second = { contactId, channel, kind, content: content as object, dueAt, dedupeKey, broadcastId: id }
    await expect(database.db.outgoingMessage.create({ data: second })).rejects.toThrow()
  })
})

describe('recipients', () => {
  it('are written down when it starts and do not change after', async () => {
    const { officers } = await makeRoster(database.db, 5, 3)
    const id = await start()
    await database.db.position.updateMany({
      where: { personId: officers[0]?.personId ?? 0 },
      data: { until: new Date() },
    })
    const newcomer = await makeRoster(database.db, 1, 0)
    await database.db.contact.create({
      data: { channel: 'telegram', chat: '1', phone: newcomer.officers[0]?.phone ?? '' },
    })
    expect(await runToEnd(id)).toHaveLength(3)
    expect(await database.db.broadcastRecipient.count()).toBe(5)
  })

  it('who share a contact have one message that names them all', async () => {
    const { officers } = await makeRoster(database.db, 3, 1)
    const phone = officers[0]?.phone ?? ''
    for (const { personId } of officers.slice(1))
      await database.db.personPhone.create({ data: { personId, phone } })
    await runToEnd(await start({ text: 'Yth. {nama}' }))
    await runToEnd(await start({ text: 'Tanpa nama' }))
    const rows = await database.db.outgoingMessage.findMany({ orderBy: { id: 'asc' } })
    const [one, two, three] = officers.map(({ name }) => name)
    const names = `${one}, ${two} dan ${three}`
    expect(rows.map(({ content }) => (content as { parts: unknown }).parts)).toEqual([
      [{ free: `Yth. ${names}` }],
      [{ key: 'broadcast-for', facts: { names } }, { free: 'Tanpa nama' }],
    ])
    expect(rows[0]?.personIds).toEqual(officers.map(({ personId }) => personId))
    expect(await outcomes(1)).toMatchObject({ sent: 3 })
  })

  it.each([
    ['stopped', { stoppedAt: noon }],
    ['blocked', { unreachableSince: noon, unreachableWhy: 'blocked' }],
    ['no-such-chat', { unreachableSince: noon, unreachableWhy: 'no-such-chat' }],
    ['must-confirm', { mustConfirmName: true }],
    ['sample', { phone: '+6200012345678' }],
    ['no-contact', { channel: 'simulator' }],
    ['no-contact', { group: true, phone: null }],
  ])('are left out as %s, before and after they were written down', async (why, data) => {
    const { officers, contacts } = await makeRoster(database.db, 2, 2)
    const [first, second] = contacts as [number, number]
    if ('phone' in data && data.phone)
      await database.db.personPhone.create({
        data: { personId: officers[0]?.personId ?? 0, phone: data.phone },
      })
    await database.db.contact.update({ where: { id: first }, data })
    const id = await start()
    expect((await reportOf(database.db, id))?.leftOut).toEqual([{ why, persons: 1 }])
    if (why !== 'sample' && why !== 'no-contact')
      await database.db.contact.update({ where: { id: second }, data })
    const sent = await runToEnd(id)
    expect(sent).toEqual(why === 'sample' || why === 'no-contact' ? [second] : [])
    const left = (await reportOf(database.db, id))?.leftOut ?? []
    expect(left).toEqual([{ why, persons: 2 - sent.length }])
  })

  it('whose number was taken from them get nothing', async () => {
    const { officers } = await makeRoster(database.db, 1, 1)
    const id = await start()
    await database.db.personPhone.deleteMany({ where: { personId: officers[0]?.personId ?? 0 } })
    expect(await runToEnd(id)).toEqual([])
    expect((await reportOf(database.db, id))?.leftOut).toEqual([{ why: 'unlinked', persons: 1 }])
  })

  it('without a number are left out as such', async () => {
    const { officers } = await makeRoster(database.db, 1, 0)
    await database.db.personPhone.deleteMany({ where: { personId: officers[0]?.personId ?? 0 } })
    expect((await reportOf(database.db, await start()))?.leftOut).toEqual([{ why: 'no-number', persons: 1 }])
  })
})

describe('what was written and not yet claimed', () => {
  /** Whether the next message of the only contact would be claimed now. */
  async function isClaimed(contactId: number, now: Date): Promise<boolean> {
    await withholdBroadcasts(database.db, contactId, now)
    return (await claimNext(database.db, contactId, 1, now)) !== undefined
  }

  it('does not go out after STOP, and is counted so', async () => {
    const { contacts } = await makeRoster(database.db, 1, 1)
    const [contact = 0] = contacts
    const id = await start()
    await feedOnce(id)
    await database.db.contact.update({ where: { id: contact }, data: { stoppedAt: noon } })
    expect(await isClaimed(contact, noon)).toBe(false)
    await feedOnce(id)
    expect(await stateOf(id)).toBe('done')
    expect(await reportOf(database.db, id)).toMatchObject({
      reachable: 0,
      leftOut: [{ why: 'stopped', persons: 1 }],
    })
  })

  it.each([
    ['in the middle of a form waits for it', 9, 1, false],
    ['in the middle of a form waits no longer than ten minutes', 1, 11, true],
    ['with a form that was left lying does not wait', 11, 1, true],
  ])('of a contact %s', async (_, touchedBefore, after, goes) => {
    const { contacts } = await makeRoster(database.db, 1, 1)
    const [contact = 0] = contacts
    await feedOnce(await start())
    const now = later(noon, after * minute)
    const touched = later(now, -touchedBefore * minute).toISOString()
    await database.db.conversation.create({
      data: { contactId: contact, state: { form: { name: 'register', slots: {}, touched } } },
    })
    expect(await isClaimed(contact, now)).toBe(goes)
    if (!goes) expect(await isClaimed(contact, later(now, 10 * minute))).toBe(true)
  })

  it('of a paused broadcast does not go out before it goes on, even where it was not taken back', async () => {
    const { contacts } = await makeRoster(database.db, 1, 1)
    const [contact = 0] = contacts
    const id = await start()
    await feedOnce(id)
    await database.db.broadcast.update({ where: { id }, data: { state: 'paused' } })
    expect(await isClaimed(contact, noon)).toBe(false)
    await database.db.broadcast.update({ where: { id }, data: { state: 'running' } })
    expect(await isClaimed(contact, later(noon, minute))).toBe(true)
  })
})

describe('pause', () => {
  it('takes back at once what waits; resume sends it, and nobody has it twice', async () => {
    const { contacts } = await makeRoster(database.db, 9, 9)
    const id = await start()
    await feedOnce(id)
    await results('sent', 2)
    expect(await change(id, 'pause')).toEqual({ changed: 'paused', takenBack: 2 })
    await feedOnce(id)
    expect(await queued()).toBe(0)
    expect(await outcomes(id)).toMatchObject({ sent: 2, waiting: 7 })
    expect(await change(id, 'resume')).toEqual({ changed: 'running', takenBack: 0 })
    expect((await runToEnd(id)).toSorted((a, b) => a - b)).toEqual(contacts)
  })

  it('leaves what is being sent', async () => {
    const { contacts } = await makeRoster(database.db, 3, 3)
    const id = await start()
    await feedOnce(id)
    await claimNext(database.db, contacts[1] ?? 0, 1, noon)
    expect(await change(id, 'pause')).toEqual({ changed: 'paused', takenBack: 2 })
    expect(await database.db.outgoingMessage.findMany()).toMatchObject([
      { state: 'sending', contactId: contacts[1] },
    ])
  })

  it('holds a scheduled one back too', async () => {
    await makeRoster(database.db, 1, 1)
    const id = await start({ at: later(noon, hour) })
    expect(await change(id, 'pause')).toMatchObject({ changed: 'paused' })
    expect(await broadcastsToFeed(database.db, later(noon, 2 * hour))).toEqual([])
    expect(await change(id, 'resume')).toMatchObject({ changed: 'scheduled' })
  })
})

describe('cancel', () => {
  it('ends it: what went out stays, the rest does not go', async () => {
    await makeRoster(database.db, 9, 9)
    const id = await start()
    await feedOnce(id)
    await results('sent', 3)
    expect(await change(id, 'cancel')).toEqual({ changed: 'cancelled', takenBack: 1 })
    await feedOnce(id)
    expect(await queued()).toBe(0)
    expect(await outcomes(id)).toMatchObject({ sent: 3, waiting: 0, 'not-sent': 6 })
    expect(await change(id, 'resume')).toEqual({ refused: 'state', state: 'cancelled' })
    expect(await change(99, 'cancel')).toEqual({ refused: 'unknown' })
  })
})

describe('the time', () => {
  it('of a broadcast for later comes first; then its recipients are written down, once', async () => {
    await makeRoster(database.db, 2, 2)
    const at = later(noon, 3 * hour)
    const id = await start({ at })
    expect([await stateOf(id), await database.db.broadcastRecipient.count()]).toEqual(['scheduled', 0])
    expect(await broadcastsToFeed(database.db, later(at, -1))).toEqual([])
    expect(await broadcastsToFeed(database.db, at)).toEqual([{ id, state: 'scheduled' }])
    const begin = () => transaction(database.db, (tx) => beginBroadcast(tx, id, rules, at))
    expect((await Promise.all([begin(), begin(), begin()])).filter(Boolean)).toHaveLength(1)
    expect(await runToEnd(id, at)).toHaveLength(2)
  })

  it.each([
    ['2026-11-24T22:00', '2026-11-25T06:00'],
    ['2026-11-24T05:59', '2026-11-24T06:00'],
    ['2026-11-24T20:59', '2026-11-24T20:59'],
  ])('of one that is started at %s is %s', async (at, due) => {
    await makeRoster(database.db, 1, 1)
    const id = await start({}, parseInstant(at), night)
    const { dueAt } = await database.db.broadcast.findUniqueOrThrow({ where: { id } })
    expect(dueAt).toEqual(parseInstant(due))
  })

  it('that is quiet takes back what waits, until the morning', async () => {
    await makeRoster(database.db, 6, 6)
    const evening = parseInstant('2026-11-24T20:59') as Date
    const id = await start({}, evening, night)
    await feedOnce(id, evening, 4, night)
    expect(await queued()).toBe(4)
    await feedOnce(id, later(evening, minute), 4, night)
    expect([await queued(), await stateOf(id)]).toEqual([0, 'running'])
    await feedOnce(id, later(evening, 9 * hour + minute), 4, night)
    expect(await queued()).toBe(4)
  })
})

describe('resend', () => {
  async function ended(): Promise<{ id: number; officers: MadeOfficer[]; contacts: number[] }> {
    const roster = await makeRoster(database.db, 9, 9)
    const id = await start()
    await feedOnce(id, noon, 100)
    await results('sent', 4)
    await results('uncertain', 2)
    await results('failed', 3)
    await feedOnce(id)
    expect(await outcomes(id)).toMatchObject({ sent: 4, uncertain: 2, failed: 3 })
    return { id, ...roster }
  }

  it.each([
    [{ uncertain: true, failed: false }, 2, { sent: 6, uncertain: 0, failed: 3 }],
    [{ uncertain: false, failed: true }, 3, { sent: 7, uncertain: 2, failed: 0 }],
    [{ uncertain: true, failed: true }, 5, { sent: 9, uncertain: 0, failed: 0 }],
  ])('%j reaches those, once', async (again, persons, after) => {
    const { id } = await ended()
    expect(await resend(id, again)).toEqual({ persons, unreachable: 0 })
    expect(await resend(id, again)).toEqual({ refused: 'state', state: 'running' })
    expect(await runToEnd(id)).toHaveLength(9 + persons)
    expect(await outcomes(id)).toMatchObject(after)
    expect(await resend(id, again)).toEqual({ persons: 0, unreachable: 0 })
    expect(await stateOf(id)).toBe('done')
    expect(await database.db.auditEntry.count({ where: { action: 'broadcast.resend' } })).toBe(2)
  })

  it('leaves who cannot be reached as they are', async () => {
    const { id, contacts } = await ended()
    await database.db.contact.update({
      where: { id: contacts[8] ?? 0 },
      data: { unreachableSince: noon, unreachableWhy: 'blocked' },
    })
    expect(await resend(id, { uncertain: false, failed: true })).toEqual({ persons: 2, unreachable: 1 })
    await runToEnd(id)
    expect((await reportOf(database.db, id))?.failed).toEqual([{ why: 'blocked', persons: 1 }])
  })

  it('does not send again what is too old to be kept', async () => {
    const { id } = await ended()
    await database.db.outgoingMessage.deleteMany({ where: { state: 'sent' } })
    expect(await resend(id, { uncertain: true, failed: false })).toEqual({ persons: 2, unreachable: 0 })
    expect(await runToEnd(id)).toHaveLength(2 + 3 + 2)
    expect((await reportOf(database.db, id))?.leftOut).toEqual([{ why: 'forgotten', persons: 4 }])
  })
})

it('a second try on another contact is the one that counts, and pausing sends it there later', async () => {
  const { officers, contacts } = await makeRoster(database.db, 1, 1)
  const { phone = '', personId = 0 } = officers[0] ?? {}
  const id = await start()
  await feedOnce(id)
  await results('failed')
  const [failed] = await database.db.outgoingMessage.findMany()
  const other = await database.db.contact.create({ data: { channel: 'telegram', chat: '2', phone } })
  const again = await database.db.outgoingMessage.create({
    data: {
      ...{ contactId: other.id, channel: 'telegram', kind: 'broadcast', content: { parts: [] }, dueAt: noon },
      ...{
        broadcastId: id,
        personIds: [personId],
        replacesId: failed?.id ?? 0,
        dedupeKey: `broadcast/${id}/${contacts[0]}/0/${other.id}`,
      },
    },
  })
  expect(await outcomes(id)).toMatchObject({ waiting: 1, failed: 0 })
  await change(id, 'pause')
  expect(await database.db.outgoingMessage.count({ where: { id: again.id } })).toBe(0)
  await change(id, 'resume')
  await runToEnd(id)
  expect(await database.db.outgoingMessage.findMany({ where: { state: 'sent' } })).toMatchObject([
    { contactId: other.id },
  ])
  expect(await outcomes(id)).toMatchObject({ sent: 1, failed: 0 })
})
