import { Api, type GrammyError, InputFile } from 'grammy'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Channel, IncomingMessage, OutgoingMessage } from '../../src/channels/channel.ts'
import { phoneButton } from '../../src/channels/telegram/keyboard.ts'
import { type TelegramOptions, telegramChannel } from '../../src/channels/telegram/telegram.ts'
import { boldMark, loadTexts } from '../../src/texts.ts'
import { type BotApi, type Fault, startBotApi } from './bot-api-server.ts'

/** Somebody that the bot does not know. */
const stranger = '999'

let api: BotApi
let logged: string
let received: IncomingMessage[]
let reachable: [string, boolean][]
let moved: [string, string][]
let names: string[]
let started: Channel[]
/** Stands in for the database; a test replaces it to let it fail. */
let store: (message: IncomingMessage) => Promise<void>

beforeEach(async () => {
  api = await startBotApi()
  logged = ''
  received = []
  reachable = []
  moved = []
  names = []
  started = []
  store = async (message) => {
    received.push(message)
  }
})

afterEach(async () => {
  await Promise.all(started.map((channel) => channel.stop()))
  await api.close()
})

function channelOf(options: Partial<TelegramOptions> = {}): Channel {
  const write = (line: string) => {
    logged += line
  }
  const log = pino({ level: 'trace' }, { write })
  return telegramChannel({ token: api.token, apiRoot: api.root, log, pollSeconds: 20, ...options })
}

async function start(options: Partial<TelegramOptions> = {}): Promise<Channel> {
  const channel = channelOf(options)
  started.push(channel)
  await channel.start({
    message: (message) => store(message),
    reachable: async (chat, is) => void reachable.push([chat, is]),
    moved: async (from, to) => void moved.push([from, to]),
    named: async (name) => void names.push(name),
  })
  return channel
}

async function stop(channel: Channel): Promise<void> {
  started = started.filter((other) => other !== channel)
  await channel.stop()
}

function outgoing(more: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return { id: 1, kind: 'reply', chat: '11', text: 'Selamat pagi', choices: [], asksPhone: false, ...more }
}

/** What was received, as one line each. */
function contents(): string[] {
  return received.map(({ content }) => ('text' in content ? content.text : JSON.stringify(content)))
}

function receives(...expected: string[]): Promise<void> {
  return vi.waitFor(() => expect(contents()).toEqual(expected), 8000)
}

const confirmed = () => vi.waitFor(() => expect(api.unconfirmed).toEqual([]), 8000)

