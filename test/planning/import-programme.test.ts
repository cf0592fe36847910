import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { transaction } from '../../src/database/client.ts'
import { ImportRefused } from '../../src/planning/bad-rows.ts'
import { importProgramme, planProgrammeImport } from '../../src/planning/import-programme.ts'
import { planReminders } from '../../src/reminders/plan.ts'
import { loadTexts, type Part } from '../../src/texts.ts'
import { parseInstant } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

const now = parseInstant('2026-11-24T10:00') as Date
const rules = { reminderOffsets: ['P3D', 'P1D', 'PT2H'], quietHours: { from: 21 * 60, until: 6 * 60 } }

type Row = Record<string, unknown>
type File = { venues: Row[]; waves: Row[]; trainings: Row[]; sessions: Row[] }

const training = (code: string, change: Row = {}): Row => ({
  ...{ code, wave: 3, title: `Bimtek ${code}`, track: 'organisation', zone: 'mainland', areas: ['21.71'] },
  ...{ roles: ['pengurus', 'pengawas'], capacity: 3, perCooperative: 2, venue: 'indobaru' },
  ...{ requirements: 'Surat tugas', allowance: 'Gratis', travelLeadMinutes: 0 },
  ...change,
})

const session = (code: string, id: string | undefined, day: string, change: Row = {}): Row => ({
  ...{ training: code, title: `Sesi ${id ?? 'tanpa id'}`, speaker: 'Dinas' },
  ...(id === undefined ? {} : { id }),
  ...{ starts: `${day}T08:00+07:00`, ends: `${day}T12:00+07:00` },
  ...change,
})

const programme = (): File => ({
  venues: [
    {
      id: 'indobaru',
      name: 'Kampus Indobaru',
      address: 'Batam',
      lat: 1.13,
      lon: 104.05,
      directions: 'Naik bus',
    },
  ],
  waves: [
    { number: 3, title: 'Tahap tiga', opens: '2026-11-20T08:00+07:00', closes: '2026-12-01T17:00+07:00' },
  ],
  trainings: [
    training('G3-A'),
    training('G3-B', { areas: '21.71.09, 21.71.10', roles: 'manajer', track: 'business' }),
  ],
  sessions: [
    session('G3-A', '1', '2026-12-05'),
    session('G3-A', '2', '2026-12-07'),
    session('G3-B', undefined, '2026-12-08'),
    session('G3-B', undefined, '2026-12-09'),
  ],
})

let test: TestDatabase
beforeAll(async () => {
  test = await freshDatabase()
})
beforeEach(() => test.empty())
afterAll(() => test.drop())

const plan = (file: unknown) => transaction(test.db, (tx) => planProgrammeImport(tx, file, now))
const run = (file: unknown, notify = false) =>
  transaction(test.db, async (tx) => {
    const planned = await planProgrammeImport(tx, file, now)
    return { plan: planned, ...(await importProgramme(tx, planned, { notify, now, rules })) }
  })
const problems = async (file: unknown) =>
  (await plan(file)).bad.map(({ sheet, row, column, problem }) => `${sheet} ${row} ${column}: ${problem}`)

/** Officers with a registration in G3-A, each with a contact unless told otherwise. */
async function register(
  list: {
    name: string
    state: 'confirmed' | 'waitlisted' | 'cancelled'
    phone?: string
    contact?: boolean
  }[],
) {
  const { db } = test
  const cooperative = await db.cooperative.upsert({
    where: { areaCode: '21.71.09.1003' },
    create: { areaCode: '21.71.09.1003', name: 'KKMP Sadai' },
    update: {},
  })
  const ids: number[] = []
  for (const [index, { name, state, phone, contact }] of list.entries()) {
    const office = { cooperativeId: cooperative.id, role: 'pengurus', title: 'ketua' } as const
    const number = phone ?? `+62812000000${index}`
    const person = await db.person.create({
      data: { name, positions: { create: office }, phones: { create: { phone: number } } },
      include: { positions: true },
    })
    const held = { trainingCode: 'G3-A', track: 'organisation', state, number: `REG-${index}AAAA` } as const
    const positionId = person.positions[0]?.id ?? 0
    const { id } = await db.registration.create({
      data: {
        ...{ ...held, ...office, personId: person.id, positionId },
        ...(state === 'waitlisted' ? { waitingNumber: index + 1 } : {}),
      },
    })
    ids.push(id)
    const key = { channel: 'telegram', chat: number }
    if (contact !== false)
      await db.contact.upsert({ where: { channel_chat: key }, create: { ...key, phone: number }, update: {} })
  }
  const taken = list.filter(({ state }) => state === 'confirmed').length
  await db.training.update({ where: { code: 'G3-A' }, data: { taken } })
  return ids
}

