import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '../../src/database/client.ts'
import { type Claim, type Claimed, lease } from '../../src/delivery/claim.ts'
import { later } from '../../src/time.ts'

/** What is next for a contact, as it is. */
async function look(db: Database, contactId: number, now: Date): Promise<Claimed | undefined> {
  const [row] = await db.$queryRaw<Claimed[]>`
    SELECT o.id, o.kind, o.content, o.attempts, o.unclear, o.due_at AS "dueAt", o.created_at AS "createdAt",
      c.chat, c.locale
    FROM outgoing_message o JOIN contact c ON c.id = o.contact_id
    WHERE o.contact_id = ${contactId} AND o.state = 'queued' AND o.due_at <= ${now} ORDER BY o.id LIMIT 1`
  return row
}

/** No claim at all: nothing is written down before a message goes out. */
export const unmarked: Claim = (db, contactId, _owner, now) => look(db, contactId, now)

/** A claim that looks first and writes later, without comparing: two processes that look at once both send. */
export const unclaimed: Claim = async (db, contactId, owner, now) => {
  const row = await look(db, contactId, now)
  if (!row) return undefined
  await sleep(100)
  await db.$executeRaw`
    UPDATE outgoing_message SET state = 'sending', owner = ${String(owner)}, lease_until = ${later(now, lease)}
    WHERE id = ${row.id}`
  return row
}
