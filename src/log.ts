import { type Logger, pino } from 'pino'

export type { Logger } from 'pino'

/** JSON lines on standard error; never message texts, names, numbers or secrets. */
export function createLog(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2))
}
