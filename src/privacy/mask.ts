/** What stands in the place of a name or number that was taken out. */
const hidden = '•••'

/** Properties whose values are names of the service's own, never a person's words. */
const ownWords: ReadonlySet<string> = new Set(['key', 'kind', 'asks', 'begins', 'fills', 'about', 'answers'])

export type Mask = {
  /** For PostgreSQL's `~*`: finds every row that may hold the name or a number, and few others. */
  pattern: string
  /** The same value with name and numbers hidden in all its texts. */
  hide<T>(value: T): T
}

/** Shorter words of a name are titles and initials, which tell nobody. */
const shortestWord = 3

/** Finds a person's name, with or without its titles, and their numbers, however they are written. */
export function maskOf(name: string, phones: string[]): Mask {
  const words: string[] = name.match(/[\p{L}\p{N}]+/gu) ?? []
  const long = words.filter((word) => word.length >= shortestWord)
  const telling = long.length > 0 ? long : words
  const numbers = phones.map(written)
  const loose = [...(telling.length > 0 ? [telling.join('.{1,8}')] : []), ...numbers]
  const between = '(?:[^\\p{L}\\p{N}]+[\\p{L}\\p{N}]{1,2})?[^\\p{L}\\p{N}]{1,4}'
  const exact = new RegExp(
    [
      ...(telling.length > 0 ? [`(?<![\\p{L}\\p{N}])${telling.join(between)}(?![\\p{L}\\p{N}])`] : []),
      ...numbers.map((number) => `(?<!\\d)${number}(?!\\d)`),
    ].join('|') || '(?!)',
    'giu',
  )
  return { pattern: loose.join('|') || '$^', hide: (value) => hideIn(value, exact) }
}

/** A number of E.164 with or without its country code, in one piece or in groups. */
function written(phone: string): string {
  const digits = phone.replace(/^\+62|\D/g, '')
  return `(?:\\+?62|0)?[ .()-]*${[...digits].join('[ .()-]*')}`
}

function hideIn<T>(value: T, what: RegExp): T {
  if (typeof value === 'string') return value.replace(what, hidden) as T
  if (Array.isArray(value)) return value.map((each) => hideIn(each, what)) as T
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, ownWords.has(key) ? each : hideIn(each, what)]),
  ) as T
}
