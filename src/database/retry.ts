import { setTimeout as sleep } from 'node:timers/promises'

/** Prisma: no connection in time or transaction timed out; write conflict or deadlock. */
const prismaCodes = ['P2028', 'P2034']
/** PostgreSQL: serialization failure, deadlock. https://www.postgresql.org/docs/18/errcodes-appendix.html */
const postgresCodes = ['40001', '40P01']

const attempts = 6

function mayTryAgain(error: unknown): boolean {
  const { code, meta } = error as {
    code?: string
    meta?: { driverAdapterError?: { cause?: { originalCode?: string } } }
  }
  const original = meta?.driverAdapterError?.cause?.originalCode
  return prismaCodes.includes(code ?? '') || postgresCodes.includes(original ?? '')
}

/** Runs a whole transaction again after a lost race, with a short growing pause; other errors pass through. */
export async function retrying<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction()
    } catch (error) {
      if (attempt === attempts || !mayTryAgain(error)) throw error
      await sleep(2 ** attempt * 10 * (1 + Math.random()))
    }
  }
}
