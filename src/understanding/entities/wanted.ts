import { areaCovers } from '../../areas.ts'
import type { Token } from '../normalise.ts'
import type { EntityKind, EntityValues, Mention } from './mention.ts'

/** After these comes what is wanted: 'ke 5', 'diwakili sekretaris', 'eh salah, gelombang 4'. */
const towards = new Set(
  'ke jadi menjadi diwakili diwakilkan diganti digantikan diserahkan dengan oleh pilih melainkan tapi pindah eh maksud ralat salah harusnya seharusnya sekarang daftarkan kirim mengirim utus mengutus ganti mau saja maunya ambil digeser diundur dimajukan geser'.split(
    ' ',
  ),
)
/** After these comes what is left or set aside: 'dari gelombang 3', 'bukan Sabtu', 'mewakili ketua'. */
const awayFrom = new Set(
  'dari bukan selain kecuali menggantikan gantikan gantiin mewakili wakili dulu dulunya tadinya sebelum sebelumnya mantan bekas awal daripada batal meninggalkan'.split(
    ' ',
  ),
)
/** Before these stands what cannot be: 'ketua sakit', 'gelombang 3 penuh'. */
const outOfQuestion = new Set(
  'sakit penuh berhalangan diwakili diwakilkan diganti digantikan bentrok tutup meninggal mundur cuti tidak sibuk diundur digeser dipindah batal lewat'.split(
    ' ',
  ),
)
const reachBefore = 3
const reachAfter = 2

/**
 * Of each kind found, the one that counts: the only one, else what the message moves to, else the last; of a
 * place and the greater one around it, the smaller.
 */
export function wantedOf(mentions: readonly Mention[], tokens: readonly Token[]): Partial<EntityValues> {
  const wanted: Partial<EntityValues> = {}
  for (const kind of new Set(mentions.map(({ entity }) => entity)))
    assignWanted(wanted, kind, mentions, tokens)
  return wanted
}

function assignWanted<K extends EntityKind>(
  wanted: Partial<EntityValues>,
  kind: K,
  mentions: readonly Mention[],
  tokens: readonly Token[],
): void {
  const ofKind = mentions.filter((mention) => mention.entity === kind)
  const candidates = ofKind.filter((mention) => !surroundsAnother(mention, ofKind, tokens))
  let best: Mention | undefined
  let bestScore = Number.NEGATIVE_INFINITY
  for (const mention of candidates) {
    const score = candidates.length > 1 ? scoreOf(mention, ofKind, tokens) : 0
    if (score >= bestScore) {
      best = mention
      bestScore = score
    }
  }
  if (best) wanted[kind] = best.value as EntityValues[K]
}

function surroundsAnother(mention: Mention, others: readonly Mention[], tokens: readonly Token[]): boolean {
  return (
    mention.entity === 'area' &&
    others.some((other) => {
      if (other.entity !== 'area' || other.value.code === mention.value.code) return false
      const smaller = other.value.code.length > mention.value.code.length
      return (
        areaCovers(mention.value.code, other.value.code) || (smaller && isSameAddress(other, mention, tokens))
      )
    })
  )
}

/** 'Pulau Duyung, Lingga Utara': nothing stands between the two. */
function isSameAddress(first: Mention, second: Mention, tokens: readonly Token[]): boolean {
  return (
    first.end <= second.start && !tokens.some(({ start, end }) => start >= first.end && end <= second.start)
  )
}

function scoreOf(mention: Mention, others: readonly Mention[], tokens: readonly Token[]): number {
  const before = tokens.filter(({ end }) => end <= mention.start)
  const after = tokens.filter(({ start }) => start >= mention.end)
  const sinceOther = before.filter(
    ({ start }) => !others.some((other) => other.end > start && other !== mention),
  )
  return cueBefore(sinceOther.slice(-reachBefore)) + cueAfter(after.slice(0, reachAfter))
}

/** The nearest cue counts. */
function cueBefore(tokens: readonly Token[]): number {
  for (const { word, written } of [...tokens].reverse()) {
    if (awayFrom.has(written) || awayFrom.has(word)) return -2
    if (towards.has(written) || towards.has(word)) return 2
    if (word === 'saya') return 1
  }
  return 0
}

function cueAfter(tokens: readonly Token[]): number {
  const blocked = tokens.some(
    ({ word, written, gap }, i) =>
      (outOfQuestion.has(written) || outOfQuestion.has(word)) && !(i > 0 && /[.;\n]/.test(gap)),
  )
  return blocked ? -2 : 0
}
