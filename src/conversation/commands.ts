import type { Intent } from '../understanding/intents.ts'
import type { Understanding } from '../understanding/understand.ts'
import { asksForOneself } from './colleague-named.ts'

/** The commands of the messenger's menu (channels/telegram/bot-profile.ts), and those that people know from other bots. */
const commands: ReadonlyMap<string, Intent> = new Map([
  ['start', 'greet'],
  ['jadwal', 'schedule_list'],
  ['daftar', 'register'],
  ['status', 'registration_status'],
  ['bantuan', 'help'],
  ['help', 'help'],
])

const mistaken: ReadonlySet<Intent> = new Set([
  ...(['profile_update', 'check_in', 'reminder_settings', 'unsubscribe', 'complaint', 'feedback'] as const),
  ...(['out_of_scope', 'inform', 'affirm', 'deny', 'programme_info'] as const),
])

/** "ya sudah, daftarkan saya" wants that, whatever the words before it are. */
export function withWishToRegister(text: string, understanding: Understanding): Understanding {
  if (!mistaken.has(understanding.intent) || !asksForOneself(text)) return understanding
  return { ...understanding, intent: 'register', confidence: Math.max(understanding.confidence, surely) }
}

const surely = 0.9

/** What a command asks, which leaves no doubt; what was understood, for any other text. */
export function withCommand(text: string, understanding: Understanding): Understanding {
  const [, name = ''] = /^\s*\/([a-z]+)(?:@\w+)?\s*$/i.exec(text) ?? []
  const intent = commands.get(name.toLowerCase())
  return intent ? { ...understanding, intent, also: [], alternatives: [], confidence: 1 } : understanding
}
