import type { Tx } from '../database/client.ts'
import type { Cooperative, Position } from '../database/generated/client.ts'
import type { PositionTitle, Role } from '../database/generated/enums.ts'
import { lockPersons } from '../database/locks.ts'
import { cooperativeOfArea } from './cooperatives.ts'

/** What somebody whose number is on no roster says about themself. */
export type Introduction = { name: string; areaCode: string; role: Role; title: PositionTitle }

export type WaitingOffice = Position & { cooperative: Cooperative }

/** The office that a person says they hold and to which staff have not agreed yet. */
export async function waitingOffice(tx: Tx, personId: number): Promise<WaitingOffice | undefined> {
  const found = await tx.position.findFirst({
    where: { personId, pending: true, until: null },
    include: { cooperative: true },
    orderBy: { id: 'desc' },
  })
  return found ?? undefined
}

/**
 * Stores what the holder of a number, who agreed to that, says about themself: a person with an office that waits
 * for staff. Said again, it takes the place of what was said before, also in a registration that waits. The office
 * gives no right to anything of others: a person of the roster is never touched by it. Returns the person's id.
 */
export async function introduce(
  tx: Tx,
  phone: string,
  { name, areaCode, role, title }: Introduction,
  now: Date,
): Promise<number> {
  // A new row meets the lock of an import, which comes before that of a person.
  const cooperative = await cooperativeOfArea(tx, areaCode)
  const known = await ownPerson(tx, phone, name)
  if (known !== undefined) await lockPersons(tx, [known])
  const office = { cooperativeId: cooperative.id, role, title }
  const consent = { consentedAt: now, consentRefusedAt: null }
  if (known === undefined) {
    const { id } = await tx.person.create({
      data: {
        ...{ name, createdAt: now, ...consent, phones: { create: { phone } } },
        positions: { create: { ...office, pending: true, from: now } },
      },
    })
    return id
  }
  await tx.person.update({ where: { id: known }, data: { name, ...consent } })
  const before = await waitingOffice(tx, known)
  if (before) {
    await tx.position.update({ where: { id: before.id }, data: office })
    await tx.registration.updateMany({ where: { positionId: before.id, state: 'pending' }, data: office })
  } else await tx.position.create({ data: { ...office, personId: known, pending: true, from: now } })
  return known
}

/**
 * The person who introduced themself from this number before, or who has left an office and has this very name. A
 * number has one such person at a time.
 */
async function ownPerson(tx: Tx, phone: string, name: string): Promise<number | undefined> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    SELECT p.id FROM person p JOIN person_phone n ON n.person_id = p.id
    WHERE n.phone = ${phone}
      AND NOT EXISTS (SELECT FROM position o WHERE o.person_id = p.id AND NOT o.pending AND o.until IS NULL)
      AND (lower(p.name) = lower(${name})
        OR NOT EXISTS (SELECT FROM position o WHERE o.person_id = p.id AND NOT o.pending))
    ORDER BY lower(p.name) = lower(${name}) DESC, p.id LIMIT 1`
  return rows[0]?.id
}

/** Staff agree: the office counts from now on. */
export async function agreeToOffice(tx: Tx, positionId: number): Promise<void> {
  await tx.position.update({ where: { id: positionId }, data: { pending: false } })
}

/** The office is not to be had, or not wanted any more; the person goes with it if nothing else hangs on them. */
export async function endWaitingOffice(
  tx: Tx,
  { id, personId }: Pick<Position, 'id' | 'personId'>,
  now: Date,
): Promise<void> {
  await lockPersons(tx, [personId])
  await tx.$executeRaw`
    UPDATE position SET until = greatest("from", ${now}) WHERE id = ${id} AND pending AND until IS NULL`
  await tx.$executeRaw`
    DELETE FROM person p WHERE p.id = ${personId}
      AND NOT EXISTS (SELECT FROM position o WHERE o.person_id = p.id AND (NOT o.pending OR o.until IS NULL))
      AND NOT EXISTS (SELECT FROM registration r WHERE r.person_id = p.id OR r.requested_by_id = p.id)
      AND NOT EXISTS (SELECT FROM profile_request q WHERE q.person_id = p.id)
      AND NOT EXISTS (SELECT FROM stored_file f WHERE f.person_id = p.id)`
}

/**
 * Who waits takes back what they said of themself, after the registrations for which they waited have been cancelled:
 * these never held a seat and go too. Returns whether anything is still stored of the person, such as what staff
 * have decided before.
 */
export async function takeBackIntroduction(
  tx: Tx,
  office: Pick<Position, 'id' | 'personId'>,
  now: Date,
): Promise<{ personStays: boolean }> {
  const { id: positionId, personId } = office
  await lockPersons(tx, [personId])
  await tx.registration.deleteMany({
    where: { positionId, personId, state: 'cancelled', position: { pending: true } },
  })
  await endWaitingOffice(tx, office, now)
  return { personStays: (await tx.person.count({ where: { id: personId } })) > 0 }
}
