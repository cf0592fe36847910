import { describe, expect, it } from 'vitest'
import { type Example, seededRandom, trainClassifier } from './classify.ts'

const corpus: Example[] = [
  ...['book a table for two', 'reserve a table tonight', 'I want a table', 'table for four please'].map(
    (text) => ({
      text,
      label: 'reserve',
    }),
  ),
  ...['cancel my booking', 'please cancel the table', 'I must cancel', 'call off my reservation'].map(
    (text) => ({
      text,
      label: 'cancel',
    }),
  ),
  ...['what is on the menu', 'do you have vegan food', 'show me the menu', 'any fish today'].map((text) => ({
    text,
    label: 'menu',
  })),
]

describe('trainClassifier', () => {
  const classifier = trainClassifier(corpus)

  it.each([
    ['a table for three tonight', 'reserve'],
    ['cancel it please', 'cancel'],
    ['cancle my boking', 'cancel'],
    ['the menu please', 'menu'],
    ['do you have fish', 'menu'],
  ])('%s', (text, label) => {
    expect(classifier.classify(text)[0]?.label).toBe(label)
  })

  it('ranks every label, with confidences that sum up to 1', () => {
    const ranked = classifier.classify('cancel my table')
    expect(ranked.map(({ label }) => label).sort()).toEqual(['cancel', 'menu', 'reserve'])
    expect(ranked.reduce((sum, { confidence }) => sum + confidence, 0)).toBeCloseTo(1)
    const confidences = ranked.map(({ confidence }) => confidence)
    expect(confidences).toEqual([...confidences].sort((a, b) => b - a))
  })

  it('is surer of what it has seen than of what it has not', () => {
    const seen = classifier.classify('cancel my booking')[0]?.confidence ?? 0
    const unseen = classifier.classify('zzz qqq')[0]?.confidence ?? 1
    expect(seen).toBeGreaterThan(0.9)
    expect(unseen).toBeLessThan(0.6)
  })

  it('is the same each time it is trained', () => {
    const again = trainClassifier(corpus)
    for (const text of ['a table', 'cancel', 'menu', 'zzz', '']) {
      expect(again.classify(text)).toEqual(classifier.classify(text))
    }
  })

  it('looks at what `prepare` makes of a text', () => {
    const shouting = trainClassifier(corpus, {
      prepare: (text) => text.toLowerCase().replace('stop', 'cancel'),
    })
    expect(shouting.classify('STOP my booking')[0]?.label).toBe('cancel')
  })

  it('takes no examples, one label, and odd texts', () => {
    expect(trainClassifier([]).classify('a')).toEqual([])
    expect(trainClassifier([{ text: 'a', label: 'x' }]).classify('b')).toEqual([
      { label: 'x', confidence: 1 },
    ])
    expect(classifier.classify('')).toHaveLength(3)
    expect(classifier.classify('x'.repeat(10_000))).toHaveLength(3)
  })
})

describe('seededRandom', () => {
  it('repeats itself for a seed and lies between 0 and 1', () => {
    const numbers = (seed: number) => Array.from({ length: 5 }, seededRandom(seed))
    expect(numbers(1)).toEqual(numbers(1))
    expect(numbers(1)).not.toEqual(numbers(2))
    expect(numbers(3).every((number) => number >= 0 && number < 1)).toBe(true)
  })
})
