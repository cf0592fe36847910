import type { QuietHours } from '../config.ts'
import type { Prisma, Tx } from '../database/client.ts'
import { nextAllowed } from '../delivery/quiet-hours.ts'
import type { Part } from '../texts.ts'
import { type BroadcastRules, firstAddressed, meantSql, type Reach, reachOf, waveOf } from './reach.ts'
import { checkText, fillIn } from './text.ts'

/** What staff want to send. */
export type Wanted = {
  text: string
  /** An expression of audience.ts. */
  audience: string
  /** Not before this instant. */
  at?: Date
  /** The wave that it announces: its classes stand below it as buttons. */
  announces?: number
}

export type BroadcastPlan = {
  wanted: Wanted
  /** As it is stored. */
  text: string
  /** What {gelombang} stands for. */
  wave: number | undefined
  /** When it begins: after its time and the quiet hours. */
  dueAt: Date
  reach: Reach
  /** The text as the first recipients will read it. */
  samples: Part[][]
}

/** Of so many messages a preview shows the text. */
const sampleCount = 3

/**
 * Who would get it and how it would read; changes nothing. Who is meant is judged at the instant at which it begins.
 * @throws AudienceFault, TextFault
 */
export async function planBroadcast(
  tx: Tx,
  wanted: Wanted,
  rules: BroadcastRules,
  now: Date,
  quiet: QuietHours,
): Promise<BroadcastPlan> {
  const dueAt = dueOf(wanted.at, now, quiet)
  const meant = await meantOf(tx, wanted, rules, dueAt)
  const wave = wanted.announces ?? (await waveOf(tx, wanted.audience))
  const text = checkText(wanted.text, wave)
  const samples = (await firstAddressed(tx, meant, sampleCount)).map((persons) => fillIn(text, persons, wave))
  return { wanted, text, wave, dueAt, reach: await reachOf(tx, meant), samples }
}

/** The query of whom a plan means, for the list of those to call. */
export async function meantOf(
  tx: Tx,
  wanted: Wanted,
  rules: BroadcastRules,
  dueAt: Date,
): Promise<Prisma.Sql> {
  return await meantSql(tx, wanted.audience, rules, dueAt)
}

function dueOf(at: Date | undefined, now: Date, quiet: QuietHours): Date {
  return nextAllowed(at && at > now ? at : now, quiet)
}
