import { describe, expect, it } from 'vitest'
import { isoInWib, parseInstant } from '../time.ts'
import { nextOpening, openUntil, parseOfficeHours } from './office-hours.ts'

const at = (text: string): Date => {
  const instant = parseInstant(text)
  if (!instant) throw new Error(text)
  return instant
}

describe('OFFICE_HOURS', () => {
  it('reads a range of days', () => {
    expect(parseOfficeHours('Mon-Tue 07:30-16:00')).toEqual([
      { day: 1, from: 450, until: 960 },
      { day: 2, from: 450, until: 960 },
    ])
  })

  it('reads several, in any order and case, over the end of the week', () => {
    const hours = parseOfficeHours('fri 13:00-16:30,  Fri 7:30-11:30, sun-mon 09:00-24:00')
    expect(hours.map(({ day, from }) => [day, from])).toEqual([
      [1, 540],
      [5, 450],
      [5, 780],
      [7, 540],
    ])
  })

  it.each([
    ['', /^must be like Mon-Fri 07:30-16:00/],
    ['Mon-Fri', /not "Mon-Fri"/],
    ['Senin 08:00-16:00', /days Mon to Sun/],
    ['Mon 08:00-25:00', /must be like/],
    ['Mon 16:00-08:00', /must end later on the same day/],
    ['Mon 08:00-08:00', /must end later/],
    ['Mon-Fri 08:00-16:00, Wed 12:00-18:00', /overlap on Wed/],
  ])('refuses %j with what is right', (text, problem) => {
    expect(() => parseOfficeHours(text)).toThrow(problem)
  })
})

describe('until when somebody is there, and from when next', () => {
  const hours = parseOfficeHours('Mon-Thu 07:30-16:00, Fri 07:30-11:30, Fri 13:30-16:30')

  it.each([
    ['2026-11-25T07:29', undefined, '2026-11-25T07:30+07:00'],
    ['2026-11-25T07:30', '2026-11-25T16:00+07:00', '2026-11-26T07:30+07:00'],
    ['2026-11-25T15:59', '2026-11-25T16:00+07:00', '2026-11-26T07:30+07:00'],
    ['2026-11-25T16:00', undefined, '2026-11-26T07:30+07:00'],
    ['2026-11-27T12:00', undefined, '2026-11-27T13:30+07:00'],
    ['2026-11-27T20:00', undefined, '2026-11-30T07:30+07:00'],
    ['2026-11-29T00:00', undefined, '2026-11-30T07:30+07:00'],
  ])('at %s', (instant, until, next) => {
    const open = openUntil(hours, at(instant))
    expect(open && isoInWib(open)).toBe(until)
    expect(isoInWib(nextOpening(hours, at(instant)))).toBe(next)
  })

  it('one opening a week is found a week ahead', () => {
    const weekly = parseOfficeHours('Wed 08:00-10:00')
    expect(isoInWib(nextOpening(weekly, at('2026-11-25T08:00')))).toBe('2026-12-02T08:00+07:00')
  })
})
