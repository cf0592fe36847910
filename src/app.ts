import type { Hono } from 'hono'
import type { Channel, ChannelEvents, ChannelName } from './channels/channel.ts'
import { inReserve } from './channels/in-reserve.ts'
import { type SimulatorOptions, simulatorChannel } from './channels/simulator/simulator.ts'
import { telegramChannel } from './channels/telegram/telegram.ts'
import { type Config, type ProcessRole, type TelegramConfig, takesWebhook, webhookAddress } from './config.ts'
import { storeBotName } from './contacts/bot-name.ts'
import { markReachable, moveChat } from './contacts/contacts.ts'
import { createInbox, type Inbox } from './conversation/inbox.ts'
import { fileOfMessage, threadOf } from './conversation/thread.ts'
import type { Reached } from './crash-points.ts'
import { type Database, transaction } from './database/client.ts'
import { advisoryLocks } from './database/locks.ts'
import { type Listener, listen } from './database/notify.ts'
import { type OpenDatabase, openDatabase } from './database/open.ts'
import { standingConnection } from './database/standing.ts'
import type { Claim } from './delivery/claim.ts'
import { keepingRate } from './delivery/keep-rate.ts'
import { limiter, ownPace, sharedPace } from './delivery/limits.ts'
import { createDelivery, type Delivery, type Host } from './delivery/send.ts'
import { type Logger, loggable } from './log.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { openQueues, type QueueHost, type Queues } from './queues.ts'
import { fireReminder, overdueReminders } from './reminders/fire.ts'
import type { PlannedReminder, ReminderRules } from './reminders/plan.ts'
import { sampleOfficer, sampleOfficers } from './sample/choose.ts'
import { loadSampleOnce } from './sample.ts'
import { createFeeding, createReminderJobs, createRetention, registrationSweeps } from './sweeps.ts'
import { loadTexts, type Texts } from './texts.ts'
import { type Clock, second, systemClock } from './time.ts'
import { loadClassifier } from './understanding/train.ts'
import { createWeb, serveWeb } from './web.ts'

/** How often each process looks for what NOTIFY and jobs did not bring, in ms. */
const sweepEvery = 5 * second
/** How often the next messages of a broadcast are written. */
const feedEvery = second
/** How much of a thread the simulator shows. */
const threadLength = 100

/** The service cannot start; the message says how to mend it. */
export class StartError extends Error {}

export type ServiceOptions = {
  config: Config
  log: Logger
  roles: readonly ProcessRole[]
  clock?: Clock
  /** A channel that a command brings along, such as its terminal. */
  extraChannel?: Channel
  /** Watches the named moments between "stored" and "sent". */
  reached?: Reached
  /** How messages are claimed, where not as ever. */
  claim?: Claim
}

export type Service = {
  database: OpenDatabase
  queues: Queues
  inbox: Inbox
  delivery: Delivery
  /** The port on which the web listens; undefined for a command that brings its own channel. */
  port: number | undefined
  /** Names of the channels that this process hosts. */
  channels: string[]
  /** Fires, answers and begins to send what is due by the service's clock. */
  sweep(): Promise<void>
  /** Stops all parts in reverse order, and the embedded server that this service owns. */
  stop(): Promise<void>
}

type Undo = () => Promise<unknown>

/** How long one step of stopping may take; then the next ones go on all the same. */
const stepPatience = 20 * second

async function withPatience(step: Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('a part did not stop in time')), stepPatience)
  })
  return await Promise.race([step, late]).finally(() => clearTimeout(timer))
}

