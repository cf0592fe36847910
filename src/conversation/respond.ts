import { type FullTraining, findTrainings, isAhead, trainingByCode } from '../programme/trainings.ts'
import { onTheDay } from '../programme/when.ts'
import { type Colleague, colleaguesOf } from '../registration/colleagues.ts'
import { registrationsOf } from '../registration/own.ts'
import { requestQuestion, requestsTo } from '../registration/request.ts'
import { type Part, say } from '../texts.ts'
import type { Intent } from '../understanding/intents.ts'
import { answers, type FormIntent, personalAnswers, publicInstead } from './answers/list.ts'
import { officeThatWaits } from './applicant.ts'
import { keepsSeat, yesOrNo } from './choices.ts'
import { colleagueMeant, isForColleague, isForOneself } from './colleague-named.ts'
import { wrongIn } from './forms/introduce.ts'
import { formOfIntent, forms, isFormIntent, isFormName } from './forms/list.ts'
import { namesLeft, nextParty, withFewer, withMore } from './forms/parties.ts'
import { namingSlots } from './forms/pick-colleague.ts'
import { profileSlots } from './forms/profile.ts'
import { decidingSlots, wantsToWait } from './forms/register.ts'
import { introducesSelf, introductionIn, withSaid } from './introduction.ts'
import { isEmpty } from './named.ts'
import { fieldIn } from './profile-words.ts'
import { asksOwnSchedule, isMeantBeside, questionsIn, wantsInBeside, withQuestions } from './questions.ts'
import { bestRefusal } from './refusal.ts'
import { reminderSlots, saysReminderWish } from './reminder-words.ts'
import { menu, type Reply, type Turn, together } from './reply.ts'
import { seatOfAnother } from './seat-of-another.ts'
import { isForSeveral, partiesNamed } from './several-named.ts'
import { isKnown, isKnownEnough } from './speaker.ts'
import type { FormName, FormState, Slots } from './state.ts'

/** Below this the bot does not act on what it thinks it understood. */
const leastConfidence = 0.3
/** These end or refuse something: they must be surer. */
const weighty: ReadonlySet<Intent> = new Set(['goodbye', 'unsubscribe', 'cancel_registration', 'complaint'])
const weightyConfidence = 0.6
/** In the middle of a form, a message must be this surely a question to be answered as one. */
export const interruptionConfidence = 0.35
/** So likely, a request beside a courtesy is meant. */
const besideCourtesy = 0.12
/** A personal question must be this surely one before it meets the question for consent. */
const surelyPersonal = 0.85

const courtesies: ReadonlySet<Intent> = new Set(['greet', 'thank', 'goodbye', 'affirm', 'inform'])
const wantsIn = /\b(di|men)?(daftarkan|dftarkan|daftrkan|daftarin)\b/i
/** The same of somebody who says who they are: 'saya Tono dari Sadai, ikut gelombang 3'. */
const wantsToo = /\b(men)?(daftar|dftar|dftr|ikut)\w*/i

function isCourtesy(intent: Intent): boolean {
  return courtesies.has(intent)
}

/** What a message asks, in order: thanks or a greeting never hide a request that stands beside them. */
function intentsOf(turn: Turn): Intent[] {
  const { intent, also, alternatives } = turn.understanding
  const besides = also.filter((each) => each !== intent && isMeantBeside(each, turn.text))
  const understood = withQuestions([intent, ...besides], turn.text)
  const isWish = !understood.some(isFormIntent) && wantsInBeside(turn.text)
  const all: Intent[] = isWish ? [...understood, 'register'] : understood
  if (!isCourtesy(intent) || all.some((each) => !isCourtesy(each))) return all
  if (wantsIn.test(turn.text)) return ['register']
  const beside = alternatives.find((each) => each.confidence >= besideCourtesy && !isCourtesy(each.intent))
  return beside && intent !== 'inform' && beside.intent !== 'out_of_scope' ? [beside.intent] : all
}

