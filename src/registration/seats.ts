import type { Tx } from '../database/client.ts'

/**
 * Changes a training's counters; the only place that does. The caller holds the training's lock
 * (database/locks.ts).
 * @throws the database's CHECK (23514) when more seats would be taken and offered than there are
 */
export async function changeSeats(
  tx: Tx,
  trainingCode: string,
  change: { taken?: number; offered?: number },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE training SET taken = taken + ${change.taken ?? 0}, offered = offered + ${change.offered ?? 0}
    WHERE code = ${trainingCode}`
}