describe('both ways', () => {
  test('text', async () => {
    const siti = api.user(11)
    const channel = await start()
    siti.says('kapan bimtek?')
    await receives('kapan bimtek?')
    expect(received[0]).toMatchObject({ channel: 'telegram', chat: '11', displayName: 'Siti Aminah' })

    const sent = await channel.send(outgoing({ text: `Bimtek ${boldMark}Sabtu${boldMark}` }))
    const heard = await siti.hears(/Bimtek/)
    expect(heard).toMatchObject({ text: 'Bimtek Sabtu', html: 'Bimtek <b>Sabtu</b>' })
    expect(sent).toEqual({ id: String(heard.message_id) })

    siti.says('ya', { replyTo: heard.message_id })
    await receives('kapan bimtek?', 'ya')
    expect(received[1]).toMatchObject({ quotes: String(heard.message_id) })
  })

  test('buttons', async () => {
    const siti = api.user(11)
    const channel = await start()
    const choices = ['Gelombang 3', 'Gelombang 4'].map((label, n) => ({ label, data: `w:${n + 3}` }))
    const sent = await channel.send(outgoing({ text: 'Pilih gelombang', choices }))
    siti.presses('Gelombang 4')
    siti.presses(1)
    await receives('{"kind":"button","data":"w:4"}', '{"kind":"button","data":"w:3"}')
    expect(sent).toEqual({ id: received[0]?.quotes })
    expect(received[0]?.externalId).not.toBe(received[1]?.externalId)
    await vi.waitFor(() => expect(api.answeredCallbacks).toHaveLength(2))
  })

  test("one's own number, and somebody else's", async () => {
    const siti = api.user(11, 'Siti', '6200011')
    const channel = await start()
    await channel.send(outgoing({ text: 'Nomor?', asksPhone: true }))
    siti.presses(phoneButton)
    siti.shares('+6200022', { own: false })
    await vi.waitFor(() => expect(received).toHaveLength(2))
    expect(received.map(({ content }) => content)).toEqual([
      { kind: 'contact', phone: '+6200011', own: true },
      { kind: 'contact', phone: '+6200022', own: false },
    ])
  })

  test('voice, picture and place', async () => {
    const siti = api.user(11)
    await start()
    siti.sendsVoice()
    siti.sendsPhoto('surat tugas')
    siti.location(1.13, 104.05)
    await vi.waitFor(() => expect(received).toHaveLength(3))
    expect(received.map(({ content }) => content)).toMatchObject([
      { kind: 'voice' },
      { kind: 'picture', caption: 'surat tugas' },
      { kind: 'location', lat: 1.13, lon: 104.05 },
    ])
  })

  test('a document carries a short text, all or nothing; a place follows', async () => {
    const siti = api.user(11)
    const location = { name: 'Kampus Indobaru', address: 'Batam Center', lat: 1.13, lon: 104.05 }
    const document = { name: 'jadwal; "baru".ics', type: 'text/calendar', content: Buffer.from('BEGIN:é') }
    const choices = [{ label: 'Ya', data: 'c:1:1' }]
    const message = outgoing({ text: `${boldMark}Jadwal${boldMark} <1>`, location, document, choices })
    const sent = await channelOf().send(message)
    const [file, place] = siti.messages
    expect(sent).toEqual({ id: String(file?.message_id) })
    expect(file).toMatchObject({ text: 'Jadwal <1>', buttons: [{ label: 'Ya' }] })
    expect(file?.document?.name).toBe('jadwal_ _baru_.ics')
    expect(file?.document?.content.toString()).toBe('BEGIN:é')
    expect(place?.venue).toMatchObject({ title: 'Kampus Indobaru', address: 'Batam Center', lat: 1.13 })

    api.faults.next('sendDocument', { status: 500 })
    expect(await channelOf().send(message)).toHaveProperty('unknown')
    expect(siti.messages).toHaveLength(2)
    const refused = { status: 400, description: 'Bad Request: document is too strange' }
    api.faults.next('sendDocument', refused, 2)
    expect(await channelOf().send(message)).toEqual({ id: String(siti.messages[2]?.message_id) })
    expect(siti.messages.slice(2).map(({ text, venue }) => text || venue?.title)).toEqual([
      'Jadwal <1>',
      'Kampus Indobaru',
    ])
    await channelOf().send(outgoing({ text: 'a'.repeat(1025), document, choices }))
    expect(siti.messages.slice(4).map(({ text, document: each }) => [text.length, each?.name])).toEqual([
      [1025, undefined],
      [0, 'jadwal_ _baru_.ics'],
    ])
  })

  test('a large file goes up once, however many get it at once, and again when Telegram has lost it', async () => {
    const people = [11, 12, 13, 14].map((id) => api.user(id))
    const document = { name: 'surat.pdf', type: 'application/pdf', content: Buffer.alloc(50_000, 7) }
    const channel = channelOf()
    const toAll = () =>
      Promise.all(
        people.map(({ id }) => channel.send(outgoing({ chat: String(id), text: 'Surat', document }))),
      )
    const uploads = () =>
      api.calls.filter(
        ({ method, params }) => method === 'sendDocument' && !/-file-/.test(String(params.document)),
      )
    api.faults.next('sendDocument', { status: 500 })
    const sent = await toAll()
    expect(sent.map((each) => ('id' in each ? 'sent' : 'unknown')).sort()).toEqual([
      ...['sent', 'sent', 'sent', 'unknown'],
    ])
    expect(uploads()).toHaveLength(2)
    await toAll()
    expect(uploads()).toHaveLength(2)
    api.forgetFiles()
    for (const each of await toAll()) expect(each).toHaveProperty('id')
    expect(uploads().length).toBeGreaterThan(2)
    const got = people.flatMap(({ messages }) => messages.map((each) => each.document?.content))
    expect(got).toHaveLength(11)
    expect(got.every((each) => each?.equals(document.content))).toBe(true)
    // small ones are sent anew
    const small = { ...document, content: Buffer.from('%PDF') }
    const before = uploads().length
    for (let n = 0; n < 2; n++) await channel.send(outgoing({ document: small }))
    expect(uploads()).toHaveLength(before + 2)
  })

  test('a picture carries a short text, with its buttons, and follows a long one', async () => {
    const siti = api.user(11)
    const document = { name: 'poster.png', type: 'image/png', content: Buffer.from('\x89PNG rest', 'latin1') }
    const choices = [{ label: 'Ya', data: 'c:1:1' }]
    const sent = await channelOf().send(
      outgoing({ text: `${boldMark}Poster${boldMark} <1>`, document, choices }),
    )
    expect(siti.messages).toMatchObject([{ text: 'Poster <1>', buttons: [{ label: 'Ya' }] }])
    expect(siti.messages[0]?.photo?.equals(document.content)).toBe(true)
    expect(sent).toEqual({ id: String(siti.messages[0]?.message_id) })

    await channelOf().send(outgoing({ text: 'a'.repeat(1025), document, choices }))
    expect(siti.messages.slice(1).map(({ text, photo }) => [text.length, photo !== undefined])).toEqual([
      [1025, false],
      [0, true],
    ])
  })

  test('what Telegram does not take for a picture goes as a file', async () => {
    const siti = api.user(11)
    const document = { name: 'poster.png', type: 'image/png', content: Buffer.from('no picture') }
    expect(await channelOf().send(outgoing({ document }))).toHaveProperty('id')
    expect(siti.messages.map(({ text, document: file }) => [text, file?.name])).toEqual([
      ['Selamat pagi', undefined],
      ['', 'poster.png'],
    ])
  })

  test('the button for the number goes once it is known, whatever stands under the answer', async () => {
    const siti = api.user(11)
    const channel = channelOf()
    await channel.send(outgoing({ text: 'Nomor?', asksPhone: true }))
    expect(siti.keyboard).toMatchObject([{ label: phoneButton }])
    await channel.send(outgoing({ text: 'Terima kasih', hidesPhoneButton: true }))
    expect(siti.keyboard).toEqual([])
    await channel.send(outgoing({ text: 'Nomor?', asksPhone: true }))
    let slots = 0
    const slot = async () => void slots++
    const choices = [{ label: 'Ya', data: 'c:1:1' }]
    const sent = await channel.send(outgoing({ text: 'Setuju?', hidesPhoneButton: true, choices }), slot)
    expect(siti.keyboard).toEqual([])
    expect(slots).toBe(1)
    expect(siti.messages.at(-1)).toMatchObject({ text: 'Setuju?', buttons: [{ label: 'Ya' }] })
    expect(sent).toEqual({ id: String(siti.messages.at(-1)?.message_id) })
  })

  test('the choice taken stands in place of all; what cannot be changed is no matter', async () => {
    const siti = api.user(11)
    const channel = channelOf()
    const choices = ['Ya', 'Tidak'].map((label, n) => ({ label, data: `c:1:${n + 1}` }))
    const sent = await channel.send(outgoing({ choices }))
    const id = 'id' in sent ? sent.id : ''
    await channel.showChosen?.('11', id, { label: 'Ya', data: 'c:1:1' })
    expect(siti.messages[0]?.buttons).toEqual([{ label: '✓ Ya', data: 'c:1:1' }])
    await channel.showChosen?.('11', id, { label: 'Ya', data: 'c:1:1' })
    await channel.showChosen?.('11', '999', { label: 'Ya', data: 'c:1:1' })
    await channel.showChosen?.(stranger, '999', { label: 'Ya', data: 'c:1:1' })
    expect(api.calls.filter(({ status }) => status === 400)).toHaveLength(3)
  })

  test('a group hears an answer to its question, with a button that opens an address', async () => {
    const group = api.group(-5)
    const channel = await start()
    const asked = group.says('@bimtek_test_bot kapan?', { by: api.user(11) })
    group.says('apa ya', { by: api.user(11) })
    await receives('kapan?')
    const link = { label: 'Buka', url: 'https://t.me/bimtek_test_bot?start=w-3' }
    await channel.send(outgoing({ chat: '-5', answers: String(asked.message_id), link }))
    expect(group.messages).toMatchObject([
      { replyTo: asked.message_id, buttons: [{ label: 'Buka', url: link.url }] },
    ])
  })

  test('a group that has another id by now gets it there', async () => {
    const channel = await start()
    const group = api.group(-5)
    const supergroup = api.upgrades(-5)
    await vi.waitFor(() => expect(moved).toEqual([['-5', String(supergroup.id)]]))
    expect(await channel.send(outgoing({ chat: '-5' }))).toHaveProperty('id')
    expect(group.messages).toEqual([])
    expect(supergroup.messages).toHaveLength(1)
    expect(moved).toHaveLength(2)
  })

  test('menu and description are set in both languages, once', async () => {
    const channel = await start({ texts: loadTexts() })
    await vi.waitFor(() => expect(api.profile('myshortdescription', 'en')).toContain('training'))
    expect(api.profile('mycommands')).toMatchObject([
      { command: 'jadwal' },
      { command: 'daftar' },
      { command: 'status' },
      { command: 'bantuan' },
    ])
    expect(api.profile('mycommands', 'en')).toHaveLength(4)
    expect(api.profile('mydescription')).toContain('Bimtek')
    expect(names).toEqual(['bimtek_test_bot'])
    await stop(channel)
    await start({ texts: loadTexts() })
    await vi.waitFor(() => expect(names).toHaveLength(2))
    await vi.waitFor(() =>
      expect(api.calls.filter(({ method }) => method === 'getMyShortDescription')).toHaveLength(4),
    )
    expect(api.calls.filter(({ method }) => method.startsWith('setMy'))).toHaveLength(6)
  })

  test('blocked, and back again', async () => {
    const siti = api.user(11)
    const channel = await start()
    siti.blocks()
    await vi.waitFor(() => expect(reachable).toEqual([['11', false]]))
    expect(await channel.send(outgoing())).toMatchObject({ failed: 'blocked' })
    siti.says('/start')
    await receives('/start')
    expect(reachable).toEqual([
      ['11', false],
      ['11', true],
    ])
  })

  test('typing is shown, and never fails', async () => {
    const channel = channelOf()
    await channel.typing?.(stranger)
    api.user(11)
    await channel.typing?.('11')
    expect(api.calls.filter(({ method }) => method === 'sendChatAction').map(({ status }) => status)).toEqual(
      [400, 200],
    )
  })
})

