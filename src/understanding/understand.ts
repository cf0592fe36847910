import type { Classifier, Ranked } from './classify.ts'
import { readEntities } from './entities/entities.ts'
import type { EntityValues, Mention } from './entities/mention.ts'
import { type Intent, isIntent } from './intents.ts'
import { longestRead, type Token, tokenise } from './normalise.ts'

/** What one message says. */
export type Understanding = {
  /** The text as given. */
  text: string
  intent: Intent
  /** What else the same message asks, in the order in which it is asked. */
  also: Intent[]
  /** How probable it is that `intent` is right, 0 to 1. */
  confidence: number
  /** The two next likeliest, the likelier first. */
  alternatives: { intent: Intent; confidence: number }[]
  /** Of each kind found, the one that is wanted. */
  entities: Partial<EntityValues>
  /** Everything found, by position; offsets are UTF-16 units of `text`. */
  mentions: Mention[]
}

export type UnderstandingContext = { now: Date; classifier: Classifier }

/**
 * What a message says: intent, what else is asked, entities. Pure, and never throws: of a very long text the
 * first 2,000 UTF-16 units count, one without words is out of scope.
 */
export function understand(text: string, { now, classifier }: UnderstandingContext): Understanding {
  const { tokens, mentions, entities } = readEntities(text, now)
  const ranking = rankedIntents(text, tokens, mentions, classifier)
  const { main, also } = withWhatElse(ranking, text, tokens, classifier)
  return {
    text,
    intent: main.intent,
    also,
    confidence: main.confidence,
    alternatives: ranking.filter(({ intent }) => intent !== main.intent).slice(0, 2),
    entities,
    mentions,
  }
}

type RankedIntent = { intent: Intent; confidence: number }
type AtLeastOne = [RankedIntent, ...RankedIntent[]]

/** The model's ranking, with what the contract makes certain put first. */
function rankedIntents(
  text: string,
  tokens: readonly Token[],
  mentions: readonly Mention[],
  classifier: Classifier,
): AtLeastOne {
  const byModel = classifier.classify(text.slice(0, longestRead)).flatMap(knownIntent)
  const certain = certainIntent(text, tokens, mentions)
  if (certain) {
    return [{ intent: certain, confidence: 1 }, ...byModel.filter(({ intent }) => intent !== certain)]
  }
  const [best, ...others] = byModel
  return best ? [best, ...others] : [{ intent: 'out_of_scope', confidence: 0 }]
}

function knownIntent({ label, confidence }: Ranked): RankedIntent[] {
  return isIntent(label) ? [{ intent: label, confidence }] : []
}

// What the contract leaves no doubt about

const courtesies = new Set(
  'pak bu bapak ibu bang kak admin mas mbak cik bos om saja dong deh lah sih oke'.split(' '),
)
/** What may stand beside a bare wave, place, date or role: 'saya dari Sembulang', 'yang gelombang 3 saja'. */
const fillers = new Set([
  ...courtesies,
  ...'saya kami dari di orang jabatan sebagai yang itu hari nama koperasi untuk merah putih'.split(' '),
])
const attendanceWords = new Set(['hadir', 'absen', 'absensi', 'kode', 'presensi'])
const longestCheckIn = 6

function certainIntent(
  text: string,
  tokens: readonly Token[],
  mentions: readonly Mention[],
): Intent | undefined {
  if (tokens.length === 0) return 'out_of_scope'
  const plain = tokens.filter(({ word }) => !courtesies.has(word))
  if (plain.length === 1) {
    if (plain[0]?.word === 'stop') return 'unsubscribe'
    if (plain[0]?.word === 'absen') return 'check_in'
  }
  if (givesAttendanceCode(tokens, mentions)) return 'check_in'
  if (plain[0]?.word === 'daftar' && plain.length > 1 && isOnlyEntities(text, plain.slice(1), mentions))
    return 'register'
  return isOnlyEntities(text, tokens, mentions) ? 'inform' : undefined
}

/** 'HADIR 7KQ2', or the code alone. */
function givesAttendanceCode(tokens: readonly Token[], mentions: readonly Mention[]): boolean {
  const code = mentions.find(({ entity }) => entity === 'code')
  if (!code || tokens.length > longestCheckIn || String(code.value).includes('-')) return false
  const others = tokens.filter(({ start, end }) => end <= code.start || start >= code.end)
  return others.every(({ word }) => courtesies.has(word) || attendanceWords.has(word) || fillers.has(word))
}

