import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { transaction } from '../../src/database/client.ts'
import { registerColleague } from '../../src/registration/colleague.ts'
import { register } from '../../src/registration/register.ts'
import { wrongCounters } from '../../src/registration/seats.ts'
import { wantToKnow } from '../../src/registration/wave-interest.ts'
import { audit } from '../../src/staff/audit.ts'
import { hour, later } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { conversations } from '../people/conversation.ts'
import { type MadeOfficer, makeOfficers, makeProgramme, word } from '../programme.ts'
import { rules, writes } from './chat.ts'
import { traces } from './traces.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
beforeEach(() => database.empty())
afterAll(() => database.drop())

async function officer(consented = true): Promise<MadeOfficer> {
  const [made] = await makeOfficers(database.db, 1, { consented })
  if (!made) throw new Error('no officer')
  return made
}

async function takesSeat(person: MadeOfficer, code: string) {
  const position = await database.db.position.findUniqueOrThrow({
    where: { id: person.positionId },
    include: { cooperative: true },
  })
  const result = await transaction(database.db, (tx) =>
    register(tx, { personId: person.personId, position }, code, rules, new Date()),
  )
  if (!('registered' in result)) throw new Error(result.refused)
  return result.registered
}

/** What says who somebody is: name, its words, and the number in the ways in which people write it. */
function identity({ name, phone }: MadeOfficer): string[] {
  const national = phone.replace('+62', '0')
  return [name, ...name.split(' '), phone, national, `${national.slice(0, 4)}-${national.slice(4, 8)}`]
}

/** An officer of whom everything is stored that can be, by what they do and what is done to them. */
async function wellKnown(secret: string): Promise<MadeOfficer> {
  const { db } = database
  const sari = await officer()
  const { personId, name, phone } = sari
  const { wave } = await makeProgramme(db, { code: 'Z-1' })
  await writes(db, '501', `halo, saya ${name}, ${secret}`, { phone, displayName: name })
  await writes(db, '502', `dari hp satunya ${secret}`, { phone, displayName: name })
  await writes(db, '501', 'daftar Z-1')
  await writes(db, '501', 'ya')
  await writes(db, '501', 'minta salinan data saya')
  await transaction(db, (tx) => wantToKnow(tx, personId, wave))
  await db.profileRequest.create({
    data: { personId, field: 'name', value: { name: `${name} ${secret}` }, createdAt: new Date() },
  })
  await transaction(db, (tx) =>
    audit(tx, 'command:x', { action: 'approve.yes', personId, details: { name } }, new Date()),
  )
  await transaction(db, (tx) =>
    audit(tx, 'command:x', { action: 'import', details: { added: [name, phone] } }, new Date()),
  )
  return sari
}

/** A colleague of the same cooperative, in whose chat the officer is named either way. */
async function colleagueOf(sari: MadeOfficer): Promise<MadeOfficer> {
  const { db } = database
  const budi = await officer()
  const { cooperativeId } = await db.position.findUniqueOrThrow({ where: { id: sari.positionId } })
  await db.position.update({ where: { id: budi.positionId }, data: { cooperativeId } })
  const national = sari.phone.replace('+62', '0')
  await writes(
    db,
    '601',
    `saya diganti ${sari.name}, nomornya ${national.slice(0, 4)}-${national.slice(4, 8)}-${national.slice(8)}`,
    {
      phone: budi.phone,
    },
  )
  const contact = await db.contact.findFirstOrThrow({ where: { chat: '601' } })
  await db.outgoingMessage.create({
    data: {
      ...{ contactId: contact.id, channel: 'telegram', kind: 'notice', state: 'sent', dueAt: new Date() },
      ...{ externalId: '9', sentAt: new Date() },
      content: { parts: [{ key: 'speaker-now', facts: { name: sari.name } }] },
      text: `Baik, ${sari.name.toUpperCase()}`,
    },
  })
  await db.conversation.update({
    where: { contactId: contact.id },
    data: { state: { choices: [{ label: sari.name, value: { asks: 'help' } }] } },
  })
  return budi
}

