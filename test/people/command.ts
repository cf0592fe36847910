import { PassThrough, Readable } from 'node:stream'
import type { CommandContext } from '../../src/commands/context.ts'
import type { Database } from '../../src/database/client.ts'
import { createLog } from '../../src/log.ts'
import { parseInstant } from '../../src/time.ts'

export const now = parseInstant('2026-11-24T10:00') as Date

/** Runs a command as the command line does; `answer` is what stands on its standard input. */
export async function runCommand(
  db: Database,
  command: (context: CommandContext) => Promise<number>,
  answer?: string,
): Promise<{ status: number; stdout: string; stderr: string }> {
  const [output, errors] = [new PassThrough(), new PassThrough()]
  const status = await command({
    ...{ db, now, output, errors, actor: 'command:test', log: createLog('silent') },
    ...{ rules: { reminderOffsets: ['P1D'], quietHours: null } },
    input: Readable.from(answer === undefined ? [] : [Buffer.from(`${answer}\n`)]),
  })
  return { status, stdout: String(output.read() ?? ''), stderr: String(errors.read() ?? '') }
}
