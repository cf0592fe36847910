import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const { CHROMIUM, BIMTEK_TEST_NO_SKIP } = process.env
const executablePath = CHROMIUM || '/usr/bin/chromium'

/**
 * Whether to skip tests that need a browser: there is none, which the console then says. With
 * BIMTEK_TEST_NO_SKIP=1 they are never skipped, and fail.
 *
 * @example describe.skipIf(withoutBrowser())('the page', () => { … await launchBrowser() … })
 */
export function withoutBrowser(): boolean {
  if (existsSync(executablePath) || BIMTEK_TEST_NO_SKIP === '1') return false
  console.warn(`SKIPPED: no Chromium at ${executablePath}. Install it, or name it in CHROMIUM.`)
  return true
}

/** @throws Error if there is no Chromium at CHROMIUM (/usr/bin/chromium if not set) */
export async function launchBrowser(): Promise<Browser> {
  if (!existsSync(executablePath)) {
    throw new Error(`no Chromium at ${executablePath}: install it, or name it in CHROMIUM`)
  }
  return chromium.launch({ executablePath, args: flags })
}
