import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Tx, transaction } from '../../src/database/client.ts'
import type { ProfileRequest } from '../../src/database/generated/client.ts'
import {
  approveRequest,
  refuseRequest,
  requestChange,
  type Wish,
  waitingRequests,
} from '../../src/people/profile-requests.ts'
import { register } from '../../src/registration/register.ts'
import { hour, later } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { type MadeOfficer, makeOfficers, makeProgramme } from '../programme.ts'
import { now } from './command.ts'
import { told } from './conversation.ts'

let test: TestDatabase
let officer: MadeOfficer
let contactId: number
beforeAll(async () => {
  test = await freshDatabase()
})
beforeEach(async () => {
  await test.empty()
  const [made] = await makeOfficers(test.db, 2)
  if (!made) throw new Error('no officer')
  officer = made
  const contact = await test.db.contact.create({
    data: { channel: 'telegram', chat: '1', phone: officer.phone, lastHeardAt: now },
  })
  contactId = contact.id
})
afterAll(() => test.drop())

const inTransaction = <T>(work: (tx: Tx) => Promise<T>) => transaction(test.db, work)
const ask = (wish: Wish, at = now) => inTransaction((tx) => requestChange(tx, officer.personId, wish, at))
const approve = (id: number, at = now) => inTransaction((tx) => approveRequest(tx, id, at, null))
const person = () =>
  test.db.person.findUniqueOrThrow({
    where: { id: officer.personId },
    include: { phones: true, positions: { where: { until: null }, include: { cooperative: true } } },
  })

const ketua = async () => ({
  cooperativeId: (await person()).positions[0]?.cooperativeId ?? 0,
  positionId: officer.positionId,
})

describe('a wish', () => {
  it('is shown to who decides, with what it changes', async () => {
    const { cooperativeId, positionId } = await ketua()
    const { id: name } = await ask({ field: 'name', value: { name: 'Siti Aminah' } })
    const { id: phone } = await ask({ field: 'phone', value: { phone: '+6281155556666' } })
    const { id: position } = await ask({
      field: 'position',
      value: { title: 'wakil_ketua_usaha', role: 'pengurus', cooperativeId, positionId },
    })
    const of = {
      ...{ since: now, ends: false },
      person: { id: officer.personId, name: officer.name, phones: [officer.phone], title: 'ketua' },
      cooperative: officer.cooperative,
    }
    expect(await waitingRequests(test.db)).toEqual([
      { ...of, id: name, field: 'name', from: officer.name, to: 'Siti Aminah' },
      { ...of, id: phone, field: 'phone', from: officer.phone, to: '+6281155556666' },
      {
        ...{ ...of, id: position, field: 'position', from: `ketua, ${officer.cooperative}` },
        to: `wakil ketua usaha, ${officer.cooperative}`,
      },
    ])
  })

  it('takes the place of an open one for the same, whose id is nobody’s then', async () => {
    const first = await ask({ field: 'name', value: { name: 'Siti' } })
    const second = await ask({ field: 'name', value: { name: 'Sari' } })
    expect([first.replaced, second.replaced]).toEqual([false, true])
    expect(await approve(first.id)).toEqual({ gone: true })
    expect((await person()).name).toBe(officer.name)
  })

  it('is decided once, whoever is quicker', async () => {
    const { id } = await ask({ field: 'name', value: { name: 'Siti' } })
    const results = await Promise.all([
      approve(id),
      inTransaction((tx) => refuseRequest(tx, id, now, null)),
      approve(id),
    ])
    expect(results.filter((result) => 'gone' in result)).toHaveLength(2)
    expect(await test.db.outgoingMessage.count()).toBe(1)
    const [row] = (await test.db.profileRequest.findMany()) as [ProfileRequest]
    expect((await person()).name).toBe(row.state === 'approved' ? 'Siti' : officer.name)
  })

  it('waits for the morning with its answer', async () => {
    const { id } = await ask({ field: 'name', value: { name: 'Siti' } })
    const night = new Date('2026-11-24T23:00+07:00')
    await inTransaction((tx) => approveRequest(tx, id, night, { from: 21 * 60, until: 6 * 60 }))
    expect(await test.db.outgoingMessage.findFirstOrThrow()).toMatchObject({
      ...{ kind: 'notice', dueAt: new Date('2026-11-25T06:00+07:00') },
    })
  })

  it('is told to nobody who cannot be reached, and done all the same', async () => {
    await test.db.contact.deleteMany()
    const { id } = await ask({ field: 'name', value: { name: 'Siti' } })
    expect(await approve(id)).toMatchObject({ told: false })
    expect((await person()).name).toBe('Siti')
  })

  it('refused changes nothing, and is told', async () => {
    const { id } = await ask({ field: 'phone', value: { phone: '+6281155556666' } })
    await inTransaction((tx) => refuseRequest(tx, id, now, null))
    expect(await told(test.db, { contactId })).toContain('tidak disetujui petugas: nomor HP +6281155556666')
    expect((await person()).phones).toHaveLength(1)
    expect(await waitingRequests(test.db)).toEqual([])
  })
})

