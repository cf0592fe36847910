/** Browser module: the chat of one officer. What it shows comes from the thread; what it sends is pending first. */
export const chatScript = `import { choiceButton, messageItem, showGroups, showTick, stamp } from './bubbles.js'
import { createPending } from './pending.js'

/** The service says something at least every 20 s. */
const silence = 50000
const reconnectPause = { first: 500, longest: 8000 }
/** After so long without an answer, none is on its way: a person may have taken over. */
const typingPatience = 20000
/** A page that nobody sees gives its connection back: a browser has six for one service. */
const hiddenPatience = 5000
const openers = ['Kapan jadwal Bimtek saya?', 'Saya mau daftar Bimtek', 'Di mana tempat pelatihannya?']

const { officer, messages } = JSON.parse(document.getElementById('state').textContent)
const part = (id) => document.getElementById(id)
const thread = part('thread')
const log = part('log')
const text = part('text')
const items = new Map()
const pendingItems = new Map()
const pending = createPending(officer.chat, showPending)
let newest = ''
let unread = 0
let awaitedUntil = 0

/* ---- the thread ---- */

function itemOf(message) {
  return messageItem(message, {
    mayShare: officer.phone !== undefined,
    fileHref: ({ id }) => '/simulator/files/' + encodeURIComponent(id) + '?as=' + encodeURIComponent(officer.chat),
    onChoice: (choice) => (choice ? press(message.id, choice) : attach('contact')),
  })
}

function take(message) {
  newest = message.id
  if (items.has(message.id)) return
  const own = pendingItems.get(message.externalId)
  const item = own ?? itemOf(message)
  if (own) {
    pending.settle(message.externalId)
    pendingItems.delete(message.externalId)
    own.querySelector('.again')?.remove()
    stamp(own, message.at)
  }
  item.dataset.id = message.id
  items.set(message.id, item)
  if (!own || hasPendingBefore(own)) log.insertBefore(item, log.querySelector('.message[data-pending]:not([data-id])'))
}

function hasPendingBefore(item) {
  const before = item.previousElementSibling
  return before !== null && before.dataset.id === undefined
}

function receive(arrived) {
  const following = isAtEnd()
  const fresh = arrived.filter(({ id }) => !items.has(id))
  arrived.forEach(take)
  const last = fresh[fresh.length - 1]
  if (last) awaitedUntil = last.from === 'officer' ? Date.now() + typingPatience : 0
  unread += following ? 0 : fresh.filter(({ from }) => from === 'bot').length
  arrange()
  if (following) toEnd()
}

function showPending(entry) {
  const known = pendingItems.get(entry.id)
  const item = known ?? itemOf({ choices: [], asksPhone: false, from: 'officer', at: entry.at, ...entry.shown })
  item.dataset.pending = entry.state
  if (!known) {
    pendingItems.set(entry.id, item)
    log.append(item)
  }
  item.querySelector('.again')?.remove()
  if (entry.state === 'refused') item.append(againButton(entry))
  if (entry.state === 'sent') awaitedUntil = Date.now() + typingPatience
  arrange()
  if (!known) toEnd()
}

function againButton(entry) {
  const button = choiceButton('Gagal terkirim. Kirim lagi', () => pending.again(entry))
  button.className = 'again'
  return button
}

/** Everything that depends on what stands before or after a message. */
function arrange() {
  const all = [...log.children]
  showGroups(all)
  let answered = false
  let overtaken = false
  for (const item of all.reverse()) {
    if (item.classList.contains('officer')) {
      showTick(item, tickOf(item, answered))
      overtaken = true
      continue
    }
    answered = true
    const choices = item.querySelector('.choices')
    if (!choices) continue
    choices.classList.toggle('old', overtaken)
    overtaken = true
  }
  part('welcome').hidden = all.length > 0
  showUnread()
  showStatus()
}

function tickOf(item, answered) {
  if (item.dataset.id !== undefined) return answered ? 'read' : 'delivered'
  return item.dataset.pending
}

/* ---- what the officer does ---- */

function sendText(words) {
  if (words.trim() === '') return
  pending.add({ text: words }, { rich: words })
}

let pressed = { key: '', at: 0 }

/** A double tap is one press. */
function press(quotes, { label, data }) {
  const key = quotes + ' ' + data
  if (pressed.key === key && Date.now() - pressed.at < 700) return
  pressed = { key, at: Date.now() }
  pending.add({ press: data, quotes }, { rich: label })
}

function attach(kind) {
  pending.add({ kind }, { rich: '', attachment: kind })
}

function fitText() {
  text.style.height = 'auto'
  text.style.height = Math.min(text.scrollHeight, 132) + 'px'
}

part('composer').addEventListener('submit', (event) => {
  event.preventDefault()
  sendText(text.value)
  text.value = ''
  fitText()
  text.focus()
})
text.addEventListener('input', fitText)
text.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return
  event.preventDefault()
  part('composer').requestSubmit()
})

/* ---- the attachment menu ---- */

const menu = part('menu')
const menuItems = [...menu.querySelectorAll('[role=menuitem]')]

function openMenu(open) {
  menu.hidden = !open
  part('attach').setAttribute('aria-expanded', String(open))
  if (open) menuItems[0].focus()
}

part('attach').addEventListener('click', () => openMenu(menu.hidden))
menu.addEventListener('click', (event) => {
  const item = event.target.closest('[data-kind]')
  if (!item) return
  openMenu(false)
  part('attach').focus()
  attach(item.dataset.kind)
})
menu.addEventListener('keydown', (event) => {
  const steps = { ArrowDown: 1, ArrowUp: -1 }
  if (event.key in steps) {
    event.preventDefault()
    const at = menuItems.indexOf(document.activeElement)
    menuItems[(at + steps[event.key] + menuItems.length) % menuItems.length].focus()
  }
  if (event.key === 'Escape') {
    openMenu(false)
    part('attach').focus()
  }
})
menu.addEventListener('focusout', (event) => {
  if (event.relatedTarget && !menu.contains(event.relatedTarget) && event.relatedTarget !== part('attach')) openMenu(false)
})
document.addEventListener('pointerdown', (event) => {
  if (!menu.hidden && !menu.contains(event.target) && !part('attach').contains(event.target)) openMenu(false)
})

/* ---- where the officer reads ---- */

function isAtEnd() {
  return thread.scrollHeight - thread.scrollTop - thread.clientHeight < 60
}

function toEnd() {
  thread.scrollTop = thread.scrollHeight
}

function showUnread() {
  const atEnd = isAtEnd()
  if (atEnd) unread = 0
  part('newest').hidden = atEnd
  part('unread').textContent = unread > 0 ? String(unread) : ''
  part('newest').setAttribute('aria-label', unread > 0 ? 'Ke pesan terbaru, ' + unread + ' belum dibaca' : 'Ke pesan terbaru')
}

thread.addEventListener('scroll', showUnread, { passive: true })
part('newest').addEventListener('click', toEnd)
// the keyboard of a phone opens, or the composer grows
let height = thread.clientHeight
new ResizeObserver(() => {
  const wasAtEnd = thread.scrollHeight - thread.scrollTop - height < 60
  height = thread.clientHeight
  if (wasAtEnd) toEnd()
}).observe(thread)

/* ---- the connection ---- */

let source
let connected = false
let failures = 0
let reconnectTimer
let silenceTimer
let typingTimer

function showStatus() {
  const left = awaitedUntil - Date.now()
  const typing = connected && left > 0
  clearTimeout(typingTimer)
  if (typing) typingTimer = setTimeout(showStatus, left + 10)
  const following = isAtEnd()
  part('typing').hidden = !typing
  if (typing && following) toEnd()
  part('status').textContent = !connected ? 'menghubungkan…' : typing ? 'mengetik…' : 'online'
}

function heard() {
  connected = true
  failures = 0
  clearTimeout(silenceTimer)
  silenceTimer = setTimeout(lost, silence)
}

function connect() {
  disconnect()
  source = new EventSource('/simulator/events?as=' + encodeURIComponent(officer.chat) + '&after=' + encodeURIComponent(newest))
  source.addEventListener('alive', () => {
    heard()
    showStatus()
  })
  source.addEventListener('messages', (event) => {
    heard()
    receive(JSON.parse(event.data))
  })
  source.addEventListener('error', lost)
}

function disconnect() {
  clearTimeout(reconnectTimer)
  clearTimeout(silenceTimer)
  source?.close()
  source = undefined
}

function lost() {
  disconnect()
  connected = false
  showStatus()
  const pause = Math.min(reconnectPause.longest, reconnectPause.first * 2 ** failures)
  failures += 1
  reconnectTimer = setTimeout(connect, pause * (0.5 + Math.random() / 2))
}

function resume() {
  failures = 0
  connect()
  pending.run()
}

let hiddenTimer
document.addEventListener('visibilitychange', () => {
  clearTimeout(hiddenTimer)
  if (document.hidden) hiddenTimer = setTimeout(disconnect, hiddenPatience)
  else if (!source) resume()
})
window.addEventListener('online', resume)
window.addEventListener('offline', lost)
window.addEventListener('pageshow', (event) => {
  if (event.persisted) resume()
})

/* ---- the beginning ---- */

for (const words of openers) part('openers').append(choiceButton(words, () => sendText(words)))
for (const entry of [...pending.entries]) showPending(entry)
messages.forEach(take)
arrange()
toEnd()
// from now on a screen reader reads what is added
requestAnimationFrame(() => log.setAttribute('aria-busy', 'false'))
resume()
if (matchMedia('(pointer: fine)').matches) text.focus({ preventScroll: true })
`
