import type { Tx } from '../database/client.ts'
import { ownerLockSpace } from '../database/notify.ts'
import { wrongCounters } from '../registration/seats.ts'
import { hour, later, minute } from '../time.ts'

/**
 * What a check has found. Neither `detail` nor `mend` names a person or a number; both are for the operator. A `note`
 * is worth knowing and no fault.
 */
export type Finding = { check: string; state: 'ok' | 'wrong' | 'note'; detail: string; mend?: string }

/** What is due is done within seconds; after this, something does not work. */
const patience = 10 * minute
/** After its last session a class has so long for its outcome: lists on paper come later. */
const outcomeWithin = 24 * hour
/** What went wrong longer ago than this, staff have seen or never will. */
const recent = 7 * 24 * hour
const startIt = 'start the service (npm start); if it runs, its log says why'

/** A check of the data; reads only. */
type DataCheck = (tx: Tx, now: Date, channels: readonly string[]) => Promise<Finding>

/**
 * Checks what must always hold, and whether everything due is done.
 * @param channels those that a service of these settings hosts
 */
export async function checkData(tx: Tx, now: Date, channels: readonly string[]): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const check of dataChecks) findings.push(await check(tx, now, channels))
  return findings
}

/** How many processes of the service are connected to this database. */
export async function runningProcesses(tx: Tx): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pg_locks
    WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND classid::bigint = ${ownerLockSpace}
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
  return row?.count ?? 0
}

const counters: DataCheck = async (tx) => {
  const wrong = await wrongCounters(tx)
  return finding('counters', wrong.length, {
    ok: 'the seats counted are those of the registrations',
    wrong: `the seats counted differ from the registrations in ${codes(wrong)}`,
    mend: `stop the service and run in psql: UPDATE training t SET taken = (SELECT count(*) FROM registration r WHERE r.training_code = t.code AND r.state IN ('confirmed', 'completed', 'partial', 'absent')), offered = (SELECT count(*) FROM registration r WHERE r.training_code = t.code AND r.state = 'offered')`,
  })
}

const capacity: DataCheck = async (tx) => {
  const over = await tx.$queryRaw<{ code: string }[]>`
    SELECT t.code FROM training t JOIN registration r ON r.training_code = t.code
      AND r.state IN ('confirmed', 'completed', 'partial', 'absent', 'offered')
    GROUP BY t.code HAVING count(*) > t.capacity ORDER BY t.code`
  return finding('capacity', over.length, {
    ok: 'no class has more seats taken and offered than it has',
    wrong: `more seats are taken and offered than there are in ${codes(over)}`,
    mend: 'raise the capacity (import programme), or cancel registrations of these classes',
  })
}

const doubles: DataCheck = async (tx) => {
  const count = await counted(
    tx.$queryRaw`
      SELECT count(*)::int AS count FROM (
        SELECT FROM registration WHERE state IN ('pending', 'waitlisted', 'offered', 'confirmed')
        GROUP BY person_id, track HAVING count(*) > 1) AS twice`,
  )
  return finding('doubles', count, {
    ok: 'nobody has two places in a track',
    wrong: `${persons(count)} with two places in a track`,
    mend: 'see them in `export registrations` and cancel one of each; the unique key registration_active is missing, so apply the migrations to a restored backup',
  })
}

const waitingList: DataCheck = async (tx) => {
  const count = await counted(
    tx.$queryRaw`
      SELECT count(*)::int AS count FROM (
        SELECT waiting_number, count(*) OVER (PARTITION BY training_code, waiting_number) AS alike
        FROM registration WHERE state IN ('waitlisted', 'offered')) AS waiting
      WHERE waiting_number IS NULL OR alike > 1`,
  )
  return finding('waiting list', count, {
    ok: 'everybody who waits has a place of their own',
    wrong: `${persons(count)} waiting without a place of their own`,
    mend: 'let them leave the list and join it again; constraints of the database are missing, so apply the migrations to a restored backup',
  })
}

const offers: DataCheck = async (tx, now) => {
  const count = await tx.registration.count({
    where: { state: 'offered', offeredUntil: { lt: later(now, -patience) } },
  })
  return finding('offers', count, {
    ok: 'no offered seat is past its end',
    wrong: `${things(count, 'offered seat')} past the end`,
    mend: startIt,
  })
}

const outcomes: DataCheck = async (tx, now) => {
  const open = await tx.$queryRaw<{ code: string }[]>`
    SELECT t.code FROM training t
    WHERE NOT t.sample AND EXISTS (
        SELECT FROM registration r WHERE r.training_code = t.code AND r.state = 'confirmed')
      AND EXISTS (SELECT FROM session s WHERE s.training_code = t.code AND s.cancelled_at IS NULL)
      AND (SELECT max(s.ends) FROM session s WHERE s.training_code = t.code) < ${later(now, -outcomeWithin)}
    ORDER BY t.code`
  return finding('outcomes', open.length, {
    ok: 'every class that is over has its outcome',
    wrong: `${codes(open)} ended more than a day ago, and registrations are still confirmed`,
    mend: 'bring in the attendance (import attendance), then start the service, which settles the outcome',
  })
}

