import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { UsageError } from '../../src/commands/usage.ts'
import { transaction } from '../../src/database/client.ts'
import { lockTrainings } from '../../src/database/locks.ts'
import { applyMove, planMove } from '../../src/planning/move-session.ts'
import { register } from '../../src/registration/register.ts'
import { wrongCounters } from '../../src/registration/seats.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { eventually } from '../eventually.ts'
import { cancel, makeClass, move, notices, now, plannedFor, rules, wib } from './session.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await freshDatabase()
})
beforeEach(() => test.empty())
afterAll(() => test.drop())

const firstSession = () => test.db.session.findFirstOrThrow({ where: { key: '1' } })
const to = '2026-12-12T08:00'

describe('what it shows first', () => {
  beforeEach(() =>
    makeClass(
      test.db,
      ['2026-12-10'],
      [
        { name: 'Siti Aminah', phone: '+6281299999999' },
        { name: 'Budi Santoso', phone: '+6281299999999' },
        { name: 'Rotua Sitorus', state: 'waitlisted', contact: 'simulator' },
        { name: 'Maria Tukan', state: 'offered', contact: 'stopped' },
        { name: 'Ahmad Fauzi', state: 'pending' },
        { name: 'Tanpa Kontak', contact: 'none', phone: '+6281234567890' },
        { name: 'Tanpa Nomor', phone: null },
        { name: 'Si Pemblokir', contact: 'blocked', phone: '+6281234567891' },
        { name: 'Sudah Batal', state: 'cancelled' },
      ],
    ),
  )

  it('is both times, how many it concerns, and who can be told on which channel', async () => {
    const { status, output } = await move(test.db, 'G3-A/1', { to, dryRun: true })
    expect(status).toBe(0)
    expect(output).toBe(`G3-A/1 Materi 1 (Bimtek G3-A)
  from: Kamis, 10 Desember 2026, pukul 08.00 WIB
  to:   Sabtu, 12 Desember 2026, pukul 08.00–12.00 WIB
5 registered, 1 waiting, 1 with an offered seat, 1 to be approved
5 persons can be told (4 on Telegram, 1 on simulator), 3 cannot
Not reached (3), please call:
  Si Pemblokir, KKMP Sadai: 0812-3456-7891 (has blocked the bot)
  Tanpa Kontak, KKMP Sadai: 0812-3456-7890 (no chat with the bot)
  Tanpa Nomor, KKMP Sadai: no number (no number)
Nothing changed.
`)
    expect((await firstSession()).starts).toEqual(wib('2026-12-10T08:00'))
    expect(await notices(test.db)).toEqual([])
  })

  it.each(['', 'tidak\n', '\n'])('changes nothing when the answer is %j', async (answer) => {
    const result = await move(test.db, 'G3-A/1', { to }, { answer })
    expect(result).toMatchObject({ status: 1, errors: 'bimtek: not agreed; nothing changed\n', jobs: [] })
    expect(result.output).toContain('Move it and tell 5 persons? [ya/tidak]')
    expect((await firstSession()).starts).toEqual(wib('2026-12-10T08:00'))
    expect(await notices(test.db)).toEqual([])
    expect(await test.db.auditEntry.count()).toBe(0)
  })

  it('moves when the answer is ya, tells everybody once, and names whom to call', async () => {
    const { status, output, jobs } = await move(test.db, 'G3-A/1', { to }, { answer: 'ya\n' })
    expect(status).toBe(0)
    expect(output).toContain(
      'Moved.\n4 messages go out now, to 5 persons.\nTold:\n  Ahmad Fauzi, KKMP Sadai (Telegram)',
    )
    expect(output).toContain('Tanpa Kontak, KKMP Sadai: 0812-3456-7890 (no chat with the bot)')
    expect(output).toContain('Who has read it: bimtek session status G3-A/1')
    expect(await firstSession()).toMatchObject({ starts: wib(to), ends: wib('2026-12-12T12:00') })
    expect(jobs.length).toBe(5 * 3)
    const sent = await notices(test.db)
    expect(sent).toHaveLength(4)
    expect(new Set(sent.map(({ contactId }) => contactId)).size).toBe(4)
    const shared = sent.filter(({ text }) => text.includes('Siti Aminah'))
    expect(shared).toHaveLength(1)
    expect(shared[0]?.text).toContain('Jadwal berubah untuk Budi Santoso, Siti Aminah')
  })

  it('and prints the same as JSON', async () => {
    const { output } = await move(test.db, 'G3-A/1', { to, yes: true, json: true })
    expect(JSON.parse(output)).toMatchObject({
      ...{ session: 'G3-A/1', from: '2026-12-10T08:00+07:00', to: '2026-12-12T08:00+07:00', changed: true },
      ...{
        registered: 5,
        waiting: 1,
        offered: 1,
        pending: 1,
        reach: { telegram: 4, simulator: 1 },
        messages: 4,
        noticeDue: '2026-12-01T10:00+07:00',
      },
      notReached: [
        { name: 'Si Pemblokir', phones: ['+6281234567891'], why: 'blocked' },
        { name: 'Tanpa Kontak', phones: ['+6281234567890'], why: 'no-contact' },
        { name: 'Tanpa Nomor', phones: [], why: 'no-number' },
      ],
    })
  })

  it('says to each what stays: a seat, a place on the list, an offer', async () => {
    await move(test.db, 'G3-A/1', { to, yes: true, reason: ' Ombak\ntinggi. ' })
    const of = async (name: string) => (await notices(test.db)).find(({ text }) => text.includes(name))
    expect((await of('Siti Aminah'))?.text).toContain('Pendaftaran Bapak/Ibu tetap berlaku.')
    const waiting = await of('Rotua Sitorus')
    expect(waiting?.text).toContain('Rotua Sitorus tetap di daftar tunggu dengan urutan yang sama.')
    expect(waiting?.text).not.toContain('tetap berlaku')
    expect(waiting?.text).toContain('Keterangan petugas: Ombak tinggi.')
    expect(waiting?.choices).toEqual(['Sudah baca'])
    expect((await of('Maria Tukan'))?.text).toContain('masih ditahan: balas AMBIL G3-A atau LEPAS G3-A')
    expect((await of('Ahmad Fauzi'))?.text).toContain('tetap menunggu persetujuan petugas')
    const states = await test.db.registration.groupBy({
      by: ['state'],
      _count: true,
      orderBy: { state: 'asc' },
    })
    expect(states.map(({ state, _count }) => [state, _count])).toEqual([
      ...[
        ['pending', 1],
        ['confirmed', 5],
        ['waitlisted', 1],
        ['offered', 1],
        ['cancelled', 1],
      ],
    ])
    expect(await wrongCounters(test.db)).toEqual([])
  })

  it('is audited, without anybody’s name', async () => {
    await move(test.db, 'G3-A/1', { to, yes: true, reason: 'Ibu Siti sakit' })
    expect(await test.db.auditEntry.findMany()).toMatchObject([
      {
        ...{ actor: 'command:test', action: 'session.move', subject: 'G3-A/1' },
        details: { from: '2026-12-10T01:00:00.000Z', to: '2026-12-12T01:00:00.000Z', told: 5, notReached: 3 },
      },
    ])
  })
})

