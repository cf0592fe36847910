import type { Session } from '../database/generated/client.ts'
import { readablePhone } from '../phone.ts'
import {
  type Concerned,
  type Counts,
  countsOf,
  isReached,
  isUnreached,
  type Reached,
  type Settled,
  type Unreached,
  type WhyNot,
} from '../planning/concerned.ts'
import { type SessionRefusal, sessionName } from '../planning/find-session.ts'
import type { Changed, ChangePlan } from '../planning/move-session.ts'
import { inWords, isoInWib } from '../time.ts'
import type { CommandContext } from './context.ts'
import { listed, persons } from './run-import.ts'

export const channelNames: Record<string, string> = {
  ...{ telegram: 'Telegram', whatsapp: 'WhatsApp', simulator: 'simulator', terminal: 'terminal' },
}

export const whyNots: Record<WhyNot, string> = {
  'no-number': 'no number',
  'no-contact': 'no chat with the bot',
  blocked: 'has blocked the bot',
}

/**
 * What a change would do and whom it concerns, as lines.
 * @param whole also names those whom it would not reach
 */
export function preview(plan: ChangePlan, whole: boolean): string {
  const { change, training, concerned, clashes, callsOff, settled } = plan
  const { id, title, from, to } = change
  const unreached = concerned.filter(isUnreached)
  return [
    `${id} ${title} (${training})`,
    `  from: ${from ? inWords(from) : 'cancelled'}`,
    `  to:   ${to ? inWords(to.starts, to.ends) : 'cancelled'}`,
    ...(callsOff
      ? ['No session of this class is left: it takes no registrations until one has a new date.']
      : []),
    countsLine(countsOf(concerned)),
    reachLine(concerned),
    ...listed(
      'At two classes at once',
      clashes.map(
        ({ name, cooperative, otherTraining }) => `  ${name}, ${cooperative}: also ${otherTraining}`,
      ),
    ),
    ...settledLines(settled),
    ...(whole ? notReachedLines(unreached) : []),
  ].join('\n')
}

/** Lines that name those whose outcome stands although their class is held again. */
export function settledLines(settled: Settled[]): string[] {
  return listed(
    'Not registered again, they have another place in the track',
    settled.map(({ code, name, cooperative, state }) => `  ${name}, ${cooperative}: ${state} in ${code}`),
  )
}

/** Whom a change concerns, in a line. */
export function countsLine({ registered, waiting, offered, pending }: Counts): string {
  return [
    `${registered} registered, ${waiting} waiting, ${offered} with an offered seat`,
    ...(pending > 0 ? [`${pending} to be approved`] : []),
  ].join(', ')
}

function reachLine(concerned: Concerned[]): string {
  const reached = concerned.filter(isReached)
  const channels = Object.entries(countByChannel(reached)).map(
    ([channel, count]) => `${count} on ${channelNames[channel] ?? channel}`,
  )
  const on = channels.length > 0 ? ` (${channels.join(', ')})` : ''
  return `${persons(reached.length)} can be told${on}, ${concerned.length - reached.length} cannot`
}

function countByChannel(reached: Reached[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { contact } of reached) counts[contact.channel] = (counts[contact.channel] ?? 0) + 1
  return counts
}

/** Lines that name those whom nothing reached, with what to call. */
export function notReachedLines(unreached: Unreached[]): string[] {
  return listed(
    `Not reached (${unreached.length}), please call`,
    unreached.map((each) => `  ${who(each)}: ${numbers(each)} (${whyNots[each.contact]})`),
  )
}

export const who = ({ name, cooperative }: Concerned): string => `${name}, ${cooperative}`
export const numbers = ({ phones }: Concerned): string =>
  phones.length > 0 ? phones.map(readablePhone).join(' / ') : 'no number'

/** Who was told and who must be called. */
export function resultLines(
  { concerned, noticeDue, change }: ChangePlan,
  { messages }: Changed,
  now: Date,
): string[] {
  const reached = concerned.filter(isReached)
  const go = messages === 1 ? '1 message goes' : `${messages} messages go`
  const when = noticeDue > now ? `after the quiet hours, ${inWords(noticeDue)}` : 'now'
  return [
    ...(messages > 0 ? [`${go} out ${when}, to ${persons(reached.length)}.`] : []),
    ...listed(
      'Told',
      (messages > 0 ? reached : []).map(
        (each) => `  ${who(each)} (${channelNames[each.contact.channel] ?? each.contact.channel})`,
      ),
    ),
    ...notReachedLines(concerned.filter(isUnreached)),
    ...(messages > 0 ? [`Who has read it: bimtek session status ${change.id}`] : []),
  ]
}

/** A change as `--json` prints it; `changed` is missing when it was not made. */
export function changeJson(
  { change, training, concerned, clashes, callsOff, noticeDue, settled }: ChangePlan,
  changed?: Changed,
) {
  const reached = concerned.filter(isReached)
  return {
    ...{ session: change.id, title: change.title, training },
    ...{ from: iso(change.from), to: iso(change.to?.starts), ends: iso(change.to?.ends) },
    ...{ callsOff, changed: changed !== undefined },
    ...countsOf(concerned),
    ...{ reach: countByChannel(reached), messages: changed?.messages ?? 0, noticeDue: isoInWib(noticeDue) },
    told: reached.map(({ name, cooperative, contact }) => ({ name, cooperative, channel: contact.channel })),
    ...{ notReached: notReachedJson(concerned.filter(isUnreached)), clashes, settled },
  }
}

const iso = (instant: Date | undefined): string | null => (instant ? isoInWib(instant) : null)

/** Those whom nothing reached, as `--json` prints them; numbers in E.164. */
export function notReachedJson(unreached: Unreached[]) {
  return unreached.map(({ name, cooperative, phones, contact }) => ({
    name,
    cooperative,
    phones,
    why: contact,
  }))
}

/** Says in one line why a session cannot be found or changed; the exit status. */
export function refuse(context: CommandContext, name: string, refusal: SessionRefusal): number {
  const errors = context.errors ?? process.stderr
  errors.write(`bimtek: ${whyRefused(name, refusal)}\n`)
  return 1
}

/** A session as it is shown in a line of several. */
const brief = (session: Session): string =>
  `${sessionName(session)} (${session.cancelledAt ? 'cancelled' : inWords(session.starts)})`

function whyRefused(name: string, refusal: SessionRefusal): string {
  switch (refusal.refused) {
    case 'unknown-training':
      return `there is no training for "${name}"${refusal.likely.length > 0 ? `; perhaps ${refusal.likely.join(' or ')}` : ''}`
    case 'unknown-session':
      return `there is no session "${name}"; there are ${all(refusal.sessions)}`
    case 'which-session':
      return `"${name}" does not say which session; there are ${all(refusal.sessions)}`
    case 'already-cancelled':
      return `${sessionName(refusal.session)} was cancelled already, on ${inWords(refusal.since)}`
    case 'over':
      return `${sessionName(refusal.session)} is over since ${inWords(refusal.session.ends)}`
    case 'in-the-past':
      return 'the new time is past'
    case 'too-far':
      return 'the new time is more than two years ahead; is the year right?'
    case 'same-time':
      return `${sessionName(refusal.session)} is at that time already`
    case 'overlap':
      return `at that time the same class has ${brief(refusal.with)}; move that one first`
  }
}

const all = (sessions: Session[]): string => (sessions.length === 0 ? 'none' : sessions.map(brief).join(', '))
