import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { unlinkNumber } from '../../src/contacts/unlink.ts'
import { fileOfMessage, threadOf } from '../../src/conversation/thread.ts'
import { transaction } from '../../src/database/client.ts'
import { approveRequest, requestChange } from '../../src/people/profile-requests.ts'
import { writeDataCopy } from '../../src/privacy/data-copy.ts'
import { wantToKnow } from '../../src/registration/wave-interest.ts'
import { audit } from '../../src/staff/audit.ts'
import { hour, later } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { makeOfficers, makeProgramme, word } from '../programme.ts'
import { texts, writes } from './chat.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
beforeEach(() => database.empty())
afterAll(() => database.drop())

async function officer() {
  const [made] = await makeOfficers(database.db, 1, { consented: true })
  if (!made) throw new Error('no officer')
  return made
}

const copyOf = async (): Promise<string> => {
  const { content } = await database.db.storedFile.findFirstOrThrow({ orderBy: { id: 'desc' } })
  return Buffer.from(content).toString('utf8')
}

describe('a copy', () => {
  it('holds everything that is stored of a person, and nothing of another', async () => {
    const { db } = database
    const [sari, budi] = [await officer(), await officer()]
    const { personId, phone } = sari
    const { code, wave, title } = await makeProgramme(db, { code: 'Z-1' })
    const [first, second] = [word(), word()]
    await writes(db, '1', `halo ${first}`, { phone, displayName: 'Sari HP' })
    await writes(db, '2', `halo ${second}`, { phone })
    await writes(db, '3', `halo ${budi.name}`, { phone: budi.phone })
    await writes(db, '1', 'daftar Z-1')
    await writes(db, '1', 'ya')
    const registration = await db.registration.findFirstOrThrow({
      include: { training: { include: { sessions: true } } },
    })
    const session = registration.training.sessions[0]
    await db.attendance.create({
      data: { registrationId: registration.id, sessionId: session?.id ?? 0, at: new Date(), source: 'code' },
    })
    await transaction(db, (tx) => wantToKnow(tx, personId, wave))
    await transaction(db, (tx) => audit(tx, 'command:x', { action: 'approve.yes', personId }, new Date()))
    await db.profileRequest.create({
      data: { personId, field: 'phone', value: { phone: '+6281234567890' }, createdAt: new Date() },
    })
    await writes(db, '1', 'minta salinan data saya')
    const copy = await copyOf()
    for (const words of [
      ...[sari.name, phone, sari.cooperative, title, code, registration.number, `Gelombang ${wave}`],
      ...[first, second, 'Sari HP', 'dengan kode hadir', 'approve.yes', '+6281234567890', 'nomor HP'],
      ...[session?.title ?? '', 'Anda: daftar Z-1', `✅ ${sari.name} sudah terdaftar.`],
    ])
      expect(copy).toContain(words)
    expect(copy.match(/PENGINGAT YANG AKAN DATANG\n(• .*\n){2}/)).not.toBeNull()
    expect(copy).not.toContain(budi.name)
    expect(copy).not.toContain(budi.phone)
    expect(copy).not.toContain('\uE000')
  })

  it('is made once in 24 hours, for each person', async () => {
    const { db } = database
    const [sari, budi] = [await officer(), await officer()]
    const now = new Date()
    const asks = (chat: string, phone: string, at: Date) =>
      writes(db, chat, 'minta salinan data saya', { phone, now: at })
    expect(await asks('1', sari.phone, now)).toContain('Ini salinan')
    expect(await asks('2', sari.phone, later(now, hour))).toContain('Salinan sudah dibuat')
    expect(await asks('3', budi.phone, later(now, hour))).toContain('Ini salinan')
    expect(await asks('1', sari.phone, later(now, 24 * hour))).toContain('Ini salinan')
    expect(await db.storedFile.count()).toBe(3)
  })

  it('is made once in 24 hours for a chat of nobody on the roster', async () => {
    const phone = '+6281399990002'
    expect(await writes(database.db, '1', 'minta salinan data saya', { phone })).toContain('Ini salinan')
    expect(await copyOf()).toContain('Anda: minta salinan data saya')
    expect(await writes(database.db, '1', 'minta salinan data saya')).toContain('Salinan sudah dibuat')
  })

  it('of ten thousand messages each way says that there were more', async () => {
    const { db } = database
    const { personId, phone } = await officer()
    await writes(db, '1', 'yang pertama', { phone, now: new Date('2026-01-05T02:00:00Z') })
    const contact = await db.contact.findFirstOrThrow()
    await db.incomingMessage.createMany({
      data: Array.from({ length: 10_000 }, (_, index) => ({
        ...{ contactId: contact.id, channel: 'telegram', chat: '1', externalId: `x${index}` },
        ...{ content: { kind: 'text', text: `pesan ${index}.` }, state: 'answered' as const },
        answeredAt: new Date(),
      })),
    })
    const began = performance.now()
    await transaction(db, (tx) => writeDataCopy(tx, { personId, contact }, texts, 'id', new Date()))
    expect(performance.now() - began).toBeLessThan(5_000)
    const copy = await copyOf()
    expect(copy).toContain('Hanya 10.000 pesan terbaru')
    expect(copy).toContain('pesan 9999.')
    expect(copy).not.toContain('yang pertama')
  })
})

