import type { PositionTitle, Role } from '../database/generated/enums.ts'
import type { RosterRow } from './roster-file.ts'
import { letterMask, mayBeSame, nameWords, sameName } from './roster-words.ts'

/** A person of a cooperative as stored. */
export type StoredPerson = {
  id: number
  name: string
  phones: string[]
  /** Those held now in this cooperative. */
  positions: { id: number; role: Role; title: PositionTitle }[]
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
  mask: number
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
  const known = new Candidates()
  for (const person of stored) known.addStored(person)
  // Sure matches first, so that no row takes a person whom a later row means more surely.
  let left = rows
  for (const find of [known.storedByNumberAndName, known.storedByNameAndRole])
    left = left.filter((row) => {
      const found = find.call(known, row)
      if (found) known.claim(found, row)
      return !found
    })
  for (const row of left) {
    const found = known.byNumberAndName(row) ?? known.byNameAndRole(row) ?? known.renamed(row, rows)
    if (found) known.claim(found, row)
    else known.addNew(row)
  }
  return known.all
    .filter((candidate) => candidate.rows.length > 0)
    .map(({ stored: person, rows: its }) => ({ stored: person, rows: its }))
}

/** The persons of one cooperative, stored and new, found by number without looking at all. */
class Candidates {
  readonly all: Candidate[] = []
  readonly #byPhone = new Map<string, Candidate[]>()

  addStored(person: StoredPerson): void {
    const words = nameWords(person.name)
    this.#add({
      ...{ stored: person, words, mask: letterMask(words), phones: new Set(person.phones), rows: [] },
      roles: new Set(person.positions.map(({ role }) => role)),
    })
  }

  addNew(row: RosterRow): void {
    const { words, phones, role } = row
    this.#add({
      ...{ stored: undefined, words, mask: letterMask(words), rows: [row], roles: new Set([role]) },
      phones: new Set(phones),
    })
  }

  #add(candidate: Candidate): void {
    this.all.push(candidate)
    for (const phone of candidate.phones) this.#index(phone, candidate)
  }

  #index(phone: string, candidate: Candidate): void {
    const others = this.#byPhone.get(phone)
    if (others) others.push(candidate)
    else this.#byPhone.set(phone, [candidate])
  }

  /** From then on the person is known by what the file says first, and by the number and role it adds. */
  claim(candidate: Candidate, row: RosterRow): void {
    if (candidate.rows.length === 0) {
      candidate.words = row.words
      candidate.mask = letterMask(row.words)
    }
    candidate.rows.push(row)
    candidate.roles.add(row.role)
    for (const phone of row.phones) {
      if (candidate.phones.has(phone)) continue
      candidate.phones.add(phone)
      this.#index(phone, candidate)
    }
  }

  #ofNumber(row: RosterRow): Candidate[] {
    return row.phones.flatMap((phone) => this.#byPhone.get(phone) ?? [])
  }

  byNumberAndName(row: RosterRow): Candidate | undefined {
    return this.#ofNumber(row).find(({ words }) => sameName(words, row.words))
  }

  storedByNumberAndName(row: RosterRow): Candidate | undefined {
    return this.#ofNumber(row).find(({ stored, words }) => stored && sameName(words, row.words))
  }

  byNameAndRole(row: RosterRow): Candidate | undefined {
    const mask = letterMask(row.words)
    return this.all.find(
      (candidate) =>
        mayBeSame(candidate.mask, mask) &&
        candidate.roles.has(row.role) &&
        sameName(candidate.words, row.words),
    )
  }

  storedByNameAndRole(row: RosterRow): Candidate | undefined {
    const mask = letterMask(row.words)
    return this.all.find(
      (candidate) =>
        candidate.stored &&
        mayBeSame(candidate.mask, mask) &&
        candidate.roles.has(row.role) &&
        sameName(candidate.words, row.words),
    )
  }

  /** Whoever has this number under a name that the file does not hold. */
  renamed(row: RosterRow, all: RosterRow[]): Candidate | undefined {
    return this.#ofNumber(row).find(
      ({ stored, rows, words }) =>
        stored && rows.length === 0 && !all.some((other) => sameName(other.words, words)),
    )
  }
}
