import type { PositionTitle, Role } from '../database/generated/enums.ts'
import { letterMask, likelyKeys, mayBeSame, nameWords, sameName } from '../people/names.ts'
import type { RosterRow } from './roster-file.ts'

/** A person of a cooperative as stored. */
export type StoredPerson = {
  id: number
  name: string
  phones: string[]
  /** Those held now in this cooperative. */
  positions: { id: number; role: Role; title: PositionTitle }[]
  /**
   * Only waits for staff to agree, and holds no office anywhere: `here` says so of this cooperative, `elsewhere` of
   * another one.
   */
  waits?: 'here' | 'elsewhere' | null
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

const everyRole: Role[] = ['pengurus', 'pengawas', 'manajer']

/**
 * Whether a row may mean somebody by name alone. Who waits for staff is known by their number only: a roster that gives
 * that name another number may well mean somebody else.
 */
function byNameAlone({ stored }: Candidate, row: RosterRow): boolean {
  return !stored?.waits || (stored.waits === 'here' && row.phones.length === 0)
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

/** The persons of one cooperative, stored and new, found by number, or by role and a part of the name. */
class Candidates {
  readonly all: Candidate[] = []
  readonly #byName = new Map<string, Candidate[]>()
  readonly #byPhone = new Map<string, Candidate[]>()

  addStored(person: StoredPerson): void {
    const words = nameWords(person.name)
    this.#add({
      ...{ stored: person, words, mask: letterMask(words), phones: new Set(person.phones), rows: [] },
      // What somebody says of their own role may be wrong; their name and cooperative are not.
      roles: new Set(person.waits ? everyRole : person.positions.map(({ role }) => role)),
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
    for (const phone of candidate.phones) addTo(this.#byPhone, phone, candidate)
    this.#indexName(candidate)
  }

  #indexName(candidate: Candidate): void {
    for (const key of likelyKeys(candidate.words))
      for (const role of candidate.roles) addTo(this.#byName, `${role}/${key}`, candidate)
  }

  /** From then on the person is known by what the file says first, and by the number and role it adds. */
  claim(candidate: Candidate, row: RosterRow): void {
    const isFirst = candidate.rows.length === 0
    if (isFirst) {
      candidate.words = row.words
      candidate.mask = letterMask(row.words)
    }
    if (isFirst || !candidate.roles.has(row.role)) {
      candidate.roles.add(row.role)
      this.#indexName(candidate)
    }
    candidate.rows.push(row)
    for (const phone of row.phones) {
      if (candidate.phones.has(phone)) continue
      candidate.phones.add(phone)
      addTo(this.#byPhone, phone, candidate)
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

  byNameAndRole(row: RosterRow, storedOnly = false): Candidate | undefined {
    const mask = letterMask(row.words)
    for (const key of likelyKeys(row.words)) {
      const found = this.#byName
        .get(`${row.role}/${key}`)
        ?.find(
          (candidate) =>
            mayBeSame(candidate.mask, mask) &&
            (candidate.stored || !storedOnly) &&
            (candidate.rows.length > 0 || byNameAlone(candidate, row)) &&
            sameName(candidate.words, row.words),
        )
      if (found) return found
    }
    return undefined
  }

  storedByNameAndRole(row: RosterRow): Candidate | undefined {
    return this.byNameAndRole(row, true)
  }

  /** Whoever has this number under a name that the file does not hold. */
  renamed(row: RosterRow, all: RosterRow[]): Candidate | undefined {
    return this.#ofNumber(row).find(
      ({ stored, rows, words }) =>
        stored &&
        stored.waits !== 'elsewhere' &&
        rows.length === 0 &&
        !all.some((other) => sameName(other.words, words)),
    )
  }
}

function addTo(index: Map<string, Candidate[]>, key: string, candidate: Candidate): void {
  const others = index.get(key)
  if (others) others.push(candidate)
  else index.set(key, [candidate])
}