/**
 * Starts the parts in order; when one fails, stops those started.
 * @throws the part's own error, with a message for the operator
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  const undo: Undo[] = []
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse())
      await withPatience(step()).catch((error: Error) =>
        options.log.warn({ error: error.message }, 'while stopping'),
      )
  }
  try {
    return await startParts(options, undo, stop)
  } catch (error) {
    await stop()
    throw error
  }
}

async function startParts(
  options: ServiceOptions,
  undo: Undo[],
  stop: () => Promise<void>,
): Promise<Service> {
  const { config, log } = options
  const clock = options.clock ?? systemClock
  const has = (role: ProcessRole) => options.roles.includes(role)
  const metrics = createMetrics()
  const checks = new Map<string, Check>()
  let allStarted = false

  // The web comes first, so that a port in use is told before anything runs; it is not ready until all is.
  const simulator =
    has('web') && !options.extraChannel && simulatorAllowed(config) ? lazySimulator(log) : undefined
  const texts = loadTexts()
  const webhook = telegramWebhook(options, texts)
  const web = !options.extraChannel
    ? await openWeb(options, metrics, { simulator: simulator?.channel, webhook }, () =>
        readiness(checks, allStarted),
      )
    : undefined
  if (web) undo.push(() => web.close())

  const database = await openOwnDatabase(options, undo)
  checks.set('database', async () => {
    await database.pool.query('SELECT 1')
    return 'ok'
  })
  const listener = await listen(database.url, log)
  undo.push(() => listener.close())
  const queues = await openOwnQueues(config, database, log, undo)
  checks.set('queue', async () => {
    await queues.check()
    return 'ok'
  })
  const classifier = loadClassifier()
  if (database.embedded) await loadSampleOnce(database.db, clock.now())
  const simulated = simulatorData(database, texts, listener)
  simulator?.ready(simulated)

  const telegram = webhook ?? telegramPolling(options, database, texts)
  const channels = [simulator?.channel, telegram, options.extraChannel].filter((each) => each !== undefined)
  const delivery = createDelivery({
    ...{ db: database.db, texts, clock, log, queues, owner: listener.owner },
    quietHours: config.quietHours,
    channels: channels.map((channel) => hostOf(channel, config, database)),
    onSent: (sent) => countSent(metrics, sent),
    ...(options.reached ? { reached: options.reached } : {}),
    ...(options.claim ? { claim: options.claim } : {}),
  })
  const inbox = createInbox({
    ...{ db: database.db, clock, log, texts, classifier, rules: config },
    ...{ retentionDays: config.retentionDays, coverage: config.coverage, officeHours: config.officeHours },
    // Where each line is answered before the next is read, nothing follows a greeting.
    ...(options.extraChannel ? { greetingWaits: 0 } : {}),
    channels: hostedChannels(config),
    fetchMedia: (name) => channels.find((channel) => channel.name === name)?.fetchMedia,
    sendTo: (contactId) => delivery.sendTo(contactId),
    showChosen: (row, number) => void delivery.showChosen(row, number),
    typing: (channel, chat) => delivery.typing(channel, chat),
    addReminderJobs: (planned) => addReminderJobs(queues, planned),
    phoneOfChat: async (channel, chat) => {
      if (channel === 'simulator') return (await simulated.officer(chat))?.phone
      return channel === 'terminal' ? chat : undefined
    },
    onTurn: ({ seconds }) => metrics.turnSeconds.observe(seconds),
    ...(options.reached ? { reached: options.reached } : {}),
  })
  undo.push(async () => {
    await inbox.stop()
    await delivery.stop()
  })

  const { fire, fireOverdue } = createFiring(database.db, delivery, metrics, clock, config, log)
  const addLostJobs = createReminderJobs(database.db, (planned) => addReminderJobs(queues, planned), clock)
  const sweepRetention = createRetention(database.db, config, clock)
  // One that fails does not hold up the others.
  const sweep = async (): Promise<void> => {
    const parts = [
      ...(channels.length > 0 ? [inbox.sweep(), delivery.sweep()] : []),
      ...(has('worker')
        ? [
            fireOverdue(),
            addLostJobs(),
            ...sweepRegistrations(database.db, config, clock.now(), log),
            sweepRetention(),
          ]
        : []),
    ]
    for (const done of await Promise.allSettled(parts))
      if (done.status === 'rejected') log.warn(loggable(done.reason), 'sweep')
  }

  for (const channel of channels) {
    await queues.work(`send-${channel.name}`, ({ outgoingId }) => delivery.sendRow(outgoingId), {
      concurrency: 4,
    })
    await channel.start(channelEvents(channel, inbox, database, clock, metrics))
    undo.push(() => channel.stop())
    checks.set(channel.name, async () => {
      const { ready, detail } = channel.state()
      if (!ready) throw new Error(detail)
      return detail
    })
  }
  if (has('worker')) await queues.work('reminders', ({ reminderId }) => fire(reminderId), { concurrency: 4 })
  const unlisten = listener.on('outgoing', (payload) => {
    const [channel = '', outgoingId, contactId] = payload.split(' ')
    delivery.wake({ channel, outgoingId: Number(outgoingId), contactId: Number(contactId) })
  })
  undo.push(async () => unlisten())
  undo.push(repeat(sweep, sweepEvery, log))
  if (has('worker')) undo.push(repeat(feeding(options, database, clock), feedEvery, log))
  await listener.hosts([...channels.map(({ name }) => name), ...(has('worker') ? ['worker' as const] : [])])
  allStarted = true
  // What a process before this one left is taken up at once.
  void sweep()
  return {
    ...{ database, queues, inbox, delivery, sweep, stop },
    port: web?.port,
    channels: channels.map(({ name }) => name),
  }
}

/** Puts reminders into words when they are due, and sends them. */
function createFiring(
  db: Database,
  delivery: Delivery,
  metrics: Metrics,
  clock: Clock,
  rules: ReminderRules,
  log: Logger,
) {
  const fire = async (reminderId: number): Promise<void> => {
    const fired = await transaction(db, (tx) => fireReminder(tx, reminderId, rules, clock.now()))
    if (!fired) return
    metrics.reminderLateness.observe(Math.max(0, clock.now().getTime() - fired.dueAt.getTime()) / second)
    void delivery.sendTo(fired.contactId)
  }
  const fireOverdue = async (): Promise<void> => {
    // One that fails holds up no other.
    for (const id of await overdueReminders(db, clock.now()))
      await fire(id).catch((error: unknown) => log.warn({ ...loggable(error), reminder: id }, 'not fired'))
  }
  return { fire, fireOverdue }
}

