import { countsOf, isReached, isUnreached, type Reached } from '../../planning/concerned.ts'
import type { Changed, ChangePlan } from '../../planning/move-session.ts'
import { line, type Part, say } from '../../texts.ts'
import type { Reply } from '../reply.ts'
import { bounded, callList, whyNots } from './call-list.ts'
import { does, type StaffTurn } from './command.ts'

const iso = (instant: Date): string => instant.toISOString()

const channelKeys: Record<string, string> = {
  ...{ telegram: 'staff-channel-telegram', whatsapp: 'staff-channel-whatsapp' },
  ...{ simulator: 'staff-channel-simulator', terminal: 'staff-channel-terminal' },
}

/** How many are reached on each channel, in words: "Telegram 31, WhatsApp 12". */
export function channelsIn({ texts, contact }: StaffTurn, reached: { channel: string }[]): string {
  const counts = new Map<string, number>()
  for (const { channel } of reached) counts.set(channel, (counts.get(channel) ?? 0) + 1)
  const name = (channel: string) =>
    texts.text(contact.locale, channelKeys[channel] ?? 'staff-channel-terminal')
  return [...counts].map(([channel, count]) => `${name(channel)} ${count}`).join(', ')
}

/** What a change of a session would do, and whom it concerns. */
export function changePreview(turn: StaffTurn, plan: ChangePlan, reason: string): Part[] {
  const { change, training, concerned, callsOff, clashes, settled } = plan
  const { from, to } = change
  const reached = concerned.filter(isReached)
  return [
    say('staff-change-head', { session: change.id, title: change.title, training }),
    ...(from ? [line('staff-change-from', { starts: iso(from) })] : [line('staff-change-from-cancelled')]),
    ...(to
      ? [line('staff-change-to', { starts: iso(to.starts), ends: iso(to.ends) })]
      : [line('staff-change-to-cancelled')]),
    ...(reason ? [line('staff-change-reason', { reason })] : []),
    ...(callsOff ? [say('staff-change-calls-off')] : []),
    say('staff-change-concerns', { count: concerned.length, ...countsOf(concerned) }),
    ...reachParts(turn, reached, concerned.length),
    ...(reached.length > 0 ? [dueLine(plan, turn.now)] : []),
    ...(clashes.length > 0 ? [say('staff-change-clashes', { count: clashes.length })] : []),
    ...bounded(clashes, (each) => line('staff-change-clash', { ...each }), 6),
    ...(settled.length > 0 ? [say('staff-change-settled')] : []),
    ...bounded(
      settled,
      ({ name, cooperative, code }) => line('staff-change-clash', { name, cooperative, otherTraining: code }),
      6,
    ),
  ]
}

function reachParts(turn: StaffTurn, reached: Reached[], all: number): Part[] {
  const channels = channelsIn(
    turn,
    reached.map(({ contact }) => contact),
  )
  return [
    line('staff-change-reach', { count: reached.length, channels: channels || '–' }),
    ...(all > reached.length ? [line('staff-change-no-reach', { count: all - reached.length })] : []),
  ]
}

function dueLine({ noticeDue }: ChangePlan, now: Date): Part {
  return noticeDue > now ? line('staff-change-due', { due: iso(noticeDue) }) : line('staff-change-due-now')
}

/** What was done, who is told, and whom to call. */
export async function changeResult(
  turn: StaffTurn,
  done: Part,
  { concerned, noticeDue, change }: ChangePlan,
  { messages }: Changed,
): Promise<Reply[]> {
  const { tx, texts, contact, now } = turn
  const told = concerned.filter(isReached).length
  const due = iso(noticeDue)
  const toCall = concerned.filter(isUnreached).map((each) => ({ ...each, why: whyNots[each.contact] }))
  const words = (key: string) => texts.text(contact.locale, key)
  const list = await callList(tx, say('staff-to-call', { count: toCall.length }), toCall, {
    ...{ file: `telepon-${change.id.replace('/', '-')}`, words, now },
  })
  const status = does(say('choice-staff-who-read'), 'pindah', 'status', { session: change.id })
  const sent =
    messages === 0 ? [] : [line(noticeDue > now ? 'staff-told-later' : 'staff-told', { told, due })]
  const all: Reply[] = [{ parts: [done, ...sent] }, ...list]
  return messages === 0
    ? all
    : all.map((reply, at) => (at === all.length - 1 ? { ...reply, choices: [status] } : reply))
}
