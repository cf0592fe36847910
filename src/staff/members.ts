import type { Tx } from '../database/client.ts'
import type { Contact, StaffMember } from '../database/generated/client.ts'
import type { StaffRole } from '../database/generated/enums.ts'
import { audit } from './audit.ts'

export type { StaffMember } from '../database/generated/client.ts'

/**
 * The staff member who writes in a chat: the enabled one whose number the chat has proven to be its own. Undefined for
 * everybody else, for a chat that must tell its name first, and in groups.
 */
export async function staffOf(
  tx: Tx,
  contact: Pick<Contact, 'phone' | 'mustConfirmName' | 'group'>,
): Promise<StaffMember | undefined> {
  const { phone, mustConfirmName, group } = contact
  // The same statement for everybody, so that nobody learns from the time it takes.
  const member = await staffOfNumber(tx, phone)
  return !mustConfirmName && !group ? member : undefined
}

/** The enabled staff member of a number, whoever may hold the phone by now. */
export async function staffOfNumber(tx: Tx, phone: string | null): Promise<StaffMember | undefined> {
  return (await tx.staffMember.findFirst({ where: { phone: phone ?? '', disabledAt: null } })) ?? undefined
}

/** What of a staff member their audit entries name. */
export function staffActor({ id }: Pick<StaffMember, 'id'>): string {
  return `staff:${id}`
}

/** The id of the staff member whom an actor names; undefined for any other actor. */
export function staffIdIn(actor: string): number | undefined {
  const [, id] = /^staff:(\d{1,9})$/.exec(actor) ?? []
  return id === undefined ? undefined : Number(id)
}

export type AddedStaff = { member: StaffMember; was: 'new' | 'disabled' | 'changed' | 'same' }

/**
 * Lets the holder of a number use staff's commands. Of a number that is a staff member's already, the name and the role
 * become these, and who was disabled may work again.
 * @param phone E.164
 */
export async function addStaff(
  tx: Tx,
  { name, phone, role }: { name: string; phone: string; role: StaffRole },
  actor: string,
  now: Date,
): Promise<AddedStaff> {
  const before = await tx.staffMember.findUnique({ where: { phone } })
  if (before && !before.disabledAt && before.name === name && before.role === role)
    return { member: before, was: 'same' }
  const member = await tx.staffMember.upsert({
    where: { phone },
    create: { name, phone, role, createdAt: now },
    update: { name, role, disabledAt: null },
  })
  const details = { name, role, ...(before ? { before: before.name, beforeRole: before.role } : {}) }
  await audit(tx, actor, { action: 'staff.add', subject: staffActor(member), details }, now)
  return { member, was: !before ? 'new' : before.disabledAt ? 'disabled' : 'changed' }
}

/**
 * Takes staff's commands from the holder of a number, at once. Returns whether they had them; undefined when the number
 * is no staff member's.
 */
export async function disableStaff(
  tx: Tx,
  phone: string,
  actor: string,
  now: Date,
): Promise<{ member: StaffMember; had: boolean } | undefined> {
  const member = await tx.staffMember.findUnique({ where: { phone } })
  if (!member || member.disabledAt) return member ? { member, had: false } : undefined
  await tx.staffMember.update({ where: { phone }, data: { disabledAt: now } })
  await audit(tx, actor, { action: 'staff.disable', subject: staffActor(member) }, now)
  return { member, had: true }
}

/** Everybody who is or was staff, with the messengers from which their number has written. */
export async function listStaff(tx: Tx): Promise<(StaffMember & { channels: string[] })[]> {
  const members = await tx.staffMember.findMany({ orderBy: { id: 'asc' } })
  const contacts = await tx.contact.findMany({
    where: { phone: { in: members.map(({ phone }) => phone) } },
    select: { phone: true, channel: true },
    orderBy: { id: 'asc' },
  })
  return members.map((member) => ({
    ...member,
    channels: [
      ...new Set(contacts.flatMap(({ phone, channel }) => (phone === member.phone ? [channel] : []))),
    ],
  }))
}
