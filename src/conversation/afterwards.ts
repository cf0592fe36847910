import type { Registration } from '../database/generated/client.ts'
import { takeBackRequest } from '../people/profile-requests.ts'
import { findTrainings } from '../programme/trainings.ts'
import { cancelRegistration } from '../registration/cancel.ts'
import { activeStates } from '../registration/eligibility.ts'
import { withdrawRequest } from '../registration/request.ts'
import { type Part, say } from '../texts.ts'
import { readEntities } from '../understanding/entities/entities.ts'
import type { Intent } from '../understanding/intents.ts'
import { keepsSeat } from './choices.ts'
import { colleagueMeant } from './colleague-named.ts'
import { forms } from './forms/list.ts'
import { namingSlots } from './forms/pick-colleague.ts'
import { decidingSlots, fits } from './forms/register.ts'
import { menu, type Reply, type Turn } from './reply.ts'
import { withdraw } from './requests.ts'
import { beginForm, colleaguesOfSpeaker } from './respond.ts'
import { personNamed } from './speaker.ts'
import type { Finished, Slots } from './state.ts'

const wrongWord = `salah|slh|keliru|kliru|klentu|(?:ter)?silap|ralat|koreksi|wrong|mistake`
const corrects = new RegExp(
  String.raw`\b(?:eh+|${wrongWord}|maksud\w*|mksd\w*|mksud\w*|karep\w*|(?:se)?harusnya|bukan|bkn|dudu|sanes|i mean|rather)\b`,
  'i',
)
const saysWrong = new RegExp(String.raw`\b(?:${wrongWord})\b`, 'i')
/** Only that something is wrong. */
const bareWrong = new RegExp(
  String.raw`^\W*(?:(?:eh+|aduh|waduh|alamak|maaf|sori|sorry|ada|itu|yang|tadi|${wrongWord}|pak|bu|min|kak|bang|dong|deh|ya)\W+)*(?:${wrongWord})(?:\W+(?:pak|bu|min|kak|bang|dong|deh|ya|tadi|itu))*\W*$`,
  'i',
)
/** Before the words that are right. */
const lead = new RegExp(
  String.raw`^\W*(?:(?:eh+|aduh|waduh|alamak|maaf|sori|sorry|${wrongWord}|tulis|ketik|maksud(?:ku|nya)?|mksd(?:nya)?|saya|sy|saye|bukan|itu|yang|yg|bener|benar|betul|(?:se)?harusnya|harusnya)[\s,.:;]+)+`,
  'i',
)
const courtesies: ReadonlySet<Intent> = new Set(['thank', 'affirm', 'greet'])

/**
 * A correction right after a form has ended, such as "eh salah, gelombang 4": what was done is taken back, and the form
 * goes on with what is right; a seat is only given up after a question. Undefined when the message is none.
 */
export async function respondToCorrection(turn: Turn): Promise<Reply[] | undefined> {
  const { finished, speaker, text } = turn
  if (!finished || turn.state.form || !speaker || saysWhoSpeaks(turn)) return undefined
  const undone = notAfterAll.test(text) ? await takeBack(turn, finished) : undefined
  if (undone) return undone
  const asked = finished.form.asked === askedWhat
  if (!asked && !corrects.test(text) && !keepsSeat(text)) {
    if (courtesies.has(turn.understanding.intent)) turn.state.finished = finished
    return undefined
  }
  const corrected = await correct(turn, finished)
  if (corrected) return corrected
  const isWrong = finished.form.name !== 'cancel' && (bareWrong.test(text) || /^\W*eh+\W+salah\b/i.test(text))
  if (asked || !isWrong || !saysWrong.test(text)) return undefined
  turn.state.finished = { ...finished, form: { ...finished.form, asked: askedWhat } }
  return [{ parts: [say('afterwards-what')] }]
}

const noMore = '(?:ga|gak|gk|nggak|ngga|enggak|tidak|tdk|tak|ndak|ora|ra|gajadi)'
/** "ga jadi deh", "batal aja, saya yang datang"; short, and nothing is asked. */
const aroundIt =
  '(?:deh|aja|saja|dulu|lah|pak|bu|min|kak|bang|ya|maaf|sori|dong|itu|biar|saya|sy|sendiri|yang|yg|datang|dtg|ikut|hadir|berangkat|after|all)'
