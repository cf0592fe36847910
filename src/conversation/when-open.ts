import { wave as findWave } from '../programme/trainings.ts'
import { wantToKnow } from '../registration/wave-interest.ts'
import { say } from '../texts.ts'
import { menu, type Reply, type Turn } from './reply.ts'
import { isKnown } from './speaker.ts'

/** Notes that the officer is to be told when a wave opens. */
export async function tellWhenOpen(turn: Turn, number: number): Promise<Reply> {
  const wave = await findWave(turn.tx, number)
  if (!turn.speaker || !isKnown(turn) || !wave) return { parts: [say('button-unknown')], choices: menu }
  await wantToKnow(turn.tx, turn.speaker.id, number)
  return { parts: [say('will-tell', { wave: number, opens: wave.opens.toISOString() })] }
}
