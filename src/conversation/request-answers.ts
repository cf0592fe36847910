import type { KnownPerson } from '../contacts/contacts.ts'
import type { ChoiceValue } from '../delivery/content.ts'
import { registrationsOf } from '../registration/own.ts'
import {
  answerRequest,
  askColleague,
  type ColleagueRequest,
  newestRequestTo,
  requestQuestion,
  requestsTo,
  wasAsked,
} from '../registration/request.ts'
import { say } from '../texts.ts'
import { awaits, openOffers } from './offers.ts'
import { asksToGoOn, isRightAfter, type PlainAnswer, plainAnswer } from './plain-answer.ts'
import { menu, type Reply, type Turn } from './reply.ts'
import { toldAnswer } from './requests.ts'
import { aside, beginForm } from './respond.ts'
import { personNamed, setSpeaker } from './speaker.ts'

const byCode = /^\W*(tidak |tdk |tak |gak |ga |nggak )?ikut\s+([a-z0-9-]{2,12})\W*$/i
/** Whether a text answers by its word what a colleague asked. */
export function isRequestWord(text: string): boolean {
  return byCode.test(text)
}

/**
 * An answer to what a colleague has asked: "IKUT G3-A", "TIDAK IKUT G3-A", or a plain yes or no while nothing else is
 * asked, which right after another message meets the question once more. Undefined when the message is none. On a
 * shared phone only an answer of the one who was asked counts.
 */
export async function respondToRequest(turn: Turn): Promise<Reply[] | undefined> {
  const [, not, code] = byCode.exec(turn.text) ?? []
  const plain: PlainAnswer | undefined = code
    ? { agrees: not === undefined, telling: true, assent: false }
    : (plainAnswer(turn) ??
      (cannot.test(turn.text) || refuses(turn)
        ? { agrees: false, telling: false, assent: false }
        : undefined))
  if (!plain) return undefined
  const open = await requestsOn(turn)
  const meant = open.filter(({ trainingCode }) => !code || trainingCode === code.toUpperCase())
  if (meant.length === 0) return undefined
  const spoken = personNamed(turn) ?? turn.speaker
  const [one, other] = meant.filter(({ personId }) => personId === spoken?.id)
  const offered = code ? [] : await openOffers(turn)
  const isAbout = (value: ChoiceValue) => 'request' in value && meant.some(({ id }) => id === value.request)
  const isNewest = await isRightAfter(turn, isAbout)
  // An open form, or the question whether to go on with one, was there before; only what came after it is meant.
  if (!code && !isNewest && (turn.state.form || asksToGoOn(turn))) return undefined
  const after = plain.telling || isNewest
  if (!after && (await saysSomethingElse(turn))) return undefined
  if (one && !other && after && offered.length === 0) return await answer(turn, one, plain.agrees)
  if (plain.assent && !after) return undefined
  return [
    ...meant.map((request) => requestQuestion(request, turn.persons.length > 1)),
    ...offered.map(({ trainingCode }) => ({ parts: [say('request-or-offer', { code: trainingCode })] })),
  ]
}

/** "maaf tak bisa, saya dinas luar" */
const cannot =
  /^[^?]*\b(?:ga|gak|tdk|nggak)bisa\b[^?]*$|^[^?]*\b(tidak|tdk|tak|ga|gak|gk|nggak|ngga|enggak|ndak|belum|blm)\s+(mau|nak|bisa|bs|dapat|sanggup|sempat|bersedia|ikut)\b[^?]*$/i

const longestRefusal = 8
const refusal =
  /^\W*(?:(?:maaf|aduh|waduh|eh|oh)\W+)*(?:gak?|gk|nggak|ngga|enggak|tidak|tdk|tak|ndak|ora|ogah|emoh|no)\b/i

/** "gak ah, saya sibuk" */
function refuses({ text, understanding: { intent } }: Turn): boolean {
  if (intent !== 'deny' || text.includes('?')) return false
  return refusal.test(text) && text.trim().split(/\s+/).length <= longestRefusal
}

/** Who has a seat of their own may speak of that one. */
async function saysSomethingElse(turn: Turn): Promise<boolean> {
  if (plainAnswer(turn)) return false
  const own = turn.speaker ? await registrationsOf(turn.tx, turn.speaker.id, ['confirmed']) : []
  return own.length > 0
}

async function requestsOn(turn: Turn): Promise<ColleagueRequest[]> {
  if (!awaits(turn, 'pending')) return []
  return await requestsTo(
    turn.tx,
    turn.persons.map(({ id }) => id),
    turn.now,
  )
}

/** The same by a button of the question, which names the one who is asked. */
export async function answerByChoice(turn: Turn, registrationId: number, agrees: boolean): Promise<Reply[]> {
  const request = (await requestsOn(turn)).find(({ id }) => id === registrationId)
  return request ? await answer(turn, request, agrees) : [{ parts: [say('request-gone')], choices: menu }]
}

async function answer(turn: Turn, request: ColleagueRequest, agrees: boolean): Promise<Reply[]> {
  const person = turn.persons.find(({ id }) => id === request.personId)
  if (!person) throw new Error('a request is answered by whom it was put to')
  const { form } = turn.state
  // Of another person the form is dropped; who has a seat now asks for no other.
  if (turn.speaker?.id !== person.id || (agrees && form?.name === 'register')) delete turn.state.form
  setSpeaker(turn, person)
  return await aside(turn, () => answerAs(turn, person, request, agrees))
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
  const newest = turn.speaker && (await newestRequestTo(turn.tx, turn.speaker.id, turn.now))
  return newest ? [requestQuestion(newest, turn.persons.length > 1)] : []
}
