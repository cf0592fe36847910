import { transaction } from '../database/client.ts'
import { decideWaiting, listWaiting, NoSuchEntry } from '../planning/approve.ts'
import type { Decided, Decision, Outcome } from '../planning/decision.ts'
import { nameOfTitle } from '../planning/roster-words.ts'
import type { Hint, WaitingEntry } from '../planning/waiting-entries.ts'
import { whyRefused } from '../planning/why-refused.ts'
import { inWib } from '../time.ts'
import { type CommandContext, withContext } from './context.ts'
import { UsageError } from './usage.ts'

/** `approve list` as it is called from the command line; the exit status. */
export async function runApproveList(options: { json?: boolean }): Promise<number> {
  return await withContext((context) => approveListCommand(options, context))
}

/** `approve yes` and `approve no`, the same. */
export async function runApprove(ids: string[], decision: Decision): Promise<number> {
  return await withContext((context) => approveCommand(ids, decision, context))
}

/** Prints what waits for the office, the longest waiting first. */
export async function approveListCommand(
  { json = false }: { json?: boolean },
  { db, output }: CommandContext,
): Promise<number> {
  const entries = await transaction(db, listWaiting)
  if (json) output.write(`${JSON.stringify(entries)}\n`)
  else if (entries.length === 0) output.write('Tidak ada yang menunggu persetujuan.\n')
  else output.write(`${tableOf(entries)}\n`)
  return 0
}

const mostIds = 500
const longestReason = 300

/**
 * Agrees or says no to these entries. Returns 0, also for what was decided so before; 1 when one was decided otherwise,
 * which stands, or when one of them is none: then nothing is changed.
 */
export async function approveCommand(
  ids: string[],
  decision: Decision,
  { db, actor, now, rules, output, errors = process.stderr, addReminderJobs }: CommandContext,
): Promise<number> {
  if (ids.length > mostIds) throw new UsageError(`at most ${mostIds} ids at once`)
  if (!decision.agree && (decision.reason?.length ?? 0) > longestReason)
    throw new UsageError(`--reason: at most ${longestReason} characters`)
  try {
    const { decided, reminders } = await transaction(db, (tx) =>
      decideWaiting(tx, ids, decision, { actor, rules, now }),
    )
    await addReminderJobs?.(reminders)
    for (const each of decided) output.write(`${[lineOf(each), ...warningOf(each)].join('\n')}\n`)
    const contrary = decided.filter(({ outcome }) => isContrary(outcome, decision)).map(({ id }) => id)
    if (contrary.length === 0) return 0
    const were = contrary.length === 1 ? 'was' : 'were'
    errors.write(`bimtek: ${contrary.join(', ')} ${were} decided otherwise before; that stands\n`)
    return 1
  } catch (error) {
    if (!(error instanceof NoSuchEntry)) throw error
    errors.write(`bimtek: ${error.message}\n`)
    return 1
  }
}

/** What a no, and what a yes, has come to in the end; what the person cancelled is neither. */
const after: Record<'no' | 'yes', (Outcome & { is: 'decided' })['state'][]> = {
  no: ['refused', 'ended'],
  yes: ['confirmed', 'waitlisted', 'offered', 'lapsed', 'completed', 'partial', 'absent', 'agreed'],
}

function isContrary(outcome: Outcome, { agree }: Decision): boolean {
  return outcome.is === 'decided' && after[agree ? 'no' : 'yes'].includes(outcome.state)
}

const headings = ['ID', 'Sejak', 'Nama', 'Jabatan', 'Koperasi', 'Nomor', 'Kelas', 'Catatan']

