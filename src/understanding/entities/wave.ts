import type { Token } from '../normalise.ts'
import { type MentionOf, mentionOf } from './mention.ts'
import { type NumberRead, numberAt, ordinalAt } from './numbers.ts'

const names = new Set(['gelombang', 'angkatan', 'batch', 'tahap'])
const between = new Set(['nomor', 'yang', 'urutan'])

/** What follows the number where it measures or counts something else: 'gelombang 3 meter'. */
const measures = new Set(
  'meter m km orang hari jam kali menit minggu bulan tahun persen ratus ribu juta knot derajat kaki'.split(
    ' ',
  ),
)

/** Words that tell one wave from another, so that a bare number after them is a wave too: 'gelombang 3 ke 5'. */
const joins = new Set(['ke', 'atau', 'dan', 'jadi', 'menjadi', 'sampai', 'sama', 'bukan', 'eh', 'tapi'])
const highestWave = 199

/** Waves named in the tokens: 'gelombang 3', 'gel. III', 'g3', 'batch tiga', 'angkatan ke-3', '… 3 ke 5'. */
export function findWaves(tokens: readonly Token[], text: string): MentionOf<'wave'>[] {
  const found: MentionOf<'wave'>[] = []
  for (let at = 0; at < tokens.length; at++) {
    let read = waveAt(tokens, at)
    let first = at
    while (read) {
      const from = tokens[first]
      const to = tokens[read.next - 1]
      if (!from || !to) break
      found.push(mentionOf('wave', read.value, text, from, to))
      at = read.next - 1
      const following: NumberRead | undefined = anotherAfter(tokens, read.next)
      first = following ? firstOfNumber(tokens, read.next) : first
      read = following
    }
  }
  return found
}

function waveAt(tokens: readonly Token[], at: number): NumberRead | undefined {
  const token = tokens[at]
  if (!token) return undefined
  if (token.written === 'g') return shortWaveAt(tokens, at)
  if (!names.has(token.word) || isRepeated(tokens, at)) return undefined
  let next = at + 1
  if (between.has(tokens[next]?.word ?? '')) next++
  const read = ordinalAt(tokens, next, true) ?? numberAt(tokens, next, true)
  return read && isWave(tokens, read) ? read : undefined
}

/** 'g3' and 'G-3', but not the 'G3' of a training's code 'G3-A'. */
function shortWaveAt(tokens: readonly Token[], at: number): NumberRead | undefined {
  const number = tokens[at + 1]
  if (!number || !/^[.-]?$/.test(number.gap) || !/^\d{1,3}$/.test(number.written)) return undefined
  const read = { value: Number(number.written), next: at + 2 }
  return isWave(tokens, read) ? read : undefined
}

function isRepeated(tokens: readonly Token[], at: number): boolean {
  return tokens[at + 1]?.gap === '-' && tokens[at + 1]?.word === tokens[at]?.word
}

function isWave(tokens: readonly Token[], read: NumberRead): boolean {
  const following = tokens[read.next]
  if (read.value < 1 || read.value > highestWave) return false
  if (!following) return true
  const partOfCode = following.gap === '-' && /^[a-z]{1,3}$/.test(following.written)
  const partOfNumber = /^[.,/:-]$/.test(following.gap) && /^\d/.test(following.written)
  return (
    !partOfCode &&
    !(partOfNumber && following.gap !== ',' && following.gap !== '-') &&
    !measures.has(following.word)
  )
}

function firstOfNumber(tokens: readonly Token[], at: number): number {
  return joinedBySign(tokens, at) ? at : at + 1
}

function joinedBySign(tokens: readonly Token[], at: number): boolean {
  return /^\s*[,&/+-]\s*$/.test(tokens[at]?.gap ?? '')
}

function anotherAfter(tokens: readonly Token[], at: number): NumberRead | undefined {
  const sign = joinedBySign(tokens, at)
  if (!sign && !joins.has(tokens[at]?.word ?? '')) return undefined
  const first = sign ? at : at + 1
  const read = numberAt(tokens, first, true)
  if (!read || !isWave(tokens, read)) return undefined
  const following = tokens[read.next]
  const unit = following !== undefined && /^\s*$/.test(following.gap) && countsSomething.has(following.word)
  return unit ? undefined : read
}

/** Words that make a number before them something else than the second of two waves. */
const countsSomething = new Set([
  ...measures,
  ...'desember januari februari maret april mei juni juli agustus september oktober november koperasi peserta pengurus pengawas kelurahan anggota kursi wib'.split(
    ' ',
  ),
])
