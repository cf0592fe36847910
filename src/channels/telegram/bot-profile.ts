import type { BotCommand } from 'grammy/types'
import type { Texts } from '../../texts.ts'
import type { ChannelEvents } from '../channel.ts'
import { faultOf } from './faults.ts'
import type { Wire } from './outgoing.ts'
import { forGrammy } from './pauses.ts'

/** What is set for the phones of each language; that without a code is shown in all others. */
const languages = [
  { locale: 'id', code: undefined },
  { locale: 'en', code: 'en' },
] as const

/** Commands of the menu and the keys of their descriptions; the dialogue reads them (conversation/commands.ts). */
const menu = [
  ['jadwal', 'menu-schedule'],
  ['daftar', 'menu-register'],
  ['status', 'menu-status'],
  ['bantuan', 'menu-help'],
] as const

/**
 * Asks Telegram who the bot is and tells the service its name; then sees, without being waited for, that its menu
 * and description are those of the texts.
 * @throws what Telegram answered, or that it did not
 */
export async function introduce(
  wire: Wire,
  events: ChannelEvents,
  texts: Texts | undefined,
  signal: AbortSignal,
): Promise<void> {
  const { id, username } = await wire.api.getMe(forGrammy(signal))
  wire.me = { id, username }
  await events.named?.(username)
  if (!texts) return
  void describe(wire, texts, signal).catch((error: unknown) => {
    wire.log.debug({ reason: faultOf(error, wire.token).reason }, 'menu and description not set')
  })
}

/** Sets only what differs: Telegram allows few changes. */
async function describe({ api }: Wire, texts: Texts, signal: AbortSignal): Promise<void> {
  const until = forGrammy(signal)
  for (const { locale, code } of languages) {
    const of = code ? { language_code: code } : {}
    const commands = menu.map(([command, key]) => ({ command, description: texts.text(locale, key) }))
    if (!alike(await api.getMyCommands(of, until), commands)) await api.setMyCommands(commands, of, until)
    const long = texts.text(locale, 'bot-description')
    if ((await api.getMyDescription(of, until)).description !== long)
      await api.setMyDescription(long, of, until)
    const short = texts.text(locale, 'bot-short-description')
    if ((await api.getMyShortDescription(of, until)).short_description !== short)
      await api.setMyShortDescription(short, of, until)
  }
}

function alike(some: BotCommand[], others: BotCommand[]): boolean {
  const told = (commands: BotCommand[]) =>
    JSON.stringify(commands.map(({ command, description }) => [command, description]))
  return told(some) === told(others)
}
