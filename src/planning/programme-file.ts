import { z } from 'zod'
import { areaByCode, spellingDistance } from '../areas.ts'
import { Role, Track, Zone } from '../database/generated/enums.ts'
import { parseInstant } from '../time.ts'
import { type BadRow, ImportRefused } from './bad-rows.ts'

/** The lists of a programme file, in the order in which they refer to each other. */
export const programmeLists = ['venues', 'waves', 'trainings', 'sessions'] as const
export type ProgrammeList = (typeof programmeLists)[number]

/** What the lists and their columns are called in a workbook; in JSON they have their own names. */
export type FileNames = Partial<Record<ProgrammeList, { sheet: string; columns: Record<string, string> }>>

export const sheetOf = (names: FileNames, list: ProgrammeList): string => names[list]?.sheet ?? list

/** Bad rows with sheet and column as they stand in the file. */
export function asInFile(bad: BadRow[], names: FileNames): BadRow[] {
  return bad.map((each) => {
    const named = names[each.sheet as ProgrammeList]
    return named ? { ...each, sheet: named.sheet, column: named.columns[each.column] ?? each.column } : each
  })
}

/** What a programme file refers to that may be stored already. */
export type StoredProgramme = {
  venues: ReadonlySet<string>
  waves: ReadonlySet<number>
  /** Codes, each with the keys of all its sessions in the order in which they were made. */
  sessionKeys: ReadonlyMap<string, string[]>
}

/** PostgreSQL's integer ends here. */
const greatest = 2_147_483_647

const missing = 'Harus diisi.'
const filled = (wrong: string) => (issue: { input?: unknown }) =>
  issue.input === undefined || issue.input === null || issue.input === '' ? missing : wrong

/** PostgreSQL stores no NUL. */
const clean = (text: string) => text.replaceAll('\0', '').trim()

const optionalText = z.string({ error: 'Harus berupa teks.' }).transform(clean)
const text = z
  .string({ error: filled('Harus berupa teks.') })
  .transform(clean)
  .pipe(z.string().min(1, { error: missing }))

const name = (pattern: RegExp, wrong: string) =>
  z
    .union([z.string(), z.number()], { error: filled(wrong) })
    .transform((given) => clean(String(given)))
    .pipe(z.string().regex(pattern, { error: filled(wrong) }))

const venueId = name(
  /^[\w.-]{1,40}$/,
  'Paling banyak 40 huruf, angka, titik, atau tanda hubung, tanpa spasi.',
)
const code = name(/^[A-Z0-9-]{2,12}$/, 'Kode kelas: 2 sampai 12 huruf besar, angka, atau tanda hubung.')
const sessionKey = name(
  /^[\w.-]{1,20}$/,
  'Paling banyak 20 huruf, angka, titik, atau tanda hubung, tanpa spasi.',
)

const number = (from: number, to: number, wrong: string) =>
  z
    .union([z.number(), z.string().regex(/^\s*-?\d+([.,]\d+)?\s*$/)], { error: filled(wrong) })
    .transform((given) => Number(String(given).replace(',', '.')))
    .pipe(z.number({ error: wrong }).min(from, { error: wrong }).max(to, { error: wrong }))

const integer = (from: number, what: string) => {
  const wrong = `Harus bilangan bulat ${what}.`
  return number(from, greatest, wrong).pipe(z.number().int({ error: wrong }))
}

const instant = z
  .union([z.string(), z.date()], {
    error: filled('Harus tanggal dan jam, misalnya 2026-12-05T08:00+07:00.'),
  })
  .transform((given, context) => {
    const found =
      given instanceof Date ? given : /\d[T ]\d/.test(given) ? parseInstant(given.trim()) : undefined
    if (found && !Number.isNaN(found.getTime())) return found
    context.addIssue({
      code: 'custom',
      message: given === '' ? missing : 'Harus tanggal dan jam, misalnya 2026-12-05T08:00+07:00.',
    })
    return z.NEVER
  })

