import { line, say } from '../../texts.ts'
import { does, type StaffCommand } from './command.ts'

/** Whether somebody of this role may use a command. */
export function mayUse(role: StaffCommand['who'], command: StaffCommand): boolean {
  return role === 'admin' || command.who === role
}

/** The list of these commands, for who may use them. */
export function help(commands: StaffCommand[]): StaffCommand {
  return {
    ...{ name: 'petugas', also: ['bantuan', 'help'], who: 'petugas', help: 'staff-help-help' },
    run: async ({ staff }) => {
      const mine = commands.filter((command) => mayUse(staff.role, command))
      return [
        {
          parts: [
            say('staff-help', { name: staff.name }),
            ...mine.map((each) => line(each.help)),
            line('staff-help-help'),
          ],
          choices: mine.flatMap(({ name, label }) => (label ? [does(label, name, 'run')] : [])),
        },
      ]
    },
  }
}