describe('a programme file', () => {
  it('is written whole, and changes nothing the second time', async () => {
    const first = await run(programme())
    expect(first.plan).toMatchObject({ rows: 8, new: 8, changed: 0, same: 0, bad: [], moved: [], told: 0 })
    const stored = await test.db.training.findMany({ include: { sessions: true }, orderBy: { code: 'asc' } })
    expect(stored).toMatchObject([
      { code: 'G3-A', waveNumber: 3, areas: ['21.71'], roles: ['pengurus', 'pengawas'], sample: false },
      { code: 'G3-B', areas: ['21.71.09', '21.71.10'], roles: ['manajer'], taken: 0 },
    ])
    expect(stored[1]?.sessions.map(({ key }) => key)).toEqual(['1', '2'])
    expect(stored[0]?.sessions[0]?.starts.toISOString()).toBe('2026-12-05T01:00:00.000Z')
    const second = await run(programme(), true)
    expect(second.plan).toMatchObject({ rows: 8, new: 0, changed: 0, same: 8, bad: [], moved: [], told: 0 })
    expect(second).toMatchObject({ reminders: [], told: 0 })
  })

  it('reads times without zone as WIB', async () => {
    const file = programme()
    await run({
      ...file,
      sessions: [session('G3-A', '1', '', { starts: '2026-12-05 08:00', ends: '2026-12-05T12:00' })],
    })
    const [stored] = await test.db.session.findMany()
    expect(stored?.starts.toISOString()).toBe('2026-12-05T01:00:00.000Z')
    expect(stored?.ends.toISOString()).toBe('2026-12-05T05:00:00.000Z')
  })

  it('updates what it names and leaves the rest', async () => {
    await run(programme())
    const { plan: changed } = await run({
      venues: [{ id: 'indobaru', name: 'Kampus Baru', address: 'Batam', lat: 1.13, lon: 104.05 }],
      trainings: [
        training('G3-A', { capacity: 10, perCooperative: null, requirements: undefined, allowance: null }),
      ],
    })
    expect(changed).toMatchObject({ rows: 2, new: 0, changed: 2, same: 0, bad: [] })
    expect(await test.db.venue.findFirst()).toMatchObject({ name: 'Kampus Baru', directions: 'Naik bus' })
    expect(await test.db.training.findUnique({ where: { code: 'G3-A' } })).toMatchObject({
      ...{ capacity: 10, perCooperative: null, requirements: 'Surat tugas', allowance: '' },
    })
    expect([await test.db.training.count(), await test.db.session.count()]).toEqual([2, 4])
  })

  it.each([[null], [[]], ['x'], [{ training: [] }], [{ trainings: {} }]])(
    'is refused when it is none: %j',
    async (file) => {
      await expect(plan(file)).rejects.toThrow(ImportRefused)
    },
  )
})

