import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { allAreas, areaPath } from '../src/areas.ts'
import { importOfficersCommand } from '../src/commands/import.ts'
import { readConfig } from '../src/config.ts'
import { openDatabase } from '../src/database/open.ts'
import { createLog } from '../src/log.ts'
import { second } from '../src/time.ts'

const sizes = [65_000, 650_000]
/** Without a limit V8 lets garbage lie as long as the machine has room, and its size would say nothing. */
const heapLimit = '--max-old-space-size=192'
const mebibyte = 2 ** 20
/** A tenfold roster may take so much more memory at its peak: what the collector has not come to yet. */
const mayGrow = 1.5

/**
 * How quickly rosters go in, and with how much memory: CSV files of 65,000 and 650,000 rows, each in a process of its
 * own, into an embedded database. With one number: a file of so many rows. Prints rows a second, the first time and
 * again, and the peak of the resident memory.
 */
export async function run(args: string[]): Promise<void> {
  if (args.length === 1) {
    await measure(Number(args[0]))
    return
  }
  const peaks = (args.length > 0 ? args.map(Number) : sizes).map(inOwnProcess)
  const growth = (peaks.at(-1) ?? 1) / (peaks[0] ?? 1)
  process.stdout.write(
    `memory grows ${growth.toFixed(2)}-fold; aim ${mayGrow}: ${growth <= mayGrow ? 'met' : 'missed'}\n`,
  )
}

/** The peak of memory in MB. */
function inOwnProcess(rows: number): number {
  const program = [...process.execArgv, heapLimit, process.argv[1] ?? '', 'import', String(rows)]
  const child = spawnSync(process.execPath, program, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  process.stdout.write(child.stdout)
  return Number(/memory (\d+) MB/.exec(child.stdout)?.[1])
}

async function measure(rows: number): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bimtek-bench-'))
  const log = createLog('warn')
  const database = await openDatabase(readConfig({ ...process.env, DATA_DIR: dataDir }), log)
  try {
    const file = join(dataDir, 'roster.csv')
    await makeRoster(file, rows)
    const memory = watchMemory()
    for (const time of ['first', 'again']) {
      const started = Date.now()
      await importOfficersCommand(
        file,
        { yes: true },
        {
          ...{ db: database.db, now: new Date(), rules: { reminderOffsets: [], quietHours: null }, log },
          actor: 'command:bench',
          ...{ input: process.stdin, output: process.stdout, errors: process.stderr },
        },
      )
      const seconds = (Date.now() - started) / second
      process.stdout.write(`  ${time}: ${seconds.toFixed(1)} s, ${Math.round(rows / seconds)} rows/s\n`)
    }
    process.stdout.write(`  peak of memory ${Math.round(memory.stop() / mebibyte)} MB\n`)
  } finally {
    await database.close()
    await database.embedded?.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

function watchMemory() {
  let peak = 0
  const look = () => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }
  const timer = setInterval(look, 50)
  return {
    stop: () => {
      look()
      clearInterval(timer)
      return peak
    },
  }
}

const given =
  'Siti,Budi,Rotua,Azman,Yulinar,Maria,Ahmad,Dewi,Joko,Kartini,Lukman,Nurul,Oktavia,Putra,Rahmat'.split(',')
const family =
  'Aminah,Santoso,Sitorus,Ismail,Koto,Tukan,Fauzi,Lestari,Widodo,Hasibuan,Simanjuntak,Pratama'.split(',')
const offices = [
  'Ketua',
  'Sekretaris',
  'Bendahara',
  'Wakil Ketua Bidang Usaha',
  'Anggota Pengawas',
  'Manajer',
]

/** As many officers as wanted, in all kelurahan of the province by turns, each with a name of their own. */
async function makeRoster(path: string, rows: number): Promise<void> {
  const paths = allAreas()
    .filter(({ level }) => level === 'kelurahan')
    .map(({ code }) => areaPath(code).join(','))
  const stream = createWriteStream(path)
  stream.write('nama,no_hp,jabatan,koperasi,kelurahan,kecamatan,kabupaten\n')
  for (let row = 0; row < rows; row++) {
    const line = `${nameOf(row)},0812${String(10_000_000 + row)},${offices[row % offices.length]},,${paths[row % paths.length]}\n`
    if (!stream.write(line)) await once(stream, 'drain')
  }
  stream.end()
  await once(stream, 'close')
}

function nameOf(row: number): string {
  const letters = [...String(row)].map((digit) => 'aeioubkdst'[Number(digit)]).join('')
  return `${given[row % given.length]} ${letters[0]?.toUpperCase()}${letters.slice(1)}na ${family[row % family.length]}`
}
