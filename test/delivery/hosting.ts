import { pino } from 'pino'
import { telegramChannel } from '../../src/channels/telegram/telegram.ts'
import type { QuietHours } from '../../src/config.ts'
import { transaction } from '../../src/database/client.ts'
import { listen } from '../../src/database/notify.ts'
import type { OutgoingContent } from '../../src/delivery/content.ts'
import { type Limiter, limiter as limiterOf, ownPace } from '../../src/delivery/limits.ts'
import { enqueue, type NewOutgoing } from '../../src/delivery/outbox.ts'
import { createDelivery } from '../../src/delivery/send.ts'
import { loadTexts } from '../../src/texts.ts'
import { later, systemClock } from '../../src/time.ts'
import { freshDatabase } from '../database.ts'
import { type BotApi, startBotApi } from '../telegram/bot-api-server.ts'

const log = pino({ level: 'silent' })

/** A database, a Bot API server, and what a process has that hosts Telegram. */
export async function startHosting(
  given: {
    perSecond?: number
    clock?: { now(): Date }
    quietHours?: QuietHours
    /** How long an answer is waited for; 20 if not given. */
    sendSeconds?: number
  } = {},
) {
  const database = await freshDatabase()
  const api = await startBotApi()
  const hosts: { stop(): Promise<void> }[] = []
  const clock = given.clock ?? systemClock

  /** One more process that sends, with a limiter of its own. */
  const another = async () => {
    const listener = await listen(database.url, log)
    const limiter: Limiter = limiterOf(ownPace(given.perSecond ?? Number.POSITIVE_INFINITY))
    const { sendSeconds = 20, quietHours = null } = given
    const channel = telegramChannel({ token: api.token, apiRoot: api.root, log, sendSeconds })
    const delivery = createDelivery({
      ...{ db: database.db, texts: loadTexts(), clock, log, owner: listener.owner },
      ...{ quietHours, channels: [{ channel, limiter }] },
    })
    hosts.push({
      stop: async () => {
        await delivery.stop()
        await listener.close()
      },
    })
    return { delivery, limiter }
  }

  const { delivery, limiter } = await another()
  return {
    ...{ database, db: database.db, api, delivery, limiter, another },
    contact: async (chat: number, more: object = {}) => {
      api.user(chat)
      return await database.db.contact.create({ data: { channel: 'telegram', chat: String(chat), ...more } })
    },
    queue: async (
      message: Omit<NewOutgoing, 'content' | 'dueAt'> & {
        text: string
        dueAt?: Date
        content?: Partial<OutgoingContent>
      },
    ) => {
      const { text, ...rest } = message
      const content = { ...rest.content, parts: [{ free: text }] }
      const id = await transaction(database.db, (tx) =>
        enqueue(tx, { dueAt: later(clock.now(), -1), ...rest, content }),
      )
      return id ?? 0
    },
    /** Sends until nothing is due any more. */
    sendAll: async () => {
      while ((await delivery.sweep()) > 0) await delivery.idle()
    },
    stop: async () => {
      for (const host of hosts) await host.stop()
      await api.close()
      await database.drop()
    },
  }
}

export type Hosting = Awaited<ReturnType<typeof startHosting>>

/** Texts of the messages that were accepted or refused, in the order in which they were asked for. */
export function textsSent(api: BotApi): string[] {
  return api.calls
    .filter(({ method }) => method.toLowerCase() === 'sendmessage' || method === 'sendDocument')
    .map(({ params }) => String(params['text'] ?? params['caption']))
}