/** Whether what was understood is too unsure to act on. */
function isUnsure(turn: Turn): boolean {
  const { intent, confidence } = turn.understanding
  return confidence < (weighty.has(intent) ? weightyConfidence : leastConfidence)
}

const wants = /\b(daftar|dftar|dftr|daptar)\b/i
const asksWhether = /\?|\b(sudah|udah|dah|sdh|belum|blm)\b/i

const aboutSeats: ReadonlySet<Intent> = new Set([
  ...(['register', 'cancel_registration', 'change_session', 'replace_participant'] as const),
])

/** "saya Wati, daftar G3-A": with a class's code the word says that one wants in, unless it is surely something else. */
function wantsNamedClass({ named, text, understanding: { intent, confidence } }: Turn): boolean {
  if (!named.code || !wants.test(text) || asksWhether.test(text) || aboutSeats.has(intent)) return false
  return confidence < weightyConfidence || intent === 'out_of_scope' || intent === 'deny'
}

/** Two letters in a row: less is no message to be judged. */
const anyWord = /\p{L}{2}/u

const corrects = /\b(salah|keliru|ralat|harusnya|seharusnya)\b/i

function saysOfSelf(turn: Turn): boolean {
  return Object.keys(introductionIn(turn, undefined, {})).length > 0
}

export async function respondToIntents(turn: Turn): Promise<Reply[]> {
  const { intent } = turn.understanding
  if (corrects.test(turn.text) && (await officeThatWaits(turn)) && saysOfSelf(turn))
    return await introduceAgain(turn)
  if (isCourtesy(intent) && introducesSelf(turn) && !(await officeThatWaits(turn)))
    return await (wantsToo.test(turn.text) ? beginIntent(turn, 'register') : beginForm(turn, 'identify', {}))
  if (wantsNamedClass(turn))
    return [...(await answerAll(turn, questionsIn(turn.text))), ...(await beginIntent(turn, 'register'))]
  if (intent === 'out_of_scope' || intent === 'deny' || isUnsure(turn)) {
    // Who names a class means it, whatever the other words are.
    if (turn.named.code || (turn.named.waves && corrects.test(turn.text)))
      return await answerAll(turn, ['schedule_list'])
    if (intent === 'out_of_scope' ? !anyWord.test(turn.text) : isUnsure(turn))
      return [{ parts: [say('not-understood')], choices: menu }]
  }
  const intents = await intentsMeant(turn)
  const form = intents.find(isFormIntent)
  const questions = intents.filter((each) => !isFormIntent(each) && !(form && isCourtesy(each)))
  const answered = await answerAll(turn, questions)
  return [...answered, ...(form ? await beginIntent(turn, form) : [])]
}

/** What is meant, where words say it that the classifier does not weigh. */
async function intentsMeant(turn: Turn): Promise<Intent[]> {
  if (await isReplacedBySomebody(turn)) return ['replace_participant']
  if (turn.understanding.intent === 'check_in' && asksToMiss.test(turn.text)) return ['report_absence']
  if (isAfterReminders(turn) && saysReminderWish(turn.text)) return ['reminder_settings']
  if (await asksPlaceOnList(turn)) return ['registration_status']
  if (turn.understanding.intent === 'cancel_registration' && keepsSeat(turn.text))
    return ['registration_status']
  if (turn.understanding.intent === 'check_in' && isNoCheckIn(turn)) {
    const other = turn.understanding.alternatives.find(({ intent }) => intent !== 'check_in')
    return other ? [other.intent] : ['schedule_list']
  }
  return intentsOf(turn)
}

/** Whether one's reminders were shown last, with what they can be. */
function isAfterReminders({ state, understanding: { intent } }: Turn): boolean {
  const shown = state.choices.some(({ value }) => 'begins' in value && value.begins === 'reminders')
  return shown && !aboutSeats.has(intent)
}

