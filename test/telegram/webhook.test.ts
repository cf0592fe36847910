import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Channel, IncomingMessage } from '../../src/channels/channel.ts'
import { telegramChannel } from '../../src/channels/telegram/telegram.ts'
import { createWeb, serveWeb } from '../../src/web.ts'
import { type BotApi, startBotApi } from './bot-api-server.ts'

const address = { base: 'https://bot.example/telegram', path: 'secret-path', token: 'secret-token' }
const log = (write: (line: string) => void) => pino({ level: 'trace' }, { write })

let api: BotApi
let logged: string
let received: IncomingMessage[]
let ends: (() => Promise<void>)[]
/** Stands in for the database; a test replaces it to let it fail. */
let store: (message: IncomingMessage) => Promise<void>

beforeEach(async () => {
  api = await startBotApi()
  logged = ''
  received = []
  ends = []
  store = async (message) => void received.push(message)
})

afterEach(async () => {
  for (const end of ends.reverse()) await end()
  await api.close()
})

/** A process that serves the webhook: its channel, and the address of its web. */
async function copy(of = address): Promise<{ channel: Channel; url: string }> {
  const write = (line: string) => {
    logged += line
  }
  const channel = telegramChannel({ token: api.token, apiRoot: api.root, log: log(write), webhook: of })
  if (!channel.routes) throw new Error('no routes')
  const app = createWeb({
    log: log(write),
    ready: async () => ({ ready: true, parts: {} }),
    metrics: async () => ({ contentType: 'text/plain', body: '' }),
    mount: [{ path: '/telegram', routes: channel.routes }],
  })
  const web = await serveWeb(app, '127.0.0.1', 0)
  ends.push(async () => {
    await channel.stop()
    await web.close()
  })
  return { channel, url: `http://127.0.0.1:${web.port}` }
}

async function started(of = address): Promise<{ channel: Channel; url: string }> {
  const made = await copy(of)
  api.leads('bot.example', made.url)
  await start(made.channel)
  return made
}

async function start(channel: Channel): Promise<void> {
  await channel.start({ message: (message) => store(message), reachable: async () => {} })
}

const texts = () => received.map(({ content }) => (content.kind === 'text' ? content.text : content.kind))
const receives = (...expected: string[]) => vi.waitFor(() => expect(texts()).toEqual(expected), 8000)
const confirmed = () => vi.waitFor(() => expect(api.unconfirmed).toEqual([]), 8000)

function post(url: string, body: string, headers: Record<string, string> = {}): Promise<number> {
  const token = { 'x-telegram-bot-api-secret-token': address.token }
  return fetch(url, { method: 'POST', body, headers: { ...token, ...headers } }).then(({ status }) => status)
}

