import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createInbox, type Inbox } from '../../src/conversation/inbox.ts'
import type { OutgoingContent } from '../../src/delivery/content.ts'
import { render } from '../../src/delivery/send.ts'
import { loadTexts } from '../../src/texts.ts'
import { loadClassifier } from '../../src/understanding/train.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { type MadeProgramme, makeProgramme } from '../programme.ts'

const now = new Date('2026-11-25T09:00+07:00')
const phone = '+6281200000001'
const texts = loadTexts()

let test: TestDatabase
let inbox: Inbox
let programme: MadeProgramme
let messages = 0
beforeAll(async () => {
  test = await freshDatabase()
  inbox = createInbox({
    greetingWaits: 0,
    ...{ db: test.db, clock: { now: () => now }, log: pino({ level: 'silent' }), texts },
    ...{ classifier: loadClassifier(), rules: { reminderOffsets: ['P1D'], quietHours: null } },
    ...{ sendTo: async () => {}, addReminderJobs: async () => {}, phoneOfChat: async () => phone },
  })
})
beforeEach(async () => {
  await test.empty()
  programme = await makeProgramme(test.db, { now })
})
afterAll(async () => {
  await inbox.stop()
  await test.drop()
})

/** Writes these messages from a number; returns the answer to the last. */
async function says(...lines: string[]): Promise<string> {
  let contactId = 0
  for (const text of lines) {
    const message = { channel: 'telegram', chat: 'x', externalId: String(++messages) } as const
    contactId = (await inbox.receive({ ...message, content: { kind: 'text', text } })).contactId
    await inbox.answer(contactId)
  }
  const incoming = await test.db.incomingMessage.findFirstOrThrow({ orderBy: { id: 'desc' } })
  const replies = await test.db.outgoingMessage.findMany({
    where: { contactId, replyToId: incoming.id },
    orderBy: { id: 'asc' },
  })
  return replies
    .map(
      (row) =>
        render(texts, { ...row, content: row.content as OutgoingContent, chat: 'x', locale: 'id' }).text,
    )
    .join('\n')
}

async function stored() {
  const { db } = test
  return [
    await db.person.count(),
    await db.personPhone.count(),
    await db.position.count(),
    await db.cooperative.count(),
    await db.registration.count(),
  ]
}

const nothing = [0, 0, 0, 0, 0]
const introduction = 'daftar, saya Tono Hartono, ketua koperasi kelurahan Sadai'

describe('what is stored of somebody on no roster', () => {
  it('is nothing when they do not agree, whatever they have said; not even in the open conversation', async () => {
    await says(introduction, 'tidak')
    expect(await stored()).toEqual(nothing)
    expect(JSON.stringify(await test.db.conversation.findFirst())).not.toContain('Tono')
  })

  it('is nothing before they have found it right', async () => {
    expect(await says(introduction, 'setuju')).toContain('Sudah benar?')
    expect(await stored()).toEqual(nothing)
    await says('ya')
    expect(await stored()).toEqual([1, 1, 1, 1, 0])
    expect(await test.db.position.findFirst()).toMatchObject({ pending: true, title: 'ketua' })
    expect(await test.db.person.findFirst()).toMatchObject({ name: 'Tono Hartono', consentedAt: now })
  })

  it('is a registration that holds no seat, once, however often they ask', async () => {
    await says(introduction, 'setuju', 'ya', 'ya', 'daftar', 'daftar lagi', `daftar ${programme.code}`)
    expect(await stored()).toEqual([1, 1, 1, 1, 1])
    expect(await test.db.registration.findFirst()).toMatchObject({ state: 'pending' })
    expect(await test.db.training.findFirst()).toMatchObject({ taken: 0, offered: 0 })
  })

  it('goes when they take it back', async () => {
    await says(
      'halo, saya Tono Hartono ketua koperasi Sadai',
      'setuju',
      'ya',
      'batalkan pendaftaran saya',
      'ya',
    )
    expect(await stored()).toEqual([0, 0, 0, 1, 0])
    await says(introduction, 'setuju', 'ya', 'ya', 'batalkan pendaftaran saya', 'ya')
    expect(await stored()).toEqual([0, 0, 0, 1, 0])
  })
})

it('a number that comes onto the roster in the middle is known at once', async () => {
  await says('daftar', 'setuju')
  await test.db.person.create({
    data: {
      ...{ name: 'Wati Lestari', consentedAt: now, phones: { create: { phone } } },
      positions: {
        create: {
          ...{ role: 'pengurus', title: 'ketua' },
          cooperative: { create: { areaCode: '21.71.09.1003', name: 'Koperasi Sadai' } },
        },
      },
    },
  })
  const answer = await says('Tono Hartono')
  expect(answer).toContain('nomornya saya kenali')
  expect(answer).toContain('Wati Lestari')
  expect(await test.db.person.count()).toBe(1)
})
