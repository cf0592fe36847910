import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Service, startService } from '../../src/app.ts'
import { type BroadcastOptions, broadcastCommand } from '../../src/commands/broadcast.ts'
import { readConfig } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'
import { freshDatabase } from '../database.ts'
import { startBotApi } from '../telegram/bot-api-server.ts'
import { runCommand } from './roster.ts'

const token = '4242:test-AAbbCCddEEffGGhhIIjj'

/** A database, a Bot API server, a folder, and the service as it runs in an office when it is started. */
export async function openOffice() {
  const database = await freshDatabase()
  const api = await startBotApi({ token })
  const folder = mkdtempSync(join(tmpdir(), 'bimtek-broadcast-'))
  let service: Service | undefined
  const file = (name: string, content: string | Uint8Array): string => {
    const path = join(folder, name)
    writeFileSync(path, content)
    return path
  }
  return {
    ...{ database, db: database.db, api, token, file },
    path: (name: string) => join(folder, name),
    start: async (settings: Record<string, string> = {}): Promise<Service> => {
      service = await startService({
        config: readConfig({
          ...{ DATABASE_URL: database.url, TELEGRAM_API_ROOT: api.root, TELEGRAM_TOKEN: token },
          ...{ TELEGRAM_PER_SECOND: '1000', PORT: '0', QUIET_HOURS: 'off', ...settings },
        }),
        log: createLog('silent'),
        roles: ['telegram', 'worker'],
      })
      return service
    },
    /** `broadcast` as it is called, with this text. */
    broadcast: (text: string, options: BroadcastOptions = {}, answer?: string) =>
      runCommand(
        database.db,
        (context) =>
          broadcastCommand({ textFile: file('text.txt', text), audience: 'all', ...options }, context),
        answer === undefined ? {} : { answer },
      ),
    close: async () => {
      await service?.stop()
      await api.close()
      await database.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type Office = Awaited<ReturnType<typeof openOffice>>
