import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'

describe('RETENTION_DAYS', () => {
  it.each([
    [undefined, 365],
    ['', 365],
    ['1', 1],
    ['3650', 3650],
  ])('%j is %i days', (given, days) => {
    expect(readConfig({ RETENTION_DAYS: given }).retentionDays).toBe(days)
  })

  it.each(['0', '-1', '3651', '1.5', 'forever', '1e9'])('%j is refused with what is right', (given) => {
    expect(() => readConfig({ RETENTION_DAYS: given })).toThrow(
      'RETENTION_DAYS: must be a whole number of days from 1 to 3650',
    )
  })
})

describe('wrong settings', () => {
  it('are all named, each in a line', () => {
    const wrong = { PORT: 'x', LOG_LEVEL: 'loud', TELEGRAM_PER_SECOND: '40' }
    expect(() => readConfig(wrong)).toThrow(
      `PORT: must be a port number from 0 to 65535
LOG_LEVEL: must be one of trace, debug, info, warn, error, fatal, silent
TELEGRAM_PER_SECOND: above 30 only with TELEGRAM_API_ROOT, a Bot API server of your own`,
    )
    expect(() => readConfig({ TELEGRAM_PER_SECOND: '40' })).toThrow(
      /^TELEGRAM_PER_SECOND: above 30 only[^\n]+$/,
    )
    expect(() => readConfig({ TELEGRAM_PER_SECOND: '20000' })).toThrow(/^TELEGRAM_PER_SECOND: must be[^\n]+$/)
  })
})
