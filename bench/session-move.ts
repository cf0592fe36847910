import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addReminderJobs, queueHost } from '../src/app.ts'
import { moveCommand } from '../src/commands/session.ts'
import { readConfig } from '../src/config.ts'
import type { Database } from '../src/database/client.ts'
import { openDatabase } from '../src/database/open.ts'
import { createLog } from '../src/log.ts'
import { openQueues } from '../src/queues.ts'
import type { PlannedReminder } from '../src/reminders/plan.ts'
import { hour, inWib, second } from '../src/time.ts'
import { makeProgramme } from '../test/programme.ts'

const aim = 2 * second
const code = 'B-1'

/**
 * How long it takes to move a session with so many registered (1,000, or the first argument): of every ten, seven
 * have a chat of their own, two share one, and one has none. Prints seconds, rows of reminders and notices, and how
 * long the reminders' jobs take after that.
 */
export async function run(args: string[]): Promise<void> {
  const count = Number(args[0] ?? 1_000)
  const dataDir = mkdtempSync(join(tmpdir(), 'bimtek-bench-'))
  const config = readConfig({ ...process.env, DATA_DIR: dataDir })
  const log = createLog('warn')
  const database = await openDatabase(config, log)
  const { db } = database
  try {
    await makeProgramme(db, { code, capacity: count })
    await makeRegistrations(db, count)
    await move(db, 21)
    const seconds = await move(db, 22)
    const reminders = await db.reminder.findMany({ where: { state: 'planned' } })
    const notices = await db.outgoingMessage.count({ where: { kind: 'notice' } })
    process.stdout.write(
      `${count} registered: moved in ${seconds.toFixed(2)} s, ${reminders.length} reminders, ${notices / 2} notices; aim ${aim / second} s: ${seconds * second <= aim ? 'met' : 'missed'}\n`,
    )
    const queues = await openQueues(queueHost(config, database), log)
    const jobs = await secondsOf(() => addReminderJobs(queues, reminders satisfies PlannedReminder[]))
    await queues.close()
    process.stdout.write(`their jobs, after the result is shown: ${jobs.toFixed(2)} s\n`)
  } finally {
    await database.close()
    await database.embedded?.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / second
}

/** To this many days from now; in seconds. */
async function move(db: Database, days: number): Promise<number> {
  const now = new Date()
  const to = inWib(new Date(now.getTime() + days * 24 * hour)).toFormat("yyyy-MM-dd'T'HH:mm")
  const output = { write: () => true } as unknown as NodeJS.WritableStream
  const rules = { reminderOffsets: ['P3D', 'P1D', 'PT2H'], quietHours: null }
  const context = {
    db,
    now,
    rules,
    actor: 'command:bench',
    input: process.stdin,
    output,
    log: createLog('warn'),
  }
  return await secondsOf(() => moveCommand(`${code}/1`, { to, yes: true }, context))
}

async function makeRegistrations(db: Database, count: number): Promise<void> {
  const cooperative = await db.cooperative.create({
    data: { areaCode: '21.71.09.1003', name: 'Koperasi Sadai' },
  })
  await db.$executeRaw`
    INSERT INTO person (id, name) SELECT n, 'Pengurus ' || n FROM generate_series(1, ${count}::int) n`
  await db.$executeRaw`
    INSERT INTO position (id, person_id, cooperative_id, role, title)
    SELECT id, id, ${cooperative.id}, 'pengurus', 'ketua' FROM person`
  // The eighth and ninth of every ten share a number.
  await db.$executeRaw`
    INSERT INTO person_phone (person_id, phone)
    SELECT id, '+62812' || (10000000 + CASE id % 10 WHEN 9 THEN id - 1 ELSE id END) FROM person`
  await db.$executeRaw`
    INSERT INTO contact (channel, chat, phone)
    SELECT DISTINCT 'telegram', phone, phone FROM person_phone WHERE person_id % 10 <> 0`
  await db.$executeRaw`
    INSERT INTO registration (number, person_id, position_id, cooperative_id, role, title, training_code, track,
      state, updated_at)
    SELECT 'REG-' || id, id, id, ${cooperative.id}, 'pengurus', 'ketua', ${code}, 'organisation', 'confirmed', now()
    FROM person`
  await db.training.update({ where: { code }, data: { taken: count } })
}
