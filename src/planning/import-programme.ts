import type { Prisma, Tx } from '../database/client.ts'
import type { RegistrationState } from '../database/generated/enums.ts'
import { lockImport } from '../database/locks.ts'
import { lockToReopen, reopenTrainings } from '../registration/completion.ts'
import { activeStates } from '../registration/eligibility.ts'
import { takenStates } from '../registration/seats.ts'
import { endOffersByStart, offerFreeSeats } from '../registration/waiting-list.ts'
import { type PlannedReminder, planReminders, type ReminderRules } from '../reminders/plan.ts'
import { isoInWib } from '../time.ts'
import type { BadRow } from './bad-rows.ts'
import { concernsAnybody, type SessionChange, tellChanges } from './change-notices.ts'
import {
  type Concerned,
  type Counts,
  countsOf,
  distinctPersons,
  isReached,
  isUnreached,
  type Settled,
  type Unreached,
  whatReopens,
  whomItConcerns,
} from './concerned.ts'
import {
  asInFile,
  checkProgramme,
  type FileNames,
  type Good,
  type ProgrammeFile,
  sheetOf,
} from './programme-file.ts'

/** A session whose start moves, and whom in its training it concerns; instants as ISO 8601 in WIB. */
export type MovedSession = {
  /** Training and session, such as `G3-A/1`. */
  session: string
  from: string
  to: string
} & Counts

/** A row to write; `id` names it among its kind. */
type Write<Data> = { id: string; isNew: boolean; data: Data }

type Changes = {
  venues: Write<Prisma.VenueUncheckedCreateInput>[]
  waves: Write<Prisma.WaveUncheckedCreateInput>[]
  trainings: Write<Prisma.TrainingUncheckedCreateInput>[]
  sessions: Write<Prisma.SessionUncheckedCreateInput>[]
}

/** What an import would do. Counts are rows of the file. */
export type ProgrammePlan = {
  rows: number
  new: number
  changed: number
  same: number
  bad: BadRow[]
  moved: MovedSession[]
  /** Sessions of the file that are cancelled and stay so, with the time they had: `session move` revives them. */
  stillCancelled: string[]
  /** Trainings with another number of seats than before. */
  capacities: { code: string; from: number; to: number }[]
  /** An import cancels nothing: what a file no longer names stays. */
  cancelled: never[]
  /** Persons with an active registration who can be told of a moved session. */
  told: number
  /** The others of them. */
  notReached: Unreached[]
  /** Who has an outcome in a class that is held again, and keeps it: they have another place in the track. */
  settled: Settled[]
  /** Why the whole file is refused; undefined when it is not. */
  refused: string | undefined
  changes: Changes
}

export type ImportOptions = { notify: boolean; now: Date; rules: ReminderRules }

/**
 * Compares a programme file with what is stored. Locks the trainings that the file names, so that the plan
 * holds until the transaction ends.
 * @param file the parsed JSON, or what `readProgramme` made of a workbook
 * @param names what the lists are called in that workbook
 * @throws ImportRefused when it is no programme file at all
 */
export async function planProgrammeImport(
  tx: Tx,
  file: unknown,
  now: Date,
  names: FileNames = {},
): Promise<ProgrammePlan> {
  await lockImport(tx, 'programme')
  const codes = codesIn(file)
  await lockToReopen(tx, codes)
  const stored = await readStored(tx, codes)
  const known = {
    venues: new Set(stored.venues.keys()),
    waves: new Set([...stored.waves.keys()].map(Number)),
    sessionKeys: stored.sessionKeys,
  }
  const checked = checkProgramme(file, known, names)
  dropBadTrainings(checked, await trackFaults(tx, checked, stored), names)
  const overfull = await capacityFaults(tx, checked, stored)
  if (overfull.length > 0) return refusedPlan(checked, overfull, names)
  const changes = changesOf(checked, stored)
  const writes = Object.values(changes).flat()
  const good =
    checked.venues.length + checked.waves.length + checked.trainings.length + checked.sessions.length
  const added = writes.filter(({ isNew }) => isNew).length
  const moves = movesOf(changes, stored)
  const { reopened, settled } = await whatReopens(tx, heldAgain(changes, stored, now))
  const concerned = await whomItConcerns(tx, codesOf(moves), reopened)
  const toTell = personsToTell(moves, concerned, now)
  return {
    rows: checked.count,
    ...{ new: added, changed: writes.length - added, same: good - writes.length },
    ...{ bad: asInFile(checked.bad, names), cancelled: [], refused: undefined, changes },
    moved: moves.map((move) => describeMove(move, countsOf(concerned.get(move.code) ?? []))),
    ...{ stillCancelled: cancelledIn(checked, stored), capacities: capacitiesOf(changes, stored) },
    ...{ told: toTell.filter(isReached).length, notReached: toTell.filter(isUnreached), settled },
  }
}

