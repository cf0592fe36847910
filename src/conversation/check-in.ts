import { isSessionCode, seatedAt, sessionOfCode } from '../registration/attendance.ts'
import type { Reply, Turn } from './reply.ts'
import { askAgain, beginForm, withoutChoices } from './respond.ts'
import { isKnown, personNamed, setSpeaker } from './speaker.ts'

/** What stands on posters, which outlive releases: Telegram's deep link, and the words that a QR code writes. */
const link = /^\W*\/start\s+h-([a-z0-9]{4,6})\W*$/i
const spoken = /\bhadir\W*([a-z0-9]{4})\b/i
/** What may stand around a code and say nothing else. */
const around =
  /^(pak|bu|bapak|ibu|bang|kak|mas|mbak|min|admin|cik|ya|yah|ini|itu|kode|kodenya|nya|hadir|absen|saya|sy|nih)$/i
const longestCode = 6

/** The attendance code that a message gives, in upper case; undefined when it gives none. */
function givenCode(turn: Turn): string | undefined {
  const [, linked] = link.exec(turn.text) ?? []
  if (linked) return linked.toUpperCase()
  const word = spoken.exec(turn.text)?.[1] ?? onlyWord(turn.text)
  const { intent, entities } = turn.understanding
  const code = word.toUpperCase()
  if (turn.named.code === code) return undefined
  if (isSessionCode(code) && !turn.text.includes('?')) return code
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
 * known; an open form goes on afterwards. Undefined when the message gives no code.
 */
export async function respondToCode(turn: Turn): Promise<Reply[] | undefined> {
  const code = givenCode(turn)
  if (!code) return undefined
  await chooseSpeaker(turn, code)
  const { form } = turn.state
  const replies = await beginForm(turn, 'check-in', { code })
  const isOpen = form && form.name !== 'identify' && form.name !== 'check-in' && isKnown(turn)
  const { asked } = turn.state.form ?? {}
  if (!isOpen || (asked && asked !== 'code')) return replies
  turn.state.form = form
  return [...replies.map(withoutChoices), ...(await askAgain(turn))]
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
