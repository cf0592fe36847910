import { PrismaPg } from '@prisma/adapter-pg'
import type pg from 'pg'
import { Prisma, PrismaClient } from './generated/client.ts'
import { retrying } from './retry.ts'

export { Prisma } from './generated/client.ts'

/** The client outside a transaction. */
export type Database = PrismaClient

/** The client inside a transaction; domain functions take it first and never open one. */
export type Tx = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends'>

/** How long a transaction may wait for a free connection and how long it may last, in ms. */
const transactionLimits = { maxWait: 15_000, timeout: 30_000 }

/** The same for an import of a whole country, which is all or nothing. */
export const bulkLimits = { maxWait: 15_000, timeout: 2 * 60 * 60 * 1000 }

/** Statements that are kept prepared by each connection; longer ones, as lists make them, hardly come again. */
const prepared = { from: 3, most: 400, longest: 20_000 }

/** Names for statements that come again and again, so that a connection reads and plans them once. */
function statementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>()
  const seen = new Map<string, number>()
  return ({ sql }) => {
    const known = names.get(sql)
    if (known !== undefined) return known
    if (names.size >= prepared.most || sql.length > prepared.longest) return unnamed
    const times = (seen.get(sql) ?? 0) + 1
    if (seen.size > prepared.most * 10) seen.clear()
    seen.set(sql, times)
    if (times < prepared.from) return unnamed
    seen.delete(sql)
    names.set(sql, `s${names.size}`)
    return unnamed
  }
}

/** For pg a statement without a name is not kept. */
const unnamed = ''

/** A client on `pool`; the pool stays the caller's. */
export function createClient(pool: pg.Pool): Database {
  return new PrismaClient({
    adapter: new PrismaPg(pool, { disposeExternalPool: false, statementNameGenerator: statementNames() }),
    transactionOptions: transactionLimits,
  })
}

/**
 * Runs `work` in one transaction, and the whole of it again when it lost a race or found no connection
 * (see retry.ts), so `work` must have no effect but on `tx`.
 */
export async function transaction<T>(
  db: Database,
  work: (tx: Tx) => Promise<T>,
  limits = transactionLimits,
): Promise<T> {
  return await retrying(() =>
    db.$transaction((tx) => {
      open.add(tx)
      return work(tx)
    }, limits),
  )
}

/**
 * Runs `work` on one unchanging view of the database, which it can only read, so that a long report is of one piece
 * and holds nobody up.
 */
export async function snapshot<T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  return await db.$transaction(
    async (tx) => {
      await tx.$executeRaw`SET TRANSACTION READ ONLY`
      return await work(tx)
    },
    { ...bulkLimits, isolationLevel: 'RepeatableRead' },
  )
}

/** Clients of transactions that `transaction` has opened. */
const open = new WeakSet<object>()

/** Whether a client is inside a transaction of `transaction`. */
export function isTransaction(tx: Tx): boolean {
  return open.has(tx)
}

/** Which unique key a write met, by its name or columns; undefined when the error is another one. */
export function uniqueViolation(error: unknown): string | undefined {
  if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002')
    return JSON.stringify(error.meta)
  const cause = pgCause(error)
  return cause?.code === '23505' ? (cause.constraint ?? '') : undefined
}

/** Whether a write met a CHECK of the database. */
export function checkViolation(error: unknown): boolean {
  return pgCause(error)?.code === '23514' || /\b23514\b/.test(String((error as Error)?.message))
}

type PgCause = { code?: string; constraint?: string }

function pgCause(error: unknown): PgCause | undefined {
  const meta = (
    error as { meta?: { driverAdapterError?: { cause?: { originalCode?: string; constraint?: unknown } } } }
  )?.meta?.driverAdapterError?.cause
  if (meta?.originalCode)
    return { code: meta.originalCode, constraint: JSON.stringify(meta.constraint ?? '') }
  return undefined
}