const dates: DataCheck = async (tx) => {
  const without = await tx.$queryRaw<{ code: string; calledOff: boolean }[]>`
    SELECT t.code, EXISTS (SELECT FROM session s WHERE s.training_code = t.code) AS "calledOff" FROM training t
    WHERE EXISTS (SELECT FROM registration r WHERE r.training_code = t.code AND r.state = 'confirmed')
      AND NOT EXISTS (SELECT FROM session s WHERE s.training_code = t.code AND s.cancelled_at IS NULL)
    ORDER BY t.code`
  if (without.length === 0)
    return { check: 'dates', state: 'ok', detail: 'every class with registrations has a date' }
  const detail = `people are registered in ${codes(without)}, which has no session that is not cancelled`
  const mends = [
    ...(without.some(({ calledOff }) => calledOff)
      ? [
          'hold a cancelled session after all (session move CODE/ID --to …), or give it one of a new id (import programme)',
        ]
      : []),
    ...(without.some(({ calledOff }) => !calledOff) ? ['give it a session (import programme)'] : []),
  ]
  return { check: 'dates', state: 'note', detail, mend: mends.join('; where it has none at all, ') }
}

const outgoing: DataCheck = async (tx, now, channels) => {
  const due = later(now, -patience)
  const hosted = { in: [...channels] }
  const stuck = await tx.outgoingMessage.count({
    where: {
      channel: hosted,
      OR: [
        { state: 'queued', dueAt: { lt: due }, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
        { state: 'sending', leaseUntil: { lt: due } },
      ],
    },
  })
  return finding('outgoing', stuck, {
    ok: 'everything due is sent',
    wrong: `${things(stuck, 'message')} due for over 10 minutes and not sent`,
    mend: `${startIt}; see also channels below`,
  })
}

/** The other channels' messages wait for good. */
const unhosted: DataCheck = async (tx, now, channels) => {
  const count = await tx.outgoingMessage.count({
    where: {
      // The terminal is there only while somebody chats in it.
      channel: { notIn: [...channels, 'terminal', 'simulator'] },
      ...{ state: 'queued', dueAt: { lt: later(now, -patience) } },
    },
  })
  return finding('other channels', count, {
    ok: 'no message waits for a channel that is not set up',
    wrong: `${things(count, 'message')} waiting for a channel that is not set up`,
    mend: 'set it up again, such as TELEGRAM_TOKEN for Telegram',
  })
}

/** A broadcast's that was sent once more since is no longer one of them. */
const uncertain: DataCheck = async (tx, now) => {
  const rows = await tx.$queryRaw<{ contactId: number; broadcastId: number | null }[]>`
    SELECT o.contact_id AS "contactId", o.broadcast_id AS "broadcastId" FROM outgoing_message o
    WHERE o.state = 'uncertain' AND o.due_at > ${later(now, -recent)} AND (o.broadcast_id IS NULL
      OR EXISTS (SELECT FROM broadcast_recipient r WHERE r.outgoing_id = o.id)) ORDER BY o.id`
  const broadcasts = rows.flatMap(({ broadcastId }) => broadcastId ?? [])
  const contacts = rows.flatMap(({ contactId, broadcastId }) => (broadcastId === null ? contactId : []))
  const mends = [
    ...(broadcasts.length > 0
      ? [`look at broadcast ${numbers(broadcasts)} (broadcast report ID, broadcast resend ID)`]
      : []),
    ...(contacts.length > 0
      ? [`ask in conversation ${numbers(contacts)} (conversation show ID, conversation reply ID)`]
      : []),
  ]
  return finding('uncertain', rows.length, {
    ok: 'of every message sent in the last 7 days the outcome is known',
    wrong: `${things(rows.length, 'message')} of the last 7 days may or may not have gone out`,
    mend: `${mends.join('; ')}; the log names the rows`,
  })
}

const incoming: DataCheck = async (tx, now) => {
  const [waiting, failed] = [
    await tx.incomingMessage.count({
      where: { state: 'stored', receivedAt: { lt: later(now, -patience) } },
    }),
    await tx.incomingMessage.count({
      where: { state: 'failed', receivedAt: { gt: later(now, -recent) } },
    }),
  ]
  const parts = [
    ...(waiting > 0 ? [`${things(waiting, 'message')} not answered for over 10 minutes`] : []),
    ...(failed > 0 ? [`${things(failed, 'message')} of the last 7 days whose answer failed for good`] : []),
  ]
  return finding('incoming', waiting + failed, {
    ok: 'every message is answered',
    wrong: parts.join(', and '),
    mend: `${startIt}; whose answer failed, staff must answer`,
  })
}

const reminders: DataCheck = async (tx, now) => {
  const count = await tx.reminder.count({
    where: { state: 'planned', dueAt: { lt: later(now, -patience) } },
  })
  return finding('reminders', count, {
    ok: 'no reminder is overdue',
    wrong: `${things(count, 'reminder')} overdue`,
    mend: startIt,
  })
}

const dataChecks: DataCheck[] = [
  ...[counters, capacity, doubles, waitingList, offers, outcomes, dates],
  ...[incoming, outgoing, unhosted, uncertain, reminders],
]

function finding(check: string, faults: number, said: { ok: string; wrong: string; mend: string }): Finding {
  if (faults === 0) return { check, state: 'ok', detail: said.ok }
  return { check, state: 'wrong', detail: said.wrong, mend: said.mend }
}

async function counted(query: PromiseLike<unknown>): Promise<number> {
  const [row] = (await query) as { count: number }[]
  return row?.count ?? 0
}

const numbers = (ids: number[]): string => codes([...new Set(ids)].map((id) => ({ code: String(id) })))

/** More than this are not named. */
const mostCodes = 10

function codes(rows: { code: string }[]): string {
  const named = rows.slice(0, mostCodes).map(({ code }) => code)
  const more = rows.length > mostCodes ? ` and ${rows.length - mostCodes} more` : ''
  return named.join(', ') + more
}

const persons = (count: number): string => (count === 1 ? '1 person' : `${count} persons`)
const things = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`
