import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Attachment, AttachmentFault, attachmentOf, checkSize } from '../broadcasts/attachment.ts'
import { AudienceFault, audienceExamples } from '../broadcasts/audience.ts'
import { callListSheets } from '../broadcasts/call-list.ts'
import { type BroadcastPlan, meantOf, planBroadcast, type Wanted } from '../broadcasts/plan.ts'
import { type BroadcastRules, leftOutToCall, type ToCall } from '../broadcasts/reach.ts'
import { type Report, reportOf } from '../broadcasts/report.ts'
import { type Started, startBroadcast } from '../broadcasts/run.ts'
import { TextFault } from '../broadcasts/text.ts'
import { bulkLimits, snapshot, transaction } from '../database/client.ts'
import { type Work, worksNow } from '../database/notify.ts'
import { readable } from '../spreadsheets/file.ts'
import { loadTexts } from '../texts.ts'
import { later, second } from '../time.ts'
import { ask } from './ask.ts'
import {
  callListLine,
  planJson,
  previewLines,
  progressLine,
  reportJson,
  reportLines,
} from './broadcast-words.ts'
import type { CommandContext } from './context.ts'
import { checkWritable, writeSheets } from './errors-file.ts'
import { persons } from './run-import.ts'
import { UsageError } from './usage.ts'

export type SendOptions = {
  attach?: string
  dryRun?: boolean
  wait?: boolean
  yes?: boolean
  json?: boolean
  callList?: string
}

export type BroadcastContext = CommandContext & { broadcasts: BroadcastRules }

/** From so many persons on it asks first. */
const askAbove = 100

/**
 * Shows whom a broadcast would reach, asks, starts it, and waits for its end if that is wanted.
 * @param more lines below the preview
 * @returns the exit status
 */
export async function sendCommand(
  wanted: Wanted,
  options: SendOptions,
  context: BroadcastContext,
  more: { lines: string[]; json: object } = { lines: [], json: {} },
): Promise<number> {
  const began = performance.now()
  if (options.callList) await checkWritable('--call-list', options.callList)
  const file = options.attach ? await readAttachment(options.attach) : undefined
  const { plan, left } = await speakingPlainly(() => preview(wanted, context, options.callList !== undefined))
  const shown = shownOn(context, options)
  shown([...previewLines(plan, loadTexts(), context.now, file?.name), ...more.lines].join('\n'))
  if (options.callList) {
    await writeSheets(options.callList, callListSheets(left))
    shown(callListLine(options.callList, left))
  }
  const result = (started?: Started) => ({ ...planJson(plan, loadTexts(), started), ...more.json })
  if (options.dryRun) {
    if (options.json) context.output.write(`${JSON.stringify(result())}\n`)
    shown('Nothing sent.')
    return 0
  }
  const against = await whatStandsAgainst(plan, options, context)
  if (against) return complain(context, against)
  if (!options.yes && plan.reach.reachable > askAbove && !(await agreed(plan, options, context)))
    return complain(context, 'not agreed; nothing sent')
  const now = later(context.now, performance.now() - began)
  const started = await start(wanted, file, { ...context, now })
  if (options.json && !options.wait) context.output.write(`${JSON.stringify(result(started))}\n`)
  shown(startedLine(started))
  return options.wait ? await waitForEnd(started.id, options, context) : 0
}

const startedLine = ({ id, state }: Started): string =>
  `Broadcast ${id} is ${state}. How far it is: bimtek broadcast report ${id}`

type Shown = (lines: string) => void

/** What people read; beside `--json` nothing. */
function shownOn({ output }: CommandContext, { json }: SendOptions): Shown {
  return (lines) => {
    if (!json) output.write(`${lines}\n`)
  }
}

export function complain({ errors = process.stderr }: CommandContext, why: string): 1 {
  errors.write(`bimtek: ${why}\n`)
  return 1
}

async function preview(
  wanted: Wanted,
  { db, broadcasts, now, rules }: BroadcastContext,
  withLeft: boolean,
): Promise<{ plan: BroadcastPlan; left: ToCall[] }> {
  return await snapshot(db, async (tx) => {
    const plan = await planBroadcast(tx, wanted, broadcasts, now, rules.quietHours)
    const meant = await meantOf(tx, wanted, broadcasts, plan.dueAt)
    return { plan, left: withLeft ? await leftOutToCall(tx, meant) : [] }
  })
}

/** What staff have written is wrong: said in one line. */
async function speakingPlainly<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AudienceFault)
      throw new UsageError(`--audience: ${error.message}. Such as: ${audienceExamples}`)
    if (error instanceof TextFault) throw new UsageError(`--text-file: ${error.message}`)
    throw error
  }
}

