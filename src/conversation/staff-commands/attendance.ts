import type { Session } from '../../database/generated/client.ts'
import { readSession, sessionName } from '../../planning/find-session.ts'
import { codeOpens, codeStage, type Seated, seatList, sessionCode } from '../../registration/attendance.ts'
import { comingCounts } from '../../registration/coming.ts'
import { line, type Part, say } from '../../texts.ts'
import { hour, later } from '../../time.ts'
import type { Reply } from '../reply.ts'
import { codeLink, storeCode } from './attendance-code.ts'
import { bounded } from './call-list.ts'
import { does, type StaffCommand, type StaffTurn, waitFor } from './command.ts'
import { storeTable } from './file.ts'
import { type Meant, meantBy, namesIn, setPresent } from './tick.ts'
import { askSession, sessionNamed, sessionRefused } from './which-session.ts'

/** Of several persons of one name so many are offered. */
const mostMeant = 5
/** So long before its start a session counts as the one at hand. */
const near = 12 * hour

type Held = Session & { training: { title: string } }

/** `/hadir G3-A/1`: the session's code, who is in, and ticking: `/hadir G3-A/1 sari, 12`, `/hadir G3-A/1 batal sari`. */
export const attendance: StaffCommand = {
  ...{ name: 'hadir', also: ['absen'], who: 'petugas', help: 'staff-help-attendance' },
  label: say('choice-staff-attendance'),
  run: async (turn, words) => {
    const named = await sessionNamed(turn, words)
    if (named) {
      const session = await sessionFor(turn, named.name)
      if ('replies' in session) return session.replies
      return named.rest
        ? await tickNamed(turn, session.session, named.rest)
        : await show(turn, session.session, true)
    }
    const running = await sessionsAtHand(turn)
    const [only, another] = running
    if (only && !another) return words ? await tickNamed(turn, only, words) : await show(turn, only, true)
    return await askSession(
      turn,
      { command: 'hadir', what: 'show' },
      say(only ? 'staff-attendance-which' : 'staff-attendance-none'),
    )
  },
  answer: async (turn, open) => {
    if (turn.content.kind !== 'text') return undefined
    if (/^\W*(selesai|cukup|sudah)\W*$/i.test(turn.text)) {
      delete turn.state.command
      return [{ parts: [say('staff-attendance-done')] }]
    }
    if (open.asked === 'session') return undefined
    const found = await sessionFor(turn, String(open.slots['session']))
    if ('replies' in found) return undefined
    const seated = await seatList(turn.tx, found.session)
    const { names } = orderOf(turn.text)
    // Whatever else is written names nobody of the class.
    if (names.length === 0 || !names.some((name) => meantBy(name, seated).found.length > 0)) return undefined
    return await tickNamed(turn, found.session, turn.text)
  },
  press: async (turn, what, given) => {
    const found = await sessionFor(turn, String(given['session']))
    if ('replies' in found) return found.replies
    const { session } = found
    if (what === 'missing') return await showMissing(turn, session)
    if (what === 'tick' || what === 'untick') {
      const ids = String(given['ids']).split(' ').map(Number)
      return [await changed(turn, session, ids, what === 'tick', [])]
    }
    return await show(turn, session, what !== 'refresh')
  },
}

async function sessionFor(turn: StaffTurn, name: string): Promise<{ session: Held } | { replies: Reply[] }> {
  const found = await readSession(turn.tx, name)
  if ('refused' in found)
    return { replies: sessionRefused(turn, found, name, { command: 'hadir', what: 'show' }) }
  if (!found.cancelledAt) return { session: found }
  return { replies: [{ parts: [say('staff-already-cancelled', { session: sessionName(found) })] }] }
}

/** The sessions whose code is valid; if there is none, those of the next hours. */
async function sessionsAtHand({ tx, now }: StaffTurn): Promise<Held[]> {
  const coming = await tx.session.findMany({
    where: { cancelledAt: null, ends: { gte: now }, starts: { lte: later(now, near) } },
    include: { training: { select: { title: true } } },
    orderBy: [{ starts: 'asc' }, { id: 'asc' }],
  })
  const open = coming.filter((session) => codeStage(session, now) === 'open')
  return open.length > 0 ? open : coming
}

/** Code, count and who is in; with the picture of the code when it is shown for the first time. */
async function show(turn: StaffTurn, session: Held, withPicture: boolean): Promise<Reply[]> {
  const { tx, now } = turn
  const code = await sessionCode(tx, session.id)
  const seated = await seatList(tx, session)
  const present = seated.filter(({ at }) => at !== null).sort((a, b) => Number(b.at) - Number(a.at))
  waitFor(turn, 'hadir', 'names', { session: sessionName(session) })
  const facts = { session: sessionName(session), title: session.title, starts: session.starts.toISOString() }
  const valid = { code, from: codeOpens(session).toISOString(), until: session.ends.toISOString() }
  const picture = async (): Promise<Reply> => {
    const link = await codeLink(tx, code)
    const stored = await storeCode(tx, session, link, now)
    return { parts: [say('staff-attendance-picture', { session: sessionName(session), link })], file: stored }
  }
  return [
    ...(withPicture ? [await picture()] : []),
    {
      parts: [
        say('staff-attendance-head', facts),
        line('staff-attendance-code', valid),
        say('staff-attendance-count', { count: present.length, all: seated.length }),
        ...(session.starts > now ? [await comingLine(turn, session, seated.length)] : []),
        ...bounded(present, presentLine, 8),
        say('staff-attendance-how'),
      ],
      choices: choicesOf(session, present.length < seated.length),
    },
  ]
}

/** What they have said to "Bapak/Ibu hadir?", as long as nobody can be there yet. */
async function comingLine({ tx }: StaffTurn, session: Held, all: number): Promise<Part> {
  const { comes, stays } = await comingCounts(tx, session)
  return line('staff-attendance-coming', { comes, stays, silent: all - comes - stays })
}