const notAfterAll = new RegExp(
  String.raw`^\W*(?:(?:eh+|aduh|waduh|alamak|maaf|sori|sorry|ya|oh|tapi|tp|maksud\w*|saya|sy)\W+)*(?:(?:gajadi|${noMore}\s+(?:jadi|jd|sido|sida|usah)|batal(?:kan|in)?|urung)(?:\W+${aroundIt})*\W*|bukan\s+(?:mundur|berhenti|keluar|resign)\b[^?]{0,50})$`,
  'i',
)

/** What was just done is not wanted after all: a seat is asked about, a wish or a request ends at once. */
async function takeBack(turn: Turn, finished: Finished): Promise<Reply[] | undefined> {
  const { form, did } = finished
  const personId = turn.speaker?.id ?? 0
  if (form.name === 'register') {
    const held = await written(turn, finished)
    return held && activeStates.includes(held.state)
      ? await beginForm(turn, 'cancel', { registration: held.id })
      : undefined
  }
  if (form.name === 'substitute' || form.name === 'colleague') return [await withdraw(turn, did)]
  if (form.name !== 'profile' || !(await takeBackRequest(turn.tx, personId, did))) return undefined
  return [{ parts: [say('afterwards-profile', { number: `UBAH-${did}` })], choices: menu }]
}

/** Asked what is wrong, what follows needs no word that says so. */
const askedWhat = 'what'

/** On a shared number "eh salah, saya Joko" says who writes. */
function saysWhoSpeaks(turn: Turn): boolean {
  const named = turn.persons.length > 1 ? personNamed(turn) : undefined
  return named !== undefined && named.id !== turn.speaker?.id && /\b(saya|sy|saye|aku|ini)\b/i.test(turn.text)
}

async function correct(turn: Turn, finished: Finished): Promise<Reply[] | undefined> {
  switch (finished.form.name) {
    case 'register':
    case 'change':
      return await correctSeat(turn, finished)
    case 'substitute':
    case 'colleague':
      return await correctColleague(turn, finished)
    case 'cancel':
      return await takeSeatAgain(turn, finished)
    case 'profile':
      return await correctProfile(turn, finished)
    default:
      return undefined
  }
}

/** The person's own registration that the form wrote, or ended. */
async function written(turn: Turn, { did }: Finished): Promise<Registration | undefined> {
  const personId = turn.speaker?.id ?? 0
  return (await turn.tx.registration.findFirst({ where: { id: did, personId } })) ?? undefined
}

async function correctSeat(turn: Turn, finished: Finished): Promise<Reply[] | undefined> {
  const held = await written(turn, finished)
  if (!held || !activeStates.includes(held.state)) return undefined
  if (held.state === 'confirmed' && (await meansColleague(turn)))
    return await beginForm(turn, 'substitute', { registration: held.id, ...namingSlots(turn.text) })
  const named = await classNamed(turn)
  if (!named || named['training'] === held.trainingCode) return undefined
  if (held.state !== 'pending')
    return await beginForm(turn, 'change', { ...named, registration: held.id, mistaken: 'yes' })
  // It holds no seat, so nothing is lost with it.
  await cancelRegistration(turn.tx, held.personId, held.id, turn.rules.quietHours, turn.now)
  return after(
    say('afterwards-pending', { code: held.trainingCode }),
    await beginForm(turn, 'register', named),
  )
}

async function meansColleague(turn: Turn): Promise<boolean> {
  const meant = colleagueMeant(turn.text, turn.understanding, await colleaguesOfSpeaker(turn), turn.speaker)
  return meant !== undefined && ('one' in meant || 'several' in meant)
}

/** The class, wave or day that the message names; undefined when it names none, or only a day without classes. */
async function classNamed(turn: Turn): Promise<Slots | undefined> {
  const named = decidingSlots(turn.named)
  if (Object.keys(named).length === 0) return undefined
  const { from: _, to: __, ...beside } = named
  if (Object.keys(beside).length > 0) return named
  return (await findTrainings(turn.tx, {})).some((each) => fits(each, named)) ? named : undefined
}

