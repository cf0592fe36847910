import type { Token } from '../normalise.ts'

/** A number read from tokens; `next` is the index after it. */
export type NumberRead = { value: number; next: number }

const units = ['nol', 'satu', 'dua', 'tiga', 'empat', 'lima', 'enam', 'tujuh', 'delapan', 'sembilan']
const wordValues = new Map<string, number>([
  ...units.map((word, value): [string, number] => [word, value]),
  ['sepuluh', 10],
  ['sebelas', 11],
  ...units.slice(2).flatMap((word, i): [string, number][] => [
    [`${word}belas`, 12 + i],
    [`${word}puluh`, 10 * (i + 2)],
  ]),
])
const ordinalValues = new Map<string, number>([
  ['pertama', 1],
  ...[...wordValues]
    .filter(([, value]) => value > 0)
    .map(([word, value]): [string, number] => [`ke${word}`, value]),
])
const romanValues = new Map<string, number>(
  'i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx'
    .split(' ')
    .map((roman, i) => [roman, i + 1]),
)

/** Reads '3', 'tiga', 'dua belas', 'dua puluh satu', and with `roman` 'III', at an index. */
export function numberAt(tokens: readonly Token[], at: number, roman = false): NumberRead | undefined {
  const token = tokens[at]
  if (!token) return undefined
  if (/^\d{1,4}$/.test(token.written)) return { value: Number(token.written), next: at + 1 }
  if (roman) {
    const value = romanValues.get(token.written)
    if (value !== undefined) return { value, next: at + 1 }
  }
  return wordNumberAt(tokens, at)
}

function wordNumberAt(tokens: readonly Token[], at: number): NumberRead | undefined {
  const value = wordValues.get(tokens[at]?.word ?? '')
  if (value === undefined) return undefined
  const following = tokens[at + 1]?.word
  if (value >= 2 && value <= 9 && following === 'belas') return { value: value + 10, next: at + 2 }
  const tens = value >= 2 && value <= 9 && following === 'puluh' ? value * 10 : 0
  if (tens > 0) return withUnit(tokens, at + 2, tens)
  return value >= 20 ? withUnit(tokens, at + 1, value) : { value, next: at + 1 }
}

function withUnit(tokens: readonly Token[], at: number, tens: number): NumberRead {
  const unit = wordValues.get(tokens[at]?.word ?? '') ?? 0
  return unit > 0 && unit < 10 ? { value: tens + unit, next: at + 1 } : { value: tens, next: at }
}

/** Reads 'kedua', 'pertama', 'ke-2', 'ke 2', 'ke dua', and with `roman` 'ke-III', at an index. */
export function ordinalAt(tokens: readonly Token[], at: number, roman = false): NumberRead | undefined {
  const token = tokens[at]
  if (!token) return undefined
  const value = ordinalValues.get(token.word)
  if (value !== undefined) return { value, next: at + 1 }
  return token.written === 'ke' ? numberAt(tokens, at + 1, roman) : undefined
}
