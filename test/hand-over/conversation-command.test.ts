import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { replyCommand, searchCommand, showCommand } from '../../src/commands/conversation.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { runCommand } from '../people/command.ts'
import { makeOfficers } from '../programme.ts'
import { makeStaff, staffChats, staffPhone, told } from '../staff/chat.ts'

let database: TestDatabase
let chats: ReturnType<typeof staffChats>
let sari: { id: number; name: string; phone: string }
let budi: { id: number; name: string; phone: string }

beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

beforeEach(async () => {
  await database.empty()
  const { db } = database
  const made = await makeOfficers(db, 2, { consented: true })
  const phones = made.map(({ phone }) => phone)
  chats = staffChats(db, { sari: phones[0] ?? '', budi: phones[1] ?? '', staff: staffPhone })
  await chats.say('sari', 'uang transport gelombang 2 belum cair')
  await chats.say('budi', 'sertifikat saya mana')
  await chats.say('budi', 'sertifikatnya kapan dibagikan')
  const [first, second] = await Promise.all(
    ['sari', 'budi'].map((chat) => db.contact.findFirstOrThrow({ where: { chat } })),
  )
  sari = { id: first?.id ?? 0, name: made[0]?.name ?? '', phone: phones[0] ?? '' }
  budi = { id: second?.id ?? 0, name: made[1]?.name ?? '', phone: phones[1] ?? '' }
})

async function search(text: string): Promise<{ ids: number[]; messages: (string | null)[] }> {
  const { stdout } = await runCommand(database.db, (context) => searchCommand(text, { json: true }, context))
  const { conversations } = JSON.parse(stdout) as {
    conversations: { id: number; message: { words: string } | null }[]
  }
  return {
    ids: conversations.map(({ id }) => id),
    messages: conversations.map(({ message }) => message?.words ?? null),
  }
}

const reply = (id: number, text: string, options: { close?: boolean } = {}, input?: string) =>
  runCommand(database.db, (context) => replyCommand(String(id), text, options, context), input)

describe('conversation search', () => {
  it.each([
    ['transport', 'sari'],
    ['trasport', 'sari'],
    ['tranpsort cair', 'sari'],
    ['sertfikat', 'budi'],
    ['sertifikat dibagikan', 'budi'],
  ])('%s finds what %s wrote', async (text, who) => {
    expect((await search(text)).ids).toEqual([who === 'sari' ? sari.id : budi.id])
  })

  it('finds names, misspelt too, and a name with a word', async () => {
    const [word = ''] = sari.name.split(' ')
    expect((await search(word)).ids).toContain(sari.id)
    expect((await search(`${word} transport`)).ids).toEqual([sari.id])
    expect((await search(`${word} sertifikat`)).ids).toEqual([])
  })

  it('finds numbers, however they are written', async () => {
    const national = sari.phone.replace('+62', '0')
    for (const written of [
      sari.phone,
      national,
      `${national.slice(0, 4)}-${national.slice(4)}`,
      national.slice(-6),
    ])
      expect((await search(written)).ids).toContain(sari.id)
  })

  it('shows of each conversation what fits best', async () => {
    expect(await search('sertifikatnya')).toEqual({
      ids: [budi.id],
      messages: ['sertifikatnya kapan dibagikan'],
    })
  })

  it('finds what staff wrote', async () => {
    await reply(sari.id, 'Akan kami periksa ke bendaharawan')
    expect(await search('bendaharawan')).toEqual({
      ids: [sari.id],
      messages: ['Akan kami periksa ke bendaharawan'],
    })
  })

  it('does not show what somebody else said on that number before', async () => {
    await database.db.contact.update({ where: { id: sari.id }, data: { threadFrom: new Date() } })
    await database.db.incomingMessage.updateMany({ data: { receivedAt: new Date('2026-01-01T00:00:00Z') } })
    expect((await search('transport')).ids).toEqual([])
    expect((await search('sertifikat')).ids).toEqual([budi.id])
  })

  it.each(['', '?!', 'satu dua tiga empat lima enam tujuh delapan sembilan', 'x'.repeat(201)])(
    'refuses %j with what is right',
    async (text) => {
      await expect(search(text)).rejects.toThrow('one to eight words')
    },
  )

  it('says that nothing was found', async () => {
    const { status, stdout } = await runCommand(database.db, (context) =>
      searchCommand('xyzzyx', {}, context),
    )
    expect([status, stdout]).toEqual([0, 'Nothing found.\n'])
  })
})

