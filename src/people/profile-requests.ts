import { z } from 'zod'
import type { QuietHours } from '../config.ts'
import { beginThreadsAnew, holdersOf } from '../contacts/changed-hands.ts'
import type { Tx } from '../database/client.ts'
import type { ProfileRequest } from '../database/generated/client.ts'
import {
  PositionTitle,
  type ProfileField,
  type RegistrationState,
  Role,
} from '../database/generated/enums.ts'
import { lockPersons } from '../database/locks.ts'
import type { OutgoingContent } from '../delivery/content.ts'
import { enqueueNotice } from '../delivery/outbox.ts'
import { say } from '../texts.ts'

const values = {
  name: z.object({ name: z.string() }),
  /** `gone` is the number that it takes the place of. */
  phone: z.object({ phone: z.string(), gone: z.string().optional() }),
  position: z.object({
    ...{ title: z.enum(PositionTitle), role: z.enum(Role), cooperativeId: z.number().int() },
    /** The office that it takes the place of; null when it comes beside those held. */
    positionId: z.number().int().nullable(),
    /** That office ends, and no other begins. */
    ends: z.literal(true).optional(),
  }),
}

/** What a person wants changed in their own data. */
export type Wish = { [F in ProfileField]: { field: F; value: z.infer<(typeof values)[F]> } }[ProfileField]

/** The wish that a row holds. */
export function wishOf({ field, value }: Pick<ProfileRequest, 'field' | 'value'>): Wish {
  return { field, value: values[field].parse(value) } as Wish
}

/**
 * Writes down what a person wants changed, for staff to decide. It takes the place of an open wish for the same; that
 * one's id is gone then, so that nobody agrees to what they have not seen. Returns its id, and whether it replaced one.
 */
export async function requestChange(
  tx: Tx,
  personId: number,
  wish: Wish,
  now: Date,
): Promise<{ id: number; replaced: boolean }> {
  await lockPersons(tx, [personId])
  const { count } = await tx.profileRequest.deleteMany({
    where: { personId, field: wish.field, state: 'waiting' },
  })
  const { id } = await tx.profileRequest.create({
    data: { personId, field: wish.field, value: wish.value, createdAt: now },
    select: { id: true },
  })
  return { id, replaced: count > 0 }
}

/** Takes back an open wish of a person; staff see it no more. Returns whether it was still open. */
export async function takeBackRequest(tx: Tx, personId: number, id: number): Promise<boolean> {
  await lockPersons(tx, [personId])
  const { count } = await tx.profileRequest.deleteMany({ where: { id, personId, state: 'waiting' } })
  return count > 0
}

/** An open wish, in words for who decides: `from` and `to` are names, numbers, or title and cooperative. */
export type WaitingRequest = {
  id: number
  since: Date
  person: { id: number; name: string; phones: string[]; title: PositionTitle | null }
  /** Those in which they hold an office now, joined by commas. */
  cooperative: string
  field: ProfileField
  from: string
  to: string
  /** Whether an office ends and no other begins. */
  ends: boolean
}

/** The open wishes, the oldest first; of one person, if that is given. */
export async function waitingRequests(tx: Tx, personId?: number): Promise<WaitingRequest[]> {
  const requests = await tx.profileRequest.findMany({
    where: { state: 'waiting', ...(personId === undefined ? {} : { personId }) },
    include: {
      person: {
        include: {
          phones: { orderBy: { phone: 'asc' } },
          positions: { where: { until: null }, include: { cooperative: true }, orderBy: { id: 'asc' } },
        },
      },
    },
    orderBy: { id: 'asc' },
  })
  const wishes = requests.map((request) => ({ ...request, wish: wishOf(request) }))
  const ids = wishes.flatMap(({ wish }) => (wish.field === 'position' ? [wish.value.cooperativeId] : []))
  const cooperatives = new Map(
    (await tx.cooperative.findMany({ where: { id: { in: ids } } })).map(({ id, name }) => [id, name]),
  )
  return wishes.map(({ id, createdAt, person, field, wish }) => ({
    ...{ id, since: createdAt, field },
    person: {
      ...{ id: person.id, name: person.name, title: person.positions[0]?.title ?? null },
      phones: person.phones.map(({ phone }) => phone),
    },
    cooperative: [...new Set(person.positions.map(({ cooperative }) => cooperative.name))].join(', '),
    from: fromOf(wish, person),
    ends: isEnding(wish),
    to: isEnding(wish)
      ? 'tidak menjabat lagi'
      : wish.field === 'position'
        ? office(wish.value.title, cooperatives.get(wish.value.cooperativeId) ?? '')
        : wish.field === 'name'
          ? wish.value.name
          : wish.value.phone,
  }))
}

