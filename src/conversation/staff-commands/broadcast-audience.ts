import { areaByCode, areaCovers } from '../../areas.ts'
import { parseAudience } from '../../broadcasts/audience.ts'
import type { Choice } from '../../delivery/content.ts'
import { allWaves, findTrainings, isAhead } from '../../programme/trainings.ts'
import { type Part, say } from '../../texts.ts'
import type { Reply } from '../reply.ts'
import { does, leaveChoice, type StaffTurn } from './command.ts'

const mostWaves = 4
const mostClasses = 10
const mostAreas = 8

/** A choice of a whole audience. */
const to = (label: Part, audience: string): Choice => does(label, 'siaran', 'to', { audience })

/** Asks for whom a broadcast is: by choices, or in words. */
export function askAudience(before: Part[] = []): Reply[] {
  return [
    {
      parts: [...before, say('staff-broadcast-for-whom')],
      choices: [
        to(say('choice-staff-all'), 'all'),
        to(say('choice-staff-not-registered'), 'not-registered'),
        to(say('choice-staff-untrained'), 'untrained'),
        does(say('choice-staff-by-wave'), 'siaran', 'by-wave'),
        does(say('choice-staff-by-class'), 'siaran', 'by-class'),
        does(say('choice-staff-by-area'), 'siaran', 'by-area'),
        leaveChoice,
      ],
    },
  ]
}

/** The same, among waves, classes or areas. */
export async function askWithin(turn: StaffTurn, what: string): Promise<Reply[]> {
  const choices = await withinChoices[what]?.(turn)
  if (!choices || choices.length === 0) return askAudience([say('staff-broadcast-none-such')])
  return [{ parts: [say('staff-broadcast-which')], choices: [...choices, leaveChoice] }]
}

const withinChoices: Record<string, (turn: StaffTurn) => Promise<Choice[]>> = {
  'by-wave': async ({ tx }) =>
    (await allWaves(tx))
      .slice(-mostWaves)
      .flatMap(({ number: wave }) => [
        to(say('choice-staff-wave-confirmed', { wave }), `wave=${wave} and status=confirmed`),
        to(say('choice-staff-wave-eligible', { wave }), `eligible=${wave}`),
      ]),
  'by-class': async ({ tx, now }) =>
    (await findTrainings(tx, {}))
      .filter((training) => isAhead(training, now))
      .slice(0, mostClasses)
      .map(({ code }) =>
        to(say('choice-staff-class-confirmed', { code }), `training=${code} and status=confirmed`),
      ),
  'by-area': async ({ tx }) => {
    const rows = await tx.$queryRaw<{ code: string }[]>`
      SELECT split_part(area_code, '.', 1) || '.' || split_part(area_code, '.', 2) AS code
      FROM cooperative GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ${mostAreas}`
    return [
      ...rows.map(({ code }) =>
        to(say('choice-staff-area', { area: areaByCode(code)?.name ?? code }), `area=${code}`),
      ),
      to(say('choice-staff-mainland'), 'zone=mainland'),
      to(say('choice-staff-hinterland'), 'zone=hinterland'),
    ]
  },
}

const expression = /=|^\s*(all|untrained|not-registered)\s*$/i
const words: [RegExp, string][] = [
  [/\b(semua|seluruh)\b/i, 'all'],
  [/\bbelum\s+(pernah\s+)?(ikut|di ?latih|terlatih|lulus|selesai)/i, 'untrained'],
  [/\bhinterland|pulau\b/i, 'zone=hinterland'],
  [/\b(daratan|mainland)\b/i, 'zone=mainland'],
  [/\b(kelembagaan|organisasi)\b/i, 'track=organisation'],
  [/\b(bisnis|usaha|manajerial)\b/i, 'track=business'],
  [/\b(daftar )?(tunggu|menunggu)\b/i, 'status=waitlisted'],
]
const notYet = /\b(belum|blm)\s+(men)?(daftar|terdaftar)/i
const registered = /\b(terdaftar|peserta|yang (sudah )?daftar)\b/i

/**
 * The audience that a message means: an expression, or words such as "pengawas di Bengkong". Undefined when it means
 * none.
 * @throws AudienceFault of an expression that cannot be read
 */
export function audienceIn(turn: StaffTurn): string | undefined {
  const { text, understanding, named } = turn
  if (expression.test(text)) {
    parseAudience(text)
    return text.trim()
  }
  const waves = (named.waves ?? []).join('|')
  const isNotYet = notYet.test(text)
  const isRegistered = !isNotYet && registered.test(text)
  const terms = [
    ...officesIn(understanding.mentions),
    ...areasIn(understanding.mentions),
    ...(named.code ? [`training=${named.code}`] : []),
    ...(waves === '' ? [] : [isNotYet ? `eligible=${waves}` : `wave=${waves}`]),
    ...(isNotYet && waves === '' ? ['not-registered'] : []),
    ...(isRegistered ? ['status=confirmed'] : []),
    ...words.flatMap(([pattern, term]) => (pattern.test(text) ? [term] : [])),
  ]
  const narrowed = terms.length > 1 ? terms.filter((term) => term !== 'all') : terms
  return narrowed.length > 0 ? [...new Set(narrowed)].join(' and ') : undefined
}

type Mentions = StaffTurn['understanding']['mentions']

/** "ketua dan pengawas": each office that is named; one is enough. */
function officesIn(mentions: Mentions): string[] {
  const positions = mentions.filter(({ entity }) => entity === 'position')
  // A position's word names its role too.
  const roles = mentions.filter(
    ({ entity, value, start, end }) =>
      entity === 'role' &&
      value !== 'anggota' &&
      !positions.some((position) => position.start < end && start < position.end),
  )
  const terms = [
    ...(positions.length > 0 ? [`position=${valuesOf(positions)}`] : []),
    ...(roles.length > 0 ? [`role=${valuesOf(roles)}`] : []),
  ]
  return terms.length > 1 ? [`(${terms.join(' or ')})`] : terms
}

/** "Bengkong dan Sekupang": each place that is named; of a kelurahan in its kecamatan only that. */
function areasIn(mentions: Mentions): string[] {
  const codes = mentions.flatMap(({ entity, value }) =>
    entity === 'area' ? [(value as { code: string }).code] : [],
  )
  const narrow = codes.filter((code) => !codes.some((each) => each !== code && areaCovers(code, each)))
  return narrow.length > 0 ? [`area=${[...new Set(narrow)].join('|')}`] : []
}

const valuesOf = (mentions: Mentions): string =>
  [...new Set(mentions.map(({ value }) => String(value)))].join('|')
