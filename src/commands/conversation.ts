import { text as readAll } from 'node:stream/consumers'
import {
  answerHandOver,
  closeHandOver,
  longestStaffWords,
  type StandingHandOver,
  sayToOfficer,
  standingOf,
} from '../conversation/hand-over.ts'
import { nameOfOfficer } from '../conversation/officer.ts'
import { type FoundConversation, readSought, searchConversations } from '../conversation/search.ts'
import { type Line, transcript } from '../conversation/transcript.ts'
import { type Tx, transaction } from '../database/client.ts'
import type { Contact } from '../database/generated/client.ts'
import { audit } from '../staff/audit.ts'
import { loadTexts } from '../texts.ts'
import { inWib, isoInWib } from '../time.ts'
import { type CommandContext, withContext } from './context.ts'
import { UsageError } from './usage.ts'

type Json = { json?: boolean }

/** `conversation search TEXT` as it is called from the command line; the exit status. */
export async function runConversationSearch(words: string[], options: Json): Promise<number> {
  return await withContext((context) => searchCommand(words.join(' '), options, context))
}

/** `conversation show ID`, the same. */
export async function runConversationShow(id: string, options: ShowOptions): Promise<number> {
  readId(id)
  return await withContext((context) => showCommand(id, options, context))
}

/** `conversation reply ID [TEXT]`, the same. */
export async function runConversationReply(
  id: string,
  words: string[],
  options: ReplyOptions,
): Promise<number> {
  readId(id)
  return await withContext((context) => replyCommand(id, words.join(' '), options, context))
}

const longestSought = 200
const mostFound = 20
const longestPiece = 200

/** Prints the conversations in which the words stand, or whose number it is: the best 20. */
export async function searchCommand(
  text: string,
  { json = false }: Json,
  { db, output }: CommandContext,
): Promise<number> {
  const sought = text.length <= longestSought ? readSought(text) : undefined
  if (!sought) throw new UsageError('search for one to eight words, or a number of at least four digits')
  const { conversations, more, older } = await searchConversations(db, sought, mostFound)
  if (json) {
    output.write(`${JSON.stringify({ conversations: conversations.map(inJson), more, older })}\n`)
    return 0
  }
  if (conversations.length === 0) output.write('Nothing found.\n')
  for (const each of conversations) output.write(`${foundLines(each).join('\n')}\n`)
  if (more > 0) output.write(`… and ${more} more; add a word.\n`)
  if (older) output.write('Older messages were not looked through.\n')
  return 0
}

function inJson({ message, lastHeardAt, ...each }: FoundConversation) {
  return {
    ...each,
    lastHeardAt: lastHeardAt && isoInWib(lastHeardAt),
    message: message ? { ...message, at: isoInWib(message.at) } : null,
  }
}

function foundLines({
  id,
  channel,
  names,
  displayName,
  phone,
  lastHeardAt,
  message,
  messages,
}: FoundConversation) {
  const who = names.join(' / ') || displayName || 'not known'
  const heard = lastHeardAt ? `, last wrote ${when(lastHeardAt)}` : ''
  const head = plain(`${id}  ${who}, ${phone ?? 'no number'}, ${channel}${heard}`)
  if (!message) return [head]
  const words =
    message.words.length > longestPiece ? `${message.words.slice(0, longestPiece)}…` : message.words
  const others = messages > 1 ? ` (${messages} messages fit)` : ''
  return [head, plain(`    ${when(message.at)} ${message.from}: ${words}${others}`)]
}

function when(instant: Date): string {
  return `${inWib(instant).toFormat('d MMM yyyy HH.mm')} WIB`
}

/** What persons wrote never moves a terminal's cursor. */
function plain(text: string): string {
  return text.replace(/\p{C}+/gu, ' ')
}

const usualLines = 50
const mostLines = 1_000

export type ShowOptions = Json & { last?: string }

/** Prints a conversation's newest messages, oldest first, with intents, and states of what went out. */
export async function showCommand(
  id: string,
  { json = false, last = String(usualLines) }: ShowOptions,
  { db, output, errors = process.stderr }: CommandContext,
): Promise<number> {
  const count = Number(last)
  if (!Number.isInteger(count) || count < 1 || count > mostLines)
    throw new UsageError(`--last: a number from 1 to ${mostLines}`)
  const shown = await transaction(db, async (tx) => {
    const contact = await tx.contact.findUnique({ where: { id: readId(id) } })
    if (!contact) return undefined
    return {
      contact,
      name: await nameOfOfficer(tx, contact),
      handOver: await standingOf(tx, contact.id),
      lines: await transcript(tx, loadTexts(), contact, count),
    }
  })
  if (!shown) return noConversation(id, errors)
  const { contact, name, handOver, lines } = shown
  if (json) {
    const { channel, phone, locale } = contact
    const of = { id: contact.id, name, channel, phone, locale, state: statesOf(contact, handOver) }
    const messages = lines.map((each) => ({ ...each, at: isoInWib(each.at) }))
    output.write(`${JSON.stringify({ ...of, messages })}\n`)
    return 0
  }
  output.write(`${plain(`${contact.id}  ${name}, ${contact.phone ?? 'no number'}, ${contact.channel}`)}\n`)
  for (const each of statesOf(contact, handOver)) output.write(`    ${plain(each)}\n`)
  for (const each of lines) output.write(`${lineOf(each)}\n`)
  return 0
}

