import { type Area, areaByCode, areaCovers, kelurahanLike, kelurahanNamed } from '../areas.ts'
import { findOffice } from '../planning/roster-words.ts'
import type { Intent } from '../understanding/intents.ts'
import { isOrdinaryWord } from '../understanding/normalise.ts'
import { isAnswerAlone } from './choices.ts'
import { isOfSomebodyElse, saysLesserOffice } from './offices.ts'
import type { Turn } from './reply.ts'
import type { Slots } from './state.ts'

/**
 * What a message says of who writes, as slots: name; kelurahan (code), else maybe (codes of those it may be), kecamatan
 * (code, the kelurahan in it is still to be named) or unknown (a place that is not in the list); office (a
 * PositionTitle), else group (the offices it may be one of). `problem` says why an answer is none.
 */
export type IntroductionSlot =
  | 'name'
  | 'kelurahan'
  | 'maybe'
  | 'kecamatan'
  | 'unknown'
  | 'office'
  | 'group'
  | 'problem'

export type IntroductionSlots = Partial<Record<IntroductionSlot, string>>

type Span = { start: number; end: number }

/** Reads a message; `asked` is the slot that was asked for last, of which a bare answer is taken. */
export function introductionIn(turn: Turn, asked: string | undefined, slots: Slots): IntroductionSlots {
  if (turn.text.trim() === '' || isQuestion(turn, asked)) return {}
  const name = nameIn(turn, asked)
  const place = placeIn(turn, asked, name, slots)
  const office = officeIn(turn, asked, name, slots)
  const said = { ...(name ? { name: name.words } : {}), ...place, ...office }
  if (asked === 'name' && Object.keys(said).length === 0 && triesName(turn)) return { problem: 'name' }
  return said
}

/** What a message says, in the place of what was said before. */
export function withSaid(slots: Slots, all: IntroductionSlots): Slots {
  if (Object.keys(all).length === 0) return slots
  const { unknown, ...places } = all
  // An answer that is no place leaves the places that were offered.
  const said = unknown !== undefined && slots['maybe'] !== undefined ? places : all
  const { sure: _, problem: __, ...kept } = slots
  const place = ['kelurahan', 'maybe', 'kecamatan', 'unknown']
  const office = ['office', 'group']
  const replaced = [place, office].filter((group) => group.some((slot) => slot in said)).flat()
  // A kelurahan that is still to be named lies where it was said to lie.
  const stays = said.kelurahan === undefined && said.kecamatan === undefined ? ['kecamatan'] : []
  const rest = Object.fromEntries(
    Object.entries(kept).filter(([slot]) => !replaced.includes(slot) || stays.includes(slot)),
  )
  return { ...rest, ...said }
}

/** Whether somebody who is not known says who they are: name, and cooperative or office. */
export function introducesSelf(turn: Turn): boolean {
  if (turn.persons.some(({ positions }) => positions.length > 0)) return false
  const { name, kelurahan, maybe, office, group } = introductionIn(turn, undefined, {})
  const tells = [kelurahan, maybe, office, group].some((said) => said !== undefined)
  return name !== undefined && (tells || ofCooperative.test(turn.text))
}

const ofCooperative = /\b(koperasi|kop|kkmp|kdmp|kmp|kopdes|kopkel|merah putih|cooperative)\b/i

// Whether it is something else

/** What people write when they tell, rather than ask, something. */
const telling: ReadonlySet<Intent> = new Set([
  ...(['inform', 'register', 'affirm', 'deny', 'greet', 'thank', 'profile_update', 'out_of_scope'] as const),
])
const sureQuestion = 0.35
const questionWords =
  /\?|\b(apa|apakah|kapan|kpn|berapa|brp|mana|dimana|dmn|siapa|bagaimana|gimana|kenapa|knp|mengapa|jam)\b/i

function isQuestion({ text, understanding }: Turn, asked: string | undefined): boolean {
  if (questionWords.test(text)) return true
  if (saysLesserOffice(text, asked === 'office')) return false
  // 'anggota biasa' is no question who may come when the question was for the office.
  const bare = text.trim().split(/\s+/).length <= 2
  if (asked === 'office' && bare && understanding.entities.role) return false
  return !telling.has(understanding.intent) && understanding.confidence >= sureQuestion
}

