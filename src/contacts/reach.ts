import { Prisma } from '../database/client.ts'
import { samplePrefix } from '../phone.ts'
import { contactPreference } from './contacts.ts'

/** Why a person gets no broadcast: what is wrong with the contact that would be nearest to them. */
export const leftOutReasons = [
  /** none on the roster */
  'no-number',
  /** never wrote to the bot, on a channel that runs */
  'no-contact',
  'stopped',
  'blocked',
  'no-such-chat',
  /** the number may have changed hands */
  'must-confirm',
  /** the number is a sample's, to which no real channel sends */
  'sample',
  /** the number was taken from the person after the recipients were written down */
  'unlinked',
  /** what was sent to them is too old to be kept */
  'forgotten',
] as const

export type LeftOut = (typeof leftOutReasons)[number]

/** SQL: why nothing but replies and notices goes to the contact `c`; null when it does. */
export const whyNotSql = Prisma.sql`
  CASE WHEN c.unreachable_since IS NOT NULL THEN coalesce(c.unreachable_why, 'blocked')
    WHEN c.stopped_at IS NOT NULL THEN 'stopped'
    WHEN c.must_confirm_name THEN 'must-confirm'
    WHEN starts_with(c.phone, ${samplePrefix}) AND c.channel NOT IN ('simulator', 'terminal') THEN 'sample' END`

/**
 * SQL: for each person of a query of ids the one contact to which a broadcast goes, or why there is none: person_id,
 * contact_id, channel, left_out.
 * @param channels those that are hosted at all
 */
export function reachSql(persons: Prisma.Sql, channels: readonly string[]): Prisma.Sql {
  return Prisma.sql`
    SELECT a.id AS person_id, best.channel,
      CASE WHEN best.why_not IS NULL THEN best.id END AS contact_id,
      CASE WHEN best.id IS NOT NULL THEN best.why_not
        WHEN EXISTS (SELECT FROM person_phone n WHERE n.person_id = a.id) THEN 'no-contact'
        ELSE 'no-number' END AS left_out
    FROM (${persons}) a LEFT JOIN LATERAL (
      SELECT c.id, c.channel, ${whyNotSql} AS why_not
      FROM person_phone n JOIN contact c ON c.phone = n.phone
      WHERE n.person_id = a.id AND c.channel = ANY(${[...channels]}) AND NOT c."group"
      ORDER BY ${whyNotSql} IS NOT NULL, ${contactPreference} LIMIT 1) best ON TRUE`
}
