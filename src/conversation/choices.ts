import { distance } from 'fastest-levenshtein'
import type { Understanding } from '../understanding/understand.ts'
import type { ShownChoice } from './state.ts'

const yes = /^(y|ya|iya|iye|yes|ok|oke|okay|okey|setuju|boleh|siap|betul|benar|jadi|lanjut|mau|bersedia)$/
const no = /^(t|tdk|tidak|tak|nggak|enggak|gak|ga|gk|no|jangan|bukan|belum|ndak|tidak setuju|tidak bersedia)$/
/** Words of politeness around a short answer. */
const politeness = /\b(pak|bu|bapak|ibu|bang|kak|min|aja|saja|deh|dong|ya|yah|lah)\b/g

function bare(text: string): string {
  const words = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const without = words.replace(politeness, ' ').replace(/\s+/g, ' ').trim()
  return without || words
}

/** A plain yes or no, in word or as understood; undefined for anything else. */
export function yesOrNo(text: string, understanding: Understanding): 'yes' | 'no' | undefined {
  const said = bare(text)
  if (yes.test(said)) return 'yes'
  if (no.test(said)) return 'no'
  if (understanding.intent === 'affirm') return 'yes'
  if (understanding.intent === 'deny') return 'no'
  return undefined
}

/** Longest text, in words, that is still taken for the choice of a number. */
const shortAnswer = 4

/**
 * Which of the newest choices a text means: by its number, by its words with a typing error in five letters, or by
 * words that only one of them has. Undefined when it is none of them.
 */
export function chosen(
  text: string,
  understanding: Understanding,
  choices: ShownChoice[],
): ShownChoice | undefined {
  if (choices.length === 0) return undefined
  const said = bare(text)
  const number = understanding.entities.choice
  if (number !== undefined && said.split(' ').length <= shortAnswer) {
    const byNumber = choices[number - 1]
    if (byNumber) return byNumber
  }
  if (said.length < 2) return undefined
  const labels = choices.map((choice) => ({ choice, label: bare(choice.label) }))
  const near = labels
    .map(({ choice, label }) => ({
      choice,
      off: distance(said, label) / Math.max(said.length, label.length),
    }))
    .sort((a, b) => a.off - b.off)[0]
  if (near && near.off <= 0.2) return near.choice
  const within = labels.filter(({ label }) => ` ${label} `.includes(` ${said} `))
  return within.length === 1 ? within[0]?.choice : undefined
}
