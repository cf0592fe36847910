import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { personsOfNumber } from '../../src/contacts/contacts.ts'
import { transaction } from '../../src/database/client.ts'
import { cancelRegistration } from '../../src/registration/cancel.ts'
import { joinWaitingList, register } from '../../src/registration/register.ts'
import { sweepOffers, trainingsToSweep } from '../../src/registration/waiting-list.ts'
import { hour, later } from '../../src/time.ts'
import { makeOfficers, makeProgramme } from '../programme.ts'
import { type Hosting, startHosting } from './hosting.ts'

let host: Hosting

beforeEach(async () => {
  host = await startHosting()
})

afterEach(() => host.stop())

const shown = (chat: number) => host.api.user(chat).messages.map(({ text }) => text)

/** Persons, each with these numbers, whose contacts are the chats of the same place. */
async function person(name: string, phones: string[]): Promise<number> {
  const { id } = await host.db.person.create({
    data: { name, phones: { create: phones.map((phone) => ({ phone })) } },
  })
  return id
}

const [one, two, three] = ['+6281200000001', '+6281200000002', '+6281200000003']
const rows = () => host.db.outgoingMessage.findMany({ orderBy: { id: 'asc' } })
const heard = (minutes: number) => new Date(Date.now() - minutes * 60_000)

describe.each(['notice', 'reminder', 'broadcast'] as const)(
  'a %s to a contact that has blocked the bot',
  (kind) => {
    it('goes to the other contact of its person, once, with all that it held', async () => {
      const sari = await person('Sari', [one, two])
      const first = await host.contact(1, { phone: one, lastHeardAt: heard(1) })
      const second = await host.contact(2, { phone: two, lastHeardAt: heard(9) })
      host.api.user(1).blocks()
      const asks = {
        kind: 'reminder' as const,
        subject: 'REG-1',
        deadline: later(new Date(), hour).toISOString(),
      }
      const expiresAt = later(new Date(), hour)
      const failed = await host.queue({
        ...{
          contact: first,
          kind,
          text: 'kabar',
          personIds: [sari],
          asks,
          expiresAt,
          dedupeKey: `k/${first.id}`,
        },
      })
      await host.sendAll()
      await host.sendAll()
      expect(shown(2)).toEqual(['kabar'])
      const [before, after, ...more] = await rows()
      expect(more).toEqual([])
      expect(before).toMatchObject({ id: failed, state: 'failed' })
      expect(after).toMatchObject({
        ...{
          kind,
          asks,
          expiresAt,
          contactId: second.id,
          state: 'sent',
          replacesId: failed,
          personIds: [sari],
        },
      })
      expect(await host.db.contact.findUniqueOrThrow({ where: { id: first.id } })).toMatchObject({
        unreachableWhy: 'blocked',
      })
    })
  },
)

