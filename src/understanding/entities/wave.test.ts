import { describe, expect, it } from 'vitest'
import { found, wanted } from '../../../test/entities.ts'

describe('wave', () => {
  it.each([
    ['gelombang 3', 3],
    ['Gelombang 12', 12],
    ['gel 3 kpn mulai?', 3],
    ['gel. III', 3],
    ['gel. IV pak', 4],
    ['GEL.2', 2],
    ['gel3', 3],
    ['gel tiga', 3],
    ['gelombang tige', 3],
    ['gelombang dua belas', 12],
    ['g3', 3],
    ['G2 masih ada?', 2],
    ['batch 3', 3],
    ['batch tiga', 3],
    ['angkatan ke-3', 3],
    ['angkatan ke 3', 3],
    ['angkatan ke tiga', 3],
    ['angkatan ketiga', 3],
    ['tahap dua', 2],
    ['gelombang pertama', 1],
    ['gelombang yang kedua', 2],
    ['gelombang nomor 4', 4],
    ['gelombng 5', 5],
    ['glmbg 2 kapan', 2],
    ['dari gelombang 3 ke 5', 5],
    ['pindah dari gel 3 ke gel 5', 5],
    ['saya gelombang 2, mau pindah ke gelombang 4', 4],
    ['bukan gelombang 3 tapi 4', 4],
    ['eh salah, gelombang 4', 4],
    ['gelombang 3 penuh, kalau gelombang 4?', 4],
    ['bisa gelombang 4? gelombang 3 penuh', 4],
    ['DAFTAR GELOMBANG 3', 3],
    ['wave 3 when', 3],
    ['gelombang 3 desember', 3],
    ['saya salah pilih gelombang, harusnya gel 2', 2],
  ])('%s', (text, wave) => {
    expect(wanted(text).wave).toBe(wave)
  })

  it.each([
    'ada berapa gelombang',
    'gelombang berapa yang terakhir',
    'gelombang laut 3 meter',
    'gelombang 3 meter di Natuna',
    'gelombang tinggi',
    'total 3 gelombang',
    'angkatan laut',
    'G3-A',
    'saya 3 orang',
    'gelombang depan',
    'gelombang 0',
    'gak 3',
    'gelombang-gelombang',
  ])('nothing in: %s', (text) => {
    expect(wanted(text).wave).toBeUndefined()
  })

  it('marks each, with its place', () => {
    expect(found('dari gelombang 3 ke 5 ya', 'wave')).toEqual([
      ['gelombang 3', 5, 16, 3],
      ['5', 20, 21, 5],
    ])
    expect(found('gelombang 1, 2 dan 3', 'wave').map(([, , , value]) => value)).toEqual([1, 2, 3])
  })
})
