import type { IncomingContent } from '../channels/channel.ts'
import type { Coverage } from '../config/coverage.ts'
import type { OfficeHours } from '../config/office-hours.ts'
import { type Contact, personsOf, setStopped, verifyPhone } from '../contacts/contacts.ts'
import type { Tx } from '../database/client.ts'
import type { ChoiceValue } from '../delivery/content.ts'
import { hasConsented, storeConsent } from '../people/consent.ts'
import { parsePhone } from '../phone.ts'
import { trainingByCode } from '../programme/trainings.ts'
import type { PlannedReminder, ReminderRules } from '../reminders/plan.ts'
import { boldMark, type Part, say, type Texts } from '../texts.ts'
import type { Intent } from '../understanding/intents.ts'
import type { Understanding } from '../understanding/understand.ts'
import { respondToCorrection } from './afterwards.ts'
import { greetingPart } from './answers/greet.ts'
import { speak } from './answers/language.ts'
import { withdrawing } from './answers/privacy.ts'
import { respondToCode } from './check-in.ts'
import { chosen, consentIn, yesOrNo } from './choices.ts'
import { answerComing, comingWord, freeByChoice, respondToReminder } from './coming.ts'
import { withCommand, withWishToRegister } from './commands.ts'
import { respondToDeepLink } from './deep-link.ts'
import { formOfIntent, forms, isFormIntent, isFormName } from './forms/list.ts'
import { respondInGroup } from './group.ts'
import { isEmpty, namedIn } from './named.ts'
import { noticeWasRead, respondToNotice } from './notices.ts'
import { isOfferWord, respondToOffer, takeOrLeave } from './offers.ts'
import { saysOfficeEnded } from './offices.ts'
import { asksAboutWithdrawing, wishesForOwnData } from './own-data.ts'
import { saysNumberIsLost, tellsNewNumber } from './profile-words.ts'
import { aboutQuoted, choiceOfQuoted } from './quoted.ts'
import { type FetchedMedia, menu, type Quoted, type Reply, type Turn } from './reply.ts'
import {
  answerByChoice,
  askWhoWasNotReached,
  isRequestWord,
  openQuestion,
  respondToRequest,
} from './request-answers.ts'
import { respondToWithdrawal, withdraw } from './requests.ts'
import {
  answerAll,
  aside,
  askAgain,
  beginForm,
  interruptionConfidence,
  isAboutColleague,
  respondInForm,
  respondToIntents,
  resume,
  stepForm,
  withoutChoices,
} from './respond.ts'
import { seatOfAnother } from './seat-of-another.ts'
import { settles } from './settles.ts'
import { afterSilence, afterSilenceElsewhere } from './silence.ts'
import { respondToSlashWord } from './slash-words.ts'
import { changeSpeaker, speakerOf } from './speaker.ts'
import { goOnWithCommand, respondToCommandChoice, respondToStaff } from './staff-commands/respond.ts'
import { type FormName, type FormState, readState, type Slots, type State, sitting } from './state.ts'
import {
  afterMisunderstanding,
  answerStaffOffer,
  leaveToStaff,
  meetHandOver,
  passToStaff,
  respondToStaffOffer,
} from './to-staff.ts'
import { respondToTellMe, tellWhenOpen } from './when-open.ts'
import { respondToWhy } from './why.ts'

export type TurnInput = {
  tx: Tx
  now: Date
  rules: ReminderRules
  texts: Texts
  retentionDays: number
  coverage: Coverage
  officeHours: OfficeHours
  channels: readonly string[]
  contact: Contact
  /** Whether a hand-over of this conversation is not closed. */
  mayBeWithStaff: boolean
  incomingId: number
  content: IncomingContent
  /** What a pressed button stood for; undefined when its message is not known. */
  pressed: ChoiceValue | undefined
  /** The message of ours that it quotes; see {@link Turn}. */
  quoted: Quoted | undefined
  /** The file of the message, once it is fetched. */
  media: FetchedMedia | undefined
  understanding: Understanding
  /** A bare greeting that came right before it, and gets one answer with it. */
  greeting?: string
  /** The conversation's state as stored. */
  state: unknown
}

export type TurnResult = {
  replies: Reply[]
  state: State
  planned: PlannedReminder[]
  intent: string
  /** Whether the pressed choice answered the question under which it stands: the others there are past. */
  settled: boolean
  /** Whether the turn erased what is stored of its contact: its message is to be emptied. */
  erased: boolean
  /** The hand-over in which it was a staff member's word to the officer. */
  wordsIn: number | undefined
}

