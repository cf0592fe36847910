import type { Tx } from '../database/client.ts'

/** Of how many staff members something is told. */
const mostStaff = 50

export type StaffChat = { id: number; channel: string; staffId: number }

/**
 * Where each enabled staff member is told of things: the chat they wrote from last, unless it said STOP, cannot be reached,
 * or must tell its name.
 * @param only of this staff member
 */
export async function chatsOfStaff(tx: Tx, only?: number): Promise<StaffChat[]> {
  return await tx.$queryRaw<StaffChat[]>`
    SELECT DISTINCT ON (s.id) s.id AS "staffId", c.id, c.channel
    FROM staff_member s JOIN contact c ON c.phone = s.phone
    WHERE s.disabled_at IS NULL AND (${only ?? null}::int IS NULL OR s.id = ${only ?? null}::int)
      AND c.unreachable_since IS NULL AND c.stopped_at IS NULL AND NOT c.must_confirm_name AND NOT c."group"
    ORDER BY s.id, c.channel IN ('simulator', 'terminal'), c.last_heard_at DESC NULLS LAST, c.id
    LIMIT ${mostStaff}`
}
