import { transaction } from '../database/client.ts'
import type { StaffRole } from '../database/generated/enums.ts'
import { parsePhone, readablePhone } from '../phone.ts'
import { addStaff, disableStaff, listStaff } from '../staff/members.ts'
import { isoInWib } from '../time.ts'
import { type CommandContext, withContext } from './context.ts'
import { UsageError } from './usage.ts'

export type StaffOptions = { name: string; phone: string; role: string }

/** `staff add` as it is called from the command line; the exit status. */
export async function runStaffAdd(options: StaffOptions): Promise<number> {
  return await withContext((context) => staffAddCommand(options, context))
}

/** `staff list`, the same. */
export async function runStaffList(options: { json?: boolean }): Promise<number> {
  return await withContext((context) => staffListCommand(options, context))
}

/** `staff disable PHONE`, the same. */
export async function runStaffDisable(phone: string): Promise<number> {
  return await withContext((context) => staffDisableCommand(phone, context))
}

const longestName = 80

function readName(given: string): string {
  const name = given
    .toWellFormed()
    .replace(/\p{C}+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  if (/\p{L}/u.test(name) && name.length <= longestName) return name
  throw new UsageError(`--name: a name of at most ${longestName} characters`)
}

function readPhone(given: string): string {
  const phone = parsePhone(given)
  if (phone) return phone
  throw new UsageError(`"${given}" is no phone number.`)
}

const said = {
  new: 'may use the commands of staff now',
  disabled: 'may use the commands of staff again',
  changed: 'was staff already; the name and role are these now',
  same: 'was staff already; nothing changed',
} as const

/** Lets the holder of a number use staff's commands in their own chat. */
export async function staffAddCommand(
  { name, phone, role }: StaffOptions,
  { db, actor, now, output }: CommandContext,
): Promise<number> {
  const staff = { name: readName(name), phone: readPhone(phone), role: role as StaffRole }
  const { member, was } = await transaction(db, (tx) => addStaff(tx, staff, actor, now))
  output.write(`${member.name} (${member.role}, ${readablePhone(member.phone)}) ${said[was]}.\n`)
  const listed = (await listStaff(db)).find(({ id }) => id === member.id)
  if (listed?.channels.length === 0)
    output.write(
      'Next: they write to the bot from this number; on Telegram they share it by the button ("Kirim nomor HP"). Then /petugas lists what they may do.\n',
    )
  return 0
}

/** Prints everybody who is or was staff. */
export async function staffListCommand(
  { json = false }: { json?: boolean },
  { db, output }: CommandContext,
): Promise<number> {
  const members = await transaction(db, listStaff)
  if (json) {
    const rows = members.map(({ id, name, phone, role, createdAt, disabledAt, channels }) => ({
      ...{ id, name, phone, role, since: isoInWib(createdAt) },
      ...{ disabled: disabledAt ? isoInWib(disabledAt) : null, channels },
    }))
    output.write(`${JSON.stringify(rows)}\n`)
    return 0
  }
  if (members.length === 0) output.write('No staff yet: bimtek staff add --name N --phone P --role petugas\n')
  for (const { id, name, phone, role, disabledAt, channels } of members) {
    const chats = channels.length > 0 ? `writes on ${channels.join(', ')}` : 'has not written to the bot yet'
    output.write(
      `staff:${id}  ${name}  ${readablePhone(phone)}  ${role}  ${disabledAt ? 'disabled' : chats}\n`,
    )
  }
  return 0
}

/** Takes staff's commands from the holder of a number. */
export async function staffDisableCommand(written: string, context: CommandContext): Promise<number> {
  const { db, actor, now, output, errors = process.stderr } = context
  const phone = readPhone(written)
  const done = await transaction(db, (tx) => disableStaff(tx, phone, actor, now))
  if (!done) {
    errors.write(`bimtek: ${readablePhone(phone)} is no staff member's number\n`)
    return 1
  }
  const { member, had } = done
  output.write(
    had
      ? `${member.name} has no commands any more.\n`
      : `${member.name} was disabled already; nothing changed.\n`,
  )
  return 0
}