/** All at once; one class or registration that fails is logged and holds up no other. */
function sweepRegistrations(db: Database, rules: ReminderRules, now: Date, log: Logger): Promise<unknown>[] {
  const failed = (error: unknown, of: string | number) => log.warn({ ...loggable(error), of }, 'sweep')
  return registrationSweeps.map((sweepOne) => sweepOne({ db, rules, now, failed }))
}

function feeding({ config, log }: ServiceOptions, { db }: OpenDatabase, clock: Clock): () => Promise<void> {
  return createFeeding(db, config, hostedChannels(config), clock, (error, of) =>
    log.warn({ ...loggable(error), of }, 'broadcast'),
  )
}

/** The simulator speaks for sample persons only, and never beside real ones (design: "How it runs"). */
function simulatorAllowed(config: Config): boolean {
  return config.publicUrl === undefined && config.telegram === undefined
}

/** The channels that a service of these settings hosts, over all its processes. */
export function hostedChannels(config: Config): ChannelName[] {
  if (config.telegram) return ['telegram']
  return simulatorAllowed(config) ? ['simulator'] : []
}

type SimulatorData = Omit<SimulatorOptions, 'log'>

/** The simulator's pages stand before the database does; what they show comes with `ready`. */
function lazySimulator(log: Logger) {
  let data: SimulatorData | undefined
  const need = (): SimulatorData => {
    if (!data) throw new Error('the service is still starting')
    return data
  }
  const channel = simulatorChannel({
    officers: (search) => need().officers(search),
    officer: (chat) => need().officer(chat),
    thread: (chat) => need().thread(chat),
    file: (chat, outgoingId) => need().file(chat, outgoingId),
    watch: (chat, changed) => need().watch(chat, changed),
    log,
  })
  return {
    channel,
    ready: (given: SimulatorData) => {
      data = given
    },
  }
}

