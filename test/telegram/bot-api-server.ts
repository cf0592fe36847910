/**
 * A small Bot API server, true to the protocol of https://core.telegram.org/bots/api in what the bot uses of it, so
 * that tests run the real grammY client. What the documentation leaves open (texts of errors, the HTML that is
 * accepted, which of two polls meets the conflict) follows the source of Telegram's own server,
 * https://github.com/tdlib/telegram-bot-api.
 */
import { createServer, type IncomingMessage as Request, type ServerResponse as Response } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** What happens to the next call of a method, instead of or besides what it asks for. */
export type Fault =
  /** Refused with this status, and not done. */
  | { status: number; retryAfter?: number; description?: string }
  /** Read, never answered, and not done. */
  | 'hang'
  /** Read, then cut off, and not done. */
  | 'reset'
  /** Done, then cut off before the answer. */
  | 'deliver-then-reset'
  /** Done, then answered with 500. */
  | 'deliver-then-500'

/** A call as it came in, whatever was answered. */
export type Call = {
  /** Milliseconds since 1970, with fractions, never running backwards. */
  at: number
  method: string
  params: Params
  /** Missing as long as there is no answer. */
  status?: number
}

/** `data` for a button under a message; none for one of a keyboard in place of the phone's own. */
export type Button = { label: string; data?: string; asksPhone?: true }

/** A message of the bot as the person sees it. */
export type Shown = {
  message_id: number
  date: number
  text: string
  /** As the bot sent it. */
  html: string
  entities: Entity[]
  buttons: Button[]
  venue?: { title: string; address: string; lat: number; lon: number }
  document?: { name: string; content: Buffer }
}

export type BotApiOptions = {
  token?: string
  port?: number
  username?: string
  /**
   * Sends that the server takes in any one second, and in a row to one chat, where one a second is regained; more is
   * refused with 429. https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
   */
  limits?: { perSecond: number; chatBurst: number }
  /** As Telegram does, let a short poll that asks for the same as one of the last 3 s wait until they are over. */
  slowsRepeatedPolls?: boolean
}

type Entity = { type: string; offset: number; length: number }
/** Parameters as they came in: text where they came as a form. */
type Params = { [name in Parameter]?: unknown } & Record<string, unknown>
type Parameter =
  | ('chat_id' | 'message_id' | 'text' | 'caption' | 'parse_mode' | 'reply_markup' | 'document')
  | ('latitude' | 'longitude' | 'title' | 'address' | 'action' | 'commands' | 'callback_query_id')
  | ('offset' | 'limit' | 'timeout' | 'allowed_updates')
/** What stands in a keyboard or a list of commands. */
type Entry = { [name in EntryField]?: unknown }
type EntryField = 'text' | 'callback_data' | 'request_contact' | 'command' | 'description'
type Update = { update_id: number } & Record<string, unknown>
type Ids = { update_id: number; message_id: number }

/** Longest text of a message, and longest caption of a document. */
const longestText = 4096
const longestCaption = 1024
/** Largest HTML that is parsed at all. */
const longestSource = 32_768
const longestPoll = 50
/** More a bot cannot download: https://core.telegram.org/bots/api#getfile */
const largestFile = 20 * 1024 * 1024
const webhookConflict =
  "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
const pollConflict =
  'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running'
const notModified =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message'
const sends = ['sendMessage', 'sendVenue', 'sendLocation', 'sendDocument']

export async function startBotApi(options: BotApiOptions = {}): Promise<BotApi> {
  const api = new BotApi(options)
  await api.listen(options.port ?? 0)
  return api
}

/** An error as Telegram answers it. */
class Refusal extends Error {
  readonly code: number
  readonly retryAfter: number | undefined
  constructor(code: number, description: string, retryAfter?: number) {
    super(description)
    this.code = code
    this.retryAfter = retryAfter
  }
}

function badRequest(why: string): Refusal {
  return new Refusal(400, `Bad Request: ${why}`)
}

export class BotApi {
  /** Address for the option `apiRoot`. */
  root = ''
  readonly token: string
  /** All calls since the start, in the order in which they came. */
  readonly calls: Call[] = []
  /** Address of a webhook, as if one had been set before; polls are refused as long as there is one. */
  webhook = ''
  readonly faults = {
    /** Queues a fault for the next call of this method that has none yet; `times` of it in a row. */
    next: (method: string, fault: Fault, times = 1) => {
      const key = method.toLowerCase()
      const queue = this.#faults.get(key) ?? []
      this.#faults.set(key, [...queue, ...Array.from({ length: times }, () => fault)])
    },
  }
  readonly #me: { id: number; is_bot: true; first_name: string; username: string }
  readonly #http = createServer((request, response) => void this.#serve(request, response))
  readonly #people = new Map<string, Person>()
  readonly #faults = new Map<string, Fault[]>()
  readonly #callbacks = new Set<string>()
  /** What people sent, by file_id. */
  readonly #files = new Map<string, Buffer>()
  readonly #updates: Updates
  readonly #limits: BotApiOptions['limits']
  /** When sends were taken in the last second. */
  #taken: number[] = []
  /** What a chat may still be sent, and since when it stands so. */
  readonly #allowances = new Map<string, { left: number; at: number }>()
  #messages = 0
  #callbackIds = 0

