import { readFile, stat } from 'node:fs/promises'
import { hostedChannels } from '../app.ts'
import { callListSheets } from '../broadcasts/call-list.ts'
import { type Again, type Change, changeBroadcast, resendBroadcast } from '../broadcasts/change.ts'
import { listBroadcasts, notReached, reportOf } from '../broadcasts/report.ts'
import { longestBroadcast } from '../broadcasts/text.ts'
import { bulkLimits, snapshot, transaction } from '../database/client.ts'
import type { BroadcastState } from '../database/generated/enums.ts'
import { readable } from '../spreadsheets/file.ts'
import { parseInstant } from '../time.ts'
import { type BroadcastContext, complain, type SendOptions, sendCommand } from './broadcast-send.ts'
import { callListLine, listJson, listLines, reportJson, reportLines } from './broadcast-words.ts'
import { withContext } from './context.ts'
import { checkWritable, writeSheets } from './errors-file.ts'
import { persons } from './run-import.ts'
import { UsageError } from './usage.ts'

export type BroadcastOptions = SendOptions & { textFile?: string; audience?: string; at?: string }

/** Runs a command of broadcasts by the settings of this service; the exit status. */
export async function withBroadcasts(work: (context: BroadcastContext) => Promise<number>): Promise<number> {
  return await withContext((context, config) =>
    work({ ...context, broadcasts: { coverage: config.coverage, channels: hostedChannels(config) } }),
  )
}

/** `broadcast` as it is called from the command line; the exit status. */
export async function runBroadcast(options: BroadcastOptions): Promise<number> {
  checkOptions(options)
  return await withBroadcasts((context) => broadcastCommand(options, context))
}

/** Sends a text to an audience. Returns the exit status: 0, or 1 when nothing was sent or it did not end well. */
export async function broadcastCommand(
  options: BroadcastOptions,
  context: BroadcastContext,
): Promise<number> {
  const { textFile, audience, at } = checkOptions(options)
  const text = await readText(textFile)
  return await sendCommand({ text, audience, ...(at ? { at } : {}) }, options, context)
}

function checkOptions({ textFile, audience, at }: BroadcastOptions) {
  if (!textFile) throw new UsageError('--text-file F is missing: a file with the text')
  if (!audience)
    throw new UsageError('--audience EXPR is missing, such as "wave=3 and status=confirmed", or all')
  const instant = at === undefined ? undefined : parseInstant(at)
  if (at !== undefined && !instant)
    throw new UsageError(`--at: "${at}" is no date and time; write it like 2026-12-12T08:00 (WIB).`)
  return { textFile, audience, at: instant }
}

/** Four bytes a character, and a little for line ends. */
const largestText = 5 * longestBroadcast

async function readText(path: string): Promise<string> {
  const { size } = await readable(path, () => stat(path))
  if (size > largestText) throw new UsageError(`--text-file: ${path} has ${size} bytes; is it a text?`)
  return (await readable(path, () => readFile(path, 'utf8'))).replace(/^\uFEFF/, '')
}

/** So many are listed. */
const mostListed = 50

export async function listCommand(
  { json }: { json?: boolean },
  { db, output }: BroadcastContext,
): Promise<number> {
  const all = await snapshot(db, (tx) => listBroadcasts(tx, mostListed))
  output.write(json ? `${JSON.stringify(listJson(all))}\n` : `${listLines(all).join('\n')}\n`)
  return 0
}

/** Shows what became of a broadcast, and writes those whom it has not reached to a file. */
export async function reportCommand(
  given: string,
  { json, callList }: { json?: boolean; callList?: string },
  context: BroadcastContext,
): Promise<number> {
  const id = readId(given)
  if (callList) await checkWritable('--call-list', callList)
  const found = await snapshot(context.db, async (tx) => {
    const report = await reportOf(tx, id)
    return report && { report, left: callList ? await notReached(tx, id) : [] }
  })
  if (!found) return complain(context, unknown(id))
  const { report, left } = found
  context.output.write(
    json ? `${JSON.stringify(reportJson(report))}\n` : `${reportLines(report).join('\n')}\n`,
  )
  if (callList) {
    await writeSheets(callList, callListSheets(left))
    if (!json) context.output.write(`${callListLine(callList, left)}\n`)
  }
  return 0
}

/** Pauses a broadcast, lets it go on, or cancels it. */
export async function changeCommand(
  change: Change,
  given: string,
  context: BroadcastContext,
): Promise<number> {
  const id = readId(given)
  const { db, actor, now, output } = context
  const result = await transaction(db, (tx) => changeBroadcast(tx, id, change, { actor, now }), bulkLimits)
  if ('refused' in result)
    return complain(
      context,
      result.refused === 'unknown' ? unknown(id) : `broadcast ${id} is ${result.state}; ${onlyFrom[change]}`,
    )
  const back = result.takenBack > 0 ? ` ${result.takenBack} messages that waited were taken back.` : ''
  output.write(`Broadcast ${id} is ${result.changed}.${back}\n`)
  return 0
}

const onlyFrom: Record<Change, string> = {
  pause: 'only one that is scheduled or running can be paused',
  resume: 'only a paused one can go on',
  cancel: 'it has ended already',
}

/** Sends a broadcast once more to those of whom it is uncertain whether it arrived, or to whom it failed. */
export async function resendCommand(
  given: string,
  options: { uncertain?: boolean; failed?: boolean },
  context: BroadcastContext,
): Promise<number> {
  const id = readId(given)
  const again: Again = { uncertain: options.uncertain ?? false, failed: options.failed ?? false }
  if (!again.uncertain && !again.failed) throw new UsageError('say which: --uncertain, --failed, or both')
  const { db, actor, now, output, broadcasts } = context
  const result = await transaction(
    db,
    (tx) => resendBroadcast(tx, id, again, { actor, now, rules: broadcasts }),
    bulkLimits,
  )
  if ('refused' in result)
    return complain(context, result.refused === 'unknown' ? unknown(id) : notDone(id, result.state))
  const { persons: sent, unreachable } = result
  const left = unreachable > 0 ? ` ${persons(unreachable)} cannot be reached now.` : ''
  output.write(`Broadcast ${id} goes out once more to ${persons(sent)}.${left}\n`)
  return 0
}

const notDone = (id: number, state: BroadcastState): string =>
  `broadcast ${id} is ${state}; only one that is done can be sent once more`

const unknown = (id: number): string => `there is no broadcast ${id}; bimtek broadcast list shows them`

function readId(given: string): number {
  if (/^[1-9]\d{0,8}$/.test(given)) return Number(given)
  throw new UsageError(`"${given}" is not the number of a broadcast; bimtek broadcast list shows them`)
}
