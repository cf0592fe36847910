import { type KnownPerson, personWithPositions } from '../contacts/contacts.ts'
import type { Tx } from '../database/client.ts'
import type { Track } from '../database/generated/enums.ts'
import { lockPersons } from '../database/locks.ts'
import { activeStates } from '../registration/eligibility.ts'

/** Why two persons are not made one. */
export type MergeRefusal =
  | { refused: 'same-person' | 'gone' | 'sample' }
  /** Both hold an active registration in a track; those of the second to be cancelled first, by number. */
  | { refused: 'both-registered'; track: Track; numbers: string[] }
  /** One has completed a track in which the other holds these. */
  | { refused: 'completed'; track: Track; numbers: string[] }

/** What goes over from the second person to the first. */
export type MergePlan = {
  into: KnownPerson
  from: KnownPerson
  phones: string[]
  /** Offices that both hold now: one stays. */
  doubled: KnownPerson['positions']
  /** Offices of the second held until now, or ended before, that the first does not hold. */
  positions: number
  registrations: string[]
  interests: number
  wishes: number
  files: number
}

/**
 * Looks at what would become of the second person when the first takes all of theirs over. Nothing is changed; both
 * are locked, so that what is found holds until the transaction ends.
 */
export async function planMerge(tx: Tx, intoId: number, fromId: number): Promise<MergePlan | MergeRefusal> {
  if (intoId === fromId) return { refused: 'same-person' }
  await lockPersons(tx, [intoId, fromId])
  const into = await personWithPositions(tx, intoId)
  const from = await personWithPositions(tx, fromId)
  if (!into || !from) return { refused: 'gone' }
  if (into.sample !== from.sample) return { refused: 'sample' }
  const both = (await bothRegistered(tx, intoId, fromId)) ?? (await completedBefore(tx, intoId, fromId))
  if (both) return both
  const where = { personId: fromId }
  const doubled = from.positions.filter((held) =>
    into.positions.some(
      ({ cooperativeId, title }) => cooperativeId === held.cooperativeId && title === held.title,
    ),
  )
  const phones = await tx.personPhone.findMany({ where, orderBy: { phone: 'asc' } })
  const registrations = await tx.registration.findMany({ where, orderBy: { id: 'asc' } })
  return {
    ...{ into, from, doubled },
    phones: phones.map(({ phone }) => phone),
    positions: (await tx.position.count({ where })) - doubled.length,
    registrations: registrations.map(({ number }) => number),
    interests: await tx.waveInterest.count({ where }),
    wishes: await tx.profileRequest.count({ where: { ...where, state: 'waiting' } }),
    files: await tx.storedFile.count({ where }),
  }
}

async function bothRegistered(tx: Tx, intoId: number, fromId: number): Promise<MergeRefusal | undefined> {
  const active = await tx.registration.findMany({
    where: { personId: { in: [intoId, fromId] }, state: { in: activeStates } },
    orderBy: { id: 'asc' },
  })
  const own = active.filter(({ personId }) => personId === intoId)
  const theirs = active.filter(
    ({ personId, track }) => personId === fromId && own.some((o) => o.track === track),
  )
  const [first] = theirs
  if (!first) return undefined
  const { track } = first
  const numbers = active.filter((each) => each.track === track).map(({ number }) => number)
  return { refused: 'both-registered', track, numbers }
}

/** Nobody registers for a track that they have completed. */
async function completedBefore(tx: Tx, intoId: number, fromId: number): Promise<MergeRefusal | undefined> {
  const [row] = await tx.$queryRaw<{ track: Track; numbers: string[] }[]>`
    SELECT a.track, array_agg(DISTINCT a.number ORDER BY a.number) AS numbers
    FROM registration a JOIN registration d ON d.track = a.track AND d.person_id <> a.person_id
    WHERE a.person_id = ANY(${[intoId, fromId]}) AND d.person_id = ANY(${[intoId, fromId]})
      AND a.state::text = ANY(${activeStates}) AND d.state = 'completed'
    GROUP BY a.track ORDER BY a.track LIMIT 1`
  return row && { refused: 'completed', ...row }
}

/**
 * Makes two persons one: all of `from` goes to `into`, whose name stays, and `from` is no more. Of two words on
 * consent the later holds. The caller holds the locks of both, and has seen that no rule stands against it.
 */
