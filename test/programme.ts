import { randomBytes, randomInt } from 'node:crypto'
import { allAreas } from '../src/areas.ts'
import type { Database } from '../src/database/client.ts'
import { hour, later, minute } from '../src/time.ts'

/**
 * A programme and roster whose facts stand nowhere in the project: words are drawn anew each time, so that an
 * answer that holds them must come from the database.
 */
/** So that two programmes of a test never share a code. */
let made = 0

export type MadeProgramme = {
  wave: number
  code: string
  title: string
  venue: string
  address: string
  speaker: string
  starts: Date
  ends: Date
  capacity: number
}

/** A capitalised word that means nothing. */
export const word = (): string => {
  const letters = randomBytes(6)
    .toString('base64url')
    .replace(/[^a-z]/gi, 'x')
    .toLowerCase()
  return `${letters[0]?.toUpperCase()}${letters.slice(1)}`
}

/** One open wave with one class for all of Batam's officers. */
export async function makeProgramme(
  db: Database,
  given: { startsIn?: number; capacity?: number; now?: Date; code?: string; wave?: number } = {},
): Promise<MadeProgramme> {
  const now = given.now ?? new Date()
  const wave = given.wave ?? randomInt(5, 40)
  const starts = later(now, given.startsIn ?? 20 * 24 * hour)
  const programme: MadeProgramme = {
    wave,
    code: given.code ?? `Z${wave}-${++made}`,
    title: `Tata Kelola ${word()}`,
    venue: `Gedung ${word()}`,
    address: `Jalan ${word()} ${randomInt(1, 200)}`,
    speaker: `Ibu ${word()}`,
    starts,
    ends: later(starts, 4 * hour),
    capacity: given.capacity ?? 30,
  }
  const venueId = `v-${programme.code.toLowerCase()}`
  await db.venue.create({
    data: {
      id: venueId,
      name: programme.venue,
      address: programme.address,
      lat: 1.1,
      lon: 104,
      directions: `Naik ${word()}`,
    },
  })
  await db.wave.upsert({
    where: { number: wave },
    create: { number: wave, title: `Tahap ${word()}`, opens: later(now, -hour), closes: later(starts, -1) },
    update: {},
  })
  await db.training.create({
    data: {
      ...{
        code: programme.code,
        waveNumber: wave,
        title: programme.title,
        track: 'organisation',
        zone: 'mainland',
      },
      ...{
        areas: ['21.71'],
        roles: ['pengurus', 'pengawas', 'manajer'],
        capacity: programme.capacity,
        venueId,
      },
      requirements: `Bawa ${word()}`,
      allowance: `Uang ${word()}`,
      sessions: {
        create: {
          key: '1',
          title: `Materi ${word()}`,
          starts,
          ends: programme.ends,
          speaker: programme.speaker,
        },
      },
    },
  })
  return programme
}

export type MadeOfficer = {
  personId: number
  positionId: number
  name: string
  phone: string
  cooperative: string
}

/** So many officers, each a ketua of a cooperative of their own kelurahan of Batam. */
export async function makeOfficers(
  db: Database,
  count: number,
  given: { consented?: boolean } = {},
): Promise<MadeOfficer[]> {
  const kelurahan = allAreas().filter(({ code, level }) => level === 'kelurahan' && code.startsWith('21.71.'))
  const made: MadeOfficer[] = []
  for (let index = 0; index < count; index++) {
    const area = kelurahan[index % kelurahan.length]
    if (!area) throw new Error('no kelurahan')
    const cooperative = await db.cooperative.upsert({
      where: { areaCode: area.code },
      create: { areaCode: area.code, name: `Koperasi ${area.name}` },
      update: {},
    })
    const name = `${word()} ${word()}`
    const phone = `+62813${String(randomInt(0, 10 ** 8)).padStart(8, '0')}`
    const person = await db.person.create({
      data: {
        name,
        ...(given.consented ? { consentedAt: later(new Date(), -minute) } : {}),
        phones: { create: { phone } },
        positions: { create: { cooperativeId: cooperative.id, role: 'pengurus', title: 'ketua' } },
      },
      include: { positions: true },
    })
    made.push({
      personId: person.id,
      positionId: person.positions[0]?.id ?? 0,
      name,
      phone,
      cooperative: cooperative.name,
    })
  }
  return made
}
