import { allWaves } from '../../programme/trainings.ts'
import { line, say } from '../../texts.ts'
import { windowPart } from '../describe.ts'
import { type Answer, menu } from '../reply.ts'

/** What the programme is, and which waves it has. */
export const programmeInfo: Answer = async (turn) => {
  const waves = await allWaves(turn.tx)
  if (waves.length === 0) return { parts: [say('programme'), say('schedule-empty')], choices: menu }
  return {
    parts: [
      say('programme'),
      say('programme-waves', { count: waves.length }),
      ...waves.flatMap((wave) => [
        line('programme-wave', { wave: wave.number, title: wave.title }),
        windowPart(wave, turn.now),
      ]),
    ],
    choices: menu,
  }
}
