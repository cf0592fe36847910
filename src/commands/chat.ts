import { randomUUID } from 'node:crypto'
import { appendFileSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { styleText } from 'node:util'
import { z } from 'zod'
import { type Service, StartError, startService } from '../app.ts'
import type { IncomingContent, OutgoingMessage } from '../channels/channel.ts'
import { toPlain } from '../channels/rich-text.ts'
import { terminalChannel } from '../channels/terminal.ts'
import { readConfig } from '../config.ts'
import { readState } from '../conversation/state.ts'
import { createLog } from '../log.ts'
import { parsePhone } from '../phone.ts'
import { firstSampleOfficer } from '../sample/choose.ts'
import { boldMark } from '../texts.ts'
import { parseInstant, settableClock } from '../time.ts'
import { UsageError } from './usage.ts'

export type ChatOptions = { as?: string; json?: boolean; record?: string }

/** What a line of `chat --json` may be besides plain text. */
const jsonLine = z.union([
  z.strictObject({ text: z.string(), quote: z.number().int().min(1).optional() }),
  z.strictObject({ press: z.number().int().min(1) }),
  z.strictObject({ contact: z.string(), own: z.boolean().optional() }),
  z.strictObject({ kind: z.enum(['voice', 'picture', 'sticker']) }),
  z.strictObject({ clock: z.string() }),
])

type Line = string | z.infer<typeof jsonLine>

/** A conversation in the terminal, through inbox, dialogue and outbox. Ends with the input. */
export async function chatCommand(options: ChatOptions): Promise<void> {
  const config = readConfig()
  const log = createLog(config.logLevel === 'info' ? 'warn' : config.logLevel)
  const clock = settableClock()
  const channel = terminalChannel()
  const phone = options.as === undefined ? undefined : parsePhone(options.as)
  if (options.as !== undefined && !phone) throw new UsageError(`--as: "${options.as}" is no phone number.`)
  if (options.record) writeFileSync(options.record, '')
  const service = await startService({ config, log, roles: ['worker'], clock, extraChannel: channel })
  try {
    const officer = phone ? { phone, name: phone } : await firstSampleOfficer(service.database.db)
    if (!officer) throw new StartError('There is no sample data here. Say who you are: --as +62…')
    const chat = new Chat(service, clock, officer.phone, options)
    const events = channel.open(officer.phone, (message) => chat.show(message))
    chat.says = (message) => events.message(message)
    if (!options.json) process.stdout.write(welcome(officer.name))
    await chat.run()
  } finally {
    await service.stop()
  }
  process.exit(0)
}

function welcome(name: string): string {
  return `${styleText('dim', `Anda menulis sebagai ${name}. Keluar dengan Ctrl-D.`)}\n\n`
}

/** One opened terminal: what was shown last, and the replies to the line at hand. */
class Chat {
  says: (message: Parameters<Service['inbox']['receive']>[0]) => Promise<void> = async () => {}
  private replies: OutgoingMessage[] = []
  private lastReplies: OutgoingMessage[] = []
  private choices: OutgoingMessage['choices'] = []
  private choicesOf: number | undefined
  private readonly service: Service
  private readonly clock: ReturnType<typeof settableClock>
  private readonly phone: string
  private readonly options: ChatOptions

  constructor(
    service: Service,
    clock: ReturnType<typeof settableClock>,
    phone: string,
    options: ChatOptions,
  ) {
    this.service = service
    this.clock = clock
    this.phone = phone
    this.options = options
  }

  show(message: OutgoingMessage): void {
    if (message.choices.length > 0) {
      this.choices = message.choices
      this.choicesOf = message.id
    }
    if (message.kind === 'reply') this.replies.push(message)
    else if (this.options.json) print({ push: { kind: message.kind, text: toPlain(message.text) } })
    if (!this.options.json) process.stdout.write(`${forPeople(message)}\n\n`)
    this.record(`< ${toPlain(message.text).replaceAll('\n', '\n  ')}\n`)
  }

  async run(): Promise<void> {
    const lines = createInterface({
      input: process.stdin,
      ...(process.stdin.isTTY && !this.options.json ? { output: process.stdout, prompt: '› ' } : {}),
    })
    // Ctrl-C and a SIGTERM end the conversation as the end of input does, so that all is stopped in order.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => lines.close())
    lines.on('SIGINT', () => lines.close())
    lines.prompt()
    for await (const text of lines) {
      if (text.trim() !== '') await this.line(this.options.json ? readLine(text) : text)
      lines.prompt()
    }
  }

  private async line(line: Line | Error): Promise<void> {
    this.replies = []
    const problem = line instanceof Error ? line.message : await this.act(line)
    if (problem) {
      process.stderr.write(`bimtek: ${problem}\n`)
      if (!this.options.json) return
    }
    this.lastReplies = this.replies
    if (this.options.json) print(await this.answer(line instanceof Error ? null : line, problem))
  }

  /** Does what a line says and waits until it is answered; returns what is wrong with it, if anything. */
  private async act(line: Line): Promise<string | undefined> {
    if (typeof line === 'object' && 'clock' in line) return await this.setClock(line.clock)
    const content = this.contentOf(line)
    if (typeof content === 'string') return content
    this.record(`> ${typeof line === 'string' ? line : JSON.stringify(line)}\n`)
    const quoted =
      typeof line === 'object' && 'quote' in line ? this.lastReplies[(line.quote ?? 1) - 1]?.id : undefined
    const quotes = quoted ?? (content.kind === 'button' ? this.choicesOf : undefined)
    await this.says({
      channel: 'terminal',
      chat: this.phone,
      externalId: randomUUID(),
      content,
      ...(quotes === undefined ? {} : { quotes: String(quotes) }),
    })
    const contact = await this.contact()
    if (contact) await this.service.inbox.answer(contact.id)
    return undefined
  }

  private contentOf(line: Exclude<Line, { clock: string }>): IncomingContent | string {
    if (typeof line === 'string') return { kind: 'text', text: line }
    if ('text' in line) return { kind: 'text', text: line.text }
    if ('kind' in line) return { kind: line.kind }
    if ('contact' in line) {
      const phone = parsePhone(line.contact)
      return phone
        ? { kind: 'contact', phone, own: line.own ?? false }
        : `"${line.contact}" is no phone number`
    }
    if ('press' in line) {
      const choice = this.choices[line.press - 1]
      return choice ? { kind: 'button', data: choice.data } : `there is no choice ${line.press}`
    }
    return 'the clock is set by a line of its own'
  }

  private async setClock(iso: string): Promise<string | undefined> {
    const instant = parseInstant(iso)
    if (!instant) return `clock: "${iso}" is no ISO 8601 instant`
    if (!this.service.database.embedded?.started)
      return 'clock: only on a database that this command has started'
    this.clock.set(instant)
    await this.service.sweep()
    await this.service.delivery.idle()
    return undefined
  }

  private contact() {
    const key = { channel: 'terminal', chat: this.phone }
    return this.service.database.db.contact.findUnique({
      where: { channel_chat: key },
      include: { conversation: true },
    })
  }

  private async answer(line: Line | null, problem: string | undefined) {
    const contact = await this.contact()
    const isMessage = problem === undefined && !(line !== null && typeof line === 'object' && 'clock' in line)
    const last =
      isMessage && contact
        ? await this.service.database.db.incomingMessage.findFirst({
            where: { contactId: contact.id },
            orderBy: { id: 'desc' },
          })
        : null
    return {
      in: line,
      replies: this.replies.map((message) => ({
        text: toPlain(message.text),
        choices: message.choices.map(({ label }) => label),
        location: message.location ?? null,
        document: message.document ? { name: message.document.name, type: message.document.type } : null,
      })),
      intent: last?.intent ?? null,
      form: readState(contact?.conversation?.state).form?.name ?? null,
      ...(problem ? { problem } : {}),
    }
  }

  private record(text: string): void {
    if (this.options.record) appendFileSync(this.options.record, text)
  }
}

function readLine(text: string): Line | Error {
  if (!text.trimStart().startsWith('{')) return text
  try {
    return jsonLine.parse(JSON.parse(text))
  } catch {
    return new Error(`not a line that chat --json knows: ${text.slice(0, 200)}`)
  }
}

function print(object: object): void {
  process.stdout.write(`${JSON.stringify(object)}\n`)
}

/** A message for a person's terminal: bold, and its choices numbered. */
function forPeople(message: OutgoingMessage): string {
  const colour = process.stdout.isTTY
  const text = message.text
    .split(boldMark)
    .map((piece, index) => (index % 2 === 1 && colour ? styleText('bold', piece) : piece))
    .join('')
  const choices = message.choices.map(({ label }, index) => `  ${index + 1}) ${label}`)
  const { location, document } = message
  const place = location
    ? [`📍 ${location.name}, ${location.address} (${location.lat}, ${location.lon})`]
    : []
  const body = [text, ...place, ...(document ? [`📎 ${document.name}`] : []), ...choices].join('\n')
  return body
    .split('\n')
    .map((row) => `${colour ? styleText('green', '│') : '|'} ${row}`)
    .join('\n')
}