/** Codes that a file names; what is no code is found out later. */
function codesIn(file: unknown): string[] {
  const { trainings, sessions } = (file ?? {}) as { trainings?: unknown; sessions?: unknown }
  const named = (list: unknown, column: string) =>
    Array.isArray(list)
      ? // A sheet's list has holes for bad rows, over which map would step.
        Array.from(list, (row) =>
          String(row?.[column] ?? '')
            .replaceAll('\0', '')
            .trim(),
        )
      : []
  return [...new Set([...named(trainings, 'code'), ...named(sessions, 'training')])]
}

type StoredTraining = Prisma.TrainingGetPayload<{ include: { sessions: true } }>
type Stored = {
  venues: Map<string, Prisma.VenueGetPayload<object>>
  waves: Map<string, Prisma.WaveGetPayload<object>>
  trainings: Map<string, StoredTraining>
  sessionKeys: Map<string, string[]>
}

/** Who holds a seat. */
const seatStates: RegistrationState[] = [...takenStates, 'offered']

/** Trainings of these codes, and all venues and waves. */
async function readStored(tx: Tx, codes: string[]): Promise<Stored> {
  const trainings = await tx.training.findMany({
    where: { code: { in: codes } },
    include: { sessions: { orderBy: { id: 'asc' } } },
  })
  return {
    venues: new Map((await tx.venue.findMany()).map((venue) => [venue.id, venue])),
    waves: new Map((await tx.wave.findMany()).map((wave) => [String(wave.number), wave])),
    trainings: new Map(trainings.map((training) => [training.code, training])),
    sessionKeys: new Map(trainings.map(({ code, sessions }) => [code, sessions.map(({ key }) => key)])),
  }
}

const bad = (row: number, column: string, value: unknown, problem: string): BadRow => ({
  ...{ sheet: 'trainings', row, column, value: String(value), problem, suggestions: [] },
})

/** A registration copies its training's track, and there is one active registration a track. */
async function trackFaults(tx: Tx, checked: ProgrammeFile, stored: Stored): Promise<BadRow[]> {
  const faults: BadRow[] = []
  for (const { row, data } of checked.trainings) {
    const before = stored.trainings.get(data.code)
    if (!before || before.track === data.track) continue
    const state = { in: [...new Set([...activeStates, ...seatStates])] }
    const count = await tx.registration.count({ where: { trainingCode: data.code, state } })
    const problem = `Bidang ${data.code} tidak bisa diubah: sudah ada ${count} pendaftaran.`
    if (count > 0) faults.push(bad(row, 'track', data.track, problem))
  }
  return faults
}

/** Takes bad trainings out, and with them the sessions that depend on them. */
function dropBadTrainings(checked: ProgrammeFile, faults: BadRow[], names: FileNames): void {
  const rows = new Set(faults.map(({ row }) => row))
  const codes = new Map(
    checked.trainings.filter(({ row }) => rows.has(row)).map(({ row, data }) => [data.code, row]),
  )
  const dependent = checked.sessions.filter(({ data }) => codes.has(data.training))
  checked.trainings = checked.trainings.filter(({ row }) => !rows.has(row))
  checked.sessions = checked.sessions.filter((session) => !dependent.includes(session))
  checked.bad.push(
    ...faults,
    ...dependent.map(({ row, data }) => ({
      ...bad(
        row,
        'training',
        data.training,
        `Bergantung pada ${sheetOf(names, 'trainings')} baris ${codes.get(data.training)}, yang salah.`,
      ),
      sheet: 'sessions',
    })),
  )
}

async function capacityFaults(tx: Tx, checked: ProgrammeFile, stored: Stored): Promise<BadRow[]> {
  const faults: BadRow[] = []
  for (const { row, data } of checked.trainings) {
    const before = stored.trainings.get(data.code)
    const held = before ? before.taken + before.offered : 0
    if (held <= data.capacity) continue
    const holders = await tx.registration.findMany({
      where: { trainingCode: data.code, state: { in: seatStates } },
      select: { person: { select: { name: true } } },
    })
    const names = holders
      .map(({ person }) => person.name)
      .sort()
      .join(', ')
    const problem = `Kapasitas ${data.code} tidak bisa menjadi ${data.capacity}: ${held} kursi sudah dipegang oleh ${names}.`
    faults.push(bad(row, 'capacity', data.capacity, problem))
  }
  return faults
}