describe('by webhook', () => {
  test('the bot names its address, its token and what it wants', async () => {
    const { channel } = await started()
    expect(api.webhook).toBe('https://bot.example/telegram/secret-path')
    expect(api.webhookToken).toBe('secret-token')
    const call = api.calls.find(({ method }) => method === 'setWebhook')
    expect(call?.params).toMatchObject({ max_connections: 20 })
    expect(JSON.stringify(call?.params.allowed_updates)).toContain('callback_query')
    expect(channel.state()).toEqual({ ready: true, detail: 'webhook' })
  })

  test('messages and presses come, in order, and are acknowledged', async () => {
    const siti = api.user(11)
    const { channel } = await started()
    for (const text of ['satu', 'dua', 'tiga']) siti.says(text)
    await receives('satu', 'dua', 'tiga')
    await channel.send({
      ...{ id: 1, kind: 'reply', chat: '11', text: 'Ya?', asksPhone: false },
      choices: [{ label: 'Ya', data: 'c:1:1' }],
    })
    siti.presses('Ya')
    await receives('satu', 'dua', 'tiga', 'button')
    await confirmed()
    expect(api.answeredCallbacks).toHaveLength(1)
  })

  test('what could not be stored is not acknowledged, comes again, and holds up its own chat only', async () => {
    let failures = 2
    store = async (message) => {
      if (message.chat === '11' && failures-- > 0) throw new Error('database is away')
      received.push(message)
    }
    await started()
    api.user(11).says('satu')
    api.user(11).says('dua')
    api.user(12).says('lain')
    await receives('lain', 'satu', 'dua')
    await confirmed()
    expect(api.webhookStatuses.filter((status) => status === 500)).toHaveLength(2)
  })

  test('nothing is acknowledged before it is stored, and a stop waits for it', async () => {
    let finish = () => {}
    store = (message) =>
      new Promise((resolve) => {
        finish = () => {
          received.push(message)
          resolve()
        }
      })
    const { channel } = await started()
    const { update_id } = api.user(11).says('halo')
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(api.unconfirmed).toEqual([update_id])
    const stopped = channel.stop()
    finish()
    await stopped
    expect(texts()).toEqual(['halo'])
    await confirmed()
  })

  test('before the start and after the stop it takes nothing; what waits comes at the next start', async () => {
    const { channel } = await started()
    await channel.stop()
    api.user(11).says('halo')
    await vi.waitFor(() => expect(api.webhookStatuses).toContain(503), 8000)
    expect(texts()).toEqual([])
    await start(channel)
    await receives('halo')
  })

  test('an answer that is lost brings the update again, under the same id', async () => {
    await started()
    api.failsWebhook('deliver-then-reset', 2)
    api.user(11).says('halo')
    await receives('halo', 'halo', 'halo')
    expect(new Set(received.map(({ externalId }) => externalId)).size).toBe(1)
  })

  test('two copies take turns', async () => {
    const one = await copy()
    const two = await copy()
    api.leads('bot.example', one.url, two.url)
    await start(one.channel)
    await start(two.channel)
    for (let n = 0; n < 6; n++) api.user(20 + n).says(`pesan ${n}`)
    await vi.waitFor(() => expect(texts().toSorted()).toEqual([0, 1, 2, 3, 4, 5].map((n) => `pesan ${n}`)))
    await confirmed()
  })

  test('the state tells what Telegram last met', async () => {
    const { channel } = await started()
    api.failsWebhook('reset')
    api.user(11).says('halo')
    await receives('halo')
    await channel.stop()
    await start(channel)
    expect(channel.state().ready).toBe(true)
    expect(channel.state().detail).toMatch(/^webhook; at .* Telegram met: Connection reset by peer$/)
  })

  test('a webhook that Telegram refuses is named without its path', async () => {
    const { channel } = await started({ ...address, base: 'http://bot.example/telegram' })
    expect(channel.state()).toMatchObject({ ready: false, detail: expect.stringContaining('HTTPS') })
    expect(logged).not.toContain(address.path)
  })

  test('polling takes the webhook away, and the webhook takes the bot back, without a loss', async () => {
    const { channel } = await started()
    api.user(11).says('satu')
    await receives('satu')
    await channel.stop()
    const polling = telegramChannel({
      token: api.token,
      apiRoot: api.root,
      log: log(() => {}),
      pollSeconds: 5,
    })
    api.user(11).says('dua')
    await start(polling)
    await receives('satu', 'dua')
    expect(api.webhook).toBe('')
    await polling.stop()
    api.user(11).says('tiga')
    await start(channel)
    await receives('satu', 'dua', 'tiga')
  })
})

describe('who is not Telegram', () => {
  const update = JSON.stringify({ update_id: 1, message: { text: 'rahasia' } })

  test.each([
    ['another path', '/telegram/secret-patH', {}, update, 404],
    ['no path', '/telegram', {}, update, 404],
    ['another token', '/telegram/secret-path', { 'x-telegram-bot-api-secret-token': 'x' }, update, 403],
    ['an empty token', '/telegram/secret-path', { 'x-telegram-bot-api-secret-token': '' }, update, 403],
    ['what is no JSON', '/telegram/secret-path', {}, '{"update_id": 1, "rahasia', 400],
    ['what is no update', '/telegram/secret-path', {}, '{"rahasia": true}', 400],
    ['a list', '/telegram/secret-path', {}, '["rahasia"]', 400],
    ['too much', '/telegram/secret-path', {}, `"rahasia${'x'.repeat(1024 * 1024)}"`, 413],
  ])('%s is refused, and nothing of it is logged', async (_name, path, headers, body, status) => {
    const { url } = await started()
    logged = ''
    expect(await post(`${url}${path}`, body, headers)).toBe(status)
    expect(received).toEqual([])
    expect(logged).not.toMatch(/rahasia|secret/)
    if (path !== '/telegram') expect(logged).toContain('refused')
  })

  test('another method is refused', async () => {
    const { url } = await started()
    expect((await fetch(`${url}/telegram/secret-path`)).status).toBe(405)
    expect((await fetch(`${url}/telegram/other`)).status).toBe(404)
  })

  test('an update of an unknown kind is taken, and left out', async () => {
    const { url } = await started()
    expect(await post(`${url}/telegram/secret-path`, '{"update_id": 5}')).toBe(200)
    expect(await post(`${url}/telegram/secret-path`, '{"update_id": 6, "message": {"text": "x"}}')).toBe(200)
    expect(received).toEqual([])
  })
})
