/**
 * A process that sends what is due on Telegram, whoever else does so too.
 *
 *     sender.ts <database url> <telegram api root> <token> [without-claim]
 *
 * Prints "up", begins at the first line of its input, and ends with its input.
 */
import { createInterface } from 'node:readline'
import pg from 'pg'
import { telegramChannel } from '../../src/channels/telegram/telegram.ts'
import { createClient } from '../../src/database/client.ts'
import { listen } from '../../src/database/notify.ts'
import { limiter, ownPace } from '../../src/delivery/limits.ts'
import { createDelivery } from '../../src/delivery/send.ts'
import { createLog } from '../../src/log.ts'
import { loadTexts } from '../../src/texts.ts'
import { systemClock } from '../../src/time.ts'
import { unclaimed } from './unclaimed.ts'

const [url = '', apiRoot = '', token = '', ...flags] = process.argv.slice(2)
const log = createLog('silent')
const pool = new pg.Pool({ connectionString: url, max: 5 })
const listener = await listen(url, log)
const delivery = createDelivery({
  ...{ db: createClient(pool), texts: loadTexts(), clock: systemClock, log, owner: listener.owner },
  channels: [
    {
      channel: telegramChannel({ token, apiRoot, log }),
      limiter: limiter(ownPace(Number.POSITIVE_INFINITY)),
    },
  ],
  ...(flags.includes('without-claim') ? { claim: unclaimed } : {}),
})
process.stdout.write('up\n')
for await (const _ of createInterface({ input: process.stdin })) {
  await delivery.sweep()
  await delivery.idle()
  process.stdout.write('done\n')
}
await delivery.stop()
await listener.close()
await pool.end()
