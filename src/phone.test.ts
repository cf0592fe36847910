import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSamplePhone, parsePhone, readablePhone } from './phone.ts'

describe('parsePhone', () => {
  it.each([
    '0812-3456-7890',
    '+62 812 3456 7890',
    '6281234567890',
    '81234567890',
    '0062 812 3456 7890',
    '(0812) 3456.7890',
    '+62-812-3456-7890',
    ' 081234567890 ',
  ])('reads %s', (text) => {
    expect(parsePhone(text)).toBe('+6281234567890')
  })

  it('reads numbers of other countries and of land lines', () => {
    expect(parsePhone('+65 9123 4567')).toBe('+6591234567')
    expect(parsePhone('0778 323232')).toBe('+62778323232')
  })

  it('accepts sample numbers', () => {
    expect(parsePhone('+62 000 1234 5678')).toBe('+6200012345678')
    expect(parsePhone('6200012345678')).toBe('+6200012345678')
    expect(isSamplePhone('+6200012345678')).toBe(true)
    expect(isSamplePhone('+6281234567890')).toBe(false)
  })

  it.each([
    '',
    '-',
    '08123',
    '12345',
    'tidak ada',
    '0812345678901234567',
    '2171051234567890',
    '+62',
    '0812a4567890',
  ])('refuses %j', (text) => {
    expect(parsePhone(text)).toBeUndefined()
  })

  it('gives E.164 or nothing, and reads its own result again', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[+0-9 ().-]{0,20}$/), (text) => {
        const phone = parsePhone(text)
        if (phone === undefined) return
        expect(phone).toMatch(/^\+[1-9][0-9]{6,14}$/)
        expect(parsePhone(phone)).toBe(phone)
      }),
    )
  })
})

describe('a number as it is shown to be called', () => {
  it.each([
    ['+6281234567890', '0812-3456-7890'],
    ['+62778123456', '(0778) 123456'],
    ['+6591234567', '+65 9123 4567'],
    ['+6200012345678', '+6200012345678'],
    ['nothing', 'nothing'],
  ])('%s is %s', (phone, shown) => {
    expect(readablePhone(phone)).toBe(shown)
  })
})
