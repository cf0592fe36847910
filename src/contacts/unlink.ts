import type { Tx } from '../database/client.ts'
import { lockConversations, lockImport, lockPersons } from '../database/locks.ts'
import { beginThreadsAnew, holdersOf } from './changed-hands.ts'
import { type Contact, type KnownPerson, personsOfNumber } from './contacts.ts'

/** Whose number it is, and which chats have proven it to be theirs. */
export type NumberUse = { persons: KnownPerson[]; contacts: Contact[] }

/** All that hangs on a number; empty lists for an unknown one. */
export async function useOfNumber(tx: Tx, phone: string): Promise<NumberUse> {
  return {
    persons: await personsOfNumber(tx, phone),
    contacts: await tx.contact.findMany({ where: { phone }, orderBy: { id: 'asc' } }),
  }
}

/**
 * Takes a number from all persons and chats, so that whoever holds the phone now is a stranger: what was open in the
 * chats ends, and what waits to be sent to them is not sent. Returns whose it was, and how many messages were not.
 */
export async function unlinkNumber(
  tx: Tx,
  phone: string,
  now: Date,
): Promise<NumberUse & { cancelled: number }> {
  // An import under way may not give the number back that it read before.
  await lockImport(tx, 'officers')
  const before = await useOfNumber(tx, phone)
  const contactIds = before.contacts.map(({ id }) => id)
  await lockConversations(tx, contactIds)
  await lockPersons(
    tx,
    before.persons.map(({ id }) => id),
  )
  const persons = await personsOfNumber(tx, phone)
  const holders = await holdersOf(tx, [phone])
  await tx.personPhone.deleteMany({ where: { phone } })
  await beginThreadsAnew(tx, holders, now)
  await tx.contact.updateMany({
    where: { id: { in: contactIds } },
    data: { phone: null, mustConfirmName: false },
  })
  await tx.conversation.updateMany({ where: { contactId: { in: contactIds } }, data: { state: {} } })
  return { persons, contacts: before.contacts, cancelled: await cancelQueued(tx, contactIds) }
}

/** Of a notice somebody else may have to hear that it did not arrive, so it has failed. */
async function cancelQueued(tx: Tx, contactIds: number[]): Promise<number> {
  const queued = { contactId: { in: contactIds }, state: 'queued' } as const
  const notices = await tx.outgoingMessage.updateMany({
    where: { ...queued, kind: 'notice' },
    data: { state: 'failed', error: 'unlinked' },
  })
  const others = await tx.outgoingMessage.updateMany({ where: queued, data: { state: 'cancelled' } })
  return notices.count + others.count
}
