import type { Logger } from '../../log.ts'

/** A person of the sample data, as whom anybody may try the bot. */
export type SampleOfficer = {
  id: number
  name: string
  /** Such as "Ketua". */
  title: string
  cooperative: string
  /** Kelurahan and kecamatan. */
  area: string
  /** The chat id, stable for each officer. */
  chat: string
  /** The number that "Bagikan nomor saya" shares; undefined for who has none on the roster. */
  phone: string | undefined
}

/** A message as the browser shows it. */
export type ThreadMessage = {
  /** Unique within the chat: `i` and the id of an incoming row, or `o` and the id of an outgoing one. */
  id: string
  /** What the browser called an officer's message (its external id), by which it knows its own again. */
  externalId: string | undefined
  from: 'officer' | 'bot'
  /** ISO 8601 */
  at: string
  /** Rich text (see rich-text.ts); of a pressed choice its label. */
  rich: string
  choices: { label: string; data: string }[]
  asksPhone: boolean
  location?: { name: string; address: string; lat: number; lon: number }
  attachment?: 'voice' | 'picture' | 'sticker' | 'contact' | 'location'
  /** A file that the bot sent with it. */
  document?: { name: string }
}

export type DocumentFile = { name: string; type: string; content: Uint8Array }

export type SimulatorOptions = {
  /** At most 30; an empty search gives a good varied first selection. */
  officers(search: string): Promise<SampleOfficer[]>
  /** Undefined if there is no such sample officer. */
  officer(chat: string): Promise<SampleOfficer | undefined>
  /** The newest 100, in the order in which they became visible, oldest first. */
  thread(chat: string): Promise<ThreadMessage[]>
  /** The file of a message (its id without the `o`) that was sent to this chat; undefined if there is none. */
  file(chat: string, outgoingId: number): Promise<DocumentFile | undefined>
  /** Calls back when something of this chat changed (a new message in or out); returns how to stop. */
  watch(chat: string, changed: () => void): () => void
  log: Logger
}
