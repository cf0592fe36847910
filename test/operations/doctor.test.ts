import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { doctorCommand } from '../../src/commands/doctor.ts'
import { listen } from '../../src/database/notify.ts'
import { createLog } from '../../src/log.ts'
import { hour, later, minute } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { makeProgramme } from '../programme.ts'
import { makeCooperative, makeHolder, makeRegistration, type Officer } from '../reports/cooperatives.ts'
import { type BotApi, startBotApi } from '../telegram/bot-api-server.ts'

const now = new Date('2026-11-24T03:00:00Z')

let test: TestDatabase
beforeAll(async () => {
  test = await freshDatabase()
})
beforeEach(() => test.empty())
afterAll(() => test.drop())

/** Runs the doctor as the command line does, and says what it printed by check. */
async function doctor(environment: Record<string, string> = {}) {
  const [output, errors] = [new PassThrough(), new PassThrough()]
  const status = await doctorCommand({
    environment: { DATABASE_URL: test.url, ...environment },
    ...{ now, output, errors },
  })
  const lines = String(output.read() ?? '')
    .trim()
    .split('\n')
  const found = new Map(
    lines.map((line) => {
      const [, mark = '', check = '', said = ''] = /^(ok {3}|WRONG|note ) ([\w ]+): (.*)$/.exec(line) ?? []
      return [check, `${mark.trim()} ${said}`]
    }),
  )
  return { status, lines, of: (check: string) => found.get(check) ?? '', stderr: String(errors.read() ?? '') }
}

/** The doctor finds this one fault, says how to mend it, and ends with 1. */
async function findsOnly(check: string, what: string, environment: Record<string, string> = {}) {
  const found = await doctor(environment)
  expect(found.of(check)).toContain(`WRONG ${what}`)
  expect(found.of(check)).toMatch(/\. To mend: \w+/)
  expect(found.lines.filter((line) => line.startsWith('WRONG'))).toHaveLength(1)
  expect(found).toMatchObject({ status: 1, stderr: 'bimtek: 1 check found something wrong\n' })
  return found
}

/** Somebody confirmed in the class G3-A; `held` moves its session. */
async function makeSeat(held = 0): Promise<Officer & { registrationId: number; sessionId: number }> {
  await makeProgramme(test.db, { now, wave: 3, code: 'G3-A' })
  const session = await test.db.session.findFirstOrThrow()
  if (held !== 0)
    await test.db.session.update({
      where: { id: session.id },
      data: { starts: later(now, held), ends: later(now, held + hour) },
    })
  const officer = await makeHolder(test.db, await makeCooperative(test.db, '21.71.09.1003'), 'ketua', {
    ...{ name: 'Siti Rahasia', phone: '+6281300000001' },
  })
  const registrationId = await makeRegistration(test.db, officer, 'G3-A', 'confirmed')
  return { ...officer, registrationId, sessionId: session.id }
}

async function makeContact(channel = 'simulator'): Promise<number> {
  const { id } = await test.db.contact.create({ data: { channel, chat: '+6281300000001' } })
  return id
}

/** Runs `work` without a constraint that would keep such data out, and puts it back. */
async function without(drop: string, restore: string, work: () => Promise<unknown>): Promise<void> {
  await test.pool.query(drop)
  try {
    await work()
  } finally {
    await test.empty()
    await test.pool.query(restore)
  }
}

describe('the doctor', () => {
  it('finds nothing wrong where nothing is, and makes nothing', async () => {
    await makeSeat()
    const found = await doctor()
    expect(found.status).toBe(0)
    expect(found.stderr).toBe('')
    expect(found.lines.filter((line) => line.startsWith('ok'))).toHaveLength(found.lines.length - 2)
    expect(found.of('service')).toMatch(/^note none runs/)
    expect(found.of('channels')).toMatch(/^note no messenger/)
    // Neither BullMQ's tables nor anything else is made.
    const { rows } = await test.pool.query(
      `SELECT count(*)::int AS n FROM pg_namespace WHERE nspname = 'bullmq'`,
    )
    expect(rows).toEqual([{ n: 0 }])
  })

  it('names nobody and no number', async () => {
    const { registrationId } = await makeSeat(-48 * hour)
    await test.db.training.update({ where: { code: 'G3-A' }, data: { taken: 5 } })
    await test.db.outgoingMessage.create({
      data: {
        ...{ contactId: await makeContact(), channel: 'simulator', kind: 'reply', content: { parts: [] } },
        dueAt: later(now, -hour),
      },
    })
    const { number } = await test.db.registration.findUniqueOrThrow({ where: { id: registrationId } })
    const found = await doctor()
    expect(found.stderr).toBe('bimtek: 3 checks found something wrong\n')
    const text = found.lines.join('\n')
    for (const secret of ['Rahasia', '8130', number]) expect(text).not.toContain(secret)
  })

  it('sees whether a service runs', async () => {
    const listener = await listen(test.url, createLog('silent'))
    expect((await doctor()).of('service')).toBe('ok 1 process runs')
    await listener.close()
  })
})

