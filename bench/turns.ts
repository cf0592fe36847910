import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig } from '../src/config.ts'
import type { Database } from '../src/database/client.ts'
import { type OpenDatabase, openDatabase } from '../src/database/open.ts'
import { createLog } from '../src/log.ts'
import { second } from '../src/time.ts'
import { run as runFile } from '../test/process.ts'
import { makeProgramme } from '../test/programme.ts'
import { type Person, startBotApi } from '../test/telegram/bot-api-server.ts'

const token = '4242:bench-AAbbCCddEEffGGhhIIjj'
const wave = 7
/** A person does not write more than one message a second, and nobody is written to more often. */
const thinking = 1_100

/** What a person writes, and what the answer to it holds. */
const dialogue: [says: string, hears: RegExp][] = [
  [`gel ${wave} kapan pak`, /Tata Kelola/],
  ['sy mau daftar', /setuju/],
  ['setuju', /mana\?|pilih|1\./i],
  ['1', /benar\?/],
  ['ya', /REG-/],
  ['batalkan pendaftaran saya', /Yakin/],
  ['ya', /sudah dibatalkan/],
]

type Measured = { rate: number; p50: number; p99: number }

/**
 * Whole turns a second through a Bot API server, beside the same dialogue on grammY with its conversations and
 * sessions in the same PostgreSQL, alternating. So many persons (150, or the first argument) have it at once; each
 * begins within the first second. Rounds: 3, or the second argument.
 */
export async function run(args: string[]): Promise<void> {
  const persons = Number(args[0] ?? 150)
  const rounds = Number(args[1] ?? 3)
  const dataDir = mkdtempSync(join(tmpdir(), 'bimtek-bench-'))
  const database = await openDatabase(readConfig({ ...process.env, DATA_DIR: dataDir }), createLog('warn'))
  const measured: Record<'ours' | 'peer', Measured[]> = { ours: [], peer: [] }
  try {
    await prepare(database.db)
    for (let round = 0; round < rounds; round++)
      for (const name of ['ours', 'peer'] as const) {
        const result = await measure(database, name, persons, 1_000_000 * (round + 1))
        measured[name].push(result)
        process.stdout.write(
          `round ${round + 1}, ${name}: ${result.rate.toFixed(1)} turns a second, p50 ${result.p50.toFixed(0)} ms, p99 ${result.p99.toFixed(0)} ms\n`,
        )
      }
    const median = (of: Measured[], what: keyof Measured) =>
      of.map((each) => each[what]).sort((a, b) => a - b)[Math.floor(of.length / 2)] ?? 0
    const ratio = median(measured.ours, 'rate') / median(measured.peer, 'rate')
    process.stdout.write(
      `median of ${rounds}: rate ${ratio.toFixed(2)} of the peer's; ours p50 ${median(measured.ours, 'p50').toFixed(0)} ms, p99 ${median(measured.ours, 'p99').toFixed(0)} ms; peer p50 ${median(measured.peer, 'p50').toFixed(0)} ms, p99 ${median(measured.peer, 'p99').toFixed(0)} ms\n`,
    )
  } finally {
    await database.close()
    await database.embedded?.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function prepare(db: Database): Promise<void> {
  for (const code of ['B-1', 'B-2']) await makeProgramme(db, { code, wave, capacity: 1_000 })
  await db.cooperative.create({ data: { areaCode: '21.71.09.1003', name: 'Koperasi Sadai' } })
  await db.$executeRaw`CREATE TABLE peer_session (key text PRIMARY KEY, value text NOT NULL)`
  await db.$executeRaw`
    CREATE TABLE peer_registration (id serial PRIMARY KEY, chat bigint NOT NULL, training_code text NOT NULL, cancelled_at timestamptz)`
  await db.$executeRaw`CREATE INDEX ON peer_registration (training_code)`
  await db.$executeRaw`CREATE INDEX ON peer_registration (chat)`
}

/** Officers whose number is known, so that they write as they would after their first day. */
async function makeOfficers(db: Database, count: number, first: number): Promise<void> {
  await db.$executeRaw`
    INSERT INTO person (id, name) SELECT n, 'Pengurus ' || n FROM generate_series(${first}::int, ${first + count - 1}::int) n`
  await db.$executeRaw`
    INSERT INTO position (person_id, cooperative_id, role, title)
    SELECT p.id, c.id, 'pengurus', 'ketua' FROM person p, cooperative c WHERE p.id >= ${first}`
  await db.$executeRaw`
    INSERT INTO person_phone (person_id, phone) SELECT id, '+6281' || id FROM person WHERE id >= ${first}`
  await db.$executeRaw`
    INSERT INTO contact (channel, chat, phone, last_heard_at)
    SELECT 'telegram', id::text, '+6281' || id, now() FROM person WHERE id >= ${first}`
}

async function measure(
  database: OpenDatabase,
  name: 'ours' | 'peer',
  count: number,
  first: number,
): Promise<Measured> {
  if (name === 'ours') await makeOfficers(database.db, count, first)
  await database.pool.query('VACUUM ANALYZE')
  const api = await startBotApi({ token })
  const bot = runFile(`bench/turns/${name}.ts`, [database.url, api.root, token])
  try {
    await bot.prints('up')
    await sleep(second)
    const began = performance.now()
    const all = Array.from({ length: count }, (_, index) => api.user(first + index))
    const waits = (
      await Promise.all(all.map((person, index) => talk(person, (index * second) / count)))
    ).flat()
    const seconds = (performance.now() - began) / second
    waits.sort((a, b) => a - b)
    return {
      rate: waits.length / seconds,
      p50: waits[Math.floor(waits.length / 2)] ?? 0,
      p99: waits[Math.floor(waits.length * 0.99)] ?? 0,
    }
  } finally {
    bot.kill('SIGTERM')
    await bot.ended
    await api.close()
  }
}

/** Has the whole dialogue; how long each answer took, in ms. */
async function talk(person: Person, after: number): Promise<number[]> {
  await sleep(after)
  const waits: number[] = []
  for (const [says, hears] of dialogue) {
    const began = performance.now()
    person.says(says)
    await person.hears(hears, 120 * second)
    const took = performance.now() - began
    waits.push(took)
    await sleep(Math.max(0, thinking - took))
  }
  return waits
}
