import type { KnownPerson } from '../contacts/contacts.ts'
import type { OutgoingContent } from '../delivery/content.ts'
import {
  answerRequest,
  askColleague,
  type ColleagueRequest,
  requestQuestion,
  requestsTo,
  wasAsked,
} from '../registration/request.ts'
import { say } from '../texts.ts'
import { nameWords } from './colleague-named.ts'
import { openOffers } from './offers.ts'
import { menu, type Reply, type Turn } from './reply.ts'
import { toldAnswer } from './requests.ts'
import { askAgain, beginForm, withoutChoices } from './respond.ts'
import { personNamed, setSpeaker } from './speaker.ts'

const byCode = /^\W*(tidak |tdk |tak |gak |ga |nggak )?ikut\s+([a-z0-9-]{2,12})\W*$/i
/** What may stand in an answer beside yes or no; a longer thought is no answer. */
const beside = new Set(
  `saya sy saye aku ikut bersedia mau siap sanggup bisa dapat bs menggantikan gantikan gantiin ganti hadir datang setuju
   insyaallah insya allah pasti pak bu bapak ibu bang kak min admin ya iya deh dong lah aja saja maaf mohon terima kasih
   makasih baik jadi untuk itu dia beliau`.split(/\s+/),
)
const yeses = new Set(
  'ya iya iye iyo y yes ok oke okay okey boleh siap bersedia setuju sanggup mau ikut betul jadi'.split(' '),
)
/** These say what they answer; the others need the question right before them. */
const telling = new Set('ikut bersedia sanggup menggantikan gantikan gantiin'.split(' '))
/** So readily said to anything that without the question before them they mean something else. */
const assents = new Set('ok oke okay okey siap betul boleh setuju jadi'.split(' '))
const noes = new Set(
  'tidak tdk tak gak ga gk nggak ngga enggak engga ndak dak no jangan bukan belum blm menolak tolak'.split(
    ' ',
  ),
)
const longestAnswer = 8

type Plain = { agrees: boolean; telling: boolean; assent: boolean }

/** A message that says only that one comes, or that one does not. */
function plainAnswer(text: string, names: Set<string>): Plain | undefined {
  const words = text
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter(Boolean)
  if (text.includes('?') || words.length === 0 || words.length > longestAnswer) return undefined
  const known = (word: string) => beside.has(word) || yeses.has(word) || noes.has(word) || names.has(word)
  if (!words.every(known)) return undefined
  const agrees = !words.some((word) => noes.has(word))
  if (agrees && !words.some((word) => yeses.has(word))) return undefined
  return {
    agrees,
    telling: words.some((word) => telling.has(word)),
    assent: agrees && !words.some((word) => yeses.has(word) && !assents.has(word)),
  }
}

/**
 * An answer to what a colleague has asked: "IKUT G3-A", "TIDAK IKUT G3-A", or a plain yes or no while nothing else is
 * asked, which right after another message meets the question once more. Undefined when the message is none. On a
 * shared phone only an answer of the one who was asked counts.
 */
export async function respondToRequest(turn: Turn): Promise<Reply[] | undefined> {
  const [, not, code] = byCode.exec(turn.text) ?? []
  if (!code && (turn.state.form || asksSomethingElse(turn))) return undefined
  const plain: Plain | undefined = code
    ? { agrees: not === undefined, telling: true, assent: false }
    : plainAnswer(turn.text, namesOn(turn))
  if (!plain) return undefined
  const open = await requestsOn(turn)
  const meant = open.filter(({ trainingCode }) => !code || trainingCode === code.toUpperCase())
  if (meant.length === 0) return undefined
  const spoken = personNamed(turn) ?? turn.speaker
  const [one, other] = meant.filter(({ personId }) => personId === spoken?.id)
  const offered = code ? [] : await openOffers(turn)
  const after = plain.telling || (await isRightAfter(turn, meant))
  if (one && !other && after && offered.length === 0) return await answer(turn, one, plain.agrees)
  if (plain.assent && !after) return undefined
  return [
    ...meant.map((request) => requestQuestion(request, turn.persons.length > 1)),
    ...offered.map(({ trainingCode }) => ({ parts: [say('request-or-offer', { code: trainingCode })] })),
  ]
}

