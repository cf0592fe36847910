import { describe, expect, it } from 'vitest'
import { maskOf } from './mask.ts'

const { hide } = maskOf('Hj. Sari N. Wulandari, S.E.', ['+6281234567890'])

describe('a name and number are hidden', () => {
  it.each([
    ['Saya diganti Sari N. Wulandari besok', 'Saya diganti ••• besok'],
    ['ibu SARI WULANDARI', 'ibu •••'],
    ['(sari  wulandari)', '(•••)'],
    ['Hj. Sari N. Wulandari, S.E.', 'Hj. •••, S.E.'],
    ['nomornya 081234567890.', 'nomornya •••.'],
    ['nomornya 0812-3456-7890', 'nomornya •••'],
    ['+62 812 3456 7890', '•••'],
    ['6281234567890', '•••'],
  ])('%s', (text, hidden) => {
    expect(hide(text)).toBe(hidden)
  })

  it.each([
    ['another Sari', 'Sari Dewi datang'],
    ['a longer name', 'Sari Wulandarini'],
    ['another number', '0812345678901'],
    ['part of a longer number', '1081234567890123'],
    ['nothing', ''],
  ])('but not in %s', (_, text) => {
    expect(hide(text)).toBe(text)
  })

  it('in every text of a stored value, and never in the service’s own words', () => {
    const { hide: hideKey } = maskOf('Registered', [])
    expect(
      hideKey({ parts: [{ key: 'registered', facts: { name: 'Registered', count: 3 } }], gone: null }),
    ).toEqual({ parts: [{ key: 'registered', facts: { name: '•••', count: 3 } }], gone: null })
  })

  it('of nobody’s name and number hides nothing', () => {
    expect(maskOf('', []).hide('Sari 0812')).toBe('Sari 0812')
  })

  it('written in signs that mean something in a pattern', () => {
    expect(maskOf('A (B) [C]* D.', ['+62811']).hide('a b c d 0811 x')).toBe('••• ••• x')
  })
})