/** "absen sehari boleh gak" */
const asksToMiss =
  /^(?=.*\b(absen|bolos|tidak masuk)\b)(?=.*\b(boleh|bisa|bs|izin|ijin)\b).*(\?|\b(ga|gak|tak|tidak|nggak|ndak)\b)/i

const ofList = /\b(urutan(ku|nya)?|antrian|antrean|nomor urut|no urut|daftar tunggu)\b/i
const asksOf = /\?|\b(berapa|brp|brapa|piro|masih|sudah|sdh|udah|udh|gimana|sampai|sampe)\b/i

/** "urutan berapa sekarang" of who waits for a seat. */
async function asksPlaceOnList(turn: Turn): Promise<boolean> {
  const { text, speaker, tx } = turn
  if (!speaker || !isKnown(turn) || !ofList.test(text) || !asksOf.test(text)) return false
  return (await registrationsOf(tx, speaker.id, ['waitlisted'])).length > 0
}

const present = /\b(hadir|absen|lokasi|tempat|sampai|sampe|nyampe|tiba|datang|dah di|sudah di|udah di)\b/i

/** With a class's code and no word of being there it is about the class. */
function isNoCheckIn({ named, text }: Turn): boolean {
  return named.code !== undefined && !present.test(text)
}

async function beginIntent(turn: Turn, intent: FormIntent): Promise<Reply[]> {
  const isBareCancel = intent === 'cancel_registration' && /^\W*batal\W*$/i.test(turn.text)
  if (isBareCancel && !isKnown(turn)) return [{ parts: [say('nothing-open')], choices: menu }]
  if (intent === 'profile_update' && (await officeThatWaits(turn))) return await introduceAgain(turn)
  const asked = intent === 'replace_participant' ? await askedToReplace(turn) : []
  if (asked.length > 0) return asked
  const form = await formFor(turn, intent)
  const another = form === 'cancel' || form === 'change' ? await seatOfAnother(turn) : undefined
  if (another) return [another]
  const slots = { ...slotsFor(turn, intent), ...whoSlots(turn, form) }
  if (form !== 'substitute' || isKnown(turn)) return await beginForm(turn, form, slots)
  // Who may come instead is no secret.
  const [first, ...rest] = await beginForm(turn, form, slots)
  const rule: Reply = { parts: [say('substitute-rule')] }
  return [first ? together([rule, first]) : rule, ...rest]
}

/** "saya disuruh ganti Pak Hotman": what a colleague has asked of who writes and has no seat to hand on. */
async function askedToReplace({ tx, persons, now }: Turn): Promise<Reply[]> {
  const ids = persons.map(({ id }) => id)
  const open = (await requestsTo(tx, ids, now)).filter(({ replacesId }) => replacesId !== null)
  for (const id of open.length > 0 ? ids : [])
    if ((await registrationsOf(tx, id, ['confirmed'])).length > 0) return []
  return open.map((request) => requestQuestion(request, persons.length > 1))
}

/** What a message that asks for a form gives it. */
function slotsFor(turn: Turn, intent: FormIntent): Slots {
  if (intent === 'reminder_settings') return reminderSlots(turn.text)
  return intent === 'profile_update' ? profileSlots(turn) : namedSlots(turn)
}

/** The form of an intent: a registration may be for a colleague. */
async function formFor(turn: Turn, intent: FormIntent): Promise<FormName> {
  if (intent !== 'register') return formOfIntent[intent]
  return (await isAboutColleague(turn)) ? 'colleague' : 'register'
}

/** The words in which a colleague may be named. */
function whoSlots(turn: Turn, form: FormName): Slots {
  return form === 'substitute' || form === 'colleague' ? namingSlots(turn.text) : {}
}

/** Whether the message asks that a colleague be registered, or names who comes instead. */
export async function isAboutColleague(turn: Turn): Promise<boolean> {
  const { speaker, understanding, text } = turn
  if (understanding.intent === 'replace_participant') return true
  const colleagues = await colleaguesOfSpeaker(turn)
  if (isForColleague(text, understanding, colleagues, speaker)) return true
  return isForSeveral(text, partiesNamed(text, { ...turn, colleagues }))
}

