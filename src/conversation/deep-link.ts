import { wave as findWave, stageOf, takesRegistrations, trainingByCode } from '../programme/trainings.ts'
import { type Part, say } from '../texts.ts'
import { menu, type Reply, type Turn } from './reply.ts'
import { answerAll, beginForm } from './respond.ts'
import { isKnown } from './speaker.ts'
import type { Slots } from './state.ts'

/** What a link on a poster or in a group's message makes Telegram write: https://core.telegram.org/bots/features#deep-linking */
const started = /^\s*\/start(?:@\w+)?\s+(\S.*)$/is
const toWave = /^w-(\d{1,3})$/i
const toTraining = /^t-([a-z0-9-]{2,12})$/i
const toBroadcast = /^b-(\d{1,9})$/i

/**
 * Where a link leads, whatever the dialogue was about before: straight into the registration for a wave or a class;
 * to the words of a broadcast. What is there no more, or never was, is answered with what there is instead.
 * Undefined when the message is no such link.
 */
export async function respondToDeepLink(turn: Turn): Promise<Reply[] | undefined> {
  const payload = started.exec(turn.text)?.[1]?.trim()
  if (payload === undefined) return undefined
  turn.understanding = { ...turn.understanding, intent: 'register' }
  const [, wave] = toWave.exec(payload) ?? []
  if (wave) return await toRegistrationOfWave(turn, Number(wave))
  const [, code] = toTraining.exec(payload) ?? []
  if (code) return await toRegistrationOfTraining(turn, code.toUpperCase())
  const [, id] = toBroadcast.exec(payload) ?? []
  return id ? await toWordsOfBroadcast(turn, Number(id)) : unknownLink(turn)
}

function unknownLink(turn: Turn): Reply[] {
  turn.understanding = { ...turn.understanding, intent: 'out_of_scope' }
  return [{ parts: [...introduction(turn), say('link-unknown')], choices: menu }]
}

function introduction(turn: Turn) {
  return turn.state.introduced ? [] : [say('introduction')]
}

async function toRegistrationOfWave(turn: Turn, number: number): Promise<Reply[]> {
  const wave = await findWave(turn.tx, number)
  if (wave && stageOf(wave, turn.now) === 'open')
    return await register(turn, { wave: number }, say('link-to-wave', { wave: number, title: wave.title }))
  const replies = await schedule(turn, { waves: [number] })
  if (wave && stageOf(wave, turn.now) === 'to-come' && isKnown(turn)) return [withTelling(replies, number)]
  return replies
}

async function toRegistrationOfTraining(turn: Turn, code: string): Promise<Reply[]> {
  const training = await trainingByCode(turn.tx, code)
  if (!training) return unknownLink(turn)
  const about = say('link-to-training', { title: training.title, code })
  if (takesRegistrations(training, turn.now)) return await register(turn, { training: code }, about)
  return await schedule(turn, { code })
}

/**
 * An open form was about something else, and gives way. Who has come by a poster and never wrote before hears first who
 * it is that asks for a number, and what for.
 */
async function register(turn: Turn, slots: Slots, about: Part): Promise<Reply[]> {
  delete turn.state.form
  const isNew = !turn.state.introduced && !isKnown(turn)
  const [first, ...rest] = await beginForm(turn, 'register', slots)
  if (!first || !isNew) return first ? [first, ...rest] : rest
  return [{ ...first, parts: [say('link-welcome'), about, ...first.parts] }, ...rest]
}

/** When and where it is, with its window, is public. */
async function schedule(turn: Turn, named: Turn['named']): Promise<Reply[]> {
  delete turn.state.form
  turn.named = named
  return await answerAll(turn, ['schedule_list'])
}

function withTelling([reply]: Reply[], wave: number): Reply {
  const tell = { label: say('choice-tell', { wave }), value: { tells: wave } }
  return { parts: reply?.parts ?? [], ...reply, choices: [tell, ...(reply?.choices ?? [])] }
}

/**
 * What a broadcast that went out announces; else its own words again, as they went to this chat: they were for its
 * recipients, and ids are easily guessed.
 */
async function toWordsOfBroadcast(turn: Turn, id: number): Promise<Reply[]> {
  const broadcast = await turn.tx.broadcast.findUnique({ where: { id } })
  if (!broadcast?.startedAt || broadcast.state === 'cancelled') return unknownLink(turn)
  if (broadcast.waveNumber !== null) return await toRegistrationOfWave(turn, broadcast.waveNumber)
  const told = await turn.tx.outgoingMessage.findFirst({
    where: { broadcastId: id, contactId: turn.contact.id, text: { not: null } },
    orderBy: { id: 'desc' },
    select: { text: true },
  })
  return told?.text ? [{ parts: [{ free: told.text }], choices: menu }] : unknownLink(turn)
}
