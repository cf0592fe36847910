import type { PositionTitle, ProfileField, Role } from '../database/generated/enums.ts'
import { parsePhone } from '../phone.ts'
import type { Mention, Position } from '../understanding/entities/mention.ts'
import type { Intent } from '../understanding/intents.ts'
import { isOrdinaryWord } from '../understanding/normalise.ts'
import type { Understanding } from '../understanding/understand.ts'
import { isAnswerAlone } from './choices.ts'
import { saysOfficeEnded } from './offices.ts'

const phoneWords =
  /\b(nomor|nomer\w*|nombor|nmr|no (hp|wa|telp|tlp|sy|saya|lama|baru)|hp|wa|whatsapp|telepon|telp|kartu|phone)\b/i
const nameWords = /\b(nama|namanya|nm|name|namo|jeneng\w*|ejaan|gelar\w*)\b/i
const positionWords =
  /\b(jabatan\w*|posisi|role|koperasi\w*|kkmp|kdmp|kmp|kopdes|kopkel|kelurahan\w*|desa|kecamatan\w*|pindah|lurah|kades)\b/i

/** Which of their data somebody wants changed; undefined when the text does not say. */
export function fieldIn(text: string, { entities, mentions }: Understanding): ProfileField | undefined {
  if (phoneIn(text)) return 'phone'
  if (nameWords.test(text) && !/\bnama koperasi\b/i.test(text)) return 'name'
  if (phoneWords.test(text)) return 'phone'
  const office = entities.position ?? entities.role
  if (saysOfficeEnded(text, mentions)) return 'position'
  return office || entities.area || positionWords.test(text) ? 'position' : undefined
}

const numberLike = /\+?\d(?:[\s().-]{0,2}\d){6,17}/g

/** A phone number that stands in the text, in E.164, or as it is written when it is none. */
export function phoneIn(text: string): string | undefined {
  const written = text.match(numberLike) ?? []
  const numbers = written.map((each) => parsePhone(each) ?? each.trim())
  return numbers.find((each) => each.startsWith('+')) ?? numbers[0]
}

const changes =
  /\b(ganti\w*|diganti\w*|ubah\w*|diubah|ubh|tukar\w*|baru|tambah\w*|ditambah|pindah|change|new)\b/i

/** Whether a text tells another number of the writer's: "hp saya ganti ke 0812…". */
export function tellsNewNumber(text: string): boolean {
  return phoneIn(text) !== undefined && phoneWords.test(text) && changes.test(text) && !isOfAnother(text)
}

/** Whether the text says that the number until now is not used any more. */
export function saysOldIsGone(text: string): boolean {
  return /\b(hilang|ilang|kehilangan|mati|hangus|dicuri|kecurian|dicopet|rusak|jatuh|lost|stolen|(ga|gak|nggak|tdk|tidak|tak|dah tak|ndak) (aktif|dipakai|pakai|di ?pake)|dihapus|hapus|diblokir)\b/i.test(
    text,
  )
}

