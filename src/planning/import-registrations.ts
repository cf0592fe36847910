import type { Tx } from '../database/client.ts'
import type { Cooperative, Position } from '../database/generated/client.ts'
import { lockPersons, lockTrainings } from '../database/locks.ts'
import { nameWords, sameName } from '../people/names.ts'
import { firstStart } from '../programme/trainings.ts'
import { activeStates, type Officer } from '../registration/eligibility.ts'
import { joinWaitingList, register } from '../registration/register.ts'
import type { PlannedReminder, ReminderRules } from '../reminders/plan.ts'
import type { FileSource } from '../spreadsheets/read.ts'
import type { BadRow } from './bad-rows.ts'
import { nearest, nearestNames, readCode } from './nearest.ts'
import { checkKelurahan, type RosterColumn, rosterColumnOf, rosterColumns } from './roster-file.ts'
import { readPhones } from './roster-phones.ts'
import { findOffice } from './roster-words.ts'
import { headingWords, type Layout, type TableRow, tableRows } from './table.ts'
import { whyRefused } from './why-refused.ts'

type Column = RosterColumn | 'kelas'
/** The columns of a list of names, as `template registrations` writes them. */
export const registrationColumns: readonly Column[] = [...rosterColumns, 'kelas']

const layout: Layout<Column> = {
  ...{ name: 'registrations', columns: registrationColumns, needed: ['nama', 'kelas'] },
  columnOf: (heading) =>
    /^(kelas|kode kelas|kode|kode bimtek|bimtek|training|pelatihan|kode pelatihan)$/.test(
      headingWords(heading),
    )
      ? 'kelas'
      : rosterColumnOf(heading),
}

/** What an import did, on its transaction; taking that back makes a dry run of it. */
export type RegistrationsPlan = {
  rows: number
  new: number
  changed: 0
  same: number
  bad: BadRow[]
  /** Those of the new ones whose class is full: they wait for a seat. */
  waiting: { sheet: string; row: number; name: string; code: string }[]
  reminders: PlannedReminder[]
}

type Row = TableRow<Column>
type Held = Position & { cooperative: Cooperative }
type Found = { personId: number; name: string; positions: Held[] }
type Fault = { column: Column; problem: string; suggestions?: string[] }
type Wanted = { row: Row; person: Found; position: Held; code: string }

/**
 * Registers whom a list names, under all rules of a registration; in a full class on its waiting list. Whoever is in that
 * class already, or waits for it, stays as they are.
 * Persons and trainings are locked first, since it does many at once.
 * @param late also into a class that has begun, and after its wave has closed: who came without being registered
 * @throws ImportRefused or UnreadableFile when it is no such list
 */
export async function planRegistrationsImport(
  tx: Tx,
  source: FileSource,
  rules: ReminderRules,
  now: Date,
  late = false,
): Promise<RegistrationsPlan> {
  const plan: RegistrationsPlan = {
    rows: 0,
    new: 0,
    changed: 0,
    same: 0,
    bad: [],
    waiting: [],
    reminders: [],
  }
  const trainings = new Map((await tx.training.findMany()).map((training) => [training.code, training.roles]))
  const wanted: Wanted[] = []
  for await (const row of tableRows(source, layout)) {
    plan.rows += 1
    const found = await findWanted(tx, row, trainings)
    if ('problem' in found) addBad(plan, row, found)
    else wanted.push(found)
  }
  await lockPersons(
    tx,
    wanted.map(({ person }) => person.personId),
  )
  await lockTrainings(
    tx,
    wanted.map(({ code }) => code),
  )
  for (const each of wanted) await registerOne(tx, plan, each, { rules, now, late })
  plan.bad.sort((a, b) => a.row - b.row)
  return plan
}

function addBad(
  plan: RegistrationsPlan,
  { sheet, row, cells }: Row,
  { column, problem, suggestions }: Fault,
): void {
  plan.bad.push({ sheet, row, column, value: cells[column], problem, suggestions: suggestions ?? [] })
}

async function registerOne(
  tx: Tx,
  plan: RegistrationsPlan,
  { row, person, position, code }: Wanted,
  by: By,
): Promise<void> {
  const { personId, name } = person
  const states = { in: [...activeStates, 'completed' as const] }
  if ((await tx.registration.count({ where: { personId, trainingCode: code, state: states } })) > 0) {
    plan.same += 1
    return
  }
  const officer = { personId, position }
  const result = await seatOrPlace(tx, officer, code, by)
  if ('refused' in result) {
    const why = by.late && result.refused === 'begun' ? 'kelasnya sudah selesai.' : whyRefused[result.refused]
    const problem = `${name} tidak bisa didaftarkan di ${code}: ${why}`
    return addBad(plan, row, { column: 'kelas', problem })
  }
  plan.new += 1
  if ('waiting' in result) plan.waiting.push({ sheet: row.sheet, row: row.row, name, code })
  else plan.reminders.push(...result.reminders)
}

type By = { rules: ReminderRules; now: Date; late: boolean }

