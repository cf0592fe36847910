import { once } from 'node:events'
import { StringDecoder } from 'node:string_decoder'
import { parseInstant } from '../time.ts'
import { loadClassifier } from '../understanding/train.ts'
import { type Understanding, understand } from '../understanding/understand.ts'
import { UsageError } from './usage.ts'

/**
 * `bimtek understand`: reads lines of text, writes what each says as one JSON object a line. `now` is the
 * instant that dates are counted from (ISO 8601, WIB if it names no zone); the present one by default.
 */
export async function understandCommand(
  options: { now?: string },
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<void> {
  const now = options.now === undefined ? new Date() : parseInstant(options.now)
  if (!now) throw new UsageError(`--now ${options.now} is no ISO instant such as 2026-11-20T08:00+07:00`)
  const classifier = loadClassifier()
  for await (const line of linesOf(input)) {
    const taken = output.write(`${printed(understand(line, { now, classifier }))}\n`)
    if (!taken) await once(output, 'drain')
  }
}

function printed({ text, intent, also, confidence, entities, mentions }: Understanding): string {
  const rounded = Math.round(confidence * 10_000) / 10_000
  return JSON.stringify({
    text,
    intent,
    also,
    confidence: rounded,
    entities,
    mentions: mentions.map(({ entity, value, text, start, end }) => ({ entity, value, text, start, end })),
  })
}

/** Lines end at \n or \r\n, and nowhere else: U+2028 may stand in a message. */
async function* linesOf(input: NodeJS.ReadableStream): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  for await (const chunk of input) {
    const lines = (rest + (typeof chunk === 'string' ? chunk : decoder.write(chunk))).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield line.replace(/\r$/, '')
  }
  rest += decoder.end()
  if (rest !== '') yield rest.replace(/\r$/, '')
}
