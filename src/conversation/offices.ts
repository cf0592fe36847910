import type { Mention } from '../understanding/entities/mention.ts'
import { isOrdinaryWord } from '../understanding/normalise.ts'

type Office = Pick<Extract<Mention, { entity: 'position' | 'role' }>, 'start' | 'end' | 'text'>

/** Before an office these say that it is the writer's own. */
const ownBefore =
  /\b(saya|sy|saye|aku|ku|ambo|kulo|selaku|sebagai|sbg|jadi|menjadi|menjabat|jabatan\w*|posisi\w*)\s*(adalah|itu|sbg|sebagai)?\W*$/i
/** Before an office these say that somebody else holds it: "disuruh ketua", "istri ketua". */
const othersBefore =
  /\b(disuruh|diminta|diutus|suruhan|utusan|mewakili|istri|isteri|suami|anak|adik|adek|kakak|atas nama|kata|oleh|bersama|sama|dan|atasan|bos|bantu|membantu)\s+(pak\s+|bu\s+|bapak\s+|ibu\s+)?$/i
/** After it: "ketua kami", "ketua saya". */
const ofUs = /^\s*(nya|ne|kami|kita|kite|kmi|saya|sy|saye|aku|ku|awak)\b/i
/** After it somebody is named: "ketua bu Meri", "ketua koperasinya Pak Anto". */
const named =
  /^\s+(?:(?:kami|kita|koperasi\w*|kop)\s+)?(?:pak|bu|bapak|ibu|bpk|bang|kak|mas|mbak|cik|encik|hj|haji)\.?\s+(\p{L}{2,})/iu

/** Whether a text says that somebody else holds an office, so that it is not the writer's: "ketua kami Bu Meri". */
export function isOfSomebodyElse(text: string, { start, end, text: words }: Office): boolean {
  const before = text.slice(0, start)
  const after = text.slice(end)
  if (ownBefore.test(before)) return false
  if (/nya$/i.test(words) || ofUs.test(after) || othersBefore.test(before)) return true
  const [, name] = named.exec(after) ?? []
  return name !== undefined && !isOrdinaryWord(name.toLowerCase())
}

const lesser =
  '(staf+|stap|karyawan|karyawati|pegawai|operator|kasir|honorer|admin|juru (?:tulis|buku)|satpam|sopir|office boy|anggota biasa|anggota koperasi)'
const ownLesser = new RegExp(
  String.raw`\b(?:saya|sy|saye|aku|cuma|cm|hanya|sebagai|selaku|sbg|jabatan\w*|posisi\w*)\s+(?:(?:ini|sbg|sebagai|hanya|cuma|cm|seorang|jadi|cuman|adalah)\s+)*${lesser}\b`,
  'i',
)
const bareLesser = new RegExp(String.raw`\b${lesser}\b`, 'i')

/** Whether who writes says that they work for the cooperative in no office of its list; `asked`: that was the question. */
export function saysLesserOffice(text: string, asked: boolean): boolean {
  return ownLesser.test(text) || (asked && bareLesser.test(text))
}

const not = '(?:tidak|tdk|tak|gak|ga|gk|nggak|ngga|enggak|ndak|dak|bukan|bkn|ora|dudu|sanes)'
/** What stands for every office that is named. */
const office = 'JABATAN'
const beside = String.raw`(?:\s+(?!kelas|bimtek|pelatihan|gel|gelombang)\S+){0,3}\s+`
const leaves = [
  new RegExp(
    String.raw`\b${not}\s+(?:lagi\s+)?(?:jadi|jd|dadi|menjadi|menjabat|megang|pegang)${beside}${office}`,
    'i',
  ),
  new RegExp(String.raw`\b${not}\s+(?:lagi\s+)?menjabat\b`, 'i'),
  new RegExp(String.raw`\b(?:sudah|sdh|udah|udh|dah|wis|wes)\s+${not}\s+(?:lagi\s+)?${office}`, 'i'),
  new RegExp(String.raw`\b${not}\s+(?:lagi\s+)?${office}(?:${beside}|\s+)lagi\b`, 'i'),
  new RegExp(
    String.raw`\b(?:berhenti|brenti|mandeg|mundur|mengundurkan diri|undur diri|resign|keluar|dicopot|diberhentikan|dipecat|pensiun|lengser|letak jabatan|turun|mantan)${beside.replace('{0,3}', '{0,2}')}${office}`,
    'i',
  ),
  /\b(?:berhenti|brenti|mundur|mengundurkan diri|undur diri|resign|keluar|dicopot|diberhentikan)\s+dari\s+(?:jabatan|kepengurusan|koperasi|kkmp|kdmp|kopdes|kopkel)/i,
  /\b(masa )?jabatan( saya| sy| saye)?( sudah| sdh| udah| dah| telah)? (habis|selesai|berakhir|dicabut)\b/i,
  /\bno longer (in office|(a |an |the )?(chair|secretary|treasurer|manager|supervisor|deputy|officer))|\b(resigned|stepped down) (as|from)\b/i,
]
const leavingWord = new RegExp(
  String.raw`\b(?:${not}|berhenti|brenti|mundur|diri|resign|keluar|dicopot|diberhentikan|dipecat|pensiun|lengser|turun|mantan)(?:\s+(?!sekarang|skrg|skarang|saiki|pindah|diangkat|malah|now)[^\s,;.]+){0,4}\s*$`,
  'i',
)

/** Whether a text says that an office is held no more, and names no other that is held now. */
export function saysOfficeEnded(text: string, mentions: Mention[]): boolean {
  const marked = withMarks(text, mentions)
  if (text.includes('?') || !leaves.some((each) => each.test(marked))) return false
  return mentions.every(
    (mention) =>
      (mention.entity !== 'position' && mention.entity !== 'role') ||
      leavingWord.test(text.slice(0, mention.start)) ||
      isOfSomebodyElse(text, mention),
  )
}

/** The text with one word for each office, however it is written. */
function withMarks(text: string, mentions: Mention[]): string {
  const offices = mentions.filter(({ entity }) => entity === 'role')
  return offices.reduceRight(
    (marked, { start, end }) => `${marked.slice(0, start)}${office}${marked.slice(end)}`,
    text,
  )
}
