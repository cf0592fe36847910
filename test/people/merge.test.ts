import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { mergeCommand } from '../../src/commands/person.ts'
import { transaction } from '../../src/database/client.ts'
import type { RegistrationState, Track } from '../../src/database/generated/enums.ts'
import { mergePersons, planMerge } from '../../src/planning/merge-persons.ts'
import { register } from '../../src/registration/register.ts'
import { wrongCounters } from '../../src/registration/seats.ts'
import { hour, later } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { makeProgramme } from '../programme.ts'
import { now, runCommand } from './command.ts'

let test: TestDatabase
let cooperativeId: number
beforeAll(async () => {
  test = await freshDatabase()
})
beforeEach(async () => {
  await test.empty()
  ;({ id: cooperativeId } = await test.db.cooperative.create({
    data: { areaCode: '21.71.09.1003', name: 'Koperasi Sadai' },
  }))
})
afterAll(() => test.drop())

const merge = (
  a: string | number,
  b: string | number,
  options: { yes?: boolean } = { yes: true },
  answer?: string,
) => runCommand(test.db, (context) => mergeCommand(String(a), String(b), options, context), answer)

async function makePerson(name: string, phone: string, more: { sample?: boolean } = {}) {
  return await test.db.person.create({
    data: {
      ...{ name, ...more, phones: { create: { phone } } },
      positions: { create: { cooperativeId, role: 'pengurus', title: 'ketua', from: now } },
    },
    include: { positions: true },
  })
}

type Made = Awaited<ReturnType<typeof makePerson>>

let registrations = 0
async function registered(
  person: Made,
  trainingCode: string,
  state: RegistrationState,
  track: Track = 'organisation',
) {
  registrations += 1
  return await test.db.registration.create({
    data: {
      ...{
        number: `REG-${10_000 + registrations}`,
        personId: person.id,
        positionId: person.positions[0]?.id ?? 0,
      },
      ...{ cooperativeId, role: 'pengurus', title: 'ketua', trainingCode, track, state },
    },
  })
}

