/**
 * A small Bot API server, true to the protocol of https://core.telegram.org/bots/api in what the bot uses of it, so
 * that tests run the real grammY client. What the documentation leaves open (texts of errors, the HTML that is
 * accepted, which of two polls meets the conflict) follows the source of Telegram's own server,
 * https://github.com/tdlib/telegram-bot-api.
 */
import { createServer, type IncomingMessage as Request, type ServerResponse as Response } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { type Update, WebhookCalls, type WebhookFault } from './webhook-calls.ts'

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
  /** Done, and never answered. */
  | 'deliver-then-hang'

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
export type Button = { label: string; data?: string; url?: string; asksPhone?: true }

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
  photo?: Buffer
  /** The message to which it replies. */
  replyTo?: number
  /** The keyboard in place of the phone's own that was shown until then goes away. */
  hidesKeyboard?: true
  /** It came with a keyboard of that kind, or took one away: it cannot be edited. */
  final?: true
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
  | ('url' | 'secret_token' | 'max_connections' | 'drop_pending_updates')
  | ('language_code' | 'description' | 'short_description')
  | ('photo' | 'reply_parameters' | 'disable_notification')
/** What stands in a keyboard or a list of commands. */
type Entry = { [name in EntryField]?: unknown }
type EntryField = 'text' | 'callback_data' | 'url' | 'request_contact' | 'command' | 'description'
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
const sends = ['sendMessage', 'sendVenue', 'sendLocation', 'sendDocument', 'sendPhoto']
/** These count for the limit of all together. */
const limited = [...sends, 'editMessageReplyMarkup']
/** Messages that a group takes in a minute: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this */
const groupPerMinute = 20
const minute = 60_000

export async function startBotApi(options: BotApiOptions = {}): Promise<BotApi> {
  const api = new BotApi(options)
  await api.listen(options.port ?? 0)
  return api
}

/** An error as Telegram answers it. */
class Refusal extends Error {
  readonly code: number
  readonly retryAfter: number | undefined
  /** The id that a group has now. */
  movedTo: number | undefined
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
  /** What the bot sent, by kind and file_id. */
  readonly #sent = new Map<string, SentFile>()
  readonly #updates: Updates
  readonly #webhook: WebhookCalls
  /** By the method's name without `set`, in lower case, and the language. */
  readonly #profile = new Map<string, unknown>()
  readonly #limits: BotApiOptions['limits']
  /** When sends were taken in the last second. */
  #taken: number[] = []
  /** What a chat may still be sent, and since when it stands so. */
  readonly #allowances = new Map<string, { left: number; at: number }>()
  /** When sends to a group were taken in the last minute. */
  readonly #ofGroup = new Map<string, number[]>()
  #messages = 0
  #callbackIds = 0

