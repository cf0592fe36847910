import { readFileSync } from 'node:fs'
import { pino } from 'pino'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createWeb, serveWeb } from '../../src/web.ts'
import { launchBrowser, withoutBrowser } from '../browser.ts'
import { type EchoBot, hostile, startEchoBot } from './echo-bot.ts'

const phone = { viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true }

describe.skipIf(withoutBrowser())('the simulator in a browser', { timeout: 30_000 }, () => {
  let browser: Browser
  let bot: EchoBot
  let web: Awaited<ReturnType<typeof serveWeb>>
  let context: BrowserContext
  let page: Page
  /** What the browser complained about: a script's error, a breach of the policy. */
  let complaints: string[]

  beforeAll(async () => {
    browser = await launchBrowser()
  }, 60_000)
  afterAll(() => browser?.close())

  beforeEach(async () => {
    bot = await startEchoBot()
    web = await serveWeb(webOf(bot), '127.0.0.1', 0)
    complaints = []
    context = await browser.newContext(phone)
    page = await newPage(context)
  })
  afterEach(async () => {
    await context.close()
    await bot.stop()
    await web.close()
    expect(complaints).toEqual([])
  })

  async function newPage(of: BrowserContext): Promise<Page> {
    const opened = await of.newPage()
    opened.setDefaultTimeout(10_000)
    opened.on('pageerror', (error) => complaints.push(error.message))
    opened.on('console', (message) => {
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
        complaints.push(message.text())
      }
    })
    return opened
  }

  const chatAs = (chat: string, on = page) => on.goto(`http://127.0.0.1:${web.port}/simulator?as=${chat}`)
  /** What a reader sees, oldest first, without the time. */
  const words = (on = page) => on.locator('.message .words').allTextContents()
  const sees = (expected: string[], on = page) =>
    expect.poll(() => words(on), { timeout: 10_000 }).toEqual(expected)
  async function write(text: string, on = page): Promise<void> {
    await on.fill('#text', text)
    await on.press('#text', 'Enter')
  }

  it('lets one choose an officer by search, write, and read the answer without reloading', async () => {
    await page.goto(`http://127.0.0.1:${web.port}/`)
    await page.getByRole('searchbox').fill('galang')
    await page.getByText('1 ditemukan').waitFor()
    await page.getByRole('link', { name: 'Ahmad Fauzi' }).click()
    await page.getByText('Anda: Ahmad Fauzi, S.E.').waitFor()
    await write('pagi bu, kapan bimtek?')
    await sees(['pagi bu, kapan bimtek?', 'Bot mendengar: pagi bu, kapan bimtek?'])
    expect(await page.locator('.bot .words b').textContent()).toBe('pagi bu, kapan bimtek?')
    expect(await page.locator('.officer .tick').getAttribute('data-state')).toBe('read')
    expect(bot.stored).toMatchObject([{ chat: 'sample-4', displayName: 'Ahmad Fauzi, S.E.' }])
    await page.getByRole('link', { name: 'Ganti peran' }).click()
    await page.getByRole('heading', { name: 'Anda ingin mencoba sebagai siapa?' }).waitFor()
  })

  it('says when a search finds nobody', async () => {
    await page.goto(`http://127.0.0.1:${web.port}/simulator`)
    await page.fill('#search', 'zzz')
    await page.getByText('Tidak ada yang cocok dengan “zzz”').waitFor()
    expect(await page.locator('.officer-list li').count()).toBe(0)
  })

  it('sends a pressed choice as the officer’s message; the older choices fade but still work', async () => {
    await chatAs('sample-1')
    await write('daftar')
    await page.getByRole('button', { name: 'Ya, benar' }).click()
    await sees(['daftar', 'Bot mendengar: daftar', 'Ya, benar', 'Bot mendengar: yes:daftar'])
    expect(bot.stored[1]).toMatchObject({ content: { kind: 'button', data: 'yes:daftar' }, quotes: '2' })
    const [older, newer] = await page.locator('.choices:not(#openers)').all()
    expect(await older?.getAttribute('class')).toContain('old')
    expect(await newer?.getAttribute('class')).not.toContain('old')
    await older?.getByText('Bukan itu').click()
    await expect.poll(() => bot.stored.length).toBe(3)
    expect(bot.stored[2]).toMatchObject({ content: { data: 'no' }, quotes: '2' })
  })

  it('keeps a file that the bot sent, under its name', async () => {
    await chatAs('sample-1')
    bot.sends('sample-1', { name: `data ${hostile}.txt`, text: 'Nama: Sari ✓' })
    const link = page.locator('.bot .attachment a')
    await link.waitFor()
    expect(await link.textContent()).toBe(`data ${hostile}.txt (unduh)`)
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
    expect(download.suggestedFilename()).toContain('.txt')
    expect(readFileSync(await download.path(), 'utf8')).toBe('Nama: Sari ✓')
    expect(await page.title()).not.toBe('hacked')
  })

  it('counts a double tap once', async () => {
    await chatAs('sample-1')
    bot.says('sample-1', { rich: 'Hadir?', choices: [{ label: 'Hadir', data: 'yes' }] })
    await page.getByRole('button', { name: 'Hadir' }).dblclick()
    await sees(['Hadir?', 'Hadir', 'Bot mendengar: yes'])
    expect(bot.stored).toHaveLength(1)
  })

  it('shows what anybody wrote as text, never as HTML', async () => {
    bot.says('sample-6', {
      rich: hostile,
      choices: [{ label: hostile, data: 'x' }],
      location: { name: hostile, address: hostile, lat: 1.1, lon: 104 },
    })
    await page.goto(`http://127.0.0.1:${web.port}/simulator?q=pulau`)
    await page.getByRole('link', { name: '<img' }).click()
    await write(hostile)
    await sees([hostile, hostile, `Bot mendengar: ${hostile}`])
    expect(await page.locator('img, .phone script').count()).toBe(0)
    expect(await page.title()).toContain('<img src=x')
    expect(await page.getByRole('link', { name: 'Buka peta' }).getAttribute('href')).toBe(
      'https://www.openstreetmap.org/?mlat=1.1&mlon=104#map=17/1.1/104',
    )
    expect(await page.getByRole('link', { name: 'Buka peta' }).getAttribute('rel')).toBe('noreferrer')
    expect(await hasSidewaysScroll(page)).toBe(false)
  })

  it('keeps what is written without a network, and sends it once, in order, when it is back', async () => {
    await chatAs('sample-1')
    await page.getByText('online', { exact: true }).waitFor()
    await context.setOffline(true)
    await write('satu')
    await write('dua')
    await sees(['satu', 'dua'])
    await page.getByText('menghubungkan…').waitFor()
    expect(await page.locator('.tick').first().getAttribute('data-state')).toBe('waiting')
    bot.says('sample-1', { rich: 'Pengingat: besok pelatihan' })
    await context.setOffline(false)
    await expect.poll(async () => (await words()).length, { timeout: 15_000 }).toBe(5)
    expect(bot.stored.map(({ content }) => content)).toEqual([
      { kind: 'text', text: 'satu' },
      { kind: 'text', text: 'dua' },
    ])
    const seen = await words()
    await page.reload()
    await sees(seen)
  })

  it('comes back by itself after the service was started anew', async () => {
    await chatAs('sample-1')
    await page.getByText('online', { exact: true }).waitFor()
    await web.close()
    await page.getByText('menghubungkan…').waitFor()
    await write('masih di sana?')
    bot.says('sample-1', { rich: 'Kelas pindah ke pukul 10.00' })
    web = await serveWeb(webOf(bot), '127.0.0.1', web.port)
    await page.getByText('online', { exact: true }).waitFor()
    await expect
      .poll(async () => (await words()).sort())
      .toEqual(['Bot mendengar: masih di sana?', 'Kelas pindah ke pukul 10.00', 'masih di sana?'])
  })

  it('finds what was not yet sent after a reload', async () => {
    await chatAs('sample-1')
    await context.route('**/simulator/messages', (route) => route.abort())
    await write('jangan hilang')
    await sees(['jangan hilang'])
    await page.reload()
    await sees(['jangan hilang'])
    await context.unroute('**/simulator/messages')
    await sees(['jangan hilang', 'Bot mendengar: jangan hilang'])
    await page.reload()
    await sees(['jangan hilang', 'Bot mendengar: jangan hilang'])
    expect(bot.stored).toHaveLength(1)
  })

  it('sends again under the same id when the answer was lost', async () => {
    await chatAs('sample-1')
    let lost = 0
    await context.route('**/simulator/messages', async (route) => {
      await route.fetch()
      lost += 1
      await (lost < 3 ? route.fulfill({ status: 503, body: '{}' }) : route.continue())
    })
    await write('sekali saja')
    await sees(['sekali saja', 'Bot mendengar: sekali saja'])
    expect(bot.stored).toHaveLength(1)
  })

  it('offers to send again what was refused', async () => {
    await chatAs('sample-1')
    await context.route('**/simulator/messages', (route) => route.fulfill({ status: 400, body: '{}' }))
    await write('coba')
    const again = page.getByRole('button', { name: 'Gagal terkirim. Kirim lagi' })
    await again.waitFor()
    await context.unroute('**/simulator/messages')
    await again.click()
    await sees(['coba', 'Bot mendengar: coba'])
    expect(await again.count()).toBe(0)
  })

  it('shows the same in two tabs of one officer, and nothing in a third of another', async () => {
    const [second, other] = [await newPage(context), await newPage(context)]
    await chatAs('sample-1')
    await chatAs('sample-1', second)
    await chatAs('sample-2', other)
    await write('dari tab satu')
    await sees(['dari tab satu', 'Bot mendengar: dari tab satu'], second)
    await write('dari tab dua', second)
    const all = [
      'dari tab satu',
      'Bot mendengar: dari tab satu',
      'dari tab dua',
      'Bot mendengar: dari tab dua',
    ]
    await sees(all)
    await sees(all, second)
    expect(await words(other)).toEqual([])
  })

  it('sends voice, picture, sticker and the own number from the menu, by keyboard too', async () => {
    await chatAs('sample-1')
    const attach = page.getByRole('button', { name: 'Lampirkan' })
    for (const name of ['Pesan suara', 'Foto', 'Stiker']) {
      await attach.click()
      await page.getByRole('menuitem', { name }).click()
    }
    await attach.press('Enter')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await expect.poll(() => bot.stored.length).toBe(4)
    expect(bot.stored.map(({ content }) => content)).toEqual([
      { kind: 'voice' },
      { kind: 'picture' },
      { kind: 'sticker' },
      { kind: 'contact', phone: '+620000000001', own: true },
    ])
    await attach.press('Enter')
    await page.keyboard.press('Escape')
    expect(await page.getByRole('menu').isHidden()).toBe(true)
  })

  it('shares the number by the button of a message that asks for it', async () => {
    bot.says('sample-1', { rich: 'Boleh kami minta nomornya?', asksPhone: true })
    await chatAs('sample-1')
    await page.getByRole('button', { name: 'Bagikan nomor saya' }).click()
    await expect.poll(() => bot.stored.map(({ content }) => content.kind)).toEqual(['contact'])
  })

  it('fits a small phone: no sideways scroll, the composer in sight, buttons large enough', async () => {
    for (let n = 1; n <= 30; n += 1) bot.says('sample-1', { rich: `${n} ${'panjang'.repeat(20)}` })
    bot.says('sample-1', { rich: 'Pilih:', choices: [{ label: 'Ya', data: 'y' }] })
    await chatAs('sample-1')
    expect(await hasSidewaysScroll(page)).toBe(false)
    const composer = await page.locator('#composer').boundingBox()
    expect((composer?.y ?? 0) + (composer?.height ?? 0)).toBeLessThanOrEqual(640)
    const choice = await page.getByRole('button', { name: 'Ya', exact: true }).boundingBox()
    expect(choice?.height).toBeGreaterThanOrEqual(44)
    expect(choice?.width).toBeGreaterThan(300)
    expect((choice?.y ?? 0) + (choice?.height ?? 0)).toBeLessThanOrEqual(composer?.y ?? 0)
  })

  it('does not pull a reader of older messages down, but says that there is a new one', async () => {
    for (let n = 1; n <= 30; n += 1) bot.says('sample-1', { rich: `baris ${n}` })
    await chatAs('sample-1')
    await page.locator('#thread').evaluate((thread) => {
      thread.scrollTop = 0
    })
    bot.says('sample-1', { rich: 'baru' })
    await page.getByRole('button', { name: 'Ke pesan terbaru, 1 belum dibaca' }).click()
    await expect.poll(() => page.locator('#newest').isHidden()).toBe(true)
  })

  it('breaks a line by Shift and Enter', async () => {
    await chatAs('sample-1')
    await page.locator('#text').pressSequentially('satu')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('dua')
    await page.keyboard.press('Enter')
    await sees(['satu\ndua', 'Bot mendengar: satu\ndua'])
    expect(await page.inputValue('#text')).toBe('')
  })
})

