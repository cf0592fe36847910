import { createHash, timingSafeEqual } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Update, WebhookInfo } from 'grammy/types'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { loggable } from '../../log.ts'
import { isoInWib, minute } from '../../time.ts'
import type { ChannelEvents, ChannelState } from '../channel.ts'
import { introduce } from './bot-profile.ts'
import { detailOf, type Fault, faultOf, isWrongToken } from './faults.ts'
import { wantedUpdates } from './incoming.ts'
import { handOn } from './intake.ts'
import type { TelegramOptions, WebhookAddress } from './options.ts'
import type { Wire } from './outgoing.ts'
import { faultPause, forGrammy, jittered, rest, startPatience, wrongTokenPause } from './pauses.ts'

/** An update holds one message of at most 4,096 characters, and perhaps the one that it answers. */
const longestBody = 1024 * 1024
/** Requests that Telegram makes at once, 1 to 100; of one chat it makes one at a time. */
const maxConnections = 20
/** How often it is looked whether the webhook still stands, and what Telegram says of it. */
const lookEvery = minute
/** An error of the webhook older than this is history. */
const recent = 10 * minute

type Life = { events: ChannelEvents; underWay: Set<Promise<void>> }

/** Telegram brings the updates to us, from `start` to `stop`, to any number of processes. */
export class Webhook {
  state: ChannelState = { ready: false, detail: 'connecting to Telegram' }
  readonly routes: Hono
  readonly #options: TelegramOptions
  readonly #address: WebhookAddress
  readonly #wire: Wire
  #life: Life | undefined
  #stopping = new AbortController()
  #watching: Promise<void> = Promise.resolve()
  #set = false
  #faults = 0

  constructor(options: TelegramOptions, address: WebhookAddress, wire: Wire) {
    this.#options = options
    this.#address = address
    this.#wire = wire
    this.routes = this.#routes()
  }

  async start(events: ChannelEvents): Promise<void> {
    this.#stopping = new AbortController()
    this.#life = { events, underWay: new Set() }
    let looked = () => {}
    const first = new Promise<void>((resolve) => {
      looked = resolve
    })
    this.#watching = this.#watch(events, looked)
    await Promise.race([first, sleep(startPatience, undefined, { ref: false })])
  }

  /** The webhook stays set: other copies take what comes, or the next start does. */
  async stop(): Promise<void> {
    const ending = this.#life
    this.#life = undefined
    this.#stopping.abort()
    await this.#watching
    await Promise.allSettled(ending?.underWay ?? [])
    this.#set = false
    this.state = { ready: false, detail: 'stopped' }
  }

  get #url(): string {
    return `${this.#address.base}/${this.#address.path}`
  }

  async #watch(events: ChannelEvents, looked: () => void): Promise<void> {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      const pause = await this.#look(events).catch((error: unknown) => {
        return signal.aborted ? 0 : this.#unwell(faultOf(error, this.#wire.token))
      })
      looked()
      await rest(pause, signal)
    }
  }

  /** Sets the webhook if it does not stand, or points elsewhere; says when to look again. */
  async #look(events: ChannelEvents): Promise<number> {
    const { api, log } = this.#wire
    const signal = forGrammy(this.#stopping.signal)
    if (!this.#set) {
      await introduce(this.#wire, events, this.#options.texts, this.#stopping.signal)
      await this.#setWebhook()
    }
    let info = await api.getWebhookInfo(signal)
    if (info.url !== this.#url) {
      log.warn('the webhook was taken away by another program; it is set again')
      await this.#setWebhook()
      info = await api.getWebhookInfo(signal)
    }
    const lastError = lastErrorOf(info, new Date())
    const detail = lastError ? `webhook; ${lastError}` : 'webhook'
    if (lastError && detail !== this.state.detail) log.warn(detail)
    this.#faults = 0
    this.state = { ready: true, detail }
    return lookEvery
  }

  /** The same for every copy, so that whichever comes last changes nothing. What waits at Telegram is kept. */
  async #setWebhook(): Promise<void> {
    const wanted = {
      secret_token: this.#address.token,
      allowed_updates: [...wantedUpdates],
      max_connections: maxConnections,
    }
    await this.#wire.api.setWebhook(this.#url, wanted, forGrammy(this.#stopping.signal))
    this.#set = true
  }

  #unwell(fault: Fault): number {
    const detail = this.#scrubbed(detailOf(fault))
    if (detail !== this.state.detail) this.#wire.log.warn({ reason: this.#scrubbed(fault.reason) }, detail)
    this.state = { ready: false, detail }
    this.#set = false
    return isWrongToken(fault) ? wrongTokenPause : (fault.retryAfter ?? jittered(faultPause, this.#faults++))
  }

  /** Telegram may quote the address that it does not like. */
  #scrubbed(text: string): string {
    return text.replaceAll(this.#address.path, '<path>')
  }

  #routes(): Hono {
    const routes = new Hono()
    const refuseLarge = (c: Context) => this.#refuse(c, 413, 'too large')
    // who does not know the path learns nothing more
    routes.use('/:path', async (c, next) => {
      if (!alike(c.req.param('path'), this.#address.path)) return this.#refuse(c, 404, 'unknown path')
      if (c.req.method !== 'POST') return this.#refuse(c, 405, 'not a POST')
      const token = c.req.header('x-telegram-bot-api-secret-token') ?? ''
      if (!alike(token, this.#address.token)) return this.#refuse(c, 403, 'wrong token')
      return await next()
    })
    routes.post('/:path', bodyLimit({ maxSize: longestBody, onError: refuseLarge }), (c) => this.#take(c))
    return routes
  }

  /** Answers 200 only when the update is stored; Telegram brings it again otherwise. */
  async #take(c: Context): Promise<Response> {
    const update = asUpdate(await c.req.json().catch(() => undefined))
    if (!update) return this.#refuse(c, 400, 'not an update')
    const life = this.#life
    if (!life) return c.body(null, 503)
    const storing = handOn(this.#wire, life.events, update)
    life.underWay.add(storing)
    try {
      await storing
      return c.body(null, 200)
    } catch (error) {
      this.#wire.log.error({ update: update.update_id, ...loggable(error) }, 'what arrived was not stored')
      return c.body(null, 500)
    } finally {
      life.underWay.delete(storing)
    }
  }

  #refuse(c: Context, status: 400 | 403 | 404 | 405 | 413, why: string): Response {
    this.#wire.log.warn({ status, why }, 'a request to the webhook was refused')
    return c.body(null, status)
  }
}

/** Takes as long whatever differs, and however long the texts are. */
function alike(given: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(secret))
}

function asUpdate(body: unknown): Update | undefined {
  if (typeof body !== 'object' || body === null || !('update_id' in body)) return undefined
  return Number.isSafeInteger(body.update_id) ? (body as Update) : undefined
}

/** What Telegram last met at our webhook, in plain English; undefined if that is long ago, or nothing. */
export function lastErrorOf(info: WebhookInfo, now: Date): string | undefined {
  if (info.last_error_date === undefined) return undefined
  const at = new Date(info.last_error_date * 1000)
  if (now.getTime() - at.getTime() > recent) return undefined
  return `at ${isoInWib(at)} Telegram met: ${info.last_error_message ?? 'an error'}`
}
