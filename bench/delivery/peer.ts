/**
 * A broadcast as one writes it on grammY with one of its plugins: a loop over the recipients in a table, each marked when
 * its message is out, while whoever asks for a wave gets its class from the same database.
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
const failed = (error: Error) => void process.stderr.write(`${error.message}\n`)
// Not waited for: one whose answer is held up holds up no other.
bot.hears(/(\d+)/, (ctx) => void answer(Number(ctx.match[1]), (text) => ctx.reply(text)).catch(failed))

async function answer(wave: number, reply: (text: string) => Promise<unknown>): Promise<void> {
  const { rows } = await pool.query('SELECT title FROM training WHERE wave_number = $1', [wave])
  await reply(`Jadwal: ${rows[0]?.title ?? 'belum ada'}`)
}

async function send({ chat, text }: { chat: string; text: string }): Promise<void> {
  await bot.api.sendMessage(chat, text)
  await pool.query('UPDATE peer_recipient SET sent_at = now() WHERE chat = $1', [chat])
}

await new Promise<void>((resolve) => void bot.start({ onStart: () => resolve() }).catch(failed))
process.stdout.write('up\n')
const { rows } = await pool.query('SELECT chat, text FROM peer_recipient WHERE sent_at IS NULL ORDER BY chat')
for (const row of rows) await send(row).catch(failed)
process.stdout.write('done\n')
