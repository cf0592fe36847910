import type { KnownPerson } from '../contacts/contacts.ts'
import { type WaitingOffice, waitingOffice } from '../people/waiting-office.ts'
import type { Turn } from './reply.ts'

/** The office of who speaks that waits for staff, where they hold no other. */
export async function officeThatWaits(turn: Turn): Promise<WaitingOffice | undefined> {
  const { speaker, tx } = turn
  return speaker && speaker.positions.length === 0 ? await waitingOffice(tx, speaker.id) : undefined
}

/** Who speaks, with the office that waits for staff where they hold no other. */
export async function asApplicant(turn: Turn, speaker: KnownPerson): Promise<KnownPerson> {
  const office = await officeThatWaits(turn)
  return office ? { ...speaker, positions: [office] } : speaker
}