describe('bad rows', () => {
  it('are all listed, with place, value and problem, and the rest goes in', async () => {
    const file = programme()
    file.trainings.push(training('G3-C', { capacity: 'banyak', roles: ['ketua'], areas: ['21.71', '99.99'] }))
    file.waves.push({ number: 4, title: '', opens: '2026-12-02T08:00', closes: '2026-12-01T08:00' })
    const { plan: planned } = await run(file)
    expect(planned).toMatchObject({ rows: 10, new: 8 })
    expect(planned.bad).toEqual([
      { sheet: 'waves', row: 2, column: 'title', value: '', problem: 'Harus diisi.', suggestions: [] },
      expect.objectContaining({ sheet: 'trainings', row: 3, column: 'areas', value: '["21.71","99.99"]' }),
      expect.objectContaining({
        row: 3,
        column: 'roles',
        problem: 'Harus salah satu dari: pengurus, pengawas, manajer.',
      }),
      expect.objectContaining({ row: 3, column: 'capacity', value: 'banyak' }),
    ])
    expect(await test.db.training.count()).toBe(2)
    expect(await test.db.wave.count()).toBe(1)
  })

  it.each<[string, (file: File) => void, string]>([
    [
      'an unknown wave',
      (f) => (f.trainings[0] = training('G3-A', { wave: 9 })),
      'trainings 1 wave: 9 tidak ada dalam daftar waves.',
    ],
    [
      'an unknown venue',
      (f) => (f.trainings[0] = training('G3-A', { venue: 'x' })),
      'trainings 1 venue: x tidak ada dalam daftar venues.',
    ],
    [
      'an unknown training',
      (f) => f.sessions.push(session('G3-X', '1', '2026-12-05')),
      'sessions 5 training: G3-X tidak ada dalam daftar trainings.',
    ],
    [
      'an unknown area',
      (f) => (f.trainings[0] = training('G3-A', { areas: ['21.99'] })),
      'trainings 1 areas: Kode wilayah 21.99 tidak ada dalam daftar.',
    ],
    ['no area', (f) => (f.trainings[0] = training('G3-A', { areas: [] })), 'trainings 1 areas: Harus diisi.'],
    [
      'a code with small letters',
      (f) => f.trainings.push(training('g3-c')),
      'trainings 3 code: Kode kelas: 2 sampai 12 huruf besar, angka, atau tanda hubung.',
    ],
    [
      'a code that is too long',
      (f) => f.trainings.push(training('G3-ABCDEFGHIJ')),
      'trainings 3 code: Kode kelas: 2 sampai 12 huruf besar, angka, atau tanda hubung.',
    ],
    [
      'an end before the start',
      (f) => (f.sessions[0] = session('G3-A', '1', '2026-12-05', { ends: '2026-12-05T07:00' })),
      'sessions 1 ends: Harus sesudah mulainya sesi.',
    ],
    [
      'a wave that closes first',
      (f) => f.waves.push({ number: 4, title: 'x', opens: '2026-12-02T08:00', closes: '2026-12-01T08:00' }),
      'waves 2 closes: Harus sesudah pembukaan pendaftaran.',
    ],
    [
      'a day without an hour',
      (f) => f.sessions.push(session('G3-A', '3', '2026-12-05', { starts: '2026-12-05' })),
      'sessions 5 starts: Harus tanggal dan jam, misalnya 2026-12-05T08:00+07:00.',
    ],
    [
      'a day that is none',
      (f) => f.sessions.push(session('G3-A', '3', '2026-12-05', { starts: '2026-02-30T08:00' })),
      'sessions 5 starts: Harus tanggal dan jam, misalnya 2026-12-05T08:00+07:00.',
    ],
    ['a venue twice', (f) => f.venues.push({ ...f.venues[0] }), 'venues 2 id: Sudah ada di baris 1.'],
    [
      'a training twice',
      (f) => f.trainings.push(training('G3-A')),
      'trainings 3 code: Sudah ada di baris 1.',
    ],
    [
      'a session twice',
      (f) => f.sessions.push(session('G3-A', '1', '2026-12-12')),
      'sessions 5 id: Sudah ada di baris 1.',
    ],
    [
      'a capacity of nothing',
      (f) => f.trainings.push(training('G3-C', { capacity: 0 })),
      'trainings 3 capacity: Harus bilangan bulat 1 atau lebih.',
    ],
    [
      'half a seat',
      (f) => f.trainings.push(training('G3-C', { capacity: 1.5 })),
      'trainings 3 capacity: Harus bilangan bulat 1 atau lebih.',
    ],
    [
      'a capacity left out',
      (f) => f.trainings.push(training('G3-C', { capacity: undefined })),
      'trainings 3 capacity: Harus diisi.',
    ],
    [
      'a place that is nowhere',
      (f) => f.venues.push({ id: 'x', name: 'x', address: 'x', lat: 104, lon: 1 }),
      'venues 2 lat: Harus garis lintang dari -90 sampai 90, misalnya 1.13.',
    ],
    [
      'a column misspelt',
      (f) => f.venues.push({ id: 'x', name: 'x', address: 'x', lat: 1, lon: 104, direction: 'y' }),
      'venues 2 direction: Kolom ini tidak dikenal.',
    ],
    [
      'a row that is none',
      (f) => f.venues.push('x' as unknown as Row),
      'venues 2 : Baris harus berupa objek dengan nama kolom.',
    ],
  ])('%s', async (_, spoil, problem) => {
    const file = programme()
    spoil(file)
    expect(await problems(file)).toContain(problem)
  })

  it('name the column that may be meant', async () => {
    const file = programme()
    file.venues.push({ id: 'x', name: 'x', address: 'x', lat: 1, lon: 104, direction: 'y' })
    expect((await plan(file)).bad).toMatchObject([
      { column: 'direction', value: 'y', suggestions: ['directions'] },
    ])
  })

  it('make bad what depends on them', async () => {
    const file = programme()
    file.waves[0] = { ...file.waves[0], closes: 'besok' }
    const planned = await plan(file)
    expect(planned).toMatchObject({ rows: 8, new: 1 })
    expect(planned.bad.map(({ sheet, row, problem }) => `${sheet} ${row} ${problem}`)).toEqual([
      'waves 1 Harus tanggal dan jam, misalnya 2026-12-05T08:00+07:00.',
      'trainings 1 Bergantung pada waves baris 1, yang salah.',
      'trainings 2 Bergantung pada waves baris 1, yang salah.',
      ...[1, 2, 3, 4].map(
        (row) => `sessions ${row} Bergantung pada trainings baris ${row < 3 ? 1 : 2}, yang salah.`,
      ),
    ])
  })

  it('are the sessions without id whose number differs from what is stored', async () => {
    await run(programme())
    const file = { sessions: [session('G3-B', undefined, '2026-12-08')] }
    expect(await problems(file)).toEqual([
      'sessions 1 id: Tanpa id, jumlah sesi G3-B harus sama dengan yang tersimpan (2); di berkas ada 1.',
    ])
    const mixed = { sessions: [session('G3-B', '1', '2026-12-08'), session('G3-B', undefined, '2026-12-09')] }
    expect(await problems(mixed)).toEqual([
      'sessions 2 id: Sesi lain dari G3-B punya id: isi id untuk semua sesinya, atau tidak sama sekali.',
    ])
  })

  it('take the other sessions without id along', async () => {
    const file = programme()
    file.sessions[2] = session('G3-B', undefined, '2026-12-08', { title: '' })
    expect(await problems(file)).toEqual([
      'sessions 3 title: Harus diisi.',
      'sessions 4 id: Bergantung pada sesi lain dari G3-B, yang salah.',
    ])
  })

  it('are a track changed after registrations', async () => {
    await run(programme())
    await register([{ name: 'Siti Aminah', state: 'confirmed' }])
    const file = {
      trainings: [training('G3-A', { track: 'business' })],
      sessions: [session('G3-A', '1', '2026-12-06')],
    }
    const planned = await plan(file)
    expect(planned.bad.map(({ sheet, column }) => `${sheet} ${column}`)).toEqual([
      'trainings track',
      'sessions training',
    ])
    expect(planned.changes.sessions).toEqual([])
  })
})

