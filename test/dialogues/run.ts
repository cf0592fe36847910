import { readFileSync } from 'node:fs'
import { pino } from 'pino'
import { beginBroadcast, broadcastsToFeed, feed } from '../../src/broadcasts/run.ts'
import type { IncomingContent } from '../../src/channels/channel.ts'
import { toPlain } from '../../src/channels/rich-text.ts'
import { defaultCoverage, parseCoverage } from '../../src/config/coverage.ts'
import { createInbox, type Inbox } from '../../src/conversation/inbox.ts'
import { type Database, transaction } from '../../src/database/client.ts'
import type { OutgoingContent } from '../../src/delivery/content.ts'
import { render } from '../../src/delivery/send.ts'
import { approveRequest, refuseRequest, waitingRequests } from '../../src/people/profile-requests.ts'
import { decideWaiting, listWaiting } from '../../src/planning/approve.ts'
import { applyCancellation, planCancellation } from '../../src/planning/cancel-session.ts'
import { applyMove, planMove } from '../../src/planning/move-session.ts'
import { register } from '../../src/registration/register.ts'
import { fireReminder, overdueReminders } from '../../src/reminders/fire.ts'
import { registrationSweeps } from '../../src/sweeps.ts'
import { loadTexts } from '../../src/texts.ts'
import { hour, later } from '../../src/time.ts'
import type { Classifier } from '../../src/understanding/classify.ts'
import { officers, programme, staff } from './programme.ts'

const texts = loadTexts()
const rules = { reminderOffsets: ['P1D'], quietHours: { from: 21 * 60, until: 6 * 60 } }

