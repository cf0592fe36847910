import { nextOpening, openUntil } from '../config/office-hours.ts'
import type { HandOverReason } from '../database/generated/enums.ts'
import { type Part, say } from '../texts.ts'
import type { Intent } from '../understanding/intents.ts'
import { yesOrNo } from './choices.ts'
import {
  lapseHandOver,
  openHandOver,
  type StandingHandOver,
  standingHandOver,
  withdrawHandOver,
} from './hand-over.ts'
import { menu, type Reply, type Turn } from './reply.ts'
import { passToTaker, tellStaff } from './tell-staff.ts'

/** So often in a row not understood, the bot offers a person. */
const oftenMisunderstood = 2
/** While a person is waited for, only what is understood as surely as this is answered. */
const surely = 0.6
/** What the bot cannot answer better than the person who is waited for. */
const forStaff: ReadonlySet<Intent> = new Set([
  ...(['complaint', 'feedback', 'cooperative_question', 'out_of_scope', 'inform', 'affirm', 'deny'] as const),
])
/** Texts that say that a message was not understood, or cannot be. */
const lost: ReadonlySet<string> = new Set([
  ...['not-understood', 'form-not-understood', 'out-of-scope'],
  ...['cannot-read-voice', 'cannot-read-picture', 'cannot-read-document'],
])

const calledOff =
  /\b((tidak|tdk|tak|gak|ga|gk|nggak|ngga|enggak|ndak) (jadi|jd|usah|perlu)|batal(kan)?|cancel|never ?mind|no need)\b/i
const besideCalledOff =
  /^\W*((bicara|ngomong|cakap|hubungi|dihubungi|sambungkan|disambungkan|ke|sama|dengan|dgn|petugas|admin|panitia|orang|manusia|itu|yang|tadi|lagi|dulu|saja|aja|deh|pak|bu|bapak|ibu|min|kak|bang|maaf|terima kasih|makasih|ya|saya|sy)\W*)*$/i

/** "batal", "tidak jadi bicara sama petugas": that no person is wanted after all, and nothing else. */
export function callsOff(text: string): boolean {
  return calledOff.test(text) && besideCalledOff.test(text.replace(calledOff, ' '))
}

/**
 * Finds what stands of a hand-over in this conversation, and ends one in which staff have been silent for too long;
 * returns what is to be said of that before anything else.
 */
export async function meetHandOver(turn: Turn, mayStand: boolean): Promise<Reply[]> {
  const { tx, now, state, contact, incomingId } = turn
  turn.handOver = mayStand ? await standingHandOver(tx, contact.id) : undefined
  const { handOver } = turn
  if (!handOver || handOver.state === 'open') return afterQuiet(turn)
  const lapsed = await lapseHandOver(tx, handOver.id, now, incomingId)
  if (!lapsed) {
    state.quietFor = handOver.id
    return []
  }
  turn.handOver = await standingHandOver(tx, contact.id)
  delete state.quietFor
  if ('closed' in lapsed) return [{ parts: [say('hand-over-lapsed')] }]
  state.waitsTold = handOver.id
  await tellWaitsAgain(turn, lapsed.waits)
  return [{ parts: [say('hand-over-unanswered'), officePart(turn)] }]
}

async function tellWaitsAgain({ tx, rules, now }: Turn, handOver: StandingHandOver): Promise<void> {
  await tellStaff(tx, handOver, `again-${handOver.lastWordAt?.getTime() ?? 0}`, rules.quietHours, now)
}

/** What was shown when staff closed it is what a number now chooses from. */
function afterQuiet({ state, handOver, texts, contact }: Turn): Reply[] {
  if (state.quietFor !== undefined && !handOver)
    state.choices = menu.map(({ label, value }) => ({ label: texts.join(contact.locale, [label]), value }))
  delete state.quietFor
  return []
}

/** When somebody of the office is there: until when, or from when on. */
export function officePart({ officeHours, now }: Pick<Turn, 'officeHours' | 'now'>): Part {
  const until = openUntil(officeHours, now)
  return until
    ? say('office-open', { until: until.toISOString() })
    : say('office-opens', { opens: nextOpening(officeHours, now).toISOString() })
}

