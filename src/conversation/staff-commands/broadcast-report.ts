import { type Change, changeBroadcast, resendBroadcast } from '../../broadcasts/change.ts'
import { listBroadcasts, type Report, reportOf } from '../../broadcasts/report.ts'
import { leftOutReasons } from '../../contacts/reach.ts'
import type { BroadcastState } from '../../database/generated/enums.ts'
import type { Choice } from '../../delivery/content.ts'
import { staffActor } from '../../staff/members.ts'
import { line, type Part, say } from '../../texts.ts'
import type { Reply } from '../reply.ts'
import { audienceWords } from './audience-words.ts'
import { bounded } from './call-list.ts'
import { does, type StaffTurn } from './command.ts'

/** How many of the newest are listed. */
const mostListed = 8
const longestBeginning = 30
const mostWhys = 5

/** Why so many are not reached, as a line of a list. */
export function whyPart({ why, persons: count }: { why: string; persons: number }): Part {
  return line('staff-broadcast-why', { why, count })
}

const ofChange: Record<Change, { label: string; in: BroadcastState[] }> = {
  pause: { label: 'choice-staff-pause', in: ['scheduled', 'running'] },
  resume: { label: 'choice-staff-resume', in: ['paused'] },
  cancel: { label: 'choice-staff-cancel-broadcast', in: ['scheduled', 'running', 'paused'] },
}

/** What can be done with a broadcast in this state. */
export function broadcastChoices(id: number, state: BroadcastState): Choice[] {
  const changes = Object.entries(ofChange).filter(([, each]) => each.in.includes(state))
  return [
    does(say('choice-staff-report'), 'siaran', 'report', { id }),
    ...changes.map(([change, { label }]) => does(say(label), 'siaran', change, { id })),
  ]
}

/** How far a broadcast has come, and what can be done with it. */
export async function showReport(turn: StaffTurn, id: number, before: Part[] = []): Promise<Reply[]> {
  const report = await reportOf(turn.tx, id)
  if (!report) return [{ parts: [say('staff-broadcast-unknown', { id })] }]
  const { broadcast, outcomes } = report
  const done = broadcast.state === 'done'
  return [
    {
      parts: [...before, ...reportParts(turn, report)],
      choices: [
        ...broadcastChoices(id, broadcast.state),
        ...(done && outcomes.failed > 0
          ? [does(say('choice-staff-resend-failed'), 'siaran', 'resend-failed', { id })]
          : []),
        ...(done && outcomes.uncertain > 0
          ? [does(say('choice-staff-resend-uncertain'), 'siaran', 'resend-uncertain', { id })]
          : []),
        ...(isToCall(report) ? [does(say('choice-staff-call-list'), 'siaran', 'call-list-of', { id })] : []),
      ],
    },
  ]
}

function isToCall({ broadcast, outcomes, leftOut }: Report): boolean {
  return (
    leftOut.length > 0 ||
    outcomes.failed + outcomes.uncertain > 0 ||
    (outcomes['not-sent'] > 0 && broadcast.state === 'cancelled')
  )
}

function reportParts(turn: StaffTurn, report: Report): Part[] {
  const { broadcast, persons, reachable, outcomes, failed, leftOut } = report
  const { id, state, audience, dueAt, startedAt } = broadcast
  const head = say('staff-report-head', { id, state, audience: audienceWords(turn, audience) })
  if (!startedAt) return [head, line('staff-broadcast-due', { due: dueAt.toISOString() })]
  const { read, delivered, sent, uncertain, waiting } = outcomes
  const counts = { sent: sent + delivered + read, read, uncertain, waiting, failed: outcomes.failed }
  return [
    head,
    line('staff-report-persons', { persons, reachable }),
    line('staff-report-counts', { ...counts, unsent: outcomes['not-sent'] }),
    ...bounded(together(failed), whyPart, mostWhys),
    ...(leftOut.length > 0 ? [line('staff-broadcast-left-out', { count: persons - reachable })] : []),
    ...leftOut.map(whyPart),
  ]
}

/** Reasons for which there is one word are one line. */
function together(failed: Report['failed']): Report['failed'] {
  const counts = new Map<string, number>()
  for (const { why, persons } of failed) {
    const known = leftOutReasons.find((each) => each === why) ?? 'other'
    counts.set(known, (counts.get(known) ?? 0) + persons)
  }
  return [...counts].map(([why, persons]) => ({ why, persons }))
}

/** The newest broadcasts. */
export async function showList({ tx }: StaffTurn): Promise<Reply[]> {
  const all = await listBroadcasts(tx, mostListed)
  if (all.length === 0) return [{ parts: [say('staff-broadcast-none')] }]
  const lines = all.map(({ id, state, text, dueAt }) => {
    const begin = (text.split('\n')[0] ?? '').slice(0, longestBeginning)
    return line('staff-broadcast-line', { id, state, begin, due: dueAt.toISOString() })
  })
  return [
    {
      parts: [say('staff-broadcast-newest'), ...lines],
      choices: all.map(({ id }) => does(say('choice-staff-report-of', { id }), 'siaran', 'report', { id })),
    },
  ]
}

export function isChange(what: string): what is Change {
  return what in ofChange
}

/** Pauses a broadcast, lets it go on, or ends it. */
export async function changeIt(turn: StaffTurn, id: number, change: Change): Promise<Reply[]> {
  const { tx, now, staff } = turn
  const result = await changeBroadcast(tx, id, change, { actor: staffActor(staff), now })
  if ('refused' in result) {
    if (result.refused === 'unknown') return [{ parts: [say('staff-broadcast-unknown', { id })] }]
    return await showReport(turn, id, [say('staff-broadcast-not-possible', { id, state: result.state })])
  }
  const { changed: state, takenBack } = result
  return await showReport(turn, id, [say('staff-broadcast-changed', { id, state, takenBack })])
}

/** Sends a broadcast that is done once more to those whom it failed to reach, or of whom nobody knows. */
export async function resend(turn: StaffTurn, id: number, which: 'failed' | 'uncertain'): Promise<Reply[]> {
  const { tx, now, staff, coverage, channels } = turn
  const again = { failed: which === 'failed', uncertain: which === 'uncertain' }
  const by = { actor: staffActor(staff), now, rules: { coverage, channels } }
  const result = await resendBroadcast(tx, id, again, by)
  if ('refused' in result) {
    if (result.refused === 'unknown') return [{ parts: [say('staff-broadcast-unknown', { id })] }]
    return await showReport(turn, id, [say('staff-broadcast-not-possible', { id, state: result.state })])
  }
  return await showReport(turn, id, [say('staff-broadcast-resent', { id, ...result })])
}
