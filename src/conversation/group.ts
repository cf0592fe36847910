import { botName } from '../contacts/bot-name.ts'
import type { Choice, ChoiceValue } from '../delivery/content.ts'
import { trainingByCode } from '../programme/trainings.ts'
import { say } from '../texts.ts'
import type { Intent } from '../understanding/intents.ts'
import { chosen } from './choices.ts'
import { isFormIntent } from './forms/list.ts'
import { menu, type Reply, type Turn } from './reply.ts'
import { answerAll } from './respond.ts'

/** What concerns nobody in person. */
const publicMatters: ReadonlySet<Intent> = new Set([
  ...(['greet', 'thank', 'goodbye', 'affirm', 'deny', 'help', 'bot_identity', 'inform'] as const),
  ...(['schedule_list', 'session_location', 'session_agenda', 'seat_availability', 'eligibility'] as const),
  ...(['requirements', 'allowance', 'programme_info', 'cooperative_question', 'out_of_scope'] as const),
])
const leastConfidence = 0.3

/**
 * An answer in a group, where everybody reads it: public matters are answered; for all else a button leads into the
 * private chat, to the very thing that was asked for where a link can say it. Nobody is recognised here, and no form
 * begins.
 */
export async function respondInGroup(turn: Turn, pressed: ChoiceValue | undefined): Promise<Reply[]> {
  delete turn.state.form
  const value = pressed ?? choiceInWords(turn)
  const wanted = value ? await wantedByChoice(turn, value) : wantedByWords(turn)
  const answered = await answerAll(turn, wanted.filter(isPublic))
  if (wanted.length > 0 && wanted.every(isPublic))
    return await Promise.all(answered.map((reply) => forGroup(turn, reply)))
  const private_ = await inPrivate(turn)
  return [...answered.map(({ choices: _, ...reply }) => reply), private_]
}

function isPublic(intent: Intent): boolean {
  return publicMatters.has(intent) && !isFormIntent(intent)
}

function choiceInWords({ text, understanding, state }: Turn): ChoiceValue | undefined {
  return chosen(text, understanding, state.choices)?.value
}

/** Only what leads to an answer can be chosen here; all else is personal. */
async function wantedByChoice(turn: Turn, value: ChoiceValue): Promise<Intent[]> {
  if (!('asks' in value)) return []
  turn.named = {}
  if (value.training) {
    const training = await trainingByCode(turn.tx, value.training)
    turn.topic = training ? { training: training.code, wave: training.waveNumber } : {}
  } else if (value.wave !== undefined) turn.topic = { wave: value.wave }
  return [value.asks as Intent]
}

function wantedByWords({ text, understanding }: Turn): Intent[] {
  const { intent, also, confidence } = understanding
  if (text === '') return ['greet']
  return confidence < leastConfidence ? ['out_of_scope'] : [intent, ...also.filter((each) => each !== intent)]
}

async function inPrivate(turn: Turn): Promise<Reply> {
  return { parts: [say('group-in-private')], ...(await privately(turn)) }
}

/** Of the choices under an answer those that are answered here; the others are behind the button. */
async function forGroup(turn: Turn, { choices = [], ...reply }: Reply): Promise<Reply> {
  const kept = choices.filter(({ value }) => 'asks' in value && isPublic(value.asks as Intent))
  const registers = choices !== menu && choices.some(isRegistration)
  return {
    ...reply,
    ...(kept.length > 0 ? { choices: kept } : {}),
    ...(kept.length < choices.length ? await privately(turn, registers) : {}),
  }
}

function isRegistration({ value }: Choice): boolean {
  return 'asks' in value && value.asks === 'register'
}

/** The button into the private chat: https://core.telegram.org/bots/features#deep-linking */
async function privately(turn: Turn, registers = false): Promise<Pick<Reply, 'link'>> {
  const name = await botName(turn.tx)
  if (!name) return {}
  const payload = payloadOf(turn)
  const url = `https://t.me/${name}${payload ? `?start=${payload}` : ''}`
  return { link: { label: say(registers ? 'group-register-in-private' : 'group-open-private'), url } }
}

function payloadOf({ named, topic, understanding }: Turn): string | undefined {
  const code = named.code ?? topic.training
  const wave = named.waves?.[0] ?? topic.wave
  const attendance = understanding.intent === 'check_in' ? understanding.entities.code : undefined
  if (attendance && !attendance.includes('-')) return `h-${attendance}`
  if (code) return `t-${code}`
  return wave === undefined ? undefined : `w-${wave}`
}