describe('what is written', () => {
  test('a hostile name does no harm', async () => {
    const siti = api.user(11)
    const name = `<b>Budi</b> & "<a href='x'>Siti" &lt; </i>`
    expect(await channelOf().send(outgoing({ text: `Halo ${boldMark}${name}${boldMark}` }))).toHaveProperty(
      'id',
    )
    expect(siti.messages[0]?.text).toBe(`Halo ${name}`)
    expect(siti.messages[0]?.entities).toEqual([{ type: 'bold', offset: 5, length: name.length }])
  })

  test('a long text comes whole, in order, with its buttons last', async () => {
    const siti = api.user(11)
    const lines = Array.from({ length: 400 }, (_, n) => `${n}. Ibu "Sari" <${n}>, Pak 'Budi' & kawan`)
    const text = `${boldMark}Peserta${boldMark}\n\n${boldMark}${lines.join('\n')}${boldMark}`
    const sent = await channelOf().send(outgoing({ text, choices: [{ label: 'Sudah baca', data: 'r' }] }))
    expect(siti.messages.length).toBeGreaterThan(3)
    const shown = siti.messages.map((message) => message.text).join('\n')
    expect(shown).toBe(`Peserta\n${lines.join('\n')}`)
    expect(siti.messages.map(({ buttons }) => buttons.length)).toEqual([
      ...siti.messages.slice(1).map(() => 0),
      1,
    ])
    expect(sent).toEqual({ id: String(siti.messages.at(-1)?.message_id) })
  })
})

