import { createHash } from 'node:crypto'
import { announceWave } from '../../broadcasts/announce-wave.ts'
import { attachmentOf } from '../../broadcasts/attachment.ts'
import { AudienceFault } from '../../broadcasts/audience.ts'
import { callListSheets } from '../../broadcasts/call-list.ts'
import { faultPart } from '../../broadcasts/fault-words.ts'
import { type BroadcastPlan, meantOf, planBroadcast, type Wanted } from '../../broadcasts/plan.ts'
import { type BroadcastRules, leftOutToCall, type Reach } from '../../broadcasts/reach.ts'
import { startBroadcast } from '../../broadcasts/run.ts'
import type { StoredFile } from '../../database/generated/client.ts'
import { staffActor } from '../../staff/members.ts'
import { line, type Part, say } from '../../texts.ts'
import { later, parseInstant, second } from '../../time.ts'
import type { Reply } from '../reply.ts'
import type { Slots } from '../state.ts'
import { audienceWords } from './audience-words.ts'
import { askAudience } from './broadcast-audience.ts'
import { broadcastChoices, whyPart } from './broadcast-report.ts'
import { channelsIn } from './change-words.ts'
import { does, leaveChoice, type StaffTurn, waitFor } from './command.ts'
import { storeTable } from './file.ts'

/** A longer list is written at the office's computer. */
const mostToCall = 20_000

export const rulesOf = ({ coverage, channels }: StaffTurn): BroadcastRules => ({ coverage, channels })

function wantedOf(slots: Slots): Wanted {
  const at = parseInstant(String(slots['at'] ?? ''))
  return {
    ...{ text: String(slots['text'] ?? ''), audience: String(slots['audience'] ?? '') },
    ...(at ? { at } : {}),
    ...(slots['announces'] === undefined ? {} : { announces: Number(slots['announces']) }),
  }
}

type Planned = { plan: BroadcastPlan } | { replies: Reply[] }

/** Plans what staff want; what cannot be sent is said, and asked for again. */
async function planned(turn: StaffTurn, slots: Slots): Promise<Planned> {
  const { tx, now, rules } = turn
  try {
    return { plan: await planBroadcast(tx, wantedOf(slots), rulesOf(turn), now, rules.quietHours) }
  } catch (error) {
    const fault = faultPart(error)
    if (!fault) throw error
    if (error instanceof AudienceFault) {
      const { audience: _, ...rest } = slots
      waitFor(turn, 'siaran', 'audience', rest)
      return { replies: askAudience([fault]) }
    }
    const { text: _, ...rest } = slots
    waitFor(turn, 'siaran', 'text', rest)
    return { replies: [{ parts: [fault, line('staff-broadcast-again')], choices: [leaveChoice] }] }
  }
}

/** Whether anything can go out: now, or to those who will be reached then. */
const canSend = ({ reach, dueAt }: BroadcastPlan, now: Date): boolean => reach.messages > 0 || dueAt > now

/** What ties a yes to just what was shown: of what goes out at once also how many it concerns, else when it goes. */
function aboutOf({ text, audience, file, announces }: Slots, { reach, dueAt }: BroadcastPlan, now: Date) {
  const { persons, reachable, messages } = reach
  const whom = dueAt > now ? [dueAt.toISOString()] : [persons, reachable, messages]
  return createHash('sha256')
    .update(JSON.stringify([text, audience, file, announces, whom]))
    .digest('hex')
    .slice(0, 16)
}

/** Asks for what is missing, or shows the text as the first recipient reads it, whom it reaches, and when it goes. */
export async function showBroadcast(turn: StaffTurn, slots: Slots, before: Part[] = []): Promise<Reply[]> {
  if (!slots['text']) {
    waitFor(turn, 'siaran', 'text', slots)
    return [{ parts: [...before, say('staff-broadcast-text')], choices: await textChoices(turn) }]
  }
  if (!slots['audience']) {
    waitFor(turn, 'siaran', 'audience', slots)
    return askAudience(before)
  }
  const done = await planned(turn, slots)
  if ('replies' in done) return done.replies
  const { plan } = done
  const about = aboutOf(slots, plan, turn.now)
  waitFor(turn, 'siaran', 'sure', { ...slots, about })
  const [sample = [{ free: plan.text }]] = plan.samples
  const sendable = canSend(plan, turn.now)
  return [
    { parts: sample },
    {
      parts: [
        ...before,
        ...planParts(turn, plan, slots),
        say(sendable ? 'staff-broadcast-sure' : 'staff-broadcast-nobody'),
      ],
      choices: [
        ...(sendable ? [does(say('choice-staff-send'), 'siaran', 'send', { about })] : []),
        does(say('choice-staff-new-text'), 'siaran', 'new-text'),
        does(say('choice-staff-new-audience'), 'siaran', 'new-audience'),
        does(say('choice-staff-later'), 'siaran', 'later'),
        ...(plan.reach.persons > plan.reach.reachable
          ? [does(say('choice-staff-call-list'), 'siaran', 'call-list')]
          : []),
        leaveChoice,
      ],
    },
  ]
}

function planParts(turn: StaffTurn, { wanted, dueAt, reach }: BroadcastPlan, slots: Slots): Part[] {
  return [
    say('staff-broadcast-head', { audience: audienceWords(turn, wanted.audience) }),
    line('staff-broadcast-meant', { persons: reach.persons }),
    ...reachParts(turn, reach),
    ...(slots['fileName'] ? [line('staff-broadcast-file', { name: String(slots['fileName']) })] : []),
    dueAt > turn.now
      ? line('staff-broadcast-due', { due: dueAt.toISOString() })
      : line('staff-broadcast-due-now'),
  ]
}

