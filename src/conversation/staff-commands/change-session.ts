import type { Tx } from '../../database/client.ts'
import type { SessionRefusal } from '../../planning/find-session.ts'
import type { applyMove, ChangePlan } from '../../planning/move-session.ts'
import { staffActor } from '../../staff/members.ts'
import { type Part, say } from '../../texts.ts'
import { carefulYesOrNo } from '../choices.ts'
import type { Reply } from '../reply.ts'
import type { OpenCommand, Slots } from '../state.ts'
import { changePreview, changeResult } from './change-words.ts'
import { does, leaveChoice, type StaffTurn, waitFor } from './command.ts'
import { sessionRefused } from './which-session.ts'

/** A change of a session as staff order it: moved or cancelled. */
export type Change = {
  command: string
  plan(tx: Tx, slots: Slots, turn: StaffTurn): Promise<ChangePlan | SessionRefusal>
  apply: typeof applyMove
  /** Label of the choice that does it, and what is said when it is done. */
  sure: Part
  done: Part
  again: string
}

/** What is written into a notice stays a few lines on a phone. */
const longestReason = 300

const reasonWords = /\b(?:karena|krn|karna|sebab|alasan(?:nya)?|akibat)\b\s*[:,-]?\s*([\s\S]+)$/i

/** A reason as it stands in a notice: one line, at most 300 characters. */
export function plainReason(text: string): string {
  return text
    .replace(/\p{C}+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, longestReason)
}

/** A text taken apart at a word such as "karena": what stands before it, and the reason behind it. */
export function withReason(text: string): { before: string; reason: string | undefined } {
  const found = reasonWords.exec(text)
  if (!found) return { before: text, reason: undefined }
  return { before: text.slice(0, found.index), reason: plainReason(found[1] ?? '') || undefined }
}

/** Shows what a change would do, and waits for a yes to just that. */
export async function showChange(
  turn: StaffTurn,
  change: Change,
  slots: Slots,
  before: Part[] = [],
): Promise<Reply[]> {
  const plan = await change.plan(turn.tx, slots, turn)
  if ('refused' in plan) {
    delete turn.state.command
    const { session, about: _, ...kept } = slots
    return sessionRefused(turn, plan, String(session), { command: change.command, what: 'session', kept })
  }
  const about = JSON.stringify(plan.change)
  waitFor(turn, change.command, 'sure', { ...slots, about })
  return [
    {
      parts: [...before, ...changePreview(turn, plan, String(slots['reason'] ?? '')), say(change.again)],
      choices: [does(change.sure, change.command, 'sure', { about }), leaveChoice],
    },
  ]
}

/** A yes or no to what was shown; undefined for anything else. */
export async function answerSure(
  turn: StaffTurn,
  change: Change,
  open: OpenCommand,
): Promise<Reply[] | undefined> {
  // "karena pompong tidak jalan" is no no.
  const { before, reason } = withReason(turn.text)
  const answer = agreesWith(change, before) ? 'yes' : carefulYesOrNo(before)
  if (answer === 'no') {
    delete turn.state.command
    return [{ parts: [say('staff-left')] }]
  }
  return answer === 'yes' && reason === undefined
    ? await makeChange(turn, change, open.slots['about'])
    : undefined
}

/** "ya pindahkan", of a message that says nothing else. */
function agreesWith({ command }: Change, text: string): boolean {
  const what = command === 'batal' ? 'batalkan' : 'pindahkan|pindah'
  return new RegExp(
    String.raw`^\W*(ya|iya|y|ok|oke|yakin|siap)\W+(${what})( saja| aja| pak| bu)?\W*$`,
    'i',
  ).test(text)
}

/** Does what was shown last, if that still is what it would do. */
export async function makeChange(turn: StaffTurn, change: Change, about: unknown): Promise<Reply[]> {
  const { tx, now, rules, staff } = turn
  const open = turn.state.command
  if (open?.name !== change.command || open.slots['about'] !== about) return [{ parts: [say('staff-late')] }]
  const plan = await change.plan(tx, open.slots, turn)
  if ('refused' in plan) return await showChange(turn, change, open.slots)
  if (JSON.stringify(plan.change) !== about)
    return await showChange(turn, change, open.slots, [say('staff-overtaken')])
  delete turn.state.command
  const reason = String(open.slots['reason'] ?? '') || undefined
  const changed = await change.apply(tx, plan, { reason, actor: staffActor(staff), now, rules })
  turn.planned.push(...changed.reminders)
  return await changeResult(turn, change.done, plan, changed)
}