const presentLine = ({ name, cooperative, at }: Seated): Part =>
  line('staff-attendance-present', { name, cooperative, at: (at ?? new Date(0)).toISOString() })

function choicesOf(session: Held, someMissing: boolean) {
  const given = { session: sessionName(session) }
  return [
    ...(someMissing ? [does(say('choice-staff-missing'), 'hadir', 'missing', given)] : []),
    does(say('choice-staff-refresh'), 'hadir', 'refresh', given),
  ]
}

/** Who is not in yet, with their numbers on the list to sign; all of them in a file when they are many. */
async function showMissing(turn: StaffTurn, session: Held): Promise<Reply[]> {
  const { tx, texts, contact, now } = turn
  const seated = await seatList(tx, session)
  const missing = seated.map((each, index) => ({ ...each, place: index + 1 })).filter(({ at }) => at === null)
  waitFor(turn, 'hadir', 'names', { session: sessionName(session) })
  if (missing.length === 0) return [{ parts: [say('staff-attendance-all', { count: seated.length })] }]
  const most = 20
  const lines = missing
    .slice(0, most)
    .map(({ place, name, cooperative }) =>
      line('staff-attendance-missing-line', { place, name, cooperative }),
    )
  const head = say('staff-attendance-missing', { session: sessionName(session), count: missing.length })
  const choices = choicesOf(session, false)
  if (missing.length <= most) return [{ parts: [head, ...lines, say('staff-attendance-how')], choices }]
  const word = (key: string) => texts.text(contact.locale, key)
  const file = await storeTable(
    tx,
    `belum-hadir-${session.trainingCode}-${session.key}`,
    {
      name: word('staff-attendance-sheet'),
      headings: [
        ...['staff-column-number', 'staff-column-registration'],
        ...['staff-column-name', 'staff-column-cooperative'],
      ].map(word),
      rows: missing.map(({ place, number, name, cooperative }) => [place, number, name, cooperative]),
    },
    now,
  )
  const more = line('staff-more-in-file', { count: missing.length - most })
  return [{ parts: [head, ...lines, more, say('staff-attendance-how')], file, choices }]
}

const takesBack = /^\W*(?:batal(?:kan)?|hapus|bukan|belum|tidak hadir)\b\s*/i

/** What a message orders: to tick these names, or to take their ticks back. */
function orderOf(text: string): { present: boolean; names: string[] } {
  const present = !takesBack.test(text)
  return { present, names: namesIn(text.replace(takesBack, '').replace(/^\W*hadir\b\s*/i, '')) }
}

async function tickNamed(turn: StaffTurn, session: Held, words: string): Promise<Reply[]> {
  const { present, names } = orderOf(words)
  const seated = await seatList(turn.tx, session)
  const meant = names.map((name) => meantBy(name, seated))
  const sure = meant.flatMap(({ found }) => (found.length === 1 ? found : []))
  const unknown = meant.filter(({ found }) => found.length === 0)
  const doubtful = meant.filter(({ found }) => found.length > 1)
  const ids = sure.map(({ registrationId }) => registrationId)
  waitFor(turn, 'hadir', 'names', { session: sessionName(session) })
  const notFound = unknown.map(({ name }) => line('staff-attendance-unknown', { name: name.slice(0, 60) }))
  const nothing = ids.length === 0 && notFound.length === 0
  const replies = nothing ? [] : [await changed(turn, session, ids, present, notFound)]
  return [...replies, ...doubtful.slice(0, mostMeant).map((each) => whoIsMeant(session, each, present))]
}

/** Asks which of several persons of one name is meant. */
function whoIsMeant(session: Held, { name, found }: Meant, present: boolean): Reply {
  const choices = found.slice(0, mostMeant).map(({ registrationId, name, cooperative }) =>
    does(say('staff-person', { name, cooperative }), 'hadir', present ? 'tick' : 'untick', {
      session: sessionName(session),
      ids: String(registrationId),
    }),
  )
  return { parts: [say('staff-attendance-who', { name: name.slice(0, 60), count: found.length })], choices }
}

/** Ticks these registrations, or takes their ticks back, and says what that came to. */
async function changed(
  turn: StaffTurn,
  session: Held,
  ids: number[],
  present: boolean,
  more: Part[],
): Promise<Reply> {
  const done = await setPresent(turn, session, ids, present)
  const seated = await seatList(turn.tx, session)
  const count = seated.filter(({ at }) => at !== null).length
  const names = ({ name, cooperative }: Seated): Part => line('staff-person-line', { name, cooperative })
  const undo = does(say('choice-staff-undo'), 'hadir', present ? 'untick' : 'tick', {
    session: sessionName(session),
    ids: done.changed.map(({ registrationId }) => registrationId).join(' '),
  })
  const isEarly = present && codeStage(session, turn.now) === 'early'
  return {
    parts: [
      ...(done.changed.length > 0
        ? [
            say(present ? 'staff-attendance-ticked' : 'staff-attendance-unticked', {
              count: done.changed.length,
            }),
          ]
        : []),
      ...bounded(done.changed, names),
      ...(done.before.length > 0
        ? [
            say(present ? 'staff-attendance-before' : 'staff-attendance-not-before', {
              count: done.before.length,
            }),
          ]
        : []),
      ...bounded(done.before, names),
      ...more,
      say('staff-attendance-total', { session: sessionName(session), count, all: seated.length }),
      ...(isEarly ? [line('staff-attendance-early', { starts: session.starts.toISOString() })] : []),
    ],
    choices: [...(done.changed.length > 0 ? [undo] : []), ...choicesOf(session, count < seated.length)],
  }
}
