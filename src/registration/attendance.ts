import { randomInt } from 'node:crypto'
import type { Tx } from '../database/client.ts'
import { lockTrainings } from '../database/locks.ts'
import { numberAlphabet } from './register.ts'

const codeLength = 4

/** The code by which those present at a session say so (HADIR 7KQ2); drawn when it is first needed. */
export async function sessionCode(tx: Tx, sessionId: number): Promise<string> {
  const { trainingCode } = await tx.session.findUniqueOrThrow({
    where: { id: sessionId },
    select: { trainingCode: true },
  })
  await lockTrainings(tx, [trainingCode])
  const { code } = await tx.session.findUniqueOrThrow({ where: { id: sessionId }, select: { code: true } })
  if (code !== null) return code
  const drawn = await freeCode(tx)
  await tx.session.update({ where: { id: sessionId }, data: { code: drawn } })
  return drawn
}

async function freeCode(tx: Tx): Promise<string> {
  for (;;) {
    const letters = Array.from({ length: codeLength }, () => numberAlphabet[randomInt(numberAlphabet.length)])
    const code = letters.join('')
    if ((await tx.session.count({ where: { code } })) === 0) return code
  }
}
