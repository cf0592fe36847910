import { type Announcement, type AnnounceRefusal, announceWave } from '../broadcasts/announce-wave.ts'
import { snapshot } from '../database/client.ts'
import { inWords } from '../time.ts'
import { withBroadcasts } from './broadcast.ts'
import { type BroadcastContext, complain, type SendOptions, sendCommand } from './broadcast-send.ts'
import { UsageError } from './usage.ts'

/** `announce WAVE` as it is called from the command line; the exit status. */
export async function runAnnounce(wave: string, options: SendOptions): Promise<number> {
  readWave(wave)
  return await withBroadcasts((context) => announceCommand(wave, options, context))
}

/** Announces a wave to who may register in it, and prints the text to forward. Returns the exit status. */
export async function announceCommand(
  given: string,
  options: SendOptions,
  context: BroadcastContext,
): Promise<number> {
  const wave = readWave(given)
  const made = await snapshot(context.db, (tx) => announceWave(tx, wave, context.now))
  if ('refused' in made) return complain(context, whyRefused(wave, made))
  const { forward, links, wanted } = made
  return await sendCommand(wanted, options, context, {
    lines: [
      'Text to forward in groups:',
      ...forward.split('\n').map((line) => `  | ${line}`),
      ...linkLines(links),
    ],
    json: { forward, links: { telegram: links.telegram ?? null, whatsapp: links.whatsapp ?? null } },
  })
}

function linkLines({ telegram }: Announcement['links']): string[] {
  if (telegram) return []
  return [
    'Without a t.me link: the bot’s name on Telegram is not known before the service has run with TELEGRAM_TOKEN.',
  ]
}

function readWave(given: string): number {
  if (/^[1-9]\d{0,5}$/.test(given)) return Number(given)
  throw new UsageError(`"${given}" is not the number of a wave`)
}

function whyRefused(wave: number, refusal: AnnounceRefusal): string {
  switch (refusal.refused) {
    case 'unknown-wave':
      return `there is no wave ${wave}; ${refusal.waves.length === 0 ? 'there is none yet' : `there are ${refusal.waves.join(', ')}`}`
    case 'closed':
      return `the registration of wave ${wave} has closed on ${inWords(refusal.closes)}`
    case 'no-classes':
      return `wave ${wave} has no class that is still to come`
  }
}
