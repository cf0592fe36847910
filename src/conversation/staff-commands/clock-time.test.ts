import { describe, expect, it } from 'vitest'
import { isoInWib, parseInstant } from '../../time.ts'
import { loadClassifier } from '../../understanding/train.ts'
import { understand } from '../../understanding/understand.ts'
import { clockIn, instantIn } from './clock-time.ts'

describe('a time of day', () => {
  it.each([
    ['jam 8', '08:00'],
    ['pukul 08.30 wib', '08:30'],
    ['pkl 13:15', '13:15'],
    ['jam 2', '14:00'],
    ['02.00', '02:00'],
    ['jam 2 pagi', '02:00'],
    ['jam setengah 9', '08:30'],
    ['setengah dua siang', '13:30'],
    ['jam delapan pagi', '08:00'],
    ['jam dua belas', '12:00'],
    ['7 malam', '19:00'],
    ['jm 9.00', '09:00'],
  ])('%s', (text, expected) => {
    const minutes = clockIn(text) ?? Number.NaN
    const told = [Math.floor(minutes / 60), minutes % 60].map((each) => String(each).padStart(2, '0'))
    expect(told.join(':')).toBe(expected)
  })

  it.each(['besok', '12/12', '12.12.2026', 'G3-A/1', 'jam 25', '8.75', 'ombak 3 meter'])(
    'not in %s',
    (text) => {
      expect(clockIn(text)).toBeUndefined()
    },
  )
})

describe('an instant, of a session on Saturday the 5th at 08:00', () => {
  const now = parseInstant('2026-11-25T05:30') as Date
  const at = parseInstant('2026-12-05T08:00') as Date
  const classifier = loadClassifier()
  const read = (text: string) => {
    const found = instantIn(text, understand(text, { now, classifier }), at)
    return found instanceof Date ? isoInWib(found).slice(0, 16) : found
  }

  it.each([
    ['ke Sabtu 12 Des jam 8', '2026-12-12T08:00'],
    ['12/12 13.30', '2026-12-12T13:30'],
    ['minggu 6 des', '2026-12-06T08:00'],
    ['jam 9', '2026-12-05T09:00'],
    ['mundur 2 jam', '2026-12-05T10:00'],
    ['dimajukan 1 hari', '2026-12-04T08:00'],
    ['undur 30 menit', '2026-12-05T08:30'],
    ['2026-12-12T07:30', '2026-12-12T07:30'],
    ['dari jam 8 ke jam 10', '2026-12-05T10:00'],
    ['dari sabtu 5 des ke minggu 6 des jam 9', '2026-12-06T09:00'],
    ['besok jam 2 siang', '2026-11-26T14:00'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected)
  })

  it('is asked for when only a week is named, or nothing', () => {
    expect(read('minggu depan')).toBe('no-day')
    expect(read('ombak tinggi')).toBeUndefined()
  })
})