describe('nothing is lost', () => {
  test('a store that fails twice: nothing skipped, nothing acknowledged early, order kept', async () => {
    const siti = api.user(11)
    const waiting = [siti.says('satu'), siti.says('dua')].map(({ update_id }) => update_id)
    const unconfirmedAtFailure: number[][] = []
    store = async (message) => {
      if (contents().length === 0 && unconfirmedAtFailure.length < 2) {
        unconfirmedAtFailure.push(api.unconfirmed)
        throw new Error('database is away')
      }
      received.push(message)
    }
    await start()
    await receives('satu', 'dua')
    expect(unconfirmedAtFailure).toEqual([waiting, waiting])
    await confirmed()
    expect(logged.match(/cannot be stored/g)).toHaveLength(1)
  })

  test('what could not be stored until the stop comes again after a restart', async () => {
    store = () => Promise.reject(new Error('database is away'))
    const { update_id } = api.user(11).says('halo')
    const channel = await start()
    await vi.waitFor(() => expect(channel.state()).toMatchObject({ ready: false }))
    await stop(channel)
    expect(api.unconfirmed).toEqual([update_id])

    store = async (message) => void received.push(message)
    await start()
    await receives('halo')
  })

  test('a stop waits for the store under way, and a restart repeats nothing', async () => {
    let finish = () => {}
    store = (message) =>
      new Promise((resolve) => {
        finish = () => {
          received.push(message)
          resolve()
        }
      })
    api.user(11).says('halo')
    const channel = await start()
    const stopped = stop(channel)
    finish()
    await stopped
    expect(contents()).toEqual(['halo'])
    expect(api.unconfirmed).toEqual([])

    store = async (message) => void received.push(message)
    await start()
    api.user(11).says('lagi')
    await receives('halo', 'lagi')
  })

  test('a stop ends a poll that waits', async () => {
    const channel = await start()
    await vi.waitFor(() => expect(channel.state().ready).toBe(true))
    await vi.waitFor(() => expect(api.calls.at(-1)?.params.timeout).toBe(20))
    await stop(channel)
    expect(channel.state()).toEqual({ ready: false, detail: 'stopped' })
  })

  test('what is stored is confirmed at a stop even where Telegram is slow to answer that', async () => {
    await api.close()
    api = await startBotApi({ slowsRepeatedPolls: true })
    api.user(11).says('halo')
    const channel = await start()
    await receives('halo')
    await stop(channel)
    expect(api.unconfirmed).toEqual([])
  })

  test('an update delivered again has the same external id', async () => {
    const { update_id } = api.user(11).says('halo')
    await start()
    await receives('halo')
    await confirmed()
    api.redeliver(update_id, 2)
    await receives('halo', 'halo', 'halo')
    expect(new Set(received.map(({ externalId }) => externalId)).size).toBe(1)
    api.user(11).says('lagi')
    await receives('halo', 'halo', 'halo', 'lagi')
  })

  test('an edited message names the one that it replaces; a reaction is none', async () => {
    const siti = api.user(11)
    await start()
    const { message_id } = siti.says('halo')
    siti.edits(message_id, 'halo semua')
    siti.reacts(message_id)
    siti.says('lagi')
    await receives('halo', 'halo semua', 'lagi')
    expect(received.map(({ edits }) => edits)).toEqual([undefined, String(message_id), undefined])
    expect(new Set(received.map(({ externalId }) => externalId)).size).toBe(3)
  })

  test('a batch in the wrong order is handed on in the right one', async () => {
    const siti = api.user(11)
    api.reorders()
    for (const text of ['satu', 'dua', 'tiga']) siti.says(text)
    await start()
    await receives('satu', 'dua', 'tiga')
    await confirmed()
  })
})

