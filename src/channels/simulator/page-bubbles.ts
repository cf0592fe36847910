/**
 * Browser module: builds what the pages show. Only from text nodes and attributes: nothing that somebody wrote is
 * ever read as HTML. Plain JavaScript for every browser of the last five years; no build step.
 */
export const bubblesScript = String.raw`const bold = '\uE000'
const zone = 'Asia/Jakarta'
const dayFormat = new Intl.DateTimeFormat('id-ID', { timeZone: zone, weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
const clockFormat = new Intl.DateTimeFormat('id-ID', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** An element with attributes (true for an empty one, false for none) and children, of which strings become text. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== undefined) made.setAttribute(name, value === true ? '' : String(value))
  }
  made.append(...children.filter((child) => child !== undefined))
  return made
}

export function icon(name) {
  const space = 'http://www.w3.org/2000/svg'
  const picture = document.createElementNS(space, 'svg')
  picture.setAttribute('class', 'icon')
  picture.setAttribute('aria-hidden', 'true')
  const use = document.createElementNS(space, 'use')
  use.setAttribute('href', '#i-' + name)
  picture.append(use)
  return picture
}

/** Rich text as nodes: what stands between an odd mark and the next is bold. */
function richNodes(rich) {
  return rich.split(bold).map((piece, index) => (index % 2 === 1 ? element('b', {}, piece) : piece)).filter((node) => node !== '')
}

function dayOf(iso) {
  const day = dayFormat.format(new Date(iso))
  if (day === dayFormat.format(Date.now())) return 'Hari ini'
  if (day === dayFormat.format(Date.now() - 86400000)) return 'Kemarin'
  return day
}

const attachments = {
  voice: () => [element('div', { class: 'attachment voice' }, icon('play'), wave(), element('span', {}, 'Pesan suara'))],
  picture: () => [element('div', { class: 'attachment large' }, icon('picture'), element('span', {}, 'Foto'))],
  sticker: () => [element('div', { class: 'attachment large sticker' }, icon('sticker'), element('span', {}, 'Stiker'))],
  contact: () => [element('div', { class: 'attachment' }, element('span', { class: 'disc contact' }, icon('contact')), element('span', {}, 'Nomor saya'))],
  location: () => [element('div', { class: 'attachment' }, element('span', { class: 'disc place' }, icon('place')), element('span', {}, 'Lokasi saya'))],
}

function wave() {
  return element('span', { class: 'wave', 'aria-hidden': 'true' }, ...Array.from({ length: 18 }, () => element('i')))
}

function placeCard({ name, address, lat, lon }) {
  const spot = encodeURIComponent(lat) + '/' + encodeURIComponent(lon)
  const href = 'https://www.openstreetmap.org/?mlat=' + encodeURIComponent(lat) + '&mlon=' + encodeURIComponent(lon) + '#map=17/' + spot
  return element('div', { class: 'place' },
    element('span', { class: 'pin' }, icon('place')),
    element('div', {}, element('b', {}, name), element('span', {}, address),
      element('a', { href, target: '_blank', rel: 'noreferrer' }, 'Buka peta', element('span', { class: 'unseen' }, ' ' + name + ' (tab baru)'))))
}

function documentCard({ name }, href) {
  return element('div', { class: 'attachment' }, element('span', { class: 'disc document' }, icon('document')),
    element('a', { href, download: name }, name, element('span', { class: 'unseen' }, ' (unduh)')))
}

function meta(message) {
  const tick = message.from === 'officer' ? element('span', { class: 'tick' }) : undefined
  return element('span', { class: 'meta' }, element('time'), tick)
}

function bubble(message, fileHref) {
  const speaker = element('span', { class: 'unseen' }, message.from === 'officer' ? 'Anda: ' : 'Bot: ')
  const attached = message.attachment ? attachments[message.attachment]() : []
  const place = message.location ? [placeCard(message.location)] : []
  const words = message.rich === '' ? [] : [element('span', { class: 'words', dir: 'auto' }, ...richNodes(message.rich))]
  const file = message.document ? [documentCard(message.document, fileHref(message))] : []
  return element('div', { class: 'bubble' }, speaker, ...attached, ...words, ...place, ...file, meta(message))
}

/**
 * A message as an item of the log. Its choices call back with the choice, or with undefined for the button that
 * shares the officer's number; its file lies where fileHref says.
 */
export function messageItem(message, { onChoice, mayShare, fileHref }) {
  const item = element('li', { class: 'message ' + message.from })
  item.append(element('div', { class: 'day', hidden: true }), bubble(message, fileHref))
  stamp(item, message.at)
  const buttons = message.choices.map((choice) => choiceButton(choice.label, () => onChoice(choice)))
  if (message.asksPhone && mayShare) buttons.push(choiceButton('Bagikan nomor saya', () => onChoice(undefined), 'contact'))
  if (buttons.length > 0) item.append(element('div', { class: 'choices', role: 'group', 'aria-label': 'Pilihan jawaban' }, ...buttons))
  return item
}

/** Says when; the service's clock counts as soon as it is known. */
export function stamp(item, at) {
  item.dataset.day = dayOf(at)
  const time = item.querySelector('time')
  time.dateTime = at
  time.textContent = clockFormat.format(new Date(at))
}

export function choiceButton(label, onPress, picture) {
  const button = element('button', { type: 'button', class: 'choice' }, picture ? icon(picture) : undefined, element('span', {}, label))
  button.addEventListener('click', onPress)
  return button
}

const tickNames = { waiting: 'menunggu jaringan', sent: 'terkirim', delivered: 'diterima', read: 'dibaca', refused: 'gagal terkirim' }

/** Shows how far an officer's own message has come: waiting, sent, delivered, read, or refused. */
export function showTick(item, state) {
  const tick = item.querySelector('.tick')
  if (!tick || tick.dataset.state === state) return
  tick.dataset.state = state
  tick.replaceChildren(icon(state === 'read' ? 'delivered' : state), element('span', { class: 'unseen' }, tickNames[state]))
}

/** Shows a day above the first message of it, and a tail on the first of several bubbles of one side. */
export function showGroups(items) {
  let day = ''
  let side = ''
  for (const item of items) {
    const newDay = item.dataset.day !== day
    const newSide = newDay || item.className.includes('officer') !== (side === 'officer')
    day = item.dataset.day
    side = item.classList.contains('officer') ? 'officer' : 'bot'
    item.classList.toggle('first', newSide)
    const label = item.querySelector('.day')
    label.hidden = !newDay
    label.textContent = newDay ? day : ''
  }
}
`
