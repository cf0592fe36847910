import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { transaction } from '../../src/database/client.ts'
import { trainingByCode } from '../../src/programme/trainings.ts'
import { cancelRegistration } from '../../src/registration/cancel.ts'
import { refusalFor } from '../../src/registration/eligibility.ts'
import { confirmPending } from '../../src/registration/pending.ts'
import { joinWaitingList, register } from '../../src/registration/register.ts'
import { wrongCounters } from '../../src/registration/seats.ts'
import { placeOnList, sweepOffers, trainingsToSweep } from '../../src/registration/waiting-list.ts'
import { hour, later } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { cancel, makeClass, move, notices, now, plannedFor, rules, wib } from './session.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await freshDatabase()
})
beforeEach(() => test.empty())
afterAll(() => test.drop())

const registrations = async () =>
  Object.fromEntries(
    (await test.db.registration.findMany({ include: { person: true } })).map(({ person, ...rest }) => [
      person.name,
      rest,
    ]),
  )
const officer = async (name: string) => {
  const position = await test.db.position.findFirstOrThrow({
    where: { person: { name } },
    include: { cooperative: true },
  })
  return { personId: position.personId, position }
}
const sweep = async (at: Date): Promise<string[]> => {
  const codes = await trainingsToSweep(test.db, rules.quietHours, at)
  for (const code of codes) await transaction(test.db, (tx) => sweepOffers(tx, code, rules, at))
  return codes
}

describe('one of several sessions', () => {
  beforeEach(() => makeClass(test.db, ['2026-12-10', '2026-12-12'], [{ name: 'Siti Aminah' }]))

  it('is cancelled: its reminders are dropped, the others stay, and the notice says what is still held', async () => {
    const others = await plannedFor(test.db, '2')
    const { status, output, jobs } = await cancel(test.db, 'G3-A/1', { reason: 'Badai.' }, { answer: 'ya\n' })
    expect(status).toBe(0)
    expect(output).toContain('  to:   cancelled\n1 registered')
    expect(output).not.toContain('No session of this class is left')
    expect(output).toContain('Cancel it and tell 1 person? [ya/tidak] Cancelled.\n1 message goes out now')
    expect(await plannedFor(test.db, '1')).toEqual([])
    expect([await plannedFor(test.db, '2'), jobs]).toEqual([others, []])
    const [notice] = await notices(test.db)
    expect(notice?.text).toBe(`⚠️ Pertemuan dibatalkan untuk Siti Aminah
Kelas Bimtek G3-A (G3-A)
🗓 Materi 1, Kamis, 10 Desember 2026 pukul 08.00 WIB: tidak dilaksanakan
Keterangan petugas: Badai.

Pertemuan lainnya tetap dilaksanakan:
🗓 Materi 2: Sabtu, 12 Desember 2026, pukul 08.00–12.00 WIB`)
    expect(notice?.choices).toEqual(['Sudah baca'])
    expect(await test.db.auditEntry.findMany()).toMatchObject([
      { action: 'session.cancel', subject: 'G3-A/1', details: { to: null, told: 1 } },
    ])
  })

  it('is cancelled once, and not when it is over', async () => {
    await cancel(test.db, 'G3-A/1', { yes: true })
    const again = await cancel(test.db, 'G3-A/1', { yes: true })
    expect(again).toMatchObject({
      ...{ status: 1, output: '' },
      errors: 'bimtek: G3-A/1 was cancelled already, on Selasa, 1 Desember 2026, pukul 10.00 WIB\n',
    })
    const late = await cancel(test.db, 'G3-A/2', { yes: true }, { at: wib('2026-12-12T12:00') })
    expect(late).toMatchObject({ status: 1, errors: expect.stringContaining('G3-A/2 is over since') })
    expect(await notices(test.db)).toHaveLength(1)
  })

  it('is told of at once when it has begun already, in the quiet hours too', async () => {
    await test.db.session.updateMany({ data: { starts: wib('2026-12-10T04:00') }, where: { key: '1' } })
    await cancel(test.db, 'G3-A/1', { yes: true }, { at: wib('2026-12-10T05:00') })
    expect((await notices(test.db))[0]?.dueAt).toEqual(wib('2026-12-10T05:00'))
  })

  it('changes nothing in a dry run', async () => {
    expect((await cancel(test.db, 'G3-A/1', { dryRun: true })).output).toContain('Nothing changed.')
    expect(await test.db.session.count({ where: { cancelledAt: { not: null } } })).toBe(0)
  })
})

