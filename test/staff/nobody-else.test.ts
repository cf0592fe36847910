import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { staffCommands } from '../../src/conversation/staff-commands/list.ts'
import type { OutgoingContent } from '../../src/delivery/content.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { type MadeProgramme, makeOfficers, makeProgramme } from '../programme.ts'
import { makeStaff, now, staffChats, staffPhone } from './chat.ts'

/** Commands of staff whose word officers use too; it means to them what it means without a slash. */
const alsoOfficers = ['pindah', 'batal', 'hadir', 'absen', 'bantuan', 'help']
const disabledPhone = '+6281277000005'
const officerPhone = () => officer
/** Who is no staff, with the number that their chat proves. */
const kinds: Record<string, () => string | undefined> = {
  stranger: () => undefined,
  'number-of-nobody': () => '+6281277000009',
  officer: () => officerPhone(),
  disabled: () => disabledPhone,
  'staff-after-long-silence': () => staffPhone,
}

let test: TestDatabase
let programme: MadeProgramme
let officer: string
beforeAll(async () => {
  test = await freshDatabase()
})
beforeEach(async () => {
  await test.empty()
  programme = await makeProgramme(test.db, { now })
  officer = (await makeOfficers(test.db, 1, { consented: true }))[0]?.phone ?? ''
  await makeStaff(test.db)
  await makeStaff(test.db, 'admin', disabledPhone)
  await test.db.staffMember.update({ where: { phone: disabledPhone }, data: { disabledAt: now } })
})
afterEach(() => vi.restoreAllMocks())
afterAll(() => test.drop())

/** The statements of what is done meanwhile, in their order. */
function statements(): string[] {
  const seen: string[] = []
  const query = pg.Client.prototype.query
  vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...given: unknown[]) {
    const [first] = given as [string | { text: string }]
    seen.push(typeof first === 'string' ? first : first.text)
    return Reflect.apply(query, this, given)
  } as typeof query)
  return seen
}

/** A chat of its own that has written once before. */
async function chatOf(kind: string, name: string) {
  const chats = staffChats(test.db, { [name]: kinds[kind]?.() ?? '' })
  await chats.say(name, 'halo')
  if (kind === 'staff-after-long-silence')
    await test.db.contact.updateMany({ where: { chat: name }, data: { mustConfirmName: true } })
  return chats
}

/** What a text comes to in a fresh chat: answer, statements and state, without what differs by chat or time. */
async function outcome(kind: string, name: string, text: string) {
  const chats = await chatOf(kind, name)
  const seen = statements()
  const answer = await chats.say(name, text)
  vi.restoreAllMocks()
  const { state } = await test.db.conversation.findFirstOrThrow({ where: { contact: { chat: name } } })
  return { answer, state, statements: seen }
}

/** Keys of all that was said in these chats, and their choices. */
async function said(chats: string[]): Promise<string> {
  const rows = await test.db.outgoingMessage.findMany({ where: { contact: { chat: { in: chats } } } })
  const contents = rows.map(({ content }) => content as OutgoingContent)
  return JSON.stringify(contents.map(({ parts, choices }) => [parts, choices]))
}

const words = staffCommands.flatMap(({ name, also = [] }) => [name, ...also])

describe('to who is no staff', () => {
  it.each(Object.keys(kinds))(
    'the commands are as any unknown word, in answer, state and way: %s',
    async (kind) => {
      const unknown = await outcome(kind, 'xyzzy', '/xyzzy 3')
      expect(unknown.statements.length).toBeGreaterThan(5)
      for (const word of words.filter((each) => !alsoOfficers.includes(each)))
        expect(await outcome(kind, word, `/${word} 3`), word).toEqual(unknown)
      expect(await test.db.auditEntry.count({ where: { actor: { startsWith: 'staff:' } } })).toBe(0)
      expect(await test.db.broadcast.count()).toBe(0)
    },
    60_000,
  )

  it.each(Object.keys(kinds))(
    'the words that officers use too are theirs: %s',
    async (kind) => {
      for (const word of alsoOfficers) {
        const chats = await chatOf(kind, word)
        for (const text of [`/${word}`, `/${word} ${programme.code}/1 besok jam 8`, 'ya', `/${word} status`])
          await chats.say(word, text)
      }
      const all = await said(alsoOfficers)
      expect(all).not.toMatch(/"(staff-(?!offer)|queue-|choice-staff)/)
      expect(all).not.toContain('"command"')
      expect(await test.db.session.count({ where: { cancelledAt: { not: null } } })).toBe(0)
      expect(await test.db.session.findMany({ select: { starts: true } })).toEqual([
        { starts: programme.starts },
      ])
    },
    60_000,
  )

  it('buttons and messages of staff are nothing, forged or quoted', async () => {
    const staff = staffChats(test.db, { ani: staffPhone })
    await staff.say('ani', '/siaran Halo.')
    await staff.press('ani', 'Semua pengurus')
    await staff.say('ani', '/petugas')
    const rows = await test.db.outgoingMessage.findMany({ where: { contact: { chat: 'ani' } } })
    const other = staffChats(test.db, { sari: officer })
    const answers = new Set<string>()
    for (const { id, content } of rows)
      for (const [n] of ((content as OutgoingContent).choices ?? []).entries())
        answers.add(await other.send('sari', { kind: 'button', data: `c:${id}:${n + 1}` }))
    expect(answers.size).toBe(1)
    expect([...answers]).toEqual([await other.send('sari', { kind: 'button', data: 'c:99999:1' })])
    await other.say('sari', 'ya kirim', String(rows[0]?.externalId ?? rows[0]?.id))
    expect(await test.db.broadcast.count()).toBe(0)
    expect(await said(['sari'])).not.toContain('choice-staff')
  })

  it('a group has no staff, even when one of them writes there', async () => {
    const { inbox } = staffChats(test.db, {})
    for (const [n, text] of ['/siaran Halo.', '/petugas', '/antrian'].entries()) {
      const message = { chat: 'kelompok', externalId: `g${n}`, content: { kind: 'text' as const, text } }
      const { contactId } = await inbox.receive({ channel: 'telegram', group: true, ...message })
      await inbox.answer(contactId)
    }
    expect(await said(['kelompok'])).not.toMatch(/"(staff-|queue-|choice-staff)/)
  })
})
