import { cancel } from './cancel.ts'
import type { StaffCommand } from './command.ts'
import { help } from './help.ts'
import { move } from './move.ts'

/** Every command of staff, in the order in which they are listed. */
const commands: StaffCommand[] = [move, cancel]

export const staffCommands: StaffCommand[] = [...commands, help(commands)]

/** The command of this word, in any letter case. */
export function commandNamed(word: string): StaffCommand | undefined {
  const name = word.toLowerCase()
  return staffCommands.find((each) => each.name === name || each.also?.includes(name))
}
