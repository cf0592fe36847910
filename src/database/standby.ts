import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type Logger, loggable } from '../log.ts'
import { second } from '../time.ts'

/** How often the one in reserve looks whether the lock is free. A statement that waits for it would hold back vacuum. */
const askEvery = second

export type Standby = {
  /** Whether this process has the lock now. */
  readonly held: boolean
  close(): Promise<void>
}

/**
 * Does what only one process may do at a time: while this one has the advisory lock, on a connection of its own, it is
 * the one; a second waits in reserve and takes over when the lock is free. `gained` runs with the lock; when the
 * connection breaks, the lock is gone, and `lost` runs before it is asked for again. Resolves when the first attempt
 * has shown which of both this one is.
 */
export async function standby(
  connectionString: string,
  lock: number,
  log: Logger,
  turns: { gained(): Promise<void>; lost(): Promise<void> },
): Promise<Standby> {
  const closing = new AbortController()
  const closed = () => closing.signal.aborted
  let held = false
  let shown = () => {}
  const first = new Promise<void>((resolve) => {
    shown = resolve
  })

  /** From a connection to its end, or to the end of all. */
  const round = async (): Promise<void> => {
    const client = new pg.Client({ connectionString, keepAlive: true, application_name: 'bimtek-standby' })
    client.on('error', (error) => log.warn({ error: error.message }, 'standby connection'))
    const over = new Promise<void>((resolve) => {
      client.once('end', resolve)
      closing.signal.addEventListener('abort', () => resolve(), { once: true })
    })
    try {
      await client.connect()
      while (!closed() && !(await isMine(client, lock))) {
        shown()
        await sleep(askEvery, undefined, { signal: closing.signal }).catch(() => undefined)
      }
      if (closed()) return
      held = true
      await turns.gained()
      shown()
      await over
    } finally {
      if (held) {
        held = false
        await turns.lost()
      }
      // Only now: another takes over as soon as this connection is gone.
      await client.end().catch(() => {})
    }
  }

  const run = async (): Promise<void> => {
    while (!closed()) {
      await round().catch((error: unknown) => log.warn(loggable(error), 'standby; trying again'))
      shown()
      if (!closed()) await sleep(askEvery, undefined, { signal: closing.signal }).catch(() => undefined)
    }
  }

  const running = run()
  await first
  return {
    get held() {
      return held
    },
    close: async () => {
      closing.abort()
      await running
    },
  }
}

async function isMine(client: pg.Client, lock: number): Promise<boolean> {
  const { rows } = await client.query<{ got: boolean }>('SELECT pg_try_advisory_lock($1) AS got', [lock])
  return rows[0]?.got ?? false
}
