import { spellingDistance } from '../areas.ts'
import { nameWords } from '../people/names.ts'

const mostErrors = 3

/**
 * The codes that may be meant by one that is none, at most two, the likeliest first.
 * @param most so many letters differ at most
 */
export function nearest(code: string, codes: string[], most = mostErrors): string[] {
  const limit = Math.min(most, Math.floor(code.length / 2))
  return [...new Set(codes)]
    .map((each) => ({ each, distance: spellingDistance(code, each, limit) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance || (a.each < b.each ? -1 : 1))
    .slice(0, 2)
    .map(({ each }) => each)
}

/**
 * The code of a class that somebody wrote: in any letter case, with spaces, and without hyphens if no other code reads
 * so. What means none stays as it is, in capitals.
 */
export function readCode(written: string, known: string[]): string {
  const code = written.replaceAll('\0', '').toUpperCase().replace(/\s+/g, '')
  if (known.includes(code)) return code
  const bare = (text: string) => text.replaceAll('-', '')
  const same = known.filter((each) => bare(each) === bare(code))
  return (same.length === 1 ? same[0] : undefined) ?? code
}

/** The names that may be meant by these words of one, at most two, the likeliest first. */
export function nearestNames(words: string[], persons: readonly { name: string }[]): string[] {
  const wanted = words.join(' ')
  return persons
    .map(({ name }) => ({ name, distance: spellingDistance(wanted, nameWords(name).join(' '), 12) }))
    .filter(({ distance }) => distance <= wanted.length / 2)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 2)
    .map(({ name }) => name)
}
