import { hasConsented } from '../../people/consent.ts'
import { type FullTraining, wave as findWave, takesRegistrations } from '../../programme/trainings.ts'
import { isMeantFor } from '../../registration/eligibility.ts'
import { line, type Part, say } from '../../texts.ts'
import { currentWaves, trainingsAskedAbout } from '../about.ts'
import { listLength, sessionLines, trainingLine, windowPart } from '../describe.ts'
import { isEmpty } from '../named.ts'
import { type Answer, menu, type Reply, type Turn } from '../reply.ts'
import { isKnown } from '../speaker.ts'

/** When a wave, a training, or what is held at a place or on a date, takes place. */
export const scheduleList: Answer = async (turn) => {
  const { named } = turn
  const [wave] = named.waves ?? []
  if (wave !== undefined && named.waves?.length === 1 && !(await findWave(turn.tx, wave)))
    return { ...(await waves(turn, say('wave-unknown', { wave }))), topic: {} }
  if (isEmpty(named) && isEmpty(turn.topic) && !isKnown(turn)) return await waves(turn)
  const { trainings, topic } = await trainingsAskedAbout(turn)
  const [first] = trainings
  if (!first) return { ...(await waves(turn, say('schedule-none-there'))), topic }
  if (trainings.length === 1)
    return {
      parts: [
        say('training-head', { title: first.title, code: first.code }),
        line('training-track', { track: first.track }),
        ...sessionLines(first),
        line('training-place', { venue: first.venue.name }),
        windowPart(first.wave, turn.now),
      ],
      ...(takesRegistrations(first, turn.now)
        ? { choices: [{ label: say('choice-register'), value: { asks: 'register', training: first.code } }] }
        : {}),
      topic,
    }
  const sameWave = trainings.every(({ waveNumber }) => waveNumber === first.waveNumber)
  const head: Part[] = sameWave
    ? [
        say('wave-head', { wave: first.waveNumber, title: first.wave.title }),
        windowPart(first.wave, turn.now),
      ]
    : [say('schedule-head', { count: trainings.length })]
  return {
    parts: [...head, ...listed(turn, trainings), say('schedule-ask')],
    choices: [
      ...(trainings.some((training) => takesRegistrations(training, turn.now))
        ? [{ label: say('choice-register'), value: { asks: 'register' } }]
        : []),
      { label: say('choice-location'), value: { asks: 'session_location' } },
    ],
    topic,
  }
}

/** Those meant for the officer first, when that is known and some are; the others by name only. */
function listed(turn: Turn, trainings: FullTraining[]): Part[] {
  const { speaker } = turn
  const own =
    speaker && hasConsented(speaker)
      ? trainings.filter((training) => isMeantFor(speaker.positions, training))
      : []
  const shown = (own.length > 0 ? own : trainings).slice(0, listLength)
  const others = trainings.filter((training) => !shown.includes(training))
  return [
    ...(own.length > 0 && others.length > 0 ? [say('schedule-own')] : []),
    ...shown.map((training, index) => trainingLine(training, index > 0)),
    ...(others.length > 0
      ? [say('schedule-others', { codes: others.map(({ code, title }) => `${title} (${code})`).join('; ') })]
      : []),
  ]
}

/** The waves at a glance, after a first word if there is one. */
export async function waves(turn: Turn, first?: Part): Promise<Reply> {
  const current = await currentWaves(turn)
  const intro = first ? [first] : []
  if (current.length === 0) return { parts: [...intro, say('schedule-empty')], choices: menu }
  return {
    parts: [
      ...intro,
      say('waves-head'),
      ...current.flatMap(({ wave, trainings }) => [
        say('wave-head', { wave: wave.number, title: wave.title }),
        windowPart(wave, turn.now),
        ...spanPart(trainings),
      ]),
      say('waves-ask'),
    ],
    choices: current.map(({ wave }) => ({
      label: say('choice-wave', { wave: wave.number }),
      value: { asks: 'schedule_list', wave: wave.number },
    })),
  }
}

/** From when to when the classes are. */
function spanPart(trainings: FullTraining[]): Part[] {
  const sessions = trainings.flatMap(({ sessions: own }) => own)
  const starts = Math.min(...sessions.map(({ starts: at }) => at.getTime()))
  const ends = Math.max(...sessions.map(({ ends: at }) => at.getTime()))
  if (sessions.length === 0) return []
  return [
    line('wave-classes', {
      count: trainings.length,
      starts: new Date(starts).toISOString(),
      ends: new Date(ends).toISOString(),
    }),
  ]
}