/** Hands the conversation over to the office, and says when somebody is there; once, however often it is wished. */
export async function handOverReply(turn: Turn, reason: HandOverReason): Promise<Reply> {
  const { tx, now, contact, rules, incomingId } = turn
  if (contact.group) return { parts: [say('staff-not-in-group')] }
  turn.state.misunderstood = 0
  const { handOver } = turn
  if (handOver)
    return {
      parts: [
        say('hand-over-waits', { since: handOver.openedAt.toISOString() }),
        officePart(turn),
        say('hand-over-call-off'),
      ],
    }
  turn.handOver = await openHandOver(tx, { contactId: contact.id, reason, incomingId }, now)
  await tellStaff(tx, turn.handOver, 'opened', rules.quietHours, now)
  return {
    parts: [
      say(reason === 'complaint' ? 'hand-over-complaint' : 'hand-over-opened'),
      officePart(turn),
      say(reason === 'complaint' ? 'hand-over-call-off' : 'hand-over-write'),
    ],
  }
}

/** The offer of a person, as a question of its own. */
export function staffOffer(part: Part, reason: 'wish' | 'not_understood'): Reply {
  return {
    parts: [part],
    choices: [
      { label: say('choice-to-staff'), value: { staff: reason } },
      { label: say('choice-not-to-staff'), value: { staff: 'no' } },
    ],
  }
}

/** The answer to an offer of a person, by its button or its word. */
export async function answerStaffOffer(turn: Turn, answer: 'wish' | 'not_understood' | 'no'): Promise<Reply> {
  if (answer !== 'no') return await handOverReply(turn, answer)
  turn.state.misunderstood = 0
  return { parts: [say('staff-declined')], choices: menu }
}

/** A yes or no to the offer right before it, and the wish that a person is not needed after all. */
export async function respondToStaffOffer(turn: Turn): Promise<Reply[] | undefined> {
  const { state, text, understanding, handOver } = turn
  if (state.form) return undefined
  if (handOver?.state === 'open' && callsOff(text)) return [await callOff(turn, handOver)]
  const offer = state.choices.find(({ value }) => 'staff' in value && value.staff !== 'no')
  if (!offer || !('staff' in offer.value)) return undefined
  const answer = yesOrNo(text, understanding)
  if (!answer) return undefined
  return [await answerStaffOffer(turn, answer === 'yes' ? offer.value.staff : 'no')]
}

async function callOff(turn: Turn, { id }: StandingHandOver): Promise<Reply> {
  await withdrawHandOver(turn.tx, id, turn.now)
  turn.handOver = undefined
  return { parts: [say('hand-over-called-off')], choices: menu }
}

/**
 * While a person is waited for, what is not surely understood is left to them: the officer is told so once.
 * Undefined when the bot answers.
 */
export function leaveToStaff(turn: Turn): Reply[] | undefined {
  const { handOver, understanding, state } = turn
  if (handOver?.state !== 'open') return undefined
  if (understanding.confidence >= surely && !forStaff.has(understanding.intent)) return undefined
  turn.leftToStaff = true
  if (state.waitsTold === handOver.id) return []
  state.waitsTold = handOver.id
  return [{ parts: [say('hand-over-noted'), officePart(turn)] }]
}

/** A message while staff have the conversation: theirs, and the bot keeps quiet. */
export async function passToStaff(turn: Turn): Promise<Reply[]> {
  const { tx, handOver, incomingId, content, rules, now } = turn
  if (!handOver) throw new Error('nobody has this conversation')
  turn.leftToStaff = true
  await passToTaker(tx, handOver, { id: incomingId, content }, rules.quietHours, now)
  return []
}

/**
 * Counts what was not understood in a row, and offers a person when it is too often; while one is waited for, they get
 * it instead.
 */
export function afterMisunderstanding(turn: Turn, replies: Reply[]): Reply[] {
  const [first] = replies
  const [head] = first?.parts ?? []
  if (!head || !('key' in head) || !lost.has(head.key) || turn.contact.group) {
    if (!turn.leftToStaff) turn.state.misunderstood = 0
    return replies
  }
  if (turn.handOver?.state === 'open' && !turn.state.form) {
    turn.understanding = { ...turn.understanding, confidence: 0 }
    return leaveToStaff(turn) ?? replies
  }
  turn.state.misunderstood += 1
  if (turn.state.misunderstood < oftenMisunderstood || turn.handOver) return replies
  return turn.state.form ? withStaffChoice(replies) : [staffOffer(say('staff-offer'), 'not_understood')]
}

/** In a form its own question stays, and a person is one choice more. */
function withStaffChoice(replies: Reply[]): Reply[] {
  const [first, ...rest] = replies
  if (!first) return replies
  const choice = { label: say('choice-staff'), value: { staff: 'not_understood' } as const }
  const asking = [...rest, first].find(({ choices = [] }) => choices.length > 0) ?? first
  return [{ ...first, parts: [say('form-staff-offer'), ...first.parts.slice(1)] }, ...rest].map(
    (reply, index) =>
      replies[index] === asking ? { ...reply, choices: [...(reply.choices ?? []), choice] } : reply,
  )
}
