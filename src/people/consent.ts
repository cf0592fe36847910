import type { Tx } from '../database/client.ts'

/** Whether a person agreed to their data being stored (Law 27/2022, Art. 20); the later word holds. */
export function hasConsented(person: { consentedAt: Date | null; consentRefusedAt: Date | null }): boolean {
  if (!person.consentedAt) return false
  return !person.consentRefusedAt || person.consentRefusedAt < person.consentedAt
}

export async function storeConsent(tx: Tx, personId: number, agreed: boolean, now: Date): Promise<void> {
  await tx.person.update({
    where: { id: personId },
    data: agreed ? { consentedAt: now } : { consentRefusedAt: now },
  })
}