const mistakenForOthers: ReadonlySet<Intent> = new Set([
  ...(['cancel_registration', 'profile_update', 'inform', 'deny', 'report_absence'] as const),
])
const isReplaced = /\bdi(ganti|wakil)\p{L}*/iu

/** "tidak jadi ikut, diganti Pak Budi saja" hands a seat on, and does not give it up. */
async function isReplacedBySomebody(turn: Turn): Promise<boolean> {
  const { text, understanding, speaker } = turn
  if (!isReplaced.test(text) || !mistakenForOthers.has(understanding.intent)) return false
  return colleagueMeant(text, understanding, await colleaguesOfSpeaker(turn), speaker) !== undefined
}

export async function colleaguesOfSpeaker({ tx, speaker }: Turn): Promise<Colleague[]> {
  const own = speaker?.positions.map(({ cooperativeId }) => cooperativeId) ?? []
  return speaker ? await colleaguesOf(tx, speaker.id, own) : []
}

/** Answers to one message's questions, in one message. */
export async function answerAll(turn: Turn, intents: Intent[]): Promise<Reply[]> {
  const replies: Reply[] = []
  for (const intent of intents) {
    if (isFormIntent(intent)) continue
    if (personalAnswers.has(intent) && !isKnownEnough(turn, intent)) {
      const instead = publicInstead[intent]
      if (!instead || isSurelyPersonal(turn)) {
        const gate = await beginForm(turn, 'identify', {}, intent)
        return [...joined(replies), ...gate]
      }
      replies.push(await answerOne(turn, instead))
    } else replies.push(await answerOne(turn, intent))
  }
  return joined(replies)
}

function joined(replies: Reply[]): Reply[] {
  return replies.length > 0 ? [together(replies)] : []
}

function isSurelyPersonal(turn: Turn): boolean {
  const { confidence, alternatives } = turn.understanding
  const asPublic = alternatives.find(({ intent }) => intent === 'schedule_list')?.confidence ?? 0
  return confidence >= surelyPersonal && asPublic < besideCourtesy
}

async function answerOne(turn: Turn, intent: Exclude<Intent, FormIntent>): Promise<Reply> {
  const reply = await answers[intent](turn)
  turn.topic = reply.topic ?? turn.topic
  return reply
}

// Forms

/** More than any message begins. */
const mostForms = 20

export async function beginForm(
  turn: Turn,
  name: FormName,
  slots: Slots,
  waiting?: string,
): Promise<Reply[]> {
  if (++turn.begun > mostForms) throw new Error(`forms hand over to one another without end, at ${name}`)
  const { personal } = forms[name]
  const isPersonal = typeof personal === 'function' ? personal(slots) : personal
  if (isPersonal && !isKnownEnough(turn, name)) return await beginForm(turn, 'identify', slots, name)
  // Who holds no office and has not said which one cannot be judged by the rules.
  if (name === 'register' && turn.speaker?.positions.length === 0 && !(await officeThatWaits(turn)))
    return await beginForm(turn, 'introduce', slots, name)
  const touched = turn.now.toISOString()
  const told = name === 'introduce' || name === 'identify' ? toldBefore(turn, slots) : slots
  if (name !== 'identify') delete turn.state.asleep
  turn.state.form = { name, slots: told, touched, ...(waiting ? { waiting } : {}) }
  return await stepForm(turn, turn.state.form)
}

/** What somebody who is on no roster has said of themself, in the form at hand, one left lying, or this message. */
function toldBefore(turn: Turn, slots: Slots): Slots {
  if (turn.speaker && turn.speaker.positions.length > 0) return slots
  const { form, asleep } = turn.state
  const before = [asleep, form].flatMap((each) => (each?.name === 'introduce' ? [each.slots] : []))
  const told: Slots = Object.assign({}, ...before, slots)
  return withSaid(told, introductionIn(turn, undefined, told))
}

