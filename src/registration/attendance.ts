import { randomInt } from 'node:crypto'
import type { Tx } from '../database/client.ts'
import type { Registration, Session } from '../database/generated/client.ts'
import type { AttendanceSource, RegistrationState } from '../database/generated/enums.ts'
import { lockPersons, lockTrainings } from '../database/locks.ts'
import { hour, later } from '../time.ts'
import { settleOutcomes } from './completion.ts'
import { numberAlphabet } from './register.ts'
import { takenStates } from './seats.ts'

/** So long before a session's start its code begins to be valid; it is until the session's end. */
const codeOpensBefore = hour
const codeLength = 4
/** 7KQ2, K7Q2: letters and digits change places twice, as in no word and no measure, so that the bare code is told apart. */
const interleaved = /^(\d+[A-Z]+\d|[A-Z]+\d+[A-Z])/

/** Whether a text, in upper case, has the form of a session's code. */
export function isSessionCode(text: string): boolean {
  const letters = [...text]
  return (
    letters.length === codeLength &&
    letters.every((letter) => numberAlphabet.includes(letter)) &&
    interleaved.test(text)
  )
}

/**
 * The code that those present at a session write to the bot, such as 7KQ2; drawn when it is first asked for, and the
 * same from then on. Takes the lock of the session's training.
 * @throws Error when there is no such session
 */
export async function sessionCode(tx: Tx, sessionId: number): Promise<string> {
  const found = await tx.session.findUnique({ where: { id: sessionId }, select: { trainingCode: true } })
  if (!found) throw new Error(`no session ${sessionId}`)
  await lockTrainings(tx, [found.trainingCode])
  const { code } = await tx.session.findUniqueOrThrow({ where: { id: sessionId }, select: { code: true } })
  if (code) return code
  const drawn = await freeCode(tx)
  await tx.session.update({ where: { id: sessionId }, data: { code: drawn } })
  return drawn
}

async function freeCode(tx: Tx): Promise<string> {
  for (;;) {
    const letters = Array.from({ length: codeLength }, () => numberAlphabet[randomInt(numberAlphabet.length)])
    const code = letters.join('')
    if (!isSessionCode(code)) continue
    const used =
      (await tx.session.count({ where: { code } })) + (await tx.training.count({ where: { code } }))
    if (used === 0) return code
  }
}

/** From when a session's code is valid. */
export function codeOpens(session: Pick<Session, 'starts'>): Date {
  return later(session.starts, -codeOpensBefore)
}

/** Where a session stands in the time of its code. */
export function codeStage(session: Pick<Session, 'starts' | 'ends'>, now: Date): 'early' | 'open' | 'over' {
  if (now < codeOpens(session)) return 'early'
  return now <= session.ends ? 'open' : 'over'
}

/** A session with the title of its class. */
export type HeldSession = Session & { training: { title: string } }

export type CheckIn =
  | { result: 'noted'; at: Date; session: HeldSession; next: Session | undefined }
  /** Noted before, and when. */
  | { result: 'already'; at: Date; session: HeldSession }
  | { result: 'early' | 'over' | 'cancelled' | 'not-registered'; session: HeldSession }
  /** No seat yet: on the waiting list, offered one, or waiting for staff. */
  | { result: 'no-seat'; session: HeldSession; state: RegistrationState }
  | { result: 'unknown' }

/** The session of a code, in either letter case. */
export async function sessionOfCode(tx: Tx, code: string): Promise<HeldSession | undefined> {
  const found = await tx.session.findUnique({
    where: { code: code.toUpperCase() },
    include: { training: { select: { title: true } } },
  })
  return found ?? undefined
}

/**
 * Notes by a session's code that a person is there, once a session; or says why not. Takes the locks of the person and
 * the training.
 */
export async function checkIn(tx: Tx, personId: number, code: string, now: Date): Promise<CheckIn> {
  const found = await sessionOfCode(tx, code)
  if (!found) return { result: 'unknown' }
  const { trainingCode } = found
  await lockPersons(tx, [personId])
  await lockTrainings(tx, [trainingCode])
  // It may have been moved or cancelled until the lock was had.
  const session = (await sessionOfCode(tx, code)) ?? found
  if (session.cancelledAt) return { result: 'cancelled', session }
  const held = await heldIn(tx, personId, trainingCode)
  if (!held) return { result: 'not-registered', session }
  if (!takenStates.includes(held.state)) return { result: 'no-seat', session, state: held.state }
  const before = await tx.attendance.findUnique({
    where: { registrationId_sessionId: { registrationId: held.id, sessionId: session.id } },
  })
  if (before) return { result: 'already', at: before.at, session }
  const stage = codeStage(session, now)
  if (stage !== 'open') return { result: stage, session }
  await note(tx, [{ registrationId: held.id, sessionId: session.id }], 'code', now)
  const next = await tx.session.findFirst({
    where: { trainingCode, cancelledAt: null, starts: { gt: session.starts } },
    orderBy: { starts: 'asc' },
  })
  return { result: 'noted', at: now, session, next: next ?? undefined }
}