describe('faults of polling', () => {
  const faults: [string, Fault][] = [
    ['500', { status: 500 }],
    ['502', { status: 502 }],
    ['429', { status: 429, retryAfter: 1 }],
    ['409', { status: 409 }],
    ['a connection that breaks', 'reset'],
    ['updates lost on the way', 'deliver-then-reset'],
  ]
  test.each(faults)('%s: said, then overcome', async (_name, fault) => {
    api.faults.next('getUpdates', fault)
    const siti = api.user(11)
    siti.says('halo')
    const channel = await start()
    expect(channel.state()).toMatchObject({
      ready: false,
      detail: expect.stringMatching(/^(Telegram|another)/),
    })
    await receives('halo')
    await vi.waitFor(() => expect(channel.state().ready).toBe(true), 8000)
  })

  test('a wrong token is named, and does not hold up the start', async () => {
    const channel = await start({ token: '4242:wrong-Token' })
    expect(channel.state()).toMatchObject({ ready: false, detail: expect.stringContaining('TELEGRAM_TOKEN') })
    expect(await channel.send(outgoing())).toHaveProperty('notSent')
  })

  test('a server that does not answer does not hold up the start', async () => {
    api.faults.next('getMe', 'hang')
    expect((await start()).state().ready).toBe(false)
  })

  test('a webhook of former times is removed', async () => {
    api.webhook = 'https://example.org/bot'
    api.user(11).says('halo')
    await start()
    await receives('halo')
    expect(api.webhook).toBe('')
  })

  test('without a webhook none is deleted', async () => {
    const channel = await start()
    await vi.waitFor(() => expect(channel.state().ready).toBe(true))
    expect(api.calls.map(({ method }) => method)).not.toContain('deleteWebhook')
  })
})

