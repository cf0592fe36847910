import { describe, expect, it } from 'vitest'
import { loadClassifier } from '../understanding/train.ts'
import { understand } from '../understanding/understand.ts'
import { introductionIn, isName } from './introduction.ts'
import type { Turn } from './reply.ts'
import type { Slots } from './state.ts'

const classifier = loadClassifier()
const now = new Date('2026-11-25T09:00+07:00')

function read(text: string, asked?: string, slots: Slots = {}) {
  const understanding = understand(text, { now, classifier })
  return introductionIn({ text, understanding, named: {} } as unknown as Turn, asked, slots)
}

describe('a name', () => {
  it.each([
    ['tono hartono', 'Tono Hartono'],
    ['TONO HARTONO', 'Tono Hartono'],
    ['Hj. Nurhayati, S.E.', 'Hj. Nurhayati'],
    ['nama saya Siti Aminah pak', 'Siti Aminah'],
    ['saya pak Rudi', 'Rudi'],
    ['Galang Pratama', 'Galang Pratama'],
    ["Ma'ruf Syafi'i", "Ma'ruf Syafi'i"],
    ['Indah Permata Sari', 'Indah Permata Sari'],
    ['Nama: Tono Hartono\nJabatan: ketua', 'Tono Hartono'],
  ])('%j is %s when it was asked for', (text, name) => {
    expect(read(text, 'name')).toMatchObject({ name })
  })

  it.each([
    'saya mau tanya dulu',
    'tidak tahu',
    'jadwalnya kapan',
    'tempatnya di mana?',
    'Sadai',
    'ya',
    'saya bingung',
  ])('%j is none', (text) => {
    expect(read(text, 'name')).not.toHaveProperty('name')
  })

  it.each(['12345', 'R2 D2', 'x'.repeat(81)])('%j is told to be none', (text) => {
    expect(isName(text)).toBe(false)
    expect(read(text, 'name')).toEqual({ problem: 'name' })
  })

  it('is found in front of office and place, which are no part of it', () => {
    expect(read('saya Mat Yusof ketua koperasi merah putih sadai')).toEqual({
      ...{ name: 'Mat Yusof', office: 'ketua', kelurahan: '21.71.09.1003' },
    })
  })
})

describe('a place', () => {
  it.each([
    ['koperasi merah putih sadai', { kelurahan: '21.71.09.1003' }],
    ['kel. Sadei', { kelurahan: '21.71.09.1003' }],
    ['sungai lekop sagulung', { kelurahan: '21.71.11.1003' }],
    ['Sungai Lekop', { maybe: '21.01.06.1009 21.71.11.1003' }],
    ['kecamatan Nongsa', { kecamatan: '21.71.04' }],
    ['kelurahan Xanadu', { unknown: 'Xanadu' }],
  ])('%j', (text, said) => {
    expect(read(text, 'kelurahan')).toEqual(said)
  })

  it('is told apart by its kecamatan', () => {
    const slots = { maybe: '21.01.06.1009 21.71.11.1003' }
    expect(read('yang di sagulung', 'kelurahan', slots)).toEqual({ kelurahan: '21.71.11.1003' })
  })
})

describe('an office', () => {
  it.each([
    ['bendahara', { office: 'bendahara' }],
    ['sekertaris', { office: 'sekretaris' }],
    ['pengawas', { office: 'anggota_pengawas' }],
    ['ketua pengawas', { office: 'ketua_pengawas' }],
    ['saya lurah', { office: 'ketua_pengawas' }],
    ['wakil ketua bidang usaha', { office: 'wakil_ketua_usaha' }],
    ['wakil ketua', { group: 'wakil' }],
    ['pengurus', { group: 'pengurus' }],
    ['anggota biasa', { problem: 'office' }],
  ])('%j', (text, said) => {
    expect(read(text, 'office')).toEqual(said)
  })
})