async function erases(chat: string): Promise<string> {
  expect(await writes(database.db, chat, 'hapus data saya')).toContain('Yakin dihapus?')
  return await writes(database.db, chat, 'ya, hapus')
}

describe('after erasing', () => {
  it('nothing in any column of any table says who it was or what they wrote', async () => {
    const secret = word()
    const sari = await wellKnown(secret)
    await colleagueOf(sari)
    const [{ number } = { number: '' }] = await database.db.registration.findMany()
    const all = [...identity(sari), secret, number]
    expect(new Set((await traces(database.pool, all)).map((each) => each.split('.')[0]))).toEqual(
      new Set([
        ...['audit_entry', 'contact', 'conversation', 'incoming_message', 'outgoing_message', 'person'],
        ...['person_phone', 'profile_request', 'registration', 'stored_file'],
      ]),
    )
    const reply = await erases('501')
    expect(reply).toContain('Data Bapak/Ibu sudah dihapus')
    expect(reply).not.toContain('Yang masih disimpan')
    expect(await traces(database.pool, all)).toEqual([])
    expect(await database.db.person.count({ where: { id: sari.personId } })).toBe(0)
    expect(await database.db.contact.findMany({ where: { chat: { in: ['501', '502'] } } })).toMatchObject([
      { chat: '501', phone: null, displayName: null },
    ])
  })

  it('the turn has its own row, emptied, and an answer', async () => {
    await wellKnown(word())
    await erases('501')
    const contact = await database.db.contact.findFirstOrThrow({
      where: { chat: '501' },
      include: { incoming: true, outgoing: true, conversation: true },
    })
    expect(contact.incoming).toMatchObject([
      { content: { kind: 'text', text: '' }, understood: null, state: 'answered' },
    ])
    expect(contact.outgoing).toHaveLength(1)
    expect(contact.conversation?.state).not.toHaveProperty('speaker')
  })

  it('what others said and heard is there, without the name', async () => {
    const sari = await wellKnown(word())
    await colleagueOf(sari)
    await erases('501')
    const { incoming, outgoing } = await database.db.contact.findFirstOrThrow({
      where: { chat: '601' },
      include: { incoming: true, outgoing: { where: { kind: 'notice' } } },
    })
    expect(incoming[0]?.content).toEqual({ kind: 'text', text: 'saya diganti •••, nomornya •••' })
    expect(outgoing[0]?.text).toBe('Baik, •••')
  })

  it('seats are counted right and reminders are gone', async () => {
    await wellKnown(word())
    expect(await database.db.reminder.count()).toBeGreaterThan(0)
    await erases('501')
    expect(await database.db.reminder.count()).toBe(0)
    expect(await database.db.training.findFirst()).toMatchObject({ taken: 0, offered: 0 })
    expect(await wrongCounters(database.db)).toEqual([])
  })

  it('it is written down that somebody was erased, not who', async () => {
    const sari = await wellKnown(word())
    await erases('501')
    const entries = await database.db.auditEntry.findMany({ orderBy: { id: 'asc' } })
    expect(entries.map(({ action }) => action)).toEqual(['approve.yes', 'import', 'privacy.erase'])
    expect(entries.map(({ personId }) => personId)).toEqual([null, null, null])
    expect(entries[0]?.details).toEqual({})
    expect(JSON.stringify(entries)).not.toContain(sari.name)
  })

  it('a namesake elsewhere keeps their name, in the roster and in their chat', async () => {
    const sari = await wellKnown(word())
    const other = await officer()
    const { db } = database
    const far = await db.cooperative.create({ data: { areaCode: '21.01.01.2001', name: 'Jauh' } })
    await db.position.update({ where: { id: other.positionId }, data: { cooperativeId: far.id } })
    await db.person.update({ where: { id: other.personId }, data: { name: sari.name } })
    await writes(db, '701', `saya ${sari.name}`, { phone: other.phone })
    await erases('501')
    const left = await traces(database.pool, [sari.name])
    expect(left).toContain(`person.name: ${sari.name}`)
    expect(left).toContain(`incoming_message.content: ${sari.name}`)
  })
})

