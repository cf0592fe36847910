import { say } from '../texts.ts'
import { menu, type Reply, type Turn } from './reply.ts'
import { askAgain, beginForm } from './respond.ts'

/** Words that officers write with a slash, as messengers invite to; they mean what they mean without it. */
const known: ReadonlySet<string> = new Set(
  `start stop mulai menu batal bantuan help info jadwal daftar status tempat lokasi hadir absen pindah ganti syarat
   sertifikat pengingat data profil privasi hapus salinan bahasa english ya tidak`
    .trim()
    .split(/\s+/),
)

/** Whether a word with a slash means something to officers. */
export function isOfficersWord(word: string): boolean {
  return known.has(word.toLowerCase())
}

/** The answer to a word with a slash that means nothing here, whatever it would mean to others. */
export async function respondToSlashWord(turn: Turn): Promise<Reply[] | undefined> {
  const [, word] = /^\s*\/([\p{L}\d_]+)/u.exec(turn.text) ?? []
  if (!word || isOfficersWord(word)) return undefined
  // Whoever it is: a member of staff who was silent for long is none until the name is told, and nobody learns of it.
  if (turn.contact.mustConfirmName) return await beginForm(turn, 'identify', {})
  const asked = await askAgain(turn)
  return [{ parts: [say('not-understood')], ...(asked.length > 0 ? {} : { choices: menu }) }, ...asked]
}
