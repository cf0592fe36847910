import { pino } from 'pino'
import { phoneButton } from '../../src/channels/telegram/keyboard.ts'
import { telegramChannel } from '../../src/channels/telegram/telegram.ts'
import {
  type BotApi,
  type Fault,
  type Shown,
  startBotApi,
  type Person as User,
} from '../telegram/bot-api-server.ts'
import type { Bench, Delivery, Person, Seen, Wrap } from './bench.ts'
import type { Subject } from './conformance.ts'

/** The real grammY client against a Bot API server. */
export const telegram: Subject = {
  name: 'telegram',
  cannot: [],
  knownFaults: {},
  open,
}

async function open(wrap: Wrap): Promise<Bench> {
  const api = await startBotApi()
  const base = telegramChannel({
    ...{ token: api.token, apiRoot: api.root, log: pino({ level: 'silent' }) },
    ...{ pollSeconds: 20, sendSeconds: 2 },
  })
  const channel = wrap(base)
  return {
    channel,
    siti: personOf(api, api.user(11, 'Siti Aminah', '62000011'), '+62000011'),
    budi: personOf(api, api.user(12, 'Budi', '62000012'), '+62000012'),
    nobody: '999',
    begin: (events) => channel.start(events),
    // the channel polls by itself, and gets again what it did not confirm
    retries: async () => {},
    settles: () => roundTrips(api),
    troubles: [
      ...faults.map((fault) => ({
        name: JSON.stringify(fault),
        cause: () => api.faults.next('sendMessage', fault),
      })),
      { name: 'no server', cause: () => api.close() },
    ],
    async close() {
      await base.stop()
      await api.close()
    },
  }
}

const faults: Fault[] = [
  { status: 500 },
  { status: 429, retryAfter: 3 },
  { status: 403 },
  { status: 400 },
  'reset',
  'deliver-then-reset',
  'deliver-then-500',
  'hang',
]

/** A poll that the channel wants to make comes in between. */
async function roundTrips(api: BotApi): Promise<void> {
  for (let n = 0; n < 20; n++) await fetch(`${api.root}/bot${api.token}/getMe`)
}

function personOf(api: BotApi, user: User, phone: string): Person {
  const delivery = ({ update_id }: { update_id: number }): Delivery => ({
    acknowledged: () => !api.unconfirmed.includes(update_id),
    again: async () => api.redeliver(update_id),
  })
  return {
    chat: String(user.id),
    phone,
    writes: async (text) => delivery(user.says(text)),
    presses: async (n) => delivery(user.presses(n)),
    sharesOwnNumber: async () => delivery(user.presses(phoneButton)),
    sharesNumber: async (other) => delivery(user.shares(other, { own: false })),
    sendsVoice: async () => delivery(user.sendsVoice()),
    sees: async () => user.messages.map(seen),
  }
}

function seen({ text, buttons, venue, document }: Shown): Seen {
  const choices = buttons.filter(({ asksPhone }) => !asksPhone).map(({ label }) => label)
  if (document) return { text, choices, document }
  if (!venue) return { text, choices }
  const { title: name, address, lat, lon } = venue
  return { text, choices, location: { name, address, lat, lon } }
}