describe('a number that is agreed to', () => {
  it('comes beside the old one', async () => {
    const { id } = await ask({ field: 'phone', value: { phone: '+6281155556666' } })
    await approve(id)
    expect((await person()).phones.map(({ phone }) => phone).sort()).toEqual(
      [officer.phone, '+6281155556666'].sort(),
    )
  })

  it('takes the place of a lost one, and the chat until now is told before it is cut off', async () => {
    const { id } = await ask({ field: 'phone', value: { phone: '+6281155556666', gone: officer.phone } })
    expect(await approve(id)).toMatchObject({ told: true })
    expect((await person()).phones.map(({ phone }) => phone)).toEqual(['+6281155556666'])
    const words = await told(test.db, { contactId })
    expect(words).toContain('Nomor yang lama sudah dihapus')
    expect(await test.db.outgoingMessage.findFirstOrThrow()).toMatchObject({ content: { asksPhone: true } })
  })

  it.each(['agreed to', 'refused'])(
    'in place of a lost one that is %s is not told to the lost phone',
    async (how) => {
      const { id } = await ask({ field: 'phone', value: { phone: '+6281155556666', gone: officer.phone } })
      if (how === 'refused') await inTransaction((tx) => refuseRequest(tx, id, now, null))
      else await approve(id)
      const { content } = await test.db.outgoingMessage.findFirstOrThrow({ where: { contactId } })
      expect(JSON.stringify(content)).not.toMatch(/\d{6}/)
      expect(await told(test.db, { contactId })).toContain('disetujui petugas: nomor HP yang baru')
    },
  )
})

describe('an office that is agreed to', () => {
  it('takes the place of the old one, and registrations of the same role go over', async () => {
    await test.db.position.updateMany({ data: { from: later(now, -hour) } })
    const { code } = await makeProgramme(test.db, { now })
    const position = await test.db.position.findUniqueOrThrow({
      where: { id: officer.positionId },
      include: { cooperative: true },
    })
    const rules = { reminderOffsets: [], quietHours: null }
    await inTransaction((tx) => register(tx, { personId: officer.personId, position }, code, rules, now))
    const value = { title: 'bendahara', role: 'pengurus', ...(await ketua()) } as const
    const { id } = await ask({ field: 'position', value })
    expect(await approve(id, later(now, hour))).toMatchObject({ keeps: [] })
    const [next] = (await person()).positions
    expect(next).toMatchObject({ title: 'bendahara', from: later(now, hour) })
    expect(await test.db.position.findUnique({ where: { id: officer.positionId } })).toMatchObject({
      until: later(now, hour),
    })
    expect(await test.db.registration.findFirstOrThrow()).toMatchObject({
      ...{ positionId: next?.id, title: 'bendahara', state: 'confirmed' },
    })
  })

  it('of another cooperative leaves registrations as they are, and says which', async () => {
    const { code } = await makeProgramme(test.db, { now })
    const position = await test.db.position.findUniqueOrThrow({
      where: { id: officer.positionId },
      include: { cooperative: true },
    })
    const rules = { reminderOffsets: [], quietHours: null }
    await inTransaction((tx) => register(tx, { personId: officer.personId, position }, code, rules, now))
    const other = await test.db.cooperative.findFirstOrThrow({
      where: { id: { not: position.cooperativeId } },
    })
    const value = {
      title: 'ketua',
      role: 'pengurus',
      cooperativeId: other.id,
      positionId: position.id,
    } as const
    const { id } = await ask({ field: 'position', value })
    const registration = await test.db.registration.findFirstOrThrow()
    expect(await approve(id)).toMatchObject({ keeps: [registration.number] })
    expect((await person()).positions).toMatchObject([{ cooperativeId: other.id, title: 'ketua' }])
    expect(await test.db.registration.findFirstOrThrow()).toMatchObject({
      ...{ positionId: position.id, cooperativeId: position.cooperativeId, state: 'confirmed' },
    })
  })

  it('beside the one held ends nothing; one that is held already is not held twice', async () => {
    const { cooperativeId, positionId } = await ketua()
    const beside = { title: 'ketua_pengawas', role: 'pengawas', cooperativeId, positionId: null } as const
    await approve((await ask({ field: 'position', value: beside })).id)
    expect((await person()).positions.map(({ title }) => title).sort()).toEqual(['ketua', 'ketua_pengawas'])
    const same = { title: 'ketua', role: 'pengurus', cooperativeId, positionId } as const
    await approve((await ask({ field: 'position', value: same })).id)
    expect((await person()).positions).toHaveLength(2)
  })
})
