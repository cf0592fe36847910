import { type Database, transaction } from '../database/client.ts'
import { loadSample, removeSample, SampleRefused } from '../sample.ts'
import { audit } from '../staff/audit.ts'
import { withContext } from './context.ts'

/** What the command works with; tests give their own. */
export type DemoContext = {
  db: Database
  now: Date
  actor: string
  output: NodeJS.WritableStream
  /** Standard error if not said. */
  errors?: NodeJS.WritableStream
}

/** `demo load` and `demo remove` as they are called from the command line; the exit status. */
export async function runDemo(what: 'load' | 'remove'): Promise<number> {
  return await withContext((context) => demoCommand(what, context))
}

/** Loads or removes the sample programme; asks nothing. */
export async function demoCommand(what: 'load' | 'remove', context: DemoContext): Promise<number> {
  return what === 'load' ? await load(context) : await remove(context)
}

async function load({ db, now, actor, output, errors }: DemoContext): Promise<number> {
  try {
    await loadSample(db, now, (tx) => audit(tx, actor, { action: 'demo.load' }, now))
  } catch (error) {
    if (!(error instanceof SampleRefused)) throw error
    const stderr = errors ?? process.stderr
    stderr.write(`bimtek: sample data not loaded: ${error.message}\n`)
    return 1
  }
  output.write('The sample programme is loaded.\n')
  return 0
}

async function remove({ db, now, actor, output }: DemoContext): Promise<number> {
  const removed = await transaction(db, async (tx) => {
    const any = await removeSample(tx)
    if (any) await audit(tx, actor, { action: 'demo.remove' }, now)
    return any
  })
  output.write(removed ? 'The sample data is removed.\n' : 'There is no sample data.\n')
  return 0
}
