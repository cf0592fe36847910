import { randomInt } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from '../log.ts'
import type { Tx } from './client.ts'

/** Namespace of the advisory locks by which living processes are known: pg_advisory_lock(space, owner). */
export const ownerLockSpace = 419_064

/**
 * What is told through NOTIFY, when the transaction commits. It only wakes: a sweep stands behind each.
 * - `outgoing`: "<channel> <row id>", a row to send
 * - `thread`: "<chat>", a simulator's thread has a new message in or out
 */
export type Topic = 'outgoing' | 'thread'

const prefix = 'bimtek_'

export async function notify(tx: Tx, topic: Topic, payload: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${prefix + topic}, ${payload})`
}

export type Listener = {
  /** Number of this process: while its connection lives, it holds the advisory lock (ownerLockSpace, owner). */
  owner: number
  on(topic: Topic, heard: (payload: string) => void): () => void
  close(): Promise<void>
}

/** Pauses between attempts to connect again, in ms. */
const reconnectPauses = [200, 500, 1_000, 2_000, 5_000]

/** Listens, and shows that this process lives, a connection of its own, and connects again for as long as it is not closed. */
export async function listen(connectionString: string, log: Logger): Promise<Listener> {
  const heard = new EventEmitter()
  heard.setMaxListeners(0)
  const owner = randomInt(1, 2 ** 31 - 1)
  let closed = false
  let client: pg.Client | undefined

  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString, keepAlive: true, application_name: 'bimtek-listen' })
    next.on('error', (error) => log.warn({ error: error.message }, 'listening connection'))
    next.on('end', () => {
      if (!closed) void reconnect()
    })
    next.on('notification', ({ channel, payload }) => {
      heard.emit(channel.slice(prefix.length), payload ?? '')
    })
    await next.connect()
    for (const topic of ['outgoing', 'thread'] satisfies Topic[]) await next.query(`LISTEN ${prefix}${topic}`)
    await next.query('SELECT pg_advisory_lock($1, $2)', [ownerLockSpace, owner])
    client = next
  }

  const reconnect = async (): Promise<void> => {
    for (let attempt = 0; !closed; attempt++) {
      await sleep(reconnectPauses[Math.min(attempt, reconnectPauses.length - 1)])
      try {
        await connect()
        return
      } catch (error) {
        log.warn({ error: (error as Error).message }, 'cannot listen yet')
      }
    }
  }

  await connect()
  return {
    owner,
    on: (topic, listener) => {
      heard.on(topic, listener)
      return () => heard.off(topic, listener)
    },
    close: async () => {
      closed = true
      await client?.end().catch(() => {})
    },
  }
}
