import { areaByCode } from '../../areas.ts'
import { hasConsented } from '../../people/consent.ts'
import { takesRegistrations } from '../../programme/trainings.ts'
import { isMeantFor } from '../../registration/eligibility.ts'
import { line, say } from '../../texts.ts'
import { trainingsAskedAbout } from '../about.ts'
import { listLength, windowPart } from '../describe.ts'
import { type Answer, menu } from '../reply.ts'
import { waves } from './schedule-list.ts'

/** For which offices and areas each class is, and whether for the officer's own if that is known. */
export const eligibility: Answer = async (turn) => {
  const { trainings, topic } = await trainingsAskedAbout(turn)
  const [first] = trainings
  if (!first) return { ...(await waves(turn, say('schedule-none-there'))), topic }
  const { speaker } = turn
  const mine = speaker && hasConsented(speaker) ? speaker.positions : []
  const shown = trainings.slice(0, listLength)
  const open = shown.some((training) => takesRegistrations(training, turn.now))
  return {
    parts: [
      say('eligibility-head'),
      ...shown.map((training) =>
        line(mine.length > 0 && isMeantFor(mine, training) ? 'eligibility-line-own' : 'eligibility-line', {
          title: training.title,
          code: training.code,
          roles: training.roles.join(', '),
          areas: training.areas.map((code) => areaByCode(code)?.name ?? code).join(', '),
        }),
      ),
      ...(shown.every(({ waveNumber }) => waveNumber === first.waveNumber)
        ? [{ ...windowPart(first.wave, turn.now), tight: false }]
        : []),
    ],
    choices: open ? [{ label: say('choice-register'), value: { asks: 'register' } }] : menu,
    topic,
  }
}
