import type { Database } from '../../src/database/client.ts'

/** What must hold at every instant, read in one snapshot. */
export type Snapshot = {
  /** What does not hold, one line each. */
  violations: string[]
  /** Registrations ever made; none is ever deleted. */
  registrations: number
  /** By state. */
  counts: Record<string, number>
}

/**
 * Looks at all seats in one statement, hence one snapshot: never more than there are, counters equal to rows, nobody
 * active twice, nobody waiting while somebody behind them has an offer.
 */
export async function snapshot(db: Database): Promise<Snapshot> {
  const [row] = await db.$queryRaw<
    { violations: string[]; registrations: number; counts: Record<string, number> }[]
  >`
    WITH seats AS (
      SELECT t.code, t.capacity, t.taken, t.offered,
        count(r.id) FILTER (WHERE r.state IN ('confirmed', 'completed', 'partial', 'absent'))::int AS taken_rows,
        count(r.id) FILTER (WHERE r.state = 'offered')::int AS offered_rows,
        min(r.waiting_number) FILTER (WHERE r.state = 'waitlisted') AS first_waiting,
        max(r.waiting_number) FILTER (WHERE r.state = 'offered') AS last_offered
      FROM training t LEFT JOIN registration r ON r.training_code = t.code GROUP BY t.code
    ), twice AS (
      SELECT person_id, track FROM registration
      WHERE state IN ('pending', 'waitlisted', 'offered', 'confirmed') GROUP BY person_id, track HAVING count(*) > 1
    ), faults AS (
      SELECT code || ': ' || taken_rows + offered_rows || ' seats of ' || capacity AS fault FROM seats
        WHERE taken_rows + offered_rows > capacity
      UNION ALL SELECT code || ': counters ' || taken || '+' || offered || ', rows ' || taken_rows || '+' || offered_rows
        FROM seats WHERE taken <> taken_rows OR offered <> offered_rows
      UNION ALL SELECT code || ': ' || last_offered || ' has an offer before ' || first_waiting
        FROM seats WHERE last_offered > first_waiting
      UNION ALL SELECT 'person ' || person_id || ' is active twice in ' || track FROM twice
    )
    SELECT (SELECT coalesce(array_agg(fault), '{}') FROM faults) AS violations,
      (SELECT count(*)::int FROM registration) AS registrations,
      (SELECT coalesce(json_object_agg(state, n), '{}') FROM (
        SELECT state, count(*) AS n FROM registration GROUP BY state) s) AS counts`
  if (!row) throw new Error('no snapshot')
  return row
}
