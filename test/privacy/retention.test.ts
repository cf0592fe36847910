import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { transaction } from '../../src/database/client.ts'
import { lockConversation } from '../../src/database/locks.ts'
import { retain } from '../../src/privacy/retention.ts'
import { hour, later } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { makeOfficers } from '../programme.ts'
import { writes } from './chat.ts'
import { traces } from './traces.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
beforeEach(() => database.empty())
afterAll(() => database.drop())

const day = 24 * hour
const began = new Date('2026-03-02T02:00:00Z')
const onDay = (days: number) => later(began, days * day)

/** All steps until nothing is left to do; returns how many. */
async function retainAll(days: number, now: Date): Promise<number> {
  let steps = 0
  while ((await transaction(database.db, (tx) => retain(tx, days, now))) > 0) steps++
  return steps
}

async function allSent(now = began): Promise<void> {
  await database.db.outgoingMessage.updateMany({
    where: { state: 'queued' },
    data: { state: 'sent', externalId: '1', sentAt: now },
  })
}

async function officer(consented = true) {
  const [made] = await makeOfficers(database.db, 1, { consented })
  if (!made) throw new Error('no officer')
  return made
}

describe('conversations', () => {
  it('are deleted when they are older than the days set, and not before', async () => {
    const { phone } = await officer()
    await writes(database.db, '1', 'halo', { phone, now: began })
    await allSent()
    await writes(database.db, '1', 'gelombang 3 kapan', { now: onDay(5) })
    await allSent(onDay(5))
    expect(await retainAll(10, onDay(10))).toBe(0)
    expect(await database.db.incomingMessage.count()).toBe(2)
    await retainAll(10, later(onDay(10), 1))
    expect(await database.db.incomingMessage.findMany()).toMatchObject([
      { content: { text: 'gelombang 3 kapan' } },
    ])
    expect(await database.db.outgoingMessage.count()).toBe(1)
    expect(await retainAll(10, later(onDay(10), 1))).toBe(0)
  })

  it('keep what waits to go out, is being sent, or has no answer yet', async () => {
    const { phone } = await officer()
    await writes(database.db, '1', 'halo', { phone, now: began })
    const { id: contactId } = await database.db.contact.findFirstOrThrow()
    await database.db.incomingMessage.create({
      data: {
        ...{ contactId, channel: 'telegram', chat: '1', externalId: 'x', receivedAt: began },
        content: { kind: 'text', text: 'belum dijawab' },
      },
    })
    await retainAll(1, onDay(100))
    expect(await database.db.incomingMessage.findMany()).toMatchObject([
      { content: { text: 'belum dijawab' }, state: 'stored' },
    ])
    expect(await database.db.outgoingMessage.findMany()).toMatchObject([{ state: 'queued' }])
  })

  it('of who is silent so long begin anew, and the name is asked again', async () => {
    const { phone } = await officer()
    await writes(database.db, '1', 'gelombang 3 kapan', { phone, now: began })
    await writes(database.db, '2', 'halo', { phone: '+6281300000001', now: onDay(8) })
    await retainAll(10, onDay(11))
    const contacts = await database.db.contact.findMany({
      orderBy: { id: 'asc' },
      include: { conversation: true },
    })
    expect(contacts.map(({ mustConfirmName }) => mustConfirmName)).toEqual([true, false])
    expect(contacts[0]?.conversation?.state).toEqual({})
    expect(contacts[1]?.conversation?.state).toMatchObject({ introduced: true })
  })

  it('of who is on no roster begin anew, and no name is asked, since there is none', async () => {
    const { db } = database
    await writes(db, '1', 'halo', { phone: '+6281300000001', now: began })
    await writes(db, '2', 'halo', { now: began })
    await allSent()
    await retainAll(10, onDay(11))
    expect(await db.contact.findMany()).toMatchObject([{ chat: '1', mustConfirmName: false }])
    expect(await db.conversation.findFirst()).toMatchObject({ state: {} })
    expect(await retainAll(10, onDay(12))).toBe(0)
  })

  it('in the middle of a turn are passed over', async () => {
    const { phone } = await officer()
    await writes(database.db, '1', 'gelombang 3 kapan', { phone, now: began })
    await allSent()
    const { id } = await database.db.contact.findFirstOrThrow()
    await transaction(database.db, async (tx) => {
      await lockConversation(tx, id)
      await retainAll(10, onDay(20))
      await tx.contact.update({ where: { id }, data: { lastHeardAt: onDay(20) } })
    })
    await retainAll(10, onDay(20))
    expect(await database.db.conversation.findFirst()).toMatchObject({ state: { introduced: true } })
    expect(await database.db.contact.findFirst()).toMatchObject({ mustConfirmName: false })
  })

  it('go in bounded steps, thousands in all', async () => {
    const { phone } = await officer()
    await writes(database.db, '1', 'halo', { phone, now: began })
    const { id: contactId } = await database.db.contact.findFirstOrThrow()
    await database.db.incomingMessage.createMany({
      data: Array.from({ length: 2_500 }, (_, index) => ({
        ...{ contactId, channel: 'telegram', chat: '1', externalId: `x${index}`, receivedAt: began },
        ...{ content: { kind: 'text', text: 'a' }, state: 'answered' as const, answeredAt: began },
      })),
    })
    expect(await retainAll(10, onDay(11))).toBe(3)
    expect(await database.db.incomingMessage.count()).toBe(0)
  })

  it('of which nothing is left, not even a number, leave no contact; a STOP stays', async () => {
    await writes(database.db, '1', 'halo', { now: began })
    await writes(database.db, '2', 'STOP', { now: began })
    await writes(database.db, '3', 'halo', { phone: '+6281300000001', now: began })
    await allSent()
    await retainAll(10, onDay(9))
    expect(await database.db.contact.count()).toBe(3)
    await retainAll(10, onDay(11))
    expect((await database.db.contact.findMany({ orderBy: { id: 'asc' } })).map(({ chat }) => chat)).toEqual([
      '2',
      '3',
    ])
  })
})

