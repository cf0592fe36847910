import { type Config, readConfig } from '../config.ts'
import { type OpenDatabase, openDatabase } from '../database/open.ts'
import { createLog, type Logger } from '../log.ts'

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
