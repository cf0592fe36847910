import { userInfo } from 'node:os'
import type { Tx } from '../database/client.ts'

export type AuditedChange = {
  /** Such as session.move: the part, then what was done. */
  action: string
  /** What it was done to, without anybody's name or number: G3-A/1, REG-8F3K2, a file's name. */
  subject?: string
  /** The person it was done to. */
  personId?: number
  /** What else there is to know; emptied when that person's data is erased, so names stand nowhere else. */
  details?: Record<string, string | number | boolean | null | (string | number)[]>
}

/** Who changes something: a command is known by the user of the operating system who runs it. */
export function commandActor(): string {
  return `command:${userInfo().username}`
}

/** Writes down who changed what, in the transaction of the change. */
export async function audit(tx: Tx, actor: string, change: AuditedChange, now: Date): Promise<void> {
  const { action, subject = '', personId, details = {} } = change
  await tx.auditEntry.create({
    data: { at: now, actor, action, subject, details, ...(personId === undefined ? {} : { personId }) },
  })
}
