import { type Channel, type IncomingContent, MediaFault } from '../channels/channel.ts'
import type { Database } from '../database/client.ts'
import type { IncomingMessage, StoredFile } from '../database/generated/client.ts'
import { type Logger, loggable } from '../log.ts'
import type { Clock } from '../time.ts'
import type { FetchedMedia, Turn } from './reply.ts'

/**
 * A turn needs the file of its message, which no transaction waits for: the turn is undone, the file fetched, and the
 * turn taken again.
 */
export class MediaNeeded extends Error {
  readonly reference: string
  constructor(reference: string) {
    super('the file of a message is needed')
    this.reference = reference
  }
}

/**
 * The file of a turn's message, as it is stored.
 * @throws MediaNeeded while it is not fetched yet
 */
export async function fileOf(turn: Turn): Promise<StoredFile | { fault: MediaFault['why'] }> {
  const reference = referenceOf(turn.content)
  if (reference === undefined) return { fault: 'gone' }
  if (!turn.media) throw new MediaNeeded(reference)
  if ('fault' in turn.media) return turn.media
  return (await turn.tx.storedFile.findUnique({ where: { id: turn.media.fileId } })) ?? { fault: 'gone' }
}

function referenceOf(content: IncomingContent): string | undefined {
  return 'reference' in content ? content.reference : undefined
}

/** No broadcast takes more, and nothing else is fetched. */
const mostBytes = 10 * 1024 * 1024

export type Fetching = {
  db: Database
  clock: Clock
  log: Logger
  /** A channel's way to fetch files; undefined for one that another process hosts, or that has none. */
  fetchMedia?(channel: string): Channel['fetchMedia']
}

/**
 * Fetches the file of a message and stores it; it is deleted a day later. Undefined where another process hosts the
 * message's channel, and answers it.
 */
export async function fetchNeeded(
  { db, clock, log, fetchMedia: wayOf }: Fetching,
  { id: incomingId, channel, content }: IncomingMessage,
  reference: string,
): Promise<FetchedMedia | undefined> {
  const fetchMedia = wayOf?.(channel)
  if (!fetchMedia) return undefined
  const { name = 'berkas' } = content as { name?: string }
  try {
    const stored = await db.storedFile.create({
      data: {
        ...{ name, type: 'application/octet-stream', createdAt: clock.now() },
        content: Uint8Array.from(await fetchMedia(reference, mostBytes)),
      },
      select: { id: true },
    })
    return { incomingId, fileId: stored.id }
  } catch (error) {
    log.warn({ incoming: incomingId, ...loggable(error) }, 'the file of a message was not fetched')
    return { incomingId, fault: error instanceof MediaFault ? error.why : 'unreachable' }
  }
}