  constructor({ token = '4242:test-AAbbCCddEEff', ...options }: BotApiOptions) {
    const { username = 'bimtek_test_bot' } = options
    this.#updates = new Updates(options.slowsRepeatedPolls ?? false, () => this.#webhook.pump())
    this.#webhook = new WebhookCalls(this.#updates)
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
    this.#webhook.close()
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

  /** Address of the webhook; '' for none. Polls are refused as long as there is one. */
  get webhook(): string {
    return this.#webhook.settings?.url ?? ''
  }

  set webhook(url: string) {
    this.#webhook.settings = url === '' ? undefined : { url, secretToken: '', maxConnections: 40 }
    this.#webhook.pump()
  }

  /** The secret token with which the webhook was set. */
  get webhookToken(): string {
    return this.#webhook.settings?.secretToken ?? ''
  }

  /** Status of each answer of the webhook, the oldest first. */
  get webhookStatuses(): number[] {
    return this.#webhook.statuses
  }

  /** Where calls of the webhook to this host name go, without TLS: one address, or several that take turns. */
  leads(host: string, ...to: string[]): void {
    this.#webhook.hosts.set(host, to)
    this.#webhook.pump()
  }

  /** What happens to the next calls of the webhook. */
  failsWebhook(fault: WebhookFault, times = 1): void {
    this.#webhook.faults.push(...Array.from({ length: times }, () => fault))
  }

  /** The next batches of updates are brought in the wrong order, as polls get them. */
  reorders(batches = 1): void {
    this.#updates.reversed += batches
  }

  /** What the bot has set: of `mycommands`, `mydescription`, `myshortdescription`. */
  profile(what: string, language = ''): unknown {
    return this.#profile.get(`${what}/${language}`)
  }

  /** The group with this id, which is below 0; made on the first call. Who writes there is named `by`. */
  group(id: number, title = 'Lurah Kota'): Person {
    const known = this.#people.get(String(id))
    if (known) return known
    const group = new Person(this.#side(), { id, name: title, phone: '', group: true })
    this.#people.set(String(id), group)
    return group
  }

  /** A group becomes a supergroup, which has another id. */
  upgrades(id: number): Person {
    const before = this.group(id)
    const after = this.group(-1_000_000_000_000 + id)
    before.movedTo = after.id
    before.moves(after.id)
    return after
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
    if (fault === 'deliver-then-hang') return
    if (fault === 'deliver-then-reset') return cutOff(response)
    if (fault === 'deliver-then-500') throw refusalOf({ status: 500 })
    call.status = 200
    reply(response, 200, { ok: true, result })
  }

  #do({ method, params }: Call, files: Files, response: Response): unknown {
    const perform = this.#methods[method.toLowerCase()]
    if (!perform) throw new Refusal(404, 'Not Found: method not found')
    if (this.#limits && limited.includes(method))
      this.#takeSlot(this.#limits, sends.includes(method) ? String(params.chat_id) : undefined)
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
      const { lastError } = this.#webhook
      return {
        ...{ url: this.webhook, has_custom_certificate: false, pending_update_count: pending },
        ...(lastError && { last_error_date: lastError.at, last_error_message: lastError.message }),
      }
    },
    setwebhook: (params) => this.#setWebhook(params),
    deletewebhook: (params) => {
      if (String(params.drop_pending_updates) === 'true') this.#updates.drop()
      this.webhook = ''
      return true
    },
    getmycommands: ({ language_code }) => this.profile('mycommands', String(language_code ?? '')) ?? [],
    getmydescription: ({ language_code }) => ({
      description: this.profile('mydescription', String(language_code ?? '')) ?? '',
    }),
    getmyshortdescription: ({ language_code }) => ({
      short_description: this.profile('myshortdescription', String(language_code ?? '')) ?? '',
    }),
    setmydescription: (params) => this.#setProfile('mydescription', params, params.description, 512),
    setmyshortdescription: (params) =>
      this.#setProfile('myshortdescription', params, params.short_description, 120),
    sendmessage: (params) => this.#chat(params).receives({ ...textOf(params), ...around(params) }),
    sendvenue: (params) =>
      this.#chat(params).receives({ ...noText, venue: venueOf(params), ...around(params) }),
    sendlocation: (params) =>
      this.#chat(params).receives({ ...noText, venue: placeOf(params), ...around(params) }),
    senddocument: (params, files) => {
      const document = this.#fileOf('document', params, files)
      const sent = this.#chat(params).receives({ ...captionOf(params), document, ...around(params) })
      return this.#keepSent('document', sent, document)
    },
    sendphoto: (params, files) => {
      const photo = this.#fileOf('photo', params, files)
      if (!isPicture(photo.content)) throw badRequest('IMAGE_PROCESS_FAILED')
      const content = { ...captionOf(params), photo: photo.content }
      return this.#keepSent('photo', this.#chat(params).receives({ ...content, ...around(params) }), photo)
    },
    sendchataction: (params) => {
      if (params.action !== 'typing') throw badRequest('wrong parameter action in request')
      return Boolean(this.#chat(params))
    },
    editmessagereplymarkup: (params) =>
      this.#chat(params).seesButtons(Number(params.message_id), buttonsOf(params)),
    answercallbackquery: (params) => this.#answerCallback(String(params.callback_query_id)),
    setmycommands: (params) => {
      checkCommands(params)
      this.#profile.set(`mycommands/${params.language_code ?? ''}`, decoded(params.commands))
      return true
    },
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

  /** A file that comes with the request, or that the bot has sent before, by its id as that kind of file. */
  #fileOf(field: 'document' | 'photo', params: Params, files: Files): SentFile {
    return this.#sent.get(`${field} ${String(params[field] ?? '')}`) ?? fileOf(field, params, files)
  }

  #keepSent(field: 'document' | 'photo', sent: object, file: SentFile): object {
    const { [field]: kept } = sent as { document?: { file_id: string }; photo?: [{ file_id: string }] }
    const { file_id } = (Array.isArray(kept) ? kept[0] : kept) ?? {}
    if (file_id !== undefined) this.#sent.set(`${field} ${file_id}`, file)
    return sent
  }

  /** From now on no file that was sent before is known by its id. */
  forgetFiles(): void {
    this.#sent.clear()
  }

  #setProfile(what: string, { language_code }: Params, value: unknown, longest: number): true {
    if (String(value ?? '').length > longest) throw badRequest(`${what} is too long`)
    this.#profile.set(`${what}/${language_code ?? ''}`, String(value ?? ''))
    return true
  }

