import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { transaction } from '../../src/database/client.ts'
import { introduce, waitingOffice } from '../../src/people/waiting-office.ts'
import { applyForSeat } from '../../src/registration/apply.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { importCommand, now } from '../planning/command.ts'
import { notices } from '../planning/session.ts'
import { makeProgramme } from '../programme.ts'

const heading = 'nama,no_hp,jabatan,kelurahan,kecamatan'
const phone = '+6281200000001'
const tono = { name: 'Tono Hartono', areaCode: '21.71.09.1003', role: 'pengurus', title: 'ketua' } as const

let test: TestDatabase
let folder: string
let code: string
beforeAll(async () => {
  test = await freshDatabase()
  folder = mkdtempSync(join(tmpdir(), 'bimtek-roster-'))
})
beforeEach(async () => {
  await test.empty()
  code = (await makeProgramme(test.db, { now })).code
  await test.db.contact.create({ data: { channel: 'telegram', chat: 'tono', phone, lastHeardAt: now } })
  await transaction(test.db, async (tx) => {
    const personId = await introduce(tx, phone, tono, now)
    const position = await waitingOffice(tx, personId)
    if (!position) throw new Error('does not wait')
    expect(await applyForSeat(tx, { personId, position }, code, now)).toHaveProperty('applied')
  })
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await test.drop()
})

async function run(rows: string[], options = {}) {
  const path = join(folder, 'roster.csv')
  writeFileSync(path, [heading, ...rows].join('\n'))
  const done = await importCommand(test.db, 'officers', path, { json: true, ...options })
  expect(done.stderr).toBe('')
  return done.json
}

/** Everybody as "name: numbers: offices held; offices that wait". */
async function everybody() {
  const persons = await test.db.person.findMany({
    include: { phones: { orderBy: { phone: 'asc' } }, positions: { where: { until: null } } },
    orderBy: { id: 'asc' },
  })
  return persons.map(({ name, phones, positions }) => {
    const titles = (pending: boolean) =>
      positions.flatMap((each) => (each.pending === pending ? [each.title] : [])).join('+')
    return `${name}: ${phones.map((each) => each.phone).join('+')}: ${titles(false)}; ${titles(true)}`
  })
}

const registration = () => test.db.registration.findFirstOrThrow({ include: { cooperative: true } })
const waiting = [`Tono Hartono: ${phone}: ; ketua`]
const agreed = [`Tono Hartono: ${phone}: ketua; `]

describe('a roster that names who waits', () => {
  it.each([
    ['by number', `Tono Hartono,${phone},Ketua,Sadai,Bengkong`],
    ['by name and cooperative', 'Tono Hartono,,Ketua,Sadai,Bengkong'],
    ['by a name with a typing error', 'Tono Hartonno,,Ketua,Sadai,Bengkong'],
  ])('%s makes the office count and the seat sure, once', async (_, row) => {
    expect(await run([row])).toMatchObject({ new: 0, changed: 1, ended: 0 })
    expect((await everybody()).map((each) => each.replace('nn', 'n'))).toEqual(agreed)
    expect(await registration()).toMatchObject({ state: 'confirmed' })
    expect(await test.db.reminder.count()).toBeGreaterThan(0)
    expect(await notices(test.db)).toHaveLength(1)
    expect(await run([row])).toMatchObject({ same: 1, new: 0, changed: 0 })
    expect(await notices(test.db)).toHaveLength(1)
  })

  it('in another office ends the one that was claimed; the registration goes with that of the roster', async () => {
    await run([`Tono Hartono,${phone},Bendahara,Sadai,Bengkong`])
    expect(await everybody()).toEqual([`Tono Hartono: ${phone}: bendahara; `])
    expect(await registration()).toMatchObject({ state: 'confirmed', title: 'bendahara' })
  })

  it('in another cooperative, by number and name, corrects that too', async () => {
    await run([`Tono Hartono,${phone},Ketua,Tiban Lama,Sekupang`])
    expect(await everybody()).toEqual(agreed)
    expect(await registration()).toMatchObject({
      ...{ state: 'confirmed', cooperative: { areaCode: '21.71.03.1007' } },
    })
  })

  it('refuses the registration for which the office of the roster is the wrong one', async () => {
    await test.db.training.update({ where: { code }, data: { roles: ['pengurus'] } })
    await run([`Tono Hartono,${phone},Manajer,Sadai,Bengkong`])
    expect(await registration()).toMatchObject({ state: 'refused' })
  })

  it('shows it in the dry run and leaves it', async () => {
    const rows = [`Tono Hartono,${phone},Ketua,Sadai,Bengkong`]
    expect(await run(rows, { dryRun: true })).toMatchObject({ changed: 1 })
    expect(await everybody()).toEqual(waiting)
  })
})

describe('a roster that may mean somebody else', () => {
  it('with another number under the name leaves who waits to staff', async () => {
    await run(['Tono Hartono,0813-1111-2222,Ketua,Sadai,Bengkong'])
    expect(await everybody()).toEqual([...waiting, 'Tono Hartono: +6281311112222: ketua; '])
    expect(await registration()).toMatchObject({ state: 'pending' })
  })

  it('of whom it knows already takes nobody who waits under that name for them', async () => {
    await run(['Tono Hartono,0813-1111-2222,Ketua,Sadai,Bengkong'])
    expect(await run(['Tono Hartono,,Ketua,Sadai,Bengkong'])).toMatchObject({ same: 1, changed: 0, new: 0 })
    expect(await everybody()).toEqual([...waiting, 'Tono Hartono: +6281311112222: ketua; '])
  })

  it('does not end with --leavers what waits', async () => {
    expect(await run(['Wati Lestari,,Sekretaris,Sadai,Bengkong'], { leavers: true })).toMatchObject({
      new: 1,
      ended: 0,
    })
    expect((await everybody())[0]).toBe(waiting[0])
    expect(await registration()).toMatchObject({ state: 'pending' })
  })
})