describe('whoever has a number after somebody else', () => {
  const beganAt = new Date('2026-11-24T02:00:00Z')
  const lostAt = later(beganAt, hour)
  const after = later(beganAt, 2 * hour)
  const [secret, name] = ['rahasiaku', 'Sari HP']

  const ways: [string, (lost: { personId: number; phone: string }) => Promise<unknown>][] = [
    ['unlinked', ({ phone }) => transaction(database.db, (tx) => unlinkNumber(tx, phone, lostAt))],
    [
      'given up for another',
      ({ personId, phone: gone }) =>
        transaction(database.db, async (tx) => {
          const wish = { field: 'phone', value: { phone: '+6281299998888', gone } } as const
          const { id } = await requestChange(tx, personId, wish, beganAt)
          await approveRequest(tx, id, lostAt, null)
        }),
    ],
  ]

  async function lost(how: (lost: { personId: number; phone: string }) => Promise<unknown>) {
    const sari = await officer()
    const { phone } = sari
    await database.db.person.updateMany({ data: { createdAt: later(beganAt, -hour) } })
    await writes(database.db, '1', `halo ${secret}`, { phone, displayName: name, now: beganAt })
    const { id: contactId } = await database.db.contact.findFirstOrThrow()
    await database.db.outgoingMessage.create({
      data: {
        ...{
          contactId,
          channel: 'telegram',
          kind: 'notice',
          content: { parts: [] },
          text: `kabar ${secret}`,
        },
        ...{ dueAt: after, createdAt: beganAt },
      },
    })
    await how(sari)
    return sari
  }

  it.each(ways)('that was %s has nothing of what was said before', async (_, how) => {
    const { db } = database
    const { phone } = await lost(how)
    expect(await writes(db, '1', 'data saya apa saja', { phone, now: after })).toContain('1 pesan')
    await writes(db, '1', 'minta salinan data saya', { phone, now: after })
    const copy = await copyOf()
    expect(copy).toContain('Anda: data saya apa saja')
    expect(copy).toContain('isi chat ini sejak 24 November 2026')
    expect(copy).not.toContain(secret)
    expect(await db.incomingMessage.count()).toBe(3)
  })

  it('has nothing of it either when they have told their name', async () => {
    const { db } = database
    const { phone } = await lost((sari) => ways[0]?.[1](sari) ?? Promise.resolve())
    await makeProgramme(db, { now: beganAt })
    for (const text of ['saya Tono Hartono ketua koperasi Sadai', 'setuju', 'ya'])
      await writes(db, '1', text, { phone, now: after })
    expect(await writes(db, '1', 'minta salinan data saya', { phone, now: after })).toContain('Ini salinan')
    const copy = await copyOf()
    expect(copy).toContain('Tono Hartono')
    expect(copy).not.toContain(secret)
  })

  it('is shown nobody’s name in another chat of the number', async () => {
    const { db } = database
    const { phone } = await lost(ways[1]?.[1] ?? Promise.reject)
    await writes(db, '2', 'minta salinan data saya', { phone, now: after })
    const copy = await copyOf()
    expect(copy.match(/• Telegram/g)).toHaveLength(2)
    expect(copy).not.toContain(name)
  })

  it('erases the chat whole', async () => {
    const { db } = database
    const { phone } = await lost(ways[1]?.[1] ?? Promise.reject)
    await writes(db, '1', 'hapus data saya', { phone, now: after })
    await writes(db, '1', 'ya', { phone, now: after })
    expect(await db.incomingMessage.count()).toBe(1)
  })

  it('but has all of it who had the number before, in the same chat', async () => {
    const { db } = database
    await lost(ways[1]?.[1] ?? Promise.reject)
    await writes(db, '1', 'minta salinan data saya', { phone: '+6281299998888', now: after })
    expect(await copyOf()).toContain(secret)
  })

  it('and of a number that others keep', async () => {
    const { db } = database
    const { personId, phone } = await officer()
    const other = await db.person.create({ data: { name: 'Budi', phones: { create: { phone } } } })
    await writes(db, '1', 'halo', { phone, now: beganAt })
    await ways[1]?.[1]({ personId, phone })
    expect(await db.contact.findFirst()).toMatchObject({ threadFrom: null })
    await ways[1]?.[1]({ personId: other.id, phone })
    expect(await db.contact.findFirst()).toMatchObject({ threadFrom: lostAt })
  })
})

describe('the file of a message', () => {
  it('is shown in the thread of its chat once it is sent, and given to no other', async () => {
    const { db } = database
    const { phone } = await officer()
    await writes(db, '1', 'minta salinan data saya', { phone })
    const sent = await db.outgoingMessage.findFirstOrThrow()
    const own = { channel: 'telegram', chat: '1' }
    expect(await fileOfMessage(db, own, sent.id)).toBeUndefined()
    await db.outgoingMessage.update({
      where: { id: sent.id },
      data: { state: 'sent', externalId: '1', sentAt: new Date() },
    })
    expect(Buffer.from((await fileOfMessage(db, own, sent.id))?.content ?? []).toString()).toBe(
      await copyOf(),
    )
    expect((await threadOf(db, texts, own, 10)).at(-1)?.document?.name).toMatch(/^data-saya-[\d-]+\.txt$/)
    for (const other of [
      { channel: 'telegram', chat: '2' },
      { channel: 'simulator', chat: '1' },
    ])
      expect(await fileOfMessage(db, other, sent.id)).toBeUndefined()
    expect(await fileOfMessage(db, own, sent.id + 1)).toBeUndefined()
    await db.storedFile.deleteMany()
    expect(await fileOfMessage(db, own, sent.id)).toBeUndefined()
    expect((await threadOf(db, texts, own, 10)).at(-1)).not.toHaveProperty('document')
  })
})
