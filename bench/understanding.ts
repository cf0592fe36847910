import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { loadClassifier } from '../src/understanding/train.ts'
import { type Understanding, understand } from '../src/understanding/understand.ts'

const testSet = new URL('./understanding/test-set/', import.meta.url)
const unwanted = 'out_of_scope'
const now = new Date('2026-11-24T02:00:00Z')
const worstShown = 10
const confusionsShown = 15

type Case = { voice: string; label: string; also: string[]; text: string }
type Outcome = { test: Case; understood: Understanding; microseconds: number }

/**
 * Measures understanding on bench/understanding/test-set/*.tsv (label TAB also, by comma TAB text; one file a
 * voice) and prints figures: counts and labels only, never a message, so that the test set stays unseen.
 * `args` may name one folder of such files to measure instead.
 */
export async function run(args: string[]): Promise<void> {
  const folder = args[0] ?? fileURLToPath(testSet)
  const cases = readCases(folder)
  if (cases.length === 0) throw new Error(`no test messages in ${folder}`)
  const start = performance.now()
  const classifier = loadClassifier()
  const trainingTime = performance.now() - start
  const outcomes = cases.map((test): Outcome => {
    const before = performance.now()
    const understood = understand(test.text, { now, classifier })
    return { test, understood, microseconds: (performance.now() - before) * 1_000 }
  })
  process.stdout.write(`${[...table(outcomes, trainingTime)].join('\n')}\n`)
}

function readCases(folder: string): Case[] {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.tsv'))
    .sort()
  return files.flatMap((file) =>
    readFileSync(`${folder}/${file}`, 'utf8')
      .split('\n')
      .map((line) => line.replace(/\r$/, '').split('\t'))
      .filter((fields) => fields.length >= 3 && fields[0] !== 'label')
      .map(([label = '', also = '', ...text]) => ({
        voice: file.replace(/\.tsv$/, ''),
        label: label.trim(),
        also: also.split(/[,;\s]+/).filter((each) => each !== '' && each !== '-'),
        text: text.join('\t'),
      })),
  )
}

function isRight({ test, understood }: Outcome): boolean {
  return understood.intent === test.label
}

function isAmongThree({ test, understood }: Outcome): boolean {
  return [understood, ...understood.alternatives].some(({ intent }) => intent === test.label)
}

function* table(outcomes: readonly Outcome[], trainingTime: number): Generator<string> {
  const inScope = outcomes.filter(({ test }) => test.label !== unwanted)
  const outside = outcomes.filter(({ test }) => test.label === unwanted)
  yield row('in scope, right', share(inScope, isRight))
  yield row('in scope, right within three', share(inScope, isAmongThree))
  yield row('out of scope, rejected', share(outside, isRight))
  yield row(
    'in scope, lost to out_of_scope',
    share(inScope, ({ understood }) => understood.intent === unwanted),
  )
  yield row('also, found', alsoFound(outcomes))
  yield row('also, claimed where there is none', share(withoutAlso(outcomes), claimsAlso))
  yield row('training', `${Math.round(trainingTime)} ms`)
  yield row('a message, median', `${Math.round(median(outcomes.map(({ microseconds }) => microseconds)))} µs`)
  yield ''
  for (const [voice, ofVoice] of groups(outcomes, ({ test }) => test.voice)) {
    const within = ofVoice.filter(({ test }) => test.label !== unwanted)
    yield row(`voice ${voice}`, `${share(within, isRight)}, all ${share(ofVoice, isRight)}`)
  }
  yield ''
  for (const [label, wrong, all] of worstLabels(outcomes)) yield row(label, `${wrong} of ${all} wrong`)
  yield ''
  for (const [confusion, count] of confusions(outcomes)) yield row(confusion, `${count}`)
}

function row(name: string, figure: string): string {
  return `${name.padEnd(48)} ${figure}`
}

function share(outcomes: readonly Outcome[], holds: (outcome: Outcome) => boolean): string {
  const count = outcomes.filter(holds).length
  return `${count} of ${outcomes.length} (${((100 * count) / Math.max(1, outcomes.length)).toFixed(1)} %)`
}

function withoutAlso(outcomes: readonly Outcome[]): Outcome[] {
  return outcomes.filter(({ test }) => test.also.length === 0)
}

function claimsAlso({ understood }: Outcome): boolean {
  return understood.also.length > 0
}

function alsoFound(outcomes: readonly Outcome[]): string {
  let found = 0
  let all = 0
  for (const { test, understood } of outcomes) {
    all += test.also.length
    found += test.also.filter((label) => understood.also.some((intent) => intent === label)).length
  }
  return `${found} of ${all} (${((100 * found) / Math.max(1, all)).toFixed(1)} %)`
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function groups(outcomes: readonly Outcome[], keyOf: (outcome: Outcome) => string): Map<string, Outcome[]> {
  const byKey = new Map<string, Outcome[]>()
  for (const outcome of outcomes) byKey.set(keyOf(outcome), [...(byKey.get(keyOf(outcome)) ?? []), outcome])
  return byKey
}

function worstLabels(outcomes: readonly Outcome[]): [string, number, number][] {
  return [...groups(outcomes, ({ test }) => test.label)]
    .map(([label, all]): [string, number, number] => [
      label,
      all.filter((outcome) => !isRight(outcome)).length,
      all.length,
    ])
    .sort((a, b) => b[1] - a[1])
    .slice(0, worstShown)
}

function confusions(outcomes: readonly Outcome[]): [string, number][] {
  const wrong = outcomes.filter((outcome) => !isRight(outcome))
  return [...groups(wrong, ({ test, understood }) => `${test.label} > ${understood.intent}`)]
    .map(([confusion, all]): [string, number] => [confusion, all.length])
    .sort((a, b) => b[1] - a[1])
    .slice(0, confusionsShown)
}
