import type { Tx } from '../database/client.ts'
import { lockSilentConversations } from '../database/locks.ts'
import { hour, later } from '../time.ts'

/** How many rows of a kind one transaction changes at most. */
const batch = 1_000
/** How long the text of those who refused consent is kept, and files that went out. */
const shortly = 24 * hour

/**
 * One bounded step of what time takes away; the caller goes on until it returns 0. Deletes messages older than
 * `days` that are answered or not waiting to go out, forgets where conversations stand that are silent so long and
 * asks their names again, empties after 24 hours the texts of those who refused consent, and what staff were told and
 * wrote of these (the rows stay, so that ids and dedupe keys hold), deletes closed hand-overs as old as messages, and deletes files 24 hours after they were made. Returns how many rows it changed.
 */
export async function retain(tx: Tx, days: number, now: Date): Promise<number> {
  const old = later(now, -days * 24 * hour)
  const recent = later(now, -shortly)
  const refused = await contactsThatOnlyRefused(tx)
  const forgotten = await forgetSilent(tx, { before: old, refused, refusedBefore: recent })
  const steps = [
    await deleteIncoming(tx, old),
    await deleteOutgoing(tx, old),
    await emptyIncoming(tx, refused, recent),
    await emptyOutgoing(tx, refused, recent),
    await emptyToldToStaff(tx, refused, recent),
    await deleteHandOvers(tx, old),
    await deleteFiles(tx, recent, old),
    await forgetRecipients(tx, old),
    await deleteEmptyContacts(tx, old),
  ]
  return steps.reduce((sum, count) => sum + count, forgotten)
}

