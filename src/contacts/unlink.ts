import type { Tx } from '../database/client.ts'
import { lockConversation, lockImport, lockPersons } from '../database/locks.ts'
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
 * chats ends, and what waits to be sent to them is cancelled. Returns whose it was, and how many messages were
 * cancelled.
 */
export async function unlinkNumber(tx: Tx, phone: string): Promise<NumberUse & { cancelled: number }> {
  // An import under way may not give the number back that it read before.
  await lockImport(tx, 'officers')
  const before = await useOfNumber(tx, phone)
  const contactIds = before.contacts.map(({ id }) => id)
  for (const id of contactIds) await lockConversation(tx, id)
  await lockPersons(
    tx,
    before.persons.map(({ id }) => id),
  )
  const persons = await personsOfNumber(tx, phone)
  await tx.personPhone.deleteMany({ where: { phone } })
  await tx.contact.updateMany({
    where: { id: { in: contactIds } },
    data: { phone: null, mustConfirmName: false },
  })
  await tx.conversation.updateMany({ where: { contactId: { in: contactIds } }, data: { state: {} } })
  const { count } = await tx.outgoingMessage.updateMany({
    where: { contactId: { in: contactIds }, state: 'queued' },
    data: { state: 'cancelled' },
  })
  return { persons, contacts: before.contacts, cancelled: count }
}