/** A person's registration in a training that counts: one with a seat before one that waits for it. */
async function heldIn(tx: Tx, personId: number, trainingCode: string): Promise<Registration | undefined> {
  const waiting: RegistrationState[] = ['waitlisted', 'offered', 'pending']
  const found = await tx.registration.findMany({
    where: { personId, trainingCode, state: { in: [...takenStates, ...waiting] } },
    orderBy: { id: 'desc' },
  })
  return found.find(({ state }) => takenStates.includes(state)) ?? found[0]
}

type Presence = { registrationId: number; sessionId: number }

/** Writes presences that are not there yet, and sets outcomes anew that were set already. Returns how many are new. */
async function note(tx: Tx, presences: Presence[], source: AttendanceSource, now: Date): Promise<number> {
  const registrationIds = presences.map(({ registrationId }) => registrationId)
  const sessionIds = presences.map(({ sessionId }) => sessionId)
  const added = await tx.$executeRaw`
    INSERT INTO attendance (registration_id, session_id, at, source)
    SELECT registration_id, session_id, ${now}, ${source}::"AttendanceSource"
    FROM unnest(${registrationIds}::int[], ${sessionIds}::int[]) AS p (registration_id, session_id)
    ON CONFLICT DO NOTHING`
  await settleOutcomes(tx, registrationIds)
  return added
}

/**
 * Notes many presences at once, such as a list on paper; those that stand already stay as they are. The caller has
 * checked that each registration has a seat in the session's training, and holds the locks of persons and trainings.
 * Returns how many are new.
 */
export async function tickAll(
  tx: Tx,
  presences: Presence[],
  source: AttendanceSource,
  now: Date,
): Promise<number> {
  return presences.length === 0 ? 0 : await note(tx, presences, source, now)
}

/**
 * Takes back that somebody was there, and sets their outcome anew if it was set already. The caller holds the locks of
 * person and training. Returns whether they had been noted.
 */
export async function untick(tx: Tx, { registrationId, sessionId }: Presence): Promise<boolean> {
  const { count } = await tx.attendance.deleteMany({ where: { registrationId, sessionId } })
  if (count > 0) await settleOutcomes(tx, [registrationId])
  return count > 0
}

/** Somebody with a seat in a session's class, in the order of the list to sign; `at` is when they were noted. */
export type Seated = {
  registrationId: number
  personId: number
  number: string
  name: string
  cooperative: string
  at: Date | null
}

/** Everybody with a seat in a session's class. */
export async function seatList(
  tx: Tx,
  { id, trainingCode }: Pick<Session, 'id' | 'trainingCode'>,
): Promise<Seated[]> {
  return await tx.$queryRaw<Seated[]>`
    SELECT r.id AS "registrationId", p.id AS "personId", r.number, p.name, c.name AS cooperative, a.at
    FROM registration r JOIN person p ON p.id = r.person_id JOIN cooperative c ON c.id = r.cooperative_id
      LEFT JOIN attendance a ON a.registration_id = r.id AND a.session_id = ${id}
    WHERE r.training_code = ${trainingCode} AND r.state::text = ANY(${takenStates}::text[])
    ORDER BY lower(p.name), r.id`
}

/** Who of these persons has a seat in a session's training, and when they were noted at the session. */
export async function seatedAt(
  tx: Tx,
  personIds: number[],
  session: Pick<Session, 'id' | 'trainingCode'>,
): Promise<{ personId: number; notedAt: Date | undefined }[]> {
  const found = await tx.registration.findMany({
    where: {
      personId: { in: personIds },
      trainingCode: session.trainingCode,
      state: { in: [...takenStates] },
    },
    select: { personId: true, attendance: { where: { sessionId: session.id }, select: { at: true } } },
  })
  return found.map(({ personId, attendance: [first] }) => ({ personId, notedAt: first?.at }))
}

/** A registered session of a person that is not over, and when they were noted there. */
export type ComingSession = HeldSession & { notedAt: Date | undefined }

/** The sessions of a person's seats that are neither over nor cancelled, by their start. */
export async function comingSessions(tx: Tx, personId: number, now: Date): Promise<ComingSession[]> {
  const found = await tx.session.findMany({
    where: {
      cancelledAt: null,
      ends: { gte: now },
      training: { registrations: { some: { personId, state: { in: [...takenStates] } } } },
    },
    include: {
      training: { select: { title: true } },
      attendance: { where: { registration: { personId } }, select: { at: true } },
    },
    orderBy: { starts: 'asc' },
  })
  return found.map(({ attendance: [first], ...session }) => ({ ...session, notedAt: first?.at }))
}
