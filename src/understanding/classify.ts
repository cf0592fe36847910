/**
 * A linear classifier of short texts, of our own: one-versus-rest support vector machines, trained together by
 * dual coordinate descent (Hsieh et al., ICML 2008), over words, pairs of words and runs of 2 to 5 characters.
 * It knows nothing of the labels: it is trained with whatever it is given, and the same examples in the same
 * order give the same classifier.
 */

export type Example = { text: string; label: string }

/** A label, and how probable it is that it is the right one: from 0 to 1. */
export type Ranked = { label: string; confidence: number }

export type Classifier = {
  /** Every label, best first; the confidences sum up to 1. Empty if it was trained with no example. */
  classify(text: string): Ranked[]
}

export type ClassifierOptions = {
  /**
   * Brings a text, in training and classifying alike, into the words that are looked at, with one space
   * between. A word that begins with § stands for something recognised: it counts as a word, not by its
   * letters. Default: lower case.
   */
  prepare?: (text: string) => string
  /** Seed of the order in which examples are seen. */
  seed?: number
  /** Passes over the examples. */
  epochs?: number
  /** What an error in training costs; higher follows the examples more closely. */
  cost?: number
  /** How many times more it costs to miss a label than to claim it wrongly. */
  missCost?: number
}

const defaults = { prepare: (text: string) => text.toLowerCase(), seed: 7, epochs: 4, cost: 1.5, missCost: 3 }

const shortestRun = 2
const longestRun = 5

/** Value of the feature that every text has, which lets a machine lean towards no. */
const biasValue = 0.4

/** Words and characters weigh the same: each block of a vector has this length. */
const blockLength = Math.SQRT1_2

/**
 * By how much a margin is multiplied before it becomes a probability; measured by training with two writers'
 * examples and looking at the third's: confidence and share of right ones then differ by 0.05 at most.
 */
const sharpness = 5

/** Numbers from 0 to below 1 that are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let value = Math.imul(state ^ (state >>> 15), state | 1)
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61)
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296
  }
}

// Features: 32-bit hashes; with some 10^5 of them, hardly two fall together

type Features = { words: Uint32Array; runs: Uint32Array }

const wordKind = 1
const runKind = 2
const hashBasis = 2_166_136_261
const hashPrime = 16_777_619

function mixed(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return (once ^ (once >>> 13)) >>> 0
}

function hashOf(text: string, kind: number): number {
  let hash = hashBasis ^ kind
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), hashPrime)
  return mixed(hash)
}

function featuresOf(prepared: string): Features {
  const words = prepared.split(' ').filter((word) => word !== '')
  return { words: wordHashes(words), runs: runHashes(words.filter((word) => !word.startsWith('§'))) }
}

/** Words, and pairs of neighbours, the beginning and the end among them; in ascending order. */
function wordHashes(words: readonly string[]): Uint32Array {
  const hashes: number[] = words.map((word) => hashOf(word, wordKind))
  for (let i = 0; i <= words.length; i++)
    hashes.push(hashOf(`${words[i - 1] ?? '^'} ${words[i] ?? '$'}`, wordKind))
  return Uint32Array.from(hashes).sort()
}

/** Runs of characters within a word, its borders as spaces; in ascending order. */
function runHashes(words: readonly string[]): Uint32Array {
  const hashes: number[] = []
  for (const word of words) {
    const bordered = ` ${word} `
    for (let from = 0; from + shortestRun <= bordered.length; from++) {
      let hash = hashBasis ^ runKind
      const end = Math.min(from + longestRun, bordered.length)
      for (let at = from; at < end; at++) {
        hash = Math.imul(hash ^ bordered.charCodeAt(at), hashPrime)
        if (at - from + 1 >= shortestRun) hashes.push(mixed(hash))
      }
    }
  }
  return Uint32Array.from(hashes).sort()
}

