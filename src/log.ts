import { type Logger, pino } from 'pino'

export type { Logger } from 'pino'

/** JSON lines on standard error; never message texts, names, numbers or secrets. */
export function createLog(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2))
}

/**
 * An error as it may be logged: its kind, code and where it arose, but not its words, which may quote a person's
 * data.
 */
export function loggable(error: unknown): { error: string; code?: string; at?: string } {
  if (!(error instanceof Error)) return { error: typeof error }
  const { code, meta } = error as {
    code?: unknown
    meta?: { driverAdapterError?: { cause?: { originalCode?: string } } }
  }
  const original = meta?.driverAdapterError?.cause?.originalCode
  const at = error.stack?.split('\n').find((row) => /^\s+at /.test(row) && !row.includes('node_modules'))
  return {
    error: error.name,
    ...(code === undefined ? {} : { code: original ? `${String(code)}/${original}` : String(code) }),
    ...(at ? { at: at.trim() } : {}),
  }
}
