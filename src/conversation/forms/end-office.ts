import type { KnownPerson } from '../../contacts/contacts.ts'
import type { Wish } from '../../people/profile-requests.ts'
import { registrationsOf } from '../../registration/own.ts'
import { line, type Part, say } from '../../texts.ts'
import type { Turn } from '../reply.ts'
import type { Slots } from '../state.ts'
import type { Step } from './form.ts'

type HeldOffice = KnownPerson['positions'][number]

/** The office that ends, by what was chosen or said; undefined when it is to be asked, or none is held. */
export function officeThatEnds({ positions }: KnownPerson, slots: Slots): HeldOffice | undefined {
  const chosen = positions.find(({ id }) => id === slots['replaces'])
  if (chosen) return chosen
  const titled = positions.filter(({ title }) => title === slots['title'])
  const ofRole = positions.filter(({ role }) => role === slots['role'])
  for (const found of [titled, ofRole, positions]) if (found.length === 1) return found[0]
  return undefined
}

export function askWhichEnds({ positions }: KnownPerson, slots: Slots): Step {
  if (positions.length === 0) return { done: [{ parts: [say('profile-end-none')] }] }
  return {
    ...{ ask: 'replaces', slots },
    reply: {
      parts: [say('profile-ask-ends')],
      choices: positions.map(({ id, title, cooperative }) => ({
        label: say('choice-position', { title, cooperative: cooperative.name }),
        value: { fills: 'replaces', value: id },
      })),
    },
  }
}

/** What ends, and what becomes of the registrations that hang on it. */
export async function endingParts(turn: Turn, speaker: KnownPerson, held: HeldOffice): Promise<Part[]> {
  const { id, title, role, cooperativeId, cooperative } = held
  const own = await registrationsOf(turn.tx, speaker.id)
  const hanging = own.filter(({ positionId }) => positionId === id)
  const stays = speaker.positions.some(
    (other) => other.id !== id && other.role === role && other.cooperativeId === cooperativeId,
  )
  const key = stays ? 'profile-end-keeps' : 'profile-end-cancels'
  const seat = hanging.find(({ state }) => state === 'confirmed')
  return [
    say('profile-confirm-end', { title, cooperative: cooperative.name }),
    ...hanging.map(({ training, number }) =>
      line(key, { class: training.title, code: training.code, number }),
    ),
    ...(seat && !stays ? [say('profile-end-substitute', { code: seat.trainingCode })] : []),
  ]
}

export function endingWish({ id, title, role, cooperativeId }: HeldOffice): Wish {
  return { field: 'position', value: { title, role, cooperativeId, positionId: id, ends: true } }
}
