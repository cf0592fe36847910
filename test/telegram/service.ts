import { pino } from 'pino'
import { type Service, startService } from '../../src/app.ts'
import { readConfig, roles } from '../../src/config.ts'
import type { BotApi } from './bot-api-server.ts'

/** A token of the form that the settings demand. */
export const token = '4242:test-AAbbCCddEEffGGhhIIjj'

/** The whole service in this process, on Telegram by polling unless the settings say otherwise. */
export async function startOnTelegram(
  databaseUrl: string,
  api: BotApi,
  settings: Record<string, string> = {},
): Promise<Service> {
  const config = readConfig({
    ...{ DATABASE_URL: databaseUrl, TELEGRAM_TOKEN: api.token, TELEGRAM_API_ROOT: api.root },
    ...{ PORT: '0', QUIET_HOURS: 'off', ...settings },
  })
  return await startService({ config, log: pino({ level: 'silent' }), roles })
}
