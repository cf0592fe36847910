import { approve } from './approve.ts'
import { attendance } from './attendance.ts'
import { broadcast } from './broadcast.ts'
import { cancel } from './cancel.ts'
import type { StaffCommand } from './command.ts'
import { help } from './help.ts'
import { move } from './move.ts'
import { queue } from './queue.ts'
import { waveFill } from './wave.ts'

/** Every command of staff, in the order in which they are listed. */
const commands: StaffCommand[] = [queue, move, cancel, waveFill, attendance, approve, broadcast]

export const staffCommands: StaffCommand[] = [...commands, help(commands)]

/** The command of this word, in any letter case. */
export function commandNamed(word: string): StaffCommand | undefined {
  const name = word.toLowerCase()
  return staffCommands.find((each) => each.name === name || each.also?.includes(name))
}
