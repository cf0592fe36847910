import { Prisma, type Tx } from '../database/client.ts'
import type { Contact, Cooperative, Person, Position } from '../database/generated/client.ts'
import type { RegistrationState } from '../database/generated/enums.ts'

export type { Contact } from '../database/generated/client.ts'

/**
 * A person with the offices held now that staff have agreed to, each with its cooperative, and with the registrations
 * of which an answer is awaited: a seat offered, or what somebody else asked.
 */
export type KnownPerson = Person & {
  positions: (Position & { cooperative: Cooperative })[]
  registrations: { state: RegistrationState }[]
}

const currentPositions = {
  positions: {
    where: { until: null, pending: false },
    include: { cooperative: true },
    orderBy: { id: 'asc' },
  },
  registrations: { where: { state: { in: ['offered', 'pending'] } }, select: { state: true } },
} satisfies Prisma.PersonInclude

/**
 * Persons for whom a contact may speak: those whose number it has proven to be its own. Several when they share
 * the number, none when it is not on the roster, or when it must be asked first whether it is still theirs.
 */
export async function personsOf(
  tx: Tx,
  contact: Pick<Contact, 'phone' | 'mustConfirmName'>,
): Promise<KnownPerson[]> {
  return contact.mustConfirmName ? [] : await personsOfNumber(tx, contact.phone)
}

/** Persons of a number, whoever may hold the phone by now. */
export async function personsOfNumber(tx: Tx, phone: string | null): Promise<KnownPerson[]> {
  if (!phone) return []
  return await tx.person.findMany({
    where: { phones: { some: { phone } } },
    include: currentPositions,
    orderBy: { id: 'asc' },
  })
}

/** A person by id, whatever their numbers; undefined when there is none. */
export async function personWithPositions(tx: Tx, id: number): Promise<KnownPerson | undefined> {
  return (await tx.person.findUnique({ where: { id }, include: currentPositions })) ?? undefined
}

/** From now on nothing personal is shown to this contact until its holder has told their name; or it is again. */
export async function setMustConfirmName(tx: Tx, contactId: number, mustConfirmName: boolean): Promise<void> {
  await tx.contact.update({ where: { id: contactId }, data: { mustConfirmName } })
}

/**
 * When this contact's number was last written from by another messenger contact; undefined when it never was.
 * Terminal and simulator are nobody's phone.
 */
export async function lastHeardElsewhere(
  tx: Tx,
  contact: Pick<Contact, 'id' | 'phone'>,
): Promise<Date | undefined> {
  if (!contact.phone) return undefined
  const other = await tx.contact.findFirst({
    where: {
      ...{ phone: contact.phone, id: { not: contact.id }, lastHeardAt: { not: null } },
      channel: { notIn: ['simulator', 'terminal'] },
    },
    orderBy: { lastHeardAt: 'desc' },
  })
  return other?.lastHeardAt ?? undefined
}

/** A chat has got another id. One that is known under the new id already keeps what it has. */
export async function moveChat(
  tx: Tx,
  { channel, from, to }: { channel: string; from: string; to: string },
): Promise<void> {
  const known = await tx.contact.findUnique({ where: { channel_chat: { channel, chat: to } } })
  if (known) return
  await tx.contact.updateMany({ where: { channel, chat: from }, data: { chat: to } })
}

export async function verifyPhone(tx: Tx, contactId: number, phone: string): Promise<void> {
  await tx.contact.update({ where: { id: contactId }, data: { phone } })
}

/** Keeps a stranger's yes or no to what they write being stored; anything else changes nothing. */
export async function noteConsent(
  tx: Tx,
  contact: Pick<Contact, 'id' | 'consentRefusedAt'>,
  answer: unknown,
  now: Date,
): Promise<void> {
  const refused = answer === 'no'
  if ((!refused && answer !== 'yes') || refused === (contact.consentRefusedAt !== null)) return
  await tx.contact.update({ where: { id: contact.id }, data: { consentRefusedAt: refused ? now : null } })
}

/** The language in which a contact is answered: a folder of locales/. */
export async function setLocale(tx: Tx, contactId: number, locale: string): Promise<void> {
  await tx.contact.update({ where: { id: contactId }, data: { locale } })
}

/** STOP (an instant) and MULAI (null). */
export async function setStopped(tx: Tx, contactId: number, stoppedAt: Date | null): Promise<void> {
  await tx.contact.update({ where: { id: contactId }, data: { stoppedAt } })
}

/**
 * The one contact to which messages for a person go: the one they wrote from last, but a real messenger before
 * a terminal or the simulator, and one whose holder is known before one that must confirm its name. Undefined when
 * nobody can be reached.
 * @param aboutOwnSeat also to a contact that said STOP
 */
export async function contactToTell(
  tx: Tx,
  personId: number,
  aboutOwnSeat: boolean,
): Promise<Contact | undefined> {
  const id = (await contactsToTell(tx, [personId], aboutOwnSeat)).get(personId)?.id
  return id === undefined ? undefined : ((await tx.contact.findUnique({ where: { id } })) ?? undefined)
}

/** SQL: whether a person can be told of a seat of their own, as `contactToTell` judges it. */
export const isReachable = (personId: Prisma.Sql): Prisma.Sql => Prisma.sql`EXISTS (
  SELECT FROM person_phone n JOIN contact k ON k.phone = n.phone
  WHERE n.person_id = ${personId} AND k.unreachable_since IS NULL)`

/** SQL: which of a person's contacts `c` comes first. */
export const contactPreference = Prisma.sql`
  c.channel IN ('simulator', 'terminal'), c.must_confirm_name, c.last_heard_at DESC NULLS LAST, c.id`

/** The same for many persons: by the person's id; who cannot be reached is not there. */
export async function contactsToTell(
  tx: Tx,
  personIds: number[],
  aboutOwnSeat: boolean,
): Promise<Map<number, Pick<Contact, 'id' | 'channel'>>> {
  const found = await tx.$queryRaw<{ personId: number; id: number; channel: string }[]>`
    SELECT DISTINCT ON (p.person_id) p.person_id AS "personId", c.id, c.channel
    FROM person_phone p JOIN contact c ON c.phone = p.phone
    WHERE p.person_id = ANY(${personIds}) AND c.unreachable_since IS NULL
      AND (${aboutOwnSeat} OR c.stopped_at IS NULL)
    ORDER BY p.person_id, ${contactPreference}`
  return new Map(found.map(({ personId, ...contact }) => [personId, contact]))
}

export async function markReachable(
  tx: Tx,
  chat: { channel: string; chat: string },
  unreachableWhy: string | null,
  now: Date,
): Promise<void> {
  await tx.contact.updateMany({
    where: { channel: chat.channel, chat: chat.chat },
    data: { unreachableWhy, unreachableSince: unreachableWhy === null ? null : now },
  })
}
