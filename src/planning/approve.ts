import type { Tx } from '../database/client.ts'
import { lockImport, lockPersons, lockTrainings } from '../database/locks.ts'
import type { PlannedReminder } from '../reminders/plan.ts'
import { audit } from '../staff/audit.ts'
import { aboutOffice, aboutRegistration, decideOffice, decideRegistration } from './decide-waiting.ts'
import { aboutWish, decideWish, wishEntries } from './decide-wish.ts'
import type { Decided, Decider, Decision, Done } from './decision.ts'
import { othersInOffice } from './single-offices.ts'
import { type WaitingEntry, waitingEntries } from './waiting-entries.ts'

/** Nothing was changed; the message names the ids of which there is no entry. */
export class NoSuchEntry extends Error {}

type Source = {
  /** What stands after the dash of an id, if it is well formed. */
  key(written: string): string | undefined
  /** The persons and classes that a decision is about, for their locks; undefined when there is no such entry. */
  about(tx: Tx, key: string): Promise<{ persons: number[]; trainings: string[] } | undefined>
  decide(tx: Tx, key: string, decision: Decision, by: Decider): Promise<Done>
}

/** What there is to list. */
const lists: ((tx: Tx) => Promise<WaitingEntry[]>)[] = [waitingEntries, wishEntries]

/** What can wait for staff, by how its id begins. */
const sources: Record<string, Source> = {
  REG: {
    key: (written) => (/^[2-9A-HJKMNP-Z]{5}$/.test(written) ? written : undefined),
    about: aboutRegistration,
    decide: decideRegistration,
  },
  JAB: {
    key: (written) => (/^[1-9]\d{0,8}$/.test(written) ? written : undefined),
    about: aboutOffice,
    decide: decideOffice,
  },
  UBAH: {
    key: (written) => (/^[1-9]\d{0,8}$/.test(written) ? written : undefined),
    about: aboutWish,
    decide: decideWish,
  },
}

/** All that waits for staff, the longest waiting first. */
export async function listWaiting(tx: Tx): Promise<WaitingEntry[]> {
  const all: WaitingEntry[] = []
  for (const list of lists) all.push(...(await list(tx)))
  return all.sort((a, b) => a.since.getTime() - b.since.getTime() || (a.id < b.id ? -1 : 1))
}

/**
 * Agrees to what waits, or says no, all in one transaction, and tells those concerned. What was decided before stays
 * as it is. Returns the planned reminders for their jobs.
 * @param ids as the list shows them; the letters in any case, 'REG-' may be left out
 * @throws NoSuchEntry when an id is none
 */
export async function decideWaiting(
  tx: Tx,
  ids: string[],
  decision: Decision,
  by: Decider,
): Promise<{ decided: Decided[]; reminders: PlannedReminder[] }> {
  // Like an import, it looks for who is on the roster and writes accordingly.
  await lockImport(tx, 'officers')
  const found: { source: Source; key: string }[] = []
  const unknown: string[] = []
  const about = { persons: new Set<number>(), trainings: new Set<string>() }
  for (const id of new Set(ids.map(plainId))) {
    const read = readId(id)
    const concerns = read && (await read.source.about(tx, read.key))
    if (!read || !concerns) {
      unknown.push(id)
      continue
    }
    found.push(read)
    for (const person of concerns.persons) about.persons.add(person)
    for (const training of concerns.trainings) about.trainings.add(training)
  }
  if (unknown.length > 0) throw new NoSuchEntry(`nothing changed: there is no ${unknown.join(', ')}`)
  await lockPersons(tx, [...about.persons])
  await lockTrainings(tx, [...about.trainings])
  const decided: Decided[] = []
  const reminders: PlannedReminder[] = []
  for (const { source, key } of found) {
    const {
      office,
      personId,
      merged,
      reminders: planned,
      ...done
    } = await source.decide(tx, key, decision, by)
    const alsoHeldBy = office && (await othersInOffice(tx, personId, office))
    decided.push({ ...done, ...(alsoHeldBy ? { alsoHeldBy } : {}) })
    reminders.push(...planned)
    if (done.outcome.is !== 'decided') await auditDecision(tx, done, { personId, merged }, decision, by)
  }
  return { decided, reminders }
}

/** Without what people type around an id; control characters never reach a terminal. */
function plainId(id: string): string {
  return id
    .toUpperCase()
    .replace(/[^A-Z0-9-]/g, '')
    .slice(0, 20)
}

function readId(id: string): { source: Source; key: string } | undefined {
  const [, prefix = 'REG', written = ''] = /^(?:([A-Z]{3,4})-)?(.*)$/.exec(id) ?? []
  const source = sources[prefix]
  const key = source?.key(written)
  return source && key ? { source, key } : undefined
}

async function auditDecision(
  tx: Tx,
  { id, outcome }: Decided,
  { personId, merged }: Pick<Done, 'personId' | 'merged'>,
  decision: Decision,
  { actor, now }: Decider,
): Promise<void> {
  const stillThere = (await tx.person.count({ where: { id: personId } })) > 0
  await audit(
    tx,
    actor,
    {
      action: decision.agree ? 'approve.yes' : 'approve.no',
      subject: id,
      ...(stillThere ? { personId } : {}),
      details: {
        outcome: outcome.is,
        joined: merged !== undefined,
        ...(merged === undefined ? {} : { merged }),
        // Words about somebody of whom nothing is left would be left with nobody.
        ...(decision.agree || !decision.reason || !stillThere ? {} : { reason: decision.reason }),
      },
    },
    now,
  )
}