function isEnding(wish: Wish): boolean {
  return wish.field === 'position' && wish.value.ends === true
}

function fromOf(
  wish: Wish,
  person: {
    name: string
    phones: { phone: string }[]
    positions: { id: number; title: PositionTitle; cooperative: { name: string } }[]
  },
): string {
  if (wish.field === 'name') return person.name
  if (wish.field === 'phone') return wish.value.gone ?? person.phones.map(({ phone }) => phone).join(', ')
  const replaced = person.positions.find(({ id }) => id === wish.value.positionId)
  return replaced ? office(replaced.title, replaced.cooperative.name) : ''
}

/** The stored titles are Indonesian words. */
function office(title: PositionTitle, cooperative: string): string {
  return `${title.replaceAll('_', ' ')}, ${cooperative}`
}

export type Decided =
  | {
      decided: ProfileRequest
      /** Whether a notice to the person was written; false when nobody can be reached. */
      told: boolean
      /** Numbers of active registrations that stay with the office that has ended. */
      keeps: string[]
    }
  /** There is none, or it was decided or replaced before. */
  | { gone: true }

/**
 * Does what was asked for and tells the person. A number is added, and the one it replaces taken away; an office
 * begins, and the one it replaces ends: active registrations go over to it in the same role and cooperative, others
 * stay as they are. Those of an office that ends without another are for the caller to end before.
 */
export async function approveRequest(tx: Tx, id: number, now: Date, quiet: QuietHours): Promise<Decided> {
  const request = await lockRequest(tx, id)
  if (!request) return { gone: true }
  const wish = wishOf(request)
  // Before the numbers change: the notice goes to the chat that was known until now.
  const content = await approvedContent(tx, request, wish, now)
  const told = await tell(tx, request, content, now, quiet)
  let keeps: string[] = []
  if (wish.field === 'name')
    await tx.person.update({ where: { id: request.personId }, data: { name: wish.value.name } })
  else if (wish.field === 'phone') await changePhone(tx, request.personId, wish.value, now)
  else keeps = await changePosition(tx, request.personId, wish.value, now)
  const decided = await decide(tx, id, 'approved', now)
  // Who has written from the new number already is reached there.
  return { decided, told: told || (await tell(tx, request, content, now, quiet)), keeps }
}

/** Says no to what was asked for; the person is told, with the reason if there is one. */
export async function refuseRequest(
  tx: Tx,
  id: number,
  now: Date,
  quiet: QuietHours,
  reason?: string,
): Promise<Decided> {
  const request = await lockRequest(tx, id)
  if (!request) return { gone: true }
  const facts = await factsOf(tx, wishOf(request))
  const parts = [say('profile-refused', facts), ...(reason ? [say('notice-reason', { reason })] : [])]
  const told = await tell(tx, request, { parts }, now, quiet)
  return { decided: await decide(tx, id, 'refused', now), told, keeps: [] }
}

async function lockRequest(tx: Tx, id: number): Promise<ProfileRequest | undefined> {
  const found = await tx.profileRequest.findUnique({ where: { id } })
  if (!found) return undefined
  await lockPersons(tx, [found.personId])
  return (await tx.profileRequest.findUnique({ where: { id, state: 'waiting' } })) ?? undefined
}

async function decide(tx: Tx, id: number, state: 'approved' | 'refused', now: Date): Promise<ProfileRequest> {
  return await tx.profileRequest.update({ where: { id }, data: { state, decidedAt: now } })
}

