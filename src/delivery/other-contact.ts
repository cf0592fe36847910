import { contactsToTell } from '../contacts/contacts.ts'
import type { Tx } from '../database/client.ts'
import type { OutgoingMessage } from '../database/generated/client.ts'
import type { OutgoingContent } from './content.ts'
import { enqueue, type NewOutgoing } from './outbox.ts'

/** Channels that reach nobody's phone. */
const noPhone = ['simulator', 'terminal']

type Contact = { id: number; channel: string }

/**
 * Writes what failed for good anew, for the other contacts of the persons whom it concerns: one row a contact, which
 * names the one that it replaces. A reply is for the chat in which it was asked, and is not. Nobody is tried twice on a
 * contact. The caller has marked the one that failed. Returns how many rows were written.
 */
export async function tryOtherContacts(tx: Tx, failedId: number, now: Date): Promise<number> {
  const failed = await tx.outgoingMessage.findUniqueOrThrow({ where: { id: failedId } })
  if (failed.kind === 'reply' || failed.personIds.length === 0) return 0
  if (failed.expiresAt && failed.expiresAt <= now) return 0
  const tried = await contactsTried(tx, failedId)
  const contacts = await contactsToTell(tx, failed.personIds, failed.kind === 'notice')
  const groups = new Map<number, { contact: Contact; persons: number[] }>()
  for (const [person, contact] of contacts) {
    const isNoPhone = noPhone.includes(contact.channel) && !noPhone.includes(failed.channel)
    if (tried.has(contact.id) || isNoPhone) continue
    const group = groups.get(contact.id) ?? { contact, persons: [] }
    group.persons.push(person)
    groups.set(contact.id, group)
  }
  let written = 0
  for (const { contact, persons } of groups.values()) {
    const id = await enqueue(tx, replacement(failed, contact, persons, now))
    if (id === undefined) continue
    written++
    await followRecipients(tx, failed, id, contact, persons)
  }
  return written
}

/** Contacts on which this message, or one that it replaces, was tried. */
async function contactsTried(tx: Tx, id: number): Promise<Set<number>> {
  const rows = await tx.$queryRaw<{ contactId: number }[]>`
    WITH RECURSIVE tried AS (
      SELECT contact_id, replaces_id FROM outgoing_message WHERE id = ${id}
      UNION SELECT o.contact_id, o.replaces_id FROM outgoing_message o JOIN tried ON o.id = tried.replaces_id)
    SELECT contact_id AS "contactId" FROM tried`
  return new Set(rows.map(({ contactId }) => contactId))
}

function replacement(failed: OutgoingMessage, contact: Contact, persons: number[], now: Date): NewOutgoing {
  const content = failed.content as OutgoingContent
  const { expiresAt, reminderId, broadcastId, staffId, asks, dedupeKey } = failed
  return {
    ...{ contact, kind: failed.kind, dueAt: now, personIds: persons, replacesId: failed.id },
    content: content.change ? { ...content, change: { ...content.change, persons } } : content,
    ...(expiresAt ? { expiresAt } : {}),
    ...(reminderId ? { reminderId } : {}),
    ...(broadcastId ? { broadcastId } : {}),
    ...(staffId ? { staffId } : {}),
    ...(asks ? { asks: asks as NonNullable<NewOutgoing['asks']> } : {}),
    // What looks for the messages about an event by the beginning of their keys finds this one too.
    ...(dedupeKey ? { dedupeKey: `${dedupeKey}/${contact.id}` } : {}),
  }
}

/** What a broadcast says of these persons is what becomes of their second message. */
async function followRecipients(
  tx: Tx,
  { broadcastId }: OutgoingMessage,
  outgoingId: number,
  contact: Contact,
  persons: number[],
): Promise<void> {
  if (broadcastId === null) return
  await tx.broadcastRecipient.updateMany({
    where: { broadcastId, personId: { in: persons } },
    data: { outgoingId, contactId: contact.id },
  })
}
