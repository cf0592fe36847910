import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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
  const say = async (text: string): Promise<void> => {
    await page.getByRole('textbox', { name: /pesan/i }).fill(text)
    await page.keyboard.press('Enter')
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
    await page.getByRole('button', { name: 'Ya', exact: true }).last().click()
    await hear(/Mau daftar yang mana|Sudah benar/)
    const classes = bubbles().getByRole('button', { name: /·/ })
    if ((await bubbles().getByText('Sudah benar').count()) === 0) await classes.last().click()
    await hear(/Sudah benar/)
    await say('jam brp mulainya?')
    await hear(/pukul \d\d\.\d\d/)
    await page.getByRole('button', { name: 'Ya', exact: true }).last().click()
    await hear(/REG-[2-9A-Z]{5}/)
    await say('jadwal saya')
    await hear(/Jadwal .*:/)
    await say('batalkan pendaftaran saya')
    await hear(/Yakin dibatalkan/)
    await page.getByRole('button', { name: 'Ya', exact: true }).last().click()
    await hear(/sudah dibatalkan/)
    const wide = await page.evaluate(
      'document.documentElement.scrollWidth > document.documentElement.clientWidth',
    )
    expect(wide).toBe(false)
  })
})