/** May be left out, null, or an empty cell. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((given) => (given === '' ? undefined : given), schema.nullish())

/** A list, or text with commas. */
const several = (item: z.ZodType<string>) =>
  z.preprocess(
    (given) => (typeof given === 'string' ? given.split(',').map(clean).filter(Boolean) : given),
    z.array(item, { error: filled('Harus berupa daftar.') }).min(1, { error: missing }),
  )

const choice = <T extends Record<string, string>>(values: T) =>
  z.enum(values, { error: filled(`Harus salah satu dari: ${Object.values(values).join(', ')}.`) })

const area = z
  .string({ error: 'Harus kode wilayah, misalnya 21.71.' })
  .transform(clean)
  .refine((given) => areaByCode(given) !== undefined, {
    error: (issue) => `Kode wilayah ${String(issue.input)} tidak ada dalam daftar.`,
  })

const rows = {
  venues: z.strictObject({
    ...{ id: venueId, name: text, address: text },
    lat: number(-90, 90, 'Harus garis lintang dari -90 sampai 90, misalnya 1.13.'),
    lon: number(-180, 180, 'Harus garis bujur dari -180 sampai 180, misalnya 104.05.'),
    directions: optionalText.nullish(),
  }),
  waves: z.strictObject({
    number: integer(1, '1 atau lebih'),
    ...{ title: text, opens: instant, closes: instant },
  }),
  trainings: z.strictObject({
    ...{ code, wave: integer(1, '1 atau lebih'), title: text, track: choice(Track), zone: choice(Zone) },
    ...{ areas: several(area), roles: several(choice(Role)), capacity: integer(1, '1 atau lebih') },
    perCooperative: optional(integer(1, '1 atau lebih')),
    venue: venueId,
    ...{ requirements: optionalText.nullish(), allowance: optionalText.nullish() },
    travelLeadMinutes: optional(integer(0, '0 atau lebih')),
  }),
  sessions: z.strictObject({
    ...{ training: code, id: optional(sessionKey), title: text, starts: instant, ends: instant },
    speaker: optionalText.nullish(),
  }),
}

export type VenueRow = z.infer<typeof rows.venues>
export type WaveRow = z.infer<typeof rows.waves>
export type TrainingRow = Omit<z.infer<typeof rows.trainings>, 'roles'> & { roles: Role[] }
export type SessionRow = z.infer<typeof rows.sessions>

/** A good row: its place in the list, and what it says. */
export type Good<Row> = { row: number; data: Row }

/** The good rows of a file; each session has its key. */
export type ProgrammeFile = {
  /** All rows, bad ones too. */
  count: number
  venues: Good<VenueRow>[]
  waves: Good<WaveRow>[]
  trainings: Good<TrainingRow>[]
  sessions: Good<SessionRow & { id: string }>[]
  bad: BadRow[]
}

/**
 * Checks a programme file row by row: its own values, what it refers to, and what comes twice. A row that
 * depends on a bad one is bad too.
 * @throws ImportRefused when it is no programme file at all
 */
export function checkProgramme(file: unknown, stored: StoredProgramme, names: FileNames = {}): ProgrammeFile {
  const lists = listsOf(file)
  const check = new Check(lists, names)
  const venues = check.list('venues', rows.venues, 'id', ({ id }) => id)
  const waves = check.list('waves', rows.waves, 'number', (wave) => String(wave.number))
  for (const { row, data } of check.good('waves', waves))
    if (data.opens >= data.closes) check.add('waves', row, 'closes', 'Harus sesudah pembukaan pendaftaran.')
  const trainings = check.list('trainings', rows.trainings, 'code', (training) => training.code)
  for (const { row, data } of check.good('trainings', trainings)) {
    check.reference('trainings', row, 'wave', 'waves', String(data.wave), stored.waves.has(data.wave))
    check.reference('trainings', row, 'venue', 'venues', data.venue, stored.venues.has(data.venue))
  }
  const sessions = check.list('sessions', rows.sessions, 'id', ({ training, id }) =>
    id ? `${training}/${id}` : undefined,
  )
  for (const { row, data } of check.good('sessions', sessions)) {
    if (data.starts >= data.ends) check.add('sessions', row, 'ends', 'Harus sesudah mulainya sesi.')
    check.reference(
      'sessions',
      row,
      'training',
      'trainings',
      data.training,
      stored.sessionKeys.has(data.training),
    )
  }
  const keys = keysByOrder(check, lists.sessions, stored.sessionKeys)
  return {
    // A workbook's lists have holes.
    count: programmeLists.reduce((sum, list) => sum + Object.keys(lists[list]).length, 0),
    venues: check.good('venues', venues),
    waves: check.good('waves', waves),
    trainings: check.good('trainings', trainings) as Good<TrainingRow>[],
    sessions: check.good('sessions', sessions).map(({ row, data }) => ({
      row,
      data: { ...data, id: data.id ?? keys.get(row) ?? '' },
    })),
    bad: check.bad(),
  }
}

