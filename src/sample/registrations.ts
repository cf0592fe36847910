import { areaCovers } from '../areas.ts'
import type { PositionTitle, RegistrationState, Role, Track } from '../database/generated/enums.ts'
import { numberAlphabet } from '../registration/register.ts'
import type { SampleTraining, SampleWave } from './programme.ts'
import { type Random, seededRandom } from './random.ts'

/** An officer of the sample as stored. */
export type StoredOfficer = {
  personId: number
  positionId: number
  cooperativeId: number
  areaCode: string
  role: Role
  title: PositionTitle
}

export type SampleRegistration = {
  number: string
  personId: number
  positionId: number
  cooperativeId: number
  role: Role
  title: PositionTitle
  trainingCode: string
  track: Track
  state: RegistrationState
  createdAt: Date
}

/** Of a class that is over, in parts of a hundred. */
const outcomes: [RegistrationState, number][] = [
  ['completed', 78],
  ['partial', 8],
  ['absent', 14],
]

/** Fills each class with as many officers as planned; nobody has two places in a track. */
export function sampleRegistrations(
  waves: SampleWave[],
  officers: StoredOfficer[],
  now: Date,
): SampleRegistration[] {
  const random = seededRandom(1967)
  const numbers = new Set<string>()
  const placed = new Set<string>()
  return waves.flatMap((wave) =>
    wave.trainings.flatMap((training) => {
      const seats = chooseOfficers(training, officers, placed, random)
      const until = Math.min(wave.closes.getTime(), now.getTime())
      const step = (until - wave.opens.getTime()) / (seats.length + 1)
      return seats.map(({ areaCode: _, ...officer }, index) => ({
        ...officer,
        number: newNumber(numbers, random),
        trainingCode: training.code,
        track: training.track,
        state: isOver(training, now) ? random.weighted(outcomes) : ('confirmed' as const),
        createdAt: new Date(wave.opens.getTime() + Math.round(step * (index + 1))),
      }))
    }),
  )
}

function isOver(training: SampleTraining, now: Date): boolean {
  return training.waveNumber === 1 && training.sessions.every(({ ends }) => ends < now)
}

function chooseOfficers(
  training: SampleTraining,
  officers: StoredOfficer[],
  placed: Set<string>,
  random: Random,
): StoredOfficer[] {
  const chosen: StoredOfficer[] = []
  const perCooperative = new Map<number, number>()
  for (const officer of random.shuffled(officers.filter((each) => isFor(training, each)))) {
    if (chosen.length === training.seated) break
    const place = `${officer.personId}/${training.track}`
    const colleagues = perCooperative.get(officer.cooperativeId) ?? 0
    if (placed.has(place) || colleagues === training.perCooperative) continue
    placed.add(place)
    perCooperative.set(officer.cooperativeId, colleagues + 1)
    chosen.push(officer)
  }
  return chosen
}

/** To a business class a cooperative sends its manager or the deputy for business. */
function isFor(training: SampleTraining, { role, title, areaCode }: StoredOfficer): boolean {
  return (
    training.roles.includes(role) &&
    (training.track === 'organisation' || ['manajer', 'wakil_ketua_usaha'].includes(title)) &&
    training.areas.some((area) => areaCovers(area, areaCode))
  )
}

function newNumber(taken: Set<string>, random: Random): string {
  for (;;) {
    const number = `REG-${Array.from({ length: 5 }, () => random.of([...numberAlphabet])).join('')}`
    if (taken.has(number)) continue
    taken.add(number)
    return number
  }
}
