import { faultPart } from '../../broadcasts/fault-words.ts'
import { notReached } from '../../broadcasts/report.ts'
import type { MediaFault } from '../../channels/channel.ts'
import { type Part, say } from '../../texts.ts'
import { carefulYesOrNo } from '../choices.ts'
import { fileOf } from '../media.ts'
import type { Reply } from '../reply.ts'
import type { OpenCommand, Slots } from '../state.ts'
import { askAudience, askWithin, audienceIn } from './broadcast-audience.ts'
import {
  attachmentName,
  callListOfPlan,
  callListReply,
  sendBroadcast,
  showAnnouncement,
  showBroadcast,
} from './broadcast-preview.ts'
import { changeIt, isChange, resend, showList, showReport } from './broadcast-report.ts'
import { instantIn } from './clock-time.ts'
import { leaveChoice, type StaffCommand, type StaffTurn, waitFor } from './command.ts'

const subcommand = /^(daftar|laporan|status|jeda|lanjut|batal)?\s*(?:no\.?\s*)?(\d{1,9})?$/i
const changeOfWord: Record<string, 'pause' | 'resume' | 'cancel'> = {
  jeda: 'pause',
  lanjut: 'resume',
  batal: 'cancel',
}

/** `/siaran besok kelas mulai jam 8`: a text, a file, an audience, a preview; then it is sent, and followed. */
export const broadcast: StaffCommand = {
  ...{ name: 'siaran', also: ['pengumuman'], who: 'petugas', help: 'staff-help-broadcast' },
  label: say('choice-staff-broadcast'),
  run: async (turn, words) => {
    const asked = words === '' ? null : subcommand.exec(words)
    if (asked) return await runSubcommand(turn, asked[1]?.toLowerCase() ?? 'laporan', asked[2])
    if (turn.content.kind !== 'text' && turn.content.kind !== 'button')
      return await withFile(turn, { text: words })
    return await showBroadcast(turn, words ? { text: words } : {})
  },
  answer: async (turn, open) => {
    if (turn.content.kind === 'document' || turn.content.kind === 'picture')
      return await withFile(turn, open.slots)
    return turn.content.kind === 'text' ? await answerText(turn, open) : undefined
  },
  again: async (turn, { slots, asked }) => {
    if (asked === 'time') return askTime(turn, slots)
    return await showBroadcast(turn, slots)
  },
  press: async (turn, what, given) => {
    const id = Number(given['id'])
    if (what === 'list') return await showList(turn)
    if (what === 'report') return await showReport(turn, id)
    if (what === 'announce') return await showAnnouncement(turn, Number(given['wave']))
    if (what === 'call-list-of')
      return await callListReply(turn, await notReached(turn.tx, id), `siaran-${id}`)
    if (isChange(what)) return await changeIt(turn, id, what)
    if (what === 'resend-failed') return await resend(turn, id, 'failed')
    if (what === 'resend-uncertain') return await resend(turn, id, 'uncertain')
    return await pressWhileOpen(turn, what, given)
  },
}

async function runSubcommand(turn: StaffTurn, what: string, number: string | undefined): Promise<Reply[]> {
  const newest = await turn.tx.broadcast.findFirst({ orderBy: { id: 'desc' }, select: { id: true } })
  const id = number ? Number(number) : newest?.id
  if (what === 'daftar' || id === undefined) return await showList(turn)
  const change = changeOfWord[what]
  return change ? await changeIt(turn, id, change) : await showReport(turn, id)
}

async function pressWhileOpen(turn: StaffTurn, what: string, given: Slots): Promise<Reply[]> {
  const { command: open } = turn.state
  if (open?.name !== 'siaran') return [{ parts: [say('staff-late')] }]
  const { about: _, ...slots } = open.slots
  if (what === 'send') return await sendBroadcast(turn, given['about'])
  if (what === 'to') return await showBroadcast(turn, { ...slots, audience: String(given['audience']) })
  if (what === 'later') return askTime(turn, slots)
  if (what === 'call-list') return await callListOfPlan(turn, slots)
  if (what === 'new-text') {
    const { text: __, ...rest } = withoutAnnouncement(slots)
    return await showBroadcast(turn, rest)
  }
  waitFor(turn, 'siaran', 'audience', slots)
  return what === 'new-audience' ? askAudience() : await askWithin(turn, what)
}

function askTime(turn: StaffTurn, slots: Slots): Reply[] {
  waitFor(turn, 'siaran', 'time', slots)
  return [{ parts: [say('staff-broadcast-when')], choices: [leaveChoice] }]
}

