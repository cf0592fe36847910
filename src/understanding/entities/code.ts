import { isOrdinaryWord, longestRead, type Token } from '../normalise.ts'
import type { MentionOf } from './mention.ts'

const longestCode = 12
const hyphened =
  /(?<![\p{L}\p{N}/.@-])[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+(?:\/[A-Za-z0-9]{1,4})?(?![\p{L}\p{N}@-])/gu
const unbroken = /(?<![\p{L}\p{N}/.@-])[A-Za-z0-9]{4,6}(?![\p{L}\p{N}@/-])/gu
const spacedRegistration =
  /(?<![\p{L}\p{N}])reg\s+([a-z0-9]*\d[a-z0-9]*[a-z][a-z0-9]*|[a-z]+\d[a-z0-9]*)(?![\p{L}\p{N}-])/giu

const trainingCode = /^g\d{1,3}-(?=.*[a-z])[a-z0-9-]+(\/[a-z0-9]+)?$/i
const registrationCode = /^reg-[a-z0-9]{3,}$/i
/** Beginnings of posters' links: h- before an attendance code, t- before a training's. */
const linkPrefix = /^(h-(?=[a-z0-9]{4,6}$)|t-(?=[a-z0-9]+-))/i
/** Beginnings that are words with a number, in capitals or not: KE-3, COVID-19, H-1. */
const ordinaryBeginning = /^(\d+|ke|h|covid|rp|s|bab|usia|umur|f|u|a|mp|pt|cv|sk|no|km)$/i

const introducing = new Set(
  'hadir absen absensi kode code check checkin in presensi token kehadiran start daftar ambil lepas kelas konfirmasi pendaftaran registrasi'.split(
    ' ',
  ),
)
const reachOfIntroduction = 4

/**
 * Codes of trainings ('G3-A'), sessions ('G3-A/1'), registrations ('REG-8F3K2') and attendance ('hadir 7kq2',
 * or '7KQ2' alone). The value is in upper case.
 */
export function findCodes(tokens: readonly Token[], text: string): MentionOf<'code'>[] {
  const read = text.slice(0, longestRead)
  const found: MentionOf<'code'>[] = []
  for (const match of read.matchAll(spacedRegistration)) {
    found.push(codeMention(`REG-${match[1]}`, match[0], match.index))
  }
  for (const match of read.matchAll(hyphened)) {
    const prefix = linkPrefix.exec(match[0])?.[0] ?? ''
    const code = match[0].slice(prefix.length)
    if (prefix || isHyphenedCode(tokens, code, match.index))
      found.push(codeMention(code, code, match.index + prefix.length))
  }
  for (const match of read.matchAll(unbroken)) {
    const inside = found.some(({ start, end }) => match.index >= start && match.index < end)
    if (!inside && isAttendanceCode(tokens, match[0], match.index))
      found.push(codeMention(match[0], match[0], match.index))
  }
  return found.sort((a, b) => a.start - b.start)
}

function codeMention(code: string, written: string, start: number): MentionOf<'code'> {
  return { entity: 'code', value: code.toUpperCase(), text: written, start, end: start + written.length }
}

function isHyphenedCode(tokens: readonly Token[], written: string, start: number): boolean {
  const [code = ''] = written.split('/')
  if (code.length > longestCode || !/\d/.test(code) || !/[a-z]/i.test(code)) return false
  if (registrationCode.test(code) || trainingCode.test(code)) return true
  const [beginning = ''] = code.split('-')
  if (ordinaryBeginning.test(beginning) || isOrdinaryWord(beginning.toLowerCase())) return false
  return code === code.toUpperCase() || isIntroduced(tokens, start)
}

function isAttendanceCode(tokens: readonly Token[], written: string, start: number): boolean {
  const digits = written.replace(/\D/g, '').length
  const introduced = isIntroduced(tokens, start)
  if (digits === written.length) return digits === 4 && introduced && isRestOfMessage(tokens, start)
  if (digits === 0) return introduced && written === written.toUpperCase() && !/[AEIOUY]/.test(written)
  if (isMeasure(written)) return false
  if (isInterleaved(written)) return introduced || written === written.toUpperCase() || tokens.length === 1
  return introduced
}

/** '7kq2': digits and letters change places more than once, as in no word with a number. */
function isInterleaved(written: string): boolean {
  return /^(\d+[a-z]+\d|[a-z]+\d+[a-z])/i.test(written)
}

/** '100rb', '08wib', 'hari2', 'gel3': a number beside an ordinary word or its shorthand. */
function isMeasure(written: string): boolean {
  const letters = written.toLowerCase().replace(/\d/g, '')
  return (
    !isInterleaved(written) &&
    (isOrdinaryWord(letters) || /^(rb|jt|k|an|wib|wita|gb|mb|kg|cm|mm|nya|x|th|pm|am|g|w|m)$/.test(letters))
  )
}

function isIntroduced(tokens: readonly Token[], start: number): boolean {
  const at = tokens.findIndex((token) => token.end > start)
  const near = tokens.slice(Math.max(0, at - reachOfIntroduction), at + 3)
  return near.some(({ word, start: place }) => place !== start && introducing.has(word))
}

/** Whether nothing follows, and no more than two words stand before: 'HADIR 7492'. */
function isRestOfMessage(tokens: readonly Token[], start: number): boolean {
  const at = tokens.findIndex((token) => token.start === start)
  return at === tokens.length - 1 && at <= 2
}
