import type { Choice, ChoiceValue, OpenQuestion } from '../delivery/content.ts'
import { openQuestions } from '../delivery/open-questions.ts'
import { codeStage } from '../registration/attendance.ts'
import { type AskedSession, askedSessions, noteComing } from '../registration/coming.ts'
import { say } from '../texts.ts'
import { absenceParts, freeOrKeep } from './absence.ts'
import { isRightAfter, plainAnswer } from './plain-answer.ts'
import { menu, type Quoted, type Reply, type Turn } from './reply.ts'
import { aside, beginForm } from './respond.ts'
import { personNamed, setSpeaker } from './speaker.ts'

const politely = String.raw`(\s*,?\s*(pak|bu|bapak|ibu|bang|kak|min|admin|ya|saya|sy|insya ?allah|terima kasih))*`
const before = String.raw`^\W*((ya|iya|siap|ok|oke|baik|insya ?allah|saya|sy|saye|pasti|bisa|akan|maaf|mohon)\W+)*`
const not = '(tidak|tdk|tak|gak|ga|gk|nggak|ngga|enggak|ndak)'
const comesWord = new RegExp(String.raw`${before}hadir${politely}\W*$`, 'i')
const comesNotWord = new RegExp(
  String.raw`${before}${not}\s+((bisa|bs|dapat|akan|jadi)\s+)?hadir${politely}\W*$`,
  'i',
)

/** Whether a text says by its word whether one comes: HADIR, TIDAK HADIR. Undefined for anything else. */
export function comingWord(text: string): boolean | undefined {
  if (comesNotWord.test(text)) return false
  return comesWord.test(text) ? true : undefined
}

/**
 * An answer to "Bapak/Ibu hadir?" of a reminder: by its word however long ago it was asked, by a plain yes or no right
 * after it, or in a message that quotes it. Undefined when the message is none, or nothing of that kind is open.
 */
export async function respondToReminder(turn: Turn): Promise<Reply[] | undefined> {
  const word = comingWord(withoutNames(turn))
  const isQuoting = asksComing(turn.quoted)
  const comes = word ?? (isQuoting ? saidOf(turn) : undefined) ?? (await plainRightAfter(turn))
  if (comes === undefined || turn.state.form?.name === 'check-in') return undefined
  const meant = await sessionsMeant(turn)
  const [one, other] = meant
  if (!one) return isQuoting ? [questionOver()] : undefined
  if (!other) return await aside(turn, () => answer(turn, one, comes))
  return [{ parts: [say('coming-which')], choices: meant.map((each) => choiceFor(each, comes)) }]
}

/** Whether a message of ours asks whether one comes. */
function asksComing(message: Quoted | undefined): boolean {
  return (message?.asks as OpenQuestion | null | undefined)?.kind === 'reminder'
}

/** "Wati tidak hadir": of those who share the number the name says who is meant, and nothing else. */
function withoutNames({ text, persons }: Turn): string {
  if (persons.length < 2) return text
  const names = new Set(persons.flatMap(({ name }) => name.toLowerCase().split(/[^\p{L}]+/u)))
  return text
    .split(/\s+/)
    .filter((each) => !names.has(each.toLowerCase().replace(/[^\p{L}]/gu, '')))
    .join(' ')
}

/** What a message that quotes the question says to it, in any words. */
function saidOf(turn: Turn): boolean | undefined {
  const plain = plainAnswer(turn)
  if (plain) return plain.agrees
  const { intent } = turn.understanding
  if (turn.text.includes('?')) return undefined
  if (intent === 'confirm_attendance' || intent === 'affirm') return true
  return intent === 'report_absence' || intent === 'deny' ? false : undefined
}

async function plainRightAfter(turn: Turn): Promise<boolean | undefined> {
  const plain = plainAnswer(turn)
  return plain && (await isRightAfter(turn, (value) => 'coming' in value)) ? plain.agrees : undefined
}

