import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { announceCommand } from '../../src/commands/announce.ts'
import { changeCommand, listCommand, reportCommand, resendCommand } from '../../src/commands/broadcast.ts'
import { eventually } from '../eventually.ts'
import { makeProgramme } from '../programme.ts'
import { type Office, openOffice } from './office.ts'
import { makeRoster, runCommand } from './roster.ts'

let office: Office
beforeEach(async () => {
  office = await openOffice()
})
afterEach(() => office.close())

const report = async (id = '1') => {
  const { stdout } = await runCommand(office.db, (context) => reportCommand(id, { json: true }, context))
  return JSON.parse(stdout)
}

/** So many persons on Telegram, as their chats show them. */
const people = (count: number) => Array.from({ length: count }, (_, index) => office.api.user(9001 + index))

describe('a broadcast', () => {
  it('reaches everybody with a chat once, by name, and its report says so', async () => {
    const { officers } = await makeRoster(office.db, 30, 12)
    const chats = people(12)
    await office.start()
    const sent = await office.broadcast('Yth. {nama} dari {koperasi}, besok libur.', { wait: true })
    expect(sent).toMatchObject({ status: 0, stderr: '' })
    expect(sent.stdout).toContain(
      '[####################] 12 of 12: sent 12, failed 0, uncertain 0, waiting 0',
    )
    for (const [index, person] of chats.entries())
      expect(person.messages.map(({ text }) => text)).toEqual([
        `Yth. ${officers[index]?.name} dari ${officers[index]?.cooperative}, besok libur.`,
      ])
    expect(await report()).toMatchObject({
      ...{ id: 1, state: 'done', persons: 30, reachable: 12, sent: 12, failed: 0, uncertain: 0, waiting: 0 },
      leftOut: { 'no-contact': 18 },
    })
  })

  it('counts who has blocked the bot, whose chat is gone, and of whom nobody knows; those are sent it once more', async () => {
    await makeRoster(office.db, 5, 5)
    // The chat of the fifth is not there.
    const [first, second, third, fourth] = people(4)
    await office.start()
    if (second) second.blocked = true
    // Every request is cut off after it was done, or refused.
    office.api.faults.next('sendMessage', 'deliver-then-reset', 5)
    await office.broadcast('Halo', { wait: true })
    expect(await report()).toMatchObject({
      ...{ state: 'done', reachable: 5, sent: 0, failed: 2, uncertain: 3, waiting: 0 },
      failedBy: { blocked: 1, 'no-such-chat': 1 },
    })
    if (second) second.blocked = false
    const heard = () => [first, second, third, fourth].map((person) => person?.messages.length)
    expect(heard()).toEqual([1, 0, 1, 1])
    const again = await runCommand(office.db, (context) =>
      resendCommand('1', { uncertain: true, failed: true }, context),
    )
    expect(again.stdout).toBe(
      'Broadcast 1 goes out once more to 3 persons. 2 persons cannot be reached now.\n',
    )
    await eventually(async () => (await report()).state === 'done', 'an end')
    expect(await report()).toMatchObject({ sent: 3, failed: 2, uncertain: 0 })
    expect(heard()).toEqual([2, 0, 2, 2])
  })

  it('takes a PDF along', async () => {
    await makeRoster(office.db, 2, 2)
    const [first] = people(2)
    await office.start()
    const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(1000, 7)])
    const { status } = await office.broadcast('Undangan', {
      wait: true,
      attach: office.file('undangan.pdf', pdf),
    })
    expect(status).toBe(0)
    expect(first?.messages).toMatchObject([{ text: 'Undangan', document: { name: 'undangan.pdf' } }])
    expect(first?.messages[0]?.document?.content.equals(pdf)).toBe(true)
  })

  it('stops at once when it is paused, and goes on to the others', async () => {
    await makeRoster(office.db, 60, 60)
    const chats = people(60)
    await office.start({ TELEGRAM_PER_SECOND: '10' })
    const count = () => chats.filter(({ messages }) => messages.length > 0).length
    expect(await office.broadcast('Halo')).toMatchObject({ status: 0 })
    await eventually(() => count() >= 5, 'some messages')
    const paused = await runCommand(office.db, (context) => changeCommand('pause', '1', context))
    expect(paused.stdout).toContain('Broadcast 1 is paused.')
    await eventually(
      async () => (await office.db.outgoingMessage.count({ where: { state: 'sending' } })) === 0,
    )
    const before = count()
    expect(before).toBeLessThan(60)
    expect((await report()).waiting).toBe(60 - before)
    await runCommand(office.db, (context) => changeCommand('resume', '1', context))
    await eventually(async () => (await report()).state === 'done', 'an end')
    expect(chats.map(({ messages }) => messages.length)).toEqual(chats.map(() => 1))
  })

  it('waits for an officer in the middle of a form, and not for others', async () => {
    await makeRoster(office.db, 2, 2)
    const { code } = await makeProgramme(office.db)
    const [first, second] = people(2)
    await office.start()
    first?.says(`daftar ${code}`)
    await first?.hears(/data/i)
    await office.broadcast('Pengumuman')
    await second?.hears(/Pengumuman/)
    await eventually(
      async () =>
        (await office.db.outgoingMessage.count({
          where: { kind: 'broadcast', state: 'queued', dueAt: { gt: new Date() } },
        })) === 1,
      'a message that waits',
    )
    expect(first?.messages.some(({ text }) => text === 'Pengumuman')).toBe(false)
    expect((await report()).state).toBe('running')
  })
})

