import type { Turn } from './reply.ts'
import type { FormName } from './state.ts'

/** As sure as this it must be that a message is about one's data. */
const surely = 0.5
/** A text of so few words says "hapus data" of one's own, not of somebody else's. */
const bareWish = 4

const negated =
  /\b(jangan|jgn|(tidak|tdk|tak|ga|gak|nggak) (mau|usah|perlu|jadi)|don'?t|do not)\b.*\b(hapus|hps|buang|delete|erase)/i
const ownData = /\b(data\w*|akun|account|jejak|riwayat|percakapan|chat|everything)\b/i
const mine = /\b(saya|sy|saye|aku|ku|gue|gw|ambo|my|me|mine|dataku|akunku)\b/i
/** Says it whatever else is understood. */
const withdrawn =
  /\b(tarik|menarik|ditarik|cabut|mencabut|dicabut|withdraw|revoke)\b.*\b(persetujuan\w*|consent)\b/i
const withdrawnOfData =
  /\b(tarik|menarik|ditarik|cabut|mencabut|dicabut)\b.*\b(izin\w*|ijin\w*)\b|\bsetuju lagi\b|\blagi setuju\b/i
const copied = /\b(salin\w*|copy|unduh\w*|mengunduh|download|ekspor|export)\b/i
const wanted = /\b(minta|kirim\w*|send|give)\b.*\b(data\w*)\b/i
const erased =
  /\b(hapus\w*|dihapus\w*|hps|buang\w*|dibuang|delete\w*|erase\w*|musnah\w*|dimusnahkan|hilangkan)\b/i
const asked =
  /\?|\b(apa|apakah|apa2|bisa|bisakah|boleh|bolehkah|gimana|bagaimana|gmn|cara\w*|kalau|kalo|klo|jika|kenapa|akibat\w*|what|how|can i|may i|if)\b/i
/** Not stored here, or a form of its own. */
const elsewhere = /\b(foto|photo|gambar|video|ktp|nik|pendaftaran|registration)\b/i

/** Whether a message asks about taking a consent back, rather than doing it. */
export function asksAboutWithdrawing({ text }: Turn): boolean {
  return withdrawn.test(text) && asked.test(text)
}

/**
 * What a message wishes to be done with one's own data, as the forms that do it, a copy before anything else. None
 * where it only asks, speaks of somebody else's data, or says what is not to be done.
 */
export function wishesForOwnData({ text, understanding }: Turn): FormName[] {
  const { intent, also, confidence } = understanding
  if (withdrawn.test(text)) return ['withdraw']
  const isAbout = [intent, ...also].some((each) => each === 'privacy' || each === 'profile_view')
  if (!isAbout || confidence < surely) return []
  if (withdrawnOfData.test(text)) return ['withdraw']
  const isOwn = mine.test(text) || text.trim().split(/\s+/).length < bareWish
  if (!ownData.test(text) || !isOwn || elsewhere.test(text)) return []
  const erases = erased.test(text) && !negated.test(text)
  const copies = copied.test(text) || (wanted.test(text) && !erased.test(text))
  return [...(copies ? (['copy'] as const) : []), ...(erases ? (['erase'] as const) : [])]
}
