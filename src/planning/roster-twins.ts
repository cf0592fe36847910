import type { Tx } from '../database/client.ts'
import type { PositionTitle, Role } from '../database/generated/enums.ts'
import { nameWords, sameName } from '../people/names.ts'

/** An office of the roster and who holds it. */
export type RosterOffice = {
  positionId: number
  personId: number
  cooperativeId: number
  role: Role
  title: PositionTitle
  name: string
  phones: string[]
}

/** What somebody says who waits for staff. */
export type Claim = Pick<RosterOffice, 'personId' | 'cooperativeId' | 'role' | 'title' | 'name'>

/** All offices that are held now in these cooperatives and that staff have agreed to. */
export async function rosterOf(tx: Tx, cooperativeIds: number[]): Promise<RosterOffice[]> {
  return await tx.$queryRaw<RosterOffice[]>`
    SELECT o.id AS "positionId", o.person_id AS "personId", o.cooperative_id AS "cooperativeId", o.role, o.title, p.name,
      ARRAY(SELECT phone FROM person_phone n WHERE n.person_id = p.id ORDER BY phone) AS phones
    FROM position o JOIN person p ON p.id = o.person_id
    WHERE o.cooperative_id = ANY(${cooperativeIds}) AND o.until IS NULL AND NOT o.pending
    ORDER BY o.id`
}

/** Who of the roster this is by its rules: of the same cooperative and role, and of a name that is alike. */
export function twinOf(claim: Claim, roster: RosterOffice[]): RosterOffice | undefined {
  const words = nameWords(claim.name)
  const alike = roster.filter(
    ({ personId, cooperativeId, role, name }) =>
      personId !== claim.personId &&
      cooperativeId === claim.cooperativeId &&
      role === claim.role &&
      sameName(nameWords(name), words),
  )
  return alike.find(({ title }) => title === claim.title) ?? alike[0]
}

/** Who else of the cooperative stands on the roster under that name, in another role. */
export function namesakeOf(claim: Claim, roster: RosterOffice[]): RosterOffice | undefined {
  const words = nameWords(claim.name)
  return roster.find(
    ({ personId, cooperativeId, name }) =>
      personId !== claim.personId &&
      cooperativeId === claim.cooperativeId &&
      sameName(nameWords(name), words),
  )
}

/** Who else holds the office that is claimed, of which a cooperative has one. */
export function holderOf(claim: Claim, roster: RosterOffice[]): RosterOffice | undefined {
  if (claim.title === 'anggota_pengawas') return undefined
  return roster.find(
    ({ personId, cooperativeId, title }) =>
      personId !== claim.personId && cooperativeId === claim.cooperativeId && title === claim.title,
  )
}

/**
 * Makes a person who has never held an office one with a person of the roster: numbers, registrations and all else
 * goes to that one, and the double is gone. Consent too: it was given by the same human. The caller holds the locks of both,
 * and has ended active registrations in a track in which the other has one.
 */
export async function becomeOne(tx: Tx, doubleId: number, roster: RosterOffice): Promise<void> {
  const { personId, positionId, cooperativeId, role, title } = roster
  const office = { personId, positionId, cooperativeId, role, title }
  await tx.registration.updateMany({ where: { personId: doubleId }, data: office })
  await tx.registration.updateMany({
    where: { requestedById: doubleId },
    data: { requestedById: personId },
  })
  await tx.$executeRaw`
    INSERT INTO person_phone (person_id, phone) SELECT ${personId}, phone FROM person_phone WHERE person_id = ${doubleId}
    ON CONFLICT DO NOTHING`
  await tx.$executeRaw`
    INSERT INTO wave_interest (person_id, wave_number, created_at, told_at)
    SELECT ${personId}, wave_number, created_at, told_at FROM wave_interest WHERE person_id = ${doubleId}
    ON CONFLICT DO NOTHING`
  await tx.$executeRaw`
    UPDATE profile_request q SET person_id = ${personId} WHERE q.person_id = ${doubleId} AND NOT EXISTS (
      SELECT FROM profile_request o WHERE o.person_id = ${personId} AND o.field = q.field AND o.state = 'waiting')`
  await tx.storedFile.updateMany({ where: { personId: doubleId }, data: { personId } })
  await tx.auditEntry.updateMany({ where: { personId: doubleId }, data: { personId } })
  await tx.$executeRaw`
    UPDATE person p SET consented_at = d.consented_at, consent_refused_at = NULL FROM person d
    WHERE p.id = ${personId} AND d.id = ${doubleId} AND p.consented_at IS NULL AND d.consented_at IS NOT NULL`
  await tx.person.delete({ where: { id: doubleId } })
}
