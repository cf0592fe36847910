import { line, type Part } from '../texts.ts'
import { inWib } from '../time.ts'
import { type FullTraining, isCalledOff } from './trainings.ts'

export const sameDay = (a: Date, b: Date): boolean => inWib(a).hasSame(inWib(b), 'day')

/** "Sab, 12 Des – Min, 13 Des, pukul 08.00–16.00 WIB", or that it has no date yet. */
export function whenLine(training: FullTraining): Part {
  const first = training.sessions[0]
  const last = training.sessions.at(-1)
  if (!first || !last) return withoutDate(training)
  const facts = { starts: first.starts.toISOString(), ends: last.ends.toISOString() }
  return sameDay(first.starts, last.ends) ? line('training-one-day', facts) : line('training-days', facts)
}

/** That it has no date yet, or no longer has one. */
export function withoutDate(training: FullTraining): Part {
  return line(isCalledOff(training) ? 'training-called-off' : 'training-no-date')
}

/** Trainings with a session in a span; when there is none and the span is a day, those on that day of the week. */
export function onTheDay(trainings: FullTraining[], { from, to }: { from: Date; to: Date }): FullTraining[] {
  const within = trainings.filter(({ sessions }) =>
    sessions.some(({ starts, ends }) => starts <= to && ends >= from),
  )
  if (within.length > 0 || !sameDay(from, to)) return within
  const { weekday } = inWib(from)
  return trainings.filter(({ sessions }) => sessions.some(({ starts }) => inWib(starts).weekday === weekday))
}
