import { type Attended, attendedBy, type Outcome } from '../registration/completion.ts'
import { type OwnRegistration, registrationsOf } from '../registration/own.ts'
import { line, type Part, say } from '../texts.ts'
import type { Turn } from './reply.ts'

/** Older ones are shown with all that is stored (profile_view). */
const mostShown = 3

const texts: Record<Outcome, string> = {
  completed: 'outcome-completed',
  partial: 'outcome-partial',
  absent: 'outcome-absent',
}

/** What became of a person's last classes, with how many of how many sessions they attended; the newest first. */
export async function outcomeParts({ tx }: Turn, personId: number, name: string): Promise<Part[]> {
  const ended = await registrationsOf(tx, personId, ['completed', 'partial', 'absent'])
  const shown = ended.reverse().slice(0, mostShown)
  const attended = await attendedBy(
    tx,
    shown.map(({ id }) => id),
  )
  return shown.flatMap(({ id, state, number, training }) => {
    const key = texts[state as Outcome]
    const facts = { name, number, title: training.title, code: training.code }
    return [say(key, { ...facts, ...(attended.get(id) ?? { attended: 0, sessions: 0 }) })]
  })
}

/** How many sessions of a class that has begun they attended so far; nothing before it has. */
export function attendedLine(own: OwnRegistration, attended: Map<number, Attended>, now: Date): Part[] {
  const begun = own.training.sessions.filter(({ starts }) => starts <= now).length
  const counted = attended.get(own.id)
  if (!counted || own.state !== 'confirmed' || (begun === 0 && counted.attended === 0)) return []
  return [line('attended-so-far', { ...counted })]
}