/** Calls back with each different hash and how often it stands in the sorted list. */
function eachDifferent(sorted: Uint32Array, visit: (hash: number, count: number) => void): void {
  for (let at = 0; at < sorted.length; ) {
    const hash = sorted[at] as number
    let end = at + 1
    while (sorted[end] === hash) end++
    visit(hash, end - at)
    at = end
  }
}

// Vectors

/** Features of the training texts: their number, and how much each tells (root of its inverse frequency). */
type Vocabulary = { indexOf: Map<number, number>; weights: Float32Array; size: number }

/** A sparse vector. */
type Vector = { indices: Int32Array; values: Float32Array }

function vocabularyOf(texts: readonly Features[]): Vocabulary {
  const indexOf = new Map<number, number>()
  const counts: number[] = []
  const count = (hash: number) => {
    const index = indexOf.get(hash)
    if (index === undefined) {
      indexOf.set(hash, counts.length)
      counts.push(1)
    } else {
      counts[index] = (counts[index] as number) + 1
    }
  }
  for (const { words, runs } of texts) {
    eachDifferent(words, count)
    eachDifferent(runs, count)
  }
  const weights = Float32Array.from(counts, (n) => Math.sqrt(Math.log((texts.length + 1) / (n + 1))))
  return { indexOf, weights, size: counts.length }
}

function vectorOf({ words, runs }: Features, vocabulary: Vocabulary): Vector {
  const indices = new Int32Array(words.length + runs.length + 1)
  const values = new Float32Array(words.length + runs.length + 1)
  const afterWords = addBlock(words, vocabulary, indices, values, 0)
  const end = addBlock(runs, vocabulary, indices, values, afterWords)
  indices[end] = vocabulary.size
  values[end] = biasValue
  return { indices: indices.subarray(0, end + 1), values: values.subarray(0, end + 1) }
}

/** Adds the known ones of these features, scaled to the length of a block; returns where the next begin. */
function addBlock(
  hashes: Uint32Array,
  { indexOf, weights }: Vocabulary,
  indices: Int32Array,
  values: Float32Array,
  from: number,
): number {
  let next = from
  let squares = 0
  eachDifferent(hashes, (hash, count) => {
    const index = indexOf.get(hash)
    if (index === undefined) return
    const value = (1 + Math.log(count)) * (weights[index] as number)
    indices[next] = index
    values[next++] = value
    squares += value * value
  })
  const scale = squares > 0 ? blockLength / Math.sqrt(squares) : 0
  for (let at = from; at < next; at++) values[at] = (values[at] as number) * scale
  return next
}

// Machines, one a label; the weights of one feature for all labels stand side by side

function addScores({ indices, values }: Vector, weights: Float32Array, scores: Float64Array): void {
  const labels = scores.length
  scores.fill(0)
  for (let at = 0; at < indices.length; at++) {
    const value = values[at] as number
    const row = (indices[at] as number) * labels
    for (let label = 0; label < labels; label++) {
      scores[label] = (scores[label] as number) + value * (weights[row + label] as number)
    }
  }
}

function addToWeights({ indices, values }: Vector, weights: Float32Array, steps: Float64Array): void {
  const labels = steps.length
  for (let at = 0; at < indices.length; at++) {
    const value = values[at] as number
    const row = (indices[at] as number) * labels
    for (let label = 0; label < labels; label++) {
      weights[row + label] = (weights[row + label] as number) + value * (steps[label] as number)
    }
  }
}

type Training = { vectors: readonly Vector[]; targets: Int32Array; labels: number; features: number }

