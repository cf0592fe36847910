import type { IncomingContent } from '../channels/channel.ts'
import type { Contact, KnownPerson } from '../contacts/contacts.ts'
import { personsOf, setStopped, verifyPhone } from '../contacts/contacts.ts'
import type { Tx } from '../database/client.ts'
import type { ChoiceValue } from '../delivery/content.ts'
import { hasConsented } from '../people/consent.ts'
import { trainingByCode } from '../programme/trainings.ts'
import type { PlannedReminder, ReminderRules } from '../reminders/plan.ts'
import { boldMark, say, type Texts } from '../texts.ts'
import type { Intent } from '../understanding/intents.ts'
import type { Understanding } from '../understanding/understand.ts'
import { answers, personalAnswers } from './answers/list.ts'
import { chosen } from './choices.ts'
import { formOfIntent, forms, isFormIntent } from './forms/list.ts'
import { menu, type Reply, type Turn, together } from './reply.ts'
import { type FormName, type FormState, readState, type Slots, type State, sitting } from './state.ts'

/** Below this the bot does not act on what it thinks it understood. */
const leastConfidence = 0.25
/** In the middle of a form, a message must be this surely a question to be answered as one. */
const interruptionConfidence = 0.35

export type TurnInput = {
  tx: Tx
  now: Date
  rules: ReminderRules
  texts: Texts
  contact: Contact
  content: IncomingContent
  /** What a pressed button stood for; undefined when its message is not known. */
  pressed: ChoiceValue | undefined
  understanding: Understanding
  /** The conversation's state as stored. */
  state: unknown
}

export type TurnResult = { replies: Reply[]; state: State; planned: PlannedReminder[]; intent: string }

/**
 * One message's turn: takes the conversation's state and what the message was understood as, asks the domain,
 * and returns the replies and the next state. Changes nothing but through `tx`.
 */
export async function takeTurn(input: TurnInput): Promise<TurnResult> {
  const state = readState(input.state)
  const persons = await personsOf(input.tx, input.contact)
  const turn: Turn = {
    tx: input.tx,
    now: input.now,
    rules: input.rules,
    contact: input.contact,
    persons,
    speaker: speakerOf(persons, state, input.now),
    text: textOf(input.content),
    understanding: input.understanding,
    state,
    topic: state.topic,
    planned: [],
  }
  const asleep = putAsleep(turn)
  const replies = await respond(turn, input)
  if (asleep && !state.form && replies.length > 0) replies.push(offerToGoOn(asleep))
  remember(turn, replies, input)
  return { replies, state, planned: turn.planned, intent: intentOf(input) }
}

function textOf(content: IncomingContent): string {
  return content.kind === 'text' ? content.text : ''
}

function intentOf(input: TurnInput): string {
  if (input.pressed && 'asks' in input.pressed) return input.pressed.asks
  if (input.pressed && 'answers' in input.pressed) return input.pressed.answers === 'yes' ? 'affirm' : 'deny'
  return input.content.kind === 'text' ? input.understanding.intent : 'inform'
}

/** The only person of the number, or the one who said so in this sitting. */
function speakerOf(persons: KnownPerson[], state: State, now: Date): KnownPerson | undefined {
  if (persons.length === 1) return persons[0]
  const { speaker } = state
  if (!speaker || now.getTime() - Date.parse(speaker.at) > sitting) return undefined
  const found = persons.find(({ id }) => id === speaker.id)
  if (found) speaker.at = now.toISOString()
  return found
}

/** Takes a form out of the way when its officer has been silent for a sitting; returns it. */
function putAsleep(turn: Turn): FormState | undefined {
  const { form } = turn.state
  if (!form || turn.now.getTime() - Date.parse(form.touched) <= sitting) return undefined
  delete turn.state.form
  return form.name === 'register' ? form : undefined
}

function offerToGoOn(form: FormState): Reply {
  const training = form.slots['training']
  return {
    parts: [say('form-asleep')],
    choices: [
      {
        label: say('choice-go-on'),
        value: { asks: 'register', ...(training ? { training: String(training) } : {}) },
      },
    ],
  }
}

async function respond(turn: Turn, input: TurnInput): Promise<Reply[]> {
  const { content } = input
  if (content.kind === 'text') {
    const stop = await stopOrStart(turn)
    return stop ? [stop] : await respondToText(turn, input)
  }
  if (content.kind === 'button') return await respondToChoice(turn, input.pressed)
  if (content.kind === 'contact') return await respondToPhone(turn, content)
  return [{ parts: [say(`cannot-read-${content.kind}`)], choices: menu }, ...(await askAgain(turn))]
}

const stopWord = /^\W*stop\W*$/i
const startWord = /^\W*mulai\W*$/i

/** STOP and MULAI are read before anything else. */
async function stopOrStart(turn: Turn): Promise<Reply | undefined> {
  if (stopWord.test(turn.text)) {
    await setStopped(turn.tx, turn.contact.id, turn.now)
    delete turn.state.form
    return { parts: [say('stopped')] }
  }
  if (!startWord.test(turn.text)) return undefined
  await setStopped(turn.tx, turn.contact.id, null)
  return { parts: [say(turn.contact.stoppedAt ? 'started-again' : 'introduction')], choices: menu }
}