  constructor({ token = '4242:test-AAbbCCddEEff', ...options }: BotApiOptions) {
    const { username = 'bimtek_test_bot' } = options
    this.#updates = new Updates(options.slowsRepeatedPolls ?? false)
    this.#limits = options.limits
    this.token = token
    this.#me = { id: Number.parseInt(token, 10), is_bot: true, first_name: 'Bimtek', username }
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve) => this.#http.listen(port, '127.0.0.1', resolve))
    this.root = `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`
  }

  /** Cuts every connection, those that hang as well. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#http.close(resolve))
    this.#http.closeAllConnections()
    await closed
  }

  /** The person with this id; made, with the bot started, on the first call. */
  user(id: number, name = 'Siti Aminah', phone = `62000${id}`): Person {
    const known = this.#people.get(String(id))
    if (known) return known
    const person = new Person(this.#side(), { id, name, phone })
    this.#people.set(String(id), person)
    return person
  }

  /** Ids of the updates that the bot has not confirmed, the oldest first. */
  get unconfirmed(): number[] {
    return this.#updates.unconfirmed
  }

  /** Ids of the button presses that were answered. */
  get answeredCallbacks(): string[] {
    const ids = this.calls.filter(({ method, status }) => method === 'answerCallbackQuery' && status === 200)
    return ids.map(({ params }) => String(params.callback_query_id))
  }

  /** Delivers an update again, `times` times, whether confirmed or not, with the id and content that it had. */
  redeliver(updateId: number, times = 1): void {
    this.#updates.again(updateId, times)
  }

  /** Highest number of send calls that came within one second: in all, and to one chat. */
  rate(): { highest: number; highestToOneChat: number } {
    const sent = this.calls.filter(({ method }) => sends.includes(method))
    const byChat = new Map<string, Call[]>()
    for (const call of sent) {
      const chat = String(call.params.chat_id)
      byChat.set(chat, [...(byChat.get(chat) ?? []), call])
    }
    const perChat = [...byChat.values()].map(highestInOneSecond)
    return { highest: highestInOneSecond(sent), highestToOneChat: Math.max(0, ...perChat) }
  }

  /** What a person needs of the server. */
  #side(): Side {
    return {
      me: this.#me,
      nextMessage: () => ++this.#messages,
      nextCallback: () => {
        const id = String(70_000_000_000 + ++this.#callbackIds)
        this.#callbacks.add(id)
        return id
      },
      arrive: (content) => this.#updates.arrive(content),
      keep: (id, content) => void this.#files.set(id, content),
    }
  }

  async #serve(request: Request, response: Response): Promise<void> {
    const [, forFile, path = ''] = /^\/file\/bot([^/]+)\/(.+)$/.exec(request.url ?? '') ?? []
    if (forFile !== undefined) return this.#serveFile(decodeURIComponent(forFile), path, response)
    const [, token, method = ''] = /^\/bot([^/]+)\/(\w+)/.exec(request.url ?? '') ?? []
    const call: Call = {
      at: performance.timeOrigin + performance.now(),
      method,
      params: {},
    }
    this.calls.push(call)
    try {
      const files = await readParams(request, call.params)
      if (token === undefined) throw new Refusal(404, 'Not Found')
      if (decodeURIComponent(token) !== this.token) throw new Refusal(401, 'Unauthorized')
      await this.#answer(call, files, response)
    } catch (error) {
      if (response.destroyed) return
      refuse(call, response, error instanceof Refusal ? error : new Refusal(500, String(error)))
    }
  }

  /** https://core.telegram.org/bots/api#file: by the path that getFile gave. */
  #serveFile(token: string, path: string, response: Response): void {
    const content = token === this.token ? this.#files.get(path.replace(/^documents\//, '')) : undefined
    response.writeHead(content ? 200 : 404).end(content)
  }

  async #answer(call: Call, files: Files, response: Response): Promise<void> {
    const fault = this.#faults.get(call.method.toLowerCase())?.shift()
    if (fault === 'hang') return
    if (fault === 'reset') return cutOff(response)
    if (typeof fault === 'object') throw refusalOf(fault)
    const result = await this.#do(call, files, response)
    if (fault === 'deliver-then-reset') return cutOff(response)
    if (fault === 'deliver-then-500') throw refusalOf({ status: 500 })
    call.status = 200
    reply(response, 200, { ok: true, result })
  }

  #do({ method, params }: Call, files: Files, response: Response): unknown {
    const perform = this.#methods[method.toLowerCase()]
    if (!perform) throw new Refusal(404, 'Not Found: method not found')
    if (this.#limits && sends.includes(method)) this.#takeSlot(this.#limits, String(params.chat_id))
    return perform(params, files, response)
  }

  readonly #methods: Record<string, (params: Params, files: Files, response: Response) => unknown> = {
    getme: () => ({ ...this.#me, can_join_groups: true, can_read_all_group_messages: false }),
    getupdates: (params, _files, response) => {
      if (this.webhook) throw new Refusal(409, webhookConflict)
      return this.#updates.poll(params, response)
    },
    getwebhookinfo: () => {
      const pending = this.#updates.unconfirmed.length
      return { url: this.webhook, has_custom_certificate: false, pending_update_count: pending }
    },
    deletewebhook: () => {
      this.webhook = ''
      return true
    },
    sendmessage: (params) => this.#chat(params).receives({ ...textOf(params), buttons: buttonsOf(params) }),
    sendvenue: (params) =>
      this.#chat(params).receives({ ...noText, venue: venueOf(params), buttons: buttonsOf(params) }),
    sendlocation: (params) =>
      this.#chat(params).receives({ ...noText, venue: placeOf(params), buttons: buttonsOf(params) }),
    senddocument: (params, files) => {
      const content = { ...captionOf(params), document: documentOf(params, files) }
      return this.#chat(params).receives({ ...content, buttons: buttonsOf(params) })
    },
    sendchataction: (params) => {
      if (params.action !== 'typing') throw badRequest('wrong parameter action in request')
      return Boolean(this.#chat(params))
    },
    editmessagereplymarkup: (params) =>
      this.#chat(params).seesButtons(Number(params.message_id), buttonsOf(params)),
    answercallbackquery: (params) => this.#answerCallback(String(params.callback_query_id)),
    setmycommands: checkCommands,
    getfile: ({ file_id }) => {
      const content = this.#files.get(String(file_id))
      if (!content) throw badRequest('wrong file_id or the file is temporarily unavailable')
      if (content.length > largestFile) throw badRequest('file is too big')
      return {
        file_id,
        file_unique_id: file_id,
        file_size: content.length,
        file_path: `documents/${file_id}`,
      }
    },
  }

  /** Refuses what is more than the limits allow. */
  #takeSlot({ perSecond, chatBurst }: { perSecond: number; chatBurst: number }, chat: string): void {
    const now = performance.now()
    this.#taken = this.#taken.filter((at) => at > now - 1000)
    const before = this.#allowances.get(chat) ?? { left: chatBurst, at: now }
    const left = Math.min(chatBurst, before.left + (now - before.at) / 1000)
    if (this.#taken.length >= perSecond || left < 1)
      throw new Refusal(429, 'Too Many Requests: retry after 1', 1)
    this.#taken.push(now)
    this.#allowances.set(chat, { left: left - 1, at: now })
  }

  #chat(params: Params): Person {
    const id = String(params.chat_id ?? '')
    if (id === '') throw badRequest('chat_id is empty')
    const person = this.#people.get(id)
    if (!person) throw badRequest('chat not found')
    if (person.blocked) throw new Refusal(403, 'Forbidden: bot was blocked by the user')
    return person
  }

  #answerCallback(id: string): true {
    if (this.#callbacks.delete(id)) return true
    throw badRequest('query is too old and response timeout expired or query ID is invalid')
  }
}

