import type { CoverageTrack } from '../config/coverage.ts'
import { Prisma, type Tx } from '../database/client.ts'
import type { RegistrationState } from '../database/generated/enums.ts'
import { type FullTraining, findTrainings } from '../programme/trainings.ts'
import { activeStates, capStates, refusalOfTraining } from './eligibility.ts'

/** With one of these in a track nobody registers there again. */
const standing: RegistrationState[] = [...activeStates, 'completed']

/**
 * SQL: whether the person `p` may register in a wave and has not, as `refusalFor` judges each person, for all at once;
 * a full class counts, since it has a waiting list. Asked for by the tracks to which it is limited.
 */
export async function mayRegisterSql(
  tx: Tx,
  wave: number,
  now: Date,
): Promise<(tracks: readonly CoverageTrack[]) => Prisma.Sql> {
  const trainings = (await findTrainings(tx, { waves: [wave] })).filter(
    (training) => refusalOfTraining(training, now) === undefined,
  )
  return (tracks) => {
    const open = trainings.filter(({ track }) => tracks.includes(track))
    if (open.length === 0) return Prisma.sql`FALSE`
    return Prisma.sql`(
      NOT EXISTS (
        SELECT FROM registration r JOIN training t ON t.code = r.training_code
        WHERE r.person_id = p.id AND t.wave_number = ${wave} AND r.track::text = ANY(${[...tracks]})
          AND r.state::text = ANY(${standing}))
      AND (${Prisma.join(open.map(mayTake), ' OR ')}))`
  }
}

/** Office, area and cap of one of their offices; track and time of the person. */
function mayTake(training: FullTraining): Prisma.Sql {
  const { code, roles, areas, track, perCooperative } = training
  return Prisma.sql`(
    EXISTS (
      SELECT FROM position o JOIN cooperative k ON k.id = o.cooperative_id
      WHERE o.person_id = p.id AND o.until IS NULL AND NOT o.pending AND o.role::text = ANY(${roles})
        AND EXISTS (
          SELECT FROM unnest(${areas}::text[]) AS a(code)
          WHERE k.area_code = a.code OR starts_with(k.area_code, a.code || '.'))
        AND ${underCap(code, perCooperative)})
    AND NOT EXISTS (
      SELECT FROM registration r
      WHERE r.person_id = p.id AND r.track::text = ${track} AND r.state::text = ANY(${standing}))
    AND NOT EXISTS (
      SELECT FROM registration r JOIN session theirs ON theirs.training_code = r.training_code
        JOIN session ours ON ours.training_code = ${code}
      WHERE r.person_id = p.id AND r.state::text = ANY(${activeStates})
        AND ours.cancelled_at IS NULL AND theirs.cancelled_at IS NULL
        AND ours.starts < theirs.ends AND theirs.starts < ours.ends))`
}

function underCap(code: string, perCooperative: number | null): Prisma.Sql {
  if (perCooperative === null) return Prisma.sql`TRUE`
  return Prisma.sql`${perCooperative} > (
    SELECT count(*) FROM registration r JOIN position held ON held.id = r.position_id
      LEFT JOIN registration replaced ON replaced.id = r.replaces_id
    WHERE r.cooperative_id = k.id AND r.training_code = ${code} AND r.state::text = ANY(${capStates})
      AND NOT (r.state = 'pending' AND (held.pending
        OR coalesce(replaced.state = 'confirmed' AND replaced.training_code = ${code}, FALSE))))`
}
