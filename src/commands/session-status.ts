import { transaction } from '../database/client.ts'
import { sessionName } from '../planning/find-session.ts'
import { type SessionStatus, sessionStatus, type Told } from '../planning/session-status.ts'
import { inWords, isoInWib } from '../time.ts'
import { type CommandContext, withContext } from './context.ts'
import { listed, persons } from './run-import.ts'
import { numbers, refuse, who, whyNots } from './session-words.ts'

/** `session status NAME` as it is called from the command line; the exit status. */
export async function runSessionStatus(name: string, options: { json?: boolean }): Promise<number> {
  return await withContext((context) => statusCommand(name, options, context))
}

/** Shows who has read the notice about a moved or cancelled session. Returns the exit status. */
export async function statusCommand(
  name: string,
  { json }: { json?: boolean },
  context: CommandContext,
): Promise<number> {
  const status = await transaction(context.db, (tx) => sessionStatus(tx, name))
  if ('refused' in status) return refuse(context, name, status)
  context.output.write(json ? `${JSON.stringify(statusJson(status))}\n` : `${describeStatus(status)}\n`)
  return 0
}

function statusParts({ told }: SessionStatus) {
  const those = (...states: (NonNullable<Told['message']> | 'none')[]) =>
    told.filter(({ message }) => states.includes(message ?? 'none'))
  return {
    read: those('read'),
    notRead: those('sent', 'delivered'),
    underWay: those('queued', 'sending'),
    uncertain: those('uncertain'),
    notReached: those('none', 'failed', 'expired', 'cancelled'),
  }
}

function describeStatus(status: SessionStatus): string {
  const { session, changedAt } = status
  const when = session.cancelledAt ? 'cancelled' : inWords(session.starts, session.ends)
  const head = `${sessionName(session)} ${session.title} (${session.training.title}): ${when}`
  if (status.untold) return [head, ...untoldLines(status)].join('\n')
  if (!changedAt) return `${head}\nIt was neither moved nor cancelled, so nobody was told of anything.`
  const { read, notRead, underWay, uncertain, notReached } = statusParts(status)
  const toCall = (each: Told) => `  ${who(each)}: ${numbers(each)}`
  return [
    head,
    `Changed on ${inWords(changedAt)}. ${read.length} of ${persons(status.told.length)} ${read.length === 1 ? 'has' : 'have'} read it.`,
    ...listed(
      `Read (${read.length})`,
      read.map((each) => `  ${who(each)}${each.readAt ? `: ${inWords(each.readAt)}` : ''}`),
    ),
    ...listed(`Sent and not read yet (${notRead.length})`, notRead.map(toCall)),
    ...listed(`Not sent yet (${underWay.length})`, underWay.map(toCall)),
    ...listed(`Not known whether it arrived (${uncertain.length}), please call`, uncertain.map(toCall)),
    ...listed(
      `Not reached (${notReached.length}), please call`,
      notReached.map((each) => `${toCall(each)}${whyNot(each)}`),
    ),
  ].join('\n')
}

/** What a programme file has changed is not what anybody has read. */
function untoldLines({ changedAt, told }: SessionStatus): string[] {
  const since = changedAt ? `Changed on ${inWords(changedAt)}, by import programme. ` : ''
  return [
    `${since}The newest change was not told to anybody.`,
    ...listed(
      `To be told (${told.length}), please call`,
      told.map((each) => `  ${who(each)}: ${numbers(each)}`),
    ),
  ]
}

function whyNot({ contact, message }: Told): string {
  if (typeof contact === 'string') return ` (${whyNots[contact]})`
  return message === undefined ? ' (was not told: had no chat then)' : ''
}

function statusJson(status: SessionStatus) {
  const { session, changedAt, untold } = status
  const person = ({ name, cooperative, phones, message, readAt }: Told) => ({
    ...{ name, cooperative, phones, state: message ?? null, readAt: readAt ? isoInWib(readAt) : null },
  })
  const parts = Object.entries(statusParts(status)).map(([part, told]) => [part, told.map(person)])
  return {
    ...{
      session: sessionName(session),
      starts: isoInWib(session.starts),
      cancelled: session.cancelledAt !== null,
    },
    ...{ changedAt: changedAt ? isoInWib(changedAt) : null, untold },
    ...Object.fromEntries(parts),
  }
}
