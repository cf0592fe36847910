import { setTimeout as sleep } from 'node:timers/promises'
import { Api } from 'grammy'
import type { Update } from 'grammy/types'
import { loggable } from '../../log.ts'
import type { ChannelEvents, ChannelState } from '../channel.ts'
import { introduce } from './bot-profile.ts'
import { detailOf, type Fault, faultOf, isWrongToken } from './faults.ts'
import { wantedUpdates } from './incoming.ts'
import { handOn } from './intake.ts'
import type { TelegramOptions } from './options.ts'
import { apiRootOf } from './options.ts'
import type { Wire } from './outgoing.ts'
import { backoff, faultPause, forGrammy, jittered, rest, startPatience, wrongTokenPause } from './pauses.ts'

/** What Telegram keeps a poll open for when nothing arrives; it allows 50. */
const pollSeconds = 30
/** How much later than asked a poll may be answered before its connection counts as dead. */
const pollGraceSeconds = 10
/** After a failed store: from a fifth of a second up to five, for somebody waits for an answer. */
const storePause = { first: 200, longest: 5000 }
/** A poll under way for so long has surely reached Telegram, and confirmed what lies below its offset. */
const confirmPatience = 1000

/** The loop that asks Telegram for updates, from `start` to `stop`. */
export class Polling {
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
    this.#polls = new Api(options.token, { ...apiRootOf(options), timeoutSeconds })
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
    while (!this.#stopped) await rest(await this.#round(), this.#stopping.signal)
  }

  /** One poll and the storing of what it brought; says how long to wait before the next. */
  async #round(): Promise<number> {
    try {
      if (!this.#greeted) await this.#greet()
      const updates = await this.#ask()
      this.#well()
      // in the order in which they arose, whatever order they came in
      for (const update of updates.sort((a, b) => a.update_id - b.update_id)) {
        if (!(await this.#stored(update))) return 0
        this.#offset = Math.max(this.#offset, update.update_id + 1)
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
    await introduce(this.#wire, this.#events, this.#options.texts, this.#stopping.signal)
    const { url } = await api.getWebhookInfo(signal)
    if (url) {
      await api.deleteWebhook({}, signal)
      log.warn(
        { bot: this.#wire.me?.username },
        'a webhook was set for this bot; it is removed, since we poll',
      )
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
        await handOn(this.#wire, this.#events, update)
        if (failures > 0) this.#well()
        return true
      } catch (error) {
        if (failures === 0) this.#notStored(update, error)
        await rest(backoff(storePause, failures), this.#stopping.signal)
      }
      if (this.#stopped) return false
    }
  }

  #notStored(update: Update, error: unknown): void {
    this.state = { ready: false, detail: 'what arrives cannot be stored; trying again' }
    this.#wire.log.error({ update: update.update_id, ...loggable(error) }, this.state.detail)
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
}
