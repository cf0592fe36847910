import { html, raw } from 'hono/html'
import type { SampleOfficer, ThreadMessage } from './options.ts'
import { bubblesScript } from './page-bubbles.ts'
import { officersScript } from './page-officers.ts'
import { pendingScript } from './page-pending.ts'
import { chatScript } from './page-script.ts'
import { pageStyle } from './page-style.ts'
import { favicon, icon, iconSprite, wallpaper } from './pictures.ts'
import { textLimit } from './posted.ts'

type Html = ReturnType<typeof html>

const script = 'text/javascript; charset=utf-8'
const svg = 'image/svg+xml; charset=utf-8'

/** What the pages load from /simulator/<name>. */
export const assets: Record<string, { type: string; body: string }> = {
  'simulator.js': { type: script, body: chatScript },
  'bubbles.js': { type: script, body: bubblesScript },
  'pending.js': { type: script, body: pendingScript },
  'officers.js': { type: script, body: officersScript },
  'simulator.css': { type: 'text/css; charset=utf-8', body: pageStyle },
  'wallpaper.svg': { type: svg, body: wallpaper },
  'icon.svg': { type: svg, body: favicon },
}

/** The list of sample officers, with search. */
export function officersPage(officers: SampleOfficer[], search: string): Html {
  return page({
    title: 'Pilih peran – Bimtek Koperasi Kepri',
    scripts: ['officers.js', 'bubbles.js'],
    state: { officers, search },
    body: html`
<header class="top">
  <span class="avatar bot">${raw(icon('book'))}</span>
  <div class="who"><h1>Bimtek Koperasi Kepri</h1><p class="status">Simulator percakapan</p></div>
</header>
${sampleStrip()}
<main class="officers">
  <h2>Anda ingin mencoba sebagai siapa?</h2>
  <p class="lead">Pilih satu pengurus contoh, lalu tulis kepada bot seperti di aplikasi pesan.</p>
  <form class="search" role="search" action="/simulator" method="get">
    <label class="unseen" for="search">Cari nama, jabatan, koperasi, kelurahan, atau kecamatan</label>
    ${raw(icon('search'))}
    <input id="search" name="q" type="search" maxlength="100" autocomplete="off" spellcheck="false"
      placeholder="Cari nama atau kelurahan" value="${search}">
  </form>
  <p id="found" class="found" role="status"></p>
  <ul id="officers" class="officer-list" aria-label="Pengurus contoh"></ul>
</main>`,
  })
}

/** The chat of one officer; the script fills it from the thread and follows it. */
export function chatPage(officer: SampleOfficer, messages: ThreadMessage[]): Html {
  return page({
    title: `${officer.name} – Bimtek Koperasi Kepri`,
    scripts: ['simulator.js', 'bubbles.js', 'pending.js'],
    state: { officer, messages },
    body: html`
<header class="top">
  <a class="round back" href="/simulator" aria-label="Kembali ke daftar peran">${raw(icon('back'))}</a>
  <span class="avatar bot">${raw(icon('book'))}</span>
  <div class="who"><h1>Bimtek Koperasi Kepri</h1><p id="status" class="status">menghubungkan…</p></div>
</header>
${sampleStrip()}
<div class="role">
  <p><span>Anda: <b>${officer.name}</b></span> <span>${officer.title} · ${officer.cooperative}</span></p>
  <a href="/simulator">Ganti peran</a>
</div>
<main class="thread" id="thread" tabindex="0" aria-label="Percakapan">
  <section class="welcome" id="welcome" hidden>
    <p>Belum ada pesan. Tulis apa saja di bawah, atau mulai dengan salah satu ini:</p>
    <div class="choices" id="openers"></div>
  </section>
  <ol id="log" class="log" role="log" aria-live="polite" aria-relevant="additions" aria-label="Pesan"
    aria-busy="true"></ol>
  <p id="typing" class="typing" hidden><span class="unseen">Bot sedang mengetik</span><i></i><i></i><i></i></p>
</main>
${composer(officer)}`,
  })
}

function composer(officer: SampleOfficer): Html {
  const item = (kind: string, name: string, picture: string) =>
    html`<button type="button" role="menuitem" tabindex="-1" data-kind="${kind}">
      <span class="disc ${kind}">${raw(icon(picture))}</span>${name}</button>`
  return html`
<footer class="bottom">
  <button id="newest" class="round newest" type="button" aria-label="Ke pesan terbaru" hidden>${raw(icon('down'))}
    <span id="unread" class="unread"></span></button>
  <div id="menu" class="menu" role="menu" aria-label="Lampiran" hidden>
    ${item('voice', 'Pesan suara', 'voice')}
    ${item('picture', 'Foto', 'picture')}
    ${item('sticker', 'Stiker', 'sticker')}
    ${officer.phone === undefined ? '' : item('contact', 'Bagikan nomor saya', 'contact')}
  </div>
  <form id="composer" class="composer">
    <div class="field">
      <label class="unseen" for="text">Tulis pesan</label>
      <textarea id="text" rows="1" maxlength="${textLimit}" placeholder="Ketik pesan" enterkeyhint="send"
        autocomplete="off"></textarea>
      <button id="attach" class="round" type="button" aria-label="Lampirkan" aria-haspopup="menu"
        aria-expanded="false" aria-controls="menu">${raw(icon('attach'))}</button>
    </div>
    <button class="round send" type="submit" aria-label="Kirim">${raw(icon('send'))}</button>
  </form>
</footer>`
}

/** For an address whose officer is not among the sample data (any more). */
export function unknownOfficerPage(): Html {
  return page({
    title: 'Peran tidak ditemukan – Bimtek Koperasi Kepri',
    scripts: [],
    state: {},
    body: html`
<header class="top">
  <span class="avatar bot">${raw(icon('book'))}</span>
  <div class="who"><h1>Bimtek Koperasi Kepri</h1><p class="status">Simulator percakapan</p></div>
</header>
${sampleStrip()}
<main class="officers">
  <h2>Peran ini tidak ada</h2>
  <p class="lead">Pengurus contoh ini tidak ditemukan, atau data contoh sudah diganti.</p>
  <p><a class="button" href="/simulator">Pilih peran lain</a></p>
</main>`,
  })
}

function sampleStrip(): Html {
  return html`<p class="sample" role="note"><b>DATA CONTOH</b> – orang, nomor dan jadwal di sini bukan sungguhan</p>`
}

type Page = { title: string; scripts: string[]; state: unknown; body: Html }

/** The first script is the page's own, the others are what it imports. */
function page({ title, scripts: [own, ...imported], state, body }: Page): Html {
  return html`<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="theme-color" content="#008069">
<title>${title}</title>
<link rel="icon" type="image/svg+xml" href="/simulator/icon.svg">
<link rel="stylesheet" href="/simulator/simulator.css">
${imported.map((name) => html`<link rel="modulepreload" href="/simulator/${name}">`)}
${own === undefined ? '' : html`<script type="module" src="/simulator/${own}"></script>`}
</head>
<body>
${raw(iconSprite)}
<div class="phone">
${body}
<noscript><p class="sample">Halaman ini memerlukan JavaScript.</p></noscript>
</div>
<script id="state" type="application/json">${raw(inScript(state))}</script>
</body>
</html>
`
}

/** JSON that cannot end the element it stands in. */
function inScript(state: unknown): string {
  return JSON.stringify(state).replace(/</g, '\\u003c')
}