describe('conversation show', () => {
  const show = (id: number | string, options = {}) =>
    runCommand(database.db, (context) => showCommand(String(id), options, context))

  it('prints the thread, with times in WIB, intents and states', async () => {
    await reply(sari.id, 'Baik, kami periksa.')
    const { stdout } = await show(sari.id)
    expect(stdout).toContain(`${sari.id}  ${sari.name}, ${sari.phone}, telegram`)
    expect(stdout).toContain(
      '24 Nov 2026 10.00 WIB  officer [complaint]: uang transport gelombang 2 belum cair',
    )
    expect(stdout).toContain('bot [reply, queued]: Mohon maaf')
    expect(stdout).toContain('staff [reply, queued]: Baik, kami periksa.')
    expect(stdout).toContain('taken by the command line')
  })

  it('as JSON, and only the last', async () => {
    const { stdout } = await show(budi.id, { json: true, last: '2' })
    expect(JSON.parse(stdout).messages).toMatchObject([
      { from: 'officer', words: 'sertifikatnya kapan dibagikan', at: '2026-11-24T10:00+07:00' },
      { from: 'bot', state: 'queued' },
    ])
  })

  it('of none says so', async () => {
    expect(await show(999_999)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('no conversation'),
    })
    await expect(show('x')).rejects.toThrow('search prints their ids')
    await expect(show(1, { last: '0' })).rejects.toThrow('--last')
  })
})

describe('conversation reply', () => {
  const heard = (id: number) => told(database.db, { contactId: id })

  it('takes an open hand-over, and the bot keeps quiet until it is closed', async () => {
    const { status, stdout } = await reply(sari.id, 'Sudah kami cek, Bu.')
    expect(status).toBe(0)
    expect(stdout).toContain('The bot keeps quiet')
    expect(await heard(sari.id)).toContain('Petugas kantor:\nSudah kami cek, Bu.')
    expect(await chats.say('sari', 'gelombang 3 kapan')).toBe('')
    await reply(sari.id, 'Selesai ya', { close: true })
    expect(await heard(sari.id)).toContain('Percakapan dengan petugas sudah selesai')
    expect(await chats.say('sari', 'gelombang 3 kapan')).not.toBe('')
    const actions = (await database.db.auditEntry.findMany()).map(({ action, actor }) => `${actor} ${action}`)
    expect(actions).toEqual(
      ['take', 'answer', 'answer', 'close'].map((each) => `command:test hand-over.${each}`),
    )
  })

  it('tells all of staff what the officer answers to it', async () => {
    await makeStaff(database.db)
    await chats.say('staff', 'halo')
    await reply(sari.id, 'Ada yang kurang, Bu?')
    await chats.say('sari', 'kurang dua ratus ribu pak')
    expect(await told(database.db, { contact: { chat: 'staff' }, kind: 'notice' })).toContain(
      'kurang dua ratus ribu pak',
    )
    expect(await chats.press('staff', 'Ambil')).toContain('sekarang Bapak/Ibu yang pegang')
  })

  it('goes without a hand-over, from standard input too, and the bot goes on', async () => {
    const { stdout } = await reply(budi.id, '', {}, 'Sertifikat dibagikan Senin.')
    expect(stdout).toContain('the bot goes on answering')
    expect(await heard(budi.id)).toContain('Petugas kantor:\nSertifikat dibagikan Senin.')
    expect(await database.db.auditEntry.findMany()).toMatchObject([
      { actor: 'command:test', action: 'conversation.reply' },
    ])
  })

  it('says that the officer cannot be reached, and sends nothing', async () => {
    await database.db.contact.update({
      where: { id: sari.id },
      data: { unreachableSince: new Date(), unreachableWhy: 'blocked' },
    })
    const before = await database.db.outgoingMessage.count()
    const { status, stderr } = await reply(sari.id, 'halo')
    expect(status).toBe(1)
    expect(stderr).toMatch(/cannot be reached since .* \(blocked\); nothing was sent; call \+62/)
    expect(await database.db.outgoingMessage.count()).toBe(before)
    expect(await database.db.handOver.findFirst()).toMatchObject({ state: 'open' })
  })

  it('does not write beside a colleague who has taken it', async () => {
    await makeStaff(database.db)
    await chats.say('staff', '/antrian')
    await chats.press('staff', 'Ambil')
    const { status, stderr } = await reply(sari.id, 'halo')
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining('was taken by Ani Wijaya; nothing was sent'),
    ])
  })

  it('refuses an empty text, one too long, and an unknown conversation', async () => {
    await expect(reply(sari.id, ' ', {}, ' ')).rejects.toThrow('the text is empty')
    await expect(reply(sari.id, 'x'.repeat(3_501))).rejects.toThrow('at most 3500 characters')
    expect(await reply(999_999, 'halo')).toMatchObject({ status: 1 })
  })
})
