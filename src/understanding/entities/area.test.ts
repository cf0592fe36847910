import { describe, expect, it } from 'vitest'
import { found, wanted } from '../../../test/entities.ts'

describe('area', () => {
  it.each([
    ['Sekupang', '21.71.03'],
    ['sekupang pak', '21.71.03'],
    ['sekupangg', '21.71.03'],
    ['di skupang', '21.71.03'],
    ['dari sekpuang', '21.71.03'],
    ['kel. Sadai', '21.71.09.1003'],
    ['kelurahan sadai kecamatan bengkong', '21.71.09.1003'],
    ['Sadai, Bengkong, Batam', '21.71.09.1003'],
    ['kec. Bengkong', '21.71.09'],
    ['blakang padang', '21.71.01'],
    ['belakangpadang', '21.71.01'],
    ['Belakang Pdg', '21.71.01'],
    ['tg pinang', '21.72'],
    ['Tanjungpinang', '21.72'],
    ['tanjung pinang kota', '21.72.03'],
    ['tg riau', '21.71.03.1003'],
    ['tj. uncang', '21.71.12.1001'],
    ['Tanjung Uma', '21.71.06.1005'],
    ['tanjung sengkwang', '21.71.02.1001'],
    ['sei beduk', '21.71.07'],
    ['sungai langkai', '21.71.11.1005'],
    ['sei. langkay', '21.71.11.1005'],
    ['batuaji', '21.71.12'],
    ['Batu Aji', '21.71.12'],
    ['batu ampar', '21.71.02'],
    ['Batam', '21.71'],
    ['kota batam', '21.71'],
    ['batam kota', '21.71.10'],
    ['kecamatan Batam Kota', '21.71.10'],
    ['kepri', '21'],
    ['provinsi kepulauan riau', '21'],
    ['Anambas', '21.05'],
    ['kab. Lingga', '21.04'],
    ['Karimun', '21.02'],
    ['kecamatan Karimun', '21.02.03'],
    ['tarempa', '21.05.01.1001'],
    ['Pulau Kasu', '21.71.01.1003'],
    ['dari Pulau Kasu naik apa ke lokasi', '21.71.01.1003'],
    ['P. Buluh', '21.71.05.1002'],
    ['pulau terong', '21.71.01.1004'],
    ['pulau lengkang', '21.71.01'],
    ['saya dari Rempang', '21.71.08'],
    ['pulau Galang', '21.71.08'],
    ['pulau abang', '21.71.08.1007'],
    ['giliran Bulang', '21.71.05'],
    ['Bulang Lintang', '21.71.05.1001'],
    ['galang baru', '21.71.08.1003'],
    ['Air Raja Galang', '21.71.08.1008'],
    ['Air Raja Tanjungpinang', '21.72.02.1003'],
    ['KKMP Tembesi', '21.71.11.1001'],
    ['desa Lanjut', '21.04.06.2003'],
    ['kelurahan Batu IX', '21.72.02.1004'],
    ['dari Sekupang pindah ke Nongsa', '21.71.04'],
    ['bukan Nongsa tapi Galang', '21.71.08'],
    ['Pulau Duyung, Lingga Utara', '21.04.11.2004'],
  ])('%s', (text, code) => {
    expect(wanted(text).area?.code).toBe(code)
  })

  it.each([
    'lanjut pak',
    'mundur dari pelatihan',
    'batal',
    'bilang dulu',
    'pulang',
    'bulan depan',
    'guru',
    'saya telat',
    'di kampus Indobaru',
    'di Jakarta',
    'dari Medan',
    'tanjung',
    'pulau',
    'kelurahan saya',
    'kelurahan kami belum',
    'di mana tempatnya',
    'teluk',
    'baju merah putih',
    'koperasi merah putih',
    'karena sakit',
    'gelang karet',
    'hingga sore',
    'desa sebelah',
    'batu aja',
    'bintang lima',
    'kebun di belakang rumah',
    'minta pengingat',
    'asdfghjkl',
  ])('nothing in: %s', (text) => {
    expect(wanted(text).area).toBeUndefined()
  })

  it('gives code, name and level, and marks the place', () => {
    expect(wanted('kel. Sadai').area).toEqual({ code: '21.71.09.1003', name: 'Sadai', level: 'kelurahan' })
    expect(
      found('sy dr kel. Sadai, Bengkong', 'area').map(([text, start, end]) => [text, start, end]),
    ).toEqual([
      ['kel. Sadai', 6, 16],
      ['Bengkong', 18, 26],
    ])
  })
})
