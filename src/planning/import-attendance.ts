import type { Tx } from '../database/client.ts'
import type { Session } from '../database/generated/client.ts'
import type { RegistrationState } from '../database/generated/enums.ts'
import { lockPersons, lockTrainings } from '../database/locks.ts'
import { nameWords, sameName } from '../people/names.ts'
import { tickAll } from '../registration/attendance.ts'
import { takenStates } from '../registration/seats.ts'
import type { FileSource } from '../spreadsheets/read.ts'
import { inWib } from '../time.ts'
import type { BadRow } from './bad-rows.ts'
import { nearest, nearestNames, readCode } from './nearest.ts'
import { headingWords, type Layout, type Notes, type TableRow, tableRows } from './table.ts'

type Column = 'nomor_pendaftaran' | 'nama' | 'kelas' | 'sesi' | 'hadir'
/** The columns of a paper list that was typed in, as `template attendance` writes them. */
export const attendanceColumns: readonly Column[] = ['nomor_pendaftaran', 'nama', 'kelas', 'sesi', 'hadir']

const headings: [RegExp, Column][] = [
  [
    /^(nomor|no|nomer|kode) ?(pendaftaran|registrasi|peserta|reg)$|^(registrasi|pendaftaran|reg)$/,
    'nomor_pendaftaran',
  ],
  [/^nama( lengkap| peserta)*$/, 'nama'],
  [/^(kode )?(kelas|bimtek|pelatihan|training)$|^kode$/, 'kelas'],
  [/^(sesi|session|pertemuan)( ke)?$/, 'sesi'],
  [/^(hadir|kehadiran|status|status kehadiran|absen|absensi|presensi|hadir tidak)$/, 'hadir'],
]

const layout: Layout<Column> = {
  ...{ name: 'attendance', columns: attendanceColumns, needed: ['sesi', 'hadir'] },
  columnOf: (heading) => headings.find(([words]) => words.test(headingWords(heading)))?.[1],
}

/** What an import did, on its transaction; taking that back makes a dry run of it. */
export type AttendancePlan = {
  rows: number
  new: number
  changed: 0
  /** Rows that say what is stored already, and those that say nobody was there: nothing is unticked. */
  same: number
  bad: BadRow[]
}

type Row = TableRow<Column>
type Fault = { column: Column; problem: string; suggestions?: string[] }
type Presence = { registrationId: number; sessionId: number }
type Held = {
  id: number
  number: string
  trainingCode: string
  state: RegistrationState
  personId: number
  name: string
}

/**
 * Notes who was at which session, by lists on paper. Persons and trainings are locked first; what is stored is read
 * at once, however long the list is.
 * @throws ImportRefused or UnreadableFile when it is no such list
 */
export async function planAttendanceImport(
  tx: Tx,
  source: FileSource,
  now: Date,
  notes: Notes,
): Promise<AttendancePlan> {
  const plan: AttendancePlan = { rows: 0, new: 0, changed: 0, same: 0, bad: [] }
  const rows: Row[] = []
  for await (const row of tableRows(source, layout, notes)) rows.push(row)
  const known = await readKnown(tx, rows)
  const wanted: Presence[] = []
  for (const row of rows) {
    plan.rows += 1
    const found = findPresence(row.cells, known, now)
    if ('problem' in found) addBad(plan, row, found)
    else if ('nobody' in found) plan.same += 1
    else wanted.push(found)
  }
  plan.new = await tickAll(tx, wanted, 'paper', now)
  plan.same += wanted.length - plan.new
  return plan
}

function addBad(plan: AttendancePlan, { sheet, row, cells }: Row, fault: Fault): void {
  const { column, problem, suggestions = [] } = fault
  plan.bad.push({ sheet, row, column, value: cells[column], problem, suggestions })
}

// What is stored

type Known = {
  byNumber: Map<string, Held>
  byClass: Map<string, Held[]>
  /** Of every class, by start. */
  sessions: Map<string, Session[]>
}