async function requestsOn(turn: Turn): Promise<ColleagueRequest[]> {
  return await requestsTo(
    turn.tx,
    turn.persons.map(({ id }) => id),
    turn.now,
  )
}

function namesOn({ persons }: Turn): Set<string> {
  return new Set(persons.flatMap(({ name }) => nameWords(name)))
}

/** Whether the last that this contact was sent is the question itself. */
async function isRightAfter(turn: Turn, requests: ColleagueRequest[]): Promise<boolean> {
  const last = await turn.tx.outgoingMessage.findFirst({
    where: {
      contactId: turn.contact.id,
      dueAt: { lte: turn.now },
      state: { notIn: ['cancelled', 'expired'] },
    },
    // At one instant replies go out before notices.
    orderBy: [{ dueAt: 'desc' }, { kind: 'desc' }, { id: 'desc' }],
    select: { content: true },
  })
  const choices = (last?.content as OutgoingContent | undefined)?.choices ?? []
  return choices.some(({ value }) => 'request' in value && requests.some(({ id }) => id === value.request))
}

/** The newest numbered list is another question. */
function asksSomethingElse({ state }: Turn): boolean {
  return state.choices.some(({ value }) => 'resumes' in value)
}

/** The same by a button of the question, which names the one who is asked. */
export async function answerByChoice(turn: Turn, registrationId: number, agrees: boolean): Promise<Reply[]> {
  const request = (await requestsOn(turn)).find(({ id }) => id === registrationId)
  return request ? await answer(turn, request, agrees) : [{ parts: [say('request-gone')], choices: menu }]
}

async function answer(turn: Turn, request: ColleagueRequest, agrees: boolean): Promise<Reply[]> {
  const person = turn.persons.find(({ id }) => id === request.personId)
  if (!person) throw new Error('a request is answered by whom it was put to')
  const before = turn.speaker?.id === person.id ? turn.state.form : undefined
  setSpeaker(turn, person)
  delete turn.state.form
  const replies = await answerAs(turn, person, request, agrees)
  // Another form that was open goes on; who has a seat now asks for no other.
  if (!before || turn.state.form || (agrees && before.name === 'register')) return replies
  turn.state.form = before
  return [...replies.map(withoutChoices), ...(await askAgain(turn))]
}

async function answerAs(
  turn: Turn,
  person: KnownPerson,
  request: ColleagueRequest,
  agrees: boolean,
): Promise<Reply[]> {
  if (agrees) return await beginForm(turn, 'accept', { request: request.id })
  const given = { personId: person.id, registrationId: request.id, agrees, contactId: turn.contact.id }
  return [await toldAnswer(turn, person.name, await answerRequest(turn.tx, given, turn.rules, turn.now))]
}

/** Asks those of this contact who could not be reached when a colleague asked for them, unless the replies do so. */
export async function askWhoWasNotReached(turn: Turn, replies: Reply[]): Promise<void> {
  for (const request of await requestsOn(turn)) {
    const shown = replies.some(({ choices = [] }) =>
      choices.some(({ value }) => 'request' in value && value.request === request.id),
    )
    if (shown || (await wasAsked(turn.tx, request.id))) continue
    await askColleague(turn.tx, request, request.training, turn.rules.quietHours, turn.now)
  }
}

/** What is asked of the person who speaks now, if anything is open: the newest. */
export async function openQuestion(turn: Turn): Promise<Reply[]> {
  if (!turn.speaker) return []
  const newest = (await requestsTo(turn.tx, [turn.speaker.id], turn.now)).at(-1)
  return newest ? [requestQuestion(newest, turn.persons.length > 1)] : []
}