const belowHeld = 'a capacity would fall below the seats that are taken or offered'

function refusedPlan(checked: ProgrammeFile, overfull: BadRow[], names: FileNames): ProgrammePlan {
  return {
    ...{
      rows: checked.count,
      new: 0,
      changed: 0,
      same: 0,
      bad: asInFile([...checked.bad, ...overfull], names),
    },
    ...{ moved: [], stillCancelled: [], capacities: [], cancelled: [], told: 0, notReached: [] },
    ...{ settled: [], refused: belowHeld },
    changes: { venues: [], waves: [], trainings: [], sessions: [] },
  }
}

function changesOf(checked: ProgrammeFile, stored: Stored): Changes {
  const before = sessionsById(stored)
  return {
    venues: writesOf(checked.venues, stored.venues, (row) => ({
      id: row.id,
      data: { ...row, directions: row.directions },
    })),
    waves: writesOf(checked.waves, stored.waves, (row) => ({ id: String(row.number), data: row })),
    trainings: writesOf(checked.trainings, stored.trainings, ({ wave, venue, ...row }) => ({
      id: row.code,
      data: { ...row, waveNumber: wave, venueId: venue },
    })),
    sessions: writesOf(checked.sessions, before, ({ training, id, ...row }) => {
      const session = before.get(`${training}/${id}`)
      // A cancelled one is not held at the time that the file says; another time would only look as if it were.
      const times = session?.cancelledAt ? { starts: session.starts, ends: session.ends } : {}
      return { id: `${training}/${id}`, data: { ...row, ...times, trainingCode: training, key: id } }
    }),
  }
}

function sessionsById(stored: Stored): Map<string, Prisma.SessionGetPayload<object>> {
  const all = [...stored.trainings.values()].flatMap(({ sessions }) => sessions)
  return new Map(all.map((session) => [`${session.trainingCode}/${session.key}`, session]))
}

function cancelledIn(checked: ProgrammeFile, stored: Stored): string[] {
  const before = sessionsById(stored)
  return checked.sessions
    .map(({ data }) => `${data.training}/${data.id}`)
    .filter((id) => before.get(id)?.cancelledAt)
}

function capacitiesOf({ trainings }: Changes, stored: Stored): ProgrammePlan['capacities'] {
  return trainings.flatMap(({ id: code, data: { capacity: to } }) => {
    const from = stored.trainings.get(code)?.capacity
    return from === undefined || from === to ? [] : [{ code, from, to }]
  })
}

/**
 * Rows that are new or differ from what is stored. What a row leaves out stays as it is; null clears a limit
 * a cooperative, and empties a text.
 */
function writesOf<Row, Data extends object>(
  good: Good<Row>[],
  stored: Map<string, object>,
  toData: (row: Row) => { id: string; data: Loose<Data> },
): Write<Data>[] {
  return good.flatMap(({ data: row }) => {
    const { id, data } = toData(row)
    const before = stored.get(id) as Record<string, unknown> | undefined
    const given = Object.entries(data)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, value === null ? (cleared[name] ?? null) : value] as const)
    if (before && given.every(([name, value]) => sameValue(before[name], value))) return []
    return [{ id, isNew: !before, data: Object.fromEntries(given) as Data }]
  })
}

/** The same with columns that a row may leave out. */
type Loose<Data> = { [Name in keyof Data]: Data[Name] | null | undefined }

/** What null means in a column that always has a value. */
const cleared: Record<string, unknown> = {
  ...{ directions: '', requirements: '', allowance: '', speaker: '', travelLeadMinutes: 0 },
}

function sameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** Stored sessions that start at another time than before; a cancelled one is not held at all. */
function movesOf(changes: Changes, stored: Stored): SessionChange[] {
  const before = sessionsById(stored)
  return changes.sessions.flatMap(({ id, data }) => {
    const session = before.get(id)
    const training = stored.trainings.get(data.trainingCode)
    const [starts, ends] = [new Date(data.starts), new Date(data.ends)]
    if (!session || !training || session.cancelledAt || session.starts.getTime() === starts.getTime())
      return []
    const named = { id, sessionId: session.id, code: training.code, title: data.title }
    return [{ ...named, from: session.starts, to: { starts, ends } }]
  })
}