function tableOf(entries: WaitingEntry[]): string {
  const rows = [headings, ...entries.map(cellsOf)].map((cells) => cells.map(plain))
  const widths = headings.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)))
  return rows
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function cellsOf(entry: WaitingEntry): string[] {
  const { id, since, name, title, cooperative, kelurahan, kecamatan, phones, training } = entry
  const notes = [
    ...(entry.requestedBy ? [`diminta oleh ${entry.requestedBy}`] : []),
    ...(entry.replaces ? [`menggantikan ${entry.replaces}`] : []),
    ...(entry.wish ? [wishIn(entry.wish)] : []),
    ...entry.hints.map(noteOf),
  ]
  const place = kelurahan ? ` (${kelurahan}, ${kecamatan})` : ''
  return [
    ...[id, inWib(since).toFormat('d MMM yyyy HH.mm'), name, title ? nameOfTitle(title) : '-'],
    ...[`${cooperative}${place}`, phones.join(' '), training ?? '-', notes.join('; ')],
  ]
}

const fields = { name: 'nama', phone: 'nomor HP', position: 'jabatan' } as const

function wishIn({ field, from, to }: NonNullable<WaitingEntry['wish']>): string {
  return from
    ? `minta ${fields[field]} diubah dari ${from} menjadi ${to}`
    : `minta ${fields[field]} ditambah: ${to}`
}

function noteOf({ kind, name, title, phones }: Hint): string {
  const who = `${name}, ${nameOfTitle(title)}${phones.length > 0 ? `, ${phones.join(' ')}` : ''}`
  switch (kind) {
    case 'on-the-roster':
      return `sudah ada di daftar: ${who}; kalau disetujui, nomor ini menjadi nomornya juga`
    case 'namesake':
      return `nama serupa dengan jabatan lain: ${who}`
    case 'office-taken':
      return `jabatan ini dipegang ${who}`
  }
}

function lineOf({ id, name, outcome, becameOneWith }: Decided): string {
  const joined = becameOneWith ? `; disatukan dengan ${becameOneWith} yang sudah ada di daftar` : ''
  return plain(`${id} ${name}: ${resultOf(outcome)}${joined}`)
}

/** Two in an office that a cooperative has once: one of them has left it, most likely. */
function warningOf({ alsoHeldBy }: Decided): string[] {
  if (!alsoHeldBy) return []
  const { title, cooperative, names } = alsoHeldBy
  const office = plain(`${nameOfTitle(title)} ${cooperative}`)
  return [
    `  Perhatian: jabatan ${office} tercatat juga pada ${plain(names.join(', '))}. Kalau yang lama sudah berganti,`,
    '  akhiri dengan daftar terbaru (import officers FILE --leavers), atau mintalah yang bersangkutan menulis',
    '  “saya sudah tidak menjabat” di chat lalu setujui.',
  ]
}

function resultOf(outcome: Outcome): string {
  switch (outcome.is) {
    case 'confirmed':
      return `disetujui, terdaftar di ${outcome.training}`
    case 'waitlisted':
      return `disetujui; ${outcome.training} penuh, daftar tunggu urutan ${outcome.place}`
    case 'against-a-rule':
      return `tidak terdaftar di ${outcome.training}: ${whyRefused[outcome.rule].replace(/\.$/, '')}`
    case 'agreed':
      return 'disetujui'
    case 'changed':
      return outcome.keeps.length > 0
        ? `datanya diubah; ${outcome.keeps.join(', ')} tetap atas jabatan yang lama, periksa apakah masih sesuai`
        : 'datanya diubah'
    case 'refused':
      return 'ditolak'
    case 'decided':
      return `sudah diputuskan sebelumnya (${states[outcome.state]})`
  }
}

const states: Record<(Outcome & { is: 'decided' })['state'], string> = {
  ...{ pending: 'menunggu', confirmed: 'terdaftar', waitlisted: 'daftar tunggu', offered: 'ditawari kursi' },
  ...{ lapsed: 'tawarannya lewat', refused: 'ditolak', completed: 'selesai', partial: 'hadir sebagian' },
  ...{ absent: 'tidak hadir', cancelled: 'dibatalkan', agreed: 'disetujui', ended: 'tidak berlaku lagi' },
}

/** What persons wrote never moves a terminal's cursor. */
function plain(text: string): string {
  return text.replace(/\p{C}+/gu, ' ')
}