describe('the doctor finds', () => {
  it('a setting that is wrong', async () => {
    const found = await doctor({ COVERAGE: 'organisation:lurah;business:manajer' })
    expect(found.of('settings')).toContain('WRONG COVERAGE: there is no office "lurah"')
    expect(found).toMatchObject({ status: 1, lines: { length: 2 } })
  })

  it('every setting that is wrong, and says what it could not look at', async () => {
    const found = await doctor({ PORT: '99999', RETENTION_DAYS: '0', LOG_LEVEL: 'loud' })
    expect(found.lines.map((line) => line.replace(/( must|\. To mend).*/, ''))).toEqual([
      'WRONG settings: PORT:',
      'WRONG settings: RETENTION_DAYS:',
      'WRONG settings: LOG_LEVEL:',
      'note  not checked: database, migrations, queue, service, data, channels',
    ])
    expect(found).toMatchObject({ status: 1, stderr: 'bimtek: 3 checks found something wrong\n' })
  })

  it('a database that does not answer', async () => {
    const url = new URL(test.url)
    url.pathname = '/not-there'
    const found = await doctor({ DATABASE_URL: url.href })
    expect(found.of('database')).toContain('WRONG DATABASE_URL: cannot use the database not-there')
    expect(found.of('not checked')).toContain('migrations, queue, service, data')
    expect(found.status).toBe(1)
  })

  it('that there is no database yet, and makes none', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bimtek-doctor-'))
    const found = await doctor({ DATABASE_URL: '', DATA_DIR: folder })
    expect(found.of('database')).toContain('WRONG there is none yet')
    expect(readdirSync(folder)).toEqual([])
    rmSync(folder, { recursive: true })
  })

  it('a migration that is missing, and does not apply it', async () => {
    const last = `(SELECT max(migration_name) FROM _prisma_migrations)`
    const { rows } = await test.pool.query(
      `UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name = ${last} RETURNING migration_name AS name`,
    )
    const found = await findsOnly('migrations', `not applied: ${rows[0].name}`)
    expect(found.of('counters')).toBe('')
    expect(found.of('not checked')).toContain('service, data')
    await test.pool.query('UPDATE _prisma_migrations SET rolled_back_at = NULL')
  })

  it('a migration that broke off, and one of a newer version', async () => {
    await test.pool.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, applied_steps_count) VALUES ('x', 'x', '2999_newer', 0)`,
    )
    await findsOnly('migrations', 'broken off: 2999_newer')
    await test.pool.query(`UPDATE _prisma_migrations SET finished_at = now() WHERE id = 'x'`)
    await findsOnly('migrations', 'this database belongs to a newer version (2999_newer)')
    await test.pool.query(`DELETE FROM _prisma_migrations WHERE id = 'x'`)
  })

  it('a queue that does not answer', async () => {
    const found = await doctor({ REDIS_URL: 'redis://127.0.0.1:1' })
    expect(found.of('queue')).toContain('WRONG REDIS_URL: cannot use Redis at 127.0.0.1:1')
    expect(found.status).toBe(1)
  })

  it('counters that differ from the rows', async () => {
    await makeSeat()
    await test.db.training.update({ where: { code: 'G3-A' }, data: { taken: 2, offered: 1 } })
    const found = await findsOnly('counters', 'the seats counted differ from the registrations in G3-A')
    const mend = /run in psql: (UPDATE .*)$/.exec(found.of('counters'))?.[1] ?? ''
    await test.pool.query(mend)
    expect((await doctor()).status).toBe(0)
  })

  it('a class with more seats taken than it has', async () => {
    await without(
      'ALTER TABLE training DROP CONSTRAINT training_seats',
      'ALTER TABLE training ADD CONSTRAINT training_seats CHECK (taken >= 0 AND offered >= 0 AND taken + offered <= capacity)',
      async () => {
        const first = await makeSeat()
        const second = await makeHolder(test.db, first.cooperativeId, 'sekretaris')
        await makeRegistration(test.db, second, 'G3-A', 'completed')
        await test.db.training.update({ where: { code: 'G3-A' }, data: { capacity: 1 } })
        await findsOnly('capacity', 'more seats are taken and offered than there are in G3-A')
      },
    )
  })

  it('somebody with two places in a track', async () => {
    await without(
      'DROP INDEX registration_active',
      `CREATE UNIQUE INDEX registration_active ON registration (person_id, track) WHERE state IN ('pending', 'waitlisted', 'offered', 'confirmed')`,
      async () => {
        const seat = await makeSeat()
        await makeRegistration(test.db, seat, 'G3-A', 'pending')
        await findsOnly('doubles', '1 person with two places in a track')
      },
    )
  })

  it('who waits without a place of their own', async () => {
    await without(
      'DROP INDEX registration_training_code_waiting_number_key',
      'CREATE UNIQUE INDEX registration_training_code_waiting_number_key ON registration (training_code, waiting_number)',
      async () => {
        const seat = await makeSeat()
        for (const title of ['sekretaris', 'bendahara'] as const) {
          const officer = await makeHolder(test.db, seat.cooperativeId, title)
          await makeRegistration(test.db, officer, 'G3-A', 'waitlisted')
        }
        expect((await doctor()).of('waiting list')).toMatch(/^ok/)
        await test.db.registration.updateMany({ where: { state: 'waitlisted' }, data: { waitingNumber: 1 } })
        await findsOnly('waiting list', '2 persons waiting without a place of their own')
      },
    )
  })

  it('an offer past its end', async () => {
    const { registrationId } = await makeSeat()
    const offer = (offeredUntil: Date) =>
      test.db.registration.update({
        where: { id: registrationId },
        data: { state: 'offered', waitingNumber: 1, offeredUntil },
      })
    await test.db.training.update({ where: { code: 'G3-A' }, data: { taken: 0, offered: 1 } })
    await offer(later(now, -minute))
    expect((await doctor()).status).toBe(0)
    await offer(later(now, -11 * minute))
    await findsOnly('offers', '1 offered seat past the end')
  })

  it('a class that is over without an outcome', async () => {
    const { sessionId, registrationId } = await makeSeat(-12 * hour)
    expect((await doctor()).status).toBe(0)
    await test.db.session.update({
      where: { id: sessionId },
      data: { starts: later(now, -30 * hour), ends: later(now, -26 * hour) },
    })
    await findsOnly('outcomes', 'G3-A ended more than a day ago')
    await test.db.registration.update({ where: { id: registrationId }, data: { state: 'absent' } })
    expect((await doctor()).status).toBe(0)
  })

  it('a class with registrations and no date, which is no fault', async () => {
    const { sessionId } = await makeSeat()
    await test.db.session.update({ where: { id: sessionId }, data: { cancelledAt: now } })
    const found = await doctor()
    expect(found.of('dates')).toMatch(/^note people are registered in G3-A/)
    // An import of the same id leaves it cancelled.
    expect(found.of('dates')).toContain('session move CODE/ID --to')
    expect(found.status).toBe(0)
    await test.db.session.deleteMany()
    expect((await doctor()).of('dates')).toContain('give it a session (import programme)')
  })

  it('messages that are stuck or uncertain, and none that only just became due', async () => {
    const contactId = await makeContact()
    const { id } = await test.db.outgoingMessage.create({
      data: {
        ...{ contactId, channel: 'simulator', kind: 'notice', content: { parts: [] } },
        dueAt: later(now, -minute),
      },
    })
    const change = (data: object) => test.db.outgoingMessage.update({ where: { id }, data })
    expect((await doctor()).status).toBe(0)
    await change({ dueAt: later(now, -11 * minute) })
    await findsOnly('outgoing', '1 message due for over 10 minutes and not sent')
    await change({ expiresAt: later(now, -minute) })
    expect((await doctor()).status).toBe(0)
    await change({ state: 'sending', owner: '1', leaseUntil: later(now, -11 * minute), expiresAt: null })
    await findsOnly('outgoing', '1 message due for over 10 minutes and not sent')
    await change({ state: 'uncertain', owner: null, leaseUntil: null })
    await findsOnly('uncertain', '1 message of the last 7 days may or may not have gone out')
    expect((await doctor()).of('uncertain')).toContain(`conversation ${contactId} (conversation show ID`)
    const broadcast = await test.db.broadcast.create({
      data: { ...{ text: 'Halo', audience: 'all', dueAt: now, createdBy: 'command:test', createdAt: now } },
    })
    // Nobody's last message: it was sent once more.
    await change({ kind: 'broadcast', broadcastId: broadcast.id })
    expect((await doctor()).status).toBe(0)
    const person = await test.db.person.create({ data: { name: 'Siti Aminah' } })
    await test.db.broadcastRecipient.create({
      data: { broadcastId: broadcast.id, personId: person.id, contactId, outgoingId: id },
    })
    expect((await doctor()).of('uncertain')).toContain(`broadcast ${broadcast.id} (broadcast report ID`)
    await change({ dueAt: later(now, -8 * 24 * hour) })
    expect((await doctor()).status).toBe(0)
  })

  it('messages that wait for a channel that is not set up; the terminal’s wait for its next chat', async () => {
    for (const channel of ['telegram', 'terminal'])
      await test.db.outgoingMessage.create({
        data: {
          ...{ contactId: await makeContact(channel), channel, kind: 'notice', content: { parts: [] } },
          dueAt: later(now, -hour),
        },
      })
    await findsOnly('other channels', '1 message waiting for a channel that is not set up')
  })

  it('messages that are not answered', async () => {
    const contactId = await makeContact()
    const { id } = await test.db.incomingMessage.create({
      data: {
        ...{
          contactId,
          channel: 'simulator',
          chat: 'x',
          externalId: '1',
          content: { kind: 'text', text: 'x' },
        },
        receivedAt: later(now, -minute),
      },
    })
    const change = (data: object) => test.db.incomingMessage.update({ where: { id }, data })
    expect((await doctor()).status).toBe(0)
    await change({ receivedAt: later(now, -11 * minute) })
    await findsOnly('incoming', '1 message not answered for over 10 minutes')
    await change({ state: 'failed' })
    await findsOnly('incoming', '1 message of the last 7 days whose answer failed for good')
    await change({ state: 'answered', answeredAt: now })
    expect((await doctor()).status).toBe(0)
  })

  it('reminders that are overdue', async () => {
    const { registrationId, sessionId } = await makeSeat()
    const { id } = await test.db.reminder.create({
      data: { registrationId, sessionId, offset: 'P1D', dueAt: later(now, -11 * minute) },
    })
    await findsOnly('reminders', '1 reminder overdue')
    await test.db.reminder.update({ where: { id }, data: { state: 'fired' } })
    expect((await doctor()).status).toBe(0)
  })

  it('tables that are not as the migrations make them', async () => {
    await test.pool.query('ALTER TABLE reminder RENAME TO reminders')
    await findsOnly('data', 'cannot be read')
    await test.pool.query('ALTER TABLE reminders RENAME TO reminder')
  })
})

describe('the doctor asks Telegram', () => {
  let api: BotApi
  beforeAll(async () => {
    api = await startBotApi({ token: '4242:test-AAbbCCddEEff_1234' })
  })
  afterEach(() => test.empty())
  afterAll(() => api.close())
  const telegram = (token: string) => ({ TELEGRAM_TOKEN: token, TELEGRAM_API_ROOT: api.root })

  it('whether it knows the bot', async () => {
    const found = await doctor(telegram(api.token))
    expect(found.of('channels')).toBe('ok Telegram knows this bot, which receives by polling')
    expect(api.calls.map(({ method }) => method)).toEqual(['getMe', 'getWebhookInfo'])
  })

  it('and finds a wrong token, without printing it', async () => {
    const wrong = '9999:wrong-AAbbCCddEEff_1234'
    const found = await findsOnly('channels', 'Telegram does not know the token', telegram(wrong))
    expect(found.lines.join('\n')).not.toContain('wrong-AAbb')
  })

  it('and gives up soon when nobody answers', async () => {
    api.faults.next('getMe', 'hang')
    const began = Date.now()
    await findsOnly('channels', 'Telegram does not answer', telegram(api.token))
    expect(Date.now() - began).toBeLessThan(20_000)
  })

  it('whose channel has its own messages, not the simulator’s', async () => {
    for (const channel of ['telegram', 'simulator'])
      await test.db.outgoingMessage.create({
        data: {
          ...{ contactId: await makeContact(channel), channel, kind: 'notice', content: { parts: [] } },
          dueAt: later(now, -hour),
        },
      })
    await findsOnly('outgoing', '1 message due', telegram(api.token))
  })
})
