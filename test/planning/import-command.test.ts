import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ask } from '../../src/commands/ask.ts'
import { demoCommand } from '../../src/commands/demo.ts'
import { importOfficersCommand, importProgrammeCommand } from '../../src/commands/import.ts'
import { UsageError } from '../../src/commands/usage.ts'
import { createLog } from '../../src/log.ts'
import type { PlannedReminder } from '../../src/reminders/plan.ts'
import { hasSample, loadSample } from '../../src/sample.ts'
import { parseInstant } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { notices } from './session.ts'

const now = parseInstant('2026-11-24T10:00') as Date
const rules = { reminderOffsets: ['P3D', 'P1D', 'PT2H'], quietHours: null }

const roster = `nama,no_hp,jabatan,koperasi,kelurahan,kecamatan,kabupaten
Siti Aminah,0812-3456-7890,Ketua,,Sadai,Bengkong,Batam
Budi Santoso,,Bendahara,,Sadai,Bengkong,Batam
`
const programme = (change: { day?: string; capacity?: number } = {}) => ({
  venues: [{ id: 'indobaru', name: 'Kampus Indobaru', address: 'Batam', lat: 1.13, lon: 104.05 }],
  waves: [{ number: 3, title: 'Tiga', opens: '2026-11-20T08:00+07:00', closes: '2026-12-01T17:00+07:00' }],
  trainings: [
    {
      ...{
        code: 'G3-A',
        wave: 3,
        title: 'Bimtek',
        track: 'organisation',
        zone: 'mainland',
        areas: ['21.71'],
      },
      ...{ roles: ['pengurus'], capacity: change.capacity ?? 60, venue: 'indobaru' },
    },
  ],
  sessions: [
    {
      ...{ training: 'G3-A', id: '1', title: 'Tata kelola' },
      ...{
        starts: `${change.day ?? '2026-12-05'}T08:00+07:00`,
        ends: `${change.day ?? '2026-12-05'}T12:00+07:00`,
      },
    },
  ],
})

let test: TestDatabase
let folder: string
beforeAll(async () => {
  test = await freshDatabase()
  folder = mkdtempSync(join(tmpdir(), 'bimtek-import-'))
})
beforeEach(() => test.empty())
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await test.drop()
})