describe.skipIf(withoutBrowser())('the simulator while an answer is awaited', { timeout: 30_000 }, () => {
  it('shows that the bot writes', async () => {
    const bot = await startEchoBot(800)
    const web = await serveWeb(webOf(bot), '127.0.0.1', 0)
    const browser = await launchBrowser()
    try {
      const page = await browser.newPage()
      await page.goto(`http://127.0.0.1:${web.port}/simulator?as=sample-1`)
      await page.getByRole('button', { name: 'Kapan jadwal Bimtek saya?' }).click()
      await page.getByText('mengetik…').waitFor()
      await page.getByText('Bot mendengar').waitFor()
      await page.getByText('online', { exact: true }).waitFor()
      expect(await page.locator('#typing').isHidden()).toBe(true)
    } finally {
      await browser.close()
      await bot.stop()
      await web.close()
    }
  })
})

function webOf(bot: EchoBot) {
  return createWeb({
    log: pino({ level: 'silent' }),
    ready: async () => ({ ready: true, parts: {} }),
    metrics: async () => ({ contentType: 'text/plain', body: '' }),
    mount: [{ path: '/simulator', routes: bot.routes }],
  })
}

function hasSidewaysScroll(page: Page): Promise<boolean> {
  return page.evaluate(
    'document.documentElement.scrollWidth > innerWidth || thread.scrollWidth > thread.clientWidth',
  )
}
