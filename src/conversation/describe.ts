import type { Wave } from '../database/generated/client.ts'
import type { Choice } from '../delivery/content.ts'
import { type FullTraining, freeSeats, isCalledOff, stageOf, type WaveStage } from '../programme/trainings.ts'
import { sameDay, withoutDate } from '../programme/when.ts'
import { line, type Part, say } from '../texts.ts'

/** More trainings than so many do not fit on a phone's screen. */
export const listLength = 8

/** A training as one line of a list. */
export function trainingLine(training: FullTraining, tight: boolean): Part {
  const first = training.sessions[0]
  const last = training.sessions.at(-1)
  const facts = { title: training.title, code: training.code, venue: training.venue.name }
  if (!first || !last)
    return { ...say(isCalledOff(training) ? 'list-line-called-off' : 'list-line-no-date', facts), tight }
  const days = { starts: first.starts.toISOString(), ends: last.ends.toISOString() }
  const key = sameDay(first.starts, last.ends) ? 'list-line-day' : 'list-line-days'
  return { ...say(key, { ...facts, ...days }), tight }
}

/** Its sessions under their days: hours and topic, with the speaker where that is asked for. */
export function sessionLines(
  training: FullTraining,
  given: { speakers: boolean } = { speakers: false },
): Part[] {
  if (training.sessions.length === 0) return [withoutDate(training)]
  return training.sessions.flatMap(({ title, starts, ends, speaker }, index) => {
    const before = training.sessions[index - 1]
    const facts = { title, speaker, starts: starts.toISOString(), ends: ends.toISOString() }
    const key = speaker && given.speakers ? 'session-line-speaker' : 'session-line'
    const isNewDay = !before || !sameDay(before.starts, starts)
    return [...(isNewDay ? [line('session-day', { starts: facts.starts })] : []), line(key, facts)]
  })
}

/** When a wave's registration opens or closes, or that it has closed. */
export function windowPart(wave: Wave, now: Date): Part {
  const keys: Record<WaveStage, string> = {
    'to-come': 'wave-opens',
    open: 'wave-open',
    closed: 'wave-closed',
  }
  return line(keys[stageOf(wave, now)], {
    opens: wave.opens.toISOString(),
    closes: wave.closes.toISOString(),
  })
}

/** A training as a choice: its code, title and first day. */
export function trainingLabel(training: FullTraining): Part {
  const first = training.sessions[0]
  return first
    ? say('choice-training', {
        code: training.code,
        title: training.title,
        starts: first.starts.toISOString(),
      })
    : say('choice-training-no-date', { code: training.code, title: training.title })
}

/** The same with its free seats, for who is to choose one. */
export function trainingChoice(training: FullTraining, value: Choice['value']): Choice {
  return { label: trainingLabel(training), value }
}

/** Facts about a training that most texts about it use. */
export function trainingFacts(training: FullTraining) {
  return {
    code: training.code,
    title: training.title,
    wave: training.waveNumber,
    venue: training.venue.name,
    free: freeSeats(training),
    capacity: training.capacity,
  }
}

export function placeOf(training: FullTraining) {
  const { name, address, lat, lon } = training.venue
  return { name, address, lat, lon }
}
