import type { QuietHours } from '../config.ts'
import type { Tx } from '../database/client.ts'
import type { Contact, Registration, Training } from '../database/generated/client.ts'
import { lockConversations, lockPersons, lockTrainings } from '../database/locks.ts'
import { cancelRegistration } from '../registration/cancel.ts'
import { activeStates } from '../registration/eligibility.ts'
import { withdrawRequest } from '../registration/request.ts'
import { cancelReminders } from '../reminders/plan.ts'
import { audit } from '../staff/audit.ts'
import { type Mask, maskOf } from './mask.ts'
import { type Subject, threadsOf } from './subject.ts'

export type KeptRegistration = Registration & { training: Training }

export type ToErase = {
  /** Registrations that fall away with their seats or places on a list. */
  ending: KeptRegistration[]
  /** What the office must account for. */
  kept: KeptRegistration[]
  /** Whether a chat is shared with other persons, so that it stays. */
  shared: boolean
}

/** What erasing would do to a person's registrations and chats; nothing of these for who is on no roster. */
export async function whatErasingDoes(tx: Tx, subject: Subject, now: Date): Promise<ToErase> {
  const { shared } = await threadsOf(tx, subject)
  if (subject.personId === undefined) return { ending: [], kept: [], shared: false }
  const kept = await keptRegistrations(tx, subject.personId, now)
  const ending = await tx.registration.findMany({
    where: {
      personId: subject.personId,
      state: { in: activeStates },
      id: { notIn: kept.map(({ id }) => id) },
    },
    include: { training: true },
    orderBy: { id: 'asc' },
  })
  return { ending, kept, shared: shared.length > 0 }
}

/**
 * Registrations of classes that have begun, with a seat, attendance or outcome: of these the office must account
 * for who was trained with public money, so they keep name, office and cooperative.
 */
async function keptRegistrations(tx: Tx, personId: number, now: Date): Promise<KeptRegistration[]> {
  return await tx.registration.findMany({
    where: {
      personId,
      OR: [
        { state: { in: ['completed', 'partial', 'absent'] } },
        { attendance: { some: {} } },
        {
          state: 'confirmed',
          training: { sessions: { some: { cancelledAt: null, starts: { lte: now } } } },
        },
      ],
    },
    include: { training: true },
    orderBy: { id: 'asc' },
  })
}

/**
 * Erases what is stored of a person, or of a chat of nobody on the roster (Law 27/2022, Arts 8, 43, 44). Seats and
 * places of classes to come fall free first, and what was asked of colleagues ends. A chat that is theirs alone goes, with all its messages. A shared one
 * stays, because nobody can tell whose its messages are and the others have not asked: in it, and in the chats of
 * those who may have named the person (same cooperative, registered for one another, staff), name and numbers are
 * hidden. What staff were told and wrote in a hand-over of a chat that goes, goes with it.
 * Kept registrations keep the person's name and the office that they name.
 *
 * `turn` is the incoming message of the turn that erases: its row stays, and its caller empties it. Messages that
 * came in after it and wait for an answer stay too. The caller holds the lock of the conversation.
 */
export async function erase(
  tx: Tx,
  subject: Subject,
  turn: { incomingId: number },
  quiet: QuietHours,
  now: Date,
): Promise<void> {
  const { own, shared } = await threadsOf(tx, subject)
  const { personId, contact } = subject
  const ownIds = own.map(({ id }) => id)
  const ofStaff = await contactsOfStaff(tx)
  if (personId === undefined) {
    await lockConversations(tx, except([...ownIds, ...ofStaff], contact.id))
    for (const each of own) await hideElsewhere(tx, except(ofStaff, ...ownIds), maskOfContact(each))
  } else {
    const mask = await maskOfPerson(tx, personId)
    const others = [
      ...(await contactsThatMayNameThem(tx, personId)),
      ...shared.map(({ id }) => id),
      ...ofStaff,
    ]
    const naming = await conversationsNaming(tx, except(others, ...ownIds), mask)
    await lockConversations(tx, except([...ownIds, ...naming], contact.id))
    await erasePerson(tx, personId, mask, quiet, now)
    // After that: what ends is told to who asked for it, with the name.
    await hideElsewhere(tx, except(others, ...ownIds), mask)
    await deleteStaffFiles(tx)
  }
  await eraseThreads(tx, ownIds, contact.id, turn.incomingId)
  await tx.contact.updateMany({
    where: { id: { in: shared.map(({ id }) => id) } },
    data: { displayName: null },
  })
  await audit(tx, 'officer', { action: 'privacy.erase' }, now)
}

function except(ids: number[], ...without: number[]): number[] {
  return [...new Set(ids)].filter((id) => !without.includes(id))
}

async function maskOfPerson(tx: Tx, personId: number): Promise<Mask> {
  const { name, phones } = await tx.person.findUniqueOrThrow({
    where: { id: personId },
    include: { phones: true },
  })
  return maskOf(
    name,
    phones.map(({ phone }) => phone),
  )
}

