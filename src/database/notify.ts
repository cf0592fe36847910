import { randomInt } from 'node:crypto'
import { EventEmitter } from 'node:events'
import type pg from 'pg'
import type { Logger } from '../log.ts'
import type { Tx } from './client.ts'
import { standingConnection } from './standing.ts'

/** Namespace of the advisory locks by which living processes are known: pg_advisory_lock(space, owner). */
export const ownerLockSpace = 419_064

/** Namespace of the advisory locks by which it is known what living processes do: (space, place in `works`). */
const hostLockSpace = 419_065
const works = ['telegram', 'whatsapp', 'simulator', 'terminal', 'worker'] as const
/** What a process does: hosts a channel, or works what is due. */
export type Work = (typeof works)[number]

/** What living processes do now. */
export async function worksNow(tx: Tx): Promise<Work[]> {
  const rows = await tx.$queryRaw<{ place: number }[]>`
    SELECT DISTINCT l.objid::int AS place FROM pg_locks l
    WHERE l.locktype = 'advisory' AND l.granted AND l.classid::bigint = ${hostLockSpace}
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`
  return works.filter((_, place) => rows.some((row) => row.place === place))
}

/**
 * What is told through NOTIFY, when the transaction commits. It only wakes: a sweep stands behind each.
 * - `outgoing`: "<channel> <row id> <contact id>", a row to send
 * - `thread`: "<chat>", a simulator's thread has a new message in or out
 */
export type Topic = 'outgoing' | 'thread'

const prefix = 'bimtek_'

/** PostgreSQL's name of a topic, for a statement that does more than to tell. */
export const channelOf = (topic: Topic): string => prefix + topic

export async function notify(tx: Tx, topic: Topic, payload: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${channelOf(topic)}, ${payload})`
}

export type Listener = {
  /** Number of this process: while its connection lives, it holds the advisory lock (ownerLockSpace, owner). */
  owner: number
  on(topic: Topic, heard: (payload: string) => void): () => void
  /** Shows what this process does, for as long as its connection lives. */
  hosts(does: Work[]): Promise<void>
  close(): Promise<void>
}

/** Listens, and shows that this process lives, on a connection of its own. */
export async function listen(connectionString: string, log: Logger): Promise<Listener> {
  const heard = new EventEmitter()
  heard.setMaxListeners(0)
  const owner = randomInt(1, 2 ** 31 - 1)
  let shown: Work[] = []
  let current: pg.Client | undefined
  const show = async (client: pg.Client): Promise<void> => {
    for (const work of shown)
      await client.query('SELECT pg_advisory_lock_shared($1, $2)', [hostLockSpace, works.indexOf(work)])
  }
  const connection = await standingConnection(connectionString, 'listening', log, async (client) => {
    client.on('notification', ({ channel, payload }) => {
      heard.emit(channel.slice(prefix.length), payload ?? '')
    })
    for (const topic of ['outgoing', 'thread'] satisfies Topic[])
      await client.query(`LISTEN ${prefix}${topic}`)
    await client.query('SELECT pg_advisory_lock($1, $2)', [ownerLockSpace, owner])
    await show(client)
    current = client
  })
  return {
    owner,
    on: (topic, listener) => {
      heard.on(topic, listener)
      return () => heard.off(topic, listener)
    },
    hosts: async (does) => {
      shown = does
      if (current) await show(current)
    },
    close: () => connection.close(),
  }
}
