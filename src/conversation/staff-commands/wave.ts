import type { CoverageTrack } from '../../config/coverage.ts'
import type { Session, Wave } from '../../database/generated/client.ts'
import type { RegistrationState } from '../../database/generated/enums.ts'
import { sessionName } from '../../planning/find-session.ts'
import {
  allWaves,
  type FullTraining,
  findTrainings,
  freeSeats,
  stageOf,
  trainingByCode,
} from '../../programme/trainings.ts'
import { whenLine } from '../../programme/when.ts'
import { coverageFigures } from '../../registration/coverage.ts'
import { line, type Part, say } from '../../texts.ts'
import type { Reply } from '../reply.ts'
import { bounded } from './call-list.ts'
import { does, leaveChoice, type StaffCommand, type StaffTurn, waitFor } from './command.ts'

/** Waves and classes offered as choices. */
const mostChoices = 10
const mostSessions = 6

/** `/gelombang 3`: how full its classes are, who waits, and how far its track has come. */
export const waveFill: StaffCommand = {
  ...{
    name: 'gelombang',
    also: ['kelas'],
    who: 'petugas',
    help: 'staff-help-wave',
    label: say('choice-staff-wave'),
  },
  run: async (turn, words) => {
    const waves = await allWaves(turn.tx)
    const number = Number(/\d{1,4}/.exec(words)?.[0] ?? Number.NaN)
    const asked = waves.find((each) => each.number === number)
    if (asked) return await showWave(turn, asked)
    if (Number.isFinite(number)) return askWave(turn, waves, [say('staff-no-wave', { wave: number })])
    const open = waves.filter((each) => stageOf(each, turn.now) === 'open')
    const [only, another] = open.length > 0 ? open : waves
    return only && !another ? await showWave(turn, only) : askWave(turn, waves, [])
  },
  // "3" means wave 3, whichever place it has in the list.
  answer: async (turn) => {
    const [, number] = /^\W*(?:gel\w*\W*)?(\d{1,4})\W*$/i.exec(turn.text) ?? []
    const wave = number && (await allWaves(turn.tx)).find((each) => each.number === Number(number))
    return wave ? await showWave(turn, wave) : undefined
  },
  press: async (turn, what, given) => {
    if (what === 'class') return await showClass(turn, String(given['code']))
    const waves = await allWaves(turn.tx)
    const wave = waves.find((each) => each.number === given['wave'])
    return wave ? await showWave(turn, wave) : askWave(turn, waves, [])
  },
}

function askWave(turn: StaffTurn, waves: Wave[], before: Part[]): Reply[] {
  if (waves.length === 0) return [{ parts: [say('staff-no-waves')] }]
  const choices = waves
    .slice(-mostChoices)
    .map(({ number }) =>
      does(say('staff-wave-choice', { wave: number }), 'gelombang', 'wave', { wave: number }),
    )
  waitFor(turn, 'gelombang', 'wave', {})
  return [{ parts: [...before, say('staff-which-wave')], choices: [...choices, leaveChoice] }]
}

type Counts = Partial<Record<RegistrationState, number>>

/** How many registrations of each state these classes have. */
async function countsOf({ tx }: StaffTurn, codes: string[]): Promise<Map<string, Counts>> {
  const rows = await tx.registration.groupBy({
    by: ['trainingCode', 'state'],
    where: { trainingCode: { in: codes } },
    _count: true,
  })
  const counts = new Map<string, Counts>(codes.map((code) => [code, {}]))
  for (const { trainingCode, state, _count } of rows) {
    const its = counts.get(trainingCode)
    if (its) its[state] = _count
  }
  return counts
}

function fillFacts(training: FullTraining, counts: Counts) {
  return {
    ...{ code: training.code, title: training.title, capacity: training.capacity, taken: training.taken },
    ...{ free: freeSeats(training), offered: training.offered },
    ...{ waiting: counts.waitlisted ?? 0, pending: counts.pending ?? 0 },
  }
}

async function showWave(turn: StaffTurn, wave: Wave): Promise<Reply[]> {
  if (turn.state.command?.name === 'gelombang') delete turn.state.command
  const trainings = await findTrainings(turn.tx, { waves: [wave.number] })
  const counts = await countsOf(
    turn,
    trainings.map(({ code }) => code),
  )
  const window = {
    ...{ stage: stageOf(wave, turn.now), opens: wave.opens.toISOString(), closes: wave.closes.toISOString() },
  }
  return [
    {
      parts: [
        say('staff-wave-head', { wave: wave.number, title: wave.title }),
        line('staff-wave-window', window),
        ...(trainings.length === 0 ? [say('staff-wave-no-classes')] : []),
        ...bounded(trainings, (each) =>
          line('staff-wave-class', fillFacts(each, counts.get(each.code) ?? {})),
        ),
        ...(await coverageParts(turn, trainings)),
      ],
      choices: trainings
        .slice(0, mostChoices)
        .map(({ code }) => does(say('staff-class-choice', { code }), 'gelombang', 'class', { code })),
    },
  ]
}

/** How the cooperatives of the areas of these classes stand in their tracks. */
async function coverageParts(turn: StaffTurn, trainings: FullTraining[]): Promise<Part[]> {
  const parts: Part[] = []
  for (const track of [...new Set(trainings.map((each) => each.track))] as CoverageTrack[]) {
    const areas = [...new Set(trainings.filter((each) => each.track === track).flatMap((each) => each.areas))]
    const figures = await coverageFigures(turn.tx, turn.coverage, areas)
    const sum = (of: (each: (typeof figures)[number]) => number) =>
      figures.reduce((all, each) => all + of(each), 0)
    parts.push(
      say('staff-wave-coverage', {
        ...{ track, places: sum(({ places }) => places), without: sum((each) => each.withoutCooperative) },
        ...{ full: sum(({ tracks }) => tracks[track].full), part: sum(({ tracks }) => tracks[track].part) },
        none: sum(({ tracks }) => tracks[track].none),
      }),
    )
  }
  return parts
}

async function showClass(turn: StaffTurn, code: string): Promise<Reply[]> {
  const training = await trainingByCode(turn.tx, code)
  if (!training) return [{ parts: [say('staff-unknown-training', { name: code })] }]
  const counts = (await countsOf(turn, [code])).get(code) ?? {}
  const all = await turn.tx.session.findMany({ where: { trainingCode: code }, orderBy: { starts: 'asc' } })
  const next = all.filter(({ cancelledAt, ends }) => !cancelledAt && ends > turn.now).slice(0, mostSessions)
  const choices = next.flatMap((session) => {
    const given = { session: sessionName(session) }
    return [
      does(say('choice-staff-attendance-of', given), 'hadir', 'show', given),
      does(say('choice-staff-move-of', given), 'pindah', 'session', given),
    ]
  })
  return [
    {
      parts: [
        say('staff-class-head', { code, title: training.title, venue: training.venue.name }),
        whenLine(training),
        line('staff-wave-class', fillFacts(training, counts)),
        ...bounded(all, sessionPart),
      ],
      choices: [
        ...choices,
        does(say('staff-wave-choice', { wave: training.waveNumber }), 'gelombang', 'wave', {
          wave: training.waveNumber,
        }),
      ],
    },
  ]
}

function sessionPart(session: Session): Part {
  const facts = { session: sessionName(session), title: session.title, starts: session.starts.toISOString() }
  return line(session.cancelledAt ? 'staff-session-line-cancelled' : 'staff-session-line', facts)
}
