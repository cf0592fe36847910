import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { planBroadcast } from '../src/broadcasts/plan.ts'
import { reportOf } from '../src/broadcasts/report.ts'
import { startBroadcast } from '../src/broadcasts/run.ts'
import { readConfig } from '../src/config.ts'
import { transaction } from '../src/database/client.ts'
import { type OpenDatabase, openDatabase } from '../src/database/open.ts'
import { createLog } from '../src/log.ts'
import { second } from '../src/time.ts'
import { firstOfCrowd, makeCrowd } from '../test/broadcasts/crowd.ts'
import { rules } from '../test/broadcasts/roster.ts'
import { eventually } from '../test/eventually.ts'
import { type Child, run as runFile } from '../test/process.ts'
import { type MadeProgramme, makeProgramme } from '../test/programme.ts'
import { type BotApi, type Call, type Person, startBotApi } from '../test/telegram/bot-api-server.ts'

const token = '4242:bench-AAbbCCddEEffGGhhIIjj'
const perSecond = 28
/** What Telegram documents: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this */
const limits = { perSecond: 30, chatBurst: 3 }
const officers = 20
const firstOfficer = 500
/** An officer asks so often, in ms, of one wave after the other: nobody is told the same again and again. */
const askEvery = 4 * second
const waves = [41, 42, 43, 44, 45, 46, 47, 48]
/** Of so many recipients the process is killed in the middle. */
const killedAmong = 100
const patience = 20 * 60 * second
/** Who has heard nothing for so long, in ms, is not answered any more. */
const answerWithin = 60 * second

const contestants = ['ours', 'auto-retry', 'throttler'] as const
type Contestant = (typeof contestants)[number]

type Steady = {
  seconds: number
  rate: number
  refused: number
  missed: number
  unanswered: number
  p50: number
  p99: number
}
type Killed = { twice: number; missed: number; uncertain: number }

/**
 * One text to so many (2,000, or the first argument) while 20 officers ask, through a Bot API server that keeps
 * Telegram's limits: by the service, and by a plain loop on grammY with each of its plugins against 429, in turns; and
 * once more with `kill -9` while a message is on its way, and a restart. Rounds: 1, or the second argument; with a third, only of
 * that name.
 */