/**
 * Plays a transcript against the real inbox, dialogue and domain, and fails at the first line that does not hold.
 *
 *     # a remark
 *     @jam 2026-11-26T09:00      what time it is (WIB); what is due then happens
 *     @jam-saja 2026-11-26T09:00 the same, but nothing happens by itself before somebody writes
 *     @siapa sari                who writes, of the officers or of staff, from now on (see programme.ts); what they were told meanwhile is heard
 *     @kode G3-A/1 7KQ2         the attendance code of a session
 *     @sesi G3-A/2 2026-12-11T08:00   another session of a class, of four hours
 *     @daftarkan mat G3-A        staff register somebody, from a letter
 *     @ubah setuju               staff agree to all that is asked for in profiles; or: @ubah tolak
 *     @setujui                   staff agree to what has come last of all that waits (approve yes); @tolak says no
 *     @pindah G3-A/1 2026-12-11T08:00 Ombak tinggi.   staff move a session, with their reason if they give one
 *     @batal G3-A/1 Cuaca buruk. staff cancel it
 *     > mau daftar               what they write
 *     > [Ya]                     the newest choice of that label, which they press
 *     > ^Sari Dewi^ besok ya     a text in reply to the newest message that holds the words between the marks
 *     > (suara)                  a voice note
 *     > (berkas undangan.pdf)    a file, perhaps with a caption behind it; what is a PDF by its name is one
 *     > (nomor)                  the messenger's proof of their number
 *     @tercatat-hadir sari G3-A  staff have noted that they were there, at all sessions
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
      greetingWaits: 0,
      ...{ db, clock: { now: () => this.now }, log: pino({ level: 'silent' }), texts, classifier, rules },
      sendTo: async () => {},
      addReminderJobs: async () => {},
      fetchMedia: () => async (name) => Buffer.from(name.endsWith('.pdf') ? '%PDF-1.7' : name),
      phoneOfChat: async (_, chat) =>
        staff[chat]?.phone ?? (officers[chat]?.unproven ? undefined : officers[chat]?.phone),
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
    const [what, value = '', ...more] = text.split(/\s+/)
    const [next = ''] = more
    if (what === 'siapa' && (officers[value] ?? staff[value])) this.who = value
    else if (what === 'tercatat-hadir') await this.attend(...text.split(/\s+/).slice(1))
    else if (what === 'ubah') await this.decideWishes(value === 'setuju')
    else if (what === 'setujui' || what === 'tolak') await this.decide(what === 'setujui')
    else if (what === 'jam') await this.passTo(new Date(`${value}:00+07:00`))
    else if (what === 'jam-saja') this.now = new Date(`${value}:00+07:00`)
    else if (what === 'kode') await this.giveCode(value, next)
    else if (what === 'daftarkan') await this.register(value, next)
    else if (what === 'sesi') await this.addSession(value, new Date(`${next}:00+07:00`))
    else if (what === 'pindah') await this.move(value, more)
    else if (what === 'batal') await this.cancel(value, more)
    else throw new Error('no such direction')
    await this.hear()
  }

  private async register(who: string, code: string): Promise<void> {
    const { name } = officers[who] ?? {}
    const position = await this.db.position.findFirstOrThrow({
      where: { person: { name: name ?? '' } },
      include: { cooperative: true },
    })
    const officer = { personId: position.personId, position }
    const { now } = this
    const done = await transaction(this.db, (tx) => register(tx, officer, code, rules, now))
    if ('refused' in done) throw new Error(done.refused)
  }

  private async giveCode(session: string, code: string): Promise<void> {
    const [trainingCode = '', key = ''] = session.split('/')
    await this.db.session.update({ where: { trainingCode_key: { trainingCode, key } }, data: { code } })
  }

  private async addSession(session: string, starts: Date): Promise<void> {
    const [trainingCode = '', key = ''] = session.split('/')
    const ends = later(starts, 4 * hour)
    await this.db.session.create({ data: { trainingCode, key, title: `Materi ${key}`, starts, ends } })
  }

  private async attend(who = '', code = ''): Promise<void> {
    const name = officers[who]?.name ?? ''
    const registration = await this.db.registration.findFirstOrThrow({
      where: { trainingCode: code, person: { name }, state: { in: ['confirmed', 'absent'] } },
      include: { training: { include: { sessions: true } } },
    })
    await this.db.registration.update({ where: { id: registration.id }, data: { state: 'completed' } })
    await this.db.attendance.createMany({
      data: registration.training.sessions.map(({ id }) => ({
        ...{ registrationId: registration.id, sessionId: id },
        ...{ at: this.now, source: 'staff' as const },
      })),
    })
  }

  /** Staff decide all wishes to have data changed. */
  private async decideWishes(agree: boolean): Promise<void> {
    for (const { id } of await waitingRequests(this.db))
      await transaction(this.db, (tx) =>
        (agree ? approveRequest : refuseRequest)(tx, id, this.now, rules.quietHours),
      )
  }

  private async passTo(instant: Date): Promise<void> {
    this.now = instant
    const { db, now } = this
    const failed = (error: unknown) => {
      throw error
    }
    for (const sweep of registrationSweeps) await sweep({ db, rules, now, failed })
    for (const id of await overdueReminders(db, now))
      await transaction(db, (tx) => fireReminder(tx, id, rules, now))
    await this.broadcast()
  }

  private async broadcast(): Promise<void> {
    const { db, now } = this
    const quiet = rules.quietHours
    const feeding = { coverage: parseCoverage(defaultCoverage), channels: ['telegram'] }
    for (const { id, state } of await broadcastsToFeed(db, now)) {
      if (state === 'scheduled') await transaction(db, (tx) => beginBroadcast(tx, id, feeding, now))
      await transaction(db, (tx) => feed(tx, id, { now, quiet, window: 100 }))
    }
  }

  private async decide(agree: boolean): Promise<void> {
    await transaction(this.db, async (tx) => {
      const newest = (await listWaiting(tx)).at(-1)
      if (!newest) throw new Error('nothing waits for staff')
      const decision = agree ? { agree } : { agree, reason: 'Nama ini tidak ada dalam SK pengurus.' }
      await decideWaiting(tx, [newest.id], decision, { actor: 'command:test', rules, now: this.now })
    })
  }

  private async move(session: string, [to, ...reason]: string[]): Promise<void> {
    const { db, now } = this
    await transaction(db, async (tx) => {
      const plan = await planMove(tx, session, new Date(`${to}:00+07:00`), now, rules.quietHours)
      if ('refused' in plan) throw new Error(plan.refused)
      await applyMove(tx, plan, { reason: reason.join(' '), actor: 'command:test', now, rules })
    })
  }

  private async cancel(session: string, reason: string[]): Promise<void> {
    const { db, now } = this
    await transaction(db, async (tx) => {
      const plan = await planCancellation(tx, session, now, rules.quietHours)
      if ('refused' in plan) throw new Error(plan.refused)
      await applyCancellation(tx, plan, { reason: reason.join(' '), actor: 'command:test', now, rules })
    })
  }

  private async write(text: string): Promise<void> {
    const [, words, reply] = /^\^([^^]+)\^\s*(.*)$/.exec(text) ?? []
    const content = await this.contentOf(reply ?? text)
    const { contactId } = await this.inbox.receive({
      ...{ channel: 'telegram', chat: this.who, content },
      externalId: String(++this.messages),
      ...(words ? { quotes: await this.messageWith(words) } : {}),
    })
    await this.inbox.answer(contactId)
    await this.hear()
  }

  private async messageWith(words: string): Promise<string> {
    const found = (await this.shown()).findLast((message) => toPlain(message.text).includes(words))
    if (!found) throw new Error(`there is no message with ${words}`)
    return `o${found.id}`
  }

  private async contentOf(text: string): Promise<IncomingContent> {
    if (text === '(suara)') return { kind: 'voice' }
    const [, name, caption] = /^\(berkas ([^)]+)\)\s*(.*)$/.exec(text) ?? []
    if (name) return { kind: 'document', reference: name, name, ...(caption ? { caption } : {}) }
    if (text === '(nomor)') return { kind: 'contact', phone: officers[this.who]?.phone ?? '', own: true }
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
    this.said = []
    for (const { text, choices, file } of all.filter(({ id }) => !this.told.has(id)))
      this.said.push(
        [
          toPlain(text),
          ...(file === undefined ? [] : [await this.attached(file)]),
          ...choices.map(({ label }) => `[${label}]`),
        ].join('\n'),
      )
    for (const { id } of all) this.told.add(id)
    this.position = 0
  }

  /** A text file as it is read: its name, then what stands in it. */
  private async attached(file: number): Promise<string> {
    const { name, content } = await this.db.storedFile.findUniqueOrThrow({ where: { id: file } })
    return `📎 ${name}\n${Buffer.from(content).toString('utf8')}`
  }

  /** All that was sent to this person, in words; what is due to anybody goes out first. */
  private async shown() {
    await this.db.$executeRaw`
      UPDATE outgoing_message SET state = 'sent', sent_at = ${this.now}, external_id = 'o' || id
      WHERE due_at <= ${this.now} AND state = 'queued'`
    const rows = await this.db.outgoingMessage.findMany({
      where: { contact: { chat: this.who }, state: { in: ['sent', 'read'] } },
      orderBy: { id: 'asc' },
      include: { contact: { select: { locale: true } } },
    })
    return rows.map((row) => {
      const content = row.content as OutgoingContent
      const { locale } = row.contact
      return { ...render(texts, { ...row, content, chat: this.who, locale }), file: content.file }
    })
  }
}
