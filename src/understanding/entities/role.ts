import { spellingDistance } from '../../areas.ts'
import { isOrdinaryWord, type Token } from '../normalise.ts'
import { type Mention, type MentionOf, mentionOf, type Position, type Role } from './mention.ts'

type OfficeRead = { role: Role; position?: Position; next: number }

/** Words after ketua, sekretaris or bendahara that make it an office outside the cooperative. */
const outside = new Set(
  'rt rw panitia kelas dprd adat pemuda kelompok lurah camat daerah dinas yayasan masjid karang pkk posyandu partai lpm bpd nelayan'.split(
    ' ',
  ),
)
/** After these, 'anggota' counts or names the members as a body: 'rapat anggota', 'jumlah anggota'. */
const bodyOfMembers = new Set(
  'rapat bidang simpanan jumlah pendaftaran data buku daftar iuran tabungan rekrut merekrut menambah tambah kartu nomor keanggotaan hak kewajiban partisipasi kesejahteraan usaha per setiap tiap semua seluruh berapa banyak minimal orang cari tarik dari ke kepada oleh pinjaman kredit'.split(
    ' ',
  ),
)
/** Who is said to be a member, up to three words before it. */
const personWords = new Set(
  'saya kami kita aku dia beliau mereka istri suami anak adik kakak bapak ibu pak bu bang kak seorang sebagai cuma hanya statusnya status kalau teman kawan warga tetangga salah'.split(
    ' ',
  ),
)
/** What only persons can: 'anggota boleh ikut?'. */
const personDoes = new Set(
  'boleh bisa dapat ikut juga biasa saja hadir datang diundang wajib harus mau dilatih kami saya kita aktif baru diperbolehkan tidak sakit diizinkan peserta perlu termasuk masuk'.split(
    ' ',
  ),
)
const misspeltOffices = ['pengurus', 'pengawas', 'sekretaris', 'bendahara', 'manajer', 'anggota']
/** Words that look like a misspelt office and are none. */
const lookalikes = new Set(
  'sekretariat manajemen manajerial pengurusan pengawasan kepengurusan keanggotaan pengusaha mengurus mengawas urus awas pengukus pengaruh penguras pengurug'.split(
    ' ',
  ),
)

/** Offices named in the tokens. Who has a position has its role too; both are mentions of the same place. */
export function findRoles(tokens: readonly Token[], text: string): Mention[] {
  const offices = tokens.map(officeWord)
  const found: Mention[] = []
  for (let at = 0; at < tokens.length; at++) {
    const read = officeAt(tokens, offices, at)
    const from = tokens[at]
    const to = read && tokens[read.next - 1]
    if (!read || !from || !to) continue
    found.push(...mentionsOf(read, text, from, to))
    at = read.next - 1
  }
  return found
}

function mentionsOf(read: OfficeRead, text: string, from: Token, to: Token): Mention[] {
  const role: MentionOf<'role'> = mentionOf('role', read.role, text, from, to)
  return read.position ? [role, mentionOf('position', read.position, text, from, to)] : [role]
}

/** The Indonesian word, an office's typing errors put right: one wrong letter, two in the longest words. */
function officeWord({ word, written }: Token): string {
  if (word.length < shortestMisspelt || isOrdinaryWord(word)) return word
  const stem = word.replace(/(ku|mu)$/, '')
  if (misspeltOffices.includes(stem) || stem === 'ketua') return stem
  if (lookalikes.has(word) || isOrdinaryWord(written)) return word
  const limit = word.length >= longWord ? 2 : 1
  const meant = misspeltOffices.find(
    (office) => office[0] === word[0] && spellingDistance(word, office, limit) <= limit,
  )
  return meant ?? word
}
const shortestMisspelt = 6
const longWord = 9

function officeAt(tokens: readonly Token[], words: readonly string[], at: number): OfficeRead | undefined {
  switch (words[at]) {
    case 'wakil':
      return words[at + 1] === 'ketua' ? viceChairAt(words, at + 2) : undefined
    case 'waka':
    case 'waket':
      return { role: 'pengurus', position: 'wakil_ketua', next: at + 1 }
    case 'ketua':
      return chairAt(words, at)
    case 'sekretaris':
    case 'bendahara':
      return isOutside(words, at)
        ? undefined
        : { role: 'pengurus', position: words[at] as Position, next: at + 1 }
    case 'manajer':
      return { role: 'manajer', position: 'manajer', next: at + 1 }
    case 'pengurus':
      return { role: 'pengurus', next: at + 1 }
    case 'badan':
    case 'dewan':
      return words[at + 1] === 'pengawas' ? { role: 'pengawas', next: at + 2 } : undefined
    case 'pengawas':
      return words[at + 1] === 'anggota'
        ? { role: 'pengawas', position: 'anggota_pengawas', next: at + 2 }
        : { role: 'pengawas', next: at + 1 }
    case 'anggota':
      return memberAt(tokens, words, at)
    default:
      return undefined
  }
}

/** 'sekretaris lurah' is none of ours, nor a bare 'sekretaris desa'; 'sekretaris desa Benan' writes of a cooperative. */
function isOutside(words: readonly string[], at: number): boolean {
  const after = words[at + 1]
  return outside.has(after ?? '') || (after === 'desa' && words.length === at + 2)
}

function viceChairAt(words: readonly string[], next: number): OfficeRead {
  const withField = words[next] === 'bidang' || words[next] === 'bid'
  const field = withField ? words[next + 1] : undefined
  const named = field === 'usaha' || field === 'anggota' || field === 'keanggotaan'
  return { role: 'pengurus', position: 'wakil_ketua', next: named ? next + 2 : next }
}

function chairAt(words: readonly string[], at: number): OfficeRead | undefined {
  const board = words[at + 1] === 'badan' || words[at + 1] === 'dewan' ? at + 2 : at + 1
  if (words[board] === 'pengawas') return { role: 'pengawas', position: 'ketua_pengawas', next: board + 1 }
  if (isOutside(words, at)) return undefined
  return { role: 'pengurus', position: 'ketua', next: at + 1 }
}

function memberAt(tokens: readonly Token[], words: readonly string[], at: number): OfficeRead | undefined {
  const board = words[at + 1] === 'badan' || words[at + 1] === 'dewan' ? at + 2 : at + 1
  if (words[board] === 'pengawas') return { role: 'pengawas', position: 'anggota_pengawas', next: board + 1 }
  return isPersonSpokenOf(tokens, words, at) ? { role: 'anggota', next: at + 1 } : undefined
}

function isPersonSpokenOf(tokens: readonly Token[], words: readonly string[], at: number): boolean {
  const before = words[at - 1]
  if (before !== undefined && bodyOfMembers.has(before)) return false
  const after = words[at + 1] === 'koperasi' ? words[at + 2] : words[at + 1]
  if (words[at + 1] === 'keluarga') return false
  if (after !== undefined && personDoes.has(after)) return true
  if (words.slice(Math.max(0, at - 3), at).some((word) => personWords.has(word))) return true
  return tokens.length <= 2 || (at === 0 && tokens.length <= 3 && words[1] === 'koperasi')
}
