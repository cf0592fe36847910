import type { Choice } from '../delivery/content.ts'
import {
  type ColleagueRequest,
  type RequestAnswer,
  requestsBy,
  withdrawRequest,
} from '../registration/request.ts'
import { line, type Part, say } from '../texts.ts'
import { calendarOf } from './calendar.ts'
import { colleagueMeant } from './colleague-named.ts'
import { placeOf, sessionLines, trainingFacts } from './describe.ts'
import { menu, type Reply, type Turn } from './reply.ts'

/** What the answer of the colleague has led to, as they are told. */
export async function toldAnswer(turn: Turn, name: string, result: RequestAnswer): Promise<Reply> {
  if ('gone' in result) return { parts: [say('request-gone')], choices: menu }
  const { title, code } = result.training
  if ('declined' in result) return { parts: [say('request-declined', { title, code })], choices: menu }
  const topic = { training: code, wave: result.training.waveNumber }
  if ('refused' in result) {
    const cap = result.training.perCooperative ?? 0
    return {
      parts: [say('colleague-cannot', { name, why: result.refused, title, code, cap })],
      refused: { training: code, why: result.refused, name },
      choices: [{ label: say('choice-register'), value: { asks: 'register' } }],
      topic,
    }
  }
  if ('waiting' in result) {
    const { place, waiting } = result
    return {
      parts: [say('waiting', { name, title, code, place, number: waiting.number }), say('waiting-what-then')],
      topic,
    }
  }
  turn.planned.push(...result.reminders)
  return {
    parts: [
      say('registered', { name, number: result.confirmed.number }),
      ...(await whoseSeat(turn, result.confirmed)),
      say('training-head', { title, code }),
      ...sessionLines(result.training),
      line('training-place', { venue: result.training.venue.name }),
      ...(result.reminders.length > 0 && !turn.contact.stoppedAt ? [say('registered-reminders')] : []),
      say('registered-cancel'),
    ],
    location: placeOf(result.training),
    ...(await calendarOf(turn, result.training)),
    topic,
  }
}

async function whoseSeat(
  turn: Turn,
  { replacesId, requestedById }: { replacesId: number | null; requestedById: number | null },
): Promise<Part[]> {
  if (replacesId === null || requestedById === null) return []
  const asker = await turn.tx.person.findUnique({ where: { id: requestedById } })
  return asker ? [line('request-took-over', { asker: asker.name })] : []
}

// Taking back what one has asked

export function withdrawChoice({ id }: { id: number }): Choice {
  return { label: say('choice-take-back'), value: { withdraws: id } }
}

/** The same by a button. */
export async function withdraw(turn: Turn, registrationId: number): Promise<Reply> {
  const { requestedById } = (await turn.tx.registration.findUnique({ where: { id: registrationId } })) ?? {}
  const asker = turn.persons.find(({ id }) => id === requestedById)
  const open =
    asker && (await requestsBy(turn.tx, asker.id, turn.now)).find(({ id }) => id === registrationId)
  const ended = open && (await withdrawRequest(turn.tx, asker.id, open.id, turn.rules.quietHours, turn.now))
  if (!ended) return { parts: [say('withdraw-late')], choices: menu }
  const facts = { name: open.person.name, ...trainingFacts(open.training) }
  return {
    parts: [
      open.replacesId === null ? say('withdrawn-colleague', facts) : say('withdrawn-substitute', facts),
    ],
  }
}

const notAfterAll =
  '(batal(kan|in)?|urung(kan)?|((tidak|tdk|tak|ga|gak|nggak|ngga|enggak|ndak|gk) (jadi|usah)))'
/** Alone, right after something was asked of a colleague. */
const bareWord =
  /^\W*(batal(kan|in)?|((tidak|tdk|tak|ga|gak|nggak) (jadi|usah)))( aja| saja| deh| pak| bu)*\W*$/i
const between = String.raw`((saya|sy|saye|kami|mau|minta|untuk|utk|pak|bu)\s+){0,2}`
const ofSubstitute = new RegExp(
  String.raw`\b${notAfterAll}\s+${between}(di|meng?)?(ganti|wakil)\p{L}*(?!\s+(jadwal|kelas|gel|tanggal|tgl|hari|jam|nomor|no|hp|data))|\bpengganti\p{L}*\b.*\b${notAfterAll}`,
  'iu',
)
const ofColleague = new RegExp(
  String.raw`\b${notAfterAll}\s+${between}(di|men|pen)?(daftar|dftar)\p{L}*`,
  'iu',
)

/**
 * "tidak jadi diganti", "batalkan pendaftaran bu Rina": takes back what was asked of a colleague. Undefined when the
 * message says no such thing, or nothing of that kind is open.
 */
export async function respondToWithdrawal(turn: Turn): Promise<Reply[] | undefined> {
  const shown = turn.state.choices.flatMap(({ value }) => ('withdraws' in value ? [value.withdraws] : []))
  const [justAsked] = shown
  if (justAsked !== undefined && shown.length === 1 && !turn.state.form && bareWord.test(turn.text))
    return [await withdraw(turn, justAsked)]
  const substitute = ofSubstitute.test(turn.text)
  if ((!substitute && !ofColleague.test(turn.text)) || !turn.speaker) return undefined
  const all = await requestsBy(turn.tx, turn.speaker.id, turn.now)
  const meant = substitute ? all.filter(({ replacesId }) => replacesId !== null) : await named(turn, all)
  const [one] = meant
  if (!one) return substitute && turn.state.form === undefined ? await nothingToWithdraw(turn) : undefined
  if (meant.length === 1) {
    delete turn.state.form
    return [await withdraw(turn, one.id)]
  }
  const parts: Part[] = [say('withdraw-which')]
  return [
    {
      parts,
      choices: meant.map((request) => ({
        label: say('choice-withdraw', { name: request.person.name, code: request.trainingCode }),
        value: { withdraws: request.id },
      })),
    },
  ]
}

/** Those of the requests whose colleague the message names; "batalkan pendaftaran saya" names none. */
async function named(turn: Turn, all: ColleagueRequest[]): Promise<ColleagueRequest[]> {
  const positions = await turn.tx.position.findMany({
    where: { id: { in: all.map(({ positionId }) => positionId) } },
    include: { cooperative: true },
  })
  const colleagues = all.map(({ person, positionId }) => ({
    id: person.id,
    name: person.name,
    positions: positions.filter(({ id }) => id === positionId),
  }))
  const meant = colleagueMeant(turn.text, turn.understanding, colleagues, turn.speaker)
  if (!meant) return []
  if ('one' in meant) return all.filter(({ personId }) => personId === meant.one.id)
  return 'several' in meant
    ? all.filter(({ personId }) => meant.several.some(({ id }) => id === personId))
    : []
}

/** Nothing is open: the seat is still theirs, or a colleague has taken it over already. */
async function nothingToWithdraw(turn: Turn): Promise<Reply[]> {
  const taken = await turn.tx.registration.findFirst({
    where: { requestedById: turn.speaker?.id ?? 0, replacesId: { not: null }, state: 'confirmed' },
    include: { person: true, training: true },
    orderBy: { id: 'desc' },
  })
  if (!taken) return [{ parts: [say('request-nothing')], choices: menu }]
  const { title, code } = taken.training
  return [{ parts: [say('withdraw-taken-over', { name: taken.person.name, title, code })], choices: menu }]
}
