/**
 * The official areas of Kepulauan Riau: province, kabupaten and kota, kecamatan, kelurahan and desa.
 * Source: locales/id/areas.csv, drawn from `idn-area-data` (ODbL), which follows the ministry's code list.
 */
import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'

/** `kabupaten` stands for a kota too, `kelurahan` for a desa too. */
export type AreaLevel = 'provinsi' | 'kabupaten' | 'kecamatan' | 'kelurahan'

/**
 * One area. `code` is dotted: 21 (provinsi), 21.71 (kabupaten), 21.71.05 (kecamatan), 21.71.05.1001
 * (kelurahan). `name` has no prefix: 'Batam', not 'Kota Batam'.
 */
export type Area = { code: string; name: string; level: AreaLevel }

const levels: readonly AreaLevel[] = ['provinsi', 'kabupaten', 'kecamatan', 'kelurahan']
const areaRows = z.array(
  z.object({ code: z.string().regex(/^\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?$/), name: z.string() }),
)
const islandRows = z.array(z.object({ name: z.string(), kecamatan: z.string() }))

function readRows(file: string): unknown {
  return parse(readFileSync(new URL(`../locales/id/${file}`, import.meta.url)), {
    columns: true,
    bom: true,
    skip_empty_lines: true,
  })
}

const areas: readonly Area[] = areaRows.parse(readRows('areas.csv')).map(({ code, name }) => {
  const level = levels[code.split('.').length - 1] ?? 'kelurahan'
  return { code, name: level === 'kabupaten' ? name.replace(/^(Kabupaten|Kota) /, '') : name, level }
})

const byCode = new Map(areas.map((area) => [area.code, area]))

/**
 * Where officers need a boat, whatever the programme says of it: in Batam the kecamatan Belakang Padang, Bulang and
 * Galang, and the kelurahan Ngenang.
 */
export const hinterlandAreas: readonly string[] = ['21.71.01', '21.71.05', '21.71.08', '21.71.04.1004']

/** Every area of the list, in the order of the list: from the province down. */
export function allAreas(): readonly Area[] {
  return areas
}

/** The area of an official code such as `21.71.05`; undefined for a code that is not in the list. */
export function areaByCode(code: string): Area | undefined {
  return byCode.get(code)
}

/** The area one level above; undefined for the province and for unknown codes. */
export function parentOf(code: string): Area | undefined {
  const cut = code.lastIndexOf('.')
  return cut < 0 ? undefined : byCode.get(code.slice(0, cut))
}

/** Whether `codeBelow` is `codeAbove` or lies in it. Goes by the codes alone. */
export function areaCovers(codeAbove: string, codeBelow: string): boolean {
  return codeBelow === codeAbove || codeBelow.startsWith(`${codeAbove}.`)
}

/** All areas in that area, of every level or of one; without the area itself. */
export function areasUnder(code: string, level?: AreaLevel): Area[] {
  return areas.filter(
    (area) => area.code !== code && areaCovers(code, area.code) && (!level || area.level === level),
  )
}

/**
 * Names from the area up to its kabupaten: `['Sadai', 'Bengkong', 'Batam']`. The province stands alone for
 * itself only; empty for unknown codes.
 */
export function areaPath(code: string): string[] {
  const area = byCode.get(code)
  if (!area) return []
  const above = parentOf(code)
  return above && above.level !== 'provinsi' ? [area.name, ...areaPath(above.code)] : [area.name]
}

/** An island that is no kelurahan of its own: its name without 'Pulau', and the kecamatan it lies in. */
export type Island = { name: string; kecamatan: Area }

/**
 * Islands with the kecamatan they lie in (locales/id/islands.csv): those of Batam where people live, by the
 * names and coordinates of `idn-area-data` (ODbL).
 */
export const islands: readonly Island[] = islandRows.parse(readRows('islands.csv')).flatMap((row) => {
  const kecamatan = byCode.get(row.kecamatan)
  return kecamatan ? [{ name: row.name, kecamatan }] : []
})

/** Ways to write the words that begin many names. */
const spellings = new Map<string, string>(
  [
    'sungai sei sungei sui seis sngai sungi s',
    'tanjung tg tj tjg tjung tanjong tanjg tnjung tnjg tanjug tanjun tjng tng',
    'kampung kp kpg kampong kmpg kampng',
    'pulau pulo pl plau pulaw pula p',
    'batu bt btu',
    'teluk tlk tl telok',
    'bukit bkt',
    'lubuk lbk lubok',
    'kepulauan kep',
    'belakang blakang blkg blkng blakng blkang bel belakng',
    'timur tmr',
    'utara utr',
    'selatan slt sltn',
    'barat brt',
    'padang pdg pdang',
    'bulang blg',
    'sri seri',
    '9 ix sembilan',
  ].flatMap((line) => {
    const [word = '', ...ways] = line.split(' ')
    return [word, ...ways].map((way): [string, string] => [way, word])
  }),
)

/** One word of an area's name in the spelling used for comparing: 'Tg' and 'tanjong' give 'tanjung'. */
export function areaWord(word: string): string {
  return spellings.get(word) ?? word
}

const tellNothing = new Set(
  'sungai tanjung kampung pulau batu teluk bukit lubuk kepulauan belakang timur utara selatan barat sri 9'.split(
    ' ',
  ),
)

/** Whether a word stands in so many names that it tells none of them: sungai, tanjung, pulau, batu, timur … */
export function isCommonAreaWord(word: string): boolean {
  return tellNothing.has(areaWord(word))
}

/** The words of a name, lower case, in one spelling, without what stands in brackets. */
export function areaWords(name: string): string[] {
  const plain = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\(.*?\)/g, ' ')
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).map(areaWord)
}