/** Somebody on no roster is named by what their messenger showed. */
function maskOfContact({ displayName, phone }: Pick<Contact, 'displayName' | 'phone'>): Mask {
  return maskOf(displayName ?? '', phone ? [phone] : [])
}

/** Chats in which staff were told whose conversations wait for them. */
async function contactsOfStaff(tx: Tx): Promise<number[]> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    SELECT c.id FROM contact c JOIN staff_member s ON s.phone = c.phone`
  return rows.map(({ id }) => id)
}

/** Contacts of colleagues in a cooperative, of those with whom registrations connect the person, and of staff. */
async function contactsThatMayNameThem(tx: Tx, personId: number): Promise<number[]> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    SELECT c.id FROM contact c JOIN staff_member s ON s.phone = c.phone UNION
    SELECT DISTINCT c.id FROM contact c JOIN person_phone p ON p.phone = c.phone
    WHERE p.person_id <> ${personId} AND p.person_id IN (
      SELECT q.person_id FROM position q
        WHERE q.cooperative_id IN (SELECT cooperative_id FROM position WHERE person_id = ${personId})
      UNION SELECT requested_by_id FROM registration WHERE person_id = ${personId}
      UNION SELECT person_id FROM registration WHERE requested_by_id = ${personId}
      UNION SELECT a.person_id FROM registration a JOIN registration b ON b.replaces_id = a.id
        WHERE b.person_id = ${personId}
      UNION SELECT b.person_id FROM registration b JOIN registration a ON b.replaces_id = a.id
        WHERE a.person_id = ${personId})`
  return rows.map(({ id }) => id)
}

async function conversationsNaming(tx: Tx, contactIds: number[], mask: Mask): Promise<number[]> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    SELECT contact_id AS id FROM conversation
    WHERE contact_id = ANY(${contactIds}) AND state::text ~* ${mask.pattern}`
  return rows.map(({ id }) => id)
}

type Row = { id: number; first: unknown; second: unknown }

/** Hides name and numbers in what was said in others' chats, either way, and in where they stand. */
async function hideElsewhere(tx: Tx, contactIds: number[], mask: Mask): Promise<void> {
  const outgoing = await tx.$queryRaw<Row[]>`
    SELECT id, content AS first, to_jsonb(text) AS second FROM outgoing_message
    WHERE contact_id = ANY(${contactIds}) AND (content::text ~* ${mask.pattern} OR text ~* ${mask.pattern})`
  await hideInOutgoing(tx, outgoing, mask)
  const incoming = await tx.$queryRaw<Row[]>`
    SELECT id, content AS first, understood AS second FROM incoming_message
    WHERE contact_id = ANY(${contactIds})
      AND (content::text ~* ${mask.pattern} OR understood::text ~* ${mask.pattern})`
  const heard = hiddenColumns(incoming, mask)
  await tx.$executeRaw`
    UPDATE incoming_message i SET content = m.first::jsonb, understood = nullif(m.second::jsonb, 'null')
    FROM unnest(${heard.ids}::int[], ${heard.first}::text[], ${heard.second}::text[]) AS m(id, first, second)
    WHERE i.id = m.id`
  const states = hiddenColumns(
    await tx.$queryRaw<Row[]>`
      SELECT contact_id AS id, state AS first, NULL AS second FROM conversation
      WHERE contact_id = ANY(${contactIds}) AND state::text ~* ${mask.pattern}`,
    mask,
  )
  await tx.$executeRaw`
    UPDATE conversation v SET state = m.first::jsonb
    FROM unnest(${states.ids}::int[], ${states.first}::text[]) AS m(id, first) WHERE v.contact_id = m.id`
}

/** Tables that went to staff in their chats may name anybody; they have them, and ask for new ones. */
async function deleteStaffFiles(tx: Tx): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM stored_file f USING outgoing_message o
      JOIN contact c ON c.id = o.contact_id JOIN staff_member s ON s.phone = c.phone
    WHERE f.id = (o.content ->> 'file')::int AND f.type LIKE '%spreadsheet%'`
}

async function hideInOutgoing(tx: Tx, rows: Row[], mask: Mask): Promise<void> {
  const said = hiddenColumns(rows, mask)
  await tx.$executeRaw`
    UPDATE outgoing_message o SET content = m.first::jsonb, text = m.second::jsonb #>> '{}'
    FROM unnest(${said.ids}::int[], ${said.first}::text[], ${said.second}::text[]) AS m(id, first, second)
    WHERE o.id = m.id`
}

function hiddenColumns(rows: Row[], mask: Mask) {
  return {
    ids: rows.map(({ id }) => id),
    first: rows.map(({ first }) => JSON.stringify(mask.hide(first))),
    second: rows.map(({ second }) => JSON.stringify(mask.hide(second))),
  }
}

