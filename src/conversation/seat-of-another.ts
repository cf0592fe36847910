import { colleaguesOf } from '../registration/colleagues.ts'
import { say } from '../texts.ts'
import { colleagueMeant } from './colleague-named.ts'
import { menu, type Reply, type Turn } from './reply.ts'

const oneself = /\b(saya|sy|saye|aku|kami|diri)\b/i

/**
 * The answer to who wants a seat cancelled or moved that is somebody else's ("batalkan pendaftaran Bu Ratna"): only its
 * holder or staff do that, and the writer's own is not touched. Undefined when nobody else is named, or the writer
 * speaks of their own.
 */
export async function seatOfAnother(turn: Turn): Promise<Reply | undefined> {
  if (oneself.test(turn.text)) return undefined
  const name = await nameOfAnother(turn)
  if (name === undefined) return undefined
  const shares = turn.persons.some((person) => person.name === name)
  return {
    parts: [
      say('seat-of-another', { name }),
      ...(shares ? [say('seat-of-another-here', { name, short: name.split(' ')[0] ?? name })] : []),
    ],
    choices: menu,
  }
}

async function nameOfAnother({
  tx,
  speaker,
  text,
  understanding,
  persons,
}: Turn): Promise<string | undefined> {
  const cooperatives = (speaker?.positions ?? []).map(({ cooperativeId }) => cooperativeId)
  const colleagues = speaker ? await colleaguesOf(tx, speaker.id, cooperatives) : []
  const household = persons.filter(({ id }) => id !== speaker?.id)
  const others = [...colleagues, ...household.filter(({ id }) => !colleagues.some((each) => each.id === id))]
  const meant = colleagueMeant(text, understanding, others, speaker)
  if (!meant) return undefined
  if ('one' in meant) return meant.one.name
  if ('several' in meant) return meant.several.map(({ name }) => name).join(', ')
  return 'unknownName' in meant ? meant.unknownName : undefined
}