// Name

/** Names are as long as the roster's. */
export const longestName = 80
export const shortestName = 3
const mostNameWords = 8

const nameWord = String.raw`(?:nama(?:nya)?(?:\s+(?:lengkap|saya|sy|saye|aku|ku))*(?:\s+(?:adalah|ialah|yang benar|yg benar|harusnya|seharusnya))?)`
const afterNameWord = new RegExp(String.raw`\b${nameWord}[\s:=,-]+`, 'i')
const afterRight = /\b(?:seharusnya|harusnya|yang benar|yg benar|maksud(?:nya| saya)|menjadi)[\s:=,]+/i
const afterWrong =
  /\b(?:nama\w*|name)\b[^,;:.\n]*?\b(?:salah|keliru|wrong)(?:\s+(?:tulis|ketik|eja)\w*|\s+(?:pak|bu|bang|kak|ya))*[\s,;:.-]+/i
const afterSaya = /\b(?:perkenalkan|dengan|ini|saya|sy|saye|aku)[\s:=,]+/gi
const address = /^(?:(?:pak|bu|bapak|ibu|bang|kak|bpk|sdr|sdri)\.?\s+)+/i
const courtesyAfter =
  /(?:[\s,]+(?:pak|bu|bapak|ibu|bang|kak|min|admin|ya|yah|terima kasih|makasih|trims))+[\s.,!]*$/i

/** Before these a name ends; a text that begins with one is none. */
const noName = new Set(
  `dari ketua ketue wakil waka sekretaris bendahara pengawas pengurus manajer manager anggota kelurahan kel desa ds kecamatan
   kec koperasi kop kkmp kdmp kmp kopdes kopkel jabatan posisi selaku sebagai mau ingin hendak nak pengen pgn mo daftar dftr
   daftarkan mendaftar ikut ikutan di ke yang yg dan jadi sudah sdh udah belum blm tidak tdk tak gak ga nggak bukan ya iya iye
   ok oke siap setuju batal stop mulai menu halo hai salam assalamualaikum selamat pagi siang sore malam mohon minta tolong izin
   maaf lurah kades kepala nomor no hp wa gelombang gel kelas bimtek pelatihan jadwal untuk utk karena sekarang baru masih
   punya ada tahu tau lupa bingung kurang cuma hanya juga akan lagi sedang kalau kalo bisa boleh coba salah eh seharusnya
   harusnya maksud ganti ubah nama saya sy saye aku kami kita nanti dulu sebentar terima makasih ini itu warga orang staf staff stap karyawan
   karyawati pegawai operator kasir honorer admin adminnya stafnya atasan disuruh diminta`.split(/\s+/),
)

type FoundName = Span & { words: string }

function nameIn(turn: Turn, asked: string | undefined): FoundName | undefined {
  const { text } = turn
  const named = afterNameWord.exec(text)
  const right = /\bnama/i.test(text) ? afterRight.exec(text) : null
  for (const found of [named, right, afterWrong.exec(text)]) {
    const name = found && nameAt(turn, found.index + found[0].length)
    if (name) return name
  }
  const { role, area } = turn.understanding.entities
  const office = role !== undefined || area !== undefined || ofCooperative.test(text)
  for (const found of text.matchAll(afterSaya)) {
    const name = nameAt(turn, found.index + found[0].length)
    if (name && (asked === 'name' || office || isCapitalised(name.words))) return name
  }
  if (asked !== 'name') return undefined
  const whole = nameAt(turn, 0)
  return whole && !isPlaceAlone(turn) ? whole : undefined
}

/** The words from there on that can be a name. */
function nameAt(turn: Turn, from: number): FoundName | undefined {
  const { text } = turn
  const start = from + (address.exec(text.slice(from))?.[0].length ?? 0)
  const [piece = ''] = text.slice(start, endOfName(turn, start)).split(/[,;:\n()]|\s[-–]\s/)
  const words = piece
    .replace(courtesyAfter, '')
    .replace(/\s+/g, ' ')
    .replace(/[\s!]+$/, '')
    .replace(/(?<=\p{L}{3})\.$/u, '')
    .trim()
  if (!isName(words) || !soundsLikeName(words) || isAnswerAlone(words)) return undefined
  return { words: asWritten(words), start, end: start + piece.length }
}

