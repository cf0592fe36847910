import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Service } from '../../src/app.ts'
import { transaction } from '../../src/database/client.ts'
import { retain } from '../../src/privacy/retention.ts'
import { hour, later } from '../../src/time.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { eventually } from '../eventually.ts'
import { type Child, run } from '../process.ts'
import { type MadeOfficer, makeOfficers } from '../programme.ts'
import { type BotApi, type Person, startBotApi } from '../telegram/bot-api-server.ts'
import { startOnTelegram, token } from '../telegram/service.ts'
import { makeStaff, staffPhone } from './chat.ts'

let database: TestDatabase
let api: BotApi
let officers: MadeOfficer[]
let service: Service | undefined
let children: Child[]

beforeEach(async () => {
  database = await freshDatabase()
  api = await startBotApi({ token })
  officers = await makeOfficers(database.db, 5)
  await makeStaff(database.db)
  children = []
})

afterEach(async () => {
  await service?.stop()
  service = undefined
  for (const child of children) child.kill('SIGKILL')
  await Promise.all(children.map(({ ended }) => ended))
  await api.close()
  await database.drop()
})

const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(40_000, 'undangan ')])
const downloads = () => api.calls.filter(({ method }) => method === 'getFile').length

/** Somebody whose number is known. */
async function known(id: number, phone: string): Promise<Person> {
  const person = api.user(id)
  person.shares(phone, { own: true })
  await person.hears(() => true)
  return person
}

async function everybody(): Promise<{ staff: Person; reached: Person[] }> {
  const staff = await known(70, staffPhone)
  const reached = await Promise.all(officers.slice(0, 3).map(({ phone }, n) => known(71 + n, phone)))
  return { staff, reached }
}

const withFile = (person: Person) => person.messages.filter(({ document }) => document !== undefined)
const broadcasts = () => database.db.broadcast.findMany({ include: { file: true } })
const done = async () => (await broadcasts())[0]?.state === 'done'

