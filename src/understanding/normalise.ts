/**
 * Brings what officers write into one form: Unicode, case, repeated letters, shorthand, Kepri Malay. The words
 * stand in locales/id/words.tsv (written form TAB Indonesian form); a line with twice the same word says only
 * that this is an ordinary word, so that no name is read into it.
 */
import { readFileSync } from 'node:fs'

/** A word, number or pictogram of a message, with its place in the text as given. */
export type Token = {
  /** As written, but NFKC, lower case, without invisible characters. */
  written: string
  /** The Indonesian form; several words with spaces between where one shorthand stands for several. */
  word: string
  /** What stands between the token before and this one: spaces, punctuation; '' at a border of letter and digit. */
  gap: string
  /** UTF-16 offsets in the text as given; `end` is exclusive. */
  start: number
  end: number
}

/** What lies behind this many UTF-16 units is not read. */
export const longestRead = 2_000

const dictionary = new Map(
  readFileSync(new URL('../../locales/id/words.tsv', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line.includes('\t'))
    .map((line): [string, string] => {
      const [written = '', word = ''] = line.trim().split('\t')
      return [written, word]
    }),
)
const ordinaryWords = new Set([
  ...dictionary.keys(),
  ...[...dictionary.values()].flatMap((word) => word.split(' ')),
])

/** Whether this is a word in its own right, or a known shorthand of one, and so no misspelt name. */
export function isOrdinaryWord(written: string): boolean {
  return ordinaryWords.has(written)
}

/** Words by what is left of them without vowels, where that is one word: 'psrt' is 'peserta'. */
const bySkeleton = new Map<string, string>()
const shortestSkeleton = 3
for (const word of new Set(dictionary.values())) {
  const skeleton = word.replace(/[aiueo]/g, '')
  if (skeleton.length < shortestSkeleton || word.includes(' ') || skeleton === word) continue
  bySkeleton.set(skeleton, bySkeleton.has(skeleton) ? skeleton : word)
}

/** Format characters, variation selectors, the keycap's frame. */
const invisible = /\p{Cf}|\p{Variation_Selector}|\p{Me}/gu
const piece =
  /[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}\p{Cf}]*(?:['’‘`ʼ](?=\p{L})[\p{L}\p{M}\p{N}\p{Cf}]+)*|\p{Extended_Pictographic}/gu

/** The tokens of a text, in its order. Never throws, whatever the text holds. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = []
  let from = 0
  for (const match of text.slice(0, longestRead).matchAll(piece)) {
    const start = match.index
    const end = start + match[0].length
    const gap = text.slice(from, start)
    const plain = plainWord(match[0])
    if (plain === '') continue
    const border = borderOfLettersAndDigits(plain, match[0])
    if (border > 0) {
      tokens.push(token(plain.slice(0, border), gap, start, start + border))
      tokens.push(token(plain.slice(border), '', start + border, end))
    } else {
      tokens.push(token(plain, gap, start, end))
    }
    from = end
  }
  return tokens
}

function token(written: string, gap: string, start: number, end: number): Token {
  return { written, word: indonesian(written), gap, start, end }
}

function plainWord(written: string): string {
  return written
    .normalize('NFKC')
    .replace(invisible, '')
    .toLowerCase()
    .normalize('NFC')
    .replace(/[’‘`ʼ]/g, "'")
}

/** Words of which a number may follow without a space: 'gel3', 'tgl12'; after any other, '2' repeats it. */
const numbered =
  /^(g|gel|gelombang|glmbg|batch|angkatan|tahap|tgl|tanggal|jam|jm|pkl|pukul|no|nomor|opsi|pilihan|ke|rt|rw|hp|sesi|hari|kelas|des|desember|nov|okt|jan|feb|mar|apr|mei|jun|jul|ags|sep|sept|h)$/

/**
 * Where to cut 'gel3', 'tgl12' or '12des' in two; 0 for whole words, for the '2' of reduplication ('teman2') and
 * for codes ('7kq2'). Only texts that NFKC keeps at their length are cut, so that offsets hold.
 */
function borderOfLettersAndDigits(plain: string, original: string): number {
  if (plain.length !== original.length) return 0
  const digitsFirst = /^(\d{1,4})\p{L}+$/u.exec(plain)
  if (digitsFirst?.[1]) return digitsFirst[1].length
  const lettersFirst = /^(\p{L}+)(\d{1,4})$/u.exec(plain)
  if (!lettersFirst?.[1] || !lettersFirst[2]) return 0
  if (numbered.test(lettersFirst[1])) return lettersFirst[1].length
  return lettersFirst[2] === '2' && lettersFirst[1].length > 1 ? 0 : lettersFirst[1].length
}

/** The Indonesian form of one word in lower case. */
function indonesian(written: string): string {
  const known = dictionary.get(written)
  if (known !== undefined) return known
  const short = written.replace(/(\p{L})\1{2,}/gu, '$1').replace(/(\p{L})\1$/u, '$1')
  const once = /^\p{L}{2,}2/u.test(short) ? short.replace(/2/, '') : short
  const plain = dictionary.get(once)
  if (plain !== undefined) return plain
  const stem = withoutSuffix(once)
  return dictionary.get(stem) ?? malayEnding(stem) ?? bySkeleton.get(stem) ?? stem
}

/** Kepri Malay says 'peserte' for 'peserta'. */
function malayEnding(word: string): string | undefined {
  const withA = /^.{3,}e$/.test(word) ? `${word.slice(0, -1)}a` : ''
  return ordinaryWords.has(withA) ? (dictionary.get(withA) ?? withA) : undefined
}

const endsLikeSuffix =
  /^(hanya|punya|tanya|nanya|bertanya|menanya|mempunyai|sekolah|masalah|jumlah|sebelah|adalah|setelah|kuliah|nikah|langkah|berkah|olah|kalah|salah|telah|belah|lelah|allah|apakah|bekah)$/

function withoutSuffix(word: string): string {
  if (word.length < 6 || endsLikeSuffix.test(word)) return word
  return word.replace(/(?:(?<=\p{L}{3})ny[ae]?|(?<=\p{L}{4})[kl]ah)$/u, '')
}

/** The whole text in one line of Indonesian forms, a reduplicated word once; for the classifier. */
export function normalise(text: string): string {
  const words: string[] = []
  for (const { word, gap } of tokenise(text)) {
    const repeated = words.length > 0 && gap === '-' && words[words.length - 1] === word
    if (!repeated) words.push(word)
  }
  return words.join(' ')
}
