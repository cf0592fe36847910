import type { Tx } from '../database/client.ts'
import type { ProfileRequest } from '../database/generated/client.ts'
import {
  approveRequest,
  wishOf as readWish,
  refuseRequest,
  waitingRequests,
} from '../people/profile-requests.ts'
import { activeStates } from '../registration/eligibility.ts'
import type { Decider, Decision, Done } from './decision.ts'
import { endPositions, type Leaver } from './leavers.ts'
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

/** The person, and with an office that ends the classes, that a decision on a wish is about. */
export async function aboutWish(tx: Tx, key: string) {
  const found = await wishOf(tx, key)
  if (!found) return undefined
  const ending = await endingOf(tx, found)
  return { persons: [found.personId], trainings: ending?.cancels ?? [] }
}

type Ending = Pick<Leaver, 'personId' | 'positionId' | 'cancels'>

/** The office that a wish ends without another, as one whose holder leaves. */
async function endingOf(tx: Tx, request: ProfileRequest): Promise<Ending | undefined> {
  const wish = readWish(request)
  if (request.state !== 'waiting' || wish.field !== 'position' || !wish.value.ends) return undefined
  const { id: positionId, personId } =
    (await tx.position.findFirst({
      where: { id: wish.value.positionId ?? 0, personId: request.personId, until: null },
    })) ?? {}
  if (positionId === undefined || personId === undefined) return undefined
  const registrations = await tx.registration.findMany({
    where: { positionId, state: { in: activeStates } },
    select: { trainingCode: true },
  })
  return { positionId, personId, cancels: registrations.map(({ trainingCode }) => trainingCode) }
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
  const ending = await endingOf(tx, found)
  if (ending) await endPositions(tx, [ending], quiet, by.now)
  const result = await approveRequest(tx, id, by.now, quiet)
  if ('gone' in result) throw new Error(`UBAH-${key} is gone`)
  const wish = readWish(found)
  const office = wish.field === 'position' && !wish.value.ends ? wish.value : undefined
  return { ...done, outcome: { is: 'changed', keeps: result.keeps }, office }
}
