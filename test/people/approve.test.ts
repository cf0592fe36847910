import { PassThrough, Readable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { approveCommand, approveListCommand } from '../../src/commands/approve.ts'
import { transaction } from '../../src/database/client.ts'
import { createLog } from '../../src/log.ts'
import { requestChange } from '../../src/people/profile-requests.ts'
import { introduce, waitingOffice } from '../../src/people/waiting-office.ts'
import type { Decision } from '../../src/planning/decision.ts'
import { trainingByCode } from '../../src/programme/trainings.ts'
import { applyForSeat } from '../../src/registration/apply.ts'
import { createRegistration, joinWaitingList, register } from '../../src/registration/register.ts'
import { wrongCounters } from '../../src/registration/seats.ts'
import { hour, later } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { makeProgramme } from '../programme.ts'

const now = new Date('2026-11-25T09:00+07:00')
const rules = { reminderOffsets: ['P1D'], quietHours: null }
const phone = '+6281200000001'
const tono = {
  name: 'Tono Hartono',
  areaCode: '21.71.09.1003',
  role: 'pengurus',
  title: 'bendahara',
} as const

let test: TestDatabase
beforeAll(async () => {
  test = await freshDatabase()
})
beforeEach(() => test.empty())
afterAll(() => test.drop())

function context() {
  const [output, errors] = [new PassThrough(), new PassThrough()]
  const given = {
    ...{ db: test.db, now, rules, actor: 'command:test', log: createLog('silent') },
    ...{ input: Readable.from([]), output, errors },
  }
  return { given, output, errors }
}

async function decide(ids: string[], decision: Decision = { agree: true }) {
  const { given, output, errors } = context()
  const planned: unknown[] = []
  const status = await approveCommand(ids, decision, {
    ...given,
    addReminderJobs: async (reminders) => void planned.push(...reminders),
  })
  return { status, said: String(output.read() ?? ''), failed: String(errors.read() ?? ''), planned }
}

async function list(options = {}) {
  const { given, output } = context()
  expect(await approveListCommand(options, given)).toBe(0)
  return String(output.read() ?? '')
}

/** Somebody who writes from this number and waits; with the number of their registration if they chose a class. */
async function stranger(
  given: Partial<Parameters<typeof introduce>[2]> & { phone?: string; training?: string } = {},
) {
  const { training, phone: number = phone, ...said } = given
  return await transaction(test.db, async (tx) => {
    await tx.contact.create({ data: { channel: 'telegram', chat: number, phone: number, lastHeardAt: now } })
    const personId = await introduce(tx, number, { ...tono, ...said }, now)
    const position = await waitingOffice(tx, personId)
    if (!position) throw new Error('does not wait')
    const result = training && (await applyForSeat(tx, { personId, position }, training, now))
    if (result && !('applied' in result)) throw new Error(result.refused)
    return { personId, position, number: result ? result.applied.number : '' }
  })
}

/** An officer of the roster in the same cooperative. */
async function officer(
  name: string,
  title: 'ketua' | 'bendahara',
  phones: string[] = [],
  areaCode: string = tono.areaCode,
) {
  const cooperative = await test.db.cooperative.upsert({
    where: { areaCode },
    create: { areaCode, name: 'Koperasi Sadai' },
    update: {},
  })
  const { id, positions } = await test.db.person.create({
    data: {
      name,
      phones: { create: phones.map((each) => ({ phone: each })) },
      positions: {
        create: { cooperativeId: cooperative.id, role: 'pengurus', title, from: later(now, -hour) },
      },
    },
    include: { positions: { include: { cooperative: true } } },
  })
  const [position] = positions
  if (!position) throw new Error('no position')
  return { personId: id, position }
}

const notices = async () =>
  (await test.db.outgoingMessage.findMany({ where: { kind: 'notice' }, orderBy: { id: 'asc' } }))
    .map(({ content }) => JSON.stringify(content))
    .filter((content) => !content.includes('"calendar-file"'))

const state = async (number: string) =>
  (await test.db.registration.findUniqueOrThrow({ where: { number } })).state

describe('the list', () => {
  it('says who waits, for what, since when, and what the roster says of them', async () => {
    const { code } = await makeProgramme(test.db, { now })
    await officer('Tono Hartonno', 'bendahara', ['+6281299990000'])
    await officer('Wati Lestari', 'ketua')
    const { number } = await stranger({ training: code })
    const other = await stranger({ name: 'Rudi Salim', title: 'ketua', phone: '+6281200000002' })
    const said = await list()
    expect(said).toMatch(
      new RegExp(
        `${number} +25 Nov 2026 09\\.00 +Tono Hartono +bendahara +Koperasi Sadai \\(Sadai, Bengkong\\) +\\${phone} +${code} +sudah ada di daftar: Tono Hartonno, bendahara, \\+6281299990000`,
      ),
    )
    expect(said).toMatch(
      new RegExp(
        `JAB-${other.position.id} .*Rudi Salim +ketua .* - +jabatan ini dipegang Wati Lestari, ketua`,
      ),
    )
    const json = JSON.parse(await list({ json: true }))
    expect(json).toHaveLength(2)
    expect(json).toContainEqual(
      expect.objectContaining({
        ...{ id: number, training: code, phones: [phone] },
        hints: [expect.objectContaining({ kind: 'on-the-roster', name: 'Tono Hartonno' })],
      }),
    )
  })

  it('is empty when nobody waits', async () => {
    expect(await list()).toBe('Tidak ada yang menunggu persetujuan.\n')
  })

  it('names the colleague who asked, and whose seat is taken over; both are confirmed alike', async () => {
    const { code } = await makeProgramme(test.db, { now, capacity: 1 })
    const asker = await officer('Wati Lestari', 'ketua', ['+6281299990001'])
    const substitute = await officer('Rudi Salim', 'bendahara')
    const number = await transaction(test.db, async (tx) => {
      const held = await register(tx, asker, code, rules, now)
      const training = await trainingByCode(tx, code)
      if (!training || !('registered' in held)) throw new Error('no seat')
      const more = { requestedById: asker.personId, replacesId: held.registered.id }
      return (await createRegistration(tx, substitute, training, 'pending', now, more)).number
    })
    expect(await list()).toContain('diminta oleh Wati Lestari; menggantikan Wati Lestari')
    expect((await decide([number])).said).toBe(`${number} Rudi Salim: disetujui, terdaftar di ${code}\n`)
    expect(await test.db.registration.groupBy({ by: ['state'], _count: true })).toHaveLength(2)
    expect(await test.db.training.findUnique({ where: { code } })).toMatchObject({ taken: 1 })
  })
})

describe('yes', () => {
  it('makes the office count, gives the seat, plans reminders, tells the person, and is audited', async () => {
    const { code } = await makeProgramme(test.db, { now })
    const { number, position, personId } = await stranger({ training: code })
    const done = await decide([number.slice(4).toLowerCase()])
    expect(done).toMatchObject({
      status: 0,
      said: `${number} Tono Hartono: disetujui, terdaftar di ${code}\n`,
    })
    expect(done.planned).toHaveLength(1)
    expect(await test.db.position.findUnique({ where: { id: position.id } })).toMatchObject({
      pending: false,
      until: null,
    })
    expect(await state(number)).toBe('confirmed')
    expect((await notices())[0]).toContain('pending-confirmed')
    expect(await test.db.auditEntry.findMany()).toMatchObject([
      { actor: 'command:test', action: 'approve.yes', subject: number, personId },
    ])
    expect(await transaction(test.db, wrongCounters)).toEqual([])
  })

  it('said twice changes nothing and tells nobody again, even by two at once', async () => {
    const { code } = await makeProgramme(test.db, { now })
    const { number } = await stranger({ training: code })
    const both = await Promise.all([decide([number]), decide([number])])
    expect(both.map(({ status }) => status)).toEqual([0, 0])
    expect(both.map(({ said }) => said.includes('sudah diputuskan')).toSorted()).toEqual([false, true])
    const contrary = await decide([number], { agree: false })
    expect(contrary.said).toContain('sudah diputuskan sebelumnya (terdaftar)')
    expect(contrary).toMatchObject({
      ...{ status: 1, failed: `bimtek: ${number} was decided otherwise before; that stands\n` },
    })
    expect(await state(number)).toBe('confirmed')
    expect(await notices()).toHaveLength(1)
    expect(await test.db.auditEntry.count()).toBe(1)
  })

  it('puts who is agreed to for a full class on its waiting list', async () => {
    const { code } = await makeProgramme(test.db, { now, capacity: 1 })
    const first = await stranger({ training: code })
    const second = await stranger({ training: code, name: 'Rudi Salim', phone: '+6281200000002' })
    const { said } = await decide([first.number, second.number])
    expect(said).toContain(`${second.number} Rudi Salim: disetujui; ${code} penuh, daftar tunggu urutan 1`)
    expect(await state(second.number)).toBe('waitlisted')
  })

  it('says which rule stands against it by now; the office counts all the same', async () => {
    const { code } = await makeProgramme(test.db, { now })
    const { number, position } = await stranger({ training: code })
    await test.db.training.update({ where: { code }, data: { roles: ['manajer'] } })
    expect((await decide([number])).said).toContain('kelas ini bukan untuk jabatannya')
    expect(await state(number)).toBe('refused')
    expect(await test.db.position.findUnique({ where: { id: position.id } })).toMatchObject({
      pending: false,
    })
  })

  it('agrees to an office without a class, and tells that they can register now', async () => {
    const { position } = await stranger()
    expect((await decide([`jab-${position.id}`])).said).toBe(`JAB-${position.id} Tono Hartono: disetujui\n`)
    expect((await notices())[0]).toContain('office-approved')
    expect((await decide([`JAB-${position.id}`])).said).toContain('sudah diputuskan sebelumnya (disetujui)')
    expect(await notices()).toHaveLength(1)
  })

  it('warns of who else holds an office that a cooperative has once, and how to end it', async () => {
    await officer('Budi Santoso', 'bendahara')
    await officer('Wati Lestari', 'ketua')
    const { position } = await stranger()
    const { said, status } = await decide([`JAB-${position.id}`])
    expect(status).toBe(0)
    expect(said).toContain('bendahara Koperasi Sadai tercatat juga pada Budi Santoso')
    expect(said).toContain('--leavers')
    expect(said).not.toContain('Wati')
    expect((await decide([`JAB-${position.id}`])).said).not.toContain('Perhatian')
  })

  it.each([
    ['anggota_pengawas', 'pengawas', 0],
    ['ketua', 'pengurus', 1],
  ] as const)('warns of a second %s by a wish: %s, %i', async (title, role, warnings) => {
    const { personId, position } = await officer('Tuti Handayani', 'bendahara', [phone])
    const other = await officer('Wati Lestari', 'ketua')
    await test.db.position.create({
      data: {
        ...{ personId: other.personId, cooperativeId: position.cooperativeId },
        role,
        title: 'anggota_pengawas',
      },
    })
    const value = { title, role, cooperativeId: position.cooperativeId, positionId: position.id }
    const { id } = await transaction(test.db, (tx) =>
      requestChange(tx, personId, { field: 'position', value }, now),
    )
    expect((await decide([`UBAH-${id}`])).said.match(/tercatat juga pada Wati Lestari/g) ?? []).toHaveLength(
      warnings,
    )
  })

  it('makes no double of whom the roster has: number and registration go to that person', async () => {
    const { code } = await makeProgramme(test.db, { now })
    const known = await officer('Tono Hartonno', 'bendahara', ['+6281299990000'])
    const { number, personId } = await stranger({ training: code })
    const { wave } = await makeProgramme(test.db, { now, wave: 41 })
    const { id: asked } = await transaction(test.db, (tx) =>
      requestChange(tx, known.personId, { field: 'name', value: { name: 'Tono Lama' } }, later(now, -hour)),
    )
    await transaction(test.db, (tx) =>
      requestChange(tx, personId, { field: 'name', value: { name: 'Tono Baru' } }, now),
    )
    await test.db.person.update({
      where: { id: known.personId },
      data: { consentRefusedAt: later(now, -hour) },
    })
    await test.db.waveInterest.create({ data: { personId: known.personId, waveNumber: wave } })
    await test.db.waveInterest.create({ data: { personId, waveNumber: wave, toldAt: now } })
    expect((await decide([number])).said).toContain('disatukan dengan Tono Hartonno')
    expect(await test.db.profileRequest.findMany()).toMatchObject([{ value: { name: 'Tono Baru' } }])
    expect(await test.db.profileRequest.count({ where: { id: asked } })).toBe(0)
    expect(await test.db.waveInterest.findMany()).toMatchObject([{ personId: known.personId, toldAt: now }])
    expect(
      await test.db.person.findMany({ include: { phones: { orderBy: { phone: 'asc' } }, positions: true } }),
    ).toMatchObject([
      {
        ...{ id: known.personId, name: 'Tono Hartonno', positions: [{ id: known.position.id }] },
        phones: [{ phone }, { phone: '+6281299990000' }],
        consentedAt: now,
      },
    ])
    expect(await test.db.registration.findUnique({ where: { number } })).toMatchObject({
      ...{ personId: known.personId, positionId: known.position.id, state: 'confirmed' },
    })
    expect(await test.db.auditEntry.findFirst()).toMatchObject({
      ...{ personId: known.personId, details: { joined: true, merged: personId } },
    })
  })

  it('gives no second seat in a track to whom the roster has with one', async () => {
    const { code } = await makeProgramme(test.db, { now, code: 'A-1', wave: 7 })
    const other = await makeProgramme(test.db, { now, code: 'A-2', wave: 7, startsIn: 25 * 24 * hour })
    const known = await officer('Tono Hartono', 'bendahara', ['+6281299990000'])
    await transaction(test.db, (tx) => register(tx, known, code, rules, now))
    const { number } = await stranger({ training: other.code })
    expect((await decide([number])).said).toContain('sudah terdaftar di kelas lain pada bidang yang sama')
    expect(await state(number)).toBe('refused')
    expect(await test.db.person.count()).toBe(1)
    expect((await notices())[0]).toContain('already-as-officer')
    expect(await transaction(test.db, wrongCounters)).toEqual([])
  })

  it('takes nobody of another cooperative or role for the same person', async () => {
    await officer('Tono Hartono', 'bendahara', [], '21.71.03.1007')
    const { position } = await stranger({ role: 'manajer', title: 'manajer' })
    expect((await decide([`JAB-${position.id}`])).said).not.toContain('disatukan')
    expect(await test.db.person.count()).toBe(2)
  })

  it('changes nothing when one of the ids is none', async () => {
    const { position } = await stranger()
    const done = await decide([`JAB-${position.id}`, 'REG-ZZZZZ', 'JAB-9999999999', "x'; --"])
    expect(done).toMatchObject({
      ...{ status: 1, said: '' },
      failed: 'bimtek: nothing changed: there is no REG-ZZZZZ, JAB-9999999999, X--\n',
    })
    expect(await test.db.position.findFirst()).toMatchObject({ pending: true })
    expect(await test.db.auditEntry.count()).toBe(0)
  })
})

describe('no', () => {
  it('refuses, ends the office, and tells why and what they can do', async () => {
    const { code } = await makeProgramme(test.db, { now })
    const { number, position } = await stranger({ training: code })
    const done = await decide([number], { agree: false, reason: 'Tidak ada dalam SK.' })
    expect(done).toMatchObject({ status: 0, said: `${number} Tono Hartono: ditolak\n` })
    expect(await state(number)).toBe('refused')
    expect(await test.db.position.findUnique({ where: { id: position.id } })).toMatchObject({
      pending: true,
      until: now,
    })
    const [notice] = await notices()
    for (const words of ['pending-refused', 'Tidak ada dalam SK.', 'office-what-then'])
      expect(notice).toContain(words)
    expect(await test.db.auditEntry.findFirst()).toMatchObject({
      ...{ action: 'approve.no', details: { reason: 'Tidak ada dalam SK.' } },
    })
    expect(await list()).toContain('Tidak ada yang menunggu')
  })

  it('leaves no trace of somebody on whom nothing else hangs', async () => {
    const { position } = await stranger()
    const no = { agree: false, reason: 'Tono Hartono bukan pengurus.' } as const
    expect((await decide([`JAB-${position.id}`], no)).status).toBe(0)
    expect(await test.db.person.count()).toBe(0)
    expect(JSON.stringify(await test.db.auditEntry.findMany())).not.toContain('Tono')
    expect((await notices())[0]).toContain('office-refused')
  })

  it('is refused with an endless reason', async () => {
    const endless = { agree: false, reason: 'x'.repeat(301) } as const
    await expect(decide(['JAB-1'], endless)).rejects.toThrow('--reason')
  })
})

describe('a wish to have one’s own data changed', () => {
  const wish = async () => {
    const { personId } = await officer('Wati Lestari', 'ketua', [phone])
    await test.db.contact.create({ data: { channel: 'telegram', chat: '1', phone } })
    const { id } = await transaction(test.db, (tx) =>
      requestChange(tx, personId, { field: 'name', value: { name: 'Wati Lestari Putri' } }, now),
    )
    return { id: `UBAH-${id}`, personId }
  }
  const nameOf = async (id: number) => (await test.db.person.findUniqueOrThrow({ where: { id } })).name

  it('is listed with what it changes, and done with a yes, once', async () => {
    const { id, personId } = await wish()
    const listed = await list()
    expect(listed).toContain('minta nama diubah dari Wati Lestari menjadi Wati Lestari Putri')
    // By what staff call, and know, who asks.
    expect(listed).toMatch(new RegExp(`${id} .*Wati Lestari +[Kk]etua .*\\${phone}`))
    expect((await decide([id.toLowerCase()])).said).toContain(`${id} Wati Lestari: datanya diubah`)
    expect(await nameOf(personId)).toBe('Wati Lestari Putri')
    expect(await test.db.auditEntry.findFirst()).toMatchObject({
      action: 'approve.yes',
      subject: id,
      personId,
    })
    expect((await decide([id])).said).toContain('sudah diputuskan sebelumnya (disetujui)')
    expect(await list()).toContain('Tidak ada yang menunggu')
  })

  it('ends an office with its registrations: the seat goes to who waits', async () => {
    const { code } = await makeProgramme(test.db, { now, capacity: 1 })
    const leaving = await officer('Wati Lestari', 'ketua', [phone])
    const next = await officer('Budi Santoso', 'bendahara', ['+6281299990001'])
    for (const each of [phone, '+6281299990001'])
      await test.db.contact.create({
        data: { channel: 'telegram', chat: each, phone: each, lastHeardAt: now },
      })
    const held = await transaction(test.db, (tx) => register(tx, leaving, code, rules, now))
    const waits = await transaction(test.db, (tx) => joinWaitingList(tx, next, code, now))
    if (!('registered' in held) || !('waiting' in waits)) throw new Error('no seat, or no list')
    const { title, role, cooperativeId, id: positionId } = leaving.position
    const value = { title, role, cooperativeId, positionId, ends: true } as const
    const { id } = await transaction(test.db, (tx) =>
      requestChange(tx, leaving.personId, { field: 'position', value }, now),
    )
    expect(await list()).toContain('menjadi tidak menjabat lagi')
    expect(await decide([`UBAH-${id}`])).toMatchObject({ status: 0, failed: '' })
    expect(await test.db.position.findUnique({ where: { id: positionId } })).toMatchObject({ until: now })
    expect(await state(held.registered.number)).toBe('cancelled')
    expect(await state(waits.waiting.number)).toBe('offered')
    expect((await notices()).join()).toContain(held.registered.number)
    expect(await wrongCounters(test.db)).toEqual([])
  })

  it('changes nothing with a no, and the reason is told', async () => {
    const { id, personId } = await wish()
    expect((await decide([id], { agree: false, reason: 'Sesuai SK.' })).said).toContain('ditolak')
    expect(await nameOf(personId)).toBe('Wati Lestari')
    expect((await notices())[0]).toContain('Sesuai SK.')
  })
})

describe('an introduction', () => {
  it('said again takes the place of the one before, also in the registration that waits', async () => {
    const { code } = await makeProgramme(test.db, { now })
    const { personId, position, number } = await stranger({ training: code })
    const again = { ...tono, name: 'Tono Hartanto', areaCode: '21.71.03.1007', title: 'sekretaris' } as const
    await transaction(test.db, async (tx) => {
      expect(await introduce(tx, phone, again, later(now, hour))).toBe(personId)
    })
    expect(await test.db.position.findMany({ include: { cooperative: true } })).toMatchObject([
      { id: position.id, title: 'sekretaris', cooperative: { areaCode: '21.71.03.1007' } },
    ])
    const registration = await test.db.registration.findUniqueOrThrow({
      where: { number },
      include: { cooperative: true },
    })
    expect(registration).toMatchObject({ title: 'sekretaris', cooperative: { areaCode: '21.71.03.1007' } })
    expect((await test.db.person.findMany()).map(({ name }) => name)).toEqual(['Tono Hartanto'])
  })

  it('leaves alone who left an office and had this number before', async () => {
    const before = await officer('Wati Lestari', 'ketua', [phone])
    await test.db.position.updateMany({ data: { from: now, until: now } })
    const { personId } = await stranger()
    expect(personId).not.toBe(before.personId)
    expect((await test.db.person.findMany({ orderBy: { id: 'asc' } })).map(({ name }) => name)).toEqual([
      'Wati Lestari',
      'Tono Hartono',
    ])
  })

  it('makes the cooperative of a kelurahan or desa that nobody has named', async () => {
    await stranger({ areaCode: '21.01.09.2003' })
    expect(await test.db.cooperative.findMany()).toMatchObject([
      { areaCode: '21.01.09.2003', name: 'Koperasi Desa Merah Putih Kampung Hilir' },
    ])
  })
})