describe('two entries of one person', () => {
  it('become one that has all of both', async () => {
    const { code } = await makeProgramme(test.db, { now })
    const second = await makeProgramme(test.db, { now, code: 'LAIN-1', wave: 77 })
    const a = await makePerson('Siti Aminah', '+6281100000011')
    const b = await makePerson('Siti Aminnah', '+6281100000012')
    const office = { personId: b.id, cooperativeId, role: 'pengawas', title: 'anggota_pengawas' } as const
    await test.db.position.create({ data: { ...office, until: now, from: later(now, -hour) } })
    await test.db.person.update({ where: { id: a.id }, data: { consentedAt: later(now, -hour) } })
    await test.db.person.update({ where: { id: b.id }, data: { consentRefusedAt: now } })
    const done = await registered(b, second.code, 'absent')
    const active = await registered(b, code, 'confirmed')
    await test.db.registration.update({ where: { id: active.id }, data: { requestedById: a.id } })
    const session = await test.db.session.findFirstOrThrow({ where: { trainingCode: second.code } })
    await test.db.attendance.create({
      data: { registrationId: done.id, sessionId: session.id, at: now, source: 'paper' },
    })
    await test.db.training.updateMany({ data: { taken: 1 } })
    for (const [personId, at] of [
      [a.id, null],
      [b.id, now],
    ] as const)
      await test.db.waveInterest.create({ data: { personId, waveNumber: 77, toldAt: at } })
    await test.db.waveInterest.create({
      data: {
        personId: b.id,
        waveNumber: (await test.db.wave.findFirstOrThrow({ where: { number: { not: 77 } } })).number,
      },
    })
    const wish = { field: 'name', createdAt: now } as const
    await test.db.profileRequest.create({ data: { ...wish, personId: a.id, value: { name: 'Siti Lama' } } })
    await test.db.profileRequest.create({
      data: { ...wish, personId: b.id, createdAt: later(now, 1), value: { name: 'Siti Baru' } },
    })
    await test.db.profileRequest.create({
      data: {
        ...{ personId: b.id, field: 'position', createdAt: now },
        value: { title: 'bendahara', role: 'pengurus', cooperativeId, positionId: b.positions[0]?.id ?? 0 },
      },
    })
    await test.db.storedFile.create({
      data: {
        personId: b.id,
        name: 'data.txt',
        type: 'text/plain',
        content: Buffer.from('x'),
        createdAt: now,
      },
    })
    await test.db.auditEntry.create({
      data: { at: now, actor: 'command:test', action: 'x.y', personId: b.id },
    })

    const { status, stdout, stderr } = await merge(a.id, b.id)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain(`stays  ${a.id}  Siti Aminah, ketua Koperasi Sadai, +6281100000011`)
    expect(stdout).toContain(`goes   ${b.id}  Siti Aminnah`)
    expect(stdout).toContain(active.number)
    expect(stdout).toContain('Both are ketua Koperasi Sadai: one stays.')

    const person = await test.db.person.findFirstOrThrow({
      include: { phones: true, positions: { orderBy: { id: 'asc' } }, waveInterests: true, files: true },
    })
    expect(await test.db.person.count()).toBe(1)
    expect(person).toMatchObject({ id: a.id, name: 'Siti Aminah', consentedAt: null, consentRefusedAt: now })
    expect(person.phones.map(({ phone }) => phone)).toEqual(['+6281100000011', '+6281100000012'])
    expect(person.positions.map(({ title, until }) => [title, until === null])).toEqual([
      ['ketua', true],
      ['anggota_pengawas', false],
    ])
    expect(person.waveInterests.find(({ waveNumber }) => waveNumber === 77)?.toldAt).toEqual(now)
    expect(person.waveInterests).toHaveLength(2)
    expect(person.files).toHaveLength(1)
    expect(await test.db.attendance.count()).toBe(1)
    expect(await test.db.registration.findMany({ orderBy: { id: 'asc' } })).toMatchObject([
      { number: done.number, personId: a.id, positionId: a.positions[0]?.id },
      { number: active.number, personId: a.id, positionId: a.positions[0]?.id, requestedById: null },
    ])
    const wishes = await test.db.profileRequest.findMany({ orderBy: { field: 'asc' } })
    expect(wishes).toMatchObject([
      { personId: a.id, field: 'name', value: { name: 'Siti Baru' } },
      { personId: a.id, field: 'position', value: { positionId: a.positions[0]?.id } },
    ])
    expect(await test.db.auditEntry.findMany({ orderBy: { id: 'asc' } })).toMatchObject([
      { action: 'x.y', personId: a.id },
      { action: 'person.merge', personId: a.id, subject: '', details: { merged: b.id } },
    ])
    expect(await wrongCounters(test.db)).toEqual([])
  })

  it('are not made one when both hold a place in one track', async () => {
    const { code } = await makeProgramme(test.db, { now })
    const [a, b] = [await makePerson('Siti', '+6281100000011'), await makePerson('Sitti', '+6281100000012')]
    const one = await registered(a, code, 'pending')
    const other = await registered(b, code, 'pending')
    const { status, stdout, stderr } = await merge(a.id, b.id)
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toBe(
      `bimtek: not merged: both hold a place in the organisation track (${one.number}, ${other.number}); cancel one of them first\n`,
    )
    expect(await test.db.person.count()).toBe(2)
    await test.db.registration.update({ where: { id: other.id }, data: { state: 'cancelled' } })
    expect((await merge(a.id, b.id)).status).toBe(0)
  })

  it.each(['into', 'from'] as const)(
    'are not made one when %s has completed a track of the other',
    async (who) => {
      const { code } = await makeProgramme(test.db, { now })
      const later = await makeProgramme(test.db, { now, code: 'LAIN-1', wave: 77 })
      const [a, b] = [await makePerson('Siti', '+6281100000011'), await makePerson('Sitti', '+6281100000012')]
      await registered(who === 'into' ? a : b, code, 'completed')
      const held = await registered(who === 'into' ? b : a, later.code, 'confirmed')
      const { status, stderr } = await merge(a.id, b.id)
      expect([status, stderr]).toEqual([
        1,
        `bimtek: not merged: one of them has completed the organisation track, and the other holds a place in it (${held.number}); cancel that first\n`,
      ])
      await test.db.registration.update({ where: { id: held.id }, data: { state: 'completed' } })
      expect((await merge(a.id, b.id)).status).toBe(0)
    },
  )

  it('are not made one when only one is a sample', async () => {
    const a = await makePerson('Siti', '+6281100000011')
    const b = await makePerson('Sitti', '+6200012345678', { sample: true })
    expect((await merge(a.id, b.id)).stderr).toBe(
      `bimtek: not merged: ${b.id} is a sample person, the other is not\n`,
    )
    expect((await merge(a.id, a.id)).stderr).toBe(`bimtek: not merged: both are person ${a.id}\n`)
  })

  it.each([undefined, 'tidak'])('stay as they are on the answer %s', async (answer) => {
    const [a, b] = [await makePerson('Siti', '+6281100000011'), await makePerson('Sitti', '+6281100000012')]
    const { status, stderr } = await merge(a.id, b.id, {}, answer)
    expect({ status, stderr }).toEqual({ status: 1, stderr: 'bimtek: not agreed; nothing changed\n' })
    expect(await test.db.person.count()).toBe(2)
  })
})