async function correctColleague(turn: Turn, finished: Finished): Promise<Reply[] | undefined> {
  const { form, did } = finished
  const { sure: _, ...before } = form.slots
  const filled = await forms[form.name].fill(turn, before, undefined)
  if (!filled || isSame(filled, before)) return undefined
  const request = await turn.tx.registration.findFirst({
    where: { id: did, requestedById: turn.speaker?.id ?? 0 },
    include: { person: true, training: true },
  })
  if (!request) return undefined
  const { title, code } = request.training
  const facts = { name: request.person.name, title, code }
  const seat =
    form.name === 'substitute'
      ? ['withdraw-taken-over', 'not-asked']
      : ['afterwards-registered', 'withdrawn-colleague']
  const [late = '', done = ''] = seat
  if (request.state !== 'pending' && request.state !== 'refused' && request.state !== 'cancelled')
    return [{ parts: [say(late, facts)] }]
  await withdrawRequest(turn.tx, turn.speaker?.id ?? 0, did, turn.rules.quietHours, turn.now)
  return after(say(done, facts), await beginForm(turn, form.name, filled))
}

function isSame(filled: Slots, before: Slots): boolean {
  return JSON.stringify(Object.entries(filled).sort()) === JSON.stringify(Object.entries(before).sort())
}

/** A seat given up by mistake is to be had again as long as there is one. */
async function takeSeatAgain(turn: Turn, finished: Finished): Promise<Reply[] | undefined> {
  const { text, understanding } = turn
  const isMeant = bareWrong.test(text) || keepsSeat(text) || understanding.intent === 'register'
  const given = isMeant || saysWrong.test(text) ? await written(turn, finished) : undefined
  return given && (await beginForm(turn, 'register', { training: given.trainingCode }))
}

const asksSomething =
  /\?|\b(apa|apakah|kapan|kpn|jam|berapa|brp|mana|dimana|siapa|gimana|kenapa|knp|mengapa)\b/i

/** "bukan rozali tapi ghozali": the name that was given, with the right word in the place of the wrong one. */
function putRight(text: string, name: string | number | undefined): string | undefined {
  const [, wrong = '', right] =
    /\bbukan\s+([\p{L}'’.]+)\W+(?:tapi|tp|tetapi|melainkan|nanging)\s+(?:yang\s+|yg\s+)?(.+)$/iu.exec(text) ??
    []
  if (!right) return undefined
  const words = String(name ?? '').split(' ')
  const at = words.findIndex((word) => word.toLowerCase() === wrong.toLowerCase())
  const written = right.replace(/(?<![\p{L}'’])\p{Ll}/gu, (letter) => letter.toUpperCase())
  return at < 0 ? right : words.with(at, written).join(' ')
}

async function correctProfile(turn: Turn, { form, did }: Finished): Promise<Reply[] | undefined> {
  const words = putRight(turn.text, form.slots['name']) ?? turn.text.replace(lead, '')
  if (asksSomething.test(words)) return undefined
  const again: Turn = {
    ...turn,
    text: words,
    understanding: {
      ...{ text: words, intent: 'inform', also: [], confidence: 1, alternatives: [] },
      ...readEntities(words, turn.now),
    },
  }
  const { sure: _, ...before } = form.slots
  const field = String(before['field'])
  const filled = await forms.profile.fill(again, before, field === 'position' ? undefined : field)
  if (!filled || isSame(filled, before)) return undefined
  const taken = await takeBackRequest(turn.tx, turn.speaker?.id ?? 0, did)
  const replies = await beginForm(turn, 'profile', filled)
  return taken ? after(say('afterwards-profile', { number: `UBAH-${did}` }), replies) : replies
}

/** What was taken back comes ahead of what is asked now. */
function after(part: Part, [first, ...rest]: Reply[]): Reply[] {
  return first ? [{ ...first, parts: [part, ...first.parts] }, ...rest] : [{ parts: [part] }]
}