describe('a lowered capacity', () => {
  it('refuses the whole file when seats are held, with the names', async () => {
    await run(programme())
    await register([
      { name: 'Siti Aminah', state: 'confirmed' },
      { name: 'Budi Santoso', state: 'confirmed' },
      { name: 'Rotua Sitorus', state: 'waitlisted' },
    ])
    const file = programme()
    file.trainings[0] = training('G3-A', { capacity: 1 })
    file.venues[0] = { ...file.venues[0], name: 'Lain' }
    const { plan: planned } = await run(file)
    expect(planned).toMatchObject({ refused: expect.any(String), rows: 8, new: 0, changed: 0, same: 0 })
    expect(planned.bad).toEqual([
      {
        ...{ sheet: 'trainings', row: 1, column: 'capacity', value: '1', suggestions: [] },
        problem:
          'Kapasitas G3-A tidak bisa menjadi 1: 2 kursi sudah dipegang oleh Budi Santoso, Siti Aminah.',
      },
    ])
    expect(await test.db.venue.findFirst()).toMatchObject({ name: 'Kampus Indobaru' })
    file.trainings[0] = training('G3-A', { capacity: 2 })
    expect((await run(file)).plan).toMatchObject({ refused: undefined, changed: 2 })
  })
})

describe('a moved session', () => {
  const movedFile = () => {
    const file = programme()
    file.sessions[0] = session('G3-A', '1', '2026-12-12')
    return file
  }
  const outgoing = () =>
    test.db.outgoingMessage.findMany({
      where: { dedupeKey: { startsWith: 'session-changed/' } },
      include: { contact: true },
      orderBy: { id: 'asc' },
    })

  it('is shown with whom it concerns', async () => {
    await run(programme())
    await register([
      { name: 'Siti Aminah', state: 'confirmed' },
      { name: 'Budi Santoso', state: 'waitlisted' },
      { name: 'Rotua Sitorus', state: 'cancelled' },
      { name: 'Tanpa Kontak', state: 'confirmed', contact: false },
    ])
    const planned = await plan(movedFile())
    expect(planned.moved).toEqual([
      {
        ...{ session: 'G3-A/1', from: '2026-12-05T08:00+07:00', to: '2026-12-12T08:00+07:00' },
        ...{ registered: 2, waiting: 1, offered: 0, pending: 0 },
      },
    ])
    expect(planned).toMatchObject({ changed: 1, same: 7, told: 2, cancelled: [] })
  })

  it('takes its reminders along, told or not', async () => {
    await run(programme())
    const [id = 0] = await register([{ name: 'Siti Aminah', state: 'confirmed' }])
    await transaction(test.db, (tx) => planReminders(tx, { registrationId: id }, rules, now))
    const { reminders, told } = await run(movedFile())
    // Those of the session that stays where it is have their jobs already.
    expect(reminders).toHaveLength(3)
    expect(told).toBe(0)
    expect(await outgoing()).toEqual([])
    const due = await test.db.reminder.findMany({
      where: { session: { key: '1' }, state: 'planned' },
      orderBy: { dueAt: 'asc' },
    })
    expect(due.map(({ dueAt }) => dueAt.toISOString())).toEqual([
      ...['2026-12-09T01:00:00.000Z', '2026-12-11T01:00:00.000Z', '2026-12-11T23:00:00.000Z'],
    ])
    expect((await run(movedFile())).reminders).toEqual([])
  })

  it('tells each once, those who share a contact together', async () => {
    await run(programme())
    await register([
      { name: 'Siti Aminah', state: 'confirmed', phone: '+6281299999999' },
      { name: 'Budi Santoso', state: 'confirmed', phone: '+6281299999999' },
      { name: 'Rotua Sitorus', state: 'waitlisted' },
      { name: 'Maria Tukan', state: 'cancelled' },
    ])
    const file = movedFile()
    file.sessions[1] = session('G3-A', '2', '2026-12-14')
    expect((await run(file, true)).told).toBe(3)
    const rows = await outgoing()
    expect(rows.map(({ kind, contact }) => [kind, contact.phone])).toEqual([
      ['notice', '+6281299999999'],
      ['notice', '+628120000002'],
    ])
    const texts = loadTexts()
    const text = texts.join('id', (rows[0]?.content as { parts: Part[] } | undefined)?.parts ?? [])
    expect(text).toContain('Budi Santoso, Siti Aminah')
    expect(text).toContain('semula Sabtu, 5 Desember 2026 pukul 08.00 WIB')
    expect(text).toContain('Sabtu, 12 Desember 2026, pukul 08.00–12.00 WIB')
    expect(text).toContain('Senin, 14 Desember 2026')
    expect(text).toContain('Kampus Indobaru')
    expect((await run(file, true)).told).toBe(0)
    expect(await outgoing()).toHaveLength(2)
    expect((await run(programme(), true)).told).toBe(3)
  })

  it('is told again when it moves back at another time, and not when it is over', async () => {
    await run(programme())
    await register([{ name: 'Siti Aminah', state: 'confirmed' }])
    const past = programme()
    past.sessions[0] = session('G3-A', '1', '2026-11-02')
    expect((await run(past, true)).told).toBe(1)
    past.sessions[0] = session('G3-A', '1', '2026-11-03')
    const { plan: planned, told } = await run(past, true)
    expect(planned.moved).toHaveLength(1)
    expect([planned.told, told]).toEqual([0, 0])
  })

  it('that was cancelled stays cancelled, with its time, is told to nobody, and is named', async () => {
    await run(programme())
    await register([{ name: 'Siti Aminah', state: 'confirmed' }])
    await test.db.session.updateMany({
      where: { trainingCode: 'G3-A', key: '1' },
      data: { cancelledAt: now },
    })
    const { plan: planned } = await run(movedFile(), true)
    expect(planned).toMatchObject({ moved: [], told: 0, changed: 0, same: 8, stillCancelled: ['G3-A/1'] })
    const other = movedFile()
    other.sessions[0] = { ...other.sessions[0], speaker: 'OJK' }
    expect((await run(other)).plan).toMatchObject({ changed: 1, stillCancelled: ['G3-A/1'] })
    expect(await test.db.session.findFirst({ where: { cancelledAt: now } })).toMatchObject({
      starts: parseInstant('2026-12-05T08:00'),
      speaker: 'OJK',
    })
  })

  it('goes with another travel lead, and reminders with it', async () => {
    await run(programme())
    const [id = 0] = await register([{ name: 'Siti Aminah', state: 'confirmed' }])
    await transaction(test.db, (tx) => planReminders(tx, { registrationId: id }, rules, now))
    const file = programme()
    file.trainings[0] = training('G3-A', { travelLeadMinutes: 60 })
    expect((await run(file)).reminders.map(({ dueAt }) => dueAt.toISOString())).toContain(
      '2026-12-04T13:59:00.000Z',
    )
  })
})
