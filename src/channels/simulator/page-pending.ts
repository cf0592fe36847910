/**
 * Browser module: what the officer sent and the service has not yet stored. Each message has an id of its own from
 * the first moment, stays in the browser's storage until the service has it, and goes out in order, one at a time,
 * as often as it takes: the service stores one id once.
 */
export const pendingScript = `const pause = { first: 500, longest: 10000 }
const patience = 15000
/** Answers after which the same message may still be taken later; any other of the 4xx is final. */
const laterStatuses = [408, 425, 429]

/** A random UUID; crypto.randomUUID is there on secure origins only. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6] & 15) | 64
  bytes[8] = (bytes[8] & 63) | 128
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/**
 * Entries are {id, at, body, shown, state}: body is what is posted, shown how the chat shows it, state one of
 * waiting, sent, refused. "changed" hears of every new state.
 */
export function createPending(chat, changed) {
  const prefix = 'simulator:' + chat + ':'
  const entries = stored(prefix)
  let running = false
  let failures = 0
  let timer

  function become(entry, state) {
    entry.state = state
    forget(prefix + entry.id)
    changed(entry)
  }

  async function run() {
    if (running) return
    running = true
    clearTimeout(timer)
    try {
      for (let entry = nextOf(entries); entry; entry = nextOf(entries)) {
        const outcome = await post({ as: chat, id: entry.id, ...entry.body })
        if (outcome === 'later') {
          failures += 1
          break
        }
        failures = 0
        if (entry.state === 'waiting') become(entry, outcome)
      }
    } finally {
      running = false
    }
    if (nextOf(entries)) timer = setTimeout(run, Math.min(pause.longest, pause.first * 2 ** failures))
  }

  return {
    entries,
    add(body, shown) {
      const entry = { id: newId(), at: new Date().toISOString(), body, shown, state: 'waiting' }
      entries.push(entry)
      store(prefix + entry.id, entry)
      changed(entry)
      run()
    },
    /** The thread shows this message: it is stored, whatever became of the answer to the post. */
    settle(id) {
      const index = entries.findIndex((entry) => entry.id === id)
      if (index < 0) return
      entries[index].state = 'sent'
      entries.splice(index, 1)
      forget(prefix + id)
    },
    again(entry) {
      entry.state = 'waiting'
      store(prefix + entry.id, entry)
      changed(entry)
      run()
    },
    run,
  }
}

function nextOf(entries) {
  return entries.find(({ state }) => state === 'waiting')
}

async function post(message) {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), patience)
  try {
    const answer = await fetch('/simulator/messages', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(message),
      signal: abort.signal,
    })
    if (answer.ok) return 'sent'
    return answer.status >= 400 && answer.status < 500 && !laterStatuses.includes(answer.status) ? 'refused' : 'later'
  } catch {
    return 'later'
  } finally {
    clearTimeout(timer)
  }
}

/** Without storage (switched off, full) a message lives as long as its page. */
function store(key, entry) {
  try {
    localStorage.setItem(key, JSON.stringify(entry))
  } catch {}
}

function forget(key) {
  try {
    localStorage.removeItem(key)
  } catch {}
}

function stored(prefix) {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix))
    const entries = keys.map((key) => JSON.parse(localStorage.getItem(key)))
    return entries.sort((a, b) => (a.at < b.at ? -1 : 1))
  } catch {
    return []
  }
}
`