/** Who waits for staff puts right what they said: asked what is wrong, unless the message says it. */
async function introduceAgain(turn: Turn): Promise<Reply[]> {
  const { speaker } = turn
  const office = await officeThatWaits(turn)
  if (!speaker || !office) return []
  const stored = { name: speaker.name, kelurahan: office.cooperative.areaCode, office: office.title }
  if (fieldIn(turn.text, turn.understanding) === 'phone')
    return [{ parts: [say('waits-new-number')], choices: menu }]
  const said = introductionIn(turn, undefined, stored)
  if (Object.keys(said).length > 0) return await beginForm(turn, 'introduce', stored)
  const wrong = wrongIn(turn.text, 'wrong')
  return await beginForm(turn, 'introduce', { ...stored, ...(wrong ? { wrong } : { sure: 'no' }) })
}

/** Goes on with a form that was left lying; who speaks on a shared phone is asked again. */
export async function resume(turn: Turn, name: string): Promise<Reply[]> {
  const { asleep } = turn.state
  if (asleep?.name !== name)
    return [{ parts: [say('button-late')], choices: menu }, ...(await askAgain(turn))]
  delete turn.state.asleep
  delete turn.state.form
  return await beginForm(turn, asleep.name, asleep.slots, asleep.waiting)
}

/** What a message names of the programme, and what was spoken of, as slots of a form. */
function namedSlots(turn: Turn): Slots {
  const { training, wave } = turn.topic
  return {
    ...(wantsToWait(turn.text) ? { wait: 'yes' } : {}),
    ...decidingSlots(turn.named),
    ...(training ? { about: training } : {}),
    ...(wave === undefined ? {} : { aboutWave: wave }),
  }
}

/**
 * Does something beside an open form, which then goes on where it was. When what is done asks something itself, the
 * form is put by, to be offered again after that.
 */
export async function aside(turn: Turn, run: () => Promise<Reply[]>): Promise<Reply[]> {
  const before = turn.state.form
  delete turn.state.form
  const replies = await run()
  if (!before || turn.erased) return replies
  if (turn.state.form) {
    turn.state.asleep = before
    return replies
  }
  turn.state.form = before
  return [...replies.map(withoutChoices), ...(await askAgain(turn))]
}

/** Runs a form's next step; when it ends, what waited for it goes on. */
export async function stepForm(turn: Turn, form: FormState, again = false): Promise<Reply[]> {
  const step = await forms[form.name].step(turn, form.slots)
  if ('identify' in step) return await beginForm(turn, 'identify', step.slots, form.name)
  if ('ask' in step) {
    const { about: _, ...rest } = form
    turn.state.form = {
      ...rest,
      ...(step.about ? { about: step.about } : {}),
      slots: step.slots,
      asked: step.ask,
      touched: turn.now.toISOString(),
    }
    turn.topic = step.reply.topic ?? turn.topic
    return [again && step.again ? { ...step.reply, parts: step.again } : step.reply]
  }
  if ('next' in step) return await handOver(turn, form, step)
  delete turn.state.form
  if (step.did !== undefined) turn.state.finished = { form, did: step.did }
  turn.topic = step.done.at(-1)?.topic ?? turn.topic
  if (step.done.length === 0) return await goOn(turn, form)
  const next = await nextParty(turn, form)
  return next ? [...step.done, ...(await handOver(turn, form, next))] : step.done
}

async function handOver(
  turn: Turn,
  { waiting }: FormState,
  { next, slots, before = [] }: { next: FormName; slots: Slots; before?: Part[] },
): Promise<Reply[]> {
  const [first, ...rest] = await beginForm(turn, next, slots, next === waiting ? undefined : waiting)
  return first ? [{ ...first, parts: [...before, ...first.parts] }, ...rest] : rest
}

