import type { Tx } from '../database/client.ts'
import type { Position, Registration } from '../database/generated/client.ts'
import { confirmPending } from '../registration/pending.ts'
import type { PlannedReminder, ReminderRules } from '../reminders/plan.ts'
import type { StoredPerson } from './match-officers.ts'
import type { StoredCooperative } from './plan-officers.ts'
import type { RosterRow } from './roster-file.ts'

/** Somebody who waits for staff and holds no office, and of which cooperative they say they are. */
type Waiting = { id: number; name: string; phones: string[]; areaCode: string }

export type WaitingPersons = { byId: Map<number, Waiting>; byPhone: Map<string, Waiting[]> }

/** All who wait for staff and hold no office. */
export async function waitingPersons(tx: Tx): Promise<WaitingPersons> {
  const rows = await tx.$queryRaw<Waiting[]>`
    SELECT p.id, p.name, c.area_code AS "areaCode",
      ARRAY(SELECT phone FROM person_phone n WHERE n.person_id = p.id ORDER BY phone) AS phones
    FROM position o JOIN person p ON p.id = o.person_id JOIN cooperative c ON c.id = o.cooperative_id
    WHERE o.pending AND o.until IS NULL
      AND NOT EXISTS (SELECT FROM position x WHERE x.person_id = p.id AND NOT x.pending AND x.until IS NULL)
    ORDER BY o.id`
  const byPhone = new Map<string, Waiting[]>()
  for (const row of rows)
    for (const phone of row.phones) byPhone.set(phone, [...(byPhone.get(phone) ?? []), row])
  return { byId: new Map(rows.map((row) => [row.id, row])), byPhone }
}

/**
 * A cooperative's persons with those who wait marked, and last, so that no row takes one of them for somebody who
 * holds an office; and with those whose number the rows name, though they said they were of another cooperative.
 */
export function withWaiting(
  areaCode: string,
  rows: RosterRow[],
  stored: StoredCooperative | undefined,
  { byId, byPhone }: WaitingPersons,
): StoredCooperative | undefined {
  const persons = (stored?.persons ?? []).map((person): StoredPerson => {
    const waits = byId.get(person.id)
    return waits ? { ...person, waits: waits.areaCode === areaCode ? 'here' : 'elsewhere' } : person
  })
  const here = new Set(persons.map(({ id }) => id))
  const numbers = new Set(rows.flatMap(({ phones }) => phones))
  const elsewhere = new Map(
    [...numbers]
      .flatMap((phone) => byPhone.get(phone) ?? [])
      .filter(({ id }) => !here.has(id))
      .map(({ id, name, phones }): [number, StoredPerson] => [
        id,
        { id, name, phones, positions: [], waits: 'elsewhere' },
      ]),
  )
  const all = [...persons.filter(({ waits }) => !waits), ...persons.filter(({ waits }) => waits)]
  if (!stored && elsewhere.size === 0) return undefined
  return { id: stored?.id, name: stored?.name, persons: [...all, ...elsewhere.values()] }
}

type Pending = Registration & { replaces: { personId: number } | null }

/** Registrations of these persons that wait because their office does. */
export async function pendingOf(tx: Tx, personIds: number[]): Promise<Pending[]> {
  const found = await tx.$queryRaw<{ id: number }[]>`
    SELECT r.id FROM registration r JOIN position o ON o.id = r.position_id
    WHERE r.person_id = ANY(${personIds}) AND r.state = 'pending' AND o.pending AND o.until IS NULL`
  return await tx.registration.findMany({
    where: { id: { in: found.map(({ id }) => id) } },
    include: { replaces: { select: { personId: true } } },
    orderBy: { id: 'asc' },
  })
}

/**
 * Of those who waited and whose office a roster has confirmed: an office that they claimed and that it does not name ends, their
 * registrations go on with the one that it names, and get their seat. The caller holds all locks.
 */
export async function confirmAgreed(
  tx: Tx,
  waited: number[],
  pending: Pending[],
  rules: ReminderRules,
  now: Date,
): Promise<PlannedReminder[]> {
  const claimed = await tx.position.findMany({
    where: {
      personId: { in: waited },
      ...{ pending: true, until: null, person: { positions: { some: { pending: false, until: null } } } },
    },
    include: { person: { include: { positions: { where: { pending: false, until: null } } } } },
  })
  for (const { person, ...claim } of claimed) {
    const office = nearestTo(claim, person.positions)
    if (!office) continue
    const { id: positionId, cooperativeId, role, title } = office
    await tx.registration.updateMany({
      where: { positionId: claim.id, state: 'pending' },
      data: { positionId, cooperativeId, role, title },
    })
    await tx.$executeRaw`UPDATE position SET until = greatest("from", ${now}) WHERE id = ${claim.id}`
  }
  const reminders: PlannedReminder[] = []
  for (const { id } of pending) {
    const { position } = await tx.registration.findUniqueOrThrow({
      where: { id },
      include: { position: true },
    })
    if (position.pending) continue
    const confirmed = await confirmPending(tx, id, { person: true, asker: true }, rules, now)
    if ('confirmed' in confirmed) reminders.push(...confirmed.reminders)
  }
  return reminders
}

function nearestTo(claim: Position, held: Position[]): Position | undefined {
  const here = held.filter(({ cooperativeId }) => cooperativeId === claim.cooperativeId)
  return (
    here.find(({ role }) => role === claim.role) ??
    here[0] ??
    held.find(({ role }) => role === claim.role) ??
    held[0]
  )
}
