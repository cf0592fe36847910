import { hostedChannels, queueHost } from '../app.ts'
import { examineTelegram } from '../channels/telegram/telegram.ts'
import { type Config, ConfigError, readConfig } from '../config.ts'
import { snapshot } from '../database/client.ts'
import { hasCluster } from '../database/embedded.ts'
import { migrationState } from '../database/migrate.ts'
import { type OpenDatabase, openDatabase } from '../database/open.ts'
import { createLog, loggable } from '../log.ts'
import { checkData, type Finding, runningProcesses } from '../operations/checks.ts'
import { probeQueues } from '../queues.ts'
import { hasSample } from '../sample.ts'

/** Telegram answers within a second; who waits longer has no connection. */
const telegramSeconds = 5

/** What the command works with; tests give their own. */
export type DoctorContext = {
  /** That of this process if not said. */
  environment?: NodeJS.ProcessEnv
  now: Date
  output: NodeJS.WritableStream
  errors: NodeJS.WritableStream
}

/** `doctor` as it is called from the command line; the exit status. */
export async function runDoctor(): Promise<number> {
  return await doctorCommand({ now: new Date(), output: process.stdout, errors: process.stderr })
}

/** Prints a line for each check. Returns 1 when anything is wrong. Changes nothing, not even the database's schema. */
export async function doctorCommand(context: DoctorContext): Promise<number> {
  let wrong = 0
  for await (const found of examine(context)) {
    if (found.state === 'wrong') wrong += 1
    context.output.write(`${lineOf(found)}\n`)
  }
  if (wrong === 0) return 0
  context.errors.write(`bimtek: ${wrong === 1 ? '1 check' : `${wrong} checks`} found something wrong\n`)
  return 1
}

function lineOf({ check, state, detail, mend }: Finding): string {
  const mark = { ok: 'ok   ', wrong: 'WRONG', note: 'note ' }[state]
  return `${mark} ${check}: ${detail}${mend === undefined ? '' : `. To mend: ${mend}`}`
}

async function* examine({ environment, now }: DoctorContext): AsyncGenerator<Finding> {
  const config = settings(environment)
  if (Array.isArray(config)) {
    yield* config
    return yield notChecked('database', ...behindDatabase, ...behindMigrations, 'channels')
  }
  yield { check: 'settings', state: 'ok', detail: 'every setting can be read' }
  yield* examineDatabase(config, now)
  yield* examineChannels(config)
}

/** What can be looked at only when the database opens, and when its tables are as the migrations make them. */
const behindDatabase = ['migrations', 'queue']
const behindMigrations = ['service', 'data']

/** What could not be looked at for what was found before. */
function notChecked(...checks: string[]): Finding {
  const mend = 'mend what is WRONG above, then run doctor again'
  return { check: 'not checked', state: 'note', detail: checks.join(', '), mend }
}

function settings(environment: NodeJS.ProcessEnv | undefined): Config | Finding[] {
  try {
    return readConfig(environment)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const mend = 'set it so, or leave it out'
    return error.problems.map((detail) => ({ check: 'settings', state: 'wrong', detail, mend }))
  }
}

async function* examineDatabase(config: Config, now: Date): AsyncGenerator<Finding> {
  const database = await open(config)
  if (!('pool' in database)) {
    yield database
    return yield notChecked(...behindDatabase, ...behindMigrations)
  }
  try {
    yield { check: 'database', state: 'ok', detail: await describe(database) }
    const migrations = await examineMigrations(database)
    yield migrations
    yield await examineQueue(config, database)
    if (migrations.state === 'wrong') return yield notChecked(...behindMigrations)
    yield await examineService(database)
    yield* await examineData(database, config, now)
    if (config.telegram && (await hasSample(database.db)))
      yield {
        ...{ check: 'sample', state: 'note', detail: 'sample data stands beside a real channel' },
        mend: '`demo remove` removes it; the first import does too',
      }
  } finally {
    await database.close()
    if (database.embedded?.started) await database.embedded.stopIfUnused()
  }
}

