import type { IncomingContent } from '../channels/channel.ts'
import { type Contact, personsOfNumber } from '../contacts/contacts.ts'
import type { Tx } from '../database/client.ts'
import { line, type Part, say } from '../texts.ts'

/** How staff name who writes in a chat, in short: the names of the roster, else what the messenger shows. */
export async function nameOfOfficer(
  tx: Tx,
  { phone, displayName }: Pick<Contact, 'phone' | 'displayName'>,
): Promise<string> {
  const persons = await personsOfNumber(tx, phone)
  return persons.map(({ name }) => name).join(' / ') || displayName || phone || '–'
}

/** Who writes in a chat, for staff: each person of its number with their offices, else what the messenger shows. */
export async function officerParts(tx: Tx, contact: Contact): Promise<Part[]> {
  const { phone, displayName, mustConfirmName } = contact
  const persons = await personsOfNumber(tx, phone)
  const offices = persons.flatMap(({ name, positions }) =>
    positions.length === 0
      ? [line('officer-without-office', { name })]
      : positions.map(({ title, cooperative }) =>
          line('officer-with-office', { name, title, cooperative: cooperative.name }),
        ),
  )
  return [
    ...(offices.length > 0 ? offices : [line('officer-unknown', { name: displayName ?? '–' })]),
    ...(phone ? [line('officer-phone', { phone })] : []),
    ...(mustConfirmName ? [line('officer-unsure')] : []),
  ]
}

/** An incoming message as staff read it: its words, or what it is. */
export function wordsForStaff(content: IncomingContent): Part {
  switch (content.kind) {
    case 'text':
      return { free: content.text, tight: true }
    case 'contact':
      return { free: content.phone, tight: true }
    case 'location':
      return { free: `📍 ${content.lat}, ${content.lon}`, tight: true }
    case 'button':
      return line('kind-for-staff', { kind: content.kind, caption: '' })
    default:
      return line('kind-for-staff', { kind: content.kind, caption: content.caption ?? '' })
  }
}

/** The same in a message that begins with it. */
export function asFirst(part: Part): Part {
  return 'free' in part ? { free: part.free } : say(part.key, part.facts)
}