  #setWebhook(params: Params): true {
    const [url, secretToken] = [String(params.url ?? ''), String(params.secret_token ?? '')]
    const maxConnections = Number(params.max_connections ?? 40)
    if (url !== '' && !url.startsWith('https://'))
      throw badRequest('bad webhook: An HTTPS URL must be provided for webhook')
    if (!/^[\w-]{0,256}$/.test(secretToken)) throw badRequest('secret token contains unallowed characters')
    if (!(maxConnections >= 1 && maxConnections <= 100)) throw badRequest('max_connections is out of range')
    this.#updates.allow(params.allowed_updates)
    this.#webhook.settings = url === '' ? undefined : { url, secretToken, maxConnections }
    this.#webhook.pump()
    return true
  }

  /** Refuses what is more than the limits allow. */
  #takeSlot({ perSecond, chatBurst }: NonNullable<BotApiOptions['limits']>, chat: string | undefined): void {
    const now = performance.now()
    this.#taken = this.#taken.filter((at) => at > now - 1000)
    if (this.#taken.length >= perSecond) throw tooMany(1)
    if (chat !== undefined) this.#takeOfChat(chat, chatBurst, now)
    this.#taken.push(now)
  }

  #takeOfChat(chat: string, chatBurst: number, now: number): void {
    const before = this.#allowances.get(chat) ?? { left: chatBurst, at: now }
    const left = Math.min(chatBurst, before.left + (now - before.at) / 1000)
    if (left < 1) throw tooMany(1)
    const inMinute = (this.#ofGroup.get(chat) ?? []).filter((at) => at > now - minute)
    if (chat.startsWith('-')) {
      const [oldest = now] = inMinute
      if (inMinute.length >= groupPerMinute) throw tooMany(Math.ceil((oldest + minute - now) / 1000))
      this.#ofGroup.set(chat, [...inMinute, now])
    }
    this.#allowances.set(chat, { left: left - 1, at: now })
  }

  #chat(params: Params): Person {
    const id = String(params.chat_id ?? '')
    if (id === '') throw badRequest('chat_id is empty')
    const person = this.#people.get(id)
    if (!person) throw badRequest('chat not found')
    if (person.movedTo !== undefined) {
      const refusal = badRequest('group chat was upgraded to a supergroup chat')
      refusal.movedTo = person.movedTo
      throw refusal
    }
    if (person.blocked && person.id < 0)
      throw new Refusal(403, 'Forbidden: bot was kicked from the group chat')
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

/** Somebody with a phone, in a private chat with the bot; or a group, in which several write. */
export class Person {
  readonly id: number
  /** All messages of the bot, the oldest first. */
  readonly messages: Shown[] = []
  blocked = false
  /** The id that a group has now. */
  movedTo: number | undefined
  readonly #phone: string
  readonly #group: boolean
  readonly #user: { id: number; first_name: string; last_name?: string }
  readonly #server: Side
  readonly #listeners = new Set<() => void>()
  /** Edits of one second have different dates here. */
  #edits = 0
  /** How many of the messages were asked for by `hears`, or lie before one that was. */
  #heard = 0

