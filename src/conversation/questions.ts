import type { Intent } from '../understanding/intents.ts'

/** What of a class people ask about, by the words that leave no doubt. */
const topics: [Intent, RegExp][] = [
  [
    'session_location',
    /\b(tempat(nya|e)?|lokasi(nya)?|alamat(nya)?|di ?mana|dimn|dmn|dmana|kat mane|nang endi|ning endi|neng endi)\b/i,
  ],
  [
    'requirements',
    /\b((per)?syarat(an|nya)?|(apa (saja |aja )?(yang |yg )?)?(di)?bawa( apa)?|pakaian(nya)?|dress ?code)\b/i,
  ],
  ['session_agenda', /\b((pe)?materi(nya)?|narasumber(nya)?|agenda(nya)?|pembicara(nya)?)\b/i],
  ['seat_availability', /\b(kursi(nya)?|kuota(nya)?|kosong)\b/i],
  [
    'allowance',
    /\b(uang (transport|saku|jalan)(nya)?|transport(nya)?|biaya(nya)?|bayar|gratis|makan( siang)?(nya)?|konsumsi(nya)?|penginapan(nya)?|nginap)\b/i,
  ],
  [
    'schedule_list',
    /\b((berapa|brp|brapa) (lama|hari)|durasi(nya)?|jadwal(nya|e)?|jam|jm|pukul|pkl|kapan|kpn|bila|bile|hari|tanggal|tgl)\b/i,
  ],
]
const asks =
  /\?|\b(apa|apakah|siapa|kapan|kpn|bila|bile|berapa|brp|brapa|piro|mana|mane|dimana|dmn|dmana|dimn|endi|gimana|bagaimana|cemane|info|tanya)\b/i
/** "masih ada kursi gak" */
const tag = /\b(gak|ga|gk|nggak|ngga|tidak|tdk|tak|ndak|ora|kah|belum|blm)\W*$/i
const border = /[?!.;,\n]+|\s(?:dan|trus|terus|trs|lalu|sekalian|skalian|sekaligus|sama|juga|tapi|tp)(?=\s)/gi
const longestQuestion = 9

function segmentsOf(text: string): string[] {
  const segments: string[] = []
  let from = 0
  for (const { 0: mark, index } of text.matchAll(border)) {
    segments.push(text.slice(from, index) + (mark.includes('?') ? '?' : ''))
    from = index + mark.length
  }
  return [...segments, text.slice(from)].filter((each) => /\p{L}{2}/u.test(each))
}

/** What a part of a message asks about a class; undefined when it asks nothing, or something else. */
function questionIn(segment: string): Intent | undefined {
  if (!asks.test(segment) && !tag.test(segment)) return undefined
  if (segment.trim().split(/\s+/).length > longestQuestion || wantsIn(segment)) return undefined
  return topics.find(([, words]) => words.test(segment))?.[0]
}

/** What a message asks about a class in plain words, in the order in which it does: "jam berapa, tempatnya di mana". */
export function questionsIn(text: string): Intent[] {
  return [...new Set(segmentsOf(text).flatMap((segment) => questionIn(segment) ?? []))]
}

const wish =
  /^\W*(?:(?:saya|sy|saye|aku|kami|pak|bu|min|kalau|kalo|klo|ada|bisa|gitu|tolong|tlg|mohon|minta|izin|mau|mo|ingin|pengen|pgn|nak|arep|sekalian|ya|eh|halo)\s+)*(?:men)?(?:daftar|dftar|dftr|daptar)(?:kan|in|ke|no)?(?:\s|\W*$)/i
const noWish =
  /\?|\b(daftar (hadir|peserta|nama|tunggu|ulang)|kapan|kpn|cara\w*|gimana|bagaimana|berapa|brp|mana|sampai|sudah|sdh|udah|belum|blm|batal\w*|siapa)\b/i

function wantsIn(segment: string): boolean {
  return wish.test(segment) && !noWish.test(segment)
}

/** Whether a part of a message of several says that one wants to be registered: "syaratnya apa, saya mau daftar". */
export function wantsInBeside(text: string): boolean {
  const segments = segmentsOf(text)
  return segments.length > 1 && segments.some(wantsIn)
}

const own = /\b(saya|sy|saye|aku|kami|ku|jadwalku|kulo)\b/i

const saidBeside: Partial<Record<Intent, RegExp>> = {
  unsubscribe:
    /\b(berhenti|stop|jangan|jgn|unsub\w*|(tidak|tdk|tak|gak|ga|nggak|ndak) (usah|mau|perlu|butuh)|ganggu\w*|spam|hapus)\b/i,
  complaint:
    /\b(kecewa|komplain|complain|keluh\w*|protes|parah|payah|mengecewakan|becus|marah|kesal|kesel|lambat|lelet|percuma|pungli)\b/i,
  replace_participant: /\b(di|meng)?(ganti|wakil|gnti)\w*|\bpengganti\w*|\b(replace|substitute|instead)\b/i,
  // "siapa yang mendaftarkan" asks.
  register: /^(?!.*\b(siapa|sapa|sopo)\s+(yang|yg|sing)\b)/is,
}

/** What is done beside something else only where a word says it: ending messages, calling staff for a complaint. */
export function isMeantBeside(intent: Intent, text: string): boolean {
  return saidBeside[intent]?.test(text) ?? true
}

/** Intents that are the same question in another respect, of which a message asks one. */
const alike: Partial<Record<Intent, Intent[]>> = {
  schedule_list: ['my_schedule'],
  session_agenda: ['materials'],
  session_location: ['my_schedule'],
}

/**
 * What a message asks, with what its parts ask in plain words besides, in the order in which it is asked where that is
 * known; the intents are those understood of the whole.
 */
export function withQuestions(intents: Intent[], text: string): Intent[] {
  const asked = questionsIn(text)
  const [first] = intents
  // "pulang jam berapa" asks for no topics.
  if (first === 'session_agenda' && asked.includes('schedule_list') && !asked.includes(first))
    return withQuestions(['schedule_list', ...intents.slice(1)], text)
  if (segmentsOf(text).length < 2) return intents
  const isPublic = intents.length > 1 && asked.includes('schedule_list') && !asksOwnSchedule(text)
  const known = intents.filter((each) => !(isPublic && each === 'my_schedule'))
  const missing = asked.filter(
    (each) => !known.includes(each) && !alike[each]?.some((other) => known.includes(other)),
  )
  const all = [...known, ...missing]
  if (!all.every((each) => asked.includes(each) || each === 'register')) return all
  return all.toSorted((a, b) => asked.indexOf(a) - asked.indexOf(b))
}

/** Whether the question when is for one's own class. */
export function asksOwnSchedule(text: string): boolean {
  return segmentsOf(text).some((segment) => questionIn(segment) === 'schedule_list' && own.test(segment))
}
