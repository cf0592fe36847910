import { PassThrough, Readable } from 'node:stream'
import type { BroadcastRules } from '../../src/broadcasts/reach.ts'
import type { BroadcastContext } from '../../src/commands/broadcast-send.ts'
import { defaultCoverage, parseCoverage } from '../../src/config/coverage.ts'
import type { Database } from '../../src/database/client.ts'
import { createLog } from '../../src/log.ts'
import { type MadeOfficer, makeOfficers } from '../programme.ts'

export const coverage = parseCoverage(defaultCoverage)
export const rules: BroadcastRules = { coverage, channels: ['telegram'] }

/** Their chats on Telegram, as if each had shared their number there; chat 9001 is the first's. */
export async function makeContacts(db: Database, officers: MadeOfficer[], first = 9001): Promise<number[]> {
  const made = await db.contact.createManyAndReturn({
    data: officers.map(({ phone }, index) => ({
      ...{ channel: 'telegram', chat: String(first + index), phone, lastHeardAt: new Date() },
    })),
    select: { id: true },
  })
  return made.map(({ id }) => id)
}

/** Officers of whom so many have a chat on Telegram. */
export async function makeRoster(
  db: Database,
  count: number,
  reachable: number,
): Promise<{ officers: MadeOfficer[]; contacts: number[] }> {
  const officers = await makeOfficers(db, count)
  return { officers, contacts: await makeContacts(db, officers.slice(0, reachable)) }
}

/** Runs a command as the command line does; `answer` is what stands on its standard input. */
export async function runCommand(
  db: Database,
  command: (context: BroadcastContext) => Promise<number>,
  given: { answer?: string; now?: Date; quiet?: BroadcastContext['rules']['quietHours'] } = {},
) {
  const [output, errors] = [new PassThrough(), new PassThrough()]
  const status = await command({
    ...{ db, now: given.now ?? new Date(), output, errors, actor: 'command:test', log: createLog('silent') },
    rules: { reminderOffsets: ['P1D'], quietHours: given.quiet ?? null },
    broadcasts: rules,
    input: Readable.from(given.answer === undefined ? [] : [Buffer.from(`${given.answer}\n`)]),
  })
  return { status, stdout: String(output.read() ?? ''), stderr: String(errors.read() ?? '') }
}
