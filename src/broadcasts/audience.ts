import { areaByCode } from '../areas.ts'
import { coverageOffices } from '../config/coverage.ts'

/** What an expression may be made of; a value may be several, parted by `|`. */
export type TermKey =
  | ('wave' | 'training' | 'status' | 'role' | 'position' | 'area' | 'zone' | 'track' | 'eligible')
  | ('not-registered' | 'untrained' | 'all')

export type Term = { key: TermKey; values: string[] /** Where it stands, from 1. */; at: number }

export type Audience = Term | { not: Audience } | { and: Audience[] } | { or: Audience[] }

/** What can be wrong with an expression, and how the command line says it. */
const faults = {
  'too-long': 'too long',
  'too-deep': 'nested too deep',
  'too-many': 'too many combinations of and, or',
  'no-value': 'no value, or nothing to have it',
  'not-here': 'does not belong here',
  'not-closed': 'a parenthesis before it is not closed',
  missing: 'something is missing at the end',
  unknown: 'not known',
  'needs-value': 'needs a value',
  'takes-no-value': 'takes no value',
  'bad-value': 'no such value',
  'unknown-area': 'no area has this code',
  'unknown-wave': 'there is no such wave',
  'unknown-training': 'there is no such training',
} as const

export type AudienceFaultKind = keyof typeof faults

/** An expression cannot be read. The message says where, and what is possible. */
export class AudienceFault extends Error {
  readonly kind: AudienceFaultKind
  /** The character at which it is, from 1. */
  readonly at: number
  /** What stands there; '' at the end. */
  readonly found: string
  /** What could stand there. */
  readonly possible: readonly string[]
  constructor(kind: AudienceFaultKind, at: number, found: string, possible: readonly string[] = []) {
    const may = possible.length > 0 ? `; possible: ${possible.join(', ')}` : ''
    super(`character ${at}${found === '' ? '' : ` ("${found}")`}: ${faults[kind]}${may}`)
    this.kind = kind
    this.at = at
    this.found = found
    this.possible = possible
  }
}

/** Nobody needs more, and the database need not think longer. */
const longest = 1_000
const deepest = 20

export const audienceExamples =
  'wave=3, training=G3-A, status=confirmed, role=pengawas, position=ketua, area=21.71.05, zone=hinterland, track=business, eligible=3, not-registered, untrained, all, joined by not, and, or and parentheses'

/** What each kind of term may have as its value, in the order in which they are named. */
const terms: Record<TermKey, { pattern: RegExp; upper?: true; example: string[] } | { bare: true }> = {
  wave: { pattern: /^[1-9]\d{0,5}$/, example: ['wave=3'] },
  training: { pattern: /^[a-z0-9-]{2,12}$/i, upper: true, example: ['training=G3-A'] },
  status: oneOf('status', [
    ...['pending', 'confirmed', 'waitlisted', 'offered', 'lapsed', 'refused'],
    ...['completed', 'partial', 'absent', 'cancelled'],
  ]),
  role: oneOf('role', ['pengurus', 'pengawas', 'manajer']),
  position: oneOf('position', Object.keys(coverageOffices)),
  area: { pattern: /^\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?$/, example: ['area=21.71', 'area=21.71.05'] },
  zone: oneOf('zone', ['mainland', 'hinterland']),
  track: oneOf('track', ['organisation', 'business']),
  eligible: { pattern: /^[1-9]\d{0,5}$/, example: ['eligible=3'] },
  'not-registered': { bare: true },
  untrained: { bare: true },
  all: { bare: true },
}

function oneOf(key: string, values: string[]) {
  return { pattern: new RegExp(`^(${values.join('|')})$`), example: values.map((value) => `${key}=${value}`) }
}

const keys = Object.keys(terms) as TermKey[]
const beginnings = keys.map((key) => ('bare' in terms[key] ? key : `${key}=`))

type Token = { text: string; at: number }

/**
 * Reads an audience expression: terms joined by `not`, `and`, `or`, which bind in this order, and parentheses.
 * @throws AudienceFault
 */
export function parseAudience(text: string): Audience {
  if (text.length > longest) throw new AudienceFault('too-long', longest, '')
  const tokens = tokensOf(text)
  const reader = new Reader(tokens, text.length + 1)
  const audience = reader.or(0)
  const rest = reader.next
  if (rest) throw new AudienceFault('not-here', rest.at, rest.text, ['and', 'or'])
  return audience
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  const pattern = /\s*(\(|\)|[^\s()=]+(?:\s*=\s*[^\s()=]+)?)/gy
  for (let end = 0; text.slice(end).trim() !== ''; end = pattern.lastIndex) {
    const found = pattern.exec(text)
    const at = end + (text.slice(end).search(/\S/) + 1)
    if (!found) throw new AudienceFault('no-value', at, text.charAt(at - 1), beginnings)
    const word = found[1] ?? ''
    tokens.push({ text: word.replace(/\s*=\s*/, '='), at })
  }
  return tokens
}

