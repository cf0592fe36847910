import type { Tx } from '../database/client.ts'
import type { WrittenCell } from '../spreadsheets/write.ts'
import { inWib } from '../time.ts'
import { wallClock } from './words.ts'

/** The rows of a programme file, list by list, by the names of its columns. */
export type ProgrammeRows = Record<
  'venues' | 'waves' | 'trainings' | 'sessions',
  Record<string, WrittenCell>[]
>

/**
 * The programme as `import programme` takes it, of one wave or whole; brought in again, it changes nothing. Cancelled
 * sessions are left out: what a file does not name stays as it is, and elsewhere they must not rise from the dead.
 */
export async function programmeRows(tx: Tx, wave: number | undefined): Promise<ProgrammeRows> {
  const ofWave = wave === undefined ? {} : { waveNumber: wave }
  const trainings = await tx.training.findMany({
    where: ofWave,
    orderBy: [{ waveNumber: 'asc' }, { code: 'asc' }],
  })
  const venues = await tx.venue.findMany({
    where: wave === undefined ? {} : { id: { in: trainings.map(({ venueId }) => venueId) } },
    orderBy: { id: 'asc' },
  })
  const waves = await tx.wave.findMany({
    where: wave === undefined ? {} : { number: wave },
    orderBy: { number: 'asc' },
  })
  const sessions = await tx.session.findMany({
    where: { cancelledAt: null, ...(wave === undefined ? {} : { training: ofWave }) },
    orderBy: [{ training: { waveNumber: 'asc' } }, { trainingCode: 'asc' }, { starts: 'asc' }, { id: 'asc' }],
  })
  return {
    venues: venues.map(({ id, name, address, lat, lon, directions }) => ({
      ...{ id, name, address, lat, lon, directions },
    })),
    waves: waves.map(({ number, title, opens, closes }) => ({
      ...{ number, title, opens: instant(opens), closes: instant(closes) },
    })),
    trainings: trainings.map(({ areas, roles, waveNumber, venueId, ...training }) => ({
      ...{ code: training.code, wave: waveNumber, title: training.title, track: training.track },
      ...{ zone: training.zone, areas: areas.join(','), roles: roles.join(','), capacity: training.capacity },
      ...{ perCooperative: training.perCooperative, venue: venueId, requirements: training.requirements },
      ...{ allowance: training.allowance, travelLeadMinutes: training.travelLeadMinutes },
    })),
    sessions: sessions.map(({ trainingCode, key, title, starts, ends, speaker }) => ({
      ...{ training: trainingCode, id: key, title, starts: instant(starts), ends: instant(ends), speaker },
    })),
  }
}

/** A date as its cell shows it, to the minute; one with seconds as text, so that none are lost. */
function instant(at: Date): WrittenCell {
  return at.getTime() % 60_000 === 0 ? wallClock(at) : (inWib(at).toISO() ?? at.toISOString())
}
