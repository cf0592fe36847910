import type { Position } from '../database/generated/client.ts'
import type { PositionTitle, RegistrationState } from '../database/generated/enums.ts'
import type { Refusal } from '../registration/eligibility.ts'
import type { PlannedReminder, ReminderRules } from '../reminders/plan.ts'

/** What became of an entry. */
export type Outcome =
  /** The registration has its seat, or a place on the waiting list. */
  | { is: 'confirmed'; training: string }
  | { is: 'waitlisted'; training: string; place: number }
  /** A rule stands against the registration; the office is agreed to all the same. */
  | { is: 'against-a-rule'; training: string; rule: Refusal }
  /** An office without a registration is agreed to. */
  | { is: 'agreed' }
  /** Somebody's own data are changed as they asked; these registrations stay with the office that has ended. */
  | { is: 'changed'; keeps: string[] }
  | { is: 'refused' }
  /** It was decided before. */
  | { is: 'decided'; state: RegistrationState | 'agreed' | 'ended' }

export type Decided = {
  id: string
  name: string
  outcome: Outcome
  /** Whom of the roster the person turned out to be. */
  becameOneWith?: string
  /** An office that a cooperative has once and that others hold beside this person from now on. */
  alsoHeldBy?: { title: PositionTitle; cooperative: string; names: string[] }
}

export type Decision = { agree: true } | { agree: false; reason?: string }

export type Decider = { actor: string; rules: ReminderRules; now: Date }

/** The same with what only its caller needs. */
export type Done = Decided & {
  /** Whom it concerns in the end. */
  personId: number
  /** The person who is no more since they are one with that. */
  merged?: number | undefined
  reminders: PlannedReminder[]
  /** The office that counts from now on, where the decision was about one. */
  office?: Pick<Position, 'cooperativeId' | 'title'> | undefined
}