/** All that the rows may mean, read after it is locked. */
async function readKnown(tx: Tx, rows: Row[]): Promise<Known> {
  const numbers = rows.map(({ cells }) => numberOf(cells.nomor_pendaftaran))
  const all = await tx.training.findMany({ select: { code: true }, orderBy: { code: 'asc' } })
  const classes = all.map(({ code }) => code)
  const codes = rows.map(({ cells }) => readCode(cells.kelas, classes))
  const before = await readRegistrations(tx, numbers, codes)
  const trainings = [...new Set(before.map(({ trainingCode }) => trainingCode))]
  await lockPersons(tx, [...new Set(before.map(({ personId }) => personId))])
  await lockTrainings(tx, trainings)
  const found = await readRegistrations(tx, numbers, codes)
  const sessions = await tx.session.findMany({ orderBy: [{ starts: 'asc' }, { id: 'asc' }] })
  return {
    byNumber: new Map(found.map((each) => [each.number, each])),
    byClass: grouped(found),
    sessions: new Map([...classes.map((code): [string, Session[]] => [code, []]), ...grouped(sessions)]),
  }
}

async function readRegistrations(tx: Tx, numbers: string[], codes: string[]): Promise<Held[]> {
  return await tx.$queryRaw<Held[]>`
    SELECT r.id, r.number, r.training_code AS "trainingCode", r.state, r.person_id AS "personId", p.name
    FROM registration r JOIN person p ON p.id = r.person_id
    WHERE r.number = ANY(${[...new Set(numbers)]}::text[]) OR r.training_code = ANY(${[...new Set(codes)]}::text[])
    ORDER BY r.id`
}

function grouped<Item extends { trainingCode: string }>(items: Item[]): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const group = groups.get(item.trainingCode)
    if (group) group.push(item)
    else groups.set(item.trainingCode, [item])
  }
  return groups
}

// What a row means

/** REG-8F3K2, however it was typed: in small letters, with a space, without its beginning. */
function numberOf(text: string): string {
  const letters = text
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .replace(/^REG/, '')
  return letters === '' ? '' : `REG-${letters}`
}

function findPresence(cells: Row['cells'], known: Known, now: Date): Presence | { nobody: true } | Fault {
  const there = wasThere(cells.hadir)
  if (there === undefined)
    return { column: 'hadir', problem: 'Isi ya atau tidak.', suggestions: ['ya', 'tidak'] }
  const held = findHeld(cells, known)
  if ('problem' in held) return held
  const session = findSession(cells.sesi, held.trainingCode, known, now)
  if ('problem' in session) return session
  return there ? { registrationId: held.id, sessionId: session.id } : { nobody: true }
}

const yes = /^(ya|y|iya|hadir|h|v|ada|ok|1|true|benar|ttd|[✓✔√☑✅])$/i
const no =
  /^(|tidak|tdk|t|tidak hadir|n|no|0|false|salah|alpa|alfa|alpha|a|absen|izin|ijin|i|sakit|s|-+|[✗✘❌×])$/i

function wasThere(text: string): boolean | undefined {
  if (yes.test(text.trim())) return true
  return no.test(text.trim()) ? false : undefined
}

function findHeld(cells: Row['cells'], known: Known): Held | Fault {
  const number = numberOf(cells.nomor_pendaftaran)
  const code = readCode(cells.kelas, [...known.sessions.keys()])
  if (code && !known.sessions.has(code))
    return {
      column: 'kelas',
      problem: `Tidak ada kelas ${code}.`,
      suggestions: nearest(code, [...known.sessions.keys()]),
    }
  if (number) return byNumber(number, code, cells, known)
  if (cells.nama && code) return byName(code, cells, known)
  return { column: 'nomor_pendaftaran', problem: 'Isi nomor_pendaftaran, atau nama dan kelas.' }
}

