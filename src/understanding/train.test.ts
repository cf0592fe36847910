import { describe, expect, it } from 'vitest'
import { intents } from './intents.ts'
import { examplesOf, wordsForClassifier } from './train.ts'

const fewestExamples = 40

describe('locales/id/examples', () => {
  it.each(intents)('%s has enough different examples', (intent) => {
    const different = new Set(examplesOf(intent).map((line) => line.toLowerCase()))
    expect(different.size).toBeGreaterThanOrEqual(fewestExamples)
    expect(different.size).toBe(examplesOf(intent).length)
  })

  it('has no line under two intents', () => {
    const intentOf = new Map<string, string>()
    const doubled: string[] = []
    for (const intent of intents) {
      for (const line of examplesOf(intent)) {
        const other = intentOf.get(line.toLowerCase())
        if (other) doubled.push(`${line}: ${other}, ${intent}`)
        intentOf.set(line.toLowerCase(), intent)
      }
    }
    expect(doubled).toEqual([])
  })
})

describe('wordsForClassifier', () => {
  it.each([
    ['gel 3 kpn mulai?', '§wave kapan mulai §?'],
    ['saya bendahara dari kel. Sadai', 'saya §role dari §area'],
    ['hadir 7kq2', 'hadir §code'],
    ['tgl 12 des', '§date'],
    ['', ''],
  ])('%s', (text, words) => {
    expect(wordsForClassifier(text)).toBe(words)
  })
})
