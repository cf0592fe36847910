import type { QuietHours } from '../config.ts'
import type { Tx } from '../database/client.ts'
import { enqueue } from '../delivery/outbox.ts'
import { nextAllowed } from '../delivery/quiet-hours.ts'
import { say } from '../texts.ts'
import { lapseHandOver } from './hand-over.ts'
import { menu } from './reply.ts'
import { tellStaff } from './tell-staff.ts'

/**
 * Ends a hand-over in which staff have been silent for too long, and tells those concerned outside of quiet hours: the
 * officer that the bot answers again, and staff if it waits for them once more.
 */
export async function endLapsed(tx: Tx, id: number, quiet: QuietHours, now: Date): Promise<void> {
  const lapsed = await lapseHandOver(tx, id, now)
  if (!lapsed) return
  const isClosed = 'closed' in lapsed
  const { contact, lastWordAt } = isClosed ? lapsed.closed : lapsed.waits
  const key = `again-${lastWordAt?.getTime() ?? 0}` as const
  if (!isClosed) await tellStaff(tx, lapsed.waits, key, quiet, now)
  if (contact.stoppedAt) return
  await enqueue(tx, {
    ...{ contact, kind: 'notice', dueAt: nextAllowed(now, quiet) },
    content: isClosed
      ? { parts: [say('hand-over-lapsed')], choices: menu }
      : { parts: [say('hand-over-unanswered')] },
    dedupeKey: `hand-over-lapsed/${id}/${key}`,
  })
}
