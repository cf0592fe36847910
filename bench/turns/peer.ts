/**
 * The dialogue of the turns bench as one builds it on grammY: sessions and conversations kept in PostgreSQL through
 * Prisma, a training looked up, a seat taken and given back in transactions. It stores no message.
 *
 *     peer.ts <database url> <telegram api root> <token>
 */
import {
  type Conversation,
  type ConversationFlavor,
  conversations,
  createConversation,
} from '@grammyjs/conversations'
import { Bot, type Context, type SessionFlavor, type StorageAdapter, session } from 'grammy'
import pg from 'pg'
import { createClient, type Database, transaction } from '../../src/database/client.ts'

type Talk = ConversationFlavor<Context & SessionFlavor<{ asked: number }>>
type Training = { code: string; title: string; starts: Date }

const [url = '', apiRoot = '', token = ''] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: url, max: 10 })
const db = createClient(pool)

/** What grammY's own adapter for Prisma does: a row with a key and JSON. */
function stored<Value>(kind: string): StorageAdapter<Value> {
  const key = (name: string) => `${kind}/${name}`
  return {
    read: async (name) => {
      const [row] = await db.$queryRaw<
        { value: string }[]
      >`SELECT value FROM peer_session WHERE key = ${key(name)}`
      return row ? JSON.parse(row.value) : undefined
    },
    write: async (name, value) => {
      await db.$executeRaw`
        INSERT INTO peer_session (key, value) VALUES (${key(name)}, ${JSON.stringify(value)})
        ON CONFLICT (key) DO UPDATE SET value = excluded.value`
    },
    delete: async (name) => {
      await db.$executeRaw`DELETE FROM peer_session WHERE key = ${key(name)}`
    },
  }
}

const trainings = (of: Database): Promise<Training[]> => of.$queryRaw<Training[]>`
  SELECT t.code, t.title, min(s.starts) AS starts FROM training t JOIN session s ON s.training_code = t.code
  GROUP BY t.code, t.title ORDER BY t.code`

const listOf = (all: Training[]) =>
  all.map(({ title, starts }, index) => `${index + 1}. ${title}, ${starts.toISOString()}`).join('\n')

async function takeSeat(chat: number, code: string): Promise<string> {
  return await transaction(db, async (tx) => {
    const [training] = await tx.$queryRaw<{ capacity: number }[]>`
      SELECT capacity FROM training WHERE code = ${code} FOR UPDATE`
    const [seats] = await tx.$queryRaw<{ taken: number }[]>`
      SELECT count(*)::int AS taken FROM peer_registration WHERE training_code = ${code} AND cancelled_at IS NULL`
    if (!training || !seats || seats.taken >= training.capacity) return 'Maaf, kelas sudah penuh.'
    const [row] = await tx.$queryRaw<{ id: number }[]>`
      INSERT INTO peer_registration (chat, training_code) VALUES (${chat}, ${code}) RETURNING id`
    return `Sudah terdaftar: REG-${row?.id}.`
  })
}

async function register(conversation: Conversation<Talk, Context>, ctx: Context): Promise<void> {
  await ctx.reply('Data Bapak/Ibu disimpan untuk pendaftaran. Apakah setuju?')
  const consent = await conversation.waitFor('message:text')
  if (consent.message.text !== 'setuju') return void (await ctx.reply('Baik.'))
  const all = await conversation.external(() => trainings(db))
  await ctx.reply(
    `Kelas yang mana?\n${listOf(all.map((each) => ({ ...each, starts: new Date(each.starts) })))}`,
  )
  const choice = await conversation.waitFor('message:text')
  const training = all[Number(choice.message.text) - 1]
  if (!training) return void (await ctx.reply('Tidak ada kelas itu.'))
  await ctx.reply(`Pendaftaran untuk ${training.title}. Sudah benar?`)
  const sure = await conversation.waitFor('message:text')
  if (sure.message.text !== 'ya') return void (await ctx.reply('Baik, tidak jadi.'))
  await ctx.reply(await conversation.external(() => takeSeat(sure.chat.id, training.code)))
}

async function cancel(conversation: Conversation<Talk, Context>, ctx: Context): Promise<void> {
  await ctx.reply('Yakin dibatalkan?')
  const sure = await conversation.waitFor('message:text')
  if (sure.message.text !== 'ya') return void (await ctx.reply('Baik, tidak jadi.'))
  await conversation.external(
    () => db.$executeRaw`UPDATE peer_registration SET cancelled_at = now() WHERE chat = ${sure.chat.id}`,
  )
  await ctx.reply('Pendaftaran sudah dibatalkan.')
}

const bot = new Bot<Talk>(token, { client: { apiRoot } })
bot.use(session({ initial: () => ({ asked: 0 }), storage: stored('session') }))
bot.use(conversations({ storage: stored('conversation') }))
bot.use(createConversation(register))
bot.use(createConversation(cancel))
bot.hears(/daftar$/, (ctx) => ctx.conversation.enter('register'))
bot.hears(/^batalkan/, (ctx) => ctx.conversation.enter('cancel'))
bot.on('message:text', async (ctx) => {
  ctx.session.asked++
  await ctx.reply(`Jadwal:\n${listOf(await trainings(db))}`)
})
await bot.start({ onStart: () => void process.stdout.write('up\n') })