/** What a {@link Person} needs of the server. */
type Side = {
  me: { id: number; is_bot: true; first_name: string; username: string }
  nextMessage(): number
  nextCallback(): string
  arrive(content: Record<string, unknown>): number
  keep(fileId: string, content: Buffer): void
}

/** Somebody with a phone, in a private chat with the bot. */
export class Person {
  readonly id: number
  /** All messages of the bot, the oldest first. */
  readonly messages: Shown[] = []
  blocked = false
  readonly #phone: string
  readonly #user: { id: number; first_name: string; last_name?: string }
  readonly #server: Side
  readonly #listeners = new Set<() => void>()
  /** How many of the messages were asked for by `hears`, or lie before one that was. */
  #heard = 0

  constructor(server: Side, { id, name, phone }: { id: number; name: string; phone: string }) {
    const [first = '', ...more] = name.split(' ')
    this.id = id
    this.#server = server
    this.#phone = phone
    this.#user = { id, first_name: first, ...(more.length > 0 && { last_name: more.join(' ') }) }
  }

  /** Writes a text; a command is one that begins with `/`. Who had blocked the bot lets it in again first. */
  says(text: string, more: { replyTo?: number } = {}): Ids {
    const command = /^\/\w+/.exec(text)?.[0]
    const entities = command && [{ type: 'bot_command', offset: 0, length: command.length }]
    return this.#writes({ text, ...(entities && { entities }) }, more)
  }

