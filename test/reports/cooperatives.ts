import { areaByCode } from '../../src/areas.ts'
import type { Database } from '../../src/database/client.ts'
import type { PositionTitle, RegistrationState, Role } from '../../src/database/generated/enums.ts'
import { makeProgramme, word } from '../programme.ts'

export type Officer = { personId: number; positionId: number; cooperativeId: number; name: string }

const roleOf = (title: PositionTitle): Role => {
  if (title === 'manajer') return 'manajer'
  return title.endsWith('pengawas') ? 'pengawas' : 'pengurus'
}

/** The cooperative of a place; its name is the place's. */
export async function makeCooperative(db: Database, areaCode: string): Promise<number> {
  const name = `Koperasi ${areaByCode(areaCode)?.name ?? areaCode}`
  const { id } = await db.cooperative.upsert({
    where: { areaCode },
    create: { areaCode, name },
    update: {},
  })
  return id
}

/** Somebody with an office, until an instant if they have left it. */
export async function makeHolder(
  db: Database,
  cooperativeId: number,
  title: PositionTitle,
  given: { name?: string; phone?: string; until?: Date; personId?: number } = {},
): Promise<Officer> {
  const name = given.name ?? `${word()} ${word()}`
  const personId =
    given.personId ??
    (
      await db.person.create({
        data: { name, ...(given.phone ? { phones: { create: { phone: given.phone } } } : {}) },
      })
    ).id
  const { id } = await db.position.create({
    data: {
      ...{ personId, cooperativeId, title, role: roleOf(title), from: new Date('2026-01-01') },
      ...(given.until ? { until: given.until } : {}),
    },
  })
  return { personId, positionId: id, cooperativeId, name }
}

let numbers = 0

/** A registration in this state, as it is copied from the position at the time; with its seat. */
export async function makeRegistration(
  db: Database,
  officer: Officer,
  code: string,
  state: RegistrationState,
): Promise<number> {
  const training = await db.training.findUniqueOrThrow({ where: { code } })
  const position = await db.position.findUniqueOrThrow({ where: { id: officer.positionId } })
  const { id } = await db.registration.create({
    data: {
      ...{ number: `REG-${String(++numbers).padStart(5, '2')}`, personId: officer.personId },
      ...{ positionId: officer.positionId, cooperativeId: officer.cooperativeId },
      ...{ role: position.role, title: position.title, trainingCode: code, track: training.track, state },
      ...(state === 'waitlisted' ? { waitingNumber: numbers } : {}),
    },
  })
  if (['confirmed', 'completed', 'partial', 'absent'].includes(state))
    await db.training.update({ where: { code }, data: { taken: { increment: 1 } } })
  return id
}

/** A class of each track in one wave. */
export async function makeTracks(
  db: Database,
  now: Date,
): Promise<{ organisation: string; business: string }> {
  const organisation = await makeProgramme(db, { now, wave: 3, code: 'G3-A' })
  const business = await makeProgramme(db, { now, wave: 3, code: 'G3-B' })
  await db.training.update({ where: { code: business.code }, data: { track: 'business' } })
  return { organisation: organisation.code, business: business.code }
}
