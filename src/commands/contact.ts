import { unlinkNumber, useOfNumber } from '../contacts/unlink.ts'
import { transaction } from '../database/client.ts'
import { parsePhone } from '../phone.ts'
import { audit } from '../staff/audit.ts'
import { inWib } from '../time.ts'
import { ask } from './ask.ts'
import { type CommandContext, withContext } from './context.ts'
import { personLine } from './describe-person.ts'
import { UsageError } from './usage.ts'

export type UnlinkOptions = { yes?: boolean }

/** `contact unlink PHONE` as it is called from the command line; the exit status. */
export async function runUnlink(phone: string, options: UnlinkOptions): Promise<number> {
  if (!parsePhone(phone)) throw new UsageError(`"${phone}" is no phone number.`)
  return await withContext((context) => unlinkCommand(phone, options, context))
}

/** Takes a lost number from its persons and chats, after showing whose it is. */
export async function unlinkCommand(
  written: string,
  { yes = false }: UnlinkOptions,
  context: CommandContext,
): Promise<number> {
  const { db, output, now, actor } = context
  const errors = context.errors ?? process.stderr
  const phone = parsePhone(written)
  if (!phone) throw new UsageError(`"${written}" is no phone number.`)
  const { persons, contacts } = await useOfNumber(db, phone)
  if (persons.length === 0 && contacts.length === 0) {
    errors.write(`bimtek: ${phone} belongs to nobody here\n`)
    return 1
  }
  const shown = [
    `${phone} is the number of:`,
    ...persons.map((person) => `  ${personLine({ ...person, offices: officesOf(person) })}`),
    ...(persons.length === 0 ? ['  nobody on the roster'] : []),
    ...(contacts.length === 0 ? [] : ['Chats that use it:']),
    ...contacts.map(({ channel, displayName, lastHeardAt }) => {
      const heard = lastHeardAt
        ? `last wrote ${inWib(lastHeardAt).toFormat('d LLL yyyy, HH.mm')} WIB`
        : 'never wrote'
      return `  ${channel}${displayName ? ` (${displayName})` : ''}, ${heard}`
    }),
  ]
  output.write(`${shown.join('\n')}\n`)
  if (!yes && !(await ask('Take the number from them?', context.input, output))) {
    errors.write('bimtek: not agreed; nothing changed\n')
    return 1
  }
  const done = await transaction(db, async (tx) => {
    const unlinked = await unlinkNumber(tx, phone, now)
    const details = { chats: unlinked.contacts.length, cancelled: unlinked.cancelled }
    const change = { action: 'contact.unlink', details }
    if (unlinked.persons.length === 0) await audit(tx, actor, change, now)
    for (const { id } of unlinked.persons)
      await audit(tx, actor, { ...change, personId: id, details: { ...details, phone } }, now)
    return unlinked
  })
  const cancelled = done.cancelled > 0 ? ` ${count(done.cancelled, 'waiting message')} cancelled.` : ''
  output.write(
    `Done: whoever writes from ${phone} now is a stranger.${cancelled}\n` +
      'Next: import a roster with the new number, or let them write from the new number and introduce themselves.\n',
  )
  return 0
}

function officesOf({ positions }: Awaited<ReturnType<typeof useOfNumber>>['persons'][number]) {
  return positions.map(({ title, cooperative }) => ({ title, cooperative: cooperative.name }))
}

function count(many: number, what: string): string {
  return `${many} ${what}${many === 1 ? '' : 's'}`
}
