import { wave as findWave, stageOf } from '../programme/trainings.ts'
import { wantToKnow } from '../registration/wave-interest.ts'
import { say } from '../texts.ts'
import { menu, type Reply, type Turn } from './reply.ts'
import { isKnown } from './speaker.ts'

/** Notes that the officer is to be told when a wave opens. */
export async function tellWhenOpen(turn: Turn, number: number): Promise<Reply> {
  const wave = await findWave(turn.tx, number)
  if (!turn.speaker || !isKnown(turn) || !wave) return { parts: [say('button-unknown')], choices: menu }
  await wantToKnow(turn.tx, turn.speaker.id, number)
  return { parts: [say('will-tell', { wave: number, opens: wave.opens.toISOString() })] }
}

const tellMe =
  /\b(kabar(i|in|kan)|kasih (tau|tahu|kabar)|kasi (tau|tahu)|beri ?tahu|bagi tau|ingat(kan|in)|infoin|infokan|let me know|tell me when)\b/i
const opens = /\b(buka|dibuka|mulai)\b/i
const shortWish = 4

/**
 * "kabari saya kalau dibuka", of a wave that is named or was spoken of and is still to open. Undefined when the message
 * says no such thing.
 */
export async function respondToTellMe(turn: Turn): Promise<Reply[] | undefined> {
  const { text, named, topic, state } = turn
  const number = named.waves?.[0] ?? topic.wave
  if (number === undefined || state.form || text.includes('?') || !tellMe.test(text) || !isKnown(turn))
    return undefined
  const isShort = text.trim().split(/\s+/).length <= shortWish
  if (!isShort && !opens.test(text) && !named.waves) return undefined
  const wave = await findWave(turn.tx, number)
  return wave && stageOf(wave, turn.now) === 'to-come' ? [await tellWhenOpen(turn, number)] : undefined
}
