import { Hono } from 'hono'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { IncomingMessage } from '../channel.ts'
import {
  type SampleOfficer,
  type SimulatorOptions,
  simulatorChannel,
  type ThreadMessage,
} from './simulator.ts'

const sari: SampleOfficer = {
  id: 1,
  name: '<b onmouseover=alert(1)>Sari</b>',
  title: 'Ketua',
  cooperative: 'KKMP Belian',
  area: 'Belian, Batam Kota',
  chat: 'sample-1',
  phone: '+62000000001',
}
const budi: SampleOfficer = { ...sari, id: 2, name: 'Budi', chat: 'sample-2', phone: undefined }

function bot(id: number, rich: string, more: Partial<ThreadMessage> = {}): ThreadMessage {
  const at = '2026-11-20T01:00:00.000Z'
  return {
    id: `o${id}`,
    externalId: undefined,
    from: 'bot',
    at,
    rich,
    choices: [],
    asksPhone: false,
    ...more,
  }
}

let thread: ThreadMessage[]
let readable: boolean
type SimulatorFile = { name: string; type: string; content: Uint8Array }
let files: (SimulatorFile & { chat: string; id: number })[]
let watchers: Set<() => void>
let received: IncomingMessage[]
let store: (message: IncomingMessage) => Promise<void>
let searches: string[]

const options: SimulatorOptions = {
  async officers(search) {
    searches.push(search)
    return [sari, budi].filter(({ name }) => name.includes(search))
  },
  officer: async (chat) => [sari, budi].find((officer) => officer.chat === chat),
  async thread() {
    if (!readable) throw new Error('database away')
    return thread
  },
  file: async (chat, id) =>
    files.find((file) => file.chat === chat && file.id === id) as SimulatorFile | undefined,
  watch(_chat, changed) {
    watchers.add(changed)
    return () => watchers.delete(changed)
  },
  log: pino({ level: 'silent' }),
}
let channel: ReturnType<typeof simulatorChannel>
let app: Hono

beforeEach(async () => {
  readable = true
  thread = []
  files = []
  watchers = new Set()
  received = []
  searches = []
  store = async (message) => void received.push(message)
  channel = simulatorChannel(options)
  app = new Hono().route('/simulator', channel.routes)
  await channel.start({ message: (message) => store(message), reachable: async () => {} })
})
afterEach(() => channel.stop())

const id = '0b6f6c3e-6d0f-4c0b-9a53-2f7d8f0a1b2c'

