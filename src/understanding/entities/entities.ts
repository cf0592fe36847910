import { type Token, tokenise } from '../normalise.ts'
import { findAreas } from './area.ts'
import { findChoices } from './choice.ts'
import { findCodes } from './code.ts'
import { findDates } from './date.ts'
import type { EntityValues, Mention } from './mention.ts'
import { findRoles } from './role.ts'
import { wantedOf } from './wanted.ts'
import { findWaves } from './wave.ts'

/** A text taken apart: `entities` holds, of each kind found, the one wanted; `mentions` all, by position. */
export type Reading = { tokens: Token[]; mentions: Mention[]; entities: Partial<EntityValues> }

export function readEntities(text: string, now: Date): Reading {
  const tokens = tokenise(text)
  const mentions = findMentions(tokens, text, now)
  return { tokens, mentions, entities: wantedOf(mentions, tokens) }
}

/** Every entity of a text, by position; at one place the longer first. Entities of one place may overlap. */
export function findMentions(tokens: readonly Token[], text: string, now: Date): Mention[] {
  const codes = findCodes(tokens, text)
  const outsideCodes = (mention: Mention) => !codes.some((code) => overlap(code, mention))
  const dates = findDates(tokens, text, now).filter(outsideCodes)
  const waves = findWaves(tokens, text).filter(
    (wave) => outsideCodes(wave) && !dates.some((date) => overlap(date, wave)),
  )
  const areas = findAreas(tokens, text).filter(
    (area) => outsideCodes(area) && !dates.some((date) => overlap(date, area)),
  )
  const taken = [...codes, ...dates, ...waves, ...areas]
  const mentions: Mention[] = [...taken, ...findRoles(tokens, text), ...findChoices(tokens, text, taken)]
  return mentions.sort((a, b) => a.start - b.start || b.end - a.end)
}

function overlap(a: { start: number; end: number }, b: { start: number; end: number }): boolean {
  return a.start < b.end && b.start < a.end
}
