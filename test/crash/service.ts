/**
 * The service as a process that kills itself at a named point, for the tests beside this file.
 *
 *     service.ts <telegram api root> <token> [kill-at=<point>] [after=<n>] [without-claim]
 *
 * DATABASE_URL and TELEGRAM_PER_SECOND as ever; there are no quiet hours. Prints "up" when all parts run.
 */
import { startService } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'
import { unmarked } from './unclaimed.ts'

const [apiRoot = '', token = '', ...flags] = process.argv.slice(2)
const flagValue = (name: string) => flags.find((flag) => flag.startsWith(`${name}=`))?.split('=')[1]
const killAt = flagValue('kill-at')
let left = Number(flagValue('after') ?? 1)

await startService({
  config: readConfig({
    DATABASE_URL: process.env['DATABASE_URL'],
    REDIS_URL: process.env['REDIS_URL'],
    TELEGRAM_API_ROOT: apiRoot,
    TELEGRAM_TOKEN: token,
    TELEGRAM_PER_SECOND: process.env['TELEGRAM_PER_SECOND'],
    QUIET_HOURS: 'off',
    PORT: '0',
  }),
  log: createLog('warn'),
  roles: ['telegram', 'worker'],
  ...(flags.includes('without-claim') ? { claim: unmarked } : {}),
  reached: (point) => {
    if (point === killAt && --left === 0) process.kill(process.pid, 'SIGKILL')
  },
})
process.stdout.write('up\n')
