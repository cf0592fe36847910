import { MediaFault } from '../channel.ts'
import { faultOf } from './faults.ts'
import type { Wire } from './outgoing.ts'

const usualRoot = 'https://api.telegram.org'
/** A file of some megabytes over a slow line. */
const fetchSeconds = 60

/**
 * A file that somebody sent, of at most `most` bytes.
 * @throws MediaFault; its message holds no token
 * @see https://core.telegram.org/bots/api#getfile
 */
export async function fetchMedia(
  { api, token }: Wire,
  { apiRoot = usualRoot }: { apiRoot?: string },
  reference: string,
  most: number,
): Promise<Uint8Array> {
  const file = await api.getFile(reference).catch((error: unknown) => {
    const { reason } = faultOf(error, token)
    // Telegram gives bots no file of more than 20 MB, and forgets files.
    if (/too big/i.test(reason)) throw new MediaFault('too-large')
    throw new MediaFault(
      /wrong file|invalid file|file.*(not found|unavailable)/i.test(reason) ? 'gone' : 'unreachable',
      reason,
    )
  })
  if ((file.file_size ?? 0) > most) throw new MediaFault('too-large')
  if (!file.file_path) throw new MediaFault('gone')
  const url = `${apiRoot.replace(/\/+$/, '')}/file/bot${token}/${file.file_path}`
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(fetchSeconds * 1000), redirect: 'error' })
    if (response.status === 404) throw new MediaFault('gone')
    if (!response.ok || !response.body) throw new MediaFault('unreachable', `status ${response.status}`)
    return await atMost(response.body, most)
  } catch (error) {
    if (error instanceof MediaFault) throw error
    throw new MediaFault('unreachable', (error as Error).message.replaceAll(token, '…'))
  }
}

async function atMost(body: AsyncIterable<Uint8Array>, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > most) throw new MediaFault('too-large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
