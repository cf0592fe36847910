import { type Part, say } from '../texts.ts'

/** What a text may leave to be filled in for each recipient. */
export const placeholders = ['nama', 'koperasi', 'gelombang'] as const
export type Placeholder = (typeof placeholders)[number]

/** A text cannot be sent as it is; the message says why. */
export class TextFault extends Error {
  readonly why: 'empty' | 'too-long' | 'placeholder' | 'no-wave'
  /** The placeholder that there is not. */
  readonly found: string
  constructor(why: TextFault['why'], message: string, found = '') {
    super(message)
    this.why = why
    this.found = found
  }
}

/** Telegram takes 4,096 characters in a message; this leaves room for names, also of three persons. */
export const longestBroadcast = 3_500

const pattern = /\{([^{}]*)\}/g

const named = (inner: string): Placeholder | undefined =>
  placeholders.find((known) => known === inner.trim().toLowerCase())

/** The placeholders of a text, each once. */
export function placeholdersIn(text: string): Placeholder[] {
  const found = [...text.matchAll(pattern)].map(([, inner = '']) => named(inner))
  return placeholders.filter((known) => found.includes(known))
}

/**
 * Checks a text before anything starts, and returns it as it is stored.
 * @param wave what {gelombang} stands for, if that is known
 * @throws TextFault
 */
export function checkText(text: string, wave: number | undefined): string {
  const stored = text.toWellFormed().replaceAll('\0', '').replaceAll('\r\n', '\n').trim()
  if (stored === '') throw new TextFault('empty', 'the text is empty')
  if (stored.length > longestBroadcast)
    throw new TextFault('too-long', `the text has ${stored.length} characters; at most ${longestBroadcast}`)
  const unknown = [...stored.matchAll(pattern)].find(([, inner = '']) => !named(inner))
  const all = placeholders.map((each) => `{${each}}`).join(', ')
  if (unknown)
    throw new TextFault('placeholder', `"${unknown[0]}" is no placeholder; there are ${all}`, unknown[0])
  if (wave === undefined && placeholdersIn(stored).includes('gelombang'))
    throw new TextFault(
      'no-wave',
      '{gelombang} needs an audience that names one wave, such as wave=3 or eligible=3',
    )
  return stored
}

/** Those for whom one message is: several where they share the contact. */
export type Addressed = { name: string; cooperatives: string[] }[]

/**
 * The text for one contact. Persons who share it are named together; where the text names nobody, a first line says for
 * whom it is.
 */
export function fillIn(text: string, persons: Addressed, wave: number | undefined): Part[] {
  const names = listed(persons.map(({ name }) => name))
  const facts: Record<Placeholder, string> = {
    nama: names,
    koperasi: listed([...new Set(persons.flatMap(({ cooperatives }) => cooperatives))]),
    gelombang: String(wave ?? ''),
  }
  const free = text.replace(pattern, (whole, inner: string) => {
    const known = named(inner)
    return known ? facts[known] : whole
  })
  const mustName = persons.length > 1 && !placeholdersIn(text).includes('nama')
  return [...(mustName ? [say('broadcast-for', { names })] : []), { free }]
}

/** "Sari, Budi dan Wati" */
function listed(words: string[]): string {
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} dan ${last}`
}
