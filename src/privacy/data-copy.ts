import type { IncomingContent } from '../channels/channel.ts'
import { toPlain } from '../channels/rich-text.ts'
import type { Tx } from '../database/client.ts'
import type { Contact } from '../database/generated/client.ts'
import type { OutgoingContent } from '../delivery/content.ts'
import { chosenOffsets, inUnits } from '../reminders/settings.ts'
import { type Facts, line, type Part, say, type Texts } from '../texts.ts'
import { hour, inWib, later } from '../time.ts'
import { type Subject, theirsSince, threadsOf } from './subject.ts'

/** How often a copy is made. */
const copyEvery = 24 * hour
/** The newest so many messages of a chat and direction stand in a copy. */
const mostMessages = 10_000

const namePrefix = 'data-'

/** When the copy of the last 24 hours was made; undefined when a new one may be. */
export async function lastCopy(tx: Tx, { personId, contact }: Subject, now: Date): Promise<Date | undefined> {
  const [made] = await tx.$queryRaw<{ at: Date }[]>`
    SELECT f.created_at AS at FROM stored_file f
    WHERE f.created_at > ${later(now, -copyEvery)} AND starts_with(f.name, ${namePrefix})
      AND (f.person_id = ${personId ?? null}::int OR (f.person_id IS NULL AND EXISTS (
        SELECT FROM outgoing_message o
        WHERE o.contact_id = ${contact.id} AND o.content ->> 'file' = f.id::text)))
    ORDER BY f.created_at DESC LIMIT 1`
  return made?.at
}

/**
 * Writes all that is stored of a person, or of a chat of nobody on the roster, as a text file in the language of
 * `locale` (Law 27/2022, Art. 7). Messages of a chat that others share are not in it: they are theirs as well.
 * Returns the id of the stored file.
 */
export async function writeDataCopy(
  tx: Tx,
  subject: Subject,
  texts: Texts,
  locale: string,
  now: Date,
): Promise<number> {
  const parts = [
    say('copy-head', { at: now.toISOString() }),
    ...(subject.personId === undefined ? [say('copy-nobody')] : await personParts(tx, subject.personId)),
  ]
  const threads = await threadsOf(tx, subject)
  const own = await withSince(tx, subject, threads.own)
  const shared = await withSince(tx, subject, threads.shared)
  parts.push(...section('copy-contacts', [...own, ...shared].map(contactPart)))
  if (shared.length > 0) parts.push(say('copy-shared'))
  parts.push(...section('copy-hand-overs', await handOverParts(tx, own)))
  for (const thread of own) parts.push(...(await threadParts(tx, thread, texts, locale)))
  parts.push(say('copy-law'))
  const { id } = await tx.storedFile.create({
    data: {
      ...(subject.personId === undefined ? {} : { personId: subject.personId }),
      name: `${namePrefix}${texts.text(locale, 'copy-file')}-${inWib(now).toFormat('yyyy-MM-dd')}.txt`,
      type: 'text/plain; charset=utf-8',
      content: Buffer.from(`\uFEFF${toPlain(texts.join(locale, parts))}\n`, 'utf8'),
      createdAt: now,
    },
    select: { id: true },
  })
  return id
}

/** A heading with its lines, or with the word that there are none. */
function section(heading: string, lines: Part[]): Part[] {
  return [say(heading), ...(lines.length > 0 ? lines : [line('copy-none')])]
}

