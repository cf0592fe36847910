import { readEntities } from '../src/understanding/entities/entities.ts'

/** 24 November 2026, a Tuesday, from which the entity tests count. */
const tuesday = new Date('2026-11-24T09:00+07:00')

/** Of each kind of entity in a text, the one that is wanted. */
export const wanted = (text: string) => readEntities(text, tuesday).entities

/** All of one kind in a text: as written, from where to where, and what it means. */
export const found = (text: string, kind: string) =>
  readEntities(text, tuesday)
    .mentions.filter(({ entity }) => entity === kind)
    .map((mention) => [mention.text, mention.start, mention.end, mention.value])
