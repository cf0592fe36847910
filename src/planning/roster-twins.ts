import type { Tx } from '../database/client.ts'
import type { PositionTitle, Role } from '../database/generated/enums.ts'
import { nameWords, sameName } from '../people/names.ts'
import { mergePersons } from './merge-persons.ts'

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
 * Makes a person who has never held an office one with a person of the roster, whose office takes the place of the one
 * that waits, also in what was registered with it. The caller holds the locks of both, and has ended active
 * registrations in a track in which the other has one.
 */
export async function becomeOne(
  tx: Tx,
  double: { personId: number; positionId: number },
  { personId, cooperativeId, role, title }: RosterOffice,
): Promise<void> {
  const office = { cooperativeId, role, title }
  await tx.registration.updateMany({ where: { positionId: double.positionId }, data: office })
  await tx.position.update({ where: { id: double.positionId }, data: office })
  await mergePersons(tx, {
    into: await tx.person.findUniqueOrThrow({ where: { id: personId } }),
    from: await tx.person.findUniqueOrThrow({ where: { id: double.personId } }),
  })
}