/** Contacts that refused as strangers, or of a number of which somebody refused; but nobody of it has consented. */
async function contactsThatOnlyRefused(tx: Tx): Promise<number[]> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    SELECT c.id FROM contact c
    WHERE (c.consent_refused_at IS NOT NULL OR EXISTS (
        SELECT FROM person_phone p JOIN person q ON q.id = p.person_id
        WHERE p.phone = c.phone AND q.consent_refused_at IS NOT NULL))
      AND NOT EXISTS (
        SELECT FROM person_phone p JOIN person q ON q.id = p.person_id
        WHERE p.phone = c.phone AND q.consented_at IS NOT NULL)`
  return rows.map(({ id }) => id)
}

async function deleteIncoming(tx: Tx, old: Date): Promise<number> {
  return await tx.$executeRaw`
    DELETE FROM incoming_message WHERE id IN (
      SELECT id FROM incoming_message WHERE received_at < ${old} AND state <> 'stored'
      ORDER BY id LIMIT ${batch})`
}

async function deleteOutgoing(tx: Tx, old: Date): Promise<number> {
  return await tx.$executeRaw`
    DELETE FROM outgoing_message WHERE state NOT IN ('queued', 'sending') AND id IN (
      SELECT id FROM outgoing_message WHERE coalesce(sent_at, due_at) < ${old} AND state NOT IN ('queued', 'sending')
      ORDER BY id LIMIT ${batch})`
}

/** What an emptied message of each direction holds, and what an emptied one that was no text. */
export const emptied = { text: { kind: 'text', text: '' }, other: { kind: 'other' }, sent: { parts: [] } }

async function emptyIncoming(tx: Tx, contacts: number[], recent: Date): Promise<number> {
  const [text, other] = [JSON.stringify(emptied.text), JSON.stringify(emptied.other)]
  return await tx.$executeRaw`
    UPDATE incoming_message SET understood = NULL,
      content = CASE content ->> 'kind' WHEN 'text' THEN ${text}::jsonb ELSE ${other}::jsonb END
    WHERE id IN (
      SELECT id FROM incoming_message
      WHERE contact_id = ANY(${contacts}) AND received_at < ${recent} AND state <> 'stored'
        AND (understood IS NOT NULL OR content NOT IN (${text}::jsonb, ${other}::jsonb))
      ORDER BY id LIMIT ${batch})`
}

async function emptyOutgoing(tx: Tx, contacts: number[], recent: Date): Promise<number> {
  const sent = JSON.stringify(emptied.sent)
  return await tx.$executeRaw`
    UPDATE outgoing_message SET content = ${sent}::jsonb, text = ''
    WHERE state NOT IN ('queued', 'sending') AND id IN (
      SELECT id FROM outgoing_message
      WHERE contact_id = ANY(${contacts}) AND coalesce(sent_at, due_at) < ${recent} AND state NOT IN ('queued', 'sending')
        AND content <> ${sent}::jsonb
      ORDER BY id LIMIT ${batch})`
}

/** What staff were told of these contacts' hand-overs, and wrote in them, in their own chats. */
async function emptyToldToStaff(tx: Tx, contacts: number[], recent: Date): Promise<number> {
  const [sent, text] = [JSON.stringify(emptied.sent), JSON.stringify(emptied.text)]
  const told = await tx.$executeRaw`
    UPDATE outgoing_message SET content = ${sent}::jsonb, text = ''
    WHERE id IN (
      SELECT o.id FROM hand_over h JOIN outgoing_message o ON o.hand_over_id = h.id
      WHERE h.contact_id = ANY(${contacts}) AND coalesce(o.sent_at, o.due_at) < ${recent}
        AND o.state NOT IN ('queued', 'sending') AND o.content <> ${sent}::jsonb
      ORDER BY o.id LIMIT ${batch})`
  const wrote = await tx.$executeRaw`
    UPDATE incoming_message SET understood = NULL, content = ${text}::jsonb
    WHERE id IN (
      SELECT i.id FROM hand_over h JOIN incoming_message i ON i.hand_over_id = h.id
      WHERE h.contact_id = ANY(${contacts}) AND i.received_at < ${recent} AND i.state <> 'stored'
        AND i.content <> ${text}::jsonb
      ORDER BY i.id LIMIT ${batch})`
  return told + wrote
}

async function deleteHandOvers(tx: Tx, old: Date): Promise<number> {
  return await tx.$executeRaw`
    DELETE FROM hand_over WHERE state = 'closed' AND id IN (
      SELECT id FROM hand_over WHERE state = 'closed' AND closed_at < ${old} ORDER BY id LIMIT ${batch})`
}

/**
 * Where the conversations of silent contacts stand. Who is in the middle of a turn is passed over; a contact that
 * wrote meanwhile is no longer silent, which the UPDATE of its row sees.
 */
async function forgetSilent(
  tx: Tx,
  silent: { before: Date; refused: number[]; refusedBefore: Date },
): Promise<number> {
  const ids = await lockSilentConversations(tx, silent, batch)
  await tx.$executeRaw`
    UPDATE contact SET must_confirm_name = true
    WHERE id = ANY(${ids}) AND last_heard_at < ${silent.before} AND NOT must_confirm_name
      AND (EXISTS (SELECT FROM person_phone p WHERE p.phone = contact.phone)
        OR EXISTS (SELECT FROM staff_member s WHERE s.phone = contact.phone))`
  await tx.$executeRaw`
    UPDATE conversation v SET state = '{}' FROM contact c
    WHERE c.id = v.contact_id AND v.contact_id = ANY(${ids}) AND v.state <> '{}'
      AND (c.last_heard_at < ${silent.before}
        OR (c.id = ANY(${silent.refused}) AND c.last_heard_at < ${silent.refusedBefore}))`
  return ids.length
}

/** A file that still waits to go out stays until it has; that of a broadcast as long as its messages, to be sent again. */
async function deleteFiles(tx: Tx, recent: Date, old: Date): Promise<number> {
  return await tx.$executeRaw`
    DELETE FROM stored_file WHERE id IN (
      SELECT f.id FROM stored_file f
      WHERE f.created_at < ${recent} AND NOT EXISTS (
        SELECT FROM outgoing_message o
        WHERE o.state IN ('queued', 'sending') AND o.content ->> 'file' = f.id::text)
        AND NOT EXISTS (
          SELECT FROM broadcast b WHERE b.file_id = f.id AND (b.ended_at IS NULL OR b.ended_at >= ${old}))
      ORDER BY f.id LIMIT ${batch})`
}

/** For whom a broadcast was meant; its text, audience and dates stay. */
async function forgetRecipients(tx: Tx, old: Date): Promise<number> {
  return await tx.$executeRaw`
    DELETE FROM broadcast_recipient WHERE ctid = ANY(ARRAY(
      SELECT r.ctid FROM broadcast_recipient r JOIN broadcast b ON b.id = r.broadcast_id
      WHERE b.ended_at < ${old} LIMIT ${batch}))`
}

/** Addresses of chats of which nothing is left, such as those of who has erased all; a STOP is kept. */
async function deleteEmptyContacts(tx: Tx, old: Date): Promise<number> {
  return await tx.$executeRaw`
    DELETE FROM contact WHERE phone IS NULL AND stopped_at IS NULL AND last_heard_at < ${old} AND id IN (
      SELECT c.id FROM contact c
      WHERE c.phone IS NULL AND c.stopped_at IS NULL AND c.last_heard_at < ${old}
        AND NOT EXISTS (SELECT FROM incoming_message i WHERE i.contact_id = c.id)
        AND NOT EXISTS (SELECT FROM outgoing_message o WHERE o.contact_id = c.id)
      ORDER BY c.id LIMIT ${batch})`
}