describe('reminders', () => {
  it('follow the session; those of another stay as they are, and none is planned for a time past', async () => {
    await makeClass(test.db, ['2026-12-03', '2026-12-10'], [{ name: 'Siti Aminah' }])
    const fired = await test.db.reminder.findFirstOrThrow({ where: { session: { key: '2' }, offset: 'P3D' } })
    await test.db.reminder.update({ where: { id: fired.id }, data: { state: 'fired' } })
    expect(await plannedFor(test.db, '1')).toHaveLength(2)
    const { jobs } = await move(test.db, 'G3-A/1', { to: '2026-12-04T08:00', yes: true })
    expect(await plannedFor(test.db, '1')).toEqual([
      ...['2026-12-03T01:00:00.000Z', '2026-12-03T23:00:00.000Z'],
    ])
    expect(jobs.map(({ dueAt }) => dueAt.toISOString())).toEqual(await plannedFor(test.db, '1'))
    expect(await plannedFor(test.db, '2')).toHaveLength(2)
    expect(await test.db.reminder.findUnique({ where: { id: fired.id } })).toMatchObject({ state: 'fired' })
  })

  it('that was put into words and not sent is not sent, and comes again at the new time', async () => {
    await makeClass(test.db, ['2026-12-03'], [{ name: 'Siti Aminah' }])
    const reminder = await test.db.reminder.findFirstOrThrow({ where: { offset: 'P1D' } })
    await test.db.reminder.update({ where: { id: reminder.id }, data: { state: 'fired' } })
    const contact = await test.db.contact.findFirstOrThrow()
    const waiting = await test.db.outgoingMessage.create({
      data: {
        ...{ contactId: contact.id, channel: contact.channel, kind: 'reminder', content: {}, dueAt: now },
        reminderId: reminder.id,
      },
    })
    await move(test.db, 'G3-A/1', { to, yes: true })
    expect(await test.db.outgoingMessage.findUnique({ where: { id: waiting.id } })).toMatchObject({
      state: 'cancelled',
    })
    expect(await test.db.reminder.findUnique({ where: { id: reminder.id } })).toMatchObject({
      ...{ state: 'planned', dueAt: wib('2026-12-11T08:00') },
    })
  })
})