function readId(id: string): number {
  if (!/^\d{1,9}$/.test(id)) throw new UsageError(`"${id}" is no conversation; search prints their ids`)
  return Number(id)
}

function noConversation(id: string, errors: NodeJS.WritableStream): number {
  errors.write(`bimtek: there is no conversation ${id}; conversation search finds their ids\n`)
  return 1
}

function statesOf(contact: Contact, handOver: StandingHandOver | undefined): string[] {
  const { unreachableSince, unreachableWhy, stoppedAt, mustConfirmName } = contact
  return [
    ...(unreachableSince ? [`cannot be reached since ${when(unreachableSince)}: ${unreachableWhy}`] : []),
    ...(stoppedAt ? [`said STOP ${when(stoppedAt)}: gets replies only`] : []),
    ...(mustConfirmName ? ['silent for long: the name is not confirmed again yet'] : []),
    ...(handOver ? [handOverState(handOver)] : []),
  ]
}

function handOverState({ id, state, openedAt, takenAt, takenBy }: StandingHandOver): string {
  if (state === 'open') return `#${id} waits for staff since ${when(openedAt)}`
  return `#${id} taken by ${takenBy?.name ?? 'the command line'} ${when(takenAt ?? openedAt)}; the bot keeps quiet`
}

function lineOf(each: Line): string {
  const words = each.words.split('\n').map(plain).join('\n    ')
  return `${when(each.at)}  ${plain(headOf(each))}: ${words}`
}

function headOf(each: Line): string {
  if (each.from === 'officer')
    return `officer [${each.intent ?? '–'}${each.state === 'answered' ? '' : `, ${each.state}`}]`
  const how = `[${each.kind}, ${each.state}${each.error ? `: ${each.error}` : ''}]`
  return each.from === 'bot' ? `bot ${how}` : `${each.name ?? 'staff'} ${how}`
}

export type ReplyOptions = { close?: boolean }

/**
 * Writes to an officer as the office, with the text given or what stands on standard input; takes an open hand-over by
 * that, and closes it with `close`. Returns 1 when the officer cannot be reached, or a staff member has taken it.
 */
export async function replyCommand(
  id: string,
  given: string,
  { close = false }: ReplyOptions,
  context: CommandContext,
): Promise<number> {
  const { db, input, output, errors = process.stderr } = context
  const words = readWords(given.trim() || (await readAll(input)))
  const result = await transaction(db, (tx) => reply(tx, readId(id), words, close, context))
  if ('none' in result) return noConversation(id, errors)
  if ('problem' in result) {
    errors.write(`bimtek: ${plain(result.problem)}\n`)
    return 1
  }
  output.write(`${plain(result.done)}\n`)
  return 0
}

function readWords(given: string): string {
  const words = given.toWellFormed().replaceAll('\0', '').trim()
  if (words === '') throw new UsageError('the text is empty: give it as an argument or on standard input')
  if (words.length > longestStaffWords)
    throw new UsageError(`at most ${longestStaffWords} characters; these are ${words.length}`)
  return words
}

type Replied = { none: true } | { problem: string } | { done: string }

async function reply(
  tx: Tx,
  contactId: number,
  words: string,
  close: boolean,
  { actor, now }: CommandContext,
): Promise<Replied> {
  const contact = await tx.contact.findUnique({ where: { id: contactId } })
  if (!contact) return { none: true }
  const { unreachableSince: since, unreachableWhy: why } = contact
  const call = contact.phone ? `; call ${contact.phone}` : ''
  if (since) return { problem: `cannot be reached since ${when(since)} (${why}); nothing was sent${call}` }
  const office = { staffId: null, actor }
  const dedupeKey = `staff-word/c${contactId}-${now.getTime()}`
  const name = await nameOfOfficer(tx, contact)
  const sent = `For ${name} on ${contact.channel}: ${whenSent[contact.channel] ?? 'sent as soon as the service runs'}.`
  const handOver = await standingOf(tx, contactId)
  if (!handOver) {
    await sayToOfficer(tx, contact, { words, by: null, dedupeKey }, now)
    await audit(tx, actor, { action: 'conversation.reply', subject: `contact ${contactId}` }, now)
    return { done: `${sent} Nobody was asked for in this conversation: the bot goes on answering.` }
  }
  const result = await answerHandOver(tx, handOver.id, { words, office, dedupeKey }, now)
  if ('by' in result) return { problem: `#${handOver.id} was taken by ${result.by}; nothing was sent` }
  if (!('answered' in result)) return { problem: `#${handOver.id} was closed meanwhile; nothing was sent` }
  if (!close)
    return { done: `${sent} The bot keeps quiet in it, until staff close #${handOver.id} or for 12 hours.` }
  await closeHandOver(tx, handOver.id, office, now)
  return { done: `${sent} #${handOver.id} is closed: the bot answers again.` }
}

const whenSent: Record<string, string> = {
  terminal: 'shown when their chat in the terminal is opened again',
}
