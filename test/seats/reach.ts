/**
 * A process whose officers all reach for a seat at once.
 *
 *     reach.ts dialogue|register|register-without-lock|register-or-wait <database url> <training> <person id>…
 *
 * `dialogue` goes through inbox and turns; the others call the registration alone. Prints one JSON line.
 */
import pg from 'pg'
import { pino } from 'pino'
import { createInbox } from '../../src/conversation/inbox.ts'
import { checkViolation, createClient, type Database, transaction } from '../../src/database/client.ts'
import { joinWaitingList, register, type SeatLocks } from '../../src/registration/register.ts'
import { loadTexts } from '../../src/texts.ts'
import { systemClock } from '../../src/time.ts'
import { loadClassifier } from '../../src/understanding/train.ts'

const [mode = '', url = '', training = '', ...persons] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: url, max: 10 })
const db = createClient(pool)
const rules = { reminderOffsets: ['P1D'], quietHours: null }

const noLocks: SeatLocks = { lockPersons: async () => {}, lockTrainings: async () => {} }

async function orWaits(personId: number): Promise<string> {
  const position = await db.position.findFirstOrThrow({ where: { personId }, include: { cooperative: true } })
  return await transaction(db, async (tx) => {
    const now = new Date()
    const result = await register(tx, { personId, position }, training, rules, now)
    if ('registered' in result) return 'registered'
    if (result.refused !== 'full') return result.refused
    const waiting = await joinWaitingList(tx, { personId, position }, training, now)
    return 'waiting' in waiting ? 'waiting' : waiting.refused
  })
}

async function byRegistration(personId: number, locks?: SeatLocks): Promise<string> {
  const position = await db.position.findFirstOrThrow({ where: { personId }, include: { cooperative: true } })
  try {
    const result = await transaction(db, (tx) =>
      register(tx, { personId, position }, training, rules, new Date(), locks),
    )
    return 'registered' in result ? 'registered' : result.refused
  } catch (error) {
    return checkViolation(error) ? 'check' : `error: ${(error as Error).message}`
  }
}

async function byDialogue(database: Database, ids: number[]): Promise<string[]> {
  const inbox = createInbox({
    greetingWaits: 0,
    ...{ db: database, clock: systemClock, log: pino({ level: 'silent' }), texts: loadTexts(), rules },
    classifier: loadClassifier(),
    sendTo: async () => {},
    addReminderJobs: async () => {},
  })
  await Promise.all(
    ids.map(async (id) => {
      const { phone } = await database.personPhone.findFirstOrThrow({ where: { personId: id } })
      const says = async (text: string, externalId: string): Promise<number> => {
        const message = {
          channel: 'telegram',
          chat: String(id),
          externalId,
          content: { kind: 'text', text },
        } as const
        const { contactId } = await inbox.receive(message)
        await inbox.answer(contactId)
        return contactId
      }
      const contactId = await says('halo', 'a')
      await database.contact.update({ where: { id: contactId }, data: { phone } })
      await says(`daftar ${training}`, 'b')
      await says('ya', 'c')
    }),
  )
  await inbox.stop()
  return ids.map(() => 'done')
}

const ids = persons.map(Number)
const results =
  mode === 'dialogue'
    ? await byDialogue(db, ids)
    : mode === 'register-or-wait'
      ? await Promise.all(ids.map(orWaits))
      : await Promise.all(
          ids.map((id) => byRegistration(id, mode === 'register-without-lock' ? noLocks : undefined)),
        )
process.stdout.write(`${JSON.stringify(results)}\n`)
await db.$disconnect()
await pool.end()
