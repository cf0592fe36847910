import { parsePhone } from '../phone.ts'

/** What stands in a cell for numbers: all of them, or what is wrong. */
export type PhonesFound = { phones: string[] } | { problem: string; suggestions: string[] }

const wrong = 'Nomor HP tidak benar; misalnya 0812-3456-7890. Kosongkan kalau tidak punya.'
const shortened =
  'Excel memendekkan nomor ini, angka belakangnya hilang. Ubah kolomnya menjadi teks, lalu ketik ulang nomornya.'

/**
 * The numbers of a cell, which may hold two, or none: an empty cell, a stroke or "tidak ada" is imported, and is not
 * reachable. A number that a spreadsheet turned into 8.1234567890E+10 is read if it still has all its digits.
 */
export function readPhones(cell: string): PhonesFound {
  if (hasNoNumber(cell)) return { phones: [] }
  const plain = withoutWords(cell)
  const exponent = /^(\d)[.,]?(\d*)E\+?(\d{1,2})$/i.exec(plain.replace(/\s/g, ''))
  if (exponent) return fromExponent(exponent)
  const one = parseOne(plain)
  if (one) return { phones: [one] }
  const parts = plain.split(/[/;,&|\n]|\s+(?:dan|atau|dst)\s+|\s{2,}/i).map((part) => part.trim())
  const several = parts.filter(Boolean).map(parseOne)
  if (several.length > 1 && several.every((phone) => phone !== undefined)) return { phones: unique(several) }
  const apart = splitAtSpace(plain)
  if (apart) return { phones: apart }
  return { problem: wrong, suggestions: several.flatMap((phone) => phone ?? []) }
}

const unique = (phones: string[]): string[] => [...new Set(phones)]

function hasNoNumber(cell: string): boolean {
  return (
    /^[-–—.0?]*$/.test(cell) ||
    /^((tidak|tdk|belum|blm) (ada|punya|memiliki)|kosong|nihil|n\/a|#n\/a|null|none)\b.{0,10}$/i.test(cell)
  )
}

/** Without "HP:", "(WA)", a text mark of Excel, and in ASCII where it looks like it. */
function withoutWords(cell: string): string {
  return cell
    .normalize('NFKC')
    .replace(/[‐-―−]/g, '-')
    .replace(/^['’`]+/, '')
    .replace(/\((?:[^()\d]*)\)/g, ' ')
    .replace(/\b(hp|wa|telp|tlp|tel|no|nomor|whatsapp|kantor|rumah|istri|suami|anak)\b[.:]?/gi, ' ')
    .replace(/(\d{9,})\.0+$/, '$1')
    .trim()
}

function parseOne(text: string): string | undefined {
  return parsePhone(text.replace(/(\d{9,})\.0+$/, '$1'))
}

/** All digits stand in it if there are as many decimals as the exponent says, or so many that zeros only are left out. */
function fromExponent([, first = '', decimals = '', power = '']: RegExpExecArray): PhonesFound {
  const length = Number(power)
  // Excel shows five decimals at most unless asked for more.
  const whole = decimals.length > 5 && decimals.length <= length && length < 15
  const phone = whole ? parseOne(first + decimals.padEnd(length, '0')) : undefined
  if (phone) return { phones: [phone] }
  return { problem: shortened, suggestions: [] }
}

/** Two numbers with nothing but a space between, which may stand within each of them too. */
function splitAtSpace(text: string): string[] | undefined {
  const words = text.split(/\s+/)
  for (let at = 1; at < words.length; at++) {
    const [one, two] = [parseOne(words.slice(0, at).join(' ')), parseOne(words.slice(at).join(' '))]
    if (one && two) return unique([one, two])
  }
  return undefined
}
