import type { ChoiceValue, OpenQuestion, OutgoingContent } from '../delivery/content.ts'
import { trainingByCode } from '../programme/trainings.ts'
import { type Part, say } from '../texts.ts'
import { chosen } from './choices.ts'
import { isEmpty } from './named.ts'
import { plainAnswer } from './plain-answer.ts'
import type { Quoted, Reply, Turn } from './reply.ts'
import type { ShownChoice } from './state.ts'

const thisOne =
  /^\W*(?:(?:saya|sy|saye|mau|nak|pilih|ambil|ya|iya|ok|oke|siap)\W+)*(?:(?:yang|yg|sing)\W+)?(?:ini|itu|iki|kuwi|tu|this one)(?:\W+(?:aja|saja|ya|pak|bu|min|kak|bang|deh|dong|lah))*\W*$/i

/** What a message that quotes one of ours means by it. */
export type ToQuoted =
  /** One of the choices under it. */
  | { choice: ChoiceValue }
  /** Something there, but not which. */
  | { asks: Reply }
  | undefined

/**
 * The choice that a reply to a message of ours takes there: by its number or words, by yes or no where it asks one
 * question, and by "yang ini" where it has one choice; however many messages came since. A reminder's question is
 * answered in coming.ts.
 */
export function choiceOfQuoted(turn: Turn): ToQuoted {
  const { quoted, text, understanding } = turn
  const choices = (quoted && contentOf(quoted)?.choices) ?? []
  const [only, another] = choices
  if (!only || (quoted?.asks as OpenQuestion | null)?.kind === 'reminder') return undefined
  const values = choices.map(({ value }) => value)
  const plain = plainAnswer(turn)
  const meant = plain && answering(values, plain.agrees)
  if (meant) return { choice: meant }
  const named = chosen(text, understanding, labelled(turn, choices))
  if (named) return { choice: named.value }
  if (!thisOne.test(text)) return undefined
  if (!another) return { choice: only.value }
  // "yang ini" to a question of yes and no agrees.
  const agreed = answering(values, true)
  return agreed ? { choice: agreed } : { asks: { parts: [say('quoted-which')], choices } }
}

function contentOf({ content }: Quoted): OutgoingContent | undefined {
  return (content as OutgoingContent | null) ?? undefined
}

function labelled({ texts, contact }: Turn, choices: { label: Part; value: ChoiceValue }[]): ShownChoice[] {
  return choices.map(({ label, value }) => ({ label: texts.join(contact.locale, [label]), value }))
}

/** The only choice that says yes, or no. */
function answering(values: ChoiceValue[], agrees: boolean): ChoiceValue | undefined {
  const found = values.filter((value) => agreesBy(value) === agrees)
  return found.length === 1 ? found[0] : undefined
}

function agreesBy(value: ChoiceValue): boolean | undefined {
  if ('answers' in value) return value.answers === 'yes'
  if ('offer' in value) return value.take
  if ('request' in value) return value.agrees
  if ('seat' in value) return value.frees
  if ('staff' in value) return value.staff !== 'no'
  return 'resumes' in value || 'tells' in value ? true : undefined
}

/**
 * What a reply that names nothing itself is about: the class of the message that it quotes, if that is about one, or
 * the one of its number in a list.
 */
export async function aboutQuoted(turn: Turn): Promise<void> {
  const { quoted, named, understanding } = turn
  if (!quoted || !isEmpty(named)) return
  const codes = [...new Set((contentOf(quoted)?.parts ?? []).flatMap(codeIn))]
  const at = understanding.entities.choice
  const code = codes.length === 1 ? codes[0] : at === undefined ? undefined : codes[at - 1]
  const training = code === undefined ? undefined : await trainingByCode(turn.tx, code)
  if (training) turn.topic = { training: training.code, wave: training.waveNumber }
}

function codeIn(part: Part): string[] {
  const code = 'facts' in part ? part.facts?.['code'] : undefined
  return typeof code === 'string' && code !== '' ? [code] : []
}
