import { areaPath } from '../areas.ts'
import type { Tx } from '../database/client.ts'
import type { PositionTitle } from '../database/generated/enums.ts'
import { nameWords, sameName } from '../people/names.ts'
import { inWib } from '../time.ts'
import type { BadRosterRow } from './roster-file.ts'
import { nameOfTitle } from './roster-words.ts'

type Found = {
  place: number
  sheet: string
  row: number
  name: string
  phones: string
  title: PositionTitle
  areaCode: string
  cooperative: string
  released: string
  holder: string
  at: Date
}

/**
 * Takes the rows out of the staged roster that would give a lost number back to the person from whom staff took it:
 * whoever has that phone now would be taken for them. The rest of such a row waits until it is mended.
 */
export async function takeOutReleased(tx: Tx): Promise<BadRosterRow[]> {
  const rows = await tx.$queryRaw<Found[]>`
    WITH released AS (
      SELECT person_id, details->>'phone' AS phone, max(at) AS at FROM audit_entry
      WHERE action = 'contact.unlink' AND person_id IS NOT NULL GROUP BY 1, 2)
    SELECT r.place, r.sheet, r.line AS row, r.name, r.phones, r.title, r.area_code AS "areaCode", r.cooperative,
      l.phone AS released, p.name AS holder, l.at
    FROM roster_row r CROSS JOIN LATERAL unnest(string_to_array(r.phones, ' ')) AS n(phone)
      JOIN released l ON l.phone = n.phone JOIN person p ON p.id = l.person_id
    WHERE EXISTS (SELECT FROM position o JOIN cooperative c ON c.id = o.cooperative_id
        WHERE o.person_id = p.id AND c.area_code = r.area_code)
      AND NOT EXISTS (SELECT FROM person_phone h WHERE h.person_id = p.id AND h.phone = n.phone)
    ORDER BY r.place, l.at`
  const bad = new Map<number, BadRosterRow>()
  for (const found of rows)
    if (sameName(nameWords(found.name), nameWords(found.holder))) bad.set(found.place, badRow(found))
  await tx.$executeRaw`DELETE FROM roster_row WHERE place = ANY(${[...bad.keys()]}::int[])`
  return [...bad.values()]
}

function badRow({ sheet, row, released, holder, at, ...found }: Found): BadRosterRow {
  const [kelurahan = '', kecamatan = '', kabupaten = ''] = areaPath(found.areaCode)
  const phones = found.phones.split(' ').join(' / ')
  const since = inWib(at).setLocale('id').toFormat('d MMMM yyyy')
  const problem = `Nomor ${released} dilepas dari ${holder} pada ${since}. Kosongkan atau ganti; kalau memang nomornya lagi, ia menulis dari nomor itu dan memperkenalkan diri.`
  const cells = {
    ...{ nama: found.name, no_hp: phones, jabatan: nameOfTitle(found.title), koperasi: found.cooperative },
    ...{ kelurahan, kecamatan, kabupaten },
  }
  const fault = { sheet, row, column: 'no_hp', value: phones, problem, suggestions: [] }
  return { sheet, row, cells, faults: [fault] }
}
