import { distance } from 'fastest-levenshtein'
import type { Database } from '../database/client.ts'

/** How many messages, the newest first, are looked through; and how many are read at once. */
const mostMessages = 500_000
const batch = 20_000
/** Of how many contacts, the last heard first, the names are looked through. */
const mostContacts = 200_000
const mostWords = 8
/** Of a text so long only the beginning is looked through. */
const longestRead = 2_000

export type FoundMessage = { at: Date; from: 'officer' | 'staff'; words: string }

export type FoundConversation = {
  /** The contact's id, by which `conversation show` and `reply` know it. */
  id: number
  channel: string
  names: string[]
  displayName: string | null
  phone: string | null
  lastHeardAt: Date | null
  /** The message that fits best; none where the names or the number fit. */
  message: FoundMessage | undefined
  /** How many of its messages fit. */
  messages: number
}

export type Found = {
  conversations: FoundConversation[]
  /** How many more conversations fit. */
  more: number
  /** Whether there are older messages that were not looked at. */
  older: boolean
}

/** What is sought: words in lower case, or the digits of a number. */
export type Sought = { words: string[] } | { digits: string }

/** Undefined for a text in which there is nothing to look for, or too much. */
export function readSought(text: string): Sought | undefined {
  const digits = text.replace(/\D/g, '').replace(/^(62|0)/, '')
  if (/^[+\d\s().-]+$/.test(text) && digits.length >= 4) return { digits }
  const words = [...new Set(wordsOf(text))]
  return words.length > 0 && words.length <= mostWords ? { words } : undefined
}

