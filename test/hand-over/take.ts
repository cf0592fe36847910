/**
 * A process in which a staff member takes all hand-overs of which they were told.
 *
 *     take.ts dialogue|rows|look-then-write <database url> <staff member's chat>
 *
 * `dialogue` presses the buttons of the notices, through inbox and turns; `rows` calls what takes them, all at once;
 * `look-then-write` does that without comparing. It says `ready`, begins with the first line on its standard input, and
 * prints one JSON line: how many it has taken.
 */
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { pino } from 'pino'
import { takeHandOver } from '../../src/conversation/hand-over.ts'
import { createInbox } from '../../src/conversation/inbox.ts'
import { createClient, transaction } from '../../src/database/client.ts'
import { loadTexts } from '../../src/texts.ts'
import { systemClock } from '../../src/time.ts'
import { loadClassifier } from '../../src/understanding/train.ts'

const [mode = '', url = '', chat = ''] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: url, max: 10 })
const db = createClient(pool)

async function begin(): Promise<void> {
  process.stdout.write('ready\n')
  await once(process.stdin, 'data')
  process.stdin.destroy()
}

async function byDialogue(): Promise<number> {
  const inbox = createInbox({
    ...{ db, clock: systemClock, log: pino({ level: 'silent' }), texts: loadTexts() },
    ...{ classifier: loadClassifier(), rules: { reminderOffsets: [], quietHours: null } },
    sendTo: async () => {},
    addReminderJobs: async () => {},
  })
  await begin()
  const notices = await db.outgoingMessage.findMany({
    where: { contact: { chat }, handOverId: { not: null } },
    orderBy: { id: 'asc' },
  })
  for (const { id, contactId } of notices) {
    await inbox.receive({
      ...{ channel: 'telegram', chat, externalId: `press-${id}` },
      content: { kind: 'button', data: `c:${id}:1` },
    })
    await inbox.answer(contactId)
  }
  const answers = await db.outgoingMessage.findMany({ where: { contact: { chat }, kind: 'reply' } })
  return answers.filter(({ content }) => JSON.stringify(content).includes('"queue-took"')).length
}

async function byRows(): Promise<number> {
  const { phone } = await db.contact.findFirstOrThrow({ where: { chat } })
  const staff = await db.staffMember.findFirstOrThrow({ where: { phone: phone ?? '' } })
  const office = { staffId: staff.id, actor: `staff:${staff.id}` }
  await begin()
  const open = await db.handOver.findMany({ orderBy: { id: 'asc' } })
  const taken = await Promise.all(
    open.map(({ id }) =>
      mode === 'rows'
        ? transaction(db, async (tx) => 'taken' in (await takeHandOver(tx, id, office, new Date())))
        : lookThenWrite(id, staff.id),
    ),
  )
  return taken.filter(Boolean).length
}

/** Looks whether it is open and takes it then: two that look at once both have it. */
async function lookThenWrite(id: number, takenById: number): Promise<boolean> {
  const { state } = await db.handOver.findUniqueOrThrow({ where: { id } })
  if (state !== 'open') return false
  await sleep(200)
  await db.handOver.update({ where: { id }, data: { state: 'taken', takenAt: new Date(), takenById } })
  return true
}

const taken = mode === 'dialogue' ? await byDialogue() : await byRows()
process.stdout.write(`${JSON.stringify(taken)}\n`)
await db.$disconnect()
await pool.end()
