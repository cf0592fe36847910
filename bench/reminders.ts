import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startService } from '../src/app.ts'
import type { Channel, OutgoingMessage } from '../src/channels/channel.ts'
import { readConfig } from '../src/config.ts'
import { transaction } from '../src/database/client.ts'
import { createLog } from '../src/log.ts'
import { register } from '../src/registration/register.ts'
import { later, second } from '../src/time.ts'
import { makeOfficers, makeProgramme } from '../test/programme.ts'

/** With REMINDER_OFFSETS=PT1M a session that begins in 90 s reminds in 30 s. */
const startsIn = 90 * second
const aim = 3 * second

/**
 * How exactly reminders arrive: so many officers (10, or the first argument), each with a session of their own
 * within 10 s of one another, on the real queue of an embedded database. Prints the lateness of each.
 */
export async function run(args: string[]): Promise<void> {
  const count = Number(args[0] ?? 10)
  const dataDir = mkdtempSync(join(tmpdir(), 'bimtek-bench-'))
  const config = readConfig({
    ...process.env,
    DATA_DIR: dataDir,
    REMINDER_OFFSETS: 'PT1M',
    QUIET_HOURS: 'off',
  })
  const arrived = new Map<string, number>()
  const service = await startService({
    ...{ config, log: createLog('warn'), roles: ['worker'] },
    extraChannel: listening((message) => arrived.set(message.chat, Date.now())),
  })
  const { db } = service.database
  const due = new Map<string, Date>()
  for (const [index, officer] of (await makeOfficers(db, count, { consented: true })).entries()) {
    const code = `B-${index}`
    const programme = await makeProgramme(db, {
      code,
      wave: 100,
      startsIn: startsIn + (index * 10 * second) / count,
    })
    await db.contact.create({ data: { channel: 'terminal', chat: officer.phone, phone: officer.phone } })
    const position = await db.position.findFirstOrThrow({
      where: { id: officer.positionId },
      include: { cooperative: true },
    })
    const result = await transaction(db, (tx) =>
      register(tx, { personId: officer.personId, position }, code, config, new Date()),
    )
    if ('refused' in result) throw new Error(result.refused)
    for (const { id, dueAt } of result.reminders)
      await service.queues.add('reminders', `${id}-${dueAt.getTime()}`, { reminderId: id }, dueAt)
    due.set(officer.phone, later(programme.starts, -60 * second))
  }
  process.stdout.write(`${count} reminders are due in about 30 s …\n`)
  while (arrived.size < count) await new Promise((resolve) => setTimeout(resolve, 50))
  const late = [...due].map(([phone, at]) => (arrived.get(phone) ?? 0) - at.getTime()).sort((a, b) => a - b)
  const worst = late.at(-1) ?? 0
  process.stdout.write(
    `lateness in ms: earliest ${late[0]}, median ${late[Math.floor(late.length / 2)]}, worst ${worst}; aim ${aim}: ${worst <= aim ? 'met' : 'missed'}\n`,
  )
  await service.stop()
  await service.database.embedded?.stop()
  rmSync(dataDir, { recursive: true, force: true })
}

function listening(heard: (message: OutgoingMessage) => void): Channel {
  return {
    name: 'terminal',
    start: async () => {},
    send: async (message) => {
      heard(message)
      return { id: String(message.id) }
    },
    state: () => ({ ready: true, detail: '' }),
    stop: async () => {},
  }
}