function wordsOf(text: string): string[] {
  return (
    text
      .slice(0, longestRead)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}

/** The longer a word, the more of it may be wrong. */
function mayDiffer(length: number): number {
  if (length < 4) return 0
  return length < 8 ? 1 : 2
}

/** 3 for the same word, 2 for its beginning, 1 for one with a typing error, else 0. */
export function likeness(sought: string, word: string): number {
  if (word === sought) return 3
  if (sought.length >= 3 && word.startsWith(sought)) return 2
  const may = mayDiffer(sought.length)
  if (may === 0 || Math.abs(word.length - sought.length) > may) return 0
  const off = distance(sought, word)
  if (off <= may) return 1
  // Two neighbours that changed places are two errors to the distance, and one to who types.
  return off === 2 && word.length === sought.length && sorted(word) === sorted(sought) ? 1 : 0
}

function sorted(word: string): string {
  return [...word].sort().join('')
}

/** For each word sought how well a text has it; every different word is compared once. */
function matcher(words: string[]): (text: string) => number[] {
  const known = new Map<string, number[] | undefined>()
  return (text) => {
    const best = words.map(() => 0)
    for (const word of wordsOf(text)) {
      if (!known.has(word)) {
        const all = words.map((sought) => likeness(sought, word))
        known.set(word, all.some((each) => each > 0) ? all : undefined)
      }
      known.get(word)?.forEach((each, index) => {
        best[index] = Math.max(best[index] ?? 0, each)
      })
    }
    return best
  }
}

/** The score when every word is found, be it in one or in the other; 0 when not. */
function score(one: number[], other: number[]): number {
  let sum = 0
  for (const [index, each] of one.entries()) {
    const best = Math.max(each, other[index] ?? 0)
    if (best === 0) return 0
    sum += best
  }
  return sum
}

type Named = Omit<FoundConversation, 'message' | 'messages'> & { threadFrom: Date | null }

type Hit = { contact: Named; score: number; message: FoundMessage | undefined; messages: number }

/**
 * Conversations in which all words stand together: in one message of the officer or of staff, or among the names of who
 * writes there. Typing errors are forgiven. A number finds who has it. The best `most`; the newest of equal ones first.
 */
export async function searchConversations(db: Database, sought: Sought, most: number): Promise<Found> {
  const contacts = await readContacts(db, 'digits' in sought ? sought.digits : undefined)
  const hits = new Map<number, Hit>()
  if ('digits' in sought) {
    for (const contact of contacts.values())
      hits.set(contact.id, { contact, score: 1, message: undefined, messages: 0 })
    return best(hits, most, false)
  }
  const match = matcher(sought.words)
  const inNames = new Map<number, number[]>()
  for (const contact of contacts.values()) {
    const named = match([...contact.names, contact.displayName ?? ''].join(' '))
    inNames.set(contact.id, named)
    const found = score(named, [])
    if (found > 0) hits.set(contact.id, { contact, score: found, message: undefined, messages: 0 })
  }
  const look = (message: Read): void => {
    const contact = contacts.get(message.contactId)
    const inWords = match(message.words)
    if (!contact || !inWords.some((each) => each > 0)) return
    if (contact.threadFrom && message.at < contact.threadFrom) return
    const found = score(inWords, inNames.get(contact.id) ?? [])
    if (found > 0) add(hits, contact, message, found)
  }
  for (const message of await readStaffWords(db)) look(message)
  const older = await readOfficerWords(db, look)
  return best(hits, most, older)
}

function add(hits: Map<number, Hit>, contact: Named, { at, from, words }: Read, found: number): void {
  const hit = hits.get(contact.id)
  const isBetter = !hit?.message || found > hit.score || (found === hit.score && at > hit.message.at)
  hits.set(contact.id, {
    contact,
    messages: (hit?.messages ?? 0) + 1,
    score: Math.max(found, hit?.score ?? 0),
    message: isBetter ? { at, from, words } : hit.message,
  })
}

function best(hits: Map<number, Hit>, most: number, older: boolean): Found {
  const newest = ({ message, contact }: Hit) => (message?.at ?? contact.lastHeardAt)?.getTime() ?? 0
  const all = [...hits.values()].sort((a, b) => b.score - a.score || newest(b) - newest(a))
  return {
    conversations: all
      .slice(0, most)
      .map(({ contact: { threadFrom: _, ...contact }, message, messages }) => ({
        ...contact,
        ...{ message, messages },
      })),
    more: Math.max(0, all.length - most),
    older,
  }
}

async function readContacts(db: Database, digits: string | undefined): Promise<Map<number, Named>> {
  const rows = await db.$queryRaw<Named[]>`
    SELECT c.id, c.channel, c.display_name AS "displayName", c.phone, c.last_heard_at AS "lastHeardAt",
      c.thread_from AS "threadFrom",
      coalesce(array_agg(p.name ORDER BY p.id) FILTER (WHERE p.id IS NOT NULL), '{}') AS names
    FROM contact c LEFT JOIN person_phone n ON n.phone = c.phone LEFT JOIN person p ON p.id = n.person_id
    WHERE ${digits ?? null}::text IS NULL OR c.phone LIKE '%' || ${digits ?? null}::text || '%'
    GROUP BY c.id ORDER BY c.last_heard_at DESC NULLS LAST LIMIT ${mostContacts}`
  return new Map(rows.map((row) => [row.id, row]))
}

type Read = FoundMessage & { contactId: number }

/** All that staff wrote to officers. */
async function readStaffWords(db: Database): Promise<Read[]> {
  return await db.$queryRaw<Read[]>`
    SELECT contact_id AS "contactId", created_at AS at, 'staff' AS "from",
      coalesce(content -> 'parts' -> 1 ->> 'free', '') AS words
    FROM outgoing_message WHERE dedupe_key >= 'staff-word/' AND dedupe_key < 'staff-word0'
    ORDER BY id DESC LIMIT ${mostMessages}`
}

/** Shows every message of officers, the newest first; returns whether there are older ones. */
async function readOfficerWords(db: Database, look: (message: Read) => void): Promise<boolean> {
  let before: number | null = null
  for (let read = 0; read < mostMessages; read += batch) {
    const rows: (Read & { id: number })[] = await db.$queryRaw`
      SELECT id, contact_id AS "contactId", received_at AS at, 'officer' AS "from",
        coalesce(content ->> 'text', content ->> 'caption', '') AS words
      FROM incoming_message WHERE ${before}::int IS NULL OR id < ${before}::int
      ORDER BY id DESC LIMIT ${batch}`
    for (const row of rows) look(row)
    if (rows.length < batch) return false
    before = rows.at(-1)?.id ?? null
  }
  return true
}