/** What an `identify` was for: a form with the slots kept meanwhile, or a personal answer. */
async function goOn(turn: Turn, { waiting, slots: kept }: FormState): Promise<Reply[]> {
  const { called: _, speaker: __, consent: ___, ...slots } = kept
  if (waiting && isFormName(waiting)) return await beginForm(turn, waiting, slots)
  if (waiting) return await answerAll(turn, [waiting as Intent])
  return turn.speaker ? [{ parts: [say('speaker-now', { name: turn.speaker.name })], choices: menu }] : []
}

const leaveWord =
  /^\W*(batal|keluar|cancel|quit|never ?mind|udahan|(ga|gak|nggak|tidak|tdk|tak) (usah|jadi))( aja| saja| dulu| deh| dong| lah| ya| pak| bu| min| kak| bang)*\W*$/i

/** A registration turns out to be for a colleague, or for oneself after all: the other form goes on. */
async function forSomebodyElse(turn: Turn, form: FormState): Promise<Reply[] | undefined> {
  if (form.name !== 'register' && form.name !== 'colleague') return undefined
  const colleagues = await colleaguesOfSpeaker(turn)
  const fewer = withFewer(turn, form, colleagues)
  if (fewer && 'skip' in fewer) return await stepForm(turn, { ...form, slots: { ...form.slots, sure: 'no' } })
  if (fewer) return await changed(turn, form, fewer.slots, say('parties-dropped', { names: fewer.names }))
  const more = withMore(turn, form, colleagues)
  if (more) return await alsoFor(turn, form, more)
  const isForOther = isForColleague(turn.text, turn.understanding, colleagues, turn.speaker)
  if (form.name === 'register')
    return isForOther
      ? await beginForm(turn, 'colleague', { ...namedSlots(turn), ...namingSlots(turn.text) })
      : undefined
  if (isForOther || !(oneselfAfterAll.test(turn.text) || isForOneself(turn.text))) return undefined
  const { colleague: _, who: __, answer: ___, sure: ____, ...slots } = form.slots
  return await beginForm(turn, 'register', { ...slots, ...decidingSlots(turn.named) })
}

/** "sekalian pak budi": kept until this one is done, which a yes beside it does. */
async function alsoFor(
  turn: Turn,
  form: FormState,
  { slots, names }: { slots: Slots; names: string },
): Promise<Reply[]> {
  const answer = form.asked === 'sure' ? yesOrNo(turn.text, turn.understanding) : undefined
  if (answer === 'yes') return await stepForm(turn, { ...form, slots: { ...slots, sure: answer } })
  return await changed(turn, form, slots, say('parties-noted', { names }))
}

/** The form's question again, with what was changed beside it. */
async function changed(turn: Turn, form: FormState, slots: Slots, before: Part): Promise<Reply[]> {
  const [first, ...rest] = await stepForm(turn, { ...form, slots }, true)
  return first ? [{ ...first, parts: [before, ...first.parts] }, ...rest] : rest
}

/** Not the colleague, but who speaks. */
const oneselfAfterAll =
  /^\W*((eh|salah|bukan|maksud(nya)?) *,? *)*(untuk )?(saya|sy|saye|aku)( sendiri| saja| aja| pak| bu)*\W*$/i

/** "yang senin" of somebody whose class is chosen: another on that weekday, or that there is none. */
async function otherDay(turn: Turn, form: FormState): Promise<Reply[] | undefined> {
  const { during } = turn.named
  const { speaker } = turn
  if (form.asked !== 'sure' || form.name !== 'register' || !speaker || !during) return undefined
  if (Object.keys(turn.named).length > 1 || turn.text.includes('?')) return undefined
  const possible: FullTraining[] = []
  for (const training of (await findTrainings(turn.tx, {})).filter((each) => isAhead(each, turn.now)))
    if ((await bestRefusal(turn, speaker, training)) === undefined) possible.push(training)
  const onDay = onTheDay(possible, during)
  const here = onDay.find(({ code }) => code === form.slots['training'])
  const [one, another] = onDay
  if (here) return await askAgain(turn)
  if (!one) return await askAgain(turn, 'form-no-such-day')
  if (another) return undefined
  return await stepForm(turn, { ...form, slots: { ...form.slots, training: one.code } })
}

