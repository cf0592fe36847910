import type { Tx } from '../database/client.ts'

/** Numbers with the persons who have them, to be compared with who has them after a change. */
export type Holders = { phone: string; personIds: number[] }[]

/** Who has these numbers now; nobody has one that is on no roster. */
export async function holdersOf(tx: Tx, phones: string[]): Promise<Holders> {
  return await tx.$queryRaw<Holders>`
    SELECT n.phone, ARRAY(SELECT person_id FROM person_phone p WHERE p.phone = n.phone) AS "personIds"
    FROM unnest(${phones}::text[]) AS n(phone)`
}

/**
 * Chats of numbers that none of those has any more who had them before are from now on of whoever has the phone next:
 * what was said in them until now is not theirs to read, and nobody of the office goes on with it. A number of nobody
 * asks for no name.
 */
export async function beginThreadsAnew(tx: Tx, before: Holders, now: Date): Promise<void> {
  await tx.$executeRaw`
    WITH anew AS (
      UPDATE contact c SET thread_from = ${now},
        must_confirm_name = must_confirm_name AND EXISTS (SELECT FROM person_phone p WHERE p.phone = c.phone)
      FROM jsonb_to_recordset(${JSON.stringify(before)}::jsonb) AS b(phone text, "personIds" jsonb)
      WHERE c.phone = b.phone AND NOT EXISTS (
        SELECT FROM person_phone p WHERE p.phone = b.phone AND b."personIds" @> to_jsonb(p.person_id))
      RETURNING c.id)
    UPDATE hand_over h SET state = 'closed', closed_at = ${now}
    FROM anew WHERE h.contact_id = anew.id AND h.state <> 'closed'`
}
