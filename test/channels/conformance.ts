import { describe, expect, test } from 'vitest'
import type {
  Channel,
  ChannelEvents,
  ChannelName,
  ChannelState,
  IncomingMessage,
  OutgoingMessage,
  Sent,
} from '../../src/channels/channel.ts'
import { boldMark } from '../../src/texts.ts'
import { eventually } from '../eventually.ts'
import { type Ability, type Bench, Cannot, type Person, type Wrap } from './bench.ts'

/** A channel under test. To add one, write its bench and put it into the list of conformance.test.ts. */
export type Subject = {
  name: ChannelName
  /** What the channel truly cannot do: neither more nor less, or the suite fails. */
  cannot: Ability[]
  /**
   * Faults that are known and not yet mended: the check, and how it fails. Once mended, the suite fails until the
   * entry is taken out.
   */
  knownFaults: Partial<Record<CheckName, RegExp>>
  open(wrap: Wrap): Promise<Bench>
}

/** What a check works with: a bench whose channel is started, and the service behind it. */
type Scene = {
  bench: Bench
  channel: Channel
  siti: Person
  budi: Person
  inbox: Inbox
  /** The state before the start. */
  before: ChannelState
  /** Sends to a person, and fails unless the messenger took it; the id that it got. */
  sends(to: Person, more: Partial<OutgoingMessage>): Promise<string>
  until(wanted: string, check: () => boolean | Promise<boolean>): Promise<void>
  /** Fails with `otherwise` if it does not settle. */
  soon<T>(promise: Promise<T>, otherwise: string): Promise<T>
}

/** In place of the service's inbox: stores each message once, and fails or waits when told to. */
class Inbox {
  /** All that the channel handed on, repeated ones too. */
  readonly handedOn: IncomingMessage[] = []
  readonly stored: IncomingMessage[] = []
  failures = 0
  #toFail = 0
  #hold: { reached: boolean; released: Promise<void>; release: () => void } | undefined
  readonly events: ChannelEvents = {
    message: (message) => this.#store(message),
    reachable: async () => {},
  }

  fails(times: number): void {
    this.#toFail = times
  }

  /** Keeps the next message from being stored until it is released. */
  holdsNext(): { reached: () => boolean; release: () => void } {
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    const hold = { reached: false, released, release }
    this.#hold = hold
    return { reached: () => hold.reached, release }
  }

  /** Lets the channel end, whatever became of a check. */
  letsGo(): void {
    this.#toFail = 0
    this.#hold?.release()
  }

  async #store(message: IncomingMessage): Promise<void> {
    this.handedOn.push(message)
    if (this.#toFail > 0) {
      this.#toFail--
      this.failures++
      throw new Error('the database is away')
    }
    const hold = this.#hold
    if (hold && !hold.reached) {
      hold.reached = true
      await hold.released
    }
    if (!this.stored.some((one) => keyOf(one) === keyOf(message))) this.stored.push(message)
  }
}

function keyOf({ channel, chat, externalId }: IncomingMessage): string {
  return JSON.stringify([channel, chat, externalId])
}

function textsOf(messages: IncomingMessage[]): string[] {
  return messages.map(({ content }) => (content.kind === 'text' ? content.text : content.kind))
}

let outgoingIds = 100

function outgoing(chat: string, more: Partial<OutgoingMessage>): OutgoingMessage {
  const id = ++outgoingIds
  return { id, kind: 'reply', text: 'Selamat pagi', choices: [], asksPhone: false, ...more, chat }
}

/** Exactly one of the four outcomes. */
function isSent(sent: Sent): boolean {
  const outcomes = ['id', 'notSent', 'unknown', 'failed'] as const
  const [outcome, ...more] = outcomes.filter((one) => Object.hasOwn(sent, one))
  const value: unknown =
    outcome === undefined ? '' : Object.entries(sent).find(([key]) => key === outcome)?.[1]
  return more.length === 0 && typeof value === 'string' && value !== ''
}