async function readAttachment(path: string): Promise<Attachment> {
  try {
    checkSize(path, (await readable(path, () => stat(path))).size)
    return attachmentOf(basename(path), await readable(path, () => readFile(path)))
  } catch (error) {
    if (error instanceof AttachmentFault) throw new UsageError(`--attach: ${error.message}`)
    throw error
  }
}

async function whatStandsAgainst(
  { reach, dueAt }: BroadcastPlan,
  { wait }: SendOptions,
  context: BroadcastContext,
): Promise<string | undefined> {
  if (reach.messages === 0 && dueAt <= context.now)
    return `nobody can be reached (${persons(reach.persons)} meant); nothing sent. --call-list F.xlsx writes whom to call`
  if (!wait) return undefined
  const missing = await missingWork(context, reach.channels)
  if (missing.length === 0) return undefined
  return `no process ${missing.join(' and ')}, so nothing would go out; nothing sent. Start the service (npm start), or leave out --wait`
}

/** What no living process does although these channels need it. */
async function missingWork({ db }: CommandContext, channels: { channel: string }[]): Promise<string[]> {
  const works: string[] = await worksNow(db)
  const needed: [Work, string][] = [
    ...channels.map(({ channel }): [Work, string] => [channel as Work, `hosts ${channel}`]),
    ['worker', 'is a worker'],
  ]
  return needed.filter(([work]) => !works.includes(work)).map(([, does]) => does)
}

async function agreed(
  { reach }: BroadcastPlan,
  { json }: SendOptions,
  { input, output, errors = process.stderr }: BroadcastContext,
): Promise<boolean> {
  return await ask(`Send it to ${persons(reach.reachable)}?`, input, json ? errors : output)
}

/** Planned anew: the answer may have come late. */
async function start(
  wanted: Wanted,
  file: Attachment | undefined,
  { db, broadcasts, now, rules, actor }: BroadcastContext,
): Promise<Started> {
  return await transaction(
    db,
    async (tx) => {
      const plan = await planBroadcast(tx, wanted, broadcasts, now, rules.quietHours)
      return await startBroadcast(tx, plan, { actor, now, rules: broadcasts, ...(file ? { file } : {}) })
    },
    bulkLimits,
  )
}

/** How often `--wait` looks, in ms. */
const lookEvery = second / 2
/** A process that is started anew needs so long, in ms. */
const patience = 20 * second

/** Shows how far it comes until it has ended. Returns the exit status: 1 when it was stopped, or nobody sends. */
async function waitForEnd(id: number, options: SendOptions, context: BroadcastContext): Promise<number> {
  const progress = progressOn(context, options)
  let workedAt = Date.now()
  for (;;) {
    const report = await transaction(context.db, (tx) => reportOf(tx, id))
    if (!report) return complain(context, `broadcast ${id} is gone`)
    progress(report)
    const { state } = report.broadcast
    if (state === 'done' || state === 'cancelled' || state === 'paused') {
      const text = options.json ? JSON.stringify(reportJson(report)) : reportLines(report).join('\n')
      context.output.write(`${text}\n`)
      return state === 'done' ? 0 : complain(context, `broadcast ${id} is ${state}`)
    }
    const channels = await channelsOf(context, id)
    if ((await missingWork(context, channels)).length === 0) workedAt = Date.now()
    if (Date.now() - workedAt > patience)
      return complain(
        context,
        `no process sends any more; broadcast ${id} goes on when the service runs again (bimtek broadcast report ${id})`,
      )
    await sleep(lookEvery)
  }
}

async function channelsOf({ db }: BroadcastContext, id: number): Promise<{ channel: string }[]> {
  return await db.$queryRaw<{ channel: string }[]>`
    SELECT DISTINCT c.channel FROM broadcast_recipient r JOIN contact c ON c.id = r.contact_id
    WHERE r.broadcast_id = ${id}`
}

/** On a terminal one line that changes; elsewhere a line for each change. Beside `--json` on standard error. */
function progressOn({ output, errors = process.stderr }: CommandContext, { json }: SendOptions) {
  const stream = json ? errors : output
  const terminal = (stream as Partial<NodeJS.WriteStream>).isTTY === true
  let before = ''
  return (report: Report): void => {
    const line = progressLine(report)
    if (line === before) return
    before = line
    stream.write(terminal ? `\r${line}${isEnd(report) ? '\n' : ''}` : `${line}\n`)
  }
}

const isEnd = ({ outcomes }: Report): boolean => outcomes.waiting === 0