type Lists = Record<ProgrammeList, unknown[]>

function listsOf(file: unknown): Lists {
  if (typeof file !== 'object' || file === null || Array.isArray(file))
    throw new ImportRefused(`a programme file is one JSON object with the lists ${programmeLists.join(', ')}`)
  const given = file as Record<string, unknown>
  const unknown = Object.keys(given).filter((key) => !programmeLists.some((list) => list === key))
  if (unknown.length > 0)
    throw new ImportRefused(`no such list: ${unknown.join(', ')}; there are ${programmeLists.join(', ')}`)
  const list = (key: ProgrammeList): unknown[] => {
    const value = given[key] ?? []
    if (!Array.isArray(value)) throw new ImportRefused(`${key} must be a list`)
    return value
  }
  return {
    venues: list('venues'),
    waves: list('waves'),
    trainings: list('trainings'),
    sessions: list('sessions'),
  }
}

const asText = (value: unknown): string => {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** What is wrong with the rows of a file, gathered list by list. */
class Check {
  readonly #lists: Lists
  readonly #names: FileNames
  readonly #bad: BadRow[] = []
  readonly #badRows = new Set<string>()
  /** Where each id stands first, bad rows too. */
  readonly #places = new Map<string, number>()

  constructor(lists: Lists, names: FileNames) {
    this.#lists = lists
    this.#names = names
  }

  cell(list: ProgrammeList, row: number, column: string): unknown {
    return (this.#lists[list][row - 1] as Record<string, unknown> | null | undefined)?.[column]
  }

  add(list: ProgrammeList, row: number, column: string, problem: string, suggestions: string[] = []): void {
    const value = asText(this.cell(list, row, column))
    this.#badRows.add(`${list}/${row}`)
    this.#bad.push({ sheet: list, row, column, value, problem, suggestions })
  }

  isBad(list: ProgrammeList, row: number): boolean {
    return this.#badRows.has(`${list}/${row}`)
  }

  /** Those rows that are not bad by now. */
  good<Row>(list: ProgrammeList, of: Good<Row>[]): Good<Row>[] {
    return of.filter(({ row }) => !this.isBad(list, row))
  }

  /** By list and row. */
  bad(): BadRow[] {
    const place = ({ sheet }: BadRow) => programmeLists.indexOf(sheet as ProgrammeList)
    return this.#bad.sort((a, b) => place(a) - place(b) || a.row - b.row)
  }

  /** Reads a list's rows; an id that stands in it already makes the later row bad. */
  list<Row>(
    list: ProgrammeList,
    schema: z.ZodType<Row>,
    idColumn: string,
    idOf: (row: Row) => string | undefined,
  ): Good<Row>[] {
    return this.#lists[list].flatMap((given, index) => {
      const row = index + 1
      const parsed = schema.safeParse(given)
      if (!parsed.success) {
        const raw = this.cell(list, row, idColumn)
        if (list !== 'sessions' && raw !== undefined && raw !== null)
          this.#remember(list, String(raw).trim(), row)
        this.#addIssues(list, row, given, parsed.error)
        return []
      }
      const id = idOf(parsed.data)
      const first = id === undefined ? undefined : this.#places.get(`${list}/${id}`)
      if (first !== undefined) this.add(list, row, idColumn, `Sudah ada di baris ${first}.`)
      else if (id !== undefined) this.#remember(list, id, row)
      return [{ row, data: parsed.data }]
    })
  }

  #remember(list: ProgrammeList, id: string, row: number): void {
    const place = `${list}/${id}`
    if (!this.#places.has(place)) this.#places.set(place, row)
  }

  #addIssues(list: ProgrammeList, row: number, given: unknown, error: z.ZodError): void {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) {
      this.add(list, row, '', 'Baris harus berupa objek dengan nama kolom.')
      return
    }
    for (const issue of error.issues) {
      if (issue.code !== 'unrecognized_keys') {
        this.add(list, row, String(issue.path[0] ?? ''), issue.message)
        continue
      }
      for (const key of issue.keys)
        this.add(list, row, key, 'Kolom ini tidak dikenal.', nearest(key, Object.keys(rows[list].shape)))
    }
  }

  /** What a row refers to must stand in the file as a good row, or else be stored. */
  reference(
    list: ProgrammeList,
    row: number,
    column: string,
    to: ProgrammeList,
    id: string,
    isStored: boolean,
  ): void {
    const place = this.#places.get(`${to}/${id}`)
    if (place !== undefined && this.isBad(to, place))
      this.add(list, row, column, `Bergantung pada ${sheetOf(this.#names, to)} baris ${place}, yang salah.`)
    else if (place === undefined && !isStored)
      this.add(list, row, column, `${id} tidak ada dalam daftar ${sheetOf(this.#names, to)}.`)
  }
}

