import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { deserialize, serialize } from 'node:v8'
import { type Classifier, classifierOf, type Example, type Model, trainModel } from './classify.ts'
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

/** Where the build leaves the trained model: beside the compiled code that made it, so never beside the source. */
const modelFile = new URL('./model.bin', import.meta.url)

type StoredModel = { examples: string; model: Model }

function shippedExamples(): Example[] {
  return intents.flatMap((intent) => examplesOf(intent).map((text) => ({ text, label: intent })))
}

/** Changes whenever an example does. */
function keyOf(examples: readonly Example[]): string {
  const hash = createHash('sha256')
  for (const { text, label } of examples) hash.update(`${label}\t${text}\n`)
  return hash.digest('hex')
}

/** Trains with the examples that ship with the project and stores the model for `loadClassifier`; its size in bytes. */
export function writeModel(): number {
  const examples = shippedExamples()
  const model = trainModel(examples, { prepare: wordsForClassifier })
  const bytes = serialize({ examples: keyOf(examples), model } satisfies StoredModel)
  writeFileSync(modelFile, bytes)
  return bytes.length
}

function storedModel(examples: readonly Example[]): Model | undefined {
  if (!existsSync(modelFile)) return undefined
  const stored = deserialize(readFileSync(modelFile)) as StoredModel
  return stored.examples === keyOf(examples) ? stored.model : undefined
}

/**
 * The classifier of the intents: with the build's model if the examples are still those, else trained anew in a
 * second or two.
 */
export function loadClassifier(): Classifier {
  const examples = shippedExamples()
  const model = storedModel(examples) ?? trainModel(examples, { prepare: wordsForClassifier })
  return classifierOf(model, wordsForClassifier)
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
