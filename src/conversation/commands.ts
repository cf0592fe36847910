import type { Intent } from '../understanding/intents.ts'
import type { Understanding } from '../understanding/understand.ts'

/** The commands of the messenger's menu (channels/telegram/bot-profile.ts), and those that people know from other bots. */
const commands: ReadonlyMap<string, Intent> = new Map([
  ['start', 'greet'],
  ['jadwal', 'schedule_list'],
  ['daftar', 'register'],
  ['status', 'registration_status'],
  ['bantuan', 'help'],
  ['help', 'help'],
])

/** What a command asks, which leaves no doubt; what was understood, for any other text. */
export function withCommand(text: string, understanding: Understanding): Understanding {
  const [, name = ''] = /^\s*\/([a-z]+)(?:@\w+)?\s*$/i.exec(text) ?? []
  const intent = commands.get(name.toLowerCase())
  return intent ? { ...understanding, intent, also: [], alternatives: [], confidence: 1 } : understanding
}