/**
 * One message's turn: takes the conversation's state and what the message was understood as, asks the domain,
 * and returns the replies and the next state. Changes nothing but through `tx`.
 */
export async function takeTurn(input: TurnInput): Promise<TurnResult> {
  const { tx, now, rules, texts, incomingId, retentionDays, quoted } = input
  const { coverage, officeHours, channels, media } = input
  const state = stateOfHolder(input)
  const contact = await afterSilence(tx, input.contact, state, now)
  const persons = await personsOf(tx, contact)
  const text = input.content.kind === 'text' ? input.content.text : ''
  const { mentions } = input.understanding
  const isWish =
    saysNumberIsLost(text, input.understanding) || saysOfficeEnded(text, mentions) || tellsNewNumber(text)
  const understanding: Understanding = isWish
    ? { ...input.understanding, intent: 'profile_update', confidence: 1 }
    : withWishToRegister(text, withCommand(text, input.understanding))
  const topic = isOver(state, now) ? {} : state.topic
  const { finished, refused } = state
  delete state.finished
  delete state.refused
  const turn: Turn = {
    ...{ tx, now, rules, texts, contact, incomingId, retentionDays, persons, understanding },
    ...{ state, text, quoted, content: input.content, coverage, officeHours, channels, media },
    ...{ handOver: undefined, leftToStaff: false, wordsIn: undefined },
    speaker: speakerOf(persons, state, now),
    named: await namedIn(tx, text, understanding, topic.wave),
    topic,
    finished: isOver(state, now) ? undefined : finished,
    refused: isOver(state, now) ? undefined : refused,
    begun: 0,
    planned: [],
    erased: false,
  }
  const before = contact.group ? [] : await meetHandOver(turn, input.mayBeWithStaff)
  const asleep = turn.handOver?.state === 'taken' ? undefined : putAsleep(turn)
  const interrupting = state.form && putBy.has(state.form.name)
  const settled = settles(input.pressed, turn.state.form)
  const answered = contact.group ? await respondInGroup(turn, input.pressed) : await respond(turn, input)
  const [first] = answered
  if (input.greeting !== undefined && first && turn.understanding.intent !== 'greet')
    answered[0] = { ...first, parts: [greetingPart(input.greeting), ...first.parts] }
  const replies = [...before, ...afterMisunderstanding(turn, answered)]
  // Nobody is left without an answer, be it a person's.
  if (replies.length === 0 && !asleep && !turn.leftToStaff)
    replies.push({ parts: [say('not-understood')], choices: menu })
  const offered = asleep ?? (interrupting ? turn.state.asleep : undefined)
  const isOffered = replies.some(({ choices = [] }) => choices.some(({ value }) => 'resumes' in value))
  if (offered && !isOffered && !turn.state.form && !turn.erased && !turn.leftToStaff)
    replies.push(offerToGoOn(offered))
  if (turn.erased) Object.assign(turn, { state: readState({}), topic: {} })
  else await askWhoWasNotReached(turn, replies)
  remember(turn, replies)
  const { planned, erased, wordsIn } = turn
  return { replies, state: turn.state, planned, intent: intentOf(turn, input), erased, settled, wordsIn }
}

/** The state as stored; what was open with whoever had the number before is nobody's any more. */
function stateOfHolder({ state: stored, contact: { threadFrom } }: TurnInput): State {
  const state = readState(stored)
  const isOfAnother = threadFrom && state.heard !== undefined && new Date(state.heard) < threadFrom
  return isOfAnother ? readState({}) : state
}

/** Forms beside which another is put by; when they end, it is offered to go on. */
const putBy: ReadonlySet<FormName> = new Set([
  'copy',
  'erase',
  'withdraw',
  'unsubscribe',
  'identify',
  'accept',
])

/** Whether the officer has been silent for a sitting. */
function isOver(state: State, now: Date): boolean {
  return state.heard !== undefined && now.getTime() - Date.parse(state.heard) > sitting
}

function intentOf({ understanding }: Turn, input: TurnInput): string {
  if (input.pressed && 'asks' in input.pressed) return input.pressed.asks
  if (input.pressed && 'answers' in input.pressed) return input.pressed.answers === 'yes' ? 'affirm' : 'deny'
  return input.content.kind === 'text' ? understanding.intent : 'inform'
}

