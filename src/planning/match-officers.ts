import type { PositionTitle, Role } from '../database/generated/enums.ts'
import type { RosterRow } from './roster-file.ts'
import { nameWords, sameName } from './roster-words.ts'

/** A person of a cooperative as stored. */
export type StoredPerson = {
  id: number
  name: string
  phones: string[]
  /** Those held now. */
  positions: { role: Role; title: PositionTitle }[]
}

/** A person whom rows of the roster mean. */
export type Match = {
  /** Undefined for a new person. */
  stored: StoredPerson | undefined
  rows: RosterRow[]
}

type Candidate = {
  stored: StoredPerson | undefined
  words: string[]
  phones: Set<string>
  roles: Set<Role>
  rows: RosterRow[]
}

/**
 * Which rows of one cooperative mean which person: the same by number and name (typing errors forgiven), else
 * by name and role. A known number with another name is a second person if the known name stands in the file
 * too, else a change of name.
 */
export function matchOfficers(rows: RosterRow[], stored: StoredPerson[]): Match[] {
  const candidates: Candidate[] = stored.map((person) => ({
    ...{ stored: person, words: nameWords(person.name), phones: new Set(person.phones), rows: [] },
    roles: new Set(person.positions.map(({ role }) => role)),
  }))
  // Sure matches first, so that no row takes a person whom a later row means more surely.
  let left = rows
  for (const isSame of [byNumberAndName, byNameAndRole])
    left = left.filter((row) => {
      const found = candidates.find((candidate) => candidate.stored && isSame(candidate, row))
      if (found) claim(found, row)
      return !found
    })
  for (const row of left) {
    const found =
      candidates.find((candidate) => byNumberAndName(candidate, row)) ??
      candidates.find((candidate) => byNameAndRole(candidate, row)) ??
      candidates.find((candidate) => isRenamed(candidate, row, rows))
    if (found) claim(found, row)
    else candidates.push(newCandidate(row))
  }
  return candidates
    .filter((candidate) => candidate.rows.length > 0)
    .map(({ stored: person, rows: its }) => ({ stored: person, rows: its }))
}

function byNumberAndName({ words, phones }: Candidate, row: RosterRow): boolean {
  return row.phone !== undefined && phones.has(row.phone) && sameName(words, row.words)
}

function byNameAndRole({ words, roles }: Candidate, row: RosterRow): boolean {
  return roles.has(row.role) && sameName(words, row.words)
}

function isRenamed(candidate: Candidate, row: RosterRow, all: RosterRow[]): boolean {
  if (!candidate.stored || candidate.rows.length > 0) return false
  if (row.phone === undefined || !candidate.phones.has(row.phone)) return false
  return !all.some((other) => sameName(other.words, candidate.words))
}

/** From then on the person is known by what the file says first, and by the number and role it adds. */
function claim(candidate: Candidate, row: RosterRow): void {
  if (candidate.rows.length === 0) candidate.words = row.words
  candidate.rows.push(row)
  candidate.roles.add(row.role)
  if (row.phone) candidate.phones.add(row.phone)
}

function newCandidate(row: RosterRow): Candidate {
  return {
    ...{ stored: undefined, words: row.words, rows: [row], roles: new Set([row.role]) },
    phones: new Set(row.phone ? [row.phone] : []),
  }
}
