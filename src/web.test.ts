import { createServer } from 'node:net'
import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { createMetrics } from './metrics.ts'
import { createWeb, serveWeb, type WebOptions } from './web.ts'

const words: string[] = []
const log = pino({ level: 'info' }, { write: (line: string) => void words.push(line) })

function web(options: Partial<WebOptions> = {}): Hono {
  return createWeb({
    log,
    ready: async () => ({ ready: true, parts: { database: { ok: true, detail: 'answers' } } }),
    metrics: createMetrics().exposition,
    mount: [],
    ...options,
  })
}

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

describe('health', () => {
  it('is alive', async () => {
    const answer = await web().request('/healthz')
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok' }])
  })

  it('is ready, and names each part', async () => {
    const answer = await web().request('/readyz')
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({ ready: true, parts: { database: { ok: true, detail: 'answers' } } })
  })

  it('is not ready while a part is not', async () => {
    const parts = { queue: { ok: false, detail: 'no connection' } }
    const answer = await web({ ready: async () => ({ ready: false, parts }) }).request('/readyz')
    expect([answer.status, await answer.json()]).toEqual([503, { ready: false, parts }])
  })

  it('shows metrics as Prometheus reads them', async () => {
    const metrics = createMetrics()
    metrics.messagesReceived.inc({ channel: 'simulator', kind: 'text' })
    metrics.messagesSent.inc({ channel: 'simulator', kind: 'reply', state: 'sent' })
    metrics.turnSeconds.observe(0.02)
    metrics.deliverySeconds.observe({ channel: 'simulator', kind: 'reply' }, 0.3)
    metrics.reminderLateness.observe(2)
    const answer = await web({ metrics: metrics.exposition }).request('/metrics')
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain.*version=0\.0\.4/)
    const body = await answer.text()
    for (const line of [
      'bimtek_messages_received_total{channel="simulator",kind="text"} 1',
      'bimtek_messages_sent_total{channel="simulator",kind="reply",state="sent"} 1',
      'bimtek_turn_seconds_bucket{le="0.025"} 1',
      'bimtek_delivery_seconds_count{channel="simulator",kind="reply"} 1',
      'bimtek_reminder_lateness_seconds_sum 2',
    ]) {
      expect(body).toContain(`${line}\n`)
    }
    expect(body).toContain('process_cpu_seconds_total')
  })
})

describe('pages', () => {
  const simulator = new Hono().get('/', (c) => c.text('chat', 200, { 'X-Frame-Options': 'SAMEORIGIN' }))
  const mount = [{ path: '/simulator', routes: simulator }]

  it('lead to the simulator where there is one', async () => {
    const answer = await web({ mount }).request('/')
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/simulator'])
    const slash = await web({ mount }).request('/simulator/?as=a%26b')
    expect([slash.status, slash.headers.get('location')]).toEqual([302, '/simulator?as=a%26b'])
  })

  it('say that the service runs where there is none', async () => {
    const answer = await web().request('/')
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8'])
    expect(await answer.text()).toContain('Layanan ini berjalan')
  })

  it('are not found without details', async () => {
    const answer = await web().request('/nowhere/<script>')
    expect([answer.status, await answer.text()]).toEqual([404, 'Halaman tidak ditemukan.'])
  })

  it('fail without details, for the visitor and in the log', async () => {
    const routes = new Hono().get('/:secret', () => {
      throw Object.assign(new Error('password=hunter2\nname Sari'), { code: 'P2028' })
    })
    const answer = await web({ mount: [{ path: '/fails', routes }] }).request('/fails/s3cret')
    expect([answer.status, await answer.text()]).toEqual([
      500,
      'Terjadi gangguan. Silakan coba lagi sebentar lagi.',
    ])
    expect(words.at(-1)).toContain('P2028')
    expect(words.join()).not.toMatch(/hunter2|Sari|s3cret/)
  })

  it.each(['/healthz', '/nowhere', '/metrics', '/'])('carry security headers: %s', async (path) => {
    const { headers } = await web().request(path)
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-frame-options')).toBe('DENY')
  })

  it('may set stricter or looser headers of their own', async () => {
    const { headers } = await web({ mount }).request('/simulator')
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })
})

describe('serving', () => {
  it('answers on the port that was free', async () => {
    const server = await serveWeb(web(), '127.0.0.1', 0)
    closing.push(server.close)
    const answer = await fetch(`http://127.0.0.1:${server.port}/healthz`)
    expect(await answer.json()).toEqual({ status: 'ok' })
  })

  it('says which setting to change when the port is taken', async () => {
    const taken = createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
    closing.push(() => new Promise((resolve) => taken.close(resolve)))
    const { port } = taken.address() as { port: number }
    await expect(serveWeb(web(), '127.0.0.1', port)).rejects.toThrow(
      `PORT: ${port} on 127.0.0.1 is in use by another program. Stop it, or set PORT to another number.`,
    )
  })

  it('says so when the address is not of this machine', async () => {
    await expect(serveWeb(web(), '192.0.2.1', 0)).rejects.toThrow(
      'HOST: 192.0.2.1 is not an address of this machine.',
    )
  })

  it('ends open streams at once when it closes, and lets their pages know', async () => {
    let ended = false
    const routes = new Hono().get('/', (c) =>
      streamSSE(c, async (stream) => {
        await stream.writeSSE({ data: 'hello' })
        await new Promise<void>((resolve) => stream.onAbort(resolve))
        ended = true
      }),
    )
    const server = await serveWeb(web({ mount: [{ path: '/events', routes }] }), '127.0.0.1', 0)
    const answer = await fetch(`http://127.0.0.1:${server.port}/events`)
    const reader = answer.body?.getReader()
    await reader?.read()
    const start = performance.now()
    await server.close()
    expect(performance.now() - start).toBeLessThan(500)
    await expect(reader?.read()).rejects.toThrow()
    await expect.poll(() => ended).toBe(true)
  })

  it('lets a request under way finish when it closes', async () => {
    let begin = () => {}
    const begun = new Promise<void>((resolve) => {
      begin = resolve
    })
    const routes = new Hono().get('/', async (c) => {
      begin()
      await new Promise((resolve) => setTimeout(resolve, 150))
      return c.text('done')
    })
    const server = await serveWeb(web({ mount: [{ path: '/slow', routes }] }), '127.0.0.1', 0)
    const answer = fetch(`http://127.0.0.1:${server.port}/slow`)
    await begun
    await server.close()
    expect(await (await answer).text()).toBe('done')
  })
})
