import { describe, expect, it } from 'vitest'
import { readConfig } from '../config.ts'
import { PositionTitle } from '../database/generated/enums.ts'
import { coverageOffices, defaultCoverage, parseCoverage } from './coverage.ts'

describe('COVERAGE', () => {
  it('by default asks for ketua, sekretaris, bendahara and one pengawas, and for manajer or wakil ketua usaha', () => {
    expect(readConfig({}).coverage).toEqual({
      organisation: [
        { offices: ['ketua'] },
        { offices: ['sekretaris'] },
        { offices: ['bendahara'] },
        { role: 'pengawas', count: 1 },
      ],
      business: [{ offices: ['manajer', 'wakil_ketua_usaha'] }],
    })
  })

  it('may be written with spaces, capitals and in any order', () => {
    expect(parseCoverage(' business: Manajer ; ORGANISATION: ketua + 2 * pengawas; ')).toEqual({
      organisation: [{ offices: ['ketua'] }, { role: 'pengawas', count: 2 }],
      business: [{ offices: ['manajer'] }],
    })
  })

  it.each([
    ['ketua', '"ketua" must be track:offices; tracks are organisation and business'],
    ['organisation:ketua', 'must name both tracks'],
    [`${defaultCoverage};business:manajer`, 'names the track business twice'],
    ['organisation:lurah;business:manajer', 'there is no office "lurah"; there are ketua, wakil_ketua'],
    ['organisation:;business:manajer', 'there is no office ""'],
    ['organisation:constructor;business:manajer', 'there is no office "constructor"'],
    ['organisation:ketua+;business:manajer', 'there is no office ""'],
    [
      'organisation:pengawas;business:manajer',
      '"pengawas" is a role: write how many persons, such as 1*pengawas',
    ],
    ['organisation:0*pengawas;business:manajer', '"0*pengawas" must be a number from 1 to 99'],
    ['organisation:1*ketua;business:manajer', '"1*ketua" must be a number from 1 to 99, a star and a role'],
    ['organisation:1*2*pengawas;business:manajer', 'must be a number from 1 to 99'],
    ['organisation:1*pengawas|ketua;business:manajer', 'must be a number from 1 to 99'],
  ])('"%s" is refused with what is right', (text, why) => {
    expect(() => readConfig({ COVERAGE: text })).toThrow(/^COVERAGE: /)
    expect(() => readConfig({ COVERAGE: text })).toThrow(why)
  })

  it('knows every office that is stored, and no other', () => {
    expect(Object.keys(coverageOffices).sort()).toEqual(Object.keys(PositionTitle).sort())
    for (const titles of Object.values(coverageOffices))
      for (const title of titles) expect(Object.keys(PositionTitle)).toContain(title)
  })
})
