import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fileOfMessage, threadOf } from '../../src/conversation/thread.ts'
import { transaction } from '../../src/database/client.ts'
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
