import type { Tx } from '../../database/client.ts'
import { readablePhone } from '../../phone.ts'
import type { Concerned, WhyNot } from '../../planning/concerned.ts'
import { line, type Part } from '../../texts.ts'
import type { Reply } from '../reply.ts'
import { storeTable } from './file.ts'

/** More lines than these are no reading on a phone; the rest stands in the file. */
const mostLines = 12

/** Somebody to call, and why nothing else reaches them. */
export type ToCall = Pick<Concerned, 'name' | 'cooperative' | 'phones'> & { why: string }

/** Keys of why nobody can be told by the bot. */
export const whyNots: Record<WhyNot, string> = {
  'no-number': 'staff-why-no-number',
  'no-contact': 'staff-why-no-contact',
  blocked: 'staff-why-blocked',
}

type Words = (key: string) => string

/**
 * A message with those who are to be called; when they are many, the first of them and all in a file.
 * @param head what stands above them
 */
export async function callList(
  tx: Tx,
  head: Part,
  toCall: ToCall[],
  { file, words, now }: { file: string; words: Words; now: Date },
): Promise<Reply[]> {
  if (toCall.length === 0) return []
  const lines = toCall.slice(0, mostLines).map(({ name, cooperative, phones }) =>
    line(phones.length > 0 ? 'staff-call-line' : 'staff-call-line-none', {
      ...{ name, cooperative, numbers: phones.map(readablePhone).join(' / ') },
    }),
  )
  const rest = toCall.length - lines.length
  if (rest <= 0) return [{ parts: [head, ...lines] }]
  const headings = [
    ...['staff-column-name', 'staff-column-cooperative', 'staff-column-phone', 'staff-column-why'],
  ].map(words)
  const rows = toCall.map(({ name, cooperative, phones, why }) => [
    ...[name, cooperative, phones.map(readablePhone).join(' / ') || null, words(why)],
  ])
  const stored = await storeTable(
    tx,
    file,
    { name: words('staff-call-sheet'), headings, rows, filter: true },
    now,
  )
  return [{ parts: [head, ...lines, line('staff-more-in-file', { count: rest })], file: stored }]
}

/** At most so many lines, and how many more there are. */
export function bounded<T>(all: T[], toLine: (each: T) => Part, most = mostLines): Part[] {
  const lines = all.slice(0, most).map(toLine)
  return all.length > most ? [...lines, line('staff-more', { count: all.length - most })] : lines
}

/** "Nama, Koperasi", as a line of a list. */
export const personLine = ({ name, cooperative }: Pick<Concerned, 'name' | 'cooperative'>): Part =>
  line('staff-person-line', { name, cooperative })
