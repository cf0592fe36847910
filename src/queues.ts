import { createPostgresBackend, type Job, Queue, type QueueOptions, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import pg from 'pg'
import type { Logger } from './log.ts'

/** The queues' server cannot be used; the message says how to mend it. */
export class QueueError extends Error {}

/**
 * What each queue's jobs carry. A job only points at a row: PostgreSQL is the truth, and losing every job
 * loses nothing.
 */
export type Jobs = {
  reminders: { reminderId: number }
} & {
  /** One for each channel, worked by the processes that host it. */
  [queue: `send-${string}`]: { outgoingId: number }
}

export type QueueName = keyof Jobs & string

export type QueueHost = { kind: 'redis'; url: string } | { kind: 'postgres'; connectionString: string }

/** A job to come. Ids hold no colon, and are no bare number (BullMQ refuses both). */
export type NewJob<Name extends QueueName> = { id: string; payload: Jobs[Name]; runAt: Date }

export type Queues = {
  /** Which of both runs, for what is printed at the start. */
  kind: QueueHost['kind']
  /** Adds a job that becomes due at `runAt`. A job of the same id that still waits stays as it is. */
  add<Name extends QueueName>(name: Name, id: string, payload: Jobs[Name], runAt: Date): Promise<void>
  /** The same with many at once. */
  addAll<Name extends QueueName>(name: Name, jobs: NewJob<Name>[]): Promise<void>
  remove(name: QueueName, id: string): Promise<void>
  /** Works a queue in this process until `close`. A handler that throws is tried again, three times in all. */
  work<Name extends QueueName>(
    name: Name,
    handler: (payload: Jobs[Name]) => Promise<void>,
    options?: { concurrency?: number },
  ): Promise<void>
  counts(name: QueueName): Promise<{ waiting: number; delayed: number; active: number; failed: number }>
  /** @throws when the queues' server does not answer within some seconds; so do `add` and `remove` */
  check(): Promise<void>
  close(): Promise<void>
}

const jobOptions = {
  removeOnComplete: true,
  removeOnFail: { count: 1_000 },
  attempts: 3,
  backoff: { type: 'exponential', delay: 1_000 },
}

const jobsARequest = 200

function optionsOf(jobId: string, runAt: Date) {
  return { ...jobOptions, jobId, delay: Math.max(0, runAt.getTime() - Date.now()) }
}

/** Opens the queues; this is the only place that knows whether they stand in PostgreSQL or in Redis. */
export async function openQueues(host: QueueHost, log: Logger): Promise<Queues> {
  const backend =
    host.kind === 'redis'
      ? await redisBackend(host.url, log)
      : await postgresBackend(host.connectionString, log)
  const queues = new Map<QueueName, Queue>()
  const workers: Worker[] = []
  const onError = (error: Error) => log.warn({ error: error.message }, 'queue')

  const queue = (name: QueueName): Queue => {
    const found = queues.get(name)
    if (found) return found
    const made = backend.queue(name)
    made.on('error', onError)
    queues.set(name, made)
    return made
  }

  return {
    kind: host.kind,
    add: async (name, id, payload, runAt) => {
      await within(patience, queue(name).add(name, payload, optionsOf(id, runAt)))
    },
    addAll: async (name, jobs) => {
      for (let first = 0; first < jobs.length; first += jobsARequest) {
        const some = jobs.slice(first, first + jobsARequest)
        const bulk = some.map(({ id, payload, runAt }) => ({
          name,
          data: payload,
          opts: optionsOf(id, runAt),
        }))
        await within(patience, queue(name).addBulk(bulk))
      }
    },
    remove: async (name, id) => {
      await within(patience, queue(name).remove(id))
    },
    work: async (name, handler, options = {}) => {
      const worker = backend.worker(name, async (job) => await handler(job.data), options.concurrency ?? 1)
      worker.on('error', onError)
      worker.on('failed', (job, error) =>
        log.error({ queue: name, job: job?.id, error: error.message }, 'job failed'),
      )
      workers.push(worker)
      await worker.waitUntilReady()
    },
    counts: async (name) => {
      const counts = await queue(name).getJobCounts('waiting', 'prioritized', 'delayed', 'active', 'failed')
      const of = (state: string) => counts[state] ?? 0
      return {
        waiting: of('waiting') + of('prioritized'),
        delayed: of('delayed'),
        active: of('active'),
        failed: of('failed'),
      }
    },
    check: () => within(patience, backend.check()),
    close: async () => {
      // A server that is away does not hold up the end.
      const ended = async (step: Promise<unknown>) => void (await within(patience, step).catch(onError))
      await Promise.all(workers.map((worker) => ended(worker.close())))
      await Promise.all([...queues.values()].map((each) => ended(each.close())))
      await ended(backend.close())
    },
  }
}

/**
 * Whether the queues could be used, without making anything; what a fresh server lacks is made by `openQueues`.
 * @throws QueueError, or what the connection met
 */
export async function probeQueues(host: QueueHost): Promise<{ made: boolean }> {
  if (host.kind === 'redis') {
    await checkRedis(host.url)
    return { made: true }
  }
  const client = new pg.Client({
    connectionString: host.connectionString,
    connectionTimeoutMillis: patience,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rowCount } = await client.query(`SELECT FROM pg_namespace WHERE nspname = 'bullmq'`)
    return { made: rowCount === 1 }
  } finally {
    await client.end().catch(() => {})
  }
}

/** How long a request to the queues' server may take, in ms: BullMQ itself would wait for ever. */
const patience = 3_000

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the queues did not answer within ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
    work.catch(() => {})
  }
}