function byNumber(number: string, code: string, cells: Row['cells'], known: Known): Held | Fault {
  const held = known.byNumber.get(number)
  const column = 'nomor_pendaftaran'
  if (!held) return { column, problem: `Tidak ada pendaftaran ${number}.`, suggestions: meantNumbers() }
  if (cells.nama && !sameName(nameWords(cells.nama), nameWords(held.name)))
    return { column: 'nama', problem: `${number} atas nama ${held.name}.`, suggestions: meantNumbers() }
  if (code && code !== held.trainingCode)
    return {
      column: 'kelas',
      problem: `${number} terdaftar di ${held.trainingCode}, bukan di ${code}.`,
      suggestions: [held.trainingCode],
    }
  return seated(held, column)

  /** Those of this name in the class, else what differs by a letter. */
  function meantNumbers(): string[] {
    const inClass = known.byClass.get(code) ?? []
    const named = inClass.filter(({ name }) => sameName(nameWords(cells.nama), nameWords(name)))
    if (named.length > 0) return named.slice(0, 2).map((each) => each.number)
    return nearest(
      number,
      inClass.map((each) => each.number),
      1,
    )
  }
}

function byName(code: string, cells: Row['cells'], known: Known): Held | Fault {
  const inClass = known.byClass.get(code) ?? []
  const words = nameWords(cells.nama)
  const named = inClass.filter(({ name }) => sameName(words, nameWords(name)))
  const withSeat = named.filter(({ state }) => takenStates.includes(state))
  const [only] = withSeat.length > 0 ? withSeat : named
  const persons = new Set(withSeat.map(({ personId }) => personId))
  if (persons.size > 1)
    return {
      column: 'nama',
      problem: 'Ada beberapa peserta dengan nama ini; isi nomor_pendaftaran.',
      suggestions: withSeat.map(({ number }) => number),
    }
  if (only) return seated(only, 'nama')
  return {
    column: 'nama',
    problem: `Nama ini tidak terdaftar di ${code}. Daftarkan dulu (import registrations --late), atau periksa kelasnya.`,
    suggestions: nearestNames(words, inClass),
  }
}

const withoutSeat: Partial<Record<RegistrationState, string>> = {
  pending: 'masih menunggu persetujuan',
  waitlisted: 'masih di daftar tunggu',
  offered: 'belum mengambil kursi yang ditawarkan',
  lapsed: 'tidak mendapat kursi',
  refused: 'pendaftarannya tidak disetujui',
  cancelled: 'pendaftarannya sudah dibatalkan',
}

function seated(held: Held, column: Column): Held | Fault {
  const why = withoutSeat[held.state]
  if (!why) return held
  return { column, problem: `${held.name} tidak punya kursi di ${held.trainingCode}: ${why}.` }
}

function findSession(text: string, code: string, known: Known, now: Date): Session | Fault {
  const sessions = known.sessions.get(code) ?? []
  const keys = sessions.map(({ key }) => `${code}/${key}`)
  const session = sessionNamed(text, code, sessions)
  const column = 'sesi'
  if (!session)
    return text
      ? { column, problem: `Tidak ada sesi ini di ${code}.`, suggestions: keys }
      : { column, problem: 'Sesi harus diisi.', suggestions: keys }
  const name = `${code}/${session.key}`
  if (session.cancelledAt) return { column, problem: `Sesi ${name} dibatalkan.` }
  if (session.starts <= now) return session
  const starts = inWib(session.starts).setLocale('id').toFormat("cccc, d MMMM yyyy, 'pukul' HH.mm 'WIB'")
  return { column, problem: `Sesi ${name} belum dimulai: ${starts}.` }
}

/** By its id, alone or behind its class, else by its place among the sessions; the only one needs no name. */
function sessionNamed(text: string, code: string, sessions: Session[]): Session | undefined {
  const held = sessions.filter(({ cancelledAt }) => !cancelledAt)
  if (!text) return held.length === 1 ? held[0] : undefined
  const [key = '', before = ''] = text.toUpperCase().replace(/\s+/g, '').split('/').toReversed()
  // A session of another class is none of this one.
  if (before && readCode(before, [code]) !== code) return undefined
  const bare = key.replace(/^(SESI|PERTEMUAN)(KE-?)?/, '')
  const byKey = sessions.find(({ key }) => key.toUpperCase() === bare)
  const hasNumbers = sessions.some(({ key }) => /^\d+$/.test(key))
  return byKey ?? (hasNumbers || !/^\d+$/.test(bare) ? undefined : held[Number(bare) - 1])
}
