import type { Hono } from 'hono'
import { pino } from 'pino'
import type { IncomingContent, IncomingMessage } from '../../src/channels/channel.ts'
import {
  type SampleOfficer,
  type SimulatorOptions,
  simulatorChannel,
  type ThreadMessage,
} from '../../src/channels/simulator/simulator.ts'
import { boldMark } from '../../src/texts.ts'

/** Like the service, without a database: a simulator whose bot says again what it hears. */
export type EchoBot = {
  routes: Hono
  /** What was stored, each external id once. */
  stored: IncomingMessage[]
  /** Puts a message into a chat as if the bot had sent it by itself. */
  says(chat: string, message: Partial<ThreadMessage>): void
  /** The same, with a text file. */
  sends(chat: string, file: { name: string; text: string }): void
  stop(): Promise<void>
}

export const hostile = `<img src=x onerror="document.title='hacked'"><script>document.title='hacked'</script>`

export const sampleOfficers: SampleOfficer[] = [
  officer(1, 'Hj. Sari Wulandari', 'Ketua', 'Tanjung Uma', 'Lubuk Baja'),
  officer(2, 'Budi Santoso', 'Sekretaris', 'Sungai Jodoh', 'Batu Ampar'),
  officer(3, 'Raja Hamidah', 'Bendahara', 'Belian', 'Batam Kota'),
  officer(4, 'Ahmad Fauzi, S.E.', 'Manajer', 'Sembulang', 'Galang'),
  officer(5, 'Maria Tambunan', 'Pengawas', 'Tiban Lama', 'Sekupang'),
  { ...officer(6, hostile, 'Anggota Pengawas', 'Pulau Terong', 'Belakang Padang'), phone: undefined },
]

function officer(
  id: number,
  name: string,
  title: string,
  kelurahan: string,
  kecamatan: string,
): SampleOfficer {
  return {
    id,
    name,
    title,
    cooperative: `KKMP ${kelurahan}`,
    area: `Kel. ${kelurahan}, Kec. ${kecamatan}`,
    chat: `sample-${id}`,
    phone: `+62000000000${id}`,
  }
}

export async function startEchoBot(answerAfter = 0): Promise<EchoBot> {
  const threads = new Map<string, ThreadMessage[]>()
  const watchers = new Map<string, Set<() => void>>()
  const files = new Map<string, { name: string; type: string; content: Uint8Array }>()
  const stored: IncomingMessage[] = []
  let rows = 0

  const threadOf = (chat: string) => threads.get(chat) ?? []
  const add = (chat: string, message: Partial<ThreadMessage>) => {
    rows += 1
    const from = message.from ?? 'bot'
    const row: ThreadMessage = {
      id: `${from === 'bot' ? 'o' : 'i'}${rows}`,
      externalId: undefined,
      from,
      at: new Date().toISOString(),
      rich: '',
      choices: [],
      asksPhone: false,
      ...message,
    }
    threads.set(chat, [...threadOf(chat), row])
    for (const changed of watchers.get(chat) ?? []) changed()
  }

  const options: SimulatorOptions = {
    officers: async (search) =>
      sampleOfficers.filter((one) =>
        Object.values(one).join(' ').toLowerCase().includes(search.toLowerCase()),
      ),
    officer: async (chat) => sampleOfficers.find((one) => one.chat === chat),
    thread: async (chat) => threadOf(chat).slice(-100),
    file: async (chat, id) => files.get(`${chat} ${id}`),
    watch(chat, changed) {
      const all = watchers.get(chat) ?? new Set()
      watchers.set(chat, all.add(changed))
      return () => all.delete(changed)
    },
    log: pino({ level: 'silent' }),
  }
  const channel = simulatorChannel(options)
  await channel.start({
    async message(message) {
      if (stored.some(({ externalId }) => externalId === message.externalId)) return
      stored.push(message)
      const { chat, externalId } = message
      add(chat, { from: 'officer', externalId, ...shown(message, threadOf(chat)) })
      setTimeout(() => add(chat, echo(message.content)), answerAfter)
    },
    reachable: async () => {},
  })
  const sends = (chat: string, { name, text }: { name: string; text: string }) => {
    files.set(`${chat} ${rows + 1}`, { name, type: 'text/plain; charset=utf-8', content: Buffer.from(text) })
    add(chat, { rich: 'Berkasnya:', document: { name } })
  }
  return { routes: channel.routes, stored, says: add, sends, stop: () => channel.stop() }
}

/** As the thread shows what an officer sent: of a button its label. */
function shown({ content, quotes }: IncomingMessage, thread: ThreadMessage[]): Partial<ThreadMessage> {
  if (content.kind === 'text') return { rich: content.text }
  if (content.kind === 'button') {
    const choices = thread.find(({ id }) => id === `o${quotes}`)?.choices ?? []
    return { rich: choices.find(({ data }) => data === content.data)?.label ?? content.data }
  }
  return content.kind === 'document' || content.kind === 'other' ? {} : { attachment: content.kind }
}

function echo(content: IncomingContent): Partial<ThreadMessage> {
  const heard =
    content.kind === 'text' ? content.text : content.kind === 'button' ? content.data : content.kind
  return {
    rich: `Bot mendengar: ${boldMark}${heard}${boldMark}`,
    choices: [
      { label: 'Ya, benar', data: `yes:${heard}`.slice(0, 60) },
      { label: 'Bukan itu', data: 'no' },
    ],
  }
}
