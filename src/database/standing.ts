import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from '../log.ts'
import { second } from '../time.ts'

/** Pauses between attempts to connect again, in ms; the last one is repeated. */
const pauses = [200, 500, second, 2 * second, 5 * second]

export type StandingConnection = { close(): Promise<void> }

/**
 * A connection of its own that stands for as long as it is not closed: when it breaks, it is made again, and
 * `setup` runs again on it.
 * @throws what the first attempt met
 */
export async function standingConnection(
  connectionString: string,
  name: string,
  log: Logger,
  setup: (client: pg.Client) => Promise<void>,
): Promise<StandingConnection> {
  let closed = false
  let standing: pg.Client | undefined

  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString, keepAlive: true, application_name: `bimtek-${name}` })
    next.on('error', (error) => log.warn({ error: error.message }, `${name} connection`))
    try {
      await next.connect()
      await setup(next)
    } catch (error) {
      await next.end().catch(() => {})
      throw error
    }
    standing = next
    // Only the one that stood is replaced; one that never came is tried again by the loop below.
    next.once('end', () => {
      if (!closed && standing === next) void connectAgain()
    })
  }

  const connectAgain = async (): Promise<void> => {
    standing = undefined
    for (let attempt = 0; !closed && !standing; attempt++) {
      await sleep(pauses[Math.min(attempt, pauses.length - 1)])
      if (closed) return
      await connect().catch((error: Error) => log.warn({ error: error.message }, `no ${name} connection yet`))
    }
  }

  await connect()
  return {
    close: async () => {
      closed = true
      await standing?.end().catch(() => {})
    },
  }
}