const always = Number.POSITIVE_INFINITY
const longestId = 128
const longText = `<&"'> "kutip" 'Sari' 👩🏽‍🌾 سلام\n`.repeat(200).slice(0, 3999).concat('.')
/** What would harm a careless channel. None begins or ends with blanks: messengers take those away. */
const hostileTexts = [
  `<img src=x onerror="alert(1)"><script>alert('x')</script>`,
  `</script><!-- </b> <b> <i>x</b></i> & &lt;b&gt; &amp; &#60;`,
  '*tebal* _miring_ ~coret~ `kode` ||rahasia|| [tautan](https://x.id) \\*',
  '👩🏽‍🌾👨‍👩‍👧‍👦🇮🇩 ☎️ 1️⃣ 𝒜',
  'السلام عليكم \u202Eterbalik\u202C dan \u200Fسعادة',
  `satu\n\n\ndua   tiga\tempat %s {0} $& \${x}`,
  longText,
]
const location = { name: 'Kampus <Indobaru> & "Co"', address: 'Batam Center', lat: 1.125, lon: 104.0625 }
/** As long as Telegram allows: 64 bytes. */
const awkwardData = `c:2147483647:2 <b>&"' é`.padEnd(63, 'x')

/** Each is run on a bench of its own, and throws when the channel falls short. */
export const checks = {
  async 'a text arrives with its channel, chat, id and words'({ channel, siti, inbox, until }) {
    await siti.writes('Pagi bu, kapan bimtek?\nTerima kasih')
    await siti.writes('ya')
    await siti.writes('ya')
    await until('three texts are handed on', () => inbox.handedOn.length === 3)
    expect(textsOf(inbox.handedOn), 'words').toEqual(['Pagi bu, kapan bimtek?\nTerima kasih', 'ya', 'ya'])
    for (const message of inbox.handedOn) {
      expect(message.channel, 'channel').toBe(channel.name)
      expect(message.chat, 'chat').toBe(siti.chat)
      expect(message.chat.length, 'length of the chat').toBeLessThanOrEqual(longestId)
      expect(message.externalId, 'external id').not.toBe('')
      expect(message.externalId.length, 'length of the external id').toBeLessThanOrEqual(longestId)
    }
    expect(new Set(inbox.handedOn.map(keyOf)).size, 'external ids of three messages').toBe(3)
  },

  async 'a message delivered again has the same chat and external id'({ siti, inbox, until }) {
    const delivery = await siti.writes('halo')
    await until('it is acknowledged', delivery.acknowledged)
    await delivery.again()
    await siti.writes('lagi')
    await until('three are handed on', () => inbox.handedOn.length === 3)
    expect(textsOf(inbox.handedOn), 'handed on').toEqual(['halo', 'halo', 'lagi'])
    const [first, second] = inbox.handedOn.map(({ chat, externalId }) => ({ chat, externalId }))
    expect(second, 'chat and external id of the repeated message').toEqual(first)
    expect(textsOf(inbox.stored), 'stored').toEqual(['halo', 'lagi'])
  },

  async 'what could not be stored is not acknowledged'({ bench, siti, inbox, until }) {
    inbox.fails(always)
    const delivery = await siti.writes('halo')
    await until('it could not be stored', () => inbox.failures > 0)
    await bench.settles()
    expect(delivery.acknowledged(), 'acknowledged without being stored').toBe(false)
  },

  async 'what could not be stored comes again, and nothing is lost'({ bench, siti, inbox, until }) {
    inbox.fails(2)
    const deliveries = [await siti.writes('satu'), await siti.writes('dua'), await siti.writes('tiga')]
    await until('all are stored and acknowledged', async () => {
      await bench.retries()
      return inbox.stored.length === 3 && deliveries.every(({ acknowledged }) => acknowledged())
    })
    expect(inbox.failures, 'failures').toBe(2)
    expect(textsOf(inbox.stored), 'order').toEqual(['satu', 'dua', 'tiga'])
  },

  async 'a message is not acknowledged before it is stored'({ bench, siti, inbox, until }) {
    const hold = inbox.holdsNext()
    const delivery = await siti.writes('halo')
    await until('it is handed on', hold.reached)
    await bench.settles()
    expect(delivery.acknowledged(), 'acknowledged before it was stored').toBe(false)
    hold.release()
    await until('it is acknowledged', delivery.acknowledged)
    expect(textsOf(inbox.stored)).toEqual(['halo'])
  },

  async 'messages of a chat are stored in the order in which they were written'(scene) {
    const { bench, siti, inbox, until } = scene
    const hold = inbox.holdsNext()
    const texts = ['satu', 'dua', 'tiga', 'empat', 'lima', 'enam', 'tujuh', 'delapan']
    for (const text of texts) await siti.writes(text)
    await until('the first is handed on', hold.reached)
    await bench.settles()
    hold.release()
    await until('all are stored', () => inbox.stored.length === texts.length)
    expect(textsOf(inbox.stored), 'order').toEqual(texts)
  },

  async 'a pressed button comes back as exactly its data, and names its message'(scene) {
    const { siti, inbox, until, sends } = scene
    const waves = ['Gelombang 3', 'Gelombang 4'].map((label, n) => ({ label, data: `c:1:${n + 1}` }))
    await sends(siti, { text: 'Pilih gelombang', choices: waves })
    const newest = await sends(siti, {
      text: 'Yakin?',
      choices: [
        { label: 'Tidak', data: 'c:2147483647:1' },
        { label: '<b>Ya</b> & "benar"', data: awkwardData },
      ],
    })
    const delivery = await siti.presses(2)
    await until('the press is acknowledged', delivery.acknowledged)
    expect(
      inbox.stored.map(({ content }) => content),
      'content',
    ).toEqual([{ kind: 'button', data: awkwardData }])
    expect(inbox.stored[0]?.quotes, 'quotes').toBe(newest)
    expect(inbox.stored[0]?.chat, 'chat').toBe(siti.chat)
  },

  async "a person's own number arrives as own"({ siti, inbox, until, sends }) {
    await sends(siti, { text: 'Boleh kami minta nomornya?', asksPhone: true })
    await siti.sharesOwnNumber()
    await until('the number is stored', () => inbox.stored.length === 1)
    expect(inbox.stored[0]?.content, 'contact').toEqual({ kind: 'contact', phone: siti.phone, own: true })
  },

  async "somebody else's number is never own"({ siti, budi, inbox, until, sends }) {
    await sends(siti, { text: 'Boleh kami minta nomornya?', asksPhone: true })
    await siti.sharesNumber(budi.phone)
    await until('the number is stored', () => inbox.stored.length === 1)
    expect(inbox.stored[0]?.content, 'contact').toEqual({ kind: 'contact', phone: budi.phone, own: false })
  },

  async 'voice arrives as voice'({ siti, inbox, until }) {
    await siti.sendsVoice()
    await until('it is stored', () => inbox.stored.length === 1)
    expect(inbox.stored[0], 'voice').toMatchObject({ chat: siti.chat, content: { kind: 'voice' } })
  },

  async 'send resolves with an id of its own, and never throws'({ bench, channel, siti, sends }) {
    const ids = [await sends(siti, { text: 'satu' }), await sends(siti, { text: 'dua' })]
    expect(new Set(ids).size, 'ids of two messages').toBe(2)
    for (const id of ids) expect(id.length, 'length of the id').toBeLessThanOrEqual(longestId)
    const sent = await sendsSafely(channel, outgoing(bench.nobody, {}))
    expect(isSent(sent), `outcome of a message to nobody: ${JSON.stringify(sent)}`).toBe(true)
  },

  async 'whatever the messenger does, send says what became of it'({ bench, channel, siti }) {
    if (bench.troubles.length === 0) throw new Cannot('fail to send', 'there is nothing on the way')
    for (const { name, cause } of bench.troubles) {
      await cause()
      const sent = await sendsSafely(channel, outgoing(siti.chat, {}))
      expect(isSent(sent) && !('id' in sent), `outcome of ${name}: ${JSON.stringify(sent)}`).toBe(true)
    }
  },

  async 'hostile text is shown as it is'({ siti, sends }) {
    for (const text of hostileTexts) await sends(siti, { text })
    await sends(siti, { text: `Halo ${boldMark}<b>Budi</b> *${boldMark}, dan ${boldMark}lagi` })
    const seen = (await siti.sees()).map(({ text }) => text)
    expect(seen, 'shown').toEqual([...hostileTexts, 'Halo <b>Budi</b> *, dan lagi'])
  },

  async 'hostile text arrives as it is'({ siti, inbox, until }) {
    const texts = [...hostileTexts, '/start w-3']
    for (const text of texts) await siti.writes(text)
    await until('all are stored', () => inbox.stored.length === texts.length)
    expect(textsOf(inbox.stored), 'arrived').toEqual(texts)
  },

  async 'choices and place are visible'({ siti, sends }) {
    const labels = ['Ya', '<b>Bukan</b> & "itu"', 'Menu']
    const choices = labels.map((label, n) => ({ label, data: `c:1:${n + 1}` }))
    await sends(siti, { text: 'Tempat pelatihan:', choices, location })
    const seen = await siti.sees()
    expect(
      seen.flatMap((one) => (one.text === '' ? [] : one.text)),
      'text',
    ).toEqual(['Tempat pelatihan:'])
    expect(
      seen.flatMap((one) => one.choices),
      'choices',
    ).toEqual(labels)
    expect(
      seen.flatMap((one) => one.location ?? []),
      'place',
    ).toEqual([location])
  },

  async 'a file arrives whole and under its name'({ siti, budi, sends }) {
    const content = Uint8Array.from({ length: 3000 }, (_, n) => n % 256)
    const document = { name: 'data-saya 2026 (1).txt', type: 'text/plain; charset=utf-8', content }
    await sends(siti, { text: 'Salinan datanya:', document })
    await sends(budi, { text: 'Tanpa berkas' }).catch(() => {})
    const seen = await siti.sees()
    const texts = seen.flatMap((one) => (one.text === '' ? [] : one.text))
    expect(texts, 'text').toEqual(['Salinan datanya:'])
    const files = seen.flatMap((one) => one.document ?? [])
    expect(
      files.map(({ name }) => name),
      'names',
    ).toEqual([document.name])
    expect(Buffer.from(files[0]?.content ?? []).equals(content), 'content is whole').toBe(true)
    expect(
      (await budi.sees()).flatMap((one) => one.document ?? []),
      'files of somebody else',
    ).toEqual([])
  },

  async 'it is not ready before the start, and ready after'({ channel, before, until }) {
    expect(before.ready, 'ready before the start').toBe(false)
    await until('it is ready', () => channel.state().ready)
    expect(channel.state().detail, 'detail').not.toBe('')
  },

  async 'it is not ready after the stop'({ channel, until, soon }) {
    await until('it is ready', () => channel.state().ready)
    await soon(channel.stop(), 'stop did not resolve')
    expect(channel.state().ready, 'ready after the stop').toBe(false)
  },

  async 'after the stop nothing is handed on or acknowledged'({ bench, channel, siti, inbox, until, soon }) {
    const earlier = await siti.writes('sebelum')
    await until('it is acknowledged', earlier.acknowledged)
    await soon(channel.stop(), 'stop did not resolve')
    const later = await siti.writes('sesudah')
    await bench.settles()
    expect(textsOf(inbox.handedOn), 'handed on').toEqual(['sebelum'])
    expect(later.acknowledged(), 'acknowledged after the stop').toBe(false)
  },

  async 'stop waits until what is under way is stored'({ bench, channel, siti, inbox, until, soon }) {
    const hold = inbox.holdsNext()
    const delivery = await siti.writes('halo')
    await until('it is handed on', hold.reached)
    let stopped = false
    const stopping = channel.stop().then(() => {
      stopped = true
    })
    await bench.settles()
    expect(stopped, 'stopped before what was under way was stored').toBe(false)
    hold.release()
    await soon(stopping, 'stop did not resolve')
    await until('it is acknowledged', delivery.acknowledged)
    expect(textsOf(inbox.stored), 'stored').toEqual(['halo'])
  },

  async 'stop resolves while a message cannot be stored'({ channel, siti, inbox, until, soon }) {
    inbox.fails(always)
    const delivery = await siti.writes('halo')
    await until('it could not be stored', () => inbox.failures > 0)
    await soon(channel.stop(), 'stop did not resolve')
    expect(delivery.acknowledged(), 'acknowledged without being stored').toBe(false)
  },

  async 'what was not stored until the stop comes after the next start'(scene) {
    const { bench, channel, siti, inbox, until, soon } = scene
    inbox.fails(always)
    await siti.writes('satu')
    await until('it could not be stored', () => inbox.failures > 0)
    await soon(channel.stop(), 'stop did not resolve')
    await siti.writes('dua')
    inbox.fails(0)
    await bench.begin(inbox.events)
    await until('both are stored', async () => {
      await bench.retries()
      return inbox.stored.length === 2
    })
    expect(textsOf(inbox.stored), 'order').toEqual(['satu', 'dua'])
  },

  async 'stop resolves while a message goes out, and so does its send'({ channel, siti, until, soon }) {
    await until('it is ready', () => channel.state().ready)
    const sending = sendsSafely(channel, outgoing(siti.chat, {}))
    await soon(channel.stop(), 'stop did not resolve')
    const sent = await soon(sending, 'send did not resolve')
    expect(isSent(sent), `outcome: ${JSON.stringify(sent)}`).toBe(true)
  },

  async 'two chats do not mix'({ siti, budi, inbox, until, sends }) {
    for (const n of [1, 2]) {
      await siti.writes(`Siti ${n}`)
      await budi.writes(`Budi ${n}`)
    }
    await until('four are handed on', () => inbox.handedOn.length === 4)
    const of = ({ chat }: Person) => textsOf(inbox.stored.filter((message) => message.chat === chat))
    expect([of(siti), of(budi)], 'texts by chat').toEqual([
      ['Siti 1', 'Siti 2'],
      ['Budi 1', 'Budi 2'],
    ])
    await sends(siti, { text: 'untuk Siti' })
    await sends(budi, { text: 'untuk Budi' })
    const seen = [await siti.sees(), await budi.sees()].map((all) => all.map(({ text }) => text))
    expect(seen, 'shown by chat').toEqual([['untuk Siti'], ['untuk Budi']])
  },

  async 'nobody sees what was sent to somebody else'({ channel, siti, budi, sends }) {
    await sends(siti, { text: 'satu' })
    await sendsSafely(channel, outgoing(budi.chat, { text: 'rahasia' }))
    await sends(siti, { text: 'dua' })
    const seen = (await siti.sees()).map(({ text }) => text)
    expect(seen, 'shown to Siti').toEqual(['satu', 'dua'])
  },
} satisfies Record<string, (scene: Scene) => Promise<void>>