describe('the text of who refused consent', () => {
  const secret = 'rahasiaku'

  it('is gone after 24 hours, and the rows stay', async () => {
    const { phone, name } = await officer(false)
    await writes(database.db, '1', `daftar ya, ${secret}`, { phone, now: began })
    await writes(database.db, '1', 'tidak', { now: began })
    await allSent()
    expect(await retainAll(365, later(began, day - 1))).toBe(0)
    expect(await traces(database.pool, [secret])).not.toEqual([])
    await retainAll(365, later(began, day + 1))
    expect(await traces(database.pool, [secret, name, name.split(' ')[0] ?? ''])).toEqual(
      [name, name.split(' ')[0]].map((each) => `person.name: ${each}`),
    )
    expect(await database.db.incomingMessage.findMany()).toMatchObject(
      Array(2).fill({ content: { kind: 'text', text: '' }, understood: null, state: 'answered' }),
    )
    expect(await database.db.outgoingMessage.findMany()).toMatchObject(
      Array(2).fill({ content: { parts: [] }, text: '' }),
    )
    expect(await database.db.contact.findFirst()).toMatchObject({ phone, mustConfirmName: false })
    expect(await retainAll(365, later(began, day + 1))).toBe(0)
  })

  it('of somebody on no roster is gone as well, until they agree', async () => {
    const { db } = database
    const phone = '+6281300000001'
    const says = (text: string, now: Date) => writes(db, '1', text, { phone, now })
    await says(`saya Tono Hartono ketua koperasi Sadai, ${secret}, mau daftar`, began)
    await says('tidak', began)
    expect(await db.contact.findFirst()).toMatchObject({ consentRefusedAt: began })
    await allSent()
    expect(await retainAll(365, later(began, day - 1))).toBe(0)
    await retainAll(365, later(began, day + 1))
    expect(await traces(database.pool, [secret, 'Hartono'])).toEqual([])
    await says('daftar', onDay(2))
    await says('setuju', onDay(2))
    expect(await db.contact.findFirst()).toMatchObject({ consentRefusedAt: null })
    await allSent(onDay(2))
    expect(await retainAll(365, onDay(4))).toBe(0)
    expect(await db.incomingMessage.count({ where: { content: { path: ['text'], equals: 'setuju' } } })).toBe(
      1,
    )
  })

  it('of somebody on no roster stays when they are on it by now and have agreed', async () => {
    const { phone } = await officer()
    await writes(database.db, '1', secret, { phone, now: began })
    await database.db.contact.updateMany({ data: { consentRefusedAt: began } })
    await allSent()
    expect(await retainAll(365, onDay(2))).toBe(0)
  })

  it('stays where somebody of that number has agreed, and of who has not been asked', async () => {
    const agreed = await officer()
    const refused = await officer(false)
    const notAsked = await officer(false)
    await database.db.person.update({
      where: { id: refused.personId },
      data: { consentRefusedAt: began, phones: { create: { phone: agreed.phone } } },
    })
    await writes(database.db, '1', secret, { phone: agreed.phone, now: began })
    await writes(database.db, '2', secret, { phone: notAsked.phone, now: began })
    await allSent()
    expect(await retainAll(365, onDay(2))).toBe(0)
    expect(await database.db.incomingMessage.findMany()).toMatchObject(
      Array(2).fill({ content: { text: secret } }),
    )
  })
})

it('files are deleted after 24 hours, unless they still wait to go out', async () => {
  const { phone } = await officer()
  await writes(database.db, '1', 'minta salinan data saya', { phone, now: began })
  await retainAll(365, onDay(3))
  expect(await database.db.storedFile.count()).toBe(1)
  await allSent()
  expect(await retainAll(365, later(began, day - 1))).toBe(0)
  await retainAll(365, later(began, day + 1))
  expect(await database.db.storedFile.count()).toBe(0)
})
