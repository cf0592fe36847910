import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FluentBundle, FluentResource, type FluentValue } from '@fluent/bundle'
import { inWib } from './time.ts'

/** Values for a text: instants are ISO 8601 strings, which the texts show through DAY, CLOCK and the like. */
export type Facts = Record<string, string | number>

/** A piece of a message: a text's key with its facts, or words that a person wrote. */
export type Part =
  | { key: string; facts?: Facts /** follows the part before it without an empty line */; tight?: boolean }
  | { free: string; tight?: boolean }

/** A part from a key of locales/<lang>/*.ftl. */
export function say(key: string, facts?: Facts): Part {
  return facts ? { key, facts } : { key }
}

/** The same, as a line of a list: follows the part before it directly. */
export function line(key: string, facts?: Facts): Part {
  return { ...say(key, facts), tight: true }
}

/**
 * Rich text is plain text in which this private-use mark switches bold on and off. Texts write `*bold*`; only
 * a text's own asterisks become marks, so that no name or note can switch formatting on.
 */
export const boldMark = '\uE000'

export type Texts = {
  /** One text as rich text. @throws Error when there is no such key, or it lacks a fact */
  text(locale: string, key: string, facts?: Facts): string
  /** Parts joined: an empty line between them, a line break before a tight one. */
  join(locale: string, parts: Part[]): string
  /** Keys of a locale, of the fallback one if that is not there. */
  keys(locale: string): string[]
}

const folder = fileURLToPath(new URL('../locales/', import.meta.url))
const fallbackLocale = 'id'

/** Formats of instants in WIB; each is a function of that name in the texts. */
const formats: Record<string, string> = {
  /** Sabtu, 12 Desember 2026 */
  DAY: 'cccc, d MMMM yyyy',
  /** 12 Desember 2026 */
  DATE: 'd MMMM yyyy',
  /** Sabtu, 12 Desember */
  DAYMONTH: 'cccc, d MMMM',
  /** Sab, 12 Des */
  SHORTDAY: 'ccc, d MMM',
  /** 08.00 */
  CLOCK: 'HH.mm',
}

function formatInstant(value: FluentValue | undefined, format: string, locale: string): string {
  const instant = new Date(String(value))
  if (Number.isNaN(instant.getTime())) throw new Error(`not an instant: ${String(value)}`)
  return inWib(instant).setLocale(locale).toFormat(format)
}

function loadBundle(locale: string): FluentBundle {
  const bundle = new FluentBundle(locale, {
    useIsolating: false,
    transform: (ownWords) => ownWords.replaceAll('*', boldMark),
    functions: Object.fromEntries(
      Object.entries(formats).map(([name, format]) => [
        name,
        ([value]: FluentValue[]) => formatInstant(value, format, locale),
      ]),
    ),
  })
  for (const name of readdirSync(join(folder, locale)).sort()) {
    if (!name.endsWith('.ftl')) continue
    const errors = bundle.addResource(new FluentResource(readFileSync(join(folder, locale, name), 'utf8')))
    if (errors.length > 0) throw new Error(`locales/${locale}/${name}: ${errors.join(', ')}`)
  }
  return bundle
}

function withoutMarks(facts: Facts): Facts {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replaceAll(boldMark, '') : value,
    ]),
  )
}

/** Reads locales/<lang>/*.ftl once; a language without a key answers in Indonesian. */
export function loadTexts(): Texts {
  const bundles = new Map(
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => [entry.name, loadBundle(entry.name)]),
  )
  const bundleWith = (locale: string, key: string) =>
    [locale, fallbackLocale].map((name) => bundles.get(name)).find((bundle) => bundle?.hasMessage(key))

  const text = (locale: string, key: string, facts: Facts = {}): string => {
    const bundle = bundleWith(locale, key)
    const pattern = bundle?.getMessage(key)?.value
    if (!bundle || !pattern) throw new Error(`no text "${key}"`)
    const errors: Error[] = []
    const formatted = bundle.formatPattern(pattern, withoutMarks(facts), errors)
    if (errors.length > 0)
      throw new Error(`text "${key}": ${errors.map((error) => error.message).join(', ')}`)
    return formatted
  }

  return {
    text,
    join: (locale, parts) =>
      parts
        .map((part, index) => {
          const words =
            'free' in part ? part.free.replaceAll(boldMark, '') : text(locale, part.key, part.facts)
          return index === 0 ? words : `${part.tight ? '\n' : '\n\n'}${words}`
        })
        .join(''),
    keys: (locale) => {
      const bundle = bundles.get(locale) ?? bundles.get(fallbackLocale)
      return bundle ? [...bundle._messages.keys()] : []
    },
  }
}