describe('before it is sent', () => {
  it('more than 100 persons are asked for', async () => {
    await makeRoster(office.db, 101, 101)
    const no = await office.broadcast('Halo', {}, 'tidak')
    expect(no).toMatchObject({ status: 1, stderr: 'bimtek: not agreed; nothing sent\n' })
    expect(no.stdout).toContain('Send it to 101 persons?')
    expect(await office.db.broadcast.count()).toBe(0)
    expect(await office.broadcast('Halo', {}, 'ya')).toMatchObject({ status: 0 })
    expect(await office.broadcast('Halo', { yes: true })).toMatchObject({ status: 0 })
    await office.db.contact.deleteMany({ where: { chat: '9001' } })
    expect(await office.broadcast('Halo')).toMatchObject({ status: 0 })
    const { stdout } = await runCommand(office.db, (context) => listCommand({ json: true }, context))
    expect(JSON.parse(stdout)).toMatchObject([
      { id: 3, persons: 101 },
      { id: 2 },
      { id: 1, state: 'running' },
    ])
  })

  it.each([
    [{ audience: 'wave=77' }, '--audience: character 1 ("wave=77"): there is no such wave'],
    [{ audience: 'al' }, '--audience: character 1 ("al"): not known; possible: wave='],
    [{ audience: '' }, '--audience EXPR is missing'],
    [{ at: 'besok' }, '--at: "besok" is no date and time'],
    [{ callList: 'x.csv' }, 'must end in .xlsx'],
    [{ attach: 'README.md' }, 'neither a PDF nor a picture'],
    [{ attach: 'nirgends.pdf' }, 'there is no file nirgends.pdf'],
  ])('%j is refused', async (options, why) => {
    await makeRoster(office.db, 1, 1)
    await expect(office.broadcast('Halo', options)).rejects.toThrow(why)
    expect(await office.db.broadcast.count()).toBe(0)
  })

  it('an unknown placeholder is refused', async () => {
    await makeRoster(office.db, 1, 1)
    await expect(office.broadcast('Halo {name}')).rejects.toThrow('"{name}" is no placeholder')
    await expect(office.broadcast('Gelombang {gelombang}')).rejects.toThrow('names one wave')
  })

  it('nobody reachable is said, and nothing started', async () => {
    await makeRoster(office.db, 3, 0)
    const { status, stderr } = await office.broadcast('Halo')
    expect([status, stderr]).toEqual([
      1,
      'bimtek: nobody can be reached (3 persons meant); nothing sent. --call-list F.xlsx writes whom to call\n',
    ])
    expect(await office.db.broadcast.count()).toBe(0)
  })

  it('--wait without a process that sends is refused', async () => {
    await makeRoster(office.db, 2, 2)
    const { status, stderr } = await office.broadcast('Halo', { wait: true })
    expect([status, await office.db.broadcast.count()]).toEqual([1, 0])
    expect(stderr).toContain('no process hosts telegram and is a worker')
  })
})

describe('the announcement of a wave', () => {
  it('goes to who may register, and its button begins the registration', async () => {
    const { wave, code, title } = await makeProgramme(office.db)
    await makeRoster(office.db, 3, 2)
    const [sari, budi] = people(2)
    await office.start()
    const announce = (options: object) =>
      runCommand(office.db, (context) => announceCommand(String(wave), options, context))
    expect(JSON.parse((await announce({ dryRun: true, json: true })).stdout)).toMatchObject({
      ...{ persons: 3, reachable: 2, id: null, audience: `eligible=${wave}` },
    })
    expect(await announce({ wait: true })).toMatchObject({ status: 0 })
    const [message] = sari?.messages ?? []
    expect(message?.text).toContain(title)
    expect(message?.buttons.map(({ label }) => label)).toEqual([`DAFTAR ${code}`])
    for (const person of [sari, budi]) await person?.hears(/Pendaftaran Bimtek/)
    sari?.presses(`DAFTAR ${code}`)
    await sari?.hears(/data/i)
    budi?.says(`DAFTAR ${code}`)
    await budi?.hears(/data/i)
  })
})