export async function mergePersons(
  tx: Tx,
  { into, from }: { into: Mergeable; from: Mergeable },
): Promise<void> {
  const [to, was] = [into.id, from.id]
  await mergePositions(tx, to, was)
  await tx.$executeRaw`
    INSERT INTO person_phone (person_id, phone) SELECT ${to}, phone FROM person_phone WHERE person_id = ${was}
    ON CONFLICT DO NOTHING`
  await tx.$executeRaw`
    UPDATE registration SET person_id = ${to}, updated_at = updated_at WHERE person_id = ${was}`
  await tx.$executeRaw`UPDATE registration SET requested_by_id = ${to} WHERE requested_by_id = ${was}`
  // Who asked for their own is nobody's colleague any more.
  await tx.$executeRaw`
    UPDATE registration SET requested_by_id = NULL WHERE person_id = ${to} AND requested_by_id = ${to}`
  await tx.$executeRaw`
    INSERT INTO wave_interest AS held (person_id, wave_number, created_at, told_at)
    SELECT ${to}, wave_number, created_at, told_at FROM wave_interest WHERE person_id = ${was}
    ON CONFLICT (person_id, wave_number) DO UPDATE SET
      created_at = least(held.created_at, excluded.created_at), told_at = coalesce(held.told_at, excluded.told_at)`
  await tx.$executeRaw`
    INSERT INTO reminder_setting (person_id, offsets, updated_at)
    SELECT ${to}, offsets, updated_at FROM reminder_setting WHERE person_id = ${was} ON CONFLICT DO NOTHING`
  await tx.$executeRaw`
    UPDATE outgoing_message SET person_ids = array_replace(person_ids, ${was}::int, ${to}::int)
    WHERE state IN ('queued', 'sending') AND ${was}::int = ANY(person_ids)`
  await mergeWishes(tx, to, was)
  // Of a broadcast that was meant for both one is counted; the message of each stays in its chat.
  await tx.$executeRaw`
    UPDATE broadcast_recipient r SET person_id = ${to} WHERE r.person_id = ${was} AND NOT EXISTS (
      SELECT FROM broadcast_recipient o WHERE o.broadcast_id = r.broadcast_id AND o.person_id = ${to})`
  await tx.$executeRaw`
    UPDATE outgoing_message SET person_ids = array_replace(person_ids, ${was}, ${to}) WHERE ${was} = ANY(person_ids)`
  await tx.$executeRaw`UPDATE stored_file SET person_id = ${to} WHERE person_id = ${was}`
  await tx.$executeRaw`UPDATE audit_entry SET person_id = ${to} WHERE person_id = ${was}`
  await tx.person.update({ where: { id: to }, data: laterWord(into, from) })
  await tx.person.delete({ where: { id: was } })
}

/**
 * Offices go over with their history. Of one that both hold now the first's stays, with the earlier beginning, agreed
 * to if one of them was; registrations and wishes that name the other name it.
 */
async function mergePositions(tx: Tx, to: number, was: number): Promise<void> {
  const doubled = await tx.$queryRaw<{ stays: number; goes: number }[]>`
    SELECT o.id AS stays, p.id AS goes FROM position o
    JOIN position p ON p.cooperative_id = o.cooperative_id AND p.title = o.title
    WHERE o.person_id = ${to} AND p.person_id = ${was} AND o.until IS NULL AND p.until IS NULL`
  for (const { stays, goes } of doubled) {
    await tx.$executeRaw`
      UPDATE position o SET "from" = least(o."from", p."from"), pending = o.pending AND p.pending
      FROM position p WHERE o.id = ${stays} AND p.id = ${goes}`
    await tx.$executeRaw`UPDATE registration SET position_id = ${stays} WHERE position_id = ${goes}`
    await tx.$executeRaw`
      UPDATE profile_request SET value = jsonb_set(value, '{positionId}', to_jsonb(${stays}::int))
      WHERE person_id = ${was} AND field = 'position' AND value->'positionId' = to_jsonb(${goes}::int)`
    await tx.$executeRaw`DELETE FROM position WHERE id = ${goes}`
  }
  await tx.$executeRaw`UPDATE position SET person_id = ${to} WHERE person_id = ${was}`
}

/** Of two open wishes for the same the later stays. */
async function mergeWishes(tx: Tx, to: number, was: number): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM profile_request r USING profile_request later
    WHERE r.person_id = ANY(${[to, was]}) AND later.person_id = ANY(${[to, was]})
      AND r.state = 'waiting' AND later.state = 'waiting' AND r.field = later.field
      AND (r.created_at, r.id) < (later.created_at, later.id)`
  await tx.$executeRaw`UPDATE profile_request SET person_id = ${to} WHERE person_id = ${was}`
}

type Mergeable = Consent & { id: number }

type Consent = Pick<KnownPerson, 'consentedAt' | 'consentRefusedAt' | 'createdAt'>

function laterWord(into: Consent, from: Consent): Consent {
  const at = ({ consentedAt, consentRefusedAt }: Consent) => (consentedAt ?? consentRefusedAt)?.getTime() ?? 0
  const { consentedAt, consentRefusedAt } = at(from) > at(into) ? from : into
  const createdAt = new Date(Math.min(from.createdAt.getTime(), into.createdAt.getTime()))
  return { consentedAt, consentRefusedAt, createdAt }
}
