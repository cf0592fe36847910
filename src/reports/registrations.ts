import type { Tx } from '../database/client.ts'
import type { PositionTitle, RegistrationState, Track } from '../database/generated/enums.ts'
import type { WrittenCell, WrittenSheet } from '../spreadsheets/write.ts'
import {
  placeCells,
  type ReportOptions,
  reportDates,
  reportWords,
  sheetTitle,
  type Word,
  wallClock,
} from './words.ts'

/** So many rows are read at once. */
const pageSize = 2_000

/** In this order they stand below their class: who comes, who wants to come, who does not. */
const stateOrder: RegistrationState[] = [
  ...(['confirmed', 'completed', 'partial', 'absent', 'offered', 'waitlisted', 'pending'] as const),
  ...(['lapsed', 'refused', 'cancelled'] as const),
]

/** Every registration with its person, and a sheet that sums them up by class. */
export async function registrationSheets(tx: Tx, options: ReportOptions): Promise<WrittenSheet[]> {
  const word = reportWords()
  return [await listSheet(tx, options, word), await totalsSheet(tx, options, word)]
}

type Row = {
  number: string
  state: RegistrationState
  name: string
  title: PositionTitle
  cooperative: string
  areaCode: string
  phones: string
  code: string
  training: string
  wave: number
  track: Track
  createdAt: Date
  place: number | null
}

async function listSheet(tx: Tx, options: ReportOptions, word: Word): Promise<WrittenSheet> {
  const rows: WrittenCell[][] = []
  for await (const page of pages(tx, options.wave)) rows.push(...page.map((row) => cellsOf(row, word)))
  const headings = [
    ...[word('report-number'), word('report-state'), word('report-name'), word('report-position')],
    ...[word('report-cooperative'), word('report-kelurahan'), word('report-kecamatan')],
    ...[word('report-kabupaten'), word('report-phone'), word('report-code'), word('report-class')],
    ...[word('report-wave'), word('report-track'), word('report-registered-at'), word('report-place')],
  ]
  return {
    name: sheetTitle(word('report-sheet-registrations'), word, options.sample),
    ...{ headings, rows, dates: reportDates, filter: true },
    widths: [12, 20, 28, 24, 34, 20, 20, 18, 18, 12, 34, 11, 20, 20, 14],
  }
}

function cellsOf(row: Row, word: Word): WrittenCell[] {
  return [
    ...[row.number, word('state-name', { state: row.state }), row.name],
    ...[word('title-name', { title: row.title }), row.cooperative, ...placeCells(row.areaCode), row.phones],
    ...[row.code, row.training, row.wave, word('track-name', { track: row.track })],
    ...[wallClock(row.createdAt), row.place],
  ]
}

/** Registrations by wave, class, state and name; their order is read first, then they themselves, page by page. */
async function* pages(tx: Tx, wave: number | undefined): AsyncGenerator<Row[]> {
  const ordered = await tx.$queryRaw<{ id: number; place: number | null }[]>`
    SELECT r.id, CASE WHEN r.state = 'waitlisted' THEN
        (row_number() OVER (PARTITION BY r.training_code, r.state ORDER BY r.waiting_number))::int END AS place
    FROM registration r JOIN training t ON t.code = r.training_code JOIN person p ON p.id = r.person_id
    WHERE ${wave ?? null}::int IS NULL OR t.wave_number = ${wave ?? null}::int
    ORDER BY t.wave_number, t.code, array_position(${stateOrder}::text[], r.state::text),
      CASE WHEN r.state = 'waitlisted' THEN r.waiting_number END, lower(p.name), r.id`
  for (let at = 0; at < ordered.length; at += pageSize) {
    const page = ordered.slice(at, at + pageSize)
    const rows = await tx.$queryRaw<Row[]>`
      SELECT r.number, r.state, p.name, r.title, c.name AS cooperative, c.area_code AS "areaCode",
        (SELECT coalesce(string_agg(n.phone, ', ' ORDER BY n.phone), '') FROM person_phone n
          WHERE n.person_id = p.id) AS phones,
        t.code, t.title AS training, t.wave_number AS wave, t.track, r.created_at AS "createdAt"
      FROM unnest(${page.map(({ id }) => id)}::int[]) WITH ORDINALITY AS page(id, nr)
      JOIN registration r ON r.id = page.id JOIN person p ON p.id = r.person_id
      JOIN cooperative c ON c.id = r.cooperative_id JOIN training t ON t.code = r.training_code
      ORDER BY page.nr`
    yield rows.map((row, index) => ({ ...row, place: page[index]?.place ?? null }))
  }
}

type Totals = {
  wave: number
  code: string
  title: string
  track: Track
  starts: Date | null
  venue: string
  capacity: number
  taken: number
  offered: number
  waiting: number
  pending: number
}

async function totalsSheet(tx: Tx, options: ReportOptions, word: Word): Promise<WrittenSheet> {
  const wave = options.wave ?? null
  const classes = await tx.$queryRaw<Totals[]>`
    SELECT t.wave_number AS wave, t.code, t.title, t.track, v.name AS venue, t.capacity, t.taken, t.offered,
      (SELECT min(starts) FROM session s WHERE s.training_code = t.code AND s.cancelled_at IS NULL) AS starts,
      count(r.id) FILTER (WHERE r.state = 'waitlisted')::int AS waiting,
      count(r.id) FILTER (WHERE r.state = 'pending')::int AS pending
    FROM training t JOIN venue v ON v.id = t.venue_id LEFT JOIN registration r ON r.training_code = t.code
    WHERE ${wave}::int IS NULL OR t.wave_number = ${wave}::int
    GROUP BY t.code, v.name ORDER BY t.wave_number, t.code`
  const numbers = classes.map(({ capacity, taken, offered, waiting, pending }) => [
    ...[capacity, taken, offered, waiting, pending, capacity - taken - offered],
  ])
  const rows = classes.map(({ wave: number, code, title, track, starts, venue }, index): WrittenCell[] => [
    ...[number, code, title, word('track-name', { track }), starts && wallClock(starts), venue],
    ...(numbers[index] ?? []),
  ])
  const sums = [0, 1, 2, 3, 4, 5].map((column) => numbers.reduce((sum, row) => sum + (row[column] ?? 0), 0))
  return {
    name: word('report-sheet-totals'),
    headings: [
      ...[word('report-wave'), word('report-code'), word('report-class'), word('report-track')],
      ...[word('report-starts'), word('report-venue'), word('report-capacity'), word('report-taken')],
      ...[word('report-offered'), word('report-waiting'), word('report-pending'), word('report-free')],
    ],
    rows: [...rows, [word('report-total'), null, null, null, null, null, ...sums]],
    ...{ dates: reportDates, widths: [11, 12, 34, 20, 20, 28, 11, 11, 11, 11, 13, 11] },
  }
}
