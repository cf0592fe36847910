/** Browser module: the list of sample officers and its search. */
export const officersScript = String.raw`import { element } from './bubbles.js'

const mostOfficers = 30
const typingPause = 200
const { officers, search } = JSON.parse(document.getElementById('state').textContent)
const list = document.getElementById('officers')
const found = document.getElementById('found')
const input = document.getElementById('search')
let asked = 0
let timer

function initials(name) {
  const words = name.replace(/,.*$/, '').split(/\s+/).filter((word) => /^\p{L}/u.test(word) && !word.endsWith('.'))
  return [words[0], words.length > 1 ? words[words.length - 1] : undefined].map((word) => (word ? word[0] : '')).join('').toUpperCase()
}

function officerItem(officer) {
  const href = '/simulator?as=' + encodeURIComponent(officer.chat)
  const avatar = element('span', { class: 'avatar tone' + (Math.abs(officer.id) % 6), 'aria-hidden': 'true' }, initials(officer.name))
  return element('li', {}, element('a', { href }, avatar,
    element('span', { class: 'officer' }, element('b', {}, officer.name),
      element('span', { class: 'post' }, officer.title + ' · ' + officer.cooperative), element('span', { class: 'area' }, officer.area))))
}

function countOf(shown, words) {
  if (shown.length === 0) return 'Tidak ada yang cocok dengan “' + words + '”. Coba nama kelurahan, kecamatan, atau jabatan.'
  if (words === '') return 'Beberapa pengurus contoh:'
  if (shown.length >= mostOfficers) return mostOfficers + ' yang pertama; ketik lebih lengkap untuk mempersempit.'
  return shown.length + ' ditemukan'
}

function show(shown, words) {
  list.replaceChildren(...shown.map(officerItem))
  found.textContent = countOf(shown, words)
}

async function look() {
  const words = input.value.trim()
  const turn = ++asked
  try {
    const answer = await fetch('/simulator/officers?q=' + encodeURIComponent(words))
    if (!answer.ok) throw new Error(String(answer.status))
    const shown = await answer.json()
    if (turn !== asked) return
    show(shown, words)
    history.replaceState(null, '', words ? '/simulator?q=' + encodeURIComponent(words) : '/simulator')
  } catch {
    if (turn !== asked) return
    found.textContent = 'Jaringan terputus. Mencoba lagi…'
    timer = setTimeout(look, 2000)
  }
}

input.addEventListener('input', () => {
  clearTimeout(timer)
  timer = setTimeout(look, typingPause)
})
input.form.addEventListener('submit', (event) => {
  event.preventDefault()
  clearTimeout(timer)
  look()
})
show(officers, search)
if (matchMedia('(pointer: fine)').matches) input.focus({ preventScroll: true })
// the browser may have brought back an older search
if (input.value.trim() !== search) look()
`