export type CheckName = keyof typeof checks
export const checkNames = Object.keys(checks) as CheckName[]

/** What a check needs the messenger to be able to do. */
const needs: Partial<Record<CheckName, Ability>> = {
  'a message delivered again has the same chat and external id': 'deliver again',
  'what could not be stored comes again, and nothing is lost': 'deliver again',
  'what was not stored until the stop comes after the next start': 'deliver again',
  'a pressed button comes back as exactly its data, and names its message': 'press a button',
  "a person's own number arrives as own": 'share their own number',
  "somebody else's number is never own": 'share the number of somebody else',
  'voice arrives as voice': 'send voice',
  'whatever the messenger does, send says what became of it': 'fail to send',
  'two chats do not mix': 'hold two chats',
}

async function sendsSafely(channel: Channel, message: OutgoingMessage): Promise<Sent> {
  try {
    return await channel.send(message)
  } catch (error) {
    throw new Error(`send threw: ${String(error)}`)
  }
}

type Performance = {
  wrap?: Wrap
  /** How long what must come about may take: only a failure takes so long. */
  patience?: number
}

/** One check on a bench of its own. @throws what the channel falls short of, or {@link Cannot} */
export async function perform(subject: Subject, name: CheckName, options: Performance = {}): Promise<void> {
  const { wrap = (channel) => channel, patience = 20_000 } = options
  const bench = await subject.open(wrap)
  const inbox = new Inbox()
  try {
    const { channel, siti, budi } = bench
    const before = channel.state()
    await bench.begin(inbox.events)
    await checks[name]({
      ...{ bench, channel, siti, budi, inbox, before },
      async sends(to, more) {
        const sent = await sendsSafely(channel, outgoing(to.chat, more))
        if (!('id' in sent && isSent(sent))) throw new Error(`not sent: ${JSON.stringify(sent)}`)
        return sent.id
      },
      until: (wanted, check) => eventually(check, wanted, patience),
      soon: (promise, otherwise) => within(promise, patience, otherwise),
    })
  } finally {
    inbox.letsGo()
    await bench.close()
  }
}