describe('the other contact', () => {
  it('persons who shared one are told on several, each with those whom it speaks for', async () => {
    const [sari, tono, dewi] = [
      await person('Sari', [one, two]),
      await person('Tono', [one, three]),
      await person('Dewi', [one]),
    ]
    const shared = await host.contact(1, { phone: one })
    const [second, third] = [await host.contact(2, { phone: two }), await host.contact(3, { phone: three })]
    host.api.user(1).blocks()
    await host.queue({ contact: shared, kind: 'notice', text: 'pindah', personIds: [sari, tono, dewi] })
    await host.sendAll()
    expect([shown(2), shown(3)]).toEqual([['pindah'], ['pindah']])
    const told = (await rows()).filter(({ state }) => state === 'sent')
    expect(told.map(({ contactId, personIds }) => [contactId, personIds])).toEqual([
      [second.id, [sari]],
      [third.id, [tono]],
    ])
  })

  it('where each fails nobody is tried twice, even if the first is back meanwhile', async () => {
    const sari = await person('Sari', [one, two])
    const first = await host.contact(1, { phone: one, lastHeardAt: heard(1) })
    await host.contact(2, { phone: two, lastHeardAt: heard(9) })
    host.api.user(1).blocks()
    await host.queue({ contact: first, kind: 'notice', text: 'pindah', personIds: [sari] })
    await host.delivery.sweep()
    await host.delivery.idle()
    host.api.user(2).blocks()
    await host.db.contact.update({ where: { id: first.id }, data: { unreachableSince: null } })
    await host.sendAll()
    expect((await rows()).map(({ state }) => state)).toEqual(['failed', 'failed'])
  })

  it('is not tried for a reply, nor when the person has said STOP there and it is a broadcast', async () => {
    const sari = await person('Sari', [one, two])
    const first = await host.contact(1, { phone: one })
    await host.contact(2, { phone: two, stoppedAt: new Date() })
    host.api.user(1).blocks()
    await host.queue({ contact: first, kind: 'reply', text: 'jawaban', personIds: [sari] })
    await host.queue({ contact: first, kind: 'broadcast', text: 'siaran', personIds: [sari] })
    await host.queue({ contact: first, kind: 'notice', text: 'pindah', personIds: [sari] })
    await host.sendAll()
    expect(shown(2)).toEqual(['pindah'])
  })

  it('is never a terminal or the simulator for who has a messenger', async () => {
    const sari = await person('Sari', [one])
    const first = await host.contact(1, { phone: one })
    await host.db.contact.create({ data: { channel: 'terminal', chat: one, phone: one } })
    host.api.user(1).blocks()
    await host.queue({ contact: first, kind: 'notice', text: 'pindah', personIds: [sari] })
    await host.sendAll()
    expect(await rows()).toHaveLength(1)
  })

  it('takes a broadcast along in what its recipients are counted by', async () => {
    const sari = await person('Sari', [one, two])
    const first = await host.contact(1, { phone: one, lastHeardAt: heard(1) })
    const second = await host.contact(2, { phone: two, lastHeardAt: heard(9) })
    host.api.user(1).blocks()
    const broadcast = await host.db.broadcast.create({
      data: { text: 'siaran', audience: 'all', createdBy: 'test', createdAt: new Date(), dueAt: new Date() },
    })
    const outgoingId = await host.queue({
      ...{ contact: first, kind: 'broadcast', text: 'siaran', personIds: [sari], broadcastId: broadcast.id },
    })
    const key = { broadcastId: broadcast.id, personId: sari }
    await host.db.broadcastRecipient.create({ data: { ...key, contactId: first.id, outgoingId } })
    await host.sendAll()
    const recipient = await host.db.broadcastRecipient.findUniqueOrThrow({
      where: { broadcastId_personId: key },
      include: { outgoing: true },
    })
    expect(recipient).toMatchObject({ contactId: second.id, outgoing: { state: 'sent' } })
  })
})

describe('an offered seat', () => {
  const rules = { reminderOffsets: [], quietHours: null }

  it('is taken back only when every contact has failed, and stays with who is told on another', async () => {
    const { code } = await makeProgramme(host.db, { capacity: 1 })
    const [holder, waits] = await makeOfficers(host.db, 2, { consented: true })
    if (!holder || !waits) throw new Error('no officers')
    await host.db.personPhone.create({ data: { personId: waits.personId, phone: two } })
    await host.contact(1, { phone: waits.phone, lastHeardAt: heard(1) })
    await host.contact(2, { phone: two, lastHeardAt: heard(9) })
    host.api.user(1).blocks()
    const officer = async ({ personId, phone }: typeof holder) => {
      const [position] = (await personsOfNumber(host.db, phone))[0]?.positions ?? []
      if (!position) throw new Error('no position')
      return { personId, position }
    }
    const given = await transaction(host.db, async (tx) => {
      const held = await register(tx, await officer(holder), code, rules, new Date())
      await joinWaitingList(tx, await officer(waits), code, new Date())
      if ('refused' in held) throw new Error(held.refused)
      return await cancelRegistration(tx, holder.personId, held.registered.id, null, new Date())
    })
    expect(given?.state).toBe('cancelled')
    await host.sendAll()
    const state = async () =>
      (await host.db.registration.findFirstOrThrow({ where: { personId: waits.personId } })).state
    expect(await trainingsToSweep(host.db, null, new Date())).toEqual([])
    expect(await state()).toBe('offered')
    expect(shown(2)).toHaveLength(1)
    await host.db.outgoingMessage.updateMany({ where: { state: 'sent' }, data: { state: 'failed' } })
    await host.db.contact.updateMany({ data: { unreachableSince: new Date() } })
    expect(await trainingsToSweep(host.db, null, new Date())).toEqual([code])
    await transaction(host.db, (tx) => sweepOffers(tx, code, rules, new Date()))
    expect(await state()).toBe('waitlisted')
  })
})
