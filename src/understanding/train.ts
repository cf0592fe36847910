import { existsSync, readFileSync } from 'node:fs'
import { type Classifier, type Example, trainClassifier } from './classify.ts'
import { findMentions } from './entities/entities.ts'
import { type Intent, intents } from './intents.ts'
import { tokenise } from './normalise.ts'

const examplesFolder = new URL('../../locales/id/examples/', import.meta.url)

/** The lines of locales/id/examples/<intent>.txt, one message each, in the order of the file. */
export function examplesOf(intent: Intent): string[] {
  const file = new URL(`${intent}.txt`, examplesFolder)
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/**
 * A classifier of the intents, trained in a second or two with the examples that ship with the project and those
 * learnt since.
 */
export function loadClassifier(learnt: readonly Example[] = []): Classifier {
  const shipped = intents.flatMap((intent) => examplesOf(intent).map((text) => ({ text, label: intent })))
  return trainClassifier([...shipped, ...learnt], { prepare: wordsForClassifier })
}

/** Which day it is does not change where dates stand. */
const anyDay = new Date(0)
const replaced: ReadonlySet<string> = new Set(['wave', 'date', 'area', 'role', 'code'])

/**
 * What the classifier looks at: the words in their Indonesian form, with §wave, §date, §area, §role or §code
 * for each of these, and §? for a question mark.
 */
export function wordsForClassifier(text: string): string {
  const tokens = tokenise(text)
  const mentions = findMentions(tokens, text, anyDay).filter(({ entity }) => replaced.has(entity))
  const words: string[] = []
  let lastEnd = -1
  for (const { word, start, end } of tokens) {
    const mention = mentions.find((each) => start >= each.start && end <= each.end)
    if (!mention) words.push(word)
    else if (mention.end !== lastEnd) words.push(`§${mention.entity}`)
    lastEnd = mention?.end ?? -1
  }
  if (text.includes('?')) words.push('§?')
  return words.join(' ')
}
