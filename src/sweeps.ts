import { beginBroadcast, broadcastsToFeed, feed } from './broadcasts/run.ts'
import type { Config } from './config.ts'
import { endLapsed } from './conversation/end-lapsed.ts'
import { lapsedHandOvers } from './conversation/hand-over.ts'
import { lostStaffWords, tellLostWords } from './conversation/tell-staff.ts'
import { bulkLimits, type Database, type Tx, transaction } from './database/client.ts'
import { retain } from './privacy/retention.ts'
import { completeTraining, trainingsToComplete } from './registration/completion.ts'
import { overduePending, refusePending } from './registration/pending.ts'
import { tellLeftToStaff, unreachedRequests } from './registration/request.ts'
import { sweepOffers, trainingsToSweep } from './registration/waiting-list.ts'
import { tellOpened } from './registration/wave-interest.ts'
import { remindersBefore } from './reminders/fire.ts'
import type { PlannedReminder, ReminderRules } from './reminders/plan.ts'
import { type Clock, hour, later, minute } from './time.ts'

/** How often what has become too old is looked for, in ms. */
const retentionEvery = hour
/** In how many transactions one sweep deletes it, at most. */
const retentionBatches = 20

export type Sweeping = {
  db: Database
  rules: ReminderRules
  now: Date
  /** Hears of a class or registration that failed; the others are done all the same. */
  failed(error: unknown, of: string | number): void
}

type Sweep = (sweeping: Sweeping) => Promise<unknown>

/** Does what is due one by one, each in a transaction of its own. */
function each<Item extends string | number>(
  due: (sweeping: Sweeping) => Promise<Item[]>,
  work: (tx: Tx, item: Item, sweeping: Sweeping) => Promise<unknown>,
): Sweep {
  return async (sweeping) => {
    for (const item of await due(sweeping))
      await transaction(sweeping.db, (tx) => work(tx, item, sweeping)).catch((error: unknown) =>
        sweeping.failed(error, item),
      )
  }
}

/** What time brings about in the registrations. */
export const registrationSweeps: Sweep[] = [
  each(
    ({ db, rules, now }) => trainingsToSweep(db, rules.quietHours, now),
    (tx, code, { rules, now }) => sweepOffers(tx, code, rules, now),
  ),
  ({ db, rules, now }) => transaction(db, (tx) => tellOpened(tx, rules.quietHours, now)),
  each(
    ({ db, now }) => trainingsToComplete(db, now),
    (tx, code, { now }) => completeTraining(tx, code, now),
  ),
  each(
    ({ db }) => unreachedRequests(db),
    (tx, id, { rules, now }) => tellLeftToStaff(tx, id, rules.quietHours, now),
  ),
  each(
    ({ db, now }) => overduePending(db, now),
    (tx, id, { rules, now }) => refusePending(tx, id, { person: true, asker: true }, rules.quietHours, now),
  ),
  each(
    ({ db, now }) => lapsedHandOvers(db, now),
    (tx, id, { rules, now }) => endLapsed(tx, id, rules.quietHours, now),
  ),
  each(
    ({ db, now }) => lostStaffWords(db, now),
    (tx, id, { rules, now }) => tellLostWords(tx, id, rules.quietHours, now),
  ),
]

/** What time takes away, at most once an hour unless a run left something for the next sweep. */
export function createRetention(db: Database, config: Config, clock: Clock): () => Promise<void> {
  let done: Date | undefined
  return async () => {
    const now = clock.now()
    if (done && Math.abs(now.getTime() - done.getTime()) < retentionEvery) return
    for (let batch = 0; batch < retentionBatches; batch++) {
      if ((await transaction(db, (tx) => retain(tx, config.retentionDays, now))) > 0) continue
      done = now
      return
    }
  }
}

/** So many of a broadcast's messages wait in the outbox at most: what goes out in some seconds. */
const broadcastWindow = { least: 200, seconds: 10 }

/**
 * Begins broadcasts whose time has come, and writes the next messages of those that run. Any number of processes may do
 * so at once.
 */
export function createFeeding(
  db: Database,
  config: Config,
  channels: readonly string[],
  clock: Clock,
  failed: (error: unknown, of: number) => void,
): () => Promise<void> {
  const window = Math.max(
    broadcastWindow.least,
    Math.ceil((config.telegram?.perSecond ?? 0) * broadcastWindow.seconds),
  )
  const rules = { coverage: config.coverage, channels }
  return async () => {
    for (const { id, state } of await broadcastsToFeed(db, clock.now())) {
      const now = clock.now()
      const step =
        state === 'scheduled'
          ? transaction(db, (tx) => beginBroadcast(tx, id, rules, now), bulkLimits)
          : transaction(db, (tx) => feed(tx, id, { now, quiet: config.quietHours, window }))
      await step.catch((error: unknown) => failed(error, id))
    }
  }
}

/** How often lost jobs of reminders are added again, for how long ahead: a sweep stands behind them in any case. */
const jobsEvery = 5 * minute
const jobsAhead = hour

/** Adds the jobs of the reminders of the next hour, which a queue may have lost; those that are there stay as they are. */
export function createReminderJobs(
  db: Database,
  add: (planned: PlannedReminder[]) => Promise<void>,
  clock: Clock,
): () => Promise<void> {
  let done: Date | undefined
  return async () => {
    const now = clock.now()
    if (done && Math.abs(now.getTime() - done.getTime()) < jobsEvery) return
    for (let last: PlannedReminder | undefined; ; ) {
      const some = await remindersBefore(db, later(now, jobsAhead), last)
      if (some.length > 0) await add(some)
      last = some.at(-1)
      if (!last) break
    }
    done = now
  }
}
