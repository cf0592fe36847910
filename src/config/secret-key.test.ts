import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig, takesWebhook, webhookAddress } from '../config.ts'
import { derivedSecret, secretKey } from './secret-key.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bimtek-key-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

const made = () => secretKey({ secretKey: undefined, dataDir: join(folder, 'data') })

test('it is made once, for its owner only', () => {
  const key = made()
  expect(key.length).toBeGreaterThanOrEqual(43)
  expect(made()).toBe(key)
  expect(readdirSync(join(folder, 'data'))).toEqual(['secret-key'])
  expect(statSync(join(folder, 'data', 'secret-key')).mode & 0o777).toBe(0o600)
})

test('a setting outranks it, and makes nothing', () => {
  const key = 'k'.repeat(32)
  expect(secretKey({ secretKey: key, dataDir: folder })).toBe(key)
  expect(readdirSync(folder)).toEqual([])
})

test('one that is cut short is refused, not replaced', () => {
  writeFileSync(join(folder, 'secret-key'), 'short')
  expect(() => secretKey({ secretKey: undefined, dataDir: folder })).toThrow(
    /^SECRET_KEY: .*cut short.* Set SECRET_KEY/,
  )
})

test.skipIf(process.getuid?.() === 0)('a folder that cannot be written is named', () => {
  chmodSync(folder, 0o500)
  expect(made).toThrow(/^SECRET_KEY: .*EACCES/)
})

test('each purpose has a secret of its own', () => {
  const secrets = [derivedSecret('key', 'a'), derivedSecret('key', 'b'), derivedSecret('other', 'a')]
  expect(new Set(secrets).size).toBe(3)
  for (const secret of secrets) expect(secret).toMatch(/^[\w-]{43}$/)
})

const token = '4242:test-AAbbCCddEEffGGhhIIjj'

test.each([
  ['https://bot.example', true],
  ['HTTPS://bot.example/', true],
  ['http://bot.example', false],
  ['', false],
])('with PUBLIC_URL %j the webhook is used: %s', (PUBLIC_URL, expected) => {
  expect(takesWebhook(readConfig({ PUBLIC_URL, TELEGRAM_TOKEN: token }))).toBe(expected)
  expect(takesWebhook(readConfig({ PUBLIC_URL }))).toBe(false)
})

test('the address of the webhook is the same wherever the settings are, and another with another secret', () => {
  const given = { PUBLIC_URL: 'https://bot.example/', TELEGRAM_TOKEN: token, DATA_DIR: folder }
  const one = webhookAddress(readConfig({ ...given, TELEGRAM_WEBHOOK_SECRET: 's'.repeat(16) }))
  expect(readdirSync(folder)).toEqual([])
  expect(one.base).toBe('https://bot.example/telegram')
  expect(webhookAddress(readConfig({ ...given, TELEGRAM_WEBHOOK_SECRET: 's'.repeat(16) }))).toEqual(one)
  const other = webhookAddress(readConfig(given))
  expect(webhookAddress(readConfig(given))).toEqual(other)
  expect(new Set([one.path, one.token, other.path, other.token]).size).toBe(4)
})

test('a short secret is refused', () => {
  expect(() => readConfig({ SECRET_KEY: 'x', TELEGRAM_WEBHOOK_SECRET: 'x' })).toThrow(
    /SECRET_KEY: must have 32[^\n]+\nTELEGRAM_WEBHOOK_SECRET: must have 16/,
  )
})
