import { setTimeout as sleep } from 'node:timers/promises'

export type Update = { update_id: number } & Record<string, unknown>

/** What the caller needs of the queue of updates. */
export type Waiting = {
  /** In order; those that are delivered once more although they were done stand first. */
  pending(): Update[]
  done(update: Update): void
}

export type WebhookSettings = {
  url: string
  secretToken: string
  maxConnections: number
}

/** What happens to a call of the webhook: not made; or made, and its answer lost. */
export type WebhookFault = 'reset' | 'deliver-then-reset'

/** Between a failure and the next attempt: Telegram takes longer. */
const retryAfter = 100
/** Longest wait for an answer. */
const patience = 10_000

/**
 * Brings updates to the bot's webhook, as Telegram does: of one chat one at a time and in order, as long as it takes
 * until each is answered with 2xx; of several chats at once.
 * https://core.telegram.org/bots/api#setwebhook, and queue_id in WebhookActor of https://github.com/tdlib/telegram-bot-api
 */
export class WebhookCalls {
  settings: WebhookSettings | undefined
  lastError: { at: number; message: string } | undefined
  /** Where the name of an https address leads, in place of DNS and TLS; several take turns. */
  readonly hosts = new Map<string, string[]>()
  readonly faults: WebhookFault[] = []
  /** Status of each call that was answered. */
  readonly statuses: number[] = []
  readonly #waiting: Waiting
  readonly #busy = new Set<string>()
  #turn = 0
  #closed = false

  constructor(waiting: Waiting) {
    this.#waiting = waiting
  }

  close(): void {
    this.#closed = true
  }

  /** Begins what can be begun now. */
  pump(): void {
    const { settings } = this
    if (!settings || this.#closed) return
    for (const update of this.#waiting.pending()) {
      if (this.#busy.size >= settings.maxConnections) return
      const chat = chatOf(update)
      if (this.#busy.has(chat)) continue
      this.#busy.add(chat)
      void this.#bring(update, settings).finally(() => {
        this.#busy.delete(chat)
        this.pump()
      })
    }
  }

  async #bring(update: Update, settings: WebhookSettings): Promise<void> {
    const failure = await this.#call(update, settings)
    if (failure === undefined) return this.#waiting.done(update)
    this.lastError = { at: Math.floor(Date.now() / 1000), message: failure }
    await sleep(retryAfter, undefined, { ref: false })
  }

  /** Why it has to be called again; undefined when it was taken. */
  async #call(update: Update, { url, secretToken }: WebhookSettings): Promise<string | undefined> {
    const fault = this.faults.shift()
    if (fault === 'reset') return 'Connection reset by peer'
    try {
      const response = await fetch(this.#addressOf(url), {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(secretToken && { 'x-telegram-bot-api-secret-token': secretToken }),
        },
        body: JSON.stringify(update),
        signal: AbortSignal.timeout(patience),
      })
      await response.arrayBuffer()
      if (fault === 'deliver-then-reset') return 'Read timeout expired'
      this.statuses.push(response.status)
      if (!response.ok) return `Wrong response from the webhook: ${response.status} ${response.statusText}`
      return undefined
    } catch {
      return 'Connection refused'
    }
  }

  #addressOf(url: string): string {
    const { hostname, pathname } = new URL(url)
    const targets = this.hosts.get(hostname)
    if (!targets || targets.length === 0) throw new Error('Failed to resolve host')
    return `${targets[this.#turn++ % targets.length]}${pathname}`
  }
}

function chatOf(update: Update): string {
  const [content] = Object.entries(update).flatMap(([key, value]) => (key === 'update_id' ? [] : [value]))
  const { chat, message, from } = content as {
    chat?: { id: number }
    message?: { chat?: { id: number } }
    from?: { id: number }
  }
  return String((chat ?? message?.chat ?? from)?.id)
}