describe('when the notices go out', () => {
  beforeEach(() => makeClass(test.db, ['2026-12-10'], [{ name: 'Siti Aminah' }]))
  const due = async (at: string, given: { to: string }) => {
    const { output } = await move(test.db, 'G3-A/1', { ...given, yes: true }, { at: wib(at) })
    return { output, dueAt: (await notices(test.db))[0]?.dueAt }
  }

  it('is at six in the morning when the meeting is far', async () => {
    const { output, dueAt } = await due('2026-12-01T22:00', { to })
    expect(dueAt).toEqual(wib('2026-12-02T06:00'))
    expect(output).toContain('after the quiet hours, Rabu, 2 Desember 2026, pukul 06.00 WIB, to 1 person.')
  })

  it('is at once when the old meeting is within 24 hours, in the quiet hours too', async () => {
    expect((await due('2026-12-10T05:30', { to })).dueAt).toEqual(wib('2026-12-10T05:30'))
  })

  it('is at once when the new one is', async () => {
    expect((await due('2026-12-01T22:00', { to: '2026-12-02T10:00' })).dueAt).toEqual(wib('2026-12-01T22:00'))
  })
})

describe('several moves before a notice has gone out', () => {
  const night = wib('2026-12-01T22:00')
  const waiting = async () =>
    (await notices(test.db)).filter(({ state }) => state !== 'cancelled').map(({ text }) => text)
  beforeEach(() =>
    makeClass(test.db, ['2026-12-10', '2026-12-15'], [{ name: 'Siti Aminah' }, { name: 'Budi Santoso' }]),
  )

  it('make one notice, from what was known', async () => {
    await move(test.db, 'G3-A/1', { to, yes: true }, { at: night })
    await move(test.db, 'G3-A/1', { to: '2026-12-13T08:00', yes: true }, { at: night })
    const texts = await waiting()
    expect(texts).toHaveLength(2)
    for (const text of texts)
      expect(text).toContain(
        'semula Kamis, 10 Desember 2026 pukul 08.00 WIB, menjadi Minggu, 13 Desember 2026',
      )
  })

  it('and back again none', async () => {
    await move(test.db, 'G3-A/1', { to, yes: true }, { at: night })
    const { output } = await move(test.db, 'G3-A/1', { to: '2026-12-10T08:00', yes: true }, { at: night })
    expect(await waiting()).toEqual([])
    expect(output).not.toContain('Told:')
  })

  it('cancelled after a move: from what was known', async () => {
    await move(test.db, 'G3-A/1', { to, yes: true }, { at: night })
    await cancel(test.db, 'G3-A/1', { yes: true }, { at: night })
    const texts = await waiting()
    expect(texts).toHaveLength(2)
    for (const text of texts)
      expect(text).toContain('Materi 1, Kamis, 10 Desember 2026 pukul 08.00 WIB: tidak dilaksanakan')
  })

  it('leave alone what tells of another session, or is being sent', async () => {
    await move(test.db, 'G3-A/2', { to: '2026-12-16T08:00', yes: true }, { at: night })
    await move(test.db, 'G3-A/1', { to, yes: true }, { at: night })
    await test.db.outgoingMessage.updateMany({ where: { kind: 'notice' }, data: { attempts: 1 } })
    await move(test.db, 'G3-A/1', { to: '2026-12-13T08:00', yes: true }, { at: night })
    const texts = await waiting()
    expect(texts).toHaveLength(6)
    expect(texts.at(-1)).toContain('semula Sabtu, 12 Desember 2026')
  })

  it('leave alone a notice when somebody else is to be told on the same phone', async () => {
    await makeClass(test.db, ['2026-12-20'], [{ name: 'Siti Aminah', phone: '+6281234567800' }], 'G3-B')
    await move(test.db, 'G3-A/1', { to, yes: true }, { at: night })
    const siti = await test.db.registration.findFirstOrThrow({
      where: { trainingCode: 'G3-A', person: { name: 'Siti Aminah' } },
    })
    const budi = await test.db.person.findFirstOrThrow({ where: { name: 'Budi Santoso' } })
    await test.db.personPhone.deleteMany({ where: { personId: budi.id } })
    await test.db.personPhone.create({ data: { personId: budi.id, phone: '+6281234567800' } })
    expect(siti.state).toBe('confirmed')
    await move(test.db, 'G3-A/1', { to: '2026-12-13T08:00', yes: true }, { at: night })
    expect(await waiting()).toHaveLength(3)
  })
})