/** Trainings that get a session to come, by one that is new or has other times. */
function heldAgain({ sessions }: Changes, stored: Stored, now: Date): string[] {
  const before = sessionsById(stored)
  const toCome = sessions.filter(({ id, data }) => new Date(data.ends) > now && !before.get(id)?.cancelledAt)
  return [...new Set(toCome.map(({ data }) => data.trainingCode))].sort()
}

function codesToWrite({ trainings, sessions }: Changes): string[] {
  return [...new Set([...trainings.map(({ id }) => id), ...sessions.map(({ data }) => data.trainingCode)])]
}

const codesOf = (moves: SessionChange[]): string[] => [...new Set(moves.map(({ code }) => code))]

function personsToTell(moves: SessionChange[], concerned: Map<string, Concerned[]>, now: Date): Concerned[] {
  const ahead = moves.filter((move) => concernsAnybody(move, now))
  return distinctPersons(codesOf(ahead).flatMap((code) => concerned.get(code) ?? []))
}

function describeMove({ id, from, to }: SessionChange, counts: Counts): MovedSession {
  return { session: id, from: from ? isoInWib(from) : '', to: to ? isoInWib(to.starts) : '', ...counts }
}

/**
 * Writes what the plan says, in the transaction that made it; reminders follow moved sessions, and with
 * `notify` everybody concerned is told, once a training. Returns the reminders planned, for which the caller
 * adds jobs after committing, and how many persons were told.
 */
export async function importProgramme(
  tx: Tx,
  plan: ProgrammePlan,
  options: ImportOptions,
): Promise<{ reminders: PlannedReminder[]; told: number }> {
  if (plan.refused !== undefined) return { reminders: [], told: 0 }
  const before = await readStored(tx, codesToWrite(plan.changes))
  await write(tx, plan.changes)
  await reopenTrainings(tx, heldAgain(plan.changes, before, options.now))
  const reminders: PlannedReminder[] = []
  for (const trainingCode of trainingsWithOtherReminders(plan.changes, before))
    reminders.push(...(await planReminders(tx, { trainingCode }, options.rules, options.now)))
  // A raised capacity moves the waiting list.
  for (const { id, data } of plan.changes.trainings)
    if ((data.capacity ?? 0) > (before.trainings.get(id)?.capacity ?? Number.POSITIVE_INFINITY))
      await offerFreeSeats(tx, id, options.rules.quietHours, options.now)
  const moves = movesOf(plan.changes, before)
  for (const code of codesOf(moves)) await endOffersByStart(tx, code)
  return { reminders, told: options.notify ? await tellMoves(tx, moves, options) : 0 }
}

async function tellMoves(tx: Tx, all: SessionChange[], { now, rules }: ImportOptions): Promise<number> {
  const moves = all.filter((move) => concernsAnybody(move, now))
  const concerned = await whomItConcerns(tx, codesOf(moves))
  await tellChanges(tx, moves, concerned, { now, quiet: rules.quietHours })
  return personsToTell(moves, concerned, now).filter(isReached).length
}

async function write(tx: Tx, { venues, waves, trainings, sessions }: Changes): Promise<void> {
  for (const { id, isNew, data } of venues)
    await (isNew ? tx.venue.create({ data }) : tx.venue.update({ where: { id }, data }))
  for (const { id, isNew, data } of waves)
    await (isNew ? tx.wave.create({ data }) : tx.wave.update({ where: { number: Number(id) }, data }))
  for (const { id, isNew, data } of trainings)
    await (isNew ? tx.training.create({ data }) : tx.training.update({ where: { code: id }, data }))
  for (const { isNew, data } of sessions) {
    const trainingCode_key = { trainingCode: data.trainingCode, key: data.key }
    await (isNew ? tx.session.create({ data }) : tx.session.update({ where: { trainingCode_key }, data }))
  }
}

/** Trainings with a new or moved session or another travel lead. */
function trainingsWithOtherReminders(changes: Changes, before: Stored): string[] {
  const sessions = sessionsById(before)
  const moved = changes.sessions
    .filter(({ id, data }) => sessions.get(id)?.starts.getTime() !== new Date(data.starts).getTime())
    .map(({ data }) => data.trainingCode)
  const otherLead = changes.trainings
    .filter(({ id, data }) => {
      const lead = before.trainings.get(id)?.travelLeadMinutes
      return data.travelLeadMinutes !== undefined && lead !== undefined && data.travelLeadMinutes !== lead
    })
    .map(({ id }) => id)
  return [...new Set([...moved, ...otherLead])].sort()
}
