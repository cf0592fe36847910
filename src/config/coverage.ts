/** Offices that COVERAGE may name, each with the stored titles that it covers. */
export const coverageOffices = {
  ketua: ['ketua'],
  wakil_ketua: ['wakil_ketua', 'wakil_ketua_usaha', 'wakil_ketua_anggota'],
  wakil_ketua_usaha: ['wakil_ketua_usaha'],
  wakil_ketua_anggota: ['wakil_ketua_anggota'],
  sekretaris: ['sekretaris'],
  bendahara: ['bendahara'],
  ketua_pengawas: ['ketua_pengawas'],
  anggota_pengawas: ['anggota_pengawas'],
  manajer: ['manajer'],
} as const

export type CoverageOffice = keyof typeof coverageOffices

const coverageRoles = ['pengurus', 'pengawas', 'manajer'] as const
const coverageTracks = ['organisation', 'business'] as const

export type CoverageTrack = (typeof coverageTracks)[number]

/** Of a cooperative one must have completed who has one of these offices, or so many who have any office of a role. */
export type CoverageTarget =
  | { offices: CoverageOffice[] }
  | { role: (typeof coverageRoles)[number]; count: number }

/** What makes a cooperative fully covered in each track: all of its targets. */
export type Coverage = Record<CoverageTrack, CoverageTarget[]>

export const defaultCoverage =
  'organisation:ketua+sekretaris+bendahara+1*pengawas;business:manajer|wakil_ketua_usaha'

/** More of one role has no cooperative. */
const mostPersons = 99

/**
 * Reads `track:target+target;track:target`; a target is an office, offices parted by `|` of which one suffices, or
 * a number of persons of a role.
 * @throws Error that says what is wrong and what is right
 * @example parseCoverage('organisation:ketua+1*pengawas;business:manajer|wakil_ketua_usaha')
 */
export function parseCoverage(text: string): Coverage {
  const parts = text
    .toLowerCase()
    .replace(/\s/g, '')
    .split(';')
    .filter((part) => part !== '')
  const given = new Map<CoverageTrack, CoverageTarget[]>()
  for (const part of parts) {
    const [name = '', targets = '', ...rest] = part.split(':')
    const track = coverageTracks.find((known) => known === name)
    if (!track || rest.length > 0)
      throw new Error(`"${part}" must be track:offices; tracks are ${coverageTracks.join(' and ')}`)
    if (given.has(track)) throw new Error(`names the track ${track} twice`)
    given.set(track, targets.split('+').map(parseTarget))
  }
  const [organisation, business] = coverageTracks.map((track) => given.get(track))
  if (!organisation || !business)
    throw new Error(`must name both tracks, parted by a semicolon, such as ${defaultCoverage}`)
  return { organisation, business }
}

function parseTarget(text: string): CoverageTarget {
  const [, number, of] = /^(.*)\*(.*)$/.exec(text) ?? []
  if (number !== undefined && of !== undefined) return parseCount(text, number, of)
  return { offices: text.split('|').map(parseOffice) }
}

function parseCount(text: string, number: string, of: string): CoverageTarget {
  const role = coverageRoles.find((known) => known === of)
  const count = /^\d{1,2}$/.test(number) ? Number(number) : 0
  if (!role || count < 1 || count > mostPersons)
    throw new Error(
      `"${text}" must be a number from 1 to ${mostPersons}, a star and a role (${coverageRoles.join(', ')}), such as 1*pengawas`,
    )
  return { role, count }
}

function parseOffice(text: string): CoverageOffice {
  if (Object.hasOwn(coverageOffices, text)) return text as CoverageOffice
  const role = coverageRoles.find((known) => known === text)
  if (role) throw new Error(`"${role}" is a role: write how many persons, such as 1*${role}`)
  throw new Error(`there is no office "${text}"; there are ${Object.keys(coverageOffices).join(', ')}`)
}
