/**
 * The service as a process that kills itself at a named point, for the tests beside this file.
 *
 *     service.ts <telegram api root> <token> [kill-at=<point>] [after=<n>] [without-claim]
 *
 * DATABASE_URL as ever. Prints "up" when all parts run.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { startService } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { type Claim, type Claimed, lease } from '../../src/delivery/claim.ts'
import { createLog } from '../../src/log.ts'
import { later } from '../../src/time.ts'

const [apiRoot = '', token = '', ...flags] = process.argv.slice(2)
const flagValue = (name: string) => flags.find((flag) => flag.startsWith(`${name}=`))?.split('=')[1]
const killAt = flagValue('kill-at')
let left = Number(flagValue('after') ?? 1)

/** A claim that looks first and writes later, without comparing: two processes that look at once both send. */
const unclaimed: Claim = async (db, contactId, owner, now) => {
  const [row] = await db.$queryRaw<Claimed[]>`
    SELECT o.id, o.kind, o.content, o.attempts, o.unclear, o.due_at AS "dueAt", o.created_at AS "createdAt",
      c.chat, c.locale
    FROM outgoing_message o JOIN contact c ON c.id = o.contact_id
    WHERE o.contact_id = ${contactId} AND o.state = 'queued' AND o.due_at <= ${now} ORDER BY o.id LIMIT 1`
  if (!row) return undefined
  await sleep(100)
  await db.$executeRaw`
    UPDATE outgoing_message SET state = 'sending', owner = ${String(owner)}, lease_until = ${later(now, lease)}
    WHERE id = ${row.id}`
  return row
}

await startService({
  config: readConfig({
    DATABASE_URL: process.env['DATABASE_URL'],
    REDIS_URL: process.env['REDIS_URL'],
    TELEGRAM_API_ROOT: apiRoot,
    TELEGRAM_TOKEN: token,
    PORT: '0',
  }),
  log: createLog('warn'),
  roles: ['telegram', 'worker'],
  reached: (point) => {
    if (point === killAt && --left === 0) process.kill(process.pid, 'SIGKILL')
  },
  ...(flags.includes('without-claim') ? { claim: unclaimed } : {}),
})
process.stdout.write('up\n')
