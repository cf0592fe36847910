import { resolve } from 'node:path'
import { z } from 'zod'
import { type Coverage, defaultCoverage, parseCoverage } from './config/coverage.ts'
import { defaultOfficeHours, type OfficeHours, parseOfficeHours } from './config/office-hours.ts'
import { derivedSecret, secretKey } from './config/secret-key.ts'
import { durationMs } from './time.ts'

/** Wrong settings: a line for each, which names the setting, what is wrong and what would be right. */
export class ConfigError extends Error {
  readonly problems: string[]
  constructor(problems: string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

export const roles = ['web', 'telegram', 'worker'] as const
export type ProcessRole = (typeof roles)[number]

const minuteOfDay = (text: string): number => {
  const [hours, minutes] = text.split(':').map(Number)
  return (hours ?? 0) * 60 + (minutes ?? 0)
}

const clockTime = '([01]\\d|2[0-3]):[0-5]\\d'

const quietHours = z
  .string()
  .refine((text) => text === 'off' || new RegExp(`^${clockTime}-${clockTime}$`).test(text), {
    error: 'must be like 21:00-06:00 (from-until, Asia/Jakarta), or off',
  })
  .transform((text) => {
    if (text === 'off') return null
    const [from = '', until = ''] = text.split('-')
    return from === until ? null : { from: minuteOfDay(from), until: minuteOfDay(until) }
  })

const reminderOffsets = z
  .string()
  .transform((text) => text.split(',').map((offset) => offset.trim().toUpperCase()))
  .refine((offsets) => offsets.every((offset) => durationMs(offset) !== undefined), {
    error: 'must be ISO 8601 durations joined by commas, such as P3D,P1D,PT2H',
  })

const parsedBy = <T>(parse: (text: string) => T) =>
  z.string().transform((text, context): T => {
    try {
      return parse(text)
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message })
      return z.NEVER
    }
  })

const url = (protocols: string[], example: string) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `must be an address like ${example}`,
  })

/** The default of RETENTION_DAYS. */
export const defaultRetentionDays = 365

const retentionProblem = 'must be a whole number of days from 1 to 3650'

const settings = z.object({
  DATABASE_URL: url(['postgres:', 'postgresql:'], 'postgresql://user:password@host:5432/bimtek').optional(),
  REDIS_URL: url(['redis:', 'rediss:'], 'redis://host:6379').optional(),
  DATA_DIR: z.string().default('data'),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce
    .number({ error: 'must be a port number from 0 to 65535' })
    .int({ error: 'must be a port number from 0 to 65535' })
    .min(0, { error: 'must be a port number from 0 to 65535' })
    .max(65_535, { error: 'must be a port number from 0 to 65535' })
    .default(3000),
  PUBLIC_URL: url(['http:', 'https:'], 'https://bimtek.example.go.id').optional(),
  SECRET_KEY: z
    .string()
    .min(32, { error: 'must have 32 characters or more, such as `openssl rand -base64 32` prints' })
    .optional(),
  TELEGRAM_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]{20,}$/, {
      error: 'must be a bot token as BotFather gives it: digits, a colon, then letters and digits',
    })
    .optional(),
  TELEGRAM_API_ROOT: url(['http:', 'https:'], 'https://api.telegram.org').optional(),
  TELEGRAM_WEBHOOK_SECRET: z.string().min(16, { error: 'must have 16 characters or more' }).optional(),
  TELEGRAM_PER_SECOND: z.coerce
    .number({ error: 'must be a number from 1 to 10000' })
    .min(1, { error: 'must be a number from 1 to 10000' })
    .max(10_000, { error: 'must be a number from 1 to 10000' })
    .default(25),
  REMINDER_OFFSETS: reminderOffsets.default(['P3D', 'P1D', 'PT2H']),
  QUIET_HOURS: quietHours.default({ from: 21 * 60, until: 6 * 60 }),
  OFFICE_HOURS: parsedBy(parseOfficeHours).default(parseOfficeHours(defaultOfficeHours)),
  COVERAGE: parsedBy(parseCoverage).default(parseCoverage(defaultCoverage)),
  RETENTION_DAYS: z.coerce
    .number({ error: retentionProblem })
    .int({ error: retentionProblem })
    .min(1, { error: retentionProblem })
    .max(3650, { error: retentionProblem })
    .default(defaultRetentionDays),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      error: 'must be one of trace, debug, info, warn, error, fatal, silent',
    })
    .default('info'),
})

