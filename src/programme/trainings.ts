import { areaCovers } from '../areas.ts'
import type { Tx } from '../database/client.ts'
import type { Session, Training, Venue, Wave } from '../database/generated/client.ts'
import type { Role, Track, Zone } from '../database/generated/enums.ts'

/** A training with its wave, venue and the sessions that are not cancelled, by start; `_count` has all of them. */
export type FullTraining = Training & {
  wave: Wave
  venue: Venue
  sessions: Session[]
  _count: { sessions: number }
}

/** What a query includes for a full training. */
export const everything = {
  wave: true,
  venue: true,
  sessions: { where: { cancelledAt: null }, orderBy: { starts: 'asc' } },
  _count: { select: { sessions: true } },
} as const

export type TrainingQuery = {
  code?: string
  waves?: number[]
  venue?: string
  track?: Track
  zone?: Zone
  role?: Role
  /** An area: trainings for it, for a part of it, or for what it is part of; or held in it. */
  area?: string
  /** With a session that touches this span. */
  during?: { from: Date; to: Date }
}

export async function trainingByCode(tx: Tx, code: string): Promise<FullTraining | undefined> {
  return (await tx.training.findUnique({ where: { code }, include: everything })) ?? undefined
}

/** Trainings that answer to all of the query, by their first session. */
export async function findTrainings(tx: Tx, query: TrainingQuery): Promise<FullTraining[]> {
  const found = await tx.training.findMany({
    where: {
      ...(query.code ? { code: query.code } : {}),
      ...(query.waves ? { waveNumber: { in: query.waves } } : {}),
      ...(query.venue ? { venueId: query.venue } : {}),
      ...(query.track ? { track: query.track } : {}),
      ...(query.zone ? { zone: query.zone } : {}),
      ...(query.role ? { roles: { has: query.role } } : {}),
      ...(query.during
        ? {
            sessions: {
              some: {
                cancelledAt: null,
                starts: { lte: query.during.to },
                ends: { gte: query.during.from },
              },
            },
          }
        : {}),
    },
    include: everything,
  })
  const { area } = query
  return found
    .filter(
      (training) =>
        !area || training.areas.some((covered) => areaCovers(covered, area) || areaCovers(area, covered)),
    )
    .sort((a, b) => firstStart(a) - firstStart(b) || a.code.localeCompare(b.code))
}

/** Milliseconds of the first session's start; Infinity while there is none. */
export function firstStart(training: FullTraining): number {
  return training.sessions[0]?.starts.getTime() ?? Number.POSITIVE_INFINITY
}

/** Whether the last session is over. */
export function isOver(training: FullTraining, now: Date): boolean {
  const last = Math.max(...training.sessions.map(({ ends }) => ends.getTime()))
  return training.sessions.length > 0 && last < now.getTime()
}

/** Whether all its sessions are cancelled: it has no date until staff give one of them another. */
export function isCalledOff(training: Pick<FullTraining, 'sessions' | '_count'>): boolean {
  return training.sessions.length === 0 && training._count.sessions > 0
}

/** Whether it is neither over nor called off. */
export function isAhead(training: FullTraining, now: Date): boolean {
  return !isOver(training, now) && !isCalledOff(training)
}

/** Whether its wave's window is open, and it is not called off. */
export function takesRegistrations(training: FullTraining, now: Date): boolean {
  return stageOf(training.wave, now) === 'open' && !isCalledOff(training)
}

/** Codes and venues of all trainings, by which a message may name one. */
export async function namesOfTrainings(
  tx: Tx,
): Promise<{ code: string; waveNumber: number; venueId: string; venueName: string }[]> {
  const found = await tx.training.findMany({
    select: { code: true, waveNumber: true, venueId: true, venue: { select: { name: true } } },
    orderBy: { code: 'asc' },
  })
  return found.map(({ venue, ...names }) => ({ ...names, venueName: venue.name }))
}

export async function wave(tx: Tx, number: number): Promise<Wave | undefined> {
  return (await tx.wave.findUnique({ where: { number } })) ?? undefined
}

/** All waves, by number. */
export async function allWaves(tx: Tx): Promise<Wave[]> {
  return await tx.wave.findMany({ orderBy: { number: 'asc' } })
}

export type WaveStage = 'to-come' | 'open' | 'closed'

/** Where a wave stands in its registration window. */
export function stageOf(of: Pick<Wave, 'opens' | 'closes'>, now: Date): WaveStage {
  if (now < of.opens) return 'to-come'
  return now < of.closes ? 'open' : 'closed'
}

/** Seats that nobody has and nobody holds. */
export function freeSeats(training: Pick<Training, 'capacity' | 'taken' | 'offered'>): number {
  return training.capacity - training.taken - training.offered
}
