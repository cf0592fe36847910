import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Service } from '../../src/app.ts'
import { transaction } from '../../src/database/client.ts'
import { enqueue } from '../../src/delivery/outbox.ts'
import { hour, later } from '../../src/time.ts'
import { eventually } from '../eventually.ts'
import type { Person } from './bot-api-server.ts'
import { startOnTelegram } from './service.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
let database: Stage['database']
let api: Stage['api']
let programme: Stage['programme']
let officer: Stage['officer']
let service: Service | undefined

beforeEach(async () => {
  stage = await openStage()
  ;({ database, api, programme, officer } = stage)
})

afterEach(async () => {
  await service?.stop()
  service = undefined
  await stage.close()
})

const start = async (settings: Record<string, string> = {}) => {
  service = await startOnTelegram(database.url, api, settings)
  return service
}

const asked = () => database.db.incomingMessage.findMany({ orderBy: { id: 'asc' } })
const answered = () =>
  eventually(
    async () =>
      (await database.db.incomingMessage.count({ where: { state: 'stored' } })) === 0 &&
      (await database.db.outgoingMessage.count({ where: { state: { in: ['queued', 'sending'] } } })) === 0,
    'all answered',
  )

/** Somebody whose number is known. */
async function known(): Promise<Person> {
  const person = api.user(71)
  person.shares(officer.phone, { own: true })
  await eventually(() => person.messages.length > 0, 'known')
  // What follows the first words is out too.
  await answered()
  return person
}

describe('a choice', () => {
  it('that answers its question stands alone under it, and an old one changes nothing', async () => {
    await start()
    const person = await known()
    person.says(`daftar ${programme.code}`)
    const question = await person.hears(/Sudah benar\?/)
    expect(question.buttons.map(({ label }) => label)).toEqual(['Ya', 'Tidak'])
    person.presses('Ya')
    await person.hears(/REG-/)
    await eventually(() => question.buttons.length === 1, 'the choice taken is shown')
    expect(question.buttons).toMatchObject([{ label: '✓ Ya' }])

    const [button] = question.buttons
    person.pressesData(question, button?.data ?? '')
    await person.hears(/pertanyaan yang sudah selesai/)
    expect(question.buttons).toMatchObject([{ label: '✓ Ya' }])
    expect(await database.db.registration.count()).toBe(1)
  })

  it('of a menu leaves the menu as it is', async () => {
    await start()
    const person = api.user(72)
    person.says('halo')
    const menu = await person.hears(/asisten/)
    const before = menu.buttons.length
    person.presses('Jadwal')
    await person.hears(/Gelombang Bimtek yang ada/)
    await answered()
    expect(before).toBeGreaterThan(2)
    expect(menu.buttons).toHaveLength(before)
  })

  it('of another chat’s message is refused, whoever made its data up', async () => {
    await start()
    const person = await known()
    person.says(`daftar ${programme.code}`)
    const question = await person.hears(/Sudah benar\?/)
    const stranger = api.user(73)
    stranger.says('halo')
    await stranger.hears(/asisten/)
    const data = question.buttons[0]?.data ?? ''
    const menu = stranger.messages.at(-1)
    if (!menu) throw new Error('no message')
    for (const forged of [data, 'c:1:999', 'c:999999999:1', `c:1:1'; DROP TABLE contact`, 'x'.repeat(64)]) {
      stranger.pressesData(menu, forged)
      await stranger.hears(/tidak saya kenali/)
    }
    expect(await database.db.registration.count()).toBe(0)
    expect(question.buttons).toHaveLength(2)
  })

  it('"Sudah baca" alone under a notice is marked', async () => {
    await start()
    const person = await known()
    const contact = await database.db.contact.findFirstOrThrow()
    const choices = [{ label: { key: 'choice-read' }, value: { read: true as const } }]
    await transaction(database.db, (tx) =>
      enqueue(tx, {
        contact,
        kind: 'notice',
        content: { parts: [{ free: 'Kelas pindah' }], choices },
        dueAt: new Date(),
      }),
    )
    const notice = await person.hears(/Kelas pindah/)
    person.presses(1)
    await eventually(() => notice.buttons[0]?.label.startsWith('✓') ?? false, 'marked')
  })
})

describe('the button for the number', () => {
  it('is asked for, used, and gone; a card of another keeps it', async () => {
    await start()
    const person = api.user(74)
    person.says('status pendaftaran saya')
    await person.hears(/nomor HP/)
    expect(person.keyboard).toHaveLength(1)
    person.shares('+628111222333', { own: false })
    await person.hears(/nomor orang lain/)
    expect(person.keyboard).toHaveLength(1)
    person.shares(officer.phone, { own: true })
    await person.hears(/belum|tidak ada/i)
    expect(person.keyboard).toEqual([])
  })
})

