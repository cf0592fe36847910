import { randomInt } from 'node:crypto'
import { EventEmitter } from 'node:events'
import type { Logger } from '../log.ts'
import type { Tx } from './client.ts'
import { standingConnection } from './standing.ts'

/** Namespace of the advisory locks by which living processes are known: pg_advisory_lock(space, owner). */
export const ownerLockSpace = 419_064

/**
 * What is told through NOTIFY, when the transaction commits. It only wakes: a sweep stands behind each.
 * - `outgoing`: "<channel> <row id> <contact id>", a row to send
 * - `thread`: "<chat>", a simulator's thread has a new message in or out
 */
export type Topic = 'outgoing' | 'thread'

const prefix = 'bimtek_'

export async function notify(tx: Tx, topic: Topic, payload: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${prefix + topic}, ${payload})`
}

/** The same for many payloads, in one statement. */
export async function notifyAll(tx: Tx, topic: Topic, payloads: string[]): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${prefix + topic}, payload) FROM unnest(${payloads}::text[]) payload`
}

export type Listener = {
  /** Number of this process: while its connection lives, it holds the advisory lock (ownerLockSpace, owner). */
  owner: number
  on(topic: Topic, heard: (payload: string) => void): () => void
  close(): Promise<void>
}

/** Listens, and shows that this process lives, on a connection of its own. */
export async function listen(connectionString: string, log: Logger): Promise<Listener> {
  const heard = new EventEmitter()
  heard.setMaxListeners(0)
  const owner = randomInt(1, 2 ** 31 - 1)
  const connection = await standingConnection(connectionString, 'listening', log, async (client) => {
    client.on('notification', ({ channel, payload }) => {
      heard.emit(channel.slice(prefix.length), payload ?? '')
    })
    for (const topic of ['outgoing', 'thread'] satisfies Topic[])
      await client.query(`LISTEN ${prefix}${topic}`)
    await client.query('SELECT pg_advisory_lock($1, $2)', [ownerLockSpace, owner])
  })
  return {
    owner,
    on: (topic, listener) => {
      heard.on(topic, listener)
      return () => heard.off(topic, listener)
    },
    close: () => connection.close(),
  }
}
