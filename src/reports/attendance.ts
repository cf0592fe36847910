import type { Tx } from '../database/client.ts'
import type { AttendanceSource, PositionTitle, RegistrationState } from '../database/generated/enums.ts'
import { comingOf } from '../registration/coming.ts'
import { takenStates } from '../registration/seats.ts'
import type { WrittenCell, WrittenSheet } from '../spreadsheets/write.ts'
import { placeCells, type ReportOptions, reportWords, sheetTitle, type Word } from './words.ts'

type Class = { code: string; sessions: { id: number; key: string; starts: Date }[] }

type Row = {
  id: number
  number: string
  state: RegistrationState
  name: string
  title: PositionTitle
  cooperative: string
  areaCode: string
}

type Presence = { registrationId: number; sessionId: number; at: Date; source: AttendanceSource }

/** Who was at which session: a sheet a class, a row for each who has a seat, a column for each session held. */
export async function attendanceSheets(tx: Tx, options: ReportOptions): Promise<WrittenSheet[]> {
  const word = reportWords()
  const classes = await tx.training.findMany({
    where: options.wave === undefined ? {} : { waveNumber: options.wave },
    select: {
      code: true,
      sessions: {
        where: { cancelledAt: null },
        orderBy: [{ starts: 'asc' }, { id: 'asc' }],
        select: { id: true, key: true, starts: true },
      },
    },
    orderBy: [{ waveNumber: 'asc' }, { code: 'asc' }],
  })
  const sheets: WrittenSheet[] = []
  for (const one of classes) sheets.push(await classSheet(tx, one, word, options.sample))
  return sheets
}

async function classSheet(tx: Tx, one: Class, word: Word, sample: boolean): Promise<WrittenSheet> {
  const present = await presencesOf(tx, one.code)
  const coming = new Map(
    (await comingOf(tx, one.code)).map((said) => [`${said.registrationId}/${said.sessionId}`, said.comes]),
  )
  const rows = await tx.$queryRaw<Row[]>`
    SELECT r.id, r.number, r.state, p.name, r.title, c.name AS cooperative, c.area_code AS "areaCode"
    FROM registration r JOIN person p ON p.id = r.person_id JOIN cooperative c ON c.id = r.cooperative_id
    WHERE r.training_code = ${one.code} AND r.state::text = ANY(${takenStates}::text[])
    ORDER BY lower(p.name), r.id`
  return {
    name: sheetTitle(one.code, word, sample),
    headings: [
      ...[word('report-no'), word('report-number'), word('report-name'), word('report-position')],
      ...[word('report-cooperative'), word('report-kelurahan'), word('report-kecamatan')],
      ...one.sessions.map(({ key, starts }) => word('report-session', { key, starts: starts.toISOString() })),
      ...[word('report-attended'), word('report-percent'), word('report-outcome')],
    ],
    rows: rows.map((row, index) => [index + 1, ...cellsOf(row, one, { present, coming }, word)]),
    widths: [6, 12, 28, 24, 34, 20, 20, ...one.sessions.map(() => 16), 11, 13, 18],
    filter: true,
  }
}

async function presencesOf(tx: Tx, code: string): Promise<Map<string, Presence>> {
  const found = await tx.$queryRaw<Presence[]>`
    SELECT a.registration_id AS "registrationId", a.session_id AS "sessionId", a.at, a.source
    FROM attendance a JOIN registration r ON r.id = a.registration_id WHERE r.training_code = ${code}`
  return new Map(found.map((each) => [`${each.registrationId}/${each.sessionId}`, each]))
}

/** By registration and session: who was there, and what was said of coming. */
type Known = { present: Map<string, Presence>; coming: Map<string, boolean> }

function cellsOf(row: Row, one: Class, { present, coming }: Known, word: Word): WrittenCell[] {
  const saidOf = (sessionId: number) => {
    const comes = coming.get(`${row.id}/${sessionId}`)
    return comes === undefined ? null : word(comes ? 'report-coming' : 'report-not-coming')
  }
  const presences = one.sessions.map(({ id }) => present.get(`${row.id}/${id}`))
  const attended = presences.filter(Boolean).length
  const sessions = one.sessions.length
  const [kelurahan, kecamatan] = placeCells(row.areaCode)
  return [
    ...[
      row.number,
      row.name,
      word('title-name', { title: row.title }),
      row.cooperative,
      kelurahan,
      kecamatan,
    ],
    ...presences.map((presence, index) =>
      presence ? presenceText(presence, word) : saidOf(one.sessions[index]?.id ?? 0),
    ),
    word('report-attended-of', { attended, sessions }),
    sessions === 0 ? null : Math.round((attended / sessions) * 100),
    word('state-name', { state: row.state }),
  ]
}

/** The code tells when somebody came; a tick only that they did. */
function presenceText({ at, source }: Presence, word: Word): string {
  switch (source) {
    case 'code':
      return word('report-present-code', { at: at.toISOString() })
    case 'staff':
      return word('report-present-staff')
    case 'paper':
      return word('report-present-paper')
  }
}