class Reader {
  readonly #tokens: Token[]
  readonly #end: number
  #index = 0

  constructor(tokens: Token[], end: number) {
    this.#tokens = tokens
    this.#end = end
  }

  get next(): Token | undefined {
    return this.#tokens[this.#index]
  }

  or(depth: number): Audience {
    const parts = this.#joined('or', () => this.#and(depth))
    return parts.length === 1 && parts[0] ? parts[0] : { or: parts }
  }

  #and(depth: number): Audience {
    const parts = this.#joined('and', () => this.#not(depth))
    return parts.length === 1 && parts[0] ? parts[0] : { and: parts }
  }

  #not(depth: number): Audience {
    const begin = this.next
    if (depth > deepest) throw new AudienceFault('too-deep', begin?.at ?? this.#end, begin?.text ?? '')
    if (this.#takes('not')) return { not: this.#not(depth + 1) }
    if (!this.#takes('(')) return this.#term()
    const inner = this.or(depth + 1)
    if (!this.#takes(')'))
      throw new AudienceFault('not-closed', this.next?.at ?? this.#end, this.next?.text ?? '', [
        'and',
        'or',
        ')',
      ])
    return inner
  }

  #term(): Audience {
    const token = this.next
    const possible = [...beginnings, 'not', '(']
    if (!token) throw new AudienceFault('missing', this.#end, '', possible)
    const [word = '', value] = token.text.split('=')
    const key = keys.find((known) => known === word.toLowerCase())
    if (!key) throw new AudienceFault('unknown', token.at, token.text, possible)
    this.#index++
    return { key, values: valuesOf(key, value, token), at: token.at }
  }

  #joined(word: string, part: () => Audience): Audience[] {
    const parts = [part()]
    while (this.#takes(word)) parts.push(part())
    return parts
  }

  #takes(word: string): boolean {
    if (this.next?.text.toLowerCase() !== word) return false
    this.#index++
    return true
  }
}

function valuesOf(key: TermKey, given: string | undefined, { at, text }: Token): string[] {
  const term = terms[key]
  if ('bare' in term) {
    if (given === undefined) return []
    throw new AudienceFault('takes-no-value', at, text, [key])
  }
  if (given === undefined) throw new AudienceFault('needs-value', at, text, term.example)
  return given.split('|').map((each) => {
    const value = term.upper ? each.toUpperCase() : each.toLowerCase().replaceAll('-', '_')
    if (!term.pattern.test(value)) throw new AudienceFault('bad-value', at, text, term.example)
    if (key === 'area' && !areaByCode(value)) throw new AudienceFault('unknown-area', at, text, term.example)
    return value
  })
}

/** Every term of an expression, in the order in which they stand. */
export function termsOf(audience: Audience): Term[] {
  if ('not' in audience) return termsOf(audience.not)
  if ('and' in audience) return audience.and.flatMap(termsOf)
  if ('or' in audience) return audience.or.flatMap(termsOf)
  return [audience]
}

/**
 * One way in which an expression may hold: all of its terms together, and none of what is negated. Terms that stand in
 * one way together are those that hold of one and the same registration.
 */
export type Way = { terms: Term[]; nots: Audience[] }

/** So many ways are joined at most; each is a part of the query. */
const mostWays = 64

/** All ways in which an expression holds. @throws AudienceFault when there are too many */
export function waysOf(audience: Audience): Way[] {
  if ('or' in audience) return few(audience.or.flatMap(waysOf))
  if ('and' in audience)
    return audience.and
      .map(waysOf)
      .reduce(
        (before, next) =>
          few(
            before.flatMap((a) =>
              next.map((b) => ({ terms: [...a.terms, ...b.terms], nots: [...a.nots, ...b.nots] })),
            ),
          ),
        [{ terms: [], nots: [] }],
      )
  if (!('not' in audience)) return [{ terms: [audience], nots: [] }]
  const { not: inner } = audience
  if ('not' in inner) return waysOf(inner.not)
  return [{ terms: [], nots: 'or' in inner ? inner.or : [inner] }]
}

function few(ways: Way[]): Way[] {
  if (ways.length > mostWays) throw new AudienceFault('too-many', 1, '')
  return ways
}
