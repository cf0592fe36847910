import type { Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { createAdaptorServer, type HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Logger } from './log.ts'

type Readiness = { ready: boolean; parts: Record<string, { ok: boolean; detail: string }> }

export type WebOptions = {
  log: Logger
  /** Whether the service can do its work, part by part: database, queue, each channel. */
  ready: () => Promise<Readiness>
  metrics: () => Promise<{ contentType: string; body: string }>
  /**
   * Host names under which requests are taken; undefined for any. On a loopback address a page of another site
   * could otherwise reach the service under a name of its own (DNS rebinding).
   */
  hosts?: string[]
  /** Pages of the parts; a page that needs other security headers than these sets them itself. */
  mount: { path: string; routes: Hono }[]
}

const simulatorPath = '/simulator'

/** For what shows nothing and runs nothing. */
const securityHeaders = {
  'Content-Security-Policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
}

/** The service's one web application: health, metrics, and what the parts mount. */
export function createWeb({ log, ready, metrics, mount, hosts }: WebOptions): Hono {
  const app = new Hono()
  app.use(async (c, next) => {
    const host = c.req.header('host')
    if (hosts && host !== undefined && !hosts.includes(hostname(host)))
      return c.text('Alamat tidak dikenal.', 421)
    return await next()
  })
  app.use(async (c, next) => {
    await next()
    for (const [name, value] of Object.entries(securityHeaders)) {
      if (!c.res.headers.has(name)) c.res.headers.set(name, value)
    }
  })
  app.get('/healthz', (c) => c.json({ status: 'ok' }))
  app.get('/readyz', async (c) => {
    const readiness = await ready()
    c.header('Cache-Control', 'no-store')
    return c.json(readiness, readiness.ready ? 200 : 503)
  })
  app.get('/metrics', async (c) => {
    const { contentType, body } = await metrics()
    return c.body(body, 200, { 'Content-Type': contentType })
  })
  app.get('/', (c) =>
    mount.some(({ path }) => path === simulatorPath) ? c.redirect(simulatorPath) : c.html(frontPage),
  )
  for (const { path, routes } of mount) {
    app.route(path, routes)
    app.get(`${path}/`, (c) => c.redirect(path + new URL(c.req.url).search))
  }
  app.notFound((c) => c.text('Halaman tidak ditemukan.', 404))
  app.onError((error, c) => failure(error, c, log))
  return app
}

/** The name in a Host header, without its port. */
function hostname(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase()
}

const frontPage = `<!doctype html>
<html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Bimtek Koperasi Kepri</title>
<h1>Bimtek Koperasi Kepri</h1>
<p>Layanan ini berjalan. Tidak ada halaman untuk umum di sini: hubungi bot lewat aplikasi pesan Anda.</p>
</html>
`

/**
 * The visitor learns that something failed. The log learns what, but neither the words of the error, which may
 * quote a person's data, nor the path, which may hold a secret.
 */
function failure(error: Error, c: Context, log: Logger): Response {
  if (error instanceof HTTPException) return error.getResponse()
  const code = 'code' in error ? String(error.code) : undefined
  const at = error.stack?.split('\n').filter((line) => /^\s+at /.test(line))
  log.error({ error: error.name, code, at: at?.slice(0, 5) }, 'page failed')
  return c.text('Terjadi gangguan. Silakan coba lagi sebentar lagi.', 500)
}

/** How long a request that is under way may still take once the server closes. */
const closePatience = 2000

/**
 * Listens; port 0 takes a free one. `close` ends streams of events at once, lets other requests under way finish
 * for two seconds, and resolves when no connection is left.
 * @throws Error that names the setting (PORT or HOST), what is wrong, and what to do
 */
export async function serveWeb(
  app: Hono,
  host: string,
  port: number,
): Promise<{ port: number; close(): Promise<void> }> {
  const streams = new Set<Socket>()
  const server = createAdaptorServer({
    hostname: host,
    fetch: async (request, env) => {
      const response = await app.fetch(request, env)
      const { incoming } = env as HttpBindings
      if (isStream(response)) keepWhileOpen(streams, incoming.socket)
      return response
    },
  }) as Server
  await listening(server, host, port)
  return { port: (server.address() as AddressInfo).port, close: () => closed(server, streams) }
}

function isStream(response: Response): boolean {
  return response.headers.get('content-type')?.startsWith('text/event-stream') ?? false
}

function keepWhileOpen(sockets: Set<Socket>, socket: Socket): void {
  if (sockets.has(socket)) return
  sockets.add(socket)
  socket.once('close', () => sockets.delete(socket))
}

function listening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(whyNotListening(error, host, port)))
    server.listen(port, host, () => resolve())
  })
}

function closed(server: Server, streams: Set<Socket>): Promise<void> {
  return new Promise((resolve) => {
    const impatience = setTimeout(() => server.closeAllConnections(), closePatience)
    // a connection whose last request ends after the close stays open, idle
    const sweep = setInterval(() => server.closeIdleConnections(), 50)
    server.close(() => {
      clearTimeout(impatience)
      clearInterval(sweep)
      resolve()
    })
    for (const socket of streams) socket.destroy()
  })
}

function whyNotListening(error: NodeJS.ErrnoException, host: string, port: number): Error {
  return new Error(explanation(error, host, port), { cause: error })
}

function explanation({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  switch (code) {
    case 'EADDRINUSE':
      return `PORT: ${port} on ${host} is in use by another program. Stop it, or set PORT to another number.`
    case 'EACCES':
      return `PORT: ${port} on ${host} is not allowed for this user. Set PORT to a number from 1024 to 65535.`
    case 'EADDRNOTAVAIL':
      return `HOST: ${host} is not an address of this machine. Set HOST to one of its addresses, such as 127.0.0.1.`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HOST: ${host} is not known. Set HOST to an address of this machine, such as 127.0.0.1.`
    default:
      return `HOST, PORT: cannot listen on ${host}, port ${port}: ${message}`
  }
}