  constructor(
    server: Side,
    { id, name, phone, group }: { id: number; name: string; phone: string; group?: boolean },
  ) {
    const [first = '', ...more] = name.split(' ')
    this.id = id
    this.#server = server
    this.#phone = phone
    this.#group = group ?? false
    this.#user = { id, first_name: first, ...(more.length > 0 && { last_name: more.join(' ') }) }
  }

  /** Writes a text; a command is one that begins with `/`. Who had blocked the bot lets it in again first. */
  says(text: string, more: { replyTo?: number; by?: Person } = {}): Ids {
    const command = /^\/\w+/.exec(text)?.[0]
    const entities = command && [{ type: 'bot_command', offset: 0, length: command.length }]
    return this.#writes(
      { text, ...(entities && { entities }), ...(more.by && { from: more.by.#from }) },
      more,
    )
  }

  /** A group says that it has another id from now on. */
  moves(to: number): Ids {
    return this.#writes({ migrate_to_chat_id: to })
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
    const edited = { ...this.#frame(messageId), edit_date: now() + ++this.#edits, text }
    return { update_id: this.#server.arrive({ edited_message: edited }) }
  }

  /** Puts a sign under a message. */
  reacts(messageId: number): { update_id: number } {
    const reaction = {
      ...this.#frame(messageId),
      old_reaction: [],
      new_reaction: [{ type: 'emoji', emoji: '👍' }],
    }
    return { update_id: this.#server.arrive({ message_reaction: reaction }) }
  }

  /** What stands in place of the phone's own keyboard; empty when nothing does. */
  get keyboard(): Button[] {
    const last = this.messages.findLast(({ buttons, hidesKeyboard }) => hidesKeyboard || buttons.some(isKey))
    return last?.hidesKeyboard ? [] : (last?.buttons ?? [])
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
    if (button.url !== undefined) throw new Error(`"${button.label}" opens ${button.url}`)
    if (button.data === undefined) return this.says(button.label)
    return this.pressesData(message, button.data)
  }

  /** Presses a button of this data, whether there is one or not: a phone of one's own making can. */
  pressesData(message: Shown, data: string): { update_id: number } {
    const query = {
      id: this.#server.nextCallback(),
      from: this.#from,
      message: this.#asJson(message),
      chat_instance: `-${this.id}`,
      data,
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
    if (message.final) throw badRequest("message can't be edited")
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
    if (!this.#group) return { ...this.#user, type: 'private' }
    const title = [this.#user.first_name, this.#user.last_name].filter(Boolean).join(' ')
    return { id: this.id, title, type: this.id < -1_000_000_000_000 ? 'supergroup' : 'group' }
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

  #asJson({ message_id, date, text, entities, buttons, venue, document, photo }: Shown): object {
    const inline = buttons.filter(({ data, url }) => data !== undefined || url !== undefined)
    const rows = inline.map(({ label, data, url }) => [
      { text: label, ...(url ? { url } : { callback_data: data }) },
    ])
    return {
      ...{ message_id, from: this.#server.me, chat: this.#chat, date },
      ...(text && { [photo || document ? 'caption' : 'text']: text }),
      ...(entities.length > 0 && { entities }),
      ...(rows.length > 0 && { reply_markup: { inline_keyboard: rows } }),
      ...(venue && { location: { latitude: venue.lat, longitude: venue.lon } }),
      ...(photo && { photo: [file('photo', message_id)] }),
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
  /** So many batches are still to come in the wrong order. */
  reversed = 0
  readonly #slows: boolean
  readonly #arrived: () => void
  readonly #all = new Map<number, Update>()
  #queue: Update[] = []
  readonly #repeats: Update[] = []
  #next = 800_001
  /** Empty: all kinds that the bot can get without being asked for. */
  #allowed: string[] = []
  #waiting: Waiting | undefined
  #last = { offset: -1, at: 0 }

  constructor(slowsRepeatedPolls: boolean, arrived: () => void) {
    this.#slows = slowsRepeatedPolls
    this.#arrived = arrived
  }

  allow(kinds: unknown): void {
    if (kinds !== undefined) this.#allowed = decoded(kinds) as string[]
  }

  drop(): void {
    this.#queue = []
  }

  pending(): Update[] {
    return [...this.#repeats, ...this.#queue]
  }

  done(update: Update): void {
    const repeated = this.#repeats.indexOf(update)
    if (repeated >= 0) this.#repeats.splice(repeated, 1)
    else this.#queue = this.#queue.filter(({ update_id }) => update_id !== update.update_id)
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
    this.#arrived()
    return update.update_id
  }

  again(id: number, times: number): void {
    const update = this.#all.get(id)
    if (!update) throw new Error(`there was no update ${id}`)
    for (let n = 0; n < times; n++) this.#repeats.push(update)
    this.#wake()
    this.#arrived()
  }

  /** The older of two polls that wait gets the conflict. */
  poll(params: Params, response: Response): Update[] | Promise<Update[]> {
    const offset = Number(params.offset ?? 0)
    const limit = Math.min(100, Math.max(1, Number(params.limit ?? 100)))
    const asked = Math.min(longestPoll, Math.max(0, Number(params.timeout ?? 0)))
    const repeated = this.#slows && this.#last.offset === offset && Date.now() - this.#last.at < 3000
    const seconds = repeated ? Math.max(3, asked) : asked
    this.allow(params.allowed_updates)
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
    const batch = [...repeats, ...fresh.slice(0, limit - repeats.length)]
    if (batch.length < 2 || this.reversed === 0) return batch
    this.reversed--
    return batch.reverse()
  }
}

function now(): number {
  return Math.floor(Date.now() / 1000)
}

function file(kind: string, id: number): object {
  return { file_id: `${kind}-file-${id}`, file_unique_id: `${kind}-${id}`, file_size: 1234 }
}

/** Whether a button stands in place of the phone's keyboard. */
function isKey({ data, url }: Button): boolean {
  return data === undefined && url === undefined
}

function tooMany(seconds: number): Refusal {
  return new Refusal(429, `Too Many Requests: retry after ${seconds}`, seconds)
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

function refuse(call: Call, response: Response, { code, message, retryAfter, movedTo }: Refusal): void {
  call.status = code
  const parameters =
    movedTo !== undefined
      ? { parameters: { migrate_to_chat_id: movedTo } }
      : retryAfter !== undefined
        ? { parameters: { retry_after: retryAfter } }
        : {}
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

/** What stands around a message: keyboard, and what it replies to. */
function around(params: Params): Pick<Shown, 'buttons' | 'replyTo' | 'hidesKeyboard' | 'final'> {
  const buttons = buttonsOf(params)
  const markup = params.reply_markup === undefined ? {} : (decoded(params.reply_markup) as object)
  const hides = 'remove_keyboard' in markup
  const reply = params.reply_parameters === undefined ? undefined : decoded(params.reply_parameters)
  const replyTo = (reply as { message_id?: number } | undefined)?.message_id
  return {
    buttons,
    ...(replyTo !== undefined && { replyTo }),
    ...(hides && { hidesKeyboard: true as const }),
    ...((hides || buttons.some(isKey)) && { final: true as const }),
  }
}

function isPicture(content: Buffer): boolean {
  return content.subarray(1, 4).toString('latin1') === 'PNG' || content.readUInt16BE(0) === 0xffd8
}

type SentFile = { name: string; content: Buffer }

function fileOf(field: 'document' | 'photo', params: Params, files: Files): SentFile {
  const named = String(params[field] ?? '')
  const part = files.get(named.replace(/^attach:\/\//, '')) ?? files.get(field)
  if (!part)
    throw badRequest(
      named ? 'wrong file identifier/HTTP URL specified' : `there is no ${field} in the request`,
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
  if (button.url !== undefined) {
    if (!URL.canParse(String(button.url))) throw badRequest('inline keyboard button URL is invalid')
    return { label, url: String(button.url) }
  }
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