/** Takes a form out of the way when its officer has been silent for a sitting; returns one to be offered again. */
function putAsleep(turn: Turn): FormState | undefined {
  const { form } = turn.state
  if (!form || turn.now.getTime() - Date.parse(form.touched) <= sitting) return undefined
  delete turn.state.form
  const { waiting = '' } = form
  const name = form.name === 'identify' && isFormName(waiting) ? waiting : form.name
  if (!(name in goOnTexts)) return undefined
  const { called: _, speaker: __, consent: ___, ...waitingFor } = form.slots
  const slots = name === form.name ? form.slots : waitingFor
  turn.state.asleep = {
    name,
    slots,
    touched: form.touched,
    ...(name !== waiting && waiting ? { waiting } : {}),
  }
  return turn.state.asleep
}

/** Forms that are offered again to who fell silent, with the words for it. */
const goOnTexts: Partial<Record<FormName, { asks: Part; label: Part }>> = {
  register: { asks: say('form-asleep'), label: say('choice-go-on') },
  introduce: { asks: say('introduce-asleep'), label: say('choice-go-on') },
  change: { asks: say('form-asleep-change'), label: say('choice-go-on-change') },
  substitute: { asks: say('form-asleep-substitute'), label: say('choice-go-on-substitute') },
  colleague: { asks: say('form-asleep-colleague'), label: say('choice-go-on-colleague') },
  profile: { asks: say('profile-asleep'), label: say('choice-go-on-profile') },
}

function offerToGoOn({ name }: FormState): Reply {
  const { asks = say('form-asleep'), label = say('choice-go-on') } = goOnTexts[name] ?? {}
  return { parts: [asks], choices: [{ label, value: { resumes: name } }] }
}

/** A yes or no to the offer to go on, right after it. */
async function respondToGoOn(turn: Turn): Promise<Reply[] | undefined> {
  const { form, choices, asleep } = turn.state
  if (form || !asleep || !choices.some(({ value }) => 'resumes' in value)) return undefined
  const answer = goOnWord.test(turn.text) ? 'yes' : yesOrNo(turn.text, turn.understanding)
  if (answer === 'yes') return await resume(turn, asleep.name)
  if (answer !== 'no' || turn.text.trim().split(/\s+/).length > longestNo) return undefined
  delete turn.state.asleep
  return [{ parts: [say(forms[asleep.name].left)], choices: menu }]
}

const goOnWord = /^\W*(ya|iya|ok|oke|mau)?\W*(di)?lanjut(kan|in)?( aja| saja| dong| pak| bu)*\W*$/i
const longestNo = 3

async function respond(turn: Turn, input: TurnInput): Promise<Reply[]> {
  const stopped = input.content.kind === 'text' ? await stopOrStart(turn) : undefined
  if (stopped) return stopped
  const before = turn.state.command
  const byStaff = await respondToStaff(turn, input.pressed)
  if (!byStaff && turn.handOver?.state === 'taken') return await respondBesideStaff(turn, input)
  if (!byStaff) return await goOnWithCommand(turn, before, await respondToOfficer(turn, input))
  return turn.state.command ? byStaff : [...byStaff, ...(await askAgain(turn))]
}

/**
 * While staff have the conversation, only what is meant for the bot is answered: its buttons, the codes and words that
 * it has asked for, rights over one's own data, and what was begun with these. All else is for staff.
 */
async function respondBesideStaff(turn: Turn, input: TurnInput): Promise<Reply[]> {
  const { content } = input
  if (content.kind === 'button') return await respondToChoice(turn, input.pressed)
  if (content.kind !== 'text') return await passToStaff(turn)
  const { form, choices } = turn.state
  const { handOver, text } = turn
  if (form && handOver?.takenAt && Date.parse(form.touched) > handOver.takenAt.getTime()) {
    const choice = chosen(text, turn.understanding, choices)
    return choice ? await respondToChoice(turn, choice.value) : await respondInForm(turn, form)
  }
  return (
    (await respondToCode(turn)) ??
    (isOfferWord(text) ? await respondToOffer(turn) : undefined) ??
    (isRequestWord(text) ? await respondToRequest(turn) : undefined) ??
    (await respondToNotice(turn)) ??
    (await respondToWishes(turn)) ??
    (await passToStaff(turn))
  )
}

async function respondToOfficer(turn: Turn, input: TurnInput): Promise<Reply[]> {
  const { content } = input
  if (content.kind === 'text') return await respondToText(turn)
  if (content.kind === 'button') return await respondToChoice(turn, input.pressed)
  if (content.kind === 'contact') return await respondToPhone(turn, content)
  return [{ parts: [say(`cannot-read-${content.kind}`)], choices: menu }, ...(await askAgain(turn))]
}