const device = '(hp|handphone|nomor|nomer|no|sim|kartu|simcard|wa|phone|number|sim card)(nya)?'
const lost = '(hilang|ilang|dicuri|kecurian|dicopet|rusak|hangus|mati total|lost|stolen)'
const oldNumber = new RegExp(String.raw`\b(${device}( saya| sy)? lama|old (${device}))\b`, 'i')
const lostDevice = new RegExp(
  String.raw`\b${device}\b(\s+\p{L}+){0,3}\s+${lost}\b|\b(kehilangan|lost my)\s+${device}\b`,
  'iu',
)
const noMore = /\b(jangan|jgn|stop|berhenti|tidak usah|gak usah|don'?t|no more)\b/i
/** What such a text is mistaken for. */
const mistakenForLost: ReadonlySet<Intent> = new Set([
  ...(['unsubscribe', 'out_of_scope', 'inform', 'deny', 'complaint', 'contact_staff'] as const),
])

/** Whether a text says that a phone or a number of theirs is lost, rather than that they want no more messages. */
export function saysNumberIsLost(text: string, { intent }: Understanding): boolean {
  if (!mistakenForLost.has(intent) || text.includes('?')) return false
  return lostDevice.test(text) || (oldNumber.test(text) && (saysOldIsGone(text) || noMore.test(text)))
}

/** Whether the number that is gone is an old one, not the one that is written from. */
export function saysOldNumber(text: string): boolean {
  return oldNumber.test(text)
}

/** Whether the text is about where the office is held: another cooperative. */
export function saysElsewhere(text: string): boolean {
  return /\b(pindah|koperasi\w*|kkmp|kdmp|kmp|kopdes|kopkel|kelurahan\w*|kecamatan\w*|desa)\b/i.test(text)
}

/** Whether an office is meant to come beside the one held. */
export function saysBeside(text: string): boolean {
  return /\b(juga|merangkap|rangkap|tambahan)\b/i.test(text)
}

const own = /\b(saya|sy|saye|aku|ku|ambo|kulo|my|i)\b|\b\p{L}+ku\b/iu
const colleague =
  /\b(ketua|sekretaris|bendahara|pengawas|manajer|manager|pengurus|lurah|teman|rekan|kawan) (kami|kita|kite)\b/i
const titled = /\b(?:pak|bu|bapak|ibu)\s+(\p{L}{4,})/giu

/** Whether somebody else's data is to be changed. */
export function isOfAnother(text: string): boolean {
  if (own.test(text)) return false
  const named = [...text.matchAll(titled)].some(
    ([, word = '']) => /^\p{Lu}\p{Ll}/u.test(word) || !isOrdinaryWord(word.toLowerCase()),
  )
  return named || colleague.test(text)
}

const degree = /^\s*(?:(?=\S*\.)[\p{L}.]{2,9}|\p{Lu}\p{L}{0,2}\p{Lu})\s*$/u
const leads =
  /(?:\b(?:(?:se)?harusnya|semestinya|(?:yang|yg|sing) (?:benar|bener|betul)(?:nya)?|menjadi|jadi|jd|nama (?:lengkap )?(?:saya|sy|saye)(?: adalah|\s*:)|(?:di)?(?:ganti|ubah)\w*(?: nama)?(?: saya| sy)? (?:ke|dengan)|(?:tertulis|tercatat)[^,;]*,|(?:change|correct)(?: my)? name (?:from [^,;]+? )?(?:to|into)|(?:(?:full|real|right|correct) )?name (?:is|should be)))\s*:?\s+/gi
const tail =
  /\s+(?:bukan|bkn|pakai|pake|mohon|tolong|tlg|padahal|ya|yah|pak|bu|bang|kak|min|dong|makasih|terima kasih|di (?:data|daftar|sertifikat|undangan)\b.*)(?=\s|$).*$/i
const notThere = /^(pakai|pake|pkai|ada|kurang|ditambah\w*|tambah\w*|huruf|dengan|gelar|salah|yang|bukan)\b/i
const mostWords = 8
const longestName = 100

/** The name that a text gives as the right one. With `asked`, the text is the answer to a question for it. */
export function nameIn(text: string, asked = false): string | undefined {
  const [, instead] = /\bbukan\b.+?\b(?:tapi|tp|melainkan|nanging)\b\s*(.+)$/i.exec(text) ?? []
  const [, before] = /(?:^|[,:]\s*)([^,:]+?)\s+bukan\s/i.exec(text) ?? []
  const led = text.split(leads)
  const candidates = [
    ...(instead ? [instead] : []),
    ...(led.length > 1 ? [led.at(-1) ?? ''] : []),
    ...(before ? [before] : []),
    ...(asked ? [text.replace(/^\W*(?:nama(?:nya)?|saya|sy|ini)(?: saya| sy)?\s*:?\s+/i, '')] : []),
  ]
  for (const candidate of candidates) {
    const name = asName(candidate)
    if (name && (asked || /\p{Lu}/u.test(candidate) || !isAllOrdinary(name))) return name
  }
  return undefined
}

function isAllOrdinary(name: string): boolean {
  return name.split(/\s+/).every((word) => isOrdinaryWord(word.toLowerCase()))
}

/** A name as it may be stored; undefined when the text is none. */
function asName(text: string): string | undefined {
  const [first = '', ...rest] = text
    .replace(/[\r\n]+/g, ' ')
    .replace(tail, '')
    .split(',')
  const degrees: string[] = []
  for (const part of rest) {
    if (!degree.test(part)) break
    degrees.push(part.trim())
  }
  const name = [first.trim(), ...degrees]
    .join(', ')
    .replace(/[\s.,;:!]*$/, (end) => (end.startsWith('.') ? '.' : ''))
  const bare = degrees.length > 0 || /\.\p{L}{1,3}\.$/u.test(name) ? name : name.replace(/\.$/, '')
  const words = bare.split(/\s+/)
  if (isAnswerAlone(bare)) return undefined
  if (words.length > mostWords || bare.length > longestName || notThere.test(bare)) return undefined
  if (!/^[\p{L}\p{M}][\p{L}\p{M}'’.,\- ]*$/u.test(bare) || !/\p{L}{2}/u.test(bare)) return undefined
  return bare === bare.toLowerCase() || bare === bare.toUpperCase() ? capitalised(bare) : bare
}

function capitalised(name: string): string {
  return name.toLowerCase().replace(/(?<=^|[\s.-])\p{L}/gu, (letter) => letter.toUpperCase())
}

/** An office that the text names: a title, or as much as its role. */
export function officeIn(
  text: string,
  { entities, mentions }: Understanding,
): { title: PositionTitle } | { role: Role } | undefined {
  if (/\b(lurah|kepala desa|kades)\b/i.test(text)) return { title: 'ketua_pengawas' }
  const { role } = entities
  const position = isNegated(text, mentions, entities.position) ? undefined : entities.position
  if (position === 'wakil_ketua' && /\busaha\b/i.test(text)) return { title: 'wakil_ketua_usaha' }
  if (position === 'wakil_ketua' && /\b(ke)?anggota(an)?\b/i.test(text))
    return { title: 'wakil_ketua_anggota' }
  if (position) return { title: position }
  return role === 'pengurus' || role === 'pengawas' ? { role } : undefined
}

/** Whether an office is named only as one that is not held: "saya bukan sekretaris lagi". */
function isNegated(text: string, mentions: Mention[], position: Position | undefined): boolean {
  const named = mentions.filter(({ entity, value }) => entity === 'position' && value === position)
  return named.every(({ start }) =>
    /\b(?:bukan|bkn|(?:tidak|tdk|tak|gak|nggak) (?:lagi )?(?:jadi|menjabat)(?: sebagai)?)\s+$/i.test(
      text.slice(0, start),
    ),
  )
}

/** Words that a text gives as a cooperative's name, where no area is recognised: "ke koperasi Maju Bersama". */
export function cooperativeWordsIn(text: string, asked = false): string | undefined {
  const [, named] = /\b(?:koperasi|kkmp|kdmp|kmp|kopdes|kopkel)\s+(.{3,60})$/i.exec(text) ?? []
  const words = (named ?? (asked ? text : ''))
    .replace(/\b(?:bukan|mohon|tolong|ya|pak|bu|kelurahan|desa|merah putih)\b/gi, ' ')
    .replace(/[^\p{L}\p{N} ]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return words.length >= 3 && words.length <= 60 && !/^(saya|sy|kami|lain|baru)\b/i.test(words)
    ? words
    : undefined
}