async function respondToText(turn: Turn, input: TurnInput): Promise<Reply[]> {
  const choice = chosen(turn.text, turn.understanding, turn.state.choices)
  if (choice) return await respondToChoice(turn, choice.value)
  await carryTopicOn(turn)
  if (turn.state.form) return await respondInForm(turn, turn.state.form)
  return await respondToIntents(turn, input.understanding)
}

/** What this message names becomes the topic; naming a wave or place leaves the training of before. */
async function carryTopicOn(turn: Turn): Promise<void> {
  const { wave, area, code } = turn.understanding.entities
  const training = code ? await trainingByCode(turn.tx, code) : undefined
  if (training) {
    turn.topic = { training: training.code, wave: training.waveNumber }
    return
  }
  if (wave === undefined && !area) return
  const before = wave === undefined && turn.topic.wave !== undefined ? { wave: turn.topic.wave } : {}
  turn.topic = { ...before, ...(wave === undefined ? {} : { wave }), ...(area ? { area: area.code } : {}) }
}

async function respondToIntents(turn: Turn, understanding: Understanding): Promise<Reply[]> {
  if (understanding.confidence < leastConfidence && understanding.intent !== 'inform')
    return [{ parts: [say('not-understood')], choices: menu }]
  const intents = [
    understanding.intent,
    ...understanding.also.filter((also) => also !== understanding.intent),
  ]
  const first = intents.find(isFormIntent)
  const questions = intents.filter((intent) => !isFormIntent(intent) && !(first && isSmallTalk(intent)))
  const answered = await answerAll(turn, questions)
  return [...answered, ...(first ? await beginForm(turn, formOfIntent[first], {}) : [])]
}

const isSmallTalk = (intent: Intent): boolean =>
  ['greet', 'thank', 'goodbye', 'affirm', 'inform'].includes(intent)

/** Answers to one message's questions, in one message. */
async function answerAll(turn: Turn, intents: Intent[]): Promise<Reply[]> {
  const replies: Reply[] = []
  for (const intent of intents) {
    if (isFormIntent(intent)) continue
    if (personalAnswers.has(intent) && !isKnown(turn)) {
      const gate = await beginForm(turn, 'identify', {}, intent)
      return replies.length > 0 ? [together(replies), ...gate] : gate
    }
    const reply = await answers[intent](turn)
    turn.topic = reply.topic ?? turn.topic
    replies.push(reply)
  }
  return replies.length > 0 ? [together(replies)] : []
}

function isKnown(turn: Turn): boolean {
  return turn.speaker !== undefined && hasConsented(turn.speaker)
}

async function beginForm(turn: Turn, name: FormName, slots: Slots, waiting?: string): Promise<Reply[]> {
  const touched = turn.now.toISOString()
  if (name !== 'identify' && !isKnown(turn)) return await beginForm(turn, 'identify', slots, name)
  const early = name === 'identify' ? {} : topicSlots(turn)
  turn.state.form = { name, slots: { ...early, ...slots }, touched, ...(waiting ? { waiting } : {}) }
  return await stepForm(turn, turn.state.form)
}

/** What was spoken of last is taken for the form too. */
function topicSlots(turn: Turn): Slots {
  const { training, wave } = turn.topic
  return { ...(training ? { training } : {}), ...(wave === undefined ? {} : { wave }) }
}

/** Runs a form's next step; when it ends, what waited for it goes on. */
async function stepForm(turn: Turn, form: FormState): Promise<Reply[]> {
  const step = await forms[form.name].step(turn, form.slots)
  if ('ask' in step) {
    turn.state.form = { ...form, slots: step.slots, asked: step.ask, touched: turn.now.toISOString() }
    turn.topic = step.reply.topic ?? turn.topic
    return [step.reply]
  }
  delete turn.state.form
  const last = step.done.at(-1)
  turn.topic = last?.topic ?? turn.topic
  if (step.done.length > 0 || !form.waiting) return step.done
  return await goOn(turn, form)
}

/** What an `identify` was for: a form with the slots kept meanwhile, or a personal answer. */
async function goOn(turn: Turn, done: FormState): Promise<Reply[]> {
  const { speaker: _, consent: __, ...slots } = done.slots
  const { waiting } = done
  if (waiting === 'register' || waiting === 'cancel') return await beginForm(turn, waiting, slots)
  return waiting ? await answerAll(turn, [waiting as Intent]) : []
}

const leaveWord =
  /^\W*(batal|keluar|cancel|udahan|(ga|gak|nggak|tidak|tdk|tak) (usah|jadi))( aja| saja| dulu| pak| bu| min)*\W*$/i

