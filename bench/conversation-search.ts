import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../src/config.ts'
import { readSought, searchConversations } from '../src/conversation/search.ts'
import type { Database } from '../src/database/client.ts'
import { openDatabase } from '../src/database/open.ts'
import { createLog } from '../src/log.ts'
import { second } from '../src/time.ts'

const aim = 2 * second
const conversations = 5_000
const rows = 5_000

/**
 * How long `conversation search` takes over so many messages (100,000, or the first argument), of 5,000 conversations,
 * each answered once: a word, one with a typing error, a name with a word, a number.
 */
export async function run(args: string[]): Promise<void> {
  const count = Number(args[0] ?? 100_000)
  const dataDir = mkdtempSync(join(tmpdir(), 'bimtek-bench-'))
  const database = await openDatabase(readConfig({ ...process.env, DATA_DIR: dataDir }), createLog('warn'))
  try {
    await fill(database.db, count)
    for (const text of [
      'bendahara',
      'bendhara',
      'pengurus 4711 transport',
      'sertfikat gelombnag',
      '8110004711',
    ]) {
      const sought = readSought(text)
      if (!sought) throw new Error(text)
      const began = performance.now()
      const { conversations: found, more } = await searchConversations(database.db, sought, 20)
      const ms = performance.now() - began
      process.stdout.write(
        `${text}: ${found.length + more} conversations in ${(ms / second).toFixed(2)} s; aim ${aim / second} s: ${ms <= aim ? 'met' : 'missed'}\n`,
      )
    }
    const mb = process.memoryUsage().rss / 1_048_576
    process.stdout.write(`${count} messages; memory of the process ${mb.toFixed(0)} MB\n`)
  } finally {
    await database.close()
    await database.embedded?.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Messages as officers write them: the hand-written examples, each with a number of its own. */
async function fill(db: Database, count: number): Promise<void> {
  const folder = 'locales/id/examples'
  const lines = readdirSync(folder).flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
  const texts = lines.filter((line) => line.trim() !== '' && !line.startsWith('#'))
  await db.contact.createMany({
    data: Array.from({ length: conversations }, (_, index) => ({
      ...{
        channel: 'telegram',
        chat: String(index),
        displayName: `Pengurus ${index}`,
        lastHeardAt: new Date(),
      },
      phone: `+62811000${String(index).padStart(4, '0')}`,
    })),
  })
  const contacts = await db.contact.findMany({ select: { id: true, chat: true } })
  for (let from = 0; from < count; from += rows) {
    const some = Array.from({ length: Math.min(rows, count - from) }, (_, index) => {
      const number = from + index
      const contact = contacts[number % contacts.length]
      const text = `${texts[number % texts.length]} ${number}`
      return { contact, number, text }
    })
    await db.incomingMessage.createMany({
      data: some.map(({ contact, number, text }) => ({
        ...{ contactId: contact?.id ?? 0, channel: 'telegram', chat: contact?.chat ?? '', state: 'answered' },
        ...{ externalId: String(number), content: { kind: 'text', text }, answeredAt: new Date() },
      })),
    })
    await db.outgoingMessage.createMany({
      data: some.map(({ contact, number }) => ({
        ...{
          contactId: contact?.id ?? 0,
          channel: 'telegram',
          kind: 'reply',
          state: 'cancelled',
          dueAt: new Date(),
        },
        ...(number % 50 === 0 ? { dedupeKey: `staff-word/${number}` } : {}),
        content: { parts: [{ key: 'staff-says-office' }, { free: `Baik, kami periksa ${number}` }] },
      })),
    })
  }
}
