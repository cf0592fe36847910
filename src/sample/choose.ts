import { areaPath } from '../areas.ts'
import type { SampleOfficer } from '../channels/simulator/options.ts'
import type { Tx } from '../database/client.ts'
import type { Cooperative, Person, PersonPhone, Position } from '../database/generated/client.ts'
import type { Texts } from '../texts.ts'

const locale = 'id'
const listLength = 30

type Row = Position & { person: Person & { phones: PersonPhone[] }; cooperative: Cooperative }

/**
 * Sample officers as whom anybody may try the bot, at most 30: those in whose name, office, cooperative or area
 * each word of the search occurs; for an empty search some of every kecamatan and office.
 */
export async function sampleOfficers(tx: Tx, texts: Texts, search: string): Promise<SampleOfficer[]> {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean)
  const officers = (await rows(tx)).flatMap((row) => describe(row, texts))
  if (wanted.length === 0) return varied(officers)
  return officers
    .filter((officer) => {
      const described = `${officer.name} ${officer.title} ${officer.cooperative} ${officer.area} ${officer.phone}`
      return wanted.every((word) => described.toLowerCase().includes(word))
    })
    .slice(0, listLength)
}

/** The sample officer whose chat this is; the first of those who share a number. */
export async function sampleOfficer(tx: Tx, texts: Texts, chat: string): Promise<SampleOfficer | undefined> {
  const found = (await rows(tx, chat))
    .flatMap((row) => describe(row, texts))
    .find((officer) => officer.chat === chat)
  return found ?? (await nobodyAnyMore(tx, texts, chat))
}

/** Who had their data erased in the simulator, and may see there what the bot says to a stranger. */
async function nobodyAnyMore(tx: Tx, texts: Texts, chat: string): Promise<SampleOfficer | undefined> {
  const contact = await tx.contact.findUnique({ where: { channel_chat: { channel: 'simulator', chat } } })
  if (!contact) return undefined
  const title = texts.text(locale, 'simulator-nobody')
  return { id: 0, name: chat, title, cooperative: '–', area: '–', chat, phone: chat }
}

/** A sample officer with a number of their own who is not registered anywhere yet. */
export async function firstSampleOfficer(tx: Tx): Promise<{ phone: string; name: string } | undefined> {
  const [first] = await tx.$queryRaw<{ phone: string; name: string }[]>`
    SELECT p.name, min(n.phone) AS phone FROM person p JOIN person_phone n ON n.person_id = p.id
    WHERE p.sample AND NOT EXISTS (SELECT FROM registration r WHERE r.person_id = p.id)
      AND NOT EXISTS (SELECT FROM person_phone o WHERE o.phone = n.phone AND o.person_id <> p.id)
    GROUP BY p.id ORDER BY p.id LIMIT 1`
  return first
}

async function rows(tx: Tx, phone?: string): Promise<Row[]> {
  return await tx.position.findMany({
    where: { until: null, person: { sample: true, ...(phone ? { phones: { some: { phone } } } : {}) } },
    include: { person: { include: { phones: { orderBy: { phone: 'asc' } } } }, cooperative: true },
    orderBy: { id: 'asc' },
  })
}

/** None for who has no number: a chat of the sample is its number. */
function describe({ person, cooperative, title }: Row, texts: Texts): SampleOfficer[] {
  const phone = person.phones[0]?.phone
  if (!phone) return []
  return [
    {
      ...{ id: person.id, name: person.name, cooperative: cooperative.name, chat: phone, phone },
      title: texts.text(locale, 'title-name', { title }),
      area: areaPath(cooperative.areaCode).slice(0, 2).join(', '),
    },
  ]
}

/** From every second cooperative one, each time of another office. */
function varied(officers: SampleOfficer[]): SampleOfficer[] {
  const byCooperative = new Map<string, SampleOfficer[]>()
  for (const officer of officers) {
    const colleagues = byCooperative.get(officer.cooperative)
    if (colleagues) colleagues.push(officer)
    else byCooperative.set(officer.cooperative, [officer])
  }
  return [...byCooperative.values()]
    .filter((_, index) => index % 2 === 0)
    .flatMap((colleagues, index) => colleagues[index % colleagues.length] ?? [])
    .slice(0, listLength)
}
