import type { Tx } from '../database/client.ts'
import type { Position } from '../database/generated/client.ts'
import type { PositionTitle } from '../database/generated/enums.ts'
import type { Decided } from './decision.ts'

/** Offices that a cooperative has once. */
const single: ReadonlySet<PositionTitle> = new Set(['ketua', 'sekretaris', 'bendahara', 'manajer'])

/** Who else holds an office now that a cooperative has once; undefined when nobody does, or it may have several. */
export async function othersInOffice(
  tx: Tx,
  personId: number,
  { cooperativeId, title }: Pick<Position, 'cooperativeId' | 'title'>,
): Promise<Decided['alsoHeldBy']> {
  if (!single.has(title)) return undefined
  const held = await tx.position.findMany({
    where: { cooperativeId, title, until: null, pending: false, NOT: { personId } },
    include: { person: true, cooperative: true },
    orderBy: { id: 'asc' },
  })
  const [first] = held
  return first && { title, cooperative: first.cooperative.name, names: held.map(({ person }) => person.name) }
}
