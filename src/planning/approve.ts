import type { Tx } from '../database/client.ts'
import type { Registration } from '../database/generated/client.ts'
import type { RegistrationState } from '../database/generated/enums.ts'
import { lockImport, lockPersons, lockTrainings } from '../database/locks.ts'
import { enqueueNotice } from '../delivery/outbox.ts'
import { agreeToOffice, endWaitingOffice, type WaitingOffice } from '../people/waiting-office.ts'
import { activeStates, type Refusal } from '../registration/eligibility.ts'
import { confirmPending, refusePending } from '../registration/pending.ts'
import type { PlannedReminder, ReminderRules } from '../reminders/plan.ts'
import { audit } from '../staff/audit.ts'
import { type Part, say } from '../texts.ts'
import { becomeOne, type RosterOffice, rosterOf, twinOf } from './roster-twins.ts'
import { type WaitingEntry, waitingEntries } from './waiting-entries.ts'

/** What became of an entry. */
export type Outcome =
  /** The registration has its seat, or a place on the waiting list. */
  | { is: 'confirmed'; training: string }
  | { is: 'waitlisted'; training: string; place: number }
  /** A rule stands against the registration; the office is agreed to all the same. */
  | { is: 'against-a-rule'; training: string; rule: Refusal }
  /** An office without a registration is agreed to. */
  | { is: 'agreed' }
  | { is: 'refused' }
  /** It was decided before. */
  | { is: 'decided'; state: RegistrationState | 'agreed' | 'ended' }

export type Decided = {
  id: string
  name: string
  outcome: Outcome
  /** Whom of the roster the person turned out to be. */
  becameOneWith?: string
}

export type Decision = { agree: true } | { agree: false; reason?: string }

export type Decider = { actor: string; rules: ReminderRules; now: Date }

/** Nothing was changed; the message names the ids of which there is no entry. */
export class NoSuchEntry extends Error {}

type Source = {
  /** What stands after the dash of an id, if it is well formed. */
  key(written: string): string | undefined
  /** The persons and classes that a decision is about, for their locks; undefined when there is no such entry. */
  about(tx: Tx, key: string): Promise<{ persons: number[]; trainings: string[] } | undefined>
  decide(tx: Tx, key: string, decision: Decision, by: Decider): Promise<Done>
}

type Done = Decided & { personId: number; reminders: PlannedReminder[] }

/** What there is to list. */
const lists: ((tx: Tx) => Promise<WaitingEntry[]>)[] = [waitingEntries]

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
}

/** All that waits for staff, the longest waiting first. */
export async function listWaiting(tx: Tx): Promise<WaitingEntry[]> {
  const all: WaitingEntry[] = []
  for (const list of lists) all.push(...(await list(tx)))
  return all.sort((a, b) => a.since.getTime() - b.since.getTime())
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
    const { personId, reminders: planned, ...done } = await source.decide(tx, key, decision, by)
    decided.push(done)
    reminders.push(...planned)
    if (done.outcome.is !== 'decided') await auditDecision(tx, done, personId, decision, by)
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
  { id, outcome, becameOneWith }: Decided,
  personId: number,
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
        joined: becameOneWith !== undefined,
        ...(decision.agree || !decision.reason ? {} : { reason: decision.reason }),
      },
    },
    now,
  )
}

// Registrations

const told = { person: true, asker: true }

async function registrationOf(tx: Tx, key: string) {
  return await tx.registration.findUnique({
    where: { number: `REG-${key}` },
    include: { person: true, replaces: true, position: { include: { cooperative: true } } },
  })
}

async function aboutRegistration(tx: Tx, key: string) {
  const found = await registrationOf(tx, key)
  if (!found) return undefined
  const office = await aboutOffice(tx, String(found.positionId))
  return {
    persons: [
      found.personId,
      ...(found.replaces ? [found.replaces.personId] : []),
      ...(office?.persons ?? []),
    ],
    trainings: [found.trainingCode, ...(office?.trainings ?? [])],
  }
}

async function decideRegistration(tx: Tx, key: string, decision: Decision, by: Decider): Promise<Done> {
  const found = await registrationOf(tx, key)
  if (!found) throw new Error(`REG-${key} is gone`)
  const { position, person, ...registration } = found
  const { name } = person
  const done = { id: registration.number, name, personId: person.id, reminders: [] }
  if (registration.state !== 'pending')
    return { ...done, outcome: { is: 'decided', state: registration.state } }
  const waits = position.pending && position.until === null
  if (!decision.agree) {
    if (waits) await refuseOffice(tx, position, decision, by)
    else await refusePending(tx, registration.id, told, by.rules.quietHours, by.now, reasonOf(decision))
    return { ...done, outcome: { is: 'refused' } }
  }
  const twin = waits ? await settleOffice(tx, position, name, by) : undefined
  const { outcome, reminders } = await confirm(tx, registration, by)
  return {
    ...{ ...done, outcome, reminders, personId: twin?.personId ?? person.id },
    ...(twin ? { becameOneWith: twin.name } : {}),
  }
}

async function confirm(
  tx: Tx,
  { id, trainingCode: training }: Pick<Registration, 'id' | 'trainingCode'>,
  { rules, now }: Decider,
): Promise<{ outcome: Outcome; reminders: PlannedReminder[] }> {
  const result = await confirmPending(tx, id, told, rules, now)
  if ('confirmed' in result) return { outcome: { is: 'confirmed', training }, reminders: result.reminders }
  if ('waiting' in result)
    return { outcome: { is: 'waitlisted', training, place: result.place }, reminders: [] }
  // It has ended with the double: the person has a registration in that track.
  const rule = 'refused' in result ? result.refused : 'already-registered'
  return { outcome: { is: 'against-a-rule', training, rule }, reminders: [] }
}