async function open(config: Config): Promise<OpenDatabase | Finding> {
  if (!config.databaseUrl && !hasCluster(config.dataDir))
    return {
      ...{ check: 'database', state: 'wrong', detail: `there is none yet in ${config.dataDir}` },
      mend: 'npm start makes it; or set DATA_DIR to the folder where it lies, or DATABASE_URL',
    }
  try {
    return await openDatabase(config, createLog('silent'), 'it is')
  } catch (error) {
    return { check: 'database', state: 'wrong', detail: (error as Error).message }
  }
}

async function describe({ pool, embedded }: OpenDatabase): Promise<string> {
  const { rows } = await pool.query<{ version: string }>(
    `SELECT split_part(current_setting('server_version'), ' ', 1) AS version`,
  )
  return `PostgreSQL ${rows[0]?.version}${embedded ? ', embedded' : ''}, answers`
}

async function examineMigrations({ pool }: OpenDatabase): Promise<Finding> {
  const { missing, failed, unknown } = await migrationState(pool)
  const check = 'migrations'
  if (failed.length > 0)
    return {
      ...{ check, state: 'wrong', detail: `broken off: ${failed.join(', ')}` },
      mend: 'restore the last backup; or mend the tables and tell `prisma migrate resolve`',
    }
  if (missing.length > 0)
    return {
      ...{ check, state: 'wrong', detail: `not applied: ${missing.join(', ')}` },
      mend: 'npm start applies them, as does every command but this one',
    }
  if (unknown.length > 0)
    return {
      ...{
        check,
        state: 'wrong',
        detail: `this database belongs to a newer version (${unknown.join(', ')})`,
      },
      mend: 'install that version again',
    }
  return { check, state: 'ok', detail: 'all are applied' }
}

async function examineQueue(config: Config, database: OpenDatabase): Promise<Finding> {
  const check = 'queue'
  try {
    const host = queueHost(config, database)
    const { made } = await probeQueues(host)
    const where = host.kind === 'redis' ? 'Redis answers' : 'on PostgreSQL'
    return { check, state: 'ok', detail: made ? where : 'none yet; the service makes it at its start' }
  } catch (error) {
    return { check, state: 'wrong', detail: (error as Error).message }
  }
}

async function examineService({ db }: OpenDatabase): Promise<Finding> {
  const count = await runningProcesses(db)
  if (count === 0)
    return { check: 'service', state: 'note', detail: 'none runs', mend: 'npm start starts it' }
  return { check: 'service', state: 'ok', detail: count === 1 ? '1 process runs' : `${count} processes run` }
}

async function examineData({ db }: OpenDatabase, config: Config, now: Date): Promise<Finding[]> {
  try {
    return await snapshot(db, (tx) => checkData(tx, now, hostedChannels(config)))
  } catch (error) {
    const { code = 'unknown error' } = loggable(error)
    const mend = 'restore the last backup; tables are not as the migrations make them'
    return [{ check: 'data', state: 'wrong', detail: `cannot be read (${code})`, mend }]
  }
}

async function* examineChannels({ telegram, publicUrl }: Config): AsyncGenerator<Finding> {
  const check = 'channels'
  if (!telegram) {
    const detail = `no messenger${publicUrl ? ', and no simulator beside PUBLIC_URL' : ', only the simulator and the terminal'}`
    return yield { check, state: 'note', detail, mend: 'set TELEGRAM_TOKEN to speak on Telegram' }
  }
  const { token, apiRoot } = telegram
  const found = await examineTelegram({ token, ...(apiRoot ? { apiRoot } : {}) }, telegramSeconds)
  if ('fault' in found) {
    const mend = 'check TELEGRAM_TOKEN and TELEGRAM_API_ROOT, and that this machine reaches the internet'
    return yield { check, state: 'wrong', detail: found.fault, mend }
  }
  const { receives, lastError } = found
  yield { check, state: 'ok', detail: `Telegram knows this bot, which receives ${receives}` }
  if (!lastError) return
  const mend =
    'see that PUBLIC_URL is reached from the internet with a valid certificate, and that npm start runs'
  yield { check, state: 'note', detail: `webhook: ${lastError}`, mend }
}
