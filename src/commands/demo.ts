import { type Database, transaction } from '../database/client.ts'
import { loadSample, removeSample, SampleRefused } from '../sample.ts'
import { withDatabase } from './context.ts'

/** What the command works with; tests give their own. */
export type DemoContext = {
  db: Database
  now: Date
  output: NodeJS.WritableStream
  /** Standard error if not said. */
  errors?: NodeJS.WritableStream
}

/** `demo load` and `demo remove` as they are called from the command line; the exit status. */
export async function runDemo(what: 'load' | 'remove'): Promise<number> {
  return await withDatabase(({ database }) =>
    demoCommand(what, { db: database.db, now: new Date(), output: process.stdout }),
  )
}

/** Loads or removes the sample programme; asks nothing. */
export async function demoCommand(what: 'load' | 'remove', context: DemoContext): Promise<number> {
  return what === 'load' ? await load(context) : await remove(context)
}

async function load({ db, now, output, errors }: DemoContext): Promise<number> {
  try {
    await loadSample(db, now)
  } catch (error) {
    if (!(error instanceof SampleRefused)) throw error
    const stderr = errors ?? process.stderr
    stderr.write(`bimtek: sample data not loaded: ${error.message}\n`)
    return 1
  }
  output.write('The sample programme is loaded.\n')
  return 0
}

async function remove({ db, output }: DemoContext): Promise<number> {
  const removed = await transaction(db, removeSample)
  output.write(removed ? 'The sample data is removed.\n' : 'There is no sample data.\n')
  return 0
}