const stopWord = /^\W*stop\W*$/i
const startWord = /^\W*mulai( (lagi|dong|deh|ya|yah|aja|saja|pak|bu|bang|kak|min))*\W*$/i
/** The same in other words, of who had said STOP. */
const startsAgain =
  /^\W*(tolong |mohon )?((di)?aktifkan|(di)?hidupkan|nyalakan) (lagi|kembali)( (pengingat|pesan|pengumuman)(nya)?)?( (dong|deh|ya|aja|saja|pak|bu|bang|kak|min))*\W*$/i
/** `/start` is Telegram's own. */
const englishStartWord = /^[^\w/]*start( again)?( please)?\W*$/i

/** STOP and MULAI are read before anything else. */
async function stopOrStart(turn: Turn): Promise<Reply[] | undefined> {
  if (stopWord.test(turn.text)) {
    await setStopped(turn.tx, turn.contact.id, turn.now)
    delete turn.state.form
    delete turn.state.asleep
    return [{ parts: [say('stopped')] }]
  }
  const isEnglishStart = turn.contact.locale === 'en' && englishStartWord.test(turn.text)
  const again = turn.contact.stoppedAt !== null && startsAgain.test(turn.text)
  if (!startWord.test(turn.text) && !isEnglishStart && !again) return undefined
  await setStopped(turn.tx, turn.contact.id, null)
  return [{ parts: [say(turn.contact.stoppedAt ? 'started-again' : 'introduction')], choices: menu }]
}

/** Who must confirm their name sees after that what is offered to them, or asked. */
async function nameFirst(turn: Turn): Promise<Reply[]> {
  return await beginForm(turn, 'identify', {}, 'registration_status')
}

async function respondToText(turn: Turn): Promise<Reply[]> {
  const led =
    (await respondToSlashWord(turn)) ?? (await respondToCode(turn)) ?? (await respondToDeepLink(turn))
  if (led) return led
  const isAnswer = isOfferWord(turn.text) || isRequestWord(turn.text) || comingWord(turn.text) !== undefined
  if (turn.contact.mustConfirmName && isAnswer) return await nameFirst(turn)
  await aboutQuoted(turn)
  const quoted = choiceOfQuoted(turn)
  if (quoted) return 'choice' in quoted ? await respondToChoice(turn, quoted.choice) : [quoted.asks]
  const answered =
    (await respondToStaffOffer(turn)) ??
    (await respondToNotice(turn)) ??
    (await respondToReminder(turn)) ??
    (await respondToOffer(turn)) ??
    (await respondToGoOn(turn)) ??
    (await respondToRequest(turn)) ??
    (await respondToWhy(turn)) ??
    (await respondToTellMe(turn)) ??
    (await respondToCorrection(turn))
  if (answered) return answered
  const choice = chosen(turn.text, turn.understanding, turn.state.choices)
  if (choice) return await respondToChoice(turn, choice.value)
  const withdrawn = await respondToWithdrawal(turn)
  if (withdrawn) return withdrawn
  const before = turn.state.form
  // A name that was asked for as the right one introduces nobody.
  const givesName = before?.name === 'profile' && before.slots['field'] === 'name'
  if (!givesName && !(await namesSomebodyElse(turn)) && changeSpeaker(turn))
    return await respondAsAnother(turn, before)
  const wished = await respondToWishes(turn)
  if (wished) return wished
  if (turn.state.form) return await respondInForm(turn, turn.state.form)
  return (await consentAfterAll(turn)) ?? leaveToStaff(turn) ?? (await respondToIntents(turn))
}

/** What beside a wish is no question of its own. */
const saidByWishes: ReadonlySet<string> = new Set([
  ...['privacy', 'profile_view', 'greet', 'thank', 'goodbye', 'affirm', 'deny', 'inform', 'out_of_scope'],
])

/** What a message wishes to be done with one's own data, whatever form is open; undefined if it is none. */
async function respondToWishes(turn: Turn): Promise<Reply[] | undefined> {
  if (asksAboutWithdrawing(turn)) return await aside(turn, async () => [withdrawing])
  const wishes = wishesForOwnData(turn).filter((wish) => wish !== turn.state.form?.name)
  if (wishes.length === 0) return undefined
  const besides = turn.understanding.also.filter((each) => !saidByWishes.has(each))
  return await aside(turn, async () => {
    const replies = (await answerAll(turn, besides)).map(withoutChoices)
    for (const wish of wishes) if (!turn.state.form) replies.push(...(await beginForm(turn, wish, {})))
    return replies
  })
}

