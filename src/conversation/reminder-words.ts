import { hour, minute } from '../time.ts'
import type { Slots } from './state.ts'

/** What a message wants done with one's reminders. */
export type ReminderWish =
  /** Only to know which there are. */
  | 'show'
  /** To be reminded, in no certain way. */
  | 'wish'
  | 'off'
  /** As they are for who has said nothing. */
  | 'usual'
  /** These and no others; these too; all but these. */
  | 'set'
  | 'add'
  | 'remove'
  | 'earlier'
  | 'fewer'
  /** At a time of day, which cannot be chosen. */
  | 'time'

const day = 24 * hour
const numbers = 'satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas belas'
  .split(' ')
  .slice(0, 11)
const english = 'one two three four five six seven eight nine ten eleven'.split(' ')
const units: [RegExp, number][] = [
  [/^(menit|mnt|menet|minutes?|mins?)$/, minute],
  [/^(jam|jm|hours?|hrs)$/, hour],
  [/^(hari|hr|ari|days?)$/, day],
  [/^(minggu|mggu|mgg|weeks?)$/, 7 * day],
]
const unitWords = 'menit|mnt|menet|minutes?|mins?|jam|jm|hours?|hrs|hari|hr|ari|days?|minggu|mggu|mgg|weeks?'
const counted = new RegExp(
  String.raw`\b(?:(\d{1,3}|setengah|half an?|an?|${[...numbers, ...english].join('|')})\s*|(se))(${unitWords})(?:an)?(?![a-z])(?!\s+(?:jangan|\w+ kali))`,
  'gi',
)
const daysBefore = /\bh\s*-\s*(\d{1,3})\b/gi

/** The ISO 8601 durations before a session that a text names, such as "h-3", "sehari", "2 jam"; each once. */
export function offsetsIn(text: string): string[] {
  const found = [
    ...[...text.matchAll(daysBefore)].map(([, count]) => Number(count) * day),
    ...[...text.matchAll(counted)].map(([, count = '', one, unit = '']) => {
      const size = units.find(([words]) => words.test(unit.toLowerCase()))?.[1] ?? 0
      return (one ? 1 : countOf(count.toLowerCase())) * size
    }),
  ]
  return [...new Set(found.filter((ms) => ms > 0))].map(isoOf)
}

function countOf(word: string): number {
  if (/^\d+$/.test(word)) return Number(word)
  if (/^(setengah|half)/.test(word)) return 0.5
  if (/^an?$/.test(word)) return 1
  return (numbers.includes(word) ? numbers.indexOf(word) : english.indexOf(word)) + 1
}

function isoOf(ms: number): string {
  if (ms % day === 0) return `P${ms / day}D`
  return ms % hour === 0 ? `PT${ms / hour}H` : `PT${Math.round(ms / minute)}M`
}

const not =
  /\b(mati(kan|in)?|dimatikan|matiin|non ?aktif(kan)?|off(kan)?|stop|hentikan|dihentikan|berhenti|jangan|jgn|hapus|dihapus|hilangkan|tanpa|((tidak|tdk|tak|ga|gak|gk|nggak|ndak) (usah|payah|perlu|mau))|turn off|disable|no (more )?reminders?|without|don'?t)\b/i
const fewer =
  /\b(kebanyakan|kurangi|dikurangi|(terlalu|jangan|jgn) (sering|banyak)|(cukup|cuma) sekali|sekali (saja|aja)|(dua|2) kali|fewer|less|too many|once)\b/i
const timeOfDay =
  /\b((jam|pukul)\s*\d|pagi|siang|siangan|sore|malam|subuh|jam kerja|morning|afternoon|evening|night|o'?clock)\b/i
const earlier =
  /\b(lebih (awal|cepat|dini)|jauh[- ]jauh hari|jangan (terlalu |terlampau )?mepet|earlier|sooner)\b/i
const only =
  /\b(saja|aja|sahaja|cukup|hanya|cuma|jadi|ubah|ganti|setel|atur|set|mepet|minimal|only|just|change|dan|sama|and)\b/i
const usual =
  /\b((di)?(hidup|aktif|nyala)(kan|in)( lagi| kembali)?|nyalain|biasa(nya)?|semula|default|turn (it |them )?on|enable|usual|normal)\b/i
const asks = /\?|\b(apa (saja|aja)|kapan|berapa|aktif (tidak|gak|ga|nggak|tak)|which|when|what)\b/i
const wishes = /\b(di)?(ingat|ingot|inget|remind)\w*|\bkasih (tahu|tau|pengingat)\b|\bpasang\b/i

/** What a text about reminders wants, with the offsets that it names. */
export function reminderWish(text: string): { wish: ReminderWish; offsets: string[] } {
  const said = text.replace(/\b(jangan|jgn) (sampai )?lupa\b/gi, ' ')
  const offsets = offsetsIn(said)
  const wanted = wantedInstead(said)
  if (wanted.length > 0) return { wish: 'set', offsets: wanted }
  return { wish: offsets.length > 0 ? wishWith(said, offsets) : wishWithout(said), offsets }
}

/** "jangan 3 hari, cukup sehari": what is named beside what is not wanted. */
function wantedInstead(text: string): string[] {
  if (!not.test(text)) return []
  const kept = text
    .split(/[,;.]|\b(?:tapi|tp)\b/i)
    .filter((each) => offsetsIn(each).length > 0 && !not.test(each))
  return kept.some((each) => only.test(each)) ? offsetsIn(kept.join(' ')) : []
}

const shortWish = 5

/** Whether a text, right after one's reminders were shown, says what they are to be. */
export function saysReminderWish(text: string): boolean {
  if (text.includes('?')) return false
  const { wish, offsets } = reminderWish(text)
  const isShort = text.trim().split(/\s+/).length <= shortWish
  return offsets.length > 0 || (isShort && ['off', 'fewer', 'usual', 'earlier'].includes(wish))
}

function wishWith(text: string, offsets: string[]): ReminderWish {
  if (earlier.test(text) || /\bminimal\b/i.test(text)) return 'set'
  if (not.test(text)) return 'remove'
  if (/\b(tambah|ditambah|juga|add|also|too)\b/i.test(text)) return 'add'
  return only.test(text) || offsets.length > 1 ? 'set' : 'add'
}

function wishWithout(text: string): ReminderWish {
  if (fewer.test(text)) return 'fewer'
  if (earlier.test(text)) return 'earlier'
  if (timeOfDay.test(text)) return 'time'
  if (not.test(text)) return 'off'
  if (asks.test(text)) return 'show'
  if (usual.test(text)) return 'usual'
  return wishes.test(text) ? 'wish' : 'show'
}

/** The same as slots of the form. */
export function reminderSlots(text: string): Slots {
  const { wish, offsets } = reminderWish(text)
  return { wish, ...(offsets.length > 0 ? { offsets: offsets.join(',') } : {}) }
}
