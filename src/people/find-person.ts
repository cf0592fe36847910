import type { Tx } from '../database/client.ts'
import type { PositionTitle } from '../database/generated/enums.ts'
import { parsePhone } from '../phone.ts'
import { nameWords, spellingsOf } from './names.ts'

/** A person as a list of candidates shows them. */
export type Candidate = {
  id: number
  name: string
  sample: boolean
  phones: string[]
  /** Held now. */
  offices: { title: PositionTitle; cooperative: string }[]
}

/** Longest list of candidates. */
export const mostCandidates = 20
/** Of so many whose names hold the words it is looked whether one bears just that name. */
const mostCompared = 500
/** Ids have so few digits that no phone number is one. */
const idPattern = /^[1-9]\d{0,7}$/

/**
 * Whom staff mean by an id, a phone number in any usual spelling, or a name. One is the person; none, nobody; of
 * several the first 20. Who bears a name exactly, titles left aside, comes before those who have more names beside it.
 */
export async function findPersons(tx: Tx, who: string): Promise<Candidate[]> {
  const text = who.trim()
  if (idPattern.test(text)) return await candidates(tx, [Number(text)])
  const phone = parsePhone(text)
  if (phone) {
    const holders = await tx.personPhone.findMany({ where: { phone }, take: mostCandidates })
    return await candidates(
      tx,
      holders.map(({ personId }) => personId),
    )
  }
  const words = nameWords(text)
  if (words.length === 0) return []
  const named = await tx.person.findMany({
    where: {
      AND: words.map((word) => ({
        OR: spellingsOf(word).map((way) => ({ name: { contains: way, mode: 'insensitive' as const } })),
      })),
    },
    select: { id: true, name: true },
    orderBy: { id: 'asc' },
    take: mostCompared,
  })
  // Of more than are compared nobody knows whether one alone bears the name.
  const exact =
    named.length === mostCompared
      ? []
      : named.filter(({ name }) => nameWords(name).join(' ') === words.join(' '))
  const found = exact.length > 0 ? exact : named
  return await candidates(
    tx,
    found.slice(0, mostCandidates).map(({ id }) => id),
  )
}

async function candidates(tx: Tx, ids: number[]): Promise<Candidate[]> {
  const persons = await tx.person.findMany({
    where: { id: { in: ids } },
    include: {
      phones: { orderBy: { phone: 'asc' } },
      positions: { where: { until: null }, include: { cooperative: true }, orderBy: { id: 'asc' } },
    },
    orderBy: { id: 'asc' },
  })
  return persons.map(({ id, name, sample, phones, positions }) => ({
    ...{ id, name, sample, phones: phones.map(({ phone }) => phone) },
    offices: positions.map(({ title, cooperative }) => ({ title, cooperative: cooperative.name })),
  }))
}
