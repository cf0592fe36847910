import type { Token } from '../normalise.ts'
import { type MentionOf, mentionOf } from './mention.ts'
import { type NumberRead, numberAt, ordinalAt } from './numbers.ts'

const highestChoice = 99
const courtesies = new Set(
  'saja pak bu bapak ibu bang kak admin mas mbak cik bos om deh ya iya dong lah sih oke siap itu yang mau saya pilih ambil coba terima kasih tolong mohon jadi kalau begitu berarti no nih ini eh hmm hm kan jawab jawaban jawabannya jawabanku pilihanku untuk'.split(
    ' ',
  ),
)
const listWords = new Set(['opsi', 'pilihan', 'option', 'poin', 'menu', 'pilih', 'angka', 'jawaban', 'item'])

/** Words before 'nomor 2' that make it an address or a telephone. */
const elsewhere = new Set(
  'jalan blok rumah rt rw hp wa telepon gang perumahan ruko kavling surat antrian antrean urutan'.split(' '),
)
const reachOfElsewhere = 4

/**
 * Choices from a numbered list: a message that is no more than a number ('2', '2 aja pak', 'dua', 'yang
 * kedua'), or 'nomor dua', 'opsi 2', 'pilihan ke-2', 'yang kedua' in a longer one. `taken` are spans that
 * something else has been found in: 'gelombang yang kedua'.
 */
export function findChoices(
  tokens: readonly Token[],
  text: string,
  taken: readonly { start: number; end: number }[],
): MentionOf<'choice'>[] {
  const found: MentionOf<'choice'>[] = []
  for (let at = 0; at < tokens.length; at++) {
    const read = markedChoiceAt(tokens, at) ?? bareChoiceAt(tokens, at)
    const from = tokens[at]
    const to = read && tokens[read.next - 1]
    if (!read || !from || !to || read.value < 1 || read.value > highestChoice) continue
    if (taken.some((span) => span.start < to.end && from.start < span.end)) continue
    found.push(mentionOf('choice', read.value, text, from, to))
    at = read.next - 1
  }
  return found
}

function markedChoiceAt(tokens: readonly Token[], at: number): NumberRead | undefined {
  const word = tokens[at]?.word ?? ''
  if (word === 'yang') return afterYang(tokens, at)
  if (word === 'nomor') return isElsewhere(tokens, at) ? undefined : shortNumberAt(tokens, at + 1)
  if (!listWords.has(word)) return undefined
  const next = ['nomor', 'yang'].includes(tokens[at + 1]?.word ?? '') ? at + 2 : at + 1
  return ordinalAt(tokens, next) ?? shortNumberAt(tokens, next)
}

function afterYang(tokens: readonly Token[], at: number): NumberRead | undefined {
  const following = tokens[at + 1]?.word ?? ''
  if (following === 'nomor' || listWords.has(following)) return markedChoiceAt(tokens, at + 1)
  const afterIt = tokens[at + 2]?.word ?? ''
  if (following === 'satu' && /^(ini|itu|lagi)$/.test(afterIt)) return undefined
  return ordinalAt(tokens, at + 1) ?? numberBeforeNothing(tokens, at + 1)
}

/** 'yang 2' or 'yang dua', but not 'yang 2 orang'. */
function numberBeforeNothing(tokens: readonly Token[], at: number): NumberRead | undefined {
  const read = shortNumberAt(tokens, at)
  return read && endsThere(tokens, read.next) ? read : undefined
}

function shortNumberAt(tokens: readonly Token[], at: number): NumberRead | undefined {
  const read = numberAt(tokens, at)
  if (!read || read.value > highestChoice || /^0/.test(tokens[at]?.written ?? '')) return undefined
  const following = tokens[read.next]
  return following && /^[-/.:,]$/.test(following.gap) && /^\d/.test(following.written) ? undefined : read
}

function endsThere(tokens: readonly Token[], at: number): boolean {
  const following = tokens[at]
  return !following || courtesies.has(following.word) || /[.,!?\n]/.test(following.gap)
}

function isElsewhere(tokens: readonly Token[], at: number): boolean {
  return tokens.slice(Math.max(0, at - reachOfElsewhere), at).some(({ word }) => elsewhere.has(word))
}

/** The number or ordinal of a message in which only courtesies stand beside it. */
function bareChoiceAt(tokens: readonly Token[], at: number): NumberRead | undefined {
  const read = shortNumberAt(tokens, at) ?? ordinalAt(tokens, at)
  if (!read) return undefined
  const others = [...tokens.slice(0, at), ...tokens.slice(read.next)]
  const onlyCourtesies = others.every(
    ({ word, written }) =>
      word.split(' ').every((part) => courtesies.has(part)) || /^\p{Extended_Pictographic}/u.test(written),
  )
  return onlyCourtesies ? read : undefined
}
