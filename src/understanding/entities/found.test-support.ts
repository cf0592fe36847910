import { tokenise } from '../normalise.ts'
import { findMentions } from './entities.ts'
import type { EntityKind, EntityValues } from './mention.ts'
import { wantedOf } from './wanted.ts'

/** Tuesday, 24 November 2026, 09:00 in WIB. */
export const tuesday = new Date('2026-11-24T09:00+07:00')

/** What is wanted of each kind, in a text said on {@link tuesday}. */
export function wanted(text: string, now = tuesday): Partial<EntityValues> {
  const tokens = tokenise(text)
  return wantedOf(findMentions(tokens, text, now), tokens)
}

/** All mentions of one kind: text, start, end, value. */
export function found(text: string, kind: EntityKind): [string, number, number, unknown][] {
  return findMentions(tokenise(text), text, tuesday)
    .filter(({ entity }) => entity === kind)
    .map((mention) => [mention.text, mention.start, mention.end, mention.value])
}
