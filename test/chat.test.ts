import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { embeddedServer } from '../src/database/embedded.ts'
import { eventually } from './eventually.ts'
import { type Child, run } from './process.ts'

type Answer = {
  in: unknown
  replies: { text: string; choices: string[]; location: { name: string } | null; document: null }[]
  intent: string | null
  form: string | null
}

/** A conversation with `bimtek chat --json` on a fresh data folder, as the first sample officer. */
class Conversation {
  readonly child: Child
  private seen = 0

  constructor(dataDir: string, environment: Record<string, string> = {}, args: string[] = []) {
    this.child = run('src/main.ts', ['chat', '--json', ...args], { DATA_DIR: dataDir, ...environment })
  }

  async say(line: string | object): Promise<Answer> {
    this.child.write(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`)
    const wanted = this.seen + 1
    await eventually(() => this.answers().length >= wanted, `an answer to ${JSON.stringify(line)}`)
    this.seen = wanted
    const answer = this.answers()[wanted - 1]
    if (!answer) throw new Error(this.child.output())
    return answer
  }

  answers(): Answer[] {
    return this.lines().filter((line): line is Answer => 'in' in line)
  }

  pushed(): { kind: string; text: string }[] {
    return this.lines().flatMap((line) =>
      'push' in line ? [line.push as { kind: string; text: string }] : [],
    )
  }

  async end(): Promise<number | string> {
    this.child.end()
    return await this.child.ended
  }

  private lines(): (Answer | { push: unknown })[] {
    return this.child
      .output()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
  }
}

let dataDir: string

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'bimtek-chat-'))
  chmodSync(dataDir, 0o755)
})

afterAll(() => {
  rmSync(realpathSync(dataDir), { recursive: true, force: true })
})

const textOf = (answer: Answer): string => answer.replies.map(({ text }) => text).join('\n\n')

describe('bimtek chat --json on a fresh data folder', () => {
  it('does the main job as a sample officer, and all of it is in PostgreSQL', async () => {
    const chat = new Conversation(dataDir)
    const when = await chat.say('kpn bimtek gel 3 pak?')
    expect(when.intent).toBe('schedule_list')
    expect(textOf(when)).toMatch(/Gelombang 3/)
    expect(textOf(await chat.say('tempatnya dmn'))).toContain('Indobaru')
    const consent = await chat.say('sy mau dftar')
    expect(consent).toMatchObject({ intent: 'register', form: 'identify' })
    expect(textOf(consent)).toContain('setuju?')
    let answer = await chat.say('ya')
    expect(answer.form).toBe('register')
    if (answer.replies.at(-1)?.choices.some((label) => label.includes('·')))
      answer = await chat.say({ press: 1 })
    expect(textOf(answer)).toContain('Sudah benar?')
    const meanwhile = await chat.say('jam brp mulainya?')
    expect(meanwhile.form).toBe('register')
    expect(textOf(meanwhile)).toMatch(/pukul \d\d\.\d\d/)
    expect(meanwhile.replies.at(-1)?.text).toContain('sudah benar?')
    const registered = await chat.say({ press: 1 })
    const [number = ''] = /REG-[2-9A-Z]{5}/.exec(textOf(registered)) ?? []
    expect(number).not.toBe('')
    expect(registered.form).toBeNull()
    const [confirmed, calendar] = registered.replies.slice(-2)
    expect(confirmed?.location?.name).toBeTruthy()
    expect(calendar?.document).toMatchObject({ type: expect.stringContaining('text/calendar') })
    expect(textOf(await chat.say('jadwal saya'))).toContain(number)
    await chat.say('batalkan pendaftaran saya')
    expect(textOf(await chat.say('ya'))).toContain('sudah dibatalkan')
    expect(textOf(await chat.say({ kind: 'voice' }))).toMatch(/suara/)
    expect(await chat.end()).toBe(0)

    const server = await embeddedServer(dataDir)
    const client = new pg.Client({ connectionString: server.url })
    await client.connect()
    const { rows: came } = await client.query(
      `SELECT state, count(*)::int AS n FROM incoming_message GROUP BY state`,
    )
    expect(came).toEqual([{ state: 'answered', n: chat.answers().length }])
    const { rows: went } = await client.query(`SELECT state, text FROM outgoing_message ORDER BY id`)
    expect(went.map(({ text }) => text)).toEqual(
      chat.answers().flatMap(({ replies }) => replies.map(({ text }) => text)),
    )
    expect(new Set(went.map(({ state }) => state))).toEqual(new Set(['sent']))
    const { rows: registration } = await client.query(`SELECT state FROM registration WHERE number = $1`, [
      number,
    ])
    expect(registration).toEqual([{ state: 'cancelled' }])
    await client.end()
    await server.stop()
  })

  it('reminds when its clock comes to it, and not again', async () => {
    const chat = new Conversation(dataDir, { QUIET_HOURS: 'off' })
    await chat.say('daftar')
    let answer = await chat.say('1')
    if (!textOf(answer).includes('REG-')) answer = await chat.say('ya')
    expect(textOf(answer)).toMatch(/REG-/)
    await chat.say('jadwal saya')
    const server = await embeddedServer(dataDir)
    const client = new pg.Client({ connectionString: server.url })
    await client.connect()
    const { rows } = await client.query(
      `SELECT due_at FROM reminder WHERE state = 'planned' ORDER BY due_at LIMIT 1`,
    )
    await client.end()
    const due = rows[0].due_at as Date
    await chat.say({ clock: new Date(due.getTime() - 60_000).toISOString() })
    expect(chat.pushed()).toEqual([])
    await chat.say({ clock: due.toISOString() })
    await chat.say({ clock: new Date(due.getTime() + 60_000).toISOString() })
    expect(chat.pushed().map(({ kind }) => kind)).toEqual(['reminder'])
    expect(await chat.end()).toBe(0)
  })

  it('says what it does not know, and goes on', async () => {
    const chat = new Conversation(dataDir)
    const unknown = await chat.say('{"nonsense": 1}')
    expect(unknown.replies).toEqual([])
    expect(textOf(await chat.say('halo'))).toContain('Halo')
    expect(await chat.end()).toBe(0)
  })

  it('two terminals at once each get their own answers', async () => {
    const siti = new Conversation(dataDir, {}, ['--as', '+6281234567801'])
    const budi = new Conversation(dataDir, {}, ['--as', '+6281234567802'])
    // As often as the same words go to one contact in five minutes.
    for (let n = 0; n < 5; n++)
      for (const answer of await Promise.all([
        siti.say('gelombang 3 kapan?'),
        budi.say('gelombang 4 kapan?'),
      ]))
        expect(answer.replies).toHaveLength(1)
    expect(siti.answers().every((answer) => textOf(answer).includes('Gelombang 3'))).toBe(true)
    expect(budi.answers().every((answer) => textOf(answer).includes('Gelombang 4'))).toBe(true)
    expect(await siti.end()).toBe(0)
    expect(await budi.end()).toBe(0)
  })
})