function isOnlyEntities(text: string, tokens: readonly Token[], mentions: readonly Mention[]): boolean {
  const kinds = mentions.map(({ entity }) => entity)
  if (kinds.length === 0 || text.includes('?')) return false
  if (
    kinds.filter((kind) => kind === 'wave').length > 1 ||
    kinds.filter((kind) => kind === 'date').length > 1
  )
    return false
  if (!tokens.some(({ start, end }) => mentions.some((each) => start >= each.start && end <= each.end)))
    return false
  const outside = tokens.filter(
    ({ start, end }) => !mentions.some((each) => start >= each.start && end <= each.end),
  )
  const last = tokens[tokens.length - 1]
  return outside.every((token) => fillers.has(token.word) || (token === last && token.word === 'iya'))
}

// What else is asked

/** Said besides, not asked. */
const notAsked: ReadonlySet<Intent> = new Set([
  'greet',
  'thank',
  'goodbye',
  'affirm',
  'deny',
  'help',
  'inform',
  'out_of_scope',
])
const politeness: ReadonlySet<Intent> = new Set(['greet', 'thank', 'goodbye'])

/** Told rather than asked: mostly why the rest is asked. */
const circumstances: ReadonlySet<Intent> = new Set(['report_absence', 'check_in', 'confirm_attendance'])

const clearBorder =
  /[?!\n;]+|\.+(?=\s|$)|\s(?:dan|trus|terus|trs|lalu|sekalian|skalian|sekaligus|sama|serta|juga|plus|and|&)(?=\s)/giu
const comma = /,\s|\s(?:tapi|tp)(?=\s)/giu
const shortestSegment = 2
const mostSegments = 8

// Least confidence in what a segment asks; measured so that one message in sixty gets an `also` that it has not
const sureApart = 0.7
const sureAfterComma = 0.92
/** Enough for one of the likeliest intents of the whole message. */
const sureIfLikely = 0.3
const likeliestCounted = 5
const sureToLead = 0.5

type Asked = RankedIntent & { apart: boolean }

/** What the segments of a text surely ask; `apart` where a clear border stands around the segment. */
function askedIn(text: string, likely: readonly Intent[], classifier: Classifier): Asked[] {
  const asked: Asked[] = []
  const sentences = text.slice(0, longestRead).split(clearBorder)
  const segments = sentences.flatMap((sentence) => {
    const parts = sentence.split(comma).filter(hasWords)
    return parts.map((part) => ({ part, apart: parts.length === 1 }))
  })
  if (segments.length < 2) return []
  for (const { part, apart } of segments.slice(0, mostSegments)) {
    const [likeliest] = classifier.classify(part).flatMap(knownIntent)
    if (!likeliest || notAsked.has(likeliest.intent)) continue
    const sure = apart ? (likely.includes(likeliest.intent) ? sureIfLikely : sureApart) : sureAfterComma
    if (likeliest.confidence < sure) continue
    if (!asked.some(({ intent }) => intent === likeliest.intent)) asked.push({ ...likeliest, apart })
  }
  return asked
}

function hasWords(segment: string): boolean {
  return tokenise(segment).length >= shortestSegment
}

/**
 * The main intent and what else is asked. Of several things asked in sentences of their own the first is the
 * main one; what stands beside mere politeness is, too.
 */
function withWhatElse(
  ranking: AtLeastOne,
  text: string,
  tokens: readonly Token[],
  classifier: Classifier,
): { main: RankedIntent; also: Intent[] } {
  const [best] = ranking
  const likely = ranking.slice(0, likeliestCounted).map(({ intent }) => intent)
  const asked = tokens.length >= 2 * shortestSegment ? askedIn(text, likely, classifier) : []
  const [first] = asked
  if (!first) return { main: best, also: [] }
  const several = asked.length > 1 && asked.some(({ intent }) => intent === best.intent)
  const leads = first.apart && first.confidence >= sureToLead && !circumstances.has(first.intent)
  const { intent, confidence } = politeness.has(best.intent) || (several && leads) ? first : best
  const others = asked.filter((each) => each.intent !== intent && !circumstances.has(each.intent))
  return { main: { intent, confidence }, also: others.map((each) => each.intent) }
}
