import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { allAreas, areaPath } from '../src/areas.ts'
import { hour, later } from '../src/time.ts'
import { run } from './process.ts'
import { type MadeProgramme, word } from './programme.ts'

export type Imported = {
  programme: MadeProgramme
  officer: { name: string; phone: string; cooperative: string }
}

/**
 * A programme and roster whose facts stand nowhere in the project, brought in by the commands as the office does.
 * Fails when a command does.
 */
export async function importMade(databaseUrl: string): Promise<Imported> {
  const wave = randomInt(5, 40)
  const starts = later(new Date(), 20 * 24 * hour)
  const programme: MadeProgramme = {
    ...{
      wave,
      code: `Z${wave}-${randomInt(10, 99)}`,
      title: `Tata Kelola ${word()}`,
      venue: `Gedung ${word()}`,
    },
    ...{ address: `Jalan ${word()} ${randomInt(1, 200)}`, speaker: `Ibu ${word()}`, starts, capacity: 30 },
    ends: later(starts, 4 * hour),
  }
  const kelurahan = allAreas().filter(({ code, level }) => level === 'kelurahan' && code.startsWith('21.71.'))
  const area = kelurahan[randomInt(kelurahan.length)]
  if (!area) throw new Error('no kelurahan')
  const officer = {
    name: `${word()} ${word()}`,
    phone: `+62813${String(randomInt(0, 10 ** 8)).padStart(8, '0')}`,
    cooperative: `Koperasi ${word()}`,
  }
  const folder = mkdtempSync(join(tmpdir(), 'bimtek-import-'))
  try {
    const programmeFile = join(folder, 'programme.json')
    writeFileSync(programmeFile, JSON.stringify(programmeJson(programme)))
    const rosterFile = join(folder, 'roster.csv')
    writeFileSync(
      rosterFile,
      [
        'nama;no_hp;jabatan;koperasi;kelurahan;kecamatan;kabupaten',
        [
          officer.name,
          officer.phone.replace('+62', '0'),
          'Ketua',
          officer.cooperative,
          ...areaPath(area.code),
        ].join(';'),
      ].join('\n'),
    )
    await imported(databaseUrl, ['programme', programmeFile])
    await imported(databaseUrl, ['officers', rosterFile])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return { programme, officer }
}

async function imported(databaseUrl: string, args: string[]): Promise<void> {
  const child = run('src/main.ts', ['import', ...args, '--yes'], { DATABASE_URL: databaseUrl })
  const code = await child.ended
  if (code !== 0)
    throw new Error(`import ${args.join(' ')} ended with ${code}: ${child.errors()}${child.output()}`)
}

function programmeJson(made: MadeProgramme) {
  const { starts, ends } = made
  return {
    venues: [
      { id: 'v', name: made.venue, address: made.address, lat: 1.1, lon: 104, directions: `Naik ${word()}` },
    ],
    waves: [
      {
        ...{ number: made.wave, title: `Tahap ${word()}` },
        ...{ opens: later(new Date(), -hour).toISOString(), closes: later(starts, -hour).toISOString() },
      },
    ],
    trainings: [
      {
        ...{ code: made.code, wave: made.wave, title: made.title, track: 'organisation', zone: 'mainland' },
        ...{ areas: ['21.71'], roles: ['pengurus'], capacity: made.capacity, venue: 'v' },
        ...{ requirements: `Bawa ${word()}`, allowance: `Uang ${word()}` },
      },
    ],
    sessions: [
      {
        ...{ training: made.code, id: '1', title: `Materi ${word()}`, speaker: made.speaker },
        ...{ starts: starts.toISOString(), ends: ends.toISOString() },
      },
    ],
  }
}
