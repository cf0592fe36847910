import type { PositionTitle } from '../database/generated/enums.ts'

/** One person in one line, as staff tell them apart: id, name, offices, numbers. */
export function personLine(person: {
  id: number
  name: string
  phones?: string[]
  offices: { title: PositionTitle; cooperative: string }[]
}): string {
  const offices = person.offices.map(({ title, cooperative }) => `${titleWords(title)} ${cooperative}`)
  return [`${person.id}  ${person.name}`, offices.join('; ') || 'no office', ...(person.phones ?? [])].join(
    ', ',
  )
}

/** The stored titles are Indonesian words. */
export function titleWords(title: PositionTitle): string {
  return title.replaceAll('_', ' ')
}