describe('what is refused, with one line', () => {
  beforeEach(() => makeClass(test.db, ['2026-11-30', '2026-12-10', '2026-12-14'], [{ name: 'Siti Aminah' }]))

  it.each([
    ['G3-B/1', to, 'there is no training for "G3-B/1"; perhaps G3-A'],
    ['ZZ-99', to, 'there is no training for "ZZ-99"'],
    [
      'G3-A/7',
      to,
      'there is no session "G3-A/7"; there are G3-A/1 (Senin, 30 November 2026, pukul 08.00 WIB), G3-A/2 (Kamis, 10 Desember 2026, pukul 08.00 WIB), G3-A/3 (Senin, 14 Desember 2026, pukul 08.00 WIB)',
    ],
    ['G3-A', to, '"G3-A" does not say which session; there are G3-A/1'],
    ['G3-A/1', to, 'G3-A/1 is over since Senin, 30 November 2026, pukul 12.00 WIB'],
    ['G3-A/2', '2026-12-01T09:59', 'the new time is past'],
    ['G3-A/2', '2062-12-12T08:00', 'the new time is more than two years ahead; is the year right?'],
    ['G3-A/2', '2026-12-10 08:00', 'G3-A/2 is at that time already'],
    [
      'G3-A/2',
      '2026-12-14T11:00',
      'at that time the same class has G3-A/3 (Senin, 14 Desember 2026, pukul 08.00 WIB); move that one first',
    ],
  ])('%s to %s', async (name, when, line) => {
    const { status, errors, output } = await move(test.db, name, { to: when, yes: true })
    expect({ status, output }).toEqual({ status: 1, output: '' })
    expect(errors.startsWith(`bimtek: ${line}`)).toBe(true)
    expect(errors.trimEnd()).not.toContain('\n')
    expect(await notices(test.db)).toEqual([])
    expect(await test.db.auditEntry.count()).toBe(0)
  })

  it.each(['besok', '2026-12-12', '2026-02-30T08:00', ''])('--to %j is wrong usage', async (when) => {
    await expect(move(test.db, 'G3-A/2', { to: when, yes: true })).rejects.toThrow(UsageError)
  })

  it('a reason that fills a phone’s screen', async () => {
    await expect(move(test.db, 'G3-A/2', { to, yes: true, reason: 'x'.repeat(301) })).rejects.toThrow(
      '--reason: at most 300 characters; it has 301.',
    )
  })

  it('but not a session that touches the next one, nor small letters', async () => {
    expect(await move(test.db, 'g3a/2', { to: '2026-12-14T12:00', yes: true })).toMatchObject({ status: 0 })
  })
})

it('warns of persons who would be at two classes at once', async () => {
  await makeClass(test.db, ['2026-12-10'], [{ name: 'Siti Aminah' }, { name: 'Budi Santoso' }])
  await makeClass(test.db, ['2026-12-12'], [{ name: 'Budi Santoso' }], 'G3-C')
  const clash = 'At two classes at once:\n  Budi Santoso, KKMP Sadai: also G3-C'
  expect((await move(test.db, 'G3-A', { to: '2026-12-12T11:00', dryRun: true })).output).toContain(clash)
  expect((await move(test.db, 'G3-A', { to: '2026-12-12T12:00', dryRun: true })).output).not.toContain(
    'two classes',
  )
})

it('no offer is held longer than until 12 hours before the new start', async () => {
  await makeClass(test.db, ['2026-12-10'], [{ name: 'Maria Tukan', state: 'offered' }])
  await move(test.db, 'G3-A', { to: '2026-12-02T12:00', yes: true })
  expect((await test.db.registration.findFirst())?.offeredUntil).toEqual(wib('2026-12-02T00:00'))
  await move(test.db, 'G3-A', { to, yes: true })
  expect((await test.db.registration.findFirst())?.offeredUntil).toEqual(wib('2026-12-02T00:00'))
})