const aboutSeat: ReadonlySet<Intent> = new Set(['cancel_registration', 'change_session'])

/** "batalkan punya Bu Normah" is no word of hers. */
async function isOfAnothersSeat(turn: Turn): Promise<boolean> {
  const { intent, confidence } = turn.understanding
  if (!aboutSeat.has(intent) || confidence < interruptionConfidence) return false
  return (await seatOfAnother(turn)) !== undefined
}

/** On a shared phone: whether the other person is named as the colleague who is meant, not as the one who speaks. */
async function namesSomebodyElse(turn: Turn): Promise<boolean> {
  if (turn.persons.length < 2) return false
  const { form } = turn.state
  if (form?.name === 'substitute' || (form?.name === 'colleague' && form.asked !== 'speaker')) return true
  const { intent } = turn.understanding
  if (intent === 'replace_participant' || (await isOfAnothersSeat(turn))) return true
  return turn.speaker !== undefined && (await isAboutColleague(turn))
}

/** A message in which somebody else of a shared number takes over, or says who they are. */
async function respondAsAnother(turn: Turn, before: FormState | undefined): Promise<Reply[]> {
  if (before?.asked === 'speaker') return await stepForm(turn, before)
  const wished = await respondToWishes(turn)
  if (wished) return wished
  // "jadwal dwi" asks for hers.
  if (turn.speaker && turn.understanding.intent === 'schedule_list' && isEmpty(turn.named))
    turn.understanding = { ...turn.understanding, intent: 'my_schedule' }
  const { intent, confidence } = turn.understanding
  const asks = isFormIntent(intent) || intent === 'my_schedule' || intent === 'registration_status'
  if ((asks && confidence >= interruptionConfidence) || turn.named.code) return await respondToIntents(turn)
  if (!turn.speaker) return await beginForm(turn, 'identify', {})
  const asked = await openQuestion(turn)
  return [
    {
      parts: [say('speaker-now', { name: turn.speaker.name })],
      ...(asked.length > 0 ? {} : { choices: menu }),
    },
    ...asked,
  ]
}

/** Who has refused may agree later, by the word. */
async function consentAfterAll(turn: Turn): Promise<Reply[] | undefined> {
  const { speaker } = turn
  if (!speaker?.consentRefusedAt || hasConsented(speaker) || !/\b(setuju|agree)\b/i.test(turn.text))
    return undefined
  if (consentIn(turn.text) !== 'yes') return undefined
  await storeConsent(turn.tx, speaker.id, true, turn.now)
  const asked = await openQuestion(turn)
  return [{ parts: [say('consent-given')], ...(asked.length > 0 ? {} : { choices: menu }) }, ...asked]
}

async function respondToChoice(turn: Turn, value: ChoiceValue | undefined): Promise<Reply[]> {
  const { form } = turn.state
  if (!value) return [{ parts: [say('button-unknown')], choices: menu }, ...(await askAgain(turn))]
  if ('asks' in value) return await respondToAsked(turn, value)
  const isPersonal = ['offer', 'request', 'withdraws', 'coming', 'seat'].some((key) => key in value)
  if (isPersonal && turn.contact.mustConfirmName) return await nameFirst(turn)
  if ('offer' in value) return [await takeOrLeave(turn, value.offer, value.take)]
  if ('coming' in value) return await answerComing(turn, value)
  if ('seat' in value) return await freeByChoice(turn, value)
  if ('begins' in value) return await beginChosen(turn, value)
  if ('speaks' in value) return [await speak(turn, value.speaks)]
  if ('request' in value) return await answerByChoice(turn, value.request, value.agrees)
  if ('withdraws' in value) return [await withdraw(turn, value.withdraws)]
  if ('resumes' in value) return await resume(turn, value.resumes)
  if ('read' in value) return [noticeWasRead]
  if ('tells' in value) return [await tellWhenOpen(turn, value.tells)]
  if ('command' in value) return await respondToCommandChoice(turn, value)
  if ('staff' in value) return await aside(turn, async () => [await answerStaffOffer(turn, value.staff)])
  // What was asked sleeps: whether to go on with it is what is to be asked.
  if (!form && turn.state.asleep) return [offerToGoOn(turn.state.asleep)]
  if (!form) return [{ parts: [say('button-late')], choices: menu }]
  if ('fills' in value) {
    if (value.fills !== form.asked) return await askAgain(turn, 'button-late-form')
    return await stepForm(turn, { ...form, slots: { ...form.slots, [value.fills]: value.value } })
  }
  // An old Ya, or one pressed twice, answers no other question than its own.
  if (!form.asked || value.about !== form.about) return await askAgain(turn, 'button-late-form')
  return await stepForm(turn, { ...form, slots: { ...form.slots, [form.asked]: value.answers } })
}