describe('other words for a message', () => {
  it('take its place as long as it has no answer', async () => {
    const person = api.user(75)
    const { message_id } = person.says('tempatnya dmn')
    // its first turn failed, and the next is still to come
    const chat = { channel: 'telegram', chat: '75' }
    const { id } = await database.db.contact.create({ data: chat })
    await database.db.incomingMessage.create({
      data: {
        ...{ ...chat, contactId: id, externalId: String(message_id) },
        ...{
          content: { kind: 'text', text: 'tempatnya dmn' },
          attempts: 1,
          nextTryAt: later(new Date(), 4000),
        },
      },
    })
    person.edits(message_id, `gelombang ${programme.wave} kapan?`)
    await start()
    await person.hears(new RegExp(programme.title), 20_000)
    await answered()
    expect(await asked()).toMatchObject([
      { content: { text: `gelombang ${programme.wave} kapan?` }, state: 'answered' },
    ])
    expect(person.messages).toHaveLength(1)
  })

  it('are read anew when they are the newest, once; else left alone', async () => {
    await start()
    const person = api.user(76)
    const first = person.says('tempatnya dmn')
    await eventually(() => person.messages.length > 0, 'answered')
    const edit = person.edits(first.message_id, 'siapa pematerinya?')
    await person.hears(new RegExp(programme.speaker))
    api.redeliver(edit.update_id, 2)
    await eventually(() => api.unconfirmed.length === 0, 'taken')
    await answered()
    expect(await asked()).toHaveLength(2)

    person.says('terima kasih')
    await person.hears(/Sama-sama/)
    person.edits(first.message_id, 'syaratnya apa?')
    person.edits(999, 'syaratnya apa?')
    await eventually(() => api.unconfirmed.length === 0, 'taken')
    await answered()
    expect((await asked()).map(({ content }) => (content as { text?: string }).text)).toEqual([
      'tempatnya dmn',
      'siapa pematerinya?',
      'terima kasih',
    ])
  })
})

describe('in a group', () => {
  it('public matters are answered there, all else in private, and nobody is known', async () => {
    await start()
    const member = await known()
    const group = api.group(-900)
    const bot = '@bimtek_test_bot'
    group.says('rapat jam berapa pak lurah?', { by: member })
    group.says(officer.phone, { by: member })
    const question = group.says(`${bot} gelombang ${programme.wave} kapan?`, { by: member })
    const answer = await group.hears(new RegExp(programme.title))
    expect(answer.replyTo).toBe(question.message_id)
    expect(answer.buttons.map(({ url }) => url)).toContain(
      `https://t.me/bimtek_test_bot?start=t-${programme.code}`,
    )

    group.says('tempatnya di mana?', { by: member, replyTo: answer.message_id })
    await group.hears(({ text }) => text.includes(programme.venue))
    group.says(`${bot} saya mau daftar ${programme.code}`, { by: member })
    const registered = await group.hears(/chat pribadi/)
    expect(registered.buttons).toMatchObject([
      { url: `https://t.me/bimtek_test_bot?start=t-${programme.code}` },
    ])
    for (const text of [
      'status pendaftaran saya',
      'hapus data saya',
      'HADIR 7KQ2',
      'saya mau bicara dengan petugas',
    ]) {
      group.says(`${bot} ${text}`, { by: member })
      await group.hears(/chat pribadi/)
    }
    group.shares(officer.phone, { own: true })
    group.says(`/jadwal${bot}`, { by: member })
    await group.hears(new RegExp(programme.title))
    await answered()

    const contact = await database.db.contact.findFirstOrThrow({ where: { chat: '-900' } })
    expect(contact).toMatchObject({ group: true, phone: null, displayName: 'Lurah Kota' })
    expect(await database.db.incomingMessage.count({ where: { contactId: contact.id } })).toBe(8)
    const said = group.messages.map(({ text }) => text).join('\n')
    expect(said).not.toContain(officer.name)
    expect(said).not.toContain('setuju?')
    expect(group.keyboard).toEqual([])
    expect(await database.db.registration.count()).toBe(0)
    await expect(
      database.db.contact.update({ where: { id: contact.id }, data: { phone: officer.phone } }),
    ).rejects.toThrow()
  })

  it('that becomes a supergroup, the thread goes on', async () => {
    await start()
    const group = api.group(-901)
    group.says('@bimtek_test_bot halo', { by: api.user(77) })
    await group.hears(/asisten/)
    const after = api.upgrades(-901)
    await eventually(
      async () => (await database.db.contact.count({ where: { chat: String(after.id) } })) === 1,
      'moved',
    )
    after.says(`@bimtek_test_bot gelombang ${programme.wave} kapan?`, { by: api.user(77) })
    await after.hears(new RegExp(programme.title))
    expect(await database.db.contact.count()).toBe(1)
  })
})

