import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createInbox, type Inbox } from '../../src/conversation/inbox.ts'
import { loadTexts } from '../../src/texts.ts'
import { second, systemClock } from '../../src/time.ts'
import { loadClassifier } from '../../src/understanding/train.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { eventually } from '../eventually.ts'
import { told } from '../people/conversation.ts'
import { type MadeProgramme, makeProgramme } from '../programme.ts'

let test: TestDatabase
let programme: MadeProgramme
let inboxes: Inbox[]
let messages: number

beforeEach(async () => {
  test = await freshDatabase()
  programme = await makeProgramme(test.db)
  inboxes = []
  messages = 0
})

afterEach(async () => {
  for (const inbox of inboxes) await inbox.stop()
  await test.drop()
})

function process(greetingWaits: number): Inbox {
  const inbox = createInbox({
    ...{ db: test.db, clock: systemClock, log: pino({ level: 'silent' }), texts: loadTexts() },
    ...{ classifier: loadClassifier(), rules: { reminderOffsets: ['P1D'], quietHours: null }, greetingWaits },
    sendTo: async () => {},
    addReminderJobs: async () => {},
  })
  inboxes.push(inbox)
  return inbox
}

const says = (inbox: Inbox, text: string) =>
  inbox.receive({
    ...{ channel: 'telegram', chat: '1', externalId: String(++messages), content: { kind: 'text', text } },
  })
const answered = () => test.db.incomingMessage.count({ where: { state: 'answered' } })
const replies = () => test.db.outgoingMessage.count()

/** Longer than any of these tests takes. */
const long = 60 * second

describe('a greeting alone', () => {
  it('waits for the question that follows it, and both get one answer', async () => {
    const inbox = process(long)
    await says(inbox, 'assalamualaikum pak')
    const { id } = await says(inbox, `kapan gelombang ${programme.wave}?`)
    await eventually(async () => (await answered()) === 2, 'both are answered')
    expect(await replies()).toBe(1)
    const answer = await told(test.db, { replyToId: id })
    expect(answer.indexOf('Waalaikumsalam')).toBe(0)
    expect(answer).toContain(programme.title)
  })

  it('also where another process has stored the question, and it waits without the lock', async () => {
    const inbox = process(2 * second)
    await says(inbox, 'selamat pagi')
    await sleep(300)
    const { id } = await says(process(0), `kapan gelombang ${programme.wave}?`)
    await eventually(async () => (await answered()) === 2, 'both are answered')
    expect(await replies()).toBe(1)
    expect(await told(test.db, { replyToId: id })).toContain(programme.title)
  })

  it('is answered by itself where nothing follows', async () => {
    await says(process(300), 'selamat pagi')
    await eventually(async () => (await answered()) === 1, 'the greeting is answered')
    expect(await replies()).toBe(1)
  })

  it('does not wait when it asks something itself, and is not lost by a stop', async () => {
    const inbox = process(long)
    await says(inbox, `pagi pak, kapan gelombang ${programme.wave}?`)
    await eventually(async () => (await answered()) === 1, 'the question is answered')
    await says(inbox, 'selamat pagi pak')
    await sleep(200)
    await inbox.stop()
    expect(await answered()).toBe(1)
    await process(0).sweep()
    await eventually(async () => (await answered()) === 2, 'the greeting is answered')
  })
})