describe('what was asked of a colleague', () => {
  /** Asks in the first's name, and the question has gone out. */
  async function asks(asker: MadeOfficer, colleague: MadeOfficer) {
    const { db } = database
    const { code, title } = await makeProgramme(db)
    const given = { askerId: asker.personId, colleagueId: colleague.personId, trainingCode: code }
    const result = await transaction(db, (tx) => registerColleague(tx, given, rules, new Date()))
    if (!('asked' in result)) throw new Error('not asked')
    await db.outgoingMessage.updateMany({
      where: { dedupeKey: { startsWith: 'request/' } },
      data: { state: 'sent', externalId: '7', sentAt: new Date() },
    })
    return { id: result.asked.id, title }
  }

  it('ends with who asked, and the colleague hears of it', async () => {
    const { db } = database
    const sari = await wellKnown(word())
    const budi = await colleagueOf(sari)
    const { id, title } = await asks(sari, budi)
    await erases('501')
    expect(await db.registration.findUniqueOrThrow({ where: { id } })).toMatchObject({
      ...{ state: 'cancelled', requestedById: null, personId: budi.personId },
    })
    const notice = await db.outgoingMessage.findFirstOrThrow({
      where: { dedupeKey: { startsWith: `request-ended/${id}` } },
    })
    expect(JSON.stringify(notice.content)).toContain(title)
    expect(await traces(database.pool, identity(sari))).toEqual([])
    expect(await wrongCounters(db)).toEqual([])
  })

  it('leaves what the colleague has agreed to', async () => {
    const { db } = database
    const sari = await wellKnown(word())
    const { id } = await asks(sari, await colleagueOf(sari))
    await db.registration.update({ where: { id }, data: { state: 'waitlisted', waitingNumber: 1 } })
    await erases('501')
    expect(await db.registration.findUnique({ where: { id } })).toMatchObject({
      ...{ state: 'waitlisted', requestedById: null },
    })
  })

  it('ends with the colleague, and who asked hears of it without a name', async () => {
    const { db } = database
    const sari = await wellKnown(word())
    const budi = await colleagueOf(sari)
    await db.registration.deleteMany()
    await asks(budi, sari)
    await erases('501')
    const notice = await db.outgoingMessage.findFirstOrThrow({
      where: { contact: { chat: '601' }, dedupeKey: { startsWith: 'colleague-refused/' } },
    })
    expect(JSON.stringify(notice.content)).toContain('•••')
    expect(await traces(database.pool, identity(sari))).toEqual([])
  })

  it('by two of each other ends as well when both erase at the same moment', async () => {
    const { db } = database
    const sari = await wellKnown(word())
    const budi = await colleagueOf(sari)
    await db.registration.deleteMany()
    await asks(sari, budi)
    await asks(budi, sari)
    for (const chat of ['501', '601']) await writes(db, chat, 'hapus data saya')
    const replies = await Promise.all([writes(db, '501', 'ya'), writes(db, '601', 'ya')])
    expect(replies.every((reply) => reply.includes('sudah dihapus'))).toBe(true)
    expect(await db.registration.count()).toBe(0)
    expect(await traces(database.pool, [...identity(sari), ...identity(budi)])).toEqual([])
  })
})

