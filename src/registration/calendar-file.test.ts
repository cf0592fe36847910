import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calendarText } from './calendar-file.ts'

const now = new Date('2026-11-25T03:00:00Z')
const venue = {
  ...{ id: 'v', name: 'Kampus Indobaru; Aula 2', address: 'Batam Center, Batam', lat: 1.13, lon: 104.05 },
  ...{ directions: 'Naik pompong\nlalu ojek', sample: false },
}
const training = { code: 'G3-A', title: 'Kelembagaan', venue, requirements: 'Surat tugas' }
const session = {
  ...{ key: '1', title: 'Tata kelola', speaker: 'Ibu Sari', cancelledAt: null },
  ...{ starts: new Date('2026-12-05T01:00:00Z'), ends: new Date('2026-12-05T09:00:00Z') },
}

/** Lines as a reader takes them: unfolded. */
function linesOf(text: string): string[] {
  return text.replaceAll('\r\n ', '').split('\r\n')
}

describe('a calendar', () => {
  test('holds each session with its place, in UTC, and no alarm', () => {
    const text = calendarText(training, [session, { ...session, key: '2', title: '' }], now)
    expect(linesOf(text)).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Bimtek Koperasi Kepri//Bimtek//ID',
      'CALSCALE:GREGORIAN',
      'METHOD:PUBLISH',
      ...['1', '2'].flatMap((key) => [
        'BEGIN:VEVENT',
        `UID:G3-A/${key}@bimtek-koperasi-kepri`,
        'DTSTAMP:20261125T030000Z',
        'SEQUENCE:59886000',
        'DTSTART:20261205T010000Z',
        'DTEND:20261205T090000Z',
        key === '1' ? 'SUMMARY:Kelembagaan: Tata kelola' : 'SUMMARY:Kelembagaan',
        'LOCATION:Kampus Indobaru\\; Aula 2\\, Batam Center\\, Batam',
        'GEO:1.13;104.05',
        'DESCRIPTION:G3-A\\nIbu Sari\\nNaik pompong\\nlalu ojek\\nSurat tugas',
        'STATUS:CONFIRMED',
        'END:VEVENT',
      ]),
      'END:VCALENDAR',
      '',
    ])
  })

  test('written later outranks the earlier one, and keeps the session’s id', () => {
    const [before, after] = [now, new Date(now.getTime() + 1000)].map((at) =>
      calendarText(training, [session], at),
    )
    const of = (text = '', name: string) => linesOf(text).find((line) => line.startsWith(`${name}:`)) ?? ''
    expect(of(before, 'UID')).toBe(of(after, 'UID'))
    expect(Number(of(after, 'SEQUENCE').slice(9))).toBe(Number(of(before, 'SEQUENCE').slice(9)) + 1)
  })

  test('of cancelled sessions alone cancels; among others only these', () => {
    const cancelled = { ...session, cancelledAt: now }
    expect(linesOf(calendarText(training, [cancelled], now))).toEqual(
      expect.arrayContaining(['METHOD:CANCEL', 'STATUS:CANCELLED']),
    )
    const mixed = linesOf(calendarText(training, [cancelled, { ...session, key: '2' }], now))
    expect(mixed).toEqual(expect.arrayContaining(['METHOD:PUBLISH', 'STATUS:CANCELLED', 'STATUS:CONFIRMED']))
  })

  test('whatever the words, no line is longer than 75 octets, and all come back', () => {
    const word = fc.string({
      unit: fc.constantFrom('a', 'é', '👩🏽‍🌾', ';', ',', '\\', '\n', ' ', ':'),
      maxLength: 200,
    })
    fc.assert(
      fc.property(word, (title) => {
        const text = calendarText({ ...training, title }, [{ ...session, title: '' }], now)
        expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true)
        const summary = linesOf(text).find((line) => line.startsWith('SUMMARY:')) ?? ''
        const back = summary.slice(8).replace(/\\(.)/g, (_, mark: string) => (mark === 'n' ? '\n' : mark))
        expect(back).toBe(title)
      }),
    )
  })
})
