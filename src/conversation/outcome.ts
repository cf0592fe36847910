import { isOver } from '../programme/trainings.ts'
import { type Attended, attendedBy, type Outcome } from '../registration/completion.ts'
import { type OwnRegistration, registrationsOf } from '../registration/own.ts'
import { takenStates } from '../registration/seats.ts'
import { line, type Part, say } from '../texts.ts'
import { hour, later } from '../time.ts'
import type { Reply, Turn } from './reply.ts'

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

const wasThere = [
  /\b(padahal|pdhl|pdahal)\b.*\b(hadir|datang|dtg|dateng|ikut|di ?sana)\b/i,
  /\b(hadir|datang|dtg|dateng|ikut)\b.*\b(tp|tapi|tetapi|cuma|namun)\b.*\b(lupa|lp|belum|blm|tidak|tdk|gak|ga|nggak|tak)\b/i,
  /\b(tadi|kemarin|kemaren|kmrn|sudah|sdh|udah)\b.*\blupa (absen|ngabsen|tanda tangan|ttd|isi|scan|kode)/i,
  /\blupa (absen|ngabsen)\b/i,
  /\b(was|were) (there|present)\b|\b(attended|came)\b.*\bbut\b|\bforgot to check in\b/i,
]

/** Whether somebody says that they were at a class, and are not noted there. */
export function saysWasThere(text: string): boolean {
  return wasThere.some((each) => each.test(text))
}

/** So long after a class what is recorded of it may be asked about in passing. */
const recentlyOver = 60 * 24 * hour

/**
 * What is recorded of the person's attendance at the class that is named, else at the last that is over, and who puts
 * it right. Undefined when none is over, or for long.
 */
export async function recordedReply({ tx, now, named, speaker }: Turn): Promise<Reply | undefined> {
  if (!speaker) return undefined
  const seats = await registrationsOf(tx, speaker.id, [...takenStates])
  const over = seats.filter(
    ({ training }) => isOver(training, now) && !isOver(training, later(now, -recentlyOver)),
  )
  const meant = over.find(({ trainingCode }) => trainingCode === named.code) ?? over.at(-1)
  if (!meant) return undefined
  const { attended, sessions } = (await attendedBy(tx, [meant.id])).get(meant.id) ?? {
    attended: 0,
    sessions: 0,
  }
  const { title, code, waveNumber } = meant.training
  return {
    parts: [
      say('attendance-recorded', { name: speaker.name, title, code, attended, sessions }),
      ...(attended < sessions ? [say('attendance-put-right')] : []),
    ],
    topic: { training: code, wave: waveNumber },
  }
}

/** How many sessions of a class that has begun they attended so far; nothing before it has. */
export function attendedLine(own: OwnRegistration, attended: Map<number, Attended>, now: Date): Part[] {
  const begun = own.training.sessions.filter(({ starts }) => starts <= now).length
  const counted = attended.get(own.id)
  if (!counted || own.state !== 'confirmed' || (begun === 0 && counted.attended === 0)) return []
  return [line('attended-so-far', { ...counted })]
}
