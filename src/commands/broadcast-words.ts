import type { BroadcastPlan } from '../broadcasts/plan.ts'
import type { Reach, ToCall } from '../broadcasts/reach.ts'
import type { Listed, Report } from '../broadcasts/report.ts'
import { toPlain } from '../channels/rich-text.ts'
import type { LeftOut } from '../contacts/reach.ts'
import type { Texts } from '../texts.ts'
import { inWords, isoInWib } from '../time.ts'
import { listed, persons } from './run-import.ts'
import { channelNames } from './session-words.ts'

const leftOutWords: Record<LeftOut, string> = {
  'no-number': 'no number on the roster',
  'no-contact': 'never wrote to the bot',
  stopped: 'said STOP',
  blocked: 'has blocked the bot',
  'no-such-chat': 'chat is gone',
  'must-confirm': 'number silent for long, must tell the name first',
  sample: 'sample number',
  unlinked: 'number was taken from them',
  forgotten: 'sent too long ago to be known',
}

/** What would go out to whom, as lines. */
export function previewLines(
  { wanted, dueAt, reach, samples }: BroadcastPlan,
  texts: Texts,
  now: Date,
  attached: string | undefined,
): string[] {
  const [first] = samples
  const sample = first ? toPlain(texts.join('id', first)) : wanted.text
  return [
    `To: ${wanted.audience}`,
    first ? 'Text, as the first recipient reads it:' : 'Text:',
    ...sample.split('\n').map((line) => `  | ${line}`),
    ...(attached ? [`With: ${attached}`] : []),
    `Goes out: ${dueAt > now ? `${inWords(dueAt)}; who gets it is decided then` : 'now'}`,
    ...reachLines(reach),
  ]
}

function reachLines({ persons: meant, reachable, messages, channels, leftOut }: Reach): string[] {
  const on = channels.map(
    ({ channel, persons: count, messages: many }) =>
      `${channelNames[channel] ?? channel}: ${count}${many < count ? ` in ${many} messages` : ''}`,
  )
  return [
    `Meant: ${persons(meant)}`,
    `Reached: ${persons(reachable)} in ${messages} message${messages === 1 ? '' : 's'}${on.length > 0 ? ` (${on.join(', ')})` : ''}`,
    ...leftOutLines(meant - reachable, leftOut),
  ]
}

function leftOutLines(count: number, leftOut: Reach['leftOut']): string[] {
  return listed(
    `Left out (${count})`,
    leftOut.map(({ why, persons: many }) => `  ${leftOutWords[why]}: ${many}`),
  )
}

/** A plan, and the broadcast that it became, as `--json` prints them. */
export function planJson(plan: BroadcastPlan, texts: Texts, started?: { id: number; state: string }) {
  const { wanted, dueAt, reach, samples } = plan
  return {
    ...{ id: started?.id ?? null, state: started?.state ?? null, audience: wanted.audience },
    dueAt: isoInWib(dueAt),
    ...{ persons: reach.persons, reachable: reach.reachable, messages: reach.messages },
    channels: Object.fromEntries(reach.channels.map(({ channel, ...counts }) => [channel, counts])),
    leftOut: countsJson(reach.leftOut),
    samples: samples.map((parts) => toPlain(texts.join('id', parts))),
  }
}

const countsJson = (counts: { why: string; persons: number }[]): Record<string, number> =>
  Object.fromEntries(counts.map(({ why, persons: count }) => [why, count]))

/** How far a broadcast has come, in a line. */
export function progressLine({ outcomes, reachable }: Report): string {
  const open = outcomes.waiting
  const done = reachable - open
  const width = 20
  const filled = reachable === 0 ? 0 : Math.floor((done / reachable) * width)
  const sent = outcomes.sent + outcomes.delivered + outcomes.read
  const counts = `sent ${sent}, failed ${outcomes.failed}, uncertain ${outcomes.uncertain}, waiting ${open}`
  return `[${'#'.repeat(filled)}${'.'.repeat(width - filled)}] ${done} of ${reachable}: ${counts}`
}

/** What became of a broadcast, as lines. */
export function reportLines(report: Report): string[] {
  const { broadcast, outcomes, failed, leftOut } = report
  const counted = Object.entries(outcomes).filter(([outcome, count]) => count > 0 || outcome === 'sent')
  return [
    `Broadcast ${broadcast.id} (${broadcast.state}) to ${broadcast.audience}`,
    `  ${whenLine(report)}`,
    `Meant: ${persons(report.persons)}, reachable ${report.reachable}`,
    ...counted.map(([outcome, count]) => `  ${outcome}: ${count}`),
    ...listed(
      `Failed (${outcomes.failed})`,
      failed.map(({ why, persons: count }) => `  ${why || 'no reason known'}: ${count}`),
    ),
    ...leftOutLines(report.persons - report.reachable, leftOut),
  ]
}

function whenLine({ broadcast: { startedAt, endedAt, dueAt } }: Report): string {
  if (!startedAt) return `due ${inWords(dueAt)}`
  return `begun ${inWords(startedAt)}${endedAt ? `, ended ${inWords(endedAt)}` : ''}`
}

/** The same as `--json` prints it. */
export function reportJson({ broadcast, persons: meant, reachable, outcomes, failed, leftOut }: Report) {
  const { id, state, audience, text, createdBy, dueAt, startedAt, endedAt } = broadcast
  const iso = (instant: Date | null) => (instant ? isoInWib(instant) : null)
  return {
    ...{ id, state, audience, text, createdBy },
    ...{ dueAt: iso(dueAt), startedAt: iso(startedAt), endedAt: iso(endedAt) },
    ...{ persons: meant, reachable, ...outcomes },
    ...{ failedBy: countsJson(failed), leftOut: countsJson(leftOut) },
  }
}

export function listLines(all: Listed[]): string[] {
  if (all.length === 0) return ['There is no broadcast yet.']
  return all.map(({ id, state, audience, persons: count, dueAt, text }) => {
    const begin = text.split('\n')[0]?.slice(0, 40) ?? ''
    return `${id}  ${state}  ${inWords(dueAt)}  ${count} persons  ${audience}  "${begin}"`
  })
}

export const listJson = (all: Listed[]) => all.map((each) => ({ ...each, dueAt: isoInWib(each.dueAt) }))

export const callListLine = (path: string, list: ToCall[]): string =>
  `To be called: ${persons(list.length)}, written to ${path}`
