import type { Tx } from '../database/client.ts'

/** Whether a person agreed to their data being stored (Law 27/2022, Art. 20). */
export function hasConsented(person: { consentedAt: Date | null }): boolean {
  return person.consentedAt !== null
}

/** Notes that a person agreed or refused; the last word holds. */
export async function storeConsent(tx: Tx, personId: number, agreed: boolean, now: Date): Promise<void> {
  await tx.person.update({
    where: { id: personId },
    data: agreed
      ? { consentedAt: now, consentRefusedAt: null }
      : { consentedAt: null, consentRefusedAt: now },
  })
}
