import qrcode from 'qrcode'
import type { Tx } from '../../database/client.ts'
import type { Session } from '../../database/generated/client.ts'
import { storeFile } from './file.ts'

/** Large enough to be read from a wall through a beamer, in pixels. */
const width = 1_000
/** The blank around it, in modules, that readers ask for. */
const margin = 4

/**
 * What a session's QR code holds: the link that opens the bot's chat and notes the presence, or the words to write when
 * the bot's name on Telegram is not known.
 */
export async function codeLink(tx: Tx, code: string): Promise<string> {
  const fact = await tx.fact.findUnique({ where: { name: 'telegram.username' } })
  const username = typeof fact?.value === 'string' ? fact.value : ''
  return /^\w{3,64}$/.test(username) ? `https://t.me/${username}?start=h-${code}` : `HADIR ${code}`
}

/** A session's QR code as a stored picture; its id. */
export async function storeCode(
  tx: Tx,
  { trainingCode, key }: Pick<Session, 'trainingCode' | 'key'>,
  link: string,
  now: Date,
): Promise<number> {
  const content = await qrcode.toBuffer(link, { type: 'png', errorCorrectionLevel: 'M', width, margin })
  return await storeFile(tx, { name: `hadir-${trainingCode}-${key}.png`, type: 'image/png', content }, now)
}