function post(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return Promise.resolve(
    app.request('/simulator/messages', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  )
}

describe('the pages', () => {
  it('list sample officers, found by a search', async () => {
    const page = await app.request('/simulator?q=Bu')
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('"name":"Budi"')
    const found = await app.request('/simulator/officers?q=Budi')
    expect(await found.json()).toEqual([{ ...budi, phone: undefined }].map(({ phone, ...rest }) => rest))
    expect(searches).toEqual(['Bu', 'Budi'])
  })

  it('escape whatever they show', async () => {
    thread = [bot(1, '</script><img src=x onerror=alert(1)>')]
    for (const path of ['/simulator', '/simulator?as=sample-1', '/simulator?q=%22%3E%3Cimg%20src%3Dx%3E']) {
      const page = await (await app.request(path)).text()
      expect(page).not.toMatch(/<img|<b on/)
      expect(page.match(/<\/script>/g)?.length, path).toBe(2)
    }
  })

  it('mark the data as samples, and let one change the role', async () => {
    const page = await (await app.request('/simulator?as=sample-2')).text()
    expect(page).toContain('<b>DATA CONTOH</b> – orang, nomor dan jadwal di sini bukan sungguhan')
    expect(page).toContain('<a href="/simulator">Ganti peran</a>')
    expect(page).not.toContain('data-kind="contact"')
  })

  it('answer 404 for an officer that there is not', async () => {
    const page = await app.request('/simulator?as=nobody')
    expect([page.status, (await page.text()).includes('Peran ini tidak ada')]).toEqual([404, true])
    expect((await app.request('/simulator/thread?as=nobody')).status).toBe(404)
    expect((await app.request('/simulator/events?as=nobody')).status).toBe(404)
    expect((await app.request('/simulator/thread')).status).toBe(404)
    expect((await post({ as: 'nobody', id, text: 'halo' })).status).toBe(404)
  })

  it('run only what the service serves, and send nothing elsewhere', async () => {
    const page = await app.request('/simulator?as=sample-2')
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'/)
    expect(policy).not.toMatch(/unsafe|data:|\*/)
    expect(page.headers.get('x-content-type-options')).toBe('nosniff')
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
    expect(page.headers.get('x-frame-options')).toBe('DENY')
    expect(page.headers.get('cache-control')).toBe('no-store')
    expect(await page.text()).not.toMatch(/ style=| on[a-z]+=|<style|https?:\/\//)
  })

  it('load every part that they and their scripts name', async () => {
    const page = await (await app.request('/simulator?as=sample-2')).text()
    const style = await (await app.request('/simulator/simulator.css')).text()
    const names = [...(page + style).matchAll(/"(\/simulator\/[\w.]+)"/g)].map(([, name]) => name ?? '')
    expect(names.length).toBeGreaterThan(5)
    for (const name of names) {
      const asset = await app.request(name)
      expect(asset.status, name).toBe(200)
      const again = await app.request(name, { headers: { 'If-None-Match': asset.headers.get('etag') ?? '' } })
      expect(again.status, name).toBe(304)
      const imports = [...(await asset.text()).matchAll(/from '\.\/([\w.]+)'/g)].map(
        ([, file]) => `/simulator/${file}`,
      )
      for (const imported of imports) expect(names).toContain(imported)
    }
  })

  it('give the thread as JSON', async () => {
    thread = [bot(3, 'Selamat pagi')]
    const answer = await app.request('/simulator/thread?as=sample-1')
    expect(await answer.json()).toEqual(
      [{ ...thread[0], externalId: undefined }].map(({ externalId, ...rest }) => rest),
    )
  })
})

describe('a posted message', () => {
  const common = { channel: 'simulator', chat: 'sample-1', externalId: id, displayName: sari.name }

  it.each([
    [{ text: 'bu, kapan?' }, { content: { kind: 'text', text: 'bu, kapan?' } }],
    [
      { press: 'yes:1', quotes: 'o34' },
      { content: { kind: 'button', data: 'yes:1' }, quotes: '34' },
    ],
    [{ kind: 'voice' }, { content: { kind: 'voice' } }],
    [{ kind: 'picture' }, { content: { kind: 'picture' } }],
    [{ kind: 'sticker' }, { content: { kind: 'sticker' } }],
    [{ kind: 'contact' }, { content: { kind: 'contact', phone: '+62000000001', own: true } }],
  ])('%j is handed on', async (body, message) => {
    const answer = await post({ as: 'sample-1', id, ...body })
    expect([answer.status, await answer.json()]).toEqual([200, { stored: true }])
    expect(received).toEqual([{ ...common, ...message }])
  })

  it('loses what no database can store', async () => {
    await post(`{"as":"sample-1","id":"${id}","text":"a\\u0000b\\ud800c"}`)
    expect(received[0]?.content).toEqual({ kind: 'text', text: 'ab\uFFFDc' })
  })

  it.each([
    ['no text', { as: 'sample-1', id, text: ' \n ' }],
    ['too long a text', { as: 'sample-1', id, text: 'a'.repeat(4097) }],
    ['no id', { as: 'sample-1', text: 'a' }],
    ['an id of another kind', { as: 'sample-1', id: '1', text: 'a' }],
    ['two contents', { as: 'sample-1', id, text: 'a', kind: 'voice' }],
    ['a press without its message', { as: 'sample-1', id, press: 'a' }],
    ['a press under an officer’s message', { as: 'sample-1', id, press: 'a', quotes: 'i3' }],
    ['another kind', { as: 'sample-1', id, kind: 'document' }],
    ['the number of who has none', { as: 'sample-2', id, kind: 'contact' }],
    ['no JSON', '{'],
  ])('is refused: %s', async (_why, body) => {
    expect((await post(body)).status).toBe(400)
    expect(received).toEqual([])
  })

  it('of 4,096 characters is taken, over 16 kB refused', async () => {
    expect((await post({ as: 'sample-1', id, text: '\u{1F6A4}'.repeat(2048) })).status).toBe(200)
    expect((await post({ as: 'sample-1', id, text: 'a'.repeat(17_000) })).status).toBe(413)
  })

  it.each([
    [{ Origin: 'https://evil.example' }],
    [{ Origin: 'null' }],
    [{ 'Sec-Fetch-Site': 'cross-site' }],
    [{ 'Sec-Fetch-Site': 'same-site' }],
    [{ 'Content-Type': 'text/plain', Origin: 'https://evil.example' }],
  ])('from elsewhere is refused: %j', async (headers: Record<string, string>) => {
    expect((await post({ as: 'sample-1', id, text: 'a' }, headers)).status).toBe(403)
    expect(received).toEqual([])
  })

  it('of the page itself is taken, but only as JSON', async () => {
    const own = { Origin: 'http://localhost', 'Sec-Fetch-Site': 'same-origin' }
    expect((await post({ as: 'sample-1', id, text: 'a' }, own)).status).toBe(200)
    expect(
      (await post({ as: 'sample-1', id, text: 'a' }, { ...own, 'Content-Type': 'text/plain' })).status,
    ).toBe(415)
  })

  it('is asked for again when it could not be stored', async () => {
    store = async () => {
      throw new Error('database away')
    }
    expect((await post({ as: 'sample-1', id, text: 'a' })).status).toBe(503)
  })

  it('is not taken before the start or after the stop, which waits for what is under way', async () => {
    let finish: (() => void) | undefined
    store = () =>
      new Promise((resolve) => {
        finish = resolve
      })
    const underWay = post({ as: 'sample-1', id, text: 'a' })
    await vi.waitFor(() => expect(finish).toBeDefined())
    let stopped = false
    const stopping = channel.stop().then(() => {
      stopped = true
    })
    expect((await post({ as: 'sample-1', id, text: 'b' })).status).toBe(503)
    expect([stopped, channel.state().ready]).toEqual([false, false])
    finish?.()
    await stopping
    expect((await underWay).status).toBe(200)
  })
})

describe('a file', () => {
  const content = Uint8Array.from([0, 255, 60])

  it('of the chat is handed out to be kept, under its name', async () => {
    files = [
      { chat: 'sample-1', id: 7, name: `data "saya" ü'.txt`, type: 'text/plain; charset=utf-8', content },
    ]
    const answer = await app.request('/simulator/files/o7?as=sample-1')
    expect(answer.status).toBe(200)
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(content)
    expect(answer.headers.get('content-disposition')).toBe(
      "attachment; filename*=UTF-8''data%20%22saya%22%20%C3%BC%27.txt",
    )
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  it('of another chat is not', async () => {
    files = [{ chat: 'sample-1', id: 7, name: 'a.txt', type: 'text/plain', content }]
    for (const path of [
      'o7?as=sample-2',
      'o7',
      'o7?as=sample-9',
      'o8?as=sample-1',
      'o-1?as=sample-1',
      '7?as=sample-1',
    ])
      expect((await app.request(`/simulator/files/${path}`)).status, path).toBe(404)
  })

  it.each(['text/html', 'image/svg+xml', 'text/plain\r\nX-A: b', ''])(
    'of type %j is no page',
    async (type) => {
      files = [{ chat: 'sample-1', id: 7, name: 'a', type, content }]
      const answer = await app.request('/simulator/files/o7?as=sample-1')
      expect(answer.headers.get('content-type')).toBe('application/octet-stream')
    },
  )
})

it('sends by the row alone', async () => {
  const sent = await channel.send({
    id: 34,
    kind: 'reply',
    chat: 'sample-1',
    text: 'halo',
    choices: [],
    asksPhone: false,
  })
  expect(sent).toEqual({ id: '34' })
  expect([channel.name, channel.state()]).toEqual(['simulator', { ready: true, detail: 'open' }])
})

describe('events', () => {
  /** Follows a chat; `next` gives the next event of the stream, undefined at its end. */
  async function follow(query = '', headers: Record<string, string> = {}) {
    const answer = await app.request(`/simulator/events?as=sample-1${query}`, { headers })
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
    if (!reader) throw new Error('no stream')
    let rest = ''
    const next = async (): Promise<{ event: string; id?: string; data: string } | undefined> => {
      while (!rest.includes('\n\n')) {
        const { done, value } = await reader.read()
        if (done) return undefined
        rest += value
      }
      const end = rest.indexOf('\n\n')
      const lines = rest
        .slice(0, end)
        .split('\n')
        .map((line) => line.split(/: (.*)/s) as [string, string])
      rest = rest.slice(end + 2)
      return Object.fromEntries(lines) as { event: string; data: string }
    }
    expect((await next())?.event).toBe('alive')
    return { answer, next, leave: () => reader.cancel() }
  }

  const change = () => {
    for (const changed of [...watchers]) changed()
  }
  const idsOf = (event: { data: string } | undefined) =>
    (JSON.parse(event?.data ?? '[]') as ThreadMessage[]).map((message) => message.id)

  it('bring what is new, each message once', async () => {
    thread = [bot(1, 'satu'), bot(2, 'dua')]
    const { answer, next, leave } = await follow()
    expect(answer.headers.get('content-type')).toBe('text/event-stream')
    const first = await next()
    expect([first?.event, first?.id, idsOf(first)]).toEqual(['messages', 'o2', ['o1', 'o2']])
    change()
    thread = [...thread, bot(3, 'tiga\nbaris dua')]
    change()
    const second = await next()
    expect([second?.id, idsOf(second)]).toEqual(['o3', ['o3']])
    await leave()
  })

  it('bring a message that shows up before the last one sent', async () => {
    thread = [bot(1, 'satu'), bot(3, 'tiga')]
    const { next, leave } = await follow('&after=o3')
    await new Promise((resolve) => setTimeout(resolve, 10))
    thread = [bot(1, 'satu'), bot(2, 'dua'), bot(3, 'tiga')]
    change()
    expect(idsOf(await next())).toEqual(['o2'])
    await leave()
  })

  it('go on after the last one that the browser has', async () => {
    thread = [bot(1, 'satu'), bot(2, 'dua'), bot(3, 'tiga')]
    const lost = await follow('&after=o1', { 'Last-Event-ID': 'o2' })
    expect(idsOf(await lost.next())).toEqual(['o3'])
    const fresh = await follow('&after=o1')
    expect(idsOf(await fresh.next())).toEqual(['o2', 'o3'])
    const stale = await follow('&after=o999')
    expect(idsOf(await stale.next())).toEqual(['o1', 'o2', 'o3'])
    await Promise.all([lost.leave(), fresh.leave(), stale.leave()])
  })

  it('show every 20 s that the connection lives', async () => {
    vi.useFakeTimers()
    try {
      const { next, leave } = await follow()
      await vi.advanceTimersByTimeAsync(20_000)
      expect((await next())?.event).toBe('alive')
      await vi.advanceTimersByTimeAsync(20_000)
      expect((await next())?.event).toBe('alive')
      await leave()
    } finally {
      vi.useRealTimers()
    }
  })

  it('cost nothing once the browser is gone', async () => {
    const { leave } = await follow()
    expect(watchers.size).toBe(1)
    await leave()
    await vi.waitFor(() => expect(watchers.size).toBe(0))
  })

  it('end when the thread cannot be read: the browser comes back', async () => {
    const open = await follow()
    await new Promise((resolve) => setTimeout(resolve, 10))
    readable = false
    change()
    expect(await open.next()).toBeUndefined()
    expect(watchers.size).toBe(0)
  })

  it('end when the channel stops', async () => {
    const open = await follow()
    await channel.stop()
    expect(await open.next()).toBeUndefined()
    expect(watchers.size).toBe(0)
    expect((await app.request('/simulator/events?as=sample-1')).status).toBe(503)
  })
})