export async function run(args: string[]): Promise<void> {
  const count = Number(args[0] ?? 2_000)
  const rounds = Number(args[1] ?? 1)
  const dataDir = mkdtempSync(join(tmpdir(), 'bimtek-bench-'))
  const database = await openDatabase(readConfig({ ...process.env, DATA_DIR: dataDir }), createLog('warn'))
  try {
    for (let round = 1; round <= rounds; round++)
      for (const name of contestants.filter((each) => each === (args[2] ?? each))) {
        const steady = await inOwnSetting(database, name, count, (setting) => measureSteady(setting))
        process.stdout.write(`round ${round}, ${name}: ${steadyLine(count, steady)}\n`)
        const killed = await inOwnSetting(database, name, Math.min(count, killedAmong), measureKilled)
        process.stdout.write(`round ${round}, ${name}: ${killedLine(killed)}\n`)
      }
  } finally {
    await database.close()
    await database.embedded?.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

const steadyLine = (
  count: number,
  { seconds, rate, refused, missed, unanswered, p50, p99 }: Steady,
): string =>
  `${count} in ${seconds.toFixed(1)} s, all sends ${rate.toFixed(2)} a second (${((rate / perSecond) * 100).toFixed(1)} % of ${perSecond}), ` +
  `429s ${refused}, not arrived ${missed}, replies p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, never ${unanswered}`

const killedLine = ({ twice, missed, uncertain }: Killed): string =>
  `after kill -9 and a restart: ${twice} twice, ${missed} not arrived, ${uncertain} reported as uncertain`

type Setting = {
  database: OpenDatabase
  name: Contestant
  api: BotApi
  crowd: Person[]
  programmes: MadeProgramme[]
}

/** An empty database but for recipients and programme, and a server of its own. */
async function inOwnSetting<T>(
  database: OpenDatabase,
  name: Contestant,
  count: number,
  measure: (setting: Setting) => Promise<T>,
): Promise<T> {
  await empty(database)
  await makeCrowd(database.db, count)
  await database.pool.query(`
    CREATE TABLE IF NOT EXISTS peer_recipient (chat text PRIMARY KEY, text text NOT NULL, sent_at timestamptz)`)
  await database.pool.query(`
    INSERT INTO peer_recipient (chat, text)
    SELECT c.chat, 'Yth. ' || p.name || ', besok libur.' FROM contact c
      JOIN person_phone n ON n.phone = c.phone JOIN person p ON p.id = n.person_id`)
  const programmes: MadeProgramme[] = []
  for (const wave of waves) programmes.push(await makeProgramme(database.db, { wave }))
  await database.pool.query('VACUUM ANALYZE')
  const api = await startBotApi({ token, limits })
  const crowd = Array.from({ length: count }, (_, index) => api.user(firstOfCrowd + index))
  try {
    return await measure({ database, name, api, crowd, programmes })
  } finally {
    await api.close()
  }
}

async function empty({ pool }: OpenDatabase): Promise<void> {
  const { rows } = await pool.query(
    `SELECT string_agg(format('%I', tablename), ', ') AS tables FROM pg_tables
     WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`,
  )
  await pool.query(`TRUNCATE ${rows[0].tables} RESTART IDENTITY CASCADE`)
}

/** The bot, with a broadcast under way; a peer begins its own, or goes on with it, when it starts. */
async function begin({ database, name, api }: Setting): Promise<Child> {
  if (name !== 'ours') {
    const peer = runFile('bench/delivery/peer.ts', [database.url, api.root, token, name])
    await peer.prints('up')
    return peer
  }
  const service = runFile('src/main.ts', ['start'], {
    ...{ DATABASE_URL: database.url, TELEGRAM_TOKEN: token, TELEGRAM_API_ROOT: api.root },
    ...{ TELEGRAM_PER_SECOND: String(perSecond), QUIET_HOURS: 'off', PORT: '0', LOG_LEVEL: 'error' },
  })
  await service.prints('Channels')
  if ((await database.db.broadcast.count()) === 0) await startOurs(database)
  return service
}

async function startOurs({ db }: OpenDatabase): Promise<void> {
  const now = new Date()
  await transaction(db, async (tx) => {
    const wanted = { text: 'Yth. {nama}, besok libur.', audience: 'all' }
    const plan = await planBroadcast(tx, wanted, rules, now, null)
    await startBroadcast(tx, plan, { actor: 'bench', now, rules })
  })
}

async function isOver({ database, name }: Setting, bot: Child): Promise<boolean> {
  if (name !== 'ours') return bot.output().includes('done\n')
  return (await reportOf(database.db, 1))?.broadcast.state === 'done'
}

async function end(bot: Child): Promise<void> {
  bot.kill('SIGTERM')
  const late = setTimeout(() => bot.kill('SIGKILL'), 20 * second)
  await bot.ended
  clearTimeout(late)
}

const isSend = ({ method, status }: Call) => method === 'sendMessage' && status === 200
const isToCrowd = ({ params }: Call) => Number(params.chat_id) >= firstOfCrowd
const missing = (crowd: Person[]) => crowd.filter(({ messages }) => messages.length === 0).length

async function measureSteady(setting: Setting): Promise<Steady> {
  const { api, crowd } = setting
  const bot = await begin(setting)
  try {
    const chat = askUntil(setting, async () => await isOver(setting, bot))
    const waits = (await chat).sort((a, b) => a - b)
    const sent = api.calls.filter(isSend)
    const toCrowd = sent.filter(isToCrowd)
    const [from, to] = [toCrowd[0]?.at ?? 0, toCrowd.at(-1)?.at ?? 0]
    const seconds = (to - from) / second
    return {
      seconds,
      rate: (sent.filter(({ at }) => at >= from && at <= to).length - 1) / seconds,
      refused: api.calls.filter(({ status }) => status === 429).length,
      missed: missing(crowd),
      unanswered: waits.filter((wait) => !Number.isFinite(wait)).length,
      p50: waits[Math.floor(waits.length / 2)] ?? 0,
      p99: waits[Math.floor(waits.length * 0.99)] ?? 0,
    }
  } finally {
    await end(bot)
  }
}

/** Officers ask until the broadcast is over; how long each answer took, in ms. */
async function askUntil({ api, programmes }: Setting, over: () => Promise<boolean>): Promise<number[]> {
  let stop = false
  const ask = async (index: number): Promise<number[]> => {
    const person = api.user(firstOfficer + index)
    const waits: number[] = []
    await sleep((index * askEvery) / officers)
    for (let nth = index; !stop; nth++) {
      const { wave, title } = programmes[nth % programmes.length] as MadeProgramme
      const began = performance.now()
      person.says(`gelombang ${wave} kapan pak?`)
      const heard = await person.hears(new RegExp(title), answerWithin).then(
        () => true,
        () => false,
      )
      const took = performance.now() - began
      waits.push(heard ? took : Number.POSITIVE_INFINITY)
      await sleep(Math.max(0, askEvery - took))
    }
    return waits
  }
  const asking = Promise.all(Array.from({ length: officers }, (_, index) => ask(index)))
  await eventually(over, 'the end of the broadcast', patience)
  stop = true
  return (await asking).flat()
}

/** Killed when a message has arrived of which the bot does not know yet. */
async function measureKilled(setting: Setting): Promise<Killed> {
  const { api, crowd, database } = setting
  const first = await begin(setting)
  await eventually(() => missing(crowd) <= crowd.length / 2, 'half of it', patience)
  api.faults.next('sendMessage', 'deliver-then-hang')
  await eventually(() =>
    api.calls.some(({ method, status }) => method === 'sendMessage' && status === undefined),
  )
  first.kill('SIGKILL')
  await first.ended
  const second = await begin(setting)
  try {
    await eventually(() => isOver(setting, second), 'the end of the broadcast', patience)
    return {
      twice: crowd.filter(({ messages }) => messages.length > 1).length,
      missed: missing(crowd),
      uncertain: (await reportOf(database.db, 1))?.outcomes.uncertain ?? 0,
    }
  } finally {
    await end(second)
  }
}