function reachParts(turn: StaffTurn, { reachable, messages, channels, leftOut, persons }: Reach): Part[] {
  const each = channels.flatMap(({ channel, persons: count }) =>
    Array.from({ length: count }, () => ({ channel })),
  )
  return [
    line('staff-broadcast-reach', { reachable, messages, channels: channelsIn(turn, each) || '–' }),
    ...(persons > reachable ? [line('staff-broadcast-left-out', { count: persons - reachable })] : []),
    ...leftOut.map(whyPart),
  ]
}

/** Waves that can be announced from their data. */
async function textChoices({ tx, now }: StaffTurn) {
  const waves = await tx.wave.findMany({
    where: { closes: { gt: now } },
    orderBy: { number: 'asc' },
    take: 3,
  })
  return [
    ...waves.map(({ number: wave }) =>
      does(say('choice-staff-announce', { wave }), 'siaran', 'announce', { wave }),
    ),
    does(say('choice-staff-broadcasts'), 'siaran', 'list'),
    leaveChoice,
  ]
}

/** A wave's own announcement, to be sent, and with links to be forwarded in groups. */
export async function showAnnouncement(turn: StaffTurn, wave: number): Promise<Reply[]> {
  const made = await announceWave(turn.tx, wave, turn.now)
  if ('refused' in made) return [{ parts: [say('staff-broadcast-no-announcement', { wave })] }]
  const { text, audience, at } = made.wanted
  const slots = { text, audience, announces: wave, ...(at ? { at: at.toISOString() } : {}) }
  const [sample, preview] = await showBroadcast(turn, slots)
  const forward: Reply[] = [
    { parts: [say(made.links.telegram ? 'staff-broadcast-forward' : 'staff-broadcast-forward-no-link')] },
    { parts: [{ free: made.forward }] },
  ]
  return [...forward, ...[sample, preview].filter((each) => each !== undefined)]
}

/**
 * Starts what was shown last; what would happen otherwise than was shown is shown again. It begins with the next round of
 * the worker, which writes down whom it is for.
 */
export async function sendBroadcast(turn: StaffTurn, about: unknown): Promise<Reply[]> {
  const { tx, now, staff, state } = turn
  const open = state.command
  if (open?.name !== 'siaran' || open.slots['about'] !== about) return [{ parts: [say('staff-late')] }]
  const { about: _, ...slots } = open.slots
  const done = await planned(turn, slots)
  if ('replies' in done) return done.replies
  const { plan } = done
  if (aboutOf(slots, plan, now) !== about) return await showBroadcast(turn, slots, [say('staff-overtaken')])
  if (!canSend(plan, now)) return await showBroadcast(turn, slots)
  const file = await attachmentIn(turn, slots)
  if (file === undefined)
    return await showBroadcast(turn, withoutFile(slots), [say('staff-broadcast-file-gone')])
  const soon = plan.dueAt <= now
  const { id } = await startBroadcast(tx, soon ? { ...plan, dueAt: later(now, second) } : plan, {
    ...{ actor: staffActor(staff), now, rules: rulesOf(turn) },
    ...(file === 'none' ? {} : { file }),
  })
  delete state.command
  const { reachable, messages } = plan.reach
  const facts = { id, persons: reachable, messages, due: plan.dueAt.toISOString() }
  return [
    {
      parts: [say(soon ? 'staff-broadcast-started' : 'staff-broadcast-scheduled', facts)],
      choices: broadcastChoices(id, 'scheduled'),
    },
  ]
}

function withoutFile({ file: _, fileName: __, ...slots }: Slots): Slots {
  return slots
}

/** The file that was sent to go with it; 'none' if there is none, undefined if it is not stored any more. */
async function attachmentIn({ tx }: StaffTurn, slots: Slots) {
  if (slots['file'] === undefined) return 'none'
  const stored = await tx.storedFile.findUnique({ where: { id: Number(slots['file']) } })
  return stored ? attachmentOf(stored.name, stored.content) : undefined
}

/** The name under which a stored file can go with a broadcast, or what is wrong with it. */
export function attachmentName(stored: StoredFile): { name: string } | { fault: Part } {
  try {
    return { name: attachmentOf(stored.name, stored.content).name }
  } catch (error) {
    const fault = faultPart(error)
    if (!fault) throw error
    return { fault }
  }
}

/** Those whom what was shown does not reach, as a workbook by kelurahan with links to call. */
export async function callListOfPlan(turn: StaffTurn, slots: Slots): Promise<Reply[]> {
  const done = await planned(turn, slots)
  if ('replies' in done) return done.replies
  const { wanted, dueAt, reach } = done.plan
  if (reach.persons - reach.reachable > mostToCall) return [{ parts: [say('staff-broadcast-too-many')] }]
  const meant = await meantOf(turn.tx, wanted, rulesOf(turn), dueAt)
  return await callListReply(turn, await leftOutToCall(turn.tx, meant), 'siaran')
}

export async function callListReply(
  { tx, now }: StaffTurn,
  list: Awaited<ReturnType<typeof leftOutToCall>>,
  name: string,
): Promise<Reply[]> {
  if (list.length === 0) return [{ parts: [say('staff-broadcast-nobody-to-call')] }]
  const file = await storeTable(tx, `telepon-${name}`, callListSheets(list), now)
  return [{ parts: [say('staff-broadcast-call-list', { count: list.length })], file }]
}