/** Weights, feature by feature, that separate each label from the others (squared hinge loss). */
function trainMachines(
  { vectors, targets, labels, features }: Training,
  { seed, epochs, cost, missCost }: Required<Omit<ClassifierOptions, 'prepare'>>,
): Float32Array {
  const weights = new Float32Array(features * labels)
  const duals = new Float32Array(vectors.length * labels)
  const squares = Float64Array.from(vectors, ({ values }) =>
    values.reduce((sum, value) => sum + value * value, 0),
  )
  const scores = new Float64Array(labels)
  const steps = new Float64Array(labels)
  const random = seededRandom(seed)
  const order = Int32Array.from(vectors.keys())
  const slackOfLabel = 1 / (2 * cost * missCost)
  const slackOfOthers = 1 / (2 * cost)
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random)
    for (const example of order) {
      const vector = vectors[example] as Vector
      addScores(vector, weights, scores)
      let changed = false
      for (let label = 0; label < labels; label++) {
        const sign = targets[example] === label ? 1 : -1
        const slack = sign > 0 ? slackOfLabel : slackOfOthers
        const place = example * labels + label
        const dual = duals[place] as number
        const gradient = sign * (scores[label] as number) - 1 + slack * dual
        const better = Math.max(dual - gradient / ((squares[example] as number) + slack), 0)
        steps[label] = (better - dual) * sign
        if (better === dual) continue
        duals[place] = better
        changed = true
      }
      if (changed) addToWeights(vector, weights, steps)
    }
  }
  return weights
}

function shuffle(order: Int32Array, random: () => number): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    const kept = order[at] as number
    order[at] = order[other] as number
    order[other] = kept
  }
}

/** What training has found; plain data, so that it can be stored. */
export type Model = {
  labels: string[]
  /** The hash of each feature, by its number. */
  hashes: Uint32Array
  /** How much each feature tells, by its number. */
  tells: Float32Array
  /** The machines' weights; those of one feature for all labels stand side by side. */
  machines: Float32Array
}

/** Trains a model of the labels that the examples have; their order decides nothing but ties. */
export function trainModel(examples: readonly Example[], options: ClassifierOptions = {}): Model {
  const settings = { ...defaults, ...options }
  const labels = [...new Set(examples.map(({ label }) => label))].sort()
  const numberOf = new Map(labels.map((label, number) => [label, number]))
  const features = examples.map(({ text }) => featuresOf(settings.prepare(text)))
  const vocabulary = vocabularyOf(features)
  const machines = trainMachines(
    {
      vectors: features.map((each) => vectorOf(each, vocabulary)),
      targets: Int32Array.from(examples, ({ label }) => numberOf.get(label) ?? 0),
      labels: labels.length,
      features: vocabulary.size + 1,
    },
    settings,
  )
  return { labels, hashes: Uint32Array.from(vocabulary.indexOf.keys()), tells: vocabulary.weights, machines }
}

/** A classifier with a trained model; `prepare` must be the one with which it was trained. */
export function classifierOf(model: Model, prepare: (text: string) => string = defaults.prepare): Classifier {
  const { labels, hashes, tells, machines } = model
  const indexOf = new Map<number, number>()
  for (const [index, hash] of hashes.entries()) indexOf.set(hash, index)
  const vocabulary = { indexOf, weights: tells, size: hashes.length }
  return {
    classify(text) {
      const scores = new Float64Array(labels.length)
      addScores(vectorOf(featuresOf(prepare(text)), vocabulary), machines, scores)
      return ranked(labels, scores)
    },
  }
}

/** A classifier trained with these examples. */
export function trainClassifier(examples: readonly Example[], options: ClassifierOptions = {}): Classifier {
  return classifierOf(trainModel(examples, options), options.prepare)
}

function ranked(labels: readonly string[], scores: Float64Array): Ranked[] {
  const best = scores.reduce((highest, score) => Math.max(highest, score), Number.NEGATIVE_INFINITY)
  const likelihoods = scores.map((score) => Math.exp((score - best) * sharpness))
  const sum = likelihoods.reduce((total, likelihood) => total + likelihood, 0)
  return labels
    .map((label, number) => ({ label, confidence: (likelihoods[number] ?? 0) / sum }))
    .sort((a, b) => b.confidence - a.confidence)
}
