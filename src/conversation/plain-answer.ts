import type { ChoiceValue, OutgoingContent } from '../delivery/content.ts'
import { nameWords } from './colleague-named.ts'
import type { Turn } from './reply.ts'

/** What may stand in an answer beside yes or no; a longer thought is no answer. */
const beside = new Set(
  `saya sy saye aku ikut bersedia mau siap sanggup bisa dapat bs menggantikan gantikan gantiin ganti hadir datang setuju
   insyaallah insya allah pasti pak bu bapak ibu bang kak min admin ya iya deh dong lah aja saja maaf mohon terima kasih
   makasih baik jadi eh ah oh kok sih untuk itu dia beliau kursinya kursi nya`.split(/\s+/),
)
const yeses = new Set(
  'ya ye iya iye iyo yo nggih inggih enggih injih y yes ok oke okay okey boleh siap bersedia setuju sanggup mau ikut betul jadi ambil'.split(
    ' ',
  ),
)
/** These say what they answer; the others need the question right before them. */
const telling = new Set('ikut bersedia sanggup menggantikan gantikan gantiin ambil lepas'.split(' '))
/** So readily said to anything that without the question before them they mean something else. */
const assents = new Set('ok oke okay okey siap betul boleh setuju jadi'.split(' '))
const noes = new Set(
  'tidak tdk tak gak ga gk nggak ngga enggak engga ndak dak no jangan bukan menolak tolak lepas lepaskan'.split(
    ' ',
  ),
)
const longestAnswer = 8

export type PlainAnswer = {
  agrees: boolean
  /** It says itself what it answers. */
  telling: boolean
  /** A yes that is as readily said to anything else. */
  assent: boolean
}

/**
 * A message that says only yes or no, with politeness and the names of those who use the number around it; undefined
 * for a question, for a yes that waits ("belum"), and for everything that says more.
 */
export function plainAnswer({ text, persons }: Turn): PlainAnswer | undefined {
  const words = text
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter(Boolean)
  if (text.includes('?') || words.length === 0 || words.length > longestAnswer) return undefined
  const names = new Set(persons.flatMap(({ name }) => nameWords(name)))
  const known = (word: string) => beside.has(word) || yeses.has(word) || noes.has(word) || names.has(word)
  if (!words.every(known)) return undefined
  const agrees = !words.some((word) => noes.has(word))
  if (agrees && !words.some((word) => yeses.has(word))) return undefined
  return {
    agrees,
    telling: words.some((word) => telling.has(word)),
    assent: agrees && !words.some((word) => yeses.has(word) && !assents.has(word)),
  }
}

/**
 * Whether the last that this contact was sent has such a choice, and no form has asked since: then a bare yes or no is
 * meant for it.
 */
export async function isRightAfter(turn: Turn, asks: (value: ChoiceValue) => boolean): Promise<boolean> {
  const last = await turn.tx.outgoingMessage.findFirst({
    where: {
      contactId: turn.contact.id,
      dueAt: { lte: turn.now },
      state: { notIn: ['cancelled', 'expired'] },
    },
    // At one instant replies go out before notices.
    orderBy: [{ dueAt: 'desc' }, { kind: 'desc' }, { id: 'desc' }],
    select: { content: true, dueAt: true },
  })
  const { form } = turn.state
  if (last && form && Date.parse(form.touched) >= last.dueAt.getTime()) return false
  const choices = (last?.content as OutgoingContent | undefined)?.choices ?? []
  return choices.some(({ value }) => asks(value))
}

/** Whether the newest numbered list offers to go on with a form that was left lying. */
export function asksToGoOn({ state }: Turn): boolean {
  return state.choices.some(({ value }) => 'resumes' in value)
}