/** The one that is spelt most alike, if it is alike at all. */
function nearest(word: string, known: string[]): string[] {
  const limit = 3
  const ranked = known
    .map((each) => ({ each, distance: spellingDistance(word.toLowerCase(), each.toLowerCase(), limit) }))
    .sort((a, b) => a.distance - b.distance)
  return ranked[0] && ranked[0].distance <= limit ? [ranked[0].each] : []
}

/**
 * The keys of sessions without id: by their order among the training's sessions, which must be as many as are
 * stored. They are good or bad together, lest a later import pairs them wrongly.
 */
function keysByOrder(
  check: Check,
  list: unknown[],
  storedKeys: ReadonlyMap<string, string[]>,
): Map<number, string> {
  const keys = new Map<number, string>()
  for (const [training, group] of sessionsByTraining(check, list)) {
    const withoutId = group.filter((row) => !hasId(check, row))
    if (withoutId.length === 0) continue
    const stored = storedKeys.get(training) ?? []
    const problem =
      withoutId.length < group.length
        ? `Sesi lain dari ${training} punya id: isi id untuk semua sesinya, atau tidak sama sekali.`
        : stored.length > 0 && stored.length !== group.length
          ? `Tanpa id, jumlah sesi ${training} harus sama dengan yang tersimpan (${stored.length}); di berkas ada ${group.length}.`
          : group.some((row) => check.isBad('sessions', row))
            ? `Bergantung pada sesi lain dari ${training}, yang salah.`
            : undefined
    for (const [index, row] of group.entries()) {
      if (!problem) keys.set(row, stored[index] ?? String(index + 1))
      else if (!hasId(check, row) && !check.isBad('sessions', row)) check.add('sessions', row, 'id', problem)
    }
  }
  return keys
}

function hasId(check: Check, row: number): boolean {
  const id = check.cell('sessions', row, 'id')
  return id !== undefined && id !== null && id !== ''
}

function sessionsByTraining(check: Check, list: unknown[]): Map<string, number[]> {
  const groups = new Map<string, number[]>()
  for (const index of list.keys()) {
    const training = check.cell('sessions', index + 1, 'training')
    if (typeof training !== 'string') continue
    const group = groups.get(training.trim())
    if (group) group.push(index + 1)
    else groups.set(training.trim(), [index + 1])
  }
  return groups
}