async function within<T>(promise: Promise<T>, milliseconds: number, otherwise: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(otherwise)), milliseconds)
  })
  return await Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

/** What is to come of a check: it passes, or it fails just as the bench says. */
function expectation(
  { cannot, knownFaults }: Subject,
  name: CheckName,
): Cannot['ability'] | RegExp | undefined {
  const ability = needs[name]
  return ability !== undefined && cannot.includes(ability) ? ability : knownFaults[name]
}

/** Whether the channel must simply pass this check. */
export function mustPass(subject: Subject, name: CheckName): boolean {
  return expectation(subject, name) === undefined
}

/** Performs a check, and fails too where the channel can do more, or has fewer faults, than the bench says. */
export async function verify(subject: Subject, name: CheckName, options: Performance = {}): Promise<void> {
  const expected = expectation(subject, name)
  if (expected === undefined) return await perform(subject, name, options)
  const failure: unknown = await perform(subject, name, options).then(
    () => undefined,
    (error: unknown) => error,
  )
  if (typeof expected === 'string') {
    if (failure instanceof Cannot && failure.ability === expected) return
    throw new Error(`the bench says that it cannot ${expected}, but it tried`, { cause: failure })
  }
  if (failure instanceof Error && !(failure instanceof Cannot) && expected.test(failure.message)) return
  throw new Error(`the fault that the bench names is not (or not quite) there: ${expected}`, {
    cause: failure,
  })
}

/** The suite that every channel passes. */
export function conformance(subject: Subject): void {
  describe(`the ${subject.name} channel`, () => {
    test.each(checkNames.map((name) => [titleOf(subject, name), name] as const))('%s', (_title, name) =>
      verify(subject, name),
    )

    test('names nothing twice, and nothing that no check needs', () => {
      const needed = subject.cannot.filter((ability) => Object.values(needs).includes(ability))
      expect([...new Set(needed)]).toEqual(subject.cannot)
    })
  })
}

function titleOf(subject: Subject, name: CheckName): string {
  const expected = expectation(subject, name)
  if (expected === undefined) return name
  return typeof expected === 'string' ? `cannot ${expected}: ${name}` : `KNOWN FAULT: ${name}`
}