async function answerText(turn: StaffTurn, open: OpenCommand): Promise<Reply[] | undefined> {
  const { about, ...slots } = open.slots
  switch (open.asked) {
    case 'text':
      // Choices under the question are chosen, and not sent to anybody.
      if (isChoice(turn) || turn.text.trim().startsWith('/')) return undefined
      return await showBroadcast(turn, { ...slots, text: turn.text })
    case 'audience':
      return isChoice(turn) ? undefined : await answerAudience(turn, slots)
    case 'time':
      return await answerTime(turn, slots)
    default:
      return await answerSure(turn, slots, about)
  }
}

/** A number alone, or the very words of a choice. */
function isChoice({ text, state }: StaffTurn): boolean {
  const said = text.trim().toLowerCase()
  return /^\d{1,2}$/.test(said) || state.choices.some(({ label }) => label.toLowerCase() === said)
}

async function answerAudience(turn: StaffTurn, slots: Slots): Promise<Reply[] | undefined> {
  try {
    const audience = audienceIn(turn)
    return audience ? await showBroadcast(turn, { ...slots, audience }) : undefined
  } catch (error) {
    const fault = faultPart(error)
    if (!fault) throw error
    return askAudience([fault])
  }
}

async function answerTime(turn: StaffTurn, slots: Slots): Promise<Reply[] | undefined> {
  if (now.test(turn.text)) return await showBroadcast(turn, withoutTime(slots))
  const at = instantIn(turn.text, turn.understanding, turn.now)
  if (at === undefined) return undefined
  if (at === 'no-day') return [{ parts: [say('staff-move-which-day')] }]
  if (at <= turn.now) return [{ parts: [say('staff-in-the-past')] }]
  return await showBroadcast(turn, { ...slots, at: at.toISOString() })
}

function withoutTime({ at: _, ...slots }: Slots): Slots {
  return slots
}

const now = /^\W*(?:(?:ya|iya|ok|oke|kirim|kirimkan)\W+)*sekarang\b/i
const sends = /^\W*(ya|iya|ok|oke|siap|yakin)?\W*(kirim(kan)?)( saja| aja| sekarang| pak| bu)*\W*$/i
const narrows = /^\W*(dan|hanya|khusus|cuma)\b/i
const otherText =
  /^\W*(?:eh|maaf|salah|ganti|ubah|bukan)?\W*(?:salah|ganti|ubah)?\W*(?:teks|isi|pesan|tulisan)(?:nya)?\W*(?:salah|ganti|jadi|menjadi|yang benar|yg benar)?\W*\s(\S[\s\S]*)$/i
const longestNo = 4

/** A yes or no to the preview; or another text, audience or time, or a narrower audience. */
async function answerSure(turn: StaffTurn, slots: Slots, about: unknown): Promise<Reply[] | undefined> {
  const [, text] = otherText.exec(turn.text) ?? []
  if (text) return await showBroadcast(turn, { ...withoutAnnouncement(slots), text })
  if (slots['at'] !== undefined && now.test(turn.text)) return await showBroadcast(turn, withoutTime(slots))
  const at = instantIn(turn.text, turn.understanding, turn.now)
  const answer = sends.test(turn.text) ? 'yes' : at === undefined && carefulYesOrNo(turn.text)
  if (answer === 'yes') return await sendBroadcast(turn, about)
  if (answer === 'no' && turn.text.trim().split(/\s+/).length <= longestNo) {
    delete turn.state.command
    return [{ parts: [say('staff-left')] }]
  }
  const more = turn.text.includes('?') ? undefined : audienceIn(turn)
  if (!more) return await answerTime(turn, slots)
  const audience = narrows.test(turn.text) ? `(${String(slots['audience'])}) and ${more}` : more
  const later = at instanceof Date && at > turn.now ? { at: at.toISOString() } : {}
  return await showBroadcast(turn, { ...slots, audience, ...later })
}

function withoutAnnouncement({ announces: _, ...slots }: Slots): Slots {
  return slots
}

/** A file to go with it; its caption is the text, if there is none yet. */
async function withFile(turn: StaffTurn, { about: _, ...slots }: Slots): Promise<Reply[]> {
  const stored = await fileOf(turn)
  if ('fault' in stored) return await showBroadcast(turn, slots, [mediaFault(stored.fault)])
  const named = attachmentName(stored)
  if ('fault' in named) return await showBroadcast(turn, slots, [named.fault])
  const { name } = named
  const caption = 'caption' in turn.content ? (turn.content.caption ?? '') : ''
  const text = slots['text'] || (caption.startsWith('/') ? '' : caption)
  const more = { file: stored.id, fileName: name, ...(text ? { text } : {}) }
  return await showBroadcast(turn, { ...slots, ...more }, [say('staff-broadcast-file-taken', { name })])
}

function mediaFault(why: MediaFault['why']): Part {
  if (why === 'too-large') return say('broadcast-fault-file', { kind: why })
  return say(why === 'gone' ? 'staff-broadcast-file-gone' : 'staff-broadcast-file-unreachable')
}
