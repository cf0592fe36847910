import { isSessionCode, seatedAt, sessionOfCode } from '../registration/attendance.ts'
import type { Intent } from '../understanding/intents.ts'
import { codesIn } from './forms/check-in.ts'
import type { Reply, Turn } from './reply.ts'
import { answerAll, aside, beginForm, interruptionConfidence, withoutChoices } from './respond.ts'
import { isKnown, personNamed, setSpeaker } from './speaker.ts'

/** What posters lead to, which outlive releases: Telegram's deep link, and the words that a QR code writes. */
const link = /^\W*\/start\s+h-([a-z0-9]{4,6})\W*$/i
const poster = /^\W*hadir\W*([a-z0-9]{4})\b/i
const spoken = /\bhadir\W*([a-z0-9]{4})\b/i
const spokenEach = /\bhadir\W*([a-z0-9]{4})\b/gi
/** What may stand around a code and say nothing else. */
const around =
  /^(pak|bu|bapak|ibu|bang|kak|mas|mbak|min|admin|cik|ya|yah|ini|itu|kode|kodenya|nya|hadir|absen|saya|sy|nih)$/i
const longestCode = 6
/** These say no more than the code does. */
const besides: ReadonlySet<Intent> = new Set([
  ...(['confirm_attendance', 'greet', 'inform', 'affirm', 'out_of_scope'] as const),
])

/** More than there are classes in a day. */
const mostCodes = 6

/** The attendance codes that a message gives, in upper case. */
function givenCodes(turn: Turn): string[] {
  const [first, ...more] = [...turn.text.matchAll(spokenEach)].map(([, code = '']) => code.toUpperCase())
  if (!first || more.length === 0) return [givenCode(turn) ?? []].flat()
  return [first, ...more].filter((code) => isSessionCode(code) && code !== turn.named.code)
}

function givenCode(turn: Turn): string | undefined {
  const [, linked] = link.exec(turn.text) ?? []
  if (linked) return linked.toUpperCase()
  const asks = turn.text.includes('?')
  const said = poster.exec(turn.text) ?? (asks ? null : spoken.exec(turn.text))
  const code = (said?.[1] ?? onlyWord(turn.text)).toUpperCase()
  if (turn.named.code === code) return undefined
  if (isSessionCode(code)) return code
  const { intent, entities } = turn.understanding
  const found = intent === 'check_in' ? entities.code : undefined
  return found && !found.includes('-') && found.length <= longestCode && found !== turn.named.code
    ? found
    : undefined
}

/** The one word of a text beside politeness; '' when there are more, or none. */
function onlyWord(text: string): string {
  const words = text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '' && !around.test(word))
  return words.length === 1 ? (words[0] ?? '') : ''
}

/**
 * A session's code, whatever the dialogue is about: notes who speaks, after asking who they are where that is not
 * known, with the codes that were given while that was asked; an open form goes on afterwards. Undefined when the
 * message gives no code.
 */
export async function respondToCode(turn: Turn): Promise<Reply[] | undefined> {
  const given = givenCodes(turn)
  const [code] = given
  if (!code) return undefined
  await chooseSpeaker(turn, code)
  const { form } = turn.state
  const waits = form?.name === 'identify' && form.waiting === 'check-in' ? form.slots['code'] : undefined
  const codes = [...new Set([...codesIn(waits), ...given])].slice(-mostCodes)
  const checkIn = async () => [
    ...(await beginForm(turn, 'check-in', { code: codes.join(' ') })),
    ...(await answerBesides(turn)),
  ]
  if (form?.name === 'identify' || form?.name === 'check-in' || !isKnown(turn)) delete turn.state.form
  const replies = await aside(turn, checkIn)
  turn.understanding = { ...turn.understanding, intent: 'check_in' }
  return replies
}

/** "HADIR 7KQ2, materinya apa?": the question beside the code is answered too. */
async function answerBesides(turn: Turn): Promise<Reply[]> {
  const { intent, confidence, also } = turn.understanding
  if (!turn.text.includes('?') || confidence < interruptionConfidence || !isKnown(turn)) return []
  const answered = await answerAll(
    turn,
    [intent, ...also].filter((each) => !besides.has(each)),
  )
  return answered.map(withoutChoices)
}

/** On a shared number the one whom the message names, else the only one who has a seat in that class. */
async function chooseSpeaker(turn: Turn, code: string): Promise<void> {
  if (turn.persons.length < 2) return
  const named = personNamed(turn)
  if (named) return setSpeaker(turn, named)
  const session = turn.speaker ? undefined : await sessionOfCode(turn.tx, code)
  if (!session) return
  const seated = await seatedAt(
    turn.tx,
    turn.persons.map(({ id }) => id),
    session,
  )
  const only = turn.persons.find(({ id }) => seated.length === 1 && id === seated[0]?.personId)
  if (only) setSpeaker(turn, only)
}