describe('faults of sending', () => {
  const faults: [Fault, object, number][] = [
    [{ status: 500 }, { unknown: expect.any(String) }, 0],
    [{ status: 429, retryAfter: 3 }, { notSent: expect.any(String), retryAfter: 3000 }, 0],
    [{ status: 403 }, { failed: 'blocked' }, 0],
    [{ status: 400 }, { failed: 'rejected' }, 0],
    ['hang', { unknown: expect.any(String) }, 0],
    ['reset', { unknown: expect.any(String) }, 0],
    ['deliver-then-reset', { unknown: expect.any(String) }, 1],
    ['deliver-then-500', { unknown: expect.any(String) }, 1],
  ]
  test.each(faults)('%j', async (fault, expected, out) => {
    const siti = api.user(11)
    api.faults.next('sendMessage', fault)
    const channel = channelOf({ sendSeconds: 0.5 })
    const sent = await channel.send(outgoing())
    expect(sent).toMatchObject(expected)
    expect(siti.messages).toHaveLength(out)
    expect(await channel.send(outgoing())).toHaveProperty('id')
  })

  test('an unknown chat', async () => {
    expect(await channelOf().send(outgoing({ chat: stranger }))).toMatchObject({ failed: 'no-such-chat' })
  })

  test('no server', async () => {
    const channel = channelOf()
    await api.close()
    expect(await channel.send(outgoing())).toHaveProperty('notSent')
    api = await startBotApi()
  })

  test('formatting that Telegram does not read is left out, not the message', async () => {
    const siti = api.user(11)
    const description = "Bad Request: can't parse entities: Unsupported start tag"
    api.faults.next('sendMessage', { status: 400, description })
    let slots = 0
    const text = `Halo ${boldMark}<Budi>${boldMark}`
    const choices = [{ label: 'Ya', data: 'c:1:1' }]
    expect(await channelOf().send(outgoing({ text, choices }), async () => void slots++)).toHaveProperty('id')
    expect(siti.messages).toMatchObject([{ text: 'Halo <Budi>', entities: [], buttons: [{ label: 'Ya' }] }])
    expect(slots).toBe(1)
  })

  test('429 to a further part: the channel is left alone, then that part goes, nothing twice', async () => {
    const siti = api.user(11)
    const fault: Fault = { status: 429, retryAfter: 1 }
    const asked: (number | undefined)[] = []
    api.faults.next('sendVenue', fault, 2)
    const text = Array.from({ length: 900 }, (_, index) => `kata${index}`).join(' ')
    const location = { name: 'Kampus', address: 'Jalan 1', lat: 1.1, lon: 104 }
    const sent = await channelOf().send(outgoing({ text, location }), async (retryAfter) => {
      asked.push(retryAfter)
      if (asked.length === 1) api.faults.next('sendMessage', fault)
    })
    expect(sent).toHaveProperty('id')
    const [first, second, place, ...more] = siti.messages
    expect(`${first?.text} ${second?.text}`).toBe(text)
    expect(place?.venue?.title).toBe('Kampus')
    expect(more).toEqual([])
    expect(asked).toEqual([undefined, 1000, undefined, 1000, 1000])
  })

  test('a text cut short is neither sent nor unsent', async () => {
    const siti = api.user(11)
    api.faults.next('sendMessage', { status: 429, retryAfter: 3 })
    const text = 'a'.repeat(5000)
    expect(await channelOf().send(outgoing({ text }))).toHaveProperty('notSent')
    expect(siti.messages).toHaveLength(0)

    const channel = channelOf()
    const sending = channel.send(outgoing({ text }))
    await siti.hears(/^a+$/)
    siti.blocked = true
    expect(await sending).toMatchObject({ unknown: expect.stringContaining('1 of 2') })
  })

  test('a place that fails is a warning: the text is out', async () => {
    const siti = api.user(11)
    api.faults.next('sendVenue', { status: 500 })
    const location = { name: 'Kampus', address: '', lat: 1, lon: 104 }
    expect(await channelOf().send(outgoing({ location }))).toEqual({
      id: String(siti.messages[0]?.message_id),
    })
    expect(logged).toContain('place not sent')
  })

  test('the token is in nothing that is returned or logged', async () => {
    const secret = api.token.split(':')[1] ?? ''
    api.user(11)
    for (const fault of [
      'reset',
      'hang',
      { status: 500 },
      { status: 400, description: `no ${secret}` },
    ] as Fault[]) {
      for (const method of ['getUpdates', 'sendMessage', 'sendVenue']) api.faults.next(method, fault)
    }
    const channel = await start({ sendSeconds: 0.3, pollSeconds: 0 })
    const location = { name: 'Kampus', address: 'Batam', lat: 1, lon: 104 }
    const results: unknown[] = [channel.state()]
    for (let n = 0; n < 8; n++) results.push(await channel.send(outgoing({ location })), channel.state())
    await api.close()
    results.push(await channel.send(outgoing()), channel.state())
    await stop(channel)
    expect(JSON.stringify(results) + logged).not.toContain(secret)
    expect(logged).not.toBe('')
    api = await startBotApi()
  })
})