/** The sessions that may be meant: that of the quoted message, else those asked about in this chat and not answered otherwise. */
async function sessionsMeant(turn: Turn): Promise<AskedSession[]> {
  const { tx, contact, now, quoted } = turn
  const open = await openQuestions(tx, contact.id, 'reminder', now)
  const quotedOne = open.filter(({ id }) => id === quoted?.id)
  const asked = asksComing(quoted) ? quotedOne : open
  const sessions = await askedSessions(
    tx,
    { reminderIds: asked.flatMap((each) => each.reminderId ?? []) },
    now,
  )
  const still = sessions.filter(
    (each) =>
      turn.persons.some(({ id }) => id === each.personId) &&
      asked.some(({ deadline }) => deadline.getTime() === each.starts.getTime()),
  )
  const said = personNamed(turn)?.id
  const spoken =
    said ?? (still.some(({ personId }) => personId === turn.speaker?.id) ? turn.speaker?.id : undefined)
  const theirs = spoken === undefined ? still : still.filter(({ personId }) => personId === spoken)
  return nextOfEach(theirs)
}

/** Of several sessions of one seat the next is meant. */
function nextOfEach(sessions: AskedSession[]): AskedSession[] {
  return sessions.filter(
    (each, index) =>
      sessions.findIndex(({ registrationId }) => registrationId === each.registrationId) === index,
  )
}

function choiceFor(
  { registrationId, sessionId, personName, title, code }: AskedSession,
  comes: boolean,
): Choice {
  return {
    label: say('coming-which-choice', { name: personName, title, code }),
    value: { coming: registrationId, session: sessionId, comes },
  }
}

function questionOver(): Reply {
  return { parts: [say('coming-over')], choices: menu }
}

/** The same by a button of the question, whenever it is pressed. */
export async function answerComing(
  turn: Turn,
  { coming, session, comes }: Extract<ChoiceValue, { coming: number }>,
): Promise<Reply[]> {
  const [asked] = await askedSessions(turn.tx, { registrationId: coming, sessionId: session }, turn.now)
  const isTheirs = turn.persons.some(({ id }) => id === asked?.personId)
  const open = await openQuestions(turn.tx, turn.contact.id, 'reminder', turn.now)
  const stands = open.some(({ deadline }) => deadline.getTime() === asked?.starts.getTime())
  if (!asked || !isTheirs || !stands) return [questionOver()]
  return await aside(turn, () => answer(turn, asked, comes))
}

async function answer(turn: Turn, asked: AskedSession, comes: boolean): Promise<Reply[]> {
  const person = turn.persons.find(({ id }) => id === asked.personId)
  if (person && turn.persons.length > 1) setSpeaker(turn, person)
  await noteComing(turn.tx, asked, comes, turn.now)
  turn.topic = { training: asked.code }
  if (comes) return [thanks(turn, asked)]
  if (asked.begun) return [{ parts: absenceParts(asked) }]
  return await beginForm(turn, 'free-seat', { registration: asked.registrationId, session: asked.sessionId })
}

function factsOf({ personName, title, code, session, starts, number }: AskedSession) {
  return { name: personName, title, code, session, number, starts: starts.toISOString() }
}

function thanks({ now }: Turn, asked: AskedSession): Reply {
  const isOpen = codeStage(asked, now) === 'open'
  return {
    parts: [
      say('coming-noted', factsOf(asked)),
      ...(isOpen ? [say('confirm-attendance-here', { session: asked.session })] : []),
    ],
  }
}

/** Frees a seat or keeps it by a button, which answers the question whether to, if that is open. */
export async function freeByChoice(
  turn: Turn,
  { seat, frees }: Extract<ChoiceValue, { seat: number }>,
): Promise<Reply[]> {
  if (turn.state.form?.name === 'free-seat') delete turn.state.form
  return await aside(turn, async () => [await freeOrKeep(turn, seat, frees)])
}