async function tell(
  tx: Tx,
  { id, personId }: ProfileRequest,
  content: OutgoingContent,
  now: Date,
  quiet: QuietHours,
): Promise<boolean> {
  const notice = { personId, content, dedupeKey: `profile/${id}` }
  return (await enqueueNotice(tx, notice, now, quiet)) !== undefined
}

async function factsOf(tx: Tx, wish: Wish): Promise<Record<string, string>> {
  if (wish.field === 'name') return { field: 'name', name: wish.value.name }
  // A lost phone may be in anybody's hands by now: it is not told where its owner can be called.
  if (wish.field === 'phone')
    return wish.value.gone ? { field: 'phone-lost' } : { field: 'phone', phone: wish.value.phone }
  const cooperative = await tx.cooperative.findUnique({ where: { id: wish.value.cooperativeId } })
  return {
    ...{ field: isEnding(wish) ? 'ended' : 'position', title: wish.value.title },
    cooperative: cooperative?.name ?? '',
  }
}

async function approvedContent(
  tx: Tx,
  { personId }: ProfileRequest,
  wish: Wish,
  now: Date,
): Promise<OutgoingContent> {
  const approved = say('profile-approved', await factsOf(tx, wish))
  if (wish.field === 'position' && wish.value.ends) {
    const cancelled = await tx.registration.findMany({
      where: { personId, positionId: wish.value.positionId ?? 0, state: 'cancelled', cancelledAt: now },
      include: { training: { select: { title: true } } },
      orderBy: { id: 'asc' },
    })
    const lines = cancelled.map(({ training, trainingCode, number }) =>
      say('profile-ended-registration', { title: training.title, code: trainingCode, number }),
    )
    return { parts: [approved, ...lines] }
  }
  if (wish.field !== 'phone' || !wish.value.gone) return { parts: [approved] }
  return { parts: [approved, say('profile-phone-gone')], asksPhone: true }
}

async function changePhone(
  tx: Tx,
  personId: number,
  { phone, gone }: { phone: string; gone?: string | undefined },
  now: Date,
): Promise<void> {
  await tx.personPhone.createMany({ data: [{ personId, phone }], skipDuplicates: true })
  if (!gone) return
  const holders = await holdersOf(tx, [gone])
  await tx.personPhone.deleteMany({ where: { personId, phone: gone } })
  await beginThreadsAnew(tx, holders, now)
}

const active: RegistrationState[] = ['pending', 'waitlisted', 'offered', 'confirmed']

/** Returns the numbers of the registrations that stay with the old office. */
async function changePosition(
  tx: Tx,
  personId: number,
  { title, role, cooperativeId, positionId, ends }: z.infer<typeof values.position>,
  now: Date,
): Promise<string[]> {
  if (ends) return await endPosition(tx, personId, positionId ?? 0, now)
  const held = await tx.position.findFirst({ where: { personId, cooperativeId, title, until: null } })
  const next = held
    ? await tx.position.update({ where: { id: held.id }, data: { pending: false } })
    : await tx.position.create({ data: { personId, cooperativeId, title, role, from: now } })
  const old =
    positionId === null
      ? undefined
      : await tx.position.findFirst({ where: { id: positionId, personId, until: null } })
  if (!old || old.id === next.id) return []
  const registrations = { positionId: old.id, state: { in: active } }
  if (old.role === role && old.cooperativeId === cooperativeId)
    await tx.registration.updateMany({ where: registrations, data: { positionId: next.id, title } })
  return await endPosition(tx, personId, old.id, now)
}

async function endPosition(tx: Tx, personId: number, id: number, now: Date): Promise<string[]> {
  const old = await tx.position.findFirst({ where: { id, personId, until: null } })
  if (old) await tx.position.update({ where: { id }, data: { until: old.from > now ? old.from : now } })
  const kept = await tx.registration.findMany({
    where: { positionId: id, personId, state: { in: active } },
    orderBy: { id: 'asc' },
  })
  return kept.map(({ number }) => number)
}