/** A seat, or a place on the waiting list of a full class; in one that has begun nobody waits. */
async function seatOrPlace(tx: Tx, officer: Officer, code: string, { rules, now, late }: By) {
  const result = await register(tx, officer, code, rules, now, undefined, { late })
  if (!('refused' in result)) return result
  const { refused, training } = result
  if (refused !== 'full' || firstStart(training) <= now.getTime()) return { refused, training }
  return await joinWaitingList(tx, officer, code, now, { late })
}

async function findWanted(tx: Tx, row: Row, trainings: Map<string, string[]>): Promise<Wanted | Fault> {
  const code = readCode(row.cells.kelas, [...trainings.keys()])
  const roles = trainings.get(code)
  if (!code) return { column: 'kelas', problem: 'Kode kelas harus diisi.' }
  if (!roles)
    return {
      column: 'kelas',
      problem: `Tidak ada kelas ${code}.`,
      suggestions: nearest(code, [...trainings.keys()]),
    }
  const person = await findPerson(tx, row.cells)
  if ('problem' in person) return person
  const position = choosePosition(person.positions, row.cells.jabatan, roles)
  if (position) return { row, person, position, code }
  const held = person.positions.map(({ title }) => title.replaceAll('_', ' '))
  return { column: 'jabatan', problem: `${person.name} tidak memegang jabatan ini.`, suggestions: held }
}

/** By the office that the row names; without one, that for which the class is. */
function choosePosition(positions: Held[], jabatan: string, roles: string[]): Held | undefined {
  const suited = positions.find(({ role }) => roles.includes(role)) ?? positions[0]
  if (!jabatan) return suited
  const office = findOffice(jabatan)
  if ('suggestions' in office) return undefined
  return (
    positions.find(({ title }) => title === office.title) ??
    positions.find(({ role }) => role === office.role)
  )
}

async function findPerson(tx: Tx, cells: Row['cells']): Promise<Found | Fault> {
  const words = nameWords(cells.nama)
  if (words.length === 0) return { column: 'nama', problem: 'Nama harus diisi.' }
  const phones = readPhones(cells.no_hp)
  if ('problem' in phones) return { column: 'no_hp', ...phones }
  const place = await findPlace(tx, cells)
  if ('problem' in place) return place
  if (phones.phones.length > 0) {
    const byNumber = await personsWhere(tx, { phones: { some: { phone: { in: phones.phones } } } }, place.ids)
    const named = byNumber.filter(({ name }) => sameName(nameWords(name), words))
    if (named[0]) return named[0]
  }
  if (!place.ids && phones.phones.length === 0)
    return { column: 'kelurahan', problem: 'Isi no_hp, kelurahan atau koperasi, supaya orangnya jelas.' }
  const here = place.ids ? await personsWhere(tx, {}, place.ids) : await personsNamed(tx, words)
  const named = here.filter(({ name }) => sameName(nameWords(name), words))
  const [only] = named
  if (only && named.length === 1) return only
  if (only) return { column: 'nama', problem: 'Ada beberapa orang dengan nama ini; isi no_hp.' }
  return {
    column: 'nama',
    problem: 'Orang ini tidak ada dalam daftar pengurus.',
    suggestions: nearestNames(words, here),
  }
}

/** The cooperatives that a row means: by its kelurahan, else by the name of the cooperative; no ids for anywhere. */
async function findPlace(tx: Tx, cells: Row['cells']): Promise<{ ids?: number[] } | Fault> {
  if (cells.kelurahan) {
    let fault: Fault | undefined
    const area = checkKelurahan(cells, (column, problem, suggestions = []) => {
      fault = { column, problem, suggestions }
    })
    if (!area) return fault ?? { column: 'kelurahan', problem: 'Kelurahan tidak dikenal.' }
    const found = await tx.cooperative.findMany({ where: { areaCode: area.code }, select: { id: true } })
    return { ids: found.map(({ id }) => id) }
  }
  if (!cells.koperasi) return {}
  const all = await tx.$queryRaw<{ id: number }[]>`
    SELECT id FROM cooperative WHERE lower(name) = ${cells.koperasi.toLowerCase()}`
  if (all.length > 0) return { ids: all.map(({ id }) => id) }
  return { column: 'koperasi', problem: 'Koperasi ini tidak ada; isi kelurahannya.' }
}

type Where = NonNullable<Parameters<Tx['person']['findMany']>[0]>['where']

async function personsWhere(tx: Tx, where: Where, cooperatives?: number[]): Promise<Found[]> {
  const held = {
    until: null,
    pending: false,
    ...(cooperatives ? { cooperativeId: { in: cooperatives } } : {}),
  }
  const persons = await tx.person.findMany({
    where: { ...where, positions: { some: held } },
    include: { positions: { where: held, include: { cooperative: true }, orderBy: { id: 'asc' } } },
    orderBy: { id: 'asc' },
  })
  return persons.map(({ id, name, positions }) => ({ personId: id, name, positions }))
}

/** Everybody in whose name one of these words stands as it is. */
async function personsNamed(tx: Tx, words: string[]): Promise<Found[]> {
  const longest = words.toSorted((a, b) => b.length - a.length)[0] ?? ''
  return await personsWhere(tx, { name: { contains: longest, mode: 'insensitive' } })
}
