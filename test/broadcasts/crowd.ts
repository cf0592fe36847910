import type { Database } from '../../src/database/client.ts'

/** The chat of the first of a crowd; the others follow. */
export const firstOfCrowd = 100_001

/**
 * So many officers of one cooperative, each with a chat on Telegram, in an empty database: written in bulk, for more of
 * them than one by one.
 */
export async function makeCrowd(db: Database, count: number): Promise<void> {
  const { id } = await db.cooperative.create({
    data: { areaCode: '21.71.09.1003', name: 'Koperasi Sadai' },
  })
  await db.$executeRaw`
    WITH nth AS (SELECT generate_series(1, ${count}::int) AS n),
    made AS (INSERT INTO person (name) SELECT 'Pengurus ' || n FROM nth RETURNING id, name),
    held AS (
      INSERT INTO position (person_id, cooperative_id, role, title) SELECT id, ${id}, 'pengurus', 'ketua' FROM made),
    numbered AS (
      INSERT INTO person_phone (person_id, phone)
      SELECT id, '+6281' || lpad(split_part(name, ' ', 2), 8, '0') FROM made)
    INSERT INTO contact (channel, chat, phone, last_heard_at)
    SELECT 'telegram', (${firstOfCrowd - 1} + n)::text, '+6281' || lpad(n::text, 8, '0'), now() FROM nth`
  await db.$executeRaw`ANALYZE`
}
