import { contactsToTell } from '../contacts/contacts.ts'
import type { Tx } from '../database/client.ts'
import type { RegistrationState } from '../database/generated/enums.ts'
import { finishedIn } from '../registration/completion.ts'
import { activeStates } from '../registration/eligibility.ts'

/** Why a person cannot be told: no number on the roster, never wrote to the bot, or has blocked it. */
export type WhyNot = 'no-number' | 'no-contact' | 'blocked'

/** Somebody with an active registration in a training. */
export type Concerned = {
  personId: number
  name: string
  cooperative: string
  state: RegistrationState
  offeredUntil: Date | null
  /** E.164 */
  phones: string[]
  /** What reaches them, or why nothing does. */
  contact: { id: number; channel: string } | WhyNot
}

export type Reached = Omit<Concerned, 'contact'> & { contact: { id: number; channel: string } }
export type Unreached = Omit<Concerned, 'contact'> & { contact: WhyNot }

type Row = Omit<Concerned, 'contact'> & { code: string; blocked: boolean }

/**
 * Everybody with an active registration in these trainings, by training; by cooperative and name within each.
 * @param reopened ids of registrations that are confirmed again by the change in question
 */
export async function whomItConcerns(
  tx: Tx,
  codes: string[],
  reopened: number[] = [],
): Promise<Map<string, Concerned[]>> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT r.training_code AS code, CASE WHEN r.id = ANY(${reopened}) THEN 'confirmed' ELSE r.state::text END AS state, r.offered_until AS "offeredUntil",
      p.id AS "personId", p.name, c.name AS cooperative,
      ARRAY(SELECT phone FROM person_phone WHERE person_id = p.id ORDER BY phone) AS phones,
      EXISTS (SELECT FROM person_phone n JOIN contact k ON k.phone = n.phone WHERE n.person_id = p.id) AS blocked
    FROM registration r JOIN person p ON p.id = r.person_id JOIN cooperative c ON c.id = r.cooperative_id
    WHERE r.training_code = ANY(${codes}) AND (r.state::text = ANY(${activeStates}) OR r.id = ANY(${reopened}))
    ORDER BY c.name, p.name, p.id`
  const contacts = await contactsToTell(
    tx,
    rows.map(({ personId }) => personId),
    true,
  )
  const byTraining = new Map<string, Concerned[]>(codes.map((code) => [code, []]))
  for (const { code, blocked, ...row } of rows) {
    const whyNot = blocked ? 'blocked' : row.phones.length === 0 ? 'no-number' : 'no-contact'
    byTraining.get(code)?.push({ ...row, contact: contacts.get(row.personId) ?? whyNot })
  }
  return byTraining
}

/** Somebody whose outcome in a class stands although it is held again. */
export type Settled = { code: string; name: string; cooperative: string; state: RegistrationState }

/** What becomes of the outcomes of classes that get a session to come: ids that are confirmed again, and the others. */
export async function whatReopens(
  tx: Tx,
  codes: string[],
): Promise<{ reopened: number[]; settled: Settled[] }> {
  const finished = await finishedIn(tx, codes)
  const ids = (reopens: boolean) => finished.filter((each) => each.reopens === reopens).map(({ id }) => id)
  const settled = await tx.$queryRaw<Settled[]>`
    SELECT r.training_code AS code, p.name, c.name AS cooperative, r.state::text AS state
    FROM registration r JOIN person p ON p.id = r.person_id JOIN cooperative c ON c.id = r.cooperative_id
    WHERE r.id = ANY(${ids(false)}) ORDER BY c.name, p.name, r.id`
  return { reopened: ids(true), settled }
}

export function isReached(each: Concerned): each is Reached {
  return typeof each.contact === 'object'
}

export function isUnreached(each: Concerned): each is Unreached {
  return typeof each.contact === 'string'
}

/** How many have a seat, wait for one, are offered one, and wait for the office. */
export type Counts = { registered: number; waiting: number; offered: number; pending: number }

export function countsOf(concerned: Concerned[]): Counts {
  const count = (state: RegistrationState) => concerned.filter((each) => each.state === state).length
  return {
    ...{ registered: count('confirmed'), waiting: count('waitlisted') },
    ...{ offered: count('offered'), pending: count('pending') },
  }
}

/** The same persons, each once: somebody may be in several trainings. */
export function distinctPersons<Each extends Concerned>(all: Each[]): Each[] {
  return [...new Map(all.map((each) => [each.personId, each])).values()]
}