describe('the last session of a class', () => {
  beforeEach(() =>
    makeClass(
      test.db,
      ['2026-12-10'],
      [
        { name: 'Siti Aminah' },
        { name: 'Maria Tukan', state: 'offered' },
        { name: 'Rotua Sitorus', state: 'waitlisted' },
        { name: 'Ahmad Fauzi', state: 'pending' },
        { name: 'Baru Datang', state: 'cancelled' },
      ],
    ),
  )

  it('calls it off: registrations stay, and the notice says what can be done', async () => {
    const { output } = await cancel(test.db, 'G3-A', { yes: true })
    expect(output).toContain(
      'No session of this class is left: it takes no registrations until one has a new date.',
    )
    expect(await registrations()).toMatchObject({
      ...{ 'Siti Aminah': { state: 'confirmed' }, 'Rotua Sitorus': { state: 'waitlisted' } },
      ...{ 'Ahmad Fauzi': { state: 'pending' } },
    })
    expect(await plannedFor(test.db, '1')).toEqual([])
    const notice = (await notices(test.db)).find(({ text }) => text.includes('Siti Aminah'))
    expect(notice?.text).toContain('Tanggal penggantinya akan saya kabarkan di chat ini.')
    expect(notice?.choices).toEqual(['Sudah baca', 'Pindah kelas', 'Batalkan pendaftaran'])
  })

  it('takes offers back, keeps the places, and offers nothing until there is a new date', async () => {
    await cancel(test.db, 'G3-A', { yes: true })
    const { 'Maria Tukan': maria, 'Rotua Sitorus': rotua } = await registrations()
    if (!maria || !rotua) throw new Error('not there')
    expect([await placeOnList(test.db, maria), await placeOnList(test.db, rotua)]).toEqual([1, 2])
    expect(await wrongCounters(test.db)).toEqual([])
    expect(await sweep(later(now, hour))).toEqual([])
    const siti = (await registrations())['Siti Aminah']
    await transaction(test.db, (tx) =>
      cancelRegistration(tx, siti?.personId ?? 0, siti?.id ?? 0, rules.quietHours, later(now, hour)),
    )
    expect((await notices(test.db)).filter(({ text }) => text.includes('Ada kursi'))).toEqual([])
    await move(test.db, 'G3-A', { to: '2026-12-20T08:00', yes: true })
    expect(await sweep(later(now, hour))).toEqual(['G3-A'])
    expect((await registrations())['Maria Tukan']).toMatchObject({ state: 'offered' })
    expect(await wrongCounters(test.db)).toEqual([])
  })

  it('takes no registration nor place on the list, but whoever asked before may still be agreed to', async () => {
    await cancel(test.db, 'G3-A', { yes: true })
    const who = await officer('Baru Datang')
    const attempt = <T>(work: Parameters<typeof transaction<T>>[1]) => transaction(test.db, work)
    expect(await attempt((tx) => register(tx, who, 'G3-A', rules, now))).toMatchObject({
      refused: 'called-off',
    })
    expect(await attempt((tx) => joinWaitingList(tx, who, 'G3-A', now))).toMatchObject({
      refused: 'called-off',
    })
    const training = await trainingByCode(test.db, 'G3-A')
    if (!training) throw new Error('not there')
    expect(await refusalFor(test.db, who, { ...training, roles: ['manajer'] }, now)).toBe('wrong-role')
    const id = (await registrations())['Ahmad Fauzi']?.id ?? 0
    await test.db.registration.updateMany({ where: { state: 'waitlisted' }, data: { state: 'lapsed' } })
    const confirmed = await attempt((tx) =>
      confirmPending(tx, id, { person: true, asker: false }, rules, now),
    )
    expect(confirmed).not.toHaveProperty('refused')
  })

  it('is held after all when it moves, also at its old time; everybody is told and reminded', async () => {
    await cancel(test.db, 'G3-A', { yes: true })
    await test.db.outgoingMessage.updateMany({ data: { state: 'sent', sentAt: now, attempts: 1 } })
    const { status, output } = await move(test.db, 'G3-A', { to: '2026-12-10T08:00', yes: true })
    expect(status).toBe(0)
    expect(output).toContain('  from: cancelled\n  to:   Kamis, 10 Desember 2026, pukul 08.00–12.00 WIB')
    const all = await notices(test.db)
    expect(all).toHaveLength(8)
    expect(all.at(-1)?.text).toContain('jadi dilaksanakan Kamis, 10 Desember 2026, pukul 08.00–12.00 WIB')
    expect(await plannedFor(test.db, '1')).toHaveLength(3)
    const who = await officer('Baru Datang')
    await test.db.registration.updateMany({
      where: { state: { in: ['waitlisted', 'offered'] } },
      data: { state: 'lapsed', offeredUntil: null },
    })
    expect(await transaction(test.db, (tx) => register(tx, who, 'G3-A', rules, now))).toHaveProperty(
      'registered',
    )
  })
})

it('a class that has no sessions yet is not called off', async () => {
  await makeClass(test.db, [], [{ name: 'Baru Datang', state: 'cancelled' }])
  const who = await officer('Baru Datang')
  expect(await transaction(test.db, (tx) => register(tx, who, 'G3-A', rules, now))).toHaveProperty(
    'registered',
  )
  expect(await cancel(test.db, 'G3-A', { yes: true })).toMatchObject({
    errors: 'bimtek: "G3-A" does not say which session; there are none\n',
  })
})
