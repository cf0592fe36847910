import { setTimeout as sleep } from 'node:timers/promises'
import { Api } from 'grammy'
import type { Update } from 'grammy/types'
import { type Logger, loggable } from '../../log.ts'
import type { Channel, ChannelEvents, ChannelState } from '../channel.ts'
import { incoming, reachability, wantedUpdates } from './incoming.ts'
import { fetchMedia } from './media.ts'
import { type Fault, faultOf, send, type Wire } from './outgoing.ts'

/** Who waits longer than this for the answer to a message does not know whether it is out (grammY waits 500 s). */
const sendSeconds = 20
/** What Telegram keeps a poll open for when nothing arrives; it allows 50. */
const pollSeconds = 30
/** How much later than asked a poll may be answered before its connection counts as dead. */
const pollGraceSeconds = 10
/** `start` waits so long for the first answer of Telegram, then lets the service go on without it. */
const startPatience = 3000
/** Only the operator can mend a wrong token: no need to ask often. */
const wrongTokenPause = 60_000
/** After a fault of the network: about half a second, doubled up to half a minute. */
const faultPause = { first: 500, longest: 30_000 }
/** After a failed store: from a fifth of a second up to five, for somebody waits for an answer. */
const storePause = { first: 200, longest: 5000 }
/** A poll under way for so long has surely reached Telegram, and confirmed what lies below its offset. */
const confirmPatience = 1000

export type TelegramOptions = {
  /** As BotFather gave it. It appears in no state, log line or {@link Sent}. */
  token: string
  /** Address of the Bot API server, without the token; https://api.telegram.org if not given. */
  apiRoot?: string
  log: Logger
  /** Seconds that a poll waits for something to arrive, 1 to 50. Default 30. */
  pollSeconds?: number
  /** Seconds after which a call that sends is given up, its outcome unknown. Default 20. */
  sendSeconds?: number
}

/**
 * Telegram by long polling, for private chats. Each update is handed on by itself, in order, and confirmed to
 * Telegram only after it was stored: what a crash leaves unconfirmed arrives again, under the same external id.
 *
 * `state` is ready after each poll that Telegram answered, and says in plain English what is wrong otherwise. The
 * channel itself never gives up. `stop` ends the poll at once and waits for the store that is under way.
 *
 * @see https://core.telegram.org/bots/api#getupdates
 */
export function telegramChannel(options: TelegramOptions): Channel {
  const { token, log } = options
  const api = new Api(token, { ...root(options), timeoutSeconds: options.sendSeconds ?? sendSeconds })
  const wire: Wire = { api, token, log }
  let polling: Polling | undefined
  return {
    name: 'telegram',
    async start(events) {
      polling = new Polling(options, wire, events)
      await polling.start()
    },
    send: (message, furtherSlot) => send(wire, message, furtherSlot),
    state: () => polling?.state ?? { ready: false, detail: 'not started' },
    stop: async () => polling?.stop(),
    fetchMedia: (reference, most) => fetchMedia(wire, options, reference, most),
    async typing(chat) {
      await api.sendChatAction(chat, 'typing').catch((error: unknown) => {
        log.debug({ reason: faultOf(error, token).reason }, 'typing not shown')
      })
    },
  }
}

/** Asks Telegram who this bot is; undefined when it answers within `seconds`, else what is wrong. */
export async function telegramFault(
  options: Pick<TelegramOptions, 'token' | 'apiRoot'>,
  seconds: number,
): Promise<string | undefined> {
  const { token } = options
  const api = new Api(token, { ...root(options), timeoutSeconds: seconds })
  try {
    await api.getMe(forGrammy(AbortSignal.timeout(seconds * 1000)))
    return undefined
  } catch (error) {
    return detailOf(faultOf(error, token))
  }
}

/** grammY refuses a slash at the end of the address. */
function root({ apiRoot }: Pick<TelegramOptions, 'apiRoot'>): { apiRoot?: string } {
  return apiRoot === undefined ? {} : { apiRoot: apiRoot.replace(/\/+$/, '') }
}

/** The loop that asks Telegram for updates, from `start` to `stop`. */
class Polling {
  state: ChannelState = { ready: false, detail: 'connecting to Telegram' }
  readonly #options: TelegramOptions
  readonly #wire: Wire
  readonly #events: ChannelEvents
  readonly #polls: Api
  readonly #stopping = new AbortController()
  #running: Promise<void> = Promise.resolve()
  /** Called after each poll, answered or failed; `start` waits for the first. */
  #answered = () => {}
  /** What is below is stored. */
  #offset = 0
  /** The newest poll: what it confirmed, and since when it runs. */
  #asked = { offset: 0, at: 0 }
  #greeted = false
  #faults = 0
  #seconds = 0

  constructor(options: TelegramOptions, wire: Wire, events: ChannelEvents) {
    this.#options = options
    this.#wire = wire
    this.#events = events
    const timeoutSeconds = this.#longPoll + pollGraceSeconds
    this.#polls = new Api(options.token, { ...root(options), timeoutSeconds })
  }

  async start(): Promise<void> {
    const answered = new Promise<void>((resolve) => {
      this.#answered = resolve
    })
    this.#running = this.#rounds()
    await Promise.race([answered, sleep(startPatience, undefined, { ref: false })])
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#running
    await this.#confirm()
    this.state = { ready: false, detail: 'stopped' }
  }

  get #longPoll(): number {
    return Math.max(1, this.#options.pollSeconds ?? pollSeconds)
  }

