import type { QuietHours } from '../config.ts'
import type { Tx } from '../database/client.ts'
import { enqueue } from '../delivery/outbox.ts'
import { nextAllowed } from '../delivery/quiet-hours.ts'
import { chatsOfStaff } from '../staff/chats.ts'
import { staffIdIn } from '../staff/members.ts'
import { line, say } from '../texts.ts'
import { reportOf } from './report.ts'

/** Tells the staff member who sent a broadcast from their chat that it is done, and how it went; nobody else. */
export async function tellDone(tx: Tx, id: number, now: Date, quiet: QuietHours): Promise<void> {
  const report = await reportOf(tx, id)
  const staffId = report && staffIdIn(report.broadcast.createdBy)
  const [chat] = staffId === undefined ? [] : await chatsOfStaff(tx, staffId)
  if (!report || !chat) return
  const { read, delivered, sent, failed, uncertain, 'not-sent': unsent } = report.outcomes
  await enqueue(tx, {
    ...{ contact: chat, kind: 'notice', dueAt: nextAllowed(now, quiet) },
    content: {
      parts: [
        say('broadcast-done', { id }),
        line('broadcast-done-counts', { sent: sent + delivered + read, persons: report.persons }),
        ...(failed + uncertain + unsent > 0
          ? [line('broadcast-done-faults', { failed, uncertain, unsent })]
          : []),
      ],
      choices: [
        {
          label: say('choice-staff-report-of', { id }),
          value: { command: 'siaran', does: 'report', given: { id } },
        },
      ],
    },
    dedupeKey: `broadcast/${id}/done/${now.getTime()}`,
  })
}
