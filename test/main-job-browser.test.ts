import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { embeddedServer } from '../src/database/embedded.ts'
import { launchBrowser, withoutBrowser } from './browser.ts'
import { type Child, run } from './process.ts'

let dataDir: string
let service: Child
let browser: Browser
let page: Page

describe.skipIf(withoutBrowser())('the main job in the simulator, on a fresh data folder', () => {
  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'bimtek-simulator-'))
    chmodSync(dataDir, 0o755)
    service = run('src/main.ts', ['start'], { DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'warn' })
    await service.prints(/Talk to it: .*simulator/)
    browser = await launchBrowser()
    page = await browser.newPage({ viewport: { width: 360, height: 740 } })
  })

  afterAll(async () => {
    await browser?.close()
    service?.kill('SIGTERM')
    await service?.ended
    rmSync(realpathSync(dataDir), { recursive: true, force: true })
  })

  const bubbles = () => page.getByRole('log')
  let sent = 0
  const say = async (text: string): Promise<void> => {
    sent++
    await page.getByRole('textbox', { name: /pesan/i }).fill(text)
    await page.keyboard.press('Enter')
  }
  const tap = async (buttons: Locator): Promise<void> => {
    sent++
    await buttons.last().click()
  }
  const hear = async (text: string | RegExp): Promise<void> => {
    await bubbles().getByText(text).last().waitFor()
  }

  it('an officer asks, registers with a question in between, sees the schedule and cancels', async () => {
    const [address = ''] = /http:\/\/\S+simulator/.exec(service.output()) ?? []
    await page.goto(address)
    await page.getByText('DATA CONTOH').first().waitFor()
    await page.getByRole('searchbox').fill('ketua bengkong')
    await page.getByRole('link', { name: /Ketua/ }).first().click()
    await say('kpn bimtek gel 3 pak?')
    await hear(/Gelombang 3/)
    await say('tempatnya dmn')
    await hear(/Indobaru/)
    await say('sy mau dftar')
    await hear(/setuju\?/)
    await tap(page.getByRole('button', { name: 'Ya', exact: true }))
    await hear(/Mau daftar yang mana|Sudah benar/)
    const classes = bubbles().getByRole('button', { name: /·/ })
    if ((await bubbles().getByText('Sudah benar').count()) === 0) await tap(classes)
    await hear(/Sudah benar/)
    await say('jam brp mulainya?')
    await hear(/pukul \d\d\.\d\d/)
    await tap(page.getByRole('button', { name: 'Ya', exact: true }))
    await hear(/REG-[2-9A-Z]{5}/)
    await say('jadwal saya')
    await hear(/Jadwal .*:/)
    await say('batalkan pendaftaran saya')
    await hear(/Yakin dibatalkan/)
    await tap(page.getByRole('button', { name: 'Ya', exact: true }))
    await hear(/sudah dibatalkan/)
    const wide = await page.evaluate(
      'document.documentElement.scrollWidth > document.documentElement.clientWidth',
    )
    expect(wide).toBe(false)
    await isInPostgres((await bubbles().textContent()) ?? '', sent)
  })
})

/** Every message in is answered, every message out is sent, and what was sent is what the page shows. */
async function isInPostgres(shown: string, sent: number): Promise<void> {
  const { url } = await embeddedServer(dataDir)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const came = await client.query('SELECT state FROM incoming_message')
    expect(came.rows).toHaveLength(sent)
    expect(new Set(came.rows.map(({ state }) => state))).toEqual(new Set(['answered']))
    const went = await client.query('SELECT state, text FROM outgoing_message ORDER BY id')
    expect(new Set(went.rows.map(({ state }) => state))).toEqual(new Set(['sent']))
    const words = (text: string) => text.replace(/\s+/g, '')
    for (const { text } of went.rows) expect(words(shown)).toContain(words(text))
    const registrations = await client.query(
      `SELECT state FROM registration WHERE cancelled_at IS NOT NULL AND number IN
         (SELECT substring(text FROM 'REG-[2-9A-Z]{5}') FROM outgoing_message)`,
    )
    expect(registrations.rows).toEqual([{ state: 'cancelled' }])
  } finally {
    await client.end()
  }
}