  get #stopped(): boolean {
    return this.#stopping.signal.aborted
  }

  async #rounds(): Promise<void> {
    while (!this.#stopped) await this.#rest(await this.#round())
  }

  /** One poll and the storing of what it brought; says how long to wait before the next. */
  async #round(): Promise<number> {
    try {
      if (!this.#greeted) await this.#greet()
      const updates = await this.#ask()
      this.#well()
      for (const update of updates) {
        if (!(await this.#stored(update))) return 0
        this.#offset = update.update_id + 1
      }
      return 0
    } catch (error) {
      if (this.#stopped) return 0
      return this.#unwell(faultOf(error, this.#wire.token))
    }
  }

  /** Checks the token, and takes away a webhook: while there is one, Telegram refuses polls. */
  async #greet(): Promise<void> {
    const { api, log } = this.#wire
    const signal = forGrammy(this.#stopping.signal)
    const me = await api.getMe(signal)
    const { url } = await api.getWebhookInfo(signal)
    if (url) {
      await api.deleteWebhook({}, signal)
      log.warn({ bot: me.username }, 'a webhook was set for this bot; it is removed, since we poll')
    }
    this.#greeted = true
  }

  /** The first poll after a fault does not wait, so that the state soon tells that all is well again. */
  async #ask(): Promise<Update[]> {
    this.#asked = { offset: this.#offset, at: Date.now() }
    const wanted = { offset: this.#offset, timeout: this.#seconds, allowed_updates: [...wantedUpdates] }
    return await this.#polls.getUpdates(wanted, forGrammy(this.#stopping.signal))
  }

  #well(): void {
    if (!this.state.ready) this.#wire.log.info({ faults: this.#faults }, 'receiving from Telegram')
    this.#faults = 0
    this.#seconds = this.#longPoll
    this.state = { ready: true, detail: 'polling' }
    this.#answered()
  }

  /**
   * Notes a fault, and says how long to wait. After a conflict the next poll is a long one: a short one gets
   * through between two polls of the other program, and would tell nothing.
   */
  #unwell(fault: Fault): number {
    const detail = detailOf(fault)
    if (detail !== this.state.detail) this.#wire.log.warn({ reason: fault.reason }, detail)
    this.state = { ready: false, detail }
    this.#answered()
    this.#greeted = false
    this.#asked = { offset: 0, at: 0 }
    this.#seconds = fault.code === 409 ? this.#longPoll : 0
    return isWrongToken(fault) ? wrongTokenPause : (fault.retryAfter ?? jittered(faultPause, this.#faults++))
  }

  /** Hands an update on until it is stored; false if `stop` came first, and it is not. */
  async #stored(update: Update): Promise<boolean> {
    for (let failures = 0; ; failures++) {
      try {
        await this.#handOn(update)
        if (failures > 0) this.#well()
        return true
      } catch (error) {
        if (failures === 0) this.#notStored(update, error)
        await this.#rest(backoff(storePause, failures))
      }
      if (this.#stopped) return false
    }
  }

  #notStored(update: Update, error: unknown): void {
    this.state = { ready: false, detail: 'what arrives cannot be stored; trying again' }
    this.#wire.log.error({ update: update.update_id, ...loggable(error) }, this.state.detail)
  }

  async #handOn(update: Update): Promise<void> {
    const message = incoming(update)
    if (message) await this.#events.message(message)
    const change = reachability(update)
    if (change) await this.#events.reachable(change.chat, change.reachable)
    if (update.callback_query) void this.#settle(update.callback_query.id)
  }

  /** Stops the waiting sign on the pressed button; too late for it, or pressed twice, is no matter. */
  async #settle(callback: string): Promise<void> {
    const { api, token, log } = this.#wire
    await api.answerCallbackQuery(callback).catch((error: unknown) => {
      log.debug({ reason: faultOf(error, token).reason }, 'press of a button not acknowledged')
    })
  }

  /** Tells Telegram what is stored, so that the next start does not get it again; if this fails, it does. */
  async #confirm(): Promise<void> {
    const reached = this.#asked.offset === this.#offset && Date.now() - this.#asked.at > confirmPatience
    if (this.#offset === 0 || reached) return
    const stored = { offset: this.#offset, limit: 1, timeout: 0 }
    const signal = forGrammy(AbortSignal.timeout(confirmPatience))
    await this.#polls.getUpdates(stored, signal).catch((error: unknown) => {
      this.#wire.log.debug({ reason: faultOf(error, this.#wire.token).reason }, 'offset not confirmed')
    })
  }

  /** Waits, but not beyond `stop`. */
  async #rest(milliseconds: number): Promise<void> {
    if (milliseconds === 0) return
    await sleep(milliseconds, undefined, { signal: this.#stopping.signal }).catch(() => undefined)
  }
}

type GrammySignal = NonNullable<Parameters<Api['getMe']>[0]>

/** grammY names the type of an older AbortController, and takes that of Node as well. */
function forGrammy(signal: AbortSignal): GrammySignal {
  return signal as unknown as GrammySignal
}

type Pause = { first: number; longest: number }

function backoff({ first, longest }: Pause, failures: number): number {
  return Math.min(longest, first * 2 ** failures)
}

/** Between half and all of it, so that not all who lost the same network come back in the same moment. */
function jittered(pause: Pause, failures: number): number {
  return backoff(pause, failures) * (0.5 + Math.random() / 2)
}

/** 404 is the answer to a token of no valid form, 421 that of a server for other bots. */
function isWrongToken({ code }: Fault): boolean {
  return code === 401 || code === 404 || code === 421
}

function detailOf(fault: Fault): string {
  const { code, reason } = fault
  if (isWrongToken(fault)) return `Telegram does not know the token (${code}): TELEGRAM_TOKEN is wrong`
  if (code === 409) return `another program receives this bot's messages (409: ${reason})`
  if (code === 429) return `Telegram asks to wait (429: ${reason})`
  if (code !== undefined) return `Telegram answers with an error (${code}: ${reason})`
  return `Telegram does not answer: ${reason}`
}