describe('at the same time', () => {
  beforeEach(() => makeClass(test.db, ['2026-12-10'], [{ name: 'Siti Aminah' }, { name: 'Budi Santoso' }]))

  it('two moves are done one after the other: reminders fit the last, and the first notice, not sent yet, is none', async () => {
    const results = await Promise.all([
      move(test.db, 'G3-A', { to: '2026-12-12T08:00', yes: true }),
      move(test.db, 'G3-A', { to: '2026-12-13T08:00', yes: true }),
    ])
    expect(results.map(({ status }) => status)).toEqual([0, 0])
    const { starts } = await firstSession()
    const sent = await notices(test.db)
    expect(sent.map(({ state }) => state)).toEqual(['cancelled', 'cancelled', 'queued', 'queued'])
    const last = starts.getTime() === wib('2026-12-13T08:00').getTime() ? 'Minggu, 13' : 'Sabtu, 12'
    for (const name of ['Siti', 'Budi']) {
      const own = sent.filter(({ text }) => text.includes(name))
      expect(own[1]?.text).toContain(
        `semula Kamis, 10 Desember 2026 pukul 08.00 WIB, menjadi ${last} Desember 2026`,
      )
    }
    const planned = await test.db.reminder.findMany({ where: { state: 'planned', offset: 'P1D' } })
    expect(planned.map(({ dueAt }) => starts.getTime() - dueAt.getTime())).toEqual([86_400_000, 86_400_000])
  })

  it('two to the same time tell once', async () => {
    const results = await Promise.all([
      move(test.db, 'G3-A', { to, yes: true }),
      move(test.db, 'G3-A', { to, yes: true }),
    ])
    expect(results.map(({ status }) => status).sort()).toEqual([0, 1])
    expect(results.map(({ errors }) => errors).join('')).toBe('bimtek: G3-A/1 is at that time already\n')
    expect(await notices(test.db)).toHaveLength(2)
  })

  it('what is no longer as it was shown is not done', async () => {
    const answer = new PassThrough()
    const asking = move(test.db, 'G3-A', { to }, { answer })
    await eventually(() => answer.listenerCount('readable') > 0, 'the question')
    await move(test.db, 'G3-A', { to: '2026-12-11T08:00', yes: true })
    answer.end('ya\n')
    const { status, errors } = await asking
    expect([status, errors]).toEqual([
      1,
      'bimtek: G3-A/1 has changed meanwhile; nothing done. Look at it again.\n',
    ])
    expect((await firstSession()).starts).toEqual(wib('2026-12-11T08:00'))
  })
})

describe('while somebody registers', () => {
  const officer = async () => {
    const position = await test.db.position.findFirstOrThrow({
      where: { person: { name: 'Rotua Sitorus' } },
      include: { cooperative: true },
    })
    return { personId: position.personId, position }
  }
  beforeEach(() => makeClass(test.db, ['2026-12-10'], [{ name: 'Rotua Sitorus', state: 'cancelled' }]))
  const waitsForLock = () =>
    eventually(async () => {
      const { rows } = await test.pool.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      )
      return rows.length > 0
    }, 'waiting for the training’s lock')
  const atNewTime = ['2026-12-09T01:00:00.000Z', '2026-12-11T01:00:00.000Z', '2026-12-11T23:00:00.000Z']

  it('who was first is told, and reminded at the new time', async () => {
    const who = await officer()
    let moving: ReturnType<typeof move> | undefined
    await transaction(test.db, async (tx) => {
      await register(tx, who, 'G3-A', rules, now)
      moving = move(test.db, 'G3-A', { to, yes: true })
      await waitsForLock()
    })
    expect(await moving).toMatchObject({ status: 0 })
    expect((await notices(test.db)).map(({ text }) => text)).toEqual([
      expect.stringContaining('Jadwal berubah untuk Rotua Sitorus'),
    ])
    expect(await plannedFor(test.db, '1')).toEqual(atNewTime)
  })

  it('who comes after it is answered with the new time, and reminded then', async () => {
    const who = await officer()
    let registering: ReturnType<typeof register> | undefined
    await transaction(test.db, async (tx) => {
      await lockTrainings(tx, ['G3-A'])
      const plan = await planMove(tx, 'G3-A', wib(to), now, rules.quietHours)
      if ('refused' in plan) throw new Error(plan.refused)
      await applyMove(tx, plan, { actor: 'command:test', now, rules })
      registering = transaction(test.db, (other) => register(other, who, 'G3-A', rules, now))
      await waitsForLock()
    })
    const result = await registering
    if (!result || 'refused' in result) throw new Error('not registered')
    expect(result.training.sessions[0]?.starts).toEqual(wib(to))
    expect(await plannedFor(test.db, '1')).toEqual(atNewTime)
    expect(await notices(test.db)).toEqual([])
  })
})
