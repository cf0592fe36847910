import { boldMark } from '../../texts.ts'
import { toPlain } from '../rich-text.ts'

/** Longest text, "after entities parsing": https://core.telegram.org/bots/api#sendmessage. Counted in UTF-16. */
const longestText = 4096

/**
 * Rich text in pieces of which each is short enough for one message: cut between paragraphs if one ends in time,
 * else between lines, else between words, else anywhere but within a character. What is bold stays bold on both
 * sides of a cut.
 */
export function pieces(rich: string, limit: number = longestText): string[] {
  const done: string[] = []
  let rest = rich
  while (toPlain(rest).length > limit) {
    const [head, tail] = cut(rest, limit)
    if (toPlain(head).trim() !== '') done.push(head)
    rest = tail
  }
  if (done.length === 0 || toPlain(rest).trim() !== '') done.push(rest)
  return done
}

function cut(rich: string, limit: number): [string, string] {
  const end = positionOf(rich, limit)
  const at = borderBefore(rich, end) ?? end
  const head = rich.slice(0, at)
  const tail = rich.slice(at).trimStart()
  const open = head.split(boldMark).length % 2 === 0
  return open ? [head + boldMark, boldMark + tail] : [head, tail]
}

/** Where in the rich text the given number of shown characters ends, never between the halves of one. */
function positionOf(rich: string, shown: number): number {
  let position = 0
  for (let left = shown; position < rich.length; position++) {
    if (rich[position] === boldMark) continue
    if (left === 0) break
    left--
  }
  return isHighSurrogate(rich, position - 1) ? position - 1 : position
}

function isHighSurrogate(text: string, index: number): boolean {
  const unit = text.charCodeAt(index)
  return unit >= 0xd800 && unit <= 0xdbff
}

function borderBefore(rich: string, end: number): number | undefined {
  for (const border of ['\n\n', '\n', ' ']) {
    const at = rich.lastIndexOf(border, end)
    if (at > 0 && toPlain(rich.slice(0, at)).trim() !== '') return at
  }
  return undefined
}
