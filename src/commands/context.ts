import { addReminderJobs, queueHost } from '../app.ts'
import { type Config, readConfig } from '../config.ts'
import type { Database } from '../database/client.ts'
import { type OpenDatabase, openDatabase } from '../database/open.ts'
import { createLog, type Logger, loggable } from '../log.ts'
import { openQueues } from '../queues.ts'
import type { PlannedReminder, ReminderRules } from '../reminders/plan.ts'
import { commandActor } from '../staff/audit.ts'

/** What a command works with; tests give their own. */
export type CommandContext = {
  db: Database
  now: Date
  rules: ReminderRules
  /** Who runs it, for the audit. */
  actor: string
  input: NodeJS.ReadableStream
  output: NodeJS.WritableStream
  /** For what went wrong, and for questions beside JSON; standard error if not said. */
  errors?: NodeJS.WritableStream
  log: Logger
  /** Without it the worker finds due reminders in its sweep. */
  addReminderJobs?: (planned: PlannedReminder[]) => Promise<void>
}

/** Runs a command on the database: beside a running service, or on a server that it starts and stops again. */
export async function withDatabase<T>(
  work: (opened: { database: OpenDatabase; config: Config; log: Logger }) => Promise<T>,
): Promise<T> {
  const config = readConfig()
  const log = createLog(config.logLevel === 'info' ? 'warn' : config.logLevel)
  const database = await openDatabase(config, log)
  try {
    return await work({ database, config, log })
  } finally {
    await database.close()
    if (database.embedded?.started) await database.embedded.stopIfUnused()
  }
}

/** The same, with all that a command needs which changes something; returns what `work` does, its exit status. */
export async function withContext(
  work: (context: CommandContext, config: Config) => Promise<number>,
): Promise<number> {
  return await withDatabase(async ({ database, config, log }) => {
    const context: CommandContext = {
      ...{ db: database.db, now: new Date(), rules: config, actor: commandActor(), log },
      ...{ input: process.stdin, output: process.stdout },
      addReminderJobs: async (planned) => {
        if (planned.length === 0) return
        try {
          const queues = await openQueues(queueHost(config, database), log)
          await addReminderJobs(queues, planned)
          await queues.close()
        } catch (error) {
          // What the command did stands; without their jobs the service's sweep fires the reminders.
          log.warn(loggable(error), 'no reminder jobs')
        }
      },
    }
    return await work(context, config)
  })
}
