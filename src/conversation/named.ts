import { allAreas } from '../areas.ts'
import type { Tx } from '../database/client.ts'
import type { Role, Track } from '../database/generated/enums.ts'
import { namesOfTrainings } from '../programme/trainings.ts'
import { daysToInstants } from '../time.ts'
import type { Understanding } from '../understanding/understand.ts'

/** What of the programme a message itself names. */
export type Named = {
  code?: string
  /** Several when the message asks about several. */
  waves?: number[]
  area?: string
  venue?: string
  during?: { from: Date; to: Date }
  role?: Role
  track?: Track
}

const trackWords: [RegExp, Track][] = [
  [/\b(bisnis|usaha|manajerial)\b/i, 'business'],
  [/\b(kelembagaan|organisasi)\b/i, 'organisation'],
]

/** "g3b": no shorter text names a training or a place. */
const shortestNaming = 3

/** What a message names; `spoken` is the wave that was spoken of, in which "kelas B" is one of its classes. */
export async function namedIn(
  tx: Tx,
  text: string,
  { entities, mentions }: Understanding,
  spoken: number | undefined,
): Promise<Named> {
  const names = text.length < shortestNaming ? [] : await namesOfTrainings(tx)
  const code = codeIn(text, entities.code, names) ?? codeByLetter(text, names, entities.wave ?? spoken)
  const venue = venueIn(text, names)
  const waves = [...new Set(mentions.flatMap(({ entity, value }) => (entity === 'wave' ? [value] : [])))]
  const track =
    entities.position === 'wakil_ketua' ? undefined : trackWords.find(([words]) => words.test(text))?.[1]
  const role = entities.role === 'anggota' ? undefined : entities.role
  return {
    ...(code ? { code } : {}),
    ...(code || waves.length === 0 ? {} : { waves: movesFrom(text) ? [entities.wave ?? 0] : waves }),
    ...(venue ? { venue } : {}),
    // A named place outranks the area that stands in its name or beside it.
    ...(entities.area && !venue ? { area: entities.area.code } : {}),
    ...(entities.date ? { during: daysToInstants(entities.date.from, entities.date.to) } : {}),
    ...(role && !venue ? { role } : {}),
    ...(track ? { track } : {}),
  }
}

/** "dari gelombang 3 ke 5": only the one wanted counts. */
function movesFrom(text: string): boolean {
  return /\b(dari|pindah|ganti)\b/i.test(text)
}

type Names = { code: string; waveNumber: number; venueId: string; venueName: string }[]

/** A training's code as people write it: G3-B, g3b, "g3 b". */
function codeIn(text: string, found: string | undefined, names: Names): string | undefined {
  if (found && names.some(({ code }) => code === found)) return found
  const words = ` ${text.toUpperCase().replace(/[^A-Z0-9]+/g, ' ')} `
  return names.find(({ code }) =>
    [' ', ''].some((joint) => code.includes('-') && words.includes(` ${code.replaceAll('-', joint)} `)),
  )?.code
}

const letter = /\b(?:kelas|kls|class)\s+([a-z])(?![\p{L}\d'-])/iu

/** "kelas B": the one class of a wave whose code ends so. */
function codeByLetter(text: string, names: Names, wave: number | undefined): string | undefined {
  const [, said] = letter.exec(text) ?? []
  if (!said || wave === undefined) return undefined
  const ending = `-${said.toUpperCase()}`
  return names.find(({ code, waveNumber }) => waveNumber === wave && code.endsWith(ending))?.code
}

/** Words that many places have in their names. */
const common = new Set(
  'gedung kampus aula kantor kecamatan kelurahan camat lurah serbaguna pertemuan hotel balai nasional pulau lantai utama batam kepri'.split(
    ' ',
  ),
)
const shortestName = 5

let ofAreas: Set<string> | undefined
const areaWords = (): Set<string> => {
  ofAreas ??= new Set(allAreas().flatMap(({ name }) => name.toLowerCase().split(/[^\p{L}]+/u)))
  return ofAreas
}

/** The place of which the message holds a word that only its name has and that is no area's. */
function venueIn(text: string, names: Names): string | undefined {
  const words = new Set(text.toLowerCase().split(/[^\p{L}]+/u))
  const areas = areaWords()
  const telling = (name: string) =>
    name
      .toLowerCase()
      .split(/[^\p{L}]+/u)
      .filter((word) => word.length >= shortestName && !common.has(word) && !areas.has(word))
  return names.find(({ venueName }) => telling(venueName).some((word) => words.has(word)))?.venueId
}

/** Whether nothing is named, or spoken of. */
export function isEmpty(named: object): boolean {
  return Object.keys(named).length === 0
}