// Offices

async function officeOf(tx: Tx, key: string) {
  return await tx.position.findUnique({
    where: { id: Number(key) },
    include: { cooperative: true, person: true },
  })
}

async function aboutOffice(tx: Tx, key: string) {
  const office = await officeOf(tx, key)
  if (!office) return undefined
  const twin = office.pending ? await twinIn(tx, office, office.person.name) : undefined
  const registrations = await tx.registration.findMany({
    where: { personId: office.personId, state: 'pending' },
    include: { replaces: true },
  })
  return {
    persons: [
      office.personId,
      ...(twin ? [twin.personId] : []),
      ...registrations.flatMap(({ replaces }) => replaces?.personId ?? []),
    ],
    trainings: registrations.map(({ trainingCode }) => trainingCode),
  }
}

async function decideOffice(tx: Tx, key: string, decision: Decision, by: Decider): Promise<Done> {
  const office = await officeOf(tx, key)
  if (!office) throw new Error(`JAB-${key} is gone`)
  const { person, ...position } = office
  const done = { id: `JAB-${key}`, name: person.name, personId: person.id, reminders: [] }
  if (!office.pending) return { ...done, outcome: { is: 'decided', state: 'agreed' } }
  if (office.until !== null) return { ...done, outcome: { is: 'decided', state: 'ended' } }
  if (!decision.agree) {
    await refuseOffice(tx, position, decision, by)
    return { ...done, outcome: { is: 'refused' } }
  }
  const waiting = await pendingOf(tx, office.id)
  const twin = await settleOffice(tx, position, person.name, by)
  const personId = twin?.personId ?? person.id
  const decided = { ...done, personId, ...(twin ? { becameOneWith: twin.name } : {}) }
  const [registration] = waiting
  if (registration) return { ...decided, ...(await confirm(tx, registration, by)) }
  await tellApproved(tx, personId, position, person.name, by)
  return { ...decided, outcome: { is: 'agreed' } }
}

async function pendingOf(tx: Tx, positionId: number): Promise<Registration[]> {
  return await tx.registration.findMany({
    where: { positionId, state: 'pending' },
    orderBy: { id: 'asc' },
  })
}

/** Only who has never held an office can be somebody else of the roster; whoever has is known by it. */
async function twinIn(
  tx: Tx,
  {
    personId,
    cooperativeId,
    role,
    title,
  }: Pick<WaitingOffice, 'personId' | 'cooperativeId' | 'role' | 'title'>,
  name: string,
): Promise<RosterOffice | undefined> {
  if ((await tx.position.count({ where: { personId, pending: false } })) > 0) return undefined
  return twinOf({ personId, cooperativeId, role, title, name }, await rosterOf(tx, [cooperativeId]))
}

/** Makes the office count, or its holder one with whom the roster has already; returns that one. */
async function settleOffice(
  tx: Tx,
  office: WaitingOffice,
  name: string,
  by: Decider,
): Promise<RosterOffice | undefined> {
  const twin = await twinIn(tx, office, name)
  if (!twin) {
    await agreeToOffice(tx, office.id)
    return undefined
  }
  await endDoubled(tx, office.personId, twin.personId, by)
  await becomeOne(tx, office.personId, twin)
  return twin
}

/** One registration a track and person: those of the double in a track in which the other has one end. */
async function endDoubled(
  tx: Tx,
  doubleId: number,
  personId: number,
  { rules, now }: Decider,
): Promise<void> {
  const held = await tx.registration.findMany({ where: { personId, state: { in: activeStates } } })
  const doubled = await tx.registration.findMany({
    where: { personId: doubleId, state: 'pending', track: { in: held.map(({ track }) => track) } },
    orderBy: { id: 'asc' },
  })
  for (const { id, track } of doubled) {
    const own = held.find((each) => each.track === track)
    const why = [say('already-as-officer', { number: own?.number ?? '', code: own?.trainingCode ?? '' })]
    await refusePending(tx, id, told, rules.quietHours, now, why)
  }
}

async function refuseOffice(
  tx: Tx,
  office: WaitingOffice,
  decision: Decision,
  { rules, now }: Decider,
): Promise<void> {
  const why = [...reasonOf(decision), say('office-what-then')]
  const waiting = await pendingOf(tx, office.id)
  for (const { id } of waiting) await refusePending(tx, id, told, rules.quietHours, now, why)
  if (waiting.length === 0) {
    const { name } = await tx.person.findUniqueOrThrow({ where: { id: office.personId } })
    await tell(tx, office.personId, 'office-refused', office, name, why, { rules, now })
  }
  await endWaitingOffice(tx, office, now)
}

function reasonOf(decision: Decision): Part[] {
  return decision.agree || !decision.reason ? [] : [say('office-reason', { reason: decision.reason })]
}

async function tellApproved(
  tx: Tx,
  personId: number,
  office: WaitingOffice,
  name: string,
  by: Decider,
): Promise<void> {
  await tell(tx, personId, 'office-approved', office, name, [], by)
}

async function tell(
  tx: Tx,
  personId: number,
  key: 'office-approved' | 'office-refused',
  { id, title, cooperative }: WaitingOffice,
  name: string,
  more: Part[],
  { rules, now }: Pick<Decider, 'rules' | 'now'>,
): Promise<void> {
  const register = { label: say('choice-register'), value: { asks: 'register' } }
  await enqueueNotice(
    tx,
    {
      personId,
      content: {
        parts: [say(key, { name, title, cooperative: cooperative.name }), ...more],
        ...(key === 'office-approved' ? { choices: [register] } : {}),
      },
      dedupeKey: `${key}/${id}`,
    },
    now,
    rules.quietHours,
  )
}
