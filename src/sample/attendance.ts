import type { AttendanceSource, RegistrationState } from '../database/generated/enums.ts'
import { sessionsNeeded } from '../registration/completion.ts'
import { later, minute } from '../time.ts'
import { type Random, seededRandom } from './random.ts'

type Held = { id: number; trainingCode: string; state: RegistrationState }
type Past = { id: number; trainingCode: string; starts: Date; ends: Date }
export type SampleAttendance = {
  registrationId: number
  sessionId: number
  at: Date
  source: AttendanceSource
}

const sources: [AttendanceSource, number][] = [
  ['code', 80],
  ['paper', 15],
  ['staff', 5],
]
/** Of those whose class goes on, how many were at a session that is over. */
const usualPresence = 0.88
/** So many minutes before the start the first are noted. */
const arrivals = 40

/** Who was at which of the sessions that are over: as many as fit the outcome, where there is one. */
export function sampleAttendance(registrations: Held[], sessions: Past[], now: Date): SampleAttendance[] {
  const random = seededRandom(1945)
  const past = sessions.filter(({ ends }) => ends <= now)
  return registrations.flatMap((registration) => {
    const own = past.filter(({ trainingCode }) => trainingCode === registration.trainingCode)
    return attended(registration.state, own, random).map(({ id, starts }) => ({
      ...{ registrationId: registration.id, sessionId: id, source: random.weighted(sources) },
      at: later(starts, -Math.ceil(random.next() * arrivals) * minute),
    }))
  })
}

function attended(state: RegistrationState, past: Past[], random: Random): Past[] {
  const needed = sessionsNeeded(past.length)
  switch (state) {
    case 'completed':
      return random.shuffled(past).slice(0, needed)
    case 'partial':
      return random.shuffled(past).slice(0, 1 + Math.floor(random.next() * (needed - 1)))
    case 'confirmed':
      return past.filter(() => random.next() < usualPresence)
    default:
      return []
  }
}