async function personParts(tx: Tx, personId: number): Promise<Part[]> {
  const person = await tx.person.findUniqueOrThrow({
    where: { id: personId },
    include: {
      phones: { orderBy: { phone: 'asc' } },
      positions: { include: { cooperative: true }, orderBy: { id: 'asc' } },
      waveInterests: { orderBy: { waveNumber: 'asc' } },
      profileRequests: { orderBy: { id: 'asc' } },
      auditEntries: { orderBy: { id: 'asc' } },
    },
  })
  const { consentedAt, consentRefusedAt } = person
  return [
    ...section('copy-name', [{ free: person.name, tight: true }]),
    ...section(
      'copy-phones',
      person.phones.map(({ phone }) => line('copy-phone', { phone })),
    ),
    ...section(
      'copy-positions',
      person.positions.map(({ title, cooperative, from, until, pending }) =>
        line(pending ? 'copy-position-pending' : until ? 'copy-position-ended' : 'copy-position', {
          title,
          cooperative: cooperative.name,
          from: from.toISOString(),
          until: (until ?? from).toISOString(),
        }),
      ),
    ),
    ...section('copy-consent', [
      ...(consentedAt ? [line('copy-consented', { at: consentedAt.toISOString() })] : []),
      ...(consentRefusedAt ? [line('copy-refused', { at: consentRefusedAt.toISOString() })] : []),
    ]),
    ...(await registrationParts(tx, personId)),
    ...section(
      'copy-interests',
      person.waveInterests.map(({ waveNumber }) => line('copy-interest', { wave: waveNumber })),
    ),
    ...section(
      'copy-requests',
      person.profileRequests.map(({ field, value, state, createdAt }) =>
        line('copy-request', {
          ...{ field, state, at: createdAt.toISOString() },
          value: Object.values(value as object)
            .filter((each) => typeof each === 'string')
            .join(', '),
        }),
      ),
    ),
    ...section(
      'copy-changes',
      person.auditEntries.map(({ at, action }) => line('copy-change', { action, at: at.toISOString() })),
    ),
  ]
}

async function registrationParts(tx: Tx, personId: number): Promise<Part[]> {
  const registrations = await tx.registration.findMany({
    where: { personId },
    include: {
      training: true,
      cooperative: true,
      attendance: { include: { session: true }, orderBy: { at: 'asc' } },
      coming: { include: { session: true }, orderBy: { at: 'asc' } },
      reminders: { where: { state: 'planned' }, include: { session: true }, orderBy: { dueAt: 'asc' } },
    },
    orderBy: { id: 'asc' },
  })
  const asked = await tx.registration.findMany({ where: { requestedById: personId }, orderBy: { id: 'asc' } })
  const facts = (each: (typeof registrations)[number]): Facts => ({
    number: each.number,
    training: each.training.title,
    code: each.trainingCode,
    state: each.state,
    title: each.title,
    cooperative: each.cooperative.name,
    at: each.createdAt.toISOString(),
  })
  return [
    ...section(
      'copy-registrations',
      registrations.flatMap((each) => [
        line('copy-registration', facts(each)),
        ...(each.cancelledAt ? [line('copy-cancelled', { at: each.cancelledAt.toISOString() })] : []),
      ]),
    ),
    ...section(
      'copy-attendance',
      registrations.flatMap(({ attendance, training }) =>
        attendance.map(({ at, source, session }) =>
          line('copy-attended', {
            ...{ source, at: at.toISOString(), code: training.code, session: session.title },
            starts: session.starts.toISOString(),
          }),
        ),
      ),
    ),
    ...section(
      'copy-reminders',
      registrations.flatMap(({ reminders, training }) =>
        reminders.map(({ dueAt, session }) =>
          line('copy-reminder', { due: dueAt.toISOString(), code: training.code, session: session.title }),
        ),
      ),
    ),
    ...section('copy-reminder-setting', await settingParts(tx, personId)),
    ...section(
      'copy-coming',
      registrations.flatMap(({ coming, trainingCode }) =>
        coming.map(({ comes, at, session }) =>
          line('copy-coming-line', {
            ...{ comes: comes ? 'yes' : 'no', at: at.toISOString() },
            ...{ code: trainingCode, session: session.title },
          }),
        ),
      ),
    ),
    ...(asked.length > 0
      ? section(
          'copy-asked',
          asked.map(({ number, trainingCode, state }) =>
            line('copy-asked-line', { number, code: trainingCode, state }),
          ),
        )
      : []),
  ]
}

/** When they want to be reminded, if they have said so. */
async function settingParts(tx: Tx, personId: number): Promise<Part[]> {
  const own = (await chosenOffsets(tx, [personId])).get(personId)
  if (!own) return []
  if (own.length === 0) return [line('copy-reminders-off')]
  return own.map((offset) => line('reminders-offset', inUnits(offset)))
}