/** Where a word stands that ends a name, or an office or a place that is named as one. */
function endOfName({ text, understanding }: Turn, start: number): number {
  const ends = [text.length]
  for (const { 0: word, index } of text.slice(start).matchAll(/\p{L}+\.?/gu))
    if (noName.has(word.toLowerCase().replace('.', '')) || (index > 0 && /^dr$/i.test(word))) {
      ends.push(start + index)
      break
    }
  for (const mention of understanding.mentions)
    if (mention.entity !== 'area' && mention.entity !== 'choice' && mention.start >= start)
      ends.push(mention.start)
  return Math.min(...ends)
}

/** Whether words have the form of a name, such as the columns of a roster hold. */
export function isName(words: string): boolean {
  const letters = words.match(/\p{L}/gu)?.length ?? 0
  return (
    letters >= shortestName &&
    words.length <= longestName &&
    words.split(' ').length <= mostNameWords &&
    /^\p{L}[\p{L}\p{M} .'’-]*$/u.test(words)
  )
}

/** 'cuma tanya saja' is none; 'Indah Permata Sari' is, though each of its words means something. */
function soundsLikeName(words: string): boolean {
  const all = words.toLowerCase().match(/\p{L}+/gu) ?? []
  return isCapitalised(words) || all.some((word) => !isOrdinaryWord(word))
}

function isCapitalised(words: string): boolean {
  return words.split(' ').every((word) => /^\p{Lu}/u.test(word))
}

/** Small letters throughout are a hasty 'tono hartono'. */
function asWritten(words: string): string {
  if (words !== words.toLowerCase() && words !== words.toUpperCase()) return words
  return words.toLowerCase().replace(/(?<![\p{L}'’])\p{L}/gu, (letter) => letter.toUpperCase())
}

/** A kelurahan and nothing else was meant for the next question, not as a name. */
function isPlaceAlone({ text, understanding }: Turn): boolean {
  const { area } = understanding.entities
  const mention = understanding.mentions.find(({ entity }) => entity === 'area')
  return area?.level === 'kelurahan' && mention?.text.length === text.trim().length
}

/** Whether it was meant for a name and cannot be one: digits, or too short, or endless. */
function triesName({ text, named, understanding }: Turn): boolean {
  if (Object.keys(named).length > 0) return false
  return (
    ['inform', 'out_of_scope'].includes(understanding.intent) || /\d/.test(text) || text.length > longestName
  )
}

// Place

function placeIn(
  turn: Turn,
  asked: string | undefined,
  name: Span | undefined,
  slots: Slots,
): IntroductionSlots {
  const { mentions, entities } = turn.understanding
  const free = mentions.flatMap((mention) =>
    mention.entity === 'area' && !(name && mention.start < name.end && mention.end > name.start)
      ? [mention]
      : [],
  )
  const wanted = free.find(({ value }) => value.code === entities.area?.code) ?? free.at(-1)
  if (!wanted) return asked === 'kelurahan' && !name ? placeWritten(turn.text) : unknownPlace(turn.text)
  const around = free.filter(({ value }) => value.level !== 'kelurahan' && value !== wanted.value)
  const within = around.map(({ value }) => value.code)
  return settled(wanted.value, within, slots)
}

function settled(area: Area, within: string[], slots: Slots): IntroductionSlots {
  const isIn = ({ code }: Area, above: string[]) => above.every((each) => areaCovers(each, code))
  if (area.level !== 'kelurahan') {
    // 'Sagulung' after 'Sungai Lekop di kecamatan mana?'
    const left = codesOf(slots['maybe']).filter((code) => areaCovers(area.code, code))
    const [only] = left
    if (only && left.length === 1) return { kelurahan: only }
  }
  const asked = slots['kecamatan'] === undefined ? [] : [String(slots['kecamatan'])]
  const named = kelurahanNamed(area.name)
  const here = named.filter((each) => isIn(each, within))
  const nearer = here.filter((each) => isIn(each, asked))
  const left = nearer.length > 0 ? nearer : here.length > 0 ? here : named
  const [only] = left
  if (only && left.length === 1) return { kelurahan: only.code }
  if (only) return { maybe: left.map(({ code }) => code).join(' ') }
  return area.level === 'kecamatan' ? { kecamatan: area.code } : {}
}

export function codesOf(joined: string | number | undefined): string[] {
  return joined === undefined
    ? []
    : String(joined)
        .split(' ')
        .filter((code) => areaByCode(code))
}

const placeWords =
  /\b(koperasi|kop|kkmp|kdmp|kmp|kopdes|kopkel|merah putih|kelurahan|kel|desa|ds|dari|di|saya|sy|nama|namanya|yaitu|pak|bu|eh|salah|harusnya|maksud)\b\.?/gi
const isCode = /^\W*[a-z]{1,3}\d+\s?-?\s?[a-z0-9]*\W*$/i
const longestPlace = 60
const mostPlaceWords = 4

/** A place in answer to the question for it, that is not in the list as it is written. */
function placeWritten(text: string): IntroductionSlots {
  const words = text
    .replace(placeWords, ' ')
    .replace(/[^\p{L}\s'.-]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  if (words.length < shortestName || words.length > longestPlace || isCode.test(text)) return {}
  if (words.split(' ').length > mostPlaceWords) return {}
  if (words.split(' ').every((word) => noName.has(word.toLowerCase()))) return {}
  const like = kelurahanLike(words)
  if (like.length > 0) return { maybe: like.map(({ code }) => code).join(' ') }
  return { unknown: words }
}

/** A kelurahan that is called one and is not in the list. */
function unknownPlace(text: string): IntroductionSlots {
  const [, place] = /\b(?:kelurahan|desa|merah putih)\s+(\p{L}{4,}(?:\s+\p{L}{4,})?)/iu.exec(text) ?? []
  if (!place || noName.has(place.split(' ')[0]?.toLowerCase() ?? '')) return {}
  return placeWritten(place)
}

// Office

const byOffice = /\b(?:saya|sy|saye|aku|selaku|sebagai)\s+(?:pak |bu )?(?:lurah|kades|kepala desa)\b/i
const longestOffice = 5

function officeIn(
  turn: Turn,
  asked: string | undefined,
  name: Span | undefined,
  slots: Slots,
): IntroductionSlots {
  const { text } = turn
  const { position, role, isOthers } = ownOffice(turn)
  if (position === 'wakil_ketua') return viceChair(text)
  if (position === undefined && asked === 'office' && slots['group'] === 'wakil') {
    const field = viceChair(`bidang ${text}`)
    if (field.office) return field
  }
  if (position) return { office: position }
  if (byOffice.test(text)) return { office: 'ketua_pengawas' }
  if (role === 'pengawas') return { office: 'anggota_pengawas' }
  if (role === 'pengurus') return { group: 'pengurus' }
  if (saysLesserOffice(text, asked === 'office')) return { problem: 'office' }
  if (asked !== 'office' || name || isOthers) return {}
  if (role === 'anggota' || /\b(anggota|warga)\b/i.test(text)) return { problem: 'office' }
  if (text.trim().split(/\s+/).length > longestOffice) return {}
  const office = findOffice(text)
  return 'title' in office ? { office: office.title } : {}
}

/** The office that is named and not said to be somebody else's; `isOthers`: only such are named. */
function ownOffice({ text, understanding: { mentions, entities } }: Turn) {
  const named = mentions.filter(({ entity }) => entity === 'position' || entity === 'role')
  const own = named.filter(
    (mention) =>
      (mention.entity === 'position' || mention.entity === 'role') && !isOfSomebodyElse(text, mention),
  )
  if (own.length === named.length) return { ...entities, isOthers: false }
  const positions = own.flatMap((mention) => (mention.entity === 'position' ? [mention.value] : []))
  const roles = own.flatMap((mention) => (mention.entity === 'role' ? [mention.value] : []))
  return { position: positions.at(-1), role: roles.at(-1), isOthers: own.length === 0 }
}

function viceChair(text: string): IntroductionSlots {
  if (/\b(usaha|bisnis)\b/i.test(text)) return { office: 'wakil_ketua_usaha' }
  if (/\b(bidang|bid)\s+(yang )?(ke)?anggota/i.test(text)) return { office: 'wakil_ketua_anggota' }
  return { group: 'wakil' }
}
