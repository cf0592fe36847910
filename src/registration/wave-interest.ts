import type { QuietHours } from '../config.ts'
import type { Tx } from '../database/client.ts'
import { enqueueNotice } from '../delivery/outbox.ts'
import { say } from '../texts.ts'

/** Notes that a person is to be told when a wave opens; once is enough. */
export async function wantToKnow(tx: Tx, personId: number, waveNumber: number): Promise<void> {
  const key = { personId, waveNumber }
  await tx.waveInterest.upsert({ where: { personId_waveNumber: key }, create: key, update: { toldAt: null } })
}

/** Tells those who wanted to know of a wave that is open now; returns how many. */
export async function tellOpened(tx: Tx, quiet: QuietHours, now: Date): Promise<number> {
  const due = await tx.$queryRaw<{ personId: number; waveNumber: number; closes: Date }[]>`
    UPDATE wave_interest i SET told_at = ${now} FROM wave w
    WHERE w.number = i.wave_number AND i.told_at IS NULL AND w.opens <= ${now} AND w.closes > ${now}
    RETURNING i.person_id AS "personId", i.wave_number AS "waveNumber", w.closes`
  for (const { personId, waveNumber, closes } of due)
    await enqueueNotice(
      tx,
      {
        personId,
        content: {
          parts: [say('notice-wave-open', { wave: waveNumber, closes: closes.toISOString() })],
          choices: [{ label: say('choice-register'), value: { asks: 'register', wave: waveNumber } }],
        },
        dedupeKey: `wave-open/${waveNumber}/${personId}`,
      },
      now,
      quiet,
    )
  return due.length
}
