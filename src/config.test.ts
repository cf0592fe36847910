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
