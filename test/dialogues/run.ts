import { readFileSync } from 'node:fs'
import { pino } from 'pino'
import type { IncomingContent } from '../../src/channels/channel.ts'
import { toPlain } from '../../src/channels/rich-text.ts'
import { createInbox, type Inbox } from '../../src/conversation/inbox.ts'
import { type Database, transaction } from '../../src/database/client.ts'
import type { OutgoingContent } from '../../src/delivery/content.ts'
import { render } from '../../src/delivery/send.ts'
import { endOverduePending } from '../../src/registration/pending.ts'
import { sweepOffers, trainingsToSweep } from '../../src/registration/waiting-list.ts'
import { tellOpened } from '../../src/registration/wave-interest.ts'
import { fireReminder, overdueReminders } from '../../src/reminders/fire.ts'
import { loadTexts } from '../../src/texts.ts'
import type { Classifier } from '../../src/understanding/classify.ts'
import { officers, programme } from './programme.ts'

const texts = loadTexts()
const rules = { reminderOffsets: ['P1D'], quietHours: { from: 21 * 60, until: 6 * 60 } }

/**
 * Plays a transcript against the real inbox, dialogue and domain, and fails at the first line that does not hold.
 *
 *     # a remark
 *     @jam 2026-11-26T09:00      what time it is (WIB); what is due then happens
 *     @siapa sari                who writes from now on (see programme.ts); what they were told meanwhile is heard
 *     > mau daftar               what they write
 *     > [Ya]                     the newest choice of that label, which they press
 *     > (suara)                  a voice note
 *     > (kontak sendiri)         the contact card of their own number, or of another: (kontak +62…)
 *     < Sudah benar?             words that the bot says next, in this order
 *     ! REG-                     words that it does not say
 */
export async function play(file: string, db: Database, classifier: Classifier): Promise<void> {
  await programme(db)
  const scene = new Scene(db, classifier)
  for (const [index, line] of readFileSync(file, 'utf8').split('\n').entries())
    try {
      await scene.line(line)
    } catch (error) {
      throw new Error(
        `${file}:${index + 1}: ${(error as Error).message}\n  ${line}\nheard:\n${scene.heard()}`,
      )
    }
  await scene.end()
}

class Scene {
  private now = new Date('2026-11-25T09:00+07:00')
  private who = 'sari'
  private messages = 0
  /** Ids of the messages that somebody has heard. */
  private readonly told = new Set<number>()
  private said: string[] = []
  private position = 0
  private readonly db: Database
  private readonly inbox: Inbox

  constructor(db: Database, classifier: Classifier) {
    this.db = db
    this.inbox = createInbox({
      ...{ db, clock: { now: () => this.now }, log: pino({ level: 'silent' }), texts, classifier, rules },
      sendTo: async () => {},
      addReminderJobs: async () => {},
      phoneOfChat: async (_, chat) => (officers[chat]?.unproven ? undefined : officers[chat]?.phone),
    })
  }

  heard(): string {
    return this.said.join('\n--\n')
  }

  async line(line: string): Promise<void> {
    const [, mark, rest = ''] = /^([@><!])\s*(.*)$/.exec(line) ?? []
    if (mark === '@') await this.direct(rest)
    if (mark === '>') await this.write(rest)
    if (mark === '<') this.expect(rest)
    if (mark === '!' && this.said.some((text) => text.includes(rest))) throw new Error('the bot says that')
  }

  async end(): Promise<void> {
    await this.inbox.stop()
    const unanswered = await this.db.incomingMessage.count({ where: { state: { not: 'answered' } } })
    if (unanswered > 0) throw new Error(`${unanswered} messages without an answer`)
  }

  private async direct(text: string): Promise<void> {
    const [what, value = ''] = text.split(/\s+/)
    if (what === 'siapa' && officers[value]) this.who = value
    else if (what === 'jam') await this.passTo(new Date(`${value}:00+07:00`))
    else throw new Error('no such direction')
    await this.hear()
  }

  private async passTo(instant: Date): Promise<void> {
    this.now = instant
    const { db, now } = this
    for (const code of await trainingsToSweep(db, now))
      await transaction(db, (tx) => sweepOffers(tx, code, rules, now))
    await transaction(db, (tx) => tellOpened(tx, rules.quietHours, now))
    await transaction(db, (tx) => endOverduePending(tx, rules.quietHours, now))
    for (const id of await overdueReminders(db, now)) await transaction(db, (tx) => fireReminder(tx, id, now))
  }

  private async write(text: string): Promise<void> {
    const content = await this.contentOf(text)
    const { contactId } = await this.inbox.receive({
      ...{ channel: 'telegram', chat: this.who, content },
      externalId: String(++this.messages),
    })
    await this.inbox.answer(contactId)
    await this.hear()
  }

  private async contentOf(text: string): Promise<IncomingContent> {
    if (text === '(suara)') return { kind: 'voice' }
    const [, phone] = /^\(kontak (sendiri|\+\d+)\)$/.exec(text) ?? []
    if (phone)
      return phone === 'sendiri'
        ? { kind: 'contact', phone: officers[this.who]?.phone ?? '', own: true }
        : { kind: 'contact', phone, own: false }
    const [, label] = /^\[(.+)\]$/.exec(text) ?? []
    if (!label) return { kind: 'text', text }
    const choices = (await this.shown()).flatMap((message) => message.choices)
    const choice = choices.findLast((each) => each.label === label)
    if (!choice) throw new Error(`there is no choice ${text}`)
    return { kind: 'button', data: choice.data }
  }

  private expect(words: string): void {
    const at = this.said.join('\n').indexOf(words, this.position)
    if (at < 0) throw new Error('the bot does not say that')
    this.position = at + words.length
  }

  private async hear(): Promise<void> {
    const all = await this.shown()
    this.said = all
      .filter(({ id }) => !this.told.has(id))
      .map(({ text, choices }) => [toPlain(text), ...choices.map(({ label }) => `[${label}]`)].join('\n'))
    for (const { id } of all) this.told.add(id)
    this.position = 0
  }

  /** All that was sent to this person, in words; what is due to anybody goes out first. */
  private async shown() {
    await this.db.outgoingMessage.updateMany({
      where: { dueAt: { lte: this.now }, state: 'queued' },
      data: { state: 'sent', sentAt: this.now },
    })
    const rows = await this.db.outgoingMessage.findMany({
      where: { contact: { chat: this.who }, state: 'sent' },
      orderBy: { id: 'asc' },
    })
    return rows.map((row) =>
      render(texts, { ...row, content: row.content as OutgoingContent, chat: this.who, locale: 'id' }),
    )
  }
}
