import type { Tx } from '../database/client.ts'
import type { Registration } from '../database/generated/client.ts'
import { enqueueNotice } from '../delivery/outbox.ts'
import { agreeToOffice, endWaitingOffice, type WaitingOffice } from '../people/waiting-office.ts'
import { activeStates } from '../registration/eligibility.ts'
import { confirmPending, refusePending } from '../registration/pending.ts'
import type { PlannedReminder } from '../reminders/plan.ts'
import { type Part, say } from '../texts.ts'
import type { Decider, Decision, Done, Outcome } from './decision.ts'
import { becomeOne, type RosterOffice, rosterOf, twinOf } from './roster-twins.ts'

// Registrations

const told = { person: true, asker: true }

async function registrationOf(tx: Tx, key: string) {
  return await tx.registration.findUnique({
    where: { number: `REG-${key}` },
    include: { person: true, replaces: true, position: { include: { cooperative: true } } },
  })
}

/** The persons and classes that a decision on a registration is about. */
export async function aboutRegistration(tx: Tx, key: string) {
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

/** Agrees to a pending registration, and to the office it waits for, or says no to both. */
export async function decideRegistration(
  tx: Tx,
  key: string,
  decision: Decision,
  by: Decider,
): Promise<Done> {
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
    ...(waits ? { office: twin ?? position } : {}),
    ...(twin ? { becameOneWith: twin.name, merged: person.id } : {}),
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

/** The persons and classes that a decision on an office is about. */
export async function aboutOffice(tx: Tx, key: string) {
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

/** Agrees to an office that waits, and to what was asked for with it, or says no. */
export async function decideOffice(tx: Tx, key: string, decision: Decision, by: Decider): Promise<Done> {
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
  const decided = {
    ...done,
    personId,
    office: twin ?? position,
    ...(twin ? { becameOneWith: twin.name, merged: person.id } : {}),
  }
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
  await becomeOne(tx, { personId: office.personId, positionId: office.id }, twin)
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
  return decision.agree || !decision.reason ? [] : [say('notice-reason', { reason: decision.reason })]
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