describe('a link to a broadcast', () => {
  it('leads to the wave that it announces, else to its words again, for its recipients only', async () => {
    const now = new Date()
    const made = { audience: 'all', createdBy: 'command:test', createdAt: now, dueAt: now }
    const announcing = await database.db.broadcast.create({
      data: { ...made, text: 'Gelombang dibuka', waveNumber: programme.wave, state: 'done', startedAt: now },
    })
    const other = await database.db.broadcast.create({
      data: { ...made, text: 'Rapat untuk {nama}', state: 'running', startedAt: now },
    })
    const planned = await database.db.broadcast.create({
      data: { ...made, text: 'Rahasia', dueAt: later(now, hour) },
    })
    await start()
    const person = await known()
    const contact = await database.db.contact.findFirstOrThrow()
    await database.db.outgoingMessage.create({
      data: {
        ...{
          contactId: contact.id,
          channel: 'telegram',
          kind: 'broadcast',
          state: 'sent',
          broadcastId: other.id,
        },
        ...{ content: { parts: [] }, text: 'Rapat untuk Ibu', dueAt: now, sentAt: now, externalId: '990' },
      },
    })
    person.says(`/start b-${announcing.id}`)
    await person.hears(/Sudah benar\?/)
    person.says(`/start b-${other.id}`)
    await person.hears(/^Rapat untuk Ibu$/)
    const stranger = api.user(79)
    for (const id of [other.id, planned.id, 999999999]) {
      stranger.says(`/start b-${id}`)
      await stranger.hears(/tidak saya kenali/)
    }
  })
})

describe('blocked', () => {
  it('and back again, by what Telegram says and by what it answers', async () => {
    await start()
    const person = await known()
    const contact = () => database.db.contact.findFirstOrThrow()
    person.blocks()
    await eventually(async () => (await contact()).unreachableWhy === 'blocked', 'noted')
    person.unblocks()
    await eventually(async () => (await contact()).unreachableSince === null, 'back again')

    person.blocked = true
    const { id, channel } = await contact()
    const message = {
      contact: { id, channel },
      kind: 'notice' as const,
      content: { parts: [{ free: 'Halo' }] },
    }
    await transaction(database.db, (tx) => enqueue(tx, { ...message, dueAt: new Date() }))
    await eventually(async () => (await contact()).unreachableWhy === 'blocked', 'noted from the answer')
    expect(await database.db.outgoingMessage.count({ where: { state: 'failed' } })).toBe(1)
    person.says('halo')
    await eventually(async () => (await contact()).unreachableSince === null, 'back again')
  })
})

describe('typing', () => {
  it('is shown to who waits for a turn, and takes no slot', async () => {
    await start()
    const person = await known()
    const typing = () => api.calls.filter(({ method }) => method === 'sendChatAction').length
    person.says('halo')
    await person.hears(/Bimtek/)
    const before = typing()
    const holding = await database.pool.connect()
    await holding.query('BEGIN')
    await holding.query('SELECT FROM conversation FOR UPDATE')
    person.says('tempatnya dmn')
    await eventually(() => typing() > before, 'typing')
    await holding.query('COMMIT')
    holding.release()
    await person.hears(new RegExp(programme.address))
    const after = typing()
    await new Promise((resolve) => setTimeout(resolve, 1500))
    expect(typing()).toBe(after)
  })
})

describe('429', () => {
  it('for one message holds up all, replies and other processes too, as long as it says', async () => {
    const one = await start()
    const other = await startOnTelegram(database.url, api, { PORT: '0' })
    try {
      const person = await known()
      const second = api.user(80)
      second.says('halo')
      await second.hears(/asisten/)
      await answered()
      api.faults.next('sendMessage', { status: 429, retryAfter: 2 })
      const from = api.calls.length
      person.says('tempatnya dmn')
      await eventually(() => api.calls.slice(from).some(({ status }) => status === 429), 'refused')
      const refused = api.calls.slice(from).find(({ status }) => status === 429)?.at ?? 0
      second.says('tempatnya dmn')
      await second.hears(new RegExp(programme.address), 10_000)
      await person.hears(new RegExp(programme.address), 10_000)
      const sent = api.calls.slice(from).filter(({ method, at }) => method === 'sendMessage' && at > refused)
      expect(sent.length).toBeGreaterThanOrEqual(2)
      expect(sent.filter(({ at }) => at < refused + 1900)).toEqual([])
      expect(await database.db.outgoingMessage.count({ where: { state: 'failed' } })).toBe(0)
    } finally {
      await other.stop()
    }
    expect(one.channels).toContain('telegram')
  })
})
