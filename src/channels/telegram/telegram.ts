import { Api } from 'grammy'
import type { Hono } from 'hono'
import type { Channel, ChannelState } from '../channel.ts'
import { detailOf, faultOf } from './faults.ts'
import { Uploads } from './files.ts'
import { fetchMedia } from './media.ts'
import { apiRootOf, type TelegramOptions } from './options.ts'
import { send, showChosen, type Wire } from './outgoing.ts'
import { forGrammy } from './pauses.ts'
import { Polling } from './polling.ts'
import { lastErrorOf, Webhook } from './webhook.ts'

export type { TelegramOptions } from './options.ts'

/** Who waits longer than this for the answer to a message does not know whether it is out (grammY waits 500 s). */
const sendSeconds = 20
/** The same for a message with a file, which may have to go up a slow line. */
const fileSeconds = 40

/**
 * Telegram by long polling, or by webhook if `webhook` is given; then `routes` is what the web mounts under
 * /telegram. Each update is handed on by itself, in order within a chat, and acknowledged to Telegram only after it
 * was stored: what a crash leaves unacknowledged arrives again, under the same external id.
 *
 * `state` is ready after each poll, or look at the webhook, that Telegram answered, and says in plain English what
 * is wrong otherwise. The channel itself never gives up. `stop` ends the poll at once and waits for the store that
 * is under way.
 *
 * @see https://core.telegram.org/bots/api#getting-updates
 */
export function telegramChannel(options: TelegramOptions): Channel & { routes?: Hono } {
  const { token, log } = options
  const apiFor = (seconds: number) =>
    new Api(token, { ...apiRootOf(options), timeoutSeconds: options.sendSeconds ?? seconds })
  const api = apiFor(sendSeconds)
  const wire: Wire = { api, files: apiFor(fileSeconds), uploads: new Uploads(), token, log }
  const webhook = options.webhook && new Webhook(options, options.webhook, wire)
  let polling: Polling | undefined
  return {
    name: 'telegram',
    ...(webhook ? { routes: webhook.routes } : {}),
    async start(events) {
      wire.moved = async (from, to) => await events.moved?.(from, to)
      if (webhook) return await webhook.start(events)
      polling = new Polling(options, wire, events)
      await polling.start()
    },
    send: (message, furtherSlot) => send(wire, message, furtherSlot),
    state: (): ChannelState => (webhook ?? polling)?.state ?? { ready: false, detail: 'not started' },
    stop: async () => await (webhook ?? polling)?.stop(),
    showChosen: (chat, externalId, choice) => showChosen(wire, chat, externalId, choice),
    fetchMedia: (reference, most) => fetchMedia(wire, options, reference, most),
    async typing(chat) {
      await api.sendChatAction(chat, 'typing').catch((error: unknown) => {
        log.debug({ reason: faultOf(error, token).reason }, 'typing not shown')
      })
    },
  }
}

/**
 * Asks Telegram who this bot is, and how its webhook fares.
 * @returns within `seconds`: what is wrong, or else how messages are received
 */
export async function examineTelegram(
  options: Pick<TelegramOptions, 'token' | 'apiRoot'>,
  seconds: number,
): Promise<{ fault: string } | { receives: string; lastError?: string }> {
  const { token } = options
  const api = new Api(token, { ...apiRootOf(options), timeoutSeconds: seconds })
  const signal = forGrammy(AbortSignal.timeout(seconds * 1000))
  try {
    await api.getMe(signal)
    const info = await api.getWebhookInfo(signal)
    if (!info.url) return { receives: 'by polling' }
    const lastError = lastErrorOf(info, new Date())
    const receives = `by webhook, ${info.pending_update_count} waiting`
    return { receives, ...(lastError ? { lastError } : {}) }
  } catch (error) {
    return { fault: detailOf(faultOf(error, token)) }
  }
}
