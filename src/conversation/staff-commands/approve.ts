import { importRuns } from '../../database/locks.ts'
import { readablePhone } from '../../phone.ts'
import { decideWaiting, listWaiting, NoSuchEntry } from '../../planning/approve.ts'
import type { Decided, Decision, Outcome } from '../../planning/decision.ts'
import type { Hint, WaitingEntry } from '../../planning/waiting-entries.ts'
import { whyRefused } from '../../planning/why-refused.ts'
import { staffActor } from '../../staff/members.ts'
import { line, type Part, say } from '../../texts.ts'
import type { Reply } from '../reply.ts'
import { plainReason } from './change-session.ts'
import { does, leaveChoice, type StaffCommand, type StaffTurn, waitFor } from './command.ts'

/** `/setuju`: what waits for the office, one by one. */
export const approve: StaffCommand = {
  ...{ name: 'setuju', who: 'petugas', help: 'staff-help-approve', label: say('choice-staff-approve') },
  run: async (turn, words) => await showNext(turn, [], words ? { id: plainId(words) } : {}),
  answer: async (turn, open) => {
    if (turn.content.kind !== 'text') return undefined
    const reason = plainReason(turn.text)
    return reason ? await decide(turn, String(open.slots['id']), { agree: false, reason }) : undefined
  },
  again: async (turn, open) => askReason(turn, String(open.slots['id']), String(open.slots['name'])),
  press: async (turn, what, given) => {
    const [id, name] = [String(given['id']), String(given['name'])]
    delete turn.state.command
    if (what === 'yes') return await decide(turn, id, { agree: true })
    if (what === 'no') return askReason(turn, id, name)
    if (what === 'no-reason') return await decide(turn, id, { agree: false })
    return await showNext(turn, [], { after: id })
  },
}

const plainId = (words: string): string => words.trim().toUpperCase().slice(0, 20)

/**
 * Shows an entry that waits with the choices of what to do: that of an id, or the one after it, or the longest waiting.
 */
async function showNext(
  turn: StaffTurn,
  before: Part[],
  at: { id?: string; after?: string },
): Promise<Reply[]> {
  const entries = await listWaiting(turn.tx)
  const last = entries.findIndex(({ id }) => id === at.after)
  const named = at.id ? entries.findIndex(({ id }) => id === at.id || id === `REG-${at.id}`) : -1
  const index = named >= 0 ? named : last + 1
  const entry = entries[index]
  if (at.id && named < 0) before = [...before, say('staff-approve-no-such', { id: at.id })]
  if (entries.length === 0) return [{ parts: [...before, say('staff-approve-none')] }]
  // At the end of the list those that were passed over come again only when asked for.
  if (!entry) {
    const again = does(say('choice-staff-from-start'), 'setuju', 'run')
    return [{ parts: [...before, say('staff-approve-end', { count: entries.length })], choices: [again] }]
  }
  const given = { id: entry.id, name: entry.name }
  return [
    {
      parts: [...before, ...entryParts(entry, index + 1, entries.length)],
      choices: [
        does(say('choice-staff-yes'), 'setuju', 'yes', given),
        does(say('choice-staff-no'), 'setuju', 'no', given),
        ...(entries.length > 1 ? [does(say('choice-staff-skip'), 'setuju', 'skip', given)] : []),
      ],
    },
  ]
}

function entryParts(entry: WaitingEntry, number: number, count: number): Part[] {
  const { id, since, name, title, cooperative, kelurahan, kecamatan, phones, training } = entry
  const place = kelurahan ? `${cooperative} (${kelurahan}, ${kecamatan})` : cooperative
  return [
    say('staff-approve-head', { id, number, count, since: since.toISOString() }),
    title
      ? line('staff-approve-who', { name, title, place })
      : line('staff-approve-who-no-title', { name, place }),
    ...(phones.length > 0
      ? [line('staff-approve-phones', { phones: phones.map(readablePhone).join(' / ') })]
      : []),
    ...(training ? [line('staff-approve-training', { training })] : []),
    ...(entry.requestedBy ? [line('staff-approve-requested', { by: entry.requestedBy })] : []),
    ...(entry.replaces ? [line('staff-approve-replaces', { whom: entry.replaces })] : []),
    ...(entry.wish ? [wishPart(entry.wish)] : []),
    ...entry.hints.map(hintPart),
  ]
}

function wishPart({ field, from, to }: NonNullable<WaitingEntry['wish']>): Part {
  return from
    ? line('staff-approve-wish-change', { field, from, to })
    : line('staff-approve-wish-add', { field, to })
}

const hintKeys: Record<Hint['kind'], string> = {
  'on-the-roster': 'staff-approve-on-roster',
  namesake: 'staff-approve-namesake',
  'office-taken': 'staff-approve-office-taken',
}

function hintPart({ kind, name, title, phones }: Hint): Part {
  const numbers = phones.map(readablePhone).join(' / ') || '–'
  return line(hintKeys[kind], { name, title, numbers })
}

function askReason(turn: StaffTurn, id: string, name: string): Reply[] {
  waitFor(turn, 'setuju', 'reason', { id, name })
  return [
    {
      parts: [say('staff-approve-reason', { name })],
      choices: [does(say('choice-staff-no-reason'), 'setuju', 'no-reason', { id, name }), leaveChoice],
    },
  ]
}

/** Decides an entry as the office would at its desk, and shows the next. */
async function decide(turn: StaffTurn, id: string, decision: Decision): Promise<Reply[]> {
  const { tx, rules, now, staff } = turn
  if (await importRuns(tx, 'officers')) return [{ parts: [say('staff-import-runs')] }]
  delete turn.state.command
  try {
    const { decided, reminders } = await decideWaiting(tx, [id], decision, {
      actor: staffActor(staff),
      rules,
      now,
    })
    turn.planned.push(...reminders)
    return await showNext(turn, decided.flatMap(decidedParts), {})
  } catch (error) {
    if (!(error instanceof NoSuchEntry)) throw error
    return await showNext(turn, [say('staff-approve-no-such', { id })], {})
  }
}

function decidedParts({ name, outcome, becameOneWith }: Decided): Part[] {
  return [
    outcomePart(name, outcome),
    ...(becameOneWith ? [line('staff-approved-joined', { name: becameOneWith })] : []),
    ...(outcome.is === 'changed' && outcome.keeps.length > 0
      ? [line('staff-approved-keeps', { numbers: outcome.keeps.join(', ') })]
      : []),
  ]
}

function outcomePart(name: string, outcome: Outcome): Part {
  switch (outcome.is) {
    case 'confirmed':
      return say('staff-approved-confirmed', { name, training: outcome.training })
    case 'waitlisted':
      return say('staff-approved-waitlisted', { name, training: outcome.training, place: outcome.place })
    case 'against-a-rule':
      return say('staff-approved-rule', { name, training: outcome.training, why: whyRefused[outcome.rule] })
    case 'agreed':
      return say('staff-approved-agreed', { name })
    case 'changed':
      return say('staff-approved-changed', { name })
    case 'refused':
      return say('staff-approved-refused', { name })
    case 'decided':
      return say('staff-approved-decided', { name, state: outcome.state })
  }
}
