import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitsName, letterMask, likelyKeys, mayBeSame, nameWords, sameName } from './names.ts'

const word = fc.string({ unit: fc.constantFrom(...'abcdi'), minLength: 1, maxLength: 10 })
const name = fc.array(word, { minLength: 1, maxLength: 4 })

type Edit = { word: number; at: number; how: 'swap' | 'drop' | 'add' | 'change'; letter: string }
const edit: fc.Arbitrary<Edit> = fc.record({
  ...{ word: fc.nat(3), at: fc.nat(9), letter: fc.constantFrom(...'abcdi') },
  how: fc.constantFrom('swap', 'drop', 'add', 'change'),
})

/** The name with a typing error. */
function misspelt(words: string[], { word: index, at, how, letter }: Edit): string[] {
  const place = index % words.length
  const old = words[place] ?? ''
  const [before, after] = [old.slice(0, at), old.slice(at)]
  const changed = {
    swap: before + (after[1] ?? '') + (after[0] ?? '') + after.slice(2),
    drop: before + after.slice(1),
    add: before + letter + after,
    change: before + letter + after.slice(1),
  }[how]
  return words.with(place, changed || old)
}

describe('names that are the same', () => {
  it('share a key, and pass the quick look', () => {
    fc.assert(
      fc.property(name, fc.array(edit, { maxLength: 2 }), (words, edits) => {
        const other = edits.reduce(misspelt, words)
        fc.pre(sameName(words, other))
        const keys = new Set(likelyKeys(words))
        expect(likelyKeys(other).some((key) => keys.has(key))).toBe(true)
        expect(mayBeSame(letterMask(words), letterMask(other))).toBe(true)
      }),
      { numRuns: 5_000 },
    )
  })

  it.each([
    ['H. Siti Aminah, S.E.', 'siti aminnah', true],
    ['Abdul Rahman', 'Abdulrahman', true],
    ['Sri Lestari', 'Tri Lestari', false],
    ['Muhammad Yusuf', 'M. Yusuf', true],
    ['Budi Santoso', 'Budi Santosa', true],
    ['Budi Santoso', 'Rudi Santoso', false],
  ])('%s, %s: %s', (a, b, same) => {
    expect(sameName(nameWords(a), nameWords(b))).toBe(same)
  })
})

describe('a name that is given', () => {
  it.each([
    ['Sari', 'Sari Dewi Lestari', true],
    ['sari lestari', 'Sari Dewi Lestari', true],
    ['Lestari Sari', 'Sari Dewi Lestari', false],
    ['Ibu Sari Dewi Lestarri, S.E.', 'Sari Dewi Lestari', true],
    ['Siti', 'Siti Aminah', false],
    ['Muhammad', 'Muhammad Yusuf', false],
    ['Siti', 'Siti', true],
    ['Suparman Hadi', 'Suparman', true],
    ['Suparman Budi Joko', 'Suparman', false],
    ['Tono', 'Sari Dewi Lestari', false],
    ['Sari Tono', 'Sari Dewi Lestari', false],
    ['', 'Sari', false],
  ])('%s for %s: %s', (given, stored, fits) => {
    expect(fitsName(nameWords(given), nameWords(stored))).toBe(fits)
  })
})
