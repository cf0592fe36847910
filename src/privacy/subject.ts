import type { Tx } from '../database/client.ts'
import type { Contact } from '../database/generated/client.ts'

/** Whose data it is about: a person, or somebody on no roster, who is known by the chat alone. */
export type Subject = { personId: number | undefined; contact: Pick<Contact, 'id' | 'phone'> }

export type Threads = {
  /** Contacts that speak for nobody else; the one that asks is among them unless it is shared. */
  own: Contact[]
  /** Contacts of a number that other persons have as well: what stands there is theirs too. */
  shared: Contact[]
}

/** The chats of a subject, oldest first. */
export async function threadsOf(tx: Tx, { personId, contact }: Subject): Promise<Threads> {
  if (personId === undefined) {
    const own = await tx.contact.findMany({
      where: contact.phone ? { phone: contact.phone } : { id: contact.id },
      orderBy: { id: 'asc' },
    })
    return { own, shared: [] }
  }
  const phones = await tx.personPhone.findMany({ where: { personId } })
  const contacts = await tx.contact.findMany({
    where: { phone: { in: phones.map(({ phone }) => phone) } },
    orderBy: { id: 'asc' },
  })
  const others = await tx.personPhone.findMany({
    where: { phone: { in: phones.map(({ phone }) => phone) }, personId: { not: personId } },
  })
  const isShared = (each: Contact) => others.some(({ phone }) => phone === each.phone)
  return { own: contacts.filter((each) => !isShared(each)), shared: contacts.filter(isShared) }
}

/**
 * Since when what was said in a chat is for this subject to have; undefined for all of it. Who lost the number may have
 * the same chat again; who is on no roster, or came onto it later, may be somebody else.
 */
export async function theirsSince(
  tx: Tx,
  { personId }: Pick<Subject, 'personId'>,
  { threadFrom }: Pick<Contact, 'threadFrom'>,
): Promise<Date | undefined> {
  if (!threadFrom) return undefined
  const person = personId === undefined ? null : await tx.person.findUnique({ where: { id: personId } })
  return person && person.createdAt < threadFrom ? undefined : threadFrom
}