it('“this chat only” erases no other chat of the number that was proven meanwhile', async () => {
  const { db } = database
  const sari = await officer()
  await writes(db, '501', 'halo', { phone: sari.phone })
  const phones: Record<string, string> = {}
  const chats = conversations(db, phones, { now: () => new Date() })
  expect(await chats.say('502', 'hapus data saya')).toContain('[Hapus isi chat ini saja]')
  const { id } = await db.outgoingMessage.findFirstOrThrow({ orderBy: { id: 'desc' } })
  phones['502'] = sari.phone
  expect(await chats.press('502', `c:${id}:1`)).toContain('seluruh isi chat ini')
  delete phones['502']
  expect(await chats.say('502', 'ya')).toContain('Isi chat ini sudah dihapus')
  expect(await db.incomingMessage.count({ where: { contact: { chat: '501' } } })).toBe(1)
  expect(await db.contact.findMany({ orderBy: { chat: 'asc' } })).toMatchObject([
    { chat: '501', phone: sari.phone },
    { chat: '502', phone: null },
  ])
})

describe('what the office must account for', () => {
  it('keeps name, office and cooperative of classes that have taken place, and nothing else', async () => {
    const { db } = database
    const sari = await officer()
    const { personId, positionId, phone, name } = sari
    const { code, title } = await makeProgramme(db)
    const seat = await takesSeat(sari, code)
    const [session] = await db.session.findMany({ where: { trainingCode: code } })
    await db.attendance.create({
      data: { registrationId: seat.id, sessionId: session?.id ?? 0, at: new Date(), source: 'staff' },
    })
    await db.registration.update({ where: { id: seat.id }, data: { state: 'completed' } })
    const old = await db.position.create({
      data: {
        ...{ personId, cooperativeId: seat.cooperativeId, role: 'pengawas', title: 'ketua_pengawas' },
        ...{ from: later(new Date(), -hour), until: new Date() },
      },
    })
    const question = await writes(db, '501', 'hapus data saya', { phone, displayName: name })
    expect(question).toContain('tetap disimpan')
    expect(question).toContain(title)
    expect(await writes(db, '501', 'ya')).toContain('Yang masih disimpan hanya catatan pelatihan')
    expect(await db.registration.findMany()).toMatchObject([{ id: seat.id, state: 'completed', positionId }])
    expect(await db.attendance.count()).toBe(1)
    expect(await db.position.count({ where: { id: old.id } })).toBe(0)
    expect(await traces(database.pool, identity(sari))).toEqual(
      [name, ...name.split(' ')].map((each) => `person.name: ${each}`),
    )
    expect(await db.person.findUnique({ where: { id: personId } })).toMatchObject({
      ...{ consentedAt: null, consentRefusedAt: null },
    })
  })

  it('a seat in a class that has begun stays', async () => {
    const { db } = database
    const sari = await officer()
    const { code } = await makeProgramme(db, { startsIn: 2 * hour })
    await takesSeat(sari, code)
    const now = later(new Date(), 3 * hour)
    await writes(db, '501', 'hapus data saya', { phone: sari.phone, now })
    await writes(db, '501', 'ya', { now })
    expect(await db.registration.findMany()).toMatchObject([{ state: 'confirmed' }])
    expect(await wrongCounters(db)).toEqual([])
  })
})

it('a message that came in meanwhile is answered, as that of a stranger', async () => {
  const { db } = database
  const sari = await officer()
  await writes(db, '501', 'hapus data saya', { phone: sari.phone })
  const contact = await db.contact.findFirstOrThrow()
  const rows = ['ya', 'jadwal saya'].map((text, index) => ({
    ...{ contactId: contact.id, channel: 'telegram', chat: '501', externalId: `later-${index}` },
    content: { kind: 'text', text },
  }))
  await db.incomingMessage.createMany({ data: rows })
  await writes(db, '501', 'halo')
  const answered = await db.incomingMessage.findMany({ orderBy: { id: 'asc' }, include: { replies: true } })
  expect(answered.map(({ state }) => state)).toEqual(['answered', 'answered', 'answered'])
  expect(answered.map(({ replies }) => replies.length)).toEqual([1, 1, 1])
  expect(answered[1]?.intent).toBe('my_schedule')
  expect(JSON.stringify(answered[1]?.replies[0]?.content)).toContain('ask-phone')
})