const longestCompared = 64
const rows = [0, 1, 2].map(() => new Uint8Array(longestCompared + 1))

/** Damerau-Levenshtein distance (neighbours swapped count one), or `limit + 1` as soon as it is above. */
export function spellingDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit || Math.max(a.length, b.length) > longestCompared)
    return limit + 1
  if (limit === 0) return a === b ? 0 : 1
  let [beforeLast, last, row] = rows as [Uint8Array, Uint8Array, Uint8Array]
  for (let j = 0; j <= b.length; j++) last[j] = j
  for (let i = 1; i <= a.length; i++) {
    row[0] = i
    let best = i
    for (let j = 1; j <= b.length; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1)
      let cost = Math.min(
        (last[j - 1] as number) + (same ? 0 : 1),
        (last[j] as number) + 1,
        (row[j - 1] as number) + 1,
      )
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) cost = Math.min(cost, (beforeLast[j - 2] as number) + 1)
      row[j] = cost
      if (cost < best) best = cost
    }
    if (best > limit) return limit + 1
    ;[beforeLast, last, row] = [last, row, beforeLast]
  }
  return Math.min(last[b.length] as number, limit + 1)
}

/** What {@link findKelurahan} found: the kelurahan, or at most two that may be meant, the likeliest first. */
export type KelurahanFound = { area: Area } | { suggestions: Area[] }

const kelurahanList = areas.filter((area) => area.level === 'kelurahan')
const compareKeys = new Map(areas.map((area) => [area.code, compareKey(area.name)]))

/** Spaces and 'Pulau' do not tell names apart: 'Pulau Buluh', 'P. Buluh' and 'Buluh' are one. */
function compareKey(name: string): string {
  const words = areaWords(name)
  const bare = words[0] === 'pulau' && words.length > 1 ? words.slice(1) : words
  return bare.join('')
}

const namePrefix = /^\s*(kelurahan|kel|desa|ds|kecamatan|kec)\b[.\s]*/i

function keyOf(area: Area): string {
  return compareKeys.get(area.code) ?? ''
}

/** One wrong letter in a name of at least five letters, two in one of at least nine. */
function typosAllowed(key: string): number {
  return key.length >= 9 ? 2 : key.length >= 5 ? 1 : 0
}

function findKecamatan(name: string): Area[] {
  const key = compareKey(name.replace(namePrefix, ''))
  const all = areas.filter((area) => area.level === 'kecamatan')
  const exact = all.filter((area) => keyOf(area) === key)
  if (exact.length > 0) return exact
  return all.filter((area) => spellingDistance(keyOf(area), key, typosAllowed(key)) <= typosAllowed(key))
}

/**
 * The kelurahan or desa that an import names. With a kecamatan, only one of that kecamatan matches (a typing
 * error in either name is forgiven if it leaves one); without, or with one that is not in the list, only a
 * name written right that there is once.
 */
export function findKelurahan(name: string, kecamatan?: string): KelurahanFound {
  const key = compareKey(name.replace(namePrefix, ''))
  const within = kecamatan?.trim() ? findKecamatan(kecamatan) : []
  const candidates =
    within.length > 0
      ? kelurahanList.filter((area) => within.some((above) => areaCovers(above.code, area.code)))
      : kelurahanList
  const alike = candidates.filter((area) => keyOf(area) === key)
  // In the kecamatan Moro there are Moro and Pulau Moro.
  const literal = areaWords(name.replace(namePrefix, '')).join('')
  const same = alike.filter((area) => areaWords(area.name).join('') === literal)
  const exact = same.length > 0 && within.length > 0 ? same : alike
  const [only] = exact
  if (only && exact.length === 1 && (within.length > 0 || !kecamatan?.trim())) return { area: only }
  if (within.length > 0 && exact.length === 0) {
    const limit = typosAllowed(key)
    const near = candidates.filter((area) => spellingDistance(keyOf(area), key, limit) <= limit)
    const [nearest] = near
    if (nearest && near.length === 1) return { area: nearest }
  }
  return { suggestions: likeliest(key, within) }
}

function likeliest(key: string, within: Area[]): Area[] {
  const unlikeness = (area: Area) => {
    const longest = Math.max(key.length, keyOf(area).length, 1)
    const elsewhere = within.length > 0 && !within.some((above) => areaCovers(above.code, area.code))
    return spellingDistance(keyOf(area), key, longest) / longest + (elsewhere ? elsewhereCost : 0)
  }
  return kelurahanList
    .map((area) => ({ area, cost: unlikeness(area) }))
    .sort((a, b) => a.cost - b.cost)
    .slice(0, 2)
    .map(({ area }) => area)
}

/** How much likelier a name of the kecamatan named is, in shares of its letters. */
const elsewhereCost = 0.35

/** Every kelurahan and desa of that name; one that is written just so hides 'Pulau' ones of the same name. */
export function kelurahanNamed(name: string): Area[] {
  const literal = areaWords(name).join('')
  const same = kelurahanList.filter((area) => areaWords(area.name).join('') === literal)
  return same.length > 0 ? same : kelurahanList.filter((area) => keyOf(area) === compareKey(name))
}

/** At most two kelurahan or desa, the likeliest first, whose names differ from this one by little. */
export function kelurahanLike(name: string): Area[] {
  const key = compareKey(name.replace(namePrefix, ''))
  const limit = Math.floor(key.length * likeness)
  return likeliest(key, []).filter((area) => spellingDistance(keyOf(area), key, limit) <= limit)
}

/** The share of its letters in which a name may differ and still be asked about. */
const likeness = 0.4
