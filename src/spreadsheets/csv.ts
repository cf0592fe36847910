import { createReadStream } from 'node:fs'
import { pipeline, Readable, Transform } from 'node:stream'
import { parse } from 'csv-parse'
import { parse as parseAll } from 'csv-parse/sync'
import { type FileSource, firstBytes, readable, type SheetRow, UnreadableFile } from './file.ts'

/** How much of a file the separator is chosen by: letterhead, heading and some hundred rows. */
const headBytes = 64 * 1024
/** No row of a table is longer; a quotation mark that is never closed would gather the rest of the file. */
const longestRow = 64 * 1024
const delimiters = [',', ';', '\t']

export type CsvOptions = {
  /** What the table is called in reports, for want of a sheet's name. */
  name: string
  /** How many headings that the reader knows stand in a row: it tells the separator. */
  knownHeadings: (cells: string[]) => number
}

type Form = { encoding: string; delimiter: string; quote: boolean }

/**
 * The rows of a CSV file as a stream, whatever its size: comma, semicolon or tab; UTF-8, UTF-16 or Windows-1252.
 * The file is read twice: its encoding and the use of its quotation marks are only known at its end.
 */
export async function* csvRows(source: FileSource, options: CsvOptions): AsyncGenerator<SheetRow> {
  const form = await formOf(source, options.knownHeadings)
  let row = 0
  for await (const cells of records(source, form)) {
    row += 1
    yield { sheet: options.name, row, cells }
  }
}

async function formOf(source: FileSource, knownHeadings: CsvOptions['knownHeadings']): Promise<Form> {
  const head = await firstBytes(source, headBytes)
  if (looksBinary(head)) throw new UnreadableFile('this is no table: neither CSV nor an Excel file (.xlsx)')
  const encoding = await encodingOf(source, head)
  const delimiter = delimiterOf(new TextDecoder(encoding).decode(head), knownHeadings)
  const form = { encoding, delimiter, quote: true }
  return { ...form, quote: await isQuoted(source, form) }
}

/** NUL bytes stand in no text but UTF-16, which says so by its mark. */
function looksBinary(head: Uint8Array): boolean {
  return !markOf(head) && head.includes(0)
}

function markOf(head: Uint8Array): string | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  return undefined
}

/** UTF-8 if all of it is; else Windows-1252, which any bytes are. */
async function encodingOf(source: FileSource, head: Uint8Array): Promise<string> {
  const marked = markOf(head)
  if (marked) return marked
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const chunk of bytesOf(source)) decoder.decode(chunk, { stream: true })
    decoder.decode()
    return 'utf-8'
  } catch (error) {
    if (error instanceof TypeError) return 'windows-1252'
    throw error
  }
}

/** The one by which the most headings are known; else the one that makes the widest rows. */
function delimiterOf(head: string, knownHeadings: CsvOptions['knownHeadings']): string {
  const scored = delimiters.map((delimiter) => {
    const rows = headRows(head, delimiter)
    const known = Math.max(0, ...rows.map(knownHeadings))
    return { delimiter, score: known * 1000 + Math.max(0, ...rows.map((cells) => cells.length)) }
  })
  return scored.toSorted((a, b) => b.score - a.score)[0]?.delimiter ?? ','
}

function headRows(head: string, delimiter: string): string[][] {
  const lines = head.split(/\r\n?|\n/).slice(0, 20)
  return lines.map((line) => {
    try {
      return parseAll(line, { delimiter, bom: true, relax_quotes: true, relax_column_count: true })[0] ?? []
    } catch {
      return line.split(delimiter)
    }
  })
}

/** Whether quotation marks hold cells together, as they should; a stray one would swallow what follows. */
async function isQuoted(source: FileSource, form: Form): Promise<boolean> {
  try {
    for await (const _ of records(source, form));
    return true
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith('CSV_')) return false
    throw error
  }
}

async function* records(source: FileSource, { encoding, delimiter, quote }: Form): AsyncGenerator<string[]> {
  const parser = parse({
    ...{ delimiter, bom: true, relax_quotes: true, relax_column_count: true },
    ...(quote ? { max_record_size: longestRow } : { quote: false }),
  })
  // What goes wrong on the way ends the parser, and with it the loop.
  const stream = pipeline(Readable.from(bytesOf(source)), decoded(encoding, delimiter), parser, () => {})
  for await (const record of stream) yield record as string[]
}

async function* bytesOf(source: FileSource): AsyncGenerator<Uint8Array> {
  if (typeof source !== 'string') {
    yield source
    return
  }
  const stream = createReadStream(source, { highWaterMark: 256 * 1024 })
  try {
    for (const chunks = stream[Symbol.asyncIterator](); ; ) {
      const next = await readable(source, () => chunks.next())
      if (next.done) return
      yield next.value
    }
  } finally {
    stream.destroy()
  }
}

/** Bytes as text, lines at a time, with a lone quotation mark in a cell ("as above") written as CSV has it. */
function decoded(encoding: string, delimiter: string): Transform {
  const decoder = new TextDecoder(encoding)
  let rest = ''
  return new Transform({
    decodeStrings: false,
    transform: (chunk, _, done) => {
      const text = rest + decoder.decode(chunk, { stream: true })
      const lineEnd = text.lastIndexOf('\n') + 1
      const end = lineEnd === 0 && text.length > longestRow ? text.length : lineEnd
      rest = text.slice(end)
      done(null, withLoneMarks(text.slice(0, end), delimiter))
    },
    flush: (done) => done(null, withLoneMarks(rest + decoder.decode(), delimiter)),
  })
}

function withLoneMarks(text: string, delimiter: string): string {
  if (!text.includes('"')) return text
  const lone = new RegExp(`(?<=^|${delimiter})"(?=${delimiter}|\\r?$)`, 'g')
  const mended = (line: string) => {
    const others = line.replace(lone, '')
    return others.length < line.length && !others.includes('"') ? line.replace(lone, '""""') : line
  }
  return text.split('\n').map(mended).join('\n')
}
