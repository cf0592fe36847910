import type { Tx } from '../database/client.ts'
import { approveRequest, refuseRequest, waitingRequests } from '../people/profile-requests.ts'
import type { Decider, Decision, Done } from './decision.ts'
import type { WaitingEntry } from './waiting-entries.ts'

/** What persons want changed in their own data, as entries that wait for staff. */
export async function wishEntries(tx: Tx): Promise<WaitingEntry[]> {
  const requests = await waitingRequests(tx)
  return requests.map(({ id, since, person, cooperative, field, from, to }) => ({
    ...{ id: `UBAH-${id}`, since, name: person.name, title: person.title, cooperative },
    ...{ kelurahan: '', kecamatan: '', phones: person.phones, hints: [], wish: { field, from, to } },
  }))
}

async function wishOf(tx: Tx, key: string) {
  return await tx.profileRequest.findUnique({ where: { id: Number(key) }, include: { person: true } })
}

/** The person whom a decision on a wish is about. */
export async function aboutWish(tx: Tx, key: string) {
  const found = await wishOf(tx, key)
  return found ? { persons: [found.personId], trainings: [] } : undefined
}

/** Does what somebody wants changed in their data, or says no to it; they are told. */
export async function decideWish(tx: Tx, key: string, decision: Decision, by: Decider): Promise<Done> {
  const found = await wishOf(tx, key)
  if (!found) throw new Error(`UBAH-${key} is gone`)
  const { id, personId, person, state } = found
  const done = { id: `UBAH-${id}`, name: person.name, personId, reminders: [] }
  if (state !== 'waiting')
    return { ...done, outcome: { is: 'decided', state: state === 'approved' ? 'agreed' : 'refused' } }
  const quiet = by.rules.quietHours
  if (!decision.agree) {
    await refuseRequest(tx, id, by.now, quiet, decision.reason)
    return { ...done, outcome: { is: 'refused' } }
  }
  const result = await approveRequest(tx, id, by.now, quiet)
  if ('gone' in result) throw new Error(`UBAH-${key} is gone`)
  return { ...done, outcome: { is: 'changed', keeps: result.keeps } }
}