function simulatorData(database: OpenDatabase, texts: Texts, listener: Listener): SimulatorData {
  const { db } = database
  return {
    officers: (search) => sampleOfficers(db, texts, search),
    officer: (chat) => sampleOfficer(db, texts, chat),
    thread: async (chat) =>
      (await threadOf(db, texts, { channel: 'simulator', chat }, threadLength)).map(
        ({ attachment, at, ...entry }) => ({
          ...entry,
          at: at.toISOString(),
          ...(attachment && attachment !== 'document' && attachment !== 'other' ? { attachment } : {}),
        }),
      ),
    file: (chat, outgoingId) => fileOfMessage(db, { channel: 'simulator', chat }, outgoingId),
    watch: (chat, changed) =>
      listener.on('thread', (of) => {
        if (of === chat) changed()
      }),
  }
}

async function openWeb(
  options: ServiceOptions,
  metrics: Metrics,
  {
    simulator,
    webhook,
  }: {
    simulator: (Channel & { routes?: Hono }) | undefined
    webhook: (Channel & { routes?: Hono }) | undefined
  },
  ready: () => ReturnType<typeof readiness>,
) {
  const web = createWeb({
    log: options.log,
    ready,
    ...(isLoopback(options.config.host) ? { hosts: ownHosts(options.config) } : {}),
    metrics: () => metrics.exposition(),
    mount: [
      ...(simulator?.routes ? [{ path: '/simulator', routes: simulator.routes }] : []),
      ...(webhook?.routes ? [{ path: '/telegram', routes: webhook.routes }] : []),
    ],
  })
  return await serveWeb(web, options.config.host, options.config.port)
}

const loopbackNames = ['localhost', '127.0.0.1', '[::1]']

function isLoopback(host: string): boolean {
  return host === '::1' || loopbackNames.includes(host)
}

function ownHosts({ publicUrl }: Config): string[] {
  return [...loopbackNames, ...(publicUrl ? [new URL(publicUrl).hostname] : [])]
}

/** Says how a part fares; rejects with what is wrong. */
type Check = () => Promise<string>

/** Each part by name; ready when all answer and everything was started. */
async function readiness(checks: Map<string, Check>, allStarted: boolean) {
  const parts: Record<string, { ok: boolean; detail: string }> = {
    start: { ok: allStarted, detail: allStarted ? 'all parts run' : 'still starting' },
  }
  for (const [name, check] of checks)
    parts[name] = await check().then(
      (detail) => ({ ok: true, detail }),
      (error: Error) => ({ ok: false, detail: error.message }),
    )
  return { ready: Object.values(parts).every(({ ok }) => ok), parts }
}

/** Opens the database. The service owns an embedded server: one service a data folder, which stops it at its end. */
async function openOwnDatabase(options: ServiceOptions, undo: Undo[]): Promise<OpenDatabase> {
  const { config, log } = options
  const database = await openDatabase(config, log)
  const { embedded } = database
  let owned = false
  undo.push(async () => {
    await database.close()
    if (owned || embedded?.started) await (owned ? embedded?.stop() : embedded?.stopIfUnused())
  })
  if (!embedded || options.extraChannel) return database
  const owner = await standingConnection(database.url, 'owning', log, async (client) => {
    const { rows } = await client.query('SELECT pg_try_advisory_lock($1) AS got', [
      advisoryLocks.embeddedService,
    ])
    if (!rows[0].got)
      throw new StartError(
        `DATA_DIR: another service already runs on ${config.dataDir}. Stop it, or set DATA_DIR to another folder.`,
      )
  })
  undo.push(() => owner.close())
  owned = true
  // Its server is brought back when it dies; on the same port, so that all connections find it again.
  undo.push(repeat(() => embedded.bringBack(log), sweepEvery, log))
  return database
}

async function openOwnQueues(
  config: Config,
  database: OpenDatabase,
  log: Logger,
  undo: Undo[],
): Promise<Queues> {
  const queues = await openQueues(queueHost(config, database), log)
  undo.push(() => queues.close())
  return queues
}

