import { PassThrough, Readable } from 'node:stream'
import {
  importAttendanceCommand,
  importOfficersCommand,
  importProgrammeCommand,
  importRegistrationsCommand,
  type OfficersOptions,
  type ProgrammeOptions,
  type RegistrationsOptions,
} from '../../src/commands/import.ts'
import type { Database } from '../../src/database/client.ts'
import { createLog } from '../../src/log.ts'
import type { BadRow } from '../../src/planning/bad-rows.ts'
import { parseInstant } from '../../src/time.ts'

export const now = parseInstant('2026-11-24T10:00') as Date
export const rules = { reminderOffsets: ['P3D', 'P1D', 'PT2H'], quietHours: null }

const commands = {
  officers: importOfficersCommand,
  programme: importProgrammeCommand,
  registrations: importRegistrationsCommand,
  attendance: importAttendanceCommand,
}

type Printed = { rows: number; new: number; changed: number; same: number; ended: number; bad: BadRow[] }

/** Runs an import as the command line does; `json` holds what it printed with `--json`. */
export async function importCommand(
  db: Database,
  what: keyof typeof commands,
  file: string,
  {
    terminal = false,
    now: at = now,
    ...options
  }: OfficersOptions & ProgrammeOptions & RegistrationsOptions & { terminal?: boolean; now?: Date } = {},
) {
  const [output, errors] = [new PassThrough(), new PassThrough()]
  const status = await commands[what](file, options, {
    ...{ db, now: at, rules, log: createLog('silent'), input: Readable.from([]) },
    actor: 'command:test',
    ...{ output, errors: Object.assign(errors, { isTTY: terminal }) },
  })
  const stdout = String(output.read() ?? '')
  const json: Printed =
    options.json && stdout ? JSON.parse(stdout) : { rows: 0, new: 0, changed: 0, same: 0, ended: 0, bad: [] }
  return { status, stdout, stderr: String(errors.read() ?? ''), json }
}