/** Of the classes that were listed the only one on the day that is named: "yang senin". */
async function chosenByDay(turn: Turn, form: FormState): Promise<string | undefined> {
  const { during } = turn.named
  if (form.asked !== 'training' || !during || turn.named.code || turn.named.waves) return undefined
  const codes = turn.state.choices.flatMap(({ value }) =>
    'fills' in value && value.fills === 'training' ? [String(value.value)] : [],
  )
  const listed = (await findTrainings(turn.tx, {})).filter(({ code }) => codes.includes(code))
  const [onDay, another] = onTheDay(listed, during)
  return another ? undefined : onDay?.code
}

export async function respondInForm(turn: Turn, form: FormState): Promise<Reply[]> {
  if (leaveWord.test(turn.text)) return await leave(turn, form)
  if (await asksForAnotherForm(turn, form))
    return await beginIntent(turn, turn.understanding.intent as FormIntent)
  const forWhom = await forSomebodyElse(turn, form)
  if (forWhom) return forWhom
  const code = await chosenByDay(turn, form)
  if (code) return await stepForm(turn, { ...form, slots: { ...form.slots, training: code } })
  const day = await otherDay(turn, form)
  if (day) return day
  const filled = await forms[form.name].fill(turn, form.slots, form.asked)
  if (filled) return await stepForm(turn, { ...form, slots: filled })
  const { intent, confidence } = turn.understanding
  if (intent === 'thank' || intent === 'goodbye')
    return [...(await answerAll(turn, [intent])), ...(await leave(turn, form))]
  // "jam 7 saya sudah harus sampai?"
  if (intent === 'check_in' && turn.text.includes('?'))
    return await answerInForm(turn, form, ['schedule_list'])
  const switches = intent === 'unsubscribe' ? weightyConfidence : interruptionConfidence
  if (isFormIntent(intent) && confidence >= switches) return await switchForm(turn, form, intent)
  const noted = await noteMeanwhile(turn, form)
  if (noted) return noted
  if (
    !isCourtesy(intent) &&
    !['deny', 'out_of_scope'].includes(intent) &&
    confidence >= interruptionConfidence
  ) {
    const questions = intentsOf(turn).filter(
      (each) => !personalAnswers.has(each) || isKnownEnough(turn, each),
    )
    return await answerInForm(turn, form, questions)
  }
  const plain = questionsIn(turn.text)
  if (plain.length > 0) return await answerInForm(turn, form, plain)
  if (intent === 'deny' && form.asked !== 'sure' && form.asked !== 'consent') return await leave(turn, form)
  return await askAgain(turn, 'form-not-understood')
}

/** Answers beside an open form, which goes on: what is not said otherwise is asked of the class at hand. */
async function answerInForm(turn: Turn, form: FormState, questions: Intent[]): Promise<Reply[]> {
  const atHand = isEmpty(turn.named) ? await classAtHand(turn, form) : undefined
  if (atHand) turn.topic = { training: atHand.code, wave: atHand.waveNumber }
  const meant = questions.map((each) =>
    each === 'my_schedule' && atHand && !asksOwnSchedule(turn.text) ? 'schedule_list' : each,
  )
  const answered = await answerAll(turn, [...new Set(meant)])
  return [...answered.map(withoutChoices), ...(await askAgain(turn))]
}

/** The class that an open form is about, once it is chosen. */
async function classAtHand({ tx }: Turn, { slots }: FormState): Promise<FullTraining | undefined> {
  if (slots['training']) return await trainingByCode(tx, String(slots['training']))
  const id = Number(slots['registration'] ?? 0)
  const held = id ? await tx.registration.findUnique({ where: { id } }) : undefined
  return held ? await trainingByCode(tx, held.trainingCode) : undefined
}

