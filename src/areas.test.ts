import { describe, expect, it } from 'vitest'
import {
  allAreas,
  areaByCode,
  areaCovers,
  areaPath,
  areasUnder,
  findKelurahan,
  islands,
  parentOf,
  spellingDistance,
} from './areas.ts'

describe('the list of areas', () => {
  it('holds all of Kepulauan Riau', () => {
    expect(areasUnder('21', 'kabupaten')).toHaveLength(7)
    expect(areasUnder('21', 'kelurahan')).toHaveLength(419)
    expect(areasUnder('21.71', 'kelurahan')).toHaveLength(64)
    expect(areasUnder('21.71', 'kecamatan')).toHaveLength(12)
    expect(allAreas()).toHaveLength(1 + 7 + 80 + 419)
  })

  it('names areas without prefix, with their level', () => {
    expect(areaByCode('21')).toEqual({ code: '21', name: 'Kepulauan Riau', level: 'provinsi' })
    expect(areaByCode('21.71')).toEqual({ code: '21.71', name: 'Batam', level: 'kabupaten' })
    expect(areaByCode('21.05')).toMatchObject({ name: 'Kepulauan Anambas', level: 'kabupaten' })
    expect(areaByCode('21.71.05')).toMatchObject({ name: 'Bulang', level: 'kecamatan' })
    expect(areaByCode('21.71.05.1001')).toMatchObject({ name: 'Bulang Lintang', level: 'kelurahan' })
    expect(areaByCode('21.01.10.1007')).toMatchObject({ name: 'Kota Baru', level: 'kelurahan' })
  })

  it('knows no other codes', () => {
    expect(areaByCode('21.99')).toBeUndefined()
    expect(areaByCode('')).toBeUndefined()
  })

  it('leads up to the province', () => {
    expect(parentOf('21.71.05.1001')?.code).toBe('21.71.05')
    expect(parentOf('21.71')?.code).toBe('21')
    expect(parentOf('21')).toBeUndefined()
  })

  it.each([
    ['21.71', '21.71.05.1001', true],
    ['21.71.05', '21.71.05', true],
    ['21', '21.01', true],
    ['21.7', '21.71', false],
    ['21.71.05', '21.71', false],
    ['21.01', '21.71.05', false],
  ])('%s covers %s: %s', (above, below, covers) => {
    expect(areaCovers(above, below)).toBe(covers)
  })

  it('gives the path of names', () => {
    expect(areaPath('21.71.09.1003')).toEqual(['Sadai', 'Bengkong', 'Batam'])
    expect(areaPath('21.71')).toEqual(['Batam'])
    expect(areaPath('21')).toEqual(['Kepulauan Riau'])
    expect(areaPath('99')).toEqual([])
  })

  it('has a kecamatan for every island', () => {
    expect(islands.length).toBeGreaterThan(50)
    expect(islands.every(({ kecamatan }) => kecamatan.level === 'kecamatan')).toBe(true)
  })
})

describe('findKelurahan', () => {
  const codeOf = (name: string, kecamatan?: string) => {
    const found = findKelurahan(name, kecamatan)
    return 'area' in found ? found.area.code : found.suggestions.map((area) => area.name)
  }

  it.each([
    ['Sadai', 'Bengkong', '21.71.09.1003'],
    ['SADAI', undefined, '21.71.09.1003'],
    ['Kel. Sadai', 'Kec. Bengkong', '21.71.09.1003'],
    ['Tg. Riau', 'Sekupang', '21.71.03.1003'],
    ['Sei Binti', 'sagulung', '21.71.11.1002'],
    ['P. Buluh', 'Bulang', '21.71.05.1002'],
    ['Buluh', 'Bulang', '21.71.05.1002'],
    ['Desa Batu Berdaun', 'Singkep', '21.04.01.2008'],
    ['Tanjungsengkuang', 'Batu Ampar', '21.71.02.1001'],
    ['Air Raja', 'Galang', '21.71.08.1008'],
    ['Batu 9', 'Tanjung Pinang Timur', '21.72.02.1004'],
    ['Tanjung Pingir', 'Sekupang', '21.71.03.1002'],
    ['Sembulang', 'Galng', '21.71.08.1004'],
    ['Moro', 'Moro', codeNamed('Moro', 'Moro')],
    ['Pulau Moro', 'Moro', codeNamed('Pulau Moro', 'Moro')],
  ])('%s in %s', (name, kecamatan, code) => {
    expect(codeOf(name, kecamatan)).toBe(code)
  })

  it('suggests the same name elsewhere when the kecamatan is another', () => {
    expect(codeOf('Sadai', 'Batu Aji')).toContain('Sadai')
  })

  it('asks back when a name stands twice and no kecamatan tells which', () => {
    expect(codeOf('Air Raja')).toEqual(['Air Raja', 'Air Raja'])
  })

  it('suggests, but takes nothing for certain, without a kecamatan or with an unknown one', () => {
    expect(codeOf('Sadei')).toContain('Sadai')
    expect(codeOf('Sadai', 'Zzzzz')).toContain('Sadai')
  })

  it('always gives two corrections', () => {
    expect(codeOf('xyz', 'Bengkong')).toHaveLength(2)
    expect(codeOf('', '')).toHaveLength(2)
    expect(codeOf('a'.repeat(500))).toHaveLength(2)
  })
})

/** The code of that very name in a kecamatan. */
function codeNamed(name: string, kecamatan: string): string | undefined {
  return allAreas().find(
    ({ code, level }) => level === 'kelurahan' && areaPath(code).join() === `${name},${kecamatan},Karimun`,
  )?.code
}

describe('spellingDistance', () => {
  it.each([
    ['sadai', 'sadai', 2, 0],
    ['sadai', 'sadei', 2, 1],
    ['sadai', 'sadia', 2, 1],
    ['sadai', 'sadi', 2, 1],
    ['sadai', 'kabil', 2, 3],
    ['', 'abc', 3, 3],
  ])('%s and %s', (a, b, limit, distance) => {
    expect(spellingDistance(a, b, limit)).toBe(distance)
  })
})
