import { distance } from 'fastest-levenshtein'
import type { Understanding } from '../understanding/understand.ts'
import type { ShownChoice } from './state.ts'

const yesWords =
  'y ya ye iya iye iyo yo nggih inggih enggih injih yoi sip yes yup yeah yep sure agree agreed ok oke okay okey setuju boleh siap betul benar jadi lanjut lanjutkan mau bersedia yakin sudah'.split(
    ' ',
  )
const noWords =
  'tidak tdk tak gak ga gk nggak ngga enggak engga ndak dak kagak no nope not jangan jgn bukan belum blm batal urung'.split(
    ' ',
  )
/** Words that put a yes off or tie it to something. */
const hesitation =
  /\?|\b(tapi|tp|tetapi|sebentar|bentar|tunggu|nanti|dulu|kalau|kalo|klo|apakah|kok|mengapa|kenapa|but|wait|later|if|jam|kapan|kpn|siapa|berapa|brp|piro|dimana|dmn|mana|apa)\b/i
/** "makan siang ada gak" asks. */
const tagQuestion =
  /\b(ada|bisa|bs|boleh|perlu|dapat|dpt|masih|bayar|wajib|kena|harus|termasuk) (gak|ga|gk|nggak|ngga|enggak|tidak|tdk|tak|ndak)\W*$/i
/** Words of politeness around a short answer. */
const politeness =
  /\b(pak|bu|bapak|ibu|bang|kak|min|admin|aja|saja|deh|dong|yah|lah|mohon|terima kasih|makasih)\b/g
/** A longer text says more than yes or no. */
const longestAnswer = 14

function bare(text: string): string {
  const words = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const without = words.replace(politeness, ' ').replace(/\s+/g, ' ').trim()
  return without || words
}

/**
 * A yes or no: a text that begins with a yes, and one that holds a no. Undefined for a question, for a yes that is
 * put off or tied to a condition, and for anything else.
 */
export function yesOrNo(text: string, understanding: Understanding): 'yes' | 'no' | undefined {
  const words = bare(text).split(' ')
  if (hesitation.test(text) || tagQuestion.test(text) || words.length > longestAnswer) return undefined
  if (words.some((word) => noWords.includes(word))) return 'no'
  if (yesWords.includes(words[0] ?? '')) return 'yes'
  if (understanding.confidence < 0.8 || words.length > 6) return undefined
  if (understanding.intent === 'affirm') return 'yes'
  return understanding.intent === 'deny' ? 'no' : undefined
}

const plainYes =
  /^(ya|iya|iye|y|yes|sure|yakin|betul|benar|ok|oke|jadi)?( ?(batalkan|dibatalkan|batal|hapus|dihapus|yakin|sure|cancel it))?$/

/**
 * The same where a yes destroys something: only a whole message that says nothing but yes counts as one, and every
 * no as no.
 */
export function carefulYesOrNo(text: string): 'yes' | 'no' | undefined {
  const said = bare(text)
  const words = said.split(' ')
  if (text.includes('?')) return undefined
  // "batal" alone says no more than that something is called off.
  if (words.some((word) => word !== 'batal' && noWords.includes(word))) return 'no'
  return said !== 'batal' && plainYes.test(said) ? 'yes' : undefined
}

const consents = wordSet(
  `y ya ye iya iye iyo yo yes yup yeah yep ok oke okay okey setuju boleh silakan silahkan bersedia siap lanjut lanjutkan mau
   nggih inggih enggih injih agree agreed consent sure please`,
)
const refusals = wordSet(
  `tidak tdk tak gak ga gk nggak ngga enggak engga ndak dak kagak jangan jgn menolak tolak nolak no nope not dont don't
   refuse disagree`,
)
/** What says nothing of its own beside them. */
const besideConsent = wordSet(
  `pak bu bapak ibu bang kak min admin aja saja deh dong lah sih kok saya sy saye aku kami nak sangat sekali betul benar
   baik sudah insyaallah insya allah mohon maaf terima kasih makasih trims data datanya disimpan simpan i do it my the to
   that of course thanks thank you sorry`,
)

function wordSet(words: string): Set<string> {
  return new Set(words.split(/\s+/).map(short))
}

/** 'yaa' is 'ya'. */
function short(word: string): string {
  return word.replace(/(.)\1+/g, '$1')
}

/**
 * The answer to a question for consent, which the law wants expressed: a message that says nothing but yes or no,
 * with politeness around it. Undefined for all that says more, such as a correction or a wish.
 */
export function consentIn(text: string): 'yes' | 'no' | undefined {
  const words = wordsOf(text)
  const known = (word: string) => [consents, refusals, besideConsent].some((each) => each.has(word))
  if (text.includes('?') || !words.every(known)) return undefined
  if (words.some((word) => refusals.has(word))) return 'no'
  return words.some((word) => consents.has(word)) ? 'yes' : undefined
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .replaceAll('’', "'")
    .split(/[^\p{L}']+/u)
    .filter(Boolean)
    .map(short)
}

const answering = new Set([...yesWords, ...noWords].map(short))

/** Whether a text consists of words of yes and no, so that it names nobody. */
export function isAnswerAlone(text: string): boolean {
  const words = wordsOf(text)
  return words.length > 0 && words.every((word) => answering.has(word) || besideConsent.has(word))
}

/** Longest text, in words, that is still taken for the choice of a number. */
const shortAnswer = 4

/**
 * Which of the newest choices a text means: by its number, by its words with a typing error in five letters, or by
 * words that only one of them has. Undefined when it is none of them.
 */
export function chosen(
  text: string,
  understanding: Understanding,
  choices: ShownChoice[],
): ShownChoice | undefined {
  if (choices.length === 0) return undefined
  const said = bare(text)
  const number = understanding.entities.choice
  if (number !== undefined && said.split(' ').length <= shortAnswer) {
    const byNumber = choices[number - 1]
    if (byNumber) return byNumber
  }
  if (said.length < 2) return undefined
  const labels = choices.map((choice) => ({ choice, label: bare(choice.label) }))
  const near = labels
    .map(({ choice, label }) => ({
      choice,
      off: distance(said, label) / Math.max(said.length, label.length),
    }))
    .sort((a, b) => a.off - b.off)[0]
  if (near && near.off <= 0.2) return near.choice
  const within = labels.filter(({ label }) => ` ${label} `.includes(` ${said} `))
  if (within.length > 0) return within.length === 1 ? within[0]?.choice : undefined
  return byItsWords(said, labels)
}

type Labelled = { choice: ShownChoice; label: string }

const takes =
  /^(?:(?:saya|sy|mau|nak|ambil|pilih|kelas|kls) )*(?:yang|yg|sing|seng|nang|ambil|pilih|the)(?: (?:kelas|kls|class|one))? (.+?)(?: ya)?$/
const mostWords = 3

/** "yang pagi": all that is said stands in one label only. */
function byItsWords(said: string, labels: Labelled[]): ShownChoice | undefined {
  const words = takes.exec(said)?.[1]?.split(' ') ?? []
  if (words.length === 0 || words.length > mostWords) return undefined
  const found = labels.filter(({ label }) => words.every((word) => label.split(' ').includes(word)))
  return found.length === 1 ? found[0]?.choice : undefined
}

/** "jangan dibatalkan", "tidak jadi batal": the seat is to stay. */
export function keepsSeat(text: string): boolean {
  return /\b(jangan|jgn|((tidak|tdk|tak|gak|ga|gk|nggak|ngga|enggak|ndak)\s+(jadi|jd|usah|mau)))\s+(di|saya |sy )?(batal|cancel)\w*/i.test(
    text,
  )
}
