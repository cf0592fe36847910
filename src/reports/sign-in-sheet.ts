import type { Tx } from '../database/client.ts'
import type { Session, Training, Venue } from '../database/generated/client.ts'
import type { PositionTitle } from '../database/generated/enums.ts'
import { takenStates } from '../registration/seats.ts'
import type { WrittenCell, WrittenSheet } from '../spreadsheets/write.ts'
import { inWib } from '../time.ts'
import { placeCells, type ReportOptions, reportWords, type Word } from './words.ts'

/** Empty numbered lines below the names, for those who come without being on the list. */
const spareLines = 5
/** Points: high enough to sign in. */
const rowHeight = 27

/**
 * A list to sign for each session that is not cancelled: of the wave, or else those from today on; headed with the
 * session's code, if that is drawn.
 */
export async function signInSheets(tx: Tx, options: ReportOptions, now: Date): Promise<WrittenSheet[]> {
  const word = reportWords()
  const sessions = await sessionsToSign(tx, options.wave, now)
  const names = await namesByClass(tx, [...new Set(sessions.map(({ trainingCode }) => trainingCode))])
  return sessions.map((session) => ({
    name: `${session.trainingCode} ${session.key}`,
    title: titleOf(session, word, options.sample),
    headings: [
      ...[word('report-no'), word('report-number'), word('report-name'), word('report-position')],
      ...[word('report-cooperative'), word('report-kelurahan'), word('report-signature'), ''],
    ],
    rows: withSpareLines(names.get(session.trainingCode) ?? [], word),
    widths: [5, 13, 23, 16, 22, 15, 13, 13],
    paper: { rowHeight },
  }))
}

export type SessionToSign = Session & { training: Training & { venue: Venue } }

/** The sessions of `signInSheets`, by start. */
export async function sessionsToSign(tx: Tx, wave: number | undefined, now: Date): Promise<SessionToSign[]> {
  const today = inWib(now).startOf('day').toJSDate()
  return await tx.session.findMany({
    where: {
      cancelledAt: null,
      ...(wave === undefined ? { ends: { gte: today } } : { training: { waveNumber: wave } }),
    },
    include: { training: { include: { venue: true } } },
    orderBy: [{ starts: 'asc' }, { trainingCode: 'asc' }, { id: 'asc' }],
  })
}

function titleOf(session: SessionToSign, word: Word, sample: boolean): string[] {
  const { training, key, title, speaker, code } = session
  const [starts, ends] = [session.starts.toISOString(), session.ends.toISOString()]
  const oneDay = inWib(session.starts).hasSame(inWib(session.ends), 'day')
  const { name: venue, address } = training.venue
  return [
    word('report-sign-title'),
    ...(sample ? [word('report-sample-line')] : []),
    word('report-sign-class', { title: training.title, code: training.code, wave: training.waveNumber }),
    speaker === ''
      ? word('report-sign-session', { key, title })
      : word('report-sign-session-speaker', { key, title, speaker }),
    oneDay ? word('report-sign-when', { starts, ends }) : word('report-sign-when-days', { starts, ends }),
    word('report-sign-venue', { venue, address }),
    ...(code === null ? [] : [word('report-sign-code', { code })]),
    '',
  ]
}

type Name = {
  code: string
  number: string
  name: string
  title: PositionTitle
  cooperative: string
  areaCode: string
}

/** Who has a seat in these classes, by name. */
async function namesByClass(tx: Tx, codes: string[]): Promise<Map<string, Name[]>> {
  const rows = await tx.$queryRaw<Name[]>`
    SELECT r.training_code AS code, r.number, p.name, r.title, c.name AS cooperative, c.area_code AS "areaCode"
    FROM registration r JOIN person p ON p.id = r.person_id JOIN cooperative c ON c.id = r.cooperative_id
    WHERE r.training_code = ANY(${codes}) AND r.state::text = ANY(${takenStates}::text[])
    ORDER BY lower(p.name), r.id`
  const names = new Map<string, Name[]>(codes.map((code) => [code, []]))
  for (const row of rows) names.get(row.code)?.push(row)
  return names
}

/** Odd numbers sign on the left, even ones on the right, so that each has room. */
function withSpareLines(names: Name[], word: Word): WrittenCell[][] {
  return Array.from({ length: names.length + spareLines }, (_, index) => {
    const number = index + 1
    const name = names[index]
    const who = name
      ? [
          ...[name.number, name.name, word('title-name', { title: name.title }), name.cooperative],
          placeCells(name.areaCode)[0],
        ]
      : [null, null, null, null, null]
    const signature = number % 2 === 1 ? [`${number}.`, null] : [null, `${number}.`]
    return [number, ...who, ...signature]
  })
}
