import { freshDatabase, type TestDatabase } from '../database.ts'
import { type Child, run } from '../process.ts'
import { type MadeOfficer, type MadeProgramme, makeOfficers, makeProgramme } from '../programme.ts'
import { type BotApi, startBotApi } from './bot-api-server.ts'
import { token } from './service.ts'

/** A Bot API server and a database that holds a class, and an officer who may register for it and has consented. */
export type Stage = {
  database: TestDatabase
  api: BotApi
  programme: MadeProgramme
  officer: MadeOfficer
  /** Runs the service in a process of its own, until it prints `ready`. */
  start(settings?: Record<string, string>, args?: string[], ready?: string): Promise<Child>
  /** Ends all processes, and takes everything away. */
  close(): Promise<void>
}

export async function openStage(): Promise<Stage> {
  const database = await freshDatabase()
  const api = await startBotApi({ token })
  const programme = await makeProgramme(database.db)
  const [officer] = await makeOfficers(database.db, 1, { consented: true })
  if (!officer) throw new Error('no officer')
  const running: Child[] = []
  return {
    ...{ database, api, programme, officer },
    start: async (settings = {}, args = [], ready = 'Channels') => {
      const child = run('src/main.ts', ['start', ...args], {
        ...{ DATABASE_URL: database.url, TELEGRAM_TOKEN: token, TELEGRAM_API_ROOT: api.root },
        ...{ PORT: '0', LOG_LEVEL: 'warn', QUIET_HOURS: 'off', ...settings },
      })
      running.push(child)
      await child.prints(ready)
      return child
    },
    close: async () => {
      for (const child of running) child.kill('SIGKILL')
      await Promise.all(running.map(({ ended }) => ended))
      await api.close()
      await database.drop()
    },
  }
}
