import { areaByCode } from '../areas.ts'
import type { Tx } from '../database/client.ts'
import type { Cooperative } from '../database/generated/client.ts'

/** A desa's code ends in 2…, a kelurahan's in 1…. */
export function isDesa(areaCode: string): boolean {
  return areaCode.split('.')[3]?.startsWith('2') ?? false
}

/** What a cooperative is called until a roster says otherwise. */
export function usualName(areaCode: string): string {
  const kind = isDesa(areaCode) ? 'Desa' : 'Kelurahan'
  return `Koperasi ${kind} Merah Putih ${areaByCode(areaCode)?.name ?? areaCode}`
}

/** The cooperative of a kelurahan or desa; made when nobody has named it before. */
export async function cooperativeOfArea(tx: Tx, areaCode: string): Promise<Cooperative> {
  const found = await tx.cooperative.findUnique({ where: { areaCode } })
  if (found) return found
  // Whoever else makes it at this moment makes the same one.
  await tx.cooperative.createMany({
    data: [{ areaCode, name: usualName(areaCode) }],
    skipDuplicates: true,
  })
  return await tx.cooperative.findUniqueOrThrow({ where: { areaCode } })
}