/** A chat, and since when what was said in it is the subject's; all of it if that is not given. */
type Thread = { contact: Contact; since: Date | undefined }

async function withSince(tx: Tx, subject: Subject, contacts: Contact[]): Promise<Thread[]> {
  const threads: Thread[] = []
  for (const contact of contacts) threads.push({ contact, since: await theirsSince(tx, subject, contact) })
  return threads
}

function contactPart({ contact, since }: Thread): Part {
  // The channel tells the name with each message.
  const isTheirName = !since || (contact.lastHeardAt !== null && contact.lastHeardAt >= since)
  return line('copy-contact', {
    channel: contact.channel,
    name: (isTheirName && contact.displayName) || '–',
    phone: contact.phone ?? '–',
    stopped: contact.stoppedAt ? 'yes' : 'no',
    since: (since && since > contact.createdAt ? since : contact.createdAt).toISOString(),
  })
}

/** When these chats were handed over to the office, and what became of it. */
async function handOverParts(tx: Tx, threads: Thread[]): Promise<Part[]> {
  const parts: Part[] = []
  for (const { contact, since } of threads) {
    const found = await tx.handOver.findMany({
      where: { contactId: contact.id, ...(since ? { openedAt: { gte: since } } : {}) },
      orderBy: { id: 'asc' },
    })
    for (const { reason, state, openedAt } of found)
      parts.push(line('copy-hand-over', { reason, state, at: openedAt.toISOString() }))
  }
  return parts
}

/** `order` is the incoming message that it is or answers. */
type Said = { at: Date; order: number; part: Part }

async function threadParts(
  tx: Tx,
  { contact, since }: Thread,
  texts: Texts,
  locale: string,
): Promise<Part[]> {
  const newest = { orderBy: { id: 'desc' }, take: mostMessages } as const
  const from = since && { gte: since }
  const incoming = await tx.incomingMessage.findMany({
    where: { contactId: contact.id, ...(from ? { receivedAt: from } : {}) },
    ...newest,
  })
  const told = from && { OR: [{ replyTo: { receivedAt: from } }, { replyToId: null, createdAt: from }] }
  const outgoing = await tx.outgoingMessage.findMany({
    where: { contactId: contact.id, ...told },
    ...newest,
  })
  const all: Said[] = [
    ...incoming.map(({ id, receivedAt, content }) => ({
      ...{ at: receivedAt, order: id },
      part: line('copy-you', {
        at: receivedAt.toISOString(),
        words: wordsOf(content as IncomingContent, texts, locale),
      }),
    })),
    ...outgoing.toReversed().map(({ replyToId, sentAt, dueAt, text, content, state }) => ({
      ...{ at: sentAt ?? dueAt, order: (replyToId ?? 0) + 0.5 },
      part: line('copy-bot', {
        ...{ at: (sentAt ?? dueAt).toISOString(), state },
        words: text ?? toPlain(texts.join(locale, (content as OutgoingContent).parts)),
      }),
    })),
  ]
  all.sort((a, b) => a.at.getTime() - b.at.getTime() || a.order - b.order)
  const cut = incoming.length === mostMessages || outgoing.length === mostMessages
  return [
    say('copy-thread', { channel: contact.channel }),
    ...(all.length > 0 ? all.map(({ part }) => part) : [line('copy-none')]),
    ...(cut ? [line('copy-cut', { count: mostMessages })] : []),
  ]
}

/** An incoming message in words: of a pressed button that it was one, of what is no text its kind. */
function wordsOf(content: IncomingContent, texts: Texts, locale: string): string {
  switch (content.kind) {
    case 'text':
      return content.text
    case 'contact':
      return content.phone
    case 'location':
      return `${content.lat}, ${content.lon}`
    default: {
      const kind = toPlain(texts.text(locale, 'copy-kind', { kind: content.kind }))
      return 'caption' in content && content.caption ? `${kind} ${content.caption}` : kind
    }
  }
}