it('who comes on the roster again by the office’s list is known, and nothing else comes back', async () => {
  const { db } = database
  const secret = word()
  const sari = await wellKnown(secret)
  await erases('501')
  await db.person.create({ data: { name: sari.name, phones: { create: { phone: sari.phone } } } })
  await db.contact.updateMany({ where: { chat: '501' }, data: { phone: sari.phone } })
  expect(await writes(db, '501', 'data saya apa saja')).toContain('setuju')
  expect(await traces(database.pool, [secret])).toEqual([])
})

it('thousands of messages go quickly', async () => {
  const { db } = database
  const sari = await officer()
  await writes(db, '501', 'halo', { phone: sari.phone })
  const contact = await db.contact.findFirstOrThrow()
  const many = Array.from({ length: 5000 }, (_, index) => index)
  await db.incomingMessage.createMany({
    data: many.map((index) => ({
      ...{ contactId: contact.id, channel: 'telegram', chat: '501', externalId: `x${index}` },
      ...{ content: { kind: 'text', text: `pesan ${index}` }, state: 'answered' as const },
      answeredAt: new Date(),
    })),
  })
  await db.outgoingMessage.createMany({
    data: many.map(() => ({
      ...{ contactId: contact.id, channel: 'telegram', kind: 'reply' as const, state: 'sent' as const },
      ...{ content: { parts: [] }, dueAt: new Date(), externalId: '1', sentAt: new Date() },
    })),
  })
  await writes(db, '501', 'hapus data saya')
  const began = performance.now()
  expect(await writes(db, '501', 'ya')).toContain('sudah dihapus')
  expect(performance.now() - began).toBeLessThan(5_000)
  expect(await db.incomingMessage.count()).toBe(1)
})

it('two of a cooperative who erase at the same moment are both erased', async () => {
  const { db } = database
  const sari = await wellKnown(word())
  const budi = await colleagueOf(sari)
  await writes(db, '501', `rekan saya ${budi.name}`)
  await writes(db, '501', 'hapus data saya')
  await writes(db, '601', 'hapus data saya')
  const replies = await Promise.all([writes(db, '501', 'ya'), writes(db, '601', 'ya')])
  expect(replies.every((reply) => reply.includes('sudah dihapus'))).toBe(true)
  expect(await traces(database.pool, [...identity(sari), ...identity(budi)])).toEqual([])
}, 20_000)

it('a chat of nobody on the roster goes, and others of that number', async () => {
  const { db } = database
  const secret = word()
  const phone = '+6281399990001'
  await writes(db, '801', `halo ${secret}`, { phone, displayName: secret })
  await writes(db, '802', `halo ${secret}`, { phone })
  await writes(db, '801', 'minta salinan data saya')
  expect(await writes(db, '801', 'hapus data saya')).toContain('seluruh isi chat ini')
  expect(await writes(db, '801', 'ya')).toContain('Isi chat ini sudah dihapus')
  expect(await traces(database.pool, [secret, phone, phone.slice(3)])).toEqual([])
  expect(await db.storedFile.count()).toBe(0)
  expect(await db.contact.count()).toBe(1)
})

it('another person’s chat is not touched', async () => {
  const { db } = database
  const [sari, budi] = [await officer(), await officer()]
  await writes(db, '501', 'halo', { phone: sari.phone })
  await writes(db, '601', 'halo juga', { phone: budi.phone })
  const before = await db.outgoingMessage.findMany({ where: { contact: { chat: '601' } } })
  await erases('501')
  expect(await db.outgoingMessage.findMany({ where: { contact: { chat: '601' } } })).toEqual(before)
  expect(await db.person.count()).toBe(1)
})