async function erasePerson(
  tx: Tx,
  personId: number,
  mask: Mask,
  quiet: QuietHours,
  now: Date,
): Promise<void> {
  await lockWhatEnds(tx, personId)
  const asked = await tx.registration.findMany({ where: { requestedById: personId, state: 'pending' } })
  for (const { id } of asked) await withdrawRequest(tx, personId, id, quiet, now)
  const active = await tx.registration.findMany({ where: { personId, state: { in: activeStates } } })
  const kept = await keptRegistrations(tx, personId, now)
  const keptIds = kept.map(({ id }) => id)
  for (const { id } of active)
    if (!keptIds.includes(id)) await cancelRegistration(tx, personId, id, quiet, now)
  await tx.registration.deleteMany({ where: { personId, id: { notIn: keptIds } } })
  await tx.registration.updateMany({
    where: { requestedById: personId, state: { not: 'pending' } },
    data: { requestedById: null },
  })
  for (const id of keptIds) await cancelReminders(tx, id)
  await tx.reminder.deleteMany({ where: { registrationId: { in: keptIds } } })
  await tx.comingAnswer.deleteMany({ where: { registrationId: { in: keptIds } } })
  await eraseAudit(tx, personId, mask)
  await eraseBroadcasts(tx, personId, mask)
  if (kept.length === 0) {
    await tx.person.delete({ where: { id: personId } })
    return
  }
  const of = { where: { personId } }
  await tx.personPhone.deleteMany(of)
  await tx.waveInterest.deleteMany(of)
  await tx.reminderSetting.deleteMany(of)
  await tx.profileRequest.deleteMany(of)
  await tx.storedFile.deleteMany(of)
  await tx.position.deleteMany({
    where: { personId, id: { notIn: kept.map(({ positionId }) => positionId) } },
  })
  await tx.person.update({
    where: { id: personId },
    data: { consentedAt: null, consentRefusedAt: null },
  })
}

/** The person, colleagues of whom they asked something that is open, and the classes of all that ends. */
async function lockWhatEnds(tx: Tx, personId: number): Promise<void> {
  const ending = await tx.registration.findMany({
    where: {
      OR: [
        { personId, state: { in: activeStates } },
        { requestedById: personId, state: 'pending' },
      ],
    },
  })
  await lockPersons(tx, [personId, ...ending.map((each) => each.personId)])
  await lockTrainings(
    tx,
    ending.map(({ trainingCode }) => trainingCode),
  )
}

/** What was done and when stays to account for; what says to whom goes. */
async function eraseAudit(tx: Tx, personId: number, mask: Mask): Promise<void> {
  await tx.auditEntry.updateMany({ where: { personId }, data: { details: {} } })
  const rows = hiddenColumns(
    await tx.$queryRaw<Row[]>`
      SELECT id, details AS first, NULL AS second FROM audit_entry WHERE details::text ~* ${mask.pattern}`,
    mask,
  )
  await tx.$executeRaw`
    UPDATE audit_entry a SET details = m.first::jsonb
    FROM unnest(${rows.ids}::int[], ${rows.first}::text[]) AS m(id, first) WHERE a.id = m.id`
}

/** For whom broadcasts were meant, and what those say of the person, in everybody's chats. */
async function eraseBroadcasts(tx: Tx, personId: number, mask: Mask): Promise<void> {
  await tx.broadcastRecipient.deleteMany({ where: { personId } })
  const naming = await tx.$queryRaw<Row[]>`
    SELECT id, to_jsonb(text) AS first, NULL AS second FROM broadcast WHERE text ~* ${mask.pattern}`
  const texts = hiddenColumns(naming, mask)
  await tx.$executeRaw`
    UPDATE broadcast b SET text = m.first::jsonb #>> '{}'
    FROM unnest(${texts.ids}::int[], ${texts.first}::text[]) AS m(id, first) WHERE b.id = m.id`
  await hideInOutgoing(
    tx,
    await tx.$queryRaw<Row[]>`
      SELECT id, content AS first, to_jsonb(text) AS second FROM outgoing_message
      WHERE broadcast_id = ANY(${texts.ids}) AND (content::text ~* ${mask.pattern} OR text ~* ${mask.pattern})`,
    mask,
  )
  await tx.$executeRaw`
    UPDATE outgoing_message SET person_ids = array_remove(person_ids, ${personId})
    WHERE ${personId} = ANY(person_ids) AND contact_id IN (
      SELECT c.id FROM contact c JOIN person_phone p ON p.phone = c.phone WHERE p.person_id = ${personId})`
}

/** Other chats go whole; the one in which it is asked stays as an address without name or number, to be answered. */
async function eraseThreads(tx: Tx, own: number[], asking: number, incomingId: number): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM stored_file f USING outgoing_message o
    WHERE o.contact_id = ANY(${own}) AND f.id = (o.content ->> 'file')::int
      AND NOT EXISTS (SELECT FROM broadcast b WHERE b.file_id = f.id)`
  await tx.contact.deleteMany({ where: { id: { in: except(own, asking) } } })
  if (!own.includes(asking)) return
  await tx.handOver.deleteMany({ where: { contactId: asking } })
  await tx.outgoingMessage.deleteMany({ where: { contactId: asking } })
  await tx.incomingMessage.deleteMany({
    where: { contactId: asking, id: { not: incomingId }, state: { not: 'stored' } },
  })
  await tx.contact.update({ where: { id: asking }, data: { displayName: null, phone: null } })
}