/** A form begun by a button. */
async function beginChosen(
  turn: Turn,
  { begins, slots = {} }: { begins: string; slots?: Slots },
): Promise<Reply[]> {
  if (!isFormName(begins)) return [{ parts: [say('button-unknown')], choices: menu }]
  return await aside(turn, () => beginForm(turn, begins, slots))
}

/** A choice that asks something, as if the officer had written it. */
async function respondToAsked(
  turn: Turn,
  value: { asks: string; training?: string; wave?: number },
): Promise<Reply[]> {
  const intent = value.asks as Intent
  turn.named = {}
  if (value.training) {
    const training = await trainingByCode(turn.tx, value.training)
    turn.topic = training ? { training: training.code, wave: training.waveNumber } : {}
  } else if (value.wave !== undefined) turn.topic = { wave: value.wave }
  if (isFormIntent(intent)) {
    delete turn.state.form
    return await beginForm(turn, formOfIntent[intent], value.training ? { training: value.training } : {})
  }
  const replies = await answerAll(turn, [intent])
  return turn.state.form && turn.state.form.name !== 'identify'
    ? [...replies.map(withoutChoices), ...(await askAgain(turn))]
    : replies
}

async function respondToPhone(turn: Turn, content: { phone: string; own: boolean }): Promise<Reply[]> {
  if (!content.own) return [{ parts: [say('contact-not-own')], asksPhone: !turn.contact.phone }]
  const phone = parsePhone(content.phone)
  if (!phone) return [{ parts: [say('contact-no-number')], asksPhone: !turn.contact.phone }]
  const { form } = turn.state
  const isNew = turn.contact.phone !== phone
  // Proven by the messenger, and yet a wish: the list of numbers is the office's.
  if (isNew && form?.name === 'profile' && form.asked === 'phone' && turn.speaker)
    return await stepForm(turn, { ...form, slots: { ...form.slots, phone } })
  await verifyPhone(turn.tx, turn.contact.id, phone)
  turn.contact = { ...turn.contact, phone }
  if (isNew) turn.contact = await afterSilenceElsewhere(turn.tx, turn.contact, turn.now)
  turn.persons = await personsOf(turn.tx, turn.contact)
  turn.speaker = speakerOf(turn.persons, turn.state, turn.now)
  const [first, ...rest] = await nowThatKnown(turn)
  return first ? [first.asksPhone ? first : { ...first, hidesPhoneButton: true }, ...rest] : rest
}

async function nowThatKnown(turn: Turn): Promise<Reply[]> {
  const { form } = turn.state
  if (form) return await beginForm(turn, form.name, form.slots, form.waiting)
  if (turn.contact.mustConfirmName) return await beginForm(turn, 'identify', {})
  if (turn.persons.length === 0) return [{ parts: [say('stranger')], choices: menu }]
  const asked = await openQuestion(turn)
  return [{ parts: [say('phone-known')], ...(asked.length > 0 ? {} : { choices: menu }) }, ...asked]
}

/** Puts what the next message may refer to into the state. */
function remember(turn: Turn, replies: Reply[]): void {
  const { state, texts, contact } = turn
  state.topic = turn.topic
  state.heard = turn.now.toISOString()
  state.introduced = true
  // What was numbered last stays while the bot is quiet.
  if (turn.leftToStaff && replies.length === 0) return
  const told = replies.findLast(({ refused }) => refused)?.refused
  if (told) state.refused = told
  // A word about a notice stands beside the dialogue: what is numbered there stays as it was.
  if (replies.every((reply) => reply === noticeWasRead)) return
  const shown = replies.findLast((reply) => reply.choices && reply.choices.length > 0)
  state.choices = (shown?.choices ?? []).map(({ label, value }) => ({
    label: texts.join(contact.locale, [label]).replaceAll(boldMark, ''),
    value,
  }))
}