describe('a PDF sent in the chat', () => {
  it('goes with its caption to all whom the preview counts, once, however often "Ya, kirim" is pressed', async () => {
    service = await startOnTelegram(database.url, api)
    const { staff, reached } = await everybody()
    staff.sendsDocument('undangan.pdf', pdf, '/siaran Yth. {nama}, undangan terlampir.')
    expect((await staff.hears(/Untuk siapa/)).text).toContain('undangan.pdf ikut dikirim')
    staff.presses('Semua pengurus')
    const preview = await staff.hears(/Dimaksud/)
    expect(preview.text).toContain('Dimaksud: 5 orang')
    expect(preview.text).toContain('Terjangkau bot: 3 orang dalam 3 pesan (Telegram 3)')
    expect(preview.text).toContain('Lampiran: undangan.pdf')
    expect(await broadcasts()).toEqual([])

    const sends = preview.buttons.find(({ label }) => label === 'Ya, kirim')?.data ?? ''
    for (let press = 0; press < 4; press++) staff.pressesData(preview, sends)
    await staff.hears(/Siaran 1 dikirim ke 3 orang/)
    await staff.hears(/sudah lewat/)
    await eventually(done, 'the broadcast is done')
    for (const [n, person] of reached.entries()) {
      const [message, ...more] = withFile(person)
      expect(more).toEqual([])
      expect(message?.document).toMatchObject({ name: 'undangan.pdf' })
      expect(message?.document?.content.equals(pdf)).toBe(true)
      expect(person.messages.map(({ text }) => text).join('\n')).toContain(`Yth. ${officers[n]?.name}, und`)
    }
    expect(await broadcasts()).toHaveLength(1)
    expect(downloads()).toBe(1)
    expect((await staff.hears(/Siaran 1 selesai/)).text).toContain('Terkirim ke 3 dari 5 orang')

    staff.says('/siaran laporan')
    const report = await staff.hears(/Siaran 1 \(selesai\)/, 20_000)
    expect(report.text).toContain('Dimaksud 5 orang, terjangkau 3')
    expect(report.text).toContain('Terkirim 3')
  })

  it('may come before the text or after it, is replaced by another, and is kept until the broadcast has run', async () => {
    service = await startOnTelegram(database.url, api)
    const { staff } = await everybody()
    staff.says('/siaran')
    await staff.hears(/Apa isi siarannya/)
    staff.sendsDocument('lama.pdf', Buffer.from('%PDF-1.4 lama'))
    await staff.hears(/lama.pdf ikut dikirim/)
    staff.says('Undangan terlampir.')
    await staff.hears(/Untuk siapa/)
    staff.sendsDocument('baru.pdf', pdf)
    await staff.hears(/baru.pdf ikut dikirim/)
    staff.presses('Semua pengurus')
    await staff.hears(/Lampiran: baru.pdf/)
    staff.says('lusa jam 8')
    await staff.hears(/Dikirim: .* pukul 08.00 WIB/)
    staff.presses('Ya, kirim')
    await staff.hears(/dijadwalkan/)
    const tomorrow = later(new Date(), 26 * hour)
    await transaction(database.db, (tx) => retain(tx, 365, tomorrow))
    const files = await database.db.storedFile.findMany()
    expect(files.map(({ name }) => name)).toEqual(['baru.pdf'])
    expect((await broadcasts())[0]?.file?.content).toEqual(Uint8Array.from(pdf))
  })

  it('is refused when it is too large, no PDF, or not to be had; and what was written stays', async () => {
    service = await startOnTelegram(database.url, api)
    const staff = await known(70, staffPhone)
    staff.says('/siaran Halo semua.')
    await staff.hears(/Untuk siapa/)
    staff.sendsDocument('besar.pdf', Buffer.concat([pdf, Buffer.alloc(10 * 1024 * 1024)]))
    await staff.hears(/lebih dari 10 MB/)
    staff.sendsDocument('terlalu-besar.pdf', Buffer.concat([pdf, Buffer.alloc(21 * 1024 * 1024)]))
    await staff.hears(/lebih dari 10 MB/)
    staff.sendsDocument('surat.docx', Buffer.from('PK\u0003\u0004 surat'))
    await staff.hears(/bukan PDF atau gambar/)
    api.faults.next('getFile', { status: 500 })
    staff.sendsDocument('undangan.pdf', pdf)
    await staff.hears(/belum bisa saya ambil/)
    expect(await database.db.incomingMessage.count({ where: { state: { not: 'answered' } } })).toBe(0)
    staff.presses('Semua pengurus')
    expect((await staff.hears(/Dimaksud/)).text).not.toContain('Lampiran')
    expect(staff.messages.some(({ text }) => text === 'Halo semua.')).toBe(true)
  }, 60_000)

  it('of somebody who is no staff is never fetched, and answered as any document', async () => {
    service = await startOnTelegram(database.url, api)
    const answerTo = async (person: Person, caption?: string) => {
      person.sendsDocument('a.pdf', pdf, caption)
      const { text, buttons } = await person.hears(/membaca dokumen/)
      return [text, buttons.map(({ label }) => label)]
    }
    const [one, other] = await Promise.all(officers.map(({ phone }, n) => known(71 + n, phone)))
    if (!one || !other) throw new Error('no officers')
    expect(await answerTo(one, '/siaran Halo semua.')).toEqual(await answerTo(other))
    expect(await answerTo(api.user(80), '/siaran Halo semua.')).toEqual(await answerTo(api.user(81)))
    expect(downloads()).toBe(0)
    expect(await database.db.storedFile.count()).toBe(0)
  })
})

it('is fetched by the process that hosts the webhook, with a worker beside it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bimtek-siaran-'))
  const start = async (role: string): Promise<string> => {
    const child = run('src/main.ts', ['start', '--roles', role], {
      ...{ DATABASE_URL: database.url, TELEGRAM_TOKEN: token, TELEGRAM_API_ROOT: api.root },
      ...{ PUBLIC_URL: 'https://bot.example', DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'error' },
      QUIET_HOURS: 'off',
    })
    children.push(child)
    await child.prints('/readyz')
    return /Web +http:\/\/127\.0\.0\.1:(\d+)/.exec(child.output())?.[1] ?? ''
  }
  try {
    const port = await start('web')
    await start('worker')
    api.leads('bot.example', `http://127.0.0.1:${port}`)
    const { staff, reached } = await everybody()
    staff.says('halo')
    staff.sendsDocument('undangan.pdf', pdf, '/siaran Undangan terlampir.')
    await staff.hears(/undangan.pdf ikut dikirim/)
    staff.presses('Semua pengurus')
    await staff.hears(/Terjangkau bot: 3 orang/)
    staff.says('ya kirim')
    await staff.hears(/Siaran 1 dikirim/)
    await eventually(done, 'the broadcast is done')
    expect(reached.map((person) => withFile(person).length)).toEqual([1, 1, 1])
    expect(downloads()).toBe(1)
    expect(children.map((child) => child.errors())).toEqual(['', ''])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}, 60_000)