/** Messages a second that Telegram's own server takes: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this */
const publicTelegramLimit = 30

export type QuietHours = { from: number; until: number } | null

export type TelegramConfig = {
  token: string
  apiRoot: string | undefined
  perSecond: number
  /** Webhook path and token derive from it; from the secret key if undefined. */
  webhookSecret: string | undefined
}

export type Config = {
  databaseUrl: string | undefined
  redisUrl: string | undefined
  /** Absolute path. */
  dataDir: string
  host: string
  port: number
  publicUrl: string | undefined
  /** Signs and encrypts; read it through config/secret-key.ts, which makes one where none is set. */
  secretKey: string | undefined
  telegram: TelegramConfig | undefined
  /** ISO 8601 durations before a session's start. */
  reminderOffsets: string[]
  /** Minutes of the day in Asia/Jakarta: from (inclusive) until (exclusive); null for none. */
  quietHours: QuietHours
  /** When somebody of the office is there to answer. */
  officeHours: OfficeHours
  /** What makes a cooperative fully covered. */
  coverage: Coverage
  /** How long conversations are kept. */
  retentionDays: number
  logLevel: string
}

/**
 * Reads and checks the settings; an empty one counts as not set.
 * @throws ConfigError naming all wrong settings
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(
    Object.keys(settings.shape).map((name) => [name, environment[name]?.trim() || undefined]),
  )
  const parsed = settings.safeParse(given)
  // One setting may be wrong in several ways; the first is said.
  const wrong = new Map<string, string>()
  for (const { path, message } of parsed.error?.issues ?? []) {
    const name = String(path[0])
    if (!wrong.has(name)) wrong.set(name, message)
  }
  if (Number(given['TELEGRAM_PER_SECOND']) > publicTelegramLimit && !given['TELEGRAM_API_ROOT']) {
    const message = `above ${publicTelegramLimit} only with TELEGRAM_API_ROOT, a Bot API server of your own`
    if (!wrong.has('TELEGRAM_PER_SECOND')) wrong.set('TELEGRAM_PER_SECOND', message)
  }
  if (!parsed.success || wrong.size > 0)
    throw new ConfigError([...wrong].map(([name, message]) => `${name}: ${message}`))
  const s = parsed.data
  return {
    databaseUrl: s.DATABASE_URL,
    redisUrl: s.REDIS_URL,
    dataDir: resolve(s.DATA_DIR),
    host: s.HOST,
    port: s.PORT,
    publicUrl: s.PUBLIC_URL,
    secretKey: s.SECRET_KEY,
    telegram: s.TELEGRAM_TOKEN
      ? {
          token: s.TELEGRAM_TOKEN,
          apiRoot: s.TELEGRAM_API_ROOT,
          perSecond: s.TELEGRAM_PER_SECOND,
          webhookSecret: s.TELEGRAM_WEBHOOK_SECRET,
        }
      : undefined,
    reminderOffsets: s.REMINDER_OFFSETS,
    quietHours: s.QUIET_HOURS,
    officeHours: s.OFFICE_HOURS,
    coverage: s.COVERAGE,
    retentionDays: s.RETENTION_DAYS,
    logLevel: s.LOG_LEVEL,
  }
}

/**
 * Whether Telegram brings messages to PUBLIC_URL; else we ask for them. Its servers call no address without TLS:
 * https://core.telegram.org/bots/webhooks
 */
export function takesWebhook({ telegram, publicUrl }: Pick<Config, 'telegram' | 'publicUrl'>): boolean {
  return telegram !== undefined && publicUrl?.toLowerCase().startsWith('https:') === true
}

/**
 * Where Telegram's webhook is, and by what it is known; the same in all processes of the same settings.
 * @throws Error for the operator, when no secret key is set and none can be made
 */
export function webhookAddress(config: Config): { base: string; path: string; token: string } {
  const secret = config.telegram?.webhookSecret ?? secretKey(config)
  return {
    base: `${config.publicUrl?.replace(/\/+$/, '')}/telegram`,
    path: derivedSecret(secret, 'telegram webhook path'),
    token: derivedSecret(secret, 'telegram webhook token'),
  }
}

/** The settings that this version reads, for the test that compares them with the README. */
export const settingNames = Object.keys(settings.shape)
