import { describe, expect, it } from 'vitest'
import { found, wanted } from '../../../test/entities.ts'

describe('choice', () => {
  it.each([
    ['2', 2],
    [' 2. ', 2],
    ['2 aja pak', 2],
    ['2️⃣', 2],
    ['２', 2],
    ['dua', 2],
    ['yang kedua', 2],
    ['yg ke 2', 2],
    ['yg ke-2 pak', 2],
    ['yang pertama aja bu', 1],
    ['kedua', 2],
    ['nomor dua', 2],
    ['no 2', 2],
    ['no.2', 2],
    ['nmr 3 pak', 3],
    ['opsi 2', 2],
    ['opsi kedua', 2],
    ['pilihan 1', 1],
    ['pilih yang nomor 3', 3],
    ['saya pilih nomor 2', 2],
    ['saya mau yang kedua saja pak', 2],
    ['yang 2', 2],
    ['1 ya', 1],
  ])('%s', (text, choice) => {
    expect(wanted(text).choice).toBe(choice)
  })

  it.each([
    '2 orang',
    'kami 3 orang',
    'gelombang 2',
    'gelombang yang kedua',
    'tgl 2',
    '2 desember',
    'jam 2',
    '0',
    '081277334455',
    'nomor 0812',
    'nomor hp saya ganti',
    'jl. melati no 5',
    'rumah blok A nomor 12',
    'yang satu lagi',
    'kedua pengawas kami',
    '12/12',
  ])('nothing in: %s', (text) => {
    expect(wanted(text).choice).toBeUndefined()
  })

  it('marks what chooses', () => {
    expect(found('2 aja pak', 'choice')).toEqual([['2', 0, 1, 2]])
    expect(found('eh yang kedua pak', 'choice')).toEqual([['yang kedua', 3, 13, 2]])
  })
})