  /** Shares a contact card: of this very person, or of somebody else from the address book. */
  shares(phone: string, { own, replyTo }: { own: boolean; replyTo?: number }): Ids {
    const card = { phone_number: phone, first_name: own ? this.#user.first_name : 'Tetangga' }
    return this.#writes({ contact: { ...card, user_id: own ? this.id : this.id + 1 } }, { replyTo })
  }

  sendsVoice(): Ids {
    return this.#writes({ voice: { ...file('voice', this.id), duration: 3, mime_type: 'audio/ogg' } })
  }

  sendsPhoto(caption?: string): Ids {
    const sizes = [90, 1280].map((width) => ({ ...file(`photo${width}`, this.id), width, height: width }))
    return this.#writes({ photo: sizes, ...(caption !== undefined && { caption }) })
  }

  sendsDocument(name: string, content: Buffer, caption?: string): Ids {
    const file_id = `document-${this.id}-${name.replace(/\W/g, '-')}`
    this.#server.keep(file_id, content)
    const document = { file_id, file_unique_id: file_id, file_name: name, file_size: content.length }
    return this.#writes({ document, ...(caption !== undefined && { caption }) })
  }

  location(lat: number, lon: number): Ids {
    return this.#writes({ location: { latitude: lat, longitude: lon } })
  }

  /** Changes what was written before. */
  edits(messageId: number, text: string): { update_id: number } {
    const edited = { ...this.#frame(messageId), edit_date: now(), text }
    return { update_id: this.#server.arrive({ edited_message: edited }) }
  }

  /**
   * Presses a button of the newest message that has any, by its label, a part of it, or its number from 1. One that
   * asks for the phone number shares this person's own, one of a keyboard writes its label.
   */
  presses(which: string | number): { update_id: number } {
    const message = this.messages.findLast(({ buttons }) => buttons.length > 0)
    const button =
      typeof which === 'number' ? message?.buttons[which - 1] : byLabel(message?.buttons ?? [], which)
    if (!message || !button) throw new Error(`no button "${which}": ${this.#told()}`)
    if (button.asksPhone) return this.shares(this.#phone, { own: true, replyTo: message.message_id })
    if (button.data === undefined) return this.says(button.label)
    const query = {
      id: this.#server.nextCallback(),
      from: this.#from,
      message: this.#asJson(message),
      chat_instance: `-${this.id}`,
      data: button.data,
    }
    return { update_id: this.#server.arrive({ callback_query: query }) }
  }

  blocks(): { update_id: number } {
    this.blocked = true
    return this.#changes('member', 'kicked')
  }

  unblocks(): { update_id: number } {
    this.blocked = false
    return this.#changes('kicked', 'member')
  }

  /**
   * The next message of the bot that fits, from the last one on that was heard: one that is here already, or one
   * that still comes. Fails after the time-out with what came instead.
   */
  hears(what: RegExp | ((message: Shown) => boolean), timeoutMs = 5000): Promise<Shown> {
    const fits = typeof what === 'function' ? what : ({ text }: Shown) => what.test(text)
    const look = (): Shown | undefined => {
      const index = this.messages.findIndex((message, place) => place >= this.#heard && fits(message))
      if (index < 0) return undefined
      this.#heard = index + 1
      return this.messages[index]
    }
    return new Promise((resolve, reject) => {
      const finish = () => {
        clearTimeout(timer)
        this.#listeners.delete(listen)
      }
      const listen = () => {
        const found = look()
        if (!found) return
        finish()
        resolve(found)
      }
      const timer = setTimeout(() => {
        finish()
        reject(new Error(`${this.#user.first_name} did not hear ${String(what)}, but ${this.#told()}`))
      }, timeoutMs)
      this.#listeners.add(listen)
      listen()
    })
  }

  /** For the server: the bot changed the buttons under a message. */
  seesButtons(messageId: number, buttons: Button[]): object {
    const message = this.messages.find((one) => one.message_id === messageId)
    if (!message) throw badRequest('message to edit not found')
    if (JSON.stringify(message.buttons) === JSON.stringify(buttons)) throw badRequest(notModified)
    message.buttons = buttons
    return this.#asJson(message)
  }

  /** For the server: the bot sent something. */
  receives(content: Omit<Shown, 'message_id' | 'date'>): object {
    const message = { ...content, message_id: this.#server.nextMessage(), date: now() }
    this.messages.push(message)
    for (const listen of [...this.#listeners]) listen()
    return this.#asJson(message)
  }

  get #from(): object {
    return { ...this.#user, is_bot: false, language_code: 'id' }
  }

  get #chat(): object {
    return { ...this.#user, type: 'private' }
  }

  #frame(messageId: number): object {
    return { message_id: messageId, from: this.#from, chat: this.#chat, date: now() }
  }

  #writes(content: object, { replyTo }: { replyTo?: number | undefined } = {}): Ids {
    if (this.blocked) this.unblocks()
    const quoted = this.messages.find((message) => message.message_id === replyTo)
    const reply = quoted ? this.#asJson(quoted) : replyTo !== undefined && this.#frame(replyTo)
    const message_id = this.#server.nextMessage()
    const message = { ...this.#frame(message_id), ...(reply && { reply_to_message: reply }), ...content }
    return { update_id: this.#server.arrive({ message }), message_id }
  }

  #changes(from: string, to: string): { update_id: number } {
    const [before, after] = [from, to].map((status) => ({ user: this.#server.me, status }))
    const change = { chat: this.#chat, from: this.#from, date: now() }
    const members = { old_chat_member: before, new_chat_member: after }
    return { update_id: this.#server.arrive({ my_chat_member: { ...change, ...members } }) }
  }

  #asJson({ message_id, date, text, entities, buttons, venue, document }: Shown): object {
    const inline = buttons.filter(({ data }) => data !== undefined)
    const rows = inline.map(({ label, data }) => [{ text: label, callback_data: data }])
    return {
      ...{ message_id, from: this.#server.me, chat: this.#chat, date },
      ...(text && { text }),
      ...(entities.length > 0 && { entities }),
      ...(rows.length > 0 && { reply_markup: { inline_keyboard: rows } }),
      ...(venue && { location: { latitude: venue.lat, longitude: venue.lon } }),
      ...(document && { document: { ...file('document', message_id), file_name: document.name } }),
    }
  }

  #told(): string {
    const unheard = this.messages.slice(this.#heard).map(({ text, buttons }) => ({ text, buttons }))
    return `got since: ${JSON.stringify(unheard)}`
  }
}

type Waiting = {
  resolve(updates: Update[]): void
  reject(error: Refusal): void
  offset: number
  limit: number
}

/** The bot's queue of updates. */
class Updates {
  readonly #slows: boolean
  readonly #all = new Map<number, Update>()
  #queue: Update[] = []
  readonly #repeats: Update[] = []
  #next = 800_001
  /** Empty: all kinds that the bot can get without being asked for. */
  #allowed: string[] = []
  #waiting: Waiting | undefined
  #last = { offset: -1, at: 0 }

  constructor(slowsRepeatedPolls: boolean) {
    this.#slows = slowsRepeatedPolls
  }

  get unconfirmed(): number[] {
    return this.#queue.map(({ update_id }) => update_id)
  }

  /** A kind that the last poll did not want never gets an entry, but does get an id. */
  arrive(content: Record<string, unknown>): number {
    const update = { update_id: this.#next++, ...content }
    const [kind = ''] = Object.keys(content)
    if (this.#allowed.length > 0 && !this.#allowed.includes(kind)) return update.update_id
    this.#all.set(update.update_id, update)
    this.#queue.push(update)
    this.#wake()
    return update.update_id
  }

  again(id: number, times: number): void {
    const update = this.#all.get(id)
    if (!update) throw new Error(`there was no update ${id}`)
    for (let n = 0; n < times; n++) this.#repeats.push(update)
    this.#wake()
  }

  /** The older of two polls that wait gets the conflict. */
  poll(params: Params, response: Response): Update[] | Promise<Update[]> {
    const offset = Number(params.offset ?? 0)
    const limit = Math.min(100, Math.max(1, Number(params.limit ?? 100)))
    const asked = Math.min(longestPoll, Math.max(0, Number(params.timeout ?? 0)))
    const repeated = this.#slows && this.#last.offset === offset && Date.now() - this.#last.at < 3000
    const seconds = repeated ? Math.max(3, asked) : asked
    if (params.allowed_updates !== undefined) this.#allowed = decoded(params.allowed_updates) as string[]
    this.#last = { offset, at: Date.now() }
    this.#confirm(offset)
    const found = this.#take(offset, limit)
    if (found.length > 0 || seconds === 0) return found
    this.#waiting?.reject(new Refusal(409, pollConflict))
    return this.#wait(offset, limit, seconds, response)
  }

  #wait(offset: number, limit: number, seconds: number, response: Response): Promise<Update[]> {
    return new Promise<Update[]>((resolve, reject) => {
      const waiting = { resolve, reject, offset, limit }
      const timer = setTimeout(() => resolve([]), seconds * 1000)
      response.once('close', () => {
        clearTimeout(timer)
        if (this.#waiting === waiting) this.#waiting = undefined
      })
      this.#waiting = waiting
    })
  }

  #wake(): void {
    const waiting = this.#waiting
    if (!waiting) return
    this.#waiting = undefined
    waiting.resolve(this.#take(waiting.offset, waiting.limit))
  }

  /** A negative offset keeps so many of the newest. One far in the future counts as none. */
  #confirm(offset: number): void {
    if (offset < 0) this.#queue = this.#queue.slice(offset)
    else if (offset <= this.#next + 10)
      this.#queue = this.#queue.filter(({ update_id }) => update_id >= offset)
  }

  #take(offset: number, limit: number): Update[] {
    const repeats = this.#repeats.splice(0, limit)
    const from = offset > this.#next + 10 ? 0 : offset
    const fresh = this.#queue.filter(({ update_id }) => update_id >= from)
    return [...repeats, ...fresh.slice(0, limit - repeats.length)]
  }
}

function now(): number {
  return Math.floor(Date.now() / 1000)
}

function file(kind: string, id: number): object {
  return { file_id: `${kind}-file-${id}`, file_unique_id: `${kind}-${id}`, file_size: 1234 }
}

function byLabel(buttons: Button[], wanted: string): Button | undefined {
  return buttons.find(({ label }) => label === wanted) ?? buttons.find(({ label }) => label.includes(wanted))
}

function highestInOneSecond(calls: Call[]): number {
  let highest = 0
  let oldest = 0
  for (const [index, { at }] of calls.entries()) {
    while (at - (calls[oldest]?.at ?? at) >= 1000) oldest++
    highest = Math.max(highest, index - oldest + 1)
  }
  return highest
}

// HTTP

type Files = Map<string, { name: string; content: Buffer }>

/** Parameters come in the address, as a form, as JSON, or as parts of a form with files. */
async function readParams(request: Request, params: Params): Promise<Files> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  const type = request.headers['content-type'] ?? ''
  Object.assign(params, Object.fromEntries(new URL(request.url ?? '', 'http://bot').searchParams))
  const boundary = /boundary=(.+)$/.exec(type)?.[1]
  if (boundary) return readParts(body, boundary, params)
  if (type.includes('json')) Object.assign(params, decoded(body.toString()))
  else Object.assign(params, Object.fromEntries(new URLSearchParams(body.toString())))
  return new Map()
}

function readParts(body: Buffer, boundary: string, params: Params): Files {
  const files: Files = new Map()
  for (const part of body.toString('latin1').split(`--${boundary}`).slice(1, -1)) {
    const end = part.indexOf('\r\n\r\n')
    const head = Buffer.from(part.slice(0, end), 'latin1').toString()
    const content = Buffer.from(part.slice(end + 4, -2), 'latin1')
    const name = /[; ]name="([^"]*)"/.exec(head)?.[1] ?? ''
    const fileName = /filename="?([^";\r\n]*)/.exec(head)?.[1]
    if (fileName === undefined) params[name] = content.toString()
    else files.set(name, { name: fileName, content })
  }
  return files
}

/** JSON stands as text in a form, and as it is within JSON. */
function decoded(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    throw badRequest("can't parse JSON object")
  }
}

const usualWords: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden: bot was blocked by the user',
  404: 'Not Found',
  409: pollConflict,
  502: 'Bad Gateway',
}

function refusalOf({ status, retryAfter, description }: Exclude<Fault, string>): Refusal {
  const wait = status === 429 ? `Too Many Requests: retry after ${retryAfter}` : undefined
  return new Refusal(status, description ?? wait ?? usualWords[status] ?? 'Internal Server Error', retryAfter)
}

function refuse(call: Call, response: Response, { code, message, retryAfter }: Refusal): void {
  call.status = code
  const parameters = retryAfter === undefined ? {} : { parameters: { retry_after: retryAfter } }
  reply(response, code, { ok: false, error_code: code, description: message, ...parameters })
}

function reply(response: Response, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function cutOff(response: Response): void {
  const socket: Socket | null = response.socket
  socket?.resetAndDestroy()
}

// What a message consists of

type Content = Pick<Shown, 'text' | 'html' | 'entities'>

const noText: Content = { text: '', html: '', entities: [] }

function textOf(params: Params): Content {
  if (String(params.text ?? '') === '') throw badRequest('message text is empty')
  const content = shownText(params.text, params.parse_mode)
  if (content.text === '') throw badRequest('text must be non-empty')
  if (content.text.length > longestText) throw badRequest('message is too long')
  return content
}

function captionOf(params: Params): Content {
  const content = shownText(params.caption ?? '', params.parse_mode)
  if (content.text.length > longestCaption) throw badRequest('message caption is too long')
  return content
}

function shownText(source: unknown, parseMode: unknown): Content {
  const html = String(source)
  const mode = String(parseMode ?? '').toLowerCase()
  if (Buffer.byteLength(html) > longestSource) throw badRequest('text is too long')
  if (mode !== '' && mode !== 'html') throw badRequest('unsupported parse_mode')
  const parsed = mode === 'html' ? parseHtml(html) : { text: html, entities: [] }
  return { ...trimmed(parsed.text, parsed.entities), html }
}

function trimmed(text: string, entities: Entity[]): { text: string; entities: Entity[] } {
  const before = text.length - text.trimStart().length
  const shown = text.trim()
  const moved = entities.map(({ type, offset, length }) => {
    const start = Math.max(0, offset - before)
    return { type, offset: start, length: Math.min(shown.length, offset + length - before) - start }
  })
  return { text: shown, entities: moved.filter(({ length }) => length > 0) }
}

function placeOf(params: Params): NonNullable<Shown['venue']> {
  for (const name of ['latitude', 'longitude']) {
    if (String(params[name] ?? '').trim() === '') throw badRequest(`${name} is empty`)
  }
  const [lat, lon] = [Number(params.latitude), Number(params.longitude)]
  if (!(Math.abs(lat) <= 90 && Math.abs(lon) <= 180)) throw badRequest('wrong location coordinates')
  return { title: '', address: '', lat, lon }
}

function venueOf(params: Params): NonNullable<Shown['venue']> {
  const [title, address] = [String(params.title ?? ''), String(params.address ?? '')]
  if (title === '' || address === '') throw badRequest('venue title and address must be non-empty')
  return { ...placeOf(params), title, address }
}

function documentOf(params: Params, files: Files): { name: string; content: Buffer } {
  const named = String(params.document ?? '')
  const part = files.get(named.replace(/^attach:\/\//, '')) ?? files.get('document')
  if (!part)
    throw badRequest(
      named ? 'wrong file identifier/HTTP URL specified' : 'there is no document in the request',
    )
  if (part.content.length === 0) throw badRequest('file must be non-empty')
  return part
}

function buttonsOf(params: Params): Button[] {
  if (params.reply_markup === undefined) return []
  const markup = decoded(params.reply_markup)
  if (typeof markup !== 'object' || markup === null) throw badRequest('object expected as reply markup')
  const { keyboard, inline_keyboard: inline } = markup as { keyboard?: unknown; inline_keyboard?: unknown }
  if (keyboard !== undefined) return rowsOf(keyboard, 'keyboard').map(keyboardButton)
  if (inline === undefined) return []
  return rowsOf(inline, 'inline_keyboard').map(inlineButton)
}

function rowsOf(rows: unknown, field: string): Entry[] {
  if (!Array.isArray(rows) || !rows.every(Array.isArray)) {
    throw badRequest(`field "${field}" must be an Array of Arrays`)
  }
  return rows.flat() as Entry[]
}

function keyboardButton(button: Entry): Button {
  const label = typeof button === 'string' ? button : String(button.text ?? '')
  if (label === '') throw badRequest('keyboard button text must be non-empty')
  return { label, ...(button.request_contact === true && { asksPhone: true as const }) }
}

function inlineButton(button: Entry): Button {
  const [label, data] = [String(button.text ?? ''), String(button.callback_data ?? '')]
  if (label === '')
    throw badRequest('can\'t parse inline keyboard button: Field "text" must be of type String')
  if (data === '') {
    throw badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
  }
  if (Buffer.byteLength(data) > 64) throw badRequest('BUTTON_DATA_INVALID')
  return { label, data }
}

function checkCommands(params: Params): true {
  const commands = decoded(params.commands)
  const right = (one: Entry) =>
    /^[a-z0-9_]{1,32}$/.test(String(one.command)) && /^.{1,256}$/s.test(String(one.description ?? ''))
  if (!Array.isArray(commands) || !commands.every(right)) throw badRequest('BOT_COMMAND_INVALID')
  return true
}

// HTML: https://core.telegram.org/bots/api#html-style

const entityTypes = new Map([
  ...['b', 'strong'].map((tag) => [tag, 'bold'] as const),
  ...['i', 'em'].map((tag) => [tag, 'italic'] as const),
  ...['u', 'ins'].map((tag) => [tag, 'underline'] as const),
  ...['s', 'strike', 'del'].map((tag) => [tag, 'strikethrough'] as const),
  ...['tg-spoiler', 'span'].map((tag) => [tag, 'spoiler'] as const),
  ...['code', 'pre', 'blockquote'].map((tag) => [tag, tag] as const),
  ...([['a', 'text_link'] as const, ['tg-emoji', 'custom_emoji'] as const] as const),
])
const literals = new Map(Object.entries({ lt: '<', gt: '>', amp: '&', quot: '"' }))
const reference = /&(?:#x([\da-f]+)|#(\d+)|([a-z]+));?/iy
const startTag = /<[^\s>]*(?:\s+[^\s=>/"']+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[\w.-]*))?)*\s*>/y
const endTag = /<\/([^\s>]*)\s*>/y

/** The text that is shown, and what is formatted in it. Every `<` begins a tag; an unknown `&…` is text. */
function parseHtml(html: string): { text: string; entities: Entity[] } {
  const open: { tag: string; offset: number }[] = []
  const entities: Entity[] = []
  let text = ''
  for (let at = 0; at < html.length; ) {
    const decodedReference = html[at] === '&' ? referenceAt(html, at) : undefined
    if (decodedReference) {
      text += decodedReference.text
      at += decodedReference.length
    } else if (html[at] !== '<') {
      text += html[at++]
    } else if (html[at + 1] === '/') {
      const { tag, length } = endTagAt(html, at, open.at(-1)?.tag)
      const { offset = 0 } = open.pop() ?? {}
      const type = entityTypes.get(tag) ?? tag
      if (text.length > offset) entities.push({ type, offset, length: text.length - offset })
      at += length
    } else {
      const { tag, length } = startTagAt(html, at)
      open.push({ tag, offset: text.length })
      at += length
    }
  }
  const left = open.at(-1)
  if (left) throw unparsed(`Can't find end tag corresponding to start tag "${left.tag}"`)
  return { text, entities: entities.sort((a, b) => a.offset - b.offset || b.length - a.length) }
}

function unparsed(why: string): Refusal {
  return badRequest(`can't parse entities: ${why}`)
}

function byteOffset(html: string, at: number): string {
  return `at byte offset ${Buffer.byteLength(html.slice(0, at))}`
}

function referenceAt(html: string, at: number): { text: string; length: number } | undefined {
  reference.lastIndex = at
  const [whole = '', hex, decimal, name] = reference.exec(html) ?? []
  if (name !== undefined) {
    const text = literals.get(name)
    return text === undefined ? undefined : { text, length: whole.length }
  }
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
  if (!(code > 0 && code < 0x10ffff)) return undefined
  return { text: String.fromCodePoint(code), length: whole.length }
}

function startTagAt(html: string, at: number): { tag: string; length: number } {
  const tag = (/^<([^\s>]*)[\s>]/.exec(html.slice(at))?.[1] ?? '').toLowerCase()
  if (!/^<[^\s>]*[\s>]/.test(html.slice(at))) throw unparsed(`Unclosed start tag ${byteOffset(html, at)}`)
  if (!entityTypes.has(tag)) throw unparsed(`Unsupported start tag "${tag}" ${byteOffset(html, at)}`)
  startTag.lastIndex = at
  const whole = startTag.exec(html)?.[0]
  if (whole === undefined) throw unparsed(`Unclosed start tag "${tag}" ${byteOffset(html, at)}`)
  if (tag === 'span' && !/\sclass\s*=\s*["']?tg-spoiler/.test(whole)) {
    throw unparsed(`Tag "span" must have class "tg-spoiler" ${byteOffset(html, at)}`)
  }
  return { tag, length: whole.length }
}

function endTagAt(html: string, at: number, open: string | undefined): { tag: string; length: number } {
  if (open === undefined) throw unparsed(`Unexpected end tag ${byteOffset(html, at)}`)
  endTag.lastIndex = at
  const [whole, name = ''] = endTag.exec(html) ?? []
  if (whole === undefined) throw unparsed(`Unclosed end tag ${byteOffset(html, at)}`)
  const found = name.toLowerCase()
  if (found !== '' && found !== open) {
    throw unparsed(`Unmatched end tag ${byteOffset(html, at)}, expected "</${open}>", found "</${found}>"`)
  }
  return { tag: open, length: whole.length }
}
