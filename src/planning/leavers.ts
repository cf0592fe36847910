import type { QuietHours } from '../config.ts'
import type { Tx } from '../database/client.ts'
import { lockPersons, lockTrainings } from '../database/locks.ts'
import { letterMask, mayBeSame, nameWords, sameName } from '../people/names.ts'
import { cancelRegistration } from '../registration/cancel.ts'
import { activeStates } from '../registration/eligibility.ts'
import type { AbsentPosition } from './plan-officers.ts'
import type { BadRosterRow } from './roster-file.ts'
import { readPhones } from './roster-phones.ts'

/** An office that ends since the roster does not name it any more. */
export type Leaver = AbsentPosition & {
  /** Codes of trainings in which its active registrations are cancelled. */
  cancels: string[]
}

/**
 * Those of the absent positions whose holders really do not stand in the file: who stands in a bad row, by name or
 * number, is left alone until that row is mended.
 */
export async function leaversAmong(tx: Tx, absent: AbsentPosition[], bad: BadRosterRow[]): Promise<Leaver[]> {
  const inBadRows = badPersons(bad)
  const leaving = absent.filter(
    ({ name, phones }) =>
      !phones.some((phone) => inBadRows.phones.has(phone)) && !inBadRows.holdsName(nameWords(name)),
  )
  const registrations = await tx.registration.findMany({
    where: { positionId: { in: leaving.map(({ positionId }) => positionId) }, state: { in: activeStates } },
    select: { positionId: true, trainingCode: true },
  })
  return leaving.map((each) => ({
    ...each,
    cancels: each.staysInRole
      ? []
      : registrations
          .filter(({ positionId }) => positionId === each.positionId)
          .map(({ trainingCode }) => trainingCode),
  }))
}

function badPersons(bad: BadRosterRow[]) {
  const names = bad.map(({ cells }) => nameWords(cells.nama))
  const masked = names
    .filter((words) => words.length > 0)
    .map((words) => ({ words, mask: letterMask(words) }))
  const phones = new Set(
    bad.flatMap(({ cells }) => {
      const found = readPhones(cells.no_hp)
      return 'phones' in found ? found.phones : []
    }),
  )
  const holdsName = (words: string[]) => {
    const own = letterMask(words)
    return masked.some(({ words: other, mask }) => mayBeSame(mask, own) && sameName(other, words))
  }
  return { phones, holdsName }
}

/**
 * Ends these offices. Their active registrations are cancelled, which frees their seats; but who goes on in the same
 * role keeps them, by the office that is left.
 */
export async function endPositions(
  tx: Tx,
  leavers: Pick<Leaver, 'personId' | 'positionId'>[],
  quiet: QuietHours,
  now: Date,
): Promise<void> {
  if (leavers.length === 0) return
  const ids = leavers.map(({ positionId }) => positionId)
  const active = { positionId: { in: ids }, state: { in: activeStates } }
  const registrations = await tx.registration.findMany({ where: active, orderBy: { id: 'asc' } })
  await lockPersons(
    tx,
    leavers.map(({ personId }) => personId),
  )
  await lockTrainings(
    tx,
    registrations.map(({ trainingCode }) => trainingCode),
  )
  await tx.$executeRaw`
    UPDATE position SET until = greatest("from", ${now}) WHERE id = ANY(${ids}) AND until IS NULL`
  for (const { id, personId, cooperativeId, role } of registrations) {
    const other = await tx.position.findFirst({
      where: { personId, cooperativeId, role, until: null, pending: false },
    })
    if (other)
      await tx.registration.update({ where: { id }, data: { positionId: other.id, title: other.title } })
    else await cancelRegistration(tx, personId, id, quiet, now)
  }
}