describe('the Bot API of these tests', () => {
  let bot: Api
  beforeEach(() => {
    bot = new Api(api.token, { apiRoot: api.root })
    api.user(11)
  })

  test.each([
    ['', 'Bad Request: message text is empty'],
    [' <b> </b>', 'Bad Request: text must be non-empty'],
    ['a'.repeat(4097), 'Bad Request: message is too long'],
    ['1 < 2', `Bad Request: can't parse entities: Unsupported start tag "" at byte offset 2`],
    ['é<p>x</p>', `Bad Request: can't parse entities: Unsupported start tag "p" at byte offset 2`],
    ['<b>x', `Bad Request: can't parse entities: Can't find end tag corresponding to start tag "b"`],
    [
      '<b><i>x</b></i>',
      `Bad Request: can't parse entities: Unmatched end tag at byte offset 7, expected "</i>", found "</b>"`,
    ],
    ['x</b>', `Bad Request: can't parse entities: Unexpected end tag at byte offset 1`],
  ])('refuses %j', async (text, description) => {
    await expect(bot.sendMessage(11, text, { parse_mode: 'HTML' })).rejects.toMatchObject({ description })
  })

  test('reads tags, attributes and references as Telegram does', async () => {
    const html = ` <a href="https://x.id/?a=1&amp;b=>">peta</a> &lt;&#39;&#x1F600;&nbsp;&amp <code>x</code>`
    await bot.sendMessage(11, html, { parse_mode: 'HTML' })
    expect(api.user(11).messages[0]).toMatchObject({
      text: "peta <'😀&nbsp;& x",
      entities: [
        { type: 'text_link', offset: 0, length: 4 },
        { type: 'code', offset: 17, length: 1 },
      ],
    })
  })

  test.each([
    [
      '',
      "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ],
    ['é'.repeat(33), 'Bad Request: BUTTON_DATA_INVALID'],
  ])('refuses a button with the data %j', async (callback_data, description) => {
    const reply_markup = { inline_keyboard: [[{ text: 'Ya', callback_data }]] }
    await expect(bot.sendMessage(11, 'Ya?', { reply_markup })).rejects.toMatchObject({ description })
  })

  test('of two polls the older meets the conflict', async () => {
    const older = bot.getUpdates({ offset: 1, timeout: 20 })
    older.catch(() => undefined)
    await vi.waitFor(() => expect(api.calls).toHaveLength(1))
    const newer = bot.getUpdates({ offset: 2, timeout: 20 })
    await expect(older).rejects.toMatchObject({ error_code: 409 })
    api.user(11).says('halo')
    expect(await newer).toMatchObject([{ message: { text: 'halo' } }])
  })

  test('updates stay until confirmed, and only those asked for come', async () => {
    const ask = (offset: number, limit = 100) =>
      bot
        .getUpdates({ offset, limit, allowed_updates: ['message'] })
        .then((got) => got.map((one) => one.update_id))
    await ask(0)
    const siti = api.user(11)
    const [first, second] = [siti.says('a').update_id, siti.says('b').update_id]
    siti.blocks()
    expect(await ask(1)).toEqual([first, second])
    expect(await ask(2, 1)).toEqual([first])
    expect(await ask(second)).toEqual([second])
    expect(api.unconfirmed).toEqual([second])
  })

  test('a group takes 20 messages a minute, and all together so many a second, edits too', async () => {
    await api.close()
    api = await startBotApi({ limits: { perSecond: 30, chatBurst: 100 } })
    bot = new Api(api.token, { apiRoot: api.root })
    api.group(-5)
    api.user(11)
    for (let n = 0; n < 20; n++) await bot.sendMessage(-5, 'x')
    const refused = await bot.sendMessage(-5, 'x').catch((error: GrammyError) => error)
    expect(refused).toMatchObject({ error_code: 429, parameters: { retry_after: expect.any(Number) } })
    await new Promise((resolve) => setTimeout(resolve, 1100))
    const { message_id } = await bot.sendMessage(11, 'x')
    const calls = Array.from({ length: 40 }, () => bot.editMessageReplyMarkup(11, message_id).catch((e) => e))
    const codes = (await Promise.all(calls)).map(({ error_code }) => error_code)
    expect(codes.filter((code) => code === 429).length).toBeGreaterThan(0)
  })

  test('a message with a keyboard of its own cannot be edited', async () => {
    const reply_markup = { keyboard: [[{ text: 'Ya' }]] }
    const { message_id } = await bot.sendMessage(11, 'Ya?', { reply_markup })
    const inline_keyboard = [[{ text: 'Ya', callback_data: 'y' }]]
    await expect(
      bot.editMessageReplyMarkup(11, message_id, { reply_markup: { inline_keyboard } }),
    ).rejects.toMatchObject({ error_code: 400 })
  })

  test('counts calls and the rate exactly', async () => {
    api.user(12)
    api.faults.next('sendMessage', { status: 429, retryAfter: 1 }, 2)
    const sends = [11, 12, 11, 11, 12].map((chat) => bot.sendMessage(chat, 'x').catch(() => undefined))
    await Promise.all(sends)
    await bot.sendChatAction(11, 'typing')
    expect(api.rate()).toEqual({ highest: 5, highestToOneChat: 3 })
    expect(api.calls.filter(({ method }) => method === 'sendMessage')).toHaveLength(5)
    expect(api.calls.filter(({ status }) => status === 429)).toHaveLength(2)
  })

  test('takes the other methods that the bot may use', async () => {
    const { message_id } = await bot.sendMessage(11, 'Ya?', {
      reply_markup: { inline_keyboard: [[{ text: 'Ya', callback_data: 'y' }]] },
    })
    await bot.editMessageReplyMarkup(11, message_id)
    expect(api.user(11).messages[0]?.buttons).toEqual([])
    await expect(bot.editMessageReplyMarkup(11, message_id)).rejects.toMatchObject({ error_code: 400 })
    await bot.setMyCommands([{ command: 'start', description: 'Mulai' }])
    await bot.sendLocation(11, 1, 104)
    await bot.sendDocument(11, new InputFile(Buffer.from([0, 255, 13, 10]), 'a.bin'), { caption: 'Isi' })
    expect(api.user(11).messages.at(-1)).toMatchObject({ text: 'Isi', document: { name: 'a.bin' } })
    expect([...(api.user(11).messages.at(-1)?.document?.content ?? [])]).toEqual([0, 255, 13, 10])
    await expect(bot.answerCallbackQuery('1')).rejects.toMatchObject({ error_code: 400 })
    await expect(new Api('4242:wrong', { apiRoot: api.root }).getMe()).rejects.toMatchObject({
      error_code: 401,
    })
  })

  test('hears what comes, or tells what came instead', async () => {
    const siti = api.user(11)
    const later = siti.hears(/kedua/)
    await bot.sendMessage(11, 'pesan kedua')
    expect((await later).text).toBe('pesan kedua')
    await bot.sendMessage(11, 'pesan ketiga')
    await expect(siti.hears(/kedua/, 50)).rejects.toThrow('pesan ketiga')
  })
})