/** Where the queues of these settings stand. */
export function queueHost(config: Config, database: OpenDatabase): QueueHost {
  return config.redisUrl
    ? { kind: 'redis', url: config.redisUrl }
    : { kind: 'postgres', connectionString: database.url }
}

/** Telegram by polling, which one process may do at a time. */
function telegramPolling(options: ServiceOptions, database: OpenDatabase, texts: Texts): Channel | undefined {
  const { config, roles, log } = options
  if (!config.telegram || !roles.includes('telegram')) return undefined
  if (takesWebhook(config)) {
    if (!roles.includes('web'))
      log.warn('Telegram brings messages to processes with the role web; this one hosts no channel')
    return undefined
  }
  const channel = telegramChannel(telegramOptions(config.telegram, options, texts))
  return inReserve(channel, advisoryLocks.telegramPolling, database.url, log)
}

/** Telegram by webhook, in any number of processes that serve the web; it takes nothing before it is started. */
function telegramWebhook(options: ServiceOptions, texts: Texts) {
  const { config, roles, extraChannel } = options
  if (!config.telegram || extraChannel || !roles.includes('web') || !takesWebhook(config)) return undefined
  return telegramChannel({
    ...telegramOptions(config.telegram, options, texts),
    webhook: webhookAddress(config),
  })
}

function telegramOptions({ token, apiRoot }: TelegramConfig, { log }: ServiceOptions, texts: Texts) {
  return { token, log, texts, ...(apiRoot ? { apiRoot } : {}) }
}

/**
 * One message a second to a chat, with short bursts: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
 */
const telegramBurst = 3
/** Telegram takes 20, a message that carries a place counting as two; one too many would hold up all chats. */
const telegramGroupAMinute = 10

function hostOf(channel: Channel, { telegram: settings }: Config, { db }: OpenDatabase): Host {
  if (channel.name !== 'telegram' || !settings)
    return { channel, limiter: limiter(ownPace(Number.POSITIVE_INFINITY)) }
  return {
    channel: keepingRate(channel, settings.perSecond),
    limiter: limiter(sharedPace(db, channel.name, settings.perSecond)),
    chatPace: { burst: telegramBurst, groupAMinute: telegramGroupAMinute },
  }
}

function channelEvents(
  channel: Channel,
  inbox: Inbox,
  database: OpenDatabase,
  clock: Clock,
  metrics: Metrics,
): ChannelEvents {
  return {
    message: async (message) => {
      const { isNew } = await inbox.receive(message)
      if (isNew) metrics.messagesReceived.inc({ channel: channel.name, kind: message.content.kind })
    },
    reachable: (chat, reachable) =>
      markReachable(database.db, { channel: channel.name, chat }, reachable ? null : 'blocked', clock.now()),
    named: (username) => storeBotName(database.db, username),
    moved: (from, to) => moveChat(database.db, { channel: channel.name, from, to }),
  }
}

function countSent(
  metrics: Metrics,
  sent: { channel: string; kind: string; state: string; seconds: number },
): void {
  const { channel, kind, state, seconds } = sent
  metrics.messagesSent.inc({ channel, kind, state })
  if (state === 'sent') metrics.deliverySeconds.observe({ channel, kind }, seconds)
}

/** Jobs of reminders; a moved one gets a job of its own, and the old one finds nothing to do. */
export async function addReminderJobs(queues: Queues, planned: PlannedReminder[]): Promise<void> {
  const jobs = planned.map(({ id, dueAt }) => ({
    ...{ id: `${id}-${dueAt.getTime()}`, payload: { reminderId: id }, runAt: dueAt },
  }))
  await queues.addAll('reminders', jobs)
}

/** Runs `work` again and again, never twice at once; returns how to end it. */
function repeat(work: () => Promise<void>, every: number, log: Logger): Undo {
  let running: Promise<void> = Promise.resolve()
  let idle = true
  const timer = setInterval(() => {
    if (!idle) return
    idle = false
    running = work()
      .catch((error: Error) => log.warn({ error: error.message }, 'sweep'))
      .finally(() => {
        idle = true
      })
  }, every)
  return async () => {
    clearInterval(timer)
    await running
  }
}
