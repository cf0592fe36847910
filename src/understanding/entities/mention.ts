import type { AreaLevel } from '../../areas.ts'
import type { Token } from '../normalise.ts'

export type Role = 'pengurus' | 'pengawas' | 'manajer' | 'anggota'
export type Position =
  | 'ketua'
  | 'wakil_ketua'
  | 'sekretaris'
  | 'bendahara'
  | 'ketua_pengawas'
  | 'anggota_pengawas'
  | 'manajer'

/** What can be found in a text, by kind. Dates are ISO days in Asia/Jakarta, both inclusive. */
export type EntityValues = {
  wave: number
  date: { from: string; to: string }
  area: { code: string; name: string; level: AreaLevel }
  role: Role
  position: Position
  choice: number
  code: string
}
export type EntityKind = keyof EntityValues

/**
 * One entity where it stands: `text` is the text as given from `start` to `end` (UTF-16 offsets, `end`
 * exclusive).
 */
export type MentionOf<K extends EntityKind> = {
  entity: K
  value: EntityValues[K]
  text: string
  start: number
  end: number
}
export type Mention = { [K in EntityKind]: MentionOf<K> }[EntityKind]

/** The mention that reaches from one token to another, both included. */
export function mentionOf<K extends EntityKind>(
  entity: K,
  value: EntityValues[K],
  text: string,
  from: Token,
  to: Token,
): MentionOf<K> {
  return { entity, value, text: text.slice(from.start, to.end), start: from.start, end: to.end }
}
