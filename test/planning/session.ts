import { PassThrough, Readable } from 'node:stream'
import { cancelCommand, type MoveOptions, moveCommand } from '../../src/commands/session.ts'
import { statusCommand } from '../../src/commands/session-status.ts'
import { type Database, transaction } from '../../src/database/client.ts'
import type { RegistrationState } from '../../src/database/generated/enums.ts'
import type { OutgoingContent } from '../../src/delivery/content.ts'
import { createLog } from '../../src/log.ts'
import { type PlannedReminder, planReminders } from '../../src/reminders/plan.ts'
import { loadTexts } from '../../src/texts.ts'
import { hour, later, parseInstant } from '../../src/time.ts'

export const wib = (text: string): Date => {
  const instant = parseInstant(text)
  if (!instant) throw new Error(`no instant: ${text}`)
  return instant
}

export const now = wib('2026-12-01T10:00')
export const rules = { reminderOffsets: ['P3D', 'P1D', 'PT2H'], quietHours: { from: 21 * 60, until: 6 * 60 } }

type Person = {
  name: string
  state?: RegistrationState
  /** Its own if not said; null for none. */
  phone?: string | null
  /** Telegram if not said. */
  contact?: 'telegram' | 'simulator' | 'none' | 'blocked' | 'stopped'
}

/** The days on which G3-A has its sessions 1, 2 …, at 08.00 to 12.00 each. */
export async function makeClass(db: Database, days: string[], persons: Person[], code = 'G3-A') {
  await db.venue.upsert({
    where: { id: 'v' },
    create: { id: 'v', name: 'Kampus Anggrek', address: 'Jalan Melati 1', lat: 1, lon: 104 },
    update: {},
  })
  await db.wave.upsert({
    where: { number: 3 },
    create: { number: 3, title: 'Tiga', opens: wib('2026-11-20T08:00'), closes: wib('2027-03-01T08:00') },
    update: {},
  })
  const track = code === 'G3-A' ? ('organisation' as const) : ('business' as const)
  await db.training.create({
    data: {
      ...{ code, waveNumber: 3, title: `Bimtek ${code}`, track, zone: 'mainland', areas: ['21.71'] },
      ...{ roles: ['pengurus', 'pengawas'], capacity: 10, venueId: 'v' },
      taken: persons.filter(({ state }) => (state ?? 'confirmed') === 'confirmed').length,
      offered: persons.filter(({ state }) => state === 'offered').length,
      sessions: {
        create: days.map((day, index) => ({
          ...{ key: String(index + 1), title: `Materi ${index + 1}` },
          ...{ starts: wib(`${day}T08:00`), ends: wib(`${day}T12:00`) },
        })),
      },
    },
  })
  for (const [index, person] of persons.entries()) await makeRegistration(db, code, track, index, person)
  await transaction(db, (tx) => planReminders(tx, { trainingCode: code }, rules, now))
}

async function makeRegistration(
  db: Database,
  trainingCode: string,
  track: 'organisation' | 'business',
  index: number,
  { name, state = 'confirmed', phone = `+628123456780${index}`, contact = 'telegram' }: Person,
): Promise<void> {
  const cooperative = await db.cooperative.upsert({
    where: { areaCode: '21.71.09.1003' },
    create: { areaCode: '21.71.09.1003', name: 'KKMP Sadai' },
    update: {},
  })
  const office = { cooperativeId: cooperative.id, role: 'pengurus', title: 'ketua' } as const
  const person =
    (await db.person.findFirst({ where: { name }, include: { positions: true } })) ??
    (await db.person.create({
      data: {
        ...{ name, consentedAt: later(now, -hour), positions: { create: office } },
        ...(phone ? { phones: { create: { phone } } } : {}),
      },
      include: { positions: true },
    }))
  await db.registration.create({
    data: {
      ...{
        number: `REG-${trainingCode}${index}`,
        personId: person.id,
        positionId: person.positions[0]?.id ?? 0,
      },
      ...{ ...office, trainingCode, track, state, createdAt: later(now, -hour) },
      ...(state === 'waitlisted' || state === 'offered' ? { waitingNumber: index + 1 } : {}),
      ...(state === 'offered' ? { offeredUntil: later(now, 20 * hour) } : {}),
    },
  })
  if (!phone || contact === 'none') return
  const key = { channel: contact === 'simulator' ? 'simulator' : 'telegram', chat: phone }
  const more = {
    ...(contact === 'blocked' ? { unreachableSince: now, unreachableWhy: 'blocked' } : {}),
    ...(contact === 'stopped' ? { stoppedAt: now } : {}),
  }
  await db.contact.upsert({ where: { channel_chat: key }, create: { ...key, phone, ...more }, update: {} })
}

/** All notices that were put into the outbox, in words, with when they go out; without the calendars that follow them. */
export async function notices(db: Database) {
  return (await told(db)).filter(({ file }) => file === undefined)
}

/** The calendars that follow them, with what their files say. */
export async function calendars(db: Database) {
  const rows = (await told(db)).flatMap(({ file, ...row }) => (file === undefined ? [] : [{ ...row, file }]))
  const files = await db.storedFile.findMany({ where: { id: { in: rows.map(({ file }) => file) } } })
  return rows.map(({ file, ...row }) => {
    const { name, content } = files.find(({ id }) => id === file) ?? { name: '', content: [] }
    return { ...row, name, says: Buffer.from(content).toString('utf8') }
  })
}

async function told(db: Database) {
  const rows = await db.outgoingMessage.findMany({ where: { kind: 'notice' }, orderBy: { id: 'asc' } })
  const texts = loadTexts()
  return rows.map((row) => {
    const { parts, choices = [], file } = row.content as OutgoingContent
    return {
      ...{ id: row.id, contactId: row.contactId, state: row.state, dueAt: row.dueAt, file },
      text: texts.join('id', parts).replaceAll('\uE000', ''),
      choices: choices.map(({ label }) => texts.join('id', [label])),
    }
  })
}

/** When the planned reminders of a session are due, each time once, as ISO 8601. */
export async function plannedFor(db: Database, key: string): Promise<string[]> {
  const rows = await db.reminder.findMany({
    where: { session: { key, trainingCode: 'G3-A' }, state: 'planned' },
    orderBy: { dueAt: 'asc' },
  })
  return [...new Set(rows.map(({ dueAt }) => dueAt.toISOString()))]
}

type Given = { answer?: string | NodeJS.ReadableStream; at?: Date }

/** Runs a command as the command line does. */
async function run(
  db: Database,
  { answer = '', at = now }: Given,
  command: (context: Parameters<typeof moveCommand>[2]) => Promise<number>,
) {
  const [output, errors] = [new PassThrough(), new PassThrough()]
  const jobs: PlannedReminder[] = []
  const status = await command({
    ...{ db, now: at, rules, actor: 'command:test', log: createLog('silent'), output, errors },
    input: typeof answer === 'string' ? Readable.from([Buffer.from(answer)]) : answer,
    addReminderJobs: async (planned) => void jobs.push(...planned),
  })
  return { status, output: String(output.read() ?? ''), errors: String(errors.read() ?? ''), jobs }
}

export const move = (db: Database, name: string, options: MoveOptions, given: Given = {}) =>
  run(db, given, (context) => moveCommand(name, options, context))

export const cancel = (db: Database, name: string, options: Omit<MoveOptions, 'to'>, given: Given = {}) =>
  run(db, given, (context) => cancelCommand(name, options, context))

export const status = (db: Database, name: string, options: { json?: boolean } = {}) =>
  run(db, {}, (context) => statusCommand(name, options, context))
