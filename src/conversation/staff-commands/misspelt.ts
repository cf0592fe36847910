import { spellingDistance } from '../../areas.ts'
import { isOfficersWord } from '../slash-words.ts'
import type { StaffCommand, StaffTurn } from './command.ts'
import { commandNamed, staffCommands } from './list.ts'
import { sessionNamed } from './which-session.ts'

const shortest = 3

/** The command that a word with a slash means: its name, its beginning, its consonants, or with a letter or two wrong. */
export function commandMeant(word: string): StaffCommand | undefined {
  const exact = commandNamed(word)
  if (exact || word.length < shortest || isOfficersWord(word)) return exact
  const said = word.toLowerCase()
  const like = staffCommands.filter(({ name, also = [] }) =>
    [name, ...also].some((each) => isLike(said, each)),
  )
  return like.length === 1 ? like[0] : undefined
}

function isLike(said: string, name: string): boolean {
  const consonants = (text: string) => text.replace(/[aeiou]/g, '')
  const most = name.length > 5 ? 2 : 1
  return name.startsWith(said) || consonants(name) === said || spellingDistance(said, name, most) <= most
}

/** Words without a slash that begin like these commands; the others mean something to officers too, or to anybody. */
const ofStaff = /^\s*(siaran|siarkan|antrian|antrean)(?:\s+(\S[\s\S]*))?$/i
const plain = /^\s*(p[a-z]{2,4}d[a-z]{0,3}h(?:kan|in)?|b[a-z]{0,2}t[a-z]?l(?:kan|in)?)\s+(\S[\s\S]*)$/i

export const mayBePlain = (text: string): boolean => plain.test(text) || ofStaff.test(text)

/**
 * "batal g3a ombak", hurried and without its slash: the command and what stands behind it. Only of somebody who holds no
 * office and so cannot mean a place of their own, and where the words name a session.
 */
export async function plainCommand(
  turn: StaffTurn,
  text: string,
): Promise<{ command: StaffCommand; words: string } | undefined> {
  const { command: open, form } = turn.state
  if (open || form || turn.persons.length > 0) return undefined
  const [, staffs, behind = ''] = ofStaff.exec(text) ?? []
  const [, word = staffs, words = behind] = plain.exec(text) ?? []
  if (!word || (!staffs && !(await sessionNamed(turn, words)))) return undefined
  const begins = { p: 'pindah', b: 'batal', s: 'siaran', a: 'antrian' }
  const command = commandNamed(begins[word.charAt(0).toLowerCase() as keyof typeof begins])
  return command && { command, words }
}
