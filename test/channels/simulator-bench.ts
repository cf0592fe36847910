import { compileFunction } from 'node:vm'
import { Hono } from 'hono'
import { pino } from 'pino'
import type { Channel, OutgoingMessage } from '../../src/channels/channel.ts'
import { toPlain } from '../../src/channels/rich-text.ts'
import type { DocumentFile } from '../../src/channels/simulator/options.ts'
import {
  type SampleOfficer,
  simulatorChannel,
  type ThreadMessage,
} from '../../src/channels/simulator/simulator.ts'
import { type Bench, Cannot, type Delivery, type Person, type Wrap } from './bench.ts'
import type { Subject } from './conformance.ts'

/** Its routes, and of the page what sends: the script that keeps a message until the service has it. */
export const simulator: Subject = {
  name: 'simulator',
  cannot: ['share the number of somebody else', 'fail to send'],
  knownFaults: {},
  open,
}

const officers = [officer(1, 'Siti Aminah'), officer(2, '<b>Budi</b>')] as const

function officer(id: number, name: string): SampleOfficer & { phone: string } {
  const place = { cooperative: 'KKMP Belian', area: 'Belian, Batam Kota' }
  return { id, name, title: 'Ketua', ...place, chat: `sample-${id}`, phone: `+6200000000${id}` }
}

async function open(wrap: Wrap): Promise<Bench> {
  const threads = new Map<string, ThreadMessage[]>()
  const files = new Map<string, DocumentFile>()
  const base = simulatorChannel({
    officers: async () => [...officers],
    officer: async (chat) => officers.find((one) => one.chat === chat),
    thread: async (chat) => threads.get(chat) ?? [],
    file: async (chat, id) => files.get(`${chat} o${id}`),
    watch: () => () => {},
    log: pino({ level: 'silent' }),
  })
  const app = new Hono().route('/simulator', base.routes)
  const channel = wrap(withRows(base, threads, files))
  const [siti, budi] = [await openPage(app, officers[0]), await openPage(app, officers[1])]
  return {
    channel,
    siti: siti.person,
    budi: budi.person,
    nobody: 'sample-9',
    begin: (events) => channel.start(events),
    // what the page does after a pause
    async retries() {
      await Promise.all([siti.run(), budi.run()])
    },
    settles,
    // what is sent is the row itself
    troubles: [],
    close: () => base.stop(),
  }
}

/** As delivery does: a message that went out is a row of the thread. */
function withRows(
  base: Channel,
  threads: Map<string, ThreadMessage[]>,
  files: Map<string, DocumentFile>,
): Channel {
  return {
    ...base,
    async send(message) {
      const sent = await base.send(message)
      if (!('id' in sent)) return sent
      threads.set(message.chat, [...(threads.get(message.chat) ?? []), rowOf(message, sent.id)])
      if (message.document) files.set(`${message.chat} o${sent.id}`, message.document)
      return sent
    },
  }
}

function rowOf({ text, choices, asksPhone, location, document }: OutgoingMessage, id: string): ThreadMessage {
  const at = new Date().toISOString()
  const row = {
    id: `o${id}`,
    externalId: undefined,
    from: 'bot' as const,
    at,
    rich: text,
    choices,
    asksPhone,
  }
  return { ...row, ...(location && { location }), ...(document && { document: { name: document.name } }) }
}

async function settles(): Promise<void> {
  for (let n = 0; n < 20; n++) await new Promise((resolve) => setImmediate(resolve))
}

type Entry = { id: string; state: 'waiting' | 'sent' | 'refused' }
type Outbox = { add(body: object, shown: object): void; run(): Promise<void> }

/** The chat page of an officer: what it shows, and its script that posts. */
async function openPage(app: Hono, { chat, phone }: (typeof officers)[number]) {
  const post = (body: string) =>
    app.request('/simulator/messages', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
    })
  /** By the id of the message: what was posted, and what the page says of it. */
  const posted = new Map<string, string>()
  const states = new Map<string, Entry['state']>()
  let added = ''
  const outbox = await outboxOf(app, chat, {
    fetch(_path, { body }) {
      posted.set((JSON.parse(body) as Entry).id, body)
      return post(body)
    },
    changed({ id, state }) {
      states.set(id, state)
      added = id
    },
  })

  const sends = async (body: object): Promise<Delivery & { refused(): boolean }> => {
    outbox.add(body, {})
    const id = added
    return {
      acknowledged: () => states.get(id) === 'sent',
      refused: () => states.get(id) === 'refused',
      async again() {
        await post(posted.get(id) ?? '')
      },
    }
  }
  const messages = () => shownOn(app, chat)
  const newest = async (fits: (message: ThreadMessage) => boolean): Promise<ThreadMessage> => {
    const found = (await messages()).findLast(fits)
    if (!found) throw new Error('there is no message with such a button')
    return found
  }
  const person: Person = {
    chat,
    phone,
    writes: (text) => sends({ text }),
    async presses(n) {
      const { id, choices } = await newest((one) => one.choices.length > 0)
      return sends({ press: choices[n - 1]?.data, quotes: id })
    },
    async sharesOwnNumber() {
      await newest(({ asksPhone }) => asksPhone)
      return sends({ kind: 'contact' })
    },
    async sharesNumber(other) {
      const delivery = await sends({ kind: 'contact', phone: other })
      await settles()
      if (!delivery.refused()) return delivery
      throw new Cannot('share the number of somebody else', 'the service refuses any number in a post')
    },
    sendsVoice: () => sends({ kind: 'voice' }),
    async sees() {
      const shown = (await messages()).map(async ({ id, rich, choices, location, document }) => ({
        ...{ text: toPlain(rich), choices: choices.map(({ label }) => label) },
        ...(location && { location }),
        ...(document && { document: await downloaded(app, chat, id) }),
      }))
      return await Promise.all(shown)
    },
  }
  return { person, run: () => outbox.run() }
}

type Browser = {
  fetch(path: string, request: { body: string }): Response | Promise<Response>
  changed(entry: Entry): void
}

/** The script of the page, as it is served. It has no timers here: it runs when the messenger is to try again. */
async function outboxOf(app: Hono, chat: string, { fetch, changed }: Browser): Promise<Outbox> {
  const script = await (await app.request('/simulator/pending.js')).text()
  const code = `${script.replaceAll(/^export /gm, '')}\nreturn createPending`
  const make = compileFunction(code, ['fetch', 'setTimeout', 'clearTimeout', 'localStorage'])
  const createPending = make(
    fetch,
    () => 0,
    () => {},
    undefined,
  ) as (chat: string, changed: (entry: Entry) => void) => Outbox
  return createPending(chat, changed)
}

/** The file of a message, as a browser keeps it. */
async function downloaded(
  app: Hono,
  chat: string,
  id: string,
): Promise<{ name: string; content: Uint8Array }> {
  const answer = await app.request(`/simulator/files/${id}?as=${chat}`)
  const [, name = ''] = /filename\*=UTF-8''(.*)$/.exec(answer.headers.get('content-disposition') ?? '') ?? []
  return { name: decodeURIComponent(name), content: new Uint8Array(await answer.arrayBuffer()) }
}

/** What the page of a chat has to show, from the page itself. */
async function shownOn(app: Hono, chat: string): Promise<ThreadMessage[]> {
  const page = await (await app.request(`/simulator?as=${chat}`)).text()
  const [, state = ''] = /<script id="state"[^>]*>(.*?)<\/script>/s.exec(page) ?? []
  return (JSON.parse(state) as { messages: ThreadMessage[] }).messages
}