type Backend = {
  queue(name: string): Queue
  worker(name: string, handler: (job: Job) => Promise<void>, concurrency: number): Worker
  check(): Promise<void>
  close(): Promise<void>
}

/** Connections for all queues of a process; each worker keeps one for LISTEN. */
const poolSize = 12

async function postgresBackend(connectionString: string, log: Logger): Promise<Backend> {
  const warn = (error: Error) => log.warn({ error: error.message }, 'queue')
  // BullMQ applies its own migrations only through a pool that it makes itself.
  const first = new Queue(
    'migrate',
    { connection: { connectionString, migrate: true, max: 1 } },
    createPostgresBackend,
  )
  first.on('error', warn)
  await first.waitUntilReady()
  await first.close()
  // One pool for all: each queue and worker would open its own. BullMQ's tables are found by the search path.
  const pool = new pg.Pool({
    ...{ connectionString, max: poolSize, application_name: 'bimtek-queues' },
    options: '-c search_path=bullmq',
  })
  pool.on('error', warn)
  // BullMQ describes the part of `pg` that it uses by types of its own, which pg's do not quite match.
  const connection = pool as never
  return {
    queue: (name) => new Queue(name, { connection }, createPostgresBackend) as unknown as Queue,
    worker: (name, handler, concurrency) =>
      new Worker(name, handler, { connection, concurrency }, createPostgresBackend) as unknown as Worker,
    check: async () => {
      await pool.query('SELECT 1')
    },
    close: () => pool.end(),
  }
}

async function redisBackend(url: string, log: Logger): Promise<Backend> {
  await checkRedis(url)
  const connect = (options: { maxRetriesPerRequest: number | null }) => {
    const redis = new Redis(url, options)
    redis.on('error', (error) => log.warn({ error: error.message }, 'redis'))
    return redis
  }
  const shared = connect({ maxRetriesPerRequest: 3 })
  // Workers block on their connection; BullMQ demands that such a one never gives up a request.
  const blocking = connect({ maxRetriesPerRequest: null })
  const options = (connection: Redis) => ({ connection, prefix: 'bimtek' }) as QueueOptions
  return {
    queue: (name) => new Queue(name, options(shared)),
    worker: (name, handler, concurrency) => new Worker(name, handler, { ...options(blocking), concurrency }),
    check: async () => {
      await shared.ping()
    },
    close: async () => {
      await Promise.all([shared.quit(), blocking.quit()])
    },
  }
}

async function checkRedis(url: string): Promise<void> {
  let reason = ''
  const probe = new Redis(url, { lazyConnect: true, connectTimeout: 5_000, retryStrategy: () => null })
  probe.on('error', (error: NodeJS.ErrnoException) => {
    reason = error.code === 'ECONNREFUSED' ? 'connection refused' : error.message
  })
  try {
    await probe.connect()
    await probe.ping()
  } catch (error) {
    throw new QueueError(
      `REDIS_URL: cannot use Redis at ${new URL(url).host} (${reason || (error as Error).message}). Start it or correct the address; without REDIS_URL the queues run in PostgreSQL.`,
    )
  } finally {
    probe.disconnect()
  }
}
