import type { Choice } from '../delivery/content.ts'
import { whenLine } from '../programme/when.ts'
import { type OwnRegistration, registrationsOf } from '../registration/own.ts'
import { line, type Part, say } from '../texts.ts'
import { officeThatWaits } from './applicant.ts'
import type { Reply, Turn } from './reply.ts'

/** A registration that waits for staff: for what, its number, and that it holds no seat. */
export function pendingParts({ number, training }: Pick<OwnRegistration, 'number' | 'training'>): Part[] {
  return [
    say('requested', { number }),
    say('training-head', { title: training.title, code: training.code }),
    whenLine(training),
    line('training-place', { venue: training.venue.name }),
    say('requested-no-seat'),
  ]
}

export const pendingChoices: Choice[] = [
  { label: say('choice-status'), value: { asks: 'registration_status' } },
  { label: say('choice-cancel'), value: { asks: 'cancel_registration' } },
]

/** For who waits for staff to agree to their office: that they do, and for which class if they chose one. */
export async function waitingReply(turn: Turn): Promise<Reply> {
  const { speaker } = turn
  const office = await officeThatWaits(turn)
  if (!speaker || !office) return { parts: [] }
  const { title, cooperative } = office
  const own = await registrationsOf(turn.tx, speaker.id, ['pending'])
  return {
    parts: [
      say('waits-for-office', { name: speaker.name, title, cooperative: cooperative.name }),
      ...(own.length > 0 ? own.flatMap(pendingParts) : [say('waits-no-class')]),
    ],
    choices:
      own.length > 0 ? pendingChoices : [{ label: say('choice-register'), value: { asks: 'register' } }],
  }
}
