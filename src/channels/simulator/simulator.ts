import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { csrf } from 'hono/csrf'
import { etag } from 'hono/etag'
import { streamSSE } from 'hono/streaming'
import { loggable } from '../../log.ts'
import type { Channel, ChannelEvents } from '../channel.ts'
import { follow } from './follow.ts'
import type { SampleOfficer, SimulatorOptions } from './options.ts'
import { assets, chatPage, officersPage, unknownOfficerPage } from './page.ts'
import { incoming, postedMessage } from './posted.ts'

export type { SampleOfficer, SimulatorOptions, ThreadMessage } from './options.ts'

/** From `start` to `stop`. */
type Life = { events: ChannelEvents; stopping: AbortController; underWay: Set<Promise<void>> }

/** 4,096 characters of four bytes each. */
const bodySize = 16 * 1024

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  // the script builds the page from text nodes only; the browser refuses anything else
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
]

const securityHeaders = {
  'Content-Security-Policy': policy.join('; '),
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
}

/**
 * A chat in the browser, as one of the sample officers. Its messages go the way of every channel; what is sent is
 * the outgoing row itself, which each browser reads through `thread` when `watch` says so.
 */
export function simulatorChannel(options: SimulatorOptions): Channel & { routes: Hono } {
  let life: Life | undefined
  return {
    name: 'simulator',
    routes: routesFor(options, () => life),
    async start(events) {
      life = { events, stopping: new AbortController(), underWay: new Set() }
    },
    send: async (message) => ({ id: String(message.id) }),
    state: () => (life ? { ready: true, detail: 'open' } : { ready: false, detail: 'not started' }),
    async stop() {
      const ending = life
      life = undefined
      ending?.stopping.abort()
      await Promise.allSettled(ending?.underWay ?? [])
    },
  }
}

/** Paths below /simulator; the pages name them in full. */
function routesFor(options: SimulatorOptions, life: () => Life | undefined): Hono {
  const routes = new Hono()
  routes.use(async (c, next) => {
    await next()
    for (const [name, value] of Object.entries(securityHeaders)) c.res.headers.set(name, value)
  })
  for (const [name, { type, body }] of Object.entries(assets)) {
    routes.get(`/${name}`, etag(), (c) =>
      c.body(body, 200, { 'Content-Type': type, 'Cache-Control': 'no-cache' }),
    )
  }
  routes.use(async (c, next) => {
    await next()
    c.res.headers.set('Cache-Control', 'no-store')
  })
  routes.get('/', (c) => showPage(c, options))
  routes.get('/officers', async (c) => c.json(await options.officers(searched(c))))
  routes.get('/thread', async (c) => {
    const officer = await officerOf(c, options)
    return officer ? c.json(await options.thread(officer.chat)) : c.json(unknownOfficer, 404)
  })
  routes.get('/files/:id{o[0-9]{1,9}}', (c) => showFile(c, options))
  routes.get('/events', (c) => showEvents(c, options, life))
  routes.use('/messages', csrf({ origin: isSameHost }), sameOriginJson)
  routes.post(
    '/messages',
    bodyLimit({ maxSize: bodySize, onError: (c) => c.json({ error: 'too long' }, 413) }),
    (c) => takeMessage(c, options, life),
  )
  return routes
}

const unknownOfficer = { error: 'no such sample officer' }

function searched(c: Context): string {
  return (c.req.query('q') ?? '').trim().slice(0, 100)
}

async function officerOf(c: Context, { officer }: SimulatorOptions): Promise<SampleOfficer | undefined> {
  const chat = c.req.query('as')
  return chat ? officer(chat) : undefined
}

async function showPage(c: Context, options: SimulatorOptions): Promise<Response> {
  if (c.req.query('as') === undefined) {
    const search = searched(c)
    return c.html(officersPage(await options.officers(search), search))
  }
  const officer = await officerOf(c, options)
  if (!officer) return c.html(unknownOfficerPage(), 404)
  return c.html(chatPage(officer, await options.thread(officer.chat)))
}

/** A type that a browser could take for anything but a file goes as one that it cannot. */
const harmlessType =
  /^(text\/plain|text\/csv|text\/calendar|application\/[\w.+-]+|image\/(png|jpeg))(; charset=utf-8)?$/

/** A file of a message to this chat, to be kept and never shown as a page. */
async function showFile(c: Context, options: SimulatorOptions): Promise<Response> {
  const officer = await officerOf(c, options)
  const file = officer && (await options.file(officer.chat, Number(c.req.param('id')?.slice(1))))
  if (!file) return c.json({ error: 'no such file' }, 404)
  const type = harmlessType.test(file.type) ? file.type : 'application/octet-stream'
  return c.body(new Uint8Array(file.content), 200, {
    'Content-Type': type,
    'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name).replace(/['()*]/g, escaped)}`,
  })
}

/** @see https://www.rfc-editor.org/rfc/rfc8187#section-3.2.1 what a name in a header may hold as it is */
function escaped(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}

async function showEvents(
  c: Context,
  options: SimulatorOptions,
  life: () => Life | undefined,
): Promise<Response> {
  const officer = await officerOf(c, options)
  if (!officer) return c.json(unknownOfficer, 404)
  const stopping = life()?.stopping.signal
  if (!stopping) return c.json(notOpen, 503)
  const following = {
    thread: options.thread,
    watch: options.watch,
    chat: officer.chat,
    after: c.req.header('last-event-id') ?? c.req.query('after'),
    stopping,
  }
  c.header('X-Accel-Buffering', 'no')
  return streamSSE(c, async (stream) => {
    // ends the stream; the browser comes back and says what it has
    await follow(stream, following).catch((error: unknown) => {
      options.log.warn(loggable(error), 'simulator: a thread could not be read')
    })
  })
}

const notOpen = { error: 'not open' }

/** Browsers name the page's origin with every POST; who names none is no browser, and carries nobody's rights. */
function isSameHost(origin: string, c: Context): boolean {
  return URL.canParse(origin) && new URL(origin).host === new URL(c.req.url).host
}

async function sameOriginJson(c: Context, next: () => Promise<void>): Promise<Response | undefined> {
  const origin = c.req.header('origin')
  const site = c.req.header('sec-fetch-site')
  const foreign =
    (origin !== undefined && !isSameHost(origin, c)) || (site !== undefined && site !== 'same-origin')
  if (foreign) return c.json({ error: 'foreign origin' }, 403)
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (c.req.method === 'POST' && type !== 'application/json') return c.json({ error: 'not JSON' }, 415)
  await next()
  return undefined
}

/** Answers 200 only when the message is stored; 503 asks the browser to send it again. */
async function takeMessage(
  c: Context,
  options: SimulatorOptions,
  life: () => Life | undefined,
): Promise<Response> {
  const posted = postedMessage.safeParse(await c.req.json().catch(() => undefined))
  if (!posted.success) return c.json({ error: 'not a message' }, 400)
  const officer = await options.officer(posted.data.as)
  if (!officer) return c.json(unknownOfficer, 404)
  const message = incoming(posted.data, officer)
  if (!message) return c.json({ error: 'no number' }, 400)
  const { events, underWay } = life() ?? {}
  if (!events || !underWay) return c.json(notOpen, 503)
  const storing = events.message(message)
  underWay.add(storing)
  try {
    await storing
    return c.json({ stored: true })
  } catch (error) {
    options.log.warn(loggable(error), 'simulator: a message could not be stored')
    return c.json({ error: 'not stored' }, 503)
  } finally {
    underWay.delete(storing)
  }
}
