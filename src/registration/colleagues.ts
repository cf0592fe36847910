import type { Tx } from '../database/client.ts'
import type { FullTraining } from '../programme/trainings.ts'
import { type Given, type Officer, type Refusal, refusalFor } from './eligibility.ts'

/** Somebody of the same cooperative with the offices held there now. */
export type Colleague = { id: number; name: string; positions: Officer['position'][] }

/** More offices than any cooperative has; who stands behind that is not shown. */
const most = 60

/** The others of these cooperatives, by name. */
export async function colleaguesOf(tx: Tx, personId: number, cooperativeIds: number[]): Promise<Colleague[]> {
  const held = { cooperativeId: { in: cooperativeIds }, until: null, pending: false }
  return await tx.person.findMany({
    where: { NOT: { id: personId }, positions: { some: held } },
    select: {
      id: true,
      name: true,
      positions: { where: held, include: { cooperative: true }, orderBy: { id: 'asc' } },
    },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: most,
  })
}

export type Judged = { position: Officer['position']; refused: Refusal | undefined }

/** The office with which a colleague may have a place in the training, or the rule that refuses the last of them. */
export async function judgeColleague(
  tx: Tx,
  { id, positions }: Colleague,
  training: FullTraining,
  now: Date,
  given: Given = {},
): Promise<Judged | undefined> {
  let judged: Judged | undefined
  for (const position of positions) {
    judged = {
      position,
      refused: await refusalFor(tx, { personId: id, position }, training, now, given),
    }
    if (judged.refused === undefined || judged.refused === 'full') return judged
  }
  return judged
}
