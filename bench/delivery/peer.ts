/**
 * A broadcast as one writes it on grammY with one of its plugins: all recipients from a table, each marked when its
 * message is out, while whoever writes gets an answer at once.
 *
 *     peer.ts <database url> <telegram api root> <token> auto-retry|throttler
 */
import { autoRetry } from '@grammyjs/auto-retry'
import { apiThrottler } from '@grammyjs/transformer-throttler'
import { Bot } from 'grammy'
import pg from 'pg'

const [url = '', apiRoot = '', token = '', plugin] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: url, max: 10 })
const bot = new Bot(token, { client: { apiRoot } })
bot.api.config.use(plugin === 'throttler' ? apiThrottler() : autoRetry())
bot.on('message:text', async (ctx) => void (await ctx.reply(`Jadwal: ${ctx.message.text}`)))

const { rows } = await pool.query('SELECT chat, text FROM peer_recipient WHERE sent_at IS NULL ORDER BY chat')

async function send({ chat, text }: { chat: string; text: string }): Promise<void> {
  await bot.api.sendMessage(chat, text)
  await pool.query('UPDATE peer_recipient SET sent_at = now() WHERE chat = $1', [chat])
}

void bot.start({ onStart: () => void process.stdout.write('up\n') })
// The throttler queues by itself; a plain loop sends one after the other.
if (plugin === 'throttler') await Promise.all(rows.map(send))
else for (const row of rows) await send(row)
process.stdout.write('done\n')
