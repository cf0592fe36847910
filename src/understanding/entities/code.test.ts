import { describe, expect, it } from 'vitest'
import { found, wanted } from '../../../test/entities.ts'

describe('code', () => {
  it.each([
    ['HADIR 7KQ2', '7KQ2'],
    ['hadir 7kq2', '7KQ2'],
    ['hadir pak, 7kq2', '7KQ2'],
    ['kode absen saya k3m8', 'K3M8'],
    ['7KQ2', '7KQ2'],
    ['7kq2', '7KQ2'],
    ['kodenya 7kq2', '7KQ2'],
    ['HADIR 7492', '7492'],
    ['hadir 42KX', '42KX'],
    ['HADIR KQZX', 'KQZX'],
    ['REG-8F3K2', 'REG-8F3K2'],
    ['reg-8f3k2 sudah masuk?', 'REG-8F3K2'],
    ['reg 8f3k2', 'REG-8F3K2'],
    ['G3-A', 'G3-A'],
    ['daftar g3-a', 'G3-A'],
    ['AMBIL G3-A', 'G3-A'],
    ['g12-b2', 'G12-B2'],
    ['G3-A/1', 'G3-A/1'],
    ['DAFTAR BTM-01', 'BTM-01'],
    ['/start h-7KQ2', '7KQ2'],
    ['/start t-G3-A', 'G3-A'],
  ])('%s', (text, code) => {
    expect(wanted(text).code).toBe(code)
  })

  it.each([
    'hadir semua',
    'saya pasti hadir besok',
    'HADIR PAK',
    'HADIR SIAP',
    'hadir jam8',
    'hadir tgl12',
    'ke-3',
    'KE-3',
    'gel-3',
    'covid-19',
    'h-1',
    '12-des',
    '0812-3456-7890',
    'teman-teman',
    '100rb',
    'g3',
    'jam 8-10',
    'bulan 12',
    'abc@g3-a.id',
  ])('nothing in: %s', (text) => {
    expect(wanted(text).code).toBeUndefined()
  })

  it('marks the code alone, and finds no wave in it', () => {
    expect(found('hadir 7kq2', 'code')).toEqual([['7kq2', 6, 10, '7KQ2']])
    expect(wanted('DAFTAR G3-A')).toEqual({ code: 'G3-A' })
  })
})