describe('who is meant', () => {
  it('is said by number, or by a name that only one has', async () => {
    const [a, b] = [
      await makePerson('Siti Aminah', '+6281100000011'),
      await makePerson('Rosmawati, S.E.', '+6281100000012'),
    ]
    expect((await merge('0811-0000-0011', 'rosmawati', {}, 'ya')).stdout).toContain(
      `Merge ${b.id} into ${a.id}?`,
    )
  })

  it('is asked back with the candidates', async () => {
    const a = await makePerson('Siti Aminah', '+6281100000011')
    const b = await makePerson('Hj. Siti Aminah', '+6281100000012')
    await makePerson('Budi', '+6281100000012')
    const byName = await merge('siti aminah', a.id)
    expect(byName.status).toBe(1)
    expect(byName.stdout).toBe(
      `  ${a.id}  Siti Aminah, ketua Koperasi Sadai, +6281100000011\n` +
        `  ${b.id}  Hj. Siti Aminah, ketua Koperasi Sadai, +6281100000012\n`,
    )
    expect(byName.stderr).toContain('say which one by the id')
    const yusuf = await makePerson('M. Yusuf', '+6281100000013')
    expect((await merge('muhammad yusuf', b.id, {})).stdout).toContain(`Merge ${b.id} into ${yusuf.id}?`)
    expect((await merge(a.id, '+6281100000012')).stdout).toContain('Budi')
    expect((await merge(a.id, '%')).stderr).toBe('bimtek: "%" is nobody\'s id, number or name\n')
    expect((await merge(a.id, 'Tidak Ada')).stderr).toBe(
      'bimtek: "Tidak Ada" is nobody\'s id, number or name\n',
    )
  })
})

describe('at once with others', () => {
  it('both ways round, one wins and nothing is lost', async () => {
    const [a, b] = [await makePerson('Siti', '+6281100000011'), await makePerson('Sitti', '+6281100000012')]
    const results = await Promise.all([merge(a.id, b.id), merge(b.id, a.id), merge(a.id, b.id)])
    expect(results.map(({ status }) => status).sort()).toEqual([0, 1, 1])
    expect(await test.db.personPhone.count()).toBe(2)
    expect(await test.db.person.count()).toBe(1)
  })

  it('a registration made meanwhile goes over, or is not made', async () => {
    const { code } = await makeProgramme(test.db, { now })
    for (let round = 0; round < 5; round++) {
      const [a, b] = [
        await makePerson('Siti', `+62811000001${round}1`),
        await makePerson('Sitti', `+62811000001${round}2`),
      ]
      const position = await test.db.position.findFirstOrThrow({
        where: { personId: b.id },
        include: { cooperative: true },
      })
      const rules = { reminderOffsets: [], quietHours: null }
      const registering = transaction(test.db, (tx) =>
        register(tx, { personId: b.id, position }, code, rules, now),
      ).then(
        () => 1,
        () => 0,
      )
      const [made] = await Promise.all([registering, merge(a.id, b.id)])
      expect(await test.db.registration.count({ where: { personId: a.id } })).toBe(made)
    }
    expect(await wrongCounters(test.db)).toEqual([])
  })

  it('what a merge broken off midway did is undone', async () => {
    const [a, b] = [await makePerson('Siti', '+6281100000011'), await makePerson('Sitti', '+6281100000012')]
    const broken = transaction(test.db, async (tx) => {
      const plan = await planMerge(tx, a.id, b.id)
      if ('refused' in plan) throw new Error('refused')
      await mergePersons(tx, plan)
      throw new Error('killed')
    })
    await expect(broken).rejects.toThrow('killed')
    expect(await test.db.person.count()).toBe(2)
    expect(await test.db.personPhone.count({ where: { personId: b.id } })).toBe(1)
  })
})

it('every table that refers to a person is thought of', async () => {
  const rows = await test.db.$queryRaw<{ at: string }[]>`
    SELECT c.conrelid::regclass || '.' || a.attname AS at FROM pg_constraint c
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY(c.conkey)
    WHERE c.confrelid = 'person'::regclass ORDER BY 1`
  expect(rows.map(({ at }) => at)).toEqual(
    [
      ...[
        'audit_entry.person_id',
        'person_phone.person_id',
        '"position".person_id',
        'profile_request.person_id',
      ],
      ...['registration.person_id', 'registration.requested_by_id', 'stored_file.person_id'],
      ...['wave_interest.person_id', 'reminder_setting.person_id', 'broadcast_recipient.person_id'],
    ].sort(),
  )
})