const file = (content: string | object, name = 'file'): string => {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

function sink() {
  const stream = new PassThrough()
  const chunks: Buffer[] = []
  stream.on('data', (chunk) => chunks.push(chunk))
  return { stream, text: () => Buffer.concat(chunks).toString() }
}

async function run(
  what: 'officers' | 'programme',
  path: string,
  options: { dryRun?: boolean; yes?: boolean; json?: boolean; notify?: boolean; errors?: string } = {},
  answer = '',
) {
  const [output, errors] = [sink(), sink()]
  const jobs: PlannedReminder[] = []
  const context = {
    ...{ db: test.db, now, rules, log: createLog('silent'), input: Readable.from([Buffer.from(answer)]) },
    actor: 'command:test',
    ...{ output: output.stream, errors: errors.stream },
    addReminderJobs: async (planned: PlannedReminder[]) => void jobs.push(...planned),
  }
  const command = what === 'officers' ? importOfficersCommand : importProgrammeCommand
  const status = await command(path, options, context)
  return { status, output: output.text(), errors: errors.text(), jobs }
}

async function registerOne(): Promise<void> {
  const { db } = test
  const position = await db.position.findFirstOrThrow({ where: { person: { name: 'Siti Aminah' } } })
  const { personId, cooperativeId, role, title, id: positionId } = position
  const held = {
    trainingCode: 'G3-A',
    track: 'organisation',
    state: 'confirmed',
    number: 'REG-AAAAA',
  } as const
  await db.registration.create({ data: { ...held, personId, cooperativeId, role, title, positionId } })
  await db.training.update({ where: { code: 'G3-A' }, data: { taken: 1 } })
  await db.contact.create({ data: { channel: 'telegram', chat: '1', phone: '+6281234567890' } })
}

describe('import officers', () => {
  it('imports, and says so', async () => {
    const path = file(roster)
    const first = await run('officers', path)
    expect(first).toMatchObject({ status: 0, errors: '' })
    expect(first.output).toBe(`${path}: 2 rows: 2 new, 0 changed, 0 same\nImported.\n`)
    expect((await run('officers', path)).output).toContain('0 new, 0 changed, 2 same')
  })

  it('prints exactly the agreed JSON', async () => {
    const bad = {
      sheet: 'officers',
      row: 4,
      column: 'nama',
      value: '',
      problem: 'Nama harus diisi.',
      suggestions: [],
    }
    const { status, output, errors } = await run('officers', file(`${roster},,Ketua,,Sadai,,\n`), {
      json: true,
    })
    expect(JSON.parse(output)).toEqual({ rows: 3, new: 2, changed: 0, same: 0, ended: 0, bad: [bad] })
    expect({ status, errors }).toEqual({ status: 1, errors: 'bimtek: 1 of 3 rows not imported\n' })
    expect(await test.db.person.count()).toBe(2)
  })

  it('does nothing when its bad rows could not be written', async () => {
    const bad = file(`${roster},,Ketua,,Sadai,,\n`)
    const nowhere = { errors: '/nonexist/e.xlsx' }
    await expect(run('officers', bad, nowhere)).rejects.toThrow(
      'cannot write /nonexist/e.xlsx (ENOENT); nothing was done',
    )
    const asFolder = join(folder, 'folder.xlsx')
    mkdirSync(asFolder)
    await expect(run('officers', bad, { errors: asFolder })).rejects.toThrow('it is a folder')
    await expect(run('officers', bad, { errors: join(folder, 'e.csv') })).rejects.toThrow(UsageError)
    expect(await test.db.person.count()).toBe(0)
    const errors = join(folder, 'e.xlsx')
    await run('officers', file(roster), { errors })
    expect(existsSync(errors)).toBe(false)
  })

  it('changes nothing in a dry run, but shows what it would', async () => {
    expect(await run('officers', file(roster), { dryRun: true })).toMatchObject({ status: 0 })
    expect(await test.db.person.count()).toBe(0)
    await run('officers', file(roster))
    const { output } = await run('officers', file(roster.replace('Siti Aminah', 'Rotua Sitorus')), {
      dryRun: true,
    })
    expect(output).toContain('officers row 2: Siti Aminah, name Siti Aminah -> Rotua Sitorus')
    expect(output).toContain('Nothing changed.')
    expect(await test.db.person.count({ where: { name: 'Rotua Sitorus' } })).toBe(0)
  })

  it.each([
    [
      'there is no file',
      '/nowhere/roster.csv',
      'bimtek: nothing imported: there is no file /nowhere/roster.csv\n',
    ],
    ['it is a folder', tmpdir(), `bimtek: nothing imported: cannot read ${tmpdir()} (EISDIR)\n`],
  ])('says it when %s', async (_, path, message) => {
    expect(await run('officers', path)).toMatchObject({ status: 1, output: '', errors: message })
  })
})

describe('sample data', () => {
  beforeEach(() => loadSample(test.db, now))

  it.each(['ya\n', 'Y\n', ' YA \r\n', 'y'])('goes when the answer is %j', async (answer) => {
    const { status, output } = await run('officers', file(roster), {}, answer)
    expect(status).toBe(0)
    expect(output).toContain('The sample data will be removed. Go on? [ya/tidak]')
    expect(await hasSample(test.db)).toBe(false)
    expect(await test.db.person.count()).toBe(2)
    const audited = await test.db.auditEntry.findMany({ orderBy: { id: 'asc' } })
    expect(audited.map(({ actor, action }) => `${actor} ${action}`)).toEqual([
      ...['command:test demo.remove', 'command:test import.officers'],
    ])
  })

  it.each(['', '\n', 'tidak\n', 'yes\n', 'yaya\n', 'n\nya\n'])(
    'stays when the answer is %j',
    async (answer) => {
      const { status, errors } = await run('officers', file(roster), {}, answer)
      expect({ status, errors }).toEqual({ status: 1, errors: 'bimtek: not agreed; nothing changed\n' })
      expect(await test.db.person.count()).toBe(64 * 8 + 43)
    },
  )

  it('goes unasked with --yes, for a programme too, also of the same codes', async () => {
    const { status, output } = await run('programme', file(programme({ capacity: 1 })), {
      yes: true,
      json: true,
    })
    expect(status).toBe(0)
    expect(JSON.parse(output)).toMatchObject({ rows: 4, new: 4, changed: 0, moved: [], told: 0 })
    expect(await test.db.training.findMany()).toMatchObject([{ code: 'G3-A', capacity: 1, taken: 0 }])
  })

  it('asks beside the JSON, not in it', async () => {
    const { output, errors } = await run('officers', file(roster), { json: true }, 'ya\n')
    expect(JSON.parse(output)).toMatchObject({ new: 2 })
    expect(errors).toContain('The sample data will be removed. Go on?')
  })

  it('stays in a dry run, and when there is nothing to import', async () => {
    const dry = await run('programme', file(programme({ capacity: 1 })), { dryRun: true, json: true })
    expect(JSON.parse(dry.output)).toMatchObject({ new: 4 })
    expect(await run('officers', file(`${roster.split('\n')[0]}\n,,,,,,x\n`))).toMatchObject({ status: 1 })
    expect(await test.db.wave.count()).toBe(4)
    expect(await test.db.person.count()).toBe(64 * 8 + 43)
  })
})

describe('import programme', () => {
  beforeEach(async () => {
    await run('officers', file(roster))
    expect(await run('programme', file(programme()))).toMatchObject({ status: 0, jobs: [] })
    await registerOne()
  })
  const moved = () => file(programme({ day: '2026-12-12' }))

  it('shows what would move and how many would be told', async () => {
    const { output } = await run('programme', moved(), { dryRun: true, json: true })
    expect(JSON.parse(output)).toEqual({
      ...{ rows: 4, new: 0, changed: 1, same: 3, ended: 0, bad: [], cancelled: [], told: 1 },
      ...{ notReached: [], stillCancelled: [], settled: [] },
      moved: [
        {
          ...{ session: 'G3-A/1', from: '2026-12-05T08:00+07:00', to: '2026-12-12T08:00+07:00' },
          ...{ registered: 1, waiting: 0, offered: 0, pending: 0 },
        },
      ],
    })
    const plain = await run('programme', moved(), { dryRun: true })
    expect(plain.output).toContain(
      'G3-A/1: Sabtu, 5 Desember 2026, pukul 08.00 WIB -> Sabtu, 12 Desember 2026, pukul 08.00 WIB (1 registered, 0 waiting, 0 with an offered seat)',
    )
    expect(plain.output).toContain('1 person could be told (--notify)')
    expect(await test.db.session.findFirst()).toMatchObject({ starts: parseInstant('2026-12-05T08:00') })
  })

  it('moves without telling, unasked, and gives reminders to the queue', async () => {
    const { status, output, jobs } = await run('programme', moved(), { json: true })
    expect(status).toBe(0)
    expect(JSON.parse(output)).toMatchObject({ changed: 1, told: 0 })
    expect(jobs).toHaveLength(3)
    expect(await test.db.outgoingMessage.count()).toBe(0)
  })

  it('is audited with what moved from when to when, and changed numbers of seats', async () => {
    await run('programme', file(programme({ day: '2026-12-12', capacity: 50 })))
    const entry = await test.db.auditEntry.findFirst({ orderBy: { id: 'desc' } })
    expect(entry).toMatchObject({ action: 'import.programme', subject: 'file' })
    expect(entry?.details).toEqual({
      ...{ rows: 4, new: 0, changed: 2, same: 2, ended: 0, bad: 0 },
      moved: ['G3-A/1: 2026-12-05T08:00+07:00 -> 2026-12-12T08:00+07:00'],
      capacities: ['G3-A: 60 -> 50'],
    })
  })

  it('names what is cancelled and what it therefore does not hold again', async () => {
    await test.db.session.updateMany({ data: { cancelledAt: now } })
    const { status, output } = await run('programme', moved())
    expect(status).toBe(0)
    expect(output).toContain('Still cancelled:\n  G3-A/1 is cancelled; `session move` revives it\n')
    const json = JSON.parse((await run('programme', moved(), { json: true })).output)
    expect(json).toMatchObject({ changed: 0, same: 4, moved: [], stillCancelled: ['G3-A/1'] })
  })

  it('asks before it tells', async () => {
    expect(await run('programme', moved(), { notify: true }, '')).toMatchObject({ status: 1 })
    expect(await test.db.session.findFirst()).toMatchObject({ starts: parseInstant('2026-12-05T08:00') })
    const { status, output } = await run('programme', moved(), { notify: true }, 'ya\n')
    expect(status).toBe(0)
    expect(output).toContain('1 person will be told of moved sessions. Go on?')
    expect(await notices(test.db)).toHaveLength(1)
    const { id } = await test.db.session.findFirstOrThrow()
    expect((await test.db.outgoingMessage.findFirst())?.content).toMatchObject({ change: { sessions: [id] } })
    const again = await run('programme', moved(), { notify: true, json: true })
    expect(JSON.parse(again.output)).toMatchObject({ same: 4, told: 0 })
    expect(await notices(test.db)).toHaveLength(1)
  })

  it('names those whom it could not tell, with numbers to call', async () => {
    await test.db.contact.updateMany({ data: { unreachableSince: now, unreachableWhy: 'blocked' } })
    const { output } = await run('programme', moved(), { notify: true })
    expect(output).toContain('0 persons to be told')
    expect(output).toContain('Not reached (1), please call:')
    expect(output).toContain(
      '  Siti Aminah, Koperasi Kelurahan Merah Putih Sadai: 0812-3456-7890 (has blocked the bot)',
    )
    expect(await test.db.outgoingMessage.count()).toBe(0)
  })

  it('refuses a file that takes seats away, with the names', async () => {
    const { id: cooperativeId } = await test.db.cooperative.findFirstOrThrow()
    const { id: personId } = await test.db.person.findFirstOrThrow({ where: { name: 'Budi Santoso' } })
    const { id: positionId } = await test.db.position.findFirstOrThrow({ where: { personId } })
    const held = {
      trainingCode: 'G3-A',
      track: 'organisation',
      state: 'offered',
      number: 'REG-BBBBB',
      waitingNumber: 1,
      offeredUntil: new Date('2026-11-30T09:00+07:00'),
    } as const
    const office = { role: 'pengurus', title: 'bendahara' } as const
    await test.db.registration.create({ data: { ...held, ...office, personId, positionId, cooperativeId } })
    await test.db.training.update({ where: { code: 'G3-A' }, data: { offered: 1 } })
    const { status, output, errors } = await run(
      'programme',
      file(programme({ capacity: 1, day: '2026-12-12' })),
    )
    expect(status).toBe(1)
    expect(output).toContain('2 kursi sudah dipegang oleh Budi Santoso, Siti Aminah')
    expect(errors).toContain('nothing imported: a capacity would fall below')
    expect(await test.db.session.findFirst()).toMatchObject({ starts: parseInstant('2026-12-05T08:00') })
  })

  it.each([
    ['no JSON', '{', 'is not valid JSON'],
    ['another file', '[]', 'a programme file is one JSON object'],
    ['a spreadsheet', 'PK\u0003\u0004', 'the file is damaged'],
  ])('refuses %s in one line', async (_, content, message) => {
    const { status, output, errors } = await run('programme', file(content))
    expect({ status, output }).toEqual({ status: 1, output: '' })
    expect(errors).toContain(message)
    expect(errors.trimEnd().split('\n')).toHaveLength(1)
  })
})

describe('ask', () => {
  it('reads one line and leaves the next to the next question', async () => {
    const input = new PassThrough()
    input.write('ya\nti')
    const { stream, text } = sink()
    expect(await ask('One?', input, stream)).toBe(true)
    setTimeout(() => input.write('dak\ny\n'), 20)
    expect(await ask('Two?', input, stream)).toBe(false)
    expect(await ask('Three?', input, stream)).toBe(true)
    setTimeout(() => input.end(), 20)
    expect(await ask('Four?', input, stream)).toBe(false)
    expect(await ask('Five?', input, stream)).toBe(false)
    expect(text()).toContain('One? [ya/tidak] Two? [ya/tidak] Three?')
  })
})

describe('demo', () => {
  const demo = async (what: 'load' | 'remove') => {
    const [output, errors] = [sink(), sink()]
    const status = await demoCommand(what, {
      db: test.db,
      now,
      actor: 'command:test',
      output: output.stream,
      errors: errors.stream,
    })
    return { status, output: output.text(), errors: errors.text() }
  }

  it('loads and removes, and removes nothing gladly', async () => {
    expect(await demo('remove')).toEqual({ status: 0, output: 'There is no sample data.\n', errors: '' })
    expect(await demo('load')).toMatchObject({ status: 0, errors: '' })
    expect(await hasSample(test.db)).toBe(true)
    expect(await demo('load')).toMatchObject({ status: 1, output: '' })
    expect(await demo('remove')).toEqual({ status: 0, output: 'The sample data is removed.\n', errors: '' })
  })

  it('loads nothing that is not audited', async () => {
    await test.pool.query(`
      CREATE OR REPLACE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'broken'; END $$;
      CREATE TRIGGER broken BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION broken()`)
    try {
      await expect(demo('load')).rejects.toThrow('broken')
    } finally {
      await test.pool.query('DROP TRIGGER broken ON audit_entry')
    }
    expect(await hasSample(test.db)).toBe(false)
  })

  it('does not mix with real data', async () => {
    await run('officers', file(roster))
    const { status, errors } = await demo('load')
    expect(status).toBe(1)
    expect(errors).toBe('bimtek: sample data not loaded: there is a programme or a roster already\n')
  })
})
