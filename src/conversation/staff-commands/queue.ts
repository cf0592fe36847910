import { staffActor } from '../../staff/members.ts'
import { line, type Part, say } from '../../texts.ts'
import { hour, minute } from '../../time.ts'
import type { QueueLine } from '../hand-over.ts'
import {
  answerHandOver,
  closeHandOver,
  handBack,
  handOverById,
  longestStaffWords,
  type NotTheirs,
  type Office,
  queueOf,
  reopenHandOver,
  type StandingHandOver,
  takeHandOver,
} from '../hand-over.ts'
import { nameOfOfficer, officerParts } from '../officer.ts'
import type { Reply } from '../reply.ts'
import { handOverChoice, tellStaff } from '../tell-staff.ts'
import { type Line, transcript } from '../transcript.ts'
import { type StaffCommand, type StaffTurn, waitFor } from './command.ts'

const name = 'antrian'
/** How many of a queue, and of a conversation's last messages, one message shows. */
const mostListed = 10
const mostLines = 10
/** The longest piece of one message in that list. */
const longestPiece = 300
const endWord = /^\W*(selesai|done|udahan|sudah selesai)\W*$/i

/** Conversations that wait for a person: taken, read, answered by replying, given back, closed. */
export const queue: StaffCommand = {
  ...{ name, also: ['antrean'], who: 'petugas', help: 'staff-help-antrian', label: say('choice-antrian') },
  run: async (turn, words) => {
    const id = Number(/^#?(\d{1,9})$/.exec(words)?.[1])
    return [id ? await show(turn, id) : await list(turn)]
  },
  answer: async (turn, { slots }) => {
    if (endWord.test(turn.text)) return [await endWriting(turn, Number(slots['id']))]
    return [await send(turn, Number(slots['id']))]
  },
  press: async (turn, does, given) => {
    const act = acts[does]
    return act ? [await act(turn, Number(given['id']))] : [gone()]
  },
  quoted: async (turn, { id }) => {
    const row = await turn.tx.outgoingMessage.findUnique({ where: { id }, select: { handOverId: true } })
    return row?.handOverId ? [await send(turn, row.handOverId)] : undefined
  },
}

const acts: Record<string, (turn: StaffTurn, id: number) => Promise<Reply>> = {
  show,
  take,
  back,
  close,
  write: take,
  reopen,
}

function officeOf({ staff }: StaffTurn): Office {
  return { staffId: staff.id, actor: staffActor(staff) }
}

async function list(turn: StaffTurn): Promise<Reply> {
  const { tx, now, staff } = turn
  const { lines, more, others } = await queueOf(tx, staff.id, mostListed)
  const parts: Part[] =
    lines.length === 0 ? [say('queue-empty')] : [say('queue-head', { count: lines.length + more })]
  for (const each of lines) parts.push(await queueLine(turn, each, now))
  if (more > 0) parts.push(line('queue-more', { count: more }))
  if (others > 0) parts.push(say('queue-others', { count: others }))
  if (lines.length > 0) parts.push(say('queue-how'))
  return {
    parts,
    choices: lines.map(({ id, state, takenById }) =>
      handOverChoice(state === 'open' || takenById === null ? 'take' : 'show', id),
    ),
  }
}

async function queueLine({ tx }: StaffTurn, each: QueueLine, now: Date): Promise<Part> {
  const { id, reason, openedAt, state, contact, unheard } = each
  const facts = { id, reason, ...waited(openedAt, now), name: await nameOfOfficer(tx, contact) }
  return state === 'open' ? line('queue-line', facts) : line('queue-line-mine', { ...facts, unheard })
}

function waited(since: Date, now: Date): { days: number; hours: number; minutes: number } {
  const ms = Math.max(0, now.getTime() - since.getTime())
  const day = 24 * hour
  return {
    days: Math.floor(ms / day),
    hours: Math.floor((ms % day) / hour),
    minutes: Math.floor((ms % hour) / minute),
  }
}

/** The last messages of a conversation, and what can be done with it. */
async function show(turn: StaffTurn, id: number): Promise<Reply> {
  const handOver = await handOverById(turn.tx, id)
  if (!handOver) return gone()
  return {
    parts: [
      say('queue-shown', {
        id,
        reason: handOver.reason,
        state: stateFor(turn, handOver),
        by: nameOf(handOver),
      }),
      ...(await officerParts(turn.tx, handOver.contact)),
      ...(await lastMessages(turn, handOver)),
    ],
    choices: choicesFor(turn, handOver),
    handOver: id,
  }
}

function nameOf({ takenBy }: StandingHandOver): string {
  return takenBy?.name ?? ''
}

function stateFor({ staff }: StaffTurn, { state, takenById }: StandingHandOver): string {
  if (state !== 'taken') return state
  if (takenById === null) return 'office'
  return takenById === staff.id ? 'mine' : 'taken'
}

function choicesFor(turn: StaffTurn, handOver: StandingHandOver) {
  const { id } = handOver
  switch (stateFor(turn, handOver)) {
    case 'open':
    case 'office':
      return [handOverChoice('take', id)]
    case 'mine':
      return [handOverChoice('write', id), handOverChoice('back', id), handOverChoice('close', id)]
    case 'closed':
      return [handOverChoice('reopen', id)]
    default:
      return []
  }
}

async function lastMessages({ tx, texts }: StaffTurn, { contact }: StandingHandOver): Promise<Part[]> {
  const lines = await transcript(tx, texts, contact, mostLines)
  return lines.flatMap((each, index) => [
    { ...headOf(each), ...(index === 0 ? {} : { tight: true }) },
    { free: shortened(each.words), tight: true },
  ])
}

function headOf(each: Line): Part {
  const facts = { at: each.at.toISOString() }
  if (each.from === 'officer') return line('queue-said', facts)
  return each.from === 'bot'
    ? line('queue-bot', facts)
    : line('queue-staff', { ...facts, name: each.name ?? 'petugas kantor' })
}

function shortened(words: string): string {
  return words.length > longestPiece ? `${words.slice(0, longestPiece).toWellFormed()}…` : words
}

/** Takes it, or goes on with one's own: from now on what is written in this chat goes to the officer. */
async function take(turn: StaffTurn, id: number): Promise<Reply> {
  const result = await takeHandOver(turn.tx, id, officeOf(turn), turn.now)
  if (!('taken' in result)) return notTheirs(result, id)
  const { contact } = result.taken
  waitFor(turn, name, 'words', { id })
  return {
    parts: [
      say('queue-took', { id, name: await nameOfOfficer(turn.tx, contact) }),
      ...(contact.unreachableSince ? [say('queue-unreachable', { why: contact.unreachableWhy ?? '' })] : []),
      ...(await lastMessages(turn, result.taken)),
    ],
    choices: [handOverChoice('back', id), handOverChoice('close', id)],
    handOver: id,
  }
}

function notTheirs(why: NotTheirs, id: number): Reply {
  if ('none' in why) return gone()
  if ('closed' in why)
    return { parts: [say('queue-closed', { id })], choices: [handOverChoice('reopen', id)] }
  return { parts: [say('queue-taken-by', { id, by: why.by ?? 'kantor' })] }
}

function gone(): Reply {
  return { parts: [say('queue-gone')] }
}

async function send(turn: StaffTurn, id: number): Promise<Reply> {
  const { tx, text, now, incomingId } = turn
  if (text.trim() === '') return { parts: [say('queue-only-text')] }
  if (text.length > longestStaffWords)
    return { parts: [say('queue-too-long', { most: longestStaffWords, length: text.length })] }
  turn.wordsIn = id
  const office = officeOf(turn)
  const answer = { words: text, office, dedupeKey: `staff-word/${incomingId}` }
  const result = await answerHandOver(tx, id, answer, now)
  if ('unreachable' in result)
    return { parts: [say('queue-unreachable', { why: result.unreachable })], handOver: id }
  if (!('answered' in result)) {
    stopWriting(turn, id)
    return notTheirs(result, id)
  }
  const { command } = turn.state
  const isWriting = command?.name === name && command.slots['id'] === id
  if (isWriting) command.touched = now.toISOString()
  const to = await nameOfOfficer(tx, result.answered.contact)
  return {
    parts: [say('queue-sent', { id, name: to }), ...(isWriting ? [line('queue-sent-on')] : [])],
    ...(isWriting ? {} : { choices: [handOverChoice('write', id), handOverChoice('close', id)] }),
    handOver: id,
  }
}

function stopWriting({ state }: StaffTurn, id: number): void {
  if (state.command?.name === name && state.command.slots['id'] === id) delete state.command
}

async function endWriting(turn: StaffTurn, id: number): Promise<Reply> {
  stopWriting(turn, id)
  return {
    parts: [say('queue-writing-ended', { id })],
    choices: [handOverChoice('close', id), handOverChoice('back', id)],
  }
}

async function back(turn: StaffTurn, id: number): Promise<Reply> {
  const { tx, now, rules, staff } = turn
  const handOver = await handBack(tx, id, officeOf(turn), now)
  if (!handOver) return notTheirs(await whoHas(turn, id), id)
  stopWriting(turn, id)
  await tellStaff(tx, handOver, `again-${turn.incomingId}`, rules.quietHours, now, staff.id)
  return { parts: [say('queue-back', { id })] }
}

async function whoHas(turn: StaffTurn, id: number): Promise<NotTheirs> {
  const handOver = await handOverById(turn.tx, id)
  if (!handOver) return { none: true }
  return handOver.state === 'closed' ? { closed: true } : { by: handOver.takenBy?.name ?? null }
}

async function close(turn: StaffTurn, id: number): Promise<Reply> {
  const result = await closeHandOver(turn.tx, id, officeOf(turn), turn.now)
  if ('none' in result) return gone()
  if ('by' in result) return notTheirs(result, id)
  stopWriting(turn, id)
  if ('already' in result) return notTheirs({ closed: true }, id)
  const { waiting } = await queueOf(turn.tx, turn.staff.id, 1)
  return {
    parts: [say('queue-ended', { id }), ...(waiting > 0 ? [line('queue-left', { count: waiting })] : [])],
  }
}

async function reopen(turn: StaffTurn, id: number): Promise<Reply> {
  const again = await reopenHandOver(turn.tx, id, turn.now)
  return again === undefined ? gone() : await take(turn, again)
}