async function respondInForm(turn: Turn, form: FormState): Promise<Reply[]> {
  if (leaveWord.test(turn.text)) return leave(turn, form)
  const filled = await forms[form.name].fill(turn, form.slots, form.asked)
  if (filled) return await stepForm(turn, { ...form, slots: filled })
  const { intent, confidence, also } = turn.understanding
  if (isFormIntent(intent) && confidence >= interruptionConfidence) {
    const other = formOfIntent[intent]
    const same = other === form.name || other === form.waiting
    return same ? await askAgain(turn, 'form-go-on') : await beginForm(turn, other, {})
  }
  const isQuestion = !isSmallTalk(intent) && intent !== 'deny' && intent !== 'out_of_scope'
  if (isQuestion && confidence >= interruptionConfidence) {
    const questions = [intent, ...also].filter((each) => !isFormIntent(each) && !personalAnswers.has(each))
    const answered =
      questions.length > 0 ? await answerAll(turn, questions) : await personalMeanwhile(turn, intent)
    return [...answered.map(withoutChoices), ...(await askAgain(turn))]
  }
  if (intent === 'deny' && form.asked !== 'sure') return leave(turn, form)
  return await askAgain(turn, 'form-not-understood')
}

/** A personal question in the middle of a form is answered when the officer is known; the form asks again anyway. */
async function personalMeanwhile(turn: Turn, intent: Intent): Promise<Reply[]> {
  return isKnown(turn) ? await answerAll(turn, [intent]) : []
}

/** The newest numbered list is the form's question, which follows. */
function withoutChoices({ choices: _, ...reply }: Reply): Reply {
  return reply
}

function leave(turn: Turn, form: FormState): Reply[] {
  delete turn.state.form
  return [{ parts: [say(forms[form.waiting === 'register' ? 'register' : form.name].left)], choices: menu }]
}

/** The open form's question once more, after a word if there is one. */
async function askAgain(turn: Turn, before?: string): Promise<Reply[]> {
  const { form } = turn.state
  if (!form) return []
  const replies = await stepForm(turn, form)
  const [first, ...rest] = replies
  return first && before ? [{ ...first, parts: [say(before), ...first.parts] }, ...rest] : replies
}

async function respondToChoice(turn: Turn, value: ChoiceValue | undefined): Promise<Reply[]> {
  const { form } = turn.state
  if (!value) return [{ parts: [say('button-unknown')], choices: menu }, ...(await askAgain(turn))]
  if ('asks' in value) return await respondToAsked(turn, value)
  if (!form) return [{ parts: [say('button-late')], choices: menu }]
  if ('fills' in value) {
    if (value.fills !== form.asked) return await askAgain(turn, 'button-late-form')
    return await stepForm(turn, { ...form, slots: { ...form.slots, [value.fills]: value.value } })
  }
  if (form.asked !== 'sure' && form.asked !== 'consent') return await askAgain(turn, 'button-late-form')
  return await stepForm(turn, { ...form, slots: { ...form.slots, [form.asked]: value.answers } })
}

/** A choice that asks something, as if the officer had written it. */
async function respondToAsked(
  turn: Turn,
  value: { asks: string; training?: string; wave?: number },
): Promise<Reply[]> {
  const intent = value.asks as Intent
  if (value.training) {
    const training = await trainingByCode(turn.tx, value.training)
    turn.topic = training ? { training: training.code, wave: training.waveNumber } : {}
  } else if (value.wave !== undefined) turn.topic = { wave: value.wave }
  if (isFormIntent(intent)) {
    delete turn.state.form
    return await beginForm(turn, formOfIntent[intent], {})
  }
  const replies = await answerAll(turn, [intent])
  return turn.state.form && turn.state.form.name !== 'identify'
    ? [...replies.map(withoutChoices), ...(await askAgain(turn))]
    : replies
}

async function respondToPhone(turn: Turn, content: { phone: string; own: boolean }): Promise<Reply[]> {
  if (!content.own) return [{ parts: [say('contact-not-own')], asksPhone: !turn.contact.phone }]
  await verifyPhone(turn.tx, turn.contact.id, content.phone)
  turn.contact = { ...turn.contact, phone: content.phone }
  turn.persons = await personsOf(turn.tx, turn.contact)
  turn.speaker = speakerOf(turn.persons, turn.state, turn.now)
  if (turn.state.form) return await askAgain(turn, turn.persons.length > 0 ? 'phone-known' : undefined)
  if (turn.persons.length === 0) return [{ parts: [say('stranger')], choices: menu }]
  return [{ parts: [say('phone-known')], choices: menu }]
}

/** Puts what the next message may refer to into the state. */
function remember(turn: Turn, replies: Reply[], input: TurnInput): void {
  const { state } = turn
  state.topic = turn.topic
  state.introduced = true
  if (replies.length === 0) return
  const shown = replies.findLast((reply) => reply.choices && reply.choices.length > 0)
  state.choices = (shown?.choices ?? []).map(({ label, value }) => ({
    label: input.texts.join(input.contact.locale, [label]).replaceAll(boldMark, ''),
    value,
  }))
}