/** "ok daftarkan saya" is no consent to what was asked before, when that was something else. */
async function asksForAnotherForm(turn: Turn, form: FormState): Promise<boolean> {
  const { intent, confidence } = turn.understanding
  if (
    form.name !== 'identify' ||
    form.asked === 'called' ||
    (intent === 'check_in' && turn.text.includes('?')) ||
    !isFormIntent(intent) ||
    confidence < weightyConfidence
  )
    return false
  return (await formFor(turn, intent)) !== form.waiting
}

/** Another form asked for in the middle of one: the same goes on, with what was named; another takes its place. */
async function switchForm(turn: Turn, form: FormState, intent: FormIntent): Promise<Reply[]> {
  const other = await formFor(turn, intent)
  if (other === 'reminders') return await aside(turn, () => beginIntent(turn, intent))
  if (other !== form.name && other !== form.waiting) return await unlessOverAtOnce(turn, form, intent)
  if (asksWho(form)) return (await noteMeanwhile(turn, form)) ?? (await askAgain(turn, 'form-go-on'))
  return await askAgain(turn, 'form-go-on')
}

/** One that has nothing to do, such as handing on a seat that nobody has, leaves the open form as it was. */
async function unlessOverAtOnce(turn: Turn, form: FormState, intent: FormIntent): Promise<Reply[]> {
  const replies = await beginIntent(turn, intent)
  const didNothing = !turn.state.form && !turn.state.finished
  if (!didNothing || !keepsForm.has(intent)) return replies
  turn.state.form = form
  return [...replies.map(withoutChoices), ...(await askAgain(turn))]
}

const keepsForm: ReadonlySet<FormIntent> = new Set(['replace_participant', 'change_session', 'check_in'])

function asksWho({ name }: FormState): boolean {
  return name === 'identify' || name === 'introduce'
}

/** While the question is who speaks, what is said for the form that waits is kept for it: a class, a new name. */
async function noteMeanwhile(turn: Turn, form: FormState): Promise<Reply[] | undefined> {
  if (form.name === 'identify' && form.waiting === 'profile') return await noteForProfile(turn, form)
  const named = decidingSlots(turn.named)
  if (!asksWho(form) || form.waiting !== 'register' || Object.keys(named).length === 0) return undefined
  const { intent } = turn.understanding
  if (!isCourtesy(intent) && !['register', 'deny', 'out_of_scope'].includes(intent)) return undefined
  form.slots = { ...form.slots, ...named }
  return await askAgain(turn, 'form-noted')
}

async function noteForProfile(turn: Turn, form: FormState): Promise<Reply[] | undefined> {
  const { intent } = turn.understanding
  if (!isCourtesy(intent) && !['profile_update', 'deny', 'out_of_scope'].includes(intent)) return undefined
  const slots = await forms.profile.fill(turn, form.slots, undefined)
  if (!slots) return undefined
  form.slots = slots
  return await askAgain(turn, 'profile-noted')
}

/** The newest numbered list is the form's question, which follows. */
export function withoutChoices({ choices: _, ...reply }: Reply): Reply {
  return reply
}

async function leave(turn: Turn, form: FormState): Promise<Reply[]> {
  delete turn.state.form
  if (form.name === 'register' && (await officeThatWaits(turn)))
    return [{ parts: [say('register-left-waits')], choices: menu }]
  const left = form.name === 'identify' && form.waiting === 'register' ? 'register' : form.name
  const names = await namesLeft(turn, form)
  const others = names ? [say('parties-left', { names })] : []
  return [{ parts: [say(forms[left].left), ...others], choices: menu }]
}

/** The open form's question once more, in short, after a word if there is one. */
export async function askAgain(turn: Turn, before?: string): Promise<Reply[]> {
  const { form } = turn.state
  if (!form) return []
  const [first, ...rest] = await stepForm(turn, form, true)
  if (!first) return rest
  return [before ? { ...first, parts: [say(before), ...first.parts] } : first, ...rest]
}
