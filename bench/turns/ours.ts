/**
 * The service as the turns bench runs it.
 *
 *     ours.ts <database url> <telegram api root> <token>
 */
import { startService } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'

const [url = '', apiRoot = '', token = ''] = process.argv.slice(2)
await startService({
  config: readConfig({
    ...{ DATABASE_URL: url, TELEGRAM_API_ROOT: apiRoot, TELEGRAM_TOKEN: token, PORT: '0' },
    TELEGRAM_PER_SECOND: '10000',
  }),
  log: createLog('warn'),
  roles: ['telegram', 'worker'],
})
process.on('SIGTERM', () => process.exit(0))
process.on('SIGTERM', () => process.exit(0))
process.stdout.write('up\n')
